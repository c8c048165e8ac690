import { cellAt, isAverage, type Sheet, type SheetRow, totalOf } from '../files/cells.js';
import {
  bodyOf,
  columnsByKey,
  findHead,
  firstColumns,
  type Head,
  HeadWords,
  headOf,
  headsSeen,
  tooWide,
  unusedColumns,
  type Vocabulary,
} from '../files/office-table.js';
import { yearsOfHeads } from '../files/reading-columns.js';
import {
  type Diagnostic,
  error,
  failure,
  type Place,
  type Result,
  resultOf,
  warning,
} from '../values/diagnostic.js';
import { fold } from '../values/suggest.js';
import { sameUnit } from '../values/unit.js';
import { anyCase, unitName } from './mentions.js';
import { type Paragraph, scaleSaid } from './paper.js';

/** A unit of a published ranking, as far as it is told. */
interface RankedUnit {
  unit: string;
  score: number | null;
  rank: number | null;
}

/** What a table or a newspaper tells of a ranking. */
export interface Ranking {
  year: number | null;
  size: number | null;
  mean: number | null;
  /** What scores are of; null where it is not said. */
  scale: number | null;
  units: RankedUnit[];
  /** Where each unit of a table stands. */
  places?: Place[];
}

const PLACE = anyCase('huyện|thị xã|thành phố|tP\\.?|quận|xã|phường|thị trấn|đặc khu|tỉnh');
const BODY = anyCase('sở|ban|bộ|thanh tra|văn phòng|cục|chi cục');
const PROPER = "\\p{Lu}[\\p{L}\\d'’.-]*|\\d{1,2}(?![\\d.,])";
/** What is said of a body; its name has small letters of its own (`Sở Giáo dục và Đào tạo`), and ends before these. */
const SAID =
  'đạt|xếp|đứng|dẫn|với|là|có|được|bị|cùng|tăng|giảm|giữ|tiếp|năm|trong|thuộc|của|cũng|lần|đồng|vẫn|khi|ở|cuối|vươn|tụt|đều|đã|vừa|theo|gồm|về|vượt|lọt|công bố|ban hành|cho|hơn|kém|chỉ|nằm|đầu bảng|vị trí|hạng';
/** A kind of unit and its name. */
const UNIT = new RegExp(
  `(?<!\\p{L})(?:(?:${PLACE})\\s+(?:${PROPER})(?:\\s+(?:\\p{Lu}[\\p{L}\\d'’.-]*))*|[Tt]hanh tra (?:tỉnh|thành phố)|(?:${BODY})\\s+\\p{Lu}\\p{L}*(?:,\\s+Thể thao|(?:\\s+[-–])?\\s+(?!(?:${SAID})(?!\\p{L})|và\\s+(?:${PLACE}|${BODY})\\s+\\p{Lu})\\p{L}+)*)`,
  'gu',
);
const SCORE = /(?<!\/\s?)(?<![\d.,])(\d{1,3}[.,]\d{1,4}|\d{2,3})\s*(?:\/\s*(\d{2,3})\s*)?(điểm|%)/gu;
/** The same, in a list that has its unit at the end. */
const LISTED = /(?<!\/\s?)(?<![\d.,])(\d{1,3}[.,]\d{1,4})(?!\d)/gu;
/** Places in words. */
export const ORDINALS: Record<string, number> = {
  nhất: 1,
  đầu: 1,
  nhì: 2,
  hai: 2,
  ba: 3,
  tư: 4,
  bốn: 4,
  năm: 5,
  sáu: 6,
  bảy: 7,
  tám: 8,
  chín: 9,
  mười: 10,
};
const RANK =
  /(?:(?:vị trí|thứ hạng|hạng|xếp|đứng)\s+(?:thứ\s+)?|thứ\s+)(nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,4})(?![\p{L}\d.,]*\d)(?!\s*(?:điểm|%))|(dẫn đầu|đứng đầu|đầu bảng)|(cuối bảng|cuối cùng|đứng cuối|xếp cuối)/giu;
