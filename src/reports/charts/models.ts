import { groupPicture, type Rank } from '../../ranking/place.js';
import { openGaps, type Rivals } from '../../ranking/rivals.js';
import { leagueScore } from '../../ranking/standings.js';
import type { Tone } from '../../render/presentation.js';
import {
  indexText,
  lossText,
  ownerText,
  provenanceMark,
  rangeText,
  rankText,
  scoreCell,
} from '../../render/words.js';
import type { Subtotal } from '../../scoring/result.js';
import type { Words } from '../../text/index.js';
import { toNumber } from '../../values/fraction.js';
import { type Points, pointsToNumber } from '../../values/points.js';
import type { ReportModel } from '../model.js';

/** Bars from a common line, largest first as they come. */
export interface BarChart {
  kind: 'bars';
  title: string;
  /** What the chart says, for those who do not see it. */
  summary: string;
  rows: BarRow[];
  /** What its axis counts, and round marks along it. */
  unit: string;
  ticks: { at: number; text: string }[];
  /** What the marks beside values mean; empty when none has one. */
  key: string;
}

interface BarRow {
  id: string;
  name: string;
  /** Null while it is not known. */
  value: number | null;
  /** How long its bar is, where not as the value: what is lost is as long as what is gained. */
  length?: number;
  /** How much of the value is sure, where not all of it is known; the rest is drawn pale. */
  sure?: number;
  /** The value as people write it, with its mark. */
  text: string;
  tone: Tone;
}

/** Units of a group along the scale: known ones, how many are somewhere between, and our unit. */
export interface RankChart {
  kind: 'rank';
  title: string;
  summary: string;
  low: number;
  high: number;
  ticks: { at: number; text: string }[];
  known: { at: number; name: string; text: string }[];
  unknown: { from: number; to: number; count: number; text: string }[];
  /** How many of the known ones have no room for their names, in words. */
  unnamed: (units: number) => string;
  /** Our unit, now and as changed. */
  own: { at: number; name: string; text: string; changed: boolean }[];
  /** The rank along the score with its 90% band, and how densely the group stands (1 where most); null without a model. */
  curve: {
    size: number;
    title: string;
    points: { at: number; mean: number; low: number; high: number; density: number }[];
  } | null;
}

/** Values along years, joined by a line. */
export interface LineChart {
  kind: 'line';
  title: string;
  summary: string;
  points: { label: string; value: number; text: string }[];
  /** The part of the scale that is drawn, with round marks along it, and what it counts. */
  low: number;
  high: number;
  ticks: { at: number; text: string }[];
  unit: string;
}

export type Chart = BarChart | RankChart | LineChart;

/** Round marks from `low` to `high`: steps of 1, 2 or 5 times a power of ten, about `count` of them. */
function roundTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** How long a bar is. */
export const lengthOf = ({ length, value }: Pick<BarRow, 'length' | 'value'>): number =>
  Math.max(0, length ?? value ?? 0);

type Draw = (model: ReportModel, words: Words) => Chart | null;

/** Every chart of a report, by name. A new one is one entry here. */
export const charts = { tornado, fields, owners, rank, scenarios, years } satisfies Record<string, Draw>;

export type ChartName = keyof typeof charts;
export const chartNames = Object.keys(charts) as ChartName[];

const summaryOf = (rows: readonly BarRow[]) => rows.map((r) => `${r.id} ${r.name}: ${r.text}`).join('; ');

const MARKS = /[~*]/;
const BAR_TICKS = 5;

function barChart(title: string, rows: BarRow[], { labels, numbers }: Words): BarChart {
  // The words are made when they are asked for: the rows of ten thousand units have no use for them.
  return {
    kind: 'bars',
    title,
    get summary() {
      return summaryOf(rows);
    },
    rows,
    unit: labels.report.points,
    get ticks() {
      const most = Math.max(0, ...rows.map(lengthOf));
      const ticks = most > 0 ? roundTicks(0, most, BAR_TICKS) : [];
      return ticks.map((at) => ({ at, text: numbers.number(at, 4) }));
    },
    get key() {
      return [
        ...(rows.some((r) => MARKS.test(r.text)) ? [labels.report.key] : []),
        ...(rows.some((r) => r.sure !== undefined) ? [labels.report.pale] : []),
      ].join(' · ');
    },
  };
}

