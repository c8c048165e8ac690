import { cellAt, plainId, type Sheet, type SheetRow, splitId, totalOf } from '../files/cells.js';
import {
  alike,
  bodyOf,
  columnsByKey,
  findHead,
  firstColumns,
  type Head,
  HeadWords,
  headOf,
  headsSeen,
  type OfficeColumn,
  tooWide,
  unusedColumns,
  type Vocabulary,
  ways,
} from '../files/office-table.js';
import { yearsOfHeads } from '../files/reading-columns.js';
import { type Diagnostic, error, type Place, warning } from '../values/diagnostic.js';
import { clearNumeral, Fraction, ZERO } from '../values/fraction.js';
import { goneOn, hasFigures, scaleSaid, withoutStars } from './paper.js';

const TO_SCORE = 'xac dinh|danh gia|tinh|tinh diem|cham|cham diem|cho diem|tu danh gia|tu cham diem';
const WAYS =
  'cach|cach thuc|phuong phap|huong dan|huong dan cach|quy dinh|quy dinh cach|cong thuc|giai thich cach|can cu|co so';

/** What the columns of an official table of criteria are called. */
const HEADS = {
  id: 'id|stt|tt|so tt|so|so thu tu|ma|ma so|ma tieu chi|muc',
  field: 'field|thuoc linh vuc',
  // `Nội dung tiêu chí`, `Tên chỉ số thành phần`, `Tiêu chí đánh giá`
  name: [
    'ten|name|noi dung|noi dung danh gia|noi dung cong viec|nhiem vu|danh muc',
    ...ways(
      '|ten|cac|noi dung|noi dung cac|danh muc|nhom|he thong',
      'linh vuc|tieu chi|chi so|chi tieu|tru cot|tc|tctp',
      '|thanh phan|danh gia|cham diem',
    ),
  ].join('|'),
  max: [
    'max|thang diem danh gia',
    ...ways(
      '|so|muc|thang|khung|barem',
      'diem',
      '|so|chuan|quy dinh|toi da|so toi da|chuan toi da|toi da theo quy dinh',
    ),
  ].join('|'),
  // `Cách xác định và tính điểm`, `Hướng dẫn chấm điểm`
  rule: [
    'rule|tinh diem|huong dan|dien giai|cach tinh nguyen van|noi dung cham diem|muc diem cu the',
    'thang diem cu the|tieu chuan cham diem|yeu cau danh gia/cham diem',
    ...ways(WAYS, TO_SCORE, '|chi tiet'),
    ...ways('noi dung/cach|noi dung/phuong phap', TO_SCORE),
    ...ways(WAYS, TO_SCORE).flatMap((head) => TO_SCORE.split('|').map((verb) => `${head}/${verb}`)),
  ].join('|'),
  owner:
    'owner|don vi chu tri|chu tri|don vi|co quan chu tri|don vi thuc hien|don vi tham muu|' +
    'don vi phu trach|bo phan phu trach|co quan/don vi chu tri',
  evidence: 'evidence|tai lieu kiem chung|tai lieu minh chung|minh chung|ho so minh chung|van ban kiem chung',
  correction: 'sua lai',
  signed: 'ky xac nhan',
} as const satisfies Vocabulary<string>;
type Key = keyof typeof HEADS;
const WORDS = new HeadWords<Key>(HEADS);

/** A numbered row of a table with the lines that score it. */
export interface Node {
  id: string;
  name: string;
  max: Fraction | null;
  /** What stands where the maximum should, when it is no number. */
  maxText: string;
  phrase: string[];
  owner: string;
  evidence: string;
  field: string;
  signed: string;
  place: Place;
  rulePlace: Place;
  parent: Node | null;
  children: Node[];
}

/** A field that a column beside the criteria names, and the one that it is part of; '' for none. */
interface Area {
  name: string;
  parent: string;
}

/** The rows of a table of criteria as a tree by their numbers. */
export interface Outline {
  nodes: Node[];
  /** The sum that the table states for all, and where. */
  total: { points: Fraction; place: Place } | null;
  /** Fields that stand in columns of their own, by the ids that they are given. */
  areas: ReadonlyMap<string, Area>;
  diagnostics: Diagnostic[];
}

