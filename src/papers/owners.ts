import { fold } from '../diagnostics/suggest.js';

/** Who a sentence gives the work to. */
export interface Charge {
  leads: string[];
  trackers: string[];
  /** Whether it says what is to be done, and not names alone. */
  acts: boolean;
}

// What a unit does begins with a small letter; a capital is part of its name (`Phòng Xây dựng và Kiểm tra văn bản`).
const VERBS =
  'chủ trì|chủ động|tham mưu|hằng năm|hàng năm|hằng quý|hàng quý|theo dõi|duy trì|tăng c|nâng cao|khi|xây dựng|đẩy mạnh|phối hợp|' +
  'thực hiện|chỉ đạo|rà soát|kiểm tra|đôn đốc|tổng hợp|triển khai|có trách nhiệm|chịu trách nhiệm|trong năm|tiếp tục|chấn chỉnh|' +
  'khẩn trương|nghiêm túc|phải|cần|đề xuất|hướng dẫn|cung cấp|bố trí|xử lý|giải quyết|công khai|niêm yết|cập nhật|bảo đảm|' +
  'đảm bảo|hoàn thành|quán triệt|báo cáo|gửi|thường xuyên|tập trung|khắc phục|ban hành|là đầu mối|làm đầu mối|giúp|định kỳ|' +
  'tuyên truyền|vận hành|số hóa|đổi mới|hoàn thiện|đánh giá|thẩm định|giám sát|bám sát|tích cực|sớm|lập|trình|tổ chức|nghiên cứu|chuẩn bị';
const DOES = new RegExp(`[\\s,]+(?:${VERBS})(?!\\p{L})|\\s+tăng (?:cường|cuờng)`, 'gu');
// `Phòng Quản lý xây dựng`, `Ban Quản lý dự án đầu tư xây dựng`, `Phòng Kế hoạch tổng hợp`: the verb is part of the name.
const NAMED_AFTER = /(?:quản lý|đầu tư|kinh tế|kế hoạch|hành chính|nghiệp vụ|hạ tầng)(?: và)?$/iu;
const IN_NAME = /^[\s,]+(?:xây dựng|tổng hợp|thực hiện|kiểm tra)$/u;
const KINDS =
  'phòng|văn phòng|sở|ban|trung tâm|thanh tra|chi cục|cục|công an|bộ phận|công chức|tư pháp|tài chính|trưởng|truởng|các|chủ tịch|UBND|đơn vị|hội|đoàn|kho bạc|bảo hiểm|thủ trưởng|tổ|ông|bà|đồng chí|văn hóa|địa chính|kế toán';
const STARTS = new RegExp(`^(?:${KINDS})(?!\\p{L})`, 'iu');
const LEADS_WORK = 80;

/** Where what a unit does begins; null where the text names a unit alone, undefined where it cannot be told. */
function verbAt(order: string): { index: number; verb: string } | null | undefined {
  for (const match of order.matchAll(DOES)) {
    const before = order.slice(0, match.index);
    // A kind alone is no name (`ban tổ chức`), and `Phòng Quản lý` is none either.
    if (!/\s/.test(before.trim())) continue;
    if (IN_NAME.test(match[0]) && NAMED_AFTER.test(before)) continue;
    return { index: match.index, verb: match[0].trim() };
  }
  const alone = order.replace(/[.;,]$/, '');
  return alone.length <= LEADS_WORK && STARTS.test(alone) ? null : undefined;
}

const anyCase = (kinds: string): string =>
  kinds
    .split('|')
    .map((k) => `[${k[0]!.toUpperCase()}${k[0]!.toLowerCase()}]${k.slice(1)}`)
    .join('|');
const BODIES =
  'phòng|văn phòng|sở|trung tâm|thanh tra|chi cục|công an|ban|UBND|bộ phận|chủ tịch|trưởng|thủ trưởng|công chức';
