import * as z from 'zod/mini';
import type { Catalogue } from '../catalogue/catalogue.js';
import { counterparts } from '../catalogue/diff.js';
import { findCriterion, findOwner } from '../catalogue/select.js';
import type { Rank } from '../ranking/place.js';
import { quantileRank } from '../ranking/ranks.js';
import type { RankAssumption } from '../ranking/rivals.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { anyApplies, indexOf } from '../scoring/score.js';
import { sumsInScore } from '../scoring/totals.js';
import { type Diagnostic, error, hasErrors } from '../values/diagnostic.js';
import { Fraction, fromNumber, toNumber, ZERO } from '../values/fraction.js';
import { type Points, pointsToFraction, pointsToNumber } from '../values/points.js';
import { decimal, flag, strictMap, wholeNumber } from '../values/scalars.js';

/** The limits that readings are held to, as `cchc.config.yaml` writes them under `gates`. */
export const gatesShape = strictMap({
  min_score: z.optional(decimal),
  min_index: z.optional(decimal),
  max_deduction: z.optional(decimal),
  max_rank: z.optional(wholeNumber(1, 100_000)),
  confidence: z.optional(decimal),
  max_assumed_points: z.optional(decimal),
  require_evidence: z.optional(flag),
  require_complete: z.optional(flag),
  no_regression: z.optional(decimal),
  criteria: z.optional(z.record(z.string(), strictMap({ max_deduction: decimal }))),
  owners: z.optional(z.record(z.string(), strictMap({ max_deduction: decimal }))),
});

export type GateLimits = z.output<typeof gatesShape>;

/** What a gate looks at besides the limits. */
export interface GateSubject {
  file: string;
  result: ReadingResult;
  rank: Rank | null;
  /** Entries of the reading without evidence. */
  unproven: number;
  baseline: ReadingResult | null;
}

const gate = (name: string, actual: number | null, limit: Fraction, pass: boolean): Gate => ({
  name,
  actual,
  limit: toNumber(limit),
  pass,
});

const atLeast = (name: string, actual: Fraction | null, limit: Fraction): Gate =>
  gate(name, actual && toNumber(actual), limit, actual !== null && actual.compare(limit) >= 0);

const atMost = (name: string, actual: number | null, limit: Fraction): Gate =>
  gate(name, actual, limit, actual !== null && fromNumber(actual).compare(limit) <= 0);

/** What a name in a limit stands for, as it does elsewhere. */
type Finder = (catalogue: Catalogue, name: string) => { id: string } | { suggestion?: string | undefined };

/** Limits that name what the catalogue does not have, or need what is not given. */
export function checkLimits(limits: GateLimits, { result, rank, baseline }: GateSubject): Diagnostic[] {
  const { catalogue } = result;
  const unknown = (code: 'unknown-criterion' | 'unknown-owner', asked: object | undefined, find: Finder) =>
    Object.keys(asked ?? {}).flatMap((value) => {
      const found = find(catalogue, value);
      return 'id' in found ? [] : [error(code, { value, suggestion: found.suggestion })];
    });
  const needed = {
    '--league': limits.max_rank !== undefined && !rank && anyApplies(result.criteria),
    '--max-rank': limits.confidence !== undefined && limits.max_rank === undefined,
    '--baseline': limits.no_regression !== undefined && !baseline,
  };
  return [
    ...unknown('unknown-criterion', limits.criteria, findCriterion),
    ...unknown('unknown-owner', limits.owners, findOwner),
    ...Object.entries(needed).flatMap(([option, lacks]) =>
      lacks ? [error('needs-option', { option })] : [],
    ),
  ];
}

/**
 * Holds one reading to the limits. While values are unknown the worst case is judged. A rank gate is the
 * guaranteed rank, or with `confidence` the rank reached with that probability.
 */
