import type { League } from '../../ranking/league.js';
import type { Entry } from '../../reading/reading.js';
import { GroupValues, Others } from '../../rules/against.js';
import type { Fraction } from '../../values/fraction.js';
import type { Language } from '../../values/scalars.js';
import { deserialize, serialize } from '../../values/serialize.js';
import type { ReportUnit } from '../model.js';

/** What a page carries with it: everything that scoring and ranking need. */
export interface PageData {
  language: Language;
  units: ReportUnit[];
  league: League | null;
}

/** The others' values as JSON holds them: those of the whole group stand once, however many units share them. */
interface WrittenOthers {
  group: number;
  unitValue: Fraction | null;
  from: Others['from'];
}
interface WrittenData extends PageData {
  groups: (readonly Fraction[])[];
}

/** Units whose entries, and those of their scenarios, hold other values of the others. */
function withOthers(units: readonly ReportUnit[], of: (others: Others) => unknown): ReportUnit[] {
  const held = <M extends ReadonlyMap<string, Entry>>(entries: M): M =>
    new Map(
      [...entries].map(([id, entry]) => {
        const references = [...entry.references].map(([key, values]) => [
          key,
          { ...values, others: values.others && of(values.others) },
        ]);
        return [id, references.length === 0 ? entry : { ...entry, references: new Map(references as never) }];
      }),
    ) as never;
  return units.map(({ reading, scenarios, ...rest }) => ({
    ...rest,
    reading: { ...reading, entries: held(reading.entries) },
    scenarios: scenarios.map((s) => ({ ...s, changes: held(s.changes) })),
  }));
}

/** A page's data as JSON. */
export function writeData(data: PageData): string {
  const places = new Map<GroupValues, number>();
  const units = withOthers(data.units, ({ group, unitValue, from }): WrittenOthers => {
    const place = places.get(group) ?? places.size;
    places.set(group, place);
    return { group: place, unitValue, from };
  });
  const groups = [...places.keys()].map(({ sorted }) => sorted);
  return serialize({ ...data, units, groups } satisfies WrittenData);
}

/** The data that a page holds. */
export function readData(json: string): PageData {
  const { groups, units, ...data } = deserialize<WrittenData>(json);
  const values = groups.map((group) => new GroupValues(group));
  const read = (others: unknown) => {
    const { group, unitValue, from } = others as WrittenOthers;
    return new Others(values[group]!, unitValue, from);
  };
  return { ...data, units: withOthers(units, read) };
}
