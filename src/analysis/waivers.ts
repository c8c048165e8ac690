import { type Day, dayNumber, vietnameseDay } from '../values/calendar.js';
import type { DiagnosticCode } from '../values/codes.js';
import { type Diagnostic, error, type KeyPath, warning } from '../values/diagnostic.js';
import { nearest } from '../values/suggest.js';

/** A finding that somebody accepts, and why. */
export interface Waiver {
  code: string;
  /** The criterion whose findings are accepted; every finding of the code when null. */
  id: string | null;
  reason: string;
  /** The last day that it holds; for good when null. */
  until: Day | null;
  /** Where it stands in the config. */
  path: KeyPath;
}

const expired = ({ until }: Waiver, today: Day) => until !== null && dayNumber(today) > dayNumber(until);

/**
 * What is wrong with waivers: codes the program does not have and criteria that none of the catalogues has are
 * errors; one whose last day is over is a warning.
 */
export function checkWaivers(
  waivers: readonly Waiver[],
  codes: readonly string[],
  ids: ReadonlySet<string>,
  today: Day,
): Diagnostic[] {
  return waivers.flatMap((waiver) => {
    const { code, id, reason, until, path } = waiver;
    const diagnostics: Diagnostic[] = [];
    const unknown = (
      name: 'unknown-code' | 'unknown-criterion',
      key: string,
      value: string,
      options: Iterable<string>,
    ) => diagnostics.push(error(name, { value, suggestion: nearest(value, options) }, [...path, key]));
    if (!codes.includes(code)) unknown('unknown-code', 'code', code, codes);
    if (id !== null && ids.size > 0 && !ids.has(id)) unknown('unknown-criterion', 'id', id, ids);
    if (until !== null && expired(waiver, today)) {
      diagnostics.push(warning('waiver-expired', { code, id, reason, until: vietnameseDay(until) }, path));
    }
    return diagnostics;
  });
}

/** Whether a finding is about a criterion; `ids` are those of the catalogue it was found in, in its order. */
function isAbout(d: Diagnostic, id: string, ids: readonly string[]): boolean {
  const { id: named, ids: several } = d.params as { id?: unknown; ids?: unknown };
  if (named !== undefined) return named === id;
  if (Array.isArray(several)) return several.length === 1 && several[0] === id;
  const [first, second] = d.path;
  return first === 'criteria' && typeof second === 'number' ? ids[second] === id : d.path.includes(id);
}

/**
 * Findings with those that a waiver accepts marked, as notes; an expired waiver accepts nothing. Errors stay
 * errors, for nothing is known of data that could not be read; a waiver of one is told.
 */
export function acceptFindings(
  diagnostics: readonly Diagnostic[],
  waivers: readonly Waiver[],
  ids: readonly string[],
  today: Day,
): { findings: Diagnostic[]; refused: Waiver[] } {
  const refused = new Set<Waiver>();
  const findings = diagnostics.map((d): Diagnostic => {
    const waiver = waivers.find(
      (w) => w.code === d.code && !expired(w, today) && (w.id === null || isAbout(d, w.id, ids)),
    );
    if (!waiver) return d;
    if (d.severity === 'error') {
      refused.add(waiver);
      return d;
    }
    const { reason, until } = waiver;
    return { ...d, severity: 'note', accepted: { reason, until: until && vietnameseDay(until) } };
  });
  return { findings, refused: [...refused] };
}

/** A waiver of errors does nothing. */
export const waiverOfError = ({ code, path }: Waiver): Diagnostic =>
  warning('waiver-of-error', { code: code as DiagnosticCode }, path);
