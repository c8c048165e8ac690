import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkExamples,
  draftExamples,
  lintExamples,
  reckoningOf,
  untouched,
} from '../src/analysis/examples.js';
import { lintCatalogue } from '../src/catalogue/lint.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { openCatalogue } from '../src/files/catalogue.js';
import { parseEntry } from '../src/reading/parse.js';
import { numbersIn } from '../src/text/numbers.js';
import { catalogueData, catalogueWith, cchc, must, root, withFiles } from './support.js';

const numerals = { vi: numbersIn('vi'), en: numbersIn('en') };

const withExamples = (rule: object, max: number, examples: object[]) => {
  const data = catalogueData(rule, max);
  return must(parseCatalogue({ ...data, criteria: data.criteria.map((c) => ({ ...c, examples })) }));
};

const steps = {
  kind: 'steps',
  tiers: [
    { at_least: 80, points: 'max' },
    { at_least: 50, points: 0.5 },
  ],
  otherwise: 0,
};

describe('examples beside a rule', () => {
  it('are held to the rule, each in its place', () => {
    const catalogue = withExamples(steps, 1, [
      { value: 79.9, points: 0.5, because: 'dưới 80%' },
      { value: 80, points: 0.5 },
      { done: 40, total: 50, points: 'max' },
      { value: 'nhiều', points: 1 },
    ]);
    expect(checkExamples(catalogue).map((d) => [d.code, d.path.slice(2).join('.')])).toEqual([
      ['example-differs', 'examples.1.points'],
      ['bad-percent', 'examples.3'],
    ]);
  });

  it('leave pieces and cuts untouched, which are named', () => {
    const catalogue = withExamples(steps, 1, [
      { value: 20, points: 0 },
      { value: 80, points: 1 },
    ]);
    expect(lintExamples(catalogue).map((d) => d.params)).toEqual([{ id: 'T1', at: ['= 50', '[50; 80)'] }]);
  });

  it('a count has nothing between one and two', () => {
    const rule = { kind: 'count', tiers: [{ at_least: 2, points: 'max' }] };
    expect(
      lintExamples(
        withExamples(rule, 1, [
          { value: 1, points: 0 },
          { value: 2, points: 1 },
        ]),
      ),
    ).toEqual([]);
  });

  it('drafts touch every place, with what the rule gives', () => {
    for (const rule of [steps, { kind: 'proportional', target: 90, when_none: 'max' }, { kind: 'yes_no' }]) {
      const bare = catalogueWith(rule, 1);
      const drafts = draftExamples(bare, numerals);
      const full = withExamples(
        rule,
        1,
        drafts.map(({ value, points }) => ({ value, points })),
      );
      expect(checkExamples(full)).toEqual([]);
      expect(untouched(full.criteria[0]!, full)).toEqual([]);
    }
  });

  it.each([
    // 5 of the 20 from 80 to 100: a quarter of 2.
    [
      {
        kind: 'linear',
        knots: [
          { at: 80, points: 0 },
          { at: 100, points: 2 },
        ],
      },
      85,
      '2 × (85% − 80%) ÷ (100% − 80%) = 0,5',
    ],
    [
      {
        kind: 'linear',
        knots: [
          { at: 80, points: 1 },
          { at: 100, points: 2 },
        ],
      },
      90,
      '1 + 1 × (90% − 80%) ÷ (100% − 80%) = 1,5',
    ],
    [{ kind: 'proportional', target: 85 }, 43, '2 × 43% ÷ 85% ≈ 1,0118'],
    [{ kind: 'steps', tiers: [{ at_least: 85, points: 'max' }] }, 66.49, '66,49% dưới 85%: 0 điểm'],
    [
      {
        kind: 'steps',
        tiers: [
          { at_least: 30, points: 2 },
          { at_least: 20, points: 1 },
        ],
      },
      25,
      '25% từ 20% đến dưới 30%: 1 điểm',
    ],
    [{ kind: 'penalty', per_case: 0.25 }, 3, '2 − 0,25 × 3 = 1,25'],
    [{ kind: 'penalty', per_case: 0.25 }, 9, '9 trên 8: 0 điểm'],
    [{ kind: 'count', tiers: [{ at_least: 1, points: 'max' }] }, 0, '0 dưới 1: 0 điểm'],
    [{ kind: 'yes_no' }, 'có', 'Có: 2 điểm'],
    [{ kind: 'proportional', when_none: 'max' }, { done: 0, total: 0 }, 'không phát sinh: 2 điểm'],
    [
      {
        kind: 'sum',
        floor: 0,
        parts: [
          { input: 'a', name: 'A', rule: { kind: 'count', per_item: 0.5 } },
          { input: 'b', name: 'B', rule: { kind: 'penalty', start: 0, per_case: 1 } },
        ],
      },
      { values: { a: 1, b: 2 } },
      'A: 0,5 × 1 = 0,5; B: −1 × 2 = −2; cộng lại −1,5, không dưới 0',
    ],
  ])('a draft says how the rule comes to its points: %j', (rule, value, words) => {
    const catalogue = catalogueWith(rule, 2);
    const [criterion] = catalogue.criteria;
    const { entry } = parseEntry(value, criterion!, 4, [], 2022);
    expect(reckoningOf(criterion!, entry!.value!.inputs, 4, numerals)).toEqual({ vi: words });
  });

  it('are written into the file by --fill, all else as it stands', () => {
    const text = readFileSync(join(root, 'criteria/qd-766-2022.yaml'), 'utf8');
    const bare = text.replace(/ {4}examples:\n(?: {6}- .*\n)+/g, '');
    return withFiles({ 'q.yaml': bare }, async (folder) => {
      const file = join(folder, 'q.yaml');
      const before = await cchc(['catalogue', 'lint', file, '--format', 'json']);
      expect(before.stdout).toContain('examples-missing');
      const filled = await cchc(['catalogue', 'lint', file, '--fill', '--format', 'json']);
      expect(filled.stdout).not.toContain('examples-missing');
      const now = readFileSync(file, 'utf8');
      expect(now.replace(/ {4}examples:\n(?: {6}- .*\n)+/g, '')).toBe(bare);
    });
  });

  it('a wrong one fails the check of the file', () => {
    const data = catalogueData(steps, 1);
    const wrong = {
      ...data,
      criteria: data.criteria.map((c) => ({ ...c, examples: [{ value: 80, points: 0 }] })),
    };
    return withFiles({ 'c.yaml': JSON.stringify(wrong) }, async (folder) => {
      for (const args of [['check'], ['catalogue', 'lint']]) {
        const run = await cchc([...args, join(folder, 'c.yaml'), '--format', 'json']);
        expect([run.code, run.stdout.includes('example-differs')]).toEqual([3, true]);
      }
    });
  });

  it('a wrong one fails the check of readings of its catalogue, told once and in the catalogue', () => {
    const data = catalogueData(steps, 1);
    const wrong = {
      ...data,
      criteria: data.criteria.map((c) => ({ ...c, examples: [{ value: 80, points: 0 }] })),
    };
    const reading = (unit: string) => ({ unit, year: data.year, indicators: { [data.criteria[0]!.id]: 80 } });
    const files = {
      'c.yaml': JSON.stringify(wrong),
      'a.yaml': JSON.stringify({ ...reading('A'), catalogue: './c.yaml' }),
      'b.yaml': JSON.stringify(reading('B')),
    };
    return withFiles(files, async (folder) => {
      const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder, `${name}.yaml`)) as [
        string,
        string,
        string,
      ];
      for (const args of [
        [a, a],
        [a, c],
        [b, '--catalogue', c],
      ]) {
        const run = await cchc(['check', ...args, '--format', 'json']);
        expect([run.code, run.stdout.split('example-differs').length]).toEqual([3, 2]);
        expect(run.stdout).toContain(`"file": ${JSON.stringify(c)}`);
      }
    });
  });
});

