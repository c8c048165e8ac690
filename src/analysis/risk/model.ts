import { type Diagnostic, error } from '../../diagnostics/diagnostic.js';
import { Fraction, toNumber } from '../../exact/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../../exact/points.js';
import type { RivalMoves } from '../../ranking/place.js';
import type { Rivals } from '../../ranking/rivals.js';
import { compareScores } from '../../ranking/table.js';
import type { Reading } from '../../reading/reading.js';
import { type InputValue, pointsOfInput, sliceRule } from '../../rules/apply.js';
import { compileColumn, type LineColumn } from '../../rules/column.js';
import type { Interval } from '../../rules/line.js';
import type { CriterionResult, ReadingResult } from '../../scoring/result.js';
import type { Move, Outlook, Uncertain } from './outlook.js';
import type { Spread } from './spread.js';

/** An uncertain criterion, as plain data that a worker can be sent. */
export type Factor = { id: string } & (
  | { form: 'column'; column: LineColumn; spread: Spread; low: number; high: number; grid: number }
  | { form: 'table'; points: number[]; upTo: number[] }
);

/** A rival in points of the unit's own sum, so that a draw compares whole numbers. */
type RiskRival =
  /** At a fixed score: level from `tie` points on, passed from `pass` on. */
  | { form: 'fixed'; tie: number; pass: number }
  /** At a fixed score that moves, or uniform between two and then moved. */
  | { form: 'loose'; low: number; high: number; move: Spread | null };

/** Everything a draw needs, as plain data. */
export interface RiskModel {
  /** Points that are certain. */
  base: Points;
  factors: Factor[];
  rivals: RiskRival[];
  /** A move that all loose rivals share, in points. */
  shared: Spread | null;
  /** The most points, at which no rival is above. */
  full: Points;
  /** Points of the sum per point of the scheme. */
  unit: number;
  /** How equal scores rank: as any of the places, above, or below. */
  ties: 'any' | 'min' | 'max';
  /** Units in the group; 0 without a league. */
  size: number;
}

/** A whole number of this many parts makes one of a percent or number; counts are whole. */
const GRIDS = [1_000_000, 10_000, 100, 1];
const WIDEST = 1_000_000;

/** Compiles a scored reading with its outlook and rivals; says why when the set-up does not apply. */
export function compileRisk(
  result: ReadingResult,
  reading: Reading,
  outlook: Outlook,
  rivals: Rivals | null,
  moves: RivalMoves,
): RiskModel | Diagnostic[] {
  const problems: Diagnostic[] = [];
  const factors: Factor[] = [];
  let base = result.catalogue.notListed?.max ?? 0;
  const unknown: string[] = [];
  for (const row of result.criteria) {
    const asked = outlook.indicators.get(row.criterion.id);
    if (!asked) {
      if (row.points === null) unknown.push(row.criterion.id);
      base += row.points ?? 0;
      continue;
    }
    if (row.status === 'not_applicable') {
      problems.push(error('risk-not-applicable', { id: row.criterion.id }));
      continue;
    }
    const values = asked.map((u, i) => (u?.form === 'value' ? u.value : givenValue(reading, row, i)));
    const open = asked.findIndex((u) => u && u.form !== 'value');
    if (values.some((v, i) => !v && i !== open)) {
      unknown.push(row.criterion.id);
      continue;
    }
    const { decimals } = result.catalogue;
    const factor = factorOf(row, values, Math.max(0, open), asked, decimals);
    if (typeof factor === 'number') base += factor;
    else if ('code' in factor) problems.push(factor);
    else factors.push(factor);
  }
  if (unknown.length > 0) problems.push(error('risk-needs-values', { ids: unknown }));
  const group = rivals ? compileRivals(rivals, outlook, moves, result, problems) : null;
  if (problems.length > 0) return problems;
  const loose = group?.rivals.some((r) => r.form === 'loose') ?? false;
  if (factors.length === 0 && !loose) return [error('nothing-uncertain', {})];
  return {
    base,
    factors,
    rivals: group?.rivals ?? [],
    shared: group?.shared ?? null,
    full: result.total.applicableMax,
    unit: group?.unit ?? 1,
    ties: group?.ties ?? 'min',
    size: rivals?.size ?? 0,
  };
}

function givenValue(reading: Reading, row: CriterionResult, index: number): InputValue | undefined {
  return reading.entries.get(row.criterion.id)?.value?.inputs[index];
}

