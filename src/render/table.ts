import { Chalk, type ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import stringWidth from 'fast-string-width';
import { greatest } from '../values/search.js';
import type { FormatContext, Render } from './formats.js';
import { clip, columnWidths, GAP, wrapText } from './layout.js';
import { type Block, type Column, type Fact, type Table, type Tone, visible } from './presentation.js';

type Paint = (text: string, tone?: Tone) => string;

function painter(chalk: ChalkInstance): Paint {
  const paints: Record<Tone, (text: string) => string> = {
    plain: (t) => t,
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    dim: chalk.dim,
    strong: chalk.bold,
  };
  return (text, tone = 'plain') => (text === '' ? text : paints[tone](text));
}

/** Aligned text for a terminal. */
export const renderTable: Render = ({ blocks }, context) => {
  const paint = painter(new Chalk({ level: context.color ? 1 : 0 }));
  return `${blocks.map((b) => block(b, context, paint)).join('\n\n')}\n`;
};

function block(b: Block, context: FormatContext, paint: Paint): string {
  const strong = (text: string) => wrapText(visible(text), context.width).map((l) => paint(l, 'strong'));
  const withTitle = (title: string | undefined, lines: string[]) =>
    [...(title ? strong(title) : []), ...lines].join('\n');
  switch (b.kind) {
    case 'answer':
      return [
        paint(clip(visible(b.title), context.width), 'strong'),
        ...facts(b.rows, context, paint, (text, width, who) => [
          clip(withShortened(who, text, width), width),
        ]),
      ].join('\n');
    case 'heading':
      return strong(b.text).join('\n');
    case 'text':
      return wrapText(visible(b.text), context.width)
        .map((l) => paint(l, b.tone))
        .join('\n');
    case 'facts':
      return withTitle(b.title, facts(b.rows, context, paint));
    case 'picture':
      return withTitle(b.title, b.lines.map(visible));
    case 'table':
      return withTitle(b.title, table(b, context, paint));
  }
}

function facts(
  rows: readonly Fact[],
  context: FormatContext,
  paint: Paint,
  broken: (text: string, width: number, who?: string) => string[] = wrapText,
): string[] {
  const widest = Math.min(
    greatest(rows.map((r) => stringWidth(r.label))),
    Math.floor((context.width * 2) / 5),
  );
  return rows.flatMap((r) => {
    const labels = broken(visible(r.label), widest);
    const lines = broken(visible(r.text), Math.max(20, context.width - widest - 2), r.who);
    return Array.from({ length: Math.max(labels.length, lines.length) }, (_, i) => {
      const label = labels[i] ?? '';
      const pad = ' '.repeat(widest - stringWidth(label));
      return `${paint(label, 'dim')}${pad}  ${paint(lines[i] ?? '', r.tone)}`.trimEnd();
    });
  });
}

/** A text whose beginning is cut so that the rest fits, where ten columns are left for it. */
function withShortened(who = '', text: string, width: number): string {
  const rest = text.slice(visible(who).length);
  const left = width - stringWidth(rest);
  return stringWidth(text) > width && left >= 10 ? `${clip(visible(who), left)}${rest}` : text;
}

const LINES = ['top', 'bottom'].flatMap((side) => ['', '-mid', '-left', '-right'].map((at) => side + at));
const RULES = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'];
const BARE = Object.fromEntries([...LINES, ...RULES].map((name) => [name, '']));
const STYLE = { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 };

/** Pads numbers so that their decimal marks stand in one column. */
function alignDecimals(texts: string[]): string[] {
  const tail = (t: string) => /[.,]\d*%?$/.exec(t)?.[0].length ?? (/%$/.test(t) ? 1 : 0);
  const widest = greatest(texts.map(tail), 0);
  return texts.map((t) => (t === '' ? t : t + ' '.repeat(widest - tail(t))));
}

function table(t: Table, context: FormatContext, paint: Paint): string[] {
  if (t.rows.length === 0) return [];
  const texts = t.columns.map((column, i) => {
    const column_ = t.rows.map((row) => visible(row.cells[i]?.text ?? ''));
    return column.align === 'decimal' ? alignDecimals(column_) : column_;
  });
  const measured = texts.map((column) =>
    column.filter((_, r) => !t.rows[r]!.role || /^[\d?]/.test(column[r]!)),
  );
  const widths = columnWidths(t.columns, measured, context.width);
  const wide = (i: number, span: number) =>
    widths.slice(i, i + span).reduce((a, b) => a + b, GAP * (span - 1));
  const fill = (text: string, i: number, span: number, tone: Tone | undefined): Filled => ({
    span,
    align: alignOf(t.columns[i]!),
    lines: wrapText(text, wide(i, span)).map((l) => paint(l, tone)),
  });
  const head = t.columns.map((c, i) => fill(c.title, i, 1, 'dim'));
  const body = t.rows.map((row, r) => {
    const strong: Tone | undefined = row.role ? 'strong' : undefined;
    const cells = t.columns.map((_, i) => texts[i]![r]!);
    const line: Filled[] = [];
    for (let i = 0; i < cells.length; ) {
      const span = row.role ? spanAt(cells, t, i, widths[i]!) : 1;
      line.push(fill(cells[i]!, i, span, row.cells[i]?.tone ?? strong));
      i += span;
    }
    return line;
  });
  const rule = paint('─'.repeat(wide(0, widths.length)), 'dim');
  const lines = body.flatMap((row) => linesOf(row, wide));
  return drawn([...linesOf(head, wide), rule, ...lines]);
}

/** A cell's text in lines, over `span` columns. */
interface Filled {
  span: number;
  align: 'left' | 'right';
  lines: string[];
}

/** The lines of a row, its cells padded to their columns. */
function linesOf(row: readonly Filled[], wide: (i: number, span: number) => number): string[] {
  const height = greatest(row.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, k) => {
    let i = 0;
    const cells = row.map(({ span, align, lines }) => {
      const text = lines[k] ?? '';
      const pad = ' '.repeat(Math.max(0, wide(i, span) - stringWidth(text)));
      i += span;
      return align === 'right' ? pad + text : text + pad;
    });
    return cells.join(' '.repeat(GAP));
  });
}

/** Lines that the library draws at a time: it looks at every row for each of them. */
const DRAWN = 100;

/** The lines as rows of one cell, which is what the library is quick at: 25 of 215 ms of a score against cells (Node 20). */
function drawn(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (let from = 0; from < lines.length; from += DRAWN) {
    const table = new CliTable({ chars: BARE, wordWrap: false, style: STYLE });
    for (const line of lines.slice(from, from + DRAWN)) table.push([line]);
    texts.push(table.toString());
  }
  return texts.flatMap((text) => text.split('\n').map((line) => line.trimEnd()));
}

const alignOf = (c: Column) => (c.align && c.align !== 'left' ? ('right' as const) : ('left' as const));

/** Columns that a text too long for its own may run over: its own and the empty ones after it. */
function spanAt(cells: readonly string[], t: Table, i: number, width: number): number {
  let end = i + 1;
  if (stringWidth(cells[i]!) <= width || alignOf(t.columns[i]!) === 'right') return 1;
  while (end < cells.length && cells[end] === '') end++;
  return end - i;
}
