import type { Cell, DataValidation, Workbook, Worksheet } from 'exceljs';
import type { Criterion, Field } from '../../catalogue/catalogue.js';
import { pointsToNumber } from '../../exact/points.js';
import { indexName, ownerText, ruleText } from '../../render/words.js';
import type { Input, Level } from '../../rules/rule.js';
import { type FormRequest, headings, kindsOf, lastText, severalOf } from '../form.js';
import {
  addsUp,
  allNoneFormula,
  dateFormula,
  dueFormula,
  type InputCell,
  NONE_CELL,
  quoted,
  ruleFormula,
} from './formulas.js';
import {
  BORDER,
  breakPages,
  DATE_FORMAT,
  FONT,
  HEAD_FILL,
  heightOf,
  landscape,
  linesOf,
  PERCENT_FORMAT,
  POINTS_FORMAT,
  possible,
  solid,
} from './frame.js';

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

/** What a value is typed into: itself, or what was done of how many. */
const OF_VALUES: readonly ColumnKey[] = ['value', 'done', 'total'];

const column = (key: ColumnKey): number => COLUMNS.findIndex(([k]) => k === key) + 1;
const LAST = COLUMNS.length;
/** The cell of the year. */
const YEAR = '$B$4';
/** The cell of the unit's kind, of a scheme that tells kinds apart. */
const KIND = '$B$2';
/** The row of headings, repeated on every printed page; title, unit, year, catalogue and sums stand above. */
const HEAD = 6;
const TO_TYPE = solid('FFFFF8DC');

/**
 * A form an office types into: field headings, maximum, owner, rule and evidence beside the cells to fill, with
 * their points as they come and what is still missing; all else is locked. Prints on A4, landscape.
 */
