import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyScenario } from '../src/analysis/changes.js';
import { groupWhatIf } from '../src/analysis/group.js';
import { parseChanges } from '../src/analysis/scenario.js';
import { atYear, extend } from '../src/catalogue/compose.js';
import { lintCatalogue } from '../src/catalogue/lint.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { readPhrase } from '../src/catalogue/phrases.js';
import { gradeOf, loadCatalogue, loadReading, parseReading, score } from '../src/index.js';
import { openCatalogue } from '../src/input/catalogue.js';
import { streamScores } from '../src/input/stream.js';
import { sqlOf } from '../src/output/sql.js';
import { leaderless, withLeaders } from '../src/scoring/leaders.js';
import { catalogueWith, cchc, fixture, must, NHU_XUAN, withFiles, yaml } from './support.js';
import { readingsOf } from './workbook-support.js';

const codes = (found: readonly { code: string }[]) => found.map((d) => d.code);

describe('phrases of official tables', () => {
  interface Phrase {
    phrase: string;
    max: number;
    rule?: object;
    refused?: string;
  }
  const cases = yaml(readFileSync(new URL('cases/phrases.yaml', import.meta.url), 'utf8')) as Phrase[];
  it.each(cases)('$phrase', ({ phrase, max, rule, refused }) => {
    const read = readPhrase(phrase, Number(max));
    if (!read.ok) return void expect(read.diagnostics[0]?.params).toEqual({ found: refused });
    expect(JSON.parse(JSON.stringify(read.rule))).toEqual(rule);
    // What is read is a rule that a catalogue takes.
    expect(catalogueWith(read.rule, Number(max)).criteria).toHaveLength(1);
  });

  it('never guesses: any text is a rule or is refused, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = readPhrase(text, 1);
        if (!read.ok) expect(read.diagnostics.length).toBeGreaterThan(0);
        else expect(text).toMatch(/\d/);
      }),
    );
  });
});

