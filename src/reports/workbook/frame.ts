import type {
  Cell,
  CellFormulaValue,
  CellValue,
  DataValidation,
  Row,
  Style,
  Workbook,
  Worksheet,
} from 'exceljs';
import { isForKind } from '../../catalogue/select.js';
import type { Input, Level } from '../../rules/rule.js';
import type { CriterionResult } from '../../scoring/result.js';
import type { Words } from '../../text/index.js';
import { toNumber } from '../../values/fraction.js';
import type { ReportModel } from '../model.js';

/** Where the rows of a workbook stand, for the sheets that refer to them. */
export interface Layout {
  model: ReportModel;
  words: Words;
  /** Names of the sheets that others refer to, quoted. */
  inputs: string;
  score: string;
  fields: string;
  /** Row of each criterion on the score sheet, and of its first indicator on the input sheet. */
  scoreRow: ReadonlyMap<string, number>;
  inputRow: ReadonlyMap<string, number>;
  totalRow: number;
  level(level: Level): string;
}

/** Whether a criterion does not apply to a unit of the reading's kind. */
export const isOfOthers = ({ criterion, status }: CriterionResult, { model }: Layout): boolean =>
  status === 'not_applicable' && !isForKind(criterion, model.position.reading.kind);

/** The row of headings; data start below it. */
export const HEAD = 4;
/** Points, scores and indices: two places always, two more where they are needed, their separators in one line. */
export const POINTS_FORMAT = '0.00??';
const DATE_FORMAT = 'dd/mm/yyyy';
const PERCENT_FORMAT = '0.00##%';
/** Ranks on average. */
export const MEAN_FORMAT = '0.00';
export const FONT = { name: 'Times New Roman', size: 11 } as const;
export const BOLD = { ...FONT, bold: true };
/** Points of height that a line of text takes, and characters of it in a unit of a column's width. */
const LINE = 15;
const CHARACTERS = 1.06;
const thin = { style: 'thin', color: { argb: 'FFB0B7C0' } } as const;
export const BORDER = { top: thin, left: thin, bottom: thin, right: thin };
export const solid = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const;
/** The ground of headings, and of cells to type into. */
export const HEAD_FILL = solid('FFE3ECF5');
export const OPEN: Partial<Style> = { fill: solid('FFFFF8DC'), protection: { locked: false } };
const HEAD_STYLE: Partial<Style> = {
  font: BOLD,
  alignment: { wrapText: true, vertical: 'middle', horizontal: 'center' },
  fill: HEAD_FILL,
  border: BORDER,
};
const CALIBRI =
  /<font><color theme="1"\/><family val="2"\/><scheme val="minor"\/><sz val="11"\/><name val="Calibri"\/><\/font>/;

/**
 * A workbook as a file. What its columns are counted in is a digit of its first font, which the library fixes: where a
 * machine lacks that one, columns grow and a page shrinks to half its letters.
 */
