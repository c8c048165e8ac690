import { expect, it } from 'vitest';
import { parseLeague } from '../../src/index.js';
import { placeInLeague } from '../../src/ranking/place.js';
import { rankTable, TIES } from '../../src/ranking/ranks.js';
import { rivalsOf } from '../../src/ranking/rivals.js';
import { Fraction } from '../../src/values/fraction.js';
import { Draw } from '../draws.js';

// Leagues of which scores, ranks and whole rows are then hidden: the place that the whole league gives lies within what
// the hidden one says, for the unit's own score and for others that it may come to. Under other tie rules than `min` no two
// scores are the same: how many a hidden row shares its rank with is not told.

interface Row {
  unit: string;
  score?: number;
  rank?: number;
}

it('what is said of a place in a partly published league holds in the whole one', () => {
  let held = 0;
  let certain = 0;
  for (let seed = 1; seed <= 4000; seed++) {
    const d = new Draw(seed);
    const ties = d.of(TIES);
    const decimals = d.of([0, 1]);
    const score = () => Math.min(100, d.whole(80, 100) + (decimals === 1 ? d.whole(0, 3) / 10 : 0));
    const drawn = Array.from({ length: d.whole(3, 9) }, score);
    const scores = (ties === 'min' ? drawn : [...new Set(drawn)]).sort((p, q) => q - p);
    const us = d.whole(0, scores.length - 1);
    const ranks = (own: number) =>
      rankTable(
        scores.map((s, i) => new Fraction(String(i === us ? own : s))),
        ties,
        null,
      );
    const published = ranks(scores[us]!);
    const units = scores.flatMap((s, i): Row[] => {
      const [hasScore, hasRank] = [d.chance(0.6), d.chance(0.5)];
      const row = { ...(hasScore && { score: s }), ...(hasRank && { rank: published[i]!.rank }) };
      if (i === us) return [{ unit: 'U', ...row }];
      return hasScore || hasRank || d.chance(0.5) ? [{ unit: `R${i}`, ...row }] : [];
    });
    const league = parseLeague({
      name: 'L',
      year: 2022,
      size: scores.length,
      scale: 100,
      decimals,
      ties,
      units,
    });
    const rivals = league.ok ? rivalsOf(league.value, 'U', new Fraction(String(scores[us])), 2022) : null;
    if (!rivals?.ok) continue;
    for (const own of [scores[us]!, ...scores.slice(0, 3), d.whole(78, 100)]) {
      const { rank } = ranks(own)[us]!;
      const place = placeInLeague(rivals.value, new Fraction(String(own)));
      const about = `league ${seed}, ${ties}, ${own} in ${scores}`;
      held++;
      if (place.best === place.worst) certain++;
      expect(place.best, about).toBeLessThanOrEqual(rank);
      expect(place.worst, about).toBeGreaterThanOrEqual(rank);
    }
  }
  expect(held).toBeGreaterThan(10_000);
  expect(certain).toBeGreaterThan(2000);
});
