import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitId, totalOf } from '../src/files/cells.js';

import { openReadings } from '../src/files/open.js';
import { readFileContent } from '../src/files/read.js';
import { score } from '../src/index.js';
import { cchc, withFiles } from './support.js';
import { type PartCell, partsOf, sheetData, zipped } from './workbook-parts.js';

// Tables as communes send them: each cell is read as meant, or named, and never wrong in silence.
const CAT = 'thanh-hoa-district-2022';
const ABOVE = `Đơn vị: X\nNăm 2022\nBộ tiêu chí: ${CAT}\n`;

/** Points by unit and id in ten-thousandths, codes with their line or cell, and cells not used by reason. */
async function read(content: string | Uint8Array, name = 'r.csv') {
  return withFiles({ [name]: content }, async (folder) => {
    const file = join(folder, name);
    const found = await openReadings(file);
    const { sheets } = await readFileContent(file);
    const said = ['unknown-values', 'read-as', 'cells-not-used'];
    return {
      points: found.ok
        ? Object.fromEntries(
            found.value.map(({ reading, catalogue }) => [
              reading.unit,
              Object.fromEntries(
                score(reading, catalogue)
                  .criteria.filter((c) => c.status !== 'unknown')
                  .map((c) => [c.criterion.id, c.points]),
              ),
            ]),
          )
        : null,
      codes: found.diagnostics
        .filter((d) => !said.includes(d.code))
        .map((d) => `${d.code} ${d.place?.line ?? d.place?.file.split('!')[1] ?? ''}`),
      unused: Object.fromEntries(
        [...(sheets[0]?.unused ?? [])].map(([why, { cells }]) => [why, cells.join(' ')]),
      ),
    };
  });
}

// 60 of 85 is 0.7059 of one point; 15 of 75 is 0.2; two initiatives are one point.
const SIXTY = { '7.3.2': 7059 };