const ROMAN = /^[IVXLC]{1,6}$/;
// `A.I.1` is what a sheet of review calls the first under I, which stands under A.
const ID =
  /^(?:[IVXLC]{1,6}|[A-ZĐ]{1,8}|LV\d{1,2}|\d{1,3})(?:\.[IVXLC]{1,6})?(?:[.-]\d{1,3}){0,5}(?:\.[a-zđ])?\.?$/u;
const FIELD = /^(?:lĩnh vực|phần)\s+([IVX]{1,5}|\d{1,2})\s*[.:)–-]\s*(\p{L}.*)$/iu;
/** A line that scores: `- Ban hành kịp thời: 1`, `Dưới 80%: 0 điểm`. */
const SCORED = /[:=]\s*[-–]?\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*(?:[.;]|$)/iu;
const LISTED = /^\s*[-+•*]\s/u;
const MAX_IN_NAME = /\s*[(:–-]\s*(?:tối đa:? ?|điểm tối đa:? ?)?(\d+(?:[.,]\d+)?)\s*điểm\s*\)?$/iu;

/** The head of a table of criteria; null where it has none. */
export const headOfCriteria = (sheet: Sheet): Head<Key> | null =>
  findHead<Key>(
    sheet,
    WORDS,
    (k) => (k.has('name') || k.has('id')) && (k.has('max') || k.has('rule')) && k.size >= 2,
  );

/**
 * The tables of a paper as one: a table that goes on on the next page is written as a table of its own, with the head again or
 * without one. What has another head, or begins again from the first number, or other columns and figures in them, is left over.
 */
export function joined(parts: readonly Sheet[]): { table: Sheet | undefined; leftOver: Sheet[] } {
  const tables = goneOn(parts, (table) => headOfCriteria(table) !== null);
  const heads = tables.map(headOfCriteria);
  // A table of grades (`Mức | Điểm`) or a summary may stand before the one that says most of its criteria.
  const named = heads.map((head) => (head ? columnsByKey(head).size : 0));
  const at = named.indexOf(Math.max(...named));
  const [first, head] = [tables[at], heads[at]];
  if (!first || !head) return { table: tables[0], leftOver: [] };
  const rows = [...first.rows];
  const leftOver: Sheet[] = [];
  let again = false;
  tables.forEach((table, i) => {
    const other = heads[i];
    if (table === first) return;
    const begins = other && beginsAt(table, other);
    // What follows a table that begins again is of it.
    again ||= begins !== undefined && begins === beginsAt(first, head);
    if (other && alike(head, other) && !again) rows.push(...table.rows.slice(other.at + other.rows));
    else if (other || hasFigures(table)) leftOver.push(table);
  });
  return { table: { ...first, rows }, leftOver };
}

/** The number that a table begins with: one that begins as the first is for other units. */
function beginsAt(sheet: Sheet, head: Head<Key>): string | undefined {
  const column = firstColumns(head).get('id');
  return bodyOf(sheet, head, { id: column, name: undefined }).flatMap(
    (row) => cellAt(row, column)?.text ?? [],
  )[0];
}

/** A head without the columns of other years that one of this year stands beside: `Điểm tối đa năm 2024`, `… năm 2025`. */
function ofYear(head: Head<Key>, year: number): Head<Key> {
  const dated = head.columns.filter((c) => yearsOfHeads(c).includes(String(year)));
  const isOther = (c: OfficeColumn<Key>) =>
    yearsOfHeads(c).length > 0 && !dated.includes(c) && dated.some(({ key }) => key === c.key);
  return { ...head, columns: head.columns.map((c) => (isOther(c) ? { ...c, key: null } : c)) };
}

/**
 * A head in which the first of several columns under `Điểm` or `Điểm tối đa`, that say nothing of it themselves, is no
 * maximum: the sum among them is (`Điểm tối đa: Thẩm định | Điều tra | Tổng`), and none under `Điểm` (`Tự chấm | Thẩm định`).
 */