describe('cchc catalogue', () => {
  const TABLE = [
    ['Mã', 'Tiêu chí', 'Điểm chuẩn', 'Cách tính', 'Đơn vị chủ trì'],
    ['I', 'Chỉ đạo điều hành', '', '', ''],
    ['1.1', 'Kế hoạch', '2', 'từ 80% đến dưới 100%: tính theo công thức; dưới 80%: 0 điểm', 'Phòng Nội vụ'],
    ['1.2', 'Báo cáo', '1,5', 'trừ 0,25 điểm/báo cáo', 'Văn phòng'],
    ['II', 'Thủ tục hành chính', '', '', ''],
    ['2.1', 'ISO', '1', 'Tốt: 1 điểm; Đạt yêu cầu: 0,5 điểm; Không đạt: 0 điểm', 'Văn phòng'],
  ];
  const csv = (rows: string[][]) => `${rows.map((r) => r.map((c) => `"${c}"`).join(',')).join('\n')}\n`;

  it('new, from CSV and from XLSX alike: a catalogue that scores', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('x').addRows(TABLE);
    const sheet = new Uint8Array(await workbook.xlsx.writeBuffer());
    await withFiles({ 'tinh.csv': csv(TABLE), 'tinh.xlsx': sheet }, async (folder) => {
      for (const name of ['tinh.csv', 'tinh.xlsx']) {
        const made = await cchc([
          'catalogue',
          'new',
          '--from',
          `${folder}/${name}`,
          '--year',
          '2026',
          '--output',
          `${folder}/c.yaml`,
          '--force',
        ]);
        expect(made.stderr).toBe('');
        const catalogue = must(await openCatalogue(`${folder}/c.yaml`));
        expect(catalogue.scale).toBe(45_000);
        expect(catalogue.fields.map((x) => [x.id, x.name.vi])).toEqual([
          ['I', 'Chỉ đạo điều hành'],
          ['II', 'Thủ tục hành chính'],
        ]);
        const indicators = { '1.1': '90%', '1.2': 2, '2.1': 'Đạt yêu cầu' };
        const reading = must(
          parseReading({ unit: 'U', year: 2026, catalogue: 'tinh', indicators }, catalogue),
        );
        // 0.9 × 2 + (1.5 − 2 × 0.25) + 0.5 = 3.3.
        expect(score(reading, catalogue).total.score).toBe(33_000);
      }
    });
  });

  it('new: what is not understood is told with its cell, and nothing is written', async () => {
    const bad = [
      ...TABLE,
      ['2.2', 'Khác', '1', 'theo hội đồng', 'Văn phòng'],
      ['2.3', 'Khác', 'một', 'Có: 1 điểm; Không: 0', 'Văn phòng'],
    ];
    await withFiles({ 'tinh.csv': csv(bad) }, async (folder) => {
      const ran = await cchc(['catalogue', 'new', '--from', `${folder}/tinh.csv`, '--year', '2026']);
      expect([ran.code, ran.stdout]).toEqual([3, '']);
      expect(ran.stderr).toContain('phrase-not-understood');
      expect(ran.stderr).toMatch(/tinh\.csv:7:/);
      expect(ran.stderr).toMatch(/tinh\.csv:8:/);
      const none = await cchc(['catalogue', 'new', '--from', `${folder}/tinh.csv`]);
      expect([none.code, none.stderr.includes('--year')]).toEqual([2, true]);
    });
  });

  it('new asks when there is no table', async () => {
    const answers = [
      'xa-2026',
      'Bộ tiêu chí xã',
      '2026',
      '1',
      'Kế hoạch',
      '1',
      'Có: 1 điểm; Không: 0 điểm',
      'Văn phòng',
      '',
    ];
    const ran = await cchc(['catalogue', 'new'], { stdin: `${answers.join('\n')}\n` });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('id: xa-2026');
    expect(ran.stdout).toContain('kind: yes_no');
  });

  it('lint finds what is doubtful, each at its place', async () => {
    const text = `id: t
name: {vi: T, en: T}
year: 2022
scale: {value: 4, provenance: assumed, reason: x}
sources: {}
fields: [{id: "1", name: {vi: F, en: F}, max: 5}]
owners: {A: {}, B: {}}
criteria:
  - {id: "1.1", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: steps, provenance: assumed, reason: x, tiers: [{at_least: 50, at_most: 80, points: 0.5}, {at_least: 80, points: max}]}}
  - {id: "1.10", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: steps, provenance: assumed, reason: x, tiers: [{at_least: 50, below: 60, points: 0.5}, {at_least: 70, points: max}]}}
  - {id: "1.3", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: linear, provenance: assumed, reason: x, knots: [{at: 0, points: 0}, {at: 50, points: 1}, {at: 100, points: 0.5}]}}
  - {id: "1.4", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: steps, provenance: assumed, reason: x, tiers: [{at_least: 50, points: max}, {at_least: 60, points: 0.5}]}}
`;
    await withFiles({ 't.yaml': text }, async (folder) => {
      const ran = await cchc(['catalogue', 'lint', `${folder}/t.yaml`, '--format', 'json']);
      const found = JSON.parse(ran.stdout).files[0].diagnostics as {
        code: string;
        line: number;
        severity: string;
      }[];
      const at = (code: string) => found.find((d) => d.code === code)?.line;
      expect(at('field-sum')).toBe(6);
      expect(at('owner-unused')).toBe(7);
      expect(at('tiers-overlap')).toBe(9);
      expect(at('ids-collide')).toBe(10);
      expect(at('tiers-gap')).toBe(10);
      // The gap of 1.10 falls to 0 between 0.5 and the maximum.
      expect(found.filter((d) => d.code === 'not-monotone').map((d) => d.line)).toEqual([10, 11]);
      expect(at('points-unreachable')).toBe(12);
      expect(found.filter((d) => d.code === 'no-translation')).toHaveLength(4);
      expect(ran.code).toBe(0);
      expect((await cchc(['catalogue', 'lint', `${folder}/t.yaml`, '--max-warnings', '0'])).code).toBe(1);
    });
  });

  it('every format agrees on the verdict of lint', async () => {
    await withFiles({ 'bad.yaml': 'id: x\n' }, async (folder) => {
      for (const format of ['table', 'json', 'csv', 'markdown', 'github', 'sarif', 'junit', 'gitlab']) {
        expect((await cchc(['catalogue', 'lint', `${folder}/bad.yaml`, '--format', format])).code).toBe(3);
      }
    });
  });

  it('diff: maxima, rules, owners, moved ids, and the effect on a reading', async () => {
    const text = readFileSync(new URL('../criteria/thanh-hoa-district-2022.yaml', import.meta.url), 'utf8');
    // Target 85 → 40 for 7.3.2: the 16.643% implied by the loss earns 0.4161 instead of 0.1958.
    const changed = text
      .replace(/(id: "7\.3\.2"[\s\S]*?target:\s*\{?\s*value: )85/, '$140')
      .replace('- id: "1.5"', '- id: "1.6"');
    await withFiles({ 'new.yaml': changed }, async (folder) => {
      const ran = await cchc([
        'catalogue',
        'diff',
        'thanh-hoa-district-2022',
        `${folder}/new.yaml`,
        '--format',
        'json',
      ]);
      const { changes } = JSON.parse(ran.stdout);
      expect(changes).toMatchObject([
        { kind: 'moved', id: '1.5', to: '1.6' },
        { kind: 'changed', id: '7.3.2', rule: true, max: null },
      ]);
    });
    const only = text.replace(/(id: "7\.3\.2"[\s\S]*?target:\s*\{?\s*value: )85/, '$140');
    await withFiles({ 'new.yaml': only }, async (folder) => {
      const ran = await cchc([
        'catalogue',
        'diff',
        'thanh-hoa-district-2022',
        `${folder}/new.yaml`,
        '--reading',
        NHU_XUAN,
        '--format',
        'json',
      ]);
      expect(JSON.parse(ran.stdout).effect.rules).toBeCloseTo(0.4161 - 0.1958, 4);
    });
  });

  it('docs: a page with every criterion, in both languages', async () => {
    const [vi, en] = await Promise.all(
      ['vi', 'en'].map((lang) => cchc(['catalogue', 'docs', 'rule-forms-example', '--lang', lang])),
    );
    for (const id of ['1.1.1', '1.2.2', '2.1']) expect(vi!.stdout).toContain(`# ${id} `);
    expect(en!.stdout).toContain('target reached → 2.5; below it: pro rata');
    expect(en!.stdout + vi!.stdout).not.toMatch(/undefined|NaN/);
  });

  it('an unknown action is refused with a suggestion', async () => {
    const ran = await cchc(['catalogue', 'lintt', 'x']);
    expect([ran.code, ran.stderr.includes("did you mean 'lint'")]).toEqual([2, true]);
  });
});

describe('composition and years', () => {
  it('a base, what is changed by id, what is added, what is removed', () => {
    const base = {
      id: 'a',
      sources: { s: 1 },
      criteria: [
        { id: '1', max: 1, rule: 'r' },
        { id: '2', max: 2 },
        { id: '3', max: 3 },
      ],
    };
    const own = {
      extends: 'a',
      id: 'b',
      sources: { t: 2 },
      remove: ['3'],
      criteria: [
        { id: '1', max: 9 },
        { id: '4', max: 4 },
      ],
    };
    expect(extend(base, own)).toEqual({
      id: 'b',
      sources: { s: 1, t: 2 },
      criteria: [
        { id: '1', max: 9, rule: 'r' },
        { id: '2', max: 2 },
        { id: '4', max: 4 },
      ],
    });
  });

  it('the value of a year is that of the latest year not after it', () => {
    const data = {
      x: { by_year: { 2022: 70, 2024: { value: 80, source: 's' } } },
      y: [{ by_year: { 2023: 1 } }],
    };
    expect(atYear(data, 2023)).toEqual({ x: 70, y: [1] });
    expect(atYear(data, 2026)).toEqual({ x: { value: 80, source: 's' }, y: [1] });
    expect(atYear(data, 2020)).toEqual({ x: 70, y: [1] });
  });

  it('each year is scored under its own numbers: 63% online is 4.5 of 5 in 2024, 3.94 in 2025, 3.71 in 2026', async () => {
    const points = async (year: number) => {
      const text = `unit: Sở A\nyear: ${year}\ncatalogue: departments-example\nindicators: {"7.1": 63%}\n`;
      const ran = await cchc(['score', '-', '-q', '--format', 'json'], { stdin: text });
      return JSON.parse(ran.stdout).readings[0].criteria.find((c: { id: string }) => c.id === '7.1').points;
    };
    // 63 ÷ 70, 63 ÷ 80 and 63 ÷ 85, times 5, at two decimals: 4.5, 3.9375 → 3.94, 3.7059 → 3.71.
    expect([await points(2024), await points(2025), await points(2026)]).toEqual([4.5, 3.94, 3.71]);
  });

  it('a year outside the validity is a warning, told once', async () => {
    const text = 'unit: Sở A\nyear: 2030\ncatalogue: departments-example\nindicators: {"7.1": 63%}\n';
    const ran = await cchc(['score', '-', '--format', 'json'], { stdin: text });
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/outside-validity/g)).toHaveLength(1);
  });

  it('the communes’ catalogue is the departments’ with its changes, and adds up to 100', async () => {
    const [base, own] = [
      must(await loadCatalogue('departments-example')),
      must(await loadCatalogue('communes-example')),
    ];
    expect(own.scale).toBe(100_00);
    expect(own.criteria.reduce((s, c) => s + c.max, 0)).toBe(100_00);
    expect(own.criteria).toHaveLength(base.criteria.length - 3);
    expect(own.bands).toEqual(base.bands);
    expect(lintCatalogue(own).filter((d) => d.severity === 'warning')).toEqual([]);
  });

  it('faults of a composed catalogue stand in the file that has them; a circle is refused', async () => {
    const child = 'extends: ./base.yaml\nid: child\ncriteria:\n  - {id: "1.1.1", owners: [Nobody]}\n';
    const base = readFileSync(
      new URL('../criteria/rule-forms-example.yaml', import.meta.url),
      'utf8',
    ).replace('field: "2"', 'field: "9"');
    await withFiles({ 'child.yaml': child, 'base.yaml': base }, async (folder) => {
      const opened = await openCatalogue(`${folder}/child.yaml`);
      const places = opened.diagnostics
        .filter((d) => d.severity === 'error')
        .map((d) => [d.code, d.place?.file.split('/').at(-1)]);
      expect(places).toContainEqual(['unknown-field', 'base.yaml']);
      expect(places).toContainEqual(['unknown-owner', 'child.yaml']);
    });
    await withFiles({ 'a.yaml': 'extends: ./b.yaml\n', 'b.yaml': 'extends: ./a.yaml\n' }, async (folder) => {
      expect(codes((await openCatalogue(`${folder}/a.yaml`)).diagnostics)).toEqual(['extends-circle']);
    });
  });
});

