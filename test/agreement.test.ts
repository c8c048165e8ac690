import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../src/analysis/compare.js';
import { explain } from '../src/analysis/explain.js';
import { applyChanges, fullFixes, gainOf, positionAfter, positionOf } from '../src/analysis/gain.js';
import { gainingChanges, groupWhatIf } from '../src/analysis/group.js';
import { pace } from '../src/analysis/pace.js';
import { type Action, optionsOf, plan } from '../src/analysis/plan.js';
import { unpriced } from '../src/analysis/search.js';
import { type Lever, sensitivity } from '../src/analysis/sensitivity.js';
import { parseChanges, whatIf } from '../src/analysis/whatif.js';
import type { Catalogue } from '../src/catalogue/catalogue.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { parseLeague, parseReading, placeResult, rivalsAmong, rivalsOfResult, score } from '../src/index.js';
import type { League } from '../src/ranking/league.js';
import { TIES as TIES_OF_LEAGUES } from '../src/ranking/ranks.js';
import type { Rivals } from '../src/ranking/rivals.js';
import { EMPTY_ENTRY, type Entry, type Reading } from '../src/reading/reading.js';
import { letterOf } from '../src/reports/letter/model.js';
import { reportModel } from '../src/reports/model.js';
import { ruleKinds } from '../src/rules/index.js';
import { holds } from '../src/rules/line.js';
import type { ReadingResult } from '../src/scoring/result.js';
import { pointsAddUp } from '../src/scoring/score.js';
import { endsTell } from '../src/scoring/totals.js';
import { enLabels } from '../src/text/en/labels.js';
import { numbersIn } from '../src/text/numbers.js';
import { Fraction } from '../src/values/fraction.js';
import { ASSUMED, count, Draw, type Drawn, entryOf, KINDS } from './draws.js';
import { cchc, fixture, LEAGUE_2022, LOST, must, NHU_XUAN, withFiles } from './support.js';

// One question, one answer: every analysis says the same points, gains and places of the same change.

const CASES = process.env.AGREEMENT_CASES === undefined ? 200 : Number(process.env.AGREEMENT_CASES);
const words = { language: 'en' as const, numbers: numbersIn('en'), labels: enLabels };

/** Forms by which a scheme ties its criteria together, or does more with points than add them up. */
const TIES: Record<string, (d: Draw, c: DrawnCriterion[]) => void> = {
  // Of one criterion, or of the two before all others, each with what is left where it is not met.
  requires: (d, criteria) => {
    const tests = criteria.slice(0, 2).flatMap(({ id, rule }) => {
      const { kind } = rule as { kind: string };
      const named = kind === 'levels' ? { is: 'Tốt' } : kind === 'yes_no' ? { is: 'Có' } : null;
      const number = ['steps', 'proportional', 'linear', 'count', 'penalty'].includes(kind);
      if (!named && !number) return [];
      return [{ criterion: id, ...(named ?? { at_least: kind === 'count' || kind === 'penalty' ? 2 : 60 }) }];
    });
    for (const [i, c] of criteria.entries()) {
      const asked = tests.slice(0, d.whole(1, 2)).filter(({ criterion }) => criterion < `T${Math.min(i, 2)}`);
      if (i > 0 && asked.length > 0 && d.chance(0.6))
        c.more.requires = asked.map((test) => ({ ...test, else: d.of([0, 0.25, 'not_applicable']) }));
    }
  },
  outside: (_, criteria) => {
    criteria.at(-1)!.more.outside = true;
  },
  deducts_from: (d, criteria) => {
    const last = criteria.at(-1)!;
    Object.assign(last, { max: 0, exemption: false, ...outsidePenalty(d) });
    last.more = { outside: true, deducts_from: d.of(['total', 'F', [criteria[0]!.id]]) };
  },
  units: (d, criteria) => {
    Object.assign(criteria.at(-1)!.more, { units: ['xã'], otherwise: d.of(['max', 'not_applicable']) });
  },
};
const outsidePenalty = (d: Draw): Drawn => ({
  rule: { kind: 'penalty', start: 0, per_case: d.hundredth(0.1, 1), floor: -3 },
  entry: count(d),
});
/** Forms of the fields. */
const FIELDS: Record<string, (d: Draw, max: number) => object> = {
  sum: () => ({}),
  cap: (d, max) => ({ cap: Math.max(0.5, Math.floor(max * d.of([2, 3, 4])) / 4) }),
  mean: () => ({ combine: 'mean' }),
  geometric: () => ({ combine: 'geometric' }),
  weight: (d) => ({ weight: d.of([0.5, 2]) }),
};

