import type { Sheet } from '../files/cells.js';
import type { DiagnosticParams } from '../values/codes.js';
import { type Diagnostic, error, note, type Place, type Result, warning } from '../values/diagnostic.js';
import { type Fraction, ZERO } from '../values/fraction.js';
import { type Node, type Outline, outlineOf } from './outline.js';
import { readPhrase } from './phrases/read.js';
import { type Note, type ReadRule, type RuleData, written } from './phrases/tiers.js';

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

/** A row of a table that says a criterion, and what was made of how it is scored. */
interface CriterionRow {
  id: string;
  name: string;
  max: number;
  phrase: string;
  /** The rule that the phrase is; null while it is `todo`. */
  read: ReadRule | null;
  owner: string;
  evidence: string;
  /** The field that the table names beside it; '' where its number says it. */
  field: string;
  signed: string;
  place: Place;
}

/** A catalogue's data from a table, with what was understood row by row. */
export interface CatalogueDraft {
  data: Record<string, unknown>;
  rows: CriterionRow[];
  /** Each with the one that it is part of; '' for none. */
  fields: { id: string; name: string; parent: string; max: number | null }[];
  /** Ids of all rows kept, in the table's order. */
  order: string[];
  /** The sum that the table states for all; null where it states none. */
  total: number | null;
  /** Rows that say a criterion but no maximum, and are left out. */
  leftOut: number;
}

const OWNER = '[đơn vị chủ trì]';
const STATED = { provenance: 'stated', source: 'table' };

/**
 * A catalogue file's data from an official table of criteria: a tree by the rows' numbers, with each leaf a criterion. A
 * phrase that is not understood whole is a rule `todo` with its words.
 */
export function catalogueFromTable(table: Sheet | undefined, about: NewCatalogue): Result<CatalogueDraft> {
  const read = table ? outlineOf(table, about.year) : { ok: false as const, columns: [] };
  const top: Place = table?.rows[0]?.cells[0]?.place ?? { file: about.source };
  if (!read.ok) {
    const problem = error('table-head-unknown', { columns: read.columns });
    return { ok: false, diagnostics: [{ ...problem, place: top }] };
  }
  const { nodes, total, areas, diagnostics } = read.outline;
  const leaves = nodes.filter((n) => n.children.length === 0 && (n.maxText !== '' || n.phrase.length > 0));
  for (const { children, phrase, rulePlace: place } of nodes)
    if (children.length > 0 && phrase.some((l) => l.trim() !== ''))
      diagnostics.push({ ...warning('row-unread', { value: phrase.join('; ').slice(0, 80) }), place });
  const rows: CriterionRow[] = [];
  const criteria: Record<string, unknown>[] = [];
  const owners = new Set<string>();
  let leftOut = 0;
  const outside = outsideOf(leaves, total?.points ?? null);
  for (const node of leaves) {
    const side = outside.get(node);
    if (side === 'takes' && node.max) node.max = node.max.abs();
    if (node.max === null || node.max.compare(0) <= 0) {
      leftOut += 1;
      const { id, maxText: value, place } = node;
      diagnostics.push({ ...warning('row-without-max', { id, value }), place });
      continue;
    }
    const row = rowOf(node, side === 'takes', diagnostics);
    if (side === 'takes' && row.read === null) continue;
    rows.push(row);
    const owner = node.owner.replace(/\s+/g, ' ') || OWNER;
    owners.add(owner);
    criteria.push(criterionOf(node, row, owner, side));
  }
  if (criteria.length === 0) {
    diagnostics.push({ ...error('table-empty', { rows: table!.rows.length }), place: top });
    return { ok: false, diagnostics };
  }
  const sum = sumOf(leaves.filter((n) => !outside.has(n)));
  if (total && !total.points.equals(sum)) {
    const code = sum.compare(total.points) > 0 ? 'maxima-exceed-scale' : 'maxima-below-scale';
    const params = { sum: sum.toString(), scale: total.points.toString() };
    diagnostics.push({ ...warning(code, params), place: total.place });
  }
  const fields = fieldsOf(nodes, areas, criteria);
  const data = {
    id: about.id,
    name: { vi: about.name },
    year: about.year,
    scale: scaleOf(about.scale, written(sum), total?.points ?? null),
    sources: { table: { title: { vi: about.source } } },
    fields: fields.map(({ id, name, parent, max }) => ({
      id,
      name: { vi: name },
      ...(parent !== '' && { parent }),
      ...(max !== null && { max }),
    })),
    owners: Object.fromEntries([...owners].map((o) => [o, {}])),
    criteria,
  };
  if (diagnostics.some((d) => d.severity === 'error')) return { ok: false, diagnostics };
  const kept = new Set([...fields, ...rows].map((r) => r.id));
  const order = [...new Set([...areas.keys(), ...nodes.map((n) => n.id)])].filter((id) => kept.has(id));
  return {
    ok: true,
    value: { data, rows, fields, order, total: total && written(total.points), leftOut },
    diagnostics,
  };
}