export async function xlsxForm(request: FormRequest): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const { catalogue, unit, year, messages } = request;
  const words = messages.labels.form;
  const head = headings(messages);
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(words.sheet, {
    views: [{ state: 'frozen', ySplit: HEAD, xSplit: 2 }],
    pageSetup: {
      ...landscape(HEAD),
      margins: { left: 0.3, right: 0.3, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L${words.title(indexName(catalogue, messages))}&R&P/&N` },
  });
  COLUMNS.forEach(([key, width], i) => {
    sheet.getColumn(i + 1).width = width;
    const cell = sheet.getCell(HEAD, i + 1);
    cell.value = head(key);
    cell.font = { ...FONT, bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.border = BORDER;
    cell.fill = HEAD_FILL;
  });
  sheet.getRow(HEAD).height = heightOf(2);
  const lists = new Lists(workbook, words.lists);
  const fieldRows = new Set<number>();
  let row = HEAD;
  for (const field of fieldsInOrder(catalogue.fields, catalogue.criteria)) {
    row++;
    fieldRows.add(row);
    fieldRow(sheet, row, field, messages.numbers.pick(field.name));
    for (const criterion of catalogue.criteria.filter((c) => c.field === field.id)) {
      row = criterionRows(sheet, row + 1, criterion, request, lists);
    }
  }
  title(sheet, request, row);
  sheet.getCell(3, 2).value = unit === '…' ? '' : unit;
  sheet.getCell(YEAR).value = year;
  for (const at of [3, 4]) typed(sheet.getCell(at, 2));
  const kinds = kindsOf(catalogue);
  if (kinds.length > 0) {
    const [label, kind] = [sheet.getCell(2, 1), sheet.getCell(KIND)];
    label.value = head('kind');
    label.font = { ...FONT, bold: true };
    typed(kind);
    kind.font = FONT;
    kind.value = request.last?.kind ?? null;
    // Another kind than those of the scheme may be typed.
    kind.dataValidation = { ...lists.choice(kinds, words.kindPrompt), showErrorMessage: false };
  }
  breakPages(sheet, HEAD, (r) => fieldRows.has(r));
  await sheet.protect('', { selectLockedCells: true, formatColumns: true, formatRows: true });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function typed(cell: Cell): void {
  cell.protection = { locked: false };
  cell.fill = TO_TYPE;
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
  const head = headings(messages);
  sheet.getCell(1, 1).value = words.title(indexName(catalogue, messages));
  sheet.getCell(1, 1).font = { ...FONT, bold: true, size: 14 };
  // Beside a cell that is never blank: what is next to a blank one would be read as its value.
  const hint = kindsOf(catalogue).length > 0 ? sheet.getCell(5, 4) : sheet.getCell(2, 1);
  hint.value = words.hint;
  hint.font = { ...FONT, italic: true, color: { argb: 'FF555555' } };
  const about = [
    [3, head('unit'), null],
    [4, head('year'), null],
    [5, head('catalogue'), named],
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
    [3, addsUp(catalogue) ? words.points : words.pointsAlone, `SUM(${range('points')})`, POINTS_FORMAT],
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
  cell.fill = HEAD_FILL;
  cell.border = BORDER;
}

/** A criterion's row, and one for each of its values where it has several; the last of them. */
function criterionRows(
  sheet: Worksheet,
  first: number,
  criterion: Criterion,
  request: FormRequest,
  lists: Lists,
): number {
  const { catalogue, messages } = request;
  const { decimals } = catalogue;
  const words = messages.labels.form;
  const { inputs } = criterion.compiled;
  const at = tableRow(sheet, first, {
    id: criterion.id,
    name: messages.numbers.pick(criterion.name),
    max: pointsToNumber(criterion.max, decimals),
    owner: criterion.owners.map((o) => ownerText(catalogue, o, messages)).join(', '),
    rule: ruleText(criterion, decimals, messages),
    asked: criterion.evidence ? messages.numbers.pick(criterion.evidence) : '',
    last: inputs.length > 1 ? '' : lastText(criterion, request),
  });
  at('max').numFmt = POINTS_FORMAT;
  const parts = severalOf(criterion);
  const open = inputs.length === 1 ? TYPED : TYPED.filter((key) => !OF_VALUES.includes(key));
  for (const key of open) typed(at(key));
  at('not_applicable').dataValidation = lists.choice([words.yes], words.naPrompt);
  const values = inputs.map((input, i) => {
    if (inputs.length === 1) return valueCells(at, input, criterion, request, lists);
    const part = tableRow(sheet, first + 1 + i, {
      id: parts[i]!.id,
      name: messages.numbers.pick(parts[i]!.name),
      last: lastText(criterion, request, i),
    });
    for (const key of OF_VALUES) typed(part(key));
    return valueCells(part, input, criterion, request, lists);
  });
  const a = (key: ColumnKey) => at(key).address;
  const none = allNoneFormula(criterion, values);
  const out = none ? `OR(${a('not_applicable')}<>"",${none})` : `${a('not_applicable')}<>""`;
  const byRule =
    inputs.length === 0
      ? '""'
      : `IF(OR(${values.map((v) => `${v.address}=""`).join(',')}),"",${ruleFormula(criterion, values, decimals)})`;
  const { units } = criterion;
  const others =
    units && `AND(${KIND}<>"",${units.kinds.map((kind) => `${KIND}<>${quoted(kind)}`).join(',')})`;
  const elsewhere = units?.otherwise === 'not_applicable' ? '""' : a('max');
  const byKind = (formula: string) => (others ? `IF(${others},${elsewhere},${formula})` : formula);
  at('points').value = {
    formula: byKind(
      `IF(${out},"",IF(${a('exempt')}<>"",${a('max')},IF(${a('deducted')}<>"",${a('max')}-${a('deducted')},${byRule})))`,
    ),
  };
  at('points').numFmt = POINTS_FORMAT;
  at('state').value = {
    formula: `IF(OR(${out},${others ? `${others},` : ''}${a('points')}<>""),"","${words.toFill}")`,
  };
  at('state').font = { ...FONT, color: { argb: 'FFC00000' } };
  return first + (inputs.length > 1 ? inputs.length : 0);
}

/** A row of the table with what the form tells in it, as high as that needs. */
function tableRow(
  sheet: Worksheet,
  row: number,
  told: Partial<Record<ColumnKey, string | number>>,
): (key: ColumnKey) => Cell {
  let lines = 1;
  COLUMNS.forEach(([key, width], i) => {
    const cell = sheet.getCell(row, i + 1);
    cell.border = BORDER;
    cell.font = FONT;
    cell.alignment = { wrapText: true, vertical: 'top' };
    const value = told[key];
    if (value === undefined) return;
    cell.value = value;
    if (typeof value === 'string') lines = Math.max(lines, linesOf(value, width));
  });
  sheet.getRow(row).height = heightOf(lines);
  sheet.getCell(row, column('id')).numFmt = '@';
  return (key) => sheet.getCell(row, column(key));
}

/** The cells that one value is typed into; what is worked out of them is what the rule goes by. */
function valueCells(
  at: (key: ColumnKey) => Cell,
  input: Input,
  criterion: Criterion,
  request: FormRequest,
  lists: Lists,
): InputCell {
  fillable(at('value'), input, criterion, request, lists);
  const [value, done, total] = OF_VALUES.map((key) => at(key).address);
  const cell = { address: at('rate').address, level: (level: Level) => level.level.vi };
  const percent = input.form === 'line' && input.quantity === 'percent';
  if (!percent) for (const key of ['done', 'total'] as const) closed(at(key));
  if (input.form === 'table') {
    at('rate').value = { formula: `IF(${value}<>"",${value},"")` };
  } else if (input.due) {
    at('rate').value = { formula: `IFERROR(${dateFormula(value!)}-${dueFormula(input.due, YEAR)},"")` };
    at('rate').numFmt = request.messages.labels.form.daysFormat;
  } else {
    const counted = `IF(N(${total})>0,${done}/${total},"")`;
    const nothing = `AND(ISNUMBER(${done}),ISNUMBER(${total}),${done}=0,${total}=0)`;
    const ratio = input.whenNone === null ? counted : `IF(${nothing},"${NONE_CELL}",${counted})`;
    at('rate').value = { formula: `IF(ISNUMBER(${value}),${value},${percent ? ratio : '""'})` };
    if (percent) at('rate').numFmt = PERCENT_FORMAT;
  }
  return cell;
}

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
  if (input.due) cell.numFmt = DATE_FORMAT;
  else if (percent) cell.numFmt = PERCENT_FORMAT;
  const prompt = input.due ? words.datePrompt : percent ? words.percentPrompt : words.numberPrompt;
  const date = { type: 'custom' as const, formulae: [`ISNUMBER(${dateFormula(cell.address)})`] };
  cell.dataValidation = {
    ...(input.due ? date : possible(input)),
    ...told(prompt),
    errorTitle: criterion.id,
    promptTitle: criterion.id,
  };
}

/** A blank cell is allowed; what is asked is told before and after a wrong value. */
const told = (prompt: string) => ({
  allowBlank: true,
  showErrorMessage: true,
  error: prompt,
  showInputMessage: true,
  prompt,
});

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
    return { type: 'list', formulae: [this.formula(options)], ...told(prompt) };
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
