import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from '../src/analysis/compare.js';
import { explain } from '../src/analysis/explain.js';
import { gainOf, positionOf } from '../src/analysis/gain.js';
import { gainingChanges } from '../src/analysis/group.js';
import { pace } from '../src/analysis/pace.js';
import { compileRisk } from '../src/analysis/risk/model.js';
import { parseOutlook } from '../src/analysis/risk/outlook.js';
import { exactRisk } from '../src/analysis/risk/risk.js';
import { parseChanges, whatIf } from '../src/analysis/whatif.js';
import type { Catalogue } from '../src/catalogue/catalogue.js';
import { diffCatalogues } from '../src/catalogue/diff.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { presentDiff } from '../src/commands/catalogue.js';
import { presentComparison } from '../src/commands/compare.js';
import { presentExplanation } from '../src/commands/explain.js';
import { presentWhatIf } from '../src/commands/whatif-view.js';
import { placeResult } from '../src/index.js';
import { NO_MOVES } from '../src/ranking/rivals.js';
import { rivalsAmong } from '../src/ranking/standings.js';
import { parseReading } from '../src/reading/parse.js';
import type { Presentation } from '../src/render/presentation.js';
import { schemeFacts } from '../src/render/words.js';
import { score } from '../src/scoring/score.js';
import { gradeOf } from '../src/scoring/totals.js';
import { loadMessages } from '../src/text/index.js';
import { roundToPoints } from '../src/values/points.js';
import { catalogueData, must, yaml } from './support.js';

type Row = [id: string, field: string, max: number, rule: object, more?: Record<string, unknown>];

interface Expected {
  score?: number | 'unknown';
  adjustment?: number | 'unknown';
  index?: number;
  applicableMax?: number;
  worst?: number;
  best?: number;
  rows?: Record<string, number>;
  band?: string;
  fails?: string[] | 'none';
  basis?: object;
  /** Points of the score lost by lead unit: one, or the least and most they may be. */
  lost?: object;
}

interface Case {
  reading: Record<string, unknown>;
  kind?: string;
  round?: object;
  expect: Expected;
}

interface Scheme extends Partial<Case> {
  name: string;
  criteria: Row[];
  fields?: (string | { id: string })[];
  scale?: number;
  adjustments?: object;
  bands?: object[];
  cases?: Case[];
}

const schemes = yaml(readFileSync(new URL('cases/schemes.yaml', import.meta.url), 'utf8')) as Scheme[];
const assumed = { provenance: 'assumed', reason: 'test' };
const decimals = 4;

function catalogueOf({ criteria, fields = ['F'], scale, adjustments, bands }: Scheme, round?: object) {
  const inside = criteria.filter(([, , , , more]) => !more?.outside);
  return must(
    parseCatalogue({
      id: 'test',
      name: 'Test',
      year: 2025,
      scale: { value: scale ?? inside.reduce((s, c) => s + Number(c[2]), 0), ...assumed },
      sources: {},
      fields: fields.map((f) => (typeof f === 'string' ? { id: f, name: f } : { name: f.id, ...f })),
      owners: { O: {}, P: {} },
      criteria: criteria.map(([id, field, max, rule, { working, ...more } = {}]) => ({
        id,
        name: id,
        field,
        owners: ['O'],
        max: { value: max, ...assumed },
        rule: { ...rule, ...assumed },
        // Its maximum and rule are inferred where it says so.
        ...more,
        ...(working !== undefined && {
          max: { value: max, provenance: 'inferred', working },
          rule: { ...rule, provenance: 'inferred', working },
        }),
      })),
      ...(adjustments && { adjustments }),
      ...(round && { round }),
      ...(bands && { bands: bands.map((b) => ({ ...b, ...assumed })) }),
    }),
  );
}

