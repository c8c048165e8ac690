import { readFileSync } from 'node:fs';
import { Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { readCsv } from '../src/files/csv.js';
import { readDocx } from '../src/files/docx.js';
import { parseReading, score } from '../src/index.js';
import { type Letter, readLetter } from '../src/papers/letter.js';
import { filesOfLetter } from '../src/papers/letter-files.js';
import { lossesOfTable } from '../src/papers/letter-table.js';
import { openPaper, paragraphsOf } from '../src/papers/paper.js';
import { must, withFiles } from './support.js';

interface Case {
  name: string;
  markdown?: boolean;
  unit: string;
  year: number;
  place: [number, number];
  score: number | null;
  total: number;
  losses: [string, number, number | null, string[]][];
  limitations?: Record<string, string>;
  said: string[];
  tables?: string[][][];
  text: string;
}

const cases = parse(readFileSync(new URL('cases/letters.yaml', import.meta.url), 'utf8')) as Case[];
const number = (value: { valueOf(): number } | null) => value && Number(value.valueOf().toFixed(6));

/** The lines and tables as a Word document. */
async function word(lines: string[], tables: string[][][]): Promise<Uint8Array> {
  const table = (rows: string[][]) =>
    new Table({
      rows: rows.map(
        (r) =>
          new TableRow({ children: r.map((text) => new TableCell({ children: [new Paragraph(text)] })) }),
      ),
    });
  const children = [...lines.map((l) => new Paragraph(l)), ...tables.map(table)];
  return new Uint8Array(await Packer.toArrayBuffer(new Document({ sections: [{ children }] })));
}

function holds(read: Letter, codes: string[], it: Case): void {
  expect([read.unit, read.year, read.rank, read.size]).toEqual([it.unit, it.year, ...it.place]);
  expect([number(read.score?.points ?? null), number(read.total)]).toEqual([
    it.score === null ? null : Number(it.score),
    Number(it.total),
  ]);
  expect(read.losses.map((l) => [l.id, number(l.lost), number(l.max), l.owners])).toEqual(
    it.losses.map(([id, lost, max, owners]) => [id, Number(lost), max === null ? null : Number(max), owners]),
  );
  for (const [id, words] of Object.entries(it.limitations ?? {}))
    expect([id, read.losses.find((l) => l.id === id)?.limitation]).toEqual([id, words]);
  expect([...codes].sort()).toEqual([...it.said].sort());
}

describe('letters as offices write them', () => {
  it.each(cases)('$name', async (one) => {
    const lines = one.text.split('\n').filter((l) => l.trim() !== '');
    if (!one.tables) {
      const read = readLetter(paragraphsOf(one.text), 'l.txt');
      holds(
        must(read),
        read.diagnostics.map((d) => d.code),
        one,
      );
    }
    if (one.markdown) return;
    await withFiles({ 'l.docx': await word(lines, one.tables ?? []) }, async (folder) => {
      const paper = must(await openPaper(`${folder}/l.docx`));
      const read = readLetter(paper.paragraphs, 'l.docx', {}, paper.tables);
      holds(
        must(read),
        read.diagnostics.map((d) => d.code),
        one,
      );
    });
  });

  it.each(cases)('the files it gives score what it says: $name', async (one) => {
    await withFiles({ 'l.docx': await word(one.text.split('\n'), one.tables ?? []) }, async (folder) => {
      const paper = must(await openPaper(`${folder}/l.docx`));
      const letter = must(readLetter(paper.paragraphs, 'l.docx', {}, paper.tables));
      const files = filesOfLetter(letter, 'l.docx');
      const catalogue = must(parseCatalogue(files.catalogue));
      const result = score(must(parseReading(files.reading, catalogue)), catalogue);
      const lost = result.criteria.reduce(
        (sum, c) => sum + (c.criterion.id === 'khong-neu' ? 0 : (c.deduction ?? Number.NaN)),
        0,
      );
      expect(lost / 10_000).toBeCloseTo(Number(one.total), 6);
      // A letter that lists every loss leaves the scale less its losses. Any other leaves the score that it states, else
      // no score: what is not listed may have earned nothing, or all of it.
      const whole =
        one.score !== null
          ? Math.abs(Number(one.score) + Number(one.total) - 100) < 1e-9
          : !one.said.includes('letter-loss-unclear');
      expect([catalogue.notListed !== null, catalogue.criteria.some((c) => c.id === 'khong-neu')]).toEqual([
        whole,
        !whole,
      ]);
      if (whole) expect(result.total.score! / 10_000).toBeCloseTo(100 - Number(one.total), 6);
      else if (one.score !== null) expect(result.total.score! / 10_000).toBeCloseTo(Number(one.score), 6);
      else expect([result.total.score, result.total.best / 10_000]).toEqual([null, 100 - Number(one.total)]);
    });
  });
});

it('a table in Markdown is one; a threshold makes no rule where some of a stated maximum was earned', async () => {
  const text = [
    'Theo Báo cáo số 15/BC-SNV công bố Chỉ số CCHC năm 2025, xã Minh Tân đạt 98/100 điểm, xếp thứ 12/54.',
    '',
    '| TT | Tiêu chí | Điểm chuẩn | Điểm đạt | Điểm trừ | Nguyên nhân | Đơn vị chủ trì |',
    '|----|----------|-----------:|---------:|---------:|-------------|----------------|',
    '| I | **Chỉ đạo** | 20 | 19,5 | 0,5 | | |',
    '| 1.2 | Kế hoạch | 2 | 1,5 | 0,5 | Đạt dưới 90% | Văn phòng |',
    '| 2.1 | Hồ sơ trực tuyến | 1,5 | 0 | 1,5 | Tỷ lệ đạt dưới 70% | Trung tâm \\| Tổ một cửa |',
    '| | **Tổng cộng** | 23,5 | 21,5 | 2 | | |',
  ];
  await withFiles({ 'l.md': text.join('\n') }, async (folder) => {
    const paper = must(await openPaper(`${folder}/l.md`));
    expect(paper.paragraphs).toHaveLength(1);
    const read = readLetter(paper.paragraphs, 'l.md', {}, paper.tables);
    const letter = must(read);
    expect([letter.unit, letter.rank, read.diagnostics]).toEqual(['Xã Minh Tân', 12, []]);
    expect(letter.losses.map((l) => [l.id, number(l.lost), number(l.max), l.field, l.owners])).toEqual([
      ['1.2', 0.5, 2, 'Chỉ đạo', ['Văn phòng']],
      ['2.1', 1.5, 1.5, 'Chỉ đạo', ['Trung tâm | Tổ một cửa']],
    ]);
    const { criteria } = must(parseCatalogue(filesOfLetter(letter, 'l.md').catalogue));
    // 1.2 earned 1.5 of 2 below its threshold, and what else there is below it is not said.
    expect(criteria.map((c) => [c.id, c.rule.kind])).toEqual([
      ['1.2', 'todo'],
      ['2.1', 'steps'],
    ]);
  });
});

it('a table inside a cell: a line for each of its rows, with what stands beside it', async () => {
  const cell = (...children: (Paragraph | Table)[]) => new TableCell({ children });
  const row = (...cells: TableCell[]) => new TableRow({ children: cells });
  const inner = new Table({
    rows: [
      row(cell(new Paragraph('Từ 90% trở lên')), cell(new Paragraph('1 điểm'))),
      row(cell(new Paragraph('Từ 70% đến')), cell(new Paragraph(''))),
      row(cell(new Paragraph('dưới'), new Paragraph('70%')), cell(new Paragraph('0 điểm'))),
    ],
  });
  const outer = new Table({
    rows: [
      row(cell(new Paragraph('1.1')), cell(new Paragraph('Mức điểm như sau:'), inner, new Paragraph(''))),
    ],
  });
  const bytes = await Packer.toArrayBuffer(new Document({ sections: [{ children: [outer] }] }));
  const { tables } = must(readDocx('t.docx', new Uint8Array(bytes)));
  expect(tables.map((rows) => rows.map((r) => r.map((c) => c.text)))).toEqual([
    [['1.1', 'Mức điểm như sau:\nTừ 90% trở lên: 1 điểm\nTừ 70% đến\ndưới 70%: 0 điểm']],
  ]);
});

it('a row without parts beside rows with parts is a criterion of its own', async () => {
  const text = [
    'Năm 2025, xã Phú Mỹ xếp thứ 88/102 xã, phường, tổng điểm 74,5/100 điểm.',
    '',
    '| TT | Tiêu chí | Điểm tối đa | Điểm đạt |',
    '|---|---|---:|---:|',
    '| 1 | **Chỉ đạo điều hành** | 15 | 12 |',
    '| 1.1 | Kế hoạch CCHC | 2 | 1,5 |',
    '| 1.3 | Kiểm tra | 3 | 0,5 |',
    '| 3 | Khảo sát hài lòng | 20 | 7,5 |',
    '| | **Tổng** | 35 | 19,5 |',
  ];
  await withFiles({ 'l.md': text.join('\n') }, async (folder) => {
    const paper = must(await openPaper(`${folder}/l.md`));
    const read = readLetter(paper.paragraphs, 'l.md', {}, paper.tables);
    expect(must(read).losses.map((l) => [l.id, l.name, number(l.lost), number(l.max)])).toEqual([
      ['1.1', 'Kế hoạch CCHC', 0.5, 2],
      ['1.3', 'Kiểm tra', 2.5, 3],
      ['3', 'Khảo sát hài lòng', 12.5, 20],
    ]);
    // 0.5 + 2.5 + 12.5 = 15.5 = 35 - 19.5, and 74.5 + 15.5 = 90: the letter does not list every loss.
    expect(read.diagnostics.map((d) => d.code)).toEqual(['letter-partial']);
  });
});

describe('numbers that Word writes itself', () => {
  const NUMBERING = {
    config: [
      {
        reference: 'outline',
        levels: [
          { level: 0, format: LevelFormat.UPPER_ROMAN, text: '%1.' },
          { level: 1, format: LevelFormat.DECIMAL, text: '%2.' },
          { level: 2, format: LevelFormat.LOWER_LETTER, text: '%3)' },
        ],
      },
      {
        reference: 'ids',
        levels: [0, 1].map((level) => ({
          level,
          format: LevelFormat.DECIMAL,
          text: level === 0 ? '%1' : '%1.%2',
        })),
      },
      { reference: 'dots', levels: [{ level: 0, format: LevelFormat.BULLET, text: '•' }] },
    ],
  };
  const numbered = (text: string, reference: string, level: number) =>
    new Paragraph({ text, numbering: { reference, level } });

  it('stand before the paragraphs: La Mã, numbers, letters, bullets, and begin again under each heading', async () => {
    const children = [
      new Paragraph('Năm 2025, xã Đồng Tâm xếp thứ 3/75 xã, phường về chỉ số CCHC.'),
      numbered('Chỉ đạo điều hành', 'outline', 0),
      numbered('Kế hoạch: mất 0,5 điểm', 'outline', 1),
      numbered('Báo cáo: mất 0,25 điểm', 'outline', 1),
      numbered('Nguyên nhân: gửi chậm.', 'dots', 0),
      numbered('Thủ tục hành chính', 'outline', 0),
      numbered('Hồ sơ: mất 1 điểm', 'outline', 1),
      numbered('một ý', 'outline', 2),
      numbered('hai ý', 'outline', 2),
    ];
    const bytes = await Packer.toArrayBuffer(
      new Document({ numbering: NUMBERING, sections: [{ children }] }),
    );
    const read = must(readDocx('l.docx', new Uint8Array(bytes)));
    expect(read.paragraphs.map((p) => p.text).slice(1)).toEqual([
      'I. Chỉ đạo điều hành',
      '1. Kế hoạch: mất 0,5 điểm',
      '2. Báo cáo: mất 0,25 điểm',
      '- Nguyên nhân: gửi chậm.',
      'II. Thủ tục hành chính',
      '1. Hồ sơ: mất 1 điểm',
      'a) một ý',
      'b) hai ý',
    ]);
  });

  it('are the ids of a table whose first column is numbered so', async () => {
    const cell = (child: Paragraph) => new TableCell({ children: [child] });
    const row = (level: number, ...texts: string[]) =>
      new TableRow({
        children: [cell(numbered('', 'ids', level)), ...texts.map((t) => cell(new Paragraph(t)))],
      });
    const head = new TableRow({
      children: ['STT', 'Tiêu chí', 'Điểm tối đa', 'Cách tính'].map((t) => cell(new Paragraph(t))),
    });
    const table = new Table({
      rows: [
        head,
        row(0, 'Chỉ đạo', '3', ''),
        row(1, 'Kế hoạch', '1', 'Có: 1; Không: 0'),
        row(1, 'Báo cáo', '2', 'Từ 80% trở lên: 2; dưới 80%: 0'),
        row(0, 'Thủ tục', '1', ''),
        row(1, 'Hồ sơ', '1', 'Có: 1; Không: 0'),
      ],
    });
    const bytes = await Packer.toArrayBuffer(
      new Document({ numbering: NUMBERING, sections: [{ children: [table] }] }),
    );
    const read = must(readDocx('t.docx', new Uint8Array(bytes)));
    expect(read.tables[0]!.slice(1).map((r) => r[0]!.text)).toEqual(['1', '1.1', '1.2', '2', '2.1']);
  });
});

it('what was not lost, or is said without the word for points, is no loss and is told', () => {
  const said = [
    'Năm 2023, huyện Thọ Lâm xếp hạng 9/27.',
    'Tiêu chí 1.1 "Kế hoạch" – điểm trừ: 0,5.',
    'Điểm trừ tại các tiêu chí: 1.4 (-0,5); 3.2 (-1,0).',
    'Tiêu chí 1.7 không bị trừ 0,5 điểm như năm trước.',
    'Tiêu chí 2.2 chưa bị trừ 0,5 điểm.',
    'Tiêu chí 2.8 suýt bị trừ 0,5 điểm.',
    // Columns whose lines ran together.
    'STT Tiêu chí Điểm trừ 1 Kế hoạch 0,25',
  ];
  const read = readLetter(paragraphsOf(said.join('\n\n')), 'l.txt');
  const letter = must(read);
  expect(letter.losses.map((l) => [l.id, l.name, number(l.lost)])).toEqual([['1.1', 'Kế hoạch', 0.5]]);
  expect(read.diagnostics.map((d) => [d.code, d.place?.line])).toEqual([
    ['letter-loss-unclear', 5],
    ['letter-line-unused', 7],
    ['letter-line-unused', 9],
    ['letter-line-unused', 11],
  ]);
});

it('numbers of rows beside ids in names are no ids: a row without one is told', () => {
  const rows = ['TT;Tiêu chí;Điểm trừ', '1;1.2 Báo cáo;0,25', '2;3.4.2 Hồ sơ;1,25', '3;Tổng số văn bản;0,5'];
  const table = lossesOfTable(must(readCsv('t.csv', rows.join('\n'), () => 1)), { unit: null, year: null });
  expect(table?.losses.map((l) => [l.id, number(l.lost)])).toEqual([
    ['1.2', 0.25],
    ['3.4.2', 1.25],
  ]);
  expect(table?.unread.map((l) => [l.text, number(l.points)])).toEqual([['Tổng số văn bản', 0.5]]);
});

it('points of five decimals are kept, and those of a score with them', () => {
  const text = [
    'Theo Quyết định số 5/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, xã Minh Tân đạt 98,37655/100 điểm, xếp thứ 12/54.',
    '1. Chỉ đạo điều hành',
    'a) Tiêu chí 1.2 (Báo cáo): trừ 0,12345 điểm.',
    'b) Tiêu chí 1.4 (Sáng kiến): trừ 1,5 điểm.',
  ];
  const { catalogue, reading } = filesOfLetter(must(readLetter(paragraphsOf(text.join('\n')), 'l')), 'l');
  const scheme = must(parseCatalogue(catalogue));
  // 0.12345 + 1.5 = 1.62345 = 100 - 98.37655
  expect(score(must(parseReading(reading, scheme)), scheme).total.score).toBe(9_837_655);
});

it('a line on several criteria is no lead unit of the one before it, and is told', () => {
  const text = [
    'Theo Quyết định số 5/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, xã Minh Tân đạt 98/100 điểm, xếp thứ 12/54.',
    'Chỉ đạo điều hành (trừ 02 điểm)',
    '1.2. Báo cáo: trừ 1,5 điểm. Hạn chế: gửi chậm. Giao Văn phòng chủ trì, bảo đảm đúng hạn.',
    'Các tiêu chí 1.7, 1.8: thực hiện theo Phụ lục.',
  ];
  const read = readLetter(paragraphsOf(text.join('\n')), 'l');
  expect(must(read).losses.map((l) => [l.id, l.owners])).toEqual([['1.2', ['Văn phòng']]]);
  expect(read.diagnostics.map((d) => d.code)).toEqual(['letter-line-unused', 'letter-sum', 'letter-partial']);
});

it("the tool's own letter on criteria numbered without dots is read; a heading of an office is none", () => {
  const text = [
    'Theo Quyết định số 5/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, xã Minh Tân đạt 95/100 điểm, xếp thứ 12/54.',
    'Chỉ đạo điều hành (trừ 05 điểm)',
    '1. Kế hoạch: trừ 01 điểm. Hạn chế: chưa có. Giao Văn phòng chủ trì, bảo đảm có.',
    '2. Báo cáo: trừ 03 điểm. Giao Phòng Nội vụ chủ trì, bảo đảm đúng hạn.',
    '3. Kiểm tra: trừ 01 điểm. Giao [đơn vị chủ trì] chủ trì, bảo đảm 100%.',
  ];
  const letter = must(readLetter(paragraphsOf(text.join('\n\n')), 'l'));
  expect(letter.losses.map((l) => [l.id, l.name, number(l.lost), l.owners])).toEqual([
    ['1', 'Kế hoạch', 1, ['Văn phòng']],
    ['2', 'Báo cáo', 3, ['Phòng Nội vụ']],
    ['3', 'Kiểm tra', 1, ['[đơn vị chủ trì]']],
  ]);
  const { criteria } = must(parseCatalogue(filesOfLetter(letter, 'l').catalogue));
  expect(criteria.map((c) => c.field)).toEqual(['CDDH', 'CDDH', 'CDDH']);
  const office = [
    text[0]!,
    '1. Kế hoạch: trừ 01 điểm. Nguyên nhân: chưa có.',
    '- Tiêu chí 1.2 (Báo cáo): trừ 01 điểm.',
  ];
  const told = readLetter(paragraphsOf(office.join('\n\n')), 'l');
  expect([must(told).losses.map((l) => l.id), told.diagnostics[0]!.code]).toEqual([
    ['1.2'],
    'letter-loss-unclear',
  ]);
});

it('losses that are more than the score leaves are told: the draft cannot score as it says', () => {
  const text = [
    'Theo Quyết định số 5/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, xã Minh Tân đạt 98/100 điểm, xếp thứ 12/54.',
    '1.2. Báo cáo: trừ 1,5 điểm.',
    '9.1. Vi phạm: trừ 01 điểm.',
  ];
  // 98 + 1.5 + 1 = 100.5
  const { diagnostics } = readLetter(paragraphsOf(text.join('\n')), 'l');
  expect(diagnostics.map((d) => d.code)).toEqual(['letter-exceeds']);
});

describe('a letter of several units, or of two years', () => {
  const text = [
    'Theo Quyết định số 512/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, huyện A xếp thứ 12/20 huyện, huyện B xếp thứ 14/20 huyện.',
    '1. Huyện A',
    '- Tiêu chí 1.2 (Báo cáo): trừ 0,5 điểm.',
    'Kết quả năm 2024:',
    '- Tiêu chí 1.5 (Kế hoạch): trừ 0,75 điểm.',
    '2. Huyện B (trừ 03 điểm)',
    '- Tiêu chí 1.3 (Kiểm tra): trừ 1 điểm.',
    '- Tiêu chí 1.4 (Sáng kiến): trừ 2 điểm.',
    '3. Những nội dung khác của đơn vị',
    '- Tiêu chí 7.1 (Khảo sát): trừ 0,25 điểm.',
  ].join('\n');

  it.each([
    ['Huyện A', 12, ['1.2', '7.1']],
    ['huyện B', 14, ['1.3', '1.4', '7.1']],
  ])('%s: its rank and its losses; the others are told', (unit, rank, ids) => {
    const read = readLetter(paragraphsOf(text), 'l', { unit });
    const letter = must(read);
    expect([letter.rank, letter.size, letter.losses.map((l) => l.id)]).toEqual([rank, 20, ids]);
    const told = read.diagnostics.filter((d) => d.code === 'letter-line-unused');
    // Of A's lines, or B's three with its sum, and that of the year before.
    expect(told.length).toBe(unit === 'Huyện A' ? 4 : 2);
    expect(letter.unclear).toBe(0);
  });
});

describe('a table of losses', () => {
  const read = (...rows: string[]) => {
    const [head, ...body] = rows.map((row) => `| ${row} |`);
    const rule = `|${'---|'.repeat(rows[0]!.split('|').length)}`;
    const text =
      'Theo Quyết định số 512/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, huyện A xếp thứ 12/20 huyện.';
    return withFiles({ 'l.md': [text, '', head, rule, ...body].join('\n') }, async (folder) => {
      const paper = must(await openPaper(`${folder}/l.md`));
      const letter = readLetter(paper.paragraphs, 'l.md', {}, paper.tables);
      const losses = letter.ok ? letter.value.losses.map((l) => [l.id, number(l.lost)]) : [];
      return [losses, letter.diagnostics.map((d) => d.code)];
    });
  };

  it('of several units: those of this one, and the others are told', async () => {
    const rows = [
      '1 | Huyện A | 1.2. Báo cáo | 0,5',
      '2 | | 1.4. Sáng kiến | 1,5',
      '3 | Huyện B | 1.3. Kiểm tra | 1',
    ];
    expect(await read('TT | Đơn vị | Tiêu chí | Điểm trừ', ...rows)).toEqual([
      [
        ['1.2', 0.5],
        ['1.4', 1.5],
      ],
      ['letter-line-unused'],
    ]);
    // Who is to act, in a column of the same name.
    const acting = ['1 | Phòng Nội vụ | 1.2. Báo cáo | 0,5', '2 | Xã C | 1.3. Kiểm tra | 1'];
    expect(await read('TT | Đơn vị | Tiêu chí | Điểm trừ', ...acting)).toEqual([
      [
        ['1.2', 0.5],
        ['1.3', 1],
      ],
      [],
    ]);
  });

  it('of several years: those of this one', async () => {
    expect(
      await read(
        'TT | Tiêu chí | Điểm trừ năm 2024 | Điểm trừ năm 2025',
        '1.2 | Báo cáo | 2 | 0,5',
        '1.4 | Sáng kiến | 1 | 0',
      ),
    ).toEqual([[['1.2', 0.5]], []]);
    expect(
      await read(
        'TT | Tiêu chí | Điểm chuẩn | Điểm đạt năm 2024 | Điểm đạt năm 2025',
        '1.2 | Báo cáo | 2 | 2 | 1,5',
        '1.4 | Sáng kiến | 1 | 0 | 1',
      ),
    ).toEqual([[['1.2', 0.5]], []]);
  });

  it('with two columns of points earned: one that both say, and what they say apart is told', async () => {
    expect(
      await read(
        'TT | Tiêu chí | Điểm chuẩn | Điểm thẩm định | Điểm đạt',
        '1.2 | Báo cáo | 2 | 1,5 | 1,5',
        '1.4 | Sáng kiến | 1 | 1 | 0,5',
      ),
    ).toEqual([[['1.2', 0.5]], ['letter-loss-unclear']]);
  });
});

it('numbers of official tables (II.1, A.I.1, 1.2.a) are ids, and fields of the same letters are two', () => {
  const text = [
    'Theo Quyết định số 5/QĐ-UBND công bố kết quả Chỉ số CCHC năm 2025, xã Minh Tân đạt 90/100 điểm, xếp thứ 12/54.',
    'Thể chế (trừ 05 điểm)',
    'II.1. Kế hoạch: trừ 01 điểm. Hạn chế: chưa có. Giao Văn phòng chủ trì, bảo đảm có.',
    'A.I.1. Báo cáo: trừ 1,5 điểm. Hạn chế: gửi chậm. Giao Văn phòng chủ trì, bảo đảm đúng hạn.',
    '1.2.a. Hồ sơ: trừ 0,5 điểm. Hạn chế: đạt dưới 90%. Giao Văn phòng chủ trì, bảo đảm 90%.',
    'Rà soát văn bản: trừ 02 điểm.',
    'Tài chính (trừ 05 điểm)',
    'Tiết kiệm chi: trừ 05 điểm.',
  ];
  const read = readLetter(paragraphsOf(text.join('\n\n')), 'l');
  const letter = must(read);
  expect([letter.losses.map((l) => [l.id, number(l.lost)]), read.diagnostics]).toEqual([
    [
      ['II.1', 1],
      ['A.I.1', 1.5],
      ['1.2.a', 0.5],
      ['RSVB', 2],
      ['TKC', 5],
    ],
    [],
  ]);
  const { catalogue } = filesOfLetter(letter, 'l');
  const { criteria, fields } = must(parseCatalogue(catalogue));
  expect(criteria.map((c) => [c.id, c.field])).toEqual([
    ['II.1', 'II'],
    ['A.I.1', 'A.I'],
    ['1.2.a', '1'],
    ['RSVB', 'TC'],
    ['TKC', 'TC2'],
  ]);
  expect(fields.map((f) => [f.id, f.name.vi]).slice(-2)).toEqual([
    ['TC', 'Thể chế'],
    ['TC2', 'Tài chính'],
  ]);
});

it.each([
  [
    'vi',
    'Theo [văn bản công bố kết quả], năm 2025 xã Minh Tân đạt từ 1,5 đến 3,5/8 điểm, còn 01 tiêu chí chưa có số liệu.',
    ['Chỉ đạo (trừ 02 điểm)', 'I.1. Kế hoạch: trừ 02 điểm. Giao Văn phòng chủ trì, bảo đảm có.'],
    ['Thể chế (trừ ít nhất 02 điểm)', 'II.1. Văn bản: trừ 02 điểm. Giao Văn phòng chủ trì, bảo đảm 90%.'],
  ],
  [
    'en',
    'According to [the published results], in 2025 Xã Minh Tân scored between 1.5 and 3.5 of 8, with 1 criterion not reported yet.',
    ['Chỉ đạo (2 points lost)', 'I.1. Kế hoạch: 2 points lost. Văn phòng to lead; to reach: yes.'],
    [
      'Thể chế (at least 2 points lost)',
      'II.1. Văn bản: 2 points lost. Văn phòng to lead; to reach: 90% or more.',
    ],
  ],
])(
  'a letter with a criterion not reported yet: its scale, its headings and no sum that is not so: %s',
  (_, intro, one, two) => {
    const read = readLetter(paragraphsOf([intro, ...one, ...two].join('\n\n')), 'l');
    const letter = must(read);
    expect([letter.unit, letter.year, letter.score, number(letter.scale)]).toEqual([
      'Xã Minh Tân',
      2025,
      null,
      8,
    ]);
    expect(letter.losses.map((l) => [l.id, l.field, number(l.lost)])).toEqual([
      ['I.1', 'Chỉ đạo', 2],
      ['II.1', 'Thể chế', 2],
    ]);
    expect(read.diagnostics.map((d) => d.code)).not.toContain('letter-sum');
  },
);
