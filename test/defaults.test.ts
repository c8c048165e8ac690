import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, yaml } from './support.js';

/** A number in place of what is absent. */
const STAND_IN =
  /(\?\?|\|\|)\s*(-?[0-9]|'[0-9][0-9.]*'|ZERO\b|HUNDRED\b|new Fraction\b|parseDecimal\b|fromNumber\b)/;
/** The word that what was read is there, straight behind the reading of it. */
const SURE = /\b(parseDecimal|readNumber|exactPoints)\([^;]*\)!/;
const COMMENT = /^\s*(\/\/|\*|\/\*)/;

const src = join(root, 'src');
const lines = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) =>
    readFileSync(join(src, file), 'utf8')
      .split('\n')
      .filter((line) => !COMMENT.test(line))
      .map((line) => ({ file, code: line.trim() })),
  );

type Reasons = Record<string, { code: string; because: string }[]>;
const reasons = yaml(readFileSync(join(root, 'test/cases/defaults.yaml'), 'utf8')) as Reasons;

it('no number stands in for what is absent but where test/cases/defaults.yaml says why it may', () => {
  const found = lines.filter(({ code }) => STAND_IN.test(code));
  const allowed = ({ file, code }: { file: string; code: string }) =>
    (reasons[file] ?? []).some((r) => r.code === code && r.because.length > 10);
  expect(found.filter((line) => !allowed(line))).toEqual([]);
});

it('the reasons are of lines that are there', () => {
  const there = new Set(lines.map(({ file, code }) => `${file}: ${code}`));
  const gone = Object.entries(reasons).flatMap(([file, own]) =>
    own.map(({ code }) => `${file}: ${code}`).filter((line) => !there.has(line)),
  );
  expect(gone).toEqual([]);
});

it('what is read is looked at before it is taken as a number', () => {
  expect(lines.filter(({ code }) => SURE.test(code))).toEqual([]);
});

it('finds what it looks for', () => {
  for (const code of [
    'x ?? 0',
    'x || 1',
    'x ?? ZERO',
    "x ?? '0'",
    'x ?? new Fraction(0)',
    "y ?? parseDecimal('0')",
  ])
    expect(STAND_IN.test(code), code).toBe(true);
  for (const code of ["x ?? ''", 'x ?? null', "x ?? '.'", 'x || y0'])
    expect(STAND_IN.test(code), code).toBe(false);
  expect(SURE.test('parseDecimal(text)!')).toBe(true);
});
