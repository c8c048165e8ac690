import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../src/files/catalogue.js';
import { readDocx } from '../src/files/docx.js';
import { LIMITS } from '../src/files/limits.js';
import { openLeague, openReading } from '../src/files/open.js';
import { parseReading, score } from '../src/index.js';
import { readLetter } from '../src/papers/letter.js';
import { openPaper, paragraphsOf } from '../src/papers/paper.js';
import { readNews } from '../src/papers/ranking.js';
import { readRanking } from '../src/papers/ranking-table.js';
import { catalogueData, cchc, LEAGUE_2022, must, NHU_XUAN, root, withFiles, yaml } from './support.js';

const letters = join(root, 'test/cases/letters');
const letter = (name: string) =>
  must(readLetter(paragraphsOf(readFileSync(join(letters, name), 'utf8')), name));
const number = (value: { valueOf(): number }) => Number(value.valueOf().toFixed(6));

describe('letters', () => {
  it('a letter whose lines are broken: losses, fields, limitations, lead units, rank and report', () => {
    const read = letter('xa-an-binh.txt');
    expect([read.unit, read.year, read.rank, read.size]).toEqual(['Xã An Bình', 2024, 9, 14]);
    expect(read.report).toEqual({
      kind: 'Báo cáo',
      number: '45/BC-PNV',
      date: '12/03/2025',
      issuer: null,
    });
    // 0.5 + 1 + 0.625 + 0.75 + 0.5 = 3.375, as the letter says.
    expect(number(read.total)).toBe(3.375);
    expect(read.losses.map((l) => [l.id, number(l.lost), l.name, l.field, l.owners])).toEqual([
      ['1.2', 0.5, 'Báo cáo định kỳ (quý, năm)', 'Chỉ đạo điều hành', ['Văn phòng - Thống kê']],
      ['1.4', 1, 'Sáng kiến', 'Chỉ đạo điều hành', ['Văn phòng - Thống kê']],
      ['2.1', 0.625, 'Hồ sơ trực tuyến một phần', 'Thủ tục hành chính', ['Tư pháp - Hộ tịch']],
      ['2.2', 0.75, 'Hồ sơ trực tuyến toàn trình', 'Thủ tục hành chính', ['Tư pháp - Hộ tịch']],
      ['XHH', 0.5, 'Điều tra xã hội học', 'Điều tra xã hội học', ['Văn phòng - Thống kê']],
    ]);
    expect(read.losses[0]!.trackedBy).toEqual(['Tài chính - Kế toán']);
    // Two criteria share a limitation; each has its own part.
    expect(read.losses[3]!.limitation).toBe('Tỷ lệ hồ sơ trực tuyến toàn trình đạt dưới 80%.');
  });

  it('a letter in another layout: dashes, a colon, headings in La Mã, Markdown', () => {
    const read = letter('so-y-te.md');
    expect([read.unit, read.year, read.rank, read.size, read.report?.number]).toEqual([
      'Sở Y tế',
      2024,
      11,
      19,
      '12/QĐ-UBND',
    ]);
    expect(
      read.losses.map((l) => [l.id, number(l.lost), l.name, l.field, l.owners, l.trackedBy, l.evidence]),
    ).toEqual([
      ['2.1.3', 0.25, 'Rà soát văn bản quy phạm pháp luật', 'Cải cách thể chế', ['Phòng Pháp chế'], [], null],
      [
        '6.1.2',
        1.5,
        'Văn bản ký số',
        'Chuyển đổi số',
        ['Văn phòng Sở', 'Phòng Kế hoạch'],
        ['Phòng Pháp chế'],
        'Báo cáo năm',
      ],
    ]);
  });

  it('a loss that no criterion can have is told at its line', async () => {
    const text =
      'UBND XÃ TÂN HÒA\nKết quả chỉ số CCHC năm 2025\n\nTiêu chí 1.2 (Báo cáo): trừ 6 điểm (điểm tối đa 5 điểm).';
    await withFiles({ 'l.txt': text }, async (cwd) => {
      const ran = await cchc(['import', 'l.txt'], { cwd });
      expect([ran.code, ran.stderr.includes('--> l.txt:4:1')]).toEqual([3, true]);
    });
  });

  it('the score is that of the whole: what a part earned, or the most of a part, is none', () => {
    const of = (lines: string) =>
      must(
        readLetter(
          paragraphsOf(
            `UBND XÃ TÂN HÒA\nKết quả tự đánh giá chỉ số CCHC năm 2025 của UBND xã Tân Hòa\n\n${lines}`,
          ),
          'l.txt',
        ),
      );
    const parts =
      '1. Công tác chỉ đạo điều hành: tổng điểm đạt 11/12 điểm.\n- Tiêu chí 1.3: trừ 1 điểm.\n2. Nội dung 2: Cải cách TTHC: Tổng số điểm là 20 điểm, tự chấm 18,5 điểm.\n- Tiêu chí 2.1: tự chấm 4/5 điểm do còn hồ sơ trễ hạn.\n+ 2.4 (trừ 0,5 điểm)';
    const score = (lines: string) => {
      const said = of(lines).score;
      return said && [number(said.points), number(said.scale)];
    };
    expect(score(`Tổng điểm tự đánh giá: 29,5/32 điểm.\n${parts}`)).toEqual([29.5, 32]);
    expect(score(`${parts}\nTổng điểm đạt 88,5/100 điểm.`)).toEqual([88.5, 100]);
    expect(score(parts)).toBeNull();
    const read = of(parts);
    expect(read.losses.map((l) => [l.id, l.name, number(l.lost), l.field])).toEqual([
      ['1.3', '1.3', 1, 'Công tác chỉ đạo điều hành'],
      ['2.1', '2.1', 1, 'Nội dung 2: Cải cách TTHC'],
      ['2.4', '2.4', 0.5, 'Nội dung 2: Cải cách TTHC'],
    ]);
  });

  it('headings that say their sum are no losses; causes and orders in the sentence', () => {
    const read = letter('xa-tan-hoa.txt');
    expect([read.unit, read.year, read.rank, read.size, number(read.score!.points)]).toEqual([
      'Xã Tân Hòa',
      2025,
      34,
      96,
      85.25,
    ]);
    // 1.25 of the first heading, 2.0 of the second: 0.75 + 0.5 and 1.5 + 0.5.
    expect(read.losses.map((l) => [l.id, number(l.lost), l.field, l.owners])).toEqual([
      ['1.1.2', 0.75, 'Công tác chỉ đạo, điều hành', ['Văn phòng HĐND và UBND']],
      ['1.4', 0.5, 'Công tác chỉ đạo, điều hành', ['Phòng Văn hóa - Xã hội']],
      ['2.3.1', 1.5, 'Cải cách thủ tục hành chính', ['Trung tâm Phục vụ hành chính công']],
      ['2.3.2', 0.5, 'Cải cách thủ tục hành chính', ['Phòng Kinh tế']],
    ]);
    const other = letter('so-xay-dung.txt');
    expect([other.unit, other.rank, other.size, number(other.total)]).toEqual(['Sở Xây dựng', 15, 20, 1.75]);
    expect(other.losses.map((l) => [l.id, l.limitation])).toEqual([
      ['1.2.1', 'gửi chậm 01 báo cáo'],
      ['3.4', 'có 02 hồ sơ trễ hạn'],
      ['6.1.1', null],
    ]);
  });

  it('a stated score that the losses do not leave: said, and the criteria not listed lost the rest', async () => {
    await withFiles({}, async (folder) => {
      const out = join(folder, 'out');
      const read = await cchc(['import', join(letters, 'xa-tan-hoa.txt'), '--output', out]);
      expect([read.code, read.stderr.includes('letter-partial')]).toEqual([0, true]);
      const catalogue = must(await openCatalogue(join(out, 'catalogue.yaml')));
      expect([catalogue.scale, catalogue.notListed]).toEqual([1_000_000, null]);
      // 100 - 85.25 - 3.25 = 11.5 of the 100 - 3.25 = 96.75 that are not listed.
      const rest = catalogue.criteria.find((c) => c.id === 'khong-neu')!;
      expect([rest.max, rest.rule.kind]).toEqual([967_500, 'todo']);
      const files = ['--league', join(out, 'league.yaml'), '--format', 'json'];
      const scored = await cchc(['score', join(out, 'reading.yaml'), ...files]);
      const { total, rank } = JSON.parse(scored.stdout).readings[0];
      expect([total.score, total.index, rank.best, rank.worst]).toEqual([85.25, 85.25, 34, 34]);
      expect(must(await openLeague(join(out, 'league.yaml'))).units[0]!.score?.valueOf()).toBe(85.25);
    });
  });

  it('losses that are not clear and no score: the score is an interval, and no rank is told from it', async () => {
    const text = [
      'Năm 2025, xã An Khê xếp thứ 9/40 xã, phường về chỉ số CCHC.',
      'Tiêu chí 1.2 (Báo cáo): trừ 0,5 điểm.',
      'Tiêu chí 6.1 (Dân chủ): không đạt.',
    ].join('\n');
    await withFiles({ 'l.txt': text }, async (folder) => {
      const out = join(folder, 'out');
      const ran = await cchc(['import', join(folder, 'l.txt'), '--output', out, '--lang', 'en']);
      expect([ran.code, ran.stderr.includes("'Tiêu chí 6.1 (Dân chủ): không đạt.'")]).toEqual([0, true]);
      const scored = await cchc(['score', join(out, 'reading.yaml'), '--format', 'json']);
      const { total } = JSON.parse(scored.stdout).readings[0];
      expect([total.score, total.worst, total.best]).toEqual([null, 0, 99.5]);
    });
  });

  it('a letter whose losses stand in a table alone', async () => {
    const rows = [
      ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Điểm bị trừ', 'Nguyên nhân', 'Đơn vị chủ trì'],
      ['I', 'Chỉ đạo điều hành', '3', '0,75', '', ''],
      ['1', '1.2. Báo cáo định kỳ', '1', '0,25', 'Gửi chậm 01 báo cáo', 'Văn phòng'],
      ['2', '1.4. Sáng kiến', '2', '0,5', 'Chưa có sáng kiến', 'Phòng Văn hóa - Xã hội'],
    ];
    const intro = 'Năm 2025, xã Tân Hòa xếp thứ 30/96 xã, phường về chỉ số CCHC.';
    await withFiles({ 'l.docx': await word(rows, intro) }, async (folder) => {
      const ran = await cchc(['import', join(folder, 'l.docx'), '--format', 'json']);
      expect([ran.code, ran.stderr]).toEqual([0, '']);
      // 0.25 + 0.5; the row of the field is their sum and no loss.
      expect(JSON.parse(ran.stdout)).toMatchObject({
        unit: 'Xã Tân Hòa',
        year: 2025,
        rank: 30,
        deducted: 0.75,
        losses: [
          { id: '1.2', name: 'Báo cáo định kỳ', deducted: 0.25, owners: ['Văn phòng'] },
          { id: '1.4', deducted: 0.5, limitation: 'Chưa có sáng kiến', owners: ['Phòng Văn hóa - Xã hội'] },
        ],
      });
    });
  });

  it('a table that goes on on the next page without a head is read on; one of other columns is named', async () => {
    const head = ['STT', 'Tiêu chí', 'Điểm bị trừ', 'Nguyên nhân'];
    const one = [head, ['1', '1.2. Báo cáo định kỳ', '0,25', 'Gửi chậm 01 báo cáo']];
    const two = [['2', '1.4. Sáng kiến', '0,5', 'Chưa có sáng kiến']];
    const wider = [['3', '2.1. Hồ sơ', '', '1', 'Chậm']];
    const signed = [['Nơi nhận: - Như trên', 'CHỦ TỊCH']];
    const intro = 'Năm 2025, xã Tân Hòa xếp thứ 30/96 xã, phường về chỉ số CCHC.';
    await withFiles({ 'l.docx': await word(one, intro, two, wider, signed) }, async (folder) => {
      const ran = await cchc(['import', join(folder, 'l.docx'), '--format', 'json', '--lang', 'en']);
      // The third table is told at its first cell, who signs is not.
      expect(ran.code).toBe(0);
      expect(ran.stderr.match(/\[[a-z-]+\]/g)).toEqual(['[table-not-used]']);
      expect(ran.stderr).toContain('l.docx#3:1:1');
      expect(
        JSON.parse(ran.stdout).losses.map((l: { id: string; deducted: number }) => [l.id, l.deducted]),
      ).toEqual([
        ['1.2', 0.25],
        ['1.4', 0.5],
      ]);
    });
    const ranking = [
      ['STT', 'Đơn vị', 'Điểm', 'Xếp hạng'],
      ['1', 'Xã A', '90,5', '1'],
    ];
    const more = [['2', 'Xã B', '88', '2']];
    const other = [['3', 'Xã C', '87']];
    await withFiles({ 'r.docx': await word(ranking, 'Phụ lục', more, other) }, async (folder) => {
      const ran = await cchc([
        'import',
        join(folder, 'r.docx'),
        '--league',
        '--year',
        '2025',
        '--format',
        'json',
      ]);
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([0, ['[table-not-used]']]);
      expect(JSON.parse(ran.stdout).units.map((u: { unit: string }) => u.unit)).toEqual(['Xã A', 'Xã B']);
    });
  });

  it('a scale given beside a table is assumed, unless the table says it or adds up to it', async () => {
    const table =
      'TT,Tiêu chí,Điểm chuẩn,Cách tính điểm\n1.1,Hồ sơ,2,Từ 80% trở lên: 2 điểm; dưới 80%: 0 điểm\n';
    await withFiles({ 't.csv': table, 's.csv': `Thang điểm: 60,,,\n${table}` }, async (cwd) => {
      const kind = async (file: string, ...scale: string[]) => {
        const { stdout } = await cchc(['catalogue', 'new', '--from', file, '--year', '2025', ...scale], {
          cwd,
        });
        return /^scale:\n +value: (\S+)\n +provenance: (\w+)/m.exec(stdout)?.slice(1);
      };
      expect(await kind('t.csv', '--scale', '100')).toEqual(['100', 'assumed']);
      expect(await kind('s.csv', '--scale', '60')).toEqual(['60', 'stated']);
      expect(await kind('t.csv', '--scale', '2')).toEqual(['2', 'stated']);
      expect(await kind('t.csv')).toEqual(['2', 'stated']);
      const ranking = await cchc(['import', '--league', 't.csv', '--unit', 'Xã A'], { cwd });
      expect([ranking.code, ranking.stderr]).toEqual([2, expect.stringContaining('unknown-option')]);
    });
  });

  it('a column of `Đơn vị hành chính` has the units, in a ranking and in a table of values', async () => {
    const files = {
      'r.csv': 'TT;Đơn vị hành chính;Tổng điểm;Thứ hạng\n1;Xã A;90,5;1\n2;Xã B;88;2\n',
      'v.csv': 'Tên đơn vị hành chính;Năm;7.3.2\nXã A;2022;85%\nXã B;2022;0%\n',
    };
    await withFiles(files, async (cwd) => {
      const ranking = await cchc(['import', '--league', 'r.csv', '--year', '2025', '--format', 'json'], {
        cwd,
      });
      expect(JSON.parse(ranking.stdout).units.map((u: { unit: string }) => u.unit)).toEqual(['Xã A', 'Xã B']);
      const catalogue = ['--catalogue', 'thanh-hoa-district-2022', '--format', 'json'];
      const { readings } = JSON.parse((await cchc(['score', 'v.csv', ...catalogue], { cwd })).stdout);
      const points = ({ criteria }: { criteria: { id: string; points: number }[] }) =>
        criteria.find((c) => c.id === '7.3.2')!.points;
      expect(readings.map(points)).toEqual([1, 0]);
    });
  });

  it('raised digits in a Word document are marks of footnotes, and no part of a number', async () => {
    const cell = (text: string, mark = '') =>
      new TableCell({
        children: [
          new Paragraph({
            children: [new TextRun(text), new TextRun({ text: mark, superScript: true }), new TextRun(' ')],
          }),
        ],
      });
    const rows = [
      ['STT', 'Tiêu chí', 'Điểm bị trừ'].map((text) => cell(text)),
      [cell('1'), cell('1.2. Báo cáo', '1'), cell('0,2', '5')],
      [cell('2'), cell('1.4. Sáng kiến'), cell('0,5')],
    ];
    const table = new Table({ rows: rows.map((children) => new TableRow({ children })) });
    const children = [new Paragraph('Năm 2025, xã Tân Hòa xếp thứ 30/96 xã, phường về chỉ số CCHC.'), table];
    const bytes = new Uint8Array(await Packer.toArrayBuffer(new Document({ sections: [{ children }] })));
    expect(must(readDocx('l.docx', bytes)).tables[0]![1]!.map((c) => c.text)).toEqual([
      '1',
      '1.2. Báo cáo¹',
      '0,2⁵',
    ]);
    await withFiles({ 'l.docx': bytes }, async (folder) => {
      const ran = await cchc(['import', join(folder, 'l.docx'), '--format', 'json']);
      // What bears a mark is no number: neither 0.25 nor, unsaid, 0.2.
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([0, ['[letter-loss-unclear]']]);
      expect(
        JSON.parse(ran.stdout).losses.map((l: { id: string; deducted: number }) => [l.id, l.deducted]),
      ).toEqual([['1.4', 0.5]]);
    });
  });

  it('a sum with its parts in the same line; half a point is told; a colon ends the name of a unit', () => {
    const text =
      'Kết quả Chỉ số CCHC năm 2025 của UBND phường Trung Tâm: 92,5/100 điểm, xếp thứ 8/65.\n\n' +
      'Lĩnh vực 1: trừ 2 điểm, gồm: Tiêu chí 1.1 (Kế hoạch) trừ 0,5 điểm; Tiêu chí 1.2 (Báo cáo) trừ 1,5 điểm.\n\n' +
      'Lĩnh vực 2: trừ 3 điểm, trong đó tiêu chí 2.1 (Rà soát) trừ 1 điểm.\n\n' +
      'Tiêu chí 6.2 (Vị trí việc làm) bị trừ nửa điểm.';
    const read = readLetter(paragraphsOf(text), 'l.txt');
    expect(must(read).unit).toBe('Phường Trung Tâm');
    expect(must(read).losses.map((l) => [l.id, number(l.lost), l.field])).toEqual([
      ['1.1', 0.5, 'Lĩnh vực 1'],
      ['1.2', 1.5, 'Lĩnh vực 1'],
      ['2.1', 1, 'Lĩnh vực 2'],
    ]);
    // 3 points of field 2 against 1 listed; 100 − 92.5 against 0.5 + 1.5 + 1.
    expect(read.diagnostics.map((d) => [d.code, d.params])).toEqual([
      ['letter-loss-unclear', { value: 'Tiêu chí 6.2 (Vị trí việc làm) bị trừ nửa điểm.', points: '?' }],
      ['letter-sum', { stated: '3', sum: '1' }],
      ['letter-sum', { stated: '7.5', sum: '3' }],
    ]);
  });

  it('what does not add up, or is not clear, is said', () => {
    const text =
      'Chỉ số CCHC năm 2024, xã A xếp thứ 2/5, tổng điểm bị trừ là 2 điểm.\n\n1. Lĩnh vực X\n\nTiêu chí 1.1 (Y) trừ 0,5 điểm.\n\nNgoài ra: các nội dung khác, theo kết luận, bị trừ 0,2 điểm vì chậm.\n';
    const read = readLetter(paragraphsOf(text), 'l.txt');
    expect(read.ok).toBe(true);
    expect(read.diagnostics.map((d) => [d.code, d.params])).toEqual([
      ['letter-loss-unclear', { value: 'Ngoài ra: các nội dung khác, theo kết luận,', points: '0.2' }],
      ['letter-sum', { stated: '2', sum: '0.5' }],
    ]);
    const twice = readLetter(paragraphsOf(`${text}\nTiêu chí 1.1 (Z) trừ 1 điểm.`), 'l.txt');
    expect(twice.diagnostics.map((d) => d.code)).toContain('duplicate-id');
    expect(readLetter(paragraphsOf('Kính gửi: các đơn vị.'), 'l.txt').diagnostics[0]?.code).toBe(
      'not-a-letter',
    );
  });

  it('what is to be below a percent, or is not yet below it, is no least percent', async () => {
    const said = [
      ['đạt dưới 95%', 95],
      ['chưa đạt từ 80% trở lên', 80],
      ['chưa giảm xuống dưới 5%', 'todo'],
      ['còn 7%, chưa dưới 5%', 'todo'],
      ['không dưới 3%', 'todo'],
      ['còn từ 6% trở lên', 'todo'],
    ] as const;
    const lines = said.map(
      ([lacks], i) =>
        `${i + 1}. Việc ${i + 1}: trừ 0,5 điểm. Hạn chế: ${lacks}. Giao Phòng Nội vụ chủ trì.\n\n`,
    );
    const letter = `UBND XÃ A\n\nNăm 2025 xã A xếp thứ 3/9.\n\n${lines.join('')}`;
    await withFiles({ 'l.md': letter }, async (folder) => {
      const out = ['--output', join(folder, 'out'), '--unit', 'Xã A', '--year', '2025'];
      expect((await cchc(['import', join(folder, 'l.md'), ...out])).stderr).toBe('');
      const file = yaml(readFileSync(join(folder, 'out/catalogue.yaml'), 'utf8')) as {
        criteria: { rule: { kind: string; tiers?: { at_least: { value: number } }[] } }[];
      };
      const rules = file.criteria.map(({ rule }) => Number(rule.tiers?.[0]?.at_least.value) || rule.kind);
      expect(rules.slice(0, said.length)).toEqual(said.map(([, rule]) => rule));
    });
  });

  it('cchc import writes a reading, a catalogue and a league that score as the letter says', async () => {
    await withFiles({}, async (folder) => {
      const out = join(folder, 'out');
      const ran = await cchc([
        'import',
        join(letters, 'xa-an-binh.txt'),
        '--output',
        out,
        '--format',
        'json',
      ]);
      expect([ran.code, ran.stderr]).toEqual([0, '']);
      expect(JSON.parse(ran.stdout)).toMatchObject({
        unit: 'Xã An Bình',
        rank: 9,
        size: 14,
        deducted: 3.375,
      });
      const { reading, catalogue } = must(await openReading(join(out, 'reading.yaml')));
      // 100 − 3.375.
      expect(score(reading, catalogue).total.score).toBe(966_250);
      expect(catalogue.fields.map((f) => [f.id, f.name.vi])).toEqual([
        ['1', 'Chỉ đạo điều hành'],
        ['2', 'Thủ tục hành chính'],
        ['XHH', 'Điều tra xã hội học'],
      ]);
      const league = must(await openLeague(join(out, 'league.yaml')));
      expect([league.size, league.units[0]!.rank, league.units[0]!.score?.valueOf()]).toEqual([
        14, 9, 96.625,
      ]);
      // Thresholds where the sentence states one: 2 initiatives, 60% and 80%; the rest is still to be understood.
      const file = yaml(readFileSync(join(out, 'catalogue.yaml'), 'utf8')) as {
        criteria: { id: unknown; rule: { kind: string; tiers?: { at_least: { value: number } }[] } }[];
      };
      expect(
        file.criteria.map((c) => [String(c.id), c.rule.kind, Number(c.rule.tiers?.[0]?.at_least.value ?? 0)]),
      ).toEqual([
        ['1.2', 'todo', 0],
        ['1.4', 'count', 2],
        ['2.1', 'steps', 60],
        ['2.2', 'steps', 80],
        ['XHH', 'todo', 0],
      ]);
      const again = await cchc(['import', join(letters, 'xa-an-binh.txt'), '--output', out]);
      expect([again.code, again.stderr.includes('output-exists')]).toEqual([3, true]);
      expect((await cchc(['import', join(letters, 'xa-an-binh.txt'), '--output', out, '--force'])).code).toBe(
        0,
      );
    });
  });

  it.each([
    ['docx', 'vi'],
    ['md', 'vi'],
    ['docx', 'en'],
    ['md', 'en'],
  ])("the tool's own letter comes back as the same reading: %s, %s", async (ending, language) => {
    await withFiles({}, async (folder) => {
      const file = join(folder, `l.${ending}`);
      const made = await cchc([
        'letter',
        NHU_XUAN,
        '--league',
        LEAGUE_2022,
        '--actions',
        join(root, 'fixtures/actions/nhu-xuan-2023.yaml'),
        '--lang',
        language,
        '--output',
        file,
      ]);
      expect(made.code).toBe(0);
      const out = join(folder, 'out');
      const ran = await cchc(['import', file, '--output', out]);
      expect([ran.code, ran.stderr]).toEqual([0, '']);
      const [source, back] = [
        must(await openReading(NHU_XUAN)).reading,
        must(await openReading(join(out, 'reading.yaml'))).reading,
      ];
      expect([back.unit, back.year]).toEqual([source.unit, source.year]);
      const losses = (r: typeof source) => [...r.entries].map(([id, e]) => [id, e.deducted]).sort();
      expect(losses(back)).toEqual(losses(source));
      const league = must(await openLeague(join(out, 'league.yaml')));
      expect([league.size, league.units[0]!.rank]).toEqual([27, 21]);
    });
  });

  it('a league of the letter before, in the same folder, is none of a letter without a rank', async () => {
    const losses = 'a) Tiêu chí 1.2 (Báo cáo): trừ 0,5 điểm.\n';
    const said = 'Theo Quyết định số 5/QĐ-UBND công bố kết quả Chỉ số CCHC năm';
    const files = {
      'a.txt': `${said} 2024, xã A đạt 99,5/100 điểm, xếp thứ 3/20.\n${losses}`,
      'b.txt': `${said} 2025, xã A đạt 99,5/100 điểm.\n${losses}`,
    };
    await withFiles(files, async (folder) => {
      const told = async (name: string) => {
        const ran = await cchc([
          ...['import', join(folder, name), '--unit', 'Xã A', '--output', join(folder, 'out'), '--force'],
        ]);
        return [ran.code, ran.stderr.includes('league-from-before')];
      };
      expect([await told('a.txt'), await told('b.txt')]).toEqual([
        [0, false],
        [0, true],
      ]);
    });
  });

  // 57.5 - 1.375 = 56.125: decimals in the scale, and a loss of three.
  it.each(['vi', 'en'])(
    'a letter of a scale of 57.5 that lost 1.375 comes back with both: %s',
    async (language) => {
      const files = {
        'c.yaml': `id: c
name: {vi: Chỉ số CCHC cấp xã}
year: 2025
decimals: 3
scale: {value: 57.5, provenance: assumed, reason: x}
sources: {}
fields: [{id: "1", name: {vi: Chỉ đạo điều hành}}]
owners: {Văn phòng: {}}
not_listed: {name: Tiêu chí khác, provenance: assumed, reason: x}
criteria: [{id: "1.1", name: Báo cáo, field: "1", owners: [Văn phòng], max: {value: 2, provenance: assumed, reason: x}, rule: {kind: yes_no, provenance: assumed, reason: x}}]
`,
        'a.yaml': 'unit: Xã A\nyear: 2025\ncatalogue: ./c.yaml\nindicators: {"1.1": {deducted: 1.375}}\n',
      };
      await withFiles(files, async (cwd) => {
        await cchc(['letter', 'a.yaml', '--lang', language, '--output', 'l.docx'], { cwd });
        const ran = await cchc(['import', 'l.docx', '--output', 'out'], { cwd });
        expect(ran.stderr.match(/\w+\[[\w-]+\]/g)).toEqual(['warning[letter-lacks]']);
        const { reading, catalogue } = must(await openReading(join(cwd, 'out', 'reading.yaml')));
        const { total, criteria } = score(reading, catalogue);
        const lost = criteria.find((c) => c.criterion.id === '1.1')!.deduction!;
        expect([total.score, total.applicableMax, lost].map((p) => p! / 10 ** catalogue.decimals)).toEqual([
          56.125, 57.5, 1.375,
        ]);
      });
    },
  );

  // 40 × 95% + 5 - 3 × 0.5 = 41.5 of the scale of 60, so 18.5 are lost.
  it.each([
    ['vi', 'stated', true],
    ['vi', 'stated', false],
    ['vi', 'inferred', true],
    ['vi', 'inferred', false],
    ['en', 'stated', true],
    ['en', 'stated', false],
    ['en', 'inferred', false],
    ['vi', 'assumed', true],
    ['en', 'assumed', true],
  ])(
    'a letter of another scale than 100 comes back with it: %s, %s, ranked: %s',
    async (language, kind, ranked) => {
      const number = (value: number) =>
        `{value: ${value}, provenance: ${kind}, ${{ stated: 'source: q', inferred: 'working: {vi: x}', assumed: 'reason: {vi: x}' }[kind]}}`;
      const of = (id: string, max: number, rule: string) =>
        `  - {id: "${id}", name: {vi: Tiêu chí ${id}}, field: "1", owners: [Văn phòng], max: ${number(max)}, rule: {${rule}, provenance: stated, source: q}}`;
      const files = {
        'cat.yaml': `id: c-2025
name: {vi: Chỉ số CCHC cấp xã}
year: 2025
scale: ${number(60)}
sources: {q: {title: {vi: Quyết định}}}
fields: [{id: "1", name: {vi: Chỉ đạo điều hành}}]
owners: {Văn phòng: {}}
criteria:
${[of('1.1', 40, 'kind: proportional, target: 100'), of('1.2', 5, 'kind: penalty, per_case: 0.5'), of('1.3', 15, 'kind: yes_no')].join('\n')}
`,
        'a.yaml':
          'unit: Xã A\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1.1": 95, "1.2": 3, "1.3": no}\n',
        'l.yaml':
          'name: {vi: Các xã}\nyear: 2025\nscale: 60\nsize: 3\nprovenance: stated\nsource: q\nunits: [{unit: Xã A, score: 41.5}, {unit: Xã B, score: 50}, {unit: Xã C, score: 40}]\n',
      };
      await withFiles(files, async (folder) => {
        const [file, out] = [join(folder, 'l.docx'), join(folder, 'out')];
        const league = ranked ? ['--league', join(folder, 'l.yaml')] : [];
        const made = await cchc([
          'letter',
          join(folder, 'a.yaml'),
          ...league,
          '--lang',
          language,
          '--output',
          file,
        ]);
        expect([made.code, made.stderr]).toEqual([0, '']);
        const ran = await cchc(['import', file, '--output', out]);
        expect([ran.code, ran.stderr.match(/\w+\[[\w-]+\]/g) ?? []]).toEqual([
          0,
          ranked ? [] : ['warning[letter-lacks]'],
        ]);
        const { reading, catalogue } = must(await openReading(join(out, 'reading.yaml')));
        const { total } = score(reading, catalogue);
        expect([reading.unit, reading.year, total.score, total.applicableMax]).toEqual([
          'Xã A',
          2025,
          415_000,
          600_000,
        ]);
        if (!ranked) return;
        // What the letter itself inferred or assumed is no score that it states.
        expect(readFileSync(join(out, 'league.yaml'), 'utf8').includes('provenance: inferred')).toBe(
          kind !== 'stated',
        );
        const back = must(await openLeague(join(out, 'league.yaml')));
        expect([String(back.scale), back.units.map((u) => [u.rank, String(u.score)])]).toEqual([
          '60',
          [[2, '41.5']],
        ]);
      });
    },
  );
});