function withSums(head: Head<Key>): Head<Key> {
  const first = head.columns.find(
    ({ key, heads }) => key === 'max' && heads.length > 1 && WORDS.keyTogether(heads) === null,
  );
  if (!first) return head;
  const within = head.columns.filter(({ heads }) => heads[0] === first.heads[0]);
  const sum = within.find((c) => /^tổng/iu.test(headOf(c).text));
  if (within.length === 1 || (!sum && SAYS_MOST.test(first.heads[0].text))) return head;
  const keyOf = (c: OfficeColumn<Key>) => (c === sum ? 'max' : c === first ? null : c.key);
  return { ...head, columns: head.columns.map((c) => ({ ...c, key: keyOf(c) })) };
}

/** Reads the rows below the head, of a year; null when the table has none, with the heads it has. */
export function outlineOf(
  sheet: Sheet,
  year: number,
): { ok: true; outline: Outline } | { ok: false; columns: string[] } {
  const found = headOfCriteria(sheet);
  if (!found) return { ok: false, columns: headsSeen(sheet) };
  const head = withSums(ofYear(found, year));
  const { columns, names } = columnsOf(head);
  const reader = new RowReader(columns, names, (row) => tooWide(sheet, head, row));
  const named = { id: columns.get('id') ?? names[0], name: names[0] };
  for (const row of bodyOf(sheet, head, named)) reader.read(row);
  const outline = reader.outline();
  outline.total ??= scaleOf(sheet.rows.slice(0, head.at));
  // The tool's own sheet of review has columns that only say what was read.
  if (!columns.has('correction'))
    outline.diagnostics.unshift(...unusedColumns(head, [...columns.values(), ...names]));
  return { ok: true, outline };
}

/** The sum of all that the lines above a table say as the scale. */
function scaleOf(above: readonly SheetRow[]): Outline['total'] {
  const said = scaleSaid(above.flatMap(({ cells }) => cells));
  return said === null ? null : { points: new Fraction(said), place: above[0]!.cells[0]!.place };
}

type Columns = ReadonlyMap<Key | 'points', number>;

const SAYS_MOST = /tối đa|chuẩn|thang|max/iu;

/** The columns that are read: names side by side say a row's name together, and each line of a way of scoring may have its points beside it. */
function columnsOf(head: Head<Key>): { columns: Columns; names: number[] } {
  const all = columnsByKey(head);
  const columns = firstColumns(head);
  const taken = new Set(columns.values());
  const named = all.get('name') ?? [];
  const names: number[] = [];
  for (let i = named[0]; i !== undefined && named.includes(i); i++)
    if (names.length === 0 || !taken.has(i)) names.push(i);
  // `Điểm | Điểm tối đa`: what a unit got stands before the most there is.
  const maxima = head.columns.filter(({ key }) => key === 'max');
  const max = (maxima.find((c) => SAYS_MOST.test(headOf(c).text)) ?? maxima[0])?.column;
  const others = maxima.map(({ column }) => column).filter((column) => column !== max);
  // `Tiêu chí | Điểm chuẩn | Nội dung đánh giá | Mức điểm`
  const content = max === undefined ? undefined : named.find((i) => i > max && !names.includes(i));
  const rule = columns.get('rule') ?? content;
  const points = rule === undefined ? undefined : others.find((i) => i > rule);
  const read = new Map<Key | 'points', number>(columns);
  if (max !== undefined) read.set('max', max);
  if (rule !== undefined) read.set('rule', rule);
  if (points !== undefined) read.set('points', points);
  return { columns: read, names };
}

/** A maximum as tables write it (`1`, `0,5`, `20 điểm`); null for anything else. */
function maximumOf(text: string): Fraction | null {
  const bare = text
    .trim()
    .replace(/^tối đa:?\s+/iu, '')
    .replace(/\s*(?:điểm|đ)$/iu, '')
    .replace(/^\((.*)\)$/, '$1');
  return clearNumeral(withoutStars(bare));
}

