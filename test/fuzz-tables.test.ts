import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellName } from '../src/files/cells.js';
import { openReadings } from '../src/files/open.js';
import { type FileContent, readFileContent } from '../src/files/read.js';
import { inputs, withinLimits } from './fuzz-limits.js';
import { cchc } from './support.js';
import { type PartCell, type Parts, partsOf, sheetData, zipped } from './workbook-parts.js';

/** Inputs a reader; the long run (`npm run fuzz`) tries 100,000, and holds each to five seconds and 500 MB. */
const runs = inputs(40);
/** One input of so many goes through the commands as well. */
const EVERY = 50;
const CAT = 'thanh-hoa-district-2022';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cchc-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cache: Parameters<typeof openReadings>[2] = new Map();
let turn = 0;

/** Reads a file as `inspect` and as `score` do; a fault of either, or a reading too slow or too large, fails. */
async function read(name: string, bytes: string | Uint8Array): Promise<FileContent> {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const [content, opened] = await withinLimits(bytes, async () => [
    await readFileContent(file),
    await openReadings(file, undefined, cache),
  ]);
  const refused = content.diagnostics.some((d) => d.severity === 'error');
  if (!refused) expect(content.documents).not.toBeNull();
  if (refused) expect(opened.ok).toBe(false);
  if (!opened.ok) expect(opened.diagnostics.some((d) => d.severity === 'error')).toBe(true);
  for (const d of opened.diagnostics) expect(d.place, d.code).toBeDefined();
  if (turn++ % EVERY === 0) {
    const command = ['score', 'inspect', 'check', 'explain'][(turn / EVERY) & 3]!;
    const args = command === 'explain' ? ['7.3.2', file] : [file];
    const { code } = await withinLimits(bytes, () => cchc([command, ...args]));
    expect([0, 1, 2, 3, 4], command).toContain(code);
  }
  return content;
}

/** Columns whose cells are values of a reading. */
const VALUES = ['value', 'done', 'total', 'deducted', 'self_scored', 'appraised', 'max', 'note', 'source'];

/** A line above a further table, which names the reading. */
const LINE = /^\s*(đơn vị|năm|bộ tiêu chí|unit|year)/iu;

/**
 * Cells in columns of values that count as used, and stand in no document: what is under a head and not named as unused
 * must be found in the data.
 */
function lost({ documents, sheets, diagnostics }: FileContent, rows: readonly (readonly string[])[]) {
  // A row that is refused, such as one of an id that stood before, is told and not kept.
  if (documents === null || diagnostics.some((d) => d.severity === 'error')) return [];
  const data = new Set<string>();
  JSON.stringify(
    documents.map((d) => d.data),
    (_, value) => {
      if (typeof value !== 'object') data.add(String(value));
      return value;
    },
  );
  const [sheet] = sheets;
  if (!sheet) return [];
  const unused = new Set([...sheet.unused.values()].flatMap(({ cells }) => cells));
  const heads = new Set(
    sheet.tables.flatMap(({ head }) =>
      rows.slice(head.row - 1, head.row - 1 + head.rows).map((r) => r.join('|')),
    ),
  );
  return sheet.tables.flatMap(({ head, columns }, i) => {
    const end = sheet.tables[i + 1]?.head.row ?? rows.length + 1;
    const valued = columns.filter(({ key, month }) => key !== null && month === null && VALUES.includes(key));
    return valued.flatMap(({ column }) =>
      rows.flatMap((row, at) => {
        const text = (row[column - 1] ?? '').trim();
        const name = cellName(at + 1, column);
        const line = i + 1 < sheet.tables.length && LINE.test(row.find((t) => t.trim() !== '') ?? '');
        const under = at + 1 >= head.row + head.rows && at + 1 < end && !line;
        if (!under || text === '' || heads.has(row.join('|')) || unused.has(name)) return [];
        const bare = /^'[=+\-@\t\r]/.test(text) ? text.slice(1).trim() : text;
        const found = [bare, clean(bare).normalize('NFC'), String(Number(bare))].some((t) => data.has(t));
        return found ? [] : [`${name} ${text}`];
      }),
    );
  });
}

