import { describe, expect, it } from 'vitest';
import { fromNumber as f, parseLeague, placeInLeague, rivalsOf } from '../src/index.js';
import type { League } from '../src/ranking/league.js';
import { placeInterval } from '../src/ranking/place.js';
import { chanceOfRank, meanRank, quantileRank } from '../src/ranking/ranks.js';
import { movedRivals, type Rival, type RivalMoves, type Rivals } from '../src/ranking/rivals.js';
import { must } from './support.js';

const league = (data: object): League => must(parseLeague({ name: 'x', year: 2022, ...data }));
const moves = (all: number, units: Record<string, number> = {}): RivalMoves => ({
  all: f(all),
  units: new Map(Object.entries(units).map(([unit, by]) => [unit, f(by)])),
});
const spreadOf = ({ rivals }: Rivals) =>
  rivals.flatMap((r) => (r.form === 'scored' ? [] : [[r.unit, r.lo.valueOf(), r.hi.valueOf()]]));
const chances = (distribution: { rank: number; probability: number }[] | null) =>
  distribution!.map((d) => [d.rank, Number(d.probability.toFixed(10))]);

describe('a distribution of ranks', () => {
  const some = [0.2, 0.3, 0.5].map((probability, i) => ({ rank: i + 1, probability }));

  it('mean 0.2 + 0.6 + 1.5; the least rank with at least q below it; the chance of a rank or better', () => {
    expect(meanRank(some)).toBeCloseTo(2.3, 12);
    expect([0.05, 0.2, 0.21, 0.5, 0.51, 1].map((q) => quantileRank(some, q))).toEqual([1, 1, 2, 2, 3, 3]);
    expect(quantileRank(some.slice(0, 2), 0.95)).toBe(2);
    expect(quantileRank([], 0.5)).toBe(0);
    expect([0, 1, 2, 3].map((rank) => chanceOfRank(some, rank))).toEqual([0, 0.2, 0.5, 1]);
  });
});

