import { firstWhere } from '../../values/search.js';
import { type BarChart, type Chart, type LineChart, lengthOf, type RankChart } from './models.js';

/** How a chart is drawn: for a page that styles it, or for a file that stands alone. */
export interface SvgOptions {
  width: number;
  standalone: boolean;
  /** Whose chart it is, beside the title of one that stands alone. */
  about?: string;
  /** Whether a line, or a group, is drawn low, beside much else on a page. */
  low?: boolean;
  /** The longest bar, where it is one of another page. */
  most?: number;
  /** Makes the ids of title and description unique on a page. */
  id: string;
}

const FONT = 13;
/** Height of a line of text, and of a bar. */
const LINE = 17;
const BAR = 16;
const GAP = 8;
const NARROW = 560;

/** Colours and letters of a chart that stands alone; a page gives its own. */
const CHART_STYLE = `
text{fill:#1c1b1f}
.head{font-weight:700;font-size:15px}.soft{fill:#5f5b66}.axis{stroke:#8b8792}.grid{stroke:#e4e1e8}.bad{fill:#b3261e}.good{fill:#1b6e3c}
.dim{fill:#7a7582}.warn{fill:#8a5300}.band{fill:#5b6bb5;opacity:.22}.known{stroke:#3f4a8a;stroke-width:2}.own{fill:#b3261e}
.changed{fill:#1b6e3c}.paper{fill:#fff}.over{paint-order:stroke;stroke:#fff;stroke-width:6}`;

export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** About as wide as the letters are drawn; charts are laid out without a browser. */
const widthOf = (text: string) => text.length * FONT * 0.56;

function clipped(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  return `${text.slice(0, Math.max(1, Math.floor(room / (FONT * 0.56)) - 1)).trimEnd()}…`;
}

const textAt = (x: number, y: number, text: string, cls = '', anchor = 'start') =>
  `<text x="${round(x)}" y="${round(y)}"${cls ? ` class="${cls}"` : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escapeXml(text)}</text>`;

const round = (n: number) => Math.round(n * 100) / 100;

/** A line through points, as a path draws it. */
const pathOf = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

/** A chart as SVG, with a title and a description in words. */
export function svgOf(chart: Chart, options: SvgOptions): string {
  const { body, height } = drawn(chart, options);
  const top = options.standalone ? 30 : 0;
  const ids = [`${options.id}-title`, `${options.id}-desc`];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${options.width} ${round(height + top)}" width="${options.width}" height="${round(height + top)}" role="img" aria-labelledby="${ids.join(' ')}"${options.standalone ? ` font-family="DejaVu Sans, Segoe UI, Noto Sans, Arial, sans-serif" font-size="${FONT}"` : ''}>`,
    `<title id="${ids[0]}">${escapeXml(chart.title)}</title>`,
    `<desc id="${ids[1]}">${escapeXml(chart.summary)}</desc>`,
    ...(options.standalone
      ? [
          `<style>${CHART_STYLE}</style>`,
          '<rect class="paper" width="100%" height="100%"/>',
          textAt(8, 20, options.about ? `${chart.title} · ${options.about}` : chart.title, 'head'),
          `<g transform="translate(0 ${top})">`,
        ]
      : []),
    body,
    ...(options.standalone ? ['</g>'] : []),
    '</svg>',
  ].join('');
}

interface Drawing {
  body: string;
  height: number;
}

function drawn(chart: Chart, options: SvgOptions): Drawing {
  if (chart.kind === 'bars') return bars(chart, options);
  return chart.kind === 'line' ? line(chart, options) : strip(chart, options);
}

/** Height of the part of a line chart between its lowest and highest values. */
const LINE_PANEL = 170;
const LOW_PANEL = 64;

