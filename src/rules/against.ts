import { Fraction, HUNDRED, ZERO } from '../values/fraction.js';
import type { Bilingual } from '../values/scalars.js';
import { firstWhere } from '../values/search.js';
import {
  type Affine,
  buildLine,
  closed,
  constant,
  cutsOf,
  evaluate,
  type Interval,
  type Line,
  pieceAt,
  valueAt,
} from './line.js';
import type { Better, Numerals, Quantity, Reference, ReferenceValues, RuleContext } from './rule.js';

const ONE = new Fraction(1);

/** The values of a group, lowest first, with their sum. */
export class GroupValues {
  readonly sorted: readonly Fraction[];
  readonly sum: Fraction;

  constructor(values: readonly Fraction[]) {
    this.sorted = [...values].sort((p, q) => p.compare(q));
    this.sum = values.reduce((p, q) => p.add(q), ZERO);
  }

  /** How many values are below x, or not above it. */
  count(x: Fraction, which: 'below' | 'upTo'): number {
    const most = which === 'below' ? -1 : 0;
    return firstWhere(0, this.sorted.length, (i) => this.sorted[i]!.compare(x) > most);
  }
}

/** The values of the rest of a group: all units of ten thousand share one list, each leaves out its own value. */
export class Others {
  /** The place of the unit's value in the list; the list's end where it has none. */
  private readonly at: number;
  readonly size: number;

  constructor(
    readonly group: GroupValues,
    readonly unitValue: Fraction | null,
    /** The unit's own reading, which stays, or the readings of its group, which may change. */
    readonly from: 'given' | 'group',
  ) {
    this.at = unitValue ? group.count(unitValue, 'below') : group.sorted.length;
    this.size = group.sorted.length - (unitValue ? 1 : 0);
  }

  /** The i-th of them, lowest first. */
  value(i: number): Fraction {
    return this.group.sorted[i < this.at ? i : i + (this.unitValue ? 1 : 0)]!;
  }

  get sum(): Fraction {
    return this.unitValue ? this.group.sum.sub(this.unitValue) : this.group.sum;
  }

  below(x: Fraction): number {
    return this.group.count(x, 'below') - Number(this.unitValue !== null && this.unitValue.compare(x) < 0);
  }

  above(x: Fraction): number {
    const upTo =
      this.group.count(x, 'upTo') - Number(this.unitValue !== null && this.unitValue.compare(x) <= 0);
    return this.size - upTo;
  }
}

/** `outer` of what `inner` makes of a value: a line too. */
function composeLines(outer: Line, inner: Line): Line {
  const ends = cutsOf(outer);
  const through = inner.flatMap((p) => (p.b.n === 0n ? [] : ends.map((end) => end.sub(p.a).div(p.b))));
  return buildLine([...cutsOf(inner), ...through], (x) => {
    const p = pieceAt(inner, x);
    if (p.b.n === 0n) return constant(evaluate(outer, p.a));
    const q = pieceAt(outer, valueAt(p, x));
    return { a: q.a.add(q.b.mul(p.a)), b: q.b.mul(p.b) };
  });
}

/**
 * A rule's line over a difference, or a place in the group, as a line over the unit's value, the others'
 * values held. Where what it is held against is unknown the line stays as it is, over the difference.
 */
export function lineOverValue(
  line: Line,
  reference: Reference,
  better: Better,
  range: Interval,
  context: RuleContext,
): { line: Line; domain: Interval; open: boolean } {
  const values = context.unit?.references?.get(context.part ?? null);
  if (!values || !hasReference(reference, values))
    return { line, domain: referenceRange(reference), open: true };
  const over =
    reference === 'group_rank' || reference === 'group_share'
      ? overPlaces(line, reference, better, values.others!)
      : composeLines(line, differenceLine(reference, better, values));
  return { line: over, domain: range, open: false };
}

/** Whether what a value is held against is known. */
export function hasReference(reference: Reference, values: ReferenceValues | undefined): boolean {
  if (!values) return false;
  const { lastYear, others } = values;
  return reference === 'last_year' ? lastYear !== null : others !== null && others.size > 0;
}