describe('fields in a tree', () => {
  it('sub-totals at every depth', async () => {
    const catalogue = must(await loadCatalogue('rule-forms-example'));
    const indicators = { '1.1.1': 'Chậm', '1.1.2': '90%', '1.2.1': '25%' };
    const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'x', indicators }, catalogue));
    const fields = score(reading, catalogue).fields;
    expect(fields.map((x) => [x.field.id, x.depth])).toEqual([
      ['1', 0],
      ['1.1', 1],
      ['1.2', 1],
      ['2', 0],
    ]);
    // 1.1: late 0 + 90% of 2 = 1.8, reports unknown from 0 to 2; 1.2: 0.5 for 25%, issues from 0 to 1.
    const span = (id: string) =>
      fields.filter((x) => x.field.id === id).map((x) => [x.worst, x.best, x.max])[0];
    expect(span('1.1')).toEqual([18_000, 38_000, 50_000]);
    expect(span('1.2')).toEqual([5000, 15_000, 20_000]);
    expect(span('1')).toEqual([23_000, 53_000, 70_000]);
  });

  it('a field that is part of itself is an error', () => {
    const data = yaml(`id: t
name: t
year: 2022
scale: {value: 1, provenance: assumed, reason: x}
sources: {}
fields: [{id: a, name: a, parent: b}, {id: b, name: b, parent: a}]
owners: {O: {}}
criteria:
  - {id: x, name: x, field: a, owners: [O], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: yes_no, provenance: assumed, reason: x}}
`);
    expect(codes(parseCatalogue(data).diagnostics)).toContain('field-circle');
  });
});

