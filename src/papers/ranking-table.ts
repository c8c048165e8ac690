import {
  cellAt,
  isAverage,
  isFigure,
  lineOf,
  percentText,
  type Sheet,
  type SheetCell,
  type SheetRow,
  totalOf,
} from '../files/cells.js';
import {
  alike,
  bodyOf,
  columnsByKey,
  findHead,
  firstColumns,
  type Head,
  HeadWords,
  headOf,
  headsSeen,
  type OfficeColumn,
  textOfHeads,
  tooWide,
  unusedColumns,
  type Vocabulary,
  ways,
} from '../files/office-table.js';
import { yearsOfHeads } from '../files/reading-columns.js';
import {
  type Diagnostic,
  error,
  failure,
  hasErrors,
  type Place,
  type Result,
  resultOf,
  warning,
} from '../values/diagnostic.js';
import { fold } from '../values/suggest.js';
import { firstOfSame } from '../values/unit.js';
import {
  goneOn,
  hasFigures,
  type Paper,
  type Paragraph,
  scaleSaid,
  unusedTables,
  withoutStars,
} from './paper.js';
import {
  groupOf,
  leastSize,
  OTHER_INDEX,
  OWN_INDEX,
  type RankedUnit,
  type Ranking,
  readNews,
  yearsPublished,
} from './ranking.js';

const HEADS = {
  unit: [
    'unit|ten',
    ...ways(
      '|ten|cac|ten cac|ubnd',
      'don vi|don vi hanh chinh|don vi/dia phuong|co quan|co quan/don vi|dia phuong|so|so/nganh|so/ban/nganh|tinh|tinh/thanh pho|' +
        'huyen|huyen/thanh pho|huyen/thi xa|huyen/thi xa/thanh pho|quan/huyen|quan/huyen/thi xa|' +
        'xa|xa/phuong|phuong/xa|xa/thi tran|xa/phuong/thi tran|xa/phuong/dac khu',
    ),
  ].join('|'),
  score:
    'score|diem|diem so|tong diem|tong so diem|diem dat|diem dat duoc|tong diem dat duoc|ket qua|' +
    'diem danh gia|tong cong|tong diem dat|diem tham dinh|diem tong hop|tong diem tham dinh|diem cham|' +
    'diem chi so|diem cchc|so diem|so diem dat|so diem dat duoc|tong|diem tong|ca nam|diem ca nam|tham dinh|ket qua tham dinh|hoi dong tham dinh',
  index:
    'chi so|chi so cchc|par index|index|chi so %|chi so cai cach hanh chinh|gia tri chi so|chi so chung|chi so tong hop|ty le|ty le %|ty le dat|ty le dat duoc',
  max: 'diem toi da|diem chuan|thang diem|tong diem toi da',
  rank: 'rank|hang|xep hang|thu hang|vi thu|vi tri|xep thu|thu tu xep hang|xep loai thu',
} as const satisfies Vocabulary<string>;
type Key = keyof typeof HEADS;
const WORDS = new HeadWords<Key>(HEADS);

/** How a score or rank changed, and what units say of themselves, are none of this ranking. */
const ASIDE = /tăng|giảm|chênh lệch|thay đổi|so với|tự (?:chấm|đánh giá)/iu;

/** A line that tells a result, and none that is aimed at. */
const TELLS = /^(?!.*(?:kế hoạch|nâng cao|phấn đấu|mục tiêu)).*(?:kết quả|xếp hạng|công bố)/isu;

