import fc from 'fast-check';
import type { Catalogue } from '../src/catalogue/catalogue.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { parseReading } from '../src/reading/parse.js';
import type { Reading } from '../src/reading/reading.js';
import { withGroup } from '../src/scoring/group.js';
import { score } from '../src/scoring/score.js';
import { gradeOf } from '../src/scoring/totals.js';
import { must } from './support.js';

const assumed = { provenance: 'assumed', reason: 'test' };
const max = (value: number) => ({ value, ...assumed });
const rate = { kind: 'proportional', target: 90, ...assumed };

/** A criterion of every form, which a scheme may take. */
const POOL = [
  { id: 'A', max: max(5), rule: rate },
  {
    id: 'B',
    max: max(2),
    rule: {
      kind: 'steps',
      tiers: [
        { at_least: 80, points: 'max' },
        { at_least: 50, points: { from: 0.5, to: 1.5 } },
      ],
      otherwise: 0,
      when_none: 1,
      ...assumed,
    },
  },
  {
    id: 'C',
    max: max(3),
    rule: {
      kind: 'steps',
      tiers: [
        { at_least: 100, points: 'max' },
        { at_least: 60, points: { rate: 1, of: 100 } },
      ],
      ...assumed,
    },
  },
  { id: 'D', max: max(2), rule: { kind: 'penalty', per_case: 0.25, per: 2, most: 1, ...assumed } },
  {
    id: 'E',
    max: max(2),
    rule: {
      kind: 'levels',
      levels: [
        { level: 'Tốt', points: 2 },
        { level: 'Khá', points: 1 },
        { level: 'Kém', points: -1 },
      ],
      ...assumed,
    },
  },
  {
    id: 'G',
    max: max(4),
    rule: {
      kind: 'sum',
      floor: 0,
      ...assumed,
      parts: [
        {
          input: 'p',
          name: 'P',
          max: 3,
          when_none: 'not_applicable',
          rule: { kind: 'proportional', target: 80 },
        },
        { input: 'q', name: 'Q', max: 1, rule: { kind: 'count', per_item: 0.5 } },
      ],
    },
  },
  {
    id: 'H',
    max: max(3),
    rule: {
      kind: 'min',
      ...assumed,
      parts: [
        {
          input: 'p',
          name: 'P',
          when_none: 'not_applicable',
          rule: { kind: 'proportional', target: 100 },
        },
        { input: 'q', name: 'Q', rule: { kind: 'count', per_item: 1 } },
      ],
    },
  },
  {
    id: 'I',
    max: max(3),
    rule: {
      kind: 'steps',
      quantity: 'number',
      against: 'group_rank',
      better: 'less',
      tiers: [
        { at_most: 1, points: 3 },
        { at_most: 3, points: 2 },
      ],
      otherwise: 1,
      ...assumed,
    },
  },
  {
    id: 'J',
    units: ['xã'],
    max: max(2),
    rule: {
      kind: 'linear',
      quantity: 'number',
      against: 'group_mean',
      knots: [
        { at: -20, points: 0 },
        { at: 20, points: 2 },
      ],
      ...assumed,
    },
  },
  {
    id: 'K',
    max: max(2),
    rule: {
      kind: 'steps',
      quantity: 'number',
      against: 'last_year',
      tiers: [
        { above: 0, points: 'max' },
        { at_least: -5, points: 1 },
      ],
      ...assumed,
    },
  },
  { id: 'L', max: max(4), rule: { kind: 'leader_relative', ...assumed } },
  { id: 'Lc', max: max(4), rule: { kind: 'leader_relative', target: 25, ...assumed } },
  {
    id: 'Ls',
    units: ['tỉnh'],
    otherwise: 'max',
    max: max(4),
    rule: {
      kind: 'sum',
      floor: 0,
      ...assumed,
      parts: [
        { input: 'p', name: 'P', max: 4, rule: { kind: 'leader_relative' } },
        { input: 'q', name: 'Q', rule: { kind: 'penalty', start: 0, per_case: 0.5, most: 2 } },
      ],
    },
  },
  {
    id: 'M',
    max: max(2),
    rule: {
      ...rate,
      measure: { counts: ['a', 'b', 'c'], ratio: { times: ['a'], over: { larger_of: ['b', 'c'] } } },
    },
  },
  {
    id: 'N',
    max: max(1),
    rule: {
      kind: 'weighted_share',
      total: 'T',
      when_none: 'max',
      parts: [
        { key: 'u', name: 'u', weight: 1 },
        { key: 'v', name: 'v', weight: 0.5 },
      ],
      ...assumed,
    },
  },
  { id: 'O', max: max(2), rule: { ...rate, when_none: 'not_applicable' } },
  {
    id: 'Q',
    max: max(3),
    rule: rate,
    requires: [
      { criterion: 'A', at_least: 60, else: 2 },
      { criterion: 'E', is: 'Tốt', else: 'not_applicable' },
    ],
  },
  { id: 'R', max: max(3), rule: rate, requires: { criterion: 'A', at_least: 50, else: 0 } },
  { id: 'S', max: max(3), rule: rate, requires: { criterion: 'E', is: 'Tốt', else: 'not_applicable' } },
  { id: 'T', max: max(2), rule: rate, units: ['tỉnh'], otherwise: 'max' },
  { id: 'V', max: max(2), rule: rate, units: ['xã'] },
  { id: 'X', max: max(3), rule: { kind: 'count', per_item: 1, ...assumed }, outside: true },
  {
    id: 'Y',
    max: max(0),
    rule: { kind: 'penalty', per_case: 0.5, ...assumed },
    outside: true,
    deducts_from: 'F',
  },
  {
    id: 'Z',
    max: max(0),
    rule: { kind: 'penalty', per_case: 0.75, most: 3, ...assumed },
    outside: true,
    deducts_from: 'total',
  },
  { id: 'W', max: max(2), rule: { kind: 'todo', words: '?' } },
];

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Schemes of random criteria, fields and roundings. */
export const anyScheme: fc.Arbitrary<Catalogue> = fc
  .record({
    ids: fc.subarray(
      POOL.map((c) => c.id).filter((id) => !['A', 'E'].includes(id)),
      { minLength: 2, maxLength: 9 },
    ),
    cap: some(fc.integer({ min: 3, max: 10 })),
    weight: some(fc.constantFrom(0.5, 2)),
    combine: fc.constantFrom('sum', 'sum', 'mean', 'geometric'),
    round: some(fc.constantFrom({ criterion: 2 }, { criterion: 'none', total: 2 }, { field: 1 })),
    adjustments: some(fc.constantFrom({ most: 2, least: -1 }, { most: 1 })),
    banded: fc.boolean(),
  })
  .map(({ ids, cap, weight, combine, round, adjustments, banded }) => {
    const chosen = POOL.filter((c) => ['A', 'E', ...ids].includes(c.id));
    const outside = chosen.some((c) => c.outside);
    const scheme = {
      id: 'test',
      name: 'Test',
      year: 2025,
      decimals: 4,
      scale: max(200),
      sources: {},
      fields: [
        { id: 'F', name: 'F', ...(cap && { cap }) },
        { id: 'G', name: 'G', combine, ...(weight && { weight }) },
        { id: 'G1', name: 'G1', parent: 'G' },
      ],
      owners: { O: {} },
      criteria: chosen.map((c, i) => ({ name: c.id, owners: ['O'], field: ['F', 'G', 'G1'][i % 3], ...c })),
      ...(round && { round }),
      ...(adjustments && outside && { adjustments }),
      ...(banded && {
        bands: [
          { at_least: 60, and: [{ each_field_at_least: 40 }], name: 'Tốt', ...assumed },
          { at_least: 40, and: [{ criterion: 'A', at_least: 1 }], name: 'Khá', ...assumed },
          { at_least: 20, name: 'Đạt', ...assumed },
        ],
      }),
    };
    return must(parseCatalogue(scheme));
  });

