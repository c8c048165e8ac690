import { createReadStream } from 'node:fs';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type Diagnostic, error, failure, type Result } from '../diagnostics/diagnostic.js';
import type { Points } from '../exact/points.js';
import { compileColumn, type LineColumn, pointsAt } from '../kernel/column.js';
import { parseEntry } from '../reading/parse.js';
import { scoreCriterion } from '../scoring/score.js';

/** One unit's sums for a year: points, what applies, and criteria without a value. */
export interface UnitSum {
  unit: string;
  year: number;
  points: Points;
  max: Points;
  unknown: number;
}

const GRID = 1_000_000;
const DECIMAL = /^(\d{1,9})(?:[.,](\d{1,6}))?%?$/;
const SHOWN_FAULTS = 20;
const COLUMNS = [
  'unit',
  'year',
  'id',
  'value',
  'done',
  'total',
  'deducted',
  'exempt',
  'not_applicable',
] as const;
type Column = (typeof COLUMNS)[number];

/** How one criterion's plain values are scored without leaving whole numbers. */
interface Quick {
  index: number;
  column: LineColumn | null;
  percent: boolean;
}

/**
 * Scores one large CSV a reading at a time: `unit,year,id,value`, with done, total, deducted, exempt and
 * not_applicable as wanted, sorted by unit and year. Memory does not grow with its rows. Plain numbers go through the batch
 * kernel, everything else through the same parsing and scoring as ever.
 */
export async function streamScores(file: string, catalogue: Catalogue): Promise<Result<UnitSum[]>> {
  const scorer = new StreamScorer(file, catalogue);
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      const text = rest + (chunk as string);
      const end = text.lastIndexOf('\n');
      if (end < 0) {
        rest = text;
        continue;
      }
      scorer.lines(text, end);
      rest = text.slice(end + 1);
      if (scorer.stopped) break;
    }
  } catch (fault) {
    const reason = (fault as NodeJS.ErrnoException).code;
    // Anything but a fault of the file is a bug.
    if (reason === undefined) throw fault;
    return failure({
      ...(reason === 'ENOENT'
        ? error('file-not-found', { file })
        : error('file-unreadable', { file, reason })),
      place: { file },
    });
  }
  if (rest !== '') scorer.lines(`${rest}\n`, rest.length);
  return scorer.end();
}

class StreamScorer {
  stopped = false;
  private readonly sums: UnitSum[] = [];
  private readonly done = new Set<string>();
  private readonly faults: Diagnostic[] = [];
  private count = 0;
  private line = 0;
  private separator = ',';
  private readonly at = new Map<Column, number>();
  private readonly quick = new Map<string, Quick>();
  private readonly seen: Uint32Array;
  private mark = 0;
  private current: UnitSum | null = null;
  private given = 0;

  constructor(
    private readonly file: string,
    private readonly catalogue: Catalogue,
  ) {
    this.seen = new Uint32Array(catalogue.criteria.length);
    catalogue.criteria.forEach((c, index) => {
      const input = c.compiled.inputs[0]!;
      const plain = c.compiled.inputs.length === 1 && input.form === 'line' && !c.relative;
      const whole = plain && input.quantity === 'count';
      const top = plain ? (input.range.hi?.valueOf() ?? 1e6) : 0;
      const column =
        plain && input.range.lo?.valueOf() === 0
          ? compileColumn(input.line, catalogue.decimals, whole ? 1 : GRID, top * (whole ? 1 : GRID))
          : null;
      this.quick.set(c.id, {
        index,
        column: whole ? null : column,
        percent: plain && input.quantity === 'percent',
      });
    });
  }

  /** Takes all lines of a text up to `end`. */
  lines(text: string, end: number): void {
    for (let start = 0; start < end; ) {
      let stop = text.indexOf('\n', start);
      if (stop < 0 || stop > end) stop = end;
      const line = text.slice(start, text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop);
      this.line++;
      if (line !== '') this.row(this.cells(line));
      start = stop + 1;
      if (this.stopped) return;
    }
  }

  private cells(line: string): string[] {
    if (this.line === 1)
      this.separator = line.includes('\t') ? '\t' : line.includes(';') && !line.includes(',') ? ';' : ',';
    if (!line.includes('"')) return line.split(this.separator);
    const cells: string[] = [];
    const each = new RegExp(`(?:"((?:[^"]|"")*)"|([^${this.separator}"]*))(?:${this.separator}|$)`, 'gy');
    for (let m = each.exec(line); m && cells.length < 64; m = each.exec(line)) {
      cells.push(m[1] === undefined ? m[2]! : m[1].replaceAll('""', '"'));
      if (each.lastIndex >= line.length) break;
    }
    return cells;
  }

