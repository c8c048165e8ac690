import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { Fraction } from '../exact/fraction.js';
import type { Entry, Reading } from '../reading/reading.js';
import { targeted } from '../rules/index.js';
import type { Standing } from '../rules/rule.js';
import { sameUnit } from '../shapes/unit.js';
import { awaited, openInputs, specialise } from './criterion.js';

interface Member {
  reading: Reading;
  catalogue: Catalogue;
}

const numberAt = (entry: Entry | undefined, index: number): Fraction | null => {
  const value = entry?.value?.inputs[index];
  return value?.form === 'number' ? value.x : null;
};

/** Position of the indicator that is measured by the unit's target and the leader; -1 when none is. */
const aimedAt = ({ rule, compiled }: Criterion): number => {
  const aimed = targeted(rule);
  return aimed ? compiled.inputs.findIndex((i) => i.key === aimed.key) : -1;
};

/**
 * Readings with what their group says: the best value as the leader's, the others' values, and each unit's value of
 * the year before. What a reading gives itself stays. Groups are readings of one catalogue and year.
 */
export function withGroup<M extends Member>(members: readonly M[]): M[] {
  return members.map((member) => {
    const { reading, catalogue } = member;
    const relative = catalogue.criteria.filter((c) => c.relative);
    if (relative.length === 0) return member;
    const same = members.filter((m) => m.catalogue.id === catalogue.id);
    const group = same.filter((m) => m.reading.year === reading.year).map((m) => m.reading);
    const before = same.find(
      (m) => m.reading.year === reading.year - 1 && sameUnit(m.reading, reading),
    )?.reading;
    const entries = new Map(reading.entries);
    for (const criterion of relative) {
      const entry = entries.get(criterion.id);
      if (entry) entries.set(criterion.id, placed(criterion, entry, reading, group, before));
    }
    return { ...member, reading: { ...reading, entries } };
  });
}

function placed(
  criterion: Criterion,
  entry: Entry,
  reading: Reading,
  group: readonly Reading[],
  before: Reading | undefined,
): Entry {
  const { id } = criterion;
  const index = aimedAt(criterion);
  const values = group.flatMap((r) => (index < 0 ? [] : (numberAt(r.entries.get(id), index) ?? [])));
  const top = values.length > 0 ? values.reduce((p, q) => (q.compare(p) > 0 ? q : p)) : null;
  // One reading is no group: it cannot say who leads.
  const leads = entry.leader?.from !== 'given' && top !== null && group.length > 1;
  const standings = new Map<string | null, Standing>(entry.standings);
  criterion.compiled.inputs.forEach((input, index) => {
    if (input.form !== 'line' || !input.against) return;
    const given = standings.get(input.key);
    standings.set(input.key, {
      lastYear: given?.lastYear ?? numberAt(before?.entries.get(id), index),
      others: given?.others ?? othersAt(id, index, reading, group),
    });
  });
  return { ...entry, ...(leads && { leader: { value: top, from: 'group' as const } }), standings };
}

/** The others' values, those to whom it does not apply left out; null while one of them is not known. */
function othersAt(id: string, index: number, reading: Reading, group: readonly Reading[]): Fraction[] | null {
  const others = group.filter((r) => r !== reading && r.entries.get(id)?.notApplicable !== true);
  const values = others.map((r) => numberAt(r.entries.get(id), index));
  return others.length > 0 && values.every((x) => x !== null) ? values : null;
}

/** What a value cannot be scored without: the group's leader, last year's value, or the others' values. */
interface Lack {
  id: string;
  path: Entry['path'];
  wants: 'leader' | 'last-year' | 'group';
}

/** Values that cannot be scored for want of what they are held against. */
export function lacksOf({ reading, catalogue }: Member): Lack[] {
  return catalogue.criteria.flatMap((c): Lack[] => {
    const entry = reading.entries.get(c.id);
    if (!c.relative || !entry?.value) return [];
    const references = openInputs(specialise(c, entry, catalogue.decimals)).map((i) => i.against.reference);
    const lastYear = references.includes('last_year');
    const wants: Lack['wants'][] = [
      ...(awaited(c, entry) === 'leader' ? (['leader'] as const) : []),
      ...(lastYear ? (['last-year'] as const) : []),
      ...(references.some((r) => r !== 'last_year') ? (['group'] as const) : []),
    ];
    return wants.map((w) => ({ id: c.id, path: entry.path, wants: w }));
  });
}
