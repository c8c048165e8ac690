import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { counterparts, sameRules } from '../catalogue/diff.js';
import { isForKind } from '../catalogue/select.js';
import { type CataloguedReading, EMPTY_ENTRY, type Entry, type Reading } from '../reading/reading.js';
import { GroupValues, hasReference, Others } from '../rules/against.js';
import type { ReferenceValues } from '../rules/rule.js';
import type { Fraction } from '../values/fraction.js';
import { lazy } from '../values/scalars.js';
import { repeatedUnits, sameUnit, type UnitName, unitKey } from '../values/unit.js';
import { missingTarget, openInputs, targetedInput } from './criterion.js';

const numberAt = (entry: Entry | undefined, index: number): Fraction | null => {
  const value = entry?.value?.inputs[index];
  return value?.form === 'number' ? value.x : null;
};

/** Whether a criterion is scored for a reading's unit: it is for its kind, and applies to it. */
const concerns = (criterion: Criterion, { kind, entries }: Reading): boolean =>
  isForKind(criterion, kind) && entries.get(criterion.id)?.notApplicable !== true;

/** Readings of one year under the same rules; what they say together is worked out once. */
class Group {
  private readonly values = new Map<string, { values: GroupValues; of: number }>();
  private readonly named = new Map<string, Reading[]>();
  readonly readings: Reading[] = [];
  /** Units that stand there twice: then it is no group, and which reading of such a unit is meant is not known. */
  readonly repeated = lazy(() => repeatedUnits(this.readings));

  /** Whether it is two units at least, each once. */
  get isWhole(): boolean {
    return this.readings.length > 1 && this.repeated().length === 0;
  }

  /** The one reading of a unit. */
  find(unit: UnitName): Reading | undefined {
    if (this.named.size === 0)
      for (const reading of this.readings)
        for (const key of namesOf(reading)) this.named.set(key, [...(this.named.get(key) ?? []), reading]);
    const alike = namesOf(unit).flatMap((key) => this.named.get(key) ?? []);
    const [found, ...more] = new Set(alike.filter((reading) => sameUnit(reading, unit)));
    return more.length > 0 ? undefined : found;
  }

  /** The values that are known, and of how many units to whom the criterion applies. */
  private valuesAt(criterion: Criterion, index: number): { values: GroupValues; of: number } {
    const key = `${index} ${criterion.id}`;
    let all = this.values.get(key);
    if (!all) {
      const of = this.readings.filter((r) => concerns(criterion, r));
      const values = of.flatMap((r) => numberAt(r.entries.get(criterion.id), index) ?? []);
      all = { values: new GroupValues(values), of: of.length };
      this.values.set(key, all);
    }
    return all;
  }

  /**
   * The others' values, those to whom it does not apply left out, and the best of them: null where there is none. Null
   * altogether while one of them is unknown, who may be the best.
   */
  othersAt(criterion: Criterion, index: number, reading: Reading) {
    if (!this.isWhole) return null;
    const { values, of } = this.valuesAt(criterion, index);
    const isOne = concerns(criterion, reading);
    const value = isOne ? numberAt(reading.entries.get(criterion.id), index) : null;
    const given = values.sorted.length - Number(value !== null);
    if (given !== of - Number(isOne)) return null;
    const best = values.sorted.at(-1) ?? null;
    return {
      best: value && best?.equals(value) ? (values.sorted.at(-2) ?? null) : best,
      values: given > 0 ? new Others(values, value, 'group') : null,
    };
  }
}

const namesOf = ({ unit, code }: UnitName): string[] => [...(code ? [`#${code}`] : []), unitKey(unit)];

/**
 * Readings by their groups: those of one year whose catalogues have one id and the same rules. In another year its rules may
 * be others, so that the group of last year goes by the id.
 */
export class Groups {
  private readonly ofYear = new Map<number, Map<Catalogue, Group>>();
  private readonly byId = new Map<string, Group>();
  private readonly catalogues = new Map<Reading, Catalogue>();
  private readonly ids = new Map<Catalogue, Map<Catalogue, Map<string, string>>>();

  constructor(members: readonly CataloguedReading[]) {
    for (const member of members) {
      this.catalogues.set(member.reading, member.catalogue);
      const key = keyOf(member);
      const named = this.byId.get(key) ?? new Group();
      this.byId.set(key, named);
      for (const group of [named, this.own(member)]) group.readings.push(member.reading);
    }
  }

