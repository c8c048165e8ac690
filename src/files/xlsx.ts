import { type Diagnostic, error, failure, note, type Place, type Result } from '../values/diagnostic.js';
import {
  builtInKind,
  type CellRange,
  cellName,
  dayText,
  emptySheet,
  fifteenDigits,
  fixedDecimals,
  kindOfFormat,
  type NumberKind,
  percentText,
  type Sheet,
  type SheetCell,
  type SheetRow,
} from './cells.js';
import { heapedMarks, recognise } from './decode.js';
import { LIMITS } from './limits.js';
import { readXml, StringText, unescaped, XmlFault } from './xml.js';
import { foreignKind, partName, Zip } from './zip.js';

/** What stops a workbook from being read, with its words. */
class WorkbookRefusal extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.code);
  }
}

/** Reads every worksheet of a workbook by any producer: the cells that are not blank, each with its address. */
export function readXlsx(file: string, bytes: Uint8Array): Result<Sheet[]> {
  try {
    return withModernLetters(file, new Workbook(file, bytes).sheets());
  } catch (fault) {
    if (fault instanceof WorkbookRefusal) return failure({ ...fault.diagnostic, place: { file } });
    throw fault;
  }
}

/** The sheets with text in old Vietnamese fonts turned into what it means; what is garbled beyond that is refused. */
function withModernLetters(file: string, sheets: Sheet[]): Result<Sheet[]> {
  const rows = sheets.flatMap((sheet) => sheet.rows);
  const cellWhere = (is: (text: string) => boolean): SheetCell | undefined => {
    for (const { cells } of rows) {
      const cell = cells.find(({ value }) => typeof value === 'string' && is(value));
      if (cell) return cell;
    }
    return undefined;
  };
  const texts = function* () {
    for (const { cells } of rows) for (const { value } of cells) if (typeof value === 'string') yield value;
  };
  const garbled = (place: Place) => failure({ ...error('garbled-text', {}), place });
  const heaped = cellWhere((text) => heapedMarks(text) !== null);
  if (heaped) return garbled(heaped.place);
  const seen = recognise(texts());
  if (!seen) return { ok: true, value: sheets, diagnostics: [] };
  const place = cellWhere(seen.isWrong)?.place ?? { file };
  if (seen.encoding === null) return garbled(place);
  for (const { cells } of rows)
    cells.forEach((cell, i) => {
      if (typeof cell.value !== 'string') return;
      const text = seen.modern(cell.value).trim();
      const { column, unread, place } = cell;
      if (text !== cell.value) cells[i] = { column, unread, place, value: text, text };
    });
  const said = { ...note('decoded-as', { file, encoding: seen.encoding }), place };
  return { ok: true, value: sheets, diagnostics: [said] };
}

/** A cell's style: what its format makes of a number, and the decimals of a plain one. */
interface Style {
  kind: NumberKind;
  decimals: number | null;
}

/** Formats that every workbook has of a fixed number of decimals. */
const BUILT_IN_CODES: Record<number, string> = { 1: '0', 2: '0.00' };

class Workbook {
  private readonly zip: Zip;
  private strings: string[] = [];
  private styles: Style[] = [];
  private from1904 = false;
  private cells = 0;

  constructor(
    private readonly file: string,
    bytes: Uint8Array,
  ) {
    const zip = Zip.open(bytes, LIMITS.inflated);
    const foreign = foreignKind(bytes, zip);
    if (!zip || foreign)
      throw new WorkbookRefusal(error('not-a-workbook', { file, kind: foreign ?? 'unknown' }));
    this.zip = zip;
  }

  sheets(): Sheet[] {
    const main = this.mainPart();
    const related = this.relations(main);
    const listed = this.listed(main);
    const parts = new Map([...related.values()].map(({ type, target }) => [type, target]));
    const strings = parts.get('sharedStrings');
    if (strings !== undefined && this.zip.has(strings)) this.strings = this.sharedStrings(strings);
    const styles = parts.get('styles');
    if (styles !== undefined && this.zip.has(styles)) this.styles = this.cellStyles(styles);
    const sheets: Sheet[] = [];
    for (const { name, hidden, relation } of listed) {
      const part = related.get(relation);
      if (!part) throw this.damaged(`worksheet ${name}`);
      // A chart on a sheet of its own has no cells.
      if (part.type === 'worksheet') sheets.push(this.worksheet(part.target, name, hidden));
    }
    if (sheets.length === 0) throw this.damaged('worksheet');
    return sheets;
  }