interface DrawnCriterion extends Drawn {
  id: string;
  max: number;
  exemption: boolean;
  more: Record<string, unknown>;
}

interface Case {
  catalogue: Catalogue;
  /** The kind of the unit, where the scheme asks for it. */
  kind: string | null;
  data: Record<string, object>;
  /** Another entry for each criterion: a value, an explanation, or that it does not apply. */
  wanted: Record<string, object>;
  league: League | null;
  /** The reading of `data`, what it scores, and the units of the league beside it. */
  reading: Reading;
  before: ReadingResult;
  rivals: Rivals | null;
  /** A value that a criterion may yet have; null where none is read. */
  fill: (id: string) => object | null;
}

function drawCase(seed: number): Case {
  const d = new Draw(seed);
  const size = d.whole(2, 5);
  const drawn = Array.from({ length: size }, (_, i): DrawnCriterion => {
    // Every kind has its turn; one that no value scores leaves the rest unknown, so it comes less often.
    const kind = i === 0 ? Object.keys(KINDS)[seed % ruleKinds.length]! : d.of(Object.keys(KINDS));
    const max = d.whole(2, 20) / 4;
    const scored = kind === 'todo' && i > 0 ? 'yes_no' : kind;
    return { id: `T${i}`, max, exemption: d.chance(0.3), more: {}, ...KINDS[scored]!(d, max) };
  });
  const sum = drawn.reduce((total, c) => total + c.max, 0);
  const rest = d.chance(0.5) ? 10 : 0;
  const tied = d.chance(0.3);
  if (tied) for (const tie of Object.keys(TIES)) if (d.chance(0.4)) TIES[tie]!(d, drawn);
  const [own, below] = tied ? [d.of(Object.keys(FIELDS)), d.of(Object.keys(FIELDS))] : ['sum', 'sum'];
  const outside = drawn.some((c) => c.more.outside);
  const catalogue = must(
    parseCatalogue({
      id: 'test',
      name: 'Test',
      year: 2022,
      scale: { value: tied ? 4 * sum + rest : sum + rest, ...ASSUMED },
      sources: {},
      fields: [
        { id: 'F', name: 'F', ...FIELDS[own]!(d, sum) },
        ...(tied ? [{ id: 'G', name: 'G', parent: 'F', ...FIELDS[below]!(d, sum / 2) }] : []),
      ],
      ...(tied && d.chance(0.2) && { round: d.of([{ criterion: 'none', total: 2 }, { field: 1 }]) }),
      ...(outside && d.chance(0.5) && { adjustments: { most: 1, least: -1 } }),
      owners: { O: {}, P: {} },
      ...(rest > 0 && { not_listed: { name: 'rest', ...ASSUMED } }),
      criteria: drawn.map((c, i) => ({
        id: c.id,
        name: c.id,
        field: tied && i % 2 === 1 ? 'G' : 'F',
        owners: [['O'], ['P'], ['O', 'P']][i % 3],
        max: { value: c.max, ...ASSUMED },
        ...(c.exemption && { exemption: 'accepted' }),
        rule: { ...c.rule, ...ASSUMED },
        ...c.more,
      })),
    }),
  );
  const data: Case['data'] = {};
  const wanted: Case['wanted'] = {};
  for (const c of drawn) {
    const entry = entryOf(d, c.max, c, c.exemption);
    if (entry) data[c.id] = entry;
    wanted[c.id] = d.chance(0.1)
      ? { not_applicable: true }
      : c.exemption && d.chance(0.2)
        ? { exempt: 'QĐ 2' }
        : c.entry();
  }
  const kind = drawn.some((c) => c.more.units) ? d.of(['xã', 'tỉnh']) : null;
  const league = leagueOf(d);
  const reading = readingOf({ catalogue, kind }, data);
  const before = score(reading, catalogue);
  const rivals = league && rivalsOfResult(league, before);
  return {
    catalogue,
    kind,
    data,
    wanted,
    league,
    reading,
    before,
    rivals: rivals?.ok ? rivals.value : null,
    fill: (id) => {
      const c = drawn.find((one) => one.id === id)!;
      return (c.rule as { kind: string }).kind === 'todo' ? null : c.entry();
    },
  };
}