class RowReader {
  private readonly nodes: Node[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private total: Outline['total'] = null;
  /** Whether the last numbered row has a sum below it: what follows is no part of it. */
  private summed = false;
  /** The number of the last numbered row. */
  private numbered = '';
  private readonly areas = new Map<string, Area>();
  /** What stands beside the criteria, in the columns before theirs: it holds for the rows below too. */
  private beside: string[] = [];

  constructor(
    private readonly columns: Columns,
    private readonly names: readonly number[],
    private readonly fallenApart: (row: SheetRow) => Diagnostic[],
  ) {}

  read(row: SheetRow): void {
    const cell = (key: Key | 'points') => cellAt(row, this.columns.get(key));
    const text = (key: Key | 'points') => cell(key)?.text.normalize('NFC').trim() ?? '';
    const { place } = cell('name') ?? row.cells[0]!;
    let id = plainId(text('id'));
    const names = this.names.map((column) => cellAt(row, column)?.text.normalize('NFC').trim() ?? '');
    const [first, last] = [names.findIndex((t) => t !== ''), names.findLastIndex((t) => t !== '')];
    let name = names[last] ?? '';
    // `Lĩnh vực | Tiêu chí | Tiêu chí thành phần`
    if (last >= 0) this.beside = [...this.beside.slice(0, first), ...names.slice(first, last)];
    // A heading that goes over the columns of numbers and names.
    if (name === '' && !ID.test(id)) [id, name] = ['', text('id')];
    const inName = id === '' ? splitId(name) : null;
    if (inName && (text('max') !== '' || ROMAN.test(inName.id))) ({ id, name } = inName);
    // `Lĩnh vực 1: Công tác chỉ đạo`
    const field = id === '' ? FIELD.exec(name) : null;
    if (field && !SCORED.test(name)) [id, name] = [field[1]!, field[2]!];
    let rule = text('correction') || this.withPoints(text('rule'), text('points'), place);
    // A criterion and how it is scored in one cell.
    const lines = name.split(/\r?\n/);
    const scored = rule === '' && ID.test(id) ? lines.findIndex((line, i) => i > 0 && SCORED.test(line)) : -1;
    const from = lines.findIndex((line, i) => i > 0 && i <= scored && (i === scored || LISTED.test(line)));
    if (from > 0) [name, rule] = [lines.slice(0, from).join(' '), lines.slice(from).join('\n')];
    const sum = /^\d/.test(id) ? null : totalOf(name || id);
    if (sum) {
      const points = sum === 'all' ? maximumOf(text('max')) : null;
      if (points) this.total = { points, place };
      this.summed = true;
      return;
    }
    if (!this.summed || ID.test(id)) this.diagnostics.push(...this.fallenApart(row));
    const current = this.nodes.at(-1);
    // `a) Kế hoạch` with a maximum and a way of scoring of its own is a part of the numbered row above.
    if (/^[a-zđ]$/u.test(id) && text('max') !== '' && rule !== '' && this.numbered !== '')
      id = `${this.numbered}.${id}`;
    else if (ID.test(id)) this.numbered = id;
    if (id === '' || !ID.test(id)) {
      const line = [name, rule].filter((t) => t !== '').join('\n');
      if (line === '' && id === '') return;
      // A scoring line may have its points in the column of the maxima.
      const points = text('max');
      const whole = points !== '' && name !== '' ? `${line}: ${points}` : line || id;
      if (current && !this.summed && (current.max !== null || current.phrase.length > 0))
        current.phrase.push(...whole.split(/\r?\n/));
      else if (whole !== '')
        this.diagnostics.push({ ...warning('row-unread', { value: whole.slice(0, 80) }), place });
      return;
    }
    if (current && current.id === id && current.name === name) {
      // A merged cell that is told again in each of its rows.
      if (rule !== '') current.phrase.push(...rule.split(/\r?\n/));
      return;
    }
    this.summed = false;
    // `I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH (20 điểm)`, over all columns.
    const said = text('max') === '' ? MAX_IN_NAME.exec(name) : null;
    this.nodes.push({
      id,
      name: (said ? name.slice(0, said.index) : name).replace(/\s+/g, ' ') || id,
      max: maximumOf(said ? said[1]! : text('max')),
      maxText: said ? said[1]! : text('max'),
      phrase: rule === '' ? [] : rule.split(/\r?\n/),
      owner: text('owner'),
      evidence: text('evidence'),
      field: text('field') || this.areaOf(),
      signed: text('signed'),
      place: cell('id')?.place ?? place,
      rulePlace: cell(text('correction') === '' ? 'rule' : 'correction')?.place ?? place,
      parent: null,
      children: [],
    });
  }

  /** Lines of a way of scoring with the points that stand beside them. */
  private withPoints(rule: string, points: string, place: Place): string {
    if (points === '') return rule;
    const [lines, each] = [rule, points].map((t) => t.split(/\r?\n/).filter((l) => l.trim() !== ''));
    const said = /[:=]\s*[-–]?\d|điểm/iu.test(rule);
    if (!said && lines!.length === each!.length)
      return lines!.map((l, i) => `${l.replace(/\s*[:;.]\s*$/u, '')}: ${each![i]}`).join('\n');
    this.diagnostics.push({ ...warning('row-unread', { value: points.slice(0, 80) }), place });
    return rule;
  }

  /** The id of the field that the columns before name, each part of the one before it: its own number, else one by one. */
  private areaOf(): string {
    return this.beside.reduce((parent, text) => {
      if (text === '') return parent;
      const numbered = splitId(text);
      const name = (numbered?.name ?? text).replace(/\s+/g, ' ');
      const same = [...this.areas].find(([, area]) => area.name === name && area.parent === parent);
      const id = same?.[0] ?? numbered?.id ?? `LV${this.areas.size + 1}`;
      this.areas.set(id, { name, parent });
      return id;
    }, '');
  }

  outline(): Outline {
    const { nodes, diagnostics, total, areas } = this;
    prefixRepeated(nodes);
    const byId = new Map<string, Node>();
    for (const node of nodes) {
      if (byId.has(node.id))
        diagnostics.push({ ...error('duplicate-id', { id: node.id }), place: node.place });
      else byId.set(node.id, node);
    }
    for (const node of nodes) {
      node.parent = parentOf(node, nodes, byId);
      node.parent?.children.push(node);
    }
    for (const node of nodes) checkSum(node, diagnostics);
    return { nodes, total, areas, diagnostics };
  }
}

/** The level of an id that has no dots: 0 for `A`, over 1 for `I`, over 2 for `1`. */
function levelOf(id: string, nodes: readonly Node[]): 0 | 1 | 2 {
  const isLetter = (text: string) => /^[A-ZĐ]$/.test(text);
  const letters = nodes.some((n) => isLetter(n.id) && !ROMAN.test(n.id));
  // `C` after `B` is a letter, and `I` after `II` would be none.
  const before = String.fromCharCode(id.charCodeAt(0) - 1);
  const follows = nodes.some((n) => n.id === before);
  if (isLetter(id) && letters && (!ROMAN.test(id) || follows)) return 0;
  return ROMAN.test(id) ? 1 : 2;
}

/** Numbers that begin again under each heading take its number before them: `II.1` is not `I.1`, nor `B.I` `A.I`. */
function prefixRepeated(nodes: readonly Node[]): void {
  const levels = nodes.map((n) => levelOf(n.id, nodes));
  const repeats = [0, 1, 2].map((level) => {
    const ids = nodes.flatMap((n, i) => (levels[i] === level ? n.id : []));
    return level > 0 && new Set(ids).size < ids.length;
  });
  // The last id of each level, until one of a higher level.
  const headings: (string | undefined)[] = [];
  nodes.forEach((node, i) => {
    const level = levels[i]!;
    headings.length = level;
    const above = headings.findLast((id) => id !== undefined);
    if (repeats[level] && above) node.id = `${above}.${node.id}`;
    headings[level] = node.id;
  });
}

/** The row above that a row belongs to: by its number, or, for a number without dots, the last row of a higher level. */
function parentOf(node: Node, nodes: readonly Node[], byId: ReadonlyMap<string, Node>): Node | null {
  const parts = node.id.split(/[.-]/);
  for (let k = parts.length - 1; k >= 1; k--) {
    const above = byId.get(parts.slice(0, k).join('.'));
    if (above && above !== node) return above;
  }
  const level = levelOf(parts[0]!, nodes);
  const before = nodes.slice(0, nodes.indexOf(node));
  return before.findLast((n) => !/[.-]/.test(n.id) && levelOf(n.id, nodes) < level) ?? null;
}

function checkSum(node: Node, diagnostics: Diagnostic[]): void {
  if (node.children.length === 0 || node.max === null || node.children.some((c) => c.max === null)) return;
  const sum = node.children.reduce((s, c) => s.add(c.max ?? ZERO), ZERO);
  if (sum.equals(node.max)) return;
  const params = { id: node.id, sum: sum.toString(), max: node.max.toString() };
  diagnostics.push({ ...warning('field-sum', params), place: node.place });
}