describe('what stands around a table', () => {
  const office = `UBND HUYỆN;;CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
;BIỂU TỔNG HỢP NĂM 2022
Đơn vị:;X
Bộ tiêu chí:;${CAT}
STT;Tiêu chí;Kết quả;Ghi chú
7.3.2;Hồ sơ;60%;
`;
  it('who signs, and where, below it is named and not read', async () => {
    const { points, codes, unused } = await read(
      `${office}\n;;Như Xuân, ngày 05 tháng 12 năm 2022\nNGƯỜI LẬP BIỂU;;CHỦ TỊCH\n(Ký, ghi rõ họ tên);;\n\nNguyễn Văn A;;Trần Văn B\n`,
    );
    expect(points).toEqual({ X: SIXTY });
    expect(codes).toEqual([]);
    expect(unused).toMatchObject({ below: 'C8 A9 C9 A10 A12 C12' });
  });

  it('a figure beside such words is a fault, and so are words among the rows', async () => {
    expect((await read(`${office}\nXã hội học;;85;\n`)).codes).toEqual(['unknown-criterion 8']);
    expect((await read(`${office}Xã hội học;;Tốt;\n1.5;;2;\n`)).codes).toEqual(['unknown-criterion 7']);
  });

  it('a row that numbers three columns', async () => {
    const { points, unused } = await read(`${ABOVE}Mã;Tiêu chí;Giá trị\nA;B;1\n7.3.2;Hồ sơ;60\n`);
    expect(points).toEqual({ X: SIXTY });
    expect(unused['column-numbers']).toBe('A5 B5 C5');
  });

  it.each(['Tổng cộng', 'CỘNG', 'Tổng điểm (I+II)'])('%s adds up', async (label) => {
    expect((await read(`${ABOVE}STT;Tiêu chí;Giá trị\n7.3.2;a;60\n${label};;60\n`)).unused.total).toBe(
      'A6 C6',
    );
  });

  it.each([
    ['Tổng cộng toàn huyện', 'all'],
    ['TỔNG 18 XÃ', 'all'],
    ['Tổng số điểm đạt được', 'all'],
    ['Cộng:', 'all'],
    ['tong cong', 'all'],
    ['Tổng (I+II)', 'all'],
    ['Cộng lĩnh vực 1', 'part'],
    ['Tổng điểm mục II', 'part'],
    ['Tổng số văn bản', null],
    ['Tổng hợp báo cáo', null],
    ['Công chứng, chứng thực', null],
    ['Cộng đồng dân cư', null],
    ['Công tác chỉ đạo', null],
  ])('%s is a sum of: %s', (label, of) => expect(totalOf(label)).toBe(of));

  it.each(['Tổng', 'Bình quân chung'])('%s in the column of units is no unit', async (label) => {
    const text = `Đơn vị;Năm;Bộ tiêu chí;Mã;Giá trị\nXã A;2022;${CAT};7.3.2;60\n${label};2022;${CAT};7.3.2;60\n`;
    const { points, unused } = await read(text);
    expect({ points, unused }).toEqual({
      points: { 'Xã A': SIXTY },
      unused: { total: 'A3 B3 C3 D3 E3' },
    });
  });

  it.each([
    ['1.1. Tỷ lệ hồ sơ', '1.1', 'Tỷ lệ hồ sơ'],
    ['1.1.Tỷ lệ hồ sơ', '1.1', 'Tỷ lệ hồ sơ'],
    ['Tiêu chí 7.3.2 - Hồ sơ', '7.3.2', 'Hồ sơ'],
    ['TCTP 7.3.2: Hồ sơ', '7.3.2', 'Hồ sơ'],
    ['1.2 - 100% văn bản', '1.2', '100% văn bản'],
    ['1. Cải cách', '1', 'Cải cách'],
    ['IV. TÀI CHÍNH', 'IV', 'TÀI CHÍNH'],
    ['B. KẾT QUẢ', 'B', 'KẾT QUẢ'],
  ])('%s is the number %s and a name', (text, id, name) => expect(splitId(text)).toEqual({ id, name }));

  it.each([
    '1.2 - 1.4',
    '12 hồ sơ',
    '1.5%',
    '1.000%',
    'a) Có kế hoạch',
    'B.C',
    '07/03/2002',
    '1.234',
    '2.4.paid',
    '2.2.Fee',
    '1.paid',
  ])('%s is no number before a name', (text) => expect(splitId(text)).toBeNull());

  it("'Tổng số văn bản' is a criterion's name, and its row is not passed over as a sum", async () => {
    const text = `${ABOVE}Mã;Tiêu chí;Đã làm;Tổng số\n7.3.2;Hồ sơ;60;100\n;Tổng số văn bản;5;6\n`;
    const { points, unused } = await read(text);
    expect({ points, unused }).toEqual({
      points: { X: SIXTY },
      unused: { 'for-people': 'B5', 'no-id': 'B6 C6 D6' },
    });
  });

  it("'Công tác chỉ đạo' adds up nothing", async () => {
    const { unused } = await read(`${ABOVE}STT;Tiêu chí;Giá trị\nCÔNG TÁC CHỈ ĐẠO;;\n7.3.2;a;60\n`);
    expect(unused).toEqual({ unfilled: 'A5', 'for-people': 'B6' });
  });
});

