import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { positionOf } from '../src/analysis/gain.js';
import {
  type Action,
  neededScore,
  type Option,
  optionsOf,
  type PlanLimits,
  plan,
} from '../src/analysis/plan.js';
import { type Pricer, unpriced } from '../src/analysis/search.js';
import { parseChanges } from '../src/analysis/whatif.js';
import { presentPlan } from '../src/commands/plan.js';
import { highsPrices } from '../src/commands/shared/highs.js';
import { openActions } from '../src/files/open.js';
import {
  type Catalogue,
  loadLeague,
  loadReading,
  placeInLeague,
  type Reading,
  rivalsOfResult,
  score,
} from '../src/index.js';
import { chanceOfRank } from '../src/ranking/ranks.js';
import { loadMessages } from '../src/text/index.js';
import { fromNumber as f } from '../src/values/fraction.js';
import { cchc, fixture, LEAGUE_2022, must, NHU_XUAN, withFiles } from './support.js';

const ACTIONS = fixture('actions/nhu-xuan-2023.yaml');
const FREE: PlanLimits = { budget: null, maxActions: null, perOwner: null };

let reading: Reading;
let catalogue: Catalogue;
let price: Pricer;
beforeAll(async () => {
  ({ reading, catalogue } = must(await loadReading(NHU_XUAN)));
  price = await highsPrices();
});

/** The best allowed set with the gain (least cost, most points, fewest actions), and the most gain of any, by trying all. */
function bruteForce(options: readonly Option[], need: number, limits: PlanLimits) {
  let best: { cost: number; gain: number; count: number } | null = null;
  let most = 0;
  const cost = options.map((o) => o.action.cost.valueOf());
  const bit = new Map(options.map((o, i) => [o.action.id, 1 << i]));
  const clash = options.map((o, i) =>
    options.reduce((mask, other, j) => {
      const same = [...o.action.changes.keys()].some((id) => other.action.changes.has(id));
      const excluded =
        o.action.excludes.includes(other.action.id) || other.action.excludes.includes(o.action.id);
      return i !== j && (same || excluded) ? mask | (1 << j) : mask;
    }, 0),
  );
  const wants = options.map((o) => o.action.requires.reduce((mask, id) => mask | bit.get(id)!, 0));
  for (let set = 0; set < 2 ** options.length; set++) {
    let gain = 0;
    let spent = 0;
    let count = 0;
    let good = true;
    const owners = new Map<string, number>();
    for (let i = 0; i < options.length && good; i++) {
      if (!(set & (1 << i))) continue;
      good = (set & clash[i]!) === 0 && (set & wants[i]!) === wants[i];
      gain += options[i]!.gain;
      spent += cost[i]!;
      count++;
      for (const o of options[i]!.action.owners) owners.set(o, (owners.get(o) ?? 0) + 1);
    }
    if (
      !good ||
      (limits.budget && spent > limits.budget.valueOf()) ||
      (limits.maxActions !== null && count > limits.maxActions)
    )
      continue;
    if (limits.perOwner !== null && [...owners.values()].some((n) => n > limits.perOwner!)) continue;
    most = Math.max(most, gain);
    // Least cost, then most points, then fewest actions.
    const better =
      !best ||
      spent < best.cost ||
      (spent === best.cost && (gain > best.gain || (gain === best.gain && count < best.count)));
    if (gain >= need && better) best = { cost: spent, gain, count };
  }
  return { best, most };
}

/** Random actions on the letter's criteria: several levels of one, several criteria at once, ties and exclusions. */
const someActions = (count: number) =>
  fc.array(
    fc.record({
      cost: fc.integer({ min: 0, max: 9 }),
      picks: fc.uniqueArray(
        fc.constantFrom(
          ['7.3.2', '60%'],
          ['7.3.2', '85%'],
          ['7.3.3', '50%'],
          ['XHH', '95%'],
          ['3.5.1', '100%'],
          ['7.6.1', 'Tốt'],
          ['1.5', 2],
          ['1.3.3', '80%'],
          ['3.6.1', 'Xin lỗi toàn bộ'],
          ['4.3.3', '100%'],
          ['5.4.2', '95%'],
          ['6.2.1', 2],
        ),
        { minLength: 1, maxLength: 2, selector: ([id]) => id },
      ),
      requires: fc.option(fc.nat(count - 1), { freq: 4, nil: null }),
      excludes: fc.option(fc.nat(count - 1), { freq: 4, nil: null }),
    }),
    { minLength: count, maxLength: count },
  );

