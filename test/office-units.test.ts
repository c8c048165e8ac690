import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReadings } from '../src/files/open.js';
import { readFileContent } from '../src/files/read.js';
import { score } from '../src/index.js';
import { withFiles } from './support.js';
import { type PartCell, partsOf, sheetData, zipped } from './workbook-parts.js';

// Tables of one row a unit, whose columns are criteria.
const CAT = 'thanh-hoa-district-2022';
const ABOVE = `Năm 2022\nBộ tiêu chí: ${CAT}\n`;

/** Points by unit and id in ten-thousandths, codes with their line or cell, cells not used by reason, and columns. */
async function read(content: string | Uint8Array, name = 'r.csv') {
  return withFiles({ [name]: content }, async (folder) => {
    const file = join(folder, name);
    const opened = await openReadings(file);
    const { sheets } = await readFileContent(file);
    const said = ['unknown-values', 'read-as', 'cells-not-used'];
    const units = opened.ok
      ? opened.value.map(({ reading, catalogue }) => {
          const scored = score(reading, catalogue).criteria.filter((c) => c.status !== 'unknown');
          return [reading.unit, Object.fromEntries(scored.map((c) => [c.criterion.id, c.points]))];
        })
      : null;
    return {
      points: units && Object.fromEntries(units),
      codes: opened.diagnostics
        .filter((d) => !said.includes(d.code))
        .map((d) => `${d.code} ${d.place?.line ?? d.place?.file.split('!')[1] ?? ''}`),
      unused: Object.fromEntries(
        [...(sheets[0]?.unused ?? [])].map(([why, { cells }]) => [why, cells.join(' ')]),
      ),
      columns: (sheets[0]?.tables[0]?.columns ?? []).map(({ key, criterion }) =>
        criterion === null ? key : `${key} ${criterion}`,
      ),
    };
  });
}

// 60 of 85 is 0.7059 of one point, 34 of 85 is 0.4; two initiatives are one point, one is none.
const TWO = { 'Xã A': { '7.3.2': 7059, '1.5': 10_000 }, 'Xã B': { '7.3.2': 4000, '1.5': 0 } };

