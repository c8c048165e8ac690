import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeFaults } from '../src/analysis/gain.js';
import { compileRisk } from '../src/analysis/risk/model.js';
import { parseOutlook } from '../src/analysis/risk/outlook.js';
import { exactRisk } from '../src/analysis/risk/risk.js';
import { parseChanges, whatIf } from '../src/analysis/whatif.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { NO_MOVES } from '../src/ranking/rivals.js';
import { parseReading } from '../src/reading/parse.js';
import { valueText } from '../src/render/words.js';
import { score } from '../src/scoring/score.js';
import { loadMessages } from '../src/text/index.js';
import { catalogueData, cchc, must, withFiles } from './support.js';

describe('one named count of a measured ratio', () => {
  const times = {
    counts: ['a', 'b', 'c', 'd'],
    ratio: { times: ['a', 'b'], over: { larger_of: ['c', 'd'] } },
  };
  const rule = { kind: 'proportional', target: 100, when_none: 0, measure: times };
  const data = catalogueData(rule, 4);
  const catalogue = must(
    parseCatalogue({ ...data, criteria: data.criteria.map((c) => ({ ...c, id: '2.3' })) }),
  );
  const decimals = catalogue.decimals;
  const readingOf = (entry: unknown) =>
    must(
      parseReading(
        { unit: 'U', year: 2025, catalogue: catalogue.id, indicators: { '2.3': entry } },
        catalogue,
      ),
    );
  // 5 × 6 of 50 are 60%: 2.4 of 4.
  const reading = readingOf({ counts: { a: 5, b: 6, c: 40, d: 50 } });
  const set = (data: object, of = reading) => {
    const { changes, diagnostics } = parseChanges(data as Record<string, unknown>, catalogue);
    const faults = [...diagnostics, ...changeFaults(changes, of, catalogue)].map((d) => [d.code, d.params]);
    if (faults.length > 0) return faults;
    const [scenario] = whatIf(of, catalogue, [{ name: { vi: '' }, changes }]).scenarios;
    return scenario!.result.total.score! / 10 ** decimals;
  };

  it.each([
    // 8 × 6 of 50 are 96%, 5 × 6 of 60 are 50%, and 5 × 6 of 50 stay while 45 is less than 50.
    [{ '2.3.a': 8 }, 3.84],
    [{ '2.3.c': 60 }, 2],
    [{ '2.3.c': 45 }, 2.4],
    // 10 × 4 of 50 are 80%.
    [{ '2.3.a': 10, '2.3.b': 4 }, 3.2],
    // Nothing to count.
    [{ '2.3.a': 0, '2.3.c': 0, '2.3.d': 0 }, 0],
  ])('%j moves the ratio, the others as the reading has them', (data, points) => {
    expect(set(data)).toBe(points);
  });

  it('is unknown while one count is, and what a scenario gives joins the others', () => {
    const some = readingOf({ counts: { a: 5, b: 6, c: 40 } });
    expect(score(some, catalogue).total).toMatchObject({ score: null, worst: 0, best: 40_000 });
    // 5 × 6 of 60 are 50%: 2 of 4.
    expect(set({ '2.3.d': 60 }, some)).toBe(2);
    expect(set({ '2.3.a': 1 }, some)).toEqual([
      ['value-incomplete', { id: '2.3', given: ['a', 'b', 'c'], missing: ['d'] }],
    ]);
  });

  it('says what it lacks', () => {
    expect(set({ '2.3.a': 8 }, readingOf('60%'))).toEqual([
      ['value-incomplete', { id: '2.3', given: ['a'], missing: ['b', 'c', 'd'] }],
    ]);
    expect(set({ '2.3.c': 0, '2.3.d': 0 })).toEqual([['zero-total', { id: '2.3' }]]);
    expect(set({ '2.3.a': 8, '2.3': '60%' })).toEqual([['two-values', { id: '2.3', keys: ['2.3'] }]]);
    expect(set({ '2.3.a': -1 })).toEqual([['below-range', { value: '-1', min: '0' }]]);
    expect(set({ '2.3.e': 1 })).toMatchObject([['unknown-criterion', { value: '2.3.e' }]]);
  });

  it('rows of one count each make the entry, and the answer shows them', async () => {
    const apart = { '2.3.a': 5, '2.3.b': 6, '2.3.c': 40, '2.3.d': { value: 50 } };
    const read = must(
      parseReading({ unit: 'U', year: 2025, catalogue: catalogue.id, indicators: apart }, catalogue),
    );
    const { criteria } = score(read, catalogue);
    expect(valueText(criteria[0]!.criterion, criteria[0]!.value!, await loadMessages('vi'))).toBe(
      '60% (30/50; a 5, b 6, c 40, d 50)',
    );
  });

  it('may be uncertain, alone or with another', () => {
    const risk = (indicators: object, of = reading) => {
      const parsed = parseOutlook({ indicators }, catalogue, of, null);
      if (!parsed.ok) return parsed.diagnostics.map((d) => [d.code, d.params]);
      const model = compileRisk(score(of, catalogue), of, parsed.value, null, NO_MOVES);
      const exact = Array.isArray(model) ? null : exactRisk(model, { points: null, rank: null });
      return exact && typeof exact === 'object' ? exact.score.mean / 10 ** decimals : exact;
    };
    // 5 to 8 of 6 each are 60, 72, 84 and 96%: 2.4, 2.88, 3.36 and 3.84, 3.12 on average.
    expect(risk({ '2.3.a': '5..8' })).toBeCloseTo(3.12, 9);
    // a of 5 or 6 and b of 5 or 6: 25, 30, 30 and 36 of 50: 2, 2.4, 2.4 and 2.88, 2.42 on average.
    expect(risk({ '2.3.a': '5..6', '2.3.b': '5..6' })).toBeCloseTo(2.42, 9);
    expect(risk({ '2.3.a': '5..8' }, readingOf('60%'))).toEqual([
      ['value-incomplete', { id: '2.3', given: ['a'], missing: ['b', 'c', 'd'] }],
    ]);
    expect(risk({ '2.3': '50..60', '2.3.a': '5..8' })).toEqual([
      ['two-values', { id: '2.3', keys: ['2.3', '2.3.a'] }],
    ]);
  });
});

it('a ranking says of which unit the other counts are lacking', async () => {
  const rule = {
    kind: 'proportional',
    target: 100,
    measure: { counts: ['a', 'b'], ratio: { times: ['a'], over: 'b' } },
  };
  const files = {
    'c.yaml': JSON.stringify(catalogueData(rule, 4)),
    'x.yaml': 'unit: X\nyear: 2022\ncatalogue: c.yaml\nindicators: {T1: {counts: {a: 1, b: 4}}}\n',
    'y.yaml': 'unit: Y\nyear: 2022\ncatalogue: c.yaml\nindicators: {T1: 50%}\n',
  };
  await withFiles(files, async (folder) => {
    const units = [join(folder, 'x.yaml'), join(folder, 'y.yaml')];
    const { code, stdout, stderr } = await cchc(['league', ...units, '--set', 'T1.a=3', '--lang', 'en']);
    expect([code, stderr.match(/value-incomplete[^\n]*/)?.[0]]).toEqual([
      0,
      "value-incomplete] T1 lacks 'b'",
    ]);
    expect(stderr).toContain('y.yaml');
    // 3 of 4 are 3 points of 4.
    expect(stdout).toMatch(/X \(3\)/);
  });
});
