import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReadings } from '../src/files/open.js';
import { readDocuments } from '../src/files/read.js';
import { KEYS, writers } from '../src/files/writers.js';
import { loadReading, score } from '../src/index.js';
import { entryShape } from '../src/reading/shape.js';
import { inputs, withinLimits } from './fuzz-limits.js';
import { cchc, must, NHU_XUAN, withFiles } from './support.js';

const runs = inputs(40);
const HEAD = 'unit;year;catalogue;id;value;done;total\n';
const CAT = 'thanh-hoa-district-2022';

/** Points by id of the only reading in a file with this content. */
async function points(name: string, content: string | Uint8Array): Promise<Record<string, number | null>> {
  return withFiles({ [name]: content }, async (folder) => {
    const [one] = must(await openReadings(join(folder, name)));
    const { criteria } = score(one!.reading, one!.catalogue);
    return Object.fromEntries(
      criteria.filter((c) => c.status !== 'unknown').map((c) => [c.criterion.id, c.points! / 10_000]),
    );
  });
}

async function codes(name: string, content: string | Uint8Array) {
  return withFiles({ [name]: content }, async (folder) => {
    const found = await openReadings(join(folder, name));
    return found.diagnostics
      .filter((d) => d.code !== 'unknown-values')
      .map((d) => ({
        code: d.code,
        line: d.place?.line,
        column: d.place?.column,
        file: d.place?.file.replace(folder, ''),
      }));
  });
}

