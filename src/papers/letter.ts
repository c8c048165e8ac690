import {
  type Diagnostic,
  error,
  type Place,
  type Result,
  resultOf,
  warning,
} from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';
import { type Fraction, HUNDRED, parseDecimal, ZERO } from '../exact/fraction.js';
import type { Grid } from './heads.js';
import { type LossRow, lossesOfTable } from './letter-table.js';
import type { Paragraph } from './paragraphs.js';

/** A criterion that a letter says lost points. */
export interface Loss {
  id: string;
  name: string;
  lost: Fraction;
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
  /** The score that it states, and the scale it is of. */
  score: { points: Fraction; scale: Fraction } | null;
  /** The report that published the result. */
  report: { number: string; kind: string; date: string | null; issuer: string | null } | null;
  losses: Loss[];
  total: Fraction;
}

const LOST = /(?:(?:đã )?bị\s+)?(?:trừ|mất)\s+(?:là\s+)?(\d+(?:[.,]\d+)?)\s*điểm/giu;
const NUMBERED = /(?:^|[\s;,.(])tiêu chí(?:\s+thành phần)?(?:\s+số)?\s+([\p{L}\d]+(?:\.\d+)*)\s*/giu;
const ID_FIRST = /^(?:[*•+–-]\s*)?(?:[a-zđ][.)]\s*)?((?:\d+(?:\.\d+)+)|[A-ZĐ]{2,8})\s*[.:)–-]\s*/u;
const SECTION = /^(?:(?:\d{1,2}|[IVX]{1,5})[.)]\s*)?(?:lĩnh vực\s+)?(.+?)[.:;]?$/iu;
const DETAIL =
  /^(?:[*•+–-]\s*)?(Tồn tại, hạn chế|Hạn chế|Yêu cầu|Tồn tại|Nguyên nhân|Trách nhiệm thực hiện|Trách nhiệm|Đơn vị chủ trì|Chủ trì|Việc cần làm|Nhiệm vụ|Giải pháp|Mức cần đạt|Chỉ tiêu|Tài liệu kiểm chứng|Sản phẩm|Thời hạn|Phối hợp)(?:\s*[:–-]\s*|\s+(?=Giao\s))(.*)$/iu;
/** An order that stands without a label. */
const ORDER = /^(?:[*•+–-]\s*)?(Giao\s.*)$/u;
const CLOSES =
  /^(?:Đây là|Trên đây|Trong quá trình|Yêu cầu (?:các|thủ trưởng)|Đề nghị|Nhận được|Nơi nhận|Căn cứ)/u;

/**
 * Reads a letter on a unit's index: the losses by criterion with what stands under each, the unit, the year, the rank
 * and the report that published them. `file` names the letter in complaints; what is `given` need not be in it.
 */