const percent = fc.oneof(
  fc.constantFrom(0, 50, 60, 80, 90, 100),
  fc.integer({ min: 10, max: 1000 }).map((n) => n / 10),
);
const ratio = fc.oneof(
  percent,
  fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({ done: Math.min(a, b), total: b })),
);
const count = fc.nat(12);

const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  E: fc.constantFrom('Tốt', 'Khá', 'Kém'),
  D: count,
  X: count,
  Y: count,
  Z: count,
  B: ratio,
  O: ratio,
  G: fc.record({ values: fc.record({ p: ratio, q: count }) }),
  H: fc.record({ values: fc.record({ p: ratio, q: count }) }),
  I: fc.integer({ min: 1, max: 6 }),
  J: fc.integer({ min: 0, max: 60 }),
  K: fc.record({ value: fc.integer({ min: 0, max: 60 }), last_year: fc.integer({ min: 0, max: 60 }) }),
  L: fc.record({ value: fc.integer({ min: 0, max: 60 }), target: fc.integer({ min: 5, max: 40 }) }),
  Lc: fc.integer({ min: 0, max: 60 }),
  Ls: fc
    .record({ value: fc.integer({ min: 0, max: 60 }), target: fc.integer({ min: 5, max: 40 }), q: fc.nat(5) })
    .map(({ q, ...p }) => ({ values: { p, q } })),
  M: fc.record({
    counts: fc.record({ a: fc.nat(9), b: fc.integer({ min: 1, max: 9 }), c: fc.integer({ min: 1, max: 9 }) }),
  }),
  N: fc.tuple(fc.nat(5), fc.nat(5)).map(([u, v]) => ({ total: u + v, parts: { u, v } })),
  W: fc.constant({ appraised: 1.5 }),
};