function leagueOf(d: Draw): League | null {
  if (d.chance(0.2)) return null;
  const scale = d.of([100, 60]);
  // Some are level.
  const levels = Array.from({ length: d.whole(2, 6) }, () => d.hundredth(0, scale));
  const scores = Array.from({ length: d.whole(2, 6) }, () => d.of(levels)).sort((p, q) => q - p);
  const read = parseLeague({
    name: 'L',
    year: 2022,
    size: scores.length + d.whole(1, 3),
    scale,
    decimals: 2,
    ties: d.of(TIES_OF_LEAGUES),
    units: scores.map((s, i) => ({ unit: `R${i}`, score: s })),
  });
  return read.ok ? read.value : null;
}

const readingOf = (
  { catalogue, kind }: Pick<Case, 'catalogue' | 'kind'>,
  indicators: Record<string, object>,
  unit = 'A',
): Reading =>
  must(parseReading({ unit, year: 2022, catalogue: 'test', ...(kind && { kind }), indicators }, catalogue));

/**
 * Points of the score between two results: of a scheme that adds points up those of the criteria that differ, null
 * when one of them is unknown on either side; of any other the difference of the scores.
 */
function pointsBetween(before: ReadingResult, now: ReadingResult, changed: readonly string[]): number | null {
  if (!pointsAddUp(before.catalogue, new Set(changed)))
    return before.total.score === null || now.total.score === null
      ? null
      : now.total.score - before.total.score;
  let sum = 0;
  for (const id of changed) {
    const of = (r: ReadingResult) => r.criteria.find((c) => c.criterion.id === id)!.points;
    const [was, is] = [of(before), of(now)];
    if (was === null || is === null) return null;
    sum += is - was;
  }
  return sum;
}

/** The points that a change brings whatever is not known turns out to be, where the ends of the score show it. */
function surelyBetween(
  { catalogue, criteria, total }: ReadingResult,
  now: ReadingResult,
  changed: readonly string[],
): number | null {
  const open = now.criteria.some(
    (c, i) => c.points === null && (changed.includes(c.criterion.id) || criteria[i]!.points !== null),
  );
  const lost = criteria.some((c, i) => c.points === null && now.criteria[i]!.points !== null);
  const [least, most] = [now.total.worst - total.worst, now.total.best - total.best];
  // What the ends tell of a scheme is held by test/slow/intervals.test.ts.
  const told = endsTell(catalogue) && !open && !lost && least === most;
  return told && !pointsAddUp(catalogue, new Set(changed)) ? least : null;
}

const actionOf = (changes: ReadonlyMap<string, Entry>): Action => ({
  id: 'a',
  name: { vi: 'a' },
  owner: null,
  owners: ['O'],
  cost: new Fraction(1),
  changes,
  requires: [],
  excludes: [],
  deadline: null,
});