describe('several tables in a sheet', () => {
  it('the head printed again on the next page, with the numbers of its columns', async () => {
    const head = 'STT;Tiêu chí;Kết quả;Ghi chú\n(1);(2);(3);(4)\n';
    const { points, codes } = await read(`${ABOVE}${head}7.3.2;a;60;\n${head}7.3.3;b;15;\n`);
    expect(points).toEqual({ X: { '7.3.2': 7059, '7.3.3': 2000 } });
    expect(codes).toEqual([]);
  });

  it('a second table of other columns is read as well, the smaller one first too', async () => {
    const small = 'Mã;Giá trị\n7.3.2;60\n';
    const large = 'BẢNG 2\nMã;Số đã làm;Tổng số\n7.3.3;15;100\n';
    const both = { X: { '7.3.2': 7059, '7.3.3': 2000 } };
    const { points, unused } = await read(`${ABOVE}${small}\n${large}`);
    expect(points).toEqual(both);
    expect(unused).toEqual({ title: 'A7' });
    expect((await read(`${ABOVE}${large}\n${small}`)).points).toEqual(both);
  });

  it('of two units, each named above its own', async () => {
    const table = 'Mã;Giá trị\n7.3.2;60\n';
    expect((await read(`${ABOVE}${table}\nĐơn vị: Y\n${table.replace('60', '85')}`)).points).toEqual({
      X: SIXTY,
      Y: { '7.3.2': 10_000 },
    });
  });

  it('in a workbook, under two rows of heads', async () => {
    const table = (id: string, done: number): PartCell[][] => [
      ['STT', 'Kết quả', null],
      [null, 'Đã làm', 'Tổng số'],
      [id, done, 1000],
    ];
    const rows = [['Đơn vị: X'], ['Năm 2022'], [`Bộ tiêu chí: ${CAT}`]];
    const merges =
      '<mergeCells><mergeCell ref="B4:C4"/><mergeCell ref="A4:A5"/><mergeCell ref="B7:C7"/></mergeCells>';
    const data = sheetData([...rows, ...table('7.3.2', 600), ...table('7.3.3', 150)]);
    expect((await read(await zipped(partsOf({ S: data + merges })), 'r.xlsx')).points).toEqual({
      X: { '7.3.2': 7059, '7.3.3': 2000 },
    });
  });

  it('inspect shows the columns of each', async () => {
    const text = `${ABOVE}Mã;Giá trị\n7.3.2;60\n\nMã;Số đã làm;Tổng số\n7.3.3;15;100\n`;
    await withFiles({ 'r.csv': text }, async (folder) => {
      const args = ['inspect', join(folder, 'r.csv')];
      const [sheet] = JSON.parse((await cchc([...args, '--format', 'json'])).stdout).files[0].sheets;
      expect(sheet.head).toEqual({ row: 4, rows: 1 });
      expect(sheet.further).toMatchObject([{ head: { row: 7, rows: 1 }, columns: [{ key: 'id' }, {}, {}] }]);
      expect((await cchc(args)).stdout).toMatch(/Head +row 4\n +.*Head +row 7|row 4[\s\S]*row 7/);
    });
  });
});

describe('lines above', () => {
  it('with letters and marks apart, as a Mac writes them', async () => {
    const { points, codes } = await read(`${ABOVE}Mã;Tiêu chí;Giá trị\n7.3.2;a;60\n`.normalize('NFD'));
    expect(points).toEqual({ X: SIXTY });
    expect(codes).toEqual([]);
  });

  it("'Đơn vị: %' is no unit's name", async () => {
    const { points, unused } = await read(`Đơn vị: %\n${ABOVE}Mã;Giá trị\n7.3.2;60\n`);
    expect(points).toEqual({ X: SIXTY });
    expect(unused).toEqual({ title: 'A1' });
  });

  it('two years, and a blank unit in a column of units, are named where they stand', async () => {
    expect((await read(`${ABOVE}Năm 2023\nMã;Giá trị\n7.3.2;60\n`)).codes).toEqual(['duplicate-key 4']);
    const rows = 'Đơn vị;Mã;Giá trị\nXã A;7.3.2;60\n;1.5;2\n';
    expect((await read(`Năm 2022\nBộ tiêu chí: ${CAT}\n${rows}`)).codes).toEqual(['row-without-unit 5']);
  });

  it('faults of quotes are told in Vietnamese', async () => {
    await withFiles(
      { 'a.csv': 'Mã;Giá trị\n7.3.2;"60\n', 'b.csv': 'Mã;Giá trị\n7.3.2;"60"%\n' },
      async (folder) => {
        const said = async (name: string) =>
          (await cchc(['score', join(folder, name), '--lang', 'vi'])).stderr;
        expect(await said('a.csv')).toContain('ngoặc kép mở mà không đóng');
        expect(await said('b.csv')).toContain('còn chữ sau dấu ngoặc kép đóng');
      },
    );
  });
});

