import type { Render } from './formats.js';
import { type Finding, findingText, visible } from './presentation.js';

const NAMES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const xml = (text: string) =>
  visible(text)
    .replace(/[&<>"']/g, (c) => `&${NAMES[c]};`)
    .replace(/[\ufffe\uffff]/g, '');

function testcase(file: string, items: readonly Finding[]): string {
  const wrong = items.filter((i) => i.severity === 'error');
  const line = (i: Finding) =>
    `${i.path}${i.line ? `:${i.line}:${i.column ?? 1}` : ''}: [${i.code}] ${findingText(i)}`;
  const failure =
    wrong.length > 0
      ? `<failure message="${xml(wrong[0]!.message)}" type="${xml(wrong[0]!.code)}">${xml(wrong.map(line).join(' | '))}</failure>`
      : '';
  const rest = items.filter((i) => i.severity !== 'error').map(line);
  const out = rest.length > 0 ? `<system-out>${xml(rest.join(' | '))}</system-out>` : '';
  return `    <testcase classname="cchc" name="${xml(file)}">${failure}${out}</testcase>\n`;
}

/** JUnit XML: a test case a file. */
export const renderJunit: Render = ({ findings }) => {
  const { files, items } = findings!;
  const names = [...new Set([...files, ...items.map((i) => i.path)])];
  const failures = names.filter((f) => items.some((i) => i.path === f && i.severity === 'error')).length;
  const itemsOf = (file: string) => items.filter((i) => i.path === file);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="cchc check" tests="${names.length}" failures="${failures}" errors="0" skipped="0">
${names.map((file) => testcase(file, itemsOf(file))).join('')}  </testsuite>
</testsuites>
`;
};