/** What a value may be held against something: any difference, a place from 1 on, a share of the group. */
export function referenceRange(reference: Reference): Interval {
  if (reference === 'group_rank') return closed(ONE, null);
  return reference === 'group_share' ? closed(ZERO, HUNDRED) : closed(null, null);
}

/** By how much a value x is better than what it is held against, which is known, as a line over x. */
function differenceLine(
  reference: Exclude<Reference, 'group_rank' | 'group_share'>,
  better: Better,
  values: ReferenceValues,
): Line {
  const sign = better === 'less' ? ONE.neg() : ONE;
  const difference = (from: Affine): Affine => ({ a: from.a.neg().mul(sign), b: ONE.sub(from.b).mul(sign) });
  if (reference === 'last_year') return buildLine([], () => difference(constant(values.lastYear!)));
  const others = values.others!;
  const itself: Affine = { a: ZERO, b: ONE };
  if (reference === 'group_mean') {
    const size = new Fraction(others.size + 1);
    return buildLine([], () => difference({ a: others.sum.div(size), b: ONE.div(size) }));
  }
  const [end, side] = reference === 'group_min' ? [others.value(0), -1] : [others.value(others.size - 1), 1];
  return buildLine([end], (x) => difference(x.compare(end) * side > 0 ? itself : constant(end)));
}

/**
 * A rule's line over a place in the group as a line over the unit's value. It is cut at those of the others'
 * values at which the place passes an end of a piece, so it is as short as the rule, however large the group.
 */
function overPlaces(
  line: Line,
  reference: 'group_rank' | 'group_share',
  better: Better,
  others: Others,
): Line {
  const size = others.size + 1;
  const place = reference === 'group_rank' ? ONE : new Fraction(100, size);
  const rankOf = (x: Fraction) => 1 + (better === 'less' ? others.below(x) : others.above(x));
  // The value at which a rank passes into the next.
  const cutAfter = (rank: number): Fraction[] =>
    rank < 1 || rank >= size ? [] : [others.value(better === 'less' ? rank - 1 : others.size - rank)];
  const cuts = line.flatMap(({ lo, hi, b }) => {
    const first = lo ? Math.max(0, lo.div(place).floor(0).valueOf()) : 0;
    const last = hi ? Math.min(size, hi.div(place).ceil(0).valueOf()) : size;
    const ranks =
      b.n === 0n
        ? [first - 1, first, last - 1, last]
        : Array.from({ length: Math.max(0, last - first + 2) }, (_, i) => first - 1 + i);
    return ranks.flatMap(cutAfter);
  });
  return buildLine(cuts, (x) => constant(evaluate(line, place.mul(rankOf(x)))));
}

const WORDS: Record<Reference, Required<Bilingual>> = {
  last_year: { vi: 'so với năm trước', en: "against last year's" },
  group_min: { vi: 'so với mức thấp nhất của nhóm', en: "against the group's least" },
  group_max: { vi: 'so với mức cao nhất của nhóm', en: "against the group's greatest" },
  group_mean: { vi: 'so với bình quân của nhóm', en: "against the group's mean" },
  group_rank: { vi: 'thứ hạng trong nhóm', en: 'rank in the group' },
  group_share: {
    vi: 'thuộc tỷ lệ đơn vị dẫn đầu nhóm (100 × thứ hạng ÷ số đơn vị)',
    en: 'share of the group that leads (100 × rank ÷ units)',
  },
};
const LESS = { vi: ' (càng thấp càng tốt)', en: ' (less is better)' };

interface Against {
  against?: Reference | undefined;
  better?: Better | undefined;
}

/** What a rule's numbers are held against, before its words; nothing for the value itself. */
export const againstText = ({ against, better }: Against, n: Numerals): string =>
  against ? `${n.pick(WORDS[against])}${better === 'less' ? n.pick(LESS) : ''}: ` : '';

/** What a rule's thresholds are measured in: places are plain numbers, a share of the group a percent. */
export function thresholdQuantity({ against }: Against, quantity: Quantity): Quantity {
  if (against === 'group_rank') return 'count';
  return against === 'group_share' ? 'percent' : quantity;
}
