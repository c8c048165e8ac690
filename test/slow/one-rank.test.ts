import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChanges } from '../../src/analysis/gain.js';
import { compileRisk } from '../../src/analysis/risk/model.js';
import { parseOutlook } from '../../src/analysis/risk/outlook.js';
import { exactRisk } from '../../src/analysis/risk/risk.js';
import { parseChanges, whatIf } from '../../src/analysis/whatif.js';
import { loadReading, parseLeague, placeResult, rivalsOfResult, score } from '../../src/index.js';
import { withPrevious } from '../../src/ranking/league.js';
import { groupPicture } from '../../src/ranking/place.js';
import { quantileRank } from '../../src/ranking/ranks.js';
import { NO_MOVES } from '../../src/ranking/rivals.js';
import { reportModel } from '../../src/reports/model.js';
import { cellValue } from '../../src/reports/workbook/formulas.js';
import { loadMessages } from '../../src/text/index.js';
import { must, NHU_XUAN } from '../support.js';
import { engineOf, workbookFor } from '../workbook-support.js';

/** Leagues of 27 as offices have them: scores about 88, of which some are known, in some year. */
const leagues = fc
  .record({
    scores: fc.array(fc.integer({ min: 7600, max: 9700 }), { minLength: 27, maxLength: 27 }),
    known: fc.constantFrom<number[]>([], [0, 1, 2, 26], [0, 5, 9, 13, 26], [3, 4]),
    own: fc.boolean(),
    figure: fc.constantFrom('none', 'mean', 'median', 'counts'),
    year: fc.constantFrom(2022, 2022, 2021, 2020),
    previous: fc.boolean(),
  })
  .filter(({ known, own, figure }) => known.length > 0 || own || figure !== 'none')
  .map(({ scores, known, own, figure, year, previous }) => {
    // Ours is the 21st, at the letter's score.
    const sorted = scores.sort((p, q) => q - p).map((s) => s / 100);
    const all = [...sorted.map((s) => Math.max(s, 87.62)).slice(0, 20), 87.6103];
    all.push(...sorted.slice(21).map((s) => Math.min(s, 87.6)));
    const mean = Number((all.reduce((sum, s) => sum + s, 0) / 27).toFixed(2));
    const rows = known.map((i) => ({ unit: `U${i}`, rank: i + 1, score: all[i]! }));
    const league = must(
      parseLeague({
        name: 'L',
        year,
        size: 27,
        units: [...rows, ...(own ? [{ unit: 'Huyện Như Xuân', rank: 21 }] : [])],
        ...(figure === 'mean' && { mean }),
        ...(figure === 'median' && { median: all[13]! }),
        ...(figure === 'counts' && { counts: [{ at_least: 87, units: all.filter((s) => s >= 87).length }] }),
      }),
    );
    const units = all.map((s, i) => ({ unit: `U${i}`, score: Number((s - 1 + (i % 5) / 2).toFixed(2)) }));
    const earlier = must(parseLeague({ name: 'L', year: year - 1, size: 27, units }));
    return previous ? must(withPrevious(league, [earlier])) : league;
  });

it(
  'one case has one rank: what-if, risk, page, curve and workbook, over random leagues',
  { timeout: 600_000 },
  () =>
    loadReading(NHU_XUAN).then(async (read) => {
      const { reading, catalogue } = must(read);
      const words = await loadMessages('en');
      const before = score(reading, catalogue);
      await fc.assert(
        fc.asyncProperty(
          leagues,
          fc.integer({ min: 0, max: 85 }),
          fc.boolean(),
          async (league, rate, iso) => {
            const wanted = { '7.3.2': `${rate}%`, ...(iso && { '7.6.1': 'Tốt' }) };
            const { changes } = parseChanges(wanted, catalogue);
            const rivals = must(rivalsOfResult(league, before));
            const [asked] = whatIf(reading, catalogue, [{ name: { vi: 's' }, changes }], {
              rivals,
            }).scenarios;
            const rank = asked!.rank!;
            const [low, high] = rank.interval90!;
            const same = { mean: rank.mean, interval90: rank.interval90, best: rank.best, worst: rank.worst };
            const now = score(applyChanges(reading, changes), catalogue);
            expect(placeResult(rivals, now)).toMatchObject(same);
            expect(
              reportModel({ reading, catalogue, league, scenarios: [], changes }, words).ranks.current,
            ).toMatchObject(same);

            const outlook = must(parseOutlook({ indicators: wanted }, catalogue, reading, league));
            const compiled = compileRisk(before, reading, outlook, rivals, NO_MOVES);
            if (Array.isArray(compiled)) throw new Error(compiled.map((d) => d.code).join());
            const risk = exactRisk(compiled, { points: null, rank: null });
            if (typeof risk === 'string') throw new Error(risk);
            expect(Math.abs(risk.rankMean! - rank.mean!)).toBeLessThan(0.02);
            const ranks = risk.ranks!;
            expect(Math.abs(quantileRank(ranks, 0.05) - low)).toBeLessThanOrEqual(1);
            expect(Math.abs(quantileRank(ranks, 0.95) - high)).toBeLessThanOrEqual(1);

            // The picture's points to either side of the score hold its rank between them.
            const at = now.total.score! / 1e4;
            const points = groupPicture(rivals)!;
            const next = points.findIndex((p) => p.score >= at);
            expect(points[next]!.mean).toBeLessThanOrEqual(rank.mean! + 1e-6);
            expect(points[next - 1]!.mean).toBeGreaterThanOrEqual(rank.mean! - 1e-6);

            const workbook = await workbookFor(reading, catalogue, league, 'en');
            workbook.getWorksheet(words.labels.workbook.inputs)!.eachRow((row) => {
              const id = String(row.getCell(1).value ?? '');
              const value = changes.get(id)?.value?.inputs[0];
              const input = catalogue.criteria.find((c) => c.id === id)?.compiled.inputs[0];
              if (value && input)
                row.getCell(6).value = cellValue(input, value, (l) => l.level.en ?? l.level.vi);
            });
            const engine = engineOf(workbook);
            const told = [1, 2, 3, 4, 5].map((k) =>
              Number(engine.at(words.labels.workbook.league, 5 + k, 9)),
            );
            expect(told.slice(0, 2)).toEqual([rank.best, rank.worst]);
            expect(Math.abs(told[2]! - rank.mean!)).toBeLessThan(0.02);
            expect(Math.abs(told[3]! - low)).toBeLessThanOrEqual(1);
            expect(Math.abs(told[4]! - high)).toBeLessThanOrEqual(1);
          },
        ),
        { numRuns: 12 },
      );
    }),
);
