import { decimalsNeeded, type Fraction, toNumber } from '../../exact/fraction.js';
import type { Earned } from './result.js';
import type { Sentence } from './sentence.js';
import type { Note, Unclear } from './tiers.js';

/** A rule as a catalogue file writes it. */
export type RuleData = { kind: string } & Record<string, unknown>;

/** A rule read from words, with what it measures in those words, and what the words leave open. */
export interface ReadRule {
  rule: RuleData;
  indicator: string | null;
  notes: Note[];
}

export type Made = ({ ok: true } & ReadRule) | { ok: false; why: Unclear };
export const no = (why: Unclear = { kind: 'words' }): Made => ({ ok: false, why });
export const rule = (data: RuleData, indicator: string | null = null, notes: Note[] = []): Made => ({
  ok: true,
  rule: data,
  indicator,
  notes,
});

export type Of<K extends Sentence['kind']> = Extract<Sentence, { kind: K }>;

export const pointsOf = (earned: Earned): Fraction | null =>
  earned.kind === 'points' ? earned.points : null;

/** A number for YAML: exact where a decimal can say it. */
export function written(value: Fraction): number {
  return decimalsNeeded(value, 6) === null ? Number(toNumber(value).toFixed(6)) : toNumber(value);
}

export const worth = (points: Fraction, max: Fraction): number | 'max' =>
  points.equals(max) ? 'max' : written(points);

/** Whether points can be those of a criterion: some reach the maximum, none pass it, and not all are alike. */
export function reaches(points: readonly Fraction[], max: Fraction): boolean {
  const distinct = points.some((p) => !p.equals(points[0]!));
  return (
    points.some((p) => p.equals(max)) &&
    points.every((p) => p.compare(max) <= 0) &&
    (distinct || points.length === 1)
  );
}
