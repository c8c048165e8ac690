import type { Criterion } from '../../catalogue/catalogue.js';
import { notListedPoints } from '../../catalogue/sums.js';
import type { OpenUnits } from '../../ranking/group.js';
import { compareScores } from '../../ranking/ranks.js';
import { NO_MOVES, type Rival, type RivalMoves, type Rivals, withinScale } from '../../ranking/rivals.js';
import { EMPTY_ENTRY, type Reading } from '../../reading/reading.js';
import { type InputValue, isLeftOut, sliceRule } from '../../rules/apply.js';
import type { Input } from '../../rules/rule.js';
import { missingReferences } from '../../scoring/group.js';
import type { CriterionResult, ReadingResult } from '../../scoring/result.js';
import { anyApplies, pointsAddUp } from '../../scoring/score.js';
import { type Diagnostic, error } from '../../values/diagnostic.js';
import { Fraction, fromNumber, toNumber } from '../../values/fraction.js';
import { groupBy } from '../../values/grouping.js';
import { type Points, pointsToFraction } from '../../values/points.js';
import { firstWhere, runningSums } from '../../values/search.js';
import { type Factor, inputFactor, jointFactor, tiedScore, wholeOf } from './factor.js';
import { isCertain, type Outlook, type Uncertain } from './outlook.js';
import { curveOf, type Distribution, inputCurve } from './spread.js';

/** A rival in points of the unit's sum, so that a draw compares whole numbers. */
type RiskRival =
  /** At a fixed score: level from `tie` points on, passed from `pass` on. */
  | { form: 'fixed'; tie: number; pass: number }
  /** At a fixed score that moves. */
  | { form: 'loose'; at: number; move: Distribution | null };

/**
 * How many of the rivals without a known score are above, by the group's model: for each of some levels of the
 * own points, ascending, the running probabilities of 0, 1, 2 … Between levels they are read off straight lines.
 */
export interface OpenRivals {
  levels: number[];
  upTo: number[][];
}

/** Everything a draw needs, as plain data. */
export interface RiskModel {
  /** Points that are certain. */
  base: Points;
  factors: Factor[];
  rivals: RiskRival[];
  open: OpenRivals | null;
  /** A move that all loose and open rivals share, in points. */
  shared: Distribution | null;
  /** The most points, at which no rival is above. */
  full: Points;
  /** Points of the sum per point of the scheme. */
  unit: number;
  /** How equal scores rank: as any of the places, above, or below. */
  ties: 'any' | 'min' | 'max';
  /** Units in the group; 0 without a league. */
  size: number;
  /** Of a scheme scored whole, the one factor of which is its score: from how many draws, null where from every set. */
  tied: { drawn: number | null } | null;
}

/** Draws of a scheme that is scored whole: how many, where that is asked for, and their seed. */
export interface Draws {
  draws: number | undefined;
  seed: number;
}

/** Compiles a scored reading with its outlook and rivals; says why when the set-up does not apply. */
export function compileRisk(
  result: ReadingResult,
  reading: Reading,
  outlook: Outlook,
  rivals: Rivals | null,
  moves: RivalMoves,
  draws: Draws = { draws: undefined, seed: 1 },
): RiskModel | Diagnostic[] {
  const todo = result.criteria.flatMap(({ criterion: { id, compiled } }) =>
    compiled.todo && outlook.indicators.has(id) ? [error('rule-todo', { id })] : [],
  );
  if (todo.length > 0) return todo;
  const addsUp = pointsAddUp(result.catalogue, new Set(outlook.indicators.keys()));
  const whole = addsUp ? null : tiedScore(result, reading, outlook, draws);
  if (Array.isArray(whole)) return whole;
  const problems: Diagnostic[] = [];
  const { base, factors } = whole
    ? { base: 0, factors: [whole.factor] }
    : partsOf(result, reading, outlook, problems);
  // Who has nothing to be scored by is not placed.
  const ranked = rivals && anyApplies(result.criteria) ? rivals : null;
  const group = ranked && compileRivals(ranked, outlook, moves, result, problems);
  if (problems.length > 0) return problems;
  const loose = group?.open || (group?.rivals.some((r) => r.form === 'loose') ?? false);
  if (factors.length === 0 && !loose) return [error('nothing-uncertain', {})];
  return {
    base,
    factors,
    ...(group ?? { rivals: [], open: null, shared: null, unit: 1, ties: 'min' }),
    full: result.total.applicableMax,
    size: ranked?.size ?? 0,
    tied: whole && { drawn: whole.drawn },
  };
}

