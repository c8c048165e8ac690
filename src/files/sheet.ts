import {
  type Diagnostic,
  error,
  type KeyPath,
  type Place,
  type Result,
  resultOf,
} from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';
import type { Document } from './document.js';

export interface SheetCell {
  value: string | number | boolean;
  /** The cell as it is written: an id `1.10` is not the number 1.1. */
  text: string;
  place: Place;
}

/** Rows of cells, from CSV or a worksheet. */
export interface Sheet {
  file: string;
  rows: SheetCell[][];
}

/** Column names, as Vietnamese and English sheets head them. */
const HEADINGS: Record<string, string[]> = {
  id: ['id', 'mã', 'mã tiêu chí', 'mã số', 'criterion'],
  name: ['name', 'tên', 'tiêu chí', 'tên tiêu chí', 'nội dung'],
  value: ['value', 'giá trị', 'kết quả'],
  done: ['done', 'số đã làm', 'đã thực hiện', 'tử số'],
  total: ['total', 'tổng số', 'tổng', 'mẫu số'],
  expected: ['expected', 'dự kiến cả năm'],
  months: ['months', 'các tháng'],
  parts: ['parts', 'thành phần'],
  values: ['values', 'các giá trị'],
  deducted: ['deducted', 'điểm trừ'],
  exempt: ['exempt', 'giải trình'],
  not_applicable: ['not_applicable', 'không áp dụng'],
  max: ['max', 'điểm chuẩn', 'điểm tối đa'],
  self_scored: ['self_scored', 'điểm tự chấm', 'tự chấm'],
  appraised: ['appraised', 'điểm thẩm định', 'thẩm định'],
  provenance: ['provenance', 'xuất xứ'],
  source: ['source', 'nguồn'],
  note: ['note', 'ghi chú'],
  evidence: ['evidence', 'tài liệu kiểm chứng'],
  unit: ['unit', 'đơn vị'],
  year: ['year', 'năm'],
  catalogue: ['catalogue', 'bộ tiêu chí'],
  rule: ['rule', 'cách tính'],
  last: ['last', 'năm trước'],
  rate: ['rate', 'tỷ lệ'],
};
const META = ['unit', 'year', 'catalogue'];
/** Columns for people, which a reading does not keep. */
const SHOWN = ['name', 'rule', 'last', 'rate'];
const AS_JSON = ['months', 'parts', 'values', 'evidence'];

function headingOf(cell: SheetCell): string | null {
  const wanted = fold(String(cell.value));
  const exact = Object.keys(HEADINGS).find((key) => HEADINGS[key]!.some((h) => fold(h) === wanted));
  return exact ?? null;
}

interface Draft {
  meta: Map<string, SheetCell>;
  entries: Map<string, { entry: Record<string, unknown>; places: Map<string, Place>; place: Place }>;
}