describe('separated values as Excel saves them', () => {
  const row = (value: string) => `${HEAD}X;2022;${CAT};7.3.2;${value};;\n`;
  // 60 of 85 is 0.7059
  it.each([
    ['UTF-8', Buffer.from(row('60,0%'))],
    ['a UTF-8 mark', Buffer.from(`\ufeff${row('60%')}`)],
    ['CRLF', Buffer.from(row('60').replaceAll('\n', '\r\n'))],
    ['UTF-16LE', Buffer.from(`\ufeff${row('60,0')}`, 'utf16le')],
    ['UTF-16LE without a mark', Buffer.from(row('60'), 'utf16le')],
    ['tabs', Buffer.from(row('60').replaceAll(';', '\t'))],
    ['commas', Buffer.from(row('60').replaceAll(';', ','))],
    ['quotes', Buffer.from(row('"60,0%"'))],
    ['done and total', Buffer.from(`${HEAD}X;2022;${CAT};7.3.2;;600;1.000\n`)],
  ])('%s', async (_name, bytes) => expect(await points('r.csv', bytes)).toEqual({ '7.3.2': 0.7059 }));

  it('Windows-1258 and NFD: the same level', async () => {
    const text = `unit;year;catalogue;id;value\nX;2022;${CAT};7.6.1;Tốt\n`;
    expect(await points('r.csv', text.normalize('NFD'))).toEqual({ '7.6.1': 1 });
    // In Windows-1258 'ố' is 'ô' (0xF4) and a combining acute (0xEC).
    const legacy = Buffer.concat([
      Buffer.from(text.split('Tốt')[0]!),
      Buffer.from([0x54, 0xf4, 0xec, 0x74, 0x0a]),
    ]);
    expect(await points('r.csv', legacy)).toEqual({ '7.6.1': 1 });
  });

  it('headings and values at the top in Vietnamese; có/không; ids keep their zeros', async () => {
    const text = `Đơn vị;X\nNăm;2022\nBộ tiêu chí;${CAT}\n\nMã tiêu chí;Tiêu chí;Giá trị;Ghi chú\n7.3.2;Tỷ lệ;85%;\n1.50;?;2;\n`;
    expect((await codes('r.csv', text)).map((d) => d.code)).toEqual(['read-as', 'id-read-as-number']);
    expect(await points('r.csv', text.replace('1.50;?;2;\n', ''))).toEqual({ '7.3.2': 1 });
  });

  it('complaints name the row and the column; 1.234 can be read two ways', async () => {
    expect(await codes('r.csv', row('1.234'))).toEqual([
      { code: 'ambiguous-number', line: 2, column: 38, file: '/r.csv' },
    ]);
    expect((await codes('r.csv', `${HEAD}X;2022;${CAT};7.3.9;1;;\n`))[0]).toMatchObject({
      code: 'unknown-criterion',
      line: 2,
    });
    expect((await codes('r.csv', 'unit;giá tri x\n')).map((d) => d.code)).toEqual(['no-header']);
    expect(
      (await codes('r.csv', `${HEAD.trim()};mầu\nX;2022;${CAT};7.3.2;1;;;\n`)).map((d) => d.code),
    ).toContain('unknown-column');
    expect((await codes('r.csv', `${HEAD}X;"2022;${CAT}`)).map((d) => d.code)).toEqual(['syntax']);
  });

  it('the official self-scoring columns are kept and compared with the rule', async () => {
    const text = `unit;year;catalogue;mã;giá trị;điểm chuẩn;điểm tự chấm;điểm thẩm định\nX;2022;${CAT};7.3.2;85%;1;1;0,5\nX;2022;${CAT};7.3.3;;2;1;0,8\n`;
    const found = (await codes('r.csv', text)).map((d) => `${d.code} ${d.line}`);
    expect(found).toContain('points-differ 2');
    expect(found).toContain('max-differs 3');
    // With a value the rule counts; without one the appraised points do.
    expect(await points('r.csv', text)).toEqual({ '7.3.2': 1, '7.3.3': 0.8 });
  });

  it('many units: a unit column, or one column a unit', async () => {
    const long = `unit,year,catalogue,id,value\nA,2022,${CAT},7.3.2,85\nB,2022,${CAT},7.3.2,34\n`;
    const wide = `year,2022\ncatalogue,${CAT}\nid,A,B\n7.3.2,85,34\n`;
    for (const text of [long, wide]) {
      await withFiles({ 'r.csv': text }, async (folder) => {
        const all = must(await openReadings(join(folder, 'r.csv')));
        // 34 of 85 is 0.4
        expect(
          all.map((o) => [
            o.reading.unit,
            score(o.reading, o.catalogue).criteria.find((c) => c.criterion.id === '7.3.2')!.points,
          ]),
        ).toEqual([
          ['A', 10_000],
          ['B', 4000],
        ]);
        const ran = await cchc(['score', join(folder, 'r.csv'), '--unit', 'b', '-q', '--format', 'json']);
        expect(JSON.parse(ran.stdout).readings.map((r: { unit: string }) => r.unit)).toEqual(['B']);
      });
    }
  });
});

describe('workbooks', () => {
  async function book(rows: unknown[][], format?: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Số liệu');
    for (const row of rows) sheet.addRow(row);
    format?.(sheet);
    return new Uint8Array(await workbook.xlsx.writeBuffer());
  }
  const head = ['unit', 'year', 'catalogue', 'mã', 'giá trị', 'ghi chú'];

  it('a percent cell, a number, a formula result and rich text are read as meant', async () => {
    const rows = [
      head,
      ['X', 2022, CAT, '7.3.2', 0.6],
      ['X', 2022, CAT, '3.5.1', 99.2],
      ['X', 2022, CAT, '1.5', { formula: '1+1', result: 2 }],
      ['X', 2022, CAT, '7.6.1', { richText: [{ text: 'Đạt ' }, { text: 'yêu cầu' }] }],
    ];
    const bytes = await book(rows, (sheet) => {
      sheet.getCell('E2').numFmt = '0.00%';
    });
    expect(await points('r.xlsx', bytes)).toEqual({
      '7.3.2': 0.7059,
      '3.5.1': 0.992,
      '1.5': 1,
      '7.6.1': 0.5,
    });
  });

  it('a complaint names the cell', async () => {
    const found = await codes('r.xlsx', await book([head, ['X', 2022, CAT, '7.3.2', 'nhiều']]));
    expect(found).toEqual([expect.objectContaining({ code: 'bad-percent', file: '/r.xlsx#Số liệu!E2' })]);
  });

  it('what is no workbook is refused', async () => {
    expect((await codes('r.xlsx', 'PK not really')).map((d) => d.code)).toEqual(['not-a-workbook']);
  });
});

