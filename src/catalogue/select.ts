import { dayOf, daysAfter, isoDay } from '../values/calendar.js';
import { groupBy } from '../values/grouping.js';
import { memoize } from '../values/scalars.js';
import { fold, nearest } from '../values/suggest.js';
import { unitKey } from '../values/unit.js';
import type { Catalogue, Criterion, Field, Owner } from './catalogue.js';

/**
 * The one of several things that a text names: by the name itself, in any case and spelling of it, else without
 * diacritics where that fits just one.
 */
function named<T>(things: readonly T[], namesOf: (thing: T) => string[], text: string): T | undefined {
  const [key, folded] = [unitKey(text), fold(text)];
  const exact = things.find((t) => namesOf(t).some((n) => unitKey(n) === key));
  if (exact !== undefined) return exact;
  const loose = things.filter((t) => namesOf(t).some((n) => fold(n) === folded));
  return loose.length === 1 ? loose[0] : undefined;
}

/** A catalogue's criteria by id, and by what its spellings share; those that share it without diacritics. */
interface Ids {
  exact: ReadonlyMap<string, Criterion>;
  spelled: ReadonlyMap<string, Criterion>;
  folded: ReadonlyMap<string, readonly Criterion[]>;
  /** Those that are numbers: `1.10` as a number is `1.1`. */
  numbers: ReadonlySet<number>;
}

/** Made once for a catalogue: a file may ask for a hundred thousand ids. */
const idsOf = memoize(({ criteria }: Catalogue): Ids => {
  const exact = new Map(criteria.map((c) => [c.id, c]));
  // Of two that are spelled alike the first has the name.
  const spelled = new Map(criteria.toReversed().map((c) => [unitKey(c.id), c]));
  const numbers = new Set([...exact.keys()].map(Number).filter((n) => !Number.isNaN(n)));
  return { exact, spelled, folded: groupBy(criteria, (c) => fold(c.id)), numbers };
});

/** The criterion with this id, or the id that may have been meant, which is looked for when it is asked for. */
export function findCriterion(
  catalogue: Catalogue,
  id: string,
): Criterion | { readonly suggestion: string | undefined } {
  const wanted = id.normalize('NFC').trim();
  const { exact, spelled, folded } = idsOf(catalogue);
  const loose = () => folded.get(fold(wanted)) ?? [];
  const criterion =
    exact.get(wanted) ?? spelled.get(unitKey(wanted)) ?? (loose().length === 1 ? loose()[0] : undefined);
  if (criterion) return criterion;
  return {
    get suggestion() {
      return nearest(wanted, exact.keys());
    },
  };
}

/** Whether an id that no criterion has is the number of one: `1.1` where a sheet made a number of `1.10`. */
export const isNumberOfId = (catalogue: Catalogue, id: string): boolean =>
  idsOf(catalogue).numbers.has(Number(id));

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** A date as a spreadsheet keeps or shows it: `07/03/2002`, `2002-03-07`, `1-May`, `01-Thg5`. */
const SPREADSHEET_DATE =
  /^(?:(?<day>\d{1,2})[/-](?:(?<month>\d{1,2})|thg ?(?<thg>\d{1,2})|(?<word>[a-z]{3}))(?:[/-](?<year>\d{2}|\d{4}))?|(?<iso>\d{4}-\d\d-\d\d))$/i;

/** The days of this century as a spreadsheet counts them, where a cell shows the bare number. */
const [FIRST_DAY, LAST_DAY] = [36_526, 73_050];

/**
 * The ids that a spreadsheet may have turned into a date as they were typed: of `07/03/2002`, or the 37322 that it is
 * kept as, `7.3.2`, and `3.7.2` where months come first. Null for what is no date.
 */
export function idsOfDate(text: string): string[] | null {
  const serial = /^\d{5}$/.test(text) ? Number(text) : 0;
  const counted = serial >= FIRST_DAY && serial <= LAST_DAY;
  const written = counted ? isoDay(daysAfter(dayOf(1, 1, 2000), serial - FIRST_DAY)) : text;
  const date = written.length > 20 ? undefined : SPREADSHEET_DATE.exec(written)?.groups;
  if (!date) return null;
  const [year = date.year, month, day] = date.iso?.split('-') ?? [];
  const m = Number(month ?? date.month ?? date.thg ?? MONTHS.indexOf(date.word!.toLowerCase()) + 1);
  const d = Number(day ?? date.day);
  if (m < 1 || m > 12 || d < 1 || d > 31) return null;
  const pairs = [`${d}.${m}`, `${m}.${d}`];
  const ids = [...(year === undefined ? [] : pairs.map((pair) => `${pair}.${Number(year) % 100}`)), ...pairs];
  return [...new Set(ids)];
}

/** The ids that a date may have been; those that the catalogue has, if any. */
export function idsMeant(catalogue: Catalogue, text: string): string[] | null {
  const dated = idsOfDate(text);
  const existing = dated?.filter((id) => idsOf(catalogue).exact.has(id)) ?? [];
  return existing.length > 0 ? existing : dated;
}

type Named =
  | { criterion: Criterion; index: number; count: string | null }
  | { criterion: Criterion; index: null; count: null };

/**
 * A criterion and, for `2.2.paid`, the position of one of its rule's inputs, or the name of one of the counts of its one
 * input; or what may have been meant.
 */
export function findInput(catalogue: Catalogue, id: string): Named | { suggestion?: string | undefined } {
  const whole = findCriterion(catalogue, id);
  if ('id' in whole) return { criterion: whole, index: null, count: null };
  const wanted = fold(id);
  const named = catalogue.criteria.flatMap((criterion) => {
    const { inputs } = criterion.compiled;
    const part = (key: string | null, index: number, count: string | null) => {
      return { id: `${criterion.id}.${key}`, criterion, index, count };
    };
    if (inputs.length > 1) return inputs.map(({ key }, index) => part(key, index, null));
    const [input] = inputs;
    return input?.form === 'line' ? (input.counts?.counts ?? []).map((key) => part(key, 0, key)) : [];
  });
  const input = named.find((n) => fold(n.id) === wanted);
  if (input) return input;
  const inputs = named.filter((n) => wanted.startsWith(`${fold(n.criterion.id)}.`)).map((n) => n.id);
  return { suggestion: inputs.length > 0 ? nearest(id, inputs) : whole.suggestion };
}

/** The owner with this name, alias or English name. */
export function findOwner(catalogue: Catalogue, name: string): Owner | { suggestion?: string } {
  const names = (o: Owner) => [o.id, ...(o.name.en ? [o.name.en] : []), ...o.aliases];
  return (
    named(catalogue.owners, names, name) ?? { suggestion: nearest(name, catalogue.owners.flatMap(names)) }
  );
}

/** The field with this id or name. */
export function findField(catalogue: Catalogue, name: string): Field | { suggestion?: string } {
  const names = (f: Field) => [f.id, f.name.vi, ...(f.name.en ? [f.name.en] : [])];
  const options = catalogue.fields.flatMap((f) => [f.id, f.name.vi]);
  return named(catalogue.fields, names, name) ?? { suggestion: nearest(name, options) };
}

/** Whether a criterion is scored for a kind of unit; null is of no kind that is known. */
export const isForKind = ({ units }: Criterion, kind: string | null): boolean =>
  !units || kind === null || units.kinds.includes(kind);

/** Criteria of a field and of an owner; null is any. */
export const selectCriteria = ({ criteria }: Catalogue, field: Field | null, owner: Owner | null) =>
  criteria.filter((c) => (!field || c.field === field.id) && (!owner || c.owners.includes(owner.id)));
