import { stringify } from 'yaml';
import { roundToPoints } from '../../exact/points.js';
import type { Standings } from '../../ranking/standings.js';
import type { Bilingual } from '../../shapes/scalars.js';

const DECIMALS = 4;

/**
 * A league file of scored units: indexes to four places, ranks by the tie rule, marked as worked out; or as
 * assumed, with the changes that every unit is taken to make, in the name too.
 */
export function leagueText(table: Standings, changes: Bilingual | null): string {
  const { year } = table.rows[0]!.result;
  const ranked = table.rows.filter((row) => row.best !== null);
  const working = { vi: 'Chấm từ số liệu của từng đơn vị', en: "Scored from each unit's reading" };
  return stringify(
    {
      name: {
        vi: `Các đơn vị được chấm, năm ${year}${changes === null ? '' : ` (giả định: ${changes.vi})`}`,
        en: `Units scored, ${year}${changes === null ? '' : ` (assumed: ${changes.en ?? changes.vi})`}`,
      },
      year,
      scale: 100,
      size: ranked.length,
      decimals: DECIMALS,
      ties: table.ties,
      ...(changes === null
        ? { provenance: 'inferred', working }
        : {
            provenance: 'assumed',
            reason: {
              vi: `Giả định mọi đơn vị: ${changes.vi}`,
              en: `Every unit is taken to have: ${changes.en ?? changes.vi}`,
            },
          }),
      units: ranked.map(({ result, index, rank }) => ({
        unit: result.unit,
        ...(result.code !== null && { code: result.code }),
        ...(rank !== null && { rank }),
        ...(index && { score: roundToPoints(index, DECIMALS) / 10 ** DECIMALS }),
      })),
    },
    { lineWidth: 0 },
  );
}
