import { type Diagnostic, error, type Place, warning } from '../diagnostics/diagnostic.js';
import { type Fraction, ZERO } from '../exact/fraction.js';
import { parseNumeral, TWO_READINGS } from '../exact/numeral.js';
import {
  findHead,
  type Grid,
  type HeadWords,
  headsSeen,
  numbersColumns,
  saysTotal,
  type TableCell,
  unusedColumns,
} from './heads.js';

const NAME = [
  ...[
    'ten',
    'name',
    'noi dung',
    'tieu chi',
    'ten tieu chi',
    'tieu chi thanh phan',
    'chi so',
    'chi so thanh phan',
    'ten chi so',
  ],
  ...[
    'noi dung tieu chi',
    'tieu chi danh gia',
    'noi dung danh gia',
    'noi dung cong viec',
    'nhiem vu',
    'tieu chi cham diem',
  ],
  ...[
    'linh vuc',
    'nhom tieu chi',
    'nhom chi so',
    'chi tieu',
    'chi tieu danh gia',
    'cac tieu chi',
    'ten linh vuc',
  ],
];

/** What the columns of an official table of criteria are called. */
const HEADS = {
  id: ['id', 'stt', 'tt', 'so tt', 'so', 'so thu tu', 'ma', 'ma so', 'ma tieu chi', 'muc'],
  field: ['field', 'thuoc linh vuc'],
  name: NAME,
  max: [
    'max',
    'diem',
    'diem chuan',
    'diem toi da',
    'thang diem',
    'thang diem chuan',
    'so diem',
    'diem quy dinh',
    'muc diem',
    'diem so',
    'diem so toi da',
    'thang diem toi da',
    'diem toi da theo quy dinh',
  ],
  rule: [
    ...[
      'rule',
      'cach tinh',
      'cach tinh diem',
      'cach cham',
      'cach cham diem',
      'huong dan',
      'huong dan cham diem',
    ],
    ...[
      'cach xac dinh',
      'tinh diem',
      'cach xac dinh/tinh diem',
      'cach xac dinh/cach tinh diem',
      'phuong phap tinh',
      'phuong phap tinh diem',
    ],
    ...[
      'phuong phap danh gia',
      'huong dan danh gia',
      'cach danh gia',
      'cach thuc danh gia',
      'cach thuc cham diem',
      'dien giai',
    ],
    ...[
      'quy dinh cham diem',
      'noi dung cham diem',
      'phuong phap xac dinh',
      'huong dan tinh diem',
      'phuong phap cham diem',
      'giai thich cach tinh',
      'cach tinh nguyen van',
    ],
  ],
  owner: [
    'owner',
    'don vi chu tri',
    'chu tri',
    'don vi',
    'co quan chu tri',
    'don vi thuc hien',
    'don vi tham muu',
    'don vi phu trach',
    'bo phan phu trach',
    'co quan/don vi chu tri',
  ],
  evidence: [
    'evidence',
    'tai lieu kiem chung',
    'tai lieu minh chung',
    'minh chung',
    'ho so minh chung',
    'van ban kiem chung',
  ],
  correction: ['sua lai'],
  signed: ['ky xac nhan'],
} as const satisfies HeadWords<string>;
type Key = keyof typeof HEADS;

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

/** The rows of a table of criteria as a tree by their numbers. */
export interface Outline {
  roots: Node[];
  nodes: Node[];
  /** The sum that the table states for all. */
  total: Fraction | null;
  diagnostics: Diagnostic[];
}

const ROMAN = /^[IVXLC]{1,6}$/;
const ID = /^(?:[IVXLC]{1,6}|[A-ZĐ]{1,8}|\d{1,3})(?:[.-]\d{1,3}){0,5}\.?$/u;
const ID_IN_NAME = /^((?:[IVX]{1,6}|\d{1,3})\.(?:\d{1,3}(?:\.\d{1,3})*\.?)?)\s+(\p{L}.*)$/su;

