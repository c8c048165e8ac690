import type { Worksheet } from 'exceljs';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { toNumber } from '../exact/fraction.js';
import { yamlText } from '../files/writers/yaml.js';
import type { Reading } from '../reading/reading.js';
import { ruleText, valueText } from '../render/words.js';
import type { Messages } from '../text/index.js';

/** What a form is made for. */
export interface FormRequest {
  catalogue: Catalogue;
  unit: string;
  year: number;
  /** What the form calls its catalogue, when not by its id. */
  named?: string;
  /** Last year's reading, whose values stand beside the cells. */
  last: Reading | null;
  messages: Messages;
}

/** Columns of the form, headed so that the reader knows them. */
const COLUMNS = [
  'id',
  'name',
  'rule',
  'last',
  'value',
  'done',
  'total',
  'rate',
  'deducted',
  'exempt',
  'not_applicable',
  'source',
  'note',
] as const;
const VI: Record<(typeof COLUMNS)[number], string> = {
  id: 'Mã',
  name: 'Tiêu chí',
  rule: 'Cách tính',
  last: 'Năm trước',
  value: 'Giá trị',
  done: 'Số đã làm',
  total: 'Tổng số',
  rate: 'Tỷ lệ',
  deducted: 'Điểm trừ',
  exempt: 'Giải trình',
  not_applicable: 'Không áp dụng',
  source: 'Nguồn',
  note: 'Ghi chú',
};
const EN: Record<(typeof COLUMNS)[number], string> = {
  id: 'id',
  name: 'name',
  rule: 'rule',
  last: 'last',
  value: 'value',
  done: 'done',
  total: 'total',
  rate: 'rate',
  deducted: 'deducted',
  exempt: 'exempt',
  not_applicable: 'not_applicable',
  source: 'source',
  note: 'note',
};

function lastText(c: Criterion, { last, messages }: FormRequest): string {
  const value = last?.entries.get(c.id)?.value;
  return value ? valueText(c, value, messages) : '';
}

/** The form as rows: who, when, which catalogue; a header; a row a criterion. */
export function formRows(request: FormRequest): string[][] {
  const { catalogue, unit, year, messages } = request;
  const { numbers } = messages;
  const heads = numbers.language === 'vi' ? VI : EN;
  const meta = numbers.language === 'vi' ? ['Đơn vị', 'Năm', 'Bộ tiêu chí'] : ['unit', 'year', 'catalogue'];
  return [
    [meta[0]!, unit],
    [meta[1]!, String(year)],
    [meta[2]!, catalogue.id],
    [],
    COLUMNS.map((key) => heads[key]),
    ...catalogue.criteria.map((c) => [
      c.id,
      numbers.pick(c.name),
      ruleText(c, catalogue.decimals, messages),
      lastText(c, request),
    ]),
  ];
}

/** The form as YAML: every criterion a comment to fill in, so that what is left is unknown. */
export function yamlForm(request: FormRequest): string {
  const { catalogue, unit, year, named = catalogue.id, messages } = request;
  const head = yamlText({ unit, year, catalogue: named, indicators: {} });
  const rows = catalogue.criteria.map((c) => {
    const last = lastText(c, request);
    return `  # ${messages.numbers.pick(c.name)}\n  # ${ruleText(c, catalogue.decimals, messages)}${last ? ` (${VI.last}: ${last})` : ''}\n  # ${c.id}:\n`;
  });
  const schema = '# yaml-language-server: $schema=./reading.schema.json\n';
  return `${schema}${head.replace('indicators: {}', 'indicators:')}${rows.join('')}`;
}

const HEADER_ROW = 5;

/** The form as a workbook: drop-downs for levels, percent formats, a frozen header, locked words. */
export async function xlsxForm(request: FormRequest): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('CCHC', {
    views: [{ state: 'frozen', ySplit: HEADER_ROW, xSplit: 1 }],
  });
  for (const row of formRows(request)) sheet.addRow(row);
  sheet.getRow(HEADER_ROW).font = { bold: true };
  [8, 40, 36, 16, 16, 10, 10, 10, 10, 24, 10, 20, 24].forEach((width, i) => {
    sheet.getColumn(i + 1).width = width;
  });
  request.catalogue.criteria.forEach((c, i) => {
    fillRow(sheet, HEADER_ROW + 1 + i, c);
  });
  for (const row of [1, 2]) sheet.getCell(row, 2).protection = { locked: false };
  sheet.getCell(2, 2).value = request.year;
  await sheet.protect('', { selectLockedCells: true, formatColumns: true, formatRows: true });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function fillRow(sheet: Worksheet, row: number, c: Criterion): void {
  const at = (key: (typeof COLUMNS)[number]) => sheet.getCell(row, COLUMNS.indexOf(key) + 1);
  at('id').numFmt = '@';
  for (const key of ['name', 'rule'] as const) at(key).alignment = { wrapText: true, vertical: 'top' };
  for (const key of COLUMNS.slice(4)) if (key !== 'rate') at(key).protection = { locked: false };
  const [done, total] = [at('done').address, at('total').address];
  at('rate').value = { formula: `IF(N(${total})>0,${done}/${total},"")`, result: '' };
  at('rate').numFmt = '0.00##%';
  const [input, ...more] = c.compiled.inputs;
  if (!input || more.length > 0) return;
  if (input.form === 'table') {
    const list = input.levels.map((l) => l.level.vi.replaceAll('"', "'")).join(',');
    at('value').dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: [`"${list}"`],
      showErrorMessage: true,
    };
    return;
  }
  if (input.quantity === 'percent') {
    at('value').numFmt = '0.00##%';
    const [lo, hi] = [input.range.lo, input.range.hi].map((end) => (end ? toNumber(end) / 100 : null));
    at('value').dataValidation = {
      type: 'decimal',
      operator: 'between',
      allowBlank: true,
      formulae: [lo ?? -10, hi ?? 10],
      showErrorMessage: true,
    };
  } else if (input.quantity === 'count') {
    at('value').dataValidation = {
      type: 'whole',
      operator: 'greaterThanOrEqual',
      allowBlank: true,
      formulae: [0],
      showErrorMessage: true,
    };
  }
}