export function readLetter(
  paragraphs: readonly Paragraph[],
  file: string,
  given: { unit?: string | undefined; year?: number | undefined } = {},
  tables: readonly Grid[] = [],
): Result<Letter> {
  const diagnostics: Diagnostic[] = [];
  const place = (line: number): Place => ({ file, line, column: 1 });
  const body = new Body(diagnostics, place);
  // A table of tasks at the end says the same losses again; a letter may have them in a table alone.
  for (const paragraph of paragraphs) if (!paragraph.inTable) body.hear(paragraph);
  if (body.losses.length === 0) for (const grid of tables) body.take(lossesOfTable(grid) ?? []);
  if (body.losses.length === 0) for (const paragraph of paragraphs) body.hear(paragraph);
  body.finish();
  const { losses } = body;
  const all = paragraphs.map((p) => p.text).join('\n');
  if (losses.length === 0)
    return { ok: false, diagnostics: [{ ...error('not-a-letter', { file }), place: place(1) }] };
  const seen = new Map<string, Loss>();
  for (const loss of losses) {
    if (seen.has(loss.id))
      diagnostics.push({ ...error('duplicate-id', { id: loss.id }), place: place(loss.line) });
    seen.set(loss.id, loss);
  }
  const total = losses.reduce((sum, l) => sum.add(l.lost), ZERO);
  const standing = standingOf(all);
  const unit = given.unit ?? standing?.unit ?? issuerOf(paragraphs);
  const year = given.year ?? yearOf(all);
  if (unit === null)
    diagnostics.push({ ...error('letter-lacks', { what: 'unit', option: '--unit' }), place: place(1) });
  if (year === null)
    diagnostics.push({ ...error('letter-lacks', { what: 'year', option: '--year' }), place: place(1) });
  if (!standing)
    diagnostics.push({ ...warning('letter-lacks', { what: 'rank', option: '' }), place: place(1) });
  const score = scoreOf(all);
  // Losses and score that do not make the scale: the letter does not list every loss.
  if (score && !score.points.add(total).equals(score.scale)) {
    const params = { score: score.points.toString(), lost: total.toString(), scale: score.scale.toString() };
    diagnostics.push({ ...warning('letter-partial', params), place: place(1) });
  }
  const letter: Letter = {
    unit: unit ?? '',
    year: year ?? 0,
    rank: standing?.rank ?? null,
    size: standing?.size ?? null,
    score,
    report: reportOf(all),
    losses,
    total,
  };
  return resultOf(letter, diagnostics);
}

const numberOf = (text: string): Fraction | null => parseDecimal(text.replace(',', '.'));

/** The part of a letter that goes through the criteria. */
class Body {
  readonly losses: Loss[] = [];
  private group: Loss[] = [];
  private detailed = false;
  private field: string | null = null;
  private detail: string | null = null;
  private readonly said: { points: Fraction; line: number }[] = [];
  /** A heading that says points: the sum of what follows it, or, when nothing does, a loss of its own. */
  private pending: { name: string; points: Fraction; line: number; before: number } | null = null;
  private ended = false;

  constructor(
    private readonly diagnostics: Diagnostic[],
    private readonly place: (line: number) => Place,
  ) {}

  hear({ text, line }: Paragraph): void {
    if (this.ended) return;
    const detail = DETAIL.exec(text);
    // What was lacking stands under a loss, not under a heading.
    if (detail && this.pending?.before === this.losses.length) this.settle();
    if (detail && this.group.length > 0) {
      this.detailed = true;
      this.detail = detail[1]!.toLowerCase();
      this.put(this.detail, detail[2]!);
      return;
    }
    const order = ORDER.exec(text);
    if (order && this.group.length > 0) {
      this.detailed = true;
      this.detail = 'trách nhiệm';
      this.put(this.detail, order[1]!);
      return;
    }
    const found = [...text.matchAll(LOST)];
    if (found.length > 0) {
      this.lose(text, found, line);
      const under = text.split(/\.\s+(?=Hạn chế:|Giao\s)/u).slice(1);
      for (const piece of found.length === 1 ? under : []) this.hear({ text: piece, line });
      return;
    }
    if (this.losses.length > 0 && CLOSES.test(text)) {
      this.ended = true;
      return;
    }
    if (this.detail && this.detailed && !HEADING.test(text)) {
      this.put(this.detail, text);
      return;
    }
    const heading = SECTION.exec(text);
    if (heading && (HEADING.test(text) || this.losses.length > 0)) this.head(heading[1]!);
  }

  private head(name: string): void {
    this.settle();
    this.field = name.replace(/\s+/g, ' ').trim();
    this.detail = null;
    this.group = [];
    this.detailed = false;
  }

  private lose(text: string, found: readonly RegExpExecArray[], line: number): void {
    let from = 0;
    for (const match of found) {
      const segment = text.slice(from, match.index);
      const after = text.slice(match.index + match[0].length);
      from = match.index + match[0].length;
      const points = numberOf(match[1]!);
      // More than forty digits are no points.
      if (!points) continue;
      const named = namedOf(segment);
      if (named) {
        this.add({ ...named, lost: points, line });
        // `trừ 0,25 điểm do gửi chậm 01 báo cáo`
        const cause = /^\s*,?\s*(?:do|vì|nguyên nhân:?)\s+([^;]+?)\s*[.;]?$/iu.exec(after);
        if (cause) this.losses.at(-1)!.limitation = cause[1]!;
      } else this.unnamed(segment, after, points, line);
    }
  }