const KINDS =
  '(?:huyện|thị xã|thành phố|thành|đơn vị|xã|phường|sở|ban|ngành|tỉnh|địa phương|bộ|cơ quan)(?: ngang bộ)?(?!\\p{L})';
/** So many of a kind, and no part of them (`11 huyện miền núi`). */
const ALL_OF = `(\\d{1,4})\\s+${KINDS}(?:(?:,| và)\\s*(?:các\\s+)?${KINDS})*(?=\\s*(?:$|[.,;:()\\n]|(?:với|đạt|là|năm|toàn|trong cả|cả nước|của tỉnh|trên địa bàn|trực thuộc|được xếp hạng)(?!\\p{L})))`;
/** How many units were ranked: `trong tổng số 27 huyện`, `xếp thứ 12 trên 27 huyện`, `trung bình của 63 tỉnh, thành phố đạt`. */
const SIZES = [
  new RegExp(`(?:trong\\s+(?:tổng\\s+)?số|trên\\s+tổng\\s+số|tổng\\s+số)\\s+(\\d{1,4})\\s+${KINDS}`, 'giu'),
  new RegExp(
    `(?:trong|(?<=(?:thứ|hạng|vị trí)\\s+\\S+\\s+)trên|trung bình(?:\\s+chung)?(?:\\s+của)?)\\s+${ALL_OF}`,
    'giu',
  ),
  new RegExp(`(?:công bố|kết quả|xếp hạng)[^.;\\n]{0,80}?\\s(?:của|đối với)\\s+${ALL_OF}`, 'giu'),
];
const OF_SIZE = /(?:thứ|hạng|vị trí)\s*(\d{1,4})\s*\/\s*(\d{1,4})/giu;
const MEAN = new RegExp(
  `(?:(?:điểm|chỉ số|giá trị|kết quả)[^.;]{0,40}?trung bình|trung bình)[^.;\\d]{0,60}?(?:${ALL_OF}[^.;\\d]{0,40}?)?(\\d{1,3}[.,]\\d{1,4})\\s*(?:điểm|%)`,
  'iu',
);

interface Event {
  at: number;
  end: number;
}

const number = (text: string): number => Number(text.replace(',', '.'));

// Of several units at the head (`ba huyện dẫn đầu`) nobody's rank is said.
const SEVERAL_FIRST =
  /(?:các|những|hai|ba|bốn|năm|sáu|mười|\d+|nhóm|tốp|top|khối)\s+(?:\p{L}+\s+){0,3}?(?:dẫn đầu|đứng đầu|đầu bảng|cuối bảng|đứng cuối|xếp cuối)/giu;
/** `tăng 1,2 điểm so với năm 2023`, `kém huyện A 0,2 điểm`: how a score changed, or differs from another, is no score. */
const CHANGED =
  /(?<!\p{L})(?:(?:tăng|giảm|hơn|kém)\s+(?:thêm\s+)?\d+(?:[.,]\d+)?\s*(?:điểm|%|bậc)(?:(?!\s(?:lên|xuống|đạt|xếp|đứng|ở)\s|(?<!so)\svới\s)[^,;.()])*|(?:hơn|kém|cách|bỏ xa|(?:đứng|xếp) (?:trên|sau))\s+[^,;.()\d]{1,60}\d+(?:[.,]\d+)?\s*(?:điểm|%|bậc))/giu;