const build = (
  raw: {
    cost: number;
    picks: (readonly [string, string | number])[];
    requires: number | null;
    excludes: number | null;
  }[],
): Action[] =>
  raw.map(
    (r, i): Action => ({
      id: `a${i}`,
      name: { vi: `a${i}` },
      owner: null,
      owners: [`o${i % 3}`],
      cost: f(r.cost),
      changes: parseChanges(Object.fromEntries(r.picks), catalogue).changes,
      requires: r.requires === null || r.requires === i ? [] : [`a${r.requires}`],
      excludes: r.excludes === null || r.excludes === i ? [] : [`a${r.excludes}`],
      deadline: null,
    }),
  );

function agrees(actions: Action[], need: number, limits: PlanLimits): void {
  const baseline = score(reading, catalogue);
  const oracle = bruteForce(optionsOf(actions, positionOf(reading, catalogue)), need, limits);
  const points = baseline.total.score! + need;
  const target = { kind: 'score' as const, points };
  const request = { reading, catalogue, rivals: null, target, actions, limits, frontier: 60 };
  // With the solver's prices and, as few actions are, without.
  for (const pricer of [price, unpriced]) {
    const found = plan(request, pricer);
    expect(found.feasible).toBe(oracle.best !== null);
    if (found.feasible) {
      const { cost, gain, options, proved } = found.choice;
      expect({ cost: cost.valueOf(), gain, count: options.length }).toEqual(oracle.best);
      expect(proved).toBe(true);
      // The frontier holds this very choice, chosen in the same order.
      const at = found.frontier.choices.find((c) => c.cost.equals(cost));
      if (oracle.best!.gain > 0) expect(at && [at.gain, at.options.length]).toEqual([gain, options.length]);
    } else {
      expect(found.choice.gain).toBe(oracle.most);
      expect(found.short).toBe(need - oracle.most);
    }
  }
}

describe('the planner against brute force', () => {
  const limits = fc.record({
    budget: fc.option(fc.integer({ min: 0, max: 30 }).map(f), { nil: null }),
    maxActions: fc.option(fc.nat(6), { nil: null }),
    perOwner: fc.option(fc.nat(3), { nil: null }),
  });

  it('every set of 10 actions, with every limit', () => {
    fc.assert(
      fc.property(someActions(10), fc.integer({ min: 1, max: 60_000 }), limits, (raw, need, limit) =>
        agrees(build(raw), need, limit),
      ),
      { numRuns: 30 },
    );
  });

  it('2^18 sets', () => {
    const [raw] = fc.sample(someActions(18), { numRuns: 1, seed: 7 });
    agrees(build(raw!), 30_000, FREE);
    agrees(build(raw!), 45_000, { budget: f(20), maxActions: 7, perOwner: 3 });
  });
});

