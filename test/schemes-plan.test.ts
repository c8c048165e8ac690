import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { after, positionOf } from '../src/analysis/gain.js';
import { optionsOf, parseActions, plan } from '../src/analysis/plan.js';
import type { Solver } from '../src/analysis/program.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { highsSolver } from '../src/engines/highs.js';
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

let solve: Solver;
beforeAll(async () => {
  solve = await highsSolver();
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
      gain: after(position, changes).result.total.score! - now,
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
      const found = plan({ ...request, actions: tried.actions }, solve);
      const best = tried.best(need)!;
      if (!found.feasible) throw new Error('a plan is expected');
      expect([found.choice.cost.valueOf(), found.choice.gain], `${need}`).toEqual([best.cost, best.gain]);
      expect(found.proved).toBe(true);
      for (const { gain, cost } of found.frontier.choices)
        expect([cost.valueOf(), gain]).toEqual([tried.best(gain)!.cost, tried.best(gain)!.gain]);
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
    const found = plan({ ...request, actions: tried.actions }, solve);
    expect(found.feasible).toBe(false);
    if (!found.feasible) expect([found.best.gain, found.short]).toEqual([tried.most, 1]);
    expect(found.frontier.choices.length).toBe(3);
  });
});
