import type { Band, BandCondition, Catalogue, Field } from '../catalogue/catalogue.js';
import {
  type Amount,
  combineParts,
  type DeductionGroup,
  deductionGroups,
  notListedPoints,
  roundPlaces,
} from '../catalogue/sums.js';
import { Fraction, HUNDRED, lesser, ZERO } from '../values/fraction.js';
import { inSmallestParts, type Points, roundToPoints } from '../values/points.js';
import type { ProvenanceKind } from '../values/provenance.js';
import type { Basis, CriterionResult, FieldResult, ReadingResult, Subtotal, Total } from './result.js';

/** Which points of a criterion are added up: those it has, or the least or most it may have. */
type Which = 'points' | 'worst' | 'best';

/** Whether the fields add points up and do nothing else with them. */
export const addsFields = ({ fields }: Catalogue): boolean =>
  fields.every((f) => f.combine === 'sum' && f.weight.equals(1) && f.cap === null);

/** Whether a scheme adds points up and does nothing else with them. */
function isPlain(catalogue: Catalogue): boolean {
  const { round, criteria } = catalogue;
  const unrounded = round.criterion !== null && round.field === null && round.total === null;
  return unrounded && addsFields(catalogue) && criteria.every((c) => !c.outside);
}

/**
 * Whether what changes in the given criteria is sure to add up in the score: none is tied to another by a condition, and
 * no cap, mean, weight, rounding of sums or to fewer places, or limit of what lies outside the scale stands between.
 */
export function pointsAddUp(catalogue: Catalogue, touched: ReadonlySet<string>): boolean {
  const { criteria, round, adjustments } = catalogue;
  const free = adjustments.most === null && adjustments.least === null;
  const tied = criteria.some(
    (c) =>
      c.deductsFrom !== null ||
      c.requires.some((r) => touched.has(r.criterion) || touched.has(c.id)) ||
      (c.outside && !free && touched.has(c.id)),
  );
  const rounds = round.criterion !== catalogue.decimals || round.field !== null || round.total !== null;
  return addsFields(catalogue) && !rounds && !tied;
}

/**
 * Whether a change that brings as much at both ends of a score brings it wherever that is: a cap tells by its ends, but between
 * them sums may be rounded, a limit of what lies outside the scale be met, and a geometric mean bend.
 */
export const endsTell = ({ round, adjustments, fields, criteria }: Catalogue): boolean =>
  [round.field, round.total, adjustments.most, adjustments.least].every((limit) => limit === null) &&
  round.criterion !== null &&
  fields.every((f) => f.combine !== 'geometric') &&
  criteria.every((c) => c.deductsFrom === null);

const inside = (rows: readonly CriterionResult[]) => rows.filter((r) => !r.criterion.outside);
const applies = (row: CriterionResult) => row.status !== 'not_applicable';

/** What a criterion takes from the score; a bonus that was not earned takes nothing. Null while unknown. */
export const lossOf = ({ criterion, points, deduction }: CriterionResult): Points | null =>
  criterion.outside && points !== null ? Math.max(0, -points) : deduction;

/** Exact sums over criteria within the scale; points and deduction are null while one of them is unknown. */
export function subtotal(criteria: readonly CriterionResult[]): Subtotal {
  const sums: Subtotal = { points: 0, deduction: 0, max: 0, worst: 0, best: 0 };
  for (const row of criteria) {
    if (row.criterion.outside) continue;
    sums.points = sums.points === null || row.points === null ? null : sums.points + row.points;
    sums.max += row.max;
    sums.worst += row.worst;
    sums.best += row.best;
  }
  return { ...sums, deduction: sums.points === null ? null : sums.max - sums.points };
}

/** A criterion's points in the scheme's smallest parts, unrounded where the scheme does not round them. */
function amountOf(row: CriterionResult, which: Which, decimals: number): Amount {
  const points = row.exact ? inSmallestParts(row.exact, decimals) : new Fraction(row[which] ?? 0);
  return { points, max: new Fraction(row.max) };
}

/** Whether a condition that is still unknown may make a criterion not applicable. */
const mayGo = ({ condition, criterion }: CriterionResult): boolean =>
  condition?.met === null && criterion.requires.some((r) => r.otherwise === 'not_applicable');

/** A field as its scheme makes it of what is in it; `mayGo` where a condition that is still unknown may leave all out. */
interface FieldSum extends Amount {
  field: Field;
  mayGo: boolean;
  direct: (Amount & { row: CriterionResult; mayGo: boolean })[];
  below: FieldSum[];
}