describe('two unknown rivals between 90 and 70', () => {
  // Five units: first 90, last 70, this one, and two more; N is third by name alone.
  const units = [
    { unit: 'Top', rank: 1, score: 90 },
    { unit: 'N', rank: 3 },
    { unit: 'Low', rank: 5, score: 70 },
  ];
  const group = must(rivalsOf(league({ size: 5, units }), 'Me', f(80)));
  const at = (own: number, moved?: RivalMoves) =>
    placeInLeague(moved ? movedRivals(group, moved) : group, f(own));

  it('at 80 neither side is likelier, for the group is alike on both', () => {
    expect(spreadOf(group)).toEqual([
      ['N', 70, 90],
      [null, 70, 90],
    ]);
    const rank = at(80);
    const [two, three, four] = rank.distribution!.map((d) => d.probability);
    expect(two! + three! + four!).toBeCloseTo(1, 12);
    // The scale ends ten points above the first and seventy below the last, which is next to nothing of a difference.
    expect(Math.abs(two! - four!)).toBeLessThan(0.05);
    expect(rank).toMatchObject({
      rank: null,
      best: 2,
      worst: 4,
      median: 3,
      interval90: [2, 4],
      method: 'group_shape',
      tied: [],
      assumptions: ['group-shape'],
    });
    expect(rank.above.map((n) => [n.unit, n.points.valueOf()])).toEqual([['Top', 10]]);
    expect(rank.below.map((n) => [n.unit, n.points.valueOf()])).toEqual([['Low', 10]]);
  });

  it('rivals two points up: as if at 78', () => {
    const rank = at(80, moves(2));
    expect(rank.distribution).toEqual(at(78).distribution);
    expect([rank.above[0]!.points.valueOf(), rank.below[0]!.points.valueOf()]).toEqual([12, 8]);
  });

  it('one named rival moves alone, and past the ends it is certain', () => {
    // Between both where they are and both five up.
    const mean = (moved?: RivalMoves) => at(80, moved).mean!;
    expect(mean(moves(0, { N: 5 }))).toBeGreaterThan(mean());
    expect(mean(moves(0, { N: 5 }))).toBeLessThan(mean(moves(5)));
    const up = at(80, moves(0, { N: 15 }));
    expect(chances(up.distribution).map(([r]) => r)).toEqual([3, 4]);
    const down = at(80, moves(0, { N: -15 }));
    expect(chances(down.distribution).map(([r]) => r)).toEqual([2, 3]);
    // Only the other one is near enough to be passed, with the same chance either way.
    expect(up.mean! - down.mean!).toBeCloseTo(1, 12);
    expect(up.pointsPerPlace).toBeCloseTo(down.pointsPerPlace!, 9);
  });

  it('at the ends of their span nothing is left to chance', () => {
    // Level with Low at 70: Top and both others above. At 90 none of the others is.
    expect(at(70)).toMatchObject({ best: 4, worst: 5, mean: 4.5, method: 'tie_range', tied: ['Low'] });
    // Counted densely, unknown scores above differ from each other and from Top's.
    const dense = { ...group, league: { ...group.league, ties: 'dense' as const } };
    expect(placeInLeague(dense, f(70)).best).toBe(4);
    expect(at(90)).toMatchObject({ best: 1, worst: 2, mean: 1.5, tied: ['Top'] });
    expect(at(95)).toMatchObject({ rank: 1, best: 1, worst: 1, method: 'exact', pointsPerPlace: null });
    expect(at(60)).toMatchObject({ rank: 5, best: 5, worst: 5 });
    expect(at(100)).toMatchObject({ best: 1, worst: 1 });
    expect(at(100, moves(20))).toMatchObject({ best: 1, worst: 2, tied: ['Top'] });
  });

  it('known rivals move too, within the scale', () => {
    const rank = at(80, moves(0, { Top: 20, Low: -80 }));
    expect(rank.above[0]!.score.valueOf()).toBe(100);
    expect(rank.below[0]!.score.valueOf()).toBe(0);
    expect(at(80, moves(0, { Top: 5 })).above[0]!.score.valueOf()).toBe(95);
    expect(at(80, moves(0, { Low: 15 })).above.map((n) => n.unit)).toEqual(['Low', 'Top']);
  });

  it('level with three that print one score: counted densely they are one place, level or below them', () => {
    const units = ['A', 'B', 'C'].map((unit) => ({ unit, score: 85 }));
    const four = must(rivalsOf(league({ size: 4, ties: 'dense', units }), 'Me', f(85)));
    // 85.002 prints as 85.00, and whose further places are more is not known.
    expect(placeInLeague(four, f(85.002))).toMatchObject({
      best: 1,
      worst: 2,
      mean: 1.5,
      method: 'tie_range',
    });
    expect(placeInLeague(four, f(84))).toMatchObject({ rank: 2, best: 2, worst: 2 });
    // Counted by units, any of the three may be before.
    const byUnits = { ...four, league: { ...four.league, ties: 'min' as const } };
    expect(placeInLeague(byUnits, f(85.002))).toMatchObject({ best: 1, worst: 4 });
    expect(placeInLeague(byUnits, f(84))).toMatchObject({ rank: 4, best: 4, worst: 4 });
  });

  it('a level rival shares the places evenly', () => {
    const more = [
      { unit: 'Top', rank: 1, score: 95 },
      { unit: 'Twin', score: 85 },
      { unit: 'Low', rank: 5, score: 80 },
    ];
    const five = must(rivalsOf(league({ size: 5, units: more }), 'Me', f(85)));
    const rank = placeInLeague(five, f(85));
    // With p for the one unknown rival above: (1 − p)/2, 1/2, p/2.
    const [two, three, four] = rank.distribution!.map((d) => d.probability);
    expect(three).toBeCloseTo(0.5, 12);
    expect(two! + four!).toBeCloseTo(0.5, 12);
    expect(rank).toMatchObject({ rank: null, best: 2, worst: 4, tied: ['Twin'], method: 'group_shape' });
    // Exact scores are level indeed: the rule says who is before.
    const sure = { ...five, league: { ...five.league, exact: true } };
    const ranks = (ties: 'min' | 'max' | 'dense' | 'order') =>
      chances(placeInLeague({ ...sure, league: { ...sure.league, ties } }, f(85)).distribution).map(
        ([r]) => r,
      );
    expect([ranks('min'), ranks('max'), ranks('dense'), ranks('order')]).toEqual([
      [2, 3],
      [3, 4],
      [2, 3],
      [3, 4],
    ]);
  });
});

