import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { positionAfter, positionOf } from '../src/analysis/gain.js';
import { optionsOf, parseActions, plan } from '../src/analysis/plan.js';
import { programOf } from '../src/analysis/program.js';
import { type Pricer, search } from '../src/analysis/search.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { highsPrices } from '../src/commands/shared/highs.js';
import { parseReading } from '../src/reading/parse.js';
import { must } from './support.js';

const assumed = { provenance: 'assumed', reason: 'test' };
const rate = { kind: 'proportional', target: 100, ...assumed };

const scheme = (fields: object[], criteria: object[], more: object = {}) =>
  must(
    parseCatalogue({
      id: 'test',
      name: 'Test',
      year: 2025,
      sources: {},
      fields,
      owners: { O: {} },
      criteria: criteria.map((c) => ({ name: 'C', owners: ['O'], ...c })),
      ...more,
    }),
  );

let price: Pricer;
beforeAll(async () => {
  price = await highsPrices();
});

const FREE = { budget: null, maxActions: null, perOwner: null };

/** Every set of actions, by the whole score of each: the least cost that reaches the gain, and its most points. */
function byTrying(catalogue: ReturnType<typeof scheme>, indicators: object, costs: Record<string, number>) {
  const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'test', indicators }, catalogue));
  const actions = must(
    parseActions(
      {
        name: 'A',
        actions: Object.entries(costs).map(([id, cost]) => ({ id, name: id, cost, changes: { [id]: 100 } })),
      },
      catalogue,
    ),
  );
  const position = positionOf(reading, catalogue);
  const now = position.result.total.score!;
  const options = optionsOf(actions, position);
  const sets = Array.from({ length: 2 ** actions.length }, (_, set) => {
    const chosen = actions.filter((_a, i) => set & (1 << i));
    const changes = new Map(chosen.flatMap((a) => [...a.changes]));
    return {
      cost: chosen.reduce((s, a) => s + a.cost.valueOf(), 0),
      gain: positionAfter(position, changes).result.total.score! - now,
    };
  });
  const best = (need: number) =>
    sets.filter((s) => s.gain >= need).sort((p, q) => p.cost - q.cost || q.gain - p.gain)[0] ?? null;
  return { reading, actions, options, now, best, most: Math.max(...sets.map((s) => s.gain)) };
}

describe('a plan is the cheapest where gains do not add up', () => {
  const max = (value: number) => ({ value, ...assumed });
  const requiring = scheme(
    [
      { id: 'F', name: 'F', cap: 12 },
      { id: 'G', name: 'G' },
    ],
    [
      { id: 'A', field: 'F', max: max(5), rule: rate },
      { id: 'B', field: 'F', max: max(5), rule: rate, requires: { criterion: 'A', at_least: 75 } },
      { id: 'C', field: 'F', max: max(5), rule: rate },
      { id: 'D', field: 'G', max: max(4), rule: rate, requires: { criterion: 'B', at_least: 50 } },
      { id: 'E', field: 'G', max: max(4), rule: rate },
    ],
    { scale: { value: 20, ...assumed } },
  );
  const bonus = scheme(
    [{ id: 'F', name: 'F', combine: 'mean' }],
    [
      { id: 'A', field: 'F', max: max(10), rule: rate },
      { id: 'B', field: 'F', max: max(10), rule: rate },
      { id: 'C', field: 'F', max: max(2), rule: rate, outside: true },
      { id: 'D', field: 'F', max: max(2), rule: rate, outside: true },
    ],
    { scale: { value: 10, ...assumed }, adjustments: { most: 3, least: -1 } },
  );
  const cases = [
    [
      'conditions and a cap',
      requiring,
      { A: 40, B: 60, C: 20, D: 30, E: 50 },
      { A: 3, B: 2, C: 4, D: 1, E: 2 },
    ],
    ['a mean and a limit of the bonus', bonus, { A: 40, B: 60, C: 0, D: 10 }, { A: 3, B: 2, C: 1, D: 1 }],
  ] as const;

  /** Every need, a step apart, is met at the cost that trying all finds, and is proved. */
  function agrees(catalogue: ReturnType<typeof scheme>, tried: ReturnType<typeof byTrying>, step: number) {
    for (let need = 5000; need <= tried.most; need += step) {
      const target = { kind: 'score' as const, points: tried.now + need };
      const request = { reading: tried.reading, catalogue, rivals: null, target, limits: FREE, frontier: 4 };
      const found = plan({ ...request, actions: tried.actions }, price);
      const best = tried.best(need)!;
      if (!found.feasible) throw new Error('a plan is expected');
      expect([found.choice.cost.valueOf(), found.choice.gain], `${need}`).toEqual([best.cost, best.gain]);
      expect(found.choice.proved).toBe(true);
      for (const { gain, cost, proved } of found.frontier.choices)
        expect([cost.valueOf(), gain, proved]).toEqual([
          tried.best(gain)!.cost,
          tried.best(gain)!.gain,
          true,
        ]);
    }
  }

  it('caps over caps, met and passed already or not', () => {
    const points = fc.integer({ min: 1, max: 12 });
    const row = fc.record({ value: fc.integer({ min: 0, max: 20 }), cost: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.tuple(points, points, fc.option(points)),
        fc.array(row, { minLength: 7, maxLength: 7 }),
        ([inner, outer, other], rows) => {
          const fields = [
            { id: 'F', name: 'F', cap: outer },
            { id: 'H', name: 'H', parent: 'F', cap: inner },
            { id: 'G', name: 'G', ...(other !== null && { cap: other }) },
          ];
          const ids = rows.map((_, i) => `C${i}`);
          const criteria = ids.map((id, i) => ({ id, field: 'FHG'[i % 3], max: max(5), rule: rate }));
          const whole = Math.min(outer, 15 + Math.min(inner, 10)) + Math.min(other ?? 10, 10);
          const catalogue = scheme(fields, criteria, { scale: { value: whole, ...assumed } });
          const given = Object.fromEntries(rows.map(({ value }, i) => [ids[i]!, 5 * value]));
          const costs = Object.fromEntries(rows.map(({ cost }, i) => [ids[i]!, cost]));
          agrees(catalogue, byTrying(catalogue, given, costs), 40_000);
        },
      ),
      { numRuns: 3 },
    );
  });

  it.each(cases)('%s', (_, catalogue, indicators, costs) => {
    const tried = byTrying(catalogue, indicators, costs);
    agrees(catalogue, tried, 15_000);
    const beyond = { kind: 'score' as const, points: tried.now + tried.most + 1 };
    const request = {
      reading: tried.reading,
      catalogue,
      rivals: null,
      target: beyond,
      limits: FREE,
      frontier: 3,
    };
    const found = plan({ ...request, actions: tried.actions }, price);
    expect(found.feasible).toBe(false);
    if (!found.feasible) expect([found.choice.gain, found.short]).toEqual([tried.most, 1]);
    expect(found.frontier.choices.length).toBe(3);
  });
});

