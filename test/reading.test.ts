import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../src/files/yaml.js';
import { loadCatalogue, parseCatalogue, parseReading, score } from '../src/index.js';
import { catalogueWith, must, root, yaml } from './support.js';

const percent = { kind: 'proportional', target: 100 };
const read = (entry: unknown, rule: object = percent) => {
  const catalogue = catalogueWith(rule, 1);
  const result = parseReading(
    { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } },
    catalogue,
  );
  return { codes: result.diagnostics.map((d) => `${d.severity} ${d.code}`), result, catalogue };
};
const pointsFor = (entry: unknown, rule?: object) => {
  const { result, catalogue } = read(entry, rule);
  return score(must(result), catalogue).criteria[0]!.points! / 10_000;
};

describe('values as they are written', () => {
  for (const [written, points] of [
    ['99,2%', 0.992],
    ['99.2%', 0.992],
    ['99,2', 0.992],
    [99.2, 0.992],
    ['99.2', 0.992],
    [16.643, 0.1664],
    [{ done: 992, total: 1000 }, 0.992],
    [{ done: '1.984', total: '2.000' }, 0.992],
  ] as const) {
    it(`${JSON.stringify(written)} is 99.2% or as plain`, () => expect(pointsFor(written)).toBe(points));
  }

  it.each([
    ['1.234', 'error ambiguous-number'],
    ['abc', 'error bad-percent'],
    [120, 'error above-range'],
    [-1, 'error below-range'],
    [0.992, 'warning looks-like-ratio'],
    ['0,992', 'warning looks-like-ratio'],
    [{ done: 5, total: 0 }, 'error zero-total'],
    [{ done: 11, total: 10 }, 'warning done-over-total'],
    [{ deducted: 0.12345 }, 'error too-precise'],
    [{ deducted: 2 }, 'error deduction-impossible'],
    [{ deducted: -1 }, 'error deduction-negative'],
    [{ value: 50, deducted: 0.4 }, 'warning rule-disagrees'],
    [{ value: 50, exempt: 'x' }, 'error two-values'],
    [{ note: 'x' }, 'error no-value'],
    [{ value: 5, evidence: [{ date: '31/02/2023' }] }, 'error bad-date'],
    [{ valeu: 5 }, 'error unknown-key'],
    [[1], 'error wrong-type'],
  ])('%j says %s', (entry, code) => expect(read(entry).codes).toContain(code));

  it('levels in any case, in NFD, and without diacritics where that is clear', () => {
    const rule = {
      kind: 'levels',
      levels: [
        { level: 'Tốt', points: 1 },
        { level: 'Đạt yêu cầu', points: 0.5 },
      ],
    };
    for (const text of ['Tốt', 'tốt', 'TỐT', 'Tốt'.normalize('NFD'), 'tot'])
      expect(pointsFor(text, rule)).toBe(1);
    expect(pointsFor('dat yeu cau', rule)).toBe(0.5);
    expect(read('Tôt lắm', rule).codes).toContain('error not-a-level');
  });

  it('a count is whole', () => {
    const rule = { kind: 'count', tiers: [{ at_least: 2, points: 'max' }] };
    expect(read(2.5, rule).codes).toContain('error wants-integer');
    expect(read('60%', rule).codes).toContain('error percent-on-count');
    expect(read({ done: 1, total: 2 }, rule).codes).toContain('error ratio-on-wrong-rule');
  });
});

describe('what a reading leaves out', () => {
  it('is unknown, not zero: the score is an interval', () => {
    const catalogue = catalogueWith(percent, 1);
    const { total, criteria } = score(
      must(parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators: {} }, catalogue)),
      catalogue,
    );
    expect(criteria[0]).toMatchObject({ status: 'unknown', points: null, worst: 0, best: 10_000 });
    expect(total).toMatchObject({ score: null, deduction: null, index: null, worst: 0, best: 10_000 });
  });

  it('not applicable leaves both sums; an exemption earns in full', () => {
    const status = (entry: unknown) => {
      const { result, catalogue } = read(entry);
      return score(must(result), catalogue);
    };
    expect(status('not_applicable').total).toMatchObject({ score: 0, applicableMax: 0 });
    expect(status({ exempt: 'Báo cáo' }).criteria[0]).toMatchObject({ status: 'exempt', points: 10_000 });
  });
});

describe('catalogues', () => {
  const source = readFileSync(join(root, 'criteria/thanh-hoa-district-2022.yaml'), 'utf8');

  it('the shipped one has 15 criteria in full, in both languages, every number with its provenance', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    expect(catalogue.criteria).toHaveLength(15);
    for (const c of catalogue.criteria) {
      for (const words of [c.name, c.indicator, c.limitation, c.action, c.evidence]) {
        expect(words?.vi, c.id).toBeTruthy();
        expect(words?.en, c.id).toBeTruthy();
      }
      expect(c.numbers.length).toBeGreaterThan(1);
      for (const n of c.numbers) expect(['stated', 'inferred', 'assumed']).toContain(n.provenance.kind);
    }
    expect(catalogue.notListed?.max).toBe(757_500);
  });

  it('ids are text: an unquoted 1.10 stays 1.10', () => {
    const data = yaml('id: 1.10\nmap: {1.10: x, 1.1: y}\nn: 1.5') as { id: string; map: object; n: number };
    expect(data.id).toBe('1.10');
    expect(Object.keys(data.map)).toEqual(['1.10', '1.1']);
    expect(data.n).toBe(1.5);
    const renamed = source.replace('id: "1.5"', 'id: 1.10');
    expect(must(parseCatalogue(yaml(renamed))).criteria[2]!.id).toBe('1.10');
  });

  it('every fault is reported at its place, in one go', () => {
    const broken = source
      .replace('owners: [Phòng Nội vụ]', 'owners: [Phòng Nội vu]')
      .replace('quantity: percent', 'quantty: percent')
      .replace('value: 0.75', 'value: bảy');
    const document = must(readYaml('c.yaml', broken));
    const found = document.locate(parseCatalogue(document.data).diagnostics);
    const lines = broken.split('\n');
    const at = (text: string) => lines.findIndex((l) => l.includes(text)) + 1;
    expect(found.map((d) => [d.code, d.place?.line])).toEqual(
      expect.arrayContaining([
        ['unknown-key', at('quantty')],
        ['not-a-number', at('value: bảy')],
      ]),
    );
    const owners = must(
      readYaml('c.yaml', source.replaceAll('owners: [Phòng Nội vụ]', 'owners: [Phòng Nội vu]')),
    );
    const wrong = owners.locate(parseCatalogue(owners.data).diagnostics);
    expect(wrong.map((d) => d.code)).toEqual(['unknown-owner', 'unknown-owner', 'unknown-owner']);
    expect(wrong[0]).toMatchObject({ params: { suggestion: 'Phòng Nội vụ' } });
  });

  it('refuses numbers that do not say where they come from', () => {
    const bare = source.replace(/\n {6}provenance: inferred\n.*\n.*\n.*(?=\n)/, '');
    expect(parseCatalogue(yaml(bare)).diagnostics.map((d) => d.code)).toContain('provenance-missing');
  });
});
