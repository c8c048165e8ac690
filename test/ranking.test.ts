import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromNumber as f,
  indexOf,
  loadLeague,
  movedRivals,
  parseLeague,
  placeInLeague,
  rankTable,
  rivalsOf,
  TIES,
  type Ties,
} from '../src/index.js';
import { DEPARTMENTS, LEAGUE_2022, LEAGUE_2023, must } from './support.js';

const SELF = 'Huyện Như Xuân';
describe('a league where only the own rank is known', () => {
  const at = async (score: number, moves?: number) => {
    const rivals = must(rivalsOf(must(await loadLeague(LEAGUE_2022)), SELF, f(87.6103)));
    return placeInLeague(movedRivals(rivals, { all: f(moves ?? 0), units: new Map() }), f(score));
  };

  it('is certainly 21 at its own score', async () => {
    expect(await at(87.6103)).toMatchObject({ rank: 21, best: 21, worst: 21, mean: 21, size: 27 });
  });

  it('five points more: a median of about 4, guaranteed 1 to 21', async () => {
    const rank = await at(92.6103);
    expect([rank.best, rank.worst, rank.rank]).toEqual([1, 21, null]);
    // Groups of this kind have a spread of 1.8 to 4.1 points: five points are one to three of them.
    expect(rank.median).toBeGreaterThanOrEqual(3);
    expect(rank.median).toBeLessThanOrEqual(5);
    expect(rank.interval90![0]).toBe(1);
    expect(rank.interval90![1]).toBeGreaterThan(9);
    expect(rank.interval90![1]).toBeLessThan(16);
    expect(rank).toMatchObject({ method: 'group_shape', model: { name: 'group-shape', leagues: 6 } });
    expect(rank.sensitivity.map((s) => s.assumption)).toEqual(['half-spread', 'double-spread']);
    // In a closer group five points pass more of it.
    expect(rank.sensitivity[0]!.mean).toBeLessThan(rank.mean!);
    expect(rank.sensitivity[1]!.mean).toBeGreaterThan(rank.mean!);
  });

  it('is first at the top of the scale, and last or so at nothing', async () => {
    expect(await at(100)).toMatchObject({ best: 1, worst: 1 });
    expect(await at(0)).toMatchObject({ best: 27, worst: 27 });
  });

  it('falls when rivals rise: as if the score were that much lower', async () => {
    expect((await at(92.6103, 1.5)).distribution).toEqual((await at(91.1103)).distribution);
    expect((await at(87.6103, 1.5)).mean).toBeCloseTo((await at(86.1103)).mean!, 12);
  });

  it('takes the anchor from the reading where the league gives a rank alone', () => {
    const league = must(parseLeague({ name: 'x', year: 2022, size: 27, units: [{ unit: SELF, rank: 21 }] }));
    const rivals = must(rivalsOf(league, 'HUYỆN  Như Xuân', f(87.6103)));
    expect(rivals.assumptions).toContain('own-score-is-anchor');
    const scored = must(
      parseLeague({ name: 'x', year: 2022, size: 27, units: [{ unit: SELF, rank: 21, score: 87.6103 }] }),
    );
    // A year before the league's is said, and the league left as it was published.
    expect(must(rivalsOf(scored, SELF, f(87.6103), 2021)).assumptions).toContain('earlier-year');
    const same = must(rivalsOf(scored, SELF, f(87.6103)));
    expect(placeInLeague(rivals, f(92.6103)).mean).toBe(placeInLeague(same, f(92.6103)).mean);
  });
});

describe('a league with the first three and the last', () => {
  it('at 90 it is between the third and the last', async () => {
    const rivals = must(rivalsOf(must(await loadLeague(LEAGUE_2023)), SELF, f(87.6103), 2023));
    expect(rivals.rivals.filter((r) => r.form === 'open')).toHaveLength(22);
    const rank = placeInLeague(rivals, f(90));
    expect([rank.best, rank.worst]).toEqual([4, 26]);
    expect(rank.distribution!.at(0)!.rank).toBe(4);
    expect(rank.distribution!.at(-1)!.rank).toBe(26);
    expect(rank.above[0]).toMatchObject({ unit: 'Thành phố Thanh Hóa' });
    expect(rank.above[0]!.points.valueOf()).toBe(1.46);
  });

  it('a unit without a score takes the one gap there is, and nothing is said of where it stands', async () => {
    const found = rivalsOf(must(await loadLeague(LEAGUE_2023)), SELF, null);
    expect(found.diagnostics).toEqual([]);
    expect(must(found).assumptions).toEqual(['group-shape']);
    expect(must(found).rivals.filter((r) => r.form === 'open')).toHaveLength(22);
  });

  it('a score where the league has no unknown place is told', async () => {
    const found = rivalsOf(must(await loadLeague(LEAGUE_2023)), SELF, f(95));
    expect(found.diagnostics.map((d) => d.code)).toEqual(['league-own-position']);
    expect(must(found).assumptions).toContain('own-place-nearest-gap');
  });
});

