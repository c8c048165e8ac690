import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAllWhole, writeWhole } from '../src/files/write.js';
import { parseLeague } from '../src/index.js';
import { findUnit } from '../src/ranking/league.js';
import { findSameUnit, repeatedUnits, sameUnit, similarUnit, unitKey } from '../src/values/unit.js';
import { cchc, must, NHU_XUAN, root, withFiles } from './support.js';

describe('one unit or two', () => {
  it.each([
    ['Phường Hòa Bình', 'Phường Hoà Bình'],
    ['Huyện Lệ Thủy', 'Huyện Lệ Thuỷ'],
    ['Thị xã Quảng Ngãi', 'THỊ XÃ  QUẢNG NGÃI'],
    ['Xã Tân Thành', ' xã tân thành '],
    ['Xã Tân Thành', 'Xã Tân Thành'.normalize('NFD')],
    ['Xã Tân Thành', 'Xã Tân\u00a0Thành'],
    ['Bà Rịa - Vũng Tàu', 'Bà Rịa-Vũng Tàu'],
    ['Bà Rịa – Vũng Tàu', 'Bà Rịa - Vũng Tàu'],
    ['Xã Đông Sơn', 'Xã Ðông Sơn'],
    ['Xã Quý Hòa', 'Xã Qúy Hoà'],
  ])('%s and %s are one', (a, b) => expect(unitKey(a)).toBe(unitKey(b)));

  it.each([
    ['Xã Tân Thành', 'Xã Tân Thạnh'],
    ['Huyện Cai Lậy', 'Thị xã Cai Lậy'],
    ['Như Xuân', 'Huyện Như Xuân'],
    ['Xã Đông Sơn', 'Xã Dông Sơn'],
    ['Xã Tân Thành', 'Xa Tan Thanh'],
  ])('%s and %s are two, and each a suggestion for the other', (a, b) => {
    expect(sameUnit({ unit: a }, { unit: b })).toBe(false);
    expect(similarUnit(a, ['Xã Khác Hẳn', b])).toBe(b);
    expect(similarUnit(b, ['Xã Khác Hẳn', a])).toBe(a);
  });

  it('of two look-alikes the suggestion is the one with the same tone marks', () => {
    expect(similarUnit('tân thành', ['Xã Tân Thạnh', 'Xã Tân Thành'])).toBe('Xã Tân Thành');
    // Huyện Quan Sơn without its prefix begins as a quận does.
    expect(similarUnit('Quan Sơn', ['Huyện Như Xuân', 'Huyện Quan Sơn'])).toBe('Huyện Quan Sơn');
  });

  it('a code decides where both have one', () => {
    const [a, b, c] = [
      { unit: 'Xã Tân Thành', code: '1' },
      { unit: 'Xã Tân Thành', code: '2' },
      { unit: 'Phường Tân Thành', code: '1' },
    ];
    expect([sameUnit(a!, b!), sameUnit(a!, c!), sameUnit(a!, { unit: 'Xã Tân Thành' })]).toEqual([
      false,
      true,
      true,
    ]);
    expect(repeatedUnits([a!, b!])).toEqual([]);
    expect(repeatedUnits([a!, b!, c!])).toEqual([c]);
    expect(findSameUnit([a!, b!], { unit: 'Xã Tân Thành' })).toBeNull();
    expect(findSameUnit([a!, b!], { unit: 'Tên mới', code: '2' })).toBe(b);
  });
});

const TIEN_GIANG = {
  name: 'x',
  year: 2022,
  size: 4,
  units: [
    { unit: 'Huyện Cai Lậy', score: 80 },
    { unit: 'Thị xã Cai Lậy', score: 85 },
    { unit: 'Xã Tân Thành', score: 70 },
    { unit: 'Xã Tân Thạnh', score: 75 },
  ],
};