  /** Points lost without a criterion's number: a heading's sum, the sum of all, or a criterion that has only a name. */
  private unnamed(segment: string, after: string, points: Fraction, line: number): void {
    const bare = segment.replace(/[(\s:–-]+$/u, '').trim();
    const bracketed = /\($/.test(segment.trim()) && /^\)/.test(after.trim());
    if (HEADING.test(segment) || (bracketed && !/\d/.test(bare))) {
      const name = SECTION.exec(bare)?.[1] ?? bare;
      this.head(name);
      this.pending = { name, points, line, before: this.losses.length };
      return;
    }
    if (/^\s*(?:ở|tại|trong|của|do)\s+\d+\s+tiêu chí/u.test(after) || /tổng/iu.test(segment)) {
      this.said.push({ points, line });
      return;
    }
    const name = SECTION.exec(bare.replace(/^[*•+–-]\s*/, ''))?.[1] ?? '';
    const alone =
      /^[\s.;]*$/.test(after) && name !== '' && !/[,;:]|điểm|xếp/iu.test(name) && name.length < 120;
    if (alone) this.add({ id: idOf(name), name, lost: points, line });
    else
      this.diagnostics.push({
        ...warning('letter-loss-unclear', { found: segment.slice(-80).trim(), points: points.toString() }),
        place: this.place(line),
      });
  }

  private add(loss: Pick<Loss, 'id' | 'name' | 'lost' | 'line'>): void {
    if (this.detailed) this.group = [];
    this.detailed = false;
    this.detail = null;
    const whole: Loss = {
      ...loss,
      field: this.field,
      limitation: null,
      requirement: null,
      owners: [],
      trackedBy: [],
      action: null,
      evidence: null,
    };
    this.group.push(whole);
    this.losses.push(whole);
  }

  private put(label: string, text: string): void {
    const more = (before: string | null) =>
      [before, text].filter((t) => t !== null && t !== '').join(' ') || null;
    for (const loss of this.group) {
      if (/hạn chế|tồn tại|nguyên nhân/u.test(label))
        loss.limitation = limited(more(loss.limitation), loss, this.group);
      else if (label === 'yêu cầu') loss.requirement = more(loss.requirement);
      else if (/^(?:đơn vị )?chủ trì/u.test(label)) addOwners(loss, text);
      else if (/trách nhiệm/u.test(label)) charge(loss, text);
      else if (/việc cần làm|nhiệm vụ|giải pháp/u.test(label)) loss.action = more(loss.action);
      else if (/kiểm chứng|sản phẩm/u.test(label)) loss.evidence = more(loss.evidence);
    }
  }

  /** Takes the rows of a table in place of sentences. */
  take(rows: readonly LossRow[]): void {
    for (const { id, name, lost, limitation, owner, action, row } of rows) {
      this.field = null;
      this.add({ id, name, lost, line: row });
      const loss = this.losses.at(-1)!;
      loss.limitation = limitation;
      loss.action = action;
      if (owner) addOwners(loss, owner);
    }
  }

  /** Holds a heading's points against the losses under it. */
  settle(): void {
    const { pending } = this;
    this.pending = null;
    if (!pending) return;
    const { name, points, line, before } = pending;
    const own = this.losses.slice(before);
    if (own.length === 0) {
      this.add({ id: idOf(name), name, lost: points, line });
      return;
    }
    const sum = own.reduce((s, l) => s.add(l.lost), ZERO);
    if (!sum.equals(points)) this.complain(points, sum, line);
  }

  /** Holds the sums that the letter states of all against its losses. */
  finish(): void {
    this.settle();
    const total = this.losses.reduce((sum, l) => sum.add(l.lost), ZERO);
    for (const { points, line } of this.said) if (!points.equals(total)) this.complain(points, total, line);
  }

  private complain(stated: Fraction, sum: Fraction, line: number): void {
    const params = { stated: stated.toString(), sum: sum.toString() };
    this.diagnostics.push({ ...warning('letter-sum', params), place: this.place(line) });
  }
}

const HEADING = /^(?:(?:\d{1,2}|[IVX]{1,5})[.)]\s+\p{L}|lĩnh vực\s)/iu;