  damaged(part: string): WorkbookRefusal {
    return new WorkbookRefusal(error('damaged-workbook', { file: this.file, part }));
  }

  /** Hears a part of the workbook. */
  private hear(part: string, listener: Parameters<typeof readXml>[1]): void {
    const content = this.zip.read(part);
    if (!content.ok) {
      if (content.fault === 'too-large')
        throw new WorkbookRefusal(error('inflates-too-far', { file: this.file, limit: LIMITS.inflated }));
      if (content.fault === 'encrypted')
        throw new WorkbookRefusal(error('not-a-workbook', { file: this.file, kind: 'password' }));
      throw this.damaged(part);
    }
    try {
      readXml(content.bytes, listener);
    } catch (fault) {
      if (fault instanceof XmlFault) throw this.damaged(`${part}: ${fault.message}`);
      throw fault;
    }
  }

  private mainPart(): string {
    const target = [...this.relations('').values()].find(({ type }) => type === 'officeDocument')?.target;
    const main = target ?? 'xl/workbook.xml';
    if (!this.zip.has(main)) throw this.damaged(main);
    return main;
  }

  /** What a part points at, by relation id: the last word of its type, and the part's name. */
  private relations(part: string): Map<string, { type: string; target: string }> {
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    const rels = `${folder}_rels/${part.slice(slash)}.rels`;
    const relations = new Map<string, { type: string; target: string }>();
    if (!this.zip.has(rels)) return relations;
    this.hear(rels, {
      open: (name, attribute) => {
        if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
        const [id, type, target] = [attribute('Id'), attribute('Type'), attribute('Target')];
        if (id === undefined || type === undefined || target === undefined) return;
        relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: resolved(folder, target) });
      },
    });
    return relations;
  }

  private listed(main: string): { name: string; hidden: boolean; relation: string }[] {
    const sheets: ReturnType<Workbook['listed']> = [];
    this.hear(main, {
      open: (name, attribute) => {
        if (name === 'workbookPr') this.from1904 = isTrue(attribute('date1904'));
        if (name !== 'sheet') return;
        const state = attribute('state');
        sheets.push({
          name: attribute('name') ?? '',
          hidden: state === 'hidden' || state === 'veryHidden',
          relation: attribute('id') ?? '',
        });
      },
    });
    return sheets;
  }

  private sharedStrings(part: string): string[] {
    const strings: string[] = [];
    const text = new StringText();
    this.hear(part, {
      open: (name, attribute) => {
        if (name === 'si') text.start();
        else text.open(name, attribute);
      },
      close: (name) => {
        if (name === 'si') strings.push(text.take());
        else text.close(name);
      },
      text: (piece) => text.add(piece),
    });
    return strings;
  }

  private cellStyles(part: string): Style[] {
    const codes = new Map<number, string>();
    const formats: number[] = [];
    let inCells = false;
    this.hear(part, {
      open: (name, attribute) => {
        if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) formats.push(Number(attribute('numFmtId') ?? 0));
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    });
    return formats.map((id) => {
      const code = codes.get(id) ?? BUILT_IN_CODES[id];
      if (code === undefined) return { kind: builtInKind(id), decimals: null };
      return { kind: kindOfFormat(code), decimals: fixedDecimals(code) };
    });
  }

  private worksheet(part: string, name: string, hidden: boolean): Sheet {
    const sheet = { ...emptySheet(this.file), name, hidden };
    this.hear(part, new WorksheetListener(this, sheet));
    return sheet;
  }

  /** The cell of a worksheet; null when it is blank. */
  cell(sheet: Sheet, row: number, raw: RawCell): SheetCell | null {
    if (!raw.valued && !raw.formula) return null;
    const read = this.value(raw);
    if (read === null) return null;
    if (++this.cells > LIMITS.cells)
      throw new WorkbookRefusal(error('too-many-cells', { file: this.file, limit: LIMITS.cells }));
    const { value, text = String(value), unread } = read;
    return new WorksheetCell(sheet, row, raw.column, value, text, unread);
  }

  private value(raw: RawCell): { value: string | number; text?: string; unread?: Diagnostic } | null {
    // A formula whose text is empty has the type `str`; with an empty value of any other type it was never worked out.
    const worked = raw.valued && (raw.content !== '' || raw.type === 'str');
    if (raw.formula && !worked) return { value: '', unread: error('formula-not-calculated', {}) };
    const said = (text: string) => {
      // A letter that was encoded twice may end in what looks like a blank; an apostrophe keeps digits as text.
      const plain = text.endsWith('Ã\u00a0') ? text.trimStart() : text.trim();
      const clean = plain.replace(/^'(?=\d)/, '').normalize('NFC');
      return clean === '' ? null : { value: clean };
    };
    switch (raw.type) {
      case 's': {
        const text = this.strings[Number(raw.content)];
        if (text === undefined || raw.content.trim() === '') throw this.damaged('shared strings');
        return said(text);
      }
      case 'str':
      case 'inlineStr':
        return said(unescaped(raw.content));
      case 'b':
        return { value: isTrue(raw.content.trim()) ? 'Có' : 'Không' };
      case 'e':
        return { value: raw.content, unread: error('cell-error', { value: raw.content }) };
      case 'd': {
        const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(raw.content);
        return said(day ? `${day[3]}/${day[2]}/${day[1]}` : raw.content);
      }
      default:
        return raw.content.trim() === '' ? null : this.number(raw);
    }
  }

  private number({ content, style }: RawCell): { value: string | number; text?: string } {
    const exact = DECIMAL.test(content.trim()) ? Number(content) : Number.NaN;
    if (!Number.isFinite(exact)) throw this.damaged(`number ${content.slice(0, 40)}`);
    const value = fifteenDigits(exact);
    const { kind, decimals } = this.styles[style] ?? { kind: 'number', decimals: null };
    if (kind === 'percent') return { value: percentText(exact) };
    if (kind === 'date') {
      const day = dayText(value, this.from1904);
      if (day !== null) return { value: day };
    }
    return decimals === null ? { value } : { value, text: value.toFixed(decimals) };
  }
}