describe('a league', () => {
  it('lists look-alikes apart, and each is found under its own name', () => {
    const league = must(parseLeague(TIEN_GIANG));
    for (const { unit, score } of TIEN_GIANG.units)
      expect(findUnit(league, unit)?.score?.valueOf(), unit).toBe(score);
    expect(findUnit(league, 'Cai Lậy')).toBeNull();
  });

  it('refuses one unit under two spellings', () => {
    const units = [{ unit: 'Xã Hòa Bình' }, { unit: 'XÃ HOÀ BÌNH' }];
    const read = parseLeague({ name: 'x', year: 2022, size: 4, units });
    expect(read.diagnostics.map((d) => d.code)).toEqual(['duplicate-unit']);
  });

  it('finds a row by its code, also where two have one name', () => {
    const units = [
      { unit: 'Xã Tân Thành', code: '001', score: 70 },
      { unit: 'Xã Tân Thành', code: '002', score: 75 },
    ];
    const league = must(parseLeague({ name: 'x', year: 2022, size: 4, units }));
    expect(league.units.map((u) => u.unit)).toEqual(['Xã Tân Thành (001)', 'Xã Tân Thành (002)']);
    expect(findUnit(league, { unit: 'Xã Tân Thành', code: '002' })).toBe(league.units[1]);
    expect(findUnit(league, '002')).toBe(league.units[1]);
    expect(findUnit(league, 'Xã Tân Thành')).toBeNull();
  });

  it('keeps the row of a look-alike beside the unit that is ranked, and says so', async () => {
    const league = `name: x\nyear: 2022\nsize: 2\nunits:\n  - {unit: Như Xuân, score: 90}\n  - {unit: Huyện B, score: 80}\n`;
    await withFiles({ 'l.yaml': league }, async (folder) => {
      const ran = await cchc(['score', NHU_XUAN, '--league', `${folder}/l.yaml`, '--format', 'json']);
      expect(ran.stderr).toMatch(/unit-look-alike[\s\S]*'Như Xuân'/);
      // 87.6103 stands between 90 and 80, with both of them in the group.
      expect(JSON.parse(ran.stdout).readings[0].rank).toMatchObject({ rank: 2, size: 3 });
      // A gate on the rank rests on the same, and says so too.
      const asked = ['--max-rank', '2', '--format', 'json'];
      const checked = await cchc(['check', NHU_XUAN, '--league', `${folder}/l.yaml`, ...asked]);
      expect(checked.code).toBe(0);
      expect(JSON.parse(checked.stdout).files[1].diagnostics).toMatchObject([
        { code: 'league-outsider' },
        { code: 'unit-look-alike', message: expect.stringContaining("'Như Xuân'") },
      ]);
    });
  });
});

const row = (unit: string, percent: number, code = '') =>
  `${unit},${code},2022,thanh-hoa-district-2022,7.3.2,${percent}%\n`;
const CSV = `unit,code,year,catalogue,id,value\n${row('Xã Tân Thành', 50)}${row('Xã Tân Thạnh', 60)}`;

describe('readings of look-alikes', () => {
  it('are ranked apart, and --unit picks one', async () => {
    await withFiles({ 'r.csv': CSV }, async (folder) => {
      const league = await cchc(['league', `${folder}/r.csv`, '--format', 'json', '-q']);
      expect(
        JSON.parse(league.stdout)
          .units.map((u: { unit: string }) => u.unit)
          .sort(),
      ).toEqual(['Xã Tân Thành', 'Xã Tân Thạnh'].sort());
      const one = await cchc([
        'score',
        `${folder}/r.csv`,
        '--unit',
        'xã tân thạnh',
        '--format',
        'json',
        '-q',
      ]);
      expect(JSON.parse(one.stdout).readings[0].unit).toBe('Xã Tân Thạnh');
      const none = await cchc(['score', `${folder}/r.csv`, '--unit', 'Tân Thành']);
      expect(none.stderr).toContain("did you mean 'Xã Tân Thành'");
    });
  });

  it('rows of one unit in two spellings are one reading; a code tells two of one name apart', async () => {
    const two = `unit,year,catalogue,id,value\nXã Hòa Bình,2022,thanh-hoa-district-2022,7.3.2,50%\nXÃ HOÀ BÌNH,2022,thanh-hoa-district-2022,7.3.3,60%\n`;
    const coded = `unit,code,year,catalogue,id,value\n${row('Xã Tân Thành', 50, '001')}${row('Xã Tân Thành', 60, '002')}`;
    await withFiles({ 'two.csv': two, 'coded.csv': coded }, async (folder) => {
      const one = await cchc(['score', `${folder}/two.csv`, '--format', 'json', '-q']);
      expect(JSON.parse(one.stdout).readings).toMatchObject([{ unit: 'Xã Hòa Bình' }]);
      const league = await cchc(['league', `${folder}/coded.csv`, '--format', 'json', '-q']);
      expect(JSON.parse(league.stdout).units).toHaveLength(2);
      const picked = await cchc(['score', `${folder}/coded.csv`, '--unit', '002', '--format', 'json', '-q']);
      expect(
        JSON.parse(picked.stdout).readings[0].criteria.find((c: { id: string }) => c.id === '7.3.2').value,
      ).toBe(60);
    });
  });

  it('convert into a folder writes a file for each, also over files of another unit', async () => {
    const other = CSV.replace(row('Xã Tân Thành', 50), '');
    await withFiles({ 'r.csv': CSV, 'other.csv': other }, async (folder) => {
      for (const times of [1, 2]) {
        expect(
          (await cchc(['convert', `${folder}/r.csv`, `${folder}/out/`, '--force'])).code,
          `${times}`,
        ).toBe(0);
        expect(readdirSync(`${folder}/out`)).toEqual(['xa-tan-thanh-2022-2.yaml', 'xa-tan-thanh-2022.yaml']);
      }
      // Xã Tân Thạnh alone is not written over the file of Xã Tân Thành.
      await cchc(['convert', `${folder}/other.csv`, `${folder}/out/`, '--force']);
      const units = readdirSync(`${folder}/out`).map(
        (f) => /unit: (.*)/.exec(readFileSync(`${folder}/out/${f}`, 'utf8'))![1],
      );
      expect(units.sort()).toEqual(['Xã Tân Thành', 'Xã Tân Thạnh'].sort());
    });
  });
});