/** What a part of the index earned, and what another index says beside this one. */
const OF_PART = /(?<!\p{L})(?:lĩnh vực|tiêu chí|chỉ số thành phần)(?!\p{L})/iu;
const OWN_INDEX = /CCHC|cải cách hành chính|PAR[\s-]?INDEX/iu;
const OTHER_INDEX = /SIPAS|hài lòng|PAPI|(?<!\p{L})PCI|DDCI|DTI|chuyển đổi số|năng lực cạnh tranh/iu;
const IN_TURN = /lần lượt/iu;
const TOGETHER = /đồng hạng|đồng xếp|cùng (?:đạt|có|xếp|đứng|hạng|điểm)/iu;
/** The sentences of a paragraph; `95,1; 94,2 và 93,3 điểm` is of one. */
const BETWEEN = /(?<!\d);\s+|;\s+(?!\d)|(?<=[.!?])\s+(?=\p{Lu})/u;

/**
 * Reads a news paragraph on a ranking: `Huyện A đạt 92.15 điểm, đứng vị trí thứ nhất … vị trí cuối bảng trong tổng số 27
 * huyện`. A sentence whose numbers cannot be given to its units one by one is told and left out.
 */
export function readNews(paragraphs: readonly Paragraph[], file: string, given?: number): Result<Ranking> {
  const diagnostics: Diagnostic[] = [];
  const place = (line: number): Place => ({ file, line, column: 1 });
  const told = paragraphs.flatMap(({ text, line }) => text.split(BETWEEN).map((said) => ({ said, line })));
  const all = paragraphs.map((p) => p.text).join('\n');
  const year = given ?? yearOf(all);
  // Departments and districts are ranked apart; the first that are told of are those of this ranking.
  const groupIn = (said: string): Group | null => {
    const units = unitsOf(said, null, year);
    return units === 'unclear' ? null : (units.map((u) => groupOf(u.unit)).find((g) => g !== null) ?? null);
  };
  const group = told.map(({ said }) => groupIn(said)).find((g) => g !== null);
  const isOther = (said: string) =>
    ![null, group].includes(groupIn(said)) ||
    (OTHER_INDEX.test(said) && !OWN_INDEX.test(said) && OWN_INDEX.test(all));
  const whole = told
    .filter(({ said }) => !isOther(said))
    .map(({ said }) => said)
    .join('\n');
  const size = sizeOf(whole);
  const ranked: RankedUnit[] = [];
  const scales = new Set<number>();
  for (const { said, line } of told) {
    const units = isOther(said) ? 'unclear' : unitsOf(said, size, year);
    const of = [...said.matchAll(SCORE)].flatMap((m) => (m[2] === undefined ? [] : [Number(m[2])]));
    const mixed = new Set([...scales, ...of]).size > 1;
    if (units !== 'unclear' && units.length > 0 && !mixed) for (const scale of of) scales.add(scale);
    if (units === 'unclear' || (mixed && units.length > 0) || !units.every((unit) => add(ranked, unit)))
      diagnostics.push({ ...warning('news-unclear', { value: said.slice(0, 120) }), place: place(line) });
  }
  if (ranked.length === 0) diagnostics.push({ ...error('no-ranking', { file }), place: place(1) });
  if (ranked.length > 0 && size === null)
    diagnostics.push({ ...warning('news-size', { least: leastSize(ranked) }), place: place(1) });
  const mean = MEAN.exec(whole);
  const [scale = null] = scales;
  return resultOf(
    { year, size, mean: mean ? number(mean.at(-1)!) : null, scale, units: ranked },
    diagnostics,
  );
}

/** Kinds of units that are ranked together; a city may be a district or a province. */
type Group = 'body' | 'district' | 'commune';

function groupOf(unit: string): Group | null {
  if (/^(?:sở|ban|bộ|thanh tra|văn phòng|cục|chi cục)(?!\p{L})/iu.test(unit)) return 'body';
  if (/^(?:huyện|thị xã|quận)(?!\p{L})/iu.test(unit)) return 'district';
  return /^(?:xã|phường|thị trấn|đặc khu)(?!\p{L})/iu.test(unit) ? 'commune' : null;
}

/** How many units there are at least, by those told and their ranks. */
export const leastSize = (units: readonly RankedUnit[]): number =>
  Math.max(units.length, ...units.flatMap((u) => u.rank ?? []));