/** Recoverable points by criterion, largest first. */
function tornado({ levers, current }: ReportModel, words: Words): Chart {
  const { labels, numbers } = words;
  const { decimals } = current.catalogue;
  const rows = levers().map(({ row, recoverable }): BarRow => {
    const mark = provenanceMark(row.provenance);
    // What is unknown may have all its points already.
    const open = row.status === 'unknown';
    return {
      id: row.criterion.id,
      name: numbers.pick(row.criterion.name),
      value: pointsToNumber(recoverable, decimals),
      ...(open && { sure: 0 }),
      text: `${open ? '0–' : ''}${numbers.points(recoverable, decimals)}${mark ? ` ${mark}` : ''}`,
      tone: 'bad',
    };
  });
  return barChart(labels.report.charts.tornado, rows, words);
}

/** A bar of points lost, or of the range of them while something is unknown. */
function lostRow(id: string, name: string, sums: Subtotal, { current }: ReportModel, words: Words): BarRow {
  const { decimals } = current.catalogue;
  const { deduction, max, worst, best } = sums;
  const lost = (p: Points) => pointsToNumber(deduction ?? max - p, decimals);
  const [sure, value] = [lost(best), lost(worst)];
  const text = lossText(sums, decimals, words, true);
  return { id, name, value, ...(sure < value && { sure }), text, tone: 'bad' };
}

/** Points lost by field, in the scheme's order; of which nothing is in the scale, nothing is lost. */
function fields(model: ReportModel, words: Words): Chart {
  const rows = model.current.fields
    .filter((f) => f.depth === 0 && f.max > 0)
    .map((f) => lostRow(f.field.id, words.numbers.pick(f.field.name), f, model, words));
  return barChart(words.labels.report.charts.fields, rows, words);
}

/** Points lost by lead unit, most first. */
function owners(model: ReportModel, words: Words): Chart {
  const { catalogue, owners } = model.current;
  const rows = owners
    .map((o) => lostRow('', ownerText(catalogue, o.owner, words), o, model, words))
    .sort((p, q) => lengthOf(q) - lengthOf(p));
  return barChart(words.labels.report.charts.owners, rows, words);
}

/** A rank beside a bar, where who is level with the unit has no room. */
const rankBeside = (rank: Rank, words: Words): string =>
  rank.best === rank.worst ? rankText(rank, words) : `${rangeText(rank.best, rank.worst)}/${rank.size}`;

/** What each scenario gains over the reading, or loses; null without one. */
function scenarios({ compared }: ReportModel, words: Words): Chart | null {
  const { labels, numbers } = words;
  const [first, ...others] = compared;
  const start = first?.result.total.score ?? null;
  if (others.length === 0) return null;
  const rows = others.map(({ name, result, rank }): BarRow => {
    const { total, catalogue } = result;
    const gain = total.score === null || start === null ? null : total.score - start;
    const said = [numbers.signed(gain, catalogue.decimals), scoreCell(result, words)];
    if (rank) said.push(rankBeside(rank, words));
    const value = gain && pointsToNumber(gain, catalogue.decimals);
    const tone = gain !== null && gain < 0 ? 'bad' : 'good';
    const length = value !== null && { length: Math.abs(value) };
    return { id: '', name, value, ...length, text: said.join(' · '), tone };
  });
  return barChart(labels.report.charts.scenarios, rows, words);
}

const YEAR_TICKS = 4;