/** The fields below a field, or at the top, added up; those in which nothing applies are left out. */
function fieldSums(
  catalogue: Catalogue,
  rows: readonly CriterionResult[],
  which: Which,
  parent: string | null = null,
): FieldSum[] {
  const { decimals, round, fields } = catalogue;
  return fields.flatMap((field) => {
    if (field.parent !== parent) return [];
    const direct = inside(rows)
      .filter((row) => row.criterion.field === field.id && applies(row))
      .map((row) => ({ ...amountOf(row, which, decimals), row, mayGo: mayGo(row) }));
    const below = fieldSums(catalogue, rows, which, field.id);
    const parts = [...direct, ...below];
    if (parts.length === 0) return [];
    const combine = (some: readonly Amount[]) => combineParts(field, some, round.field, decimals);
    const sum = { field, direct, below, mayGo: parts.every((p) => p.mayGo), ...combine(parts) };
    if (field.combine === 'sum' || which === 'points') return [sum];
    // A mean is at its best without the least of the parts that may go, and at its worst without the greatest.
    const sign = which === 'best' ? 1 : -1;
    const going = parts.filter((p) => p.mayGo).sort((p, q) => sign * p.points.compare(q.points));
    const points = going
      .map((_, k) => parts.filter((p) => !going.slice(0, k + 1).includes(p)))
      .filter((left) => left.length > 0)
      .map((left) => combine(left).points)
      .reduce((end, p) => (sign * p.compare(end) > 0 ? p : end), sum.points);
    return [{ ...sum, points }];
  });
}

/** Fields with all below them. */
const withBelow = (sums: readonly FieldSum[]): FieldSum[] =>
  sums.flatMap((sum) => [sum, ...withBelow(sum.below)]);

/** Fields as a tree in the scheme's order, each with what all below it makes; empty ones are left out. */
export function byField(catalogue: Catalogue, criteria: readonly CriterionResult[]): FieldResult[] {
  const sumsOf = isPlain(catalogue) ? plainSums : fieldTotals(catalogue, criteria);
  const walk = (parent: string | null, depth: number): FieldResult[] =>
    catalogue.fields.flatMap((field) => {
      if (field.parent !== parent) return [];
      const below = walk(field.id, depth + 1);
      const ids = new Set(below.flatMap((f) => f.criteria));
      const members = criteria.filter((c) => c.criterion.field === field.id || ids.has(c.criterion.id));
      if (members.length === 0) return [];
      const inField = members.map((c) => c.criterion.id);
      return [{ field, depth, criteria: inField, ...sumsOf(members, field) }, ...below];
    });
  return walk(null, 0);
}

type FieldTotal = Subtotal & Pick<FieldResult, 'index'>;

function plainSums(members: readonly CriterionResult[]): FieldTotal {
  const sums = subtotal(members);
  return { ...sums, index: sums.points === null ? null : indexOf(sums.points, sums.max) };
}

function fieldTotals(catalogue: Catalogue, rows: readonly CriterionResult[]) {
  const byId = (which: Which) =>
    new Map(withBelow(fieldSums(catalogue, rows, which)).map((sum) => [sum.field.id, sum]));
  const sums = { points: byId('points'), worst: byId('worst'), best: byId('best') };
  const nothing: Amount = { points: ZERO, max: ZERO };
  const whole = (x: Fraction) => roundToPoints(x, 0);
  return (members: readonly CriterionResult[], { id }: Field): FieldTotal => {
    const [worst, best] = [sums.worst.get(id) ?? nothing, sums.best.get(id) ?? nothing];
    const max = whole(worst.max);
    const complete = inside(members).every((c) => c.points !== null);
    const exact = complete ? (sums.points.get(id) ?? nothing) : null;
    const points = exact && whole(exact.points);
    return {
      points,
      index: exact && exact.max.n !== 0n ? exact.points.mul(HUNDRED).div(exact.max) : null,
      deduction: points === null ? null : max - points,
      max,
      worst: whole(worst.points),
      best: whole(best.points),
    };
  };
}