/** Everything that is said of one change to one criterion. */
function agreeOnChange(drawn: Case, id: string): void {
  const { catalogue, data, wanted, league, reading, before, rivals } = drawn;
  const changed = readingOf(drawn, { ...data, [id]: wanted[id]! });
  const now = score(changed, catalogue);
  const means = rivals && [before, now].map((r) => placeResult(rivals, r)?.mean ?? null);
  const places = means && means[0] !== null && means[1] !== null ? means[0]! - means[1]! : null;

  const { changes } = parseChanges({ [id]: wanted[id] }, catalogue);
  const scenario = { name: { vi: 's' }, changes };
  const [asked] = whatIf(reading, catalogue, [scenario], { rivals }).scenarios;
  const position = positionOf(reading, catalogue, rivals);
  const points = pointsBetween(before, now, [id]) ?? surelyBetween(before, now, [id]);
  expect(asked!.delta.score).toBe(points);
  expect(asked!.delta.rankMean === null ? null : 0 - asked!.delta.rankMean).toBe(places);
  expect(asked!.result.total).toEqual(now.total);
  const indexes = [before.total.index, now.total.index];
  expect(asked!.delta.index?.toString()).toBe(
    indexes[0] && indexes[1] ? indexes[1].sub(indexes[0]).toString() : undefined,
  );

  expect(gainOf(position, changes)).toMatchObject({ points, places });
  if (points !== null && before.total.score !== null && now.total.score !== null) {
    expect(points).toBe(now.total.score - before.total.score);
    expect(compare({ reading, catalogue }, { reading: changed, catalogue }).change.total).toBe(points);
    // A criterion that does not apply to the unit is not brought into its score by an action, unless a condition left it out.
    const { status, condition } = position.result.criteria.find((c) => c.criterion.id === id)!;
    const applies = status !== 'not_applicable' || condition !== null;
    expect(optionsOf([actionOf(changes)], position)[0]!.gain).toBe(applies ? points : 0);
  }

  const model = reportModel({ reading, catalogue, league, scenarios: [scenario], changes }, words);
  expect(model.current.total).toEqual(now.total);
  expect(model.compared.map((c) => c.result.total)).toEqual([before.total, now.total, now.total]);
  expect(model.ranks.current?.mean).toEqual(asked!.rank?.mean);
  const row = before.criteria.find((c) => c.criterion.id === id)!;
  const task = letterOf(model, [actionOf(changes)], words).annex.rows.find((r) => r.id === id);
  const told = row.status !== 'not_applicable' && row.status !== 'unknown' && row.deduction! > 0;
  if (told && points !== null && points > 0)
    expect(task!.points.replace(/[~*]$/, '')).toBe(words.numbers.points(points, 4));

  // The same change among units that are scored together.
  const group = [{ reading, catalogue }];
  expect(groupWhatIf(group, [changes], 'min').moves[0]!.after.total).toEqual(now.total);
  const lifts = gainingChanges({ reading, catalogue }, changes).size === 1;
  const then = now.criteria.find((c) => c.criterion.id === id)!;
  const rises = row.points === null || (then.points ?? 0) > row.points;
  const isBetter = rises || now.total.worst > before.total.worst;
  expect(lifts).toBe(isBetter && then.points !== null && row.status !== 'not_applicable');
}

/** What sensitivity and explain tell of one unit more, a scenario that sets it tells. */
function agreeOnOneMore({ catalogue, reading, rivals }: Case, levers: readonly Lever[]): void {
  for (const { row, marginal, marginalPlaces } of levers) {
    const { id, compiled } = row.criterion;
    const [input, ...others] = compiled.inputs;
    const x = row.value?.inputs[0];
    if (others.length > 0 || input?.form !== 'line' || x?.form !== 'number' || row.status !== 'scored')
      continue;
    const more = x.x.add(1);
    if (!holds(input.range, more)) continue;
    const value = { inputs: [{ form: 'number' as const, x: more }], ratio: null };
    const scenario = { name: { vi: id }, changes: new Map([[id, { ...EMPTY_ENTRY, value }]]) };
    const { delta } = whatIf(reading, catalogue, [scenario], { rivals }).scenarios[0]!;
    if (delta.score === null) continue;
    expect(marginal ?? 0).toBe(delta.score);
    expect(explain(catalogue, row.criterion, reading).outlook[0]!.marginal).toBe(marginal);
    if (marginal !== null && delta.rankMean !== null) expect(marginalPlaces).toBe(0 - delta.rankMean);
  }
}