it.each(readdirSync(join(root, 'criteria')))(
  '%s has a true example for each piece and each cut, and is clean',
  async (file) => {
    const catalogue = must(await openCatalogue(join(root, 'criteria', file)));
    expect(checkExamples(catalogue)).toEqual([]);
    expect(lintExamples(catalogue)).toEqual([]);
    expect(lintCatalogue(catalogue).filter((d) => d.severity !== 'note')).toEqual([]);
  },
);

describe('lint without false alarms', () => {
  const codes = (rule: object) =>
    lintCatalogue(catalogueWith(rule, 1))
      .filter((d) => d.severity === 'warning')
      .map((d) => d.code);
  it('a count of at most one, and of two or more, leaves no gap, and does not rise and fall', () => {
    const tiers = [
      { at_most: 0, points: 0 },
      { at_least: 1, at_most: 1, points: 0.5 },
      { at_least: 2, points: 'max' },
    ];
    expect(codes({ kind: 'count', tiers })).toEqual([]);
  });
  it('a percent of at most one, and of two or more, leaves a gap', () => {
    const tiers = [
      { at_most: 1, points: 0 },
      { at_least: 2, points: 'max' },
    ];
    expect(codes({ kind: 'steps', tiers })).toEqual([]);
    expect(
      codes({
        kind: 'steps',
        tiers: [
          { at_least: 0, at_most: 1, points: 0.5 },
          { at_least: 2, points: 'max' },
        ],
      }),
    ).toEqual(['tiers-gap', 'not-monotone']);
  });
  it('what remains of an earlier tier is no overlap, a part of it is', () => {
    const rest = [
      { at_least: 80, at_most: 100, points: 'max' },
      { at_least: 50, points: 0.5 },
    ];
    expect(codes({ kind: 'steps', tiers: rest })).toEqual([]);
    const part = [
      { at_least: 80, points: 'max' },
      { at_least: 50, at_most: 90, points: 0.5 },
    ];
    expect(codes({ kind: 'steps', tiers: part })).toEqual(['tiers-overlap']);
  });
});