/** The score: what the fields make, with what lies outside the scale, and the index on what applies. */
export function totalOf(catalogue: Catalogue, criteria: readonly CriterionResult[]): Total {
  const rest = notListedPoints(catalogue);
  const any = anyApplies(criteria);
  if (isPlain(catalogue)) {
    const sums = subtotal(criteria);
    const applicableMax = sums.max + rest;
    const score = sums.points === null ? null : sums.points + rest;
    return {
      score,
      adjustment: null,
      deduction: sums.deduction,
      leastLost: sums.max - sums.best,
      mostLost: sums.max - sums.worst,
      applicableMax,
      worst: sums.worst + rest,
      best: sums.best + rest,
      index: score === null || !any ? null : indexOf(score, applicableMax),
    };
  }
  const sum = (which: Which) => {
    const tops = fieldSums(catalogue, criteria, which);
    const points = tops.reduce((s, t) => s.add(t.points), new Fraction(rest));
    const adjustment = adjustmentOf(catalogue, criteria, which, points);
    const { decimals, round } = catalogue;
    const all = tops.reduce((s, t) => s.add(t.max), new Fraction(rest));
    const max = roundPlaces(all, round.total, decimals);
    const score = roundPlaces(points.add(adjustment), round.total, decimals);
    return { score: roundToPoints(score, 0), exact: score, max, adjustment: roundToPoints(adjustment, 0) };
  };
  const complete = criteria.every((c) => c.points !== null);
  const [now, worst, best] = [complete ? sum('points') : null, sum('worst'), sum('best')];
  const applicableMax = roundToPoints(worst.max, 0);
  const lost = (at: typeof worst) => applicableMax - (at.score - at.adjustment);
  const outside = criteria.filter((c) => c.criterion.outside);
  // Like a field's points, known once what it is made of is, whatever else of the score is not.
  const settled = worst.adjustment === best.adjustment && outside.every((c) => c.points !== null);
  return {
    score: now?.score ?? null,
    adjustment: outside.length > 0 && settled ? worst.adjustment : null,
    deduction: now && lost(now),
    leastLost: lost(best),
    mostLost: lost(worst),
    applicableMax,
    worst: worst.score,
    best: best.score,
    index: now && any && worst.max.n !== 0n ? now.exact.mul(HUNDRED).div(worst.max) : null,
  };
}

/**
 * What each criterion's points, maximum or loss within the scale are of the score, by id: a field's, which a cap, a
 * mean or a weight may make less than the sum, shared out as those of its parts are.
 */
function sharesOf(tops: readonly FieldSum[], measured: (amount: Amount) => Fraction): Map<string, Fraction> {
  const shares = new Map<string, Fraction>();
  const share = ({ direct, below }: FieldSum, whole: Fraction): void => {
    const sum = [...direct, ...below].reduce((s, p) => s.add(measured(p)), ZERO);
    const part = (amount: Amount) => (sum.n === 0n ? ZERO : whole.mul(measured(amount)).div(sum));
    for (const amount of direct) shares.set(amount.row.criterion.id, part(amount));
    for (const field of below) share(field, part(field));
  };
  for (const top of tops) share(top, measured(top));
  return shares;
}

/**
 * Sums over some of a reading's criteria in points of the score. Their loss is known once what they share it with is:
 * under a cap it is less where others lose less.
 */
export function sumsInScore(
  catalogue: Catalogue,
  rows: readonly CriterionResult[],
): (some: readonly CriterionResult[]) => Subtotal {
  if (isPlain(catalogue)) return subtotal;
  const atWorst = fieldSums(catalogue, rows, 'worst');
  const lost = (tops: readonly FieldSum[]) => sharesOf(tops, (a) => a.max.sub(a.points));
  const [mostLost, leastLost] = [lost(atWorst), lost(fieldSums(catalogue, rows, 'best'))];
  const maxima = sharesOf(atWorst, (a) => a.max);
  return (some) => {
    const sum = (shares: ReadonlyMap<string, Fraction>) => {
      const exact = some.reduce((s, { criterion }) => s.add(shares.get(criterion.id) ?? ZERO), ZERO);
      return roundToPoints(exact, 0);
    };
    const [max, most, least] = [sum(maxima), sum(mostLost), sum(leastLost)];
    const isKnown = most === least && inside(some).every((r) => r.points !== null);
    const known = isKnown ? { points: max - most, deduction: most } : { points: null, deduction: null };
    return { ...known, max, worst: max - most, best: max - least };
  };
}

