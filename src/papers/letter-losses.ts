import type { Sheet } from '../files/cells.js';
import { type Diagnostic, type Place, warning } from '../values/diagnostic.js';
import { type Fraction, ZERO } from '../values/fraction.js';
import type { Loss, StatedPlace } from './letter.js';
import type { LossTable } from './letter-table.js';
import {
  anyCase,
  charge,
  chargesByCriterion,
  criteriaIn,
  idOf,
  isOtherPlace,
  type Lost,
  levelOf,
  lossesIn,
  type NamedCriterion,
  noDetails,
  numberedIn,
  openedBy,
  PLACES,
  pointsIn,
  putUnder,
} from './mentions.js';
import { hasFigures, LABELS, type Paragraph, unusedTables } from './paper.js';

const SECTION = /^(?:(?:\d{1,2}|[IVX]{1,5}|[A-ZĐ])[.)]\s*)?(?:lĩnh vực\s+)?(.+?)[.:;]?$/iu;
const HEADING = /^(?:(?:\d{1,2}|[IVX]{1,5}|[A-ZĐ])[.)]\s+\p{L}|[Ll](?:ĩnh vực|ĨNH VỰC)\s)/u;
const BULLET = /^(?:[*•+–-]\s*)?(?:[a-zđ][.)]\s*)?/u;
const DETAIL = new RegExp(
  `^(?:[*•+–-]\\s*)?(?:[a-zđ][.)]\\s*)?(${LABELS})(?:\\s*[:–-]\\s*|\\s+(?=Giao\\s))(.*)$`,
  'iu',
);
/** Where what is said under a loss begins in its own line: `trừ 0,5 điểm. Lý do: …`. */
const UNDER = new RegExp(`[.;]\\s+(?=(?:${LABELS})\\s*:|Giao\\s)`, 'iu');
const NUMBERED = /^(?:[*•+–-]\s*)?(?:[a-zđ]|\d{1,2}|[IVX]{1,5})[.)]\s/u;
/** What the tool's own letter says after a loss: a plain number before it is a criterion's, and no heading's. */
const CHARGED = /^\.\s+(?:Hạn chế:\s.*)?Giao\s.*\schủ trì/u;
/** An order that stands without a label. */
const ORDER = /^(?:[*•+–-]\s*)?(Giao\s.*)$/u;
const CLOSES =
  /^(?:Đây là|Trên đây|Trong quá trình|Yêu cầu (?:các|thủ trưởng)|Đề nghị|Nhận được|Nơi nhận|Căn cứ)/u;
/** What the whole letter asks stands under no criterion. */
const ORDERS_ALL = /^(?:Chủ tịch|Giám đốc|UBND|Ủy ban nhân dân)\s[^.:;]{0,60}?(?:yêu cầu|đề nghị)\s/u;
/** What could be lost, or would be for each, was not lost. */
const SUPPOSED =
  /(?<!\p{L})(?:nếu|sẽ|tránh|nguy cơ|có thể|dự kiến|ước|khỏi|để không|không bị|không để|chưa bị|không còn)(?!\p{L})[^;]{0,30}$|(?<!\p{L})(?:không|chưa|suýt)(?: hề)?\s*$/iu;
const SUPPOSED_ANYWHERE = /(?<!\p{L})(?:nếu|sẽ|tránh|nguy cơ|có thể|dự kiến|mỗi|cứ|từng)(?!\p{L})/iu;
/** `giảm 0,5 điểm` of a criterion or a heading is lost; what fell since last year, or of the whole, is not. */
const FELL = /^(?:(?:đã )?bị )?giảm(?!\p{L})/iu;
const fellSince = (segment: string, after: string): boolean =>
  /so với|năm trước|cùng kỳ/iu.test(`${segment.replace(/\([^()]*\)/gu, ' ')} ${after.split(/[.;]/u)[0]}`) ||
  (criteriaIn(segment).length === 0 && !HEADING.test(segment));
const FOR_EACH = /(?<!\p{L})(?:mỗi|cứ|từng)(?!\p{L})/iu;
/** Points in words, in brackets without their unit, or a share of points of which it is not said how many they are. */
const IN_WORDS =
  /(?<!\p{L})(?:trừ|mất)(?!\p{L})[^.;]{0,30}(?:(?<!\p{L})(?:nửa|một|hai|ba|bốn|năm|sáu) (?:số )?điểm|\d ?% (?:tổng )?(?:số )?điểm)(?!\p{L})|\(\s*[-–−]\s?\d+(?:[.,]\d+)?\s*\)/iu;
