import type { Sheet } from '../files/cells.js';
import {
  type Diagnostic,
  error,
  failure,
  type Place,
  type Result,
  resultOf,
  warning,
} from '../values/diagnostic.js';
import { type Fraction, HUNDRED, parseNumeral, ZERO } from '../values/fraction.js';
import { unitKey } from '../values/unit.js';
import { LetterLosses } from './letter-losses.js';
import { lossesOfTable } from './letter-table.js';
import { anyCase, unitName } from './mentions.js';
import { goneOn, type Paragraph } from './paper.js';
import { ORDINALS } from './ranking.js';

/** A criterion that a letter says lost points. */
export interface Loss {
  id: string;
  name: string;
  lost: Fraction;
  /** The maximum, where the letter says it. */
  max: Fraction | null;
  /** The heading it stands under. */
  field: string | null;
  limitation: string | null;
  /** What must hold for full points, where the letter says it apart from what was lacking. */
  requirement: string | null;
  owners: string[];
  trackedBy: string[];
  action: string | null;
  evidence: string | null;
  line: number;
}

/** What a letter on the index says of its unit's last result. */
export interface Letter {
  unit: string;
  year: number;
  rank: number | null;
  size: number | null;
  /** The score that it states, and the scale it is of: 100, where it says none. */
  score: StatedPlace['score'];
  /** The scale that it states. */
  scale: Fraction | null;
  /** The report that published the result. */
  report: Report | null;
  losses: Loss[];
  total: Fraction;
  /** Losses that it says and whose criterion is not clear, and sums that are not those of its losses. */
  unclear: number;
}

/**
 * Reads a letter on a unit's index: the losses by criterion with what stands under each, the unit, the year, the rank
 * and the report that published them. `file` names the letter in complaints; what is `given` need not be in it. A line
 * that says points and is not used is told.
 */
export function readLetter(
  written: readonly Paragraph[],
  file: string,
  given: { unit?: string | undefined; year?: number | undefined } = {},
  parts: readonly Sheet[] = [],
): Result<Letter> {
  const diagnostics: Diagnostic[] = [];
  const place = (line: number): Place => ({ file, line, column: 1 });
  const paragraphs = inVietnamese(written).map((p) => ({ ...p, text: plainHeading(p.text) }));
  const all = paragraphs.map((p) => p.text).join('\n');
  const standing = standingIn(all, paragraphs, given);
  const unit = given.unit ?? standing.unit;
  const lossesOf = (some: readonly Paragraph[]) => {
    const losses = new LetterLosses({ ...standing, unit }, place);
    for (const paragraph of some) losses.read(paragraph);
    return losses;
  };
  const outside = paragraphs.filter((p) => !p.inTable);
  let body = lossesOf(outside);
  const inTable = (table: Sheet) => lossesOfTable(table, { unit, year: standing.year });
  const tables = goneOn(parts, (table) => inTable(table) !== null);
  const inTables = tables.map(inTable);
  const beside = body.losses.length > 0;
  if (beside || inTables.some((t) => t !== null && t.losses.length > 0))
    for (const [i, table] of tables.entries()) body.readTable(inTables[i]!, table, beside);
  else if (outside.length < paragraphs.length) body = lossesOf(paragraphs);
  body.finish();
  const { losses } = body;
  if (losses.length === 0)
    return failure(...body.diagnostics, { ...error('not-a-letter', { file }), place: place(1) });
  const seen = new Set<string>();
  for (const loss of losses) {
    if (seen.has(loss.id))
      diagnostics.push({ ...error('duplicate-id', { id: loss.id }), place: place(loss.line) });
    seen.add(loss.id);
  }
  diagnostics.push(...body.diagnostics);
  const total = losses.reduce((sum, l) => sum.add(l.lost), ZERO);
  const { year, rank, size, score, scale } = standing;
  const whole: Diagnostic[] = [];
  if (unit === null) whole.push(error('letter-lacks', { what: 'unit', option: '--unit' }));
  if (year === null) whole.push(error('letter-lacks', { what: 'year', option: '--year' }));
  if (rank === null) whole.push(warning('letter-lacks', { what: 'rank', option: '' }));
  // Losses and score that do not make the scale: the letter does not list every loss, or some are not of the scale.
  if (score && !score.points.add(total).equals(score.scale)) {
    const params = { score: score.points.toString(), lost: total.toString(), scale: score.scale.toString() };
    const isOver = score.points.add(total).compare(score.scale) > 0;
    whole.push(warning(isOver ? 'letter-exceeds' : 'letter-partial', params));
  }
  diagnostics.push(...whole.map((d) => ({ ...d, place: place(1) })));
  const letter: Letter = {
    unit: unit ?? '',
    year: year ?? 0,
    rank,
    size,
    score,
    scale,
    report: reportOf(all),
    losses,
    total,
    unclear: body.unclear,
  };
  return resultOf(letter, diagnostics);
}