/** Cells that are used, and cells that are named as not used. */
const accounted = ({ sheets }: FileContent) =>
  sheets.reduce(
    (sum, { used, unused }) => sum + used + [...unused.values()].reduce((n, { count }) => n + count, 0),
    0,
  );

const word = fc.constantFrom(
  'Mã',
  'STT',
  'Mã TC',
  'Tiêu chí',
  'Giá trị',
  'Kết quả',
  'Số đã làm',
  'Tổng số',
  'Tỷ lệ',
  'Điểm tự chấm',
  'Điểm chuẩn',
  'Ghi chú',
  'T1 đã làm',
  'T1 tổng',
  'Tháng 2',
  'Đã làm',
  'Màu',
  'unit',
  'year',
  'id',
  'value',
  'Xã A',
);
const content = fc.oneof(
  word,
  fc.constantFrom('7.3.2', '7.3', '7', 'I', '1.5', 'XHH', '(1)', '(2)', '1', '2', '3', '4'),
  fc.constantFrom(
    'Đơn vị: X',
    'Năm 2022',
    `Bộ tiêu chí: ${CAT}`,
    'Tổng cộng',
    'Tốt',
    '60%',
    '99,2',
    '1.234',
    '-',
    '{}',
    '[1]',
  ),
  fc.integer({ min: -5, max: 2030 }).map(String),
  fc.string({ maxLength: 5 }).map((s) => s.replace(/[\r\n\0]/g, ' ')),
);
const cell = fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 3, arbitrary: content });
const grid = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 9 });

/** A table that offices could have made, and then something written over it. */
const table = fc
  .tuple(
    fc.constantFrom(
      [
        ['Đơn vị: X'],
        ['Năm 2022'],
        [`Bộ tiêu chí: ${CAT}`],
        ['Mã', 'Tiêu chí', 'Giá trị'],
        ['7.3.2', 'Hồ sơ', '60'],
        ['1.5', '', '2'],
      ],
      [
        ['unit', 'year', 'catalogue', 'id', 'value', 'note'],
        ['X', '2022', CAT, '7.3.2', '60', ''],
        ['Y', '2022', CAT, '7.3.2', '70', 'a'],
      ],
      [
        ['Năm', '2022'],
        ['Bộ tiêu chí', CAT],
        ['Mã', 'Xã A', '', 'Xã B', ''],
        ['', 'Đã làm', 'Tổng số', 'Đã làm', 'Tổng số'],
        ['7.3.2', '6', '10', '7', '10'],
      ],
      [
        ['Năm 2022'],
        [`Bộ tiêu chí: ${CAT}`],
        ['STT', 'Đơn vị', '7.3.2', '1.5', 'Ghi chú'],
        ['', 'Điểm tối đa', '1', '1', ''],
        ['1', 'Xã A', '0,5', '1', 'a'],
        ['2', 'Xã B', '1', '0', ''],
      ],
    ),
    fc.array(fc.tuple(fc.nat(9), fc.nat(6), cell), { maxLength: 6 }),
  )
  .map(([base, changes]) => {
    const rows: string[][] = base.map((row) => [...row]);
    for (const [r, c, put] of changes) {
      while (rows.length <= r) rows.push([]);
      const row = rows[r]!;
      while (row.length <= c) row.push('');
      row[c] = put;
    }
    return rows;
  });
const anyGrid = fc.oneof(table, grid);

/** Cells of a grid that are not blank, counted without the readers. */
const filled = (rows: readonly (readonly string[])[]) =>
  rows.reduce((sum, row) => sum + row.filter((text) => text.trim() !== '').length, 0);

const csvOf = (rows: readonly (readonly string[])[], separator: string) =>
  rows
    .map((row) => row.map((t) => (t === '' ? '' : `"${t.replaceAll('"', '""')}"`)).join(separator))
    .join('\n');

/** XML cannot hold these; a producer would not write them. */
const clean = (text: string) => text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd]/g, '·');
const cellsOf = (rows: readonly (readonly string[])[]): PartCell[][] =>
  rows.map((row) => row.map((t) => (t === '' ? null : /^-?\d{1,9}$/.test(t) ? Number(t) : clean(t))));