/** Schemes of three fields, the second in the first, of nine criteria, with what a scheme can say of points. */
const someScheme = fc.record({
  combine: fc.array(fc.constantFrom('sum', 'sum', 'mean', 'geometric'), { minLength: 3, maxLength: 3 }),
  caps: fc.array(fc.option(fc.integer({ min: 2, max: 14 })), { minLength: 3, maxLength: 3 }),
  weights: fc.array(fc.constantFrom(1, 1, 0.3, 1.25), { minLength: 3, maxLength: 3 }),
  round: fc.record(
    {
      criterion: fc.constantFrom('none', 0, 1, 2),
      field: fc.constantFrom(0, 1),
      total: fc.constantFrom(0, 1),
    },
    { requiredKeys: [] },
  ),
  requires: fc.array(
    fc.option(fc.record({ at_least: fc.constantFrom(50, 80), else: fc.constantFrom(0, 0.5) })),
    { minLength: 2, maxLength: 2 },
  ),
  takes: fc.constantFrom(null, null, 'total', 'G', ['A', 'B']),
  adjustments: fc.record(
    { most: fc.constantFrom(0.5, 2), least: fc.constantFrom(-0.5, -2) },
    { requiredKeys: [] },
  ),
  values: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 9, maxLength: 9 }),
  /** A criterion that does not apply to the unit. */
  absent: fc.option(fc.nat(6)),
  actions: fc.array(
    fc.record({
      cost: fc.integer({ min: 0, max: 9 }),
      on: fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 3 }),
      to: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 7, maxLength: 7 },
  ),
});

type Drawn = typeof someScheme extends fc.Arbitrary<infer T> ? T : never;
const IDS = [...'ABCDEFGHI'];
/** H adds to the score, and I takes from it by the case. */
const valued = (k: number, value: number) => (IDS[k] === 'I' ? value : `${5 * value}%`);

function drawnScheme(drawn: Drawn) {
  const fields = ['F', 'G', 'H'].map((id, i) => ({
    id,
    name: id,
    ...(id === 'G' && { parent: 'F' }),
    combine: drawn.combine[i],
    weight: drawn.weights[i],
    ...(drawn.caps[i] != null && { cap: drawn.caps[i] }),
  }));
  const outside = (value: number) => ({ max: { value, ...assumed }, outside: true });
  const penalty = { kind: 'penalty', per_case: 0.5, most: 3, start: 0, ...assumed };
  const criteria = IDS.map((id, i) => ({
    id,
    field: 'FGH'[i % 3],
    max: { value: 5, ...assumed },
    rule: rate,
    ...(id === 'D' && drawn.requires[0] && { requires: { criterion: 'E', ...drawn.requires[0] } }),
    ...(id === 'E' && drawn.requires[1] && { requires: { criterion: 'F', ...drawn.requires[1] } }),
    ...(id === 'H' && outside(2)),
    ...(id === 'I' && { ...outside(0), rule: penalty, ...(drawn.takes && { deducts_from: drawn.takes }) }),
  }));
  const { round, adjustments } = drawn;
  const rest = { scale: { value: 100, ...assumed }, not_listed: { name: 'R', ...assumed } };
  return scheme(fields, criteria, { ...rest, round, adjustments });
}