/** The sentences of the tool's own letter in English, as those of its letter in Vietnamese. */
const OF_ENGLISH: readonly [RegExp, string][] = [
  [/^According to /u, 'Theo '],
  [/(?<![\d.])(\d+)\.(\d+)(?= points? (?:lost|on)| of \d)/gu, '$1,$2'],
  [/(?<=^|, )in (20\d\d) (?=\p{Lu})/iu, 'năm $1 '],
  [/scored (\d+(?:[.,]\d+)?) of (\d+(?:[.,]\d+)?)(?: \((inferred|assumed)\))/u, 'đạt $1/$2 điểm (suy ra)'],
  [/scored (\d+(?:[.,]\d+)?) of (\d+(?:[.,]\d+)?)/u, 'đạt $1/$2 điểm'],
  [/scored between ([\d.,]+) and ([\d.,]+) of ([\d.,]*\d)/u, 'đạt từ $1 đến $2/$3 điểm'],
  [/\(at least ([\d.,]+) points? lost\)$/u, '(trừ ít nhất $1 điểm)'],
  [/ranked (\d+) of (\d+)/u, 'xếp hạng $1/$2'],
  [/lost (\d+(?:[.,]\d+)?) points? on (\d+) criteri(?:a|on)/u, 'bị trừ $1 điểm ở $2 tiêu chí'],
  [/(\d+(?:[.,]\d+)?) points? lost/u, 'trừ $1 điểm'],
  [/(?<=^(?:- )?|\. )Shortcoming:/u, 'Hạn chế:'],
  [/^(- )?Requirement:/u, '$1Yêu cầu:'],
  [/^(- )?Lead:/u, '$1Đơn vị chủ trì:'],
  [/^(- )?What to do:/u, '$1Việc cần làm:'],
  [/^(- )?To reach:/u, '$1Mức cần đạt:'],
  [/^(- )?Evidence:/u, '$1Tài liệu kiểm chứng:'],
  [/^(- )?Deadline:/u, '$1Thời hạn:'],
  [/^(- )?With:/u, '$1Đơn vị phối hợp:'],
  [/(?<=\. )(\p{Lu}[^.;:]*) to lead; to reach: /u, 'Giao $1 chủ trì, bảo đảm '],
  [/^The units named above /u, 'Yêu cầu các đơn vị nêu trên '],
  [/^Recipients:/u, 'Nơi nhận:'],
];

/** `Thể chế (trừ ít nhất 02 điểm)`: a heading, whose sum of what is known so far is none that its losses are held to. */
const AT_LEAST =
  /^((?:(?:\d{1,2}|[IVX]{1,5}|[A-ZĐ])[.)]\s+|Lĩnh vực\s+)?)(.+?)\s*\(trừ ít nhất \d[\d.,]* điểm\)$/u;
const plainHeading = (text: string): string =>
  text.replace(AT_LEAST, (_, number: string, name: string) => `${number || 'Lĩnh vực '}${name}`);

function inVietnamese(paragraphs: readonly Paragraph[]): readonly Paragraph[] {
  if (!paragraphs.some(({ text }) => /\d points? lost(?!\p{L})/u.test(text))) return paragraphs;
  const said = (text: string) => OF_ENGLISH.reduce((s, [english, words]) => s.replace(english, words), text);
  return paragraphs.map((p) => ({ ...p, text: said(p.text) }));
}