export function runGates(limits: GateLimits, input: GateSubject): Gate[] {
  const { result, rank, baseline } = input;
  const { total, catalogue, basis } = result;
  const points = (p: number) => pointsToNumber(p, catalogue.decimals);
  const unknown = result.criteria.filter((c) => c.status === 'unknown').length;
  const lost = (limited: GateLimits['criteria'], find: Finder, losses: ReadonlyMap<string, Points>) =>
    Object.entries(limited ?? {}).flatMap(([name, limit]) => {
      const found = find(catalogue, name);
      const loss = 'id' in found ? losses.get(found.id) : undefined;
      return 'id' in found && loss !== undefined
        ? [atMost(`max-deduction:${found.id}`, points(loss), limit.max_deduction)]
        : [];
    });
  // A bonus that was not earned takes nothing.
  const lossOf = ({ criterion, max, worst }: CriterionResult) =>
    criterion.outside ? Math.max(0, -worst) : max - worst;
  const sums = sumsInScore(catalogue, result.criteria)(result.criteria);
  const worst = anyApplies(result.criteria) ? indexOf(total.worst, total.applicableMax) : null;
  const { min_score, min_index, max_deduction, max_rank, max_assumed_points, no_regression } = limits;
  return [
    // A form that nobody has begun to fill in passes nothing.
    result.criteria.every((c) => !c.entry) && gate('filled-in', 0, new Fraction(1), false),
    min_score && atLeast('min-score', pointsToFraction(total.worst, catalogue.decimals), min_score),
    min_index && atLeast('min-index', total.index ?? worst, min_index),
    // Within the scale, as the score tells it: what a bonus adds makes good no loss.
    max_deduction && atMost('max-deduction', points(total.deduction ?? sums.max - sums.worst), max_deduction),
    max_rank !== undefined && rankGate(limits, rank),
    max_assumed_points && atMost('max-assumed-points', points(basis.assumed), max_assumed_points),
    limits.require_evidence && atMost('require-evidence', input.unproven, ZERO),
    limits.require_complete && atMost('require-complete', unknown, ZERO),
    ...lost(
      limits.criteria,
      findCriterion,
      new Map(result.criteria.map((row) => [row.criterion.id, lossOf(row)])),
    ),
    ...lost(
      limits.owners,
      findOwner,
      new Map(result.owners.map(({ owner, max, worst }) => [owner, max - worst])),
    ),
    ...(no_regression && baseline ? regressions(no_regression, result, baseline) : []),
  ].filter((g): g is Gate => typeof g === 'object');
}

/** A unit without a rank meets none; how the group is shaped says nothing of a rank that is guaranteed. */
function rankGate({ max_rank, confidence }: GateLimits, rank: Rank | null): Gate {
  const limit = fromNumber(max_rank!);
  const sure = confidence ? toNumber(confidence) : null;
  const reached = sure !== null && rank?.distribution ? quantileRank(rank.distribution, sure) : rank?.worst;
  const made = atMost(sure === null ? 'max-rank' : `max-rank@${sure}`, reached ?? null, limit);
  const assumptions = rank?.assumptions.filter((a) => sure !== null || a !== 'group-shape') ?? [];
  return assumptions.length > 0 ? { ...made, assumptions } : made;
}

/** The total's fall, and each criterion that fell by more than the tolerance; gates hold the fall. */
function regressions(tolerance: Fraction, result: ReadingResult, baseline: ReadingResult): Gate[] {
  const exact = (points: Points, { catalogue }: ReadingResult) =>
    pointsToFraction(points, catalogue.decimals);
  const fallGate = (name: string, before: Points, after: Points) => {
    const fall = exact(before, baseline).sub(exact(after, result));
    return atMost(name, Math.max(0, toNumber(fall)), tolerance);
  };
  const found = counterparts(baseline.catalogue.criteria, result.catalogue.criteria);
  const rowsNow = new Map(result.criteria.map((row) => [row.criterion.id, row]));
  const rows = baseline.catalogue.criteria.flatMap((was, i) => {
    const now = found.get(was);
    const row = now && rowsNow.get(now.id);
    const { points } = baseline.criteria[i]!;
    if (!row || points === null || row.status === 'not_applicable') return [];
    const gate = fallGate(`no-regression:${row.criterion.id}`, points, row.worst);
    return gate.pass ? [] : [gate];
  });
  return [fallGate('no-regression', baseline.total.worst, result.total.worst), ...rows];
}

/** One limit that a reading is held to. */
export interface Gate {
  /** The file it judged; absent for a gate over all files. */
  file?: string;
  /** The reading that it judged, of a file that holds several. */
  unit?: string;
  year?: number;
  name: string;
  actual: number | null;
  limit: number;
  pass: boolean;
  /** What a gate of the rank rests on. */
  assumptions?: readonly RankAssumption[];
}

/** A checked file and what is wrong with it. */
export interface CheckedFile {
  file: string;
  diagnostics: Diagnostic[];
}

/** `error`: the input is wrong, so nothing was judged; `fail`: a gate did not hold; else `pass`. */
type Verdict = 'pass' | 'fail' | 'error';

/** A check's whole result; the verdict is decided here, once, before any format is chosen. */
export interface Check {
  verdict: Verdict;
  files: CheckedFile[];
  gates: Gate[];
}

/** The gate over the warnings of all files. */
export function warningsGate(files: readonly CheckedFile[], limit: number): Gate {
  const actual = files.flatMap((f) => f.diagnostics).filter((d) => d.severity === 'warning').length;
  return { name: 'max-warnings', actual, limit, pass: actual <= limit };
}

/** Judges checked files and gates. */
export function judge(files: CheckedFile[], gates: Gate[]): Check {
  const broken = files.some((f) => hasErrors(f.diagnostics));
  const verdict = broken ? 'error' : gates.every((g) => g.pass) ? 'pass' : 'fail';
  return { verdict, files, gates };
}
