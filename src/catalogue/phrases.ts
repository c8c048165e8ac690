import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';

/** A rule as a catalogue file writes it. */
type RuleData = { kind: string } & Record<string, unknown>;

/** A rule read from words, or the clauses that are not understood; nothing is guessed. */
export type ReadPhrase = { ok: true; rule: RuleData } | { ok: false; diagnostics: Diagnostic[] };

const NUMBER = String.raw`(-?\d+(?:[.,]\d+)?)`;
const PERCENT = String.raw`${NUMBER}\s*%`;
const POINTS = String.raw`(-?\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?`;
const FORMULA = String.raw`(?:tính\s+)?theo\s+(?:công\s+thức|tỷ\s+lệ)[^;]*|tỷ\s+lệ\s*[x×*]\s*điểm\s+chuẩn`;
const pattern = (text: string) => new RegExp(`^${text}$`, 'iu');

const value = (text: string) => Number(text.replace(',', '.'));

interface Clause {
  bounds: Record<string, number>;
  percent: boolean;
  points: number | 'formula';
}

type BoundReader = [RegExp, (m: RegExpExecArray) => Record<string, number>];

// How a range of values is said, percent or plain; the first that fits decides.
const RANGES: BoundReader[] = [
  [
    pattern(`từ ${NUMBER}\\s*%? đến dưới ${NUMBER}\\s*%?`),
    (m) => ({ at_least: value(m[1]!), below: value(m[2]!) }),
  ],
  [
    pattern(`từ ${NUMBER}\\s*%? đến ${NUMBER}\\s*%?`),
    (m) => ({ at_least: value(m[1]!), at_most: value(m[2]!) }),
  ],
  [pattern(`(?:từ|đạt) ${NUMBER}\\s*%?(?: trở lên)?`), (m) => ({ at_least: value(m[1]!) })],
  [pattern(`${NUMBER}\\s*%? trở lên`), (m) => ({ at_least: value(m[1]!) })],
  [pattern(`(?:≥|>=)\\s*${NUMBER}\\s*%?`), (m) => ({ at_least: value(m[1]!) })],
  [pattern(`(?:trên|>)\\s*${NUMBER}\\s*%?`), (m) => ({ above: value(m[1]!) })],
  [pattern(`(?:dưới|<)\\s*${NUMBER}\\s*%?`), (m) => ({ below: value(m[1]!) })],
  [pattern(`(?:≤|<=|không quá)\\s*${NUMBER}\\s*%?`), (m) => ({ at_most: value(m[1]!) })],
  [
    pattern(`${PERCENT}`),
    (m) => (value(m[1]!) === 100 ? { at_least: 100 } : { at_least: value(m[1]!), at_most: value(m[1]!) }),
  ],
  [pattern(NUMBER), (m) => ({ at_least: value(m[1]!), at_most: value(m[1]!) })],
];

const clean = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Clauses of a phrase: by semicolons and line breaks, or by full stops between sentences. */
function clausesOf(phrase: string): string[] {
  return phrase
    .split(/[;\n]|\.(?=\s|$)/u)
    .map((c) => clean(c).replace(/^[-+•]\s*/u, ''))
    .filter((c) => c !== '');
}

/**
 * Reads the usual phrases of official criteria tables into a rule: tiers ('từ 20% đến dưới 30%: 0,5 điểm'), pro rata
 * ('từ 80% đến dưới 100%: tính theo công thức'), penalties ('trừ 0,25 điểm/báo cáo'), weighted shares
 * ('(b/a)*1 + (c/a)*0.5'), points an item, and levels ('Tốt: 1 điểm; Đạt yêu cầu: 0,5 điểm').
 */
export function readPhrase(phrase: string, max: number, path: KeyPath = []): ReadPhrase {
  const clauses = clausesOf(phrase);
  for (const read of [weightedShare, penalty, perItem]) {
    const rule = read(clauses, max);
    if (rule) return { ok: true, rule };
  }
  const said = clauses.map(rangeClause);
  if (clauses.length > 0 && said.every((c): c is Clause => c !== null)) {
    const rule = ranges(said, max);
    if (rule) return { ok: true, rule };
  }
  const levels = levelsOf(clauses);
  if (levels) return { ok: true, rule: levels };
  const lost = clauses.filter((c, i) => said[i] === null && !LEVEL.test(c));
  const found = lost.length > 0 ? lost : [clean(phrase)];
  return { ok: false, diagnostics: found.map((f) => error('phrase-not-understood', { found: f }, path)) };
}

const SHARE = pattern(
  `\\(?\\s*(\\p{L})\\s*[/÷:]\\s*(\\p{L})\\s*\\)?\\s*[*x×]\\s*${NUMBER}(?:\\s*\\+\\s*\\(?\\s*(\\p{L})\\s*[/÷:]\\s*(\\p{L})\\s*\\)?\\s*[*x×]\\s*${NUMBER})?`,
);

function weightedShare(clauses: string[], max: number): RuleData | null {
  const [one, ...more] = clauses;
  const m = one === undefined || more.length > 0 ? null : SHARE.exec(one);
  if (!m) return null;
  const [, part, total, weight, other, under, second] = m;
  if (other !== undefined && under !== total) return null;
  const share = (key: string, points: string) => ({ key, name: key, weight: round(value(points) / max) });
  const parts = [share(part!, weight!), ...(other === undefined ? [] : [share(other, second!)])];
  return { kind: 'weighted_share', total: total!, parts };
}

