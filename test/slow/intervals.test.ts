import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gainOf, positionAfter, positionOf } from '../../src/analysis/gain.js';
import { parseChanges } from '../../src/analysis/whatif.js';
import { parseReading, type ReadingResult, score } from '../../src/index.js';
import { TIES } from '../../src/ranking/ranks.js';
import { placeAmong } from '../../src/ranking/standings.js';
import { withGroup } from '../../src/scoring/group.js';
import { anyGroup, anyScheme } from '../sql-support.js';
import { must } from '../support.js';

// What is certain of a group whose readings are not filled in whole stays so, and what lies between two ends stays between
// them, whatever is filled in.

type Indicators = Record<string, unknown>;
interface Unit extends Record<string, unknown> {
  indicators: Indicators;
}
interface Ends {
  points?: number | null;
  score?: number | null;
  worst: number;
  best: number;
}

/** A number, a level, counts: no published loss, and nothing that leaves its maximum out. */
const isValue = (given: unknown): boolean =>
  given !== undefined && !/not_applicable|deducted|appraised|"total":0/.test(JSON.stringify(given));

/** Holds the places of units whose score came to be known; how many. Where one that was certain moved, or a maximum, none. */
function placesWithin(
  before: readonly ReadingResult[],
  after: readonly ReadingResult[],
  about: string,
): number {
  const moved = after.some((now, i) => {
    const was = before[i]!;
    const certain = was.criteria.some(
      (row, c) => row.points !== null && row.points !== now.criteria[c]!.points,
    );
    return certain || was.total.applicableMax !== now.total.applicableMax || now.total.score === null;
  });
  if (moved) return 0;
  let held = 0;
  for (const ties of TIES) {
    const [was, is] = [placeAmong(before, ties), placeAmong(after, ties)];
    is.forEach((place, i) => {
      if (!place?.rank) return;
      held++;
      expect(was[i]!.best, `${about}, unit ${i}, ${ties}`).toBeLessThanOrEqual(place.rank);
      expect(was[i]!.worst, `${about}, unit ${i}, ${ties}`).toBeGreaterThanOrEqual(place.rank);
    });
  }
  return held;
}

