import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReading, score } from '../src/index.js';
import { placeAmong } from '../src/ranking/among.js';
import { placeResult, rivalsAmong } from '../src/ranking/standings.js';
import { TIES } from '../src/ranking/table.js';
import { renderJson } from '../src/render/json.js';
import { MadeList } from '../src/render/presentation.js';
import { catalogueWith, must } from './support.js';

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