describe('targets and leaders', () => {
  const catalogue = catalogueWith({ kind: 'leader_relative' }, 10);
  const member = (unit: string, entry: unknown) => ({
    catalogue,
    reading: must(
      parseReading({ unit, year: 2022, catalogue: 'test', indicators: { T1: entry } }, catalogue),
    ),
  });

  it('the leader’s value is taken from the group, and a given one stays', () => {
    const group = [
      member('A', { value: 150, target: 100 }),
      member('B', { value: 200, target: 100 }),
      member('C', { value: 150, target: 100, leader: 250 }),
    ];
    const points = withLeaders(group).map(({ reading }) => score(reading, catalogue).total.score);
    // 5 + 50 ÷ 100 × 5 = 7.5; the leader 10; against 250: 5 + 50 ÷ 150 × 5 = 6.6667.
    expect(points).toEqual([75_000, 100_000, 66_667]);
    expect(leaderless(group[0]!)).toEqual(['T1']);
  });

  it('a unit that becomes the leader moves the others’ points too', () => {
    const group = [member('A', { value: 150, target: 100 }), member('B', { value: 200, target: 100 })];
    const { changes } = parseChanges({ T1: 300 }, catalogue);
    const scenarios = [
      { name: { vi: 'x' }, changes },
      { name: { vi: 'x' }, changes: new Map() },
    ];
    const { moves } = groupWhatIf(group, scenarios, 'min');
    const of = (unit: string) => moves.find((m) => m.after.unit === unit)!;
    expect(of('A').after.total.score).toBe(100_000);
    // B was the leader with 10; against 300 it has 5 + 100 ÷ 200 × 5 = 7.5.
    expect([of('B').before.total.score, of('B').after.total.score]).toEqual([100_000, 75_000]);
  });

  it('a scenario keeps the target and the leader, and the what-if says who would lead', async () => {
    const { reading } = member('A', { value: 50, target: 100, leader: 200 });
    const { changes } = parseChanges({ T1: 150 }, catalogue);
    expect(score(applyScenario(reading, { name: { vi: '' }, changes }), catalogue).total.score).toBe(75_000);
    const text = `unit: U
year: 2025
catalogue: rule-forms-example
indicators: {"2.1": {value: 50, target: 100, leader: 200}}
`;
    const ran = await cchc(['whatif', '-', '-q', '--set', '2.1=250', '--format', 'json'], { stdin: text });
    expect(JSON.parse(ran.stdout).scenarios[0].leads).toEqual(['2.1']);
    const shown = await cchc(['whatif', '-', '-q', '--set', '2.1=250'], { stdin: text });
    expect(shown.stdout).toContain('would lead its group in 2.1');
  });

  it('explain, plan and sensitivity take the rule as it stands for the unit', async () => {
    const text = `unit: U
year: 2025
catalogue: rule-forms-example
indicators:
  1.1.1: Đúng hạn
  1.1.2: 100%
  1.1.3: {values: {late: 0, quarterly: 0, yearly: 0}}
  1.2.1: 30%
  1.2.2: {total: 10, parts: {settled: 10, handled: 0}}
  2.1: {value: 150, target: 100, leader: 200}
  2.2: {values: {bonus: 4, penalty: 0}}
`;
    await withFiles({ 'r.yaml': text }, async (folder) => {
      const json = async (...args: string[]) =>
        JSON.parse((await cchc([...args, '-q', '--format', 'json'])).stdout);
      const file = `${folder}/r.yaml`;
      const explained = await cchc(['explain', '2.1', file, '-q']);
      // From 150 the next gain is the leader's 200; a unit more is 2.5 ÷ 100 points.
      expect(explained.stdout).toContain('at 200: 5 points (+1.25)');
      expect(explained.stdout).toContain('0.025 points per unit');
      // 12.75 + 1.25 = 14 of 14.
      const planned = await json('plan', file, '--target-score', '14');
      expect(planned.choice.score).toBe(14);
      const [lever] = (await json('sensitivity', file)).criteria;
      expect(lever).toMatchObject({ id: '2.1', recoverable: 1.25, marginal: 0.025 });
    });
  });

  it('a target is needed, and beyond it a leader; both belong to no other rule', async () => {
    const bad = parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: 50 } }, catalogue);
    expect(codes(bad.diagnostics)).toContain('needs-target');
    const text =
      'unit: U\nyear: 2025\ncatalogue: rule-forms-example\nindicators: {"2.1": {value: 150, target: 100}}\n';
    const ran = await cchc(['score', '-', '-q'], { stdin: text });
    expect([ran.code, ran.stderr.includes('needs-leader')]).toEqual([3, true]);
    const other =
      'unit: U\nyear: 2025\ncatalogue: rule-forms-example\nindicators: {"1.2.1": {value: 30%, target: 100}}\n';
    expect((await cchc(['score', '-', '-q'], { stdin: other })).stderr).toContain('unknown-key');
  });

  it('rises with the value and never exceeds the maximum, whoever leads', () => {
    const n = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(n, n, fc.nat(700), fc.nat(700), (target, leader, x, y) => {
        const points = (value: number) =>
          score(member('A', { value, target, leader }).reading, catalogue).total.score!;
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        expect(points(low)).toBeLessThanOrEqual(points(high));
        expect(points(high)).toBeLessThanOrEqual(100_000);
        if (leader >= target) expect(points(leader)).toBe(100_000);
        expect(points(target)).toBeGreaterThanOrEqual(50_000);
      }),
    );
  });
});