describe('bounds alone', () => {
  const base = league({ size: 2, units: [] });
  const group = (...rivals: Rival[]): Rivals => ({
    league: base,
    size: rivals.length + 1,
    rivals,
    ours: null,
    assumptions: [],
    year: base.year,
    model: null,
    unmoved: null,
  });
  const loose: Rival = { form: 'interval', unit: 'V', lo: f(40), hi: f(60) };

  it('a rival within 40 to 60 is above 39.99, perhaps above 40, and not above 60', () => {
    const at = (own: number, by = 0) => placeInLeague(movedRivals(group(loose), moves(by)), f(own));
    expect(at(39.99)).toMatchObject({ rank: 2, best: 2, worst: 2 });
    expect(at(40)).toMatchObject({ rank: null, best: 1, worst: 2, method: 'bounds' });
    expect(at(40)).toMatchObject({ mean: null, median: null, interval90: null, distribution: null });
    expect(at(59.99)).toMatchObject({ best: 1, worst: 2 });
    expect(at(60)).toMatchObject({ rank: 1, best: 1, worst: 1 });
    expect(at(60, 1)).toMatchObject({ best: 1, worst: 2 });
  });

  it('a score within 40 to 95 against 90 and 50: first to third, and nothing more', () => {
    const scored = [90, 50].map((s, i): Rival => ({ form: 'scored', unit: `U${i}`, score: f(s), order: i }));
    const all = group(...scored);
    expect(placeInterval(all, f(40), f(95))).toMatchObject({
      size: 3,
      rank: null,
      best: 1,
      worst: 3,
      mean: null,
      median: null,
      interval90: null,
      distribution: null,
      method: 'bounds',
      tied: [],
      above: [],
      below: [],
      pointsPerPlace: null,
    });
    expect(placeInterval(movedRivals(all, moves(10)), f(40), f(95))).toMatchObject({ best: 2, worst: 3 });
  });
});