/** The criterion that a loss is of: its number and its name. */
function namedOf(segment: string): { id: string; name: string } | null {
  const numbered = [...segment.matchAll(NUMBERED)].filter((m) => /\d/.test(m[1]!)).at(-1);
  if (numbered) {
    const name = nameOf(segment.slice(numbered.index + numbered[0].length));
    return { id: numbered[1]!, name: name || numbered[1]! };
  }
  const first = ID_FIRST.exec(segment);
  // `II.` numbers a heading.
  if (!first || /^[IVXLC]+$/.test(first[1]!)) return null;
  const name = nameOf(segment.slice(first[0].length));
  return name === '' ? null : { id: first[1]!, name };
}

/** A name without the brackets, quotes and marks around it. */
function nameOf(text: string): string {
  let name = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.:–-]\s*/, '')
    .replace(/[\s,:;–-]+$/u, '');
  if (name.endsWith('(')) name = name.slice(0, -1).replace(/[\s,:;–-]+$/u, '');
  const quoted = /^[“"'](.+)[”"']$/u.exec(name);
  if (quoted) name = quoted[1]!;
  return wrapped(name) ? name.slice(1, -1).trim() : name;
}

/** Whether one pair of brackets holds the whole text. */
function wrapped(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (const [i, char] of [...text].entries()) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return i === [...text].length - 1;
  }
  return false;
}

/** An id for a criterion that has only a name: the survey has its usual one, any other the first letters. */
function idOf(name: string): string {
  if (/xã hội học/iu.test(name)) return 'XHH';
  return fold(name)
    .split(' ')
    .map((w) => w[0]!.toUpperCase())
    .join('')
    .replace(/[^A-Z\d]/g, '');
}

/** Of a limitation that several criteria share, the part that names one of them. */
function limited(text: string | null, loss: Loss, group: readonly Loss[]): string | null {
  if (text === null || group.length < 2) return text;
  const parts = text.split(/\s+và\s+(?=tỷ lệ|tỉ lệ|số|mức)|;\s*/u);
  const tail = fold(loss.name).split(' ').slice(-2).join(' ');
  const own = parts.filter((p) => fold(p).includes(tail));
  return own.length === 1 ? own[0]!.replace(/^\p{Ll}/u, (c) => c.toUpperCase()) : text;
}

const DOES =
  /\s+(?:chủ trì|tham mưu|hằng năm|hàng năm|theo dõi|duy trì|tăng c|nâng cao|khi|xây dựng|đẩy mạnh|phối hợp|thực hiện|chỉ đạo|rà soát|kiểm tra|đôn đốc|tổng hợp|triển khai|có trách nhiệm|trong năm|tiếp tục|chấn chỉnh)/iu;

/** `Giao Phòng Nội vụ tham mưu …; giao Văn phòng theo dõi …`: who acts, who follows, and what is asked. */
function charge(loss: Loss, text: string): void {
  loss.action = [loss.action, text].filter((t) => t !== null && t !== '').join(' ') || null;
  for (const [, order] of text.matchAll(/(?:^|[.;]\s*|\s)Giao\s+(.+?)(?=[.;]\s|$|\s+Giao\s)/gu)) {
    const does = DOES.exec(order!);
    if (!does || does.index > 200) continue;
    const owner = ownerOf(order!.slice(0, does.index));
    const follows = /^\s+theo dõi/iu.test(does[0]);
    const list = follows ? loss.trackedBy : loss.owners;
    if (!list.some((o) => sameOwner(o, owner)) && !loss.owners.some((o) => sameOwner(o, owner)))
      list.push(owner);
  }
  if (loss.owners.length === 0) loss.owners.push(...loss.trackedBy.splice(0));
}