describe('columns', () => {
  it.each([
    ['Trung bình', 'unknown-column 3'],
    ['Cộng', 'unknown-column 3'],
    ['Xếp hạng', 'unknown-column 3'],
    ['Xã Cộng Hòa', ''],
  ])('beside units, %s', async (head, code) => {
    const { codes, points } = await read(`Năm 2022\nBộ tiêu chí: ${CAT}\nMã;Xã A;${head}\n7.3.2;60;60\n`);
    expect(codes).toEqual(code === '' ? [] : [code]);
    if (code === '') expect(points).toEqual({ 'Xã A': SIXTY, 'Xã Cộng Hòa': SIXTY });
  });

  it('two heads of one meaning are named together; one head twice is given twice', async () => {
    const both = await withFiles({ 'r.csv': `${ABOVE}Mã;Giá trị;Kết quả\n7.3.2;60;70\n` }, async (folder) =>
      openReadings(join(folder, 'r.csv')),
    );
    expect(both.diagnostics.filter((d) => d.severity === 'error')).toMatchObject([
      {
        code: 'same-meaning',
        params: { value: 'Kết quả', other: 'Giá trị' },
        place: { line: 4, column: 12 },
      },
    ]);
    expect((await read(`${ABOVE}Mã;Giá trị;Giá trị\n7.3.2;60;70\n`)).codes).toEqual(['duplicate-key 4']);
  });

  it("last year's result is not this year's", async () => {
    expect((await read(`${ABOVE}Mã;Kết quả năm 2021\n7.3.2;60\n`)).codes).toEqual(['head-of-other-year 4']);
    const { points, unused } = await read(`${ABOVE}Mã;Kết quả năm 2021;Kết quả năm 2022\n7.3.2;50;60\n`);
    expect(points).toEqual({ X: SIXTY });
    expect(unused).toEqual({ 'for-people': 'B5' });
    // The year stands in a column, once as the head has it and twice not.
    const rows = `X;2022;${CAT};7.3.2;60\nY;2021;${CAT};7.3.2;60\nZ;2021;${CAT};7.3.2;60\n`;
    const dated = (head: string) => read(`Đơn vị;Năm;Bộ tiêu chí;Mã;${head}\n${rows}`);
    expect((await dated('Kết quả năm 2022')).codes).toContain('head-of-other-year 1');
    expect((await dated('Kết quả')).codes).not.toContain('head-of-other-year 1');
  });

  it('digits in a column of words beside a number are the rest of it', async () => {
    const text = `Đơn vị: X\nNăm 2022\nBộ tiêu chí: ${CAT}\nMã,Đã làm,Tổng số,Chủ trì,ĐVT\n7.3.2,1,234,2,000\n`;
    expect((await read(text)).codes).toEqual(['split-decimal 5']);
  });

  it.each([
    // 1 of 234 is 0.4%: one number may be meant. A whole is not written 050; 85 of 120 is what it says.
    ['1,234', ['read-as-counts 5']],
    ['1,050', ['split-decimal 5']],
    ['"1","234"', []],
    ['85,120', []],
  ])('%s under the done and the whole', async (pair, said) => {
    const text = `Đơn vị: X\nNăm 2022\nBộ tiêu chí: ${CAT}\nMã,Đã làm,Tổng số\n7.3.2,${pair}\n`;
    expect((await read(text)).codes).toEqual(said);
  });

  it('a worksheet is not told of quotes and semicolons', async () => {
    const rows = [['Đơn vị: X'], ['Năm 2022'], [`Bộ tiêu chí: ${CAT}`], ['Mã', 'Giá trị'], ['7.3.2', 60, 7]];
    const book = await zipped(partsOf({ S: sheetData(rows) }));
    await withFiles({ 'r.xlsx': book }, async (folder) => {
      for (const lang of ['vi', 'en']) {
        const { code, stderr } = await cchc(['score', join(folder, 'r.xlsx'), '--lang', lang]);
        expect(code).toBe(3);
        expect(stderr).toContain('row-too-wide');
        expect(stderr).not.toMatch(/99,2|';'/);
      }
    });
  });
});

