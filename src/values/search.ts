// `Math.max(...list)` puts the list on the stack, which a hundred thousand numbers overflow.

/** The greatest of some numbers; `floor` when there is none, and at the least. */
export function greatest(numbers: Iterable<number>, floor: number = Number.NEGATIVE_INFINITY): number {
  let most = floor;
  for (const n of numbers) if (n > most) most = n;
  return most;
}

/** The least of some numbers; `ceiling` when there is none, and at the most. */
export function least(numbers: Iterable<number>, ceiling: number = Number.POSITIVE_INFINITY): number {
  let low = ceiling;
  for (const n of numbers) if (n < low) low = n;
  return low;
}

/** The sum of some numbers up to each of them. */
export function runningSums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((n) => {
    sum += n;
    return sum;
  });
}

/**
 * The first whole number from `low` up to `high` that a condition holds for; `high` when none before it does. The
 * condition, once true, stays true: it is asked about log2(high − low) times.
 */
export function firstWhere(low: number, high: number, holds: (n: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * Whether an item is, over its parents, part of itself. Keys must be equal where items are; a walk that never
 * comes back to the item ends after `size` steps, the number of items.
 */
export function isInCycle<K>(item: K, parentOf: (of: K) => K | null | undefined, size: number): boolean {
  let at = parentOf(item);
  for (let steps = 0; at != null && steps <= size; steps++) {
    if (at === item) return true;
    at = parentOf(at);
  }
  return false;
}
