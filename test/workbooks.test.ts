import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { openReadings } from '../src/files/open.js';
import { Zip } from '../src/files/zip.js';
import { score } from '../src/index.js';
import { catalogueData, cchc, must, withFiles } from './support.js';
import {
  type PartCell,
  type Parts,
  partsOf,
  relations,
  sheetData,
  stylesOf,
  zipped,
} from './workbook-parts.js';
import { engineOf } from './workbook-support.js';

const CAT = 'thanh-hoa-district-2022';
const ABOVE: PartCell[][] = [
  ['Đơn vị', 'X'],
  ['Năm', 2022],
  ['Bộ tiêu chí', CAT],
];

/** A sheet with the lines above and these rows below them. */
const sheet = (...rows: PartCell[][]) => sheetData([...ABOVE, ...rows]);
const HEAD: PartCell[] = ['Mã', 'Giá trị'];

async function opened(bytes: Uint8Array | string, name = 'r.xlsx') {
  return withFiles({ [name]: bytes }, async (folder) => {
    const found = await openReadings(join(folder, name));
    const told = found.diagnostics
      .filter((d) => d.code !== 'unknown-values')
      .map((d) => `${d.code} ${d.place?.file.replace(folder, '') ?? ''}`);
    return { found, told };
  });
}

/** Points by id, in ten-thousandths as they are carried. */
async function points(parts: Parts, name?: string): Promise<Record<string, number | null>> {
  const { found } = await opened(await zipped(parts), name);
  const [one] = must(found);
  const { criteria } = score(one!.reading, one!.catalogue);
  return Object.fromEntries(
    criteria.filter((c) => c.status !== 'unknown').map((c) => [c.criterion.id, c.points]),
  );
}

const codes = async (parts: Parts) => (await opened(await zipped(parts))).told;

describe('workbooks of any producer', () => {
  // 60 of 85 is 0.7059
  const read = { '7.3.2': 7059 };

  it('plain parts; .xlsm is the same', async () => {
    const parts = partsOf({ S: sheet(HEAD, ['7.3.2', 60]) });
    expect(await points(parts)).toEqual(read);
    expect(await points(parts, 'r.xlsm')).toEqual(read);
  });

  it('a prefix, as .NET writes', async () => {
    const parts = partsOf({ S: sheet(HEAD, ['7.3.2', 60]) });
    const prefixed = (xml: string) =>
      xml
        .replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:')
        .replace('xmlns=', 'xmlns:x=')
        .replaceAll('<x:?xml', '<?xml');
    expect(
      await points({
        ...parts,
        'xl/workbook.xml': prefixed(parts['xl/workbook.xml']!),
        'xl/worksheets/sheet1.xml': prefixed(parts['xl/worksheets/sheet1.xml']!),
      }),
    ).toEqual(read);
  });

  it('rows and cells without their places', async () => {
    const parts = partsOf({ S: sheet(HEAD, ['7.3.2', 60]).replace(/ r="[A-Z]*\d+"/g, '') });
    expect(await points(parts)).toEqual(read);
  });

  it('other names of parts, absolute targets, and parts of comments, tables and charts beside them', async () => {
    const { 'xl/worksheets/sheet1.xml': data, ...parts } = partsOf({ S: sheet(HEAD, ['7.3.2', 60]) });
    expect(
      await points({
        '[Content_Types].xml': parts['[Content_Types].xml']!,
        '_rels/.rels': relations(['r0', 'officeDocument', '/book/main.xml']),
        'book/main.xml': parts['xl/workbook.xml']!,
        'book/_rels/main.xml.rels': relations(
          ['rId9', 'theme', 'theme/theme1.xml'],
          ['rId1', 'worksheet', '/Data/Tab.xml'],
        ),
        'Data/Tab.xml': data!.replace(
          '</worksheet>',
          '<legacyDrawing r:id="rId1"/><tableParts count="1"/></worksheet>',
        ),
        'Data/_rels/Tab.xml.rels': relations(
          ['rId1', 'vmlDrawing', '/gone.vml'],
          ['rId2', 'comments', '/comments1.xml'],
          ['rId3', 'table', '../tables/table1.xml'],
          ['rId4', 'drawing', '../drawings/drawing1.xml'],
        ),
        'comments1.xml':
          '<comments><commentList><comment ref="A1"><text/></comment></commentList></comments>',
      }),
    ).toEqual(read);
  });

  it('shared strings with runs and readings aside, and escaped signs', async () => {
    const shared = `<sst><si><t>Mã</t></si><si><r><t>Giá </t></r><r><t>trị</t></r><rPh><t>xyz</t></rPh></si><si><t>7.3.2</t></si></sst>`;
    const s = (i: number) => ({ xml: `<c t="s"><v>${i}</v></c>` });
    const parts = partsOf(
      { S: sheet([s(0), s(1)], [s(2), { xml: '<c t="str"><v>60_x0025_</v></c>' }]) },
      { 'xl/sharedStrings.xml': shared },
    );
    expect(await points(parts)).toEqual(read);
  });

  it('a styled empty cell in the last row is no row', async () => {
    const data = sheet(HEAD, ['7.3.2', 60]).replace(
      '</sheetData>',
      '<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>',
    );
    expect(await points(partsOf({ S: data }))).toEqual(read);
  });
});

