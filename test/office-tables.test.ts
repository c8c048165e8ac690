import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReadings } from '../src/files/open.js';
import { score } from '../src/index.js';
import { cchc, must, withFiles } from './support.js';
import { type PartCell, partsOf, sheetData, stylesOf, zipped } from './workbook-parts.js';

const CAT = 'thanh-hoa-district-2022';
const ABOVE = `Đơn vị: X\nNăm 2022\nBộ tiêu chí: ${CAT}\n`;

async function opened(content: string | Uint8Array, name = 'r.csv') {
  return withFiles({ [name]: content }, async (folder) => {
    const found = await openReadings(join(folder, name));
    const told = found.diagnostics.filter((d) => !['unknown-values', 'read-as'].includes(d.code));
    return { found, told };
  });
}

/** Points by unit and id, in ten-thousandths as they are carried. */
async function points(content: string | Uint8Array, name?: string) {
  const { found } = await opened(content, name);
  return Object.fromEntries(
    must(found).map(({ reading, catalogue }) => [
      `${reading.unit} ${reading.year}`,
      Object.fromEntries(
        score(reading, catalogue)
          .criteria.filter((c) => c.status !== 'unknown')
          .map((c) => [c.criterion.id, c.points]),
      ),
    ]),
  );
}

const codes = async (content: string | Uint8Array, name?: string) =>
  (await opened(content, name)).told.map((d) =>
    `${d.code} ${d.place?.line ?? d.place?.file.split('#')[1] ?? ''}`.trim(),
  );

const workbook = (rows: PartCell[][], more = '', top = 1, left = 0) =>
  zipped(partsOf({ S: sheetData(rows, top, left) + more }));

// 60 of 85 is 0.7059 of one point.
const READ = { 'X 2022': { '7.3.2': 7059 } };