describe.each(schemes)('$name', (scheme) => {
  const cases = scheme.cases ?? [scheme as Case];
  it.each(cases.map((c) => [JSON.stringify(c.reading), c] as const))(
    '%s',
    (_, { reading, kind, round, expect: wanted }) => {
      const catalogue = catalogueOf(scheme, round);
      const data = { unit: 'U', year: 2025, catalogue: 'test', ...(kind && { kind }), indicators: reading };
      const result = score(must(parseReading(data, catalogue)), catalogue);
      const { total } = result;
      const plain = (p: number | null) => (p === null ? null : p / 10 ** decimals);
      const grade = gradeOf(result);
      const found: Expected = {
        score: plain(total.score) ?? 'unknown',
        adjustment: plain(total.adjustment) ?? 'unknown',
        index: total.index ? roundToPoints(total.index, decimals) / 10 ** decimals : 0,
        applicableMax: plain(total.applicableMax) ?? 0,
        worst: plain(total.worst) ?? 0,
        best: plain(total.best) ?? 0,
        rows: Object.fromEntries(
          result.criteria
            .filter((c) => wanted.rows && c.criterion.id in wanted.rows)
            .map((c) => [c.criterion.id, plain(c.points) ?? Number.NaN]),
        ),
        band: grade?.band?.name.vi ?? '',
        basis: Object.fromEntries(Object.entries(result.basis).map(([kind, p]) => [kind, plain(p)])),
        lost: Object.fromEntries(
          result.owners.map((o) => [
            o.owner,
            plain(o.deduction) ?? [plain(o.max - o.best), plain(o.max - o.worst)],
          ]),
        ),
        fails: grade?.next ? grade.next.failed.map((f) => f.id) : 'none',
      };
      expect(Object.fromEntries(Object.keys(wanted).map((k) => [k, found[k as keyof Expected]]))).toEqual(
        wanted,
      );
      if (total.score !== null) expect([total.worst, total.best]).toEqual([total.score, total.score]);
    },
  );
});

it('a level that a condition asks for is read as a reading’s is', () => {
  const levels = [
    { level: 'Tốt', points: 1 },
    { level: 'Khá', points: 0 },
  ];
  const data = catalogueData({ kind: 'levels', levels }, 1, 2);
  const [one] = data.criteria;
  for (const is of ['tốt', 'Tốt'.normalize('NFD'), 'TOT']) {
    const two = { ...one, id: 'T2', requires: { criterion: 'T1', is } };
    const { criteria } = must(parseCatalogue({ ...data, criteria: [one, two] }));
    expect(criteria[1]!.requires[0]!.test).toEqual({ form: 'level', index: 0 });
  }
});

it.each([
  [
    'more than the maximum otherwise',
    { at_least: 75, else: 6 },
    'points-above-max',
    'else',
    { value: '6', max: '5' },
  ],
  ['more than can be', { at_least: 175 }, 'out-of-range', 'at_least', { value: '175', min: 0, max: 100 }],
  ['less than nothing', { below: 0 }, 'out-of-range', 'below', { value: '0', min: 0, max: 100 }],
  ['from 80 to 50', { at_least: 80, at_most: 50 }, 'bad-bounds', null, { value: 'at_least, at_most' }],
  ['a bound and a level', { at_least: 80, is: 'Tốt' }, 'bad-bounds', null, { value: 'at_least, is' }],
  ['nothing', {}, 'missing-key', null, { key: 'at_least' }],
])('a condition that asks for %s is refused', (_, required, code, key, params) => {
  const rule = { kind: 'proportional', target: 100, ...assumed };
  const criterion = (id: string, more: object) => ({
    id,
    name: id,
    field: 'F',
    owners: ['O'],
    max: { value: 5, ...assumed },
    rule,
    ...more,
  });
  const criteria = [criterion('A', {}), criterion('B', { requires: { criterion: 'A', ...required } })];
  const fields = [{ id: 'F', name: 'F' }];
  const head = {
    id: 't',
    name: 'T',
    year: 2025,
    scale: { value: 10, ...assumed },
    sources: {},
    owners: { O: {} },
  };
  const found = parseCatalogue({ ...head, fields, criteria }).diagnostics.filter(
    (d) => d.severity === 'error',
  );
  const path = ['criteria', 1, 'requires', ...(key === null ? [] : [key])];
  expect(found.map((d) => [d.code, d.path, d.params])).toEqual([
    [code, path, expect.objectContaining(params)],
  ]);
});

it('a gain is not known where the score is rounded and a value is unknown: 0.1 at both ends, nothing in between', () => {
  const rate = { kind: 'proportional', target: 100 };
  const data = catalogueData(rate, 10, 20);
  const criteria = ['T1', 'T2'].map((id) => ({ ...data.criteria[0]!, id }));
  const gainUnder = (round: object) => {
    const catalogue = must(parseCatalogue({ ...data, criteria, ...round }));
    const reading = { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: '50.4%' } };
    const { changes } = parseChanges({ T1: '50.6%' }, catalogue);
    return gainOf(positionOf(must(parseReading(reading, catalogue)), catalogue), changes).points;
  };
  // With T2 at 0 or 10: 5.04 → 5.06 is 5.0 → 5.1, and 15.0 → 15.1; with it at 0.02: 5.06 → 5.08 is 5.1 both times.
  expect(gainUnder({ round: { total: 1 } })).toBeNull();
  expect(gainUnder({})).toBe(200);
});