describe('one row a unit, criteria side by side', () => {
  it.each([
    ['ids alone', 'STT;Đơn vị;7.3.2;1.5', ''],
    ['ids with their names', 'TT;Tên đơn vị;7.3.2. Tỷ lệ hồ sơ mức 3;1.5 - Sáng kiến', ''],
    ['a row of names under the ids', 'STT;Đơn vị;7.3.2;1.5', ';;Tỷ lệ hồ sơ mức 3;Số sáng kiến\n'],
    ['names over the ids', 'STT;Đơn vị;Tỷ lệ hồ sơ mức 3;Số sáng kiến\n;;7.3.2;1.5', ''],
    ['numbers of the columns', 'STT;Xã, phường;Tiêu chí 7.3.2;Tiêu chí 1.5', '(1);(2);(3);(4)\n'],
    ['a row of what is counted', 'STT;Đơn vị;7.3.2;1.5', ';Đơn vị tính;%;Sáng kiến\n'],
  ])('%s', async (_, head, under) => {
    const { points, codes } = await read(`${ABOVE}${head}\n${under}1;Xã A;60;2\n2;Xã B;34%;1\n`);
    expect(points).toEqual(TWO);
    expect(codes).toEqual([]);
  });

  it('in a workbook, with ids that are numbers and counts under a merged id', async () => {
    const rows: PartCell[][] = [
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['STT', 'Đơn vị', '7.3.2', null, 1.5],
      [null, null, 'Đã làm', 'Tổng số', null],
      [1, 'Xã A', 600, 1000, 2],
      [2, 'Xã B', 340, 1000, 1],
    ];
    const merges = ['A3:A4', 'B3:B4', 'C3:D3', 'E3:E4'].map((ref) => `<mergeCell ref="${ref}"/>`).join('');
    const { points, columns } = await read(
      await zipped(partsOf({ S: `${sheetData(rows)}<mergeCells>${merges}</mergeCells>` })),
      'r.xlsx',
    );
    expect(points).toEqual(TWO);
    expect(columns).toEqual(['order', 'unit', 'done 7.3.2', 'total 7.3.2', 'value 1.5']);
  });

  it('sections, sums, means and who signs are named; a numbered unit without values is a unit', async () => {
    const { points, unused } = await read(
      `${ABOVE}STT;Đơn vị;7.3.2;1.5;Xếp hạng;Ghi chú\nI;CÁC XÃ;;;;\n1;Xã A;60;2;1;a\n2;Xã B;34;1;2;\n3;Xã C;;;;\n;Tổng cộng;94;3;;\n;Trung bình;47;1,5;;\n\n;Như Xuân, ngày 05/12/2022;;;;\n`,
    );
    expect(points).toEqual({ ...TWO, 'Xã C': {} });
    expect(unused).toEqual({
      section: 'A4 B4',
      'for-people': 'A5 E5 F5 A6 E6 A7',
      total: 'B8 C8 D8 B9 C9 D9',
      below: 'B11',
    });
  });

  it.each([
    'Cao nhất',
    'Điểm thấp nhất',
    'Trung vị',
    'Điểm trung bình',
    'Median',
    'Toàn huyện',
    'Chung toàn tỉnh',
  ])('a row or a column of all is no unit: %s', async (label) => {
    expect((await read(`${ABOVE}Mã;Xã A;Xã B;${label}\n7.3.2;60;34;60\n`)).codes).toEqual([
      'unknown-column 3',
    ]);
    const rows = `Xã A;60;2\nXã B;34;1\n${label};60;2\n`;
    expect((await read(`${ABOVE}Đơn vị;7.3.2;1.5\n${rows}`)).points).toEqual(TWO);
  });

  it('so are those of units side by side, under a title of points or beside maxima that some reach and none passes', async () => {
    // 0.5 of 1 and 1 of 1; 1 of 1 and 0 of 1.
    const scored = { 'Xã A': { '7.3.2': 5000, '1.5': 10_000 }, 'Xã B': { '7.3.2': 10_000, '1.5': 0 } };
    const rows = '7.3.2;1;0,5;1\n1.5;1;1;0\n';
    const points = async (title: string, text: string) => (await read(`${title}${ABOVE}${text}`)).points;
    expect(await points('BẢNG TỔNG HỢP ĐIỂM;;;\n', `Mã;Điểm chuẩn;Xã A;Xã B\n${rows}`)).toEqual(scored);
    expect(await points('', `Mã;Điểm chuẩn;Xã A;Xã B\n${rows}`)).toEqual(scored);
    expect(await points('BẢNG ĐIỂM;;\n', 'Mã;Xã A;Xã B\n7.3.2;0,5;1\n1.5;1;0\n')).toEqual(scored);
    // 60 is more than 1, and 60% no points: values.
    for (const [one, two] of [
      ['60', '34'],
      ['60%', '34%'],
    ])
      expect(await points('', `Mã;Điểm chuẩn;Xã A;Xã B\n7.3.2;1;${one};${two}\n1.5;1;2;1\n`)).toEqual(TWO);
  });

  it('under a row of maxima, or a title of points, cells are points', async () => {
    const scored = { 'Xã A': { '7.3.2': 5000, '1.5': 10_000 } };
    const table = 'STT;Đơn vị;7.3.2;1.5\n';
    const maxima = await read(`${ABOVE}${table};Điểm tối đa;1;2\n1;Xã A;0,5;1\n`);
    expect(maxima.points).toEqual(scored);
    expect(maxima.codes).toEqual(['max-differs 4']);
    const two = await read(`${ABOVE}${table};Điểm tối đa;1;2\n1;Xã A;0,5;1\n2;Xã B;0,5;1\n`);
    expect(two.codes).toEqual(['max-differs 4']);
    expect(maxima.columns).toEqual(['order', 'unit', 'points 7.3.2', 'points 1.5']);
    const title = await read(`BẢNG ĐIỂM TỰ CHẤM\n${ABOVE}${table}1;Xã A;0,5;1\n`);
    expect(title.points).toEqual(scored);
    expect(title.columns).toEqual(['order', 'unit', 'self_scored 7.3.2', 'self_scored 1.5']);
    expect((await read(`Tính đến thời điểm 31/12\n${ABOVE}${table}1;Xã A;60;2\n`)).columns).toContain(
      'value 7.3.2',
    );
  });

  it('a head that is no id is a fault, and so is an id that the catalogue does not have, once', async () => {
    expect((await read(`${ABOVE}Đơn vị;7.3.2;Hồ sơ\nXã A;60;5\n`)).codes).toEqual(['unknown-column 3']);
    expect((await read(`${ABOVE}Đơn vị;7.3.2;9.9\nXã A;60;5\nXã B;60;5\n`)).codes).toEqual([
      'unknown-criterion 3',
    ]);
    expect((await read(`${ABOVE}Đơn vị;7.3.2;XHH\nXã A;60;50\n`)).points).toEqual({
      'Xã A': { '7.3.2': 7059, XHH: 50_000 },
    });
  });

  it('a unit twice, a value of no unit and a cell beyond the head are faults or told', async () => {
    expect((await read(`${ABOVE}Đơn vị;7.3.2\nXã A;60\nXã A;61\n`)).codes).toEqual(['duplicate-id 5']);
    expect((await read(`${ABOVE}Đơn vị;7.3.2;1.5\nXã A;60;2\n;34;1\n`)).codes).toEqual([
      'value-without-id 5',
    ]);
    expect((await read(`${ABOVE}Đơn vị;7.3.2\nXã A;60;2\n`)).codes).toEqual(['row-too-wide 4']);
  });
});