describe('heads as offices write them', () => {
  it.each([
    ['Mã TC;Giá trị', '7.3.2;60'],
    ['TT;Tiêu chí;Kết quả thực hiện', '7.3.2;Hồ sơ trực tuyến;60%'],
    ['STT;Nội dung;Tỉ lệ', '7.3.2;Hồ sơ;60%'],
    ['STT;Nội dung;Tỷ lệ (%)', '7.3.2;Hồ sơ;60'],
    ['STT;Mã tiêu chí;Số liệu', '1;7.3.2;60'],
    ['MÃ SỐ;SỐ LIỆU NĂM 2022', '7.3.2;60'],
    ['Mã;Đã làm;Tổng', '7.3.2;600;1000'],
    ['Mã;Số đã làm;Tổng số;Tỷ lệ', '7.3.2;600;1000;60%'],
  ])('%s', async (head, row) => {
    expect(await points(`${ABOVE}${head}\n${row}\n`)).toEqual(READ);
  });

  it('a unit whose name stands over each of its columns', async () => {
    // 600 of 1000 is 0.7059 of a point, 17 of 100 a fifth of the 85%.
    const text =
      'Năm 2022\nBộ tiêu chí: thanh-hoa-district-2022\nMã;A;A;B;B\n;đã làm;phải làm;đã làm;phải làm\n';
    expect(await points(`${text}7.3.2;600;1000;17;100\n`)).toEqual({
      'A 2022': { '7.3.2': 7059 },
      'B 2022': { '7.3.2': 2000 },
    });
  });

  it('two rows of heads, the upper merged over the lower', async () => {
    const rows: PartCell[][] = [
      ['Đơn vị: X'],
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['STT', 'Tiêu chí', 'Kết quả', null, 'Ghi chú'],
      [null, null, 'Số đã làm', 'Tổng số', null],
      ['(1)', '(2)', '(3)', '(4)', '(5)'],
      ['7.3.2', 'Hồ sơ', 600, 1000, null],
    ];
    const merges = ['A4:A5', 'B4:B5', 'C4:D4', 'E4:E5'].map((ref) => `<mergeCell ref="${ref}"/>`).join('');
    expect(await points(await workbook(rows, `<mergeCells>${merges}</mergeCells>`), 'r.xlsx')).toEqual(READ);
    const csv = `${ABOVE}STT;Tiêu chí;Kết quả;;Ghi chú\n;;Số đã làm;Tổng số;\n7.3.2;Hồ sơ;600;1000;\n`;
    expect(await points(csv)).toEqual(READ);
  });

  it('three rows of heads', async () => {
    const rows: PartCell[][] = [
      ['Đơn vị: X'],
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['STT', 'Tiêu chí', 'Năm 2022', null, null, null, 'Ghi chú'],
      [null, null, 'Kế hoạch', 'Kết quả', null, null, null],
      [null, null, null, 'Số đã làm', 'Tổng số', 'Tỷ lệ (%)', null],
      ['7.3.2', 'Hồ sơ', null, 600, 1000, 60, null],
    ];
    const merges = ['A4:A6', 'B4:B6', 'G4:G6', 'C4:F4', 'C5:C6', 'D5:F5'];
    const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
    expect(await points(await workbook(rows, `<mergeCells>${merged}</mergeCells>`), 'r.xlsx')).toEqual(READ);
    const csv = `STT;Tiêu chí;Xã A;;;Xã B;;
;;Điểm;;Kết quả;Điểm;;Kết quả
;;Tự chấm;Thẩm định;;Tự chấm;Thẩm định;
7.3.2;Hồ sơ;1;1;60%;0,5;0,5;75%
`;
    // 75 of 85 is 0.8824.
    expect(await points(`Năm 2022\nBộ tiêu chí: ${CAT}\n${csv}`)).toEqual({
      'Xã A 2022': { '7.3.2': 7059 },
      'Xã B 2022': { '7.3.2': 8824 },
    });
  });

  it('units in a row above heads that stand again under each', async () => {
    const csv = `;;Xã A;;Xã B;
STT;Tiêu chí;Số đã làm;Tổng số;Số đã làm;Tổng số
7.3.2;Hồ sơ;600;1000;750;1000
`;
    expect(await points(`Năm 2022\nBộ tiêu chí: ${CAT}\n${csv}`)).toEqual({
      'Xã A 2022': { '7.3.2': 7059 },
      'Xã B 2022': { '7.3.2': 8824 },
    });
  });

  it.each([
    ['2021;2022', '50%;60%', []],
    ['2022;2021', '60%;50%', []],
    ['2023;2024', '60%;60%', ['head-of-other-year 5', 'head-of-other-year 5']],
  ])('years alone under a head: %s', async (years, values, faults) => {
    const text = `${ABOVE}STT;Tiêu chí;Kết quả;;Ghi chú\n;;${years};\n7.3.2;Hồ sơ;${values};\n`;
    expect(await codes(text)).toEqual(faults);
    if (faults.length === 0) expect(await points(text)).toEqual(READ);
  });

  it('a project says what a head under another means by its own words', async () => {
    const text = `${ABOVE}STT;Tiêu chí;Kết quả;;Ghi chú\n;;2023;2022;\n7.3.2;Hồ sơ;50%;60%;\n`;
    await withFiles({ 'r.csv': text, 'cchc.config.yaml': 'columns: {"2023": ignore}\n' }, async (folder) => {
      const [open] = must(await openReadings(join(folder, 'r.csv')));
      expect(
        score(open!.reading, open!.catalogue).criteria.find((c) => c.criterion.id === '7.3.2')!.points,
      ).toBe(7059);
    });
  });

  it.each([
    ['STT;Tiêu chí;Kết quả', '1;7.3.2. Hồ sơ trực tuyến;60%'],
    ['Tiêu chí;Kết quả', '7. Hiện đại hóa;\n7.3.2 Hồ sơ trực tuyến;60%\nTổng cộng;1'],
    ['Nội dung;Tỷ lệ (%)', 'Tiêu chí 7.3.2: Hồ sơ trực tuyến;60'],
    ['Mã;Kết quả', '7.3.2 - Hồ sơ trực tuyến;60%'],
    ['Mã;Kết quả', 'TC 7.3.2;60%'],
    ['Mã;Kết quả', 'Tiêu chí 7.3.2.;60%'],
    ['Mã;Kết quả', '7.3.2*;60%'],
    ['Mã;Kết quả', '7.3.2 (1);60%'],
    ['Mã;Kết quả', '7.3.2¹;60%'],
  ])('an id with its name, or with a mark of a footnote: %s, %s', async (head, rows) => {
    const text = `${ABOVE}${head}\n${rows}\n`;
    expect(await points(text)).toEqual(READ);
    const { found } = await opened(text);
    const told = found.diagnostics.flatMap((d) => (d.code === 'read-as' ? [d.params.meaning] : []));
    expect(told.filter((meaning) => meaning !== '60')).toEqual(['7.3.2']);
  });

  it('names of which some have no id are no column of ids', async () => {
    expect(await codes(`${ABOVE}Tiêu chí;Kết quả\n7.3.2 Hồ sơ;60%\nThanh tra;2\n`)).toEqual(['no-header 1']);
    expect(await codes(`${ABOVE}Tiêu chí;Kết quả\n12 thủ tục;60%\n`)).toEqual(['no-header 1']);
  });

  it('a head of four rows is said to be one, and nothing is read by its first three', async () => {
    const merged: PartCell[][] = [
      ['Đơn vị: X'],
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['STT', 'Tiêu chí', 'Kết quả thực hiện'],
      [null, null, 'Năm 2022'],
      [null, null, 'Tổng hợp cả năm'],
      [null, null, 'Số đã làm', 'Tổng số'],
      ['7.3.2', 'Hồ sơ', 600, 1000],
    ];
    const merges = ['A4:A7', 'B4:B7', 'C4:D4', 'C5:D5', 'C6:D6'].map((ref) => `<mergeCell ref="${ref}"/>`);
    const book = await workbook(merged, `<mergeCells>${merges.join('')}</mergeCells>`);
    expect(await codes(book, 'r.xlsx')).toContain('head-too-tall S!A4');
    const rows = '7.3.2;Hồ sơ;600;1000\n';
    const csv = (first: string) => `${ABOVE}${first}\n;;Năm 2022;\n;;Cả năm;\n;;Số đã làm;Tổng số\n${rows}`;
    const four = { code: 'head-too-tall', params: { rows: 4 } };
    for (const first of ['STT;Tiêu chí;Kết quả;', 'STT;Tiêu chí;Tình hình;'])
      expect((await opened(csv(first))).told.find(({ severity }) => severity === 'error')).toMatchObject({
        ...four,
        place: { line: 4 },
      });
    // Titles above a head of one row are no part of it.
    expect(
      await points(`${ABOVE}Biểu;Số liệu;;\n;;Thực tế;\n;;Cả năm;\nMã;Tên;Số đã làm;Tổng số\n${rows}`),
    ).toEqual(READ);
  });

  it('an id that Excel made a date of: the hint says so, and which ids it may have been', async () => {
    // 37322 is the 7th of March 2002: '7.3.2' as it is typed where days come first; 46143 is the 1st of May 2026; there is no 5.1.
    const book = (serial: number) =>
      zipped(
        partsOf(
          {
            S: sheetData([
              ['Đơn vị: X'],
              ['Năm 2022'],
              [`Bộ tiêu chí: ${CAT}`],
              ['Mã', 'Kết quả'],
              [{ xml: `<c s="1"><v>${serial}</v></c>` }, 60],
            ]),
          },
          { 'xl/styles.xml': stylesOf('dd/mm/yyyy') },
        ),
      );
    const told = async (content: string | Uint8Array, name: string) => {
      const { found } = await opened(content, name);
      return found.diagnostics.flatMap((d) => (d.code === 'unknown-criterion' ? [d.params] : []));
    };
    expect(await told(await book(37322), 'r.xlsx')).toEqual([{ value: '07/03/2002', dated: ['7.3.2'] }]);
    // Shown as a bare number: 37322 is 07/03/2002.
    expect(await told(`${ABOVE}Mã;Kết quả\n37322;60\n`, 'r.csv')).toEqual([
      { value: '37322', dated: ['7.3.2'] },
    ]);
    // In a column's head, of a table of one row a unit.
    const heads = 'Năm 2022\nBộ tiêu chí: thanh-hoa-district-2022\nĐơn vị;07/03/2002;1.5\nXã A;60;2\n';
    expect(await told(heads, 'r.csv')).toEqual([{ value: '07/03/2002', dated: ['7.3.2'] }]);
    const { found } = await opened(heads.replace('1.5', '37323'), 'r.csv');
    expect(found.diagnostics.map((d) => [d.code, (d.params as { dated?: string[] }).dated])).toEqual([
      ['no-header', ['7.3.2', '3.7.2', '7.3', '3.7']],
    ]);
    expect(await told(await book(46143), 'r.xlsx')).toEqual([{ value: '01/05/2026', dated: ['1.5'] }]);
    for (const date of ['7/3/2002', '3/7/2002', '2002-03-07', '07-Mar-02', '7-Thg3-2002'])
      expect(await told(`${ABOVE}Mã;Kết quả\n${date};60\n`, 'r.csv')).toEqual([
        { value: date, dated: ['7.3.2'] },
      ]);
    for (const none of ['31/13/2002', '7/3', 'a/b'])
      expect((await told(`${ABOVE}Mã;Kết quả\n${none};60\n`, 'r.csv')).some((p) => p.dated)).toBe(
        none === '7/3',
      );
    const files = { 'r.csv': `${ABOVE}Mã;Kết quả\n07/03/2002;60\n` };
    for (const [lang, hint] of [
      ['vi', 'đây là một ngày'],
      ['en', 'this is a date'],
    ] as const) {
      const ran = await withFiles(files, (folder) => cchc(['score', join(folder, 'r.csv'), '--lang', lang]));
      expect(ran.code).toBe(3);
      expect(ran.stderr).toContain(hint);
      expect(ran.stderr).toContain('7.3.2');
    }
  });

  it('raised digits are marks, and no part of a number or an id', async () => {
    const raised = (text: string, mark: string) =>
      `<is><r><t>${text}</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>${mark}</t></r></is>`;
    const sheet = (id: string, value: string) =>
      zipped(
        partsOf({
          S: `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Đơn vị: X</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Năm 2022</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Bộ tiêu chí: ${CAT}</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>Mã</t></is></c><c r="B4" t="inlineStr"><is><t>Kết quả</t></is></c></row><row r="5"><c r="A5" t="inlineStr">${id}</c><c r="B5" t="inlineStr">${value}</c></row></sheetData>`,
        }),
      );
    const plain = '<is><t>60%</t></is>';
    expect(await points(await sheet(raised('7.3.2', '1'), plain), 'r.xlsx')).toEqual(READ);
    expect(await codes(await sheet('<is><t>1.5</t></is>', raised('2', '1')), 'r.xlsx')).toEqual([
      'wants-number S!B5',
    ]);
  });

  it('a table from column C, below thirty lines there is none', async () => {
    const rows: PartCell[][] = [
      ['Đơn vị', 'X'],
      ['Năm', 2022],
      ['Bộ tiêu chí', CAT],
      [],
      ['Mã', 'Giá trị'],
      ['7.3.2', 60],
    ];
    expect(await points(await workbook(rows, '', 4, 2), 'r.xlsx')).toEqual(READ);
    expect(await codes(`${'Ghi chép;1\n'.repeat(31)}Mã;Giá trị\n7.3.2;60\n`)).toEqual(['no-header 1']);
  });

  it.each(['Đơn vị: X, năm 2022', 'Đơn vị: X - Năm: 2022', 'Đơn vị: X (Năm 2022)', 'Tên đơn vị;X năm 2022'])(
    'a line that names unit and year: %s',
    async (line) => {
      expect(await points(`${line}\nBộ tiêu chí: ${CAT}\nMã TC;Giá trị\n7.3.2;60\n`)).toEqual(READ);
    },
  );

  it('the year of the titles counts where no line gives it, and is said', async () => {
    const text = `KẾT QUẢ CHẤM ĐIỂM NĂM 2022\nĐơn vị: X\nBộ tiêu chí: ${CAT}\nMã;Giá trị\n7.3.2;60\n`;
    expect(await points(text)).toEqual(READ);
    const { found } = await opened(text);
    expect(found.diagnostics.map((d) => d.code)).toContain('read-as');
  });

  it('an Excel file that names its separator', async () => {
    expect(await points(`sep=,\n${ABOVE}Mã,Giá trị\n7.3.2,60\n`)).toEqual(READ);
  });

  it('the separator is the one that yields a head, whatever the titles hold most of', async () => {
    expect(await points(`Báo cáo, quý I, II, III, IV, bản 2\n${ABOVE}Mã;Giá trị\n7.3.2;60,0\n`)).toEqual(
      READ,
    );
    expect(await points(`a;b;c;d;e\n${ABOVE}Mã\tGiá trị\n7.3.2\t60,0\n`)).toEqual(READ);
  });
});