describe('numbers as the sheet shows them', () => {
  it('fifteen digits: 84.99999999999999 from a formula is the 85 that is shown', async () => {
    // 85% earns the whole point.
    const parts = partsOf({
      S: sheet(HEAD, ['7.3.2', { xml: '<c><f>1+1</f><v>84.999999999999986</v></c>' }]),
    });
    expect(await points(parts)).toEqual({ '7.3.2': 10_000 });
  });

  it.each([
    ['0.00%', 0.6],
    ['0.0"%"', 60],
    ['[Red]0.0\\%', 60],
    ['[h]:mm', 60],
  ])(
    'the format %s makes 60 of %d: a quoted percent sign is a letter, and hours gone by are no day',
    async (format, value) => {
      const styles = { 'xl/styles.xml': stylesOf(format) };
      const rows = sheet(HEAD, ['7.3.2', { xml: `<c s="1"><v>${value}</v></c>` }]);
      expect(await points(partsOf({ S: rows }, styles))).toEqual({ '7.3.2': 7059 });
    },
  );

  it('a share of fifteen digits stays exact as a percent', async () => {
    const styles = { 'xl/styles.xml': stylesOf('0.00%') };
    // 0.57 as a double times 100 is 56.99999999999999.
    const parts = partsOf(
      { S: sheet(HEAD, ['7.3.2', { xml: '<c s="1"><v>0.56999999999999995</v></c>' }]) },
      styles,
    );
    // 57 of 85 is 0.6706
    expect(await points(parts)).toEqual({ '7.3.2': 6706 });
  });

  it('an error in a cell and a formula never worked out are errors, each with its cell', async () => {
    const parts = partsOf({
      S: sheet(
        HEAD,
        ['7.3.2', { xml: '<c t="e"><v>#N/A</v></c>' }],
        ['7.3.3', { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' }],
        ['1.5', { xml: '<c><f>A1+1</f></c>' }],
      ),
    });
    expect(await codes(parts)).toEqual([
      'cell-error /r.xlsx#S!B5',
      'cell-error /r.xlsx#S!B6',
      'formula-not-calculated /r.xlsx#S!B7',
    ]);
  });

  it('an error in a column that is not read is none', async () => {
    const parts = partsOf({
      S: sheet(['Mã', 'Giá trị', 'Tiêu chí'], ['7.3.2', 60, { xml: '<c t="e"><v>#REF!</v></c>' }]),
    });
    expect(await points(parts)).toEqual({ '7.3.2': 7059 });
  });

  it('a value merged over several rows or columns is refused; a unit merged over them stands in each', async () => {
    const merged = (data: string, ref: string) => `${data}<mergeCells><mergeCell ref="${ref}"/></mergeCells>`;
    expect(await codes(partsOf({ S: merged(sheet(HEAD, ['7.3.2', 60], ['7.3.3', null]), 'B5:B6') }))).toEqual(
      ['merged-value /r.xlsx#S!B5'],
    );
    const beside = [['Năm 2022'], [`Bộ tiêu chí: ${CAT}`], ['Mã', 'Xã A', 'Xã B'], ['7.3.2', 60, null]];
    expect(await codes(partsOf({ S: merged(sheetData(beside), 'B4:C4') }))).toEqual([
      'merged-value /r.xlsx#S!B4',
    ]);
    const long = sheetData([
      ['Đơn vị', 'Năm', 'Bộ tiêu chí', 'Mã', 'Giá trị'],
      ['X', 2022, CAT, '7.3.2', 60],
      [null, 2022, CAT, '1.5', 2],
    ]);
    expect(await points(partsOf({ S: merged(long, 'A2:A3') }))).toEqual({ '7.3.2': 7059, '1.5': 10_000 });
  });

  it('an id keeps the zeros that its format shows', async () => {
    const styles = { 'xl/styles.xml': stylesOf('0.00') };
    const parts = partsOf({ S: sheet(HEAD, [{ xml: '<c s="1"><v>1.5</v></c>' }, 2]) }, styles);
    expect(await codes(parts)).toEqual(['id-read-as-number /r.xlsx#S!A5']);
  });
});

describe('sheets', () => {
  const data = sheet(HEAD, ['7.3.2', 60]);

  it('a hidden first sheet is not read in place of the visible one, and is named', async () => {
    const parts = partsOf({ 'Cũ|hidden': sheet(HEAD, ['7.3.2', 10]), Mới: data });
    expect(await points(parts)).toEqual({ '7.3.2': 7059 });
    expect(await codes(parts)).toEqual(['sheet-not-used /r.xlsx#Cũ']);
  });

  it('hidden and filtered rows, and hidden columns, are read, and are told where they hold values', async () => {
    const rows: PartCell[][] = [
      ['Đơn vị: X'],
      ['Năm 2022'],
      [`Bộ tiêu chí: ${CAT}`],
      ['Mã', 'Tiêu chí', 'Kết quả', 'Ghi chú'],
      ['7.3', 'Trực tuyến'],
      ['7.3.2', 'Hồ sơ', 60],
      ['1.5', 'Sáng kiến', 2, 'a'],
    ];
    const data = sheetData(rows)
      .replace(/<row r="(5|7)"/g, '<row r="$1" hidden="1"')
      .replace('<row r="6"', '<row r="6" ht="0"');
    const part = (cols: string, rest = data) => partsOf({ S: `<cols>${cols}</cols>${rest}` });
    const told = async (parts: Parts) =>
      (await opened(await zipped(parts))).found.diagnostics.flatMap((d) =>
        d.code === 'unseen-read' ? [d.params] : [],
      );
    const read = { '7.3.2': 7059, '1.5': 10_000 };
    expect(await points(part(''))).toEqual(read);
    // Row 5 is a section's: it has no value.
    expect(await told(part(''))).toEqual([{ rows: ['6–7'], columns: [] }]);
    const columns = '<col min="2" max="2" hidden="1"/><col min="4" max="999999999" hidden="true"/>';
    expect(await points(part(columns, sheetData(rows)))).toEqual(read);
    // Names are for people; D has a note of 1.5, and nothing stands in E and on.
    expect(await told(part(columns, sheetData(rows)))).toEqual([{ rows: [], columns: ['D'] }]);
    expect(
      await told(
        part('<col min="5" max="16384" hidden="1"/><col min="1" max="4" width="9"/>', sheetData(rows)),
      ),
    ).toEqual([]);
    await withFiles({ 'r.xlsx': await zipped(part(columns)) }, async (folder) => {
      const file = join(folder, 'r.xlsx');
      const seen = JSON.parse((await cchc(['inspect', file, '--format', 'json'])).stdout).files[0];
      expect(seen.sheets[0].unseen).toEqual({ rows: ['5–7'], columns: ['B', 'D'] });
      expect((await cchc(['inspect', file, '--lang', 'en'])).stdout).toMatch(
        /Hidden rows, read as others +5–7/,
      );
      const scored = await cchc(['score', file, '--lang', 'vi']);
      expect([scored.code, scored.stderr]).toEqual([0, expect.stringContaining('hàng 6–7; cột D')]);
    });
  });

  it('a second sheet that is a table is read too; one that is none is named', async () => {
    const more = sheet(HEAD, ['1.5', 2]);
    expect(await points(partsOf({ A: data, B: more }))).toEqual({ '7.3.2': 7059, '1.5': 10_000 });
    expect(await codes(partsOf({ A: data, B: sheetData([['Ghi chép', 5]]) }))).toEqual([
      'sheet-not-used /r.xlsx#B',
    ]);
    expect(await codes(partsOf({ A: data, B: sheetData([]) }))).toEqual([]);
  });

  it('the same criterion on two sheets is an error with its cell', async () => {
    expect(await codes(partsOf({ A: data, B: data }))).toEqual(['duplicate-id /r.xlsx#B!A5']);
  });
});

describe('what is no workbook says what it is', () => {
  const ole = (word: string) =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      Buffer.from(word, 'utf16le'),
    ]);
  it.each([
    ['password', 'r.xlsx', ole('EncryptedPackage')],
    ['xls', 'r.xls', ole('Workbook')],
    ['html', 'r.xls', '<html><table><tr><td>1</td></tr></table></html>'],
    ['text', 'r.xlsx', 'id,value\n1,2\n'],
    ['pdf', 'r.xlsx', '%PDF-1.4'],
    [
      'ods',
      'r.fods',
      '<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ],
    ['empty', 'r.xlsx', ''],
  ])('%s', async (kind, name, bytes) => {
    const { found } = await opened(bytes, name);
    expect(found.diagnostics).toMatchObject([{ code: 'not-a-workbook', params: { kind } }]);
  });

  it('an OpenDocument spreadsheet, a Word document, a binary workbook', async () => {
    const kind = async (parts: Parts, name: string) =>
      (await opened(await zipped(parts), name)).found.diagnostics.map(
        (d) => (d.params as { kind?: string }).kind,
      );
    const types = { '[Content_Types].xml': '<Types/>' };
    expect(
      await kind(
        { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' },
        'r.ods',
      ),
    ).toEqual(['ods']);
    expect(await kind({ ...types, 'word/document.xml': '<x/>' }, 'r.xlsx')).toEqual(['word']);
    expect(await kind({ ...types, 'xl/workbook.bin': 'x' }, 'r.xlsb')).toEqual(['xlsb']);
  });

  it('a zip named .csv is no text', async () => {
    const { told } = await opened(await zipped({ a: 'b' }), 'r.csv');
    expect(told).toEqual(['not-text /r.csv']);
  });
});

describe('hostile workbooks end quickly', () => {
  const data = sheet(HEAD, ['7.3.2', 60]);

  it('a merged range, a drop-down and a column width over the whole sheet', async () => {
    const whole = `${data}<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells><dataValidations><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>`;
    expect(
      await points(partsOf({ S: `<cols><col min="1" max="999999999" width="9"/></cols>${whole}` })),
    ).toEqual({ '7.3.2': 7059 });
  });

  it('a part that inflates further than its directory says is stopped on the way', async () => {
    const bytes = await zipped({ a: 'x'.repeat(5_000), b: 'y'.repeat(5_000) });
    // The directory says 10 bytes for every part.
    for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4))
      bytes.writeUInt32LE(10, at + 24);
    expect(Zip.open(bytes, 4_999)!.read('a')).toEqual({ ok: false, fault: 'too-large' });
    const both = Zip.open(bytes, 9_999)!;
    expect(both.read('a').ok).toBe(true);
    expect(both.read('b')).toEqual({ ok: false, fault: 'too-large' });
  });

  it('a document type, a broken part, and a row beyond the last are refused', async () => {
    const parts = partsOf({ S: data });
    const part = 'xl/worksheets/sheet1.xml';
    const with_ = (xml: string) => codes({ ...parts, [part]: xml });
    expect(await with_('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')).toEqual(['damaged-workbook /r.xlsx']);
    expect(await with_(parts[part]!.slice(0, -40))).toEqual(['damaged-workbook /r.xlsx']);
    expect(await with_('<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>')).toEqual([
      'damaged-workbook /r.xlsx',
    ]);
    const { [part]: _, ...without } = parts;
    expect(await codes(without)).toEqual(['damaged-workbook /r.xlsx']);
  });

  it('a damaged byte in a stored part is seen', async () => {
    const bytes = await zipped(partsOf({ S: data }));
    const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length + 4;
    bytes[at] = bytes[at]! ^ 0x55;
    expect((await opened(bytes)).told).toEqual(['damaged-workbook /r.xlsx']);
  });
});

