import { regionsOf } from '../../rules/line.js';
import { decimalsNeeded, Fraction, HUNDRED, toNumber, ZERO } from '../../values/fraction.js';
import type { Bound, Range } from './range.js';
import type { Earned } from './result.js';
import type { Sentence } from './sentence.js';

/** A rule as a catalogue file writes it. */
export type RuleData = { kind: string } & Record<string, unknown>;

/** What a phrase leaves open, and how it was taken; each is an assumption to confirm. */
export type Note =
  /** Between two tiers nothing is said (89% to 90%): taken as the lower tier. */
  | { kind: 'gap'; from: number; to: number }
  /** Two tiers hold the same value: the first that fits. */
  | { kind: 'twice'; at: number; unit: '%' | '' }
  /** Nothing is said of all other values: taken as no points. */
  | { kind: 'rest' }
  /** More than the highest number named falls to 'còn lại', as it is written. */
  | { kind: 'above'; at: number }
  /** Nothing is said of more than the highest number: such a value is refused. */
  | { kind: 'most'; at: number }
  /** 'tính theo tỷ lệ' without a formula: pro rata to the target. */
  | { kind: 'formula'; target: number }
  /** How far a penalty may go is not said: taken as down to no points. */
  | { kind: 'floor' }
  /** Only whole steps below the target cost points. */
  | { kind: 'steps'; step: number }
  /** Points of several things are added, each of which is there or not. */
  | { kind: 'parts' }
  /** A day without a year. */
  | { kind: 'year'; due: string };

/** Why sentences that are understood one by one make no rule together. */
export type Unclear =
  | { kind: 'hole'; at: number; to: number }
  | { kind: 'contradiction'; at: number }
  | { kind: 'top'; at: number }
  | { kind: 'max' }
  | { kind: 'words' };

/** A rule read from words, with what it measures in those words, and what the words leave open. */
export interface ReadRule {
  rule: RuleData;
  indicator: string | null;
  notes: Note[];
}

export type Unmade = { ok: false; why: Unclear };
export type Made = ({ ok: true } & ReadRule) | Unmade;
export const no = (why: Unclear = { kind: 'words' }): Unmade => ({ ok: false, why });
export const rule = (data: RuleData, indicator: string | null = null, notes: Note[] = []): Made => ({
  ok: true,
  rule: data,
  indicator,
  notes,
});

/** A rule's part, or none of its points but `earned` where nothing was sent or done at all: the lesser of the two. */
export const orNothing = (part: Record<string, unknown>, level: string, earned: Fraction): RuleData => ({
  kind: 'min',
  parts: [part, { input: 'none', name: level, rule: { kind: 'yes_no', yes: written(earned), no: 'max' } }],
});

export type Of<K extends Sentence['kind']> = Extract<Sentence, { kind: K }>;

/** The sentences of one kind, in order. */
export const ofKind = <K extends Sentence['kind']>(sentences: readonly Sentence[], kind: K): Of<K>[] =>
  sentences.filter((s): s is Of<K> => s.kind === kind);

type Times = '1' | '?' | '+' | '*';
type Form = Partial<Record<Sentence['kind'], Times>>;
type Pieces<F extends Form> = {
  [K in keyof F & Sentence['kind']]: F[K] extends '1'
    ? Of<K>
    : F[K] extends '?'
      ? Of<K> | undefined
      : Of<K>[];
};

/**
 * The sentences by kind, when there are as many of each as a form of rule takes (one, at most one, some, any) and none of
 * another kind, and what all others leave stands last; else null.
 */
export function piecesOf<const F extends Form>(sentences: readonly Sentence[], form: F): Pieces<F> | null {
  const pieces: Partial<Record<Sentence['kind'], unknown>> = {};
  for (const [kind, times] of Object.entries(form) as [Sentence['kind'], Times][]) {
    const all = ofKind(sentences, kind);
    const single = times === '1' || times === '?';
    if ((single && all.length > 1) || (all.length === 0 && (times === '1' || times === '+'))) return null;
    pieces[kind] = single ? all[0] : all;
  }
  const last = sentences.every((s, i) => s.kind !== 'rest' || i === sentences.length - 1);
  return last && sentences.every((s) => s.kind in form) ? (pieces as Pieces<F>) : null;
}

export const pointsOf = (earned: Earned): Fraction | null =>
  earned.kind === 'points' ? earned.points : null;

