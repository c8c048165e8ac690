/** Things by what a key says of each, those of one key in their order. */
export function groupBy<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** Adds to what a tally has under a key. */
export function addTo<K>(tally: Map<K, number>, key: K, amount = 1): void {
  tally.set(key, (tally.get(key) ?? 0) + amount);
}

/** How often each of some things is among them. */
export function countBy<T>(things: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const thing of things) addTo(counts, thing);
  return counts;
}