const OUTSIDE =
  /^(?:(?:các|phần|nhóm|mục|nội dung|tiêu chí)\s+)*(?:điểm\s+(?:cộng|thưởng|trừ|phạt)|(?:thưởng|trừ|phạt)\s+điểm)(?!\p{L})/iu;
type Side = 'adds' | 'takes';

/** Whether a criterion adds to the score or takes from it beside the scale, by its name or one above it: `ĐIỂM THƯỞNG`. */
function sideOf(leaf: Node, node: Node | null = leaf): Side | null {
  if (!node) return null;
  if (!OUTSIDE.test(node.name)) return sideOf(leaf, node.parent);
  const adds = /cộng|thưởng/iu.test(node.name);
  const said = adds ? leaf.phrase.join(' ') : node.name;
  return /trừ|phạt/iu.test(node.name) && /trừ|phạt/iu.test(said) ? 'takes' : 'adds';
}

/** The criteria beside the scale; none that the sum that the table states counts. */
function outsideOf(leaves: readonly Node[], total: Fraction | null): Map<Node, Side> {
  const sides = new Map(leaves.map((n) => [n, sideOf(n)]));
  const within = (counted: readonly (Side | null)[]) =>
    total?.equals(sumOf(leaves.filter((n) => counted.includes(sides.get(n)!)))) === true;
  const counted = [[null], [null, 'adds'], [null, 'adds', 'takes']] as const;
  const inside: readonly (Side | null)[] = counted.find(within) ?? [null];
  return new Map([...sides].flatMap(([n, side]) => (side && !inside.includes(side) ? [[n, side]] : [])));
}

const sumOf = (nodes: readonly Node[]): Fraction =>
  nodes.reduce((s, n) => (n.max && n.max.compare(0) > 0 ? s.add(n.max) : s), ZERO);

/** The scale that was given, else the sum of the table; only the table's own is stated by it. */
function scaleOf(given: number | null, sum: number, said: Fraction | null) {
  const value = given ?? sum;
  if (said ? said.equals(value) : value === sum) return { value, ...STATED };
  if (value === sum) {
    const working = {
      vi: `Tổng điểm chuẩn của các tiêu chí; bảng ghi ${said!.toString().replace('.', ',')}`,
      en: `The sum of the criteria's maxima; the table says ${said!.toString()}`,
    };
    return { value, provenance: 'inferred', working };
  }
  const reason = {
    vi: 'Thang điểm do người lập nêu; bảng không nêu',
    en: 'Given beside the table, which does not say it',
  };
  return { value, provenance: 'assumed', reason };
}