/** A number for YAML: exact where a decimal can say it. */
export function written(value: Fraction): number {
  return decimalsNeeded(value, 6) === null ? Number(toNumber(value).toFixed(6)) : toNumber(value);
}

export const worth = (points: Fraction, max: Fraction): number | 'max' =>
  points.equals(max) ? 'max' : written(points);

/** Whether points can be those of a criterion: some reach the maximum, none pass it, and not all are alike. */
export function reaches(points: readonly Fraction[], max: Fraction): boolean {
  const distinct = points.some((p) => !p.equals(points[0]!));
  return (
    points.some((p) => p.equals(max)) &&
    points.every((p) => p.compare(max) <= 0) &&
    (distinct || points.length === 1)
  );
}

/** Values between bounds and the points they earn. */
interface TierPhrase {
  bounds: Range['bounds'];
  points: Fraction;
}

export type Domain = 'percent' | 'count' | 'number' | 'change';

type Arranged =
  | {
      ok: true;
      tiers: TierPhrase[];
      notes: Note[];
      /** The greatest number that the tiers speak of; null where they hold all. */
      most: Fraction | null;
    }
  | Unmade;

const holds = ({ at_least, above, at_most, below }: TierPhrase['bounds'], x: Fraction): boolean =>
  (!at_least || x.compare(at_least) >= 0) &&
  (!above || x.compare(above) > 0) &&
  (!at_most || x.compare(at_most) <= 0) &&
  (!below || x.compare(below) < 0);

const ENDS: readonly Bound[] = ['at_least', 'above', 'at_most', 'below'];
const lower = (t: TierPhrase): Fraction | null => t.bounds.at_least ?? t.bounds.above ?? null;
const upper = (t: TierPhrase): Fraction | null => t.bounds.at_most ?? t.bounds.below ?? null;
/** Whether tiers of percents speak of more than the whole (`từ 110% dự toán trở lên`), so that a value may be more too. */
const beyondWhole = (tiers: readonly Pick<TierPhrase, 'bounds'>[]): boolean =>
  tiers.some((t) => Object.values(t.bounds).some((b) => b.compare(HUNDRED) > 0));

/** Every value where something could change, and one between each two; in order. */
function samples(tiers: readonly TierPhrase[], domain: Domain, least: Fraction): Fraction[] {
  const whole = domain === 'percent' && !beyondWhole(tiers);
  const limits = domain === 'change' ? [] : whole ? [least, HUNDRED] : [least];
  const cuts = [...tiers.flatMap((t) => Object.values(t.bounds)), ...limits];
  // Of what is counted there are only whole numbers.
  const counts = cuts.flatMap((x) => [x.sub(1), x, x.add(1)]).filter(({ d }) => d === 1n);
  const regions = domain === 'count' ? regionsOf(counts).filter((r) => !r.loOpen) : regionsOf(cuts);
  return regions
    .map((r) => r.sample)
    .filter((x) => (domain === 'change' || x.compare(least) >= 0) && (!whole || x.compare(HUNDRED) <= 0));
}

const within = (inner: TierPhrase, outer: TierPhrase, points: readonly Fraction[]): boolean =>
  points.every((x) => !holds(inner.bounds, x) || holds(outer.bounds, x));

/** Whether a tier is one end of a wider one (`từ 80%` of `từ 50%`), so that the narrower is meant there. */
function endOf(inner: TierPhrase, outer: TierPhrase, points: readonly Fraction[]): boolean {
  const wide = points.filter((x) => holds(outer.bounds, x));
  const ends = [wide[0], wide.at(-1)].filter((x) => x && holds(inner.bounds, x));
  return ends.length === 1 && within(inner, outer, points);
}

/** Narrower tiers before the wider ones that hold them (`từ 50%: 0,5; từ 80%: 1`), else as they are said. */
function narrowFirst(tiers: readonly TierPhrase[], points: readonly Fraction[]): TierPhrase[] {
  const sorted: TierPhrase[] = [];
  for (const tier of tiers) {
    const at = sorted.findIndex((t) => within(tier, t, points) && !within(t, tier, points));
    sorted.splice(at < 0 ? sorted.length : at, 0, tier);
  }
  return sorted;
}

/**
 * Puts the tiers of a phrase in order and looks for what they leave open: a value that two tiers hold, values that none
 * holds; `least` is the least value there can be. What cannot be taken without guessing is a reason why the phrase is no rule.
 */