describe('rows that are no criterion', () => {
  it('sections, totals and rows without an id are named, not read', async () => {
    const text = `${ABOVE}STT;Tiêu chí;Điểm chuẩn;Điểm tự chấm;Giá trị
I;LĨNH VỰC;10;9;
7;HIỆN ĐẠI HÓA;10;9;
7.3;Trực tuyến;2;1;
7.3.2;Hồ sơ;1;;60
;;;;
Tổng cộng;;100;88;
;Người lập biểu;;;
`;
    expect(await points(text)).toEqual(READ);
    const { told } = await opened(text);
    expect(
      told.map((d) => [
        d.code,
        (d.params as { why?: string; cells?: string[] }).why,
        (d.params as { cells?: string[] }).cells,
      ]),
    ).toEqual([
      ['cells-not-used', 'section', ['A5', 'B5', 'C5', 'D5', 'A6']],
      ['cells-not-used', 'total', ['A10', 'C10', 'D10']],
      ['cells-not-used', 'below', ['B11']],
    ]);
  });

  it('a value without an id is named', async () => {
    expect(await codes(`${ABOVE}Mã;Giá trị\n7.3.2;60\n;75\n`)).toEqual([
      'value-without-id 6',
      'cells-not-used',
    ]);
  });

  it('evidence in plain words is the title of a document', async () => {
    const { found } = await opened(`${ABOVE}Mã;Giá trị;Tài liệu kiểm chứng\n7.3.2;60;BC 12/BC-UBND\n`);
    expect(must(found)[0]!.reading.entries.get('7.3.2')!.evidence).toMatchObject([
      { title: 'BC 12/BC-UBND' },
    ]);
  });

  it('months in plain words are not JSON', async () => {
    expect(await codes(`${ABOVE}Mã;Các tháng\n7.3.2;T1 5/10\n`)).toEqual(['cell-not-json 5']);
  });
});