/** How many units were ranked; null where the text does not say, or says it in two ways. */
function sizeOf(text: string): number | null {
  for (const way of [...SIZES, OF_SIZE]) {
    const [size, ...more] = new Set([...text.matchAll(way)].map((m) => Number(m.at(-1))));
    if (size !== undefined) return more.length === 0 ? size : null;
  }
  return null;
}

/** The year of what was published, or the only one that is told. */
function yearOf(text: string): number | null {
  const published = /(?:chỉ số|index|kết quả|xếp hạng)[^.;\n]{0,80}?(?<!so với )năm\s+(\d{4})/iu.exec(text);
  if (published) return Number(published[1]);
  const [year, ...more] = new Set(
    [...text.matchAll(/(?<!so với )năm\s+(\d{4})/giu)].map((m) => Number(m[1])),
  );
  return year !== undefined && more.length === 0 ? year : null;
}

/** Adds what is told of a unit; false where it was told otherwise before. */
function add(units: RankedUnit[], more: RankedUnit): boolean {
  const told = units.find((u) => sameUnit(u, more));
  if (!told) {
    units.push(more);
    return true;
  }
  const other = (a: number | null, b: number | null) => a !== null && b !== null && a !== b;
  if (other(told.score, more.score) || other(told.rank, more.rank)) return false;
  told.score ??= more.score;
  told.rank ??= more.rank;
  return true;
}

/** The units of one sentence with their scores and ranks, in the order they are told. */
function unitsOf(sentence: string, size: number | null, year: number | null): RankedUnit[] | 'unclear' {
  const blank = (m: string) => ' '.repeat(m.length);
  const asides = [MEAN, SIZES[0]!, SIZES[1]!, SEVERAL_FIRST, CHANGED];
  const text = asides.reduce((said, aside) => said.replace(aside, blank), sentence);
  const eventsOf = <T>(pattern: RegExp, read: (match: RegExpExecArray) => T) =>
    [...text.matchAll(pattern)].map((m) => ({ at: m.index, end: m.index + m[0].length, value: read(m) }));
  const all = eventsOf(IN_TURN.test(text) ? LISTED : SCORE, (m) => number(m[1]!));
  // `92.15 điểm, chỉ số đạt 92,15%` is said twice of one unit.
  const scores = all.filter((s, i) => s.value !== all[i - 1]?.value);
  const ranks = eventsOf(RANK, (m) => rankOf(m, size));
  const units = eventsOf(UNIT, (m) => unitName(m[0]));
  if (scores.length === 0 && ranks.length === 0) return [];
  if (OF_PART.test(text)) return 'unclear';
  const told = units.filter((u) => !isSpeaker(text, u));
  if (told.length === 0) return scores.length > 0 && units.length === 0 ? 'unclear' : [];
  if (ranks.some((r) => r.value === null)) return 'unclear';
  // What is told of another year is none of this ranking.
  const years = [...text.matchAll(/năm\s+(20\d\d)/giu)].map((m) => Number(m[1]));
  if (year !== null && years.length > 0 && !years.includes(year)) return 'unclear';
  if (TOGETHER.test(text) && told.length > 1 && scores.length <= 1 && ranks.length <= 1)
    return told.map(({ value: unit }) => ({
      unit,
      score: scores[0]?.value ?? null,
      rank: ranks[0]?.value ?? null,
    }));
  const [scored, placed] = [assign(told, scores), assign(told, ranks)];
  if (!scored || !placed) return 'unclear';
  const result = told.map(({ value: unit }, i) => ({ unit, score: scored[i]!, rank: placed[i]! }));
  return result.filter((u) => u.score !== null || u.rank !== null);
}

/** `UBND tỉnh Thanh Hóa công bố`, `của tỉnh …`: who tells, not who is ranked. */
function isSpeaker(text: string, { at, end }: Event): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  const after = text.slice(end, end + 16);
  return (
    /(?:UBND|của|tại|tịch)\s+$/u.test(before) ||
    /^\s*(?:công bố|vừa|đã|ban hành|có Quyết|cho biết)/u.test(after)
  );
}