describe('rankings', () => {
  const NEWS =
    'Theo kết quả chỉ số cải cách hành chính năm 2024, huyện Sông Mới có tổng số điểm đạt được 92.15 điểm, chỉ số đạt 92,15%, đứng vị trí thứ nhất; xếp thứ hai là huyện Đồi Xanh với 91,92 điểm. TP Cửa Biển đạt 91.5 điểm, xếp thứ 3. Huyện Núi Cao có 86.09 điểm, đứng ở vị trí cuối bảng trong tổng số 27 huyện, thị xã, thành phố. Điểm trung bình của các huyện là 89,1 điểm.';

  it('a news paragraph: units, scores, ranks, size and mean', () => {
    const read = must(readNews(paragraphsOf(NEWS), 'tin.txt'));
    expect([read.year, read.size, read.mean]).toEqual([2024, 27, 89.1]);
    expect(read.units).toEqual([
      { unit: 'Huyện Sông Mới', score: 92.15, rank: 1 },
      { unit: 'Huyện Đồi Xanh', score: 91.92, rank: 2 },
      { unit: 'Thành phố Cửa Biển', score: 91.5, rank: 3 },
      { unit: 'Huyện Núi Cao', score: 86.09, rank: 27 },
    ]);
  });

  it('departments and districts in one text are two rankings: the first told is read, the other is told', () => {
    const read = readNews(
      paragraphsOf(
        'Sở Nội vụ vừa công bố Chỉ số CCHC năm 2024 của 21 sở, ban, ngành. Dẫn đầu là Sở Tài chính với 95,12 điểm; tiếp theo là Sở Tư pháp (94,02 điểm). ' +
          'Ba đơn vị xếp cuối gồm: Ban Dân tộc (78,4 điểm), Sở Y tế (77,95 điểm), Thanh tra tỉnh (75,6 điểm). Giá trị trung bình đạt 87,31%. ' +
          'Ở khối huyện, huyện Lộc Hà xếp thứ 3/13, thị xã Hồng Lĩnh xếp thứ 2/13.',
      ),
      'tin.txt',
    );
    expect(must(read)).toEqual({
      year: 2024,
      size: 21,
      mean: 87.31,
      scale: null,
      units: [
        { unit: 'Sở Tài chính', score: 95.12, rank: 1 },
        { unit: 'Sở Tư pháp', score: 94.02, rank: null },
        { unit: 'Ban Dân tộc', score: 78.4, rank: null },
        { unit: 'Sở Y tế', score: 77.95, rank: null },
        { unit: 'Thanh tra tỉnh', score: 75.6, rank: null },
      ],
    });
    expect(read.diagnostics.map((d) => d.code)).toEqual(['news-unclear']);
  });

  it('a sentence whose numbers cannot be given to its units is left out and told', () => {
    const read = readNews(
      paragraphsOf('Huyện A và huyện B đạt 91,5 điểm, 90,2 điểm và 89,1 điểm. Huyện C đạt 88 điểm.'),
      'tin.txt',
    );
    expect(read.diagnostics.map((d) => d.code)).toEqual(['news-unclear', 'news-size']);
    expect(must(read).units).toEqual([{ unit: 'Huyện C', score: 88, rank: null }]);
  });

  const told = (text: string, year?: number) => {
    const read = readNews(paragraphsOf(text), 'tin.txt', year);
    const { units, scale, mean, size } = must(read);
    return [units.map((u) => [u.unit, u.score, u.rank]), scale, mean, size, read.diagnostics.length];
  };

  it('units that share a place, scores in turn, a mean of so many units', () => {
    expect(
      told(
        'Năm 2025, xã An Phú xếp thứ 1/27 với 95,12/100 điểm; phường Sông Trà và xã Bình Minh đồng hạng 2 với 94,5 điểm. Giá trị trung bình của 27 xã, phường là 86,4 điểm.',
      ),
    ).toEqual([
      [
        ['Xã An Phú', 95.12, 1],
        ['Phường Sông Trà', 94.5, 2],
        ['Xã Bình Minh', 94.5, 2],
      ],
      100,
      86.4,
      27,
      0,
    ]);
    // Who of the three is first is not said.
    expect(
      told(
        'Năm 2024, ba huyện đứng đầu gồm huyện Lục Ngạn, huyện Tân Yên và huyện Hiệp Hòa với số điểm lần lượt là 95,1; 94,2 và 93,3 điểm.',
      )[0],
    ).toEqual([
      ['Huyện Lục Ngạn', 95.1, null],
      ['Huyện Tân Yên', 94.2, null],
      ['Huyện Hiệp Hòa', 93.3, null],
    ]);
  });

  it('a rank beside the size keeps its place', () => {
    const read = readNews(
      paragraphsOf('Với 88,5 điểm, huyện A xếp thứ 12 trên 27 huyện, thị xã.'),
      'tin.txt',
      2024,
    );
    expect(must(read).units).toEqual([{ unit: 'Huyện A', score: 88.5, rank: 12 }]);
  });

  it('who a letter is of, where the committee and its place stand on two lines and no rank is said', () => {
    const unit = (head: string) => {
      const text = `${head}\n\nKính gửi: Phòng Nội vụ\n\nNăm 2022 bị trừ điểm: Tiêu chí 1.1 (Kế hoạch) trừ 0,5 điểm.`;
      return must(readLetter(paragraphsOf(text), 'cv.txt', { year: 2022 })).unit;
    };
    expect(unit('ỦY BAN NHÂN DÂN\n\nHUYỆN NHƯ XUÂN')).toBe('Huyện Như Xuân');
    expect(unit('ỦY BAN NHÂN DÂN HUYỆN NHƯ XUÂN')).toBe('Huyện Như Xuân');
    expect(unit('UBND TỈNH A\n\nBAN DÂN TỘC')).toBe('Ban Dân tộc');
  });

  it('how many were ranked, as texts say it; a part of a group is no size, and where none is said it is told', () => {
    const size = (text: string) => {
      const read = readNews(paragraphsOf(text), 'tin.txt', 2024);
      return [must(read).size, must(read).mean, ...read.diagnostics.map((d) => d.code)];
    };
    expect(size('Huyện A xếp thứ nhất trong 27 huyện, thị xã, thành phố với 92,15 điểm.')).toEqual([
      27,
      null,
    ]);
    expect(size('Với 88,5 điểm, huyện A xếp thứ 12 trên 27 huyện, thị xã, thành phố.')).toEqual([27, null]);
    expect(size('Trong 20 sở, ban, ngành, Sở A dẫn đầu với 92,83 điểm.')).toEqual([20, null]);
    expect(
      size(
        'Trung bình của 63 tỉnh, thành phố đạt 86,98%. Tỉnh A dẫn đầu với 92,18%; tỉnh B đứng cuối với 81,3%.',
      ),
    ).toEqual([63, 86.98]);
    expect(
      size('Giá trị trung bình của 17 bộ, cơ quan ngang bộ đạt 84,38%. Bộ A đứng đầu với 89,95%.'),
    ).toEqual([17, 84.38]);
    expect(size('Huyện A đứng thứ 2 trong 11 huyện miền núi với 88,5 điểm.')).toEqual([
      null,
      null,
      'news-size',
    ]);
    expect(size('Huyện A xếp thứ 12 với 88,5 điểm.')).toEqual([null, null, 'news-size']);
    expect(size('Trung bình của 10 tỉnh dẫn đầu đạt 90,5%. Tỉnh A đứng thứ 3 với 91,4%.')).toEqual([
      null,
      null,
      'news-unclear',
      'news-size',
    ]);
    // Two groups in one text: the first told is this ranking, the other is told; of one group two sizes are none.
    expect(
      size('Huyện A dẫn đầu trong tổng số 27 huyện với 92,1 điểm. Sở B đạt 90,5 điểm trong tổng số 20 sở.'),
    ).toEqual([27, null, 'news-unclear']);
    expect(
      size(
        'Huyện A dẫn đầu trong tổng số 27 huyện với 92,1 điểm. Huyện B đứng thứ 2 trong tổng số 26 huyện.',
      )[0],
    ).toBe(null);
  });

  it('what differs from another unit, what a part earned and another index are no scores', () => {
    // Alone in its text: what is read of it, and what is told.
    expect(told('Huyện A tăng 2 bậc lên vị trí thứ 5/18 với 90,45 điểm, hơn huyện B 0,2 điểm.')[0]).toEqual([
      ['Huyện A', 90.45, 5],
    ]);
    expect(told('Huyện A đạt 92,5 điểm, kém huyện B 0,5 điểm và hơn huyện C 1,2 điểm.')[0]).toEqual([
      ['Huyện A', 92.5, null],
    ]);
    const part = told('Huyện A đạt 91 điểm, xếp thứ 2/18. Huyện B chỉ đạt 60 điểm ở lĩnh vực thủ tục.');
    expect([part[0], part.at(-1)]).toEqual([[['Huyện A', 91, 2]], 1]);
    const two = told('SIPAS: huyện A đạt 88,5%, xếp thứ 2/18. Chỉ số CCHC: huyện A đạt 91,2%, xếp thứ 4/18.');
    expect([two[0], two.at(-1)]).toEqual([[['Huyện A', 91.2, 4]], 1]);
  });

  it("names of departments, to their last word; how a score changed is no score, nor its year the ranking's", () => {
    const units = (text: string) => told(text)[0];
    expect(
      told(
        'Sở Tài chính đứng đầu với 95,67 điểm, tăng 1,2 điểm so với năm 2023; Sở Giáo dục và Đào tạo và Sở Tài nguyên và Môi trường cùng xếp thứ 2 với 94,1 điểm; xếp cuối cùng là Ban Dân tộc (78,34 điểm) trong tổng số 19 cơ quan năm 2024.',
      ),
    ).toEqual([
      [
        ['Sở Tài chính', 95.67, 1],
        ['Sở Giáo dục và Đào tạo', 94.1, 2],
        ['Sở Tài nguyên và Môi trường', 94.1, 2],
        ['Ban Dân tộc', 78.34, 19],
      ],
      null,
      null,
      19,
      0,
    ]);
    expect(
      units(
        'Năm 2023, Sở Kế hoạch và Đầu tư dẫn đầu với 96,1 điểm; Sở Nông nghiệp và Phát triển nông thôn xếp thứ 2 với 95,4 điểm; Sở Văn hóa, Thể thao và Du lịch đạt 94,2 điểm; Sở Lao động - Thương binh và Xã hội đạt 93,7 điểm; Sở Giao thông vận tải và Sở Thông tin và Truyền thông lần lượt đạt 92,1 và 91,8 điểm. Ban Quản lý Khu kinh tế đạt 89 điểm.',
      ),
    ).toEqual([
      ['Sở Kế hoạch và Đầu tư', 96.1, 1],
      ['Sở Nông nghiệp và Phát triển nông thôn', 95.4, 2],
      ['Sở Văn hóa, Thể thao và Du lịch', 94.2, null],
      ['Sở Lao động - Thương binh và Xã hội', 93.7, null],
      ['Sở Giao thông vận tải', 92.1, null],
      ['Sở Thông tin và Truyền thông', 91.8, null],
      ['Ban Quản lý Khu kinh tế', 89, null],
    ]);
    expect(units('Năm 2023, Phường 1 đạt 87,2 điểm.')).toEqual([['Phường 1', 87.2, null]]);
  });

  it('another year, another scale and another score of the same unit are told and left out', () => {
    const found = told(
      'Năm 2025, xã A đạt 54,2/65 điểm; xã B đạt 60/65 điểm. Xã C đạt 88/100 điểm. Xã A đạt 55 điểm. Năm 2024 xã D đạt 50 điểm.',
      2025,
    );
    expect(found).toEqual([
      [
        ['Xã A', 54.2, null],
        ['Xã B', 60, null],
      ],
      65,
      null,
      null,
      4,
    ]);
  });

  it('a table with ties: their mean is that of the units, and an index beside points of another scale counts', async () => {
    const ties =
      'TT;Xã, phường;Điểm thẩm định;Chỉ số (%);Thứ hạng\n1;Xã A;59,3125;91,25;1\n2;Xã B;58,565;90,1;2\n2;Xã C;58,565;90,10;2\n4;Xã D;55,25;85;4\n;Trung bình;57,92;89,11;\n';
    await withFiles({ 't.csv': ties }, async (folder) => {
      const out = join(folder, 'l.yaml');
      const ran = await cchc([
        'import',
        '--league',
        join(folder, 't.csv'),
        '--year',
        '2025',
        '--output',
        out,
      ]);
      expect([ran.code, ran.stderr]).toEqual([0, '']);
      const league = must(await openLeague(out));
      expect(league.units.map((u) => [u.unit, u.score?.valueOf(), u.rank])).toEqual([
        ['Xã A', 91.25, 1],
        ['Xã B', 90.1, 2],
        ['Xã C', 90.1, 2],
        ['Xã D', 85, 4],
      ]);
      // (91.25 + 90.1 + 90.1 + 85) ÷ 4 = 89.1125.
      expect([league.size, league.mean?.value.valueOf()]).toEqual([4, 89.11]);
    });
  });

  it('the year that the heads of points say is that of the ranking; what they fell since then says none', async () => {
    const files = {
      'a.csv': 'TT;Xã;Điểm năm 2022;Điểm năm 2023\n1;Xã A;80;90\n2;Xã B;85;88\n',
      'b.csv': 'TT;Xã;Điểm;Tăng so với năm 2022\n1;Xã A;90;10\n2;Xã B;88;3\n',
    };
    await withFiles(files, async (folder) => {
      const ran = await cchc(['import', '--league', `${folder}/a.csv`]);
      expect([ran.code, ran.stdout.includes('year: 2023\n'), ran.stdout.includes('score: 90\n')]).toEqual([
        0,
        true,
        true,
      ]);
      const undated = await cchc(['import', '--league', `${folder}/b.csv`]);
      expect([undated.code, undated.stderr.includes('needs-option')]).toEqual([2, true]);
    });
  });

  it('a table of criteria that do not make the scale of the line above it is told', async () => {
    const table = (scale: number) =>
      `Thang điểm: ${scale}\nSTT;Tiêu chí;Điểm tối đa;Cách tính\n1.1;Kế hoạch;20;Có: 20 điểm, không: 0 điểm\n1.2;Báo cáo;40;Có: 40 điểm, không: 0 điểm\n`;
    await withFiles({ 'a.csv': table(60), 'b.csv': table(100) }, async (folder) => {
      const told = async (name: string) =>
        (await cchc(['catalogue', 'new', '--from', `${folder}/${name}`, '--year', '2025'])).stderr.includes(
          'maxima-below-scale',
        );
      expect([await told('a.csv'), await told('b.csv')]).toEqual([false, true]);
    });
  });

  it('a part of a ranking: its size is at least the last rank; a score of a formula has all its decimals', async () => {
    const table = 'TT;Xã;Điểm;Hạng\n1;Xã A;90,123456789;3\n2;Xã B;88;27\n';
    await withFiles({ 't.csv': table }, async (folder) => {
      const ran = await cchc(['import', '--league', `${folder}/t.csv`, '--year', '2024']);
      expect([ran.code, ran.stdout.includes('size: 27\n'), ran.stderr.includes('news-size')]).toEqual([
        0,
        true,
        true,
      ]);
      expect(ran.stdout).toContain('score: 90.123456789\n');
    });
  });

  it('maxima of the year of the catalogue are taken, and those of another are told', async () => {
    const table =
      'STT;Tiêu chí;Điểm tối đa năm 2024;Điểm tối đa năm 2025;Cách tính\n1.1;Kế hoạch;10;20;Có: điểm tối đa, không: 0 điểm\n';
    await withFiles({ 't.csv': table }, async (folder) => {
      const made = async (year: string) => {
        const ran = await cchc(['catalogue', 'new', '--from', `${folder}/t.csv`, '--year', year]);
        return [/value: (\d+)/.exec(ran.stdout)?.[1], /columns-unused\].*năm (\d+)/.exec(ran.stderr)?.[1]];
      };
      expect([await made('2024'), await made('2025')]).toEqual([
        ['10', '2025'],
        ['20', '2024'],
      ]);
    });
  });

  it('points of a scale that the head says are of that scale', async () => {
    const table = (head: string) => `TT;Xã;${head};Xếp hạng\n1;Xã A;55;1\n2;Xã B;50;2\n`;
    const files = {
      'sixty.csv': table('Điểm (thang điểm 60)'),
      'month.csv': table('Điểm (tháng 10)'),
      'line.csv': `BẢNG XẾP HẠNG;;;\nThang điểm: 60;;;\n${table('Điểm')}`,
      'two.csv': `Thang điểm 60;;;\n(thang điểm 65);;;\n${table('Điểm')}`,
      'index.csv': `Thang điểm 60;;;\n${table('Chỉ số (%)')}`,
      ...{ 'l.yaml': '', 'r.yaml': 'unit: Xã C\nyear: 2024\ncatalogue: ./c.yaml\nindicators: {T1: 90}\n' },
      'c.yaml': JSON.stringify({
        ...catalogueData({ kind: 'proportional', target: 100, provenance: 'assumed', reason: 'test' }, 100),
        year: 2024,
      }),
    };
    await withFiles(files, async (folder) => {
      const read = async (name: string) =>
        (await cchc(['import', '--league', `${folder}/${name}`, '--year', '2024'])).stdout;
      for (const name of ['month.csv', 'two.csv', 'index.csv'])
        expect(await read(name)).toContain('scale: 100\n');
      expect(await read('line.csv')).toContain('scale: 60\n');
      writeFileSync(`${folder}/l.yaml`, await read('sixty.csv'));
      const ran = await cchc([
        ...['score', `${folder}/r.yaml`, '--league', `${folder}/l.yaml`, '--format', 'json'],
      ]);
      // 90 of 100 is 54 of 60: below 55, above 50.
      const { rank } = JSON.parse(ran.stdout).readings[0];
      expect([rank.best, rank.worst]).toEqual([2, 2]);
    });
  });

  /** `Unit score rank` of each unit of a table, its scale, and what was told but columns that are not used. */
  async function rankingOf(text: string, name = 't.csv') {
    return withFiles({ [name]: text }, async (folder) => {
      const read = readRanking(must(await openPaper(join(folder, name))), 2024);
      const told = read.diagnostics.map((d) => d.code).filter((code) => code !== 'columns-unused');
      if (!read.ok) return { told };
      const { scale, size, mean, units } = read.value;
      return { scale, size, mean, units: units.map((u) => `${u.unit} ${u.score} ${u.rank}`), told };
    });
  }
  const AB = ['Xã A 89 1', 'Xã B 87 2'];

  it.each([
    // How much a score rose is none, nor what units say of themselves, nor a part of it beside the sum.
    'TT;Đơn vị;Năm 2023;;Năm 2024;;Tăng/giảm;;Ghi chú\n;;Điểm;Hạng;Điểm;Hạng;Điểm;Bậc;\n1;Xã A;85;2;89;1;4;1;x\n2;Xã B;86;1;87;2;1;-1;y',
    'TT;Đơn vị;Kết quả;;Xếp hạng\n;;Tự chấm;Thẩm định;\n1;Xã A;99;89;1\n2;Xã B;98;87;2',
    'TT;Đơn vị;Điểm;;Xếp hạng\n;;Đơn vị tự chấm;Hội đồng thẩm định;\n1;Xã A;99;89;1\n2;Xã B;98;87;2',
    'TT;Đơn vị;Điểm;;;;Xếp hạng\n;;Tự chấm;Thẩm định;Điều tra XHH;Tổng;\n1;Xã A;69;60;29;89;1\n2;Xã B;68;59;28;87;2',
    'TT;Đơn vị;Điểm thẩm định;Điểm XHH;Điểm thưởng;Tổng;Hạng\n1;Xã A;60;28;1;89;1\n2;Xã B;60;27;0;87;2',
    // Another index beside this one; points of 84 beside what they are of a hundred.
    'TT;Đơn vị;Chỉ số hài lòng (SIPAS);;Chỉ số CCHC;\n;;Chỉ số;Xếp hạng;Chỉ số;Xếp hạng\n1;Xã A;95;2;89;1\n2;Xã B;97;1;87;2',
    'TT;Đơn vị;Điểm tối đa;Điểm đạt được;Tỷ lệ đạt (%);Xếp hạng\n1;Xã A;84;74,76;89;1\n2;Xã B;84;73,08;87;2',
    // A column of the districts beside that of their communes.
    'TT;Huyện;Xã;Điểm;Hạng\n1;Huyện M;Xã A;89;1\n2;Huyện M;Xã B;87;2',
    // Points and ranks of fields before or after those of the whole, and of parts of the year.
    'TT;Đơn vị;Chỉ đạo điều hành;;Chỉ số CCHC;\n;;Điểm;Hạng;Điểm;Hạng\n1;Xã A;8;2;89;1\n2;Xã B;9;1;87;2',
    'TT;Đơn vị;Tổng điểm;;Lĩnh vực 1;Lĩnh vực 2\n;;Điểm;Hạng;Điểm;Điểm\n1;Xã A;89;1;8;9\n2;Xã B;87;2;9;8',
    'TT;Đơn vị;Điểm;;;Hạng\n;;Quý I;Quý II;Cả năm;\n1;Xã A;80;98;89;1\n2;Xã B;84;90;87;2',
    'TT;Tên xã, phường;Điểm năm 2023;Hạng;Điểm năm 2024;Hạng\n1;Xã A;85;1;89;1\n2;Xã B;84;1;87;2',
    // What all is out of is no unit.
    'TT;Đơn vị;Chỉ số CCHC;Hạng\n;Điểm tối đa;100;\n1;Xã A (*);89;1\n2;Xã B;87;2',
  ])('the scores of a table with other columns: %j', async (text) => {
    expect(await rankingOf(text)).toMatchObject({ units: AB, size: 2, told: [] });
  });

  it('of points under one head that are not said to be of the whole none are the score', async () => {
    const text = 'TT;Đơn vị;Điểm;;Hạng\n;;Quý I;Quý II;\n1;Xã A;89;80;1\n2;Xã B;87;81;2';
    expect(await rankingOf(text)).toMatchObject({ units: ['Xã A null 1', 'Xã B null 2'], told: [] });
  });

  it('what a column or a row says points are out of is their scale', async () => {
    const column = 'TT;Đơn vị;Điểm chuẩn;Điểm đạt;Hạng\n1;Xã A;60;55;1\n2;Xã B;60;51;2';
    const row = 'TT;Đơn vị;Điểm;Hạng\n;Thang điểm;60;\n1;Xã A;55;1\n2;Xã B;51;2';
    for (const text of [column, row]) expect(await rankingOf(text)).toMatchObject({ scale: 60, size: 2 });
  });

  it('a list in two halves beside each other is one', async () => {
    const text =
      'TT;Đơn vị;Điểm;Hạng;TT;Đơn vị;Điểm;Hạng\n1;Xã A;89;1;3;Xã C;80;3\n2;Xã B;87;2;;Trung bình;85,33;';
    expect(await rankingOf(text)).toMatchObject({
      units: [...AB, 'Xã C 80 3'],
      size: 3,
      mean: 85.33,
      told: [],
    });
  });

  it('units below a heading that are ranked from 1 again, or are of another kind, are another ranking', async () => {
    const ranked =
      'TT;Đơn vị;Điểm;Hạng\nI;Khối 1;;\n1;Xã A;89;1\n2;Xã B;87;2\nII;Khối 2;;\n1;Xã C;91;1\n2;Xã D;80;2';
    expect(await rankingOf(ranked)).toMatchObject({
      units: AB,
      size: 2,
      told: ['row-unread', 'row-unread', 'table-not-used'],
    });
    const kinds = 'TT;Đơn vị;Điểm\nSở, ban, ngành\n1;Sở A;92\n2;Sở B;91\nUBND cấp xã\n1;UBND xã A;82';
    expect(await rankingOf(kinds)).toMatchObject({
      units: ['Sở A 92 null', 'Sở B 91 null'],
      size: 2,
      told: ['table-not-used'],
    });
    // Ranked together.
    const zones = 'TT;Đơn vị;Điểm;Hạng\nMiền núi\n1;Xã A;89;1\n2;Xã C;80;3\nĐồng bằng\n1;Xã B;87;2';
    expect(await rankingOf(zones)).toMatchObject({ units: [AB[0], 'Xã C 80 3', AB[1]], size: 3, told: [] });
  });

  it('a ranking goes on in the next table under the same head where its ranks do', async () => {
    const head = '| STT | Đơn vị | Điểm | Hạng |\n| --- | --- | --- | --- |\n';
    const first = `${head}| 1 | Xã A | 89 | 1 |\n| 2 | Xã B | 87 | 2 |\n\n`;
    expect(await rankingOf(`${first}${head}| 3 | Xã C | 80 | 3 |\n`, 't.md')).toMatchObject({
      units: [...AB, 'Xã C 80 3'],
      size: 3,
      told: [],
    });
    expect(await rankingOf(`${first}${head}| 1 | Phường C | 80 | 1 |\n`, 't.md')).toMatchObject({
      units: AB,
      size: 2,
      told: ['table-not-used'],
    });
  });

  it.each([
    ['KẾT QUẢ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2024', 2024],
    ['BẢNG XẾP HẠNG CCHC NĂM 2024\n(Kèm theo Quyết định ngày 05 tháng 02 năm 2025)', 2024],
    ['Kế hoạch nâng cao kết quả chỉ số CCHC năm 2025', null],
    ['Kết quả chỉ số CCHC năm 2024\nKết quả chỉ số CCHC năm 2023', null],
  ])('the year that a title tells: %s', async (title, year) => {
    await withFiles({ 't.csv': `${title}\nTT;Xã;Điểm\n1;Xã A;90\n2;Xã B;88\n` }, async (folder) => {
      expect(must(readRanking(must(await openPaper(join(folder, 't.csv'))))).year).toBe(year);
    });
  });

  it('of a table without units the columns seen are told, and what a ranking needs', async () => {
    await withFiles({ 't.csv': 'TT;Nội dung;Điểm\n1;A;2\n' }, async (cwd) => {
      const ran = await cchc(['import', '--league', 't.csv', '--year', '2024', '--lang', 'vi'], { cwd });
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([3, ['[no-ranking]']]);
      expect(ran.stderr).toContain("các cột thấy được: 'TT', 'Nội dung', 'Điểm'");
    });
  });

  it('an index of less than 1 may be one of a hundred', async () => {
    expect(await rankingOf('TT;Đơn vị;Chỉ số CCHC\n1;Xã A;0,895\n2;Xã B;0,885')).toEqual({
      told: ['looks-like-ratio'],
    });
  });

  it('the year of a date is not that of the ranking', () => {
    const read = readNews(
      paragraphsOf('Ngày 06 tháng 02 năm 2025, tỉnh công bố chỉ số CCHC của 27 huyện. Huyện A đạt 92 điểm.'),
      'tin.txt',
    );
    expect(must(read).year).toBeNull();
  });

  it('the highest, the lowest, the middle and the sum of a ranking are no units', async () => {
    const table =
      'TT;Xã;Điểm\n1;Xã A;95\n2;Xã B;85\n;Cao nhất;95\n;Điểm thấp nhất;85\n;Trung vị;90\n;Điểm TB;90\n;Tổng cộng 2 xã;180\n';
    await withFiles({ 't.csv': table }, async (folder) => {
      const ran = await cchc(['import', '--league', `${folder}/t.csv`, '--year', '2024']);
      expect([ran.code, [...ran.stdout.matchAll(/unit: (.*)/g)].map((m) => m[1])]).toEqual([
        0,
        ['Xã A', 'Xã B'],
      ]);
      expect([ran.stdout.includes('mean: 90\n'), ran.stderr.match(/row-unread/g)?.length]).toEqual([true, 3]);
    });
  });

  it('a unit called Trung Bình is no mean, and of several means none is that of all', async () => {
    const files = {
      'unit.csv': 'TT;Xã;Điểm\n1;Xã A;95\n2;Xã Trung Bình;90\n3;Xã B;84\n;Trung bình;89,67;\n',
      'ranked.csv': 'TT;Xã;Điểm;Xếp hạng\n1;A;95;1\n2;Trung Bình;90;2\n3;B;84;3\n',
      'parts.csv':
        'TT;Đơn vị;Điểm\n1;Xã A;95\n2;Xã B;85\n;Trung bình các xã;90\n3;Phường C;76\n;Trung bình các phường;76\n',
    };
    await withFiles(files, async (folder) => {
      const read = async (name: string) => {
        const ran = await cchc([
          'import',
          '--league',
          `${folder}/${name}`,
          '--year',
          '2024',
          '--format',
          'json',
        ]);
        const { units, mean } = JSON.parse(ran.stdout);
        return [units.map((u: { unit: string }) => u.unit), mean, ran.stderr.match(/(?<=unread\] ).*/g)];
      };
      // (95 + 90 + 84) ÷ 3 = 89.67
      expect(await read('unit.csv')).toEqual([['Xã A', 'Xã Trung Bình', 'Xã B'], 89.67, null]);
      expect(await read('ranked.csv')).toEqual([['A', 'Trung Bình', 'B'], undefined, null]);
      expect(await read('parts.csv')).toEqual([
        ['Xã A', 'Xã B', 'Phường C'],
        undefined,
        ["a row that is not used: 'Trung bình các xã'", "a row that is not used: 'Trung bình các phường'"],
      ]);
    });
  });

  const ROWS = [
    ['BẢNG XẾP HẠNG CHỈ SỐ CCHC', '', '', ''],
    ['TT', 'Tên đơn vị', 'Tổng điểm', 'Xếp hạng'],
    ['1', 'Sở Một', '90,05', '1'],
    ['2', 'Sở Hai', '88,5', '2'],
    ['', 'Trung bình', '89,275', ''],
  ];

  it('a table, from CSV, XLSX and DOCX alike', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('x').addRows(ROWS);
    const files = {
      'x.csv': ROWS.map((r) => r.join(';')).join('\n'),
      'x.xlsx': new Uint8Array(await book.xlsx.writeBuffer()),
      'x.docx': await word(ROWS),
    };
    await withFiles(files, async (folder) => {
      for (const name of Object.keys(files)) {
        const out = join(folder, `${name}.yaml`);
        const ran = await cchc(['import', '--league', join(folder, name), '--year', '2024', '--output', out]);
        expect([name, ran.code, ran.stderr]).toEqual([name, 0, '']);
        const league = must(await openLeague(out));
        expect([league.year, league.size, league.mean?.value.valueOf()]).toEqual([2024, 2, 89.275]);
        expect(league.units.map((u) => [u.unit, u.score?.valueOf(), u.rank])).toEqual([
          ['Sở Một', 90.05, 1],
          ['Sở Hai', 88.5, 2],
        ]);
      }
      expect((await cchc(['import', '--league', join(folder, 'x.csv')])).code).toBe(2);
    });
  });

  it('of columns of several years those of the year that was asked for count, the others are told', async () => {
    const rows = [
      'TT;Đơn vị;Năm 2022;;Năm 2023;',
      ';;Điểm;Hạng;Điểm;Hạng',
      '1;2;3;4;5;6',
      '1;Huyện A;90,5;2;92,15;1',
      '2;Huyện B;91;1;89,2;2',
    ];
    await withFiles({ 'r.csv': rows.join('\n') }, async (folder) => {
      const told = async (year: string) => {
        const out = join(folder, `${year}.yaml`);
        const ran = await cchc([
          'import',
          '--league',
          join(folder, 'r.csv'),
          '--year',
          year,
          '--output',
          out,
        ]);
        expect([ran.code, ran.stderr.split('\n')[0]]).toEqual([
          0,
          "warning[columns-unused] columns that are not used: 'Điểm', 'Hạng'",
        ]);
        return must(await openLeague(out)).units.map((u) => [u.unit, u.score?.valueOf(), u.rank]);
      };
      expect(await told('2022')).toEqual([
        ['Huyện A', 90.5, 2],
        ['Huyện B', 91, 1],
      ]);
      expect(await told('2023')).toEqual([
        ['Huyện A', 92.15, 1],
        ['Huyện B', 89.2, 2],
      ]);
    });
  });

  it('of several columns of points the sum counts; what stands for a rank and is no number is told', async () => {
    const parts =
      'TT;Xã, phường;Điểm thẩm định;Điểm XHH;Tổng điểm;Xếp hạng\n1;Phường 1;60,25;28,1;88,35;1\n2;Xã B;59;27,5;86,5;2\n';
    const tied = 'TT;Đơn vị;Tổng điểm;Hạng\n1;Sở A;90,5;2=\n';
    const docx = await word(
      tied
        .trim()
        .split('\n')
        .map((r) => r.split(';')),
    );
    await withFiles({ 'p.csv': parts, 't.docx': docx }, async (folder) => {
      const out = join(folder, 'l.yaml');
      const args = ['--year', '2024', '--output', out];
      expect((await cchc(['import', '--league', join(folder, 'p.csv'), ...args])).code).toBe(0);
      const league = must(await openLeague(out));
      expect(league.units.map((u) => [u.unit, u.score?.valueOf(), u.rank])).toEqual([
        ['Phường 1', 88.35, 1],
        ['Xã B', 86.5, 2],
      ]);
      const ran = await cchc(['import', '--league', join(folder, 't.docx'), '--year', '2024']);
      expect([ran.code, ran.stderr.includes("not-a-number] '2='")]).toEqual([3, true]);
    });
  });
});

