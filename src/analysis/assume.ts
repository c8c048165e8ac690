import type { Catalogue } from '../catalogue/catalogue.js';
import { findCriterion } from '../catalogue/select.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { type Fraction, parseDecimal } from '../exact/fraction.js';
import { exactPoints } from '../exact/points.js';
import { compileRule } from '../rules/index.js';

/** An assumed maximum that is let vary, `7.3.2.max=1..2`. */
export interface Assumption {
  id: string;
  from: Fraction;
  to: Fraction;
}

const FORM = /^(.+)\.max=(\d+(?:[.,]\d+)?)\.\.(\d+(?:[.,]\d+)?)$/;

/** Reads `ID.max=LOW..HIGH`; refuses what is not an assumed maximum of the catalogue, with the reason. */
export function parseAssumption(written: string, catalogue: Catalogue): Assumption | Diagnostic {
  const [, id, low, high] = FORM.exec(written.trim()) ?? [];
  const from = parseDecimal((low ?? '').replace(',', '.'));
  const to = parseDecimal((high ?? '').replace(',', '.'));
  if (!id || !from || !to || from.compare(to) > 0 || from.n === 0n)
    return error('bad-assumption', { found: written });
  const criterion = findCriterion(catalogue, id);
  if (!('id' in criterion))
    return error('unknown-criterion', { found: id, suggestion: criterion.suggestion });
  const { kind } = criterion.maxProvenance;
  if (kind === 'stated') return error('assumption-not-open', { id: criterion.id });
  return { id: criterion.id, from, to };
}

/** The catalogue with another maximum for one criterion; what it does not list takes up the difference. */
export function withMax(catalogue: Catalogue, id: string, max: Fraction): Catalogue {
  const points = exactPoints(max, catalogue.decimals);
  if (points === null) throw new RangeError(`a maximum of ${max.toString()} has too many decimals`);
  let difference = 0;
  const criteria = catalogue.criteria.map((c) => {
    if (c.id !== id) return c;
    difference = c.max - points;
    return { ...c, max: points, compiled: compileRule(c.rule, { max }) };
  });
  const rest = catalogue.notListed;
  return { ...catalogue, criteria, notListed: rest && { ...rest, max: rest.max + difference } };
}
