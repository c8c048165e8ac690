import type { Cell, DataValidation, Workbook, Worksheet } from 'exceljs';
import type { Criterion, Field } from '../../catalogue/catalogue.js';
import { toNumber } from '../../exact/fraction.js';
import { pointsToNumber } from '../../exact/points.js';
import { indexName, ownerText, ruleText } from '../../render/words.js';
import { type Input, valueRange } from '../../rules/rule.js';
import { type FormRequest, headings, lastText } from '../form.js';
import { ruleFormula } from './formulas.js';
import { FONT, heightOf, linesOf, PERCENT_FORMAT, POINTS_FORMAT } from './frame.js';

/** The form's columns in order, with their widths in characters; those of `TYPED` are typed in. */
const COLUMNS = [
  ['id', 11],
  ['name', 28],
  ['max', 7],
  ['owner', 15],
  ['rule', 24],
  ['asked', 20],
  ['last', 10],
  ['value', 12],
  ['done', 7],
  ['total', 7],
  ['rate', 8],
  ['deducted', 7],
  ['exempt', 13],
  ['not_applicable', 7],
  ['note', 12],
  ['points', 9],
  ['state', 8],
] as const;
type ColumnKey = (typeof COLUMNS)[number][0];
const TYPED: readonly ColumnKey[] = [
  'value',
  'done',
  'total',
  'deducted',
  'exempt',
  'not_applicable',
  'note',
];

const column = (key: ColumnKey): number => COLUMNS.findIndex(([k]) => k === key) + 1;
const LAST = COLUMNS.length;
/** The row of headings, repeated on every printed page; title, unit, year, catalogue and sums stand above. */
const HEAD = 6;
const TO_TYPE = 'FFFFF8DC';
const FIELD = 'FFE3ECF5';
const thin = { style: 'thin', color: { argb: 'FFB0B7C0' } } as const;
const BORDER = { top: thin, left: thin, bottom: thin, right: thin };

/**
 * A form an office types into: field headings, maximum, owner, rule and evidence beside the cells to fill, with
 * their points as they come and what is still missing; all else is locked. Prints on A4, landscape.
 */