/** A Word document with tables; a first row with one filled cell spans all columns. */
async function word(rows: string[][], heading = 'Quyết định', ...more: string[][][]): Promise<Uint8Array> {
  const cell = (text: string, columnSpan = 1) =>
    new TableCell({
      columnSpan,
      children: text.split('\n').map((t) => new Paragraph({ children: [new TextRun(t)] })),
    });
  const table = (all: string[][]) =>
    new Table({
      rows: all.map((r) => {
        const one = r.slice(1).every((c) => c === '');
        return new TableRow({ children: one ? [cell(r[0]!, r.length)] : r.map((c) => cell(c)) });
      }),
    });
  const children = [rows, ...more].flatMap((all) => [new Paragraph(''), table(all)]);
  const document = new Document({ sections: [{ children: [new Paragraph(heading), ...children] }] });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

describe('official tables', () => {
  const TABLE = [
    ['BỘ TIÊU CHÍ', '', '', ''],
    ['STT', 'Lĩnh vực/Tiêu chí/Tiêu chí thành phần', 'Thang điểm', 'Cách xác định và tính điểm'],
    ['I', 'CHỈ ĐẠO ĐIỀU HÀNH', '3', ''],
    ['1', 'Kế hoạch', '3', ''],
    ['1.1', 'Ban hành', '1', 'Ban hành kịp thời: 1\nBan hành chậm: 0,5\nKhông ban hành: 0'],
    ['1.2', 'Thực hiện', '2', 'Từ 90% trở lên: 2; từ 70% đến dưới 90%: 1; dưới 70%: 0'],
    ['II', 'THỦ TỤC', '3,5', ''],
    ['1', 'Đúng hạn', '2,5', 'theo đánh giá của hội đồng'],
    ['2', 'Xin lỗi', 'một', 'Có: 1; Không: 0'],
    ['', 'Tổng cộng', '6,5', ''],
  ];
  const make = (folder: string, name: string, ...more: string[]) =>
    cchc([
      'catalogue',
      'new',
      '--from',
      join(folder, name),
      '--year',
      '2026',
      '--output',
      join(folder, 'c.yaml'),
      '--force',
      ...more,
    ]);

  it('a tree by La Mã and numbers that begin again, maxima held against sums; half is written, and counted', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('x').addRows(TABLE);
    const files = {
      't.csv': TABLE.map((r) => r.map((c) => `"${c}"`).join(';')).join('\n'),
      't.xlsx': new Uint8Array(await book.xlsx.writeBuffer()),
      't.docx': await word(TABLE),
    };
    await withFiles(files, async (folder) => {
      for (const name of Object.keys(files)) {
        const ran = await make(folder, name);
        expect([name, ran.code]).toEqual([name, 0]);
        expect(ran.stderr).toContain('2 criteria understood, 1 still todo, 1 rows without a maximum');
        // 1 + 2 of the first, 2.5 of the second; field II says 3.5.
        const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
        expect(catalogue.fields.map((f) => [f.id, f.parent, f.name.vi])).toEqual([
          ['I', null, 'CHỈ ĐẠO ĐIỀU HÀNH'],
          ['I.1', 'I', 'Kế hoạch'],
          ['II', null, 'THỦ TỤC'],
        ]);
        expect(catalogue.criteria.map((c) => [c.id, c.field, c.max, c.rule.kind])).toEqual([
          ['I.1.1', 'I.1', 10_000, 'levels'],
          ['I.1.2', 'I.1', 20_000, 'steps'],
          ['II.1', 'II', 25_000, 'todo'],
        ]);
        const strict = await make(folder, name, '--strict');
        expect([strict.code, strict.stdout]).toEqual([3, '']);
        // What is todo is unknown, and the rest is scored: 0.5 + 1 of 3.
        const indicators = { 'I.1.1': 'Ban hành chậm', 'I.1.2': 75 };
        const reading = must(
          parseReading({ unit: 'U', year: 2026, catalogue: catalogue.id, indicators }, catalogue),
        );
        expect(score(reading, catalogue).total.worst).toBe(15_000);
      }
    });
  });

  it('scoring lines as rows of their own under a two-row head, as the ministry lays its tables out', async () => {
    const rows = [
      'STT;Lĩnh vực/Tiêu chí/Tiêu chí thành phần;Điểm tối đa;Điểm đánh giá;;Chỉ số',
      ';;;Điều tra XHH;Tự đánh giá;',
      '1;CHỈ ĐẠO;5;;;',
      '1.1;Kế hoạch;3;;;',
      '1.1.1;Ban hành kế hoạch;1;;;',
      ';Ban hành kịp thời: 1;;;;',
      ';Ban hành không kịp thời: 0,5;;;;',
      ';Không ban hành: 0;;;;',
      '1.1.2;Mức độ thực hiện;2;;;',
      ';Trên 90%: 2;;;;',
      ';Từ 70% - 90%: 1;;;;',
      ';Dưới 70%: 0;;;;',
    ];
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      expect([ran.code, ran.stderr.includes('2 criteria understood, 0 still todo')]).toEqual([0, true]);
      expect(ran.stderr).toContain('field-sum');
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => [c.id, c.rule.kind])).toEqual([
        ['1.1.1', 'levels'],
        ['1.1.2', 'steps'],
      ]);
    });
  });

  it('a heading over the columns of numbers and names, a second row of heads, notes below the sum, points in words', async () => {
    const rows = [
      'STT;Tiêu chí;Thang điểm;;Cách tính điểm;Ghi chú',
      ';;Điểm tối đa;Tự chấm;;',
      'I. TÀI CHÍNH CÔNG;;3;;;',
      '1;Giải ngân;3;;;',
      ';Từ 95% trở lên;3;;;',
      ';Từ 70% đến dưới 95%;Tỷ lệ/95%*3;;;',
      ';Dưới 70%;0;;;',
      'II. CÔNG CHỨC;;1;;;',
      '1;Đào tạo;1;;"Từ 80% trở lên: 1; dưới 80%: 0";',
      ';Tổng cộng;4;;;',
      ';Ghi chú: cột tự chấm do xã ghi;;;;',
    ];
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      expect([ran.code, ran.stderr.replaceAll(folder, '')]).toEqual([
        0,
        "warning[columns-unused] columns that are not used: 'Tự chấm', 'Ghi chú'\n  --> /t.csv:1:1\n" +
          "warning[row-unread] a row that is not used: 'Ghi chú: cột tự chấm do xã ghi'\n  --> /t.csv:11:2\n" +
          'note[rules-counted] 2 criteria understood, 0 still todo\n',
      ]);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.fields.map((f) => [f.id, f.name.vi])).toEqual([
        ['I', 'TÀI CHÍNH CÔNG'],
        ['II', 'CÔNG CHỨC'],
      ]);
      // 76% of 95% is 0.8, of 3 points 2.4; 69.9% is under the floor.
      const points = (rate: number) => {
        const indicators = { 'I.1': rate, 'II.1': 80 };
        const reading = { unit: 'U', year: 2026, catalogue: catalogue.id, indicators };
        return score(must(parseReading(reading, catalogue)), catalogue).total.score;
      };
      expect([points(95), points(76), points(69.9)]).toEqual([40_000, 34_000, 10_000]);
    });
  });

  it('letters over La Mã over numbers that begin again, columns numbered, points of lines beside them, a sum at the end', async () => {
    const rows = [
      '(Kèm theo Quyết định số 1/QĐ-UBND);;;',
      'TT;Nội dung;Điểm chuẩn;Điểm tự chấm',
      '(1);(2);(3);(4)',
      'A;CHỈ ĐẠO;5;',
      'I;Kế hoạch;3;',
      '1;Ban hành;1;',
      ';- Ban hành đúng hạn;1;',
      ';- Ban hành chậm;0,5;',
      ';- Không ban hành;0;',
      '2;Thực hiện;2;',
      ';- Đạt từ 90% trở lên;2;',
      ';- Đạt dưới 90%;0;',
      'II;Báo cáo;2;',
      '1;Số báo cáo;2;',
      ';Mỗi báo cáo thiếu trừ 0,5 điểm, trừ tối đa 2 điểm;;',
      'B;SÁNG KIẾN;;',
      '1;Sáng kiến;2;',
      ';Mỗi sáng kiến được 1 điểm;;',
      ';Tổng điểm;7;',
    ];
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      expect([ran.code, ran.stderr.replaceAll(folder, '')]).toEqual([
        0,
        "warning[columns-unused] columns that are not used: 'Điểm tự chấm'\n  --> /t.csv:2:1\nnote[rules-counted] 4 criteria understood, 0 still todo\n",
      ]);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => [c.id, c.field, c.rule.kind, c.max])).toEqual([
        ['I.1', 'I', 'levels', 10_000],
        ['I.2', 'I', 'steps', 20_000],
        ['II.1', 'II', 'penalty', 20_000],
        ['B.1', 'B', 'count', 20_000],
      ]);
      expect(catalogue.fields.map((f) => [f.id, f.parent])).toEqual([
        ['A', null],
        ['I', 'A'],
        ['II', 'A'],
        ['B', null],
      ]);
    });
  });

  it('points of each line in a column of their own, beside what is judged', async () => {
    const rows = [
      ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Nội dung đánh giá', 'Mức điểm'],
      ['1', 'Kế hoạch CCHC', '2', 'Ban hành kịp thời', '2'],
      ['', '', '', 'Ban hành không kịp thời', '1'],
      ['', '', '', 'Không ban hành', '0'],
      ['2', 'Hồ sơ đúng hạn', '3', 'Từ 80% trở lên;\nDưới 80%;', '3 điểm\n0 điểm'],
      ['3', 'Tập huấn', '1', 'Có\nKhông', '1'],
    ];
    await withFiles({ 't.docx': await word(rows) }, async (folder) => {
      const ran = await make(folder, 't.docx');
      expect(ran.code).toBe(0);
      // Of two lines one has points: which is not said.
      expect(ran.stderr.match(/\w+\[[\w-]+\]/g)).toEqual([
        'warning[row-unread]',
        'warning[phrase-todo]',
        'note[rules-counted]',
      ]);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => c.rule.kind)).toEqual(['levels', 'steps', 'todo']);
      const worst = (indicators: Record<string, string>) => {
        const reading = { unit: 'U', year: 2026, catalogue: 't', indicators };
        return score(must(parseReading(reading, catalogue)), catalogue).total.worst;
      };
      expect(worst({ 1: 'Ban hành không kịp thời', 2: '80%' })).toBe(40_000);
      expect(worst({ 1: 'Không ban hành', 2: '79,9%' })).toBe(0);
    });
  });

  it("a section 'Công tác …' is no sum, whatever it shares letters with", async () => {
    const rows = [
      ['STT', 'Nội dung', 'Điểm', '', 'Cách tính điểm'],
      ['', '', 'Tối đa', 'Tự chấm', ''],
      ['I', 'CÔNG TÁC CHỈ ĐẠO', '1,5', '', ''],
      ['1', 'Ban hành', '0,5', '', 'Có: 0,5; Không: 0'],
      ['2', 'Tổng hợp báo cáo', '1', '', 'Có: 1; Không: 0'],
      ['II', 'Cộng tác viên', '1', '', ''],
      ['1', 'Số người', '1', '', 'Từ 2 người trở lên: 1; dưới 2 người: 0'],
      ['', 'TỔNG CỘNG', '2,5', '', ''],
    ];
    await withFiles({ 't.docx': await word(rows) }, async (folder) => {
      const ran = await make(folder, 't.docx');
      const told = ran.stderr.split('\n').filter((line) => line.startsWith('warning'));
      expect([ran.code, told]).toEqual([0, ["warning[columns-unused] columns that are not used: 'Tự chấm'"]]);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => [c.id, c.field, c.max.valueOf()])).toEqual([
        ['I.1', 'I', 5000],
        ['I.2', 'I', 10_000],
        ['II.1', 'II', 10_000],
      ]);
    });
  });

  it('fields and criteria in columns of their own: beside each other, or one for each level', async () => {
    const rows = [
      ['TT', 'Lĩnh vực', 'Tiêu chí', 'Thang điểm', 'Cách đánh giá, chấm điểm'],
      ['1', 'Chỉ đạo', 'Kế hoạch', '1', 'Có: 1; Không: 0'],
      ['2', '', 'Báo cáo', '2', 'Có: 2; Không: 0'],
      ['3', 'Thủ tục', 'Đúng hạn', '3', 'Có: 3; Không: 0'],
    ];
    const levels = [
      ['STT', 'Lĩnh vực', 'Tiêu chí', 'Tiêu chí thành phần', 'Điểm chuẩn', 'Hướng dẫn chấm'],
      ['I', 'CHỈ ĐẠO', '', '', '3', ''],
      ['1', '', 'Kế hoạch', '', '3', ''],
      ['1.1', '', '', 'Ban hành', '1', 'Có: 1; Không: 0'],
      ['1.2', '', '', 'Thực hiện', '2', 'Có: 2; Không: 0'],
    ];
    const nested = [
      ['Lĩnh vực', 'Tiêu chí', 'Tiêu chí thành phần', 'Điểm tối đa', 'Hướng dẫn chấm điểm'],
      ['1. Chỉ đạo', '1.1. Kế hoạch', '1.1.1. Ban hành', '1', 'Có: 1; Không: 0'],
      ['', '', '1.1.2. Thực hiện', '2', 'Có: 2; Không: 0'],
      ['', '1.2. Báo cáo', '1.2.1. Báo cáo quý', '1', 'Có: 1; Không: 0'],
      ['2. Thể chế', '2.1. Rà soát', '2.1.1. Xử lý', '1', 'Có: 1; Không: 0'],
    ];
    const csv = (table: string[][]) => table.map((r) => r.map((c) => `"${c}"`).join(';')).join('\n');
    await withFiles({ 'a.csv': csv(rows), 'b.csv': csv(levels), 'c.csv': csv(nested) }, async (folder) => {
      expect((await make(folder, 'a.csv')).stderr.match(/\[[a-z-]+\]/g)).toEqual(['[rules-counted]']);
      const beside = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(beside.criteria.map((c) => [c.id, c.name.vi, c.field, c.rule.kind])).toEqual([
        ['1', 'Kế hoạch', 'LV1', 'yes_no'],
        ['2', 'Báo cáo', 'LV1', 'yes_no'],
        ['3', 'Đúng hạn', 'LV2', 'yes_no'],
      ]);
      expect(beside.fields.map((f) => [f.id, f.name.vi])).toEqual([
        ['LV1', 'Chỉ đạo'],
        ['LV2', 'Thủ tục'],
      ]);
      expect((await make(folder, 'b.csv')).code).toBe(0);
      const each = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(each.criteria.map((c) => [c.id, c.name.vi, c.field])).toEqual([
        ['1.1', 'Ban hành', '1'],
        ['1.2', 'Thực hiện', '1'],
      ]);
      expect((await make(folder, 'c.csv')).code).toBe(0);
      const parts = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(parts.criteria.map((c) => [c.id, c.name.vi, c.field])).toEqual([
        ['1.1.1', 'Ban hành', '1.1'],
        ['1.1.2', 'Thực hiện', '1.1'],
        ['1.2.1', 'Báo cáo quý', '1.2'],
        ['2.1.1', 'Xử lý', '2.1'],
      ]);
      expect(parts.fields.map((f) => [f.id, f.name.vi, f.parent])).toEqual([
        ['1', 'Chỉ đạo', null],
        ['1.1', 'Kế hoạch', '1'],
        ['1.2', 'Báo cáo', '1'],
        ['2', 'Thể chế', null],
        ['2.1', 'Rà soát', '2'],
      ]);
    });
  });

  it('a maximum in a heading, sums of parts, the head again, other ways to write a number', async () => {
    const head = 'STT;Tiêu chí;Điểm tối đa;Cách tính';
    const rows = [
      head,
      'I. CHỈ ĐẠO (6 điểm);;;',
      'TC 1.1;Kế hoạch;tối đa 2;"Có: 2; Không: 0"',
      '(2);Báo cáo;2;',
      'a);Đủ;1;"Có: 1; Không: 0"',
      'b);Đúng hạn;1;"Có: 1; Không: 0"',
      ';Cộng lĩnh vực I;4;',
      head,
      'II. KHÁC;;2;Theo hướng dẫn riêng',
      '3,1;Sáng kiến;2;"Có: 2; Không: 0"',
      ';Tổng cộng;6;',
    ];
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      // 2 + 2 is not the 6 of the heading; what stands beside a heading scores nothing.
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([
        0,
        ['[field-sum]', '[row-unread]', '[rules-counted]'],
      ]);
      const { criteria } = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(criteria.map((c) => [c.id, c.name.vi, c.max, c.field])).toEqual([
        ['1.1', 'Kế hoạch', 20_000, 'I'],
        ['2.a', 'Đủ', 10_000, '2'],
        ['2.b', 'Đúng hạn', 10_000, '2'],
        ['3.1', 'Sáng kiến', 20_000, 'II'],
      ]);
    });
  });

  it('cells merged over the rows of one criterion', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('x');
    sheet.addRows([
      ['TT', 'Nội dung', 'Điểm chuẩn', 'Hướng dẫn chấm điểm', 'Đơn vị chủ trì'],
      ['1', 'ISO', 1, 'Tốt: 1 điểm', 'Văn phòng'],
      ['', '', '', 'Đạt yêu cầu: 0,5 điểm', ''],
      ['', '', '', 'Không đạt: 0 điểm', ''],
      ['2', 'Báo cáo', 2, 'trừ 0,25 điểm/báo cáo, trừ tối đa 1 điểm', 'Văn phòng'],
    ]);
    for (const column of ['A', 'B', 'C', 'E']) sheet.mergeCells(`${column}2:${column}4`);
    await withFiles({ 't.xlsx': new Uint8Array(await book.xlsx.writeBuffer()) }, async (folder) => {
      expect((await make(folder, 't.xlsx')).code).toBe(0);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => [c.id, c.rule.kind, c.owners])).toEqual([
        ['1', 'levels', ['Văn phòng']],
        ['2', 'penalty', ['Văn phòng']],
      ]);
    });
  });

  it('a table that goes on as another one on the next page; a table of its own is told', async () => {
    const head = ['STT', 'Tiêu chí', 'Điểm tối đa', 'Cách tính'];
    const one = [head, ['1', 'Kế hoạch', '1', 'Có: 1; Không: 0']];
    const two = [['2', 'Báo cáo', '2', 'trừ 0,25 điểm/báo cáo, trừ tối đa 1 điểm']];
    const three = [head, ['3', 'ISO', '1', 'Tốt: 1; Đạt: 0,5; Không đạt: 0']];
    const other = [
      ['TT', 'Cách tính', 'Nội dung', 'Thang điểm'],
      ['1', 'Có: 1; Không: 0', 'Khác', '1'],
    ];
    // Of other columns and without a head: told too; who signs is no table of anything.
    const odd = [['4', 'Khảo sát', '1']];
    const signed = [['Nơi nhận', 'CHỦ TỊCH']];
    const bytes = await word(one, 'Phụ lục', two, three, other, odd, signed);
    await withFiles({ 't.docx': bytes }, async (folder) => {
      const ran = await make(folder, 't.docx');
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([
        0,
        ['[table-not-used]', '[table-not-used]', '[rules-counted]'],
      ]);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => [c.id, c.rule.kind])).toEqual([
        ['1', 'yes_no'],
        ['2', 'penalty'],
        ['3', 'levels'],
      ]);
    });
  });

  it('annexes for several kinds of units: the first is read, whatever stands before it, and the others are told', async () => {
    const head = '| STT | Tiêu chí | Điểm tối đa | Cách tính |\n| --- | --- | --- | --- |\n';
    const annex = (points: number) =>
      `${head}| I | CHỈ ĐẠO | ${points} | |\n| 1 | Kế hoạch | ${points} | Có: ${points}; không: 0 |\n\n`;
    const more = (points: number) => `${head}| 2 | Báo cáo | ${points} | Có: ${points}; không: 0 |\n\n`;
    const grades = '| Mức | Điểm |\n| --- | --- |\n| Tốt | Từ 80 điểm |\n\n';
    const text = `${grades}${annex(2)}${more(3)}${annex(4)}${more(5)}`;
    await withFiles({ 't.md': text.replace('CHỈ ĐẠO | 2', 'CHỈ ĐẠO | 5') }, async (folder) => {
      const ran = await make(folder, 't.md');
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([
        0,
        ['[table-not-used]', '[table-not-used]', '[table-not-used]', '[rules-counted]'],
      ]);
      const { criteria } = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(criteria.map((c) => [c.id, c.max])).toEqual([
        ['1', 20_000],
        ['2', 30_000],
      ]);
    });
  });

  it('tables pasted into a text, with tabs between their cells', async () => {
    const table =
      'STT\tTiêu chí\tĐiểm tối đa\tCách tính\n1\tCHỈ ĐẠO\t3\t\n1.1\tKế hoạch\t3\tCó: 3; không: 0\n';
    const units = 'Kết quả như sau:\nSTT\tĐơn vị\tĐiểm\tHạng\n1\tXã A\t92,15\t1\n2\tXã B\t90,5\t2\n';
    await withFiles({ 't.txt': table, 'r.txt': units }, async (folder) => {
      expect((await make(folder, 't.txt')).code).toBe(0);
      const { criteria } = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(criteria.map((c) => [c.id, c.max])).toEqual([['1.1', 30_000]]);
      const ranking = must(readRanking(must(await openPaper(join(folder, 'r.txt'))), 2025));
      expect(ranking.units).toEqual([
        { unit: 'Xã A', score: 92.15, rank: 1 },
        { unit: 'Xã B', score: 90.5, rank: 2 },
      ]);
    });
  });

  it('of several worksheets the first that has a table of criteria', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Bìa').addRows([['PHỤ LỤC'], ['Kèm theo Quyết định']]);
    book.addWorksheet('Sở').addRows(TABLE);
    book.addWorksheet('Xã').addRows(TABLE);
    book.addWorksheet('Số').addRows([['Tổng', 12]]);
    await withFiles({ 't.xlsx': new Uint8Array(await book.xlsx.writeBuffer()) }, async (folder) => {
      const ran = await make(folder, 't.xlsx');
      expect([ran.code, ran.stderr.match(/table-not-used/g)?.length]).toEqual([0, 2]);
    });
  });

  it('an unknown head is one sentence that names the columns seen; a scan says what to do', async () => {
    await withFiles({ 't.csv': 'Cột một;Cột hai\n1;2\n', 's.pdf': '%PDF-1.4' }, async (folder) => {
      const head = await make(folder, 't.csv');
      expect([head.code, head.stderr.match(/error\[/g)?.length]).toEqual([3, 1]);
      expect(head.stderr).toContain("'Cột một', 'Cột hai'");
      const scan = await make(folder, 's.pdf');
      expect([scan.code, scan.stderr.includes('no-text'), scan.stderr.includes('OCR')]).toEqual([
        3,
        true,
        true,
      ]);
    });
  });

  it('a row of a CSV that fell apart is refused at its place; a scan in the place of a reading is told too', async () => {
    const files = {
      // `92,15` without quotes is two cells, and so is a way of scoring with a semicolon in it.
      'l.csv': 'STT,Đơn vị,Điểm\n1,Xã A,92,15\n2,Xã B,87\n',
      'c.csv':
        'STT;Tiêu chí;Điểm tối đa;Cách tính\n1;Kế hoạch;1;Có: 1; Không: 0\n;Tổng cộng;1;\n;Nơi nhận;;;;Chủ tịch\n',
      't.csv': 'STT;Đơn vị;Điểm;Hạng\n1;Xã A;90;1\n2;Xã A;80;2\n',
      's.pdf': '%PDF-1.4',
    };
    await withFiles(files, async (folder) => {
      const of = async (...args: string[]) => {
        const { code, stderr } = await cchc([...args, '--year', '2024', '--lang', 'en']);
        const told = /^(error.*)\n( *-->.*)/m.exec(stderr)!.slice(1);
        return [String(code), ...told.map((l) => l.replace(`${folder}/`, ''))];
      };
      expect(await of('import', '--league', join(folder, 'l.csv'))).toEqual([
        '3',
        "error[row-too-wide] the row has a cell 4 ('15'), but the head has 3 columns",
        '  --> l.csv:2:11',
      ]);
      expect(await of('catalogue', 'new', '--from', join(folder, 'c.csv'))).toEqual([
        '3',
        "error[row-too-wide] the row has a cell 5 ('Không: 0'), but the head has 4 columns",
        '  --> c.csv:2:20',
      ]);
      expect(await of('import', '--league', join(folder, 't.csv'))).toEqual([
        '3',
        "error[duplicate-unit] 'Xã A' stands twice",
        '  --> t.csv:3:3',
      ]);
      const scan = await cchc(['score', join(folder, 's.pdf')]);
      expect([scan.code, scan.stderr.includes('OCR')]).toEqual([3, true]);
    });
  });

  it('maxima that are not the sum that the table states: told at the sum, and the scale is inferred', async () => {
    const table = 'STT;Tiêu chí;Điểm tối đa;Cách tính\n1;Kế hoạch;1;"Có: 1; Không: 0"\n;Tổng cộng;2;\n';
    await withFiles({ 'a.csv': table }, async (folder) => {
      const { stderr } = await make(folder, 'a.csv');
      expect(stderr).toContain('maxima-below-scale');
      expect(stderr).toContain('a.csv:3:2');
      const { scale } = yaml(readFileSync(join(folder, 'c.yaml'), 'utf8')) as { scale: object };
      expect(scale).toMatchObject({ value: 1, provenance: 'inferred' });
    });
  });

  it('a sheet of review: the rule said back, worked values, and read again after it is corrected and signed', async () => {
    await withFiles({ 't.docx': await word(TABLE) }, async (folder) => {
      const review = join(folder, 'r.xlsx');
      expect((await make(folder, 't.docx', '--review', review)).code).toBe(0);
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(review);
      const sheet = book.worksheets[0]!;
      const row = (id: string) => {
        for (let n = 4; n <= sheet.rowCount; n++) if (sheet.getCell(n, 1).text === id) return n;
        throw new Error(`no row ${id}`);
      };
      const tiers = row('I.1.2');
      expect(sheet.getCell(tiers, 5).text).toBe(
        'từ 90% trở lên: điểm tối đa; từ 70% đến dưới 90%: 1 điểm; dưới 70%: 0 điểm; còn lại: 0 điểm',
      );
      expect(sheet.getCell(tiers, 6).text.split('\n')).toEqual([
        '35% dưới 70%: 0 điểm',
        '80% từ 70% đến dưới 90%: 1 điểm',
        '95% từ 90% trở lên: 2 điểm',
      ]);
      sheet.getCell(row('II.1'), 8).value = 'Từ 95% trở lên: 2,5 điểm; dưới 95%: tính theo tỷ lệ';
      sheet.getCell(row('II.1'), 9).value = 'Nguyễn Văn A';
      await book.xlsx.writeFile(review);
      const again = await make(folder, 'r.xlsx', '--strict');
      expect([again.code, again.stderr.includes('3 criteria understood, 0 still todo')]).toEqual([0, true]);
      const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(catalogue.criteria.map((c) => [c.id, c.rule.kind, c.max])).toEqual([
        ['I.1.1', 'levels', 10_000],
        ['I.1.2', 'steps', 20_000],
        ['II.1', 'proportional', 25_000],
      ]);
      // A sheet of review of that sheet has the signature still.
      const second = join(folder, 'r2.xlsx');
      expect((await make(folder, 'r.xlsx', '--review', second)).code).toBe(0);
      const next = new ExcelJS.Workbook();
      await next.xlsx.readFile(second);
      expect(next.worksheets[0]!.getCell(row('II.1'), 9).text).toBe('Nguyễn Văn A');
      const page = join(folder, 'r.html');
      expect((await make(folder, 't.docx', '--review', page)).code).toBe(0);
      expect(readFileSync(page, 'utf8')).toContain('<td>theo đánh giá của hội đồng</td>');
      expect((await make(folder, 't.docx', '--review', join(folder, 'r.pdf'))).code).toBe(2);
    });
  });

  it('a sheet of review read again unchanged gives the same catalogue: lead units, evidence and fields of columns too', async () => {
    const rows = [
      'Lĩnh vực;Tiêu chí;Tiêu chí thành phần;Điểm tối đa;Cách tính điểm;Đơn vị chủ trì;Tài liệu kiểm chứng',
      'Chỉ đạo;1. Kế hoạch;1.1. Ban hành;1;"Có: 1; Không: 0"',
      ';;1.2. Thực hiện;2;"Từ 80% trở lên: 2; dưới 80%: 0"',
      'Thủ tục;2. Một cửa;2.1. Đúng hạn;2;Tỷ lệ x 2',
    ];
    const lead = ['', ';Văn phòng;Quyết định', ';Phòng Nội vụ;', ';Phòng Tư pháp;Báo cáo'];
    const text = rows.map((row, i) => `${row}${lead[i]}`).join('\n');
    await withFiles({ 't.csv': text }, async (folder) => {
      expect((await make(folder, 't.csv', '--id', 't', '--review', join(folder, 'r.xlsx'))).code).toBe(0);
      const read = () =>
        yaml(readFileSync(join(folder, 'c.yaml'), 'utf8')) as { fields: { id: string; parent?: string }[] };
      const first = read();
      expect(first.fields.map((f) => [f.id, f.parent])).toEqual([
        ['LV1', undefined],
        ['1', 'LV1'],
        ['LV3', undefined],
        ['2', 'LV3'],
      ]);
      expect((await make(folder, 'r.xlsx', '--id', 't')).code).toBe(0);
      expect(read()).toEqual({ ...first, sources: { table: { title: { vi: 'r.xlsx' } } } });
    });
  });

  it('points beside the scale, by their headings: added, or taken; those that the stated sum counts are within it', async () => {
    const rows = (sum: string) => [
      'STT;Tiêu chí;Điểm tối đa;Cách tính',
      'I;CHỈ ĐẠO;10;',
      '1;Kế hoạch;10;Có: 10 điểm, không: 0 điểm',
      'II;ĐIỂM CỘNG;3;',
      '1;Sáng kiến;3;"Mỗi sáng kiến cộng 1 điểm, tối đa 3 điểm"',
      'III;ĐIỂM TRỪ;-5;',
      '1;Hồ sơ trễ hạn;-5;Mỗi hồ sơ trễ hạn trừ 0,5 điểm',
      `;TỔNG ĐIỂM;${sum};`,
    ];
    await withFiles({ '10.csv': rows('10').join('\n'), '13.csv': rows('13').join('\n') }, async (folder) => {
      const made = async (from: string, ...more: string[]) => {
        const ran = await make(folder, from, ...more);
        expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([0, ['[rules-counted]']]);
        const catalogue = must(await openCatalogue(join(folder, 'c.yaml')));
        return { catalogue, outside: catalogue.criteria.map((c) => [c.id, c.outside, c.max / 10_000]) };
      };
      const first = await made('10.csv', '--review', join(folder, '10.xlsx'));
      expect(first.outside).toEqual([
        ['I.1', false, 10],
        ['II.1', true, 3],
        ['III.1', true, 0],
      ]);
      const indicators = { 'I.1': true, 'II.1': 2, 'III.1': 3 };
      const reading = parseReading({ unit: 'X', year: 2026, catalogue: 'c', indicators }, first.catalogue);
      // 10 + 2 - 3 × 0.5 = 10.5, of 10; twenty late dossiers take 5 at most, as the table says.
      expect(score(must(reading), first.catalogue).total.score).toBe(105_000);
      indicators['III.1'] = 20;
      const late = parseReading({ unit: 'X', year: 2026, catalogue: 'c', indicators }, first.catalogue);
      expect(score(must(late), first.catalogue).total.score).toBe(70_000);
      expect((await made('10.xlsx')).outside).toEqual(first.outside);
      const counted = await made('13.csv', '--review', join(folder, '13.xlsx'));
      expect(counted.outside.map(([, outside]) => outside)).toEqual([false, false, true]);
      expect((await made('13.xlsx')).outside).toEqual(counted.outside);
    });
  });

  it('points that a unit got, in a column before the maxima, are none; numbers with a stroke or a dash', async () => {
    const rows = [
      'STT;Tiêu chí;Điểm;Điểm tối đa;Cách tính',
      'I/;CHỈ ĐẠO;2;3;',
      '1/;Kế hoạch;2;3;"Có: điểm tối đa; không: 0"',
      'II-;THỂ CHẾ;0;1;',
      '1/;Văn bản;0;1;"Có: 1; không: 0"',
    ];
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([
        0,
        ['[columns-unused]', '[rules-counted]'],
      ]);
      const { criteria } = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(criteria.map((c) => [c.id, c.max])).toEqual([
        ['I.1', 30_000],
        ['II.1', 10_000],
      ]);
    });
  });

  it('of several columns under one head of points the sum is the maximum, and none that a unit got', async () => {
    const table = (upper: string, lower: string[], points: string[]) =>
      [
        `STT;Tiêu chí;${upper}${';'.repeat(lower.length)}Cách tính`,
        `;;${lower.join(';')};`,
        `1.1;Kế hoạch;${points.join(';')};"Có: điểm tối đa; không: 0"`,
      ].join('\n');
    const files = {
      'sum.csv': table('Điểm tối đa', ['Thẩm định', 'Điều tra XHH', 'Tổng'], ['2', '1', '3']),
      'own.csv': table('Điểm', ['Tự chấm', 'Thẩm định'], ['2', '1']),
      'most.csv': table('Điểm', ['Tự chấm', 'Tối đa'], ['2', '3']),
    };
    await withFiles(files, async (folder) => {
      const maxOf = async (file: string) => {
        const { code } = await make(folder, file);
        return code === 0
          ? must(await openCatalogue(join(folder, 'c.yaml'))).criteria.map((c) => c.max)
          : code;
      };
      expect(await maxOf('sum.csv')).toEqual([30_000]);
      expect(await maxOf('own.csv')).toBe(3);
      expect(await maxOf('most.csv')).toEqual([30_000]);
    });
  });

  it('a field by its word, a criterion and its scoring in one cell, a mark at a maximum', async () => {
    const rows = [
      'STT;Tiêu chí;Điểm tối đa',
      'Lĩnh vực 1: Chỉ đạo (3 điểm);;',
      '1.1;"Ban hành\nkế hoạch\n- Kịp thời: 1\n- Không kịp thời: 0,5\n- Không ban hành: 0";1*',
      '1.2;"Hoàn thành kế hoạch\nHoàn thành 100%: 2; dưới 100%: 0";2 (*)',
      'LĨNH VỰC 2. THỂ CHẾ;;',
      '2.1;"Rà soát\n- Văn bản do xã ban hành";2',
      ';Có;2',
      ';Không;0',
      '2.2;Phân công;1',
      ';Lĩnh vực 1: Có kế hoạch: 1;',
    ];
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      expect([ran.code, ran.stderr.match(/\[[a-z-]+\]/g)]).toEqual([0, ['[phrase-todo]', '[rules-counted]']]);
      const { fields, criteria } = must(await openCatalogue(join(folder, 'c.yaml')));
      expect(fields.map((f) => [f.id, f.name.vi])).toEqual([
        ['1', 'Chỉ đạo'],
        ['2', 'THỂ CHẾ'],
      ]);
      expect(criteria.map((c) => [c.id, c.name.vi, c.max, c.rule.kind])).toEqual([
        ['1.1', 'Ban hành kế hoạch', 10_000, 'levels'],
        ['1.2', 'Hoàn thành kế hoạch', 20_000, 'steps'],
        ['2.1', 'Rà soát - Văn bản do xã ban hành', 20_000, 'yes_no'],
        ['2.2', 'Phân công', 10_000, 'todo'],
      ]);
    });
  });

  it('so does one of numbers that begin again under letters and numerals', async () => {
    const rows = [
      [
        'STT;Tiêu chí;Điểm tối đa;Cách tính',
        'A;Phần A;6;',
        'I;Chỉ đạo;2;',
        '1;Kế hoạch;2;Có: 2 điểm, không: 0 điểm',
      ],
      [
        'II;Báo cáo;4;',
        '1;Đủ báo cáo;4;Có: 4 điểm, không: 0 điểm',
        'B;Phần B;3;',
        'I;Thể chế;3;',
        '1;Văn bản;3;',
      ],
      ['a;Ban hành;1;Có: 1 điểm, không: 0 điểm', 'b;Rà soát;2;Có: 2 điểm, không: 0 điểm'],
    ];
    await withFiles({ 't.csv': rows.flat().join('\n') }, async (folder) => {
      expect((await make(folder, 't.csv', '--id', 't', '--review', join(folder, 'r.xlsx'))).code).toBe(0);
      type Made = { criteria: { id: string; field: string }[] };
      const read = () => yaml(readFileSync(join(folder, 'c.yaml'), 'utf8')) as Made;
      const first = read();
      expect(first.criteria.map((c) => [c.id, c.field])).toEqual([
        ['A.I.1', 'A.I'],
        ['A.II.1', 'A.II'],
        ['B.I.1.a', 'B.I.1'],
        ['B.I.1.b', 'B.I.1'],
      ]);
      expect((await make(folder, 'r.xlsx', '--id', 't')).code).toBe(0);
      expect(read()).toEqual({ ...first, sources: { table: { title: { vi: 'r.xlsx' } } } });
    });
  });

  it('a table of 200 rows is read whole', async () => {
    const rows = ['STT;Tiêu chí;Điểm tối đa;Cách tính'];
    for (let i = 1; i <= 200; i++)
      rows.push(
        `1.${i};Tiêu chí ${i};1;Từ ${50 + (i % 40)}% trở lên: 1; dưới ${50 + (i % 40)}%: 0`.replace(
          '1; dưới',
          '1, dưới',
        ),
      );
    await withFiles({ 't.csv': rows.join('\n') }, async (folder) => {
      const ran = await make(folder, 't.csv');
      expect([ran.code, ran.stderr.includes('200 criteria understood, 0 still todo')]).toEqual([0, true]);
    });
  });
});