const round = (n: number) => Number(n.toFixed(6));

const LESS = pattern(`(?:mỗi .+? )?(?:bị )?trừ ${POINTS}\\s*(?:/|cho mỗi|mỗi)?\\s*(.*)`);
const AT_LEAST = pattern(`(?:tối thiểu|thấp nhất|không thấp hơn) ${POINTS}`);

function penalty(clauses: string[]): RuleData | null {
  const less = clauses.map((c) => LESS.exec(c));
  const floors = clauses.map((c) => AT_LEAST.exec(c));
  const [first] = less.filter((m) => m !== null);
  const floor = floors.find((m) => m !== null);
  const whole = clauses.length > 0 && clauses.every((_, i) => less[i] || floors[i]);
  if (!first || !whole || less.filter(Boolean).length !== 1) return null;
  return { kind: 'penalty', per_case: value(first[1]!), ...(floor && { floor: value(floor[1]!) }) };
}

const EACH = pattern(`(?:mỗi .+? (?:được |cộng )?|cộng )${POINTS}(?:\\s*/\\s*[^,]+)?(?:, tối đa ${POINTS})?`);
const AT_MOST = pattern(`tối đa ${POINTS}`);

function perItem(clauses: string[], max: number): RuleData | null {
  const [first, limit, ...more] = clauses;
  const m = first === undefined || more.length > 0 ? null : EACH.exec(first);
  if (!m) return null;
  const most = m[2] ?? (limit === undefined ? undefined : AT_MOST.exec(limit)?.[1]);
  if (limit !== undefined && most === undefined) return null;
  return most !== undefined && value(most) !== max ? null : { kind: 'count', per_item: value(m[1]!) };
}

function rangeClause(clause: string): Clause | null {
  const m = /^(.+?)\s*(?::|→|=>|thì được|được)\s*(.+)$/iu.exec(clause);
  if (!m) return null;
  const [, said, given] = m;
  const words = clean(said!)
    .replace(/^(?:tỷ lệ|đạt tỷ lệ|số lượng|có)\s+/iu, '')
    .replace(/\s+(?:sáng kiến|đơn vị|văn bản|trường hợp|báo cáo|hồ sơ|cuộc)$/iu, '')
    .replace(/(\d)\s+(?:sáng kiến|đơn vị|văn bản|trường hợp|báo cáo|hồ sơ|cuộc)\s+(trở lên)/iu, '$1 $2');
  const reader = RANGES.find(([regex]) => regex.test(words));
  if (!reader) return null;
  const bounds = reader[1](reader[0].exec(words)!);
  const percent = words.includes('%');
  if (pattern(FORMULA).test(given!)) return { bounds, percent, points: 'formula' };
  const points = pattern(POINTS).exec(given!);
  return points ? { bounds, percent, points: value(points[1]!) } : null;
}

/** Tiers in the order said; one clause by formula makes it pro rata between its ends. */
function ranges(clauses: Clause[], max: number): RuleData | null {
  const percent = clauses.some((c) => c.percent);
  const formulas = clauses.filter((c) => c.points === 'formula');
  if (formulas.length > 1) return null;
  const [formula] = formulas;
  if (formula) {
    const { at_least: floor, below, at_most } = formula.bounds;
    const target = below ?? at_most ?? 100;
    const under = clauses.find((c) => c !== formula && c.bounds.below !== undefined);
    const full = clauses.find((c) => c !== formula && c.bounds.at_least !== undefined);
    const fits =
      (!under || (floor !== undefined && under.bounds.below === floor)) &&
      (!full || (full.bounds.at_least === target && full.points === max)) &&
      clauses.length === 1 + (under ? 1 : 0) + (full ? 1 : 0);
    if (!fits) return null;
    const below_floor = under && under.points !== 0 ? { below_floor: under.points } : {};
    return {
      kind: 'proportional',
      quantity: percent ? 'percent' : 'number',
      target,
      ...(floor !== undefined && { floor, ...below_floor }),
    };
  }
  const tiers = clauses.map((c) => ({ ...c.bounds, points: c.points === max ? 'max' : c.points }));
  return percent
    ? { kind: 'steps', quantity: 'percent', tiers, otherwise: 0 }
    : { kind: 'count', tiers, otherwise: 0 };
}

const LEVEL = pattern(`([^:]*\\p{L}[^:]*?)\\s*:\\s*${POINTS}`);
const YES = pattern('có');
const NO = pattern('không(?: có)?');

function levelsOf(clauses: string[]): RuleData | null {
  const read = clauses.map((c) => LEVEL.exec(c));
  if (read.length < 2 || !read.every((m) => m !== null)) return null;
  const levels = read.map((m) => ({ level: clean(m[1]!), points: value(m[2]!) }));
  // A word that says a number was meant as a range that was not understood.
  if (levels.some((l) => /\d/.test(l.level))) return null;
  const [yes, no] = [levels.find((l) => YES.test(l.level)), levels.find((l) => NO.test(l.level))];
  if (levels.length === 2 && yes && no) return { kind: 'yes_no', yes: yes.points, no: no.points };
  return { kind: 'levels', levels };
}
