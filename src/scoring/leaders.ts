import type { Catalogue } from '../catalogue/catalogue.js';
import type { Fraction } from '../exact/fraction.js';
import type { Entry, Reading } from '../reading/reading.js';

interface Member {
  reading: Reading;
  catalogue: Catalogue;
}

const numberOf = (entry: Entry | undefined): Fraction | null => {
  const value = entry?.value?.inputs[0];
  return value?.form === 'number' ? value.x : null;
};

/**
 * Readings with the best value of their group as the leader's, for rules that look at it. A leader's value that
 * a reading gives itself stays. Groups are readings of one catalogue and year.
 */
export function withLeaders<M extends Member>(members: readonly M[]): M[] {
  const best = new Map<string, Fraction>();
  const sizes = new Map<string, number>();
  const key = ({ reading, catalogue }: Member, id: string) =>
    JSON.stringify([catalogue.id, reading.year, id]);
  const relative = ({ catalogue }: Member) => catalogue.criteria.filter((c) => c.relative).map((c) => c.id);
  for (const member of members) {
    for (const id of relative(member)) {
      sizes.set(key(member, id), (sizes.get(key(member, id)) ?? 0) + 1);
      const x = numberOf(member.reading.entries.get(id));
      const top = best.get(key(member, id));
      if (x && (!top || x.compare(top) > 0)) best.set(key(member, id), x);
    }
  }
  return members.map((member) => {
    const ids = relative(member).filter((id) => member.reading.entries.get(id)?.leader?.from !== 'given');
    if (ids.length === 0) return member;
    const entries = new Map(member.reading.entries);
    for (const id of ids) {
      const [entry, value] = [entries.get(id), best.get(key(member, id))];
      // One reading is no group: it cannot say who leads.
      if (entry && value && sizes.get(key(member, id))! > 1)
        entries.set(id, { ...entry, leader: { value, from: 'group' } });
    }
    return { ...member, reading: { ...member.reading, entries } };
  });
}

/** Criteria whose value is beyond the target while nothing says where the leader stands. */
export function leaderless({ reading, catalogue }: Member): string[] {
  return catalogue.criteria.flatMap((c) => {
    const entry = reading.entries.get(c.id);
    const x = numberOf(entry);
    return c.relative && entry && x && !entry.leader && entry.target && x.compare(entry.target) > 0
      ? [c.id]
      : [];
  });
}
