import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSyllable } from '../src/files/decode.js';
import { openReadings } from '../src/files/open.js';
import { must, withFiles } from './support.js';
import { partsOf, sheetData, zipped } from './workbook-parts.js';

const CAT = 'thanh-hoa-district-2022';
const table = (unit: string, level: string) =>
  `unit;year;catalogue;id;value\n${unit};2022;${CAT};7.6.1;${level}\n`;

async function read(content: string | Uint8Array, name = 'r.csv') {
  return withFiles({ [name]: content }, async (folder) => {
    const found = await openReadings(join(folder, name));
    const told = found.diagnostics.filter((d) => !['unknown-values', 'read-as'].includes(d.code));
    return { found, told };
  });
}

/** 'Huyện Như Xuân' and 'Tốt' in the old fonts, by their published tables of letters. */
const OLD = {
  TCVN3: table('HuyÖn Nh­ Xu©n', 'Tèt'),
  VNI: table('Huyeän Nhö Xuaân', 'Toát'),
  'UTF-8 x2': table(Buffer.from('Huyện Như Xuân').toString('latin1'), Buffer.from('Tốt').toString('latin1')),
};

describe('old Vietnamese letters', () => {
  it.each(Object.entries(OLD))('%s in Unicode is turned, and said', async (encoding, text) => {
    const { found, told } = await read(text);
    expect(must(found)[0]!.reading.unit).toBe('Huyện Như Xuân');
    expect(must(found)[0]!.reading.entries.size).toBe(1);
    expect(told).toMatchObject([{ code: 'decoded-as', params: { encoding } }]);
  });

  it.each(['TCVN3', 'VNI'] as const)('%s as bytes of an old code page', async (encoding) => {
    const { found, told } = await read(Buffer.from(OLD[encoding], 'latin1'));
    expect(must(found)[0]!.reading.unit).toBe('Huyện Như Xuân');
    expect(told).toMatchObject([{ code: 'decoded-as', params: { encoding } }]);
  });

  it('one name in an old font among real Vietnamese', async () => {
    const text = `Đơn vị;Năm;Bộ tiêu chí;Mã;Giá trị\nHuyÖn Nh­ Xu©n;2022;${CAT};7.6.1;Tốt\n`;
    expect(must((await read(text)).found)[0]!.reading.unit).toBe('Huyện Như Xuân');
  });

  it('names of other languages stay as they are', async () => {
    for (const unit of ['Zürich', 'Café Gênova', 'Huyện Krông Pắc', '«X»'])
      expect(must((await read(table(unit, 'Tốt'))).found)[0]!.reading.unit).toBe(unit);
  });

  it('in YAML and in a workbook', async () => {
    const yaml = `unit: HuyÖn Nh­ Xu©n\nyear: 2022\ncatalogue: ${CAT}\nindicators: {}\n`;
    expect(must((await read(yaml, 'r.yaml')).found)[0]!.reading.unit).toBe('Huyện Như Xuân');
    const book = await zipped(
      partsOf({
        S: sheetData([
          ['unit', 'year', 'catalogue', 'id', 'value'],
          ['HuyÖn Nh­ Xu©n', 2022, CAT, '7.6.1', 'Tèt'],
        ]),
      }),
    );
    const { found, told } = await read(book, 'r.xlsx');
    expect(must(found)[0]!.reading.unit).toBe('Huyện Như Xuân');
    expect(told.map((d) => d.code)).toEqual(['decoded-as']);
  });
});

describe('damaged text', () => {
  it('one bad byte in a UTF-8 file is refused with its line and column', async () => {
    const bytes = Buffer.from(table('Huyện Như Xuân', 'Tốt'));
    const at = bytes.indexOf(Buffer.from('Xuân'));
    bytes[at] = 0xff;
    const { told } = await read(bytes);
    // 'Huyện Như ' are ten letters.
    expect(told).toMatchObject([{ code: 'not-utf8', place: { line: 2, column: 11 } }]);
  });

  it('letters that were lost before are refused with their place', async () => {
    expect((await read(table('Huy\ufffdn', 'Tốt'))).told).toMatchObject([
      { code: 'garbled-text', place: { line: 2, column: 4 } },
    ]);
  });

  it('letters lost to a Western code page are refused', async () => {
    // As a program writes 'Huyện Như Xuân' where it has no letter for ệ and ư.
    const lost = table('Huy?n Nh? Xuân', 'Tốt').replace('Tốt', 'T?t');
    for (const bytes of [lost, Buffer.from(lost.replaceAll('ị', '?'), 'latin1')])
      expect((await read(bytes)).told.map((d) => [d.code, d.place?.line])).toEqual([['garbled-text', 2]]);
    // Each alone, with the tone marks that the page has and without.
    for (const word of ['Huy?n', 'TH?NG', 'Ti?p', 'm?t c?a', 'b? ph?n', 'tr?ch', 'qu?n', 'gi?i'])
      expect((await read(table(word, 'Tot'))).told[0]?.code, word).toBe('garbled-text');
  });

  it('a question mark that ends a question or begins a query is no lost letter', async () => {
    for (const text of ['so?yes', 'ok?sure', 'dung han?Chua', 'the nao?Da xong', 'co?khong', 'a.vn/tra?n=1'])
      expect((await read(table(text, 'Tot'))).told[0]?.code, text).not.toBe('garbled-text');
  });

  it('bytes of no Vietnamese encoding are refused', async () => {
    const { told } = await read(Buffer.from(table('Ðåðæøþ Žœ¶§', 'Tot'), 'latin1'));
    expect(told).toMatchObject([{ code: 'not-utf8', place: { line: 2, column: 1 } }]);
  });
});

describe('syllables', () => {
  it('of the letter and not', () => {
    for (const word of 'huyện Như Xuân nghiêng quốc quyết giữa gì yêu thuở khuya ngoằn'.split(' '))
      expect(isSyllable(word), word).toBe(true);
    for (const word of ['Tèt', 'HuyÖn', 'Ñôn', 'tàt', 'bốố']) expect(isSyllable(word), word).toBe(false);
  });
});