/** What the points of each criterion are of the score: under a cap, a mean or a weight not as many. */
function pointsInScore(catalogue: Catalogue, rows: readonly CriterionResult[]): Map<string, Fraction> {
  const shares = sharesOf(fieldSums(catalogue, rows, 'points'), (a) => a.points);
  const rest = notListedPoints(catalogue);
  const there = [...shares.values()].reduce((s, p) => s.add(p), new Fraction(rest));
  const amount = (row: CriterionResult) => amountOf(row, 'points', catalogue.decimals).points;
  const outside = rows.filter((r) => r.criterion.outside && applies(r));
  const side = (sign: 1 | -1) =>
    outside.map(amount).reduce((s, p) => (p.compare(ZERO) * sign > 0 ? s.add(p) : s), ZERO);
  const [added, taken] = [side(1), side(-1)];
  // What a limit leaves out is left out of all that is added, or of all that is taken, alike.
  const left = adjustmentOf(catalogue, rows, 'points', there).sub(added).sub(taken);
  for (const row of outside) {
    const points = amount(row);
    const whole = points.s > 0n ? added : taken;
    const limited = points.n !== 0n && left.n !== 0n && left.s !== points.s;
    shares.set(row.criterion.id, limited ? points.mul(whole.add(left)).div(whole) : points);
  }
  return shares;
}

/** How many of the score's points rest on numbers of each provenance. */
export function basisOf(catalogue: Catalogue, criteria: readonly CriterionResult[]): Basis {
  const sums = { stated: ZERO, inferred: ZERO, assumed: ZERO };
  const add = (kind: ProvenanceKind, points: Fraction | Points) => {
    sums[kind] = sums[kind].add(points);
  };
  const shares = isPlain(catalogue) ? null : pointsInScore(catalogue, criteria);
  for (const { criterion, provenance, points } of criteria)
    add(provenance, (shares ? shares.get(criterion.id) : points) ?? ZERO);
  const { notListed } = catalogue;
  if (notListed) add(notListed.provenance.kind, notListed.max);
  // What the score is rounded by is shared out too: the parts are those of the score that is shown.
  const sum = sums.stated.add(sums.inferred).add(sums.assumed);
  const score = roundPlaces(sum, catalogue.round.total, catalogue.decimals);
  const whole = (kind: ProvenanceKind) =>
    roundToPoints(sum.n === 0n ? ZERO : sums[kind].mul(score).div(sum), 0);
  return { stated: whole('stated'), inferred: whole('inferred'), assumed: whole('assumed') };
}

/** The total of criteria of which some changed: where points add up by what those did, else anew. */
export function totalAfter(
  { total, criteria, catalogue }: Pick<ReadingResult, 'total' | 'criteria' | 'catalogue'>,
  rows: readonly CriterionResult[],
): Total {
  const to = rows.filter((row, i) => row !== criteria[i]);
  const from = criteria.filter((row, i) => row !== rows[i]);
  const ids = new Set(to.map((row) => row.criterion.id));
  if (to.some((row) => row.criterion.outside) || !pointsAddUp(catalogue, ids))
    return totalOf(catalogue, rows);
  const [was, is] = [subtotal(from), subtotal(to)];
  const applicableMax = total.applicableMax + is.max - was.max;
  const worst = total.worst + is.worst - was.worst;
  const best = total.best + is.best - was.best;
  const gone = is.max - was.max;
  const leastLost = total.leastLost + gone - (is.best - was.best);
  const mostLost = total.mostLost + gone - (is.worst - was.worst);
  const sums = { adjustment: total.adjustment, leastLost, mostLost, applicableMax, worst, best };
  if (total.score !== null && total.deduction !== null && is.points !== null && was.points !== null) {
    const score = total.score + is.points - was.points;
    const deduction = total.deduction + applicableMax - total.applicableMax - (score - total.score);
    return { ...sums, score, deduction, index: anyApplies(rows) ? indexOf(score, applicableMax) : null };
  }
  if (rows.some((row) => row.points === null)) return { ...sums, score: null, deduction: null, index: null };
  // The last values that were not known: the score is added up for the first time.
  return totalOf(catalogue, rows);
}

/**
 * What the criteria outside the scale add and take together. Those that deduct from some criteria, or from the
 * score, take no more than is there; the scheme's limits hold for all of them.
 */