function line({ points, low, high, ticks, unit }: LineChart, options: SvgOptions): Drawing {
  const { width } = options;
  const panel = options.low ? LOW_PANEL : LINE_PANEL;
  const left = GAP + Math.max(...ticks.map((t) => widthOf(t.text)), 0) + GAP;
  const half = Math.max(...points.map((p) => widthOf(p.text))) / 2;
  const [from, to] = [left + half + GAP, width - half - GAP];
  const top = 2 * LINE;
  const x = (i: number) => from + ((to - from) * i) / (points.length - 1);
  const y = (value: number) => top + panel * (1 - (value - low) / (high - low));
  const floor = top + panel;
  const path = pathOf(points.map((p, i) => [x(i), y(p.value)] as const));
  const body = [
    textAt(GAP, 13, unit, 'soft'),
    ...ticks.map(
      ({ at, text }) =>
        `<line class="grid" x1="${round(left)}" x2="${width - GAP}" y1="${round(y(at))}" y2="${round(y(at))}"/>` +
        textAt(left - GAP, y(at) + 4, text, 'soft', 'end'),
    ),
    `<line class="axis" x1="${round(left)}" x2="${width - GAP}" y1="${floor}" y2="${floor}"/>`,
    `<path class="known" fill="none" d="${path}"/>`,
    ...points.map(
      (p, i) =>
        `<circle class="own" cx="${round(x(i))}" cy="${round(y(p.value))}" r="5"/>` +
        textAt(x(i), y(p.value) - 10, p.text, 'over', 'middle') +
        textAt(x(i), floor + LINE, p.label, 'soft', 'middle'),
    ),
  ];
  return { body: body.join(''), height: floor + LINE + 8 };
}