/** The index by year; null where fewer than two years have one. */
function years({ years: results }: ReportModel, words: Words): LineChart | null {
  const { labels, numbers } = words;
  const points = results.flatMap((result) => {
    const { index } = result.total;
    return index
      ? [{ label: String(result.year), value: toNumber(index), text: indexText(result, words) }]
      : [];
  });
  if (points.length < 2) return null;
  const values = points.map((p) => p.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(0.5, (most - least) * 0.25);
  const [low, high] = [Math.min(least, Math.max(0, least - margin)), most + margin];
  return {
    kind: 'line',
    title: labels.report.charts.years,
    summary: points.map((p) => `${p.label}: ${p.text}`).join('; '),
    points,
    low,
    high,
    ticks: roundTicks(low, high, YEAR_TICKS).map((at) => ({ at, text: numbers.number(at, 2) })),
    unit: `${labels.columns.index} (%)`,
  };
}

/** The rank along the part of the scale that a chart shows. */
function curveOf(rivals: Rivals, low: number, high: number, { labels }: Words): RankChart['curve'] {
  const points = groupPicture(rivals)?.filter((p) => p.score >= low && p.score <= high) ?? [];
  if (points.length < 2) return null;
  const most = Math.max(...points.map((p) => p.density));
  return {
    size: rivals.size,
    title: labels.rank.picture.band,
    points: points.map((p) => ({
      at: p.score,
      mean: p.mean,
      low: p.low,
      high: p.high,
      density: p.density / most,
    })),
  };
}

const RANK_TICKS = 6;

/** Where the unit stands among the others; null without a league or while its score is an interval. */
function rank({ rivals, baseline, current, ranks, changed }: ReportModel, words: Words): Chart | null {
  const { labels, numbers } = words;
  if (!rivals || !ranks.current || !ranks.baseline) return null;
  const { league } = rivals;
  const at = (result: typeof current) => leagueScore(result, league.scale).score;
  const [before, now] = [at(baseline), at(current)];
  if (!before || !now) return null;
  const gaps = openGaps(rivals);
  const scored = rivals.rivals.flatMap((r) => {
    if (r.form !== 'scored') return [];
    return [{ at: toNumber(r.score), name: r.unit, text: numbers.number(r.score, 4) }];
  });
  const ours = [
    { at: toNumber(before), name: baseline.unit, text: numbers.number(before, 4), changed: false },
    ...(changed
      ? [{ at: toNumber(now), name: labels.report.asChanged, text: numbers.number(now, 4), changed: true }]
      : []),
  ];
  const marks = [...scored, ...ours].map((m) => m.at);
  const [bottom, top] = [Math.min(...marks), Math.max(...marks)];
  const margin = Math.max(1, (top - bottom) * 0.15);
  // Points outside the scale may bring a score beyond its ends.
  const low = Math.min(bottom, Math.max(0, bottom - margin));
  const end = gaps.length > 0 && scored.length === 0 ? 100 : top + margin;
  const high = Math.max(top, Math.min(toNumber(league.scale), end));
  const unknown = gaps
    .map((g) => ({ from: Math.max(low, g.low), to: Math.min(high, g.high), count: g.units }))
    .filter((g) => g.to > g.from)
    .map((g) => ({ ...g, text: labels.report.unknownUnits(g.count) }));
  const ticks = roundTicks(low, high, RANK_TICKS);
  return {
    kind: 'rank',
    title: labels.report.charts.rank,
    summary: [
      `${baseline.unit}: ${rankText(ranks.baseline, words)}`,
      ...(changed ? [`${labels.report.asChanged}: ${rankText(ranks.current, words)}`] : []),
      ...scored.map((k) => `${k.name} ${k.text}`),
      ...unknown.map((u) => u.text),
    ].join('; '),
    low,
    high,
    ticks: ticks.map((t, i) => ({
      at: t,
      text: `${numbers.number(t, 1)}${i === 0 ? ` ${labels.report.points}` : ''}`,
    })),
    known: scored,
    unknown,
    unnamed: labels.report.unnamedUnits,
    own: ours,
    curve: curveOf(rivals, low, high, words),
  };
}
