import { type Diagnostic, error, type Place, type Result, resultOf } from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';
import { readPhrase } from './phrases/read.js';

/** A cell of an official criteria table, with its place. */
export interface TableCell {
  text: string;
  place: Place;
}

/** What a new catalogue is called and holds for. */
export interface NewCatalogue {
  id: string;
  name: string;
  year: number;
  /** Null: what the maxima add up to. */
  scale: number | null;
  /** What the table is called, as the source of its numbers. */
  source: string;
}

const HEADS = {
  id: ['id', 'mã', 'stt', 'tt', 'mã tiêu chí', 'số'],
  name: ['name', 'tên', 'tiêu chí', 'tên tiêu chí', 'nội dung', 'tiêu chí/tiêu chí thành phần'],
  max: ['max', 'điểm chuẩn', 'điểm tối đa', 'điểm'],
  rule: ['rule', 'cách tính', 'cách tính điểm', 'cách chấm', 'hướng dẫn chấm điểm'],
  field: ['field', 'lĩnh vực'],
  owner: ['owner', 'đơn vị chủ trì', 'chủ trì', 'đơn vị'],
} as const;
type Head = keyof typeof HEADS;

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
const OWNER = '[đơn vị chủ trì]';

/** Whether a row heads the table: it names at least the id and the maximum. */
function headsOf(row: readonly TableCell[]): Map<Head, number> | null {
  const found = new Map<Head, number>();
  row.forEach((cell, i) => {
    const said = fold(cell.text);
    for (const head of Object.keys(HEADS) as Head[])
      if (!found.has(head) && HEADS[head].some((h) => fold(h) === said)) found.set(head, i);
  });
  return found.has('id') && found.has('max') ? found : null;
}

/**
 * A catalogue file's data from an official table of criteria: id, name, maximum and rule in the usual phrases, and a
 * field and a lead unit where they have a column. Rows without a maximum and a rule are fields. What is not understood
 * is an error with its cell.
 */
export function catalogueFromTable(
  rows: readonly (readonly TableCell[])[],
  about: NewCatalogue,
): Result<Record<string, unknown>> {
  const at = rows.findIndex((row) => headsOf(row));
  const heads = at < 0 ? null : headsOf(rows[at]!);
  const first = rows[0]?.[0]?.place ?? { file: about.source };
  if (!heads)
    return {
      ok: false,
      diagnostics: [{ ...error('no-header', { wants: ['mã', 'điểm chuẩn', 'cách tính'] }), place: first }],
    };
  const diagnostics: Diagnostic[] = [];
  const fields = new Map<string, string>();
  const owners = new Set<string>();
  const criteria: Record<string, unknown>[] = [];
  const stated = { provenance: 'stated', source: 'table' };
  let field: string | null = null;
  for (const row of rows.slice(at + 1)) {
    const cell = (head: Head) => (heads.has(head) ? row[heads.get(head)!] : undefined);
    const text = (head: Head) => cell(head)?.text.normalize('NFC').trim() ?? '';
    const [id, name, max, rule] = [text('id'), text('name'), text('max'), text('rule')];
    if (id === '' && name === '') continue;
    if (rule === '' && heads.has('rule')) {
      field = id || name;
      fields.set(field, name || id);
      continue;
    }
    const place = (head: Head) => cell(head)?.place ?? row[0]?.place ?? first;
    if (!NUMBER.test(max)) {
      diagnostics.push({ ...error('not-a-number', { found: max }), place: place('max') });
      continue;
    }
    const own = text('field') || field || id.split('.')[0]!;
    if (!fields.has(own)) fields.set(own, `Lĩnh vực ${own}`);
    const owner = text('owner') || OWNER;
    owners.add(owner);
    const read = readPhrase(rule, Number(max.replace(',', '.')));
    if (!read.ok) {
      diagnostics.push(
        ...read.words.map((found) => ({
          ...error('phrase-not-understood', { found }),
          place: place('rule'),
        })),
      );
      continue;
    }
    criteria.push({
      id,
      name: { vi: name || id },
      field: own,
      owners: [owner],
      max: { value: Number(max.replace(',', '.')), ...stated },
      ...(read.indicator !== null && { indicator: { vi: read.indicator } }),
      rule: { ...read.rule, ...stated },
    });
  }
  const sum = criteria.reduce((s, c) => s + (c.max as { value: number }).value, 0);
  const used = new Set(criteria.map((c) => c.field as string));
  const data = {
    id: about.id,
    name: { vi: about.name },
    year: about.year,
    scale: { value: about.scale ?? Number(sum.toFixed(4)), ...stated },
    sources: { table: { title: { vi: about.source } } },
    fields: [...fields].filter(([id]) => used.has(id)).map(([id, name]) => ({ id, name: { vi: name } })),
    owners: Object.fromEntries([...owners].map((o) => [o, {}])),
    criteria,
  };
  return resultOf(data, diagnostics);
}