/** What a letter says of its unit's place: who, in which year, where among how many, with which score. */
export interface StatedPlace {
  unit: string | null;
  year: number | null;
  rank: number | null;
  size: number | null;
  score: { points: Fraction; scale: Fraction } | null;
  scale: Fraction | null;
  /** The sentence that says the score. */
  scoreIn: string | null;
}

/** The report that published a result. */
interface Report {
  number: string;
  kind: string;
  date: string | null;
  issuer: string | null;
}

const KIND =
  'huyện|thị xã|thành phố|TP\\.?|quận|xã|phường|thị trấn|đặc khu|tỉnh|sở|ban|phòng|thanh tra|văn phòng|chi cục|cục';
const SIZED = '\\s*(?:\\/\\s*|\\(?\\s*(?:trên|trong)(?:\\s+(?:tổng\\s+)?số)?\\s+)(\\d{1,5})';
const RANKED = new RegExp(
  `(?:(?:xếp|đứng|ở|giữ|đạt)\\s+(?:vị trí\\s+|ở\\s+)?(?:thứ(?:\\s+hạng)?|hạng(?:\\s+thứ)?|vị trí(?:\\s+thứ)?|vị thứ)|xếp hạng\\s*:?|thứ hạng\\s*:?|vị trí(?: thứ)?)\\s*(\\d{1,4}|${Object.keys(ORDINALS).join('|')})${SIZED}`,
  'giu',
);

interface Ranked {
  rank: number;
  size: number;
  /** The year said last before it in its sentence, or right after it. */
  year: number | null;
  sentence: string;
  at: number;
}

const sentencesOf = (text: string): string[] => text.split(/\.\s+(?=\p{Lu})|[;\n]/u);
const yearsIn = (text: string): number[] =>
  [...text.matchAll(/(?<!so với )(?:năm|giai đoạn)\s+(20\d\d)/giu)].map((m) => Number(m[1]));

/** What is aimed at is no result. */
const AIMED = /(?:phấn đấu|mục tiêu|chỉ tiêu|dự kiến|vươn lên|để đạt|nhằm đạt)(?!\p{L})/iu;