function adjustmentOf(
  catalogue: Catalogue,
  criteria: readonly CriterionResult[],
  which: Which,
  total: Fraction,
): Fraction {
  const { decimals, adjustments } = catalogue;
  const outside = criteria.filter((r) => r.criterion.outside && applies(r));
  const amounts = new Map(outside.map((r) => [r.criterion.id, amountOf(r, which, decimals).points]));
  const added = [...amounts.values()].reduce((s, p) => (p.s > 0n ? s.add(p) : s), ZERO);
  const taken = new Map<DeductionGroup, Fraction>();
  for (const group of deductionGroups(catalogue)) {
    const wanted = group.criteria.reduce((s, c) => {
      const points = amounts.get(c.id);
      return points && points.s < 0n ? s.sub(points) : s;
    }, ZERO);
    const { from } = group;
    if (from === null || wanted.n === 0n) {
      taken.set(group, wanted);
      continue;
    }
    const there = from === 'total' ? total.add(added) : pointsThere(catalogue, criteria, from, which);
    const left = group.within.reduce((s, t) => s.sub(taken.get(t)!), there);
    taken.set(group, left.s < 0n ? ZERO : lesser(wanted, left));
  }
  const sum = [...taken.values()].reduce((s, t) => s.sub(t), added);
  const most = adjustments.most === null ? sum : lesser(sum, new Fraction(adjustments.most));
  return adjustments.least === null ? most : lesser(most.neg(), new Fraction(-adjustments.least)).neg();
}

/** What can be taken from a field or from named criteria. */
function pointsThere(
  catalogue: Catalogue,
  criteria: readonly CriterionResult[],
  from: { field: string } | string[],
  which: Which,
): Fraction {
  const field = Array.isArray(from) ? undefined : catalogue.fields.find((f) => f.id === from.field);
  // Where a point there is not a point of the score, what can be taken is not least where the score is.
  const alike = field?.parent === null || addsFields(catalogue) || which === 'points';
  const there: Which = alike ? which : which === 'best' ? 'worst' : 'best';
  if (!Array.isArray(from)) {
    const sum = withBelow(fieldSums(catalogue, criteria, there)).find((f) => f.field === field);
    // A field of which nothing applies has nothing to take.
    return sum ? sum.points : ZERO;
  }
  return criteria
    .filter((r) => from.includes(r.criterion.id))
    .reduce((s, r) => s.add(amountOf(r, there, catalogue.decimals).points), ZERO);
}

/** Whether any criterion applies to the unit; if none does it has no index and no rank. */
export const anyApplies = (criteria: readonly CriterionResult[]): boolean => inside(criteria).some(applies);

/** 100 × points ÷ applicable maximum; null when nothing applies. */
export function indexOf(points: Points, applicableMax: Points): Fraction | null {
  return applicableMax === 0 ? null : new Fraction(BigInt(points) * 100n, BigInt(applicableMax));
}

/** A condition of a band that does not hold, and the field or criterion that fails it. */
export interface FailedCondition {
  condition: BandCondition;
  id: string;
}

/** The grade of a result, and what the next one needs. */
export interface Grade {
  /** Null below the lowest band. */
  band: Band | null;
  /**
   * The next band up, the points that reach its index (0 when the index is there) and the conditions that fail; null
   * in the highest.
   */
  next: { band: Band; points: Points; failed: FailedCondition[] } | null;
}

/** The band of a known index; null when the scheme has no bands or the score is unknown. */
export function gradeOf(result: ReadingResult): Grade | null {
  const { catalogue, total } = result;
  const { bands } = catalogue;
  if (bands.length === 0 || total.index === null || total.score === null) return null;
  const { index, score } = total;
  const at = bands.findIndex((b) => index.compare(b.atLeast) >= 0 && failedOf(b, result).length === 0);
  const next = bands[(at < 0 ? bands.length : at) - 1];
  const needed = (band: Band) =>
    Math.max(0, Number(band.atLeast.mul(total.applicableMax).div(100).ceil(0).valueOf()) - score);
  return {
    band: bands[at] ?? null,
    next: next ? { band: next, points: needed(next), failed: failedOf(next, result) } : null,
  };
}

/** The conditions of a band that do not hold, each with the field or criterion that fails it. */
function failedOf({ and }: Band, { fields, criteria }: ReadingResult): FailedCondition[] {
  return and.flatMap((condition): FailedCondition[] => {
    if (condition.form === 'criterion') {
      const row = criteria.find((c) => c.criterion.id === condition.id);
      const fails = row && row.status !== 'not_applicable' && (row.points ?? 0) < condition.atLeast;
      return fails ? [{ condition, id: condition.id }] : [];
    }
    const asked =
      condition.form === 'field'
        ? fields.filter((f) => f.field.id === condition.id)
        : fields.filter((f) => f.depth === 0);
    return asked
      .filter((f) => f.index !== null && f.index.compare(condition.atLeast) < 0)
      .map((f) => ({ condition, id: f.field.id }));
  });
}
