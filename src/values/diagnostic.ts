import type { DiagnosticCode, DiagnosticParams, Severity } from './codes.js';

/** Where in a file: one-based line and column, and the line's text for a code frame. */
export interface Place {
  file: string;
  line?: number;
  column?: number;
  /** Columns the fault covers; 1 when absent. */
  width?: number;
  lineText?: string;
}

export type KeyPath = readonly (string | number)[];

/** One complaint, as a value: a stable code, its parameters, and where in the data it stands. */
export type Diagnostic = {
  [C in DiagnosticCode]: {
    code: C;
    severity: Severity;
    params: DiagnosticParams[C];
    path: KeyPath;
    place?: Place;
    /** The year whose numbers it is about, where those are not of the catalogue's own year. */
    year?: number;
    /** Why a waiver accepts it, and the last day that the waiver holds. */
    accepted?: { reason: string; until: string | null };
  };
}[DiagnosticCode];

/** A value, or the reasons why there is none. Warnings may come with either. */
export type Result<T> =
  | { ok: true; value: T; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] };

/** A result that keeps what could be read beside its faults, so that more faults are found in one go, and no score. */
export type PartialResult<T> =
  | { ok: true; value: T; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[]; partial?: T };

/** A result with its value kept, whole or as what could be read beside the faults. */
export const partialOf = <T>(value: T, diagnostics: Diagnostic[]): PartialResult<T> =>
  hasErrors(diagnostics) ? { ok: false, diagnostics, partial: value } : { ok: true, value, diagnostics };

/** What there is of a result: its value, or what could be read beside the faults. */
export const asFarAsRead = <T>(result: PartialResult<T>): T | undefined =>
  result.ok ? result.value : result.partial;

/** Builds diagnostics; the compiler checks that the parameters fit the code. */
const diagnostic =
  (severity: Severity) =>
  <C extends DiagnosticCode>(code: C, params: DiagnosticParams[C], path: KeyPath = []) =>
    ({ code, severity, params, path }) as Diagnostic;

export const error = diagnostic('error');
export const warning = diagnostic('warning');
export const note = diagnostic('note');

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}

/** A result that is a failure exactly when an error is among the diagnostics. */
export function resultOf<T>(value: T, diagnostics: Diagnostic[]): Result<T> {
  return hasErrors(diagnostics) ? { ok: false, diagnostics } : { ok: true, value, diagnostics };
}

export function failure(...diagnostics: Diagnostic[]): { ok: false; diagnostics: Diagnostic[] } {
  return { ok: false, diagnostics };
}

/** Diagnostics told in one go; what there is beyond is counted. */
const MOST_TOLD = 200;

/** The first of many diagnostics, errors before all else, and how many more there are. */
export function keepFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST_TOLD) return diagnostics;
  const errors = diagnostics.filter((d) => d.severity === 'error').slice(0, MOST_TOLD);
  const rest = diagnostics.filter((d) => d.severity !== 'error').slice(0, MOST_TOLD - errors.length);
  const kept = new Set([...errors, ...rest]);
  const count = diagnostics.length - kept.size;
  const more = (errors.length > 0 ? error : note)('more-diagnostics', { count });
  return [...diagnostics.filter((d) => kept.has(d)), more];
}
