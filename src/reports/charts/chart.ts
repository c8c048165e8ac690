import type { Tone } from '../../render/presentation.js';

/** Bars from a common line, largest first as they come. */
export interface BarChart {
  kind: 'bars';
  title: string;
  /** What the chart says, for those who do not see it. */
  summary: string;
  rows: BarRow[];
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
}

export type Chart = BarChart | RankChart;