function ranksIn(text: string): Ranked[] {
  return sentencesOf(text).flatMap((sentence) =>
    [...sentence.matchAll(RANKED)].flatMap((m): Ranked[] => {
      const [rank, size] = [ORDINALS[m[1]!.toLowerCase()] ?? Number(m[1]), Number(m[2])];
      if (rank < 1 || rank > size) return [];
      const before = sentence.slice(0, m.index);
      if (AIMED.test(before)) return [];
      const after = sentence.slice(m.index + m[0].length).split(/[,(]|(?<!\p{L})so với/u)[0]!;
      const year = yearsIn(before).at(-1) ?? yearsIn(after)[0] ?? null;
      return [{ rank, size, year, sentence, at: m.index }];
    }),
  );
}

/**
 * The unit, the year, the rank and the score that a letter says. Of several ranks that of the year counts, and of the unit
 * that is given; where two years or two ranks could be meant, none is taken.
 */
function standingIn(
  text: string,
  paragraphs: readonly Paragraph[],
  given: { unit?: string | undefined; year?: number | undefined },
): StatedPlace {
  const ranks = ranksIn(text);
  const year = given.year ?? yearOf(text, ranks);
  const isMeant = ({ sentence, at }: Ranked) => {
    const named = given.unit === undefined ? null : unitIn(sentence.slice(0, at));
    return named === null || unitKey(named) === unitKey(given.unit!);
  };
  const [ranked, ...others] = ranks.filter((r) => (r.year === null || r.year === year) && isMeant(r));
  const one = ranked && others.every((r) => r.rank === ranked.rank && r.size === ranked.size) ? ranked : null;
  const scored = scoreOf(text, one?.sentence ?? null, year);
  const [told] = sentencesOf(text).flatMap((s) => [...s.matchAll(TOLD)]);
  return {
    unit:
      (one && unitIn(one.sentence.slice(0, one.at))) ??
      issuerOf(paragraphs) ??
      (told ? unitIn(told[2]!) : null),
    year,
    rank: one?.rank ?? null,
    size: one?.size ?? null,
    score: scored?.score ?? null,
    scale: scored ? scored.scale : told ? parseNumeral(told[3]!) : null,
    scoreIn: scored?.sentence ?? null,
  };
}

const INDEX = 'chỉ số\\s+(?:cải cách hành chính|CCHC|PAR\\s*-?INDEX)|PAR\\s*-?INDEX';
const INDEX_YEAR = new RegExp(
  `(?:${INDEX})[^.;\\n]{0,60}?(?<!tháng[^.;\\n]{0,10}|so với )năm\\s+(20\\d\\d)`,
  'giu',
);
const RESULT_YEAR =
  /(?:công bố|đánh giá|kết quả|xếp hạng)[^.;\n]{0,60}?(?<!tháng[^.;\n]{0,10}|so với )năm\s+(20\d\d)/giu;
const YEAR_FIRST = /(?:^|\n|\.\s+)Năm\s+(20\d\d),/gu;
/** `Theo Quyết định …, năm 2025 xã A đạt 41,5/60 điểm (suy ra)`: the year, the unit, and what its points are of. */
const TOLD =
  /^Theo [^;]*, năm (20\d\d) (?!lĩnh vực|tiêu chí)([^,;]+?) đạt (?:từ [\d.,]+ đến )?[\d.,]+\s*\/\s*(\d{1,4}(?:[.,]\d+)?)\s*điểm/giu;

/** The year of the result: of the sentences with a rank, then of what was published; null where two could be meant. */
function yearOf(text: string, ranks: readonly Ranked[]): number | null {
  const last = (years: readonly number[]) => (years.length > 0 ? Math.max(...years) : null);
  const told = ranks.flatMap((r) => r.year ?? []);
  // A rank without a year beside one of another (`xếp thứ 6/18 (năm 2024 xếp thứ 9/18)`) is of the year that was published.
  const same = (a: Ranked, b: Ranked) => a.rank === b.rank && a.size === b.size;
  if (
    told.length > 0 &&
    ranks.every((r) => r.year !== null || ranks.some((o) => o.year !== null && same(r, o)))
  )
    return last(told);
  const published = sentencesOf(text).filter((s) => /công bố|phê duyệt/iu.test(s));
  const ways: [string[], RegExp][] = [
    [published, INDEX_YEAR],
    [published, RESULT_YEAR],
    [[text], RESULT_YEAR],
    [[text], INDEX_YEAR],
    [[text], YEAR_FIRST],
    [sentencesOf(text), TOLD],
  ];
  for (const [where, pattern] of ways) {
    const years = new Set(where.flatMap((s) => [...s.matchAll(pattern)].map((m) => Number(m[1]))));
    if (years.size === 1) return [...years][0]!;
    if (years.size > 1) return null;
  }
  return null;
}

const SCORE =
  /(?:(?:đạt|với|được|là|điểm số|tổng điểm)\s*:?\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:\/\s*(\d{2,4}(?:[.,]\d+)?)\s*)?điểm(?!\s*\((?:suy ra|giả định)\))|(?:điểm số|tổng (?:số )?điểm(?: tự chấm| tự đánh giá)?)(?: đạt)?(?: được)?(?: là)?\s*:?\s*(\d{1,3}(?:[.,]\d+)?)\s*\/\s*(\d{2,4}(?:[.,]\d+)?)(?![\d.,]*\d))/giu;
const PERCENT = new RegExp(
  `(?:${INDEX})[^.;\\n]{0,120}?(?:đạt|là|với)\\s+(\\d{1,3}(?:[.,]\\d+)?)\\s*%`,
  'giu',
);

/** `1. Công tác chỉ đạo: tổng điểm đạt 11/12 điểm`, and not `1. Kết quả chung: …`. */
const OF_A_PART =
  /^\s*(?:(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]|[-+*•])\s+(?![^:]*(?:kết quả|tổng|chung|chỉ số))[^:]{3,}:/iu;