/** Everything that is said of bringing criteria to full points. */
function agreeOnFixes(drawn: Case): void {
  const { catalogue, reading, before, rivals } = drawn;
  const fixes = fullFixes(before);
  const adds = pointsAddUp(catalogue, new Set(catalogue.criteria.map((c) => c.id)));
  const { levers, owners } = sensitivity(reading, catalogue, rivals);
  const fixed = levers.flatMap(({ row, fix }) =>
    fix ? [{ name: { vi: row.criterion.id }, changes: new Map([[row.criterion.id, fix]]) }] : [],
  );
  const all = { name: { vi: 'all' }, changes: fixes };
  const { scenarios } = whatIf(reading, catalogue, [...fixed, all], { rivals });
  const askedOf = (name: string) => scenarios.find((s) => s.name.vi === name)!;
  const told = new Map(
    before.criteria.map((r) => [r.criterion.id, explain(catalogue, r.criterion, reading)]),
  );
  for (const { row, fix, recoverable, places } of levers) {
    const { id } = row.criterion;
    expect(fix).toEqual(fixes.get(id) ?? null);
    if (!fix) {
      expect(places).toBe(null);
      // What is unknown for want of something else may have its points already.
      if (row.status !== 'unknown' || adds) expect(recoverable).toBe(row.best - row.worst);
      continue;
    }
    const { delta } = askedOf(id);
    const explained = told.get(id)!.fix;
    expect(explained?.entry).toEqual(fix);
    expect(explained?.gain.points).toBe(delta.score);
    if (adds ? row.points !== null : delta.score !== null) expect(delta.score).toBe(recoverable);
    if (delta.rankMean !== null) expect(places).toBe(0 - delta.rankMean);
    // What the catalogue knows an explanation for is explained.
    expect(fix.exempt !== null).toBe(row.criterion.exemption !== null);
    if (!adds) continue;
    if (fix.exempt !== null) expect(recoverable).toBe(row.max - (row.points ?? row.worst));
    expect(explained?.gain.points).toBe(row.points === null ? null : recoverable);
  }
  agreeOnOneMore(drawn, levers);
  // What explain calls the next value earns just that, and more than now.
  const position = positionOf(reading, catalogue);
  for (const row of before.criteria) {
    told.get(row.criterion.id)!.outlook.forEach(({ next }, i) => {
      if (next?.form !== 'value' || next.beyond || !row.value) return;
      const inputs = row.value.inputs.map((given, k) =>
        k === i ? { form: 'number' as const, x: next.value } : given,
      );
      const changes = new Map([[row.criterion.id, { ...EMPTY_ENTRY, value: { inputs, ratio: null } }]]);
      const then = positionAfter(position, changes).result.criteria.find(
        (c) => c.criterion.id === row.criterion.id,
      )!;
      expect(then.points).toBe(next.points);
      expect(next.points).toBeGreaterThan(row.points!);
      if (adds) expect(gainOf(position, changes).points).toBe(next.points - row.points!);
    });
  }
  if (before.total.score === null) return;
  const totalOfSet = (ids: readonly string[]) => {
    const changed = applyChanges(reading, new Map([...fixes].filter(([id]) => ids.includes(id))));
    return score(changed, catalogue).total;
  };
  const gainOfSet = (ids: readonly string[]) => {
    const then = totalOfSet(ids).score;
    return then === null ? null : then - before.total.score!;
  };
  const sum = adds ? levers.reduce((s, l) => s + l.recoverable, 0) : gainOfSet([...fixes.keys()]);
  expect(askedOf('all').delta.score).toBe(sum);
  // A repair that lets a criterion without a value count leaves the score unknown.
  if (sum === null) return;
  for (const { owner, recoverable } of owners) {
    const own = levers.filter((l) => l.row.criterion.owners.includes(owner));
    const gained = gainOfSet(own.map((l) => l.row.criterion.id));
    if (gained !== null) expect(recoverable).toBe(adds ? own.reduce((s, l) => s + l.recoverable, 0) : gained);
  }
  const target = { kind: 'score' as const, points: before.total.score + sum };
  const limits = { budget: null, maxActions: null, perOwner: null };
  const request = { reading, catalogue, rivals, target, actions: null, limits, frontier: 9 };
  const planned = plan(request, unpriced);
  if (!planned.feasible) throw new Error('the sum of all repairs is out of reach');
  if (!adds) {
    // Every set of repairs, tried one by one: none with fewer reaches it, and none of as many gains more.
    const ids = [...fixes.keys()];
    const sets = Array.from({ length: 2 ** ids.length }, (_, set) => ids.filter((_, i) => set & (1 << i)));
    const reaching = sets
      .map((set) => ({ size: set.length, gain: totalOfSet(set).worst - before.total.worst }))
      .filter(({ gain }) => gain >= sum);
    const fewest = Math.min(...reaching.map((s) => s.size));
    const gain = Math.max(...reaching.filter((s) => s.size === fewest).map((s) => s.gain));
    expect([planned.choice.options.length, planned.choice.gain]).toEqual(sum > 0 ? [fewest, gain] : [0, 0]);
    return;
  }
  expect(planned.choice.gain).toBe(sum);
  expect(planned.choice.rank?.mean).toEqual(askedOf('all').rank?.mean);
  if (sum > 0) expect(planned.frontier.choices.at(-1)!.gain).toBe(sum);
}

