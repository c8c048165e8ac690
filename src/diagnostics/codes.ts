/** What each diagnostic carries, by its stable code. Words for them live in the text catalogues. */
export interface DiagnosticParams {
  // Files
  'file-not-found': { file: string; suggestion?: string };
  'file-unreadable': { file: string; reason: string };
  'file-too-large': { file: string; size: number; limit: number };
  'unknown-file-type': { file: string; known: string[] };
  'not-utf8': { file: string };
  'decoded-as': { file: string; encoding: string };
  'no-header': { wants: string[] };
  'no-rows': Record<never, never>;
  'unknown-column': { value: string; suggestion?: string | undefined };
  'not-a-regular-file': { file: string };
  'not-text': { file: string };
  'garbled-text': Record<never, never>;
  'not-a-workbook': { file: string; kind: string };
  'damaged-workbook': { file: string; part: string };
  'inflates-too-far': { file: string; limit: number };
  'too-many-cells': { file: string; limit: number };
  'too-many-rows': { file: string; limit: number };
  'formula-not-calculated': Record<never, never>;
  'cell-error': { value: string };
  'head-of-other-year': { value: string };
  'head-of-period': { value: string };
  'rate-differs': { value: string; done: string; total: string };
  'same-meaning': { value: string; other: string };
  'row-too-wide': { cells: number; head: number; value: string; separator: string | null };
  'cell-without-head': { value: string };
  'split-decimal': { value: string };
  'value-without-id': { value: string };
  'row-without-unit': { id: string };
  'merged-value': { value: string };
  'cell-not-json': { value: string; column: string };
  'sheet-not-used': { sheet: string; cells: number; hidden: boolean };
  'cells-not-used': { why: string; count: number; cells: string[] };
  'many-readings': { count: number };
  'forms-of-months': { unit: string; files: string[] };
  'form-month': Record<string, never>;
  'month-twice': { unit: string; month: number; files: string[] };
  'month-missing': { unit: string; id: string | null; months: number[] };
  'month-fell': { unit: string; id: string; month: number };
  'forms-missing': { units: string[]; size: number };
  /** `fault`: the reader's code of it, when its words are English alone. */
  syntax: { reason: string; fault?: string };
  'duplicate-key': { key: string };
  'forbidden-key': { key: string };
  'too-deep': { limit: number };
  'too-many-values': { limit: number };
  'too-many-documents': { limit: number };
  'yaml-too-large': { file: string };
  'more-diagnostics': { count: number };
  'unknown-shape': { kinds: string[] };
  'other-kind': { expected: string; value: string };
  // Shape
  'wrong-type': { expected: string; value: string };
  'missing-key': { key: string };
  'unknown-key': { key: string; suggestion?: string; options?: readonly string[] };
  'not-one-of': { value: string; options: string[]; suggestion?: string };
  'not-a-number': { value: string; whole?: boolean };
  'bad-date': { value: string };
  'out-of-range': { value: string; min?: number; max?: number; year?: boolean };
  'too-short': { least: number };
  'provenance-incomplete': { provenance: string; wants: string };
  'provenance-missing': { what: string };
  'bad-bounds': { value: string };
  'choose-one': { keys: string[] };
  'measure-unread': { kind: string };
  'tier-open': Record<never, never>;
  'due-without-date': { quantity: string };
  'date-without-due': Record<never, never>;
  'better-without-against': Record<never, never>;
  'input-shared': { key: string };
  'part-needs-max': { key: string };
  // Catalogue
  'duplicate-id': { id: string };
  'unknown-field': { value: string; suggestion?: string };
  'extends-circle': { files: string[] };
  'field-circle': { id: string };
  'unknown-owner': { value: string; suggestion?: string };
  'unknown-source': { value: string; suggestion?: string };
  'example-differs': { id: string; points: string; byRule: string };
  'examples-missing': { id: string; at: string[] };
  'examples-left': { ids: string[] };
  'migrate-lost': { id: string; to: string | null };
  'migrate-new': { ids: string[] };
  'requires-circle': { id: string };
  'requires-input': { id: string; options: string[] };
  'deducts-inside': { id: string };
  'otherwise-without-units': Record<never, never>;
  'adjustments-of-nothing': Record<never, never>;
  'adjustment-over-most': { id: string; max: string; most: string };
  'points-above-max': { value: string; max: string };
  'max-unreachable': { best: string; max: string };
  'maxima-exceed-scale': { sum: string; scale: string };
  'maxima-below-scale': { sum: string; scale: string };
  'too-precise': { value: string; decimals: number };
  'order-of-knots': { before: string; after: string };
  'unknown-catalogue': { value: string; known: string[]; suggestion?: string };
  // Reading
  'unknown-criterion': { value: string; suggestion?: string };
  'id-read-as-number': { value: string };
  'read-as': { value: string; meaning: string };
  'read-as-days': { value: string; days: number; due: string };
  'no-value': { id: string };
  'two-values': { id: string; keys: string[] };
  'unknown-part': { value: string; options: string[]; suggestion?: string };
  'wants-number': { value: string; quantity: string };
  'wants-integer': { value: string };
  'wants-parts': { options: string[] };
  'kind-missing': { ids: string[]; options: string[] };
  'unknown-kind': { value: string; suggestion: string };
  'not-for-unit': { id: string; kind: string };
  'wants-counts': { options: string[] };
  'rule-todo': { id: string };
  'bad-percent': { value: string };
  'ambiguous-number': { value: string; thousands: string; decimal: string };
  'percent-on-count': { value: string };
  'percent-on-points': { value: string };
  'unclear-answer': { value: string; key: string };
  'unclear-status': { value: string };
  'below-range': { value: string; min: string };
  'above-range': { value: string; max: string };
  'looks-like-ratio': { value: string; asPercent: string };
  'not-a-level': { value: string; options: string[]; suggestion?: string };
  'zero-total': { id: string };
  'done-over-total': { done: string; total: string };
  'ratio-on-wrong-rule': { id: string };
  'needs-target': { id: string };
  'one-relative-part': { key: string };
  'needs-leader': { id: string };
  'needs-last-year': { id: string };
  'needs-group': { id: string };
  'outside-validity': { year: number; from: number; to: number | null };
  'deduction-impossible': { value: string; max: string };
  'deduction-off-rule': { id: string; value: string };
  'deduction-negative': { value: string };
  'rule-disagrees': { id: string; published: string; byRule: string };
  'points-differ': { id: string; given: 'self_scored' | 'appraised'; points: string; byRule: string };
  'max-differs': { id: string; given: string; max: string };
  'not-exemptible': { id: string };
  'other-year': { reading: number; catalogue: number };
  'unknown-values': { ids: string[] };
  /** `what` is the number's place in the YAML, `named` its name in the reader's language. */
  'assumed-number': { id: string; what: string; named: string; value: string };
  // Papers
  'macros-ignored': { file: string };
  'not-a-document': { file: string; reason: string };
  'not-a-letter': { file: string };
  'letter-lacks': { what: 'unit' | 'year' | 'rank'; option: string };
  'letter-partial': { score: string; lost: string; scale: string };
  'letter-sum': { stated: string; sum: string };
  'letter-loss-unclear': { value: string; points: string };
  'letter-line-unused': { value: string; points: string };
  'news-unclear': { value: string };
  'no-ranking': { file: string };
  'no-text': { file: string };
  'table-head-unknown': { columns: string[] };
  'columns-unused': { columns: string[] };
  'list-number-unread': { paragraphs: number; value: string };
  'table-empty': { rows: number };
  'table-not-used': { rows: number };
  'row-unread': { value: string };
  'row-without-max': { id: string; value: string };
  /** `why` is '' for words that are not understood, else what the sentences do together. */
  'phrase-todo': { id: string; value: string; why: string; at: number; to: number };
  'rule-taken': { id: string; taken: { vi: string; en: string } };
  'rules-counted': { understood: number; todo: number; left: number };
  // Authoring
  'field-sum': { id: string; sum: string; max: string };
  'ids-collide': { id: string; other: string };
  'owner-unused': { owner: string };
  'no-translation': { id: string; keys: string[] };
  'threshold-unsourced': { id: string; numbers: string[] };
  'tiers-overlap': { id: string; at: string };
  'tiers-gap': { id: string; from: string; to: string };
  'not-monotone': { id: string };
  'points-unreachable': { id: string; points: string };
  'unknown-action-word': { value: string; options: string[]; suggestion?: string };
  // Hierarchy
  'unit-circle': { unit: string };
  'children-missing': { parent: string; units: string[] };
  'no-average': { id: string; units: string[] };
  'not-additive': { id: string; units: string[] };
  'unit-not-placed': { units: string[] };
  // League
  'league-size': { size: number; units: number };
  'league-rank-out': { rank: number; size: number };
  'duplicate-unit': { unit: string };
  'league-order': { unit: string; other: string };
  'league-shared-rank': { unit: string; other: string; rank: number };
  'league-full-gap': { from: number; to: number };
  'league-count': { at: string; units: number; from: number; to: number };
  'league-counts-order': { at: string; units: number; other: string; more: number };
  'league-mean': { value: string; from: string; to: string };
  'league-median': { value: string; from: string; to: string };
  'backtest-partly': { name: string };
  'backtest-small': { name: string; units: number };
  'backtest-no-pair': Record<string, never>;
  'backtest-sample': { sample: number; most: number };
  'league-previous-year': { value: number; year: number };
  'league-previous-scale': { year: number; value: string; scale: string };
  'score-off-scale': { value: string; scale: string };
  'league-own-position': { unit: string; score: string };
  'unit-look-alike': { unit: string; suggestion: string };
  'league-outsider': { unit: string; size: number };
  'unknown-unit': { value: string; suggestion?: string };
  /** No reading of this year among those given. */
  'unknown-year': { year: number; known: number[] };
  // Checks
  'unknown-code': { value: string; suggestion?: string | undefined };
  'waiver-expired': { code: string; id: string | null; reason: string; until: string };
  'waiver-of-error': { code: string };
  'gate-failed': { gate: string; actual: string; limit: string };
  'evidence-missing': { id: string; wants: { vi: string; en?: string } | null };
  'evidence-not-found': { file: string };
  'moved-far': { id: string; before: string; after: string };
  'no-files': { patterns: string[] };
  'unknown-action': { value: string; suggestion?: string };
  'action-not-applicable': { id: string };
  'plan-needs-values': { ids: string[] };
  'one-target': Record<never, never>;
  'bad-assumption': { value: string };
  'assumption-not-open': { id: string };
  'assumption-over-rest': { id: string; most: string; scale: string };
  'bad-number-option': {
    option: string;
    value: string;
    /** The bounds of what it takes; null where there is none. */
    least: string;
    most: string | null;
    whole: boolean;
    sample: string;
  };
  // Risk
  'bad-spread': { value: string };
  'chances-sum': { sum: string };
  'spread-on-level': { id: string; levels: readonly string[] };
  'last-change-needs-value': { id: string };
  'counts-needed': { id: string };
  'risk-needs-values': { ids: string[] };
  'risk-not-applicable': { id: string };
  'risk-too-fine': { id: string };
  'risk-not-additive': Record<never, never>;
  'risk-ties': { ties: string };
  'risk-rival-interval': { unit: string };
  'risk-league-bare': Record<never, never>;
  'nothing-uncertain': Record<never, never>;
  'stopped-early': { done: number; of: number };
  // Pace
  'no-counts': Record<never, never>;
  'date-outside-year': { value: string; year: number };
  'as-of-before-months': { value: string; ids: string[]; months: number };
  'volume-below-total': { expected: string; total: string };
  'pace-target-on-other': { id: string };
  // Compare
  'compare-one': { value: number };
  'compare-leagues': { leagues: number; readings: number };
  'no-self-score': { unit: string };
  // League
  'no-png': Record<never, never>;
  'note-left-out': { unit: string; file: string };
  'png-too-long': { bars: number; limit: number };
  'page-too-long': { units: number; limit: number };
  'one-reading': { format: string; units: string[] };
  'years-needed': { unit: string };
  'league-needs-units': { value: number };
  'mixed-years': { years: number[] };
  // Command line
  usage: { reason: string };
  /** `of`: the actions of the command that take it. */
  'unknown-option': { value: string; suggestion?: string; of?: string[] };
  'unknown-command': { value: string; suggestion?: string };
  'bad-choice': { option: string; value: string; options: string[]; suggestion?: string };
  'bad-assignment': { option: string; value: string };
  'bad-rivals': { value: string };
  /** `argument`: what it is among the arguments of commands. */
  'missing-argument': { name: string; argument?: string };
  /** `value`: the option that stands where the value should. */
  'missing-option-value': { option: string; value?: string };
  'too-many-arguments': { value: number; expected: number };
  'needs-option': { option: string };
  'output-exists': { file: string };
  'choose-catalogue': { known: KnownCatalogue[] };
  'output-ending': { file: string; known: string[] };
  'output-unwritable': { file: string; reason: string };
}

export type DiagnosticCode = keyof DiagnosticParams;
export type Severity = 'error' | 'warning' | 'note';
/** A catalogue to choose: whom it scores, and when; null without an end, or a level. */
interface KnownCatalogue {
  id: string;
  name: { vi: string; en?: string };
  level: { vi: string; en?: string } | null;
  years: { from: number; to: number | null };
}