/** `Tổng số điểm 20 điểm, đạt 17,5 điểm`: the first is the most there is. */
const MOST_FIRST =
  /tổng (?:số )?điểm(?: tối đa)?(?: là)?\s*:?\s*\d[\d.,]*\s*điểm[\s,(]+(?:tự chấm|tự đánh giá|thẩm định|đạt|được)/iu;

/** `đạt 85,25/100 điểm`, `với 84,1 điểm`, in the sentence of the rank or of the whole score: the score that is stated. */
function scoreOf(text: string, ranked: string | null, year: number | null) {
  const lines = text.split('\n').filter((line) => !OF_A_PART.test(line));
  const of = lines
    .flatMap(sentencesOf)
    .filter(
      (s) =>
        s === ranked ||
        /xếp hạng|tổng (?:số )?điểm(?! (?:bị )?(?:trừ|mất))|^\s*điểm số\s*:/iu.test(s) ||
        (/chỉ số/iu.test(s) && !/tiêu chí/iu.test(s)) ||
        [...s.matchAll(TOLD)].length > 0,
    );
  type Said = { score: { points: Fraction; scale: Fraction }; scale: Fraction | null; sentence: string };
  const found: Said[] = [];
  for (const sentence of ranked ? [ranked, ...of] : of) {
    if (/tiêu chí (?:thành phần )?\d/iu.test(sentence) || MOST_FIRST.test(sentence)) continue;
    const scores = [...sentence.matchAll(SCORE)].filter((m) => {
      const before = sentence.slice(0, m.index);
      const yearBefore = yearsIn(before).at(-1);
      return (
        !/(?:trừ|mất|tăng|giảm|trung bình|bình quân|cao nhất|thấp nhất)[^,;]{0,20}$/iu.test(before) &&
        (yearBefore === undefined || yearBefore === year)
      );
    });
    const [first, ...more] = scores.map((m) => ({ points: m[1] ?? m[3]!, scale: m[2] ?? m[4] }));
    const points = first && parseNumeral(first.points);
    const said = first?.scale === undefined ? null : parseNumeral(first.scale);
    const scale = said ?? HUNDRED;
    const percents = [...sentence.matchAll(PERCENT)];
    const share = percents.length === 1 ? parseNumeral(percents[0]![1]!) : null;
    if (points && more.every((m) => m.points === first.points) && points.compare(scale) <= 0)
      found.push({ score: { points, scale }, scale: said, sentence });
    else if (share && share.compare(HUNDRED) <= 0)
      found.push({ score: { points: share, scale: HUNDRED }, scale: null, sentence });
    if (sentence === ranked && found.length > 0) break;
  }
  // What parts of the index earned is of less than what the whole did.
  const [whole] = found.toSorted((p, q) => q.score.scale.compare(p.score.scale));
  return whole ?? null;
}

/** A kind of unit and its name, up to what is said of it. */
const NAMED_UNIT = new RegExp(
  `(?<!\\p{L})(?:${anyCase(KIND)})\\s+\\p{Lu}[^,.;:()]*?(?=\\s+(?:xếp|đạt|đứng|có|là|năm|ở|giữ|được|về|của|thuộc|công bố|ban hành|đã|vừa)(?!\\p{L})|[,.;:()]|\\s*$)`,
  'gu',
);

// A unit within a larger one (`xã A, huyện B`) is the one that is meant.
const WITHIN = /^,?\s*(?:thuộc\s+|của\s+)?$/u;
const LARGER = /^(?:huyện|thị xã|thành phố|TP|tỉnh|quận)/iu;

const isWithin = (between: string, larger: string): boolean => LARGER.test(larger) && WITHIN.test(between);

/** The last unit named in a stretch of text. */
function unitIn(text: string): string | null {
  type At = { name: string; end: number };
  const last = [...text.matchAll(NAMED_UNIT)].reduce((before: At | null, match): At => {
    const [name] = match;
    const end = match.index + name.length;
    const within = before && isWithin(text.slice(before.end, match.index), name);
    return { name: within ? before.name : name, end };
  }, null);
  return last && unitName(last.name);
}

const ISSUER =
  /(?:(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+(?=HUYỆN|THỊ XÃ|THÀNH PHỐ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)|(?<!(?:ỦY|UỶ)\s+)(?=(?:SỞ|BAN|THANH TRA|VĂN PHÒNG)\s))((?:HUYỆN|THỊ XÃ|THÀNH PHỐ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|SỞ|BAN|THANH TRA|VĂN PHÒNG)\s+[\p{Lu}'’-]+(?!\p{L})(?:\s+(?!(?:PHÒNG|VĂN PHÒNG|BÁO CÁO|KẾ HOẠCH|THÔNG BÁO|CÔNG VĂN|TỜ TRÌNH|QUYẾT ĐỊNH|CỘNG HÒA|CỘNG HOÀ|ĐỘC LẬP|SỐ)(?!\p{L}))[\p{Lu}'’-]+(?!\p{L}))*)/gu;

/**
 * `ỦY BAN NHÂN DÂN HUYỆN NHƯ XUÂN`, `SỞ Y TẾ` at the head of a letter: the last of them, below whom it is of. Its small
 * letters are those of the text, where that names it too.
 */
function issuerOf(paragraphs: readonly Paragraph[]): string | null {
  const all = paragraphs.map((p) => p.text).join('\n');
  const head = paragraphs.slice(0, 12).map((p) => p.text);
  const end = head.findIndex((t) => /Kính gửi/iu.test(t));
  const issuer = head
    .slice(0, end < 0 ? undefined : end)
    // The committee and its place may stand on two lines.
    .map((t, i, lines) => (/NHÂN DÂN\s*$/u.test(t) ? lines.slice(i, i + 2).join(' ') : t))
    .flatMap((t) => [...t.matchAll(ISSUER)])
    .at(-1);
  if (!issuer) return null;
  const loud = issuer[1]!.replace(/\s+(?:CỘNG|ĐỘC LẬP|SỐ)(?!\p{L}).*$/su, '').trim();
  const lower = all.toLowerCase();
  for (let at = lower.indexOf(loud.toLowerCase()); at >= 0; at = lower.indexOf(loud.toLowerCase(), at + 1)) {
    const said = all.slice(at, at + loud.length);
    if (lower.length === all.length && said !== loud) return unitName(said);
  }
  const words = loud.toLowerCase().split(/\s+/);
  const kinds = /^(?:thị xã|thành phố|thị trấn|đặc khu)/.test(words.join(' ')) ? 2 : 1;
  const places = !/^(?:sở|ban|thanh|văn)/.test(words[0]!);
  return words
    .map((w, i) =>
      i === 0 || (places ? i >= kinds : i === 1) ? w.replace(/^\p{L}/u, (c) => c.toUpperCase()) : w,
    )
    .join(' ');
}

const REPORT = /(Báo cáo|Quyết định|Thông báo|Công văn)\s+số\s+(\d+\/[\p{L}\d][\p{L}\d&-]*)/u;

/** The report that published the result: the first paper cited with a number, in the sentence that speaks of the index. */
function reportOf(text: string): Report | null {
  for (const sentence of text.split(/\.\s+|\n/)) {
    const paper = REPORT.exec(sentence);
    if (!paper || !/chỉ số|công bố|kết quả/iu.test(sentence)) continue;
    const date = /ngày\s+(\d{1,2}\/\d{1,2}\/\d{4})/iu.exec(sentence)?.[1] ?? null;
    const issuer =
      /(?:^|,\s*)((?:Sở|UBND|Ủy ban nhân dân|Bộ)\s+[^,;]+?)\s+(?:có|ban hành|đã)\s/u.exec(sentence)?.[1] ??
      /của\s+((?:Sở|UBND|Ủy ban nhân dân|Bộ)\s+[^,;]+?)(?:,|;|$|\s+(?:về|công bố|về việc))/u.exec(
        sentence,
      )?.[1] ??
      null;
    return { kind: paper[1]!, number: paper[2]!, date, issuer };
  }
  return null;
}
