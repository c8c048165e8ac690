import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { atYear, extend } from '../src/catalogue/compose.js';
import { lintCatalogue } from '../src/catalogue/lint.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { presentCatalogue } from '../src/commands/catalogue.js';
import { openCatalogue } from '../src/files/catalogue.js';
import { loadCatalogue, parseReading, score } from '../src/index.js';
import { numberText } from '../src/render/words.js';
import { loadMessages } from '../src/text/index.js';
import { catalogueData, cchc, must, NHU_XUAN, root, withFiles } from './support.js';

const SHIPPED = readdirSync(join(root, 'criteria')).map((file) => file.replace('.yaml', ''));
const codes = (found: readonly { code: string }[]) => found.map((d) => d.code);

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
        expect([made.code, made.stderr.match(/\[[a-z-]+\]/g)]).toEqual([
          0,
          ['[rule-taken]', '[rule-taken]', '[rules-counted]'],
        ]);
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

  it('new: what is not understood is told with its cell and is todo; the rest is written', async () => {
    const bad = [
      ...TABLE,
      ['2.2', 'Khác', '1', 'theo hội đồng', 'Văn phòng'],
      ['2.3', 'Khác', 'một', 'Có: 1 điểm; Không: 0', 'Văn phòng'],
    ];
    await withFiles({ 'tinh.csv': csv(bad) }, async (folder) => {
      const from = ['catalogue', 'new', '--from', `${folder}/tinh.csv`];
      const ran = await cchc([...from, '--year', '2026']);
      expect(ran.code).toBe(0);
      expect(ran.stderr).toMatch(/phrase-todo[^\n]*\n\s+--> \S*tinh\.csv:7:/);
      expect(ran.stderr).toMatch(/row-without-max[^\n]*\n\s+--> \S*tinh\.csv:8:/);
      expect(ran.stdout).toMatch(/kind: todo\n\s+words: theo hội đồng/);
      const strict = await cchc([...from, '--year', '2026', '--strict']);
      expect([strict.code, strict.stdout]).toEqual([3, '']);
      const none = await cchc(from);
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

  const doubtful = `id: t
name: {vi: T, en: T}
year: 2022
scale: {value: 4, provenance: assumed, reason: x}
sources: {}
fields: [{id: "1", name: {vi: F, en: F}, max: 5}]
owners: {A: {}, B: {}}
criteria:
  - {id: "1.1", name: {vi: X, en: X}, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: steps, provenance: assumed, reason: x, tiers: [{at_least: 50, at_most: 80, points: 0.5}, {at_least: 80, points: max}]}}
  - {id: "1.10", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: steps, provenance: assumed, reason: x, tiers: [{at_least: 50, below: 60, points: 0.5}, {at_least: 70, points: max}]}}
  - {id: "1.3", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: linear, provenance: assumed, reason: x, knots: [{at: 0, points: 0}, {at: 50, points: 1}, {at: 100, points: 0.5}]}}
  - {id: "1.4", name: X, field: "1", owners: [A], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: steps, provenance: assumed, reason: x, tiers: [{at_least: 50, points: max}, {at_least: 60, points: 0.5}]}}
`;

  it('lint finds what is doubtful, each at its place', async () => {
    await withFiles({ 't.yaml': doubtful }, async (folder) => {
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
      // Owners A and B, and the criteria 1.10, 1.3 and 1.4.
      expect(found.filter((d) => d.code === 'no-translation').map((d) => d.line)).toEqual([7, 7, 10, 11, 12]);
      expect(ran.code).toBe(0);
      expect((await cchc(['catalogue', 'lint', `${folder}/t.yaml`, '--max-warnings', '0'])).code).toBe(1);
    });
  });

  it('a catalogue in Vietnamese alone is not told that it has no English', async () => {
    await withFiles({ 't.yaml': doubtful.replace('{vi: X, en: X}', 'X') }, async (folder) => {
      const { stdout } = await cchc(['catalogue', 'lint', `${folder}/t.yaml`, '--format', 'json']);
      expect(stdout).toContain('"tiers-gap"');
      expect(stdout).not.toContain('no-translation');
    });
  });

  it('all that lint says of a file names it as it was given', async () => {
    const data = catalogueData({ kind: 'proportional', target: 80 }, 1, 1);
    const [one] = data.criteria;
    const text = JSON.stringify({ ...data, criteria: [{ ...one, examples: [{ value: 40, points: 1 }] }] });
    await withFiles({ 'c.yaml': text }, async (cwd) => {
      for (const file of ['c.yaml', './c.yaml', `${cwd}/c.yaml`]) {
        const ran = await cchc(['catalogue', 'lint', file, '--format', 'junit'], { cwd });
        expect(ran.stdout.match(/<testcase [^>]*name="[^"]*"/g)).toEqual([
          `<testcase classname="cchc" name="${file}"`,
        ]);
      }
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
      const files = ['thanh-hoa-district-2022', `${folder}/new.yaml`, '--reading', NHU_XUAN];
      const ran = await cchc(['catalogue', 'diff', ...files, '--format', 'json']);
      const { changes, effect } = JSON.parse(ran.stdout);
      // The reading goes with the criterion to its new id, and its deductions stay as they were published.
      expect([ran.stderr.includes('unknown-criterion'), effect.change]).toEqual([false, 0]);
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

  it.each(['vi', 'en'] as const)('every number of a shipped rule has words: %s', async (language) => {
    const messages = await loadMessages(language);
    const said = new Map<string, string>();
    for (const id of SHIPPED) {
      for (const criterion of must(await loadCatalogue(id)).criteria)
        for (const { what } of criterion.numbers)
          said.set(`${criterion.id} ${what}`, numberText(what, criterion.rule, messages));
    }
    expect([...said.values()].filter((text) => /[_.]|tiers|knots|parts|levels/.test(text))).toEqual([]);
    const expected = {
      vi: ['bậc 1: từ', 'mốc 2: giá trị', 'Chỉ truyền thống: điểm'],
      en: ['tier 1: from', 'point 2: value', 'Traditional only: points'],
    };
    const of = ['1.3.3 tiers.0.at_least', '4.1.3 knots.1.at', '1.4.3 levels.1.points'];
    expect(of.map((key) => said.get(key))).toEqual(expected[language]);
  });

  it('lint takes a catalogue by its id, as the other actions do', async () => {
    const [ran, none] = await Promise.all([
      cchc(['catalogue', 'lint', 'thanh-hoa-district-2022', '--format', 'json']),
      cchc(['catalogue', 'lint', 'thanh-hoa-district-2023']),
    ]);
    expect([ran.code, JSON.parse(ran.stdout).verdict]).toEqual([0, 'pass']);
    expect([none.code, none.stdout]).toEqual([3, expect.stringContaining("'thanh-hoa-district-2022'")]);
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

  it('what is removed may come anew under its id, and has nothing of the old', () => {
    const base = { owners: { P: {} }, criteria: [{ id: '1', max: 1, rule: 'r' }] };
    const own = { remove: ['1', 'P'], owners: { P: { en: 'Q' } }, criteria: [{ id: '1', max: 9 }] };
    expect(extend(base, own)).toEqual({ owners: { P: { en: 'Q' } }, criteria: [{ id: '1', max: 9 }] });
  });

  it.each([
    ['["9.9", "1.11"]', ['unknown-criterion 5:10', 'unknown-criterion 5:17']],
    ['"1.1"', ['wrong-type 5:9']],
    ['["1.1"]', []],
  ])('remove: %s', async (remove, told) => {
    const text = `extends: communes-example\nid: x\nname: X\nyear: 2025\nremove: ${remove}\n`;
    await withFiles({ 'c.yaml': text }, async (folder) => {
      const ran = await cchc(['catalogue', 'lint', `${folder}/c.yaml`, '--format', 'json']);
      const diagnostics: { severity: string; code: string; line: number; column: number }[] = JSON.parse(
        ran.stdout,
      ).files[0].diagnostics;
      const errors = diagnostics.filter((d) => d.severity === 'error');
      expect(errors.map((d) => `${d.code} ${d.line}:${d.column}`)).toEqual(told);
      expect(ran.code).toBe(told.length > 0 ? 3 : 0);
    });
  });

  it('a change that an extension gives twice is refused, not dropped', async () => {
    const text = 'extends: communes-example\nid: x\nname: X\ncriteria: [{id: "1.1"}, {id: "1.1", name: Y}]\n';
    await withFiles({ 'c.yaml': text }, async (folder) => {
      const { diagnostics } = await openCatalogue(`${folder}/c.yaml`);
      expect(diagnostics.map((d) => [d.code, d.place?.column])).toEqual([['duplicate-id', 26]]);
    });
  });

  it('an owner that is removed while criteria still name it is told at each', async () => {
    const text =
      'extends: communes-example\nid: x\nname: X\nyear: 2025\nremove: [Văn phòng HĐND và UBND xã]\n';
    await withFiles({ 'c.yaml': text }, async (folder) => {
      const ran = await cchc(['catalogue', 'lint', `${folder}/c.yaml`, '--lang', 'en']);
      expect([ran.code, ran.stdout.includes('unknown-owner')]).toEqual([3, true]);
    });
  });

  it('the value of a year is that of the latest year not after it', () => {
    const data = {
      x: { by_year: { 2022: 70, 2024: { value: 80, source: 's' } } },
      y: [{ by_year: { 2023: 1 } }],
    };
    expect(atYear(data, 2023)).toEqual({ x: 70, y: [1] });
    expect(atYear(data, 2026)).toEqual({ x: { value: 80, source: 's' }, y: [1] });
    expect(atYear(data, 2022)).toEqual({ x: 70, y: [undefined] });
  });

  it('a key under by_year that is no year, and years that begin too late, are errors: nothing is left out in silence', async () => {
    const base = readFileSync(join(root, 'criteria/departments-example.yaml'), 'utf8');
    const told = async (years: string) => {
      const text = base.replace('{2024: 70, 2025: 80,', years);

      const ran = await cchc(['check', '-', '--lang', 'en', '--format', 'json'], { stdin: text });
      const { files } = JSON.parse(ran.stdout) as {
        files: { diagnostics: { severity: string; message: string; line: number }[] }[];
      };
      return files[0]!.diagnostics.filter((d) => d.severity === 'error').map((d) => `${d.line} ${d.message}`);
    };
    // The rule of 7.1 stands in line 241; the catalogue holds from 2024 on.
    expect(await told('{2024: 70, 2025: 80, ')).toEqual([]);
    expect(await told('{2024: 70, "2O25": 80,')).toEqual(["241 '2O25' is not a whole number"]);
    expect(await told('{2024: 70, 20255: 80,')).toEqual(['241 20255 is out of range']);
    expect(await told('{2025: 80,')).toEqual(["241 '2024' is missing"]);
    // Years other than its own are checked with it.
    expect(await told('{2024: 70, 2025: "8O",')).toEqual(["241 Year 2025: '8O' is not a number"]);
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

  it('so it is under --catalogue, in a form and where catalogues are compared for a reading', async () => {
    const data = catalogueData({ kind: 'proportional', target: { by_year: { 2024: 100, 2025: 80 } } }, 10);
    const scheme = { ...data, year: 2024, valid: { from: 2024 } };
    const k = JSON.stringify(scheme);
    const files = {
      'k.yaml': k,
      'm.yaml': k.replace('"2025":80', '"2025":50'),
      '2024.yaml': 'unit: A\nyear: 2024\nindicators: {T1: 40}\n',
      '2025.yaml': 'unit: A\nyear: 2025\ncatalogue: ./k.yaml\nindicators: {T1: 40}\n',
    };
    await withFiles(files, async (folder) => {
      const [k, m, first, second] = ['k', 'm', '2024', '2025'].map((name) => join(folder, `${name}.yaml`));
      const json = async (...args: string[]) => {
        const ran = await cchc([...args, '-q', '--format', 'json']);
        return JSON.parse(ran.stdout);
      };
      // 40 of 100 and 40 of 80, times 10.
      const { readings } = await json('score', first!, second!, '--catalogue', k!);
      expect(readings.map((r: { total: { score: number } }) => r.total.score)).toEqual([4, 5]);
      const { gates } = await json('check', first!, second!, '--catalogue', k!, '--min-score', '4.5');
      expect(gates.map((g: { pass: boolean }) => g.pass)).toEqual([false, true]);
      // 40 of 50 is 8, 3 more.
      expect((await json('catalogue', 'diff', k!, m!, '--reading', second!)).effect.change).toBe(3);
      // In 2024 nothing changed.
      const alone = await cchc(['catalogue', 'diff', k!, m!, '--lang', 'en']);
      expect(alone.stdout).toContain('Nothing changed.');
      expect(alone.stderr).toContain('differs-by-year] numbers by year: in 2025 the catalogues');
      const form = await cchc(['template', '--catalogue', k!, '--year', '2025', '--format', 'yaml']);
      expect(form.stdout).toContain('≥ 80% → 10');
    });
  });

  it('a form under numbers by year has its year locked: its rules and points are of no other', async () => {
    const open = async (target: unknown) => {
      const data = catalogueData({ kind: 'proportional', target }, 10);
      const scheme = { ...data, year: 2024, valid: { from: 2024 } };
      return withFiles({ 'k.yaml': JSON.stringify(scheme) }, async (folder) => {
        const [k, out] = [join(folder, 'k.yaml'), join(folder, 'o.xlsx')];
        await cchc(['template', '--catalogue', k, '--year', '2025', '--output', out]);
        const workbook = new ExcelJS.Workbook();
        await workbook.xlsx.readFile(out);
        const cells = ['B3', 'B4'].map((at) => workbook.worksheets[0]!.getCell(at));
        return [cells[1]!.value, ...cells.map(({ protection }) => protection?.locked !== false)];
      });
    };
    expect(await open({ by_year: { 2024: 100, 2025: 80 } })).toEqual([2025, false, true]);
    expect(await open(100)).toEqual([2025, false, false]);
  });

  it('examples are of the catalogue’s own year, whatever the year of the reading that is checked', async () => {
    const told = async (points: number) => {
      const data = catalogueData({ kind: 'proportional', target: { by_year: { 2024: 100, 2025: 80 } } }, 10);
      const criteria = data.criteria.map((c) => ({ ...c, examples: [{ value: 40, points }] }));
      const files = {
        'k.yaml': JSON.stringify({ ...data, year: 2024, valid: { from: 2024 }, criteria }),
        'r.yaml': 'unit: A\nyear: 2025\ncatalogue: ./k.yaml\nindicators: {T1: 40}\n',
      };
      return withFiles(files, async (folder) => {
        const ran = await cchc(['check', join(folder, 'r.yaml'), '--format', 'json']);
        return JSON.parse(ran.stdout).files[0].diagnostics.map((d: { code: string }) => d.code);
      });
    };
    // 40 of 100 is 4 of 10; 5 would be those of 2025.
    expect([await told(4), await told(5)]).toEqual([[], ['example-differs']]);
  });

  it('a year outside the validity is a warning, told once', async () => {
    const text = 'unit: Sở A\nyear: 2030\ncatalogue: departments-example\nindicators: {"7.1": 63%}\n';
    const ran = await cchc(['score', '-', '--format', 'json'], { stdin: text });
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/outside-validity/g)).toHaveLength(1);
  });

  it('a year outside the validity is scored by the nearest inside it, and the warning names that year', async () => {
    const told = async (year: number) => {
      const text = `unit: Sở A\nyear: ${year}\ncatalogue: departments-example\nindicators: {"7.1": 63%}\n`;
      const ran = await cchc(['score', '-', '--format', 'json', '--lang', 'en'], { stdin: text });
      const { criteria } = JSON.parse(ran.stdout).readings[0];
      const used = /its numbers of (\d+) are used/.exec(ran.stderr)?.[1];
      return [criteria.find((c: { id: string }) => c.id === '7.1').points, used];
    };
    // 63 ÷ 85 × 5 by the target of 2026, 63 ÷ 70 × 5 by that of 2024.
    expect([await told(2027), await told(2023)]).toEqual([
      [3.71, '2026'],
      [4.5, '2024'],
    ]);
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

it('docs draw each part of a sum by itself, since without a reading the others are not known', async () => {
  const parts = [
    { input: 'late', name: 'Báo cáo chậm', rule: { kind: 'penalty', start: 'max', per_case: 0.25 } },
    { input: 'rate', name: 'Tỷ lệ', rule: { kind: 'proportional', target: 100 } },
  ];
  const catalogue = must(parseCatalogue(catalogueData({ kind: 'sum', parts }, 2)));
  const { blocks } = presentCatalogue(catalogue, await loadMessages('vi'));
  expect(blocks.flatMap((b) => (b.kind === 'picture' ? [b.title] : []))).toEqual([
    'Điểm theo giá trị (Báo cáo chậm; riêng phần này)',
    'Điểm theo giá trị (Tỷ lệ; riêng phần này)',
  ]);
});