  private row(cells: string[]): void {
    if (this.at.size === 0) {
      this.header(cells);
      return;
    }
    const cell = (column: Column) => {
      const i = this.at.get(column);
      return i === undefined ? '' : (cells[i] ?? '');
    };
    const [unit, year] = [cell('unit'), Number(cell('year'))];
    if (!this.current || this.current.unit !== unit || this.current.year !== year) this.open(unit, year);
    const id = cell('id');
    const quick = this.quick.get(id);
    if (!quick || this.seen[quick.index] === this.mark) {
      this.fault(quick ? error('duplicate-id', { id }) : error('unknown-criterion', { found: id }));
      return;
    }
    this.seen[quick.index] = this.mark;
    this.given++;
    const value = cell('value');
    const simple =
      cell('deducted') === '' &&
      cell('exempt') === '' &&
      cell('not_applicable') === '' &&
      cell('done') === '';
    if (simple && quick.column && this.plain(quick, quick.column, value)) return;
    this.entry(quick.index, cell);
  }

  /** A plain decimal, on the kernel's grid and within the range; anything else is not for it. */
  private plain(quick: Quick, column: LineColumn, value: string): boolean {
    const m = DECIMAL.exec(value);
    // Three places may be thousands, and a small percent may be a ratio: the careful reader says which.
    if (!m || m[2]?.length === 3 || (value.endsWith('%') && !quick.percent)) return false;
    const v = Number(m[1]) * GRID + Number((m[2] ?? '').padEnd(6, '0'));
    if (quick.percent && v > 100 * GRID) return false;
    this.current!.points += pointsAt(column, v);
    this.current!.max += this.catalogue.criteria[quick.index]!.max;
    return true;
  }

  private entry(index: number, cell: (column: Column) => string): void {
    const criterion = this.catalogue.criteria[index]!;
    const flag = (text: string) => text !== '' && !/^(0|false|không)$/iu.test(text);
    const fields = {
      ...(cell('value') !== '' && { value: cell('value') }),
      ...(cell('done') !== '' && { done: cell('done'), total: cell('total') }),
      ...(cell('deducted') !== '' && { deducted: cell('deducted') }),
      ...(cell('exempt') !== '' && { exempt: cell('exempt') }),
      ...(flag(cell('not_applicable')) && { not_applicable: true }),
    };
    const read = parseEntry(fields, criterion, this.catalogue.decimals, []);
    const errors = read.diagnostics.filter((d) => d.severity === 'error');
    for (const d of errors) this.fault(d);
    if (!read.entry || errors.length > 0) return;
    const scored = scoreCriterion(criterion, read.entry, this.catalogue);
    this.current!.points += scored.points ?? 0;
    this.current!.max += scored.max;
    if (scored.points === null) this.current!.unknown++;
  }

  private header(cells: string[]): void {
    cells.forEach((name, i) => {
      const known = COLUMNS.find(
        (c) =>
          c ===
          name
            .replace(/^\ufeff/, '')
            .trim()
            .toLowerCase(),
      );
      if (known) this.at.set(known, i);
    });
    const wants = (['unit', 'year', 'id'] as const).filter((c) => !this.at.has(c));
    if (wants.length > 0) {
      this.fault(error('no-header', { wants }));
      this.stopped = true;
    }
  }

  private open(unit: string, year: number): void {
    this.close();
    const key = JSON.stringify([unit, year]);
    if (this.done.has(key)) this.fault(error('stream-order', { unit, year }));
    this.done.add(key);
    this.current = { unit, year, points: 0, max: 0, unknown: 0 };
    this.mark++;
    this.given = 0;
  }

  private close(): void {
    if (!this.current) return;
    const rest = this.catalogue.notListed?.max ?? 0;
    this.current.points += rest;
    this.current.max += rest;
    this.current.unknown += this.catalogue.criteria.length - this.given;
    this.sums.push(this.current);
  }

  private fault(d: Diagnostic): void {
    this.count++;
    if (this.faults.length < SHOWN_FAULTS)
      this.faults.push({ ...d, place: { file: this.file, line: this.line } });
  }

  end(): Result<UnitSum[]> {
    this.close();
    if (this.count === 0) return { ok: true, value: this.sums, diagnostics: [] };
    const more = this.count - this.faults.length;
    const rest = more > 0 ? [{ ...error('stream-rows', { count: more }), place: { file: this.file } }] : [];
    return { ok: false, diagnostics: [...this.faults, ...rest] };
  }
}