describe('every form of rule, worked', () => {
  it('the example reading earns 9.85 of 14, below both bands, 1.35 short of group B', async () => {
    const { reading, catalogue } = must(await loadReading(fixture('rule-forms-2025.yaml')));
    const result = score(reading, catalogue);
    const points = result.criteria.map((c) => c.points! / 1e4);
    expect(points).toEqual([1, 1.85, 1, 0.5, 0.75, 3.75, 1]);
    expect(result.total.score).toBe(98_500);
    // 80% of 14 is 11.2.
    expect(gradeOf(result)).toMatchObject({
      band: null,
      next: { band: { name: { vi: 'Nhóm B' } }, points: 13_500 },
    });
    const shown = await cchc(['score', fixture('rule-forms-2025.yaml'), '--lang', 'vi', '-q']);
    expect(shown.stdout).toContain('Nhóm B: thêm 1,35 điểm');
  });
});

describe('bonus and penalty', () => {
  it('are held at both ends', async () => {
    const catalogue = must(await loadCatalogue('rule-forms-example'));
    const points = (bonus: number, penalty: number) => {
      const indicators = { '2.2': { values: { bonus, penalty } } };
      const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'x', indicators }, catalogue));
      return score(reading, catalogue).criteria.find((c) => c.criterion.id === '2.2')!.points! / 1e4;
    };
    // 0.5 each, less 0.5 each, never above 2 nor below −1.
    expect([points(3, 1), points(9, 0), points(0, 5), points(0, 1)]).toEqual([1, 2, -1, -0.5]);
  });
});