describe('of any scheme a plan is what trying every set of actions finds', () => {
  const agrees = (drawn: Drawn, share: number, pricer: Pricer) => {
    const catalogue = drawnScheme(drawn);
    const { values, absent } = drawn;
    const indicators = Object.fromEntries(
      IDS.map((id, k) => [id, k === absent ? 'not_applicable' : valued(k, values[k]!)]),
    );
    const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'test', indicators }, catalogue));
    const data = drawn.actions.map(({ cost, on, to }, k) => ({
      id: `${k}`,
      name: 'A',
      cost,
      changes: Object.fromEntries(on.filter((c) => c !== absent).map((c) => [IDS[c], valued(c, to)])),
    }));
    const actions = must(parseActions({ name: 'A', actions: data }, catalogue));
    const position = positionOf(reading, catalogue);
    const now = position.result.total.score!;
    const sets = Array.from({ length: 2 ** actions.length }, (_, set) =>
      actions.filter((_a, i) => set & (1 << i)),
    )
      .filter((set) => {
        const touched = set.flatMap((a) => [...a.changes.keys()]);
        return new Set(touched).size === touched.length;
      })
      .map((set) => ({
        cost: set.reduce((s, a) => s + a.cost.valueOf(), 0),
        gain: positionAfter(position, new Map(set.flatMap((a) => [...a.changes]))).result.total.score! - now,
        count: set.length,
      }));
    const best = (need: number) =>
      sets
        .filter((s) => s.gain >= need)
        .sort((p, q) => p.cost - q.cost || q.gain - p.gain || p.count - q.count)[0]!;
    const most = Math.max(...sets.map((s) => s.gain));
    const need = Math.max(1, Math.round(most * share));
    const target = { kind: 'score' as const, points: now + need };
    const request = { reading, catalogue, rivals: null, target, actions, limits: FREE, frontier: 5 };
    const found = plan(request, pricer);
    const said = (c: typeof choice) => ({ cost: c.cost.valueOf(), gain: c.gain, count: c.options.length });
    const choice = found.choice;
    expect([found.feasible, choice.proved]).toEqual([most > 0, true]);
    if (found.feasible) expect(said(choice)).toEqual(best(need));
    for (const c of found.frontier.choices) expect([said(c), c.proved]).toEqual([best(c.gain), true]);
  };
  const share = fc.double({ min: 0.05, max: 1, noNaN: true });

  it('by the prices of the relaxation', () => {
    fc.assert(
      fc.property(someScheme, share, (drawn, part) => agrees(drawn, part, price)),
      { numRuns: Number(process.env.PLAN_RUNS ?? 60) },
    );
  });

  it('by any prices', () => {
    const prices = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(someScheme, share, prices, (drawn, part, some) => {
        const at = (i: number) => some[i % some.length]!;
        agrees(drawn, part, ({ rows, program }) => ({
          values: Array.from({ length: program.actions }, (_, i) => at(i) / 3),
          rows: rows.map((_, r) => at(r)),
          need: at(0),
          sums: program.sums.map((_, j) => at(j)),
          conditions: program.leaves.map(({ requires }) => requires.map((_, k) => 1000 * at(k))),
        }));
      }),
      { numRuns: 60 },
    );
  });

  it('what is given up before all is tried is not called proved', () => {
    const catalogue = scheme(
      [{ id: 'F', name: 'F' }],
      IDS.map((id) => ({ id, field: 'F', max: { value: 5, ...assumed }, rule: rate })),
      { scale: { value: 45, ...assumed } },
    );
    const indicators = Object.fromEntries(IDS.map((id) => [id, 0]));
    const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'test', indicators }, catalogue));
    const data = IDS.map((id, k) => ({ id, name: id, cost: 3 + k, changes: { [id]: `${50 + 5 * k}%` } }));
    const actions = must(parseActions({ name: 'A', actions: data }, catalogue));
    const position = positionOf(reading, catalogue);
    const problem = {
      program: programOf(
        actions.map((a) => a.changes),
        position,
      ),
      goal: actions.map((a) => a.cost.valueOf()),
      need: 200_000,
      rows: [],
    };
    const start = [...actions.keys()];
    const given = search(problem, price(problem)!, start, { left: 2 });
    expect(given).toEqual({ chosen: start, proved: false });
    expect(search(problem, price(problem)!, start, { left: 10_000 }).proved).toBe(true);
  });
});
