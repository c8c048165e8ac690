import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cchc, fixture, LEAGUE_2022, NHU_XUAN, withFiles } from './support.js';
import { partsOf, sheetData, zipped } from './workbook-parts.js';

const CAT = 'thanh-hoa-district-2022';
const OFFICE = `BÁO CÁO NĂM 2022
Đơn vị: Huyện Như Xuân
Bộ tiêu chí: ${CAT}
Ghi chú chung
STT;Tiêu chí;Số đã làm;Tổng số
7.3;Trực tuyến;;
7.3.2;Hồ sơ;600;1.000
1.5;Sáng kiến;;
Tổng cộng;;600;
;Người lập;;
`;

async function inspected(files: Record<string, string | Uint8Array>, name: string, ...more: string[]) {
  return withFiles(files, async (folder) => {
    const ran = await cchc(['inspect', join(folder, name), '--format', 'json', ...more]);
    return { ...ran, seen: JSON.parse(ran.stdout).files[0] };
  });
}

describe('inspect shows how a file is read', () => {
  it('an office table: head, columns, coercions, and every cell not used', async () => {
    const { code, seen } = await inspected({ 'r.csv': OFFICE }, 'r.csv');
    expect(code).toBe(0);
    expect(seen).toMatchObject({
      kind: 'reading',
      encoding: 'utf-8',
      documents: 1,
      units: [{ unit: 'Huyện Như Xuân', year: 2022, criteria: 1 }],
    });
    const [sheet] = seen.sheets;
    expect(sheet).toMatchObject({ separator: ';', head: { row: 5, rows: 1 } });
    expect(sheet.columns.map((c: { column: string; key: string }) => `${c.column} ${c.key}`)).toEqual([
      'A id',
      'B name',
      'C done',
      'D total',
    ]);
    expect(
      Object.fromEntries(sheet.unused.map((u: { why: string; cells: string[] }) => [u.why, u.cells])),
    ).toEqual({
      title: ['A4'],
      section: ['A6', 'B6'],
      'for-people': ['B7', 'B8'],
      unfilled: ['A8'],
      total: ['A9', 'C9'],
      below: ['B10'],
    });
    // Used: three lines above, four heads, and id, done and total of one row. Not used: the nine named.
    expect(sheet.used).toBe(10);
    expect(seen.coercions).toEqual([
      { at: '1:1', found: 'BÁO CÁO NĂM 2022', meaning: '2022' },
      { at: '7:17', found: '1.000', meaning: '1000' },
    ]);
  });

  it('what was read another way is said as the language writes numbers, a year as a year', async () => {
    const text = `BÁO CÁO NĂM 2022\nĐơn vị: Xã A\nBộ tiêu chí: ${CAT}\nMã;Giá trị\n7.3.2;92,5%\n1.5;1.000\n`;
    await withFiles({ 'r.csv': text }, async (folder) => {
      for (const [lang, year, percent, thousand] of [
        ['vi', '2022', '92,5', '1000'],
        ['en', '2022', '92.5', '1,000'],
      ]) {
        const { stdout } = await cchc(['inspect', join(folder, 'r.csv'), '--lang', lang!]);
        for (const end of [`BÁO CÁO NĂM 2022 +${year}`, `92,5% +${percent}`, `1\\.000 +${thousand}`])
          expect(stdout).toMatch(new RegExp(`${end}$`, 'm'));
        const { stderr } = await cchc(['score', join(folder, 'r.csv'), '--explain-input', '--lang', lang!]);
        const read = [...stderr.matchAll(/\[read-as\].* (\S+)$/gm)].map(([, meaning]) => meaning);
        expect(read).toEqual([year, percent, thousand]);
      }
    });
  });

  it('a maximum above the units that none of them takes is named as not used', async () => {
    const table = (units: string) =>
      `Năm 2022\nBộ tiêu chí: ${CAT}\nĐơn vị;7.3.2;1.5\nĐiểm tối đa;1;2\n${units}`;
    for (const [units, used, unfilled] of [
      // Two lines above, three heads, two units, and of what follows the values with their maxima.
      ['Xã A;60%;2\nXã B;50%;\n', 7 + 3 + 2, undefined],
      ['Xã A;60%;\nXã B;50%;\n', 7 + 2 + 1, ['C4']],
    ] as const) {
      const { seen } = await inspected({ 'r.csv': table(units) }, 'r.csv');
      const [sheet] = seen.sheets;
      expect(sheet.unused.find((u: { why: string }) => u.why === 'unfilled')?.cells).toEqual(unfilled);
      expect(sheet.used).toBe(used);
    }
  });

  it('sheets that are not read are named with their cells', async () => {
    const book = await zipped(
      partsOf({
        'Cũ|hidden': sheetData([['a'], ['b']]),
        'Số liệu': sheetData([
          ['unit', 'year', 'catalogue', 'id', 'value'],
          ['X', 2022, CAT, '1.5', 2],
        ]),
        'Ghi chép': sheetData([[null, 'x']]),
      }),
    );
    const { seen } = await inspected({ 'r.xlsx': book }, 'r.xlsx');
    expect(
      seen.sheets.map((s: { name: string; used: number; unused: unknown[] }) => [s.name, s.used, s.unused]),
    ).toEqual([
      ['Cũ', 0, [{ why: 'hidden-sheet', count: 2, cells: ['A1', 'A2'] }]],
      ['Số liệu', 10, []],
      ['Ghi chép', 0, [{ why: 'no-table', count: 1, cells: ['B1'] }]],
    ]);
  });

  it('what is wrong is told beside what was understood', async () => {
    const { code, seen, stderr } = await inspected(
      { 'r.csv': OFFICE.replace('Số đã làm', 'Điểm thưởng') },
      'r.csv',
    );
    expect(code).toBe(3);
    expect(stderr).toContain('unknown-column');
    expect(seen.sheets[0].columns[2]).toMatchObject({ head: 'Điểm thưởng', key: null });
  });

  it('what is wrong with a column of many units is told once, by check too', async () => {
    const rows = ['A', 'B', 'C'].map((unit) => `${unit};60;x`).join('\n');
    const text = `Năm 2022\nBộ tiêu chí: ${CAT}\nĐơn vị;7.3.2;9.9.9\n${rows}\n`;
    await withFiles({ 'r.csv': text }, async (folder) => {
      for (const command of ['inspect', 'check']) {
        const { code, stdout, stderr } = await cchc([command, join(folder, 'r.csv'), '--lang', 'en']);
        expect(code).toBeGreaterThan(0);
        expect(`${stdout}${stderr}`.match(/no criterion '9\.9\.9'/g), command).toHaveLength(1);
      }
    });
  });

  it('an old encoding, other kinds of file, and both languages', async () => {
    const { seen } = await inspected(
      { 'r.csv': `unit;year;catalogue;id;value\nHuyÖn Nh­ Xu©n;2022;${CAT};7.6.1;Tèt\n` },
      'r.csv',
    );
    expect(seen).toMatchObject({ encoding: 'TCVN3', units: [{ unit: 'Huyện Như Xuân' }] });
    for (const lang of ['vi', 'en']) {
      const { code, stdout } = await cchc([
        'inspect',
        NHU_XUAN,
        LEAGUE_2022,
        fixture('nhu-xuan-2022.yaml'),
        '--lang',
        lang,
      ]);
      expect(code).toBe(0);
      expect(stdout).toContain('Huyện Như Xuân (2022)');
      expect(stdout).not.toMatch(/undefined|\[object/);
    }
  });
});

describe('a project says what its columns hold', () => {
  const table = `Đơn vị: X\nNăm 2022\nBộ tiêu chí: ${CAT}\nMã;Điểm thưởng;Màu\n7.3.2;60;đỏ\n`;

  it('by their heads, also to leave them out', async () => {
    const files = { 'r.csv': table, 'cchc.config.yaml': 'columns: {điểm thưởng: value, Màu: ignore}\n' };
    await withFiles(files, async (folder) => {
      const ran = await cchc(['score', join(folder, 'r.csv'), '--format', 'json', '-q']);
      expect(ran.stderr).toBe('');
      const { criteria } = JSON.parse(ran.stdout).readings[0];
      // 60 of 85 is 0.7059
      expect(criteria.find((c: { id: string }) => c.id === '7.3.2').points).toBe(0.7059);
    });
  });

  it('a key that is none is an error of the config', async () => {
    const files = { 'r.csv': table, 'cchc.config.yaml': 'columns: {Màu: colour}\n' };
    await withFiles(files, async (folder) => {
      const ran = await cchc(['score', join(folder, 'r.csv')]);
      expect(ran.code).toBe(3);
      expect(ran.stderr).toContain('cchc.config.yaml:1:16');
    });
  });
});