function arrange(given: readonly TierPhrase[], domain: Domain, hasRest: boolean, least: number): Arranged {
  const points = samples(given, domain, new Fraction(least));
  const tiers = narrowFirst(given, points);
  const notes: Note[] = [];
  for (const x of points) {
    const [first, ...others] = tiers.filter((t) => holds(t.bounds, x));
    const other = first && others.find((t) => !t.points.equals(first.points));
    if (!first || !other) continue;
    const meets = upper(other)?.equals(x) && lower(first)?.equals(x);
    if (!meets && endOf(first, other, points)) continue;
    // `từ 80 - 100%: 1; từ 60 - 80%: 0,5`: 80% is in both, and the first that fits decides.
    if (!meets) return no({ kind: 'contradiction', at: toNumber(x) });
    notes.push({ kind: 'twice', at: toNumber(x), unit: domain === 'percent' ? '%' : '' });
  }
  const open = points.filter((x) => !tiers.some((t) => holds(t.bounds, x)));
  if (hasRest) {
    // More than the highest number is among the rest, as it is written, even where that earns most.
    const top = open.includes(points.at(-1)!) ? topOf(tiers) : null;
    const best = top && tiers.find((t) => upper(t)!.equals(top));
    if (best && tiers.every((t) => t.points.compare(best.points) <= 0))
      notes.push({ kind: 'above', at: toNumber(top) });
    return { ok: true, tiers, notes, most: null };
  }
  const closed = closeGaps(tiers, points, open, domain);
  return closed.ok ? { ...closed, notes: [...notes, ...closed.notes] } : closed;
}

function closeGaps(
  tiers: readonly TierPhrase[],
  points: readonly Fraction[],
  open: readonly Fraction[],
  domain: Domain,
): Arranged {
  const notes: Note[] = [];
  const result = [...tiers];
  const held = points.filter((x) => !open.includes(x));
  const [first, last] = [held[0], held.at(-1)];
  if (!first || !last) return no();
  for (const x of open) {
    if (x.compare(first) < 0 || x.compare(last) > 0) continue;
    // `từ 80% đến 89%` and `từ 90%`: what lies between two whole percents is of the lower tier.
    const under = tiers.filter(({ bounds: { at_most } }) => at_most && at_most.compare(x) < 0);
    const over = tiers.flatMap(({ bounds: { at_least } }) =>
      at_least && at_least.compare(x) > 0 ? at_least : [],
    );
    const [from, to] = [topOf(under), over.sort((a, b) => a.compare(b))[0]];
    if (!from || !to || to.sub(from).compare(1) > 0 || domain !== 'percent')
      return no({ kind: 'hole', at: toNumber(from && to ? from : x), to: toNumber(from && to ? to : x) });
    const gap: Note = { kind: 'gap', from: toNumber(from), to: toNumber(to) };
    if (notes.some((n) => n.kind === 'gap' && n.from === gap.from)) continue;
    notes.push(gap);
    const tier = under.find((t) => t.bounds.at_most!.equals(from))!;
    result.splice(tiers.indexOf(tier) + 1, 0, { bounds: { above: from, below: to }, points: tier.points });
  }
  const [under, over] = [open.some((x) => x.compare(first) < 0), open.some((x) => x.compare(last) > 0)];
  if (!under && !over) return { ok: true, tiers: result, notes, most: null };
  // `3 nội dung: 3; 2 nội dung: 2`: what is more than the highest number is not said.
  const rises = domain === 'count' && over && tiers.length > 1 && endsLow(tiers, 'least');
  const top = rises ? topOf(tiers) : null;
  if (top) {
    const most: Note = { kind: 'most', at: toNumber(top) };
    return {
      ok: true,
      tiers: result,
      notes: [...notes, ...(under ? [{ kind: 'rest' as const }] : []), most],
      most: top,
    };
  }
  if (under && over) return no({ kind: 'hole', at: toNumber(first), to: toNumber(last) });
  if (!endsLow(tiers, under ? 'least' : 'greatest'))
    return no({ kind: 'top', at: toNumber(under ? first : last) });
  return { ok: true, tiers: result, notes: [...notes, { kind: 'rest' }], most: null };
}

/** The highest number that tiers speak of; null where one of them has no end, or there are none. */
function topOf(tiers: readonly TierPhrase[]): Fraction | null {
  const [first = null, ...others] = tiers.map(upper);
  return others.reduce((a, b) => a && b && (b.compare(a) > 0 ? b : a), first);
}