describe('columns', () => {
  it.each(['Điểm thưởng', 'Số lượng hồ sơ xấu', 'Màu'])(
    'an unknown head (%s) is an error where the unit is named, and no unit',
    async (head) => {
      expect(await codes(`${ABOVE}Mã;${head}\n7.3.2;60\n`)).toEqual(['unknown-column 4']);
    },
  );

  it('a head that sounds like a figure is no unit even where none is named', async () => {
    const text = `Năm;2022\nBộ tiêu chí;${CAT}\nMã;Điểm quý III\n7.3.2;60\n`;
    expect(await codes(text)).toContain('unknown-column 3');
  });

  it('months side by side are months, not units', async () => {
    const text = `${ABOVE}Mã;T1 đã làm;T1 tổng;T2 đã làm;T2 tổng\n7.3.2;100;200;500;800\n`;
    // 600 of 1,000 is 60%.
    expect(await points(text)).toEqual(READ);
    expect(await codes(text.replace('100;200', '100;'))).toContain('missing-key 5');
  });

  it('units side by side, each with its done and total', async () => {
    const text = `Năm;2022\nBộ tiêu chí;${CAT}\nMã;Xã A;;Xã B;\n;Đã làm;Tổng số;Đã làm;Tổng số\n7.3.2;600;1000;85;100\n`;
    expect(await points(text)).toEqual({ 'Xã A 2022': { '7.3.2': 7059 }, 'Xã B 2022': { '7.3.2': 10_000 } });
  });
});