/** The same sheets as different producers write them. */
const PRODUCERS: Record<string, (parts: Parts) => Parts> = {
  plain: (parts) => parts,
  'without places': (parts) =>
    Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => [name, xml.replace(/<row r="\d+">/g, '<row>')]),
    ),
  prefixed: (parts) =>
    Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => [
        name,
        /workbook\.xml$|sheet\d\.xml$/.test(name)
          ? xml.replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=')
          : xml,
      ]),
    ),
  'with more parts': (parts) => ({
    ...parts,
    'xl/comments1.xml': '<comments/>',
    'docProps/app.xml': '<Properties/>',
  }),
};

/** A second table under a line that names its unit. */
const TWO_TABLES = [
  ['Mã', 'Ghi chú'],
  ['', 'Đơn vị: X'],
  ['', 'Đã làm', 'Mã'],
  ['', '0', 'Mã'],
];

describe('no cell is lost, whatever the table', () => {
  it('in separated values', async () => {
    await fc.assert(
      fc.asyncProperty(anyGrid, fc.constantFrom(';', ',', '\t'), async (rows, separator) => {
        const text = csvOf(rows, separator);
        const content = await read('r.csv', text);
        const { sheets } = content;
        // Under another separator the cells are others; under none there is one account of none.
        if (sheets[0]?.separator !== separator) return;
        expect(accounted(content)).toBe(filled(rows));
        expect(lost(content, rows)).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 14_400_000);

  it('in workbooks of several producers, on a second and a hidden sheet too', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyGrid,
        grid,
        fc.constantFrom(...Object.keys(PRODUCERS)),
        fc.boolean(),
        async (rows, more, producer, hidden) => {
          const [first, second] = [sheetData(cellsOf(rows)), sheetData(cellsOf(more))];
          const parts = partsOf({ A: first, [hidden ? 'B|hidden' : 'B']: second });
          const content = await read('r.xlsx', await zipped(PRODUCERS[producer]!(parts)));
          if (content.sheets.length > 0) {
            expect(accounted(content)).toBe(filled(rows) + filled(more));
            expect(lost(content, rows)).toEqual([]);
          } else expect(content.diagnostics.map((d) => d.code)).toEqual(['garbled-text']);
        },
      ),
      { numRuns: runs, examples: [[TWO_TABLES, [], 'plain', false]] },
    );
  }, 14_400_000);
});

describe('no damage crashes', () => {
  const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 8,
  });
  const damaged = (bytes: Buffer, cuts: readonly (readonly [number, number])[]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of cuts) copy[Math.floor(at * copy.length)] = value;
    return copy;
  };

  it('of the parts inside a workbook', async () => {
    const data = sheetData([['Đơn vị: X'], ['Năm 2022'], ['Mã', 'Giá trị'], ['7.3.2', 60]]);
    const parts = partsOf({ S: `${data}<mergeCells><mergeCell ref="A1:B2"/></mergeCells>` });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(parts)), damage, async (name, cuts) => {
        const xml = damaged(Buffer.from(parts[name]!), cuts).toString('latin1');
        await read('r.xlsx', await zipped({ ...parts, [name]: xml }));
      }),
      { numRuns: runs },
    );
  }, 14_400_000);

  it('of text in any format', async () => {
    const texts: Record<string, string> = {
      'r.csv': `unit;year;catalogue;id;value\nX;2022;${CAT};7.3.2;"60,5%"\n`,
      'r.yaml': `unit: X\nyear: 2022\ncatalogue: ${CAT}\nindicators: {7.3.2: &a 60, 1.5: *a}\n---\nunit: Y\n`,
      'r.json': `{"unit":"X","year":2022,"catalogue":"${CAT}","indicators":{"7.3.2":60.50,"1.5":[true,null,"\\u1ea5"]}}`,
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(texts)), damage, async (name, cuts) => {
        await read(name, damaged(Buffer.from(texts[name]!), cuts));
      }),
      { numRuns: runs },
    );
  }, 14_400_000);
});
