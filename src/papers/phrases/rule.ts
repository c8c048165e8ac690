import { decimalsNeeded, type Fraction, toNumber } from '../../exact/fraction.js';
import type { Earned } from './result.js';
import type { Sentence } from './sentence.js';

/** A rule as a catalogue file writes it. */
export type RuleData = { kind: string } & Record<string, unknown>;

/** What a phrase leaves open, and how it was taken; each is an assumption to confirm. */
export type Note =
  /** Between two tiers nothing is said (89% to 90%): taken as the lower tier. */
  | { kind: 'gap'; from: number; to: number }
  /** Two tiers hold the same value: the first that fits. */
  | { kind: 'twice'; at: number; unit: '%' | '' }
  /** Nothing is said of all other values: taken as no points. */
  | { kind: 'rest' }
  /** More than the highest number named falls to 'còn lại', as it is written. */
  | { kind: 'above'; at: number }
  /** Nothing is said of more than the highest number: such a value is refused. */
  | { kind: 'most'; at: number }
  /** 'tính theo tỷ lệ' without a formula: pro rata to the target. */
  | { kind: 'formula'; target: number }
  /** How far a penalty may go is not said: taken as down to no points. */
  | { kind: 'floor' }
  /** Only whole steps below the target cost points. */
  | { kind: 'steps'; step: number }
  /** Points of several things are added, each of which is there or not. */
  | { kind: 'parts' }
  /** A day without a year. */
  | { kind: 'year'; due: string };

/** Why sentences that are understood one by one make no rule together. */
export type Unclear =
  | { kind: 'hole'; from: number; to: number }
  | { kind: 'contradiction'; at: number }
  | { kind: 'top'; at: number }
  | { kind: 'max' }
  | { kind: 'words' };

/** A rule read from words, with what it measures in those words, and what the words leave open. */
export interface ReadRule {
  rule: RuleData;
  indicator: string | null;
  notes: Note[];
}

export type Unmade = { ok: false; why: Unclear };
export type Made = ({ ok: true } & ReadRule) | Unmade;
export const no = (why: Unclear = { kind: 'words' }): Unmade => ({ ok: false, why });
export const rule = (data: RuleData, indicator: string | null = null, notes: Note[] = []): Made => ({
  ok: true,
  rule: data,
  indicator,
  notes,
});

/** A rule's part, or none of its points but `earned` where nothing was sent or done at all: the lesser of the two. */
export const orNothing = (part: Record<string, unknown>, level: string, earned: Fraction): RuleData => ({
  kind: 'min',
  parts: [part, { input: 'none', name: level, rule: { kind: 'yes_no', yes: written(earned), no: 'max' } }],
});

export type Of<K extends Sentence['kind']> = Extract<Sentence, { kind: K }>;

/** The sentences of one kind, in order. */
export const ofKind = <K extends Sentence['kind']>(said: readonly Sentence[], kind: K): Of<K>[] =>
  said.filter((s): s is Of<K> => s.kind === kind);

/** The sentence on all that the others leave; `misplaced` where it is not the last, or there are several. */
export function restOf(said: readonly Sentence[]): Of<'rest'> | undefined | 'misplaced' {
  const [rest, ...more] = ofKind(said, 'rest');
  return more.length > 0 || (rest && said.at(-1) !== rest) ? 'misplaced' : rest;
}

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
