import type { Tone } from '../../render/presentation.js';

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

export interface BarRow {
  id: string;
  name: string;
  value: number;
  /** The value as people write it, with its mark. */
  text: string;
  tone: Tone;
}

/** Units of a group along the scale: known ones, how many are somewhere between, and the own unit. */
export interface RankChart {
  kind: 'rank';
  title: string;
  summary: string;
  low: number;
  high: number;
  ticks: { at: number; text: string }[];
  known: { at: number; name: string; text: string }[];
  unknown: { from: number; to: number; count: number; text: string }[];
  /** The own unit, now and as changed. */
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
export function roundTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