export async function bytesOf(workbook: Workbook): Promise<Uint8Array> {
  const { default: JSZip } = await import('jszip');
  const zip = await JSZip.loadAsync(await workbook.xlsx.writeBuffer());
  const styles = await zip.file('xl/styles.xml')!.async('string');
  const font = `<font><sz val="${FONT.size}"/><name val="${FONT.name}"/></font>`;
  zip.file('xl/styles.xml', styles.replace(CALIBRI, font));
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

/** A4 on its side, as wide as the page, the row of headings on every page. */
const landscape = (head: number) =>
  ({
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${head}:${head}`,
  }) as const;

/** The least and the greatest number that an indicator can be, as its cell holds it. */
export function limitsOf(input: Extract<Input, { form: 'line' }>): [number, number] {
  const { lo, hi } = input.range;
  const share = input.quantity === 'percent' ? 100 : 1;
  return [lo ? toNumber(lo) / share : -1e9, hi ? toNumber(hi) / share : 1e9];
}

/** How a value is written in its cell. */
export function formatOf(input: Input | null): string | undefined {
  if (input?.form !== 'line') return undefined;
  if (input.due) return DATE_FORMAT;
  return input.quantity === 'percent' ? PERCENT_FORMAT : undefined;
}

/** Refuses what an indicator cannot be. */
export const possible = (input: Extract<Input, { form: 'line' }>): DataValidation => ({
  type: input.quantity === 'count' ? 'whole' : 'decimal',
  operator: 'between',
  allowBlank: true,
  formulae: limitsOf(input),
  showErrorMessage: true,
});

/** A column of a table. */
export interface SheetColumn<T = never> {
  head: string;
  width: number;
  /** Of its numbers, or of those of a row; '@' is text, whatever it looks like. */
  format?: string | ((row: T) => string | undefined);
  /** What a row has in it, which stands in row `at` of the sheet. */
  of?(row: T, at: number): CellValue;
  /** What may be typed into it, where anything may. */
  open?(row: T, at: number): DataValidation | 'anything' | null;
}

/** A column of points, or of what stands for them. */
export const pointsColumn = <T>(head: string, width: number, of: SheetColumn<T>['of']): SheetColumn<T> => ({
  head,
  width,
  format: POINTS_FORMAT,
  of,
});

/** A sheet with a title, whose row of heads and first columns stay in sight. */
export function addSheet(
  workbook: Workbook,
  name: string,
  title: string,
  frozen = 1,
  head = HEAD,
): Worksheet {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: head, xSplit: frozen }],
    pageSetup: landscape(head),
    headerFooter: { oddFooter: '&R&P/&N' },
  });
  sheet.getCell(1, 1).value = title;
  sheet.getCell(1, 1).font = { ...BOLD, size: 14 };
  return sheet;
}

/** A sheet of rows under heads. */
export function tableSheet<T>(
  workbook: Workbook,
  name: string,
  title: string,
  columns: readonly SheetColumn<T>[],
  rows: readonly T[],
  frozen = 1,
): Worksheet {
  const sheet = addSheet(workbook, name, title, frozen);
  writeTable(sheet, columns, rows);
  return sheet;
}

/**
 * A table from one of a sheet's columns on, its heads in the row `top`. Each row is as high as its texts need; one that is
 * null is left blank.
 */
export function writeTable<T>(
  sheet: Worksheet,
  columns: readonly SheetColumn<T>[],
  rows: readonly (T | null)[],
  left = 1,
  top = HEAD,
): void {
  columns.forEach(({ head, width }, k) => {
    sheet.getColumn(left + k).width = width;
    const cell = sheet.getCell(top, left + k);
    cell.value = head;
    cell.style = HEAD_STYLE;
  });
  raise(sheet, top, Math.max(...columns.map(({ head, width }) => linesOf(head, width - 1))));
  // One style a format: the writer looks each style object up once.
  const styles = new Map<string, Partial<Style>>();
  const styleOf = (format = ''): Partial<Style> => {
    const alignment: Style['alignment'] = { vertical: 'top', wrapText: true };
    if (format !== '') alignment.horizontal = format === '@' ? 'left' : 'right';
    if (!styles.has(format)) styles.set(format, { border: BORDER, numFmt: format, alignment });
    return styles.get(format)!;
  };
  rows.forEach((row, i) => {
    if (row === null) return;
    const at = top + 1 + i;
    let lines = 1;
    columns.forEach(({ of, open, width, format }, k) => {
      const cell = sheet.getCell(at, left + k);
      cell.value = of?.(row, at) ?? null;
      cell.style = styleOf(typeof format === 'function' ? format(row) : format);
      const typed = open?.(row, at) ?? null;
      if (typed !== null) restyle(cell, OPEN);
      if (typed !== null && typed !== 'anything') cell.dataValidation = typed;
      const shown = cell.formula ? cell.result : cell.value;
      if (typeof shown === 'string') lines = Math.max(lines, linesOf(shown, width));
    });
    raise(sheet, at, lines);
  });
}

/** Changes the look of one cell, which may share its style with others. */
export function restyle(cell: Cell, style: Partial<Style>): void {
  cell.style = { ...cell.style, ...style };
}

export const embolden = (row: Row): void => row.eachCell((cell) => restyle(cell, { font: BOLD }));

/** Makes a row high enough for so many lines. */
export function raise(sheet: Worksheet, row: number, lines: number): void {
  const at = sheet.getRow(row);
  const height = lines * LINE + 4;
  // A row that says no height has none to hold this one against.
  if (!(at.height >= height)) at.height = height;
}

/** How many lines a text takes in a column of a width, words kept whole. */
export const linesOf = (text: string, width: number): number =>
  text.split('\n').reduce((sum, line) => sum + wrapped(line, width), 0);

function wrapped(text: string, width: number): number {
  const room = Math.max(1, Math.floor(width * CHARACTERS) - 1);
  let lines = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    const needs = word.length + (used > 0 ? 1 : 0);
    if (used + needs > room) {
      lines += used > 0 ? Math.ceil(word.length / room) : Math.ceil(word.length / room) - 1;
      used = word.length % room;
    } else used += needs;
  }
  return lines;
}

/** A4 across in points, and how much of a page is surely there. */
const PAGE = { width: 842, height: 595, sure: 0.97 };
const INCH = 72;
/** Points of width of a character of a column, and of the height of a row that says none. */
const CHARACTER = 5.6;
const ROW = 15;

/**
 * Breaks a sheet that is as wide as its page into pages, none of which ends with a row that heads those below it. The
 * rows down to `head` are repeated, those after `head` stand by their own heights.
 */
export function breakPages(sheet: Worksheet, head: number, heading: ReadonlySet<number>): void {
  const { left, right, top, bottom } = sheet.pageSetup.margins!;
  const columns = Array.from({ length: sheet.columnCount }, (_, i) => sheet.getColumn(i + 1));
  const width = columns.reduce((sum, c) => sum + c.width!, 0) * CHARACTER;
  const scale = Math.min(1, (PAGE.width - (left + right) * INCH) / width);
  const room = ((PAGE.height - (top + bottom) * INCH) / scale) * PAGE.sure;
  const height = (row: number) => sheet.getRow(row).height ?? ROW;
  const withBelow = (row: number): number =>
    height(row) + (heading.has(row) && row < sheet.rowCount ? withBelow(row + 1) : 0);
  let used = 0;
  for (let row = 1; row <= sheet.rowCount; row++) {
    const follows = heading.has(row - 1);
    if (row > head && !follows && used + withBelow(row) > room) {
      sheet.getRow(row - 1).addPageBreak();
      used = height(head);
    }
    used += height(row);
  }
}

/** Locks what is not to be typed into. */
export const lock = (sheet: Worksheet): Promise<void> =>
  sheet.protect('', { formatColumns: true, formatRows: true });

/** Puts columns out of sight, from one on. */
export function hide(sheet: Worksheet, from: number): void {
  for (let column = from; column <= sheet.columnCount; column++) sheet.getColumn(column).hidden = true;
}

/** A formula, with what it comes to as it stands. */
export const worked = (formula: string, result?: CellFormulaValue['result']): CellFormulaValue =>
  result === undefined ? { formula } : { formula, result };

/** A text that a spreadsheet must not take for a formula. */
export const plain = (text: string) => (/^[=+@\t\r-]/.test(text) ? `'${text}` : text);

/** Data bars under numbers, red for what is lost. */
export function dataBars(sheet: Worksheet, ref: string, argb: string): void {
  const rule = {
    type: 'dataBar',
    priority: 1,
    cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
    color: { argb },
    gradient: false,
  };
  sheet.addConditionalFormatting({ ref, rules: [rule as never] });
}

/** A blank cell is allowed; what is asked is told before and after a wrong value. */
export const told = (prompt: string) => ({
  allowBlank: true,
  showErrorMessage: true,
  error: prompt,
  showInputMessage: true,
  prompt,
});

/** Excel holds a list typed into a drop-down to 255 characters, and splits it at commas. */
const LIST_LIMIT = 250;

/** Drop-downs; lists that Excel cannot hold in the cell stand on a hidden sheet. */
export class DropDowns {
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