function rankOf(match: RegExpMatchArray, size: number | null): number | null {
  if (match[2]) return 1;
  if (match[3]) return size;
  const said = match[1]!.toLowerCase();
  return ORDINALS[said] ?? Number(said);
}

/**
 * One value for each unit or none: all in order where there are as many, else each to the one unit that stands before
 * it and takes no other. Null when that cannot be told.
 */
function assign(
  units: readonly Event[],
  values: readonly (Event & { value: number | null })[],
): (number | null)[] | null {
  if (values.length === 0) return units.map(() => null);
  if (values.length === units.length) return values.map((v) => v.value);
  if (values.length > units.length) return null;
  const given: (number | null)[] = units.map(() => null);
  for (const value of values) {
    const before = units.findLastIndex((u) => u.end <= value.at);
    const at = before < 0 ? 0 : before;
    if (given[at] !== null) return null;
    given[at] = value.value;
  }
  return given;
}

const HEADS = {
  unit:
    'unit|don vi|ten don vi|don vi hanh chinh|ten don vi hanh chinh|co quan|co quan/don vi|dia phuong|huyen|xa|so|tinh|ten|ten co quan|' +
    'ten co quan/don vi|huyen/thi xa/thanh pho|ubnd huyen|ubnd xa|so/ban/nganh|xa/phuong|xa/thi tran|' +
    'xa/phuong/thi tran|tinh/thanh pho|ten don vi/dia phuong',
  score:
    'score|diem|diem so|tong diem|tong so diem|diem dat|diem dat duoc|tong diem dat duoc|ket qua|' +
    'diem danh gia|tong cong|tong diem dat|diem tham dinh|diem tong hop|tong diem tham dinh|diem cham|' +
    'diem chi so|diem cchc|so diem|so diem dat|so diem dat duoc',
  index:
    'chi so|chi so cchc|par index|index|chi so %|chi so cai cach hanh chinh|gia tri chi so|ty le|ty le %',
  rank: 'rank|hang|xep hang|thu hang|vi thu|vi tri|xep thu|thu tu xep hang|xep loai thu',
} as const satisfies Vocabulary<string>;
type Key = keyof typeof HEADS;
const WORDS = new HeadWords<Key>(HEADS);

