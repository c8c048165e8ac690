import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChanges } from '../../src/analysis/gain.js';
import { parseChanges } from '../../src/analysis/whatif.js';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { parseCatalogue } from '../../src/catalogue/parse.js';
import { parseReading, score } from '../../src/index.js';
import type { Reading } from '../../src/reading/reading.js';
import { withGroup } from '../../src/scoring/group.js';
import { enLabels } from '../../src/text/en/labels.js';
import { anyGroup, anyScheme } from '../sql-support.js';
import { must } from '../support.js';
import { engineOf, SCORE_COLUMNS, workbookFor } from '../workbook-support.js';

// A second engine works out the formulas of schemes that do more with points than add them up.

/** A form that a workbook does not say: a rule that is not understood. */
const LEFT = ['W'];
const schemes = (count: number): Catalogue[] =>
  fc.sample(anyScheme, { numRuns: count, seed: 16 }).map((c) => {
    const kept = c.criteria.filter(({ id }) => !LEFT.includes(id));
    const there = (id: string) => kept.some((k) => k.id === id);
    const criteria = kept.map((k) =>
      Array.isArray(k.deductsFrom) ? { ...k, deductsFrom: k.deductsFrom.filter(there) } : k,
    );
    return { ...c, criteria };
  });
const HEAD = 4;
interface Member {
  reading: Reading;
  catalogue: Catalogue;
}

it('totals, indexes and fields as the command line has them, as they are and as tried', async () => {
  let tried = 0;
  let ranges = 0;
  for (const [k, catalogue] of schemes(30).entries()) {
    const units = fc.sample(anyGroup(catalogue), { numRuns: 1, seed: k })[0]!;
    const readings = units.map((data) => must(parseReading(data, catalogue)) as Reading);
    const [{ reading }] = withGroup(readings.map((reading) => ({ reading, catalogue }))) as [Member];
    const [first, second] = units;
    const { engine, at } = engineOf(await workbookFor(reading, catalogue, null, 'en'));
    const result = score(reading, catalogue);
    const unit = 10 ** catalogue.decimals;
    const shown = (points: number | null) => (points === null ? '?' : points / unit);
    const total = HEAD + 2 + catalogue.criteria.length;
    const same = (found: unknown, wanted: number | string | null, what: string) => {
      const about = `${k}: ${what}`;
      if (typeof wanted !== 'number') expect(found, about).toBe(wanted);
      else expect(found, about).toBeCloseTo(wanted, 8);
    };
    /** Points, or both ends of them; '?' where a mean may lose a part. */
    const range = (found: unknown, points: number | null, worst: number, best: number, what: string) => {
      if (points !== null || found === '?') return same(found, shown(points), what);
      const ends = String(found).split('–').map(Number);
      expect(ends, `${k}: ${what}`).toHaveLength(2);
      same(ends[0], worst / unit, `${what} at least`);
      same(ends[1], best / unit, `${what} at most`);
      ranges++;
    };
    const whole = (r: typeof result, column: number, max: number) => {
      same(at('Score', total, max), shown(r.total.applicableMax), 'maximum');
      range(at('Score', total, column), r.total.score, r.total.worst, r.total.best, 'score');
      if (r.total.deduction !== null)
        same(at('Score', total, column + 1), shown(r.total.deduction), 'deduction');
      const index = r.total.index?.valueOf() ?? (r.total.applicableMax === 0 ? '–' : '?');
      same(at('Score', total + 1, column), index, 'index');
    };
    whole(result, SCORE_COLUMNS.points, 4);
    result.fields.forEach((f, i) => {
      same(at(enLabels.workbook.fields, HEAD + 1 + i, 3), shown(f.max), `${f.field.id} maximum`);
      const points = at(enLabels.workbook.fields, HEAD + 1 + i, 4);
      range(points, f.points, f.worst, f.best, `${f.field.id} points`);
    });
    // The first criterion with another value, tried out.
    const sheet = engine.getSheetId(enLabels.workbook.inputs)!;
    const wanted = (second?.indicators as Record<string, unknown> | undefined)?.A;
    if (typeof wanted === 'number' && wanted !== (first!.indicators as Record<string, unknown>).A) {
      const row = rowOf(engine.getSheetValues(sheet), 'A');
      engine.setCellContents({ sheet, row, col: 5 }, wanted / 100);
      const { changes } = parseChanges({ A: wanted }, catalogue);
      const then = score(applyChanges(reading, changes), catalogue);
      whole(then, SCORE_COLUMNS.triedPoints, 11);
      then.fields.forEach((f, i) => {
        const lost = at(enLabels.workbook.fields, HEAD + 1 + i, 6);
        if (f.deduction !== null) same(lost, shown(f.deduction), `${f.field.id} lost`);
      });
      tried++;
    }
    engine.destroy();
  }
  expect(tried).toBeGreaterThan(10);
  expect(ranges).toBeGreaterThan(2);
});

