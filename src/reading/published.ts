import type { Criterion } from '../catalogue/catalogue.js';
import { applyRule, ruleBounds } from '../rules/apply.js';
import { impliedBy } from '../rules/inverse.js';
import { type Diagnostic, error, type KeyPath, warning } from '../values/diagnostic.js';
import { exactPoints, type Points, pointsToNumber } from '../values/points.js';
import type { EntryContext, ScalarData } from './measure.js';
import { readNumber } from './number.js';
import type { Entry, Measured } from './reading.js';
import type { EntryData } from './shape.js';

/** Whether an entry carries points, and so needs no value. */
export const isPublished = (fields: EntryData): boolean =>
  fields.deducted !== undefined || fields.appraised !== undefined || fields.self_scored !== undefined;

/**
 * Reads a published deduction and the columns of a self-scoring sheet, and compares them with the rule.
 * Without a value or a deduction the appraised points count, else the self-scored ones.
 */
export function readPublished(
  fields: EntryData,
  value: Measured | null,
  { criterion, decimals, at, diagnostics }: EntryContext,
): Pick<Entry, 'deducted' | 'selfScored' | 'appraised'> {
  const shown = (p: Points) => String(pointsToNumber(p, decimals));
  const read = (written: ScalarData | undefined, key: string): Points | null => {
    if (written === undefined) return null;
    const points = readPoints(written, decimals, at(key));
    if (typeof points === 'number') return points;
    diagnostics.push(points);
    return null;
  };
  const self_scored = read(fields.self_scored, 'self_scored');
  const claimed = { self_scored, appraised: read(fields.appraised, 'appraised') };
  const max = read(fields.max, 'max');
  if (max !== null && max !== criterion.max) {
    const params = { id: criterion.id, given: shown(max), max: shown(criterion.max) };
    diagnostics.push(warning('max-differs', params, at('max')));
  }
  const compared = isPublished(fields) ? value : null;
  const byRule = compared && applyRule(criterion.compiled, compared.inputs, decimals);
  for (const given of ['self_scored', 'appraised'] as const) {
    const points = claimed[given];
    if (points === null || byRule === null || points === byRule) continue;
    const params = { id: criterion.id, given, points: shown(points), byRule: shown(byRule) };
    diagnostics.push(warning('points-differ', params, at(given)));
  }
  const given = read(fields.deducted, 'deducted');
  if (given !== null && given < 0)
    diagnostics.push(error('deduction-negative', { value: String(fields.deducted) }, at('deducted')));
  let deducted =
    given === null || given < 0
      ? null
      : checkDeduction(given, criterion, decimals, at('deducted'), diagnostics);
  const excused = fields.exempt !== undefined || fields.not_applicable !== undefined;
  if (fields.deducted === undefined && !value && !excused) {
    const counts = claimed.appraised ?? claimed.self_scored;
    const key = claimed.appraised === null ? 'self_scored' : 'appraised';
    if (counts !== null)
      deducted = checkDeduction(criterion.max - counts, criterion, decimals, at(key), diagnostics, counts);
  }
  if (given !== null && deducted !== null && byRule !== null && criterion.max - byRule !== deducted) {
    const params = { id: criterion.id, published: shown(deducted), byRule: shown(criterion.max - byRule) };
    diagnostics.push(warning('rule-disagrees', params, at('deducted')));
  }
  return { deducted, selfScored: claimed.self_scored, appraised: claimed.appraised };
}

function readPoints(written: ScalarData, decimals: number, path: KeyPath): Points | Diagnostic {
  const text = String(written);
  const read = readNumber(typeof written === 'boolean' ? text : written, 'points', path);
  if (!read.ok) return read.problem;
  return exactPoints(read.value, decimals) ?? error('too-precise', { value: text, decimals }, path);
}

/** A deduction within what the rule can take, said as the points that it leaves where those are given; one that no value gives is a warning. */
function checkDeduction(
  deducted: Points,
  criterion: Criterion,
  decimals: number,
  path: KeyPath,
  diagnostics: Diagnostic[],
  left: Points | null = null,
): Points | null {
  const shown = (p: Points) => String(pointsToNumber(p, decimals));
  const { worst, best } = ruleBounds(criterion.compiled, decimals);
  const points = criterion.max - deducted;
  const most = Math.max(best, criterion.max);
  if (points < worst || points > most) {
    const value = shown(left ?? deducted);
    if (left === null)
      diagnostics.push(error('deduction-impossible', { value, max: shown(criterion.max) }, path));
    else if (left > most) diagnostics.push(error('above-range', { value, max: shown(most) }, path));
    else diagnostics.push(error('below-range', { value, min: shown(worst) }, path));
    return null;
  }
  if (impliedBy(criterion.compiled, points, decimals)?.form === 'none') {
    diagnostics.push(warning('deduction-off-rule', { id: criterion.id, value: shown(deducted) }, path));
  }
  return deducted;
}
