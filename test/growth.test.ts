import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeWhole } from '../src/files/write.js';
import { fromNumber, parseReading, score } from '../src/index.js';
import { placeAmong } from '../src/ranking/among.js';
import { fits, gapsOf } from '../src/ranking/gaps.js';
import type { League } from '../src/ranking/league.js';
import { placeResult, rivalsAmong } from '../src/ranking/standings.js';
import { TIES } from '../src/ranking/table.js';
import { renderJson } from '../src/render/json.js';
import { MadeList } from '../src/render/presentation.js';
import { catalogueWith, must, withFiles } from './support.js';

const catalogue = catalogueWith({ kind: 'proportional', target: 100 }, 10);
const resultOf = (unit: string, value: number | null | 'none') =>
  score(
    must(
      parseReading(
        {
          unit,
          year: 2022,
          catalogue: 'test',
          indicators: value === null ? {} : { T1: value === 'none' ? { not_applicable: true } : value },
        },
        catalogue,
      ),
    ),
    catalogue,
  );

describe('all places at once', () => {
  it('are those of each among the others, under every tie rule', () => {
    // Few different values, so that ties, unknown ones and units without an index meet.
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.nat(4).map((n) => 20 + n) },
      fc.constantFrom<null | 'none'>(null, 'none'),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 12 }),
        fc.constantFrom(...TIES),
        (values, ties) => {
          const results = values.map((v, i) => resultOf(`U${i}`, v));
          const all = placeAmong(results, ties);
          results.forEach((result, i) => {
            const one = placeResult(rivalsAmong(results, i, ties), result);
            const brief = (rank: typeof one) =>
              rank && {
                ...rank,
                // One neighbour on each side is told; of level ones nobody is nearer.
                above: rank.above[0]?.score.toString(),
                below: rank.below[0]?.score.toString(),
                tied: [...rank.tied].sort(),
              };
            expect(brief(all[i]!)).toEqual(brief(one));
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('more level units than are listed', () => {
    for (const ties of TIES) {
      const results = Array.from({ length: 250 }, (_, i) => resultOf(`U${i}`, 50));
      const all = placeAmong(results, ties);
      for (const i of [0, 120, 249]) {
        const { rank, best, worst } = placeResult(rivalsAmong(results, i, ties), results[i]!)!;
        expect(all[i]).toMatchObject({ rank, best, worst });
      }
    }
  });
});

it('a long list is written member by member as it would be whole', () => {
  const json = {
    schema: 'x',
    readings: new MadeList(150, (i) => ({ i, deep: { text: 'a\n"b"', list: [1, [2]] } })),
    last: null,
  };
  const pieces = renderJson({ json, blocks: [] }, { width: 80, color: false, language: 'en' });
  expect([...pieces].join('')).toBe(`${JSON.stringify(json, null, 2)}\n`);
});

it('gaps of a league, sorted once, hold the units that each is compared with', () => {
  const unit = fc.record({
    score: fc.option(fc.nat(10), { nil: null }),
    rank: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (rows) => {
      const league: League = {
        name: { vi: 'x' },
        year: 2022,
        scale: fromNumber(10),
        size: 8,
        decimals: 0,
        exact: false,
        ties: 'min',
        provenance: null,
        mean: null,
        median: null,
        counts: [],
        previous: [],
        units: rows.map(({ score, rank }, i) => ({
          unit: `U${i}`,
          code: null,
          score: score === null ? null : fromNumber(score),
          rank,
          provenance: 'stated',
        })),
      };
      const { gaps, diagnostics } = gapsOf(league, null, null);
      let full = 0;
      for (const { hi, lo, unknown } of gaps) {
        const first = hi.above + (hi.unit ? 2 : 1);
        const places = Math.max(0, lo.above - first + 1);
        const named = league.units.filter(
          (u) => !u.score && u.rank !== null && u.rank >= first && u.rank <= lo.above,
        );
        const scored = league.units.filter((u) => u.score && u.rank === null && fits(u.score, hi, lo));
        const free = places - named.length - scored.length;
        if (free < 0 || (places > 0 && hi.score.compare(lo.score) < 0)) full++;
        expect(unknown).toEqual([...named.map((u) => u.unit), ...Array(Math.max(0, free)).fill(null)]);
      }
      expect(diagnostics).toHaveLength(full);
    }),
    { numRuns: 300 },
  );
});

describe('a file written in pieces', () => {
  it('holds all of them in order, over several writes', async () => {
    const pieces = Array.from({ length: 5000 }, (_, i) => `${i} Xã Đông Tiến\n`);
    await withFiles({}, async (folder) => {
      expect(writeWhole(join(folder, 'a.txt'), pieces, false)).toBeNull();
      expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe(pieces.join(''));
      expect(writeWhole(join(folder, 'none.txt'), [], false)).toBeNull();
      expect(readFileSync(join(folder, 'none.txt'), 'utf8')).toBe('');
    });
  });

  it('is not there when a piece cannot be made, and what stood there stays', async () => {
    function* broken() {
      yield 'x'.repeat(100_000);
      throw new Error('a bug');
    }
    await withFiles({ 'a.txt': 'before' }, async (folder) => {
      expect(() => writeWhole(join(folder, 'a.txt'), broken(), true)).toThrow('a bug');
      expect(() => writeWhole(join(folder, 'b.txt'), broken(), true)).toThrow('a bug');
      expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('before');
      expect(existsSync(join(folder, 'b.txt'))).toBe(false);
      expect(readdirSync(folder)).toEqual(['a.txt']);
    });
  });
});
