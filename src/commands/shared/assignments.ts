import { findUnit, type League } from '../../ranking/league.js';
import { NO_MOVES, type RivalMoves } from '../../ranking/rivals.js';
import { readNumber } from '../../reading/number.js';
import { holds } from '../../rules/line.js';
import type { Messages } from '../../text/index.js';
import { type Diagnostic, error } from '../../values/diagnostic.js';
import { type Fraction, toNumber, ZERO } from '../../values/fraction.js';
import { findSameUnit, similarUnit, type UnitName } from '../../values/unit.js';

/** An option that takes `ID=…`, as it is typed. */
type AssigningOption = '--set' | '--raise' | '--uncertain' | '--target' | '--rivals';

/** What `ID=VALUE` texts of one option say: a map of texts, read afterwards as the cells of a file are. */
export interface Assignments {
  data: Record<string, unknown>;
  diagnostics: Diagnostic[];
  /** The complaints with the option that each is about, by the id in their paths. */
  at(problems: readonly Diagnostic[]): Diagnostic[];
}

/** `ID=VALUE` texts as a map of changes; a value is a number, a level, `done/total`, or a status such as `exempt`. */
export function parseAssignments(option: AssigningOption, written: readonly string[]): Assignments {
  const data: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = [];
  const typed = new Map<string, string>();
  for (const one of written) {
    const at = one.indexOf('=');
    const id = one.slice(0, at).trim();
    const value = one.slice(at + 1).trim();
    if (at < 1 || id === '' || value === '')
      diagnostics.push(error('bad-assignment', { option, value: one }));
    else if (Object.hasOwn(data, id)) diagnostics.push(error('duplicate-key', { key: id }));
    else {
      typed.set(id, one);
      Object.defineProperty(data, id, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  const at = (problems: readonly Diagnostic[]) =>
    problems.map((d): Diagnostic => {
      const one = d.path.map((key) => typed.get(String(key))).find((text) => text !== undefined);
      return one === undefined ? d : typedAt(d, option, one);
    });
  return { data, diagnostics, at };
}

/** A complaint about what an option says, in place of a file and a line. */
export const typedAt = (d: Diagnostic, option: string, written: string): Diagnostic => ({
  ...d,
  place: { file: `${option} ${written}` },
});

/** `UNIT=-2` as a name and a move; null for all rivals. */
function splitMove(one: string): [string | null, string] {
  const at = one.lastIndexOf('=');
  return [at < 0 ? null : one.slice(0, at).trim(), one.slice(at + 1).trim()];
}

/** Uncertain moves, `0.5..1..1.5` for all rivals or `UNIT=-2..0` for one, as an outlook's. */
export function parseUncertainRivals(written: readonly string[]): Assignments {
  const all = written.filter((one) => splitMove(one)[0] === null);
  const units = parseAssignments(
    '--rivals',
    written.filter((one) => !all.includes(one)),
  );
  const [first, ...more] = all;
  return {
    data: { ...(first !== undefined && { all: first }), units: units.data },
    diagnostics: [
      ...units.diagnostics,
      ...more.map((one) => typedAt(error('duplicate-key', { key: first! }), '--rivals', one)),
    ],
    at: (diagnostics) =>
      units
        .at(diagnostics)
        .map((d) => (d.path[1] === 'all' && first !== undefined ? typedAt(d, '--rivals', first) : d)),
  };
}

/**
 * `+1.5` for all rivals, or `UNIT=-2` for one other than our own, as moves in points of the league's scale; `ofAll` where
 * one is of all rivals, be it 0.
 */
export function parseRivals(
  written: readonly string[],
  league: League | null,
  ours: UnitName,
): { moves: RivalMoves; ofAll: boolean; diagnostics: Diagnostic[] } {
  let all: Fraction = ZERO;
  const units = new Map<string, Fraction>();
  const diagnostics: Diagnostic[] = [];
  const range = league && { lo: league.scale.neg(), loOpen: false, hi: league.scale, hiOpen: false };
  for (const one of written) {
    const wrong = (d: Diagnostic) => diagnostics.push(typedAt(d, '--rivals', one));
    const [name, move] = splitMove(one);
    const amount = readNumber(move, 'points', [], range);
    if (name === '' || (!amount.ok && amount.problem.code === 'wants-number'))
      wrong(error('bad-rivals', { value: one }));
    else if (!amount.ok) wrong(amount.problem);
    else if (range && !holds(range, amount.value))
      wrong(
        error('out-of-range', {
          value: amount.value.toString(),
          min: toNumber(range.lo),
          max: toNumber(range.hi),
        }),
      );
    else if (name === null) all = all.add(amount.value);
    else if (league) {
      const unit = findUnit(league, name);
      const names = league.units.map((u) => u.unit);
      if (!unit) wrong(error('unknown-unit', { value: name, suggestion: similarUnit(name, names) }));
      else if (findSameUnit([unit], ours)) wrong(error('bad-rivals', { value: one }));
      else if (units.has(unit.unit)) wrong(error('duplicate-key', { key: unit.unit }));
      else units.set(unit.unit, amount.value);
    }
  }
  // In a later year, rivals that nobody moves by hand move on as the model has it.
  const ofAll = written.some((one) => splitMove(one)[0] === null);
  return { moves: written.length === 0 ? NO_MOVES : { all, units }, ofAll, diagnostics };
}

/** How rivals move, in words; null where they stay. */
export function movesText(moves: RivalMoves, { labels, numbers }: Messages): string | null {
  if (moves === NO_MOVES) return null;
  const apart = moves.all.n === 0n && moves.units.size > 0;
  const all = apart ? [] : [[labels.whatif.allRivals, moves.all] as const];
  return [...all, ...moves.units].map(([who, by]) => `${who} ${numbers.signedNumber(by)}`).join(', ');
}