/** The points, when nothing is uncertain after all; else the criterion along its uncertain indicator. */
function factorOf(
  { criterion }: CriterionResult,
  values: (InputValue | undefined)[],
  open: number,
  asked: (Uncertain | null)[],
  decimals: number,
): Factor | Points | Diagnostic {
  const input = criterion.compiled.inputs[open]!;
  const uncertain = asked[open]!;
  const slice = sliceRule(criterion.compiled, values, open);
  const along =
    slice.form === 'line'
      ? { ...input, form: 'line' as const, line: slice.line }
      : { ...input, form: 'table' as const, levels: slice.levels };
  const pointsAt = (value: InputValue) =>
    roundToPoints(pointsOfInput(along as typeof input, value), decimals);
  if (!uncertain || uncertain.form === 'value') return pointsAt(values[open]!);
  if (uncertain.form === 'chances') {
    let sum = 0;
    const upTo = uncertain.options.map((o) => {
      sum += o.probability;
      return sum;
    });
    return { id: criterion.id, form: 'table', points: uncertain.options.map((o) => pointsAt(o.value)), upTo };
  }
  if (slice.form !== 'line' || input.form !== 'line') return error('spread-on-level', { id: criterion.id });
  const { low, high } = ends(slice.range);
  const widest = Math.max(Math.abs(low ?? WIDEST), Math.abs(high ?? WIDEST));
  for (const grid of input.quantity === 'count' ? [1] : GRIDS) {
    const column = compileColumn(slice.line, decimals, grid, widest * grid);
    const limits = { low: low ?? -WIDEST, high: high ?? WIDEST };
    const spread = input.quantity === 'count' ? wholeNumbers(uncertain.spread) : uncertain.spread;
    if (column) return { id: criterion.id, form: 'column', column, spread, ...limits, grid };
  }
  return error('risk-too-fine', { id: criterion.id });
}

/** A range of whole numbers holds both its ends in full: 1 to 3 is 0.5 to 3.5 before rounding. */
function wholeNumbers(spread: Spread): Spread {
  if (spread.kind !== 'uniform' && spread.kind !== 'triangular') return spread;
  return { ...spread, low: spread.low - 0.5, high: spread.high + 0.5 };
}

const ends = (range: Interval) => ({
  low: range.lo && toNumber(range.lo),
  high: range.hi && toNumber(range.hi),
});

function compileRivals(
  group: Rivals,
  outlook: Outlook,
  moves: RivalMoves,
  result: ReadingResult,
  problems: Diagnostic[],
): Pick<RiskModel, 'rivals' | 'shared' | 'ties' | 'unit'> {
  const { league } = group;
  const { applicableMax } = result.total;
  const unit = toNumber(new Fraction(applicableMax).div(league.scale));
  const shared = outlook.rivals.all?.form === 'spread' ? scaled(outlook.rivals.all.spread, unit) : null;
  const certain = moves.all.add(outlook.rivals.all?.form === 'fixed' ? outlook.rivals.all.by : 0);
  if (league.ties === 'dense' || league.ties === 'order')
    problems.push(error('risk-ties', { ties: league.ties }));
  const rivals = group.rivals.map((rival): RiskRival => {
    const named: Move | undefined = rival.unit === null ? undefined : outlook.rivals.units.get(rival.unit);
    const own = named ?? outlook.rivals.each;
    let by = certain.add((rival.unit !== null && moves.units.get(rival.unit)) || 0);
    if (own?.form === 'fixed') by = by.add(own.by);
    const move = own?.form === 'spread' ? scaled(own.spread, unit) : null;
    if (rival.form === 'interval') {
      problems.push(error('risk-rival-interval', { unit: rival.unit }));
      return { form: 'loose', low: 0, high: 0, move: null };
    }
    if (rival.form === 'known' && !move && !shared) {
      const at = within(rival.score.add(by), league.scale);
      return {
        form: 'fixed',
        ...levels(at, league.exact ? null : league.decimals, applicableMax, league.scale),
      };
    }
    const [low, high] = rival.form === 'known' ? [rival.score, rival.score] : [rival.lo, rival.hi];
    const at = (x: Fraction) => toNumber(x.add(by)) * unit;
    return { form: 'loose', low: at(low), high: at(high), move };
  });
  const ties = !league.exact ? 'any' : league.ties === 'max' ? 'max' : 'min';
  return { rivals, shared, ties, unit };
}

function within(score: Fraction, scale: Fraction): Fraction {
  if (score.compare(scale) > 0) return scale;
  return score.s < 0n ? new Fraction(0) : score;
}

function scaled(spread: Spread, unit: number): Spread {
  switch (spread.kind) {
    case 'uniform':
      return { ...spread, low: spread.low * unit, high: spread.high * unit };
    case 'triangular':
      return { ...spread, low: spread.low * unit, mode: spread.mode * unit, high: spread.high * unit };
    case 'normal':
      return { ...spread, mean: spread.mean * unit, sd: spread.sd * unit };
    case 'beta':
      throw new Error('a move is no share');
  }
}

/** The least points that print level with a score, and that print above it. */
function levels(
  score: Fraction,
  decimals: number | null,
  full: Points,
  scale: Fraction,
): { tie: number; pass: number } {
  const compare = (points: Points) =>
    compareScores(pointsToFraction(points, 0).mul(scale).div(full), score, decimals);
  const least = (holds: (points: Points) => boolean): number => {
    let low = -1;
    let high = full + 1;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (holds(middle)) high = middle;
      else low = middle;
    }
    return high;
  };
  return { tie: least((p) => compare(p) >= 0), pass: least((p) => compare(p) > 0) };
}