  /** The group that a reading is of, or that of another year under its catalogue. */
  of(member: CataloguedReading, year = member.reading.year): Group | undefined {
    return year === member.reading.year ? this.own(member) : this.byId.get(keyOf(member, year));
  }

  /** What the unit's reading of the year before has of a criterion, whatever its number was then. */
  lastYear(member: CataloguedReading): (id: string) => Entry | undefined {
    const { reading, catalogue } = member;
    const last = this.of(member, reading.year - 1)?.find(reading);
    if (!last) return () => undefined;
    const then = this.catalogues.get(last)!;
    const known = this.ids.get(catalogue) ?? new Map<Catalogue, Map<string, string>>();
    const found =
      known.get(then) ??
      new Map([...counterparts(then.criteria, catalogue.criteria)].map(([was, now]) => [now.id, was.id]));
    this.ids.set(catalogue, known.set(then, found));
    return (id) => {
      const was = found.get(id);
      return was === undefined ? undefined : last.entries.get(was);
    };
  }

  private own({ reading: { year }, catalogue }: CataloguedReading): Group {
    const groups = this.ofYear.get(year) ?? new Map<Catalogue, Group>();
    this.ofYear.set(year, groups);
    const isAlike = (other: Catalogue) => other.id === catalogue.id && sameRules(other, catalogue);
    const group = groups.get(catalogue) ?? [...groups].find(([other]) => isAlike(other))?.[1] ?? new Group();
    groups.set(catalogue, group);
    return group;
  }
}

const keyOf = ({ reading, catalogue }: CataloguedReading, year = reading.year) => `${year} ${catalogue.id}`;

/**
 * Readings with what their group says: the best of the others' values as the leader's, the others' values, where none is
 * unknown, and each unit's value of the year before. What a reading gives itself stays.
 */
export function withGroup<M extends CataloguedReading>(members: readonly M[]): M[] {
  const groups = new Groups(members);
  return members.map((member) => {
    const { reading, catalogue } = member;
    const relative = catalogue.criteria.filter((c) => c.relative);
    if (relative.length === 0) return member;
    const group = groups.of(member)!;
    const before = groups.lastYear(member);
    const entries = new Map(reading.entries);
    const held = new Map<string, Entry>();
    for (const criterion of relative) {
      const entry = entries.get(criterion.id);
      const into = entry ? entries : held;
      into.set(criterion.id, placed(criterion, entry ?? EMPTY_ENTRY, reading, group, before));
    }
    return { ...member, reading: { ...reading, entries, held } };
  });
}

function placed(
  criterion: Criterion,
  entry: Entry,
  reading: Reading,
  group: Group,
  before: (id: string) => Entry | undefined,
): Entry {
  const { id } = criterion;
  const index = targetedInput(criterion);
  const led = index >= 0 && entry.leader?.from !== 'given' ? group.othersAt(criterion, index, reading) : null;
  const references = new Map<string | null, ReferenceValues>(entry.references);
  criterion.compiled.inputs.forEach((input, index) => {
    if (input.form !== 'line' || !input.against) return;
    const given = references.get(input.key);
    references.set(input.key, {
      lastYear: given?.lastYear ?? numberAt(before(id), index),
      others:
        given?.others?.from === 'given'
          ? given.others
          : (group.othersAt(criterion, index, reading)?.values ?? null),
    });
  });
  return { ...entry, ...(led && { leader: { value: led.best, from: 'group' as const } }), references };
}

/** What a value cannot be scored without: a target, the group's leader, last year's value, or the others' values. */
interface Lack {
  id: string;
  path: Entry['path'];
  wants: 'target' | 'leader' | 'last-year' | 'group';
}

/** Values that are not scored for want of what they are held against: their criteria stay unknown. */
export function missingReferences({ reading, catalogue }: CataloguedReading): Lack[] {
  return catalogue.criteria.flatMap((c): Lack[] => {
    const entry = reading.entries.get(c.id);
    if (
      !c.relative ||
      !isForKind(c, reading.kind) ||
      !entry?.value ||
      entry.exempt !== null ||
      entry.deducted !== null
    )
      return [];
    const aim = missingTarget(c, entry);
    const wants = new Set<Lack['wants']>(aim ? [aim] : []);
    for (const { key, against } of openInputs(c))
      if (!hasReference(against.reference, entry.references.get(key)))
        wants.add(against.reference === 'last_year' ? 'last-year' : 'group');
    return [...wants].map((w) => ({ id: c.id, path: entry.path, wants: w }));
  });
}