function rowOf(node: Node, takes: boolean, diagnostics: Diagnostic[]): CriterionRow {
  const phrase = node.phrase
    .map((l) => l.trim())
    .filter((l) => l !== '')
    .join('\n');
  const max = written(node.max!);
  const reading = phrase === '' ? null : readPhrase(phrase, max);
  const told = (params: Omit<DiagnosticParams['phrase-todo'], 'id'>, place: Place) =>
    diagnostics.push({ ...warning('phrase-todo', { id: node.id, ...params }), place });
  const all = reading?.ok ? reading : null;
  const read = takes ? taking(all, max) : all;
  if (takes && !read) {
    const value = (phrase || node.name).replace(/\s+/g, ' ').slice(0, 80);
    diagnostics.push({ ...warning('deduction-unread', { id: node.id, value }), place: node.rulePlace });
  } else if (!reading) told({ value: node.name, why: 'none', at: 0, to: 0 }, node.place);
  else if (!reading.ok) {
    const { kind, ...where } = reading.why;
    const why = kind === 'words' ? '' : kind;
    told({ value: reading.words.join('; '), why, at: 0, to: 0, ...where }, node.rulePlace);
  }
  if (node.signed === '') for (const one of read?.notes ?? []) diagnostics.push(taken(node, one));
  const { id, name, owner, evidence, field, signed, rulePlace } = node;
  return { id, name, max, phrase, read, owner, evidence, field, signed, place: rulePlace };
}

/** A rule that takes points from the score, by so many at most, and has none to give; null where it is another. */
function taking(read: ReadRule | null, most: number): ReadRule | null {
  if (read?.rule.kind !== 'penalty') return null;
  const ended = read.notes.some((n) => n.kind === 'floor') ? { ...read.rule, most } : read.rule;
  return 'most' in ended
    ? { ...read, rule: ended, notes: read.notes.filter((n) => n.kind !== 'floor') }
    : null;
}

function taken(node: Node, told: Note): Diagnostic {
  const params = { id: node.id, taken: noteWords(told) };
  const diagnostic = isAssumed(told) ? warning('rule-taken', params) : note('rule-taken', params);
  return { ...diagnostic, place: node.rulePlace };
}

function criterionOf(
  node: Node,
  row: CriterionRow,
  owner: string,
  side: Side | undefined,
): Record<string, unknown> {
  const { read } = row;
  const words = row.phrase || node.name;
  return {
    id: node.id,
    name: { vi: node.name },
    field: fieldIdOf(node),
    owners: [owner],
    ...(read?.indicator && { indicator: { vi: read.indicator } }),
    ...(node.evidence !== '' && { evidence: { vi: node.evidence.replace(/\s+/g, ' ') } }),
    ...(side && { outside: true }),
    // What takes has nothing to give.
    max: { value: side === 'takes' ? 0 : row.max, ...STATED },
    rule: read ? withProvenance(read, row.signed) : { kind: 'todo', words },
  };
}

/** The field of a criterion: the column's, the row above it, or what its own number begins with. */
const fieldIdOf = (node: Node): string => node.field || node.parent?.id || node.id.split(/[.-]/)[0]!;

function fieldsOf(
  nodes: readonly Node[],
  areas: Outline['areas'],
  criteria: readonly Record<string, unknown>[],
): CatalogueDraft['fields'] {
  const used = new Set(criteria.map((c) => String(c.field)));
  const beside = new Set(criteria.flatMap((c) => (c.outside ? String(c.field) : [])));
  const nodeOf = (id: string) => nodes.find((n) => n.id === id);
  const parentOf = (id: string) => areas.get(id)?.parent || nodeOf(id)?.field || nodeOf(id)?.parent?.id || '';
  for (const id of [...used])
    for (let up = parentOf(id); up !== '' && !used.has(up); up = parentOf(up)) used.add(up);
  const ids = new Set([...areas.keys(), ...nodes.map((n) => n.id), ...used]);
  return [...ids]
    .filter((id) => used.has(id))
    .map((id) => {
      const [area, node, parent] = [areas.get(id), nodeOf(id), parentOf(id)];
      const max = node && node.children.length > 0 && !beside.has(id) ? node.max : null;
      return {
        id,
        name: area?.name ?? node?.name ?? `Lĩnh vực ${id}`,
        parent,
        max: max && max.compare(0) > 0 ? written(max) : null,
      };
    });
}