/** A criterion of which nothing was lost. */
const FULL =
  /(?<!tự )(?:đạt|được|chấm)\s+(?:trọn\s+|số\s+)?(?:điểm\s+)?tối đa(?!\p{L})|không (?:bị )?(?:trừ|mất)(?: điểm)?(?!\p{L})/iu;
/** Words by which a criterion is found wanting. */
const LACKS =
  /(?<!\p{L})(?:không|chưa|chậm|thiếu|mất|trừ|thấp|kém|yếu|tự chấm|tự đánh giá|thẩm định)(?!\p{L})/iu;
const GRADED = /(?:tự chấm|tự đánh giá|thẩm định)(?: được| đạt)?:? \d/iu;
/** What stands before points that are said of the criterion above. */
const ONLY_POINTS = /^(?:(?:kết quả|bị|đã|số|điểm|nên|do đó|đơn vị)[\s:,]*)*[(\s:–-]*$/iu;
const ALIKE =
  /(?:mỗi|từng)\s+(?:tiêu chí|nội dung)(?:\s+thành phần)?(?:\s+(?:đều|bị|đã))*\s*$|(?<!\p{L})đều(?:\s+bị)?\s*$/iu;

/** What the whole unit lost. */
const UNIT =
  /(?<!\p{L})(?:(?:[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|Sở|Ban)(?:\s+\p{Lu}[^,.;:()]*)?|UBND|[Đđ]ơn vị)(?:\s+đã)?\s*$/u;

/** A place that heads lines of its own: `2. Huyện B`, `Đối với xã C:`. */
const OF_PLACE = new RegExp(
  `^(?:(?:\\d{1,2}|[IVX]{1,5}|[A-ZĐa-zđ])[.)]\\s*)?(?:Đối với\\s+)?((?:${anyCase(PLACES)})(?:\\s+(?:\\p{Lu}[\\p{L}'’-]*|\\d{1,2}(?![\\d.,])))+)\\s*(?:[:(].*)?$`,
  'u',
);
/** A heading of a year: `Kết quả năm 2024:`. */
const OF_YEAR =
  /^(?!.*(?:Theo|Căn cứ|Quyết định|Báo cáo số|Kế hoạch)\s)[^.;:]*(?<!so với |từ |đến )năm (20\d\d)\s*[:.]?$/iu;

type NewLoss = Pick<Loss, 'id' | 'name' | 'lost' | 'max' | 'line'>;

interface StatedSum {
  points: Fraction;
  line: number;
}

/** A heading that says points: the sum of what follows it, or, when nothing does, a loss of its own. */
interface Pending extends StatedSum {
  name: string;
  max: Fraction | null;
  level: number;
  before: number;
}

/** The part of a letter that goes through the criteria. */
export class LetterLosses {
  readonly losses: Loss[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Losses whose criterion is not clear, and sums that are not those of the losses. */
  unclear = 0;
  private group: Loss[] = [];
  private field: string | null = null;
  /** The label that stands over what follows; '' where it holds no more, null while the group has none. */
  private detail: string | null = null;
  /** Sums that the letter states of all losses. */
  private readonly sums: StatedSum[] = [];
  private readonly pending: Pending[] = [];
  /** A criterion of which no points are said yet: `Tiêu chí 1.2 (Báo cáo)`, and `Điểm trừ: 0,5` below it. */
  private waiting: { loss: Loss; text: string } | null = null;
  /** A heading below which nothing was said yet. */
  private fresh: Pick<Pending, 'name' | 'level'> | null = null;
  private ended = false;
  /** How high the heading stands whose lines are another unit's, or another year's; 0 where none does. */
  private aside = 0;
  /** Points in the paragraph that nothing took yet. */
  private unused: Fraction[] = [];

  constructor(
    private readonly standing: Pick<StatedPlace, 'unit' | 'year' | 'score' | 'scoreIn'>,
    private readonly place: (line: number) => Place,
  ) {}

  /** Reads a paragraph; points in it that nothing took are told. */
  read({ text, line }: Paragraph): void {
    this.unused = pointsIn(text);
    const { score, scoreIn } = this.standing;
    const stated = score && scoreIn !== null && text.includes(scoreIn);
    // What the score leaves of its scale may be said beside it.
    if (stated) this.use(score.points, score.scale, score.scale.sub(score.points));
    const rest = stated ? text.replace(scoreIn, ' ') : text;
    const aside = this.isAside(text);
    if (rest.trim() !== '' && !aside) this.interpret(rest, line);
    const [points] = this.unused;
    if (aside) {
      if (points) this.warn('letter-line-unused', text, points, line);
      return;
    }
    if (IN_WORDS.test(text) && lossesIn(text).length === 0 && !SUPPOSED_ANYWHERE.test(text)) {
      this.warn('letter-loss-unclear', text, null, line);
      return;
    }
    if (!points) return;
    // `Tiêu chí 6.3: 0 điểm`, `thẩm định 2 điểm`: of how many is not said.
    const none =
      (points.equals(ZERO) || (GRADED.test(text) && lossesIn(text).length === 0)) &&
      criteriaIn(text).length > 0;
    // What is lost and was not read is more than a number that stands somewhere.
    const lost =
      /(?<!\p{L})(?:trừ|mất)(?!\p{L})|\d\s*\/\s*[\d.,]+\s*đ/iu.test(text) && !SUPPOSED_ANYWHERE.test(text);
    // `trừ 1/4 điểm` is not one point.
    const share = /(?<![\d.,/])\d+\s*\/\s*\d+(?=\s*điểm)/u.exec(text)?.[0] ?? null;
    const code = lost || none ? 'letter-loss-unclear' : 'letter-line-unused';
    this.warn(code, text, none ? null : (share ?? points), line);
  }

  /** Whether a line is of another unit, or of a year before: one that heads those below it says so. */
  private isAside(text: string): boolean {
    const { unit, year } = this.standing;
    const named = OF_PLACE.exec(text)?.[1];
    const dated = text.length < 120 && criteriaIn(text).length === 0 ? OF_YEAR.exec(text)?.[1] : undefined;
    const isOther = named ? isOtherPlace(named, unit) : null;
    const isBefore = dated && year !== null ? Number(dated) < year : null;
    const level = levelOf(text);
    if (isOther || isBefore) this.aside = level;
    else if (isOther === false || isBefore === false || (HEADING.test(text) && level <= this.aside))
      this.aside = 0;
    return this.aside > 0;
  }

  private use(...numbers: (Fraction | null)[]): void {
    for (const number of numbers) {
      const at = number ? this.unused.findIndex((n) => n.equals(number)) : -1;
      if (at >= 0) this.unused.splice(at, 1);
    }
  }

  private interpret(text: string, line: number): void {
    if (this.ended) return;
    const detail = DETAIL.exec(text);
    // What was lacking stands under a loss, not under a heading.
    if (detail && this.pending.at(-1)?.before === this.losses.length) this.settle(this.pending.pop());
    const order = ORDER.exec(text);
    const [, label, words] = detail ?? (order && [text, 'trách nhiệm', order[1]!]) ?? [];
    const losses = lossesIn(text);
    const named = label !== undefined || losses.length > 0 ? null : openedBy(text);
    if (named) {
      this.open(named, text, line);
      return;
    }
    if (label !== undefined && this.group.length > 0) {
      this.detail = label.toLowerCase();
      this.put(this.detail, words!);
      // A cause may say the points again.
      this.use(...this.group.flatMap((l) => [l.lost, l.max]));
      // What a level to be reached would bring is no loss.
      if (/mức cần đạt|chỉ tiêu/u.test(this.detail)) this.use(...pointsIn(text));
      return;
    }
    if (losses.length > 0) {
      this.readLosses(text, losses, line);
      const under = text.split(UNDER).slice(1);
      for (const piece of under) if (lossesIn(piece).length === 0) this.interpret(piece, line);
      return;
    }
    // `Tiêu chí 1.2: không được điểm`: of how many is not said.
    if (
      (GRADED.test(text) ||
        /(?:không (?:được|có|đạt)|chưa có|mất toàn bộ|không được (?:chấm|tính)) (?:số )?điểm/iu.test(text)) &&
      criteriaIn(text).length > 0
    ) {
      this.warn('letter-loss-unclear', text, null, line);
      return;
    }
    this.dropWaiting();
    if (this.losses.length > 0 && CLOSES.test(text)) {
      this.ended = true;
      return;
    }
    if (this.detail && ORDERS_ALL.test(text)) this.detail = '';
    if (this.detail && !HEADING.test(text)) {
      this.put(this.detail, text);
      return;
    }
    const heading = SECTION.exec(text);
    // A sentence on a criterion is no heading.
    if (heading && (HEADING.test(text) || this.losses.length > 0) && criteriaIn(text).length === 0) {
      const level = levelOf(text);
      this.settleTo(level);
      this.head(heading[1]!);
      if (HEADING.test(text)) this.fresh = { name: heading[1]!, level };
    }
  }

  /** A line that begins with a criterion and says no points lost: they follow, or the line is told. */
  private open(named: readonly NamedCriterion[], text: string, line: number): void {
    const [one, ...more] = named;
    this.dropWaiting(one!.id);
    this.group = [];
    if (this.detail) this.detail = '';
    // What points it says otherwise is told of every line.
    if (FULL.test(text) || IN_WORDS.test(text) || pointsIn(text).length > 0) return;
    if (more.length > 0) {
      this.warn(LACKS.test(text) ? 'letter-loss-unclear' : 'letter-line-unused', text, null, line);
      return;
    }
    const name = /^\p{Lu}/u.test(one!.name) ? one!.name : one!.id;
    this.waiting = { loss: this.begin({ id: one!.id, name, lost: ZERO, max: null, line }), text };
  }

  /** Tells of a criterion whose points are not said; one whose parts follow is their heading. */
  private dropWaiting(next = ''): void {
    if (!this.waiting) return;
    const { loss, text } = this.waiting;
    this.waiting = null;
    if (next.startsWith(`${loss.id}.`)) {
      if (/^\d+$/.test(loss.id)) this.field = loss.name;
    } else this.warn(LACKS.test(text) ? 'letter-loss-unclear' : 'letter-line-unused', text, null, loss.line);
  }

  private head(name: string): void {
    this.field = name.replace(/^\s+|\s*(?:[,:;(–-]\s*tổng (?:số )?điểm.*)?$/gisu, '').replace(/\s+/g, ' ');
    this.detail = null;
    this.group = [];
    this.fresh = null;
  }

  private readLosses(text: string, matches: readonly Lost[], line: number): void {
    // What stands under a numbered paragraph is said of it, and of none before it.
    if (NUMBERED.test(text)) this.group = [];
    let from = 0;
    for (const [i, match] of matches.entries()) {
      const segment = text.slice(from, match.index);
      const after = text.slice(match.end, matches[i + 1]?.index);
      from = match.end;
      this.use(...match.numbers);
      if (
        this.isSupposed(segment, text.slice(match.end)) ||
        (FELL.test(text.slice(match.index)) && fellSince(segment, after))
      ) {
        this.warn('letter-line-unused', text, match.points, line);
        continue;
      }
      let named = CHARGED.test(after) ? numberedIn(segment) : criteriaIn(segment);
      // `trừ 0,5 điểm ở tiêu chí 1.2 (Báo cáo)`
      const behind = named.length === 0 ? AFTERWARDS.exec(after) : null;
      if (behind) {
        named = criteriaIn(behind[1]!);
        if (named.length > 0) from += behind[0].length;
      }
      this.assign(named, match, line, { segment, after });
    }
  }

  /** Gives points lost to the criteria that are named before them, else to what they are said of. */
  private assign(
    named: readonly NamedCriterion[],
    match: Lost,
    line: number,
    said: { segment: string; after: string },
  ): void {
    const { segment, after } = said;
    const { points } = match;
    if (named.length > 1 && !ALIKE.test(segment)) {
      this.warn('letter-loss-unclear', segment, points, line);
      return;
    }
    const before = this.losses.at(-1);
    // `điểm chuẩn 2, đạt 1,5, trừ 0,5 điểm` says one loss twice.
    if (named.length === 0 && before?.line === line && /^[\s;,.()]*$/u.test(segment)) {
      if (!before.lost.equals(points)) this.warn('letter-loss-unclear', before.id, points, line);
      return;
    }
    if (named.length === 0) {
      const { waiting } = this;
      if (waiting && points.compare(ZERO) > 0 && ONLY_POINTS.test(segment.replace(BULLET, ''))) {
        this.waiting = null;
        this.losses.push(Object.assign(waiting.loss, { lost: points, max: match.max }));
      } else this.unnamed(segment, after, match, line);
      return;
    }
    this.dropWaiting(named[0]!.id);
    if (points.compare(ZERO) <= 0) return;
    for (const one of named) this.add({ ...one, lost: points, max: match.max, line });
    // `trừ 0,25 điểm do gửi chậm 01 báo cáo`
    const cause = /^\s*,?\s*\(?(?:do|vì|nguyên nhân:?|lý do:?)\s+([^;]+?)\s*\)?(?:\.?$|;)/iu.exec(
      after.split(UNDER)[0]!,
    );
    const last = this.losses.at(-1);
    if (cause && last) last.limitation = cause[1]!;
  }

  /** What may be lost, what each case costs, and what was lost in another year, was not lost. */
  private isSupposed(segment: string, after: string): boolean {
    const clause = segment.split(/[;]|\.\s+(?=\p{Lu})/u).at(-1)!;
    const { year } = this.standing;
    const said =
      /(?:^|[(,])\s*(?:trong )?năm (20\d\d)(?!\/)/iu.exec(clause.replace(BULLET, '')) ??
      /năm (20\d\d)\s*(?:,|thì|đã|bị|tiếp tục|là)*\s*$/iu.exec(clause.replace(/\s+/g, ' ')) ??
      /^\s*\(?(?:trong |của )?năm (20\d\d)(?! (?:cũng |đã |bị |chỉ )*(?:trừ|mất)(?!\p{L}))/iu.exec(after);
    const other = said !== null && year !== null && Number(said[1]) !== year;
    return other || SUPPOSED.test(clause) || (FOR_EACH.test(clause) && !ALIKE.test(clause));
  }

  /** Points lost without a criterion's number: a heading's sum, the sum of all, or a criterion that has only a name. */
  private unnamed(segment: string, after: string, match: Lost, line: number): void {
    const { points } = match;
    const bare = segment.replace(/(?:[\s,:;(–-]+(?:tổng )?(?:số )?điểm)?[(\s,:;–-]*$/iu, '').trim();
    const all =
      /^\s*(?:ở|tại|trong|của|do)\s+(?:\d+\s+tiêu chí|(?:các|những)\s+(?:nội dung|tiêu chí|lĩnh vực)(?: thành phần)?\s+(?:sau|dưới đây|cụ thể))/u.test(
        after,
      );
    const section = HEADING.test(segment) && !/^[^\p{L}]*(?:[IVX]+[.)]\s*)?(?:tổng|cộng)/iu.test(segment);
    if (all || (!section && /tổng|cộng:?$/iu.test(segment)) || UNIT.test(segment)) {
      this.sums.push({ points, line });
      return;
    }
    // `C. Điều tra xã hội học`, and `Mất 3,13 điểm.` below it.
    if (this.fresh && bare === '' && this.field !== null) {
      this.pending.push({ ...this.fresh, points, max: match.max, line, before: this.losses.length });
      return;
    }
    const ends = /^[\s.;:)]*$/.test(after) || (HEADING.test(segment) && INCLUDES.test(after));
    if (HEADING.test(segment) || (match.bracketed && !/\d/.test(bare))) {
      const level = levelOf(segment);
      this.settleTo(level);
      const title = bare.replace(BULLET, '').replace(/\s*\((?:tổng|cộng)[^()]*$/iu, '');
      const said = SECTION.exec(title)?.[1] ?? title;
      const name = /\p{L}/u.test(said) ? said : `Lĩnh vực ${said}`;
      if (!ends || said === '' || name.length > 160) {
        this.warn('letter-loss-unclear', segment, points, line);
        return;
      }
      this.head(name);
      this.pending.push({ name, points, max: match.max, line, level, before: this.losses.length });
      return;
    }
    const name = SECTION.exec(bare.replace(BULLET, ''))?.[1] ?? '';
    const alone =
      ends &&
      /\p{L}/u.test(name) &&
      !/[,;:]|điểm|xếp|(?<!\p{L})(?:bị|đã)(?!\p{L})/iu.test(name) &&
      name.length < 120;
    if (alone && points.compare(ZERO) > 0)
      this.add({ id: this.idFor(name), name, lost: points, max: match.max, line });
    else this.warn('letter-loss-unclear', segment || after, points, line);
  }

  private warn(
    code: 'letter-loss-unclear' | 'letter-line-unused',
    text: string,
    points: Fraction | string | null,
    line: number,
  ): void {
    if (code === 'letter-loss-unclear') this.unclear += 1;
    const value =
      text.length > 90 && code === 'letter-loss-unclear' ? text.slice(-90).trim() : text.slice(0, 120).trim();
    this.diagnostics.push({
      ...warning(code, { value, points: points?.toString() ?? '?' }),
      place: this.place(line),
    });
  }

  private add(loss: NewLoss): void {
    this.losses.push(this.begin(loss));
  }

  /** What stands below is said of this criterion too. */
  private begin(loss: NewLoss): Loss {
    this.fresh = null;
    if (this.detail !== null) this.group = [];
    this.detail = null;
    const whole: Loss = { ...loss, field: this.field, ...noDetails() };
    this.group.push(whole);
    return whole;
  }

  /** The id that a name makes; another name with the same letters takes a number. */
  private idFor(name: string): string {
    const id = idOf(name);
    const others = this.losses.filter((l) => l.name !== name && l.id.replace(/\d+$/, '') === id);
    return others.length === 0 ? id : `${id}${others.length + 1}`;
  }

  private put(label: string, text: string): void {
    const by = chargesByCriterion(label, text);
    for (const { ids, charged } of by)
      for (const loss of this.losses) if (ids.includes(loss.id)) charge(loss, charged);
    if (by.length === 0) for (const loss of this.group) putUnder(loss, label, text, this.group);
  }

  /** A table of losses: in place of sentences, or, beside them, held against them; one that is none is told. */
  readTable(table: LossTable | null, sheet: Sheet, beside: boolean): void {
    if (!table) {
      if (beside ? saysPoints(sheet) : hasFigures(sheet)) this.diagnostics.push(...unusedTables([sheet]));
      return;
    }
    for (const loss of table.losses) {
      const same = beside && this.losses.find((l) => l.id === loss.id && l.lost.equals(loss.lost));
      if (!beside) this.losses.push(loss);
      else if (same) same.max ??= loss.max;
      else this.warn('letter-loss-unclear', `${loss.id} ${loss.name}`, loss.lost, loss.line);
    }
    if (table.total && !beside) this.sums.push({ points: table.total, line: 1 });
    for (const { text, points, row } of table.unread) this.warn('letter-loss-unclear', text, points, row);
    for (const { text, points, row } of table.others) this.warn('letter-line-unused', text, points, row);
  }

  /** Settles the headings that a heading of this level ends. */
  private settleTo(level: number): void {
    for (let last = this.pending.at(-1); last && last.level >= level; last = this.pending.at(-1))
      this.settle(this.pending.pop());
  }

  /** Holds a heading's points against the losses under it. */
  private settle(pending: Pending | undefined): void {
    if (!pending) return;
    const { name, points, max, line, before } = pending;
    // `Lĩnh vực 3` has the criteria 3.1 and 3.2, whatever follows them.
    const number = /^Lĩnh vực (\d+)$/u.exec(name)?.[1];
    const under = this.losses
      .slice(before)
      .filter((l) => number === undefined || l.id.startsWith(`${number}.`));
    if (under.length === 0) {
      if (points.compare(ZERO) <= 0) return;
      this.field = this.pending.at(-1)?.name ?? name;
      this.add({ id: this.idFor(name), name, lost: points, max, line });
      return;
    }
    const sum = under.reduce((s, l) => s.add(l.lost), ZERO);
    if (!sum.equals(points)) this.warnSum(points, sum, line);
  }

  /** Holds the sums that the letter states of all against its losses. */
  finish(): void {
    this.dropWaiting();
    this.settleTo(0);
    const total = this.losses.reduce((sum, l) => sum.add(l.lost), ZERO);
    for (const { points, line } of this.sums) if (!points.equals(total)) this.warnSum(points, total, line);
  }

  /** A sum that the losses do not make: some are not listed. */
  private warnSum(stated: Fraction, sum: Fraction, line: number): void {
    this.unclear += 1;
    const params = { stated: stated.toString(), sum: sum.toString() };
    this.diagnostics.push({ ...warning('letter-sum', params), place: this.place(line) });
  }
}

const saysPoints = ({ rows }: Sheet): boolean =>
  rows.some(({ cells }) => cells.some(({ text }) => pointsIn(text).length > 0));

/** `Lĩnh vực 1: trừ 2 điểm, gồm: …`: a sum, with what makes it in the same line. */
const INCLUDES =
  /^[\s,;:()]*(?:gồm|bao gồm|trong đó|cụ thể)(?: có| như sau| là)?\s*:?\s*(?:$|(?:tiêu chí|TC)(?!\p{L}))/iu;

const AFTERWARDS =
  /^\s*(?:ở|tại|của|đối với|thuộc|do|cho|:)?\s*(\(?(?:tiêu chí|TC|TCTP)(?!\p{L})[^;.]*(?:\.\d[^;.]*)*)/iu;