describe('a line break in a name', () => {
  it('does not leave the comment of a query or a form', async () => {
    const catalogue = JSON.stringify({
      id: 'c',
      name: 'Bộ\nDROP TABLE x; --',
      year: 2022,
      scale: { value: 1, provenance: 'assumed', reason: 'test' },
      sources: {},
      fields: [{ id: 'F', name: 'F' }],
      owners: { O: {} },
      criteria: [
        {
          id: 'T1',
          name: 'Một\nhai: ba',
          field: 'F',
          owners: ['O'],
          max: { value: 1, provenance: 'assumed', reason: 'test' },
          rule: { kind: 'proportional', target: 80, provenance: 'assumed', reason: 'test' },
        },
      ],
    });
    await withFiles({ 'c.yaml': catalogue }, async (folder) => {
      const { stdout } = await cchc(['sql', `${folder}/c.yaml`]);
      expect(stdout.split('\n')[0]).toBe('-- c: Bộ DROP TABLE x; --');
      expect(stdout.split('\n')[1]).toMatch(/^-- /);
      const form = await cchc(['template', '--catalogue', `${folder}/c.yaml`]);
      expect(form.stdout).toContain('# Một hai: ba: ');
    });
  });
});

describe.skipIf(process.platform === 'win32')('writing over', () => {
  const score = (out: string, ...more: string[]) =>
    cchc(['score', NHU_XUAN, '--format', 'json', '-q', '-o', out, ...more]);

  it('keeps the mode of a file', async () => {
    await withFiles({ 'out.json': 'old' }, async (folder) => {
      chmodSync(`${folder}/out.json`, 0o640);
      expect((await score(`${folder}/out.json`, '--force')).code).toBe(0);
      expect(statSync(`${folder}/out.json`).mode & 0o777).toBe(0o640);
      expect(JSON.parse(readFileSync(`${folder}/out.json`, 'utf8')).readings[0].total.score).toBe(87.6103);
    });
  });

  it('writes what a symbolic link leads to, and leaves the link', async () => {
    await withFiles({ 'real.json': 'old' }, async (folder) => {
      symlinkSync('real.json', `${folder}/link.json`);
      symlinkSync('later.json', `${folder}/dangling.json`);
      expect((await score(`${folder}/link.json`)).code).toBe(3);
      expect((await score(`${folder}/link.json`, '--force')).code).toBe(0);
      expect((await score(`${folder}/dangling.json`)).code).toBe(0);
      for (const [link, target] of [
        ['link.json', 'real.json'],
        ['dangling.json', 'later.json'],
      ] as const) {
        expect(lstatSync(join(folder, link)).isSymbolicLink()).toBe(true);
        expect(JSON.parse(readFileSync(join(folder, target), 'utf8')).readings[0].total.score).toBe(87.6103);
      }
    });
  });

  it('writes into a pipe and a device', async () => {
    await withFiles({}, async (folder) => {
      execFileSync('mkfifo', [`${folder}/pipe.json`]);
      const reader = spawn('cat', [`${folder}/pipe.json`]);
      let heard = '';
      reader.stdout.on('data', (text) => {
        heard += text;
      });
      const ended = new Promise((done) => reader.on('close', done));
      expect((await score(`${folder}/pipe.json`, '--force')).code).toBe(0);
      await ended;
      expect(JSON.parse(heard).readings[0].total.score).toBe(87.6103);
      expect(lstatSync(`${folder}/pipe.json`).isFIFO()).toBe(true);
    });
    expect(await writeAllWhole([{ file: '/dev/null', content: 'x' }], true)).toEqual([]);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('does not wait for ever on a pipe that nobody reads', async () => {
    await withFiles({}, async (folder) => {
      execFileSync('mkfifo', [`${folder}/pipe.csv`]);
      expect(await score(`${folder}/pipe.csv`, '--force')).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('ENXIO'),
      });
      expect(lstatSync(`${folder}/pipe.csv`).isFIFO()).toBe(true);
    });
  });

  it('writes all files of a folder or none', async () => {
    await withFiles({ 'a.txt': 'old a' }, async (folder) => {
      mkdirSync(`${folder}/b.txt`);
      const files = ['a.txt', 'new/c.txt', 'b.txt'].map((name) => ({
        file: join(folder, name),
        content: `new ${name}`,
      }));
      expect(await writeAllWhole(files, true)).toMatchObject([{ code: 'output-unwritable' }]);
      expect(readFileSync(`${folder}/a.txt`, 'utf8')).toBe('old a');
      expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt']);
      expect(await writeAllWhole(files.slice(0, 2), false)).toMatchObject([{ code: 'output-exists' }]);
      expect(existsSync(`${folder}/new`)).toBe(false);
      expect(await writeAllWhole(files.slice(0, 2), true)).toEqual([]);
      expect(readFileSync(`${folder}/new/c.txt`, 'utf8')).toBe('new new/c.txt');
      expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt', 'new']);
    });
  });

  it('a name that ends in a slash is a folder, there or not, and takes no file', async () => {
    await withFiles({}, async (folder) => {
      for (const file of [folder, `${folder}/none/`])
        expect(await writeWhole(file, 'x', true)).toMatchObject({
          code: 'output-unwritable',
          params: { reason: 'EISDIR' },
        });
    });
  });

  it('puts back what stood there when a file cannot be put in place', async () => {
    await withFiles({ 'a.txt': 'old a' }, async (folder) => {
      const files = [
        { file: `${folder}/a.txt`, content: 'new a' },
        { file: `${folder}/sub/b.txt`, content: 'b' },
      ];
      writeFileSync(`${folder}/sub`, 'a file, not a folder');
      expect(await writeAllWhole(files, true)).toMatchObject([{ code: 'output-unwritable' }]);
      expect(readFileSync(`${folder}/a.txt`, 'utf8')).toBe('old a');
      expect(readdirSync(folder).sort()).toEqual(['a.txt', 'sub']);
    });
  });
});

it('diacritics are folded away only where no unit is told from another by it', () => {
  // Levels, yes and no, heads of columns, owners and fields where one fits, a suggestion, a file's name, and names across years.
  const may = [
    'values/suggest.ts',
    'values/unit.ts',
    'values/answer.ts',
    'reading/measure.ts',
    'catalogue/select.ts',
    'files/office-table.ts',
    // Kinds of unit; a paper's sums and the names of its criteria, and the name of a file.
    'papers/letter-files.ts',
    'papers/letter-losses.ts',
    'papers/mentions.ts',
    'papers/ranking-table.ts',
    // Levels and kinds of unit, as readings write them.
    'reports/sql/terms.ts',
    // The month in a file's name.
    'reading/collect.ts',
    'reading/parse.ts',
    'ranking/prior.ts',
    'commands/convert.ts',
    'files/paths.ts',
  ];
  const src = join(root, 'src');
  const folding = readdirSync(src, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && /\bfold\(/.test(readFileSync(join(src, name), 'utf8')));
  expect(folding.filter((name) => !may.includes(name))).toEqual([]);
});
