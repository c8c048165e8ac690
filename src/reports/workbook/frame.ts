import type { Cell, CellValue, DataValidation, Style, Workbook, Worksheet } from 'exceljs';
import { toNumber } from '../../exact/fraction.js';
import type { Input, Level } from '../../rules/rule.js';
import type { Words } from '../../text/messages.js';
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

/** The row of headings; data start below it. */
export const HEAD = 4;
/** Points, scores and indices: two places always, two more where they are needed, their separators in one line. */
export const POINTS_FORMAT = '0.00??';
export const DATE_FORMAT = 'dd/mm/yyyy';
export const PERCENT_FORMAT = '0.00##%';
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
/** The ground of headings. */
export const HEAD_FILL = solid('FFE3ECF5');
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
export const landscape = (head: number) =>
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

/** Refuses what an indicator cannot be. */
export const possible = (input: Extract<Input, { form: 'line' }>): DataValidation => ({
  type: input.quantity === 'count' ? 'whole' : 'decimal',
  operator: 'between',
  allowBlank: true,
  formulae: limitsOf(input),
  showErrorMessage: true,
});

/** A column of a sheet of rows. */
export interface Column<Row = never> {
  head: string;
  width: number;
  format?: string;
  /** What a row has in it, which stands in row `at` of the sheet. */
  of(row: Row, at: number): CellValue;
}

/** A column of points, or of what stands for them. */
export const pointsColumn = <Row>(head: string, width: number, of: Column<Row>['of']): Column<Row> => ({
  head,
  width,
  format: POINTS_FORMAT,
  of,
});

export function addSheet(
  workbook: Workbook,
  name: string,
  title: string,
  heads: readonly string[],
  widths: readonly number[],
): Worksheet {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: HEAD, xSplit: 1 }],
    pageSetup: landscape(HEAD),
    headerFooter: { oddFooter: '&R&P/&N' },
  });
  sheet.getCell(1, 1).value = title;
  sheet.getCell(1, 1).font = { ...BOLD, size: 14 };
  widths.forEach((width, i) => {
    sheet.getColumn(i + 1).width = width;
    const head = heads[i];
    if (!head) return;
    const cell = sheet.getCell(HEAD, i + 1);
    cell.value = head;
    cell.font = BOLD;
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.fill = HEAD_FILL;
  });
  return sheet;
}

/** A sheet of rows under heads. */
export function tableSheet<Row>(
  workbook: Workbook,
  name: string,
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Worksheet {
  const heads = columns.map((c) => c.head);
  const widths = columns.map((c) => c.width);
  const sheet = addSheet(workbook, name, title, heads, widths);
  // One style a column: the writer looks each style object up once.
  const styles = columns.map(({ format }): Partial<Style> => {
    if (format === undefined) return { alignment: { vertical: 'top', wrapText: true } };
    return { numFmt: format, alignment: { vertical: 'top', horizontal: format === '@' ? 'left' : 'right' } };
  });
  rows.forEach((row, i) => {
    const at = sheet.getRow(HEAD + 1 + i);
    at.values = columns.map(({ of }) => of(row, HEAD + 1 + i));
    styles.forEach((style, k) => {
      at.getCell(k + 1).style = style;
    });
  });
  return sheet;
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

/** Height of a row of so many lines. */
export const heightOf = (lines: number) => lines * LINE + 4;

/** Gives a finished sheet lines around the cells of its tables, and rows as high as their texts. */
export function finish(sheet: Worksheet): void {
  const tables = tablesOf(sheet);
  sheet.eachRow((row, r) => {
    let lines = 1;
    row.eachCell((cell, c) => {
      if (r < HEAD || cell.isMerged || sheet.getColumn(c).hidden) return;
      const value = shownIn(cell);
      if (r > HEAD) {
        const wrapText = typeof value === 'string' && value.length > 1;
        cell.alignment = { vertical: 'top', ...(wrapText ? { wrapText } : {}), ...cell.alignment };
      }
      const { width } = sheet.getColumn(c);
      if (typeof value === 'string' && width !== undefined)
        lines = Math.max(lines, linesOf(value, r === HEAD ? width - 1 : width));
    });
    if (r < HEAD) return;
    for (const columns of tables) {
      const cells = columns.map((c) => row.getCell(c));
      if (cells.some((c) => !c.isMerged && (shownIn(c) !== null || c.fill)))
        for (const cell of cells) cell.border = BORDER;
    }
    if (row.height === undefined) row.height = heightOf(lines);
  });
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

const shownIn = (cell: Cell) => (cell.formula ? cell.result : cell.value);

/** The columns of each table of a sheet: those whose headings stand together. */
function tablesOf(sheet: Worksheet): number[][] {
  const tables: number[][] = [];
  for (let column = 1; column <= sheet.columnCount; column++) {
    const head = sheet.getCell(HEAD, column).value;
    if (head === null || head === '' || sheet.getColumn(column).hidden) continue;
    if (tables.at(-1)?.at(-1) === column - 1) tables.at(-1)!.push(column);
    else tables.push([column]);
  }
  return tables;
}

/** Finishes a sheet and locks what is not to be typed into. */
export async function lock(sheet: Worksheet): Promise<void> {
  finish(sheet);
  await sheet.protect('', { formatColumns: true, formatRows: true });
}

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
export class Lists {
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