const NOTE_WORDS: Record<Note['kind'], { vi: string; en: string }> = {
  gap: {
    vi: 'giữa {from}% và {to}% không nêu điểm; lấy mức của bậc dưới',
    en: 'no points are said between {from}% and {to}%; those of the tier below are taken',
  },
  twice: {
    vi: '{at}{unit} nằm ở hai bậc; lấy bậc nêu trước',
    en: '{at}{unit} is in two tiers; the first said decides',
  },
  rest: { vi: 'phần không nêu được lấy 0 điểm', en: 'what is not said is taken as no points' },
  above: {
    vi: "trên {at} thuộc 'còn lại', đúng như chữ viết",
    en: "more than {at} falls to 'còn lại', as it is written",
  },
  most: {
    vi: 'nhiều hơn {at} không được nêu; giá trị như vậy không được nhận',
    en: 'more than {at} is not said; such a value is refused',
  },
  formula: {
    vi: 'không nêu công thức; lấy theo tỷ lệ, đạt {target}% thì được điểm tối đa',
    en: 'no formula is given; taken pro rata, with the maximum at {target}%',
  },
  floor: {
    vi: 'không nêu trừ đến đâu; lấy thấp nhất 0 điểm',
    en: 'how far it may go is not said; taken as down to no points',
  },
  steps: {
    vi: 'chỉ trừ khi giảm đủ {step}%; phần giảm chưa đủ không trừ',
    en: 'only whole steps of {step}% take points; a part of one takes none',
  },
  parts: {
    vi: 'điểm của các nội dung được cộng với nhau; nội dung không có thì 0 điểm',
    en: 'the points of what is listed are added; what is not there earns none',
  },
  year: { vi: 'không nêu năm của ngày {due}', en: 'the year of {due} is not said' },
};

/** What a phrase left open and how it was taken, in words. */
export function noteWords(note: Note): { vi: string; en: string } {
  const said = new Map(Object.entries({ unit: '', ...note }).map(([key, value]) => [key, String(value)]));
  const fill = (text: string, mark: string) =>
    text.replace(/\{(\w+)\}/g, (_, key: string) => said.get(key)!.replace('.', mark));
  const { vi, en } = NOTE_WORDS[note.kind];
  return { vi: fill(vi, ','), en: fill(en, '.') };
}

/** Whether a note is an assumption, and not what the words say, if oddly. */
const isAssumed = ({ kind }: Note): boolean => kind !== 'above' && kind !== 'twice' && kind !== 'most';

/** The rule's data with where its numbers come from: what the phrase leaves open is assumed, unless it was signed. */
function withProvenance(read: ReadRule, signed: string): RuleData {
  const { rule, notes } = read;
  const stated = { ...STATED, ...(signed !== '' && { place: { vi: `đã ký xác nhận: ${signed}` } }) };
  if (signed !== '') return { ...rule, ...stated };
  const assumed = (note: Note) => ({ provenance: 'assumed', reason: noteWords(note) });
  const whole = notes.find((n) => ['formula', 'year', 'steps', 'parts'].includes(n.kind));
  const rest = notes.find((n) => n.kind === 'rest');
  const floor = notes.find((n) => n.kind === 'floor');
  let data: RuleData = { ...rule };
  if (rest && 'otherwise' in data) data.otherwise = { value: 0, ...assumed(rest) };
  if (rest && data.kind === 'proportional') data.below_floor = { value: 0, ...assumed(rest) };
  if (floor && data.kind === 'penalty') data.floor = { value: 0, ...assumed(floor) };
  for (const note of notes) if (note.kind === 'gap') data = withGap(data, note, assumed(note));
  return { ...data, ...(whole ? assumed(whole) : stated) };
}

function withGap(data: RuleData, note: Extract<Note, { kind: 'gap' }>, assumed: object): RuleData {
  const tiers = data.tiers as { above?: number; below?: number; points: unknown }[];
  const marked = tiers.map((t) =>
    t.above === note.from && t.below === note.to && typeof t.points === 'number'
      ? { ...t, points: { value: t.points, ...assumed } }
      : t,
  );
  return { ...data, tiers: marked };
}