// A comma or 'và' before a kind of body: `Văn phòng HĐND và UBND` and `Phòng Kinh tế, Hạ tầng và Đô thị` are one.
const BETWEEN = new RegExp(
  `[,;]\\s*(?=(?:${anyCase(BODIES)})(?!\\p{L}))|(?<!HĐND)\\s+(?:và|cùng)\\s+(?=(?:${anyCase(BODIES)})(?!\\p{L}))`,
  'u',
);
// Posts have names without a kind: `Tư pháp - Hộ tịch, Địa chính`.
const BETWEEN_POSTS = /[,;]\s*(?=\p{Lu})/u;
const OF_BODY = new RegExp(`^(?:${anyCase(BODIES)})(?!\\p{L})`, 'u');

/** `Phòng Nội vụ, Văn phòng HĐND và UBND và Phòng Kinh tế`: the units one by one. */
function unitsIn(text: string): string[] {
  const bodies = text.split(BETWEEN).map((b) => b.trim());
  const parts = bodies.flatMap((b) => (OF_BODY.test(b) ? [b] : b.split(BETWEEN_POSTS)));
  return parts.map(ownerOf).filter((o) => o !== '');
}

/** `Giao Phòng Nội vụ tham mưu …; giao Văn phòng theo dõi …`: who acts and who follows. */
export function chargesIn(text: string): Charge {
  const charge: Charge = { leads: [], trackers: [], acts: false };
  const orders = text.split(
    new RegExp(
      `(?:^|[.;,]\\s*|\\s)(?:Giao(?: cho)?\\s+|(?<=[.;,]\\s*)giao(?: cho)?\\s+(?=(?:${anyCase(KINDS)})\\s))`,
      'u',
    ),
  );
  const given = orders.length > 1 ? orders.slice(1) : STARTS.test(text) ? [text] : [];
  for (const order of given) {
    const sentence = order.split(/[.;](?:\s|$)/u)[0]!.replace(/^:\s*/, '');
    const does = verbAt(sentence);
    if (does !== null) charge.acts = true;
    if (does === undefined || (does && does.index > 200)) continue;
    const units = unitsIn(does ? sentence.slice(0, does.index) : sentence.replace(/[.;,]$/, ''));
    const list = does && /^[\s,]*theo dõi/u.test(does.verb) ? charge.trackers : charge.leads;
    for (const unit of units)
      if (![...charge.leads, ...charge.trackers].some((o) => sameOwner(o, unit))) list.push(unit);
  }
  return charge;
}

/** `Phòng A, Phòng B (Văn phòng C theo dõi)`, as a label of lead units has them. */
export function leadsIn(text: string): Charge {
  const tracking = /\s*\(([^()]*)\)\s*[.;]?$/u.exec(text);
  const leads = (tracking ? text.slice(0, tracking.index) : text)
    .replace(/[;,.]\s*(?:(?:đơn vị|cơ quan|bộ phận) )?phối hợp.*$/isu, '')
    .replace(/[.;]$/, '');
  const who = tracking && tracking[1]!.replace(/(?:^theo dõi:?\s*|\s*theo dõi.*$)/iu, '');
  return { leads: unitsIn(leads.replace(/^Giao\s+/u, '')), trackers: who ? unitsIn(who) : [], acts: false };
}

/** A lead unit's name as it is written at the start of a sentence. */
function ownerOf(text: string): string {
  const clean = text
    .replace(/\s+/g, ' ')
    .replace(/\s*&\s*/g, ' và ')
    .replace(/(\p{L})\s*-\s+|(\p{L})\s+-\s*/gu, '$1$2 - ')
    .replace(/[,.;:]+$/, '')
    .trim();
  return clean.replace(/^\p{Ll}/u, (c) => c.toUpperCase());
}

const plainOwner = (name: string) =>
  fold(name)
    .replace(/&/g, ' va ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
export const sameOwner = (a: string, b: string): boolean => plainOwner(a) === plainOwner(b);
