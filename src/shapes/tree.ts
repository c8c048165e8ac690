/**
 * Whether an item is, over its parents, part of itself. Keys must be equal where items are; a walk that never
 * comes back to the item ends after `size` steps, the number of items.
 */
export function partOfItself<K>(item: K, parentOf: (of: K) => K | null | undefined, size: number): boolean {
  let at = parentOf(item);
  for (let steps = 0; at != null && steps <= size; steps++) {
    if (at === item) return true;
    at = parentOf(at);
  }
  return false;
}