const isHead = (k: ReadonlySet<Key>): boolean =>
  (k.has('name') || k.has('id')) && (k.has('max') || k.has('rule')) && k.size >= 2;

/**
 * The tables of a paper as one: a table that goes on on the next page is written as a table of its own, with the head again or
 * without one. What has another head, or other columns, is left over.
 */
export function joined(grids: readonly Grid[]): { grid: Grid; leftOver: Grid[]; found: boolean } {
  const first = grids.findIndex((grid) => findHead<Key>(grid, HEADS, isHead));
  if (first < 0) return { grid: grids[0] ?? [], leftOver: [], found: false };
  const head = findHead<Key>(grids[first]!, HEADS, isHead)!;
  const width = Math.max(...grids[first]!.map((row) => row.length));
  const rows = [...grids[first]!];
  const leftOver: Grid[] = [];
  grids.forEach((grid, i) => {
    if (i === first) return;
    const own = findHead<Key>(grid, HEADS, isHead);
    const alike = own && [...head.columns].every(([key, column]) => own.columns.get(key) === column);
    if (i > first && alike) rows.push(...grid.slice(own.below));
    else if (i > first && !own && grid.length > 0 && grid.every((row) => row.length === width))
      rows.push(...grid);
    else if (own) leftOver.push(grid);
  });
  return { grid: rows, leftOver, found: true };
}

/** Reads the rows below the head; null when the table has none, with the heads it has. */
export function outlineOf(grid: Grid): { ok: true; outline: Outline } | { ok: false; columns: string[] } {
  const head = findHead<Key>(grid, HEADS, isHead);
  if (!head) return { ok: false, columns: headsSeen(grid) };
  const reader = new RowReader(head.columns);
  // The tool's own sheet of review has columns that only say what was read.
  const unused = head.columns.has('correction') ? [] : head.unused;
  for (const row of grid.slice(head.below)) if (!numbersColumns(row)) reader.read(row);
  const outline = reader.outline();
  if (unused.length > 0) outline.diagnostics.unshift(unusedColumns(unused, grid[head.below - 1]));
  return { ok: true, outline };
}

/** A maximum as tables write it (`1`, `0,5`, `20 điểm`); null for anything else. */
function maximumOf(text: string): Fraction | null {
  const bare = text
    .trim()
    .replace(/\s*(?:điểm|đ)$/iu, '')
    .replace(/^\((.*)\)$/, '$1');
  return TWO_READINGS.test(bare) ? null : parseNumeral(bare);
}

