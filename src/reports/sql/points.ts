import { type Line, wholeParts } from '../../rules/line.js';
import type { Input } from '../../rules/rule.js';
import { literal } from './terms.js';
import { NULL, type Values } from './values.js';

/**
 * Points of inputs over x, level and none, as one CASE for all of them: the ends of the pieces and their (A + B·x) ÷ D,
 * in whole numbers so that one division rounds once, are values of the table of rules.
 */
export function inputCases(inputs: readonly (Input | null)[], rules: Values): string {
  const lines = inputs.map((i) => (i?.form === 'line' ? i.line : null));
  const count = Math.max(0, ...lines.map((l) => (l === null ? 0 : l.length)));
  const cells = (k: number, of: (piece: Line[number]) => string) =>
    lines.map((line) => {
      const piece = k < 0 ? line?.at(-1) : line?.slice(0, -1)[k];
      return piece ? of(piece) : NULL;
    });
  const points = (k: number): string => {
    const parts = (of: (p: ReturnType<typeof wholeParts>) => bigint, empty: string) =>
      lines.map((line) => {
        const piece = k < 0 ? line?.at(-1) : line?.slice(0, -1)[k];
        return piece ? `${of(wholeParts(piece))}.0` : empty;
      });
    const at = k < 0 ? 'last' : k + 1;
    const [top, slope, over] = [
      rules.column(
        `top_${at}`,
        parts((p) => p.top, NULL),
      ),
      rules.column(
        `slope_${at}`,
        parts((p) => p.slope, '0.0'),
      ),
      rules.column(
        `over_${at}`,
        parts((p) => p.over, '1.0'),
      ),
    ];
    const sum = slope === '0.0' ? top : `(${top} + ${slope} * x)`;
    return over === '1.0' ? sum : `${sum} / ${over}`;
  };
  const whens = Array.from({ length: Math.max(0, count - 1) }, (_, k) => {
    const below = rules.column(
      `below_${k + 1}`,
      cells(k, (p) => literal(p.hi!)),
    );
    const ends = cells(k, (p) => (p.hiOpen ? NULL : literal(p.hi!)));
    const upTo = ends.every((e) => e === NULL) ? null : rules.column(`up_to_${k + 1}`, ends);
    const test =
      upTo === null ? `x < ${below}` : upTo === below ? `x <= ${below}` : `x < ${below} OR x = ${upTo}`;
    return `WHEN ${test} THEN ${points(k)}`;
  });
  const none = inputs.map((i) => {
    const { whenNone = null } = i ?? {};
    return whenNone === null || whenNone === 'not_applicable' ? NULL : literal(whenNone);
  });
  const first = inputs.some((i) => i !== null && i.whenNone !== null)
    ? [`WHEN none THEN ${rules.column('when_none', none)}`]
    : [];
  const table = inputs.some((i) => i?.form === 'table') ? ['WHEN level IS NOT NULL THEN level_points'] : [];
  const rest = count > 0 ? points(-1) : 'CAST(NULL AS DOUBLE PRECISION)';
  return `CASE ${[...first, ...table, 'WHEN x IS NULL THEN NULL', ...whens].join('\n      ')}\n      ELSE ${rest} END`;
}