describe('hierarchy', () => {
  const GROUP = fixture('groups/communes-example.csv');
  const UNITS = fixture('groups/units-example.yaml');

  it('sums counts over the units below, and refuses to average percents or mix levels', async () => {
    const ran = await cchc(['aggregate', GROUP, '--units', UNITS, '--parent', 'Tỉnh A']);
    expect(ran.code).toBe(0);
    const data = yaml(ran.stdout) as { unit: string; indicators: Record<string, unknown> };
    // 900 + 700 + 1900 of 950 + 800 + 2000.
    expect(data.indicators['3.1']).toEqual({ done: '3500', total: '3750' });
    expect(data.indicators['1.4']).toBe('6');
    expect(data.indicators['1.1']).toBeUndefined();
    expect(ran.stderr).toContain('no-average');
    expect(ran.stderr).toContain('not-additive');
    const again = await cchc(['score', '-', '-q', '--format', 'json'], { stdin: ran.stdout });
    expect(JSON.parse(again.stdout).readings[0].unit).toBe('Tỉnh A');
  });

  it('ranks within groups and parents as well as over all', async () => {
    const ran = await cchc(['league', GROUP, '--units', UNITS, '--format', 'json']);
    const { units, groups } = JSON.parse(ran.stdout);
    expect(units.map((u: { unit: string }) => u.unit)).toEqual([
      'Xã A1',
      'Phường A3',
      'Xã A2',
      'Phường B2',
      'Xã B1',
    ]);
    const of = (name: string) => groups.find((g: { group: string }) => g.group === name).units;
    expect(of('Miền núi').map((u: { unit: string; rank: number }) => [u.unit, u.rank])).toEqual([
      ['Xã A1', 1],
      ['Xã A2', 2],
    ]);
    expect(of('Tỉnh B').map((u: { unit: string }) => u.unit)).toEqual(['Phường B2', 'Xã B1']);
  });

  it('faults: a circle, an unknown parent, units that are not placed, children without a reading', async () => {
    const circle = 'units: [{unit: A, parent: B}, {unit: B, parent: A}]\n';
    await withFiles({ 'u.yaml': circle }, async (folder) => {
      const ran = await cchc(['aggregate', GROUP, '--units', `${folder}/u.yaml`, '--parent', 'A']);
      expect([ran.code, ran.stderr.includes('unit-circle')]).toEqual([3, true]);
    });
    expect((await cchc(['aggregate', GROUP, '--units', UNITS, '--parent', 'Tỉnh C'])).stderr).toContain(
      "did you mean 'Tỉnh A'",
    );
    const more = 'units: [{unit: Xã A1, parent: T}, {unit: Xã Z, parent: T}]\n';
    await withFiles({ 'u.yaml': more }, async (folder) => {
      const ran = await cchc(['aggregate', GROUP, '--units', `${folder}/u.yaml`, '--parent', 'T']);
      expect(ran.stderr).toContain('children-missing');
      expect((await cchc(['league', GROUP, '--units', `${folder}/u.yaml`])).stderr).toContain(
        'unit-not-placed',
      );
    });
  });
});

