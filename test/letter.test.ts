import { beforeAll, describe, expect, it } from 'vitest';
import { loadReading, type ReadingResult, score } from '../src/index.js';
import { deadlineOf, readDue } from '../src/rules/due.js';
import { cchc, LOST, must, NHU_XUAN, withFiles } from './support.js';

describe("the letter's figures", () => {
  let result: ReadingResult;
  beforeAll(async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    result = score(reading, catalogue);
  });
  const units = (points: number | null) => points! / 10_000;

  it('each criterion loses what was published, in the order of the letter', () => {
    expect(result.criteria.map((c) => [c.criterion.id, units(c.deduction)])).toEqual(
      Object.entries(LOST).sort(() => 0),
    );
    expect(result.criteria).toHaveLength(15);
  });

  it('adds up to 12.3897 exactly, and so to a score of 87.6103 of 100', () => {
    expect(result.total.deduction).toBe(123_897);
    expect(result.total.score).toBe(876_103);
    expect(result.total.applicableMax).toBe(1_000_000);
    expect(result.total.index?.equals('87.6103')).toBe(true);
  });

  it('loses by field what the letter adds up to', () => {
    expect(Object.fromEntries(result.fields.map((f) => [f.field.id, units(f.deduction)]))).toEqual({
      1: 2.75,
      3: 0.51,
      4: 2.5,
      5: 1.6,
      6: 2,
      7: 2.1297,
      XHH: 0.9,
    });
  });

  it('loses by lead unit what its rows add up to', () => {
    // 1+1+1; 0.75+0.8042+0.8255; 0.01+0.5+0.5+0.9; 1.5; 1+1; 1.5+0.1
    expect(Object.fromEntries(result.owners.map((o) => [o.owner, units(o.deduction)]))).toEqual({
      'Phòng Nội vụ': 3,
      'Phòng Văn hóa - Thông tin': 2.3797,
      'Văn phòng HĐND và UBND huyện': 1.91,
      'Các phòng chuyên môn': 1.5,
      'Phòng Tài chính - Kế hoạch': 2,
      'Thủ trưởng các đơn vị': 1.6,
    });
  });

  it('implies the values that the design works out', () => {
    const at = (id: string) => {
      const implied = result.criteria.find((c) => c.criterion.id === id)?.implied;
      return implied?.form === 'interval' ? implied.at?.valueOf() : undefined;
    };
    expect(at('3.5.1')).toBe(99);
    expect(at('5.4.2')).toBe(90);
    expect(at('7.3.2')).toBe(16.643);
    expect(at('7.3.3')).toBe(13.0875);
    expect(at('XHH')).toBe(91);
  });

  it('the values that the letter states lose as published under the rules', async () => {
    const opened = must(await loadReading(NHU_XUAN));
    const stated = [...opened.reading.entries].filter(([, e]) => e.value).map(([id]) => id);
    expect(stated).toEqual(['1.4.3', '1.5', '3.6.1', '4.1.3', '7.6.1']);
    expect((await loadReading(NHU_XUAN)).diagnostics).toEqual([]);
  });

  it('never presents an inferred or assumed number as stated', () => {
    for (const c of result.criteria) expect(c.provenance).not.toBe('stated');
    const { stated, inferred, assumed } = result.basis;
    expect(stated + inferred + assumed).toBe(result.total.score);
    expect(stated).toBe(0);
  });
});