class RowReader {
  private readonly nodes: Node[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private total: Fraction | null = null;
  /** Whether the last numbered row has a sum below it: what follows is no part of it. */
  private summed = false;

  constructor(private readonly columns: ReadonlyMap<Key, number>) {}

  private cell(row: readonly TableCell[], key: Key): TableCell | undefined {
    const column = this.columns.get(key);
    return column === undefined ? undefined : row[column];
  }

  read(row: readonly TableCell[]): void {
    const text = (key: Key) => this.cell(row, key)?.text.normalize('NFC').trim() ?? '';
    const place = this.cell(row, 'name')?.place ?? row[0]?.place;
    if (!place) return;
    let id = text('id').replace(/\.$/, '');
    let name = text('name');
    // A heading that goes over the columns of numbers and names.
    if (name === '' && !ID.test(id)) [id, name] = ['', text('id')];
    const inName = id === '' ? ID_IN_NAME.exec(name) : null;
    if (inName && (text('max') !== '' || ROMAN.test(inName[1]!.replace(/\.$/, '')))) {
      id = inName[1]!.replace(/\.$/, '');
      name = inName[2]!;
    }
    const rule = text('correction') || text('rule');
    if (saysTotal(name || id) && !/^\d/.test(id)) {
      this.total = maximumOf(text('max')) ?? this.total;
      this.summed = true;
      return;
    }
    const current = this.nodes.at(-1);
    if (id === '' || !ID.test(id)) {
      const line = [name, rule].filter((t) => t !== '').join('\n');
      if (line === '' && id === '') return;
      // A scoring line may have its points in the column of the maxima.
      const points = text('max');
      const whole = points !== '' && name !== '' ? `${line}: ${points}` : line || id;
      if (current && !this.summed && (current.max !== null || current.phrase.length > 0))
        current.phrase.push(...whole.split(/\r?\n/));
      else if (whole !== '')
        this.diagnostics.push({ ...warning('row-unread', { found: whole.slice(0, 80) }), place });
      return;
    }
    if (current && current.id === id && current.name === name) {
      // A merged cell that is told again in each of its rows.
      if (rule !== '') current.phrase.push(...rule.split(/\r?\n/));
      return;
    }
    this.summed = false;
    this.nodes.push({
      id,
      name: name.replace(/\s+/g, ' ') || id,
      max: maximumOf(text('max')),
      maxText: text('max'),
      phrase: rule === '' ? [] : rule.split(/\r?\n/),
      owner: text('owner'),
      evidence: text('evidence'),
      field: text('field'),
      signed: text('signed'),
      place: this.cell(row, 'id')?.place ?? place,
      rulePlace: this.cell(row, text('correction') === '' ? 'rule' : 'correction')?.place ?? place,
      parent: null,
      children: [],
    });
  }

  outline(): Outline {
    const { nodes, diagnostics, total } = this;
    nameApart(nodes);
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
    return { roots: nodes.filter((n) => n.parent === null), nodes, total, diagnostics };
  }
}

const isRoman = (id: string) => ROMAN.test(id);
const isLetter = (id: string) => /^[A-ZĐ]$/.test(id);

/** The level of an id that has no dots: A over I over 1. */
function levelOf(id: string, nodes: readonly Node[]): number {
  const letters = nodes.some((n) => isLetter(n.id) && !isRoman(n.id));
  if (isLetter(id) && letters && (!isRoman(id) || followsLetter(id, nodes))) return 0;
  return isRoman(id) ? 1 : 2;
}

/** `C` after `B` is a letter, and `I` after `II` would be none. */
function followsLetter(id: string, nodes: readonly Node[]): boolean {
  const before = String.fromCharCode(id.charCodeAt(0) - 1);
  return nodes.some((n) => n.id === before);
}

/** Numbers that begin again under each heading take it before them: `II.1` is not `I.1`, nor `B.I` `A.I`. */
function nameApart(nodes: readonly Node[]): void {
  const ids = nodes.map((n) => n.id);
  const levels = ids.map((id) => (/^\d/.test(id) ? 2 : levelOf(id, nodes)));
  const again = (level: number) => {
    const own = ids.filter((_, i) => levels[i] === level);
    return new Set(own).size < own.length;
  };
  const [romans, numbers] = [again(1), again(2)];
  let letter = '';
  let above = '';
  nodes.forEach((node, i) => {
    if (levels[i] === 0) {
      letter = node.id;
      above = letter;
    } else if (levels[i] === 1) {
      if (romans && letter !== '') node.id = `${letter}.${node.id}`;
      above = node.id;
    } else if (numbers && above !== '') node.id = `${above}.${node.id}`;
  });
}

/** The row above that a row belongs to: by its number, or, for a number without dots, the last row of a higher level. */
function parentOf(node: Node, nodes: readonly Node[], byId: ReadonlyMap<string, Node>): Node | null {
  const parts = node.id.split(/[.-]/);
  for (let k = parts.length - 1; k >= 1; k--) {
    const above = byId.get(parts.slice(0, k).join('.'));
    if (above && above !== node) return above;
  }
  const first = parts.length > 1 ? parts[0]! : node.id;
  const level = levelOf(first, nodes);
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