/** The points that are certain, and the criteria that are not, of a scheme whose points add up. */
function partsOf(
  { criteria, catalogue }: ReadingResult,
  reading: Reading,
  outlook: Outlook,
  problems: Diagnostic[],
): Pick<RiskModel, 'base' | 'factors'> {
  const factors: Factor[] = [];
  let base = notListedPoints(catalogue);
  const unknown: string[] = [];
  for (const row of criteria) {
    const { id, compiled } = row.criterion;
    const asked = outlook.indicators.get(id);
    if (!asked) {
      if (row.points === null) unknown.push(id);
      base += row.points ?? 0;
      continue;
    }
    if (row.status === 'not_applicable' || row.status === 'other_unit') {
      problems.push(error('risk-not-applicable', { id }));
      continue;
    }
    const inputs = wholeOf(asked, reading.entries.get(id));
    if (!inputs) {
      unknown.push(id);
      continue;
    }
    const value = { inputs: inputs.map((u, i) => highestOf(u, compiled.inputs[i]!)), ratio: null };
    const entry = { ...(row.entry ?? EMPTY_ENTRY), value, deducted: null, exempt: null };
    const lacks = missingReferences({ reading: { ...reading, entries: new Map([[id, entry]]) }, catalogue });
    const out = leftOutOf(row, inputs);
    if (!out) problems.push(error('risk-not-additive', {}));
    for (const { wants } of lacks) problems.push(error(`needs-${wants}`, { id }));
    const counted = inputs.flatMap((u, i) => (out?.has(i) ? [] : [{ u, i }]));
    const [first] = counted;
    if (!out || !first || lacks.length > 0) continue;
    const [open = first.i, ...more] = counted.flatMap(({ u, i }) => (isCertain(u) ? [] : [i]));
    const kept = { ...compiled, inputs: counted.map(({ i }) => compiled.inputs[i]!) };
    const uncertain = counted.map(({ u }) => u);
    const factor =
      more.length > 0
        ? (jointFactor(id, kept, uncertain, catalogue.decimals) ?? error('risk-too-fine', { id }))
        : factorAlong(row.criterion, inputs, open, catalogue.decimals);
    if ('code' in factor) problems.push(factor);
    else if (factor.form === 'table' && factor.points.length === 1) base += factor.points[0]!;
    else factors.push(factor);
  }
  if (unknown.length > 0) problems.push(error('risk-needs-values', { ids: unknown }));
  return { base, factors };
}

/** The greatest value that may come. */
function highestOf(uncertain: Uncertain, input: Input): InputValue {
  if (uncertain.kind === 'chances') {
    const { options } = uncertain;
    return options.reduce<InputValue>(
      (most, { value }) =>
        value.form === 'number' && (most.form !== 'number' || value.x.compare(most.x) > 0) ? value : most,
      options[0]!.value,
    );
  }
  if (input.form !== 'line') return { form: 'none' };
  const { high } = inputCurve(input, uncertain);
  const most = 'high' in uncertain ? Math.min(high, uncertain.high) : high;
  return { form: 'number', x: fromNumber(most) };
}

/** The inputs that nothing is counted for; null where that, and so the maximum, is not sure to be as it is scored. */
function leftOutOf({ criterion, value, status }: CriterionResult, inputs: readonly Uncertain[]) {
  const out = new Set<number>();
  for (const [i, input] of criterion.compiled.inputs.entries()) {
    const now = status === 'scored' && isLeftOut(input, value?.inputs[i]);
    const asked = inputs[i]!;
    const then = asked.kind === 'chances' ? asked.options.map((o) => isLeftOut(input, o.value)) : [false];
    if (then.some((left) => left !== now)) return null;
    if (now) out.add(i);
  }
  return out;
}

/** A criterion along one of its indicators, the others being certain. */
function factorAlong(
  { id, compiled }: Criterion,
  inputs: readonly Uncertain[],
  open: number,
  decimals: number,
): Factor | Diagnostic {
  const input = compiled.inputs[open]!;
  const values = inputs.map((u) => (u.kind === 'chances' ? u.options[0]!.value : undefined));
  const slice = sliceRule(compiled, values, open);
  const along =
    slice.form === 'line'
      ? { ...input, form: 'line' as const, line: slice.line }
      : { ...input, form: 'table' as const, levels: slice.levels };
  return inputFactor(id, along as Input, inputs[open]!, decimals);
}

/** The rivals that are drawn: moves that the call or an outlook tells are of the league as published. */
export function rivalsDrawn(
  asked: Rivals,
  { rivals: { all, each, units } }: Outlook,
  moves: RivalMoves,
): Rivals {
  const told = moves !== NO_MOVES || all || each || units.size > 0;
  return (told && asked.unmoved) || asked;
}