/** Whatever the values that are not known turn out to be, the score lies between its ends. */
function agreeOnEnds(drawn: Case): void {
  const { catalogue, data, wanted, before } = drawn;
  if (before.total.score !== null) return;
  const given = Object.entries(wanted).filter(([, entry]) => !('not_applicable' in entry));
  const { total } = score(readingOf(drawn, { ...Object.fromEntries(given), ...data }), catalogue);
  expect(before.total.worst).toBeLessThanOrEqual(total.worst);
  expect(before.total.best).toBeGreaterThanOrEqual(total.best);
}

/** Counts carried on by the pace earn what a what-if gives at that rate. */
function agreeOnPace(drawn: Case): void {
  const { catalogue, reading } = drawn;
  const { rows } = pace(reading, catalogue, { year: 2022, day: 200 });
  const ending = rows.map(({ row, ends }) => {
    const value = { inputs: [{ form: 'number' as const, x: ends! }], ratio: null };
    return { name: { vi: 's' }, changes: new Map([[row.criterion.id, { ...EMPTY_ENTRY, value }]]) };
  });
  const { scenarios } = whatIf(reading, catalogue, ending);
  for (const [i, { row, endPoints }] of rows.entries()) {
    const then = scenarios[i]!.result.criteria.find((c) => c.criterion.id === row.criterion.id)!;
    expect(endPoints).toBe(row.status === 'exempt' ? row.points : then.points);
  }
}

/** A unit's place among units scored with it, before and after its change. */
function agreeOnGroup(drawn: Case, seed: number): void {
  const { catalogue, data, wanted, reading, before } = drawn;
  const d = new Draw(seed * 7 + 1);
  const others = ['B', 'C'].map((unit) => {
    const kept = Object.entries(wanted).filter(() => d.chance(0.9));
    return readingOf(drawn, Object.fromEntries(kept), unit);
  });
  const members = [reading, ...others].map((member) => ({ reading: member, catalogue }));
  const { changes } = parseChanges(wanted, catalogue);
  const { moves, after } = groupWhatIf(members, [changes, new Map(), new Map()], 'min');
  const results = [readingOf(drawn, { ...data, ...wanted }), ...others].map((r) => score(r, catalogue));
  const mine = after.rows.find((r) => r.result.unit === 'A')!;
  expect(mine.result.total).toEqual(results[0]!.total);
  const placed = placeResult(rivalsAmong(results, 0, 'min'), results[0]!);
  expect([mine.rank, mine.best, mine.worst]).toEqual([
    placed?.rank ?? null,
    placed?.best ?? null,
    placed?.worst ?? null,
  ]);
  const move = moves.find((m) => m.after.unit === 'A')!;
  expect(move.before.total).toEqual(before.total);
}

/** Whatever is filled in where a value is not known, what is scored then lies within what was said before. */
function agreeOnInterval({ catalogue, kind, data, before, fill }: Case): void {
  for (let times = 0; times < 4; times++) {
    const filled = { ...data };
    for (const { id } of catalogue.criteria) if (!data[id] && fill(id)) filled[id] = fill(id)!;
    const after = score(readingOf({ catalogue, kind }, filled), catalogue);
    const pairs: [Bounds, Bounds][] = after.criteria.map((row, i) => [before.criteria[i]!, row]);
    // Where something may leave both sums the ends are of the score of what is left.
    if (before.total.applicableMax === after.total.applicableMax) pairs.push([before.total, after.total]);
    for (const [was, is] of pairs) {
      expect(is.worst).toBeGreaterThanOrEqual(was.worst);
      expect(is.best).toBeLessThanOrEqual(was.best);
    }
  }
}

interface Bounds {
  worst: number;
  best: number;
}