/** Whether the tiers fall towards that end, so that what is beyond it, unsaid, earns nothing. */
function endsLow(tiers: readonly TierPhrase[], end: 'least' | 'greatest'): boolean {
  if (tiers.length === 1) return true;
  const edge = end === 'least' ? lower : upper;
  const factor = end === 'least' ? 1 : -1;
  // A tier without that end reaches farthest.
  const sorted = [...tiers].sort((a, b) => {
    const [p, q] = [edge(a), edge(b)];
    if (!p || !q) return Number(q === null) - Number(p === null);
    return p.compare(q) * factor;
  });
  return sorted.every((t, i) => i === 0 || t.points.compare(sorted[i - 1]!.points) >= 0);
}

/** Values between bounds and what they earn. */
export type ScoredRange = { bounds: Partial<Record<Bound, Fraction>>; earned: Earned };

/** Where a range has that end alone. */
export const soleBound = (bounds: ScoredRange['bounds'], end: Bound): Fraction | null =>
  Object.keys(bounds).join() === end ? bounds[end]! : null;

export const boundsOf = (bounds: ScoredRange['bounds']) =>
  Object.fromEntries(ENDS.flatMap((end) => (bounds[end] ? [[end, written(bounds[end])]] : [])));

/** Tiers of points in order, as a rule has them, with what the rest of the values earns; else why they are none. */
export function tiersOf(
  all: readonly ScoredRange[],
  otherwise: Earned | undefined,
  domain: Domain,
  max: Fraction,
  least = 0,
):
  | { ok: true; data: { tiers: unknown[]; otherwise: number | 'max' }; notes: Note[]; most: Fraction | null }
  | Unmade {
  const plain = all.flatMap(({ bounds, earned }) =>
    earned.kind === 'points' ? [{ bounds, points: earned.points }] : [],
  );
  const rest = otherwise === undefined ? ZERO : pointsOf(otherwise);
  if (plain.length < all.length || plain.length === 0 || rest === null || rest.compare(max) > 0) return no();
  if (least > 0 && !falls(plain, rest)) return no();
  const points = plain.map((t) => t.points);
  if (!reaches([...points, ...(otherwise ? [rest] : [])], max)) return no({ kind: 'max' });
  const arranged = arrange(plain, domain, otherwise !== undefined, least);
  if (!arranged.ok) return no(arranged.why);
  const tiers = arranged.tiers.map((t) => ({ ...boundsOf(t.bounds), points: worth(t.points, max) }));
  return { ...arranged, data: { tiers, otherwise: worth(rest, max) } };
}

/** Tiers of points as `steps` or `count`; no rule where they leave open what cannot be taken. */
export function stepped(
  all: readonly ScoredRange[],
  otherwise: Earned | undefined,
  domain: Exclude<Domain, 'change'>,
  max: Fraction,
  least = 0,
): Made {
  const made = tiersOf(all, otherwise, domain, max, least);
  if (!made.ok) return made;
  const earned = all.flatMap((t) => pointsOf(t.earned) ?? []);
  if (earned.length > 1 && earned.every((points) => points.equals(earned[0]!))) return no({ kind: 'max' });
  const range = {
    ...(least > 0 && !otherwise && { min: least }),
    ...(made.most && { max: written(made.most) }),
    ...(domain === 'percent' && beyondWhole(all) && { max: 'none' }),
  };
  const data = { ...made.data, ...(Object.keys(range).length > 0 && { range }) };
  const kind = domain === 'count' ? { kind: 'count' } : { kind: 'steps', quantity: domain };
  return rule({ ...kind, ...data }, null, made.notes);
}

/** Whether later places earn less: `hạng 5 trở lên`, and `trở xuống`, may be the first five places, or all but the first four. */
function falls(tiers: readonly TierPhrase[], rest: Fraction): boolean {
  const from = (t: TierPhrase) => t.bounds.at_least ?? t.bounds.above;
  if (!tiers.every(from)) return false;
  const given = [...tiers].sort((a, b) => from(a)!.compare(from(b)!)).map((t) => t.points);
  const open = tiers.some((t) => !t.bounds.at_most && !t.bounds.below);
  const earned = open ? given : [...given, rest];
  return earned.length > 1 && earned.every((p, i) => i === 0 || p.compare(earned[i - 1]!) <= 0);
}
