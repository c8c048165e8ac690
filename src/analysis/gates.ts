import * as z from 'zod/mini';
import { type Diagnostic, error, hasErrors } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { type Fraction, fromNumber, toNumber } from '../exact/fraction.js';
import { pointsToNumber } from '../exact/points.js';
import type { Rank } from '../ranking/place.js';
import { quantileRank } from '../ranking/ranks.js';
import type { RankAssumption } from '../ranking/rivals.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { anyApplies, indexOf } from '../scoring/score.js';
import { closed, decimal, whole } from '../shapes/scalars.js';

/** The limits that readings are held to, as `cchc.config.yaml` writes them under `gates`. */
export const gatesShape = closed({
  min_score: z.optional(decimal),
  min_index: z.optional(decimal),
  max_deduction: z.optional(decimal),
  max_rank: z.optional(whole(1, 100_000)),
  confidence: z.optional(decimal),
  max_assumed_points: z.optional(decimal),
  require_evidence: z.optional(z.union([z.boolean(), z.enum(['true', 'false'])])),
  require_complete: z.optional(z.union([z.boolean(), z.enum(['true', 'false'])])),
  no_regression: z.optional(decimal),
  criteria: z.optional(z.record(z.string(), closed({ max_deduction: decimal }))),
  owners: z.optional(z.record(z.string(), closed({ max_deduction: decimal }))),
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

const atLeast = (name: string, actual: number, limit: Fraction): Gate => ({
  name,
  actual,
  limit: toNumber(limit),
  pass: fromNumber(actual).compare(limit) >= 0,
});

const atMost = (name: string, actual: number | null, limit: Fraction): Gate => ({
  name,
  actual,
  limit: toNumber(limit),
  pass: actual !== null && fromNumber(actual).compare(limit) <= 0,
});

/** Limits that name what the catalogue does not have, or need what is not given. */
export function checkLimits(limits: GateLimits, { result, rank, baseline }: GateSubject): Diagnostic[] {
  const { catalogue } = result;
  const ids = catalogue.criteria.map((c) => c.id);
  const owners = catalogue.owners.map((o) => o.id);
  const unknown = (
    code: 'unknown-criterion' | 'unknown-owner',
    asked: object | undefined,
    options: string[],
  ) =>
    Object.keys(asked ?? {})
      .filter((value) => !options.includes(value))
      .map((value) => error(code, { value, suggestion: nearest(value, options) }));
  return [
    ...unknown('unknown-criterion', limits.criteria, ids),
    ...unknown('unknown-owner', limits.owners, owners),
    ...(limits.max_rank !== undefined && !rank && anyApplies(result.criteria)
      ? [error('needs-option', { option: '--league' })]
      : []),
    ...(limits.confidence !== undefined && limits.max_rank === undefined
      ? [error('needs-option', { option: '--max-rank' })]
      : []),
    ...(limits.no_regression !== undefined && !baseline
      ? [error('needs-option', { option: '--baseline' })]
      : []),
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
  const gates: Gate[] = [];
  // A form that nobody has begun to fill in passes nothing.
  if (result.criteria.every((c) => c.status === 'unknown'))
    gates.push({ name: 'filled-in', actual: 0, limit: 1, pass: false });
  if (limits.min_score) gates.push(atLeast('min-score', points(total.worst), limits.min_score));
  if (limits.min_index) {
    const worst = anyApplies(result.criteria) ? indexOf(total.worst, total.applicableMax) : null;
    const index = total.index ?? worst;
    const pass = index !== null && index.compare(limits.min_index) >= 0;
    gates.push({
      name: 'min-index',
      actual: index && toNumber(index),
      limit: toNumber(limits.min_index),
      pass,
    });
  }
  if (limits.max_deduction) {
    gates.push(atMost('max-deduction', points(total.applicableMax - total.worst), limits.max_deduction));
  }
  if (limits.max_rank !== undefined) gates.push(rankGate(limits, rank));
  if (limits.max_assumed_points) {
    gates.push(atMost('max-assumed-points', points(basis.assumed), limits.max_assumed_points));
  }
  if (String(limits.require_evidence) === 'true')
    gates.push(atMost('require-evidence', input.unproven, fromNumber(0)));
  if (String(limits.require_complete) === 'true') {
    const unknown = result.criteria.filter((c) => c.status === 'unknown').length;
    gates.push(atMost('require-complete', unknown, fromNumber(0)));
  }
  for (const [id, limit] of Object.entries(limits.criteria ?? {})) {
    const row = result.criteria.find((c) => c.criterion.id === id);
    if (row) gates.push(atMost(`max-deduction:${id}`, points(row.max - row.worst), limit.max_deduction));
  }
  for (const [owner, limit] of Object.entries(limits.owners ?? {})) {
    const row = result.owners.find((o) => o.owner === owner);
    if (row) gates.push(atMost(`max-deduction:${owner}`, points(row.max - row.worst), limit.max_deduction));
  }
  if (limits.no_regression && baseline) gates.push(...regressions(limits.no_regression, result, baseline));
  return gates;
}

/** A unit without a rank meets none. */
function rankGate(limits: GateLimits, rank: Rank | null): Gate {
  const limit = fromNumber(limits.max_rank!);
  const because = (gate: Gate, assumptions: readonly RankAssumption[] = []): Gate =>
    assumptions.length > 0 ? { ...gate, assumptions } : gate;
  // How the group is shaped says nothing of a rank that is guaranteed.
  if (!limits.confidence)
    return because(
      atMost('max-rank', rank?.worst ?? null, limit),
      rank?.assumptions.filter((a) => a !== 'group-shape'),
    );
  const reached = rank?.distribution
    ? quantileRank(rank.distribution, toNumber(limits.confidence))
    : (rank?.worst ?? null);
  return because(atMost(`max-rank@${toNumber(limits.confidence)}`, reached, limit), rank?.assumptions);
}

/** The total's fall, and each criterion that fell by more than the tolerance; gates hold the fall. */
function regressions(tolerance: Fraction, result: ReadingResult, baseline: ReadingResult): Gate[] {
  const { decimals } = result.catalogue;
  const fall = (before: number, after: number) => pointsToNumber(Math.max(0, before - after), decimals);
  const before = new Map<string, CriterionResult>(baseline.criteria.map((c) => [c.criterion.id, c]));
  const rows = result.criteria.flatMap((row) => {
    const old = before.get(row.criterion.id);
    if (!old || old.points === null || row.status === 'not_applicable') return [];
    const gate = atMost(`no-regression:${row.criterion.id}`, fall(old.points, row.worst), tolerance);
    return gate.pass ? [] : [gate];
  });
  const total = atMost('no-regression', fall(baseline.total.worst, result.total.worst), tolerance);
  return [total, ...rows];
}

/** One limit that a reading is held to. */
export interface Gate {
  /** The file it judged; absent for a gate over all files. */
  file?: string;
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
export type Verdict = 'pass' | 'fail' | 'error';

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
