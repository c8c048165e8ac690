import type { Worksheet } from 'exceljs';
import { toNumber } from '../../exact/fraction.js';
import { pointsToNumber } from '../../exact/points.js';
import { firstOfSame, sameUnit } from '../../shapes/unit.js';
import type { Words } from '../../text/messages.js';
import type { ReportModel } from '../model.js';
import { addSheet, finish, HEAD, POINTS_FORMAT } from './frame.js';

/** Red for points lost, white for none. */
const HEAT = { from: 'FFFFFFFF', to: 'FFE57373' };

/** A change, with its sign. */
const CHANGE_FORMAT = '+0.00??;-0.00??;0.00??';

/**
 * A workbook of many units and years: their totals beside the year before, and a heat map of criterion by unit, the
 * years of a unit side by side with what changed from one to the next.
 */
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
  const ordered = byUnit(models);
  // The year first: to compare the names of ten thousand units with each other takes minutes.
  const before = ({ baseline }: ReportModel) =>
    models.find((m) => m.baseline.year === baseline.year - 1 && sameUnit(m.baseline, baseline)) ?? null;
  ordered.forEach((model, i) => {
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
    for (const column of [3, 4, 5, 6]) row.getCell(column).numFmt = POINTS_FORMAT;
    row.getCell(7).numFmt = CHANGE_FORMAT;
  });
  finish(totals);
  const criteria = new Map(
    models.flatMap((m) => m.baseline.criteria.map((r) => [r.criterion.id, r.criterion])),
  );
  const columns = ordered.flatMap((model): Column[] => {
    const { unit, year } = model.baseline;
    const last = before(model);
    return [
      {
        head: plain(`${unit} · ${year}`),
        change: false,
        of: (id) => lostIn(model, id),
      },
      ...(last
        ? [{ head: say.changeFrom(year - 1), change: true, of: (id: string) => changeOf(last, model, id) }]
        : []),
    ];
  });
  const map = addSheet(
    workbook,
    say.heatMap,
    `${labels.columns.deduction} · ${title}`,
    [labels.columns.id, labels.columns.criterion, ...columns.map((c) => c.head)],
    [9, 50, ...columns.map(() => 13)],
  );
  map.views = [{ state: 'frozen', ySplit: HEAD, xSplit: 2 }];
  [...criteria.values()].forEach((criterion, i) => {
    const row = map.getRow(HEAD + 1 + i);
    row.values = [
      criterion.id,
      plain(numbers.pick(criterion.name)),
      ...columns.map((c) => c.of(criterion.id)),
    ];
    row.getCell(1).numFmt = '@';
    columns.forEach(({ change }, k) => {
      row.getCell(3 + k).numFmt = change ? CHANGE_FORMAT : POINTS_FORMAT;
      row.getCell(3 + k).alignment = { horizontal: 'right', vertical: 'top' };
    });
  });
  finish(map);
  if (criteria.size > 0) heat(map, HEAD + 1, HEAD + criteria.size, columns);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A text that a spreadsheet must not take for a formula. */
const plain = (text: string) => (/^[=+@\t\r-]/.test(text) ? `'${text}` : text);

/** A column of the heat map: points lost, or how they changed since the year before. */
interface Column {
  head: string;
  change: boolean;
  of(id: string): number | string;
}

/** The models in the order in which their units come, the years of each the earliest first. */
function byUnit(models: readonly ReportModel[]): ReportModel[] {
  const first = firstOfSame(models.map(({ baseline }) => baseline));
  const order = models.map((model, i) => ({ model, first: first[i]! }));
  order.sort((a, b) => a.first - b.first || a.model.baseline.year - b.model.baseline.year);
  return order.map(({ model }) => model);
}

/** Points lost at a criterion; '–' where it is not asked, '?' while it is not known. */
function lostIn({ baseline }: ReportModel, id: string): number | string {
  const row = baseline.criteria.find((r) => r.criterion.id === id);
  if (!row || row.status === 'not_applicable') return '–';
  return row.deduction === null ? '?' : pointsToNumber(row.deduction, baseline.catalogue.decimals);
}

/** How many more points are lost than the year before; '–' where one of the two cannot be told. */
function changeOf(last: ReportModel, model: ReportModel, id: string): number | string {
  const [was, now] = [lostIn(last, id), lostIn(model, id)];
  const places = Math.max(last.baseline.catalogue.decimals, model.baseline.catalogue.decimals);
  return typeof was === 'number' && typeof now === 'number' ? Number((now - was).toFixed(places)) : '–';
}

/** Colours the points lost, all on one scale; what changed stays plain. */
function heat(sheet: Worksheet, first: number, last: number, columns: readonly Column[]): void {
  const letters = columns.flatMap((c, i) => (c.change ? [] : [sheet.getColumn(3 + i).letter]));
  const ref = letters.map((letter) => `${letter}${first}:${letter}${last}`).join(' ');
  const rule = {
    type: 'colorScale',
    priority: 1,
    cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
    color: [{ argb: HEAT.from }, { argb: HEAT.to }],
  };
  sheet.addConditionalFormatting({ ref, rules: [rule as never] });
}
