import { type Diagnostic, error, type Place, type Result, resultOf, warning } from '../values/diagnostic.js';
import { sameUnit } from '../values/unit.js';
import { anyCase, unitName } from './mentions.js';
import type { Paragraph } from './paper.js';

/** A unit of a published ranking, as far as it is told. */
export interface RankedUnit {
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
export const OWN_INDEX = /CCHC|cải cách hành chính|PAR[\s-]?INDEX/iu;
export const OTHER_INDEX = /SIPAS|hài lòng|PAPI|(?<!\p{L})PCI|DDCI|DTI|chuyển đổi số|năng lực cạnh tranh/iu;
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
  if (ranked.length === 0)
    diagnostics.push({ ...error('no-ranking', { file, columns: [] }), place: place(1) });
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

export function groupOf(unit: string): Group | null {
  if (/^(?:sở|ban|bộ|thanh tra|văn phòng|cục|chi cục)(?!\p{L})/iu.test(unit)) return 'body';
  if (/^(?:ubnd )?(?:huyện|thị xã|quận)(?!\p{L})/iu.test(unit)) return 'district';
  return /^(?:ubnd )?(?:xã|phường|thị trấn|đặc khu)(?!\p{L})/iu.test(unit) ? 'commune' : null;
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

const PUBLISHED =
  /(?:chỉ số|index|kết quả|xếp hạng)[^.;\n]{0,80}?(?<!so với |tháng \d{1,2} )năm\s+(\d{4})/giu;

/** The years of what lines say was published. */
export const yearsPublished = (text: string): number[] =>
  [...text.matchAll(PUBLISHED)].map((m) => Number(m[1]));

/** The year of what was published, or the only one that is told. */
function yearOf(text: string): number | null {
  const [published] = yearsPublished(text);
  if (published !== undefined) return published;
  const [year, ...more] = new Set(
    // That of a date is when it was published.
    [...text.matchAll(/(?<!so với |tháng \d{1,2} )năm\s+(\d{4})/giu)].map((m) => Number(m[1])),
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