export async function xlsxForm(request: FormRequest): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const { catalogue, unit, year, messages } = request;
  const words = messages.labels.form;
  const heads = headings(messages);
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(words.sheet, {
    views: [{ state: 'frozen', ySplit: HEAD, xSplit: 2 }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${HEAD}:${HEAD}`,
      margins: { left: 0.3, right: 0.3, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L${words.title(indexName(catalogue, messages))}&R&P/&N` },
  });
  COLUMNS.forEach(([key, width], i) => {
    sheet.getColumn(i + 1).width = width;
    const cell = sheet.getCell(HEAD, i + 1);
    cell.value = heads[key];
    cell.font = { ...FONT, bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.border = BORDER;
    cell.fill = solid(FIELD);
  });
  sheet.getRow(HEAD).height = heightOf(2);
  const lists = new Lists(workbook, words.lists);
  let row = HEAD;
  for (const field of fieldsInOrder(catalogue.fields, catalogue.criteria)) {
    row++;
    fieldRow(sheet, row, field, messages.numbers.pick(field.name));
    for (const criterion of catalogue.criteria.filter((c) => c.field === field.id)) {
      row++;
      criterionRow(sheet, row, criterion, request, lists);
    }
  }
  title(sheet, request, row);
  sheet.getCell(3, 2).value = unit === '…' ? '' : unit;
  sheet.getCell(4, 2).value = year;
  for (const at of [3, 4]) typed(sheet.getCell(at, 2));
  await sheet.protect('', { selectLockedCells: true, formatColumns: true, formatRows: true });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const solid = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const;

function typed(cell: Cell): void {
  cell.protection = { locked: false };
  cell.fill = solid(TO_TYPE);
  cell.border = BORDER;
}

function closed(cell: Cell): void {
  cell.protection = { locked: true };
  cell.fill = { type: 'pattern', pattern: 'none' };
}

/** Fields that have criteria, in the catalogue's order. */
const fieldsInOrder = (fields: readonly Field[], criteria: readonly Criterion[]): Field[] =>
  fields.filter((f) => criteria.some((c) => c.field === f.id));

/** The lines above the table: what it is, for whom, and what the typed cells come to. */
function title(sheet: Worksheet, { catalogue, named, messages }: FormRequest, last: number): void {
  const words = messages.labels.form;
  const heads = headings(messages);
  sheet.getCell(1, 1).value = words.title(indexName(catalogue, messages));
  sheet.getCell(1, 1).font = { ...FONT, bold: true, size: 14 };
  sheet.getCell(2, 1).value = words.hint;
  sheet.getCell(2, 1).font = { ...FONT, italic: true, color: { argb: 'FF555555' } };
  const about = [
    [3, heads.unit, null],
    [4, heads.year, null],
    [5, heads.catalogue, named],
  ] as const;
  for (const [at, label, value] of about) {
    sheet.getCell(at, 1).value = label;
    sheet.getCell(at, 1).font = { ...FONT, bold: true };
    if (value !== null) sheet.getCell(at, 2).value = value;
    sheet.getCell(at, 2).alignment = { horizontal: 'left' };
    sheet.getCell(at, 2).font = FONT;
  }
  const range = (key: ColumnKey) => {
    const letter = sheet.getColumn(column(key)).letter;
    return `${letter}${HEAD + 1}:${letter}${last}`;
  };
  const sums = [
    [3, words.points, `SUM(${range('points')})`, POINTS_FORMAT],
    [4, words.missing, `COUNTIF(${range('state')},"${words.toFill}")`, '0'],
  ] as const;
  for (const [at, label, formula, format] of sums) {
    sheet.getCell(at, column('exempt')).value = label;
    sheet.getCell(at, column('exempt')).font = { ...FONT, bold: true };
    const cell = sheet.getCell(at, column('points'));
    cell.value = { formula };
    cell.numFmt = format;
    cell.font = { ...FONT, bold: true };
  }
}

function fieldRow(sheet: Worksheet, row: number, field: Field, name: string): void {
  sheet.mergeCells(row, 1, row, LAST);
  const cell = sheet.getCell(row, 1);
  cell.value = `${field.id}. ${name}`;
  cell.font = { ...FONT, bold: true };
  cell.fill = solid(FIELD);
  cell.border = BORDER;
}

function criterionRow(
  sheet: Worksheet,
  row: number,
  criterion: Criterion,
  request: FormRequest,
  lists: Lists,
): void {
  const { catalogue, messages } = request;
  const { decimals } = catalogue;
  const at = (key: ColumnKey) => sheet.getCell(row, column(key));
  const told: Partial<Record<ColumnKey, string | number>> = {
    id: criterion.id,
    name: messages.numbers.pick(criterion.name),
    max: pointsToNumber(criterion.max, decimals),
    owner: criterion.owners.map((o) => ownerText(catalogue, o, messages)).join(', '),
    rule: ruleText(criterion, decimals, messages),
    asked: criterion.evidence ? messages.numbers.pick(criterion.evidence) : '',
    last: lastText(criterion, request),
  };
  let lines = 1;
  for (const [key, width] of COLUMNS) {
    const cell = at(key);
    cell.border = BORDER;
    cell.font = FONT;
    cell.alignment = { wrapText: true, vertical: 'top' };
    const value = told[key];
    if (value === undefined) continue;
    cell.value = value;
    if (typeof value === 'string') lines = Math.max(lines, linesOf(value, width));
  }
  sheet.getRow(row).height = heightOf(lines);
  at('id').numFmt = '@';
  at('max').numFmt = POINTS_FORMAT;
  for (const key of TYPED) typed(at(key));
  at('not_applicable').dataValidation = lists.choice(
    [messages.labels.form.yes],
    messages.labels.form.naPrompt,
  );
  const a = (key: ColumnKey) => at(key).address;
  const out = `${a('not_applicable')}<>""`;
  const pointsOr = (points: string) => ({
    formula: `IF(${out},"",IF(${a('exempt')}<>"",${a('max')},IF(${a('deducted')}<>"",${a('max')}-${a('deducted')},${points})))`,
  });
  at('points').value = pointsOr('""');
  at('points').numFmt = POINTS_FORMAT;
  const words = messages.labels.form;
  at('state').value = { formula: `IF(OR(${out},${a('points')}<>""),"","${words.toFill}")` };
  at('state').font = { ...FONT, color: { argb: 'FFC00000' } };
  const [input, ...more] = criterion.compiled.inputs;
  if (!input || more.length > 0) {
    // Several values, or none yet understood: no cell of the row holds them.
    for (const key of ['value', 'done', 'total'] as const) closed(at(key));
    if (more.length > 0) at('value').dataValidation = prompted(words.partsPrompt);
    return;
  }
  fillable(at('value'), input, criterion, request, lists);
  const typedValue = input.form === 'table' ? `${a('value')}<>""` : `ISNUMBER(${a('value')})`;
  at('rate').value = {
    formula: `IF(${typedValue},${a('value')},IF(N(${a('total')})>0,${a('done')}/${a('total')},""))`,
  };
  if (input.form === 'line' && input.quantity === 'percent') at('rate').numFmt = PERCENT_FORMAT;
  else for (const key of ['done', 'total'] as const) closed(at(key));
  const points = ruleFormula(criterion, [{ address: a('rate'), level: (level) => level.level.vi }], decimals);
  at('points').value = pointsOr(`IF(${a('rate')}="","",${points})`);
}

/** A prompt that takes nothing away from what may be typed. */
const prompted = (prompt: string): DataValidation => ({
  type: 'custom',
  formulae: ['TRUE'],
  allowBlank: true,
  showInputMessage: true,
  prompt,
});

/** What may be typed as a value: a level of the list, a percent or a count within its range. */
function fillable(
  cell: Cell,
  input: Input,
  criterion: Criterion,
  { messages }: FormRequest,
  lists: Lists,
): void {
  const words = messages.labels.form;
  if (input.form === 'table') {
    cell.dataValidation = lists.choice(
      input.levels.map((l) => l.level.vi),
      words.levelPrompt,
    );
    return;
  }
  const percent = input.quantity === 'percent';
  const scale = percent ? 100 : 1;
  const values = valueRange(input);
  const [lo, hi] = [values.lo, values.hi].map((end) => (end ? toNumber(end) / scale : null));
  if (percent) cell.numFmt = PERCENT_FORMAT;
  const whole = input.quantity === 'count';
  cell.dataValidation = {
    type: whole ? 'whole' : 'decimal',
    operator: 'between',
    allowBlank: true,
    formulae: [lo ?? -1e9, hi ?? 1e9],
    showErrorMessage: true,
    errorTitle: criterion.id,
    error: percent ? words.percentPrompt : words.numberPrompt,
    showInputMessage: true,
    promptTitle: criterion.id,
    prompt: percent ? words.percentPrompt : words.numberPrompt,
  };
}

/** Excel holds a list typed into a drop-down to 255 characters, and splits it at commas. */
const LIST_LIMIT = 250;

/** Drop-downs; lists that Excel cannot hold in the cell stand on a hidden sheet. */
class Lists {
  private sheet: Worksheet | null = null;
  private readonly places = new Map<string, string>();

  constructor(
    private readonly workbook: Workbook,
    private readonly name: string,
  ) {}

  choice(options: readonly string[], prompt: string): DataValidation {
    return {
      type: 'list',
      allowBlank: true,
      formulae: [this.formula(options)],
      showErrorMessage: true,
      error: prompt,
      showInputMessage: true,
      prompt,
    };
  }

  private formula(options: readonly string[]): string {
    const joined = options.join(',');
    if (joined.length <= LIST_LIMIT && !options.some((o) => /[,"]/.test(o))) return `"${joined}"`;
    const key = options.join('\n');
    let place = this.places.get(key);
    if (!place) {
      this.sheet ??= this.workbook.addWorksheet(this.name, { state: 'veryHidden' });
      const at = this.sheet.getColumn(this.places.size + 1);
      options.forEach((option, i) => {
        this.sheet!.getCell(i + 1, this.places.size + 1).value = option;
      });
      place = `'${this.name}'!$${at.letter}$1:$${at.letter}$${options.length}`;
      this.places.set(key, place);
    }
    return place;
  }
}