describe('what looks like numbers of columns', () => {
  it('a unit A, the criterion 1 and its value 2 are a row of values', async () => {
    const { codes, unused } = await read(
      `${ABOVE}unit,id,value\nA,1,2\n`.replaceAll('\nBộ', '\n"Bộ').replace(CAT, `${CAT}"`),
    );
    expect(codes).toEqual(['unknown-criterion 4']);
    expect(unused).toEqual({});
  });
});

describe('parts of a year', () => {
  const of = (head: string, row: string) => `Đơn vị: X\n${ABOVE}${head}\n${row}\n`;

  it('months with their year are months, and the last is the value', async () => {
    const { points, columns } = await read(of('Mã;Tháng 1/2022;T2/2022', '7.3.2;34;60'));
    expect(points).toEqual({ X: { '7.3.2': 7059 } });
    expect(columns).toEqual(['id', 'history', 'history']);
  });

  it('a count needs its value: months may each be alone', async () => {
    expect((await read(of('Mã;Tháng 1/2022;Tháng 2/2022', '1.5;1;1'))).codes).toEqual(['no-value 5']);
  });

  it('a month of another year, and a quarter, are faults', async () => {
    expect((await read(of('Mã;Tháng 1/2021', '7.3.2;60'))).codes).toEqual(['head-of-other-year 4']);
    expect((await read(of('Mã;Quý I;6 tháng đầu năm', '7.3.2;60;60'))).codes).toEqual([
      'head-of-period 4',
      'head-of-period 4',
    ]);
    const under = of('Mã;Kết quả;\n;Quý I;Quý II', '7.3.2;50;60');
    expect((await read(under)).codes).toEqual(['head-of-period 5', 'head-of-period 5']);
  });

  it.each(['BÁO CÁO QUÝ I/2022', 'Số liệu tháng 3/2022', 'Kết quả 2022, theo Báo cáo năm 2022'])(
    '%s is of 2022, whatever the day it was signed',
    async (title) => {
      const { points } = await read(
        `${title}\nX, ngày 05 tháng 01 năm 2023\nĐơn vị: X\nBộ tiêu chí: ${CAT}\nMã;Giá trị\n7.3.2;60\n`,
      );
      expect(points).toEqual({ X: { '7.3.2': 7059 } });
    },
  );

  it('units whose names begin with such words are units', async () => {
    expect((await read(`${ABOVE}Mã;Quý Lộc;Năm Căn\n7.3.2;60;60\n`)).points).toEqual({
      'Quý Lộc': { '7.3.2': 7059 },
      'Năm Căn': { '7.3.2': 7059 },
    });
  });
});