describe('plans for the letter', () => {
  const needs = (points: number) => ({ kind: 'score' as const, points });

  it('92 at a cost of 4: explanations (1), initiatives (2) and apologies (1) give 4.5', async () => {
    const actions = must(await openActions(ACTIONS, catalogue));
    const found = plan(
      { reading, catalogue, rivals: null, target: needs(920_000), actions, limits: FREE, frontier: 0 },
      price,
    );
    // 92 − 87.6103 = 4.3897; explain 3 at 1, initiatives 1 at 2, apologies 0.5 at 1.
    expect(found).toMatchObject({ feasible: true, needed: 920_000 });
    if (found.feasible) {
      expect(found.choice.options.map((o) => o.action.id).sort()).toEqual([
        'apologies',
        'explain',
        'initiatives',
      ]);
      expect([found.choice.cost.valueOf(), found.choice.gain]).toEqual([4, 45_000]);
    }
  });

  it('without actions: each criterion repaired in full, explanations first; of equal cost the most points', () => {
    const found = plan(
      { reading, catalogue, rivals: null, target: needs(920_000), actions: null, limits: FREE, frontier: 60 },
      price,
    );
    if (!found.feasible) throw new Error('infeasible');
    // 1.5 + 1.5 + 1 = 4 falls short of 4.3897, so four criteria; the most of four is 1.5 + 1.5 + 1 + 1 = 5.
    expect(found.choice.options).toHaveLength(4);
    expect(found.choice.result.total.score).toBe(926_103);
    expect(found.frontier.choices.find((c) => c.cost.equals(4))!.gain).toBe(50_000);
    const all = plan(
      {
        reading,
        catalogue,
        rivals: null,
        target: needs(1_000_000),
        actions: null,
        limits: FREE,
        frontier: 0,
      },
      price,
    );
    if (!all.feasible) throw new Error('infeasible');
    const entry = (id: string) => all.choice.options.find((o) => o.action.id === id)!.action.changes.get(id)!;
    // The letter orders explanations for these three, where the catalogue knows them.
    for (const id of ['4.1.3', '6.2.1', '6.2.2']) expect(entry(id).exempt).not.toBeNull();
    expect(entry('7.3.2').value!.inputs).toMatchObject([{ x: f(85) }]);
  });

  it('a rank is the least score that reaches it', async () => {
    const baseline = score(reading, catalogue);
    const rivals = must(rivalsOfResult(must(await loadLeague(LEAGUE_2022)), baseline));
    // Guaranteed 20 or better needs every rival of unknown score below: the top of the scale.
    expect(neededScore({ kind: 'rank', rank: 20, confidence: null }, baseline, rivals)).toBe(1_000_000);
    expect(neededScore({ kind: 'rank', rank: 21, confidence: null }, baseline, rivals)).toBe(876_103);
    // With a chance of one half: one step of the scheme less and the chance is under it.
    const half = neededScore({ kind: 'rank', rank: 10, confidence: 0.5 }, baseline, rivals)!;
    const chance = (points: number) =>
      chanceOfRank(placeInLeague(rivals, f(points / 10_000)).distribution!, 10);
    expect(chance(half)).toBeGreaterThanOrEqual(0.5);
    expect(chance(half - 1)).toBeLessThan(0.5);
    // More certain, or higher up, needs more.
    expect(neededScore({ kind: 'rank', rank: 10, confidence: 0.9 }, baseline, rivals)).toBeGreaterThan(half);
    expect(neededScore({ kind: 'rank', rank: 5, confidence: 0.5 }, baseline, rivals)).toBeGreaterThan(half);
    expect(neededScore({ kind: 'index', index: f(90) }, baseline, null)).toBe(900_000);
  });

  it('the frontier rises in cost and in score, and each point is the cheapest for its score', async () => {
    const actions = must(await openActions(ACTIONS, catalogue));
    const request = { reading, catalogue, rivals: null, actions, limits: FREE };
    const {
      frontier: { choices: frontier },
    } = plan({ ...request, target: needs(900_000), frontier: 60 }, price);
    frontier.forEach((choice, i) => {
      if (i > 0) expect(choice.cost.compare(frontier[i - 1]!.cost)).toBe(1);
      if (i > 0) expect(choice.gain).toBeGreaterThan(frontier[i - 1]!.gain);
      const again = plan({ ...request, target: needs(choice.result.total.score!), frontier: 0 }, price);
      expect(again.feasible && again.choice.cost.equals(choice.cost)).toBe(true);
    });
    expect(frontier.at(-1)!.options.map((o) => o.action.id)).not.toContain('online-60');
  });

  it('a rank that is to be sure is told beside the score that makes it likely', async () => {
    const args = ['plan', NHU_XUAN, '--league', LEAGUE_2022, '--target-rank', '10', '--format', 'json'];
    const of = async (more: string[]) => JSON.parse((await cchc([...args, ...more])).stdout);
    const [sure, likely] = [await of([]), await of(['--confidence', '0.9'])];
    // Rivals of whom nothing is known but their rank may stand right below the maximum of 100.
    expect([sure.needed, likely.likely]).toEqual([100, null]);
    expect(sure.likely).toEqual({ confidence: 0.9, needed: likely.needed });
    expect(likely.needed).toBeLessThan(100);
  });

  it('a target out of reach without anything to do is not said to be reached', async () => {
    const { code, stdout } = await cchc(['plan', NHU_XUAN, '--target-score', '92', '--budget', '0']);
    expect(code).toBe(4);
    expect(stdout).not.toContain('reached already');
    expect(stdout.split('\n\n')[0]).toMatch(/In the way +the actions and limits given/);
  });

  it('what is not proved is said: the choice, and the scores of the frontier', async () => {
    const messages = await loadMessages('en');
    const baseline = score(reading, catalogue);
    const target = needs(920_000);
    const request = { reading, catalogue, rivals: null, target, actions: null, limits: FREE, frontier: 4 };
    const found = plan(request, price);
    const shown = (proved: boolean) => {
      const as = <C extends { proved: boolean }>(choice: C): C => ({ ...choice, proved });
      const frontier = { ...found.frontier, choices: found.frontier.choices.map(as) };
      if (!found.feasible) throw new Error('infeasible');
      const ranked = { target, baseline, given: false, likely: null };
      const made = { ...found, choice: as(found.choice), frontier };
      return JSON.stringify(presentPlan({ ...ranked, plan: made }, messages));
    };
    const scores = found.frontier.choices.map((c) => String(c.result.total.worst / 10_000)).join(', ');
    const unproved = `Not proved to be the cheapest at these scores: ${scores}`;
    expect(shown(false)).toContain(unproved);
    expect(shown(false)).toContain('a better set of actions could not be ruled out');
    expect(shown(false)).not.toContain('"optimal":true');
    expect(shown(true)).not.toContain('Not proved');
  });

  it('all that is wrong with actions and scenarios is told in one go', async () => {
    const actions = `name: N
actions:
  - {id: a1, name: a, cost: -3, changes: {Z: 80%}, requires: [a9], owner: Q}
  - {id: a2, name: a, cost: x, changes: {7.3.2: 60%}}
  - {id: a3, name: a, cost: 1, changes: {7.3.2: 60%}, excludes: [a2]}
`;
    const codes = (stderr: string) =>
      [...stderr.matchAll(/^error\[(.*?)\]/gm)].map(([, code]) => code).sort();
    await withFiles(
      { 'a.yaml': actions, 's.yaml': 'name: S\nchanges: {Z: 5%, 7.3.2: {valu: 5%, done: 1, total: 0}}\n' },
      async (folder) => {
        const planned = await cchc([
          'plan',
          NHU_XUAN,
          '--actions',
          join(folder, 'a.yaml'),
          '--target-score',
          '92',
        ]);
        expect([planned.code, codes(planned.stderr)]).toEqual([
          3,
          ['not-a-number', 'out-of-range', 'unknown-action', 'unknown-criterion', 'unknown-owner'],
        ]);
        const tried = await cchc(['whatif', NHU_XUAN, '--scenario', join(folder, 's.yaml')]);
        expect([tried.code, codes(tried.stderr)]).toEqual([
          3,
          ['unknown-criterion', 'unknown-key', 'zero-total'],
        ]);
      },
    );
  });

  it('on the command line: exit 4 when infeasible, in every format; refusals say why', async () => {
    for (const format of ['table', 'json', 'csv', 'markdown']) {
      expect(
        (await cchc(['plan', NHU_XUAN, '--target-score', '99', '--max-actions', '1', '--format', format]))
          .code,
      ).toBe(4);
    }
    expect((await cchc(['plan', NHU_XUAN])).code).toBe(2);
    expect((await cchc(['plan', NHU_XUAN, '--target-score', '90', '--target-index', '90'])).code).toBe(2);
    expect((await cchc(['plan', NHU_XUAN, '--target-rank', '5'])).stderr).toContain('--league');
    const unknown = await cchc(['plan', '-', '--target-score', '90'], {
      stdin: 'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\n',
    });
    expect([unknown.code, unknown.stderr.includes('plan-needs-values')]).toEqual([3, true]);
  });
});