/** A text in lines that fit a width, its words kept whole where they can be. */
function linesOf(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Lines of a name beside its bar; longer ones stand over it. */
const LONGEST_NAME = 4;

/** Bars with their names in lines, beside them or over them, and the height that each takes. */
function laidOut({ rows }: BarChart, width: number) {
  const label = Math.min(330, width * 0.42);
  const linesIn = (room: number) =>
    rows.map((row) => linesOf(row.id ? `${row.id} ${row.name}` : row.name, room - 2 * GAP));
  const beside = linesIn(label);
  const over = width < NARROW || beside.some((lines) => lines.length > LONGEST_NAME);
  const placed = (over ? linesIn(width) : beside).map((lines, i) => {
    const words = lines.length * LINE;
    return { row: rows[i]!, lines, height: over ? words + BAR + 12 : Math.max(words, BAR) + 8 };
  });
  return { over, label: over ? 0 : label, placed };
}

/** Height of what stands under the bars: marks, unit and key. */
const FOOT = 14 + 2 * LINE + 8;

/** A chart as pictures one under another, none of bars taller than a page. */
export function svgPages(chart: Chart, options: SvgOptions, page: number): string {
  if (chart.kind !== 'bars') return svgOf(chart, options);
  const parts: BarChart[] = [];
  let used = 0;
  for (const { row, height } of laidOut(chart, options.width).placed) {
    if (parts.length === 0 || used + height > page) {
      parts.push({ ...chart, rows: [] });
      used = FOOT;
    }
    parts.at(-1)!.rows.push(row);
    used += height;
  }
  if (parts.length < 2) return svgOf(chart, options);
  const most = longestOf(chart.rows);
  return parts.map((part, i) => svgOf(part, { ...options, most, id: `${options.id}-${i}` })).join('');
}

const longestOf = (rows: BarChart['rows']) => Math.max(...rows.map(lengthOf), 1e-9);

function bars(chart: BarChart, { width, most = longestOf(chart.rows) }: SvgOptions): Drawing {
  const { rows, ticks, unit, key } = chart;
  const { over, label, placed } = laidOut(chart, width);
  const longest = Math.max(0, ...rows.map((r) => widthOf(r.text)));
  const room = Math.max(20, width - label - longest - 3 * GAP);
  const left = label + GAP;
  const scaled = (length: number) => (length / most) * room;
  const start = over ? 0 : GAP;
  let y = 4;
  const drawn = placed.map(({ row, lines, height }) => {
    const top = y;
    y += height;
    const words = lines.map((line, i) => textAt(start, top + 13 + i * LINE, line)).join('');
    const base = over ? top + lines.length * LINE + 2 : top + (lines.length * LINE - BAR) / 2;
    const long = scaled(lengthOf(row));
    const bar = (length: number, paint = '') =>
      `<rect class="${row.tone}"${paint} x="${round(left)}" y="${round(base)}" width="${round(Math.max(1, length))}" height="${BAR}" rx="2"/>`;
    const sure = row.sure === undefined ? long : scaled(Math.max(0, row.sure));
    return [
      words,
      ...(sure < long ? [bar(long, ' fill-opacity="0.35"')] : []),
      ...(sure > 0 || sure === long ? [bar(sure)] : []),
      textAt(left + long + 6, base + BAR - 3, row.text, 'soft over'),
    ].join('');
  });
  const axis = ticks.map(({ at, text }) => {
    const x = left + (at / most) * room;
    return (
      // Where names stand over the bars a line through them would cross them out.
      `<line class="grid" x1="${round(x)}" x2="${round(x)}" y1="${over ? y - 6 : 0}" y2="${y}"/>` +
      textAt(x, y + 14, text, 'soft', 'middle')
    );
  });
  const below = [
    textAt(left, y + 14 + LINE, unit, 'soft'),
    ...(key === '' ? [] : [textAt(start, y + 14 + (over ? 2 * LINE : LINE), key, 'soft')]),
  ];
  const height = y + 14 + LINE * (over && key !== '' ? 2 : 1) + 8;
  return { body: [...axis, ...drawn, ...below].join(''), height };
}

/** Height of the rank along the score. */
const PANEL = 110;

/** The rank along the score, first at the top, with its band, over the group's density. */
function curvePanel(
  { points, size }: NonNullable<RankChart['curve']>,
  words: readonly string[],
  x: (at: number) => number,
  top: number,
  pad: number,
): string {
  const y = (rank: number) => top + ((rank - 1) / Math.max(1, size - 1)) * PANEL;
  const floor = top + PANEL;
  const [first, last] = [points[0]!, points.at(-1)!];
  const area = points.map((p) => [x(p.at), floor - p.density * PANEL * 0.9] as const);
  const band = [
    ...points.map((p) => [x(p.at), y(p.low)] as const),
    ...[...points].reverse().map((p) => [x(p.at), y(p.high)] as const),
  ];
  return [
    `<path class="grid" fill="currentColor" fill-opacity="0.08" d="${pathOf([[x(first.at), floor], ...area, [x(last.at), floor]])}Z"/>`,
    `<path class="band" d="${pathOf(band)}Z"/>`,
    `<path class="known" fill="none" d="${pathOf(points.map((p) => [x(p.at), y(p.mean)] as const))}"/>`,
    textAt(pad - 6, top + 5, '1', 'soft', 'end'),
    textAt(pad - 6, floor + 5, String(size), 'soft', 'end'),
    ...words.map((text, i) => textAt(GAP, floor + 24 + i * LINE, text, 'soft')),
  ].join('');
}

/**
 * Where words about places along a width stand: whole, inside it, and on a further line where they would touch; placed
 * from the left, in the order of their places.
 */
function placedWords<T extends { text: string; at: number }>(items: readonly T[], width: number) {
  const ends: number[] = [];
  return [...items]
    .sort((p, q) => p.at - q.at)
    .map((item) => {
      const half = widthOf(item.text) / 2;
      const middle = Math.min(width - GAP - half, Math.max(GAP + half, item.at));
      let line = ends.findIndex((end) => middle - half >= end + GAP);
      if (line < 0) line = ends.push(0) - 1;
      ends[line] = middle + half;
      return { ...item, middle, line };
    });
}

/** Lines of names over a group: all of them stand on a page, and fewer beside much else. */
const NAME_LINES = 40;
const LOW_NAME_LINES = 12;

function strip(chart: RankChart, { width, low = false }: SvgOptions): Drawing {
  const pad = 28;
  const x = (at: number) => pad + ((at - chart.low) / (chart.high - chart.low)) * (width - 2 * pad);
  const marks = [
    ...chart.known.map((k) => ({ ...k, ours: false, changed: false })),
    ...chart.own.map((o) => ({ ...o, ours: true })),
  ].map((mark) => {
    const text = clipped(`${mark.name} ${mark.text}`, width - 2 * GAP);
    return { ...mark, text, at: width - x(mark.at) };
  });
  // Where not all names have room, those stand that are nearest to our unit.
  const ours = marks.find((m) => m.ours)!;
  const distance = (m: (typeof marks)[number]) => (m.ours ? -1 : Math.abs(m.at - ours.at));
  const nearest = [...marks].sort((p, q) => distance(p) - distance(q));
  const most = low ? LOW_NAME_LINES : NAME_LINES;
  const fit = firstWhere(1, marks.length, (n) =>
    placedWords(nearest.slice(0, n + 1), width).some((p) => p.line >= most),
  );
  const unnamed = nearest.slice(fit);
  const named = marks.filter((m) => !unnamed.includes(m));
  // Names are placed from the right.
  const placed = placedWords(named, width).map((p) => ({ ...p, at: width - p.at, middle: width - p.middle }));
  const gaps = placedWords(
    chart.unknown.map((u) => ({ ...u, at: (x(u.from) + x(u.to)) / 2 })),
    width,
  );
  const lines = 1 + Math.max(0, ...placed.map((p) => p.line));
  const axis = lines * 18 + 14;
  // Each line of words under the axis moves what stands below it down.
  const below = LINE * Math.max(0, ...gaps.map((g) => g.line));
  const foot = axis + below + 62 + (unnamed.length > 0 ? LINE : 0);
  const known = (at: number) =>
    `<line class="known" x1="${round(at)}" x2="${round(at)}" y1="${axis - 9}" y2="${axis + 9}"/>`;
  const parts = [
    ...gaps.map(
      (g) =>
        `<rect class="band" x="${round(x(g.from))}" y="${axis - 12}" width="${round(x(g.to) - x(g.from))}" height="24"/>` +
        textAt(g.middle, axis + 34 + g.line * LINE, g.text, 'soft', 'middle'),
    ),
    `<line class="axis" x1="${pad}" x2="${width - pad}" y1="${axis}" y2="${axis}"/>`,
    ...chart.ticks.map(
      (t) =>
        `<line class="axis" x1="${round(x(t.at))}" x2="${round(x(t.at))}" y1="${axis - 3}" y2="${axis + 3}"/>` +
        textAt(x(t.at), axis + 54 + below, t.text, 'soft', 'middle'),
    ),
    ...unnamed.map((m) => known(width - m.at)),
    ...(unnamed.length > 0 ? [textAt(GAP, foot - 8, chart.unnamed(unnamed.length), 'soft')] : []),
    ...placed.map((p) => {
      const y = (lines - p.line) * 18 - 4;
      const at = round(p.at);
      const mark = p.ours
        ? `<circle class="${p.changed ? 'changed' : 'own'}" cx="${at}" cy="${axis}" r="6"/>`
        : known(p.at);
      return mark + textAt(p.middle, y, p.text, p.ours ? (p.changed ? 'good' : 'bad') : '', 'middle');
    }),
  ];
  if (!chart.curve) return { body: parts.join(''), height: foot };
  const words = linesOf(chart.curve.title, width - 2 * GAP);
  const panel = curvePanel(chart.curve, words, x, foot + 4, pad);
  return { body: parts.join('') + panel, height: foot + 4 + PANEL + 17 + words.length * LINE };
}
