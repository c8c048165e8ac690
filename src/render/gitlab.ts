import { createHash } from 'node:crypto';
import type { Render } from './formats.js';
import { type Finding, findingText } from './presentation.js';

const SEVERITY: Record<Finding['severity'], string> = { error: 'major', warning: 'minor', note: 'info' };

/** GitLab Code Quality: a stable fingerprint a complaint, whatever line it moves to. */
export const renderGitlab: Render = ({ findings }) => {
  const seen = new Map<string, number>();
  const issues = findings!.items.map((item) => {
    const same = `${item.file}\n${item.code}\n${item.message}`;
    const nth = seen.get(same) ?? 0;
    seen.set(same, nth + 1);
    return {
      description: findingText(item),
      check_name: item.code,
      fingerprint: createHash('sha256').update(`${same}\n${nth}`).digest('hex'),
      severity: SEVERITY[item.severity],
      location: { path: item.path.replace(/\\/g, '/'), lines: { begin: item.line ?? 1 } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
};