describe('one question has one answer', () => {
  it('the draws hold every kind of rule', () => {
    expect(Object.keys(KINDS).sort()).toEqual(ruleKinds.map((k) => k.kind).sort());
  });

  it(`over ${CASES} random catalogues, readings and targets`, { timeout: 600_000 }, () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= CASES; seed++) {
      try {
        const drawn = drawCase(seed);
        const { criteria } = drawn.before;
        for (const c of criteria) met.add(c.status);
        agreeOnChange(drawn, criteria[seed % criteria.length]!.criterion.id);
        agreeOnFixes(drawn);
        agreeOnPace(drawn);
        agreeOnEnds(drawn);
        agreeOnInterval(drawn);
        agreeOnGroup(drawn, seed);
      } catch (problem) {
        throw new Error(`case ${seed}`, { cause: problem });
      }
    }
    expect([...met].sort()).toEqual([
      'condition_failed',
      'deducted',
      'exempt',
      'not_applicable',
      'other_unit',
      'scored',
      'unknown',
    ]);
  });
});

describe('on the command line', () => {
  // A full repair wins back just what the letter says was lost.
  const json = async (...args: string[]) => JSON.parse((await cchc([...args, '--format', 'json'])).stdout);
  const ACTIONS = fixture('actions/nhu-xuan-2023.yaml');

  it('explain, sensitivity, whatif, plan and letter give back what the letter lost', async () => {
    const { criteria: levers } = await json('sensitivity', NHU_XUAN, '--league', LEAGUE_2022);
    const { scenarios } = await json('whatif', NHU_XUAN, '--all-fixed', '--league', LEAGUE_2022);
    const planned = await json('plan', NHU_XUAN, '--target-score', '100');
    const { annex } = await json('letter', NHU_XUAN);
    for (const [id, lost] of Object.entries(LOST)) {
      const lever = levers.find((l: { id: string }) => l.id === id);
      const change = scenarios[0].changes.find((c: { id: string }) => c.id === id);
      const action = planned.choice.actions.find((a: { id: string }) => a.id === id);
      const told = await json('explain', id, NHU_XUAN);
      const gains = [lever.recoverable, change.pointsAfter - change.pointsBefore, action.gain, told.fix.gain];
      for (const gain of gains) expect(gain, id).toBeCloseTo(lost, 9);
      expect(annex.rows.find((r: { id: string }) => r.id === id).points).toBe(`${lost}`);
    }
    // The letter orders an explanation for these three and no other.
    const excused = scenarios[0].changes.filter((c: { to: unknown }) => c.to === 'exempt');
    expect(excused.map((c: { id: string }) => c.id)).toEqual(['4.1.3', '6.2.1', '6.2.2']);
  });

  it('5.4.3 lost all for at least one case: none gives 1.5 back', async () => {
    const { next } = await json('explain', '5.4.3', NHU_XUAN);
    expect(next).toMatchObject([{ threshold: 0, beyond: false, points: 1.5 }]);
  });

  it('the letter names a plan’s target with the gain of just that, and each criterion’s own lead unit', async () => {
    const { sections, annex } = await json('letter', NHU_XUAN, '--actions', ACTIONS, '--lang', 'vi');
    const items: { id: string; sentences: string[] }[] = sections.flatMap(
      (s: { items: object[] }) => s.items,
    );
    const row = (id: string) => annex.rows.find((r: { id: string }) => r.id === id);
    // 60 ÷ 85 = 0.7059, less the 0.1958 that is left of the maximum: 0.5101.
    expect(items.find(({ id }) => id === '7.3.2')!.sentences[1]).toMatch(/bảo đảm từ 60% trở lên\.$/);
    expect(row('7.3.2').points).toBe('0,5101*');
    // The scheme's words are for 85%; the plan's own are for what it sets.
    expect(row('7.3.2').task).toBe('Hồ sơ trực tuyến mức độ 3 đạt 60%');
    expect(row('7.3.3').task).toMatch(/^Đẩy mạnh dịch vụ công trực tuyến/);
    expect(row('4.1.3').lead).toBe('Phòng Nội vụ');
    expect(row('6.2.1').lead).toBe('Phòng Tài chính - Kế hoạch');
  });

  it('of two sets of equal cost the one with more points, as the frontier shows it', async () => {
    const action = (id: string, cost: number, changes: object) => ({ id, name: id, cost, changes });
    const file = JSON.stringify({
      name: 'x',
      actions: [
        action('small', 2, { '7.6.1': 'Tốt' }),
        action('large', 2, { '1.3.3': '80%' }),
        action('pair-1', 1, { '3.6.1': 'Xin lỗi toàn bộ' }),
        action('pair-2', 1, { '1.5': 2 }),
      ],
    });
    await withFiles({ 'actions.json': file }, async (folder) => {
      const args = ['plan', NHU_XUAN, '--actions', join(folder, 'actions.json'), '--frontier'];
      const found = await json(...args, '--target-score', '88');
      // 0.3897 wanted: pair-2 gains 1 at a cost of 1, where pair-1 gains 0.5.
      expect(found.choice).toMatchObject({ cost: 1, gain: 1, actions: [{ id: 'pair-2' }] });
      expect(found.frontier[0]).toMatchObject({ cost: 1, gain: 1 });
      // 1.3897 wanted: pair-1 and pair-2 gain 1.5 at a cost of 2.
      const two = await json(...args, '--target-score', '89');
      expect(two.choice).toMatchObject({ cost: 2, gain: 1.5 });
      expect(two.frontier[1]).toMatchObject({ cost: 2, gain: 1.5 });
      expect((await cchc([...args, '--target-score', '88'])).stdout).toContain('most points, then fewest');
    });
  });

  it('a criterion that ceases to apply shrinks the maximum, which is said; rivals that move are shown alone too', async () => {
    const args = ['whatif', NHU_XUAN, '--set', '5.4.3=not_applicable', '--league', LEAGUE_2022];
    // 87.6103 of 98.5 is 88.9445%.
    expect((await cchc(args)).stdout).toMatch(/maximum shrinks by 1.5, to\s98.5/);
    expect((await json(...args)).scenarios[0].delta).toMatchObject({
      score: 0,
      applicableMax: -1.5,
      index: 1.3342,
    });
    const moved = await json(
      'whatif',
      NHU_XUAN,
      '--set',
      '1.5=2',
      '--league',
      LEAGUE_2022,
      '--rivals',
      '+1.5',
    );
    const still = await json('whatif', NHU_XUAN, '--league', LEAGUE_2022, '--rivals', '+1.5');
    expect(moved.baselineMoved.rank.mean).toBe(still.scenarios[0].result.rank.mean);
    expect(moved.baselineMoved.rank.mean).not.toBe(moved.baseline.rank.mean);
  });

  it('a league saved under a raise is assumed, with the raise as its reason and in its name', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'league.yaml');
      const group = fixture('groups/example-2022.csv');
      expect((await cchc(['league', group, '--raise', '7.3.2=85%', '--save', file])).code).toBe(0);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain('provenance: assumed');
      expect(text).toContain('(giả định: 7.3.2 ≥ 85%)');
      expect(text).toMatch(/reason:\n {2}vi: .*7\.3\.2 ≥ 85%/);
      expect((await cchc(['league', group, '--save', file, '--force'])).code).toBe(0);
      expect(readFileSync(file, 'utf8')).toContain('provenance: inferred');
    });
  });

  it('compare shows points; self-scored, appraised and their difference', async () => {
    const text =
      'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: {self_scored: 0.9, appraised: 0.75}}\n';
    await withFiles({ 'reading.yaml': text }, async (folder) => {
      const ran = await cchc(['compare', join(folder, 'reading.yaml'), '--self-score', '--lang', 'vi'], {
        env: { COLUMNS: '160' },
      });
      expect(ran.stdout).toMatch(/Điểm tự chấm +Điểm thẩm định +Chênh lệch/);
      expect(ran.stdout).toMatch(/7\.3\.2 .* 0,9 +0,75 +−0,15/);
      expect(ran.stdout).not.toContain('≈');
    });
    const both = await cchc(['compare', NHU_XUAN, fixture('nhu-xuan-2022-to-date.yaml')], {
      env: { COLUMNS: '160' },
    });
    // 3 of 3 is 100%: 1.5 where nothing was.
    expect(both.stdout).toMatch(/4\.3\.3 .*< 100% +100% \(3\/3\) +0 +1\.5 +\+1\.5/);
  });
});