/** Deductions of criteria that others require: of A 81%, about 50% and 36%; of E all its levels, and none. */
const PUBLISHED: Record<string, number[]> = { A: [0.5, 2.2222, 3], E: [0, 0.5, 1, 3] };

/** Readings of a group of units under a scheme, as plain data. */
export const anyGroup = (catalogue: Catalogue): fc.Arbitrary<Record<string, unknown>[]> =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom('xã', 'tỉnh'),
        entries: fc.tuple(
          ...catalogue.criteria.map(({ id }) => {
            const value = VALUES[id] ?? percent;
            const other = fc.constantFrom<unknown>(
              'not_applicable',
              undefined,
              ...(PUBLISHED[id] ?? [0.5]).map((deducted) => ({ deducted })),
            );
            return fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: other });
          }),
        ),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((units) =>
      units.map(({ kind, entries }, i) => ({
        unit: `U${i}`,
        year: 2025,
        catalogue: 'test',
        kind,
        indicators: Object.fromEntries(
          catalogue.criteria.flatMap((c, k) => {
            const given = (entries as unknown[])[k];
            const out = given === undefined || (isDeducted(given) && (c.outside || c.max <= 5000));
            return out ? [] : [[c.id, given]];
          }),
        ),
      })),
    );

const isDeducted = (given: unknown) => typeof given === 'object' && given !== null && 'deducted' in given;

/** What the engine says of each unit. */
export function engineOf(group: readonly Record<string, unknown>[], catalogue: Catalogue) {
  const members = group.map((data) => {
    const read = parseReading(data, catalogue);
    return { reading: must(read) as Reading, catalogue };
  });
  return withGroup(members).map(({ reading }) => {
    const result = score(reading, catalogue);
    const { total } = result;
    const unit = 10 ** catalogue.decimals;
    return {
      unit: reading.unit,
      score: total.score === null ? null : total.score / unit,
      max: total.applicableMax / unit,
      index: total.index?.valueOf() ?? null,
      band: gradeOf(result)?.band?.name.vi ?? null,
    };
  });
}

