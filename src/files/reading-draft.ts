import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import type { SheetCell, SheetRow } from './cells.js';
import type { Document } from './document.js';

/** One criterion's entry, as the cells of its row give it. */
interface Entry {
  fields: Record<string, unknown>;
  /**
   * The row it stands in, and the columns in it of the id, of each field, and of each part of one such as
   * `months.0.done`; a cell where that stands in another row.
   */
  row: SheetRow;
  id: number | SheetCell;
  places: Readonly<Record<string, number | SheetCell>>;
}

/** One unit's reading of one year, as it is gathered. */
export interface Draft {
  meta: Map<string, SheetCell>;
  entries: Map<string, Entry>;
  top: SheetCell;
}

/** Complaints about an id rather than a value of it. */
const ABOUT_IDS: ReadonlySet<string> = new Set(['unknown-criterion', 'id-read-as-number', 'duplicate-id']);

/** A draft as plain data, with places for what is wrong with it. */
export function documentOfDraft(file: string, { meta, entries, top }: Draft): Document {
  const dataOf = (): Record<string, unknown> => ({
    ...Object.fromEntries([...meta].map(([key, cell]) => [key, cell.value])),
    indicators: Object.fromEntries(
      [...entries].map(([id, { fields }]) => {
        const alone = Object.keys(fields).length === 1 && 'value' in fields;
        return [id, alone ? fields.value : fields];
      }),
    ),
  });
  let data: Record<string, unknown> | null = null;
  const placeOf = (d: Diagnostic): Place => {
    const [head, id, ...rest] = d.path.map(String);
    if (head !== 'indicators') return (head !== undefined && meta.get(head)?.place) || top.place;
    const entry = id === undefined ? undefined : entries.get(id);
    if (!entry) return top.place;
    const at = (column: number | SheetCell) =>
      typeof column === 'number'
        ? (entry.row.cells.find((cell) => cell.column === column)?.place ?? top.place)
        : column.place;
    if (ABOUT_IDS.has(d.code)) return at(entry.id);
    for (let length = rest.length; length > 0; length--) {
      const field = rest.slice(0, length).join('.');
      if (Object.hasOwn(entry.places, field)) return at(entry.places[field]!);
    }
    return at(entry.places.value ?? entry.id);
  };
  return {
    file,
    // Made when the reading is read, and let go with it: those of a province at once take a hundred megabytes.
    get data() {
      data ??= dataOf();
      return data;
    },
    locate: (found) => found.map((d) => (d.place ? d : { ...d, place: placeOf(d) })),
  };
}
