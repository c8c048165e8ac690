import { type Fraction, ZERO } from '../exact/fraction.js';
import { firstWhere } from '../exact/search.js';

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
    private readonly group: GroupValues,
    private readonly unitValue: Fraction | null,
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