/** A column that only numbers the rows. */
const NUMBERS_ROWS = /^(?:STT|TT|Số TT|Số thứ tự|No\.?|#)$/iu;

/** The head of a table with a column of units and one of scores or ranks; null where it has none. */
const headOfRanking = (sheet: Sheet): Head<Key> | null =>
  findHead<Key>(sheet, WORDS, (k) => k.has('unit') && (k.has('score') || k.has('index') || k.has('rank')));

/** Units that stand together with their places, and the row above the first of them. */
interface Part {
  units: RankedUnit[];
  places: Place[];
  place: Place;
}

/** Whether units are ranked apart from others: from 1 again, units that are there already, or those of another kind. */
function isAnother(units: readonly RankedUnit[], more: readonly RankedUnit[]): boolean {
  const [kind, other] = [units, more].map((of) => of.map((u) => groupOf(u.unit)).find((g) => g !== null));
  const begins = (of: readonly RankedUnit[]) => of.some(({ rank }) => rank === 1);
  return (
    (begins(units) && begins(more)) ||
    (kind !== undefined && other !== undefined && kind !== other) ||
    firstOfSame([...units, ...more]).some((at, i) => i >= units.length && at < units.length)
  );
}

/**
 * Whether a column is one of several under a head that says alone what they hold: `Điểm` over `Quý I`, `Quý II`. Which of
 * them is meant is not said.
 */
function isOneOfSeveral({ heads }: OfficeColumn<Key>, columns: readonly OfficeColumn<Key>[]): boolean {
  return WORDS.keyTogether(heads) === null && columns.filter((c) => c.heads[0] === heads[0]).length > 1;
}

/** Columns without those of a part, or of another index such as satisfaction, that columns of the whole stand beside. */
function withoutParts(columns: readonly OfficeColumn<Key>[]): OfficeColumn<Key>[] {
  const isOther = ({ heads }: OfficeColumn<Key>) => {
    const [text, upper] = [textOfHeads(heads), textOfHeads(heads.slice(0, -1))];
    const ofPart = upper !== '' && WORDS.keyOf(upper) === null && !/năm \d{4}/iu.test(upper);
    return !OWN_INDEX.test(text) && (ofPart || OTHER_INDEX.test(text));
  };
  return columns.map((c) =>
    isOther(c) && columns.some((d) => d.key === c.key && !isOther(d)) ? { ...c, key: null } : c,
  );
}

/**
 * How far to the right the units go on under the same heads again, 0 for the first of them, and the column that those go
 * on from: a long list is printed in two halves beside each other.
 */
function besideEachOther(columns: readonly OfficeColumn<Key>[]): { shifts: number[]; beyond: number } {
  const once = { shifts: [0], beyond: Number.POSITIVE_INFINITY };
  const named = columns.filter(({ key }) => key === 'unit').map(({ column }) => column);
  const [first, second] = named;
  if (first === undefined || second === undefined) return once;
  const keyAt = new Map(columns.map(({ column, key }) => [column, key]));
  const again = columns.filter(({ column }) => column >= second);
  return again.every(({ column, key }) => keyAt.get(column - second + first) === key)
    ? { shifts: named.map((column) => column - first), beyond: second }
    : once;
}

/** The column of units: of several, as of a district and its communes, the one that tells most of them apart. */
function unitColumn(rows: readonly SheetRow[], head: Head<Key>): number | undefined {
  const named = (cell: SheetCell | undefined) => (cell && !isFigure(cell) ? cell.text : []);
  const told = (column: number) => new Set(rows.flatMap((row) => named(cellAt(row, column)))).size;
  const [first, ...more] = columnsByKey(head).get('unit') ?? [];
  return more.reduce((best, column) => (told(column) > told(best!) ? column : best), first);
}

/**
 * The ranking of a paper: of its first table that is one, with those whose ranks go on from it under the same head, and
 * others are told; else of what it tells.
 */
export function readRanking(paper: Paper, year?: number): Result<Ranking> {
  const whole = goneOn(paper.tables, (table) => headOfRanking(table) !== null);
  const read = (table: Sheet) => rankingFromTable(table, paper.file, year, paper.paragraphs);
  const tables = whole.map(read);
  // A table of units whose cells are wrong is told, rather than that the text around it ranks nobody.
  const table =
    tables.find((t) => t.ok) ?? tables.find((t) => t.diagnostics.some((d) => d.code === 'not-a-number'));
  if (!table)
    return paper.paragraphs.length > 0 || tables.length === 0
      ? readNews(paper.paragraphs, paper.file, year)
      : tables[0]!;
  const first = whole[tables.indexOf(table)]!;
  const head = headOfRanking(first)!;
  const rows = [...first.rows];
  const others = whole.filter((other, i) => {
    const [more, below] = [tables[i]!, headOfRanking(other)];
    if (other === first) return false;
    if (!table.ok || !more.ok || !below || !alike(head, below)) return hasFigures(other);
    const { units } = more.value;
    if (!units.some(({ rank }) => rank !== null) || isAnother(table.value.units, units)) return true;
    rows.push(...other.rows.slice(below.at + below.rows));
    return false;
  });
  const all = rows.length > first.rows.length ? read({ ...first, rows }) : table;
  return { ...all, diagnostics: [...all.diagnostics, ...unusedTables(others)] };
}

/**
 * A ranking from a table with a column of units and one of scores or ranks; those of another year than `given` are none.
 * `around` is what stands beside the table, which may say the scale as its head and the lines above it do.
 */
function rankingFromTable(
  sheet: Sheet,
  file: string,
  given: number | undefined,
  around: readonly Pick<Paragraph, 'text'>[],
): Result<Ranking> {
  const table = headOfRanking(sheet);
  const top: Place = sheet.rows[0]?.cells[0]?.place ?? { file };
  if (!table) {
    const columns = headsSeen(sheet);
    return failure({ ...error('no-ranking', { file, columns }), place: top });
  }
  const ofThis = columnsOfYear(table, given);
  const { shifts, beyond } = besideEachOther(ofThis);
  const head = { ...table, columns: ofThis.filter(({ column }) => column < beyond) };
  const columns = firstColumns(head);
  const rows = bodyOf(sheet, table, { id: columns.get('unit'), name: columns.get('unit') });
  const used = usedColumns(rows, head);
  // Points beside an index of them are of no use besides.
  const indexed = columns.get('index') === used.scored ? (columnsByKey(head).get('score') ?? []) : [];
  const all = [used.named, used.ranked, used.scored, columns.get('index'), ...indexed];
  const inAll = shifts.flatMap((by) => all.map((column) => column && column + by));
  const diagnostics = unusedColumns({ ...table, columns: ofThis }, inAll, NUMBERS_ROWS);
  const reader = new RankedRows(used, top, (row) => tooWide(sheet, table, row));
  for (const by of shifts) for (const row of rows) reader.read(row, by);
  diagnostics.push(...reader.diagnostics);
  const { units, places, leftOut } = joinedParts(reader.parts);
  diagnostics.push(...leftOut);
  if (units.length === 0 && !hasErrors(diagnostics))
    diagnostics.push({ ...error('no-ranking', { file, columns: headsSeen(sheet) }), place: top });
  const scores = units.flatMap((u) => u.score ?? []);
  if (scores.length > 0 && scores.every((points) => points <= 1)) {
    const [value, asPercent] = [String(scores[0]), percentText(scores[0]!).slice(0, -1)];
    diagnostics.push({ ...error('looks-like-ratio', { value, asPercent }), place: top });
  }
  // Of several, those of parts of the units, which is the mean of all is not known.
  const { means } = reader;
  const [first, ...others] = means;
  const isOne = leftOut.length === 0 && others.every(({ mean }) => mean === first?.mean);
  if (!isOne) diagnostics.push(...means.map(({ unread }) => unread));
  const mean = (isOne && first?.mean) || null;
  const beside = [...sheet.rows.slice(0, head.at).flatMap(({ cells }) => cells), ...around];
  const column = head.columns.find((c) => c.column === used.scored);
  const ofHead = (column && scaleIn(headOf(column).text)) || reader.ofRow;
  // An index is of 100, whatever points are of.
  const ofPoints = () => scaleInColumn(rows, columns.get('max')) ?? scaleSaid(beside);
  const scale = ofHead ?? (column?.key === 'score' ? ofPoints() : null);
  const read = head.columns.filter((c) => c === column || c.column === used.ranked);
  // Ranks beyond the rows are those of a part of the units.
  const least = leastSize(units);
  if (least > units.length) diagnostics.push({ ...warning('news-size', { least }), place: top });
  const size = least > units.length ? null : least;
  return resultOf({ year: yearTold(read, beside), size, mean, scale, units, places }, diagnostics);
}

/** The columns of the year that is asked for, else of the latest, without a meaning where they are none of this ranking. */
function columnsOfYear({ columns }: Head<Key>, given: number | undefined): OfficeColumn<Key>[] {
  const latest = columns.flatMap(yearsOfHeads).sort().at(-1);
  const year = given === undefined ? latest : String(given);
  const isRead = (c: OfficeColumn<Key>) => {
    const dated = yearsOfHeads(c);
    const isMeant = dated.length > 0 ? dated.includes(year!) : !isOneOfSeveral(c, columns);
    return c.key === 'unit' || (isMeant && !ASIDE.test(textOfHeads(c.heads)));
  };
  return withoutParts(columns.map((c) => (isRead(c) ? c : { ...c, key: null })));
}

/** The columns that units, scores and ranks are read from. */
type Used = ReturnType<typeof usedColumns>;

function usedColumns(rows: readonly SheetRow[], head: Head<Key>) {
  const scored = scoreColumn(rows, head);
  // Of several ranks, `Điểm năm 2023 | Hạng | Điểm năm 2024 | Hạng`, that of the score.
  const ranks = columnsByKey(head).get('rank') ?? [];
  const ranked = ranks.find((column) => scored !== undefined && column > scored) ?? ranks[0];
  return { named: unitColumn(rows, head), scored, ranked };
}

/** Reads the rows of a ranking: units, headings between them, and what all is out of or comes to on average. */
class RankedRows {
  readonly parts: Part[];
  readonly means: { mean: number; unread: Diagnostic }[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** What the score is out of, where a row says it. */
  ofRow: number | undefined;

  constructor(
    private readonly used: Used,
    top: Place,
    private readonly fallenApart: (row: SheetRow) => Diagnostic[],
  ) {
    this.parts = [{ units: [], places: [], place: top }];
  }

  /** A row, of the units that stand so many columns to the right. */
  read(row: SheetRow, by: number): void {
    const { named, scored, ranked } = this.used;
    const cellOf = (column: number | undefined) => cellAt(row, column && column + by);
    const { place } = row.cells[0]!;
    const name = lineOf(cellOf(named));
    const [score, rank] = [scored, ranked].map((column) => cellNumber(cellOf(column)?.text));
    const unread = (value: string) => ({ ...warning('row-unread', { value }), place });
    const label = name || row.cells[0]!.text;
    if (rank === undefined && isMean(label)) {
      if (score !== undefined) this.means.push({ mean: score, unread: unread(label) });
      return;
    }
    // A heading that goes over all columns.
    if (name === '' && by === 0 && row.cells.length === 1) this.begin(place);
    if (name === '' || /^(?:tong|cong|tong cong)$/.test(fold(name)) || totalOf(name)) return;
    // What all is out of, and the ends and the middle of those above.
    const most = rank === undefined && OF_MOST.test(fold(name));
    if (most && score !== undefined) this.ofRow = score;
    else if (rank === undefined && (most || isAverage(name))) this.diagnostics.push(unread(name));
    else this.readUnit(name, { score: cellOf(scored), rank: cellOf(ranked) }, cellOf(named)!, row, by);
  }

  private readUnit(
    name: string,
    cells: Record<'score' | 'rank', SheetCell | undefined>,
    named: SheetCell,
    row: SheetRow,
    by: number,
  ): void {
    const [score, rank] = [cells.score, cells.rank].map((cell) => cellNumber(cell?.text));
    // A dash is no value.
    const isBad = (cell: SheetCell | undefined) =>
      cell && !/^[-–—]$/.test(cell.text.trim()) && cellNumber(cell.text) === undefined;
    const bad = [cells.score, cells.rank].find(isBad);
    if (bad) {
      this.diagnostics.push({ ...error('not-a-number', { value: bad.text.trim() }), place: bad.place });
      return;
    }
    // A heading over some of the units.
    if (score === undefined && rank === undefined) {
      const { place } = row.cells[0]!;
      this.diagnostics.push({ ...warning('row-unread', { value: name }), place });
      this.begin(place);
      return;
    }
    if (by === 0) this.diagnostics.push(...this.fallenApart(row));
    const part = this.parts.at(-1)!;
    part.units.push({ unit: withoutStars(name), score: score ?? null, rank: rank ?? null });
    part.places.push(named.place);
  }

  private begin(place: Place): void {
    this.parts.push({ units: [], places: [], place });
  }
}

/** The parts of one ranking; those of others are told. */
function joinedParts(parts: readonly Part[]) {
  const units: RankedUnit[] = [];
  const places: Place[] = [];
  const leftOut: Diagnostic[] = [];
  for (const part of parts)
    if (isAnother(units, part.units))
      leftOut.push({ ...warning('table-not-used', { rows: part.units.length }), place: part.place });
    else {
      units.push(...part.units);
      places.push(...part.places);
    }
  return { units, places, leftOut };
}

/** The scale that a column of maxima says: one number in all its rows. */
function scaleInColumn(rows: readonly SheetRow[], column: number | undefined): number | undefined {
  const [most, ...others] = new Set(rows.flatMap((r) => cellNumber(cellAt(r, column)?.text) ?? []));
  return others.length === 0 ? most : undefined;
}

/** The year of the columns that are read, else that of the lines beside the table that tell a result, where they say one. */
function yearTold(columns: readonly OfficeColumn<Key>[], beside: readonly { text: string }[]): number | null {
  const [dated] = columns.flatMap(yearsOfHeads);
  if (dated !== undefined) return Number(dated);
  const lines = beside.map(({ text }) => text.normalize('NFC')).filter((l) => TELLS.test(l));
  const [said = null, ...more] = new Set(yearsPublished(lines.join('\n')));
  return more.length === 0 ? said : null;
}

/** The scale that the head of a column says: `Điểm (thang điểm 60)`, `Tổng điểm (/60)`. */
function scaleIn(head: string): number | null {
  const said = /(?:thang diem:? ?|(?:diem|\() ?\/ ?)(\d{2,3}|1000)(?!\d)/.exec(fold(head));
  return said ? Number(said[1]) : null;
}

/** `Điểm tối đa`, `Thang điểm` in the place of a unit. */
const OF_MOST = /^(?:tong )?(?:(?:so )?diem (?:toi da|chuan)|thang diem)\b/;

/** `Trung bình`, `Bình quân chung`; `Xã Trung Bình` is a unit. */
function isMean(label: string): boolean {
  const folded = fold(label);
  return (
    /trung binh|binh quan|^(?:diem )?tb$|^average$|^mean$/.test(folded) &&
    !/^(?:ubnd )?(?:xa|phuong) trung binh$/.test(folded)
  );
}

/** The column of scores: of several the sum, else the last; the index where it stands beside points that are not of 100. */
function scoreColumn(rows: readonly SheetRow[], { columns }: Head<Key>): number | undefined {
  const scores = columns.filter(({ key }) => key === 'score');
  const points = (scores.find((c) => /^tong/.test(fold(headOf(c).text))) ?? scores.at(-1))?.column;
  const index = columns.find(({ key }) => key === 'index')?.column;
  if (points === undefined || index === undefined) return points ?? index;
  const differs = rows.some((row) => {
    const [a, b] = [points, index].map((column) => cellNumber(cellAt(row, column)?.text));
    return a !== undefined && b !== undefined && Math.abs(a - b) > 0.05;
  });
  return differs ? index : points;
}

/** A score or rank as tables print it (`92,15`, `92.15%`, `1`); undefined for anything else. */
function cellNumber(text: string | undefined): number | undefined {
  const bare = (text ?? '')
    .trim()
    .replace(/\s*(?:%|điểm)$/iu, '')
    .replace(',', '.');
  return /^\d{1,3}(?:\.\d{1,15})?$/.test(bare) ? Number(bare) : undefined;
}
