import { stringify } from 'yaml';
import { roundToPoints } from '../../exact/points.js';
import type { Standings } from '../../ranking/standings.js';

const DECIMALS = 4;

/** A league file of scored units: indexes to four places, ranks by the tie rule, marked as worked out. */
export function leagueText(table: Standings): string {
  const { year } = table.rows[0]!.result;
  const ranked = table.rows.filter((row) => row.best !== null);
  const working = { vi: 'Chấm từ số liệu của từng đơn vị', en: "Scored from each unit's reading" };
  return stringify(
    {
      name: { vi: `Các đơn vị được chấm, năm ${year}`, en: `Units scored, ${year}` },
      year,
      scale: 100,
      size: ranked.length,
      decimals: DECIMALS,
      ties: table.ties,
      provenance: 'inferred',
      working,
      units: ranked.map(({ result, index, rank }) => ({
        unit: result.unit,
        ...(rank !== null && { rank }),
        ...(index && { score: roundToPoints(index, DECIMALS) / 10 ** DECIMALS }),
      })),
    },
    { lineWidth: 0 },
  );
}