describe('convert goes round without loss', () => {
  const level = fc.constantFrom('Tốt', 'Đạt yêu cầu', 'Không đạt');
  const number = fc.oneof(
    fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000),
    fc.nat(100),
  );
  const text = fc.constantFrom('báo cáo', '=1+1', '-5', 'a;b,c', 'dòng "1"', '1.10', '007', '+84');
  const entry = fc.oneof(
    number,
    level,
    fc.record({ done: fc.nat(99), total: fc.constant(100) }),
    fc.record({ deducted: number, source: text, note: text }, { requiredKeys: ['deducted'] }),
    fc.record({ exempt: text, provenance: fc.constantFrom('stated', 'assumed') }),
    fc.record({ value: number, evidence: fc.array(fc.record({ title: text, number: text })) }),
  );
  const reading = fc.record({
    unit: fc.constantFrom('Huyện A', 'Xã "B"', '=C'),
    year: fc.constant(2022),
    catalogue: fc.constant(CAT),
    indicators: fc.dictionary(fc.constantFrom('1.10', '7.3.2', '1.5', 'XHH', '3.5.1'), entry, { minKeys: 1 }),
  });

  it('YAML → CSV → XLSX → JSON → YAML', async () => {
    await fc.assert(
      fc.asyncProperty(reading, async (first) => {
        await withFiles({}, async (folder) => {
          let data = { ...first, indicators: { ...first.indicators } };
          for (const ending of ['yaml', 'csv', 'xlsx', 'json', 'yaml'] as const) {
            const file = join(folder, `r.${ending}`);
            const { writeFileSync } = await import('node:fs');
            writeFileSync(file, await writers[ending].write([data]));
            data = must(await readDocuments(file))[0]!.data as typeof data;
          }
          expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(JSON.stringify(first)));
        });
      }),
      { numRuns: Math.min(runs, 60) },
    );
  });

  it('an entry has a column for each of its keys, and what stands beside a value comes back', async () => {
    const shape = entryShape.def.options[1].def.shape;
    expect([...KEYS].sort()).toEqual(Object.keys(shape).sort());
    const data = {
      unit: 'X',
      year: 2022,
      catalogue: CAT,
      indicators: {
        '1.5': { value: 2, target: 4, leader: 5, last_year: '60%', group: [1, 2] },
        '7.3.2': { values: { a: 1 }, last_year: { a: 2 }, note: { vi: 'a', en: 'b' } },
        '7.3.3': { value: 3, note: '[1] xem phụ lục' },
      },
    };
    for (const ending of ['csv', 'xlsx'] as const)
      await withFiles({ [`r.${ending}`]: await writers[ending].write([data]) }, async (folder) => {
        const [back] = must(await readDocuments(join(folder, `r.${ending}`)));
        expect(back!.data).toEqual(data);
      });
  });

  it('the letter scores the same in every format, and many units go to a folder and back', async () => {
    await withFiles({}, async (folder) => {
      for (const ending of ['csv', 'xlsx', 'json', 'yaml']) {
        const file = join(folder, `nx.${ending}`);
        expect((await cchc(['convert', NHU_XUAN, file])).code).toBe(0);
        const { reading, catalogue } = must(await loadReading(file));
        expect(score(reading, catalogue).total.deduction).toBe(123_897);
        expect((await cchc(['convert', NHU_XUAN, file])).code).toBe(3);
      }
      const many = join(folder, 'many.csv');
      const out = join(folder, 'out');
      mkdirSync(out);
      expect((await cchc(['convert', NHU_XUAN, join(folder, 'nx.csv'), many])).code).toBe(3);
      expect((await cchc(['convert', join(folder, 'nx.csv'), out])).code).toBe(0);
      expect(readdirSync(out)).toEqual(['huyen-nhu-xuan-2022.yaml']);
      expect(readFileSync(join(out, 'huyen-nhu-xuan-2022.yaml'), 'utf8')).toContain('unit: Huyện Như Xuân');
    });
  });
});