/** A number as workbooks write it: not the `0x10` that JavaScript would take. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A cell as the worksheet's XML gives it. */
interface RawCell {
  column: number;
  type: string;
  style: number;
  formula: boolean;
  /** Whether a `v` or `is` stands in it. */
  valued: boolean;
  content: string;
}

/** Hears a worksheet: its rows, cells and merged ranges. Drop-downs say nothing of content. */
class WorksheetListener {
  private row: SheetRow = { number: 0, cells: [] };
  private column = 0;
  private raw: RawCell | null = null;
  private readonly inline = new StringText();
  private inValue = false;
  private inInline = false;
  private inData = false;
  private disordered = false;
  private rowUnseen = false;
  /** How many more ranges of columns that are not shown begin at a column than end before it. */
  private readonly unseenEnds = new Int32Array(LIMITS.sheetColumns + 2);

  constructor(
    private readonly workbook: Workbook,
    private readonly sheet: Sheet,
  ) {}

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (!this.inData) {
      if (name === 'sheetData') this.startData();
      else if (name === 'col' && (isTrue(attribute('hidden')) || Number(attribute('width')) === 0))
        this.hideColumns(Number(attribute('min')), Number(attribute('max')));
      else if (name === 'mergeCell') this.merge(attribute('ref') ?? '');
      return;
    }
    if (name === 'row') {
      this.startRow(attribute('r'));
      this.rowUnseen = isTrue(attribute('hidden')) || Number(attribute('ht')) === 0;
    } else if (name === 'c') this.startCell(attribute);
    else if (this.raw) {
      if (name === 'v') {
        this.inValue = true;
        this.raw.valued = true;
      } else if (name === 'f') this.raw.formula = true;
      else if (name === 'is') {
        this.raw.valued = true;
        this.inInline = true;
        this.inline.start();
      } else if (this.inInline) this.inline.open(name, attribute);
    }
  }

  close(name: string): void {
    if (name === 'sheetData') {
      this.inData = false;
      this.inOrder();
    }
    if (!this.inData) return;
    if (name === 'v') this.inValue = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
    else if (name === 'is' && this.raw) {
      this.inInline = false;
      this.raw.content = this.inline.take();
    } else if (this.inInline) this.inline.close(name);
  }

  text(piece: string): void {
    if (this.inValue && this.raw) this.raw.content += piece;
    else if (this.inInline) this.inline.add(piece);
  }

  private hideColumns(from: number, to: number): void {
    if (!(from >= 1 && from <= to && from <= LIMITS.sheetColumns)) return;
    this.unseenEnds[from]! += 1;
    this.unseenEnds[Math.min(to, LIMITS.sheetColumns) + 1]! -= 1;
  }

  private startData(): void {
    this.inData = true;
    let open = 0;
    this.unseenEnds.forEach((change, column) => {
      open += change;
      if (open > 0) this.sheet.unseen.columns.add(column);
    });
  }

  private startRow(given: string | undefined): void {
    const number = given === undefined ? this.row.number + 1 : Number(given);
    this.row = { number, cells: [] };
    this.column = 0;
    if (!(Number.isInteger(number) && number >= 1 && number <= LIMITS.sheetRows))
      throw this.workbook.damaged(`row ${given}`.slice(0, 60));
  }

  private startCell(attribute: (name: string) => string | undefined): void {
    const ref = attribute('r');
    const column = ref === undefined ? this.column + 1 : columnOf(ref);
    if (column === null || column > LIMITS.sheetColumns)
      throw this.workbook.damaged(`cell ${ref}`.slice(0, 60));
    this.column = column;
    this.raw = {
      column,
      type: attribute('t') ?? 'n',
      style: Number(attribute('s') ?? 0),
      formula: false,
      valued: false,
      content: '',
    };
  }

  private endCell(): void {
    if (!this.raw) return;
    const cell = this.workbook.cell(this.sheet, this.row.number, this.raw);
    if (cell) this.row.cells.push(cell);
    this.raw = null;
  }

  private endRow(): void {
    if (this.row.cells.length === 0) return;
    const { number, cells } = this.row;
    if (cells.some((cell, i) => i > 0 && cells[i - 1]!.column >= cell.column))
      cells.sort((a, b) => a.column - b.column);
    const twice = cells.find((cell, i) => i > 0 && cells[i - 1]!.column === cell.column);
    if (twice) throw this.workbook.damaged(`cell ${cellName(number, twice.column)} ×2`);
    const { rows } = this.sheet;
    if (rows.length > 0 && rows.at(-1)!.number >= number) this.disordered = true;
    rows.push(this.row);
    if (this.rowUnseen) this.sheet.unseen.rows.add(number);
  }

  /** Rows by their numbers; two of one number would each hide the other. */
  private inOrder(): void {
    const { rows } = this.sheet;
    if (!this.disordered) return;
    rows.sort((a, b) => a.number - b.number);
    const twice = rows.find((row, i) => i > 0 && rows[i - 1]!.number === row.number);
    if (twice) throw this.workbook.damaged(`row ${twice.number} ×2`);
  }

  private merge(ref: string): void {
    const range = rangeOf(ref);
    if (range && this.sheet.merges.length < LIMITS.merges) this.sheet.merges.push(range);
  }
}

class WorksheetCell implements SheetCell {
  constructor(
    private readonly sheet: Sheet,
    private readonly row: number,
    readonly column: number,
    readonly value: string | number,
    readonly text: string,
    readonly unread: Diagnostic | undefined,
  ) {}

  get place(): Place {
    return { file: `${this.sheet.file}#${this.sheet.name}!${cellName(this.row, this.column)}` };
  }
}

const isTrue = (text: string | undefined): boolean => text === '1' || text?.toLowerCase() === 'true';

function resolved(folder: string, target: string): string {
  if (/^[\\/]/.test(target)) return partName(target);
  const steps: string[] = [];
  for (const step of partName(`${folder}${target}`).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** The column of an address such as `AB12`; null when it is none. */
function columnOf(ref: string): number | null {
  let column = 0;
  let at = 0;
  for (; at < ref.length && at < 4; at++) {
    const letter = ref.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return at >= 1 && at <= 3 ? column : null;
}

function rangeOf(ref: string): CellRange | null {
  const ends = /^\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(ref);
  if (!ends) return null;
  const [left, right] = [columnOf(ends[1]!)!, columnOf(ends[3]!)!];
  return { left, top: Number(ends[2]), right, bottom: Number(ends[4]) };
}
