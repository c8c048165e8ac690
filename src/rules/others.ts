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
  /** The place of the own value in the list; the list's end where it has none. */
  private readonly at: number;
  readonly size: number;

  constructor(
    private readonly group: GroupValues,
    private readonly own: Fraction | null,
  ) {
    this.at = own ? group.count(own, 'below') : group.sorted.length;
    this.size = group.sorted.length - (own ? 1 : 0);
  }

  /** The i-th of them, lowest first. */
  value(i: number): Fraction {
    return this.group.sorted[i < this.at ? i : i + (this.own ? 1 : 0)]!;
  }

  get sum(): Fraction {
    return this.own ? this.group.sum.sub(this.own) : this.group.sum;
  }

  below(x: Fraction): number {
    return this.group.count(x, 'below') - Number(this.own !== null && this.own.compare(x) < 0);
  }

  above(x: Fraction): number {
    const upTo = this.group.count(x, 'upTo') - Number(this.own !== null && this.own.compare(x) <= 0);
    return this.size - upTo;
  }
}