describe('who is taken out of the league', () => {
  const units = [
    { unit: 'A', rank: 1, score: 90 },
    { unit: 'B', rank: 4, score: 70 },
    { unit: 'C', score: 80 },
  ];
  const six = (...more: object[]) => league({ size: 6, units: [...units, ...more] });
  const upper = [null, 70, 90];
  const lower = [null, 0, 70];

  // Ranks 2 and 3 hold C and one more; 5 and 6 are unknown.
  it.each([
    [75, [lower, lower], false],
    [90, [lower, lower], false],
    [60, [upper, lower], false],
    [70, [upper, lower], false],
    [0, [upper, lower], false],
    [95, [lower, lower], true],
    [null, [upper, lower], true],
  ])('at %s', (own, left, told) => {
    const found = rivalsOf(six(), 'Me', own === null ? null : f(own));
    expect(spreadOf(must(found))).toEqual(left);
    expect(must(found).assumptions.includes('own-place-nearest-gap')).toBe(told);
    expect(found.diagnostics.map((d) => [d.code, d.path, d.params])).toEqual(
      told ? [['league-own-position', ['units'], { unit: 'Me', score: own === null ? '–' : '95' }]] : [],
    );
  });

  it('where the league ranks or scores it itself, that holds', () => {
    const ranked = must(rivalsOf(six({ unit: 'Me', rank: 3, score: 75 }), 'Me', f(20)));
    expect(spreadOf(ranked)).toEqual([lower, lower]);
    expect(ranked.assumptions).toEqual(['own-score-differs', 'group-shape']);
    const scored = must(rivalsOf(six({ unit: 'Me', score: 60 }), 'Me', f(75)));
    expect(spreadOf(scored)).toEqual([upper, lower]);
    // Sixth, with a score that nobody knows.
    const placed = must(rivalsOf(six({ unit: 'Me', rank: 6 }), 'Me', null));
    expect(spreadOf(placed)).toEqual([upper, lower]);
    expect(placed.assumptions).toEqual(['group-shape']);
    // Sixth at 50, by the reading: one rival between 70 and 50.
    expect(spreadOf(must(rivalsOf(six({ unit: 'Me', rank: 6 }), 'Me', f(50))))).toEqual([
      upper,
      [null, 50, 70],
    ]);
  });

  it('a unit that is ranked without a score stands between the known ones around its rank', () => {
    const named = six({ unit: 'N', rank: 2 }, { unit: 'M', rank: 6 });
    expect(spreadOf(must(rivalsOf(named, 'Me', f(60))))).toEqual([
      ['N', 70, 90],
      ['M', 0, 70],
    ]);
  });

  it('nearest: 65 is five from a gap below 60 and fifteen from one above 80', () => {
    const full = [
      { unit: 'A', rank: 2, score: 80 },
      { unit: 'B', rank: 3, score: 60 },
    ];
    const found = rivalsOf(league({ size: 4, units: full }), 'Me', f(65));
    expect(spreadOf(must(found))).toEqual([[null, 80, 100]]);
    expect(spreadOf(must(rivalsOf(league({ size: 4, units: full }), 'Me', f(75))))).toEqual([[null, 0, 60]]);
  });

  it('a rank that its score contradicts is an error', () => {
    const found = rivalsOf(six({ unit: 'Me', rank: 6 }), 'Me', f(95));
    expect(found.diagnostics.map((d) => [d.code, d.params, d.path])).toContainEqual([
      'league-order',
      { unit: 'Me', other: 'A' },
      ['units', 0, 'score'],
    ]);
  });

  it('a unit that a complete list leaves out is one more, whether all scores are known or not', () => {
    const pair = [
      { unit: 'A', score: 90 },
      { unit: 'B', score: 80 },
    ];
    const scored = rivalsOf(league({ size: 2, units: pair }), 'Me', f(85));
    expect(must(scored)).toMatchObject({ size: 3, assumptions: ['outsider'], ours: null, model: null });
    expect(scored.diagnostics.map((d) => [d.code, d.params, d.path])).toEqual([
      ['league-outsider', { unit: 'Me', size: 2 }, ['units']],
    ]);
    expect(placeInLeague(must(scored), f(85))).toMatchObject({ size: 3, rank: 2 });
    const partly = [
      { unit: 'A', rank: 1, score: 90 },
      { unit: 'B', rank: 2 },
    ];
    const unsure = rivalsOf(league({ size: 2, units: partly }), 'Me', f(45));
    expect(unsure.diagnostics.map((d) => d.code)).toEqual(['league-outsider']);
    expect(spreadOf(must(unsure))).toEqual([['B', 0, 90]]);
    // B is below 90, and far likelier above 45 than so far under it.
    expect(placeInLeague(must(unsure), f(45))).toMatchObject({ size: 3, best: 2, worst: 3, median: 3 });
    const last = must(rivalsOf(league({ size: 3, units: pair }), 'Me', f(85)));
    expect(last).toMatchObject({ size: 3, assumptions: [] });
  });
});

describe('a small league asked about a later year', () => {
  const twoYearsOn = (units: { unit: string; score: number }[]) =>
    must(rivalsOf(league({ size: units.length, units }), 'A', null, 2024));

  it('one unit is first of one', () => {
    const alone = twoYearsOn([{ unit: 'A', score: 90 }]);
    expect(placeInLeague(alone, f(90))).toMatchObject({ rank: 1, best: 1, worst: 1 });
    expect(alone.model!.density(90)).toBe(0);
  });

  it('units that were all level are not level for ever: each of four places is as likely at the middle', () => {
    const four = twoYearsOn(['A', 'B', 'C', 'D'].map((unit) => ({ unit, score: 90 })));
    const rank = placeInLeague(four, f(90));
    expect(rank).toMatchObject({ rank: null, best: 1, worst: 4, interval90: [1, 4] });
    expect(rank.mean).toBeCloseTo(2.5, 1);
  });
});