/** The readings in a sheet: rows by id, for one unit, with a unit column, or with one column a unit. */
export function readingsOfSheet(sheet: Sheet): Result<Document[]> {
  const headerAt = sheet.rows.findIndex((row) => row.some((cell) => headingOf(cell) === 'id'));
  const top: Place = sheet.rows[0]?.[0]?.place ?? { file: sheet.file };
  if (headerAt < 0)
    return { ok: false, diagnostics: [{ ...error('no-header', { wants: ['id', 'mã'] }), place: top }] };
  const meta = new Map<string, SheetCell>();
  for (const row of sheet.rows.slice(0, headerAt)) {
    const [key, value] = row;
    const heading = key && headingOf(key);
    if (heading && META.includes(heading) && value) meta.set(heading, value);
  }
  const header = sheet.rows[headerAt]!;
  const keys = header.map(headingOf);
  const diagnostics: Diagnostic[] = [];
  const perUnit =
    !keys.includes('unit') &&
    !keys.some((k) =>
      ['value', 'done', 'months', 'deducted', 'self_scored', 'appraised', 'values', 'parts'].includes(
        k ?? '',
      ),
    );
  const unitColumns = perUnit
    ? header.flatMap((cell, i) => (keys[i] === null && cell.value !== '' ? [i] : []))
    : [];
  header.forEach((cell, i) => {
    if (keys[i] === null && cell.value !== '' && !perUnit) {
      diagnostics.push({ ...error('unknown-column', { found: String(cell.value) }), place: cell.place });
    } else if (keys[i] !== null && keys.indexOf(keys[i]!) < i) {
      diagnostics.push({ ...error('duplicate-key', { key: String(cell.value) }), place: cell.place });
    }
  });
  const drafts = new Map<string, Draft>();
  for (const row of sheet.rows.slice(headerAt + 1)) {
    const at = (key: string) => row[keys.indexOf(key)];
    const id = at('id');
    if (!id || id.value === '') continue;
    if (perUnit) {
      for (const column of unitColumns) {
        const cell = row[column];
        const draft = draftFor(drafts, header[column]!, meta, null);
        if (cell && cell.value !== '') put(draft, id, new Map([['value', cell]]), diagnostics);
      }
    } else {
      const own = new Map(
        META.flatMap((key) =>
          keys.includes(key) && at(key)?.value !== '' ? [[key, at(key)!] as const] : [],
        ),
      );
      const draft = draftFor(drafts, own.get('unit') ?? meta.get('unit') ?? null, meta, own);
      const cells = new Map(
        keys.flatMap((key, i) =>
          key && key !== 'id' && !META.includes(key) && !SHOWN.includes(key) && row[i] && row[i].value !== ''
            ? [[key, row[i]] as const]
            : [],
        ),
      );
      if ([...cells.keys()].some((key) => key !== 'max')) put(draft, id, cells, diagnostics);
    }
  }
  if (drafts.size === 0) draftFor(drafts, meta.get('unit') ?? null, meta, null);
  return resultOf(
    [...drafts.values()].map((draft) => documentOfDraft(sheet.file, draft, top)),
    diagnostics,
  );
}

function draftFor(
  drafts: Map<string, Draft>,
  unit: SheetCell | null,
  meta: Map<string, SheetCell>,
  own: Map<string, SheetCell> | null,
): Draft {
  const key = JSON.stringify([unit?.value ?? null, own?.get('year')?.value ?? null]);
  const found = drafts.get(key);
  if (found) return found;
  const draft: Draft = { meta: new Map([...meta, ...(own ?? [])]), entries: new Map() };
  if (unit) draft.meta.set('unit', unit);
  drafts.set(key, draft);
  return draft;
}

function put(draft: Draft, id: SheetCell, cells: Map<string, SheetCell>, diagnostics: Diagnostic[]): void {
  const name = id.text;
  const entry: Record<string, unknown> = {};
  const places = new Map<string, Place>();
  for (const [key, cell] of cells) {
    entry[key] = AS_JSON.includes(key) ? fromJson(cell, diagnostics) : cell.value;
    places.set(key, cell.place);
  }
  if (draft.entries.has(name)) {
    diagnostics.push({ ...error('duplicate-id', { id: name }), place: id.place });
    return;
  }
  draft.entries.set(name, { entry, places, place: id.place });
}

function fromJson(cell: SheetCell, diagnostics: Diagnostic[]): unknown {
  try {
    return JSON.parse(String(cell.value), (key, value) => (key === '__proto__' ? undefined : value));
  } catch (fault) {
    diagnostics.push({ ...error('syntax', { reason: (fault as Error).message }), place: cell.place });
    return undefined;
  }
}

function documentOfDraft(file: string, { meta, entries }: Draft, top: Place): Document {
  const indicators: Record<string, unknown> = Object.create(null);
  for (const [id, { entry }] of entries) {
    indicators[id] = Object.keys(entry).length === 1 && 'value' in entry ? entry.value : entry;
  }
  const data: Record<string, unknown> = Object.fromEntries([...meta].map(([key, cell]) => [key, cell.value]));
  data.indicators = { ...indicators };
  const placeOf = (path: KeyPath): Place => {
    const [head, id, key] = path.map(String);
    if (head !== 'indicators') return (head !== undefined && meta.get(head)?.place) || top;
    const row = id === undefined ? undefined : entries.get(id);
    if (!row) return top;
    return (key !== undefined && row.places.get(key)) || row.places.get('value') || row.place;
  };
  const aboutKey = new Set(['unknown-criterion', 'id-read-as-number', 'duplicate-id']);
  return {
    file,
    data,
    locate: (diagnostics) =>
      diagnostics.map((d) =>
        d.place
          ? d
          : {
              ...d,
              place: (aboutKey.has(d.code) && entries.get(String(d.path[1]))?.place) || placeOf(d.path),
            },
      ),
  };
}