describe('numbers', () => {
  it.each([
    // 1,234.5 of 2,469 is 50%, and 50 of 85 is 0.5882; 1.5 of 3 is 50% too.
    ['1.234,5', '2.469', { '7.3.2': 5882 }],
    ['1,234.5', '2,469', { '7.3.2': 5882 }],
    ['1.234.567', '2.469.134', { '7.3.2': 5882 }],
    ['1,5', '3,0', { '7.3.2': 5882 }],
  ])('%s of %s: what one shows settles the other', async (done, total, points) => {
    expect((await read(`${ABOVE}Mã;Số đã làm;Tổng số\n7.3.2;${done};${total}\n`)).points).toEqual({
      X: points,
    });
  });

  // What is counted is whole: of 1.234 dossiers the mark groups thousands. 12 of 20 is 60%, 1,234 of 2,468 is 50%.
  it.each([
    ['12 hồ sơ', '20 hồ sơ', { '7.3.2': 7059 }],
    ['1.234 hồ sơ', '2.468 hồ sơ', { '7.3.2': 5882 }],
    ["'60", "'100", { '7.3.2': 7059 }],
  ])('%s of %s, with what is counted, or as text', async (done, total, points) => {
    const text = `${ABOVE}Mã;Số hồ sơ đã giải quyết;Tổng số hồ sơ\n7.3.2;${done};${total}\n`;
    expect((await read(text)).points).toEqual({ X: points });
  });

  it.each(['12 triệu', '12 phần trăm', '5/20 hồ sơ', '12 hồ sơ trễ'])('%s is no count', async (done) => {
    const { codes } = await read(`${ABOVE}Mã;Đã làm;Tổng số\n7.3.2;${done};100\n`);
    expect(codes).toEqual(['wants-number 5']);
  });

  it("'0,5 điểm' are points, and a percent is not counted in things", async () => {
    const heads = 'Mã;Kết quả;Điểm tự chấm';
    expect((await read(`${ABOVE}${heads}\n7.3.2;60%;0,71 điểm\n`)).points).toEqual({ X: SIXTY });
    expect((await read(`${ABOVE}${heads}\n7.3.2;60 hồ sơ;\n`)).codes).toEqual(['bad-percent 5']);
  });

  it('where the marks do not agree, nothing is settled', async () => {
    const codes = async (done: string, total: string) =>
      (await read(`${ABOVE}Mã;Số đã làm;Tổng số\n7.3.2;${done};${total}\n`)).codes;
    expect(await codes('1.234,5', '2,469')).toEqual(['ambiguous-number 5']);
    expect(await codes('12,5', '1.000')).toEqual(['ambiguous-number 5']);
  });

  it.each(['12/20', '12 / 20', '12 trên 20', '1.200/2.000', '６０％', '60\u00a0%'])(
    '%s is 60%',
    async (text) => {
      expect((await read(`${ABOVE}Mã;Kết quả\n7.3.2;${text}\n`)).points).toEqual({ X: SIXTY });
    },
  );

  it.each(['12 trong 20', '50-60%', '>80%', 'đạt', 'x', '-', '…', '2E1', '(60)'])(
    '%s is refused with its cell',
    async (text) => {
      expect((await read(`${ABOVE}Mã;Kết quả\n7.3.2;${text}\n`)).codes).toEqual(['bad-percent 5']);
    },
  );

  it('more than all is refused, in one cell as in two', async () => {
    expect((await read(`${ABOVE}Mã;Kết quả\n7.3.2;20/12\n`)).codes).toEqual(['done-over-total 5']);
  });

  it.each([
    ['75', 1],
    ['75%', 1],
    ['0,75', 1],
    ['60', 0],
    ['60%', 0],
    ['0,6', 0],
    ['60,0', 0],
    ['x', 0],
  ])('a rate of %s beside 600 of 1000', async (rate, warnings) => {
    const { codes, points } = await read(`${ABOVE}Mã;Đã làm;Tổng số;Tỷ lệ\n7.3.2;600;1000;${rate}\n`);
    expect(codes).toEqual(Array(warnings).fill('rate-differs 5'));
    expect(points).toEqual({ X: SIXTY });
  });

  it('a rate rounded to its decimals agrees', async () => {
    const text = `${ABOVE}Mã;Đã làm;Tổng số;Tỷ lệ (%)\n7.3.2;2;3;66,7\n7.3.3;1;3;33\n`;
    expect((await read(text)).codes).toEqual([]);
  });
});