export const TABLE =
  'CREATE TABLE readings (unit TEXT, year INTEGER, id TEXT, value DOUBLE PRECISION, level TEXT, done DOUBLE PRECISION, total DOUBLE PRECISION, deducted DOUBLE PRECISION, exempt BOOLEAN, not_applicable BOOLEAN, input TEXT, target DOUBLE PRECISION, leader DOUBLE PRECISION, last_year DOUBLE PRECISION, kind TEXT)';

const quoted = (t: unknown) =>
  t === undefined || t === null ? 'NULL' : `'${String(t).replaceAll("'", "''")}'`;
const number = (n: unknown) => (n === undefined || n === null ? 'NULL' : String(n));

/** Rows of a group for the table. */
export function rowsOf(group: readonly Record<string, unknown>[], catalogue: Catalogue): string[] {
  return group.flatMap(({ unit, year, kind, indicators }) =>
    Object.entries(indicators as Record<string, unknown>).flatMap(([id, given]) => {
      const criterion = catalogue.criteria.find((c) => c.id === id)!;
      const row = (e: Record<string, unknown>, input: string | null) =>
        `(${quoted(unit)}, ${number(year)}, ${quoted(id)}, ${number(e.value)}, ${quoted(e.level)}, ${number(e.done)}, ${number(e.total)}, ${number(e.deducted)}, FALSE, ${e.out === true}, ${quoted(input)}, ${number(e.target)}, NULL, ${number(e.last_year)}, ${quoted(kind)})`;
      if (given === 'not_applicable') {
        const keys =
          criterion.compiled.inputs.length > 1 ? criterion.compiled.inputs.map((i) => i.key) : [null];
        return keys.map((key) => row({ out: true }, key));
      }
      if (typeof given === 'string') return [row({ level: given }, null)];
      if (typeof given !== 'object' || given === null) return [row({ value: given }, null)];
      const e = given as Record<string, unknown>;
      const inputs = (map: Record<string, unknown>) =>
        Object.entries(map).map(([key, v]) =>
          row(typeof v === 'object' ? (v as Record<string, unknown>) : { value: v }, key),
        );
      if (e.values) return inputs(e.values as Record<string, unknown>);
      if (e.counts) return inputs(e.counts as Record<string, unknown>);
      if (e.parts) return inputs({ total: e.total, ...(e.parts as object) });
      if (e.deducted !== undefined) {
        const keys =
          criterion.compiled.inputs.length > 1 ? criterion.compiled.inputs.map((i) => i.key) : [null];
        return keys.map((key) => row({ deducted: e.deducted }, key));
      }
      if (e.appraised !== undefined)
        return [row({ deducted: criterion.max / 1e4 - Number(e.appraised) }, null)];
      return [row(e, null)];
    }),
  );
}

/** The rows that a query gave, compared with the engine; the first difference, or null. */
export function differenceOf(
  found: readonly Record<string, unknown>[],
  wanted: ReturnType<typeof engineOf>,
): string | null {
  const near = (p: unknown, q: number | null) =>
    q === null ? p === null || p === undefined : p !== null && Math.abs(Number(p) - q) < 1e-6;
  for (const unit of wanted) {
    const row = found.find((r) => r.unit === unit.unit);
    if (!row) {
      if (unit.score !== null) return `${unit.unit}: no row`;
      continue;
    }
    if (!near(row.score, unit.score)) return `${unit.unit}: score ${row.score}, not ${unit.score}`;
    if (unit.score === null) continue;
    if (!near(row.applicable_max, unit.max))
      return `${unit.unit}: max ${row.applicable_max}, not ${unit.max}`;
    if (!near(row.index_percent, unit.index))
      return `${unit.unit}: index ${row.index_percent}, not ${unit.index}`;
    if ('band' in row && (row.band ?? null) !== unit.band)
      return `${unit.unit}: band ${row.band}, not ${unit.band}`;
    const place =
      unit.index === null
        ? null
        : 1 + wanted.filter((w) => w.index !== null && w.index > unit.index! + 1e-9).length;
    if (wanted.every((w) => w.score !== null) && place !== null && Number(row.place) !== place)
      return `${unit.unit}: place ${row.place}, not ${place}`;
  }
  return null;
}