describe('what a letter says of an office of its own', () => {
  // A scheme written as a province writes it, in one language: a date, several rates, a level in the name, a bonus.
  const stated = 'provenance: stated, source: q';
  const criterion = (id: string, name: string, max: number, rule: string, more = '') =>
    `  - {id: "${id}", name: "${name}", field: "1", owners: [Văn phòng], max: {value: ${max}, ${stated}}, rule: {${rule}, ${stated}}${more}}\n`;
  const rate = 'kind: proportional, target: 100';
  const scheme = (criteria: string, fields: number[]) =>
    `id: so\nname: Bộ tiêu chí\nyear: 2026\nscale: {value: 100, ${stated}}\nsources: {q: {title: QĐ}}\nfields: [${fields.map((id) => `{id: "${id}", name: Chỉ đạo}`).join(', ')}]\nowners: {Văn phòng: {}}\ncriteria:\n${criteria}`;
  const letterOf = (criteria: string, values: object, fields = [1]) => {
    const reading = { unit: 'Sở A', year: 2026, catalogue: 'so.yaml', indicators: values };
    const files = { 'so.yaml': scheme(criteria, fields), 'r.json': JSON.stringify(reading) };
    return withFiles(files, async (folder) => {
      const ran = await cchc(['letter', `${folder}/r.json`, '--lang', 'vi', '-q', '--format', 'json']);
      return JSON.parse(ran.stdout);
    });
  };
  type Item = { id: string; title: string; sentences: string[]; inText: boolean };
  const said = (letter: { sections: { items: Item[] }[] }, id: string) =>
    letter.sections.flatMap((s) => s.items).find((i) => i.id === id)!;

  it('a date by its deadline, several rates each by its own, a level that the name says, a bonus that was not earned', async () => {
    const letter = await letterOf(
      criterion(
        '1',
        'Ban hành kế hoạch',
        40,
        'kind: steps, quantity: date, due: 20/12, year: previous, tiers: [{at_most: 0, points: max}, {at_most: 15, points: 20}], otherwise: 0',
      ) +
        criterion(
          '2',
          'Thanh toán',
          20,
          'kind: sum, parts: [{input: a, name: Hồ sơ trực tuyến, max: 12, rule: {kind: proportional, target: 80}}, {input: b, name: Thủ tục tích hợp, max: 8, rule: {kind: proportional, target: 100}}]',
        ) +
        criterion(
          '3',
          'Kiểm tra từ 30% số đơn vị trở lên',
          40,
          'kind: steps, tiers: [{at_least: 30, points: max}], otherwise: 0',
        ) +
        criterion('4', 'Số mô hình hay', 2, 'kind: count, per_item: 1', ', outside: true'),
      { 1: '02/01/2026', 2: { values: { a: '40%', b: '100%' } }, 3: '25%', 4: 0 },
    ); // prettier-ignore
    // 20/12/2025 to 02/01/2026 is 13 days: 20 of 40 points.
    expect(said(letter, '1').title).toBe('Ban hành kế hoạch: trừ 20 điểm');
    expect(said(letter, '1').sentences.join(' ')).toBe(
      'Hạn chế: vào ngày 02/01/2026, chậm 13 ngày so với hạn 20/12 năm trước. Giao Văn phòng chủ trì, hoàn thành chậm nhất 20/12 năm trước.',
    );
    // The part that has all of its points is not spoken of.
    expect(said(letter, '2').sentences.join(' ')).toBe(
      'Hạn chế: hồ sơ trực tuyến đạt 40%, dưới 80%. Giao Văn phòng chủ trì, bảo đảm hồ sơ trực tuyến đạt từ 80% trở lên.',
    );
    expect(said(letter, '3').sentences[1]).toBe(
      'Giao Văn phòng chủ trì, bảo đảm kiểm tra từ 30% số đơn vị trở lên.',
    );
    expect(said(letter, '4').title).toBe('Số mô hình hay: chưa được cộng 02 điểm');
    expect(letter.annex.rows.map((r: { points: string }) => r.points)).toEqual(['20', '6', '40', '2']);
  });

  it('of more than twenty criteria the text tells the fifteen with the most at stake, and the annex what the others lack', async () => {
    const ids = Array.from({ length: 25 }, (_, i) => i + 1);
    const letter = await letterOf(
      ids.map((i) => criterion(`${i}`, `Việc ${i}`, i <= 15 ? 5 : 2.5, rate)).join(''),
      Object.fromEntries(ids.map((i) => [i, '60%'])),
    );
    // Of 5 points 2 are lost, of 2.5 one.
    const told = ids.filter((i) => said(letter, `${i}`).inText);
    expect(told).toEqual(ids.slice(0, 15));
    expect(letter.sections[0].rest).toBe(
      'Các tiêu chí 16, 17, 18, 19, 20, 21, 22, 23, 24, 25: thực hiện theo Phụ lục.',
    );
    expect(letter.annex.rows[14].task).toBe('Bảo đảm việc 15 đạt 100%');
    expect(letter.annex.rows[15].task).toBe('Đạt 60%, dưới 100%. Bảo đảm việc 16 đạt 100%');
    // Of twelve fields, ten: 22 criteria and headings are what two pages hold.
    const twelve = await letterOf(
      ids
        .map((i) => criterion(`${i}`, `Việc ${i}`, 4, rate).replace('"1", own', `"${(i % 12) + 1}", own`))
        .join(''),
      Object.fromEntries(ids.map((i) => [i, '60%'])),
      ids.slice(0, 12),
    );
    expect(ids.filter((i) => said(twelve, `${i}`).inText)).toEqual(ids.slice(0, 10));
  });

  it('what requires another criterion says so, and what is reported is not called unreported', async () => {
    const criteria =
      criterion('1', 'Niêm yết thủ tục', 40, 'kind: yes_no') +
      criterion('2', 'Xử lý phản ánh', 60, rate, ', requires: {criterion: "1", is: Có, else: 0}');
    // 90% of 60 points is 54: lost with the condition, and gained with it.
    const failed = await letterOf(criteria, { 1: 'Không', 2: '90%' });
    expect(said(failed, '2').sentences[0]).toBe('Hạn chế: không đạt điều kiện về tiêu chí 1.');
    expect(failed.annex.rows.map((r: { points: string }) => r.points)).toEqual(['94', '']);
    const open = await letterOf(criteria, { 2: '90%' });
    expect(said(open, '1').sentences[0]).toBe('Hạn chế: chưa có số liệu báo cáo.');
    expect(said(open, '2').sentences.join(' ')).toBe(
      'Hạn chế: chưa đủ căn cứ để tính điểm. Giao Văn phòng chủ trì, bảo đảm 100%.',
    );
  });

  it('what is lacking of the level that the scheme names, where an explanation would do too; no place is none', async () => {
    const cut = criterion(
      '1',
      'Giảm đơn vị',
      4,
      'kind: linear, before: 0, knots: [{at: 5, points: 2}, {at: 10, points: 4}]',
      ', exemption: Báo cáo giải trình',
    );
    const text = scheme(cut + criterion('2', 'Hài lòng', 96, rate), [1])
      .replace('year:', 'decimals: 2\nyear:')
      .replace('owners: {Văn phòng: {}}', 'owners: {Văn phòng: {}, Các phòng: {}}')
      .replace('[Văn phòng]', '[Văn phòng, Các phòng]');
    // 2 + 2 × (7 − 5) ÷ 5 = 2.8 of 4, and 48 of 96: 50.8. All of either reaches neither 99.
    const league = `name: L\nyear: 2026\nsize: 3\nprovenance: stated\nsource: q\nunits: [{unit: B, score: 99}, {unit: C, score: 40}, {unit: Sở A, score: 50.8}]\n`;
    const reading = 'unit: Sở A\nyear: 2026\ncatalogue: so.yaml\nindicators: {1: 7%, 2: 50%}\n';
    await withFiles({ 'so.yaml': text, 'r.yaml': reading, 'l.yaml': league }, async (folder) => {
      const args = ['--league', `${folder}/l.yaml`, '--lang', 'vi', '-q', '--format', 'json'];
      const letter = JSON.parse((await cchc(['letter', `${folder}/r.yaml`, ...args])).stdout);
      // From 9.9875% on the points round to 4; the scheme says 10%.
      expect(said(letter, '1').sentences.join(' ')).toBe(
        'Hạn chế: đạt 7%, dưới 10%. Giao Văn phòng, các phòng chủ trì, bảo đảm báo cáo giải trình.',
      );
      expect(letter.annex.rows.map((r: { places: string }) => r.places)).toEqual(['0,0', '0,0']);
    });
  });

  it('names the index of another scheme', async () => {
    const letter = async (catalogue: string, id: string) => {
      const stdin = `unit: Xã A\nyear: 2026\ncatalogue: ${catalogue}\nindicators: {"${id}": 50%}\n`;
      return (await cchc(['letter', '-', '--lang', 'vi', '-q'], { stdin })).stdout;
    };
    expect(await letter('qd-766-2022', '1.1')).toContain(
      'V/v nâng cao chỉ số phục vụ người dân, doanh nghiệp từ kết quả năm 2026',
    );
    expect(await letter('communes-example', '7.1')).toContain('V/v nâng cao chỉ số cải cách hành chính từ');
  });

  it('a place with a number for a name has a capital in a sentence, as Nghị định 30/2020/NĐ-CP writes it', async () => {
    const stdin = 'unit: UBND phường 1\nyear: 2026\ncatalogue: communes-example\nindicators: {"7.1": 50%}\n';
    const { stdout } = await cchc(['letter', '-', '--lang', 'vi', '-q'], { stdin });
    for (const words of ['năm 2026 Phường 1 đạt', 'của Ủy ban nhân dân Phường 1)', 'Phường 1, ngày'])
      expect(stdout).toContain(words);
  });
});

describe('the day a tier ends', () => {
  // Days counted by hand on a calendar without 29 February.
  it.each([
    ['20/12', 'previous', 0, '20/12 năm trước'],
    ['20/12', 'previous', 15, '04/01'],
    ['15/01', 'next', 5, '20/01 năm sau'],
    ['20/12', 'next', 15, '04/01 của 2 năm sau'],
    ['15/01', '2026', 5, '20/01/2026'],
  ])('%s of %s, %i days on: %s', (due, year, late, words) => {
    expect(deadlineOf(readDue(due, year), late).vi).toBe(words);
  });
});