it('a form counts points as the scheme rounds them, and leaves those that hang on another criterion for later', async () => {
  const data = catalogueData({ kind: 'proportional', target: 100 }, 2, 6);
  const [one] = data.criteria;
  const requires = { criterion: 'T1', at_least: 95, else: 0 };
  const criteria = [one, { ...one, id: 'T2', requires }, { ...one, id: 'T3' }];
  const scheme = { ...data, decimals: 2, round: { criterion: 1 }, criteria };
  await withFiles({ 'c.yaml': JSON.stringify(scheme) }, async (folder) => {
    const form = join(folder, 'f.xlsx');
    await cchc(['template', '--catalogue', join(folder, 'c.yaml'), '--lang', 'vi', '--output', form]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(form);
    const sheet = workbook.worksheets[0]!;
    const heads = sheet.getRow(6).values as string[];
    for (const [row, value] of [0.925, 1, 0.5].entries())
      sheet.getCell(8 + row, heads.indexOf('Giá trị')).value = value;
    const { engine, at } = engineOf(workbook);
    const told = (row: number) => at(sheet.name, row, heads.indexOf('Điểm tạm tính'));
    // 92.5% of 2 is 1.85, rounded to 1.9; 50% of 2 is 1. The second earns nothing below 95% of the first.
    expect([8, 9, 10, 3].map(told)).toEqual([1.9, '', 1, 2.9]);
    engine.destroy();
  });
});