it('a group filled in further stays within what was said of it', () => {
  let blank = 0;
  let looked = 0;
  let ranked = 0;
  for (let seed = 0; seed < 500; seed++) {
    const catalogue = fc.sample(anyScheme, { numRuns: 1, seed })[0]!;
    const [units, others] = fc.sample(anyGroup(catalogue), { numRuns: 2, seed }) as [Unit[], Unit[]];
    const chances = fc.sample(fc.nat(3), { numRuns: 100, seed });
    const scored = (group: readonly Unit[]): ReadingResult[] =>
      withGroup(group.map((data) => ({ reading: must(parseReading(data, catalogue)), catalogue }))).map((m) =>
        score(m.reading, catalogue),
      );
    const goes = ([, given]: [string, unknown], k: number) => isValue(given) && chances[k] === 0;
    const part = units.map((u, i) => {
      const left = Object.entries(u.indicators).filter((entry, k) => !goes(entry, 10 * i + k));
      blank += Object.keys(u.indicators).length - left.length;
      return { ...u, indicators: Object.fromEntries(left) };
    });
    // As it was, and with the values of another group where they are values.
    const valuesOf = ({ indicators }: Unit) =>
      Object.fromEntries(Object.entries(indicators).filter(([, given]) => isValue(given)));
    const filledWith = (more: (i: number) => Indicators) =>
      part.map((u, i) => {
        const { indicators } = units[i]!;
        const kept = (id: string) => id in indicators && !(id in u.indicators);
        const wanted = Object.entries({ ...indicators, ...more(i) }).filter(([id]) => kept(id));
        return { ...u, indicators: { ...u.indicators, ...Object.fromEntries(wanted) } };
      });
    const before = scored(part);
    for (const more of [() => ({}), (i: number) => valuesOf(others[i % others.length]!)]) {
      const afters = scored(filledWith(more));
      ranked += placesWithin(before, afters, `scheme ${seed}`);
      for (const [i, after] of afters.entries()) {
        const about = `scheme ${seed}, unit ${i}`;
        // A scheme that does not round criteria has its ends rounded all the same.
        const slack = catalogue.round.criterion === null ? 1 : 0;
        const within = (was: Ends, is: Ends, what: string) => {
          looked++;
          expect(is.worst, `${about}, ${what}`).toBeGreaterThanOrEqual(was.worst - slack);
          expect(is.best, `${about}, ${what}`).toBeLessThanOrEqual(was.best + slack);
          const [then, now] = [was.points ?? was.score ?? null, is.points ?? is.score ?? null];
          if (then !== null) expect(now, `${about}, ${what}`).toBe(then);
        };
        const was = before[i]!;
        after.criteria.forEach((row, c) => {
          // At its target, no more, a unit has what that earns, and the maximum where it turns out to lead.
          const { entry, criterion } = was.criteria[c]!;
          const value = criterion.id.startsWith('L') ? entry?.value?.inputs[0] : undefined;
          const isAtTarget = value?.form === 'number' && value.x.equals(entry!.target ?? 25);
          if (!isAtTarget) within(was.criteria[c]!, row, row.criterion.id);
        });
        const atTarget = was.criteria.some(
          (row, c) => row.points !== null && row.points !== after.criteria[c]!.points,
        );
        if (!atTarget && was.total.applicableMax === after.total.applicableMax) {
          within(was.total, after.total, 'score');
          was.fields.forEach((f, k) => {
            if (f.max === after.fields[k]!.max) within(f, after.fields[k]!, f.field.id);
          });
        }
      }
    }
  }
  expect(blank).toBeGreaterThan(500);
  expect(looked).toBeGreaterThan(10_000);
  expect(ranked).toBeGreaterThan(1000);
});

it('a gain that is known is the same whatever is filled in', () => {
  let held = 0;
  for (let seed = 0; seed < 900; seed++) {
    const catalogue = fc.sample(anyScheme, { numRuns: 1, seed })[0]!;
    const [[whole], [other]] = fc.sample(anyGroup(catalogue), { numRuns: 2, seed }) as [Unit[], Unit[]];
    const given = Object.entries(whole!.indicators);
    const isOut = new Set(given.filter(([, v], k) => isValue(v) && (k + seed) % 5 === 0).map(([id]) => id));
    const read = (indicators: Indicators) => {
      const [one] = withGroup([
        { reading: must(parseReading({ ...whole, indicators }, catalogue)), catalogue },
      ]);
      return positionOf(one!.reading, catalogue);
    };
    const part = Object.fromEntries(given.filter(([id]) => !isOut.has(id)));
    const wanted = Object.entries(other!.indicators).filter(
      ([id, v], k) => isValue(v) && id in part && (k + seed) % 3 === 0,
    );
    const { changes } = parseChanges(Object.fromEntries(wanted), catalogue);
    const { points } = gainOf(read(part), changes);
    if (points === null || wanted.length === 0) continue;
    const more = Object.fromEntries(
      Object.entries(other!.indicators).filter(([id, v]) => isOut.has(id) && isValue(v)),
    );
    for (const filled of [whole!.indicators, { ...whole!.indicators, ...more }]) {
      const before = read(filled);
      const after = positionAfter(before, changes);
      const [from, to] = [before.result.total, after.result.total];
      if (from.score === null || to.score === null) continue;
      held++;
      // A mean, and a part under a weight, is rounded once at the scheme's decimals.
      expect(
        Math.abs(to.score - from.score - points),
        `scheme ${seed}, ${[...changes.keys()]}`,
      ).toBeLessThanOrEqual(1);
    }
  }
  expect(held).toBeGreaterThan(100);
});