describe('Word documents', () => {
  const part = (body: string) =>
    `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="m"><w:body>${body}</w:body></w:document>`;
  const zipped = async (files: Record<string, string | Uint8Array>) => {
    const zip = new JSZip();
    for (const [name, text] of Object.entries(files)) zip.file(name, text);
    return zip.generateAsync({
      type: 'uint8array',
      compression: 'DEFLATE',
      compressionOptions: { level: 1 },
    });
  };
  const open = async (body: string) => readDocx('x.docx', await zipped({ 'word/document.xml': part(body) }));

  it('runs join, deleted and repeated text is left out, a merged cell stands once', async () => {
    const read = must(
      await open(
        '<w:p><w:r><w:t>Trừ 0,</w:t></w:r><w:r><w:t>5 điểm</w:t></w:r><w:del><w:r><w:delText>9</w:delText><w:t>9</w:t></w:r></w:del></w:p>' +
          '<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>một</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>hai</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>' +
          '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr>' +
          '<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
      ),
    );
    expect(read.paragraphs.filter((p) => !p.inTable).map((p) => p.text)).toEqual(['Trừ 0,5 điểm', 'một']);
    expect(read.tables[0]!.map((r) => r.map((c) => c.text))).toEqual([
      ['A', '', 'B'],
      ['1', '2', ''],
    ]);
  });

  it('what is no Word document, declares entities, or inflates too far is refused', async () => {
    const reasons = async (files: Record<string, string | Uint8Array>) =>
      readDocx('x.docx', await zipped(files)).diagnostics.map((d) => d.code);
    expect(readDocx('x.docx', new TextEncoder().encode('xin chào')).diagnostics[0]?.code).toBe(
      'not-a-document',
    );
    expect(await reasons({ 'xl/workbook.xml': '<a/>' })).toEqual(['not-a-document']);
    const entity = '<!DOCTYPE a [<!ENTITY x "y">]>';
    expect(
      await reasons({
        'word/document.xml': `<?xml version="1.0"?>${entity}<w:document xmlns:w="w">&x;</w:document>`,
      }),
    ).toEqual(['not-a-document']);
    const { inflated } = LIMITS;
    LIMITS.inflated = 300;
    expect(await reasons({ 'word/document.xml': new Uint8Array(301) })).toEqual(['inflates-too-far']);
    LIMITS.inflated = inflated;
  });

  const listed = (levels: string, paragraphs: [number, string][]) =>
    zipped({
      'word/numbering.xml': `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">${levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
      'word/document.xml': part(
        paragraphs
          .map(
            ([level, text]) =>
              `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${level < 0 ? 9 : 1}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`,
          )
          .join(''),
      ),
    });
  const lvl = (at: number, format: string, text: string, more = '') =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;

  it('numbers all in digits below La Mã, and those that run on through the headings', async () => {
    const levels =
      lvl(0, 'upperRoman', '%1.') +
      lvl(1, 'decimal', '%1.%2', '<w:isLgl/>') +
      lvl(2, 'decimal', '(%3)', '<w:lvlRestart w:val="0"/>');
    const bytes = await listed(levels, [
      [0, 'A'],
      [1, 'B'],
      [2, 'c'],
      [2, 'd'],
      [0, 'E'],
      [1, 'F'],
      [2, 'g'],
    ]);
    const read = readDocx('x.docx', bytes);
    expect(must(read).paragraphs.map((p) => p.text)).toEqual([
      'I. A',
      '1.1 B',
      '(1) c',
      '(2) d',
      'II. E',
      '2.1 F',
      '(3) g',
    ]);
    expect(read.diagnostics).toEqual([]);
  });

  it('a level without a start begins at 0, as in Word', async () => {
    // ECMA-376, part 1, 17.9.25; LibreOffice 7.4 numbers this file 0., 1., 1.0. too.
    const bytes = await listed(
      (lvl(0, 'decimal', '%1.') + lvl(1, 'decimal', '%1.%2.')).replaceAll('<w:start w:val="1"/>', ''),
      [
        [0, 'a'],
        [0, 'b'],
        [1, 'c'],
      ],
    );
    expect(must(readDocx('x.docx', bytes)).paragraphs.map((p) => p.text)).toEqual(['0. a', '1. b', '1.0. c']);
  });

  it('a number in a way that is not known, or of a list that is not there, is told once', async () => {
    const bytes = await listed(lvl(0, 'ordinal', '%1') + lvl(1, 'none', ''), [
      [0, 'một'],
      [1, 'không số'],
      [-1, 'hai'],
    ]);
    const read = readDocx('x.docx', bytes);
    expect(must(read).paragraphs.map((p) => p.text)).toEqual(['một', 'không số', 'hai']);
    expect(read.diagnostics.map((d) => [d.code, d.params])).toEqual([
      ['list-number-unread', { paragraphs: 2, value: 'một' }],
    ]);
  });

  it('macros are ignored and said', async () => {
    const text = part('<w:p><w:r><w:t>A</w:t></w:r></w:p>');
    const read = readDocx('x.docm', await zipped({ 'word/document.xml': text, 'word/vbaProject.bin': 'x' }));
    expect([read.ok, read.diagnostics.map((d) => d.code)]).toEqual([true, ['macros-ignored']]);
  });

  it('any bytes in place of a document end in a result', async () => {
    const good = await zipped({
      'word/document.xml': part('<w:p><w:r><w:t>Tiêu chí 1.1 (A) trừ 1 điểm.</w:t></w:r></w:p>'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        const read = readDocx('x.docx', bytes);
        if (!read.ok) expect(read.diagnostics.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'Tiêu chí',
      '1.1',
      '(',
      ')',
      'trừ',
      'bị trừ',
      '0,5',
      'điểm',
      '.',
      ';',
      '\n',
      'Lĩnh vực',
      '1.',
      'Hạn chế:',
      'Giao',
      'Phòng',
      'xếp thứ',
      '3/7',
    ],
    ...[
      'huyện',
      'Huyện Mẫu',
      '92,5',
      '%',
      'vị trí',
      'cuối bảng',
      'năm 2024',
      'trung bình',
      '*',
      '-',
      'II.',
      'Báo cáo số 1/BC',
    ],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(pieces, { maxLength: 40 }).map((w) => w.join(' ')),
  );

  it('is a letter or a ranking or is refused; nothing throws, and a loss is a loss of the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const paragraphs = paragraphsOf(text);
        const read = readLetter(paragraphs, 'x');
        if (read.ok)
          for (const { lost } of read.value.losses) expect(lost.valueOf()).toBeGreaterThanOrEqual(0);
        readNews(paragraphs, 'x');
      }),
      { numRuns: 1000 },
    );
  });
});
