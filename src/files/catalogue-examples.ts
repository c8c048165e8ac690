import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Draft } from '../analysis/examples.js';

const UNCONFIRMED = { vi: 'cần xác nhận', en: 'to be confirmed' };

/** An example in one line of YAML: `{value: 79.9, points: 0.5, because: …}`. */
function lineOf({ value, points, because: { vi, en } }: Draft): string {
  const given = typeof value === 'object' ? { values: value } : { value };
  const because = {
    vi: `${vi} (${UNCONFIRMED.vi})`,
    ...(en !== undefined && { en: `${en} (${UNCONFIRMED.en})` }),
  };
  const text = stringify(
    { ...given, points, because },
    { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false },
  );
  return text.trim();
}

/**
 * A catalogue's text with examples added under their criteria, all else as it stands. Criteria that the text does not
 * hold, or writes in one line, are named and left.
 */
export function fillExamples(text: string, drafts: readonly Draft[]): { text: string; left: string[] } {
  const document = parseDocument(text);
  const criteria = document.get('criteria', true);
  const insertions: { at: number; lines: string }[] = [];
  const left: string[] = [];
  for (const id of new Set(drafts.map((d) => d.id))) {
    const item = isSeq(criteria)
      ? criteria.items.find((c) => isMap(c) && String(c.get('id')) === id)
      : undefined;
    if (!isMap(item) || item.flow || !item.range) {
      left.push(id);
      continue;
    }
    const first = item.items[0]?.key;
    const start = isScalar(first) && first.range ? first.range[0] : item.range[0];
    const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    const lines = drafts.filter((d) => d.id === id).map((d) => `${indent}  - ${lineOf(d)}\n`);
    const own = item.get('examples', true);
    if (isSeq(own) && own.flow) {
      left.push(id);
      continue;
    }
    const end = isSeq(own) && own.range ? own.range[1] : item.range[1];
    const at = endOfLine(text, end);
    const head = isSeq(own) ? '' : `${indent}examples:\n`;
    insertions.push({ at, lines: head + lines.join('') });
  }
  const filled = insertions
    .sort((p, q) => q.at - p.at)
    .reduce((s, { at, lines }) => {
      const before = s.slice(0, at);
      return `${before}${before.endsWith('\n') ? '' : '\n'}${lines}${s.slice(at)}`;
    }, text);
  return { text: filled, left };
}

/** The start of the line after the last content before an offset. */
function endOfLine(text: string, offset: number): number {
  const content = text.slice(0, offset).trimEnd().length;
  const next = text.indexOf('\n', content);
  return next < 0 ? text.length : next + 1;
}