describe('at scale', () => {
  it('the streamed ranking gives the single scores, whatever the rows say', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    const readings = fc.sample(readingsOf(catalogue), { numRuns: 60, seed: 3 });
    const rows = readings.flatMap((reading, i) =>
      [...reading.entries].map(([id, e]) => {
        const x = e.value?.inputs[0];
        const input = catalogue.criteria.find((c) => c.id === id)!.compiled.inputs[0]!;
        const value =
          x?.form === 'number'
            ? x.x.d === 1n
              ? x.x.toString()
              : x.x.valueOf().toFixed(4)
            : x && input.form === 'table'
              ? input.levels[x.index]!.level.vi
              : '';
        return [
          `Xã ${i}`,
          '2022',
          id,
          `"${value}"`,
          e.deducted === null ? '' : e.deducted / 1e4,
          e.exempt ? 'x' : '',
          e.notApplicable ? 'true' : '',
        ].join(',');
      }),
    );
    const text = `unit,year,id,value,deducted,exempt,not_applicable\n${rows.join('\r\n')}\r\n`;
    await withFiles({ 'all.csv': text }, async (folder) => {
      const sums = must(await streamScores(`${folder}/all.csv`, catalogue));
      expect(sums.map((s) => [s.points, s.max, s.unknown])).toEqual(
        readings.map((r) => {
          const { total } = score(r, catalogue);
          return [total.score, total.applicableMax, 0];
        }),
      );
      const ran = await cchc([
        'league',
        `${folder}/all.csv`,
        '--stream',
        '--catalogue',
        'thanh-hoa-district-2022',
        '--format',
        'csv',
      ]);
      expect(ran.stdout.trimEnd().split('\r\n')).toHaveLength(61);
    });
  });

  it('faults of a stream come with their lines, and scattered units are refused', async () => {
    const text =
      'unit,year,id,value\nA,2022,1.5,2\nA,2022,1.5,3\nA,2022,9.9,1\nB,2022,1.5,x\nA,2022,7.3.2,50\n';
    await withFiles({ 'a.csv': text }, async (folder) => {
      const ran = await cchc([
        'league',
        `${folder}/a.csv`,
        '--stream',
        '--catalogue',
        'thanh-hoa-district-2022',
      ]);
      expect([ran.code, ran.stdout]).toEqual([3, '']);
      for (const [code, line] of [
        ['duplicate-id', 3],
        ['unknown-criterion', 4],
        ['wants-number', 5],
        ['stream-order', 6],
      ])
        expect(ran.stderr).toMatch(new RegExp(`${code}[\\s\\S]*?a\\.csv:${line}\\b`));
    });
    const wrong = await cchc([
      'league',
      'x.csv',
      '--stream',
      '--catalogue',
      'thanh-hoa-district-2022',
      '--raise',
      '1.5=2',
    ]);
    expect([wrong.code, wrong.stderr.includes('not-in-stream')]).toEqual([2, true]);
  });

  it('SQL: DuckDB gives the score and the index of random readings, thresholds included', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    const readings = fc.sample(readingsOf(catalogue), { numRuns: 150, seed: 9 });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      'CREATE TABLE readings (unit TEXT, year INTEGER, id TEXT, value DOUBLE, level TEXT, done DOUBLE, total DOUBLE, deducted DOUBLE, exempt BOOLEAN, not_applicable BOOLEAN)',
    );
    const quoted = (t: string) => `'${t.replaceAll("'", "''")}'`;
    const rows = readings.flatMap((reading, i) =>
      [...reading.entries].map(([id, e]) => {
        const x = e.value?.inputs[0];
        const input = catalogue.criteria.find((c) => c.id === id)!.compiled.inputs[0]!;
        const value = x?.form === 'number' ? String(x.x.valueOf()) : 'NULL';
        const level =
          x?.form === 'level' && input.form === 'table' ? quoted(input.levels[x.index]!.level.vi) : 'NULL';
        const deducted = e.deducted === null ? 'NULL' : String(e.deducted / 1e4);
        return `('U${i}', 2022, ${quoted(id)}, ${value}, ${level}, NULL, NULL, ${deducted}, ${e.exempt !== null}, ${e.notApplicable})`;
      }),
    );
    await connection.run(`INSERT INTO readings VALUES ${rows.join(', ')}`);
    const found = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
    expect(found).toHaveLength(readings.length);
    for (const row of found) {
      const { total } = score(readings[Number(String(row.unit).slice(1))]!, catalogue);
      expect(Number(row.score)).toBeCloseTo(total.score! / 1e4, 9);
      expect(Number(row.index_percent)).toBeCloseTo(total.index!.valueOf(), 9);
    }
    // A ratio is scored by its counts; a unit with a criterion missing has no score.
    await connection.run(
      "DELETE FROM readings; INSERT INTO readings (unit, year, id, done, total) VALUES ('A', 2022, '7.3.2', 17, 20)",
    );
    const [partly] = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
    expect(partly).toMatchObject({ unit: 'A', score: null });
  });

  it('cchc sql prints it, and refuses rules that look at several values', async () => {
    const ran = await cchc(['sql', 'thanh-hoa-district-2022', '--table', 'so lieu "2022"']);
    expect(ran.stdout).toContain('FROM "so lieu ""2022"""');
    const no = await cchc(['sql', 'rule-forms-example']);
    expect([no.code, no.stderr.includes('1.1.3')]).toEqual([3, true]);
  });
});