describe('hostile tables', () => {
  it('never crash: any bytes, any damage', async () => {
    const cache: Parameters<typeof openReadings>[2] = new Map();
    const base = Buffer.from(`${HEAD}X;2022;${CAT};7.3.2;60;;\n`);
    const workbook = await writers.xlsx.write([
      { unit: 'X', year: 2022, catalogue: CAT, indicators: { '7.3.2': 60 } },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('csv', 'xlsx'),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 8 }),
        fc.uint8Array({ maxLength: 40 }),
        async (ending, cuts, tail) => {
          const bytes = Buffer.from(ending === 'csv' ? base : (workbook as Uint8Array));
          for (const [at, value] of cuts) bytes[Math.floor(at * bytes.length)] = value;
          const input = Buffer.concat([bytes, tail]);
          await withFiles({ [`r.${ending}`]: input }, async (folder) => {
            const found = await withinLimits(input, () =>
              openReadings(join(folder, `r.${ending}`), undefined, cache),
            );
            expect(found.ok || found.diagnostics.some((d) => d.severity === 'error')).toBe(true);
          });
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('what rows of one unit and year say of the reading itself', () => {
  const rows = (second: string) =>
    `unit;kind;year;catalogue;id;value\nX;;2022;${CAT};7.3.2;60\nX;${second};7.3.3;60\n`;
  const told = async (second: string) =>
    (await codes('r.csv', rows(second))).map(({ code, line, column }) => [code, line, column]);

  it('another catalogue in a later row is refused: its values would be scored under the first', async () => {
    expect(await told(';2022;communes-example')).toEqual([['duplicate-key', 3, 9]]);
    expect(await told(`;2022;${CAT}`)).toEqual([]);
    // Of another year it is another reading.
    expect(await told(';2023;communes-example')).not.toContainEqual(['duplicate-key', 3, 9]);
  });

  it('what the first row leaves blank a later one says', () =>
    withFiles({ 'r.csv': rows(`xã;2022;${CAT}`) }, async (folder) => {
      const [one] = must(await openReadings(join(folder, 'r.csv')));
      expect(one!.reading.kind).toBe('xã');
    }));

  it.each([
    ['a code in the first row alone', ['X;01;7.3.2', 'X;;7.3.3'], [['01', 2]]],
    ['a code in the last row alone', ['X;;7.3.2', 'X;01;7.3.3'], [['01', 2]]],
    [
      'two codes of one name',
      ['X;01;7.3.2', 'X;02;7.3.2', 'X;02;7.3.3'],
      [
        ['01', 1],
        ['02', 2],
      ],
    ],
    [
      'a row without a code, of a name that has two, is of neither',
      ['X;01;7.3.2', 'X;02;7.3.2', 'X;;7.3.3', 'X;01;1.5'],
      [
        ['01', 2],
        ['02', 1],
        [null, 1],
      ],
    ],
  ])('%s', (_, lines, units) => {
    const cells = lines.map((line) => `${line};2022;${CAT};2`);
    const text = ['unit;code;id;year;catalogue;value', ...cells].join('\n');
    return withFiles({ 'r.csv': text }, async (folder) => {
      const opened = must(await openReadings(join(folder, 'r.csv')));
      expect(opened.map(({ reading: { code, entries } }) => [code, entries.size])).toEqual(units);
    });
  });
});
