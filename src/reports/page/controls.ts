import { currentValue } from '../../analysis/criterion.js';
import type { Criterion } from '../../catalogue/catalogue.js';
import { measure } from '../../reading/measure.js';
import { EMPTY_ENTRY, type Entry } from '../../reading/reading.js';
import type { InputValue } from '../../rules/apply.js';
import { type Input, isWhole } from '../../rules/rule.js';
import { type CriterionResult, givenAt } from '../../scoring/result.js';
import { toNumber } from '../../values/fraction.js';

/** What a reader of the page may set for one indicator. */
export type Control =
  | {
      form: 'number';
      low: number;
      high: number;
      step: number;
      /** Where the slider starts. */
      start: number;
      /** What the box holds: nothing where there is no value, nor a published deduction that implies one. */
      shown: string;
      percent: boolean;
    }
  | { form: 'level'; levels: string[] };

/** Decimals of a value in its box; it is the reading's until another is typed. */
const SHOWN = 4;

/** The control of an indicator: a slider over its range (past the last threshold where it is open), or its levels. */
export function controlOf(row: CriterionResult, index: number): Control {
  const input = row.criterion.compiled.inputs[index]!;
  if (input.form === 'table') return { form: 'level', levels: input.levels.map((l) => l.level.vi) };
  const ends = input.line.flatMap((p) => [p.lo, p.hi].flatMap((end) => (end ? [toNumber(end)] : [])));
  const given = givenAt(row, index);
  const current = Number(
    toNumber(given?.form === 'number' ? given.x : currentValue(row, index)).toFixed(SHOWN),
  );
  const past = Math.max(4, 2 * Math.max(0, ...ends.map(Math.abs)), Math.abs(current));
  const { lo, hi } = input.range;
  const low = lo ? toNumber(lo) : -past;
  const high = hi ? toNumber(hi) : past;
  const percent = input.quantity === 'percent';
  const start = Math.min(high, Math.max(low, current));
  const isTold = given ? given.form === 'number' : row.value === null && row.status === 'deducted';
  const shown = isTold ? String(start) : '';
  return { form: 'number', low, high, step: isWhole(input.quantity) ? 1 : 0.1, start, shown, percent };
}

/** What the page holds of one criterion: a text for each indicator, or an accepted explanation. */
export interface Setting {
  values: (string | null)[];
  exempt: boolean;
}

/** What the page holds, as readings may, where there was nothing to count. */
export const NONE = 'none';

/** A value of the reading as the page would hold it; null where it has none. */
export function heldOf(row: CriterionResult, index: number): string | null {
  const input = row.criterion.compiled.inputs[index]!;
  const given = givenAt(row, index);
  if (given?.form === 'number') return String(toNumber(given.x));
  if (given?.form === 'none') return NONE;
  return given?.form === 'level' && input.form === 'table' ? input.levels[given.index]!.level.vi : null;
}

/** The entry that a setting makes; null while it says nothing whole. */
export function entryOf(criterion: Criterion, setting: Setting): Entry | null {
  if (setting.exempt) return { ...EMPTY_ENTRY, exempt: criterion.exemption?.vi ?? criterion.id };
  const inputs = criterion.compiled.inputs.map((input, i) =>
    typedValue(input, setting.values[i] ?? null, criterion.id),
  );
  if (!inputs.every((v): v is InputValue => v !== null)) return null;
  return { ...EMPTY_ENTRY, value: { inputs, ratio: null } };
}

/** A number is taken as typed by a data format: `60` or `60.5`; beside it the page shows the percent sign. */
function typedValue(input: Input, written: string | null, id: string): InputValue | null {
  if (written === null || written === '') return null;
  const read = (value: string | number) => measure({ form: 'scalar', value }, input, id, [], 0).value;
  if (input.form !== 'line' || written === NONE) return read(written);
  const number = Number(written);
  if (!Number.isFinite(number)) return null;
  return read(input.quantity === 'percent' ? `${number}%` : number);
}

/** The page's state in its address: `7.3.2=60&7.6.1=Tốt&4.1.3=exempt`; several indicators are joined by `|`. */
export function fragmentOf(settings: ReadonlyMap<string, Setting>): string {
  return [...settings]
    .map(([id, s]) => {
      const value = s.exempt ? 'exempt' : s.values.map((v) => v ?? '').join('|');
      return `${encodeURIComponent(id)}=${encodeURIComponent(value)}`;
    })
    .join('&');
}

/** The settings that an address holds, as far as the criteria know them. */
export function settingsOf(fragment: string, criteria: readonly Criterion[]): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const [id, value] = part.split('=').map(decoded);
    const criterion = criteria.find((c) => c.id === id);
    if (!criterion || !value) continue;
    const setting: Setting =
      value === 'exempt' && criterion.exemption
        ? { values: [], exempt: true }
        : { values: value.split('|').map((v) => v || null), exempt: false };
    if (entryOf(criterion, setting)) settings.set(criterion.id, setting);
  }
  return settings;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** A scenario file of the settings, as `cchc whatif --scenario` reads it. */
export function scenarioYaml(
  name: string,
  settings: ReadonlyMap<string, Setting>,
  criteria: readonly Criterion[],
): string {
  const quoted = (text: string) => JSON.stringify(text);
  const lines = [...settings].flatMap(([id, setting]) => {
    const criterion = criteria.find((c) => c.id === id)!;
    if (!entryOf(criterion, setting)) return [];
    if (setting.exempt) return `  ${quoted(id)}: {exempt: true}`;
    const values = criterion.compiled.inputs.map((input, i) => {
      const value = setting.values[i] ?? '';
      if (input.form === 'table' || value === NONE) return quoted(value);
      return input.quantity === 'percent' ? `${value}%` : value;
    });
    if (values.length === 1) return `  ${quoted(id)}: ${values[0]}`;
    const parts = criterion.compiled.inputs.map((input, i) => `${quoted(input.key ?? '')}: ${values[i]}`);
    return `  ${quoted(id)}: {values: {${parts.join(', ')}}}`;
  });
  return [`name: ${quoted(name)}`, 'changes:', ...lines, ''].join('\n');
}