describe('formulas', () => {
  // openpyxl writes an empty `v` beside a formula; an empty text is what a formula of type `str` gave.
  it.each([
    ['<c><f>30*2</f><v></v></c>', 'formula-not-calculated B5'],
    ['<c><f>30*2</f><v/></c>', 'formula-not-calculated B5'],
    ['<c t="str"><f>""</f><v></v></c>', null],
    ['<c><v></v></c>', null],
  ])('%s', async (xml, code) => {
    const data = sheetData([
      ['Đơn vị: X'],
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['Mã', 'Giá trị'],
      ['7.3.2', { xml }],
    ]);
    const { codes, unused } = await read(await zipped(partsOf({ S: data })), 'r.xlsx');
    expect(codes).toEqual(code === null ? [] : [code]);
    expect(unused).toEqual(code === null ? { unfilled: 'A5' } : {});
  });
});

describe('worksheets that hold one place twice', () => {
  const top: PartCell[][] = [['Đơn vị: X'], ['Năm 2022'], [`Bộ tiêu chí: ${CAT}`], ['Mã', 'Giá trị']];
  const book = (rows: string) =>
    zipped(partsOf({ S: sheetData(top).replace('</sheetData>', `${rows}</sheetData>`) }));
  const cells = (row: number, id: string, value: string) =>
    `<c r="A${row}" t="inlineStr"><is><t>${id}</t></is></c><c r="B${row}"><v>${value}</v></c>`;

  it.each([
    ['a cell', `<row r="5">${cells(5, '7.3.2', '60')}<c r="B5"><v>70</v></c></row>`],
    ['a row', `<row r="5">${cells(5, '7.3.2', '60')}</row><row r="5">${cells(5, '7.3.3', '15')}</row>`],
    ['a number that is none', `<row r="5">${cells(5, '7.3.2', '0x10')}</row>`],
  ])('%s: refused', async (_what, rows) => {
    expect((await read(await book(rows), 'r.xlsx')).codes).toEqual(['damaged-workbook ']);
  });

  it('rows out of order stand where their numbers say', async () => {
    const rows = `<row r="9">${cells(9, 'Nguyễn Văn A', 'NaN').replace(/<c r="B.*/, '')}</row><row r="5">${cells(5, '7.3.2', '60')}</row>`;
    const { points, unused } = await read(await book(rows), 'r.xlsx');
    expect(points).toEqual({ X: SIXTY });
    expect(unused).toEqual({ below: 'A9' });
  });
});

it('a line of very many cells above a table takes no more time than its cells', async () => {
  const wide = Array.from({ length: 6_000 }, (_, i) => `t${i}`).join(';');
  const { points } = await read(`Đơn vị: X\nNăm 2022\n${wide}\nBộ tiêu chí: ${CAT}\nMã;Giá trị\n7.3.2;60\n`);
  expect(points).toEqual({ X: SIXTY });
});
