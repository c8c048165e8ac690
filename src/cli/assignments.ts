import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { type Fraction, NUMERAL, parseDecimal, ZERO } from '../exact/fraction.js';
import { findUnit, type League } from '../ranking/league.js';
import type { RivalMoves } from '../ranking/place.js';
import type { Reading } from '../reading/reading.js';
import { lookAlike } from '../shapes/unit.js';

const RATIO = /^(\d+)\s*\/\s*(\d+)$/;

/** `ID=VALUE` texts as a map of changes; a value is a number, a level, `done/total`, or `not_applicable`. */
export function parseAssignments(written: readonly string[]): {
  data: Record<string, unknown>;
  diagnostics: Diagnostic[];
} {
  const data: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = [];
  for (const one of written) {
    const at = one.indexOf('=');
    const id = one.slice(0, at).trim();
    const value = one.slice(at + 1).trim();
    if (at < 1 || id === '' || value === '') diagnostics.push(error('bad-assignment', { found: one }));
    else if (Object.hasOwn(data, id)) diagnostics.push(error('duplicate-key', { key: id }));
    else
      Object.defineProperty(data, id, {
        value: readValue(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return { data, diagnostics };
}

/** `ID=SPREAD` texts as an outlook's indicators; `ID=beta` takes the counts of the reading. */
export function parseUncertain(
  written: readonly string[],
  reading: Reading,
): { data: Record<string, unknown>; diagnostics: Diagnostic[] } {
  const { data, diagnostics } = parseAssignments(written);
  for (const [id, value] of Object.entries(data)) {
    if (value !== 'beta') continue;
    const ratio = reading.entries.get(id)?.value?.ratio;
    if (ratio) data[id] = { beta: { done: ratio.done.valueOf(), total: ratio.total.valueOf() } };
    else diagnostics.push(error('counts-needed', { id }));
  }
  return { data, diagnostics };
}

/** As a YAML file would read the same text, with `600/1000` for a ratio besides. */
function readValue(value: string): unknown {
  const ratio = RATIO.exec(value);
  if (ratio) return { done: ratio[1], total: ratio[2] };
  return NUMERAL.test(value) && String(Number(value)) === value ? Number(value) : value;
}

/** `+1.5` for all rivals, or `UNIT=-2` for one, as moves. */
export function parseRivals(
  written: readonly string[],
  league: League | null,
): { moves: RivalMoves; diagnostics: Diagnostic[] } {
  let all: Fraction = ZERO;
  const units = new Map<string, Fraction>();
  const diagnostics: Diagnostic[] = [];
  for (const one of written) {
    const at = one.lastIndexOf('=');
    const amount = parseDecimal(
      one
        .slice(at + 1)
        .replace(',', '.')
        .replace('−', '-'),
    );
    const name = at < 0 ? null : one.slice(0, at).trim();
    if (!amount || name === '') diagnostics.push(error('bad-rivals', { found: one }));
    else if (name === null) all = all.add(amount);
    else {
      const unit = league && findUnit(league, name);
      const names = league?.units.map((u) => u.unit) ?? [];
      if (!unit) diagnostics.push(error('unknown-unit', { found: name, suggestion: lookAlike(name, names) }));
      else units.set(unit.unit, amount);
    }
  }
  return { moves: { all, units }, diagnostics };
}