describe('no cell falls off', () => {
  it.each([
    ['Mã,Giá trị', '7.3.2,99,2%', 'row-too-wide 3'],
    ['Mã,Đã làm,Tổng số', '7.3.2,1,234,2,000', 'row-too-wide 3'],
    ['Mã,Giá trị,Ghi chú', '7.3.2,99,2%', 'split-decimal 3'],
  ])('decimal commas without quotes: %s', async (head, row, code) => {
    const text = `unit,X,,\nyear,2022,catalogue,${CAT}\n${head}\n${row}\n`.replace(
      'unit,X,,\n',
      'Đơn vị: X\n',
    );
    expect(await codes(text)).toEqual([code.replace('3', '4')]);
  });

  it('a decimal comma without quotes that moves a row of a unit into its note', async () => {
    const text = `Năm 2022\nBộ tiêu chí: ${CAT}\nĐơn vị,1.5,7.3.2,Ghi chú\nX,2,59,2\nY,2,60,\n`;
    expect(await codes(text)).toEqual(['split-decimal 4']);
    expect(await codes(text.replace('59,2', '"59,2"'))).toEqual([]);
    // What is in quotes, or is words, is a note.
    expect(await codes(text.replace('59,2', '59,"2"'))).toEqual([]);
    expect(await codes(text.replace('59,2', '59,2 xã'))).toEqual([]);
  });

  it('a worksheet row wider than its head, and a cell under no head', async () => {
    const rows = (extra: PartCell[]): PartCell[][] => [
      ['Đơn vị: X'],
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['Mã', null, 'Giá trị'],
      extra,
    ];
    expect(await codes(await workbook(rows(['7.3.2', null, 60, 7])), 'r.xlsx')).toEqual([
      'row-too-wide S!D5',
    ]);
    expect(await codes(await workbook(rows(['7.3.2', 5, 60])), 'r.xlsx')).toEqual(['cell-without-head S!B5']);
  });
});
