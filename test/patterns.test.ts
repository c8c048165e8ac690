import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support.js';

const LITERAL = /(?<=^|[\s(,=:[!&|?{};>])\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/gm;
/** A sign, a class or a group without groups in it, and that it may come without end. */
const ATOM = String.raw`(?:\\(?:[pP]\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]|\((?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\\[])*\)|[^\\[(])`;
const UNENDING = String.raw`(?:[*+]|\{\d+,\})`;
const BEGINS_UNENDING = new RegExp(`^\\(?(?:\\?:)?${ATOM}${UNENDING}\\??(?!$)`);
const HAS_UNENDING = new RegExp(`(?<!\\\\)${UNENDING}`);

/**
 * Whether a pattern tries again from every sign of a run that it has already gone over: it is tied to no beginning, and
 * either begins with a run that something must follow, or must end at the text's end.
 */
function goesBack(source: string): boolean {
  if (source.startsWith('^') || source.startsWith('(?<')) return false;
  return BEGINS_UNENDING.test(source) || (/(?<!\\)\$$/.test(source) && HAS_UNENDING.test(source));
}

/** The patterns of the source, by file: what stands between slashes where a value may stand, outside comments. */
function patterns(): { file: string; source: string }[] {
  const src = join(root, 'src');
  const files = readdirSync(src, { recursive: true })
    .map(String)
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'));
  return files.flatMap((file) => {
    const code = readFileSync(join(src, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '');
    return (code.match(LITERAL) ?? []).map((l) => ({ file, source: l.slice(1, l.lastIndexOf('/')) }));
  });
}

/** Rooms and patterns that see text of our own, names of files, or paragraphs and cells whose blanks are single; of a cell 20 signs. */
const BOUNDED = [
  /^files\/csv\.ts \\\.\?0\+\$$/,
  /^papers\//,
  /^render\//,
  /^text\//,
  /^commands\/league-backtest\.ts /,
];

it('no pattern goes over the same run again from each of its signs', () => {
  const all = patterns();
  expect(all.length).toBeGreaterThan(200);
  const slow = all.map(({ file, source }) => `${file} ${source}`).filter((_, i) => goesBack(all[i]!.source));
  expect(slow.filter((one) => !BOUNDED.some((b) => b.test(one)))).toEqual([]);
});

it('such a pattern is found', () => {
  for (const source of [String.raw`\s*%$`, String.raw`\.?0+$`, '[.,;]+$', String.raw`\s+(?:a|b)`, '(?:ab)+c'])
    expect(goesBack(source), source).toBe(true);
  for (const source of [
    String.raw`^\s*%$`,
    '%$',
    String.raw`\s+`,
    String.raw`\d{1,3}$`,
    String.raw`(?<=^|,)\s*x`,
  ])
    expect(goesBack(source), source).toBe(false);
});