function compileRivals(
  asked: Rivals,
  outlook: Outlook,
  moves: RivalMoves,
  result: ReadingResult,
  problems: Diagnostic[],
): Pick<RiskModel, 'rivals' | 'open' | 'shared' | 'ties' | 'unit'> {
  const { all, each, units } = outlook.rivals;
  const group = rivalsDrawn(asked, outlook, moves);
  const { league } = group;
  const { applicableMax } = result.total;
  const unit = toNumber(new Fraction(applicableMax).div(league.scale));
  const shared = all && all.kind !== 'fixed' ? scaled(all, unit) : null;
  const certain = moves.all.add(all?.kind === 'fixed' ? all.by : 0);
  if (league.ties === 'dense' || league.ties === 'order')
    problems.push(error('risk-ties', { ties: league.ties }));
  const moveOf = (unit: string | null) => {
    const move = (unit === null ? undefined : units.get(unit)) ?? each;
    const by = certain
      .add((unit !== null && moves.units.get(unit)) || 0)
      .add(move?.kind === 'fixed' ? move.by : 0);
    return { by, spread: move && move.kind !== 'fixed' ? move : null };
  };
  const rivals = group.rivals.flatMap((rival): RiskRival[] => {
    if (rival.form === 'open') return [];
    const { by, spread } = moveOf(rival.unit);
    if (rival.form === 'interval') {
      problems.push(error('risk-rival-interval', { unit: rival.unit }));
      return [];
    }
    if (!spread && !shared) {
      const at = withinScale(rival.score.add(by), league.scale);
      const decimals = league.exact ? null : league.decimals;
      return [{ form: 'fixed', ...levels(at, decimals, applicableMax, league.scale) }];
    }
    const move = spread && scaled(spread, unit);
    return [{ form: 'loose', at: toNumber(rival.score.add(by)) * unit, move }];
  });
  const ties = !league.exact ? 'any' : league.ties === 'max' ? 'max' : 'min';
  const open = group.rivals.flatMap((r) => (r.form === 'open' ? [{ rival: r, ...moveOf(r.unit) }] : []));
  return { rivals, open: openRivals(group, open, unit, problems), shared, ties, unit };
}

type Open = { rival: Extract<Rival, { form: 'open' }>; by: Fraction; spread: Distribution | null };

/** Levels lie this many to a standard deviation of the group, this many deviations about its mean. */
const FINENESS = 32;
const WIDTH = 5;
/** Parts of equal chance that stand for a move of its own. */
const PARTS = 16;

/** The group's model along our score, for rivals without a known score. */
function openRivals(
  { league, model }: Rivals,
  open: readonly Open[],
  unit: number,
  problems: Diagnostic[],
): OpenRivals | null {
  if (open.length === 0) return null;
  if (!model) {
    problems.push(error('risk-league-bare', {}));
    return null;
  }
  const percent = 100 / toNumber(league.scale);
  const keyOf = ({ rival, by, spread }: Open) =>
    `${rival.kind} ${by.toFraction()} ${spread ? JSON.stringify(spread) : ''}`;
  const parts = Array.from({ length: PARTS }, (_, i) => (i + 0.5) / PARTS);
  const all = [...groupBy(open, keyOf).values()].map((alike) => {
    const { rival, by, spread } = alike[0]!;
    const curve = spread && curveOf(spread, null, null);
    return {
      kind: rival.kind,
      level: 0,
      units: alike.length,
      by: toNumber(by) * percent,
      lo: toNumber(rival.lo) * percent,
      hi: toNumber(rival.hi) * percent,
      ...(curve && { moves: parts.map((u) => ({ at: curve.quantile(u) * percent, weight: 1 / PARTS })) }),
    };
  });
  const edges = all.flatMap((g) => [g.lo + g.by, g.hi + g.by]);
  const steps = Array.from(
    { length: 2 * WIDTH * FINENESS + 1 },
    (_, i) => model.mean + model.spread * (i / FINENESS - WIDTH),
  );
  const levelsInPercent = [...new Set([0, ...edges, ...steps, 100])].sort((p, q) => p - q);
  const upTo = levelsInPercent.map((score) => {
    let sure = 0;
    const asked: OpenUnits[] = [];
    for (const g of all) {
      const level = score - g.by;
      if (g.moves || (level < g.hi && level > g.lo)) asked.push({ ...g, level });
      else if (level < g.hi) sure += g.units;
    }
    const counts = new Array<number>(open.length + 1).fill(0);
    const sums = runningSums(model.chances(asked));
    sums.forEach((sum, i) => {
      counts[sure + i] = sum;
    });
    return counts.fill(sums.at(-1)!, sure + sums.length);
  });
  return { levels: levelsInPercent.map((x) => (x / percent) * unit), upTo };
}

/** A move in other units, as every number of it is. */
const scaled = (move: Distribution, unit: number): Distribution =>
  Object.fromEntries(
    Object.entries(move).map(([key, x]) => [key, typeof x === 'number' ? x * unit : x]),
  ) as Distribution;

/** The least points that print level with a score, and that print above it. */
function levels(
  score: Fraction,
  decimals: number | null,
  full: Points,
  scale: Fraction,
): { tie: number; pass: number } {
  const compare = (points: Points) =>
    compareScores(pointsToFraction(points, 0).mul(scale).div(full), score, decimals);
  return {
    tie: firstWhere(0, full + 1, (p) => compare(p) >= 0),
    pass: firstWhere(0, full + 1, (p) => compare(p) > 0),
  };
}
