import { type Diagnostic, note, warning } from '../values/diagnostic.js';
import { unitKey } from '../values/unit.js';
import {
  cellName,
  columnName,
  hiddenOf,
  runsOf,
  type Sheet,
  type SheetCell,
  type SheetRow,
} from './cells.js';
import { Document } from './document.js';
import type { HeadKey } from './reading-columns.js';

/** Why a cell is not part of a reading. */
export type Unused =
  | 'hidden-sheet'
  | 'no-table'
  | 'title'
  | 'for-people'
  | 'column-numbers'
  | 'section'
  | 'total'
  | 'no-id'
  | 'below'
  | 'worked-out'
  | 'unfilled'
  | 'in-error';

/** How a table of a sheet was understood. */
export interface TableAccount {
  /** Row of the head and rows it takes. */
  head: { row: number; rows: number };
  columns: {
    column: number;
    head: string;
    key: HeadKey | null;
    unit: string | null;
    /** The criterion whose column it is, where criteria stand side by side. */
    criterion: string | null;
    month: number | null;
  }[];
}

/** How a sheet was understood. */
export interface SheetAccount {
  name: string | null;
  hidden: boolean;
  separator: string | null;
  /** Rows and columns that are not shown and hold something; they are read as the others are. */
  unseen: { rows: string[]; columns: string[] };
  /** From the top; none where the sheet has no table of criteria. */
  tables: TableAccount[];
  /** Cells that are part of a reading, its head or its lines above. */
  used: number;
  unused: Map<Unused, { count: number; cells: string[] }>;
}

const NAMED = 5; // Cells named one by one in a message.
/** Cells that an account keeps by name for each reason. */
const KEPT = 10_000;

/** Keeps a sheet's account while it is read, and what is wrong with its cells. */
export class Ledger {
  readonly account: SheetAccount;
  /** Rows and columns that are not shown and that values were read from. */
  private readonly unseen = { rows: new Set<number>(), columns: new Set<number>() };

  constructor(
    private readonly sheet: Sheet,
    private readonly diagnostics: Diagnostic[],
  ) {
    const { name, hidden, separator } = sheet;
    const unseen = hidden ? { rows: [], columns: [] } : hiddenOf(sheet);
    this.account = { name, hidden, separator, unseen, tables: [], used: 0, unused: new Map() };
  }

  use(cells: number): void {
    this.account.used += cells;
  }

  /** Marks the rows and columns that values were read from and that are not shown. */
  valueFrom(row: SheetRow, { column }: SheetCell): void {
    const { rows, columns } = this.sheet.unseen;
    if (rows.has(row.number)) this.unseen.rows.add(row.number);
    if (columns.has(column)) this.unseen.columns.add(column);
  }

  /** Counts cells as unused. */
  skip(row: SheetRow, cells: readonly SheetCell[], why: Unused): void {
    if (cells.length === 0) return;
    const so = this.account.unused.get(why) ?? { count: 0, cells: [] };
    so.count += cells.length;
    for (const cell of cells) if (so.cells.length < KEPT) so.cells.push(cellName(row.number, cell.column));
    this.account.unused.set(why, so);
  }

  complain(problem: Diagnostic, cell: SheetCell): void {
    this.diagnostics.push({ ...problem, place: cell.place });
  }

  private get place() {
    const { file, name } = this.sheet;
    return { file: name === null ? file : `${file}#${name}` };
  }

  sayUnusedSheet(): void {
    const count = [...this.account.unused.values()].reduce((sum, { count }) => sum + count, 0);
    if (count === 0) return;
    const { name, hidden } = this.sheet;
    const params = { sheet: name ?? '', cells: count, hidden };
    this.diagnostics.push({ ...warning('sheet-not-used', params), place: this.place });
  }

  sayUnseen(): void {
    const { rows, columns } = this.unseen;
    if (rows.size === 0 && columns.size === 0) return;
    const params = { rows: runsOf(rows), columns: runsOf(columns, columnName) };
    this.diagnostics.push({ ...note('unseen-read', params), place: this.place });
  }

  sayUnused(): void {
    for (const why of ['title', 'section', 'total', 'no-id', 'below'] as const) {
      const so = this.account.unused.get(why);
      if (!so) continue;
      const params = { why, count: so.count, cells: so.cells.slice(0, NAMED) };
      this.diagnostics.push({ ...note('cells-not-used', params), place: this.place });
    }
  }
}

/** One criterion's entry, as the cells of its row give it. */
interface EntryDraft {
  fields: Record<string, unknown>;
  id: SheetCell;
  /** The cells of each field, and of each part of one such as `months.0.done`. */
  places: Readonly<Record<string, SheetCell>>;
}

/** One unit's reading of one year, as it is gathered. */
export interface ReadingDraft {
  meta: Map<string, SheetCell>;
  entries: Map<string, EntryDraft>;
  top: SheetCell;
}

/** Whose reading a row is of, as its cells or the lines above write it. */
interface Whose {
  unit: string | null;
  code: string | undefined;
  year: string | undefined;
}

/** The readings of a file as they are gathered, by unit, code and year. */
export class Drafts {
  readonly all: ReadingDraft[] = [];
  private readonly byCode = new Map<string, ReadingDraft>();
  /** By name and year alone: null where units of several codes have them. */
  private readonly byName = new Map<string, ReadingDraft | null>();

  /** The draft of a unit and a year. A row without a code is of the unit of its name, as is the first that gives one. */
  of({ unit, code, year }: Whose, make: () => ReadingDraft): ReadingDraft {
    const name = JSON.stringify([unit && unitKey(unit), year]);
    const named = this.byName.get(name);
    const key = JSON.stringify([code, name]);
    const known = this.byCode.get(key) ?? (code === undefined || !named?.meta.has('code') ? named : null);
    const draft = known ?? make();
    if (!known) this.all.push(draft);
    this.byCode.set(key, draft);
    if (named === undefined) this.byName.set(name, draft);
    else if (named !== draft && code !== undefined) this.byName.set(name, null);
    return draft;
  }
}

/** Complaints about an id rather than a value of it. */
const ABOUT_IDS: ReadonlySet<string> = new Set(['unknown-criterion', 'id-read-as-number', 'duplicate-id']);

/** A draft as plain data, with places for what is wrong with it. */
export function documentOfDraft(file: string, { meta, entries, top }: ReadingDraft): Document {
  // The data are made when the reading is read: those of a province at once take a hundred megabytes.
  const data = () => ({
    ...Object.fromEntries([...meta].map(([key, cell]) => [key, cell.value])),
    indicators: Object.fromEntries(
      [...entries].map(([id, { fields }]) => {
        const alone = Object.keys(fields).length === 1 && 'value' in fields;
        return [id, alone ? fields.value : fields];
      }),
    ),
  });
  return new Document(file, data, ({ code, path }) => {
    const [head, id, ...rest] = path.map(String);
    if (head !== 'indicators') return (head !== undefined && meta.get(head)?.place) || top.place;
    const entry = id === undefined ? undefined : entries.get(id);
    if (!entry) return top.place;
    if (ABOUT_IDS.has(code)) return entry.id.place;
    for (let length = rest.length; length > 0; length--) {
      const field = rest.slice(0, length).join('.');
      if (Object.hasOwn(entry.places, field)) return entry.places[field]!.place;
    }
    return (entry.places.value ?? entry.id).place;
  });
}