/** `Phòng A, Phòng B (Văn phòng C theo dõi)`, as the tool's own letter says it. */
function addOwners(loss: Loss, text: string): void {
  const tracking = /\s*\(([^()]*)\)\s*[.;]?$/u.exec(text);
  const leads = (tracking ? text.slice(0, tracking.index) : text).replace(/[.;]$/, '');
  for (const owner of leads.split(/,\s*(?=\p{Lu})/u).map(ownerOf)) if (owner !== '') loss.owners.push(owner);
  const who = tracking && tracking[1]!.replace(/(?:^theo dõi:?\s*|\s*theo dõi.*$)/iu, '');
  if (who) loss.trackedBy.push(...who.split(/,\s*(?=\p{Lu})/u).map(ownerOf));
}

/** A lead unit's name as it is written at the start of a sentence. */
function ownerOf(text: string): string {
  const clean = text
    .replace(/\s+/g, ' ')
    .replace(/\s*&\s*/g, ' và ')
    .replace(/(\p{L})\s*-\s+|(\p{L})\s+-\s*/gu, '$1$2 - ')
    .trim();
  return clean.replace(/^\p{Ll}/u, (c) => c.toUpperCase());
}

const plainOwner = (name: string) =>
  fold(name)
    .replace(/&/g, ' va ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
export const sameOwner = (a: string, b: string): boolean => plainOwner(a) === plainOwner(b);

const KIND =
  'huyện|thị xã|thành phố|TP\\.?|quận|xã|phường|thị trấn|đặc khu|tỉnh|sở|ban|phòng|thanh tra|văn phòng|chi cục|cục';
const RANKED =
  /(?:xếp|đứng|ở|giữ)\s+(?:vị trí\s+)?(?:thứ(?:\s+hạng)?|hạng(?:\s+thứ)?|vị trí(?:\s+thứ)?)\s*(\d{1,4})\s*(?:\/\s*|trên(?:\s+tổng số)?\s+|trong(?:\s+(?:tổng\s+)?số)?\s+)(\d{1,5})/iu;

/** `đạt 85,25/100 điểm`, `với 84,1 điểm`, in the sentence of the rank: the score that is stated. */
function scoreOf(text: string): Letter['score'] {
  const sentence = text
    .split(/\.\s+(?=\p{Lu})|[;\n]/u)
    .find((part) => RANKED.test(part) || /xếp hạng/iu.test(part));
  const said =
    sentence &&
    /(?:đạt|với|được)\s+(\d{1,3}(?:[.,]\d+)?)\s*(?:\/\s*(\d{2,3})\s*)?điểm(?!\s*\(suy ra\))/iu.exec(sentence);
  const points = said && numberOf(said[1]!);
  const scale = said?.[2] === undefined ? HUNDRED : numberOf(said[2]);
  return points && scale ? { points, scale } : null;
}

/** `huyện Như Xuân xếp thứ 21/27 huyện`: who stands where among how many. */
function standingOf(text: string): { unit: string | null; rank: number; size: number } | null {
  const ranked = RANKED.exec(text) ?? /xếp hạng\s*:?\s*(\d{1,4})\s*\/\s*(\d{1,5})/iu.exec(text);
  if (!ranked) return null;
  const before = text.slice(Math.max(0, ranked.index - 200), ranked.index);
  const unit = unitIn(before.slice(before.search(/[^.;\n]*$/u)));
  const [rank, size] = [Number(ranked[1]), Number(ranked[2])];
  return rank >= 1 && rank <= size ? { unit, rank, size } : null;
}

const KINDS = KIND.split('|')
  .map((k) => `[${k[0]!.toUpperCase()}${k[0]!.toLowerCase()}]${k.slice(1)}`)
  .join('|');
/** A kind of unit and its name, up to what is said of it. */
const NAMED_UNIT = new RegExp(
  `(?<!\\p{L})(?:${KINDS})\\s+\\p{Lu}[^,.;()]*?(?=\\s+(?:xếp|đạt|đứng|có|là|năm|ở|giữ|được|về|của|thuộc|công bố|ban hành|đã|vừa)(?!\\p{L})|[,.;()]|\\s*$)`,
  'gu',
);

/** The last unit named in a stretch of text. */
function unitIn(text: string): string | null {
  const last = [...text.matchAll(NAMED_UNIT)].at(-1)?.[0];
  if (last === undefined) return null;
  return last
    .trim()
    .replace(/^\p{Ll}/u, (c) => c.toUpperCase())
    .replace(/^TP\.?\s/u, 'Thành phố ');
}

/** `ỦY BAN NHÂN DÂN HUYỆN NHƯ XUÂN` or `UBND HUYỆN …` at the head of the letter. */
function issuerOf(paragraphs: readonly Paragraph[]): string | null {
  for (const { text } of paragraphs.slice(0, 12)) {
    const found =
      /(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+((?:HUYỆN|THỊ XÃ|THÀNH PHỐ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s+[\p{Lu}\s'’-]+)/u.exec(
        text,
      );
    if (!found) continue;
    const words = found[1]!
      .replace(/\s+(?:CỘNG|CỘNG HÒA|SỐ)\b.*$/u, '')
      .trim()
      .toLowerCase()
      .split(/\s+/);
    const kinds = /^(?:thị xã|thành phố|thị trấn|đặc khu)/.test(words.join(' ')) ? 2 : 1;
    return words
      .map((w, i) => (i === 0 || i >= kinds ? w.replace(/^\p{L}/u, (c) => c.toUpperCase()) : w))
      .join(' ');
  }
  return null;
}

const YEARS = [
  /chỉ số\s+(?:cải cách hành chính|CCHC|PAR\s*INDEX)[^.;\n]{0,60}?(?<!tháng[^.;\n]{0,10})năm\s+(\d{4})/iu,
  /(?:đánh giá|kết quả|xếp hạng)[^.;\n]{0,40}?(?<!tháng[^.;\n]{0,10})năm\s+(\d{4})/iu,
  /(?:^|\n|\.\s+)Năm\s+(\d{4}),/u,
];

function yearOf(text: string): number | null {
  for (const pattern of YEARS) {
    const found = pattern.exec(text);
    if (found) return Number(found[1]);
  }
  return null;
}

const REPORT = /(Báo cáo|Quyết định|Thông báo|Công văn)\s+số\s+(\d+\/[\p{L}\d][\p{L}\d&-]*)/u;

/** The report that published the result: the first paper cited with a number, in the sentence that speaks of the index. */
function reportOf(text: string): Letter['report'] {
  for (const sentence of text.split(/\.\s+|\n/)) {
    const found = REPORT.exec(sentence);
    if (!found || !/chỉ số|công bố|kết quả/iu.test(sentence)) continue;
    const date = /ngày\s+(\d{1,2}\/\d{1,2}\/\d{4})/iu.exec(sentence)?.[1] ?? null;
    const issuer =
      /(?:^|,\s*)((?:Sở|UBND|Ủy ban nhân dân|Bộ)\s+[^,;]+?)\s+(?:có|ban hành|đã)\s/u.exec(sentence)?.[1] ??
      /của\s+((?:Sở|UBND|Ủy ban nhân dân|Bộ)\s+[^,;]+?)(?:,|;|$|\s+(?:về|công bố|về việc))/u.exec(
        sentence,
      )?.[1] ??
      null;
    return { kind: found[1]!, number: found[2]!, date, issuer };
  }
  return null;
}