describe('a full published league', () => {
  it('has the published mean of 85.41', async () => {
    const league = must(await loadLeague(DEPARTMENTS));
    const sum = league.units.reduce((s, u) => s.add(u.score!), f(0));
    expect(sum.div(20).round(2).valueOf()).toBe(85.41);
  });

  it('reports tie ranges for the two pairs equal at two decimals', async () => {
    const league = must(await loadLeague(DEPARTMENTS));
    const place = (unit: string) => {
      const own = league.units.find((u) => u.unit === unit)!;
      return placeInLeague(must(rivalsOf(league, unit, own.score)), own.score!);
    };
    expect(place('Nội vụ')).toMatchObject({
      best: 2,
      worst: 3,
      method: 'tie_range',
      tied: ['Văn phòng UBND tỉnh'],
    });
    expect(place('Văn phòng UBND tỉnh')).toMatchObject({ best: 2, worst: 3 });
    expect(place('Khoa học và Công nghệ')).toMatchObject({ best: 13, worst: 14 });
    expect(place('Y tế')).toMatchObject({ best: 13, worst: 14 });
    for (const u of league.units) {
      const { best, worst } = place(u.unit);
      expect(u.rank).toBeGreaterThanOrEqual(best);
      expect(u.rank).toBeLessThanOrEqual(worst);
    }
  });

  it('index over the applicable maximum: 68.32 of 84 is 81.33%', () => {
    expect(indexOf(683_200, 840_000)!.round(2).valueOf()).toBe(81.33);
  });
});

describe('ties', () => {
  const scores = [9, 8, 8, 8, 7].map(f);
  const expected: Record<Ties, number[]> = {
    min: [1, 2, 2, 2, 5],
    max: [1, 4, 4, 4, 5],
    dense: [1, 2, 2, 2, 3],
    order: [1, 2, 3, 4, 5],
  };
  for (const ties of TIES) {
    it(`${ties}: ${expected[ties].join(' ')}, in a table and one unit at a time`, () => {
      expect(rankTable(scores, ties, null).map((r) => r.rank)).toEqual(expected[ties]);
      const units = scores.map((score, i) => ({ unit: `U${i}`, score: score.valueOf() }));
      const league = { ...must(parseLeague({ name: 'x', year: 2022, size: 5, ties, units })), exact: true };
      const one = scores.map((s, i) => placeInLeague(must(rivalsOf(league, `U${i}`, s)), s).rank);
      expect(one).toEqual(expected[ties]);
    });
  }

  it('two decimals: 90.024 and 90.02 are level', () => {
    expect(rankTable([f(90.024), f(90.02), f(90.026)], 'min', 2)).toEqual([
      { rank: 2, best: 2, worst: 3 },
      { rank: 2, best: 2, worst: 3 },
      { rank: 1, best: 1, worst: 1 },
    ]);
  });
});

describe('properties of ranks', () => {
  const score = fc.integer({ min: 1, max: 9999 }).map((n) => n / 100);
  const unique = fc.uniqueArray(score, { minLength: 3, maxLength: 12 });

  it('a full league gives the count of those above, however it is hidden', () => {
    fc.assert(
      fc.property(unique, score, (scores, own) => {
        const units = scores.map((s, i) => ({ unit: `U${i}`, score: s }));
        const league = must(
          parseLeague({ name: 'x', year: 2022, size: scores.length + 1, decimals: 2, units }),
        );
        const full = placeInLeague(must(rivalsOf(league, 'Me', f(own))), f(own));
        const above = scores.filter((s) => s > own).length;
        const level = scores.filter((s) => s === own).length;
        expect([full.best, full.worst]).toEqual([above + 1, above + level + 1]);
      }),
    );
  });

  it('hiding scores widens the range around the true rank, and probabilities add up to 1', () => {
    fc.assert(
      fc.property(
        unique,
        score,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (scores, own, hide) => {
          fc.pre(!scores.includes(own));
          const everyone = [...scores, own].sort((p, q) => q - p);
          const units = everyone.flatMap((s, i) =>
            s === own || hide[i % 12] ? [] : [{ unit: `U${i}`, score: s, rank: i + 1 }],
          );
          const league = must(
            parseLeague({ name: 'x', year: 2022, size: everyone.length, decimals: 2, units }),
          );
          const rank = placeInLeague(must(rivalsOf(league, 'Me', f(own))), f(own));
          const truth = everyone.indexOf(own) + 1;
          expect(rank.best).toBeLessThanOrEqual(truth);
          expect(rank.worst).toBeGreaterThanOrEqual(truth);
          expect(rank.distribution!.reduce((sum, d) => sum + d.probability, 0)).toBeCloseTo(1, 9);
          if (units.length === scores.length) expect([rank.best, rank.worst]).toEqual([truth, truth]);
        },
      ),
    );
  });

  it('more points never rank lower', () => {
    fc.assert(
      fc.property(unique, score, score, (scores, p, q) => {
        const units = scores.map((s, i) => ({ unit: `U${i}`, score: s }));
        const rivals = must(
          rivalsOf(must(parseLeague({ name: 'x', year: 2022, size: scores.length + 4, units })), 'Me', f(50)),
        );
        const [low, high] = [Math.min(p, q), Math.max(p, q)].map((s) => placeInLeague(rivals, f(s)));
        expect(high!.mean!).toBeLessThanOrEqual(low!.mean! + 1e-9);
      }),
    );
  });
});