const rowOf = (rows: readonly (readonly unknown[])[], id: string) => rows.findIndex((r) => r[0] === id);

/** A reading of two criteria of 5 points each, in proportion to 100%, in one field and of one lead unit. */
function twoCriteria(indicators: Record<string, unknown>) {
  const assumed = { provenance: 'assumed', reason: 'test' };
  const criterion = (id: string, more: object) => ({
    id,
    name: id,
    field: 'F',
    owners: ['O'],
    max: { value: 5, ...assumed },
    rule: { kind: 'proportional', target: 100, ...more, ...assumed },
  });
  const catalogue = must(
    parseCatalogue({
      ...{ id: 't', name: 'T', year: 2025, scale: { value: 10, ...assumed }, sources: {}, owners: { O: {} } },
      fields: [{ id: 'F', name: 'F' }],
      criteria: [criterion('A', {}), criterion('B', { when_none: 'not_applicable' })],
    }),
  );
  const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 't', indicators }, catalogue));
  return { catalogue, reading };
}

it('a criterion in which nothing arose leaves the maximum, as it is and as tried', async () => {
  const { catalogue, reading } = twoCriteria({ A: 80, B: { done: 0, total: 0 } });
  const { engine, at } = engineOf(await workbookFor(reading, catalogue, null, 'en'));
  const total = HEAD + 2 + catalogue.criteria.length;
  const shown = () =>
    [4, SCORE_COLUMNS.points, SCORE_COLUMNS.triedPoints].map((column) => at('Score', total, column));
  // 80% of 5 is 4 of 5; where 60% of what arose in B is done, 4 + 3 of 10.
  expect(shown()).toEqual([5, 4, 4]);
  expect(at('Score', total + 1, SCORE_COLUMNS.points)).toBe(80);
  const sheet = engine.getSheetId(enLabels.workbook.inputs)!;
  engine.setCellContents({ sheet, row: rowOf(engine.getSheetValues(sheet), 'B'), col: 5 }, 0.6);
  expect(shown()).toEqual([5, 4, 7]);
  expect([SCORE_COLUMNS.points, SCORE_COLUMNS.triedPoints].map((c) => at('Score', total + 1, c))).toEqual([
    80, 70,
  ]);
});

it('what a field has and a lead unit lost is a range while a criterion is not known, and a number once a value is tried', async () => {
  const { catalogue, reading } = twoCriteria({ A: 80 });
  const { engine, at } = engineOf(await workbookFor(reading, catalogue, null, 'en'));
  const { fields } = enLabels.workbook;
  const { owners } = enLabels.columns;
  const field = () => [3, 4, 5, 6].map((column) => at(fields, HEAD + 1, column));
  const owner = () => [2, 3].map((column) => at(owners, HEAD + 1, column));
  // 80% of 5 are 4 points; B has none or all of 5.
  const score = () => [5, 6, 7, 8].map((column) => at('Score', HEAD + 4, column));
  expect([field(), owner(), score()]).toEqual([
    [10, '4–9', '1–6', '1–6'],
    ['1–6', '1–6'],
    ['4–9', '1–6', '4–9', '1–6'],
  ]);
  // With 60% of B tried: 1 of 5 is lost in A, 2 of 5 in B.
  const sheet = engine.getSheetId(enLabels.workbook.inputs)!;
  engine.setCellContents({ sheet, row: rowOf(engine.getSheetValues(sheet), 'B'), col: 5 }, 0.6);
  expect([field(), owner(), score()]).toEqual([
    [10, '4–9', '1–6', 3],
    ['1–6', 3],
    ['4–9', '1–6', 7, 3],
  ]);
});