/** A column that only numbers the rows. */
const NUMBERS_ROWS = /^(?:STT|TT|Số TT|Số thứ tự|No\.?|#)$/iu;

/** The head of a table with a column of units and one of scores or ranks; null where it has none. */
export const headOfRanking = (sheet: Sheet): Head<Key> | null =>
  findHead<Key>(sheet, WORDS, (k) => k.has('unit') && (k.has('score') || k.has('index') || k.has('rank')));

/**
 * A ranking from a table with a column of units and one of scores or ranks; those of another year than `given` are none.
 * `around` is what stands beside the table, which may say the scale as its head and the lines above it do.
 */
export function rankingFromTable(
  sheet: Sheet,
  file: string,
  given?: number,
  around: readonly Pick<Paragraph, 'text'>[] = [],
): Result<Ranking> {
  const table = headOfRanking(sheet);
  const top: Place = sheet.rows[0]?.cells[0]?.place ?? { file };
  if (!table) {
    const columns = headsSeen(sheet);
    const faults: Diagnostic[] = [error('no-ranking', { file })];
    if (columns.length > 0) faults.push(error('table-head-unknown', { columns }));
    return failure(...faults.map((fault) => ({ ...fault, place: top })));
  }
  const years = table.columns.flatMap(yearsOfHeads);
  const year = given === undefined ? years.sort().at(-1) : String(given);
  const ofYear = (named: readonly string[]) => named.length === 0 || named.includes(year!);
  const ofThisYear = table.columns.map((c) => (ofYear(yearsOfHeads(c)) ? c : { ...c, key: null }));
  const head = { ...table, columns: ofThisYear };
  const columns = firstColumns(head);
  const [named, ranked, index] = (['unit', 'rank', 'index'] as const).map((key) => columns.get(key));
  const rows = bodyOf(sheet, head, { id: named, name: named });
  const scored = scoreColumn(rows, head);
  // Points beside an index of them are of no use besides.
  const indexed = index === scored ? (columnsByKey(head).get('score') ?? []) : [];
  const diagnostics = unusedColumns(head, [named, ranked, scored, index, ...indexed], NUMBERS_ROWS);
  const units: RankedUnit[] = [];
  const places: Place[] = [];
  const means: { mean: number; unread: Diagnostic }[] = [];
  for (const row of rows) {
    const name = cellAt(row, named)?.text.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '';
    const label = name || row.cells[0]!.text;
    const [score, rank] = [scored, ranked].map((column) => cellNumber(cellAt(row, column)?.text));
    if (rank === undefined && isMean(label)) {
      const unread = { ...warning('row-unread', { value: label }), place: row.cells[0]!.place };
      if (score !== undefined) means.push({ mean: score, unread });
      continue;
    }
    if (name === '' || /^(?:tong|cong|tong cong)$/.test(fold(name)) || totalOf(name)) continue;
    // The ends and the middle of those above.
    if (rank === undefined && isAverage(name)) {
      diagnostics.push({ ...warning('row-unread', { value: name }), place: row.cells[0]!.place });
      continue;
    }
    const bad = [scored, ranked]
      .map((column) => cellAt(row, column))
      // A dash is no value.
      .find((cell) => cell && !/^[-–—]$/.test(cell.text.trim()) && cellNumber(cell.text) === undefined);
    if (bad) {
      diagnostics.push({ ...error('not-a-number', { value: bad.text.trim() }), place: bad.place });
      continue;
    }
    // A heading over some of the units.
    if (score === undefined && rank === undefined) {
      diagnostics.push({ ...warning('row-unread', { value: name }), place: row.cells[0]!.place });
      continue;
    }
    diagnostics.push(...tooWide(sheet, head, row));
    units.push({ unit: name, score: score ?? null, rank: rank ?? null });
    places.push(cellAt(row, named)!.place);
  }
  if (units.length === 0) diagnostics.push({ ...error('no-ranking', { file }), place: top });
  // Of several, those of parts of the units, which is the mean of all is not known.
  const [first, ...others] = means;
  const isOne = others.every(({ mean }) => mean === first?.mean);
  if (!isOne) diagnostics.push(...means.map(({ unread }) => unread));
  const mean = (isOne && first?.mean) || null;
  const column = head.columns.find((c) => c.column === scored);
  const above = sheet.rows.slice(0, head.at).flatMap(({ cells }) => cells);
  const ofHead = column && scaleIn(headOf(column).text);
  // An index is of 100, whatever points are of.
  const scale = ofHead ?? (column?.key === 'score' ? scaleSaid([...above, ...around]) : null);
  const [dated] = head.columns.filter((c) => c === column || c.column === ranked).flatMap(yearsOfHeads);
  const told = dated === undefined ? null : Number(dated);
  // Ranks beyond the rows are those of a part of the units.
  const least = leastSize(units);
  if (least > units.length) diagnostics.push({ ...warning('news-size', { least }), place: top });
  const size = least > units.length ? null : least;
  return resultOf({ year: told, size, mean, scale, units, places }, diagnostics);
}

/** The scale that the head of a column says: `Điểm (thang điểm 60)`, `Tổng điểm (/60)`. */
function scaleIn(head: string): number | null {
  const said = /(?:thang diem:? ?|(?:diem|\() ?\/ ?)(\d{2,3}|1000)(?!\d)/.exec(fold(head));
  return said ? Number(said[1]) : null;
}

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
