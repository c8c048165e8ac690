import type { Worksheet } from 'exceljs';
import { toNumber } from '../../exact/fraction.js';
import { pointsToNumber } from '../../exact/points.js';
import { sameUnit } from '../../shapes/unit.js';
import type { Words } from '../../text/messages.js';
import type { ReportModel } from '../model.js';
import { addSheet, HEAD, POINTS_FORMAT } from './frame.js';

/** Red for points lost, white for none. */
const HEAT = { from: 'FFFFFFFF', to: 'FFE57373' };

/** Points of height that a line of text takes. */
const LINE = 16;

/** A workbook of many units and years: their totals beside the year before, and a heat map of criterion by unit. */
export async function groupWorkbook(models: readonly ReportModel[], words: Words): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const { labels, numbers } = words;
  const say = labels.workbook;
  const workbook = new ExcelJS.Workbook();
  const title = labels.report.title;
  const totals = addSheet(
    workbook,
    say.totals,
    title,
    [
      labels.columns.unit,
      labels.columns.year,
      labels.columns.score,
      labels.columns.index,
      labels.columns.deduction,
      say.indexBefore,
      say.change,
    ],
    [34, 8, 12, 12, 12, 16, 12],
  );
  const before = ({ baseline }: ReportModel) =>
    models.find((m) => sameUnit(m.baseline, baseline) && m.baseline.year === baseline.year - 1) ?? null;
  models.forEach((model, i) => {
    const { unit, year, total, catalogue } = model.baseline;
    const points = (p: number | null) => (p === null ? null : pointsToNumber(p, catalogue.decimals));
    const was = before(model)?.baseline.total.index ?? null;
    const row = totals.getRow(HEAD + 1 + i);
    row.values = [
      plain(unit),
      year,
      points(total.score) ?? '?',
      total.index ? toNumber(total.index) : '?',
      points(total.deduction) ?? '?',
      was ? toNumber(was) : '',
      was && total.index ? toNumber(total.index.sub(was)) : '',
    ];
    for (const column of [3, 4, 5, 6, 7]) row.getCell(column).numFmt = POINTS_FORMAT;
  });
  const criteria = new Map(
    models.flatMap((m) => m.baseline.criteria.map((r) => [r.criterion.id, r.criterion])),
  );
  const map = addSheet(
    workbook,
    say.heatMap,
    `${labels.columns.deduction} · ${title}`,
    [
      labels.columns.id,
      labels.columns.criterion,
      ...models.map(({ baseline: { unit, year } }) => plain(`${unit} · ${year}`)),
    ],
    [9, 50, ...models.map(() => 13)],
  );
  map.getRow(HEAD).height = 3 * LINE;
  map.views = [{ state: 'frozen', ySplit: HEAD, xSplit: 2 }];
  [...criteria.values()].forEach((criterion, i) => {
    const row = map.getRow(HEAD + 1 + i);
    row.values = [
      criterion.id,
      plain(numbers.pick(criterion.name)),
      ...models.map(({ baseline }) => {
        const found = baseline.criteria.find((r) => r.criterion.id === criterion.id);
        if (!found || found.status === 'not_applicable') return '–';
        return found.deduction === null ? '?' : pointsToNumber(found.deduction, baseline.catalogue.decimals);
      }),
    ];
    row.getCell(1).numFmt = '@';
    row.getCell(1).alignment = { vertical: 'top' };
    // A cell that wraps gets the height of its lines.
    row.height = LINE * Math.ceil(numbers.pick(criterion.name).length / 54);
    row.getCell(2).alignment = { wrapText: true, vertical: 'top' };
    for (let column = 3; column < 3 + models.length; column++) {
      row.getCell(column).numFmt = POINTS_FORMAT;
      row.getCell(column).alignment = { horizontal: 'right', vertical: 'top' };
    }
  });
  if (criteria.size > 0) heat(map, HEAD + 1, HEAD + criteria.size, 2 + models.length);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A text that a spreadsheet must not take for a formula. */
const plain = (text: string) => (/^[=+@\t\r-]/.test(text) ? `'${text}` : text);

function heat(sheet: Worksheet, first: number, last: number, columns: number): void {
  const ref = `C${first}:${sheet.getColumn(columns).letter}${last}`;
  const rule = {
    type: 'colorScale',
    priority: 1,
    cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
    color: [{ argb: HEAT.from }, { argb: HEAT.to }],
  };
  sheet.addConditionalFormatting({ ref, rules: [rule as never] });
}