it.each([
  ['1.75, which tenths make 1.8, is refused', 1.75, 'points-above-max', { value: '1.8', max: '1.75' }],
  ['1.74, which tenths make 1.7, is told', 1.74, 'max-unreachable', { best: '1.7', max: '1.74' }],
  ['1.7 stands', 1.7, null, null],
])('a maximum of %s', (_, max, code, params) => {
  const data = { ...catalogueData({ kind: 'proportional', target: 100 }, max), round: { criterion: 1 } };
  const told = parseCatalogue(data).diagnostics.map((d) => [d.code, d.params]);
  expect(told).toEqual(code === null ? [] : [[code, params]]);
});

const COMBINED = 'Caps, means, weights, outside limits, rounding';
/** The text of each row that people see. */
const rowsOf = ({ blocks }: Presentation): string[][] =>
  blocks.flatMap((b) => (b.kind === 'table' ? b.rows.map((r) => r.cells.map((c) => c.text)) : []));

describe('what a scheme does with points, in every answer', () => {
  const rate = { kind: 'proportional', target: 100 };
  const read = (catalogue: ReturnType<typeof catalogueOf>, indicators: object, unit = 'U') =>
    must(parseReading({ unit, year: 2025, catalogue: 'test', indicators }, catalogue));

  it('compare: half the weight is half the change, and a row says so', async () => {
    const messages = await loadMessages('en');
    const catalogue = catalogueOf({
      name: '',
      fields: [{ id: 'F', weight: 0.5 } as { id: string }],
      scale: 5,
      criteria: [['A', 'F', 10, rate]],
    });
    const [before, after] = [read(catalogue, { A: 20 }), read(catalogue, { A: 60 })];
    const found = compare({ reading: before, catalogue }, { reading: after, catalogue });
    // A went from 2 to 6, the score from 1 to 3.
    expect(found.criteria[0]!.change.total).toBe(40_000);
    expect([found.change.total, found.combined.total]).toEqual([20_000, -20_000]);
    expect(found.fields[0]!.change.total).toBe(20_000);
    const side = { name: 'U', result: found.before, rank: null };
    const one = {
      comparison: found,
      sides: [side, { ...side, result: found.after }],
      selfScore: false,
    } as const;
    expect(rowsOf(presentComparison([one], messages))).toContainEqual(
      expect.arrayContaining([COMBINED, '−2']),
    );
  });

  it('catalogue diff: what a scheme ties together otherwise is a change', () => {
    const scheme = (of: object, more: object, cap?: number) =>
      catalogueOf({
        name: '',
        fields: [{ id: 'F', ...(cap !== undefined && { cap }) } as { id: string }],
        scale: cap ?? 10,
        criteria: [
          ['A', 'F', 5, rate],
          ['B', 'F', 5, rate, { requires: { criterion: 'A', at_least: 75, else: 0, ...of } }],
        ],
        ...more,
      });
    const told = (p: Catalogue, q: Catalogue) => {
      const { changes, scheme: keys } = diffCatalogues(p, q);
      return [changes.map((c) => [c.after!.id, c.scope, c.rule]), keys];
    };
    const first = scheme({}, {});
    expect(told(first, scheme({}, {}))).toEqual([[], []]);
    expect(told(first, scheme({ else: 1 }, {}))).toEqual([[['B', true, false]], []]);
    expect(told(first, scheme({ at_least: 70 }, {}))).toEqual([[['B', true, false]], []]);
    expect(told(first, scheme({}, { adjustments: { most: 2 } }, 8))).toEqual([[], ['fields', 'adjustments']]);
  });

  it('catalogue docs and diff say what a scheme makes of its fields, in both languages', async () => {
    const scheme = (cap: number, bands: object[]) =>
      catalogueOf(
        {
          name: '',
          fields: [
            { id: 'F', cap, weight: 0.5 } as { id: string },
            { id: 'G', combine: 'mean' } as { id: string },
          ],
          scale: cap / 2 + 5,
          criteria: [
            ['A', 'F', 8, rate],
            ['B', 'G', 5, rate],
            ['X', 'F', 1, { kind: 'count', per_item: 1 }, { outside: true }],
          ],
          adjustments: { most: 1, least: -0.5 },
          bands,
        },
        { criterion: 'none', total: 2 },
      );
    const [old, now] = [
      scheme(8, [{ at_least: 80, name: 'Tốt' }]),
      scheme(6, [
        { at_least: 80, name: 'Tốt', and: [{ each_field_at_least: 50 }, { criterion: 'A', at_least: 2 }] },
      ]),
    ];
    expect(schemeFacts(now, await loadMessages('en')).map((f) => `${f.label}: ${f.text}`)).toEqual([
      'Field F: F; at most 6 points; of weight 0.5',
      'Field G: G; the mean of its parts',
      'Outside the scale: adds at most 1 point in all; takes at most 0.5 points in all',
      'Rounding: Criterion: not rounded; Field: not rounded; Score: to 2 decimals',
      'Band: Tốt ≥ 80%; each field ≥ 50%; A ≥ 2',
    ]);
    const rows = rowsOf(presentDiff(diffCatalogues(old, now), null, await loadMessages('vi')));
    expect(rows).toContainEqual([
      '',
      'sửa',
      'Lĩnh vực F',
      'F; tối đa 8 điểm; hệ số 0,5',
      'F; tối đa 6 điểm; hệ số 0,5',
    ]);
    expect(rows).toContainEqual([
      '',
      'sửa',
      'Xếp loại',
      'Tốt ≥ 80%',
      'Tốt ≥ 80%; từng lĩnh vực ≥ 50%; A ≥ 2',
    ]);
  });

  it('whatif: what the cap makes of two gains is a row, and the rows add up', async () => {
    const messages = await loadMessages('en');
    const catalogue = catalogueOf({
      name: '',
      fields: [{ id: 'F', cap: 6 } as { id: string }, 'G'],
      scale: 11,
      criteria: [
        ['A', 'F', 5, rate],
        ['B', 'F', 5, rate],
        ['C', 'G', 5, rate],
      ],
    });
    // 2 + 3 is below the cap of 6; 5 + 3 is not: 3 more in A and 0.5 more in C make 1 + 0.5.
    const reading = read(catalogue, { A: 40, B: 60, C: 20 });
    const { changes } = parseChanges({ A: 100, C: 30 }, catalogue);
    const scenario = { name: { vi: 'x', en: 'x' }, changes };
    const found = whatIf(reading, catalogue, [scenario]);
    expect(found.scenarios[0]!.delta.score).toBe(15_000);
    expect(found.scenarios[0]!.combined).toBe(-20_000);
    const gains = (scenarios: number) =>
      rowsOf(presentWhatIf(whatIf(reading, catalogue, Array(scenarios).fill(scenario)), null, messages));
    expect(gains(1)).toEqual(
      expect.arrayContaining([
        ['', COMBINED, '', '', '', '', '−2'],
        ['', 'Total', '', '', '', '', '+1.5'],
      ]),
    );
    expect(gains(3)).toContainEqual(['', COMBINED, '−2', '−2', '−2']);
    // Where nothing is combined there is no row.
    const plain = whatIf(reading, catalogue, [
      { ...scenario, changes: parseChanges({ C: 30 }, catalogue).changes },
    ]);
    expect(rowsOf(presentWhatIf(plain, null, messages)).flat()).not.toContain(COMBINED);
  });

  const tied = catalogueOf({
    name: '',
    criteria: [
      ['A', 'F', 5, { kind: 'proportional', target: 60 }],
      ['B', 'F', 5, rate, { requires: { criterion: 'A', at_least: 75, else: 0 } }],
    ],
  });

  it('league --raise: a value that gains nothing here, and meets the condition of another', () => {
    const { changes } = parseChanges({ A: '80%' }, tied);
    expect(gainingChanges({ reading: read(tied, { A: 70, B: 100 }), catalogue: tied }, changes).size).toBe(1);
    expect(gainingChanges({ reading: read(tied, { A: 76, B: 100 }), catalogue: tied }, changes).size).toBe(0);
  });

  it('explain: no value of its own gains before what it requires is so', async () => {
    const messages = await loadMessages('en');
    const told = (a: number) =>
      JSON.stringify(
        presentExplanation(explain(tied, tied.criteria[1]!, read(tied, { A: a, B: 90 })), messages).blocks,
      );
    expect(told(74)).toContain('none before A ≥ 75%, which it requires');
    expect(told(75)).not.toContain('none before');
  });

  const riskOf = (indicators: object, own: object, draws?: number) => {
    const reading = read(tied, own);
    const outlook = must(parseOutlook({ indicators }, tied, reading, null));
    const model = compileRisk(score(reading, tied), reading, outlook, null, NO_MOVES, { draws, seed: 1 });
    if (Array.isArray(model)) throw new Error(model[0]!.code);
    const risk = exactRisk(model, { points: 80_000, rank: null });
    if (typeof risk === 'string') throw new Error(risk);
    return risk;
  };

  it('risk: every set of a few values is scored whole', () => {
    const chances = { A: { chances: { '40': 0.5, '80': 0.5 } }, B: { chances: { '50': 0.25, '100': 0.75 } } };
    // A of 40 is 3.3333 and B nothing; A of 80 is 5, and B 2.5 or 5: 0.5, 0.125 and 0.375.
    const found = riskOf(chances, { A: 40, B: 50 });
    expect(found.method).toEqual({ form: 'exact' });
    expect(found.score.mean).toBeCloseTo(0.5 * 33_333 + 0.125 * 75_000 + 0.375 * 100_000, 6);
    expect(found.targetScore).toEqual({ value: 0.375, bounds: null });
  });

  it('risk: values along a line are drawn, and the draws say so', () => {
    // B counts where A is 75 or more, which is half of 70 to 80; A is 5 from 60 on.
    const found = riskOf({ A: '70..80' }, { A: 70, B: 100 });
    expect(found.method).toMatchObject({ form: 'simulated', draws: 20_000, why: 'tied' });
    expect(Math.abs(found.targetScore!.value - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(found.score.mean - 75_000)).toBeLessThan(1_000);
  });

  it('pace: a rate whose condition fails earns what the condition leaves', () => {
    const counts = { done: 50, total: 100 };
    const [row] = pace(read(tied, { A: 70, B: counts }), tied, { year: 2025, day: 100 }).rows;
    expect(row!.endPoints).toBe(0);
    const [met] = pace(read(tied, { A: 75, B: counts }), tied, { year: 2025, day: 100 }).rows;
    expect(met!.endPoints).toBe(25_000);
  });

  it('a part of a sum has its own target, beside its value or at the entry, in a reading and in a change', () => {
    const catalogue = catalogueOf({
      name: '',
      criteria: [
        [
          'A',
          'F',
          4,
          {
            kind: 'sum',
            floor: 0,
            parts: [
              { input: 'p', name: 'P', max: 4, rule: { kind: 'leader_relative' } },
              { input: 'q', name: 'Q', rule: { kind: 'penalty', start: 0, per_case: 0.5 } },
            ],
          },
        ],
      ],
    });
    // Half of 4 at the target: 30 of 40 is 1.5, 20 of 40 is 1; one case takes 0.5.
    const beside = read(catalogue, { A: { values: { p: { value: 30, target: 40 }, q: 1 } } });
    expect(score(beside, catalogue).total.score).toBe(10_000);
    const above = read(catalogue, { A: { values: { p: 30, q: 1 }, target: 40 } });
    expect(score(above, catalogue).total.score).toBe(10_000);
    const { changes, diagnostics } = parseChanges({ 'A.p': { value: 30, target: 60 } }, catalogue);
    expect(diagnostics).toEqual([]);
    // 30 of 60 is 1, less 0.5.
    expect(whatIf(beside, catalogue, [{ name: { vi: 's' }, changes }]).scenarios[0]!.delta.score).toBe(
      -5_000,
    );
    for (const wrong of [
      { values: { p: { value: 30, target: 40 }, q: 1 }, target: 40 },
      { values: { p: { value: 30, target: 40 }, q: { value: 1, target: 2 } } },
    ])
      expect(
        parseReading({ unit: 'U', year: 2025, catalogue: 'test', indicators: { A: wrong } }, catalogue).ok,
      ).toBe(false);
  });

  it('ranks: with points outside the scale a unit over 100 may be below another', () => {
    const bonus = catalogueOf({
      name: '',
      criteria: [
        ['A', 'F', 10, rate],
        ['X', 'F', 3, { kind: 'count', per_item: 1 }, { outside: true }],
      ],
    });
    // 11 of 10 against 10 to 13.
    const group = [read(bonus, { A: 100, X: 1 }, 'U'), read(bonus, { A: 100 }, 'V')].map((r) =>
      score(r, bonus),
    );
    const place = placeResult(rivalsAmong(group, 0, 'min'), group[0]!);
    expect([place?.best, place?.worst]).toEqual([1, 2]);
  });
});
