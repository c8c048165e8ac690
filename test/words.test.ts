import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { wrapText } from '../src/render/layout.js';
import { enLabels } from '../src/text/en/labels.js';
import { counted } from '../src/text/en/wording.js';
import { loadMessages, diagnosticText as said } from '../src/text/index.js';
import { localized, numbersIn, pieceText, placeWords } from '../src/text/numbers.js';
import { viLabels } from '../src/text/vi/labels.js';
import { type Diagnostic, error } from '../src/values/diagnostic.js';
import { Fraction } from '../src/values/fraction.js';
import { catalogueData, cchc, fixture, LEAGUE_2022, NHU_XUAN, withFiles } from './support.js';

const vi = numbersIn('vi');
const en = numbersIn('en');

describe('numbers in words', () => {
  it.each([
    ['10331', '10.331', '10,331'],
    ['1234567.5', '1.234.567,5', '1,234,567.5'],
    ['999', '999', '999'],
    ['-0.25', '-0,25', '-0.25'],
    ['1200..1500.5', '1.200..1.500,5', '1,200..1,500.5'],
    ['92.5%', '92,5%', '92.5%'],
    // Ids, dates, file names and words are no numbers.
    ['7.3.2', '7.3.2', '7.3.2'],
    ['14/02/2023a', '14/02/2023a', '14/02/2023a'],
    ['v1.5', 'v1.5', 'v1.5'],
  ])('%s', (plain, inVi, inEn) => {
    expect(localized(plain, 'vi')).toBe(inVi);
    expect(localized(plain, 'en')).toBe(inEn);
  });

  it('values are exact where they can be, and no more precise than two places where not', () => {
    expect(vi.value(new Fraction('16.643'), 'percent')).toBe('16,643%');
    expect(vi.value(new Fraction(200, 3), 'percent')).toBe('66,67%');
    expect(vi.value(new Fraction(10331), 'count')).toBe('10.331');
    // 84.9983… would read 85 at two places, which it is not.
    expect(vi.value(new Fraction(509990, 6000), 'percent')).toBe('84,998%');
  });

  it('a value to reach is rounded to the side that reaches it', () => {
    expect(vi.toReach(new Fraction('59.54625'), 'percent', 'more')).toBe('59,55%');
    expect(en.toReach(new Fraction('59.54625'), 'percent', 'less')).toBe('59.54%');
    expect(vi.toReach(new Fraction(2), 'count', 'more')).toBe('2');
    expect(vi.about(new Fraction('16.643'), 'percent')).toBe('16,64%');
  });

  it('nouns agree with their numbers', () => {
    expect(['1', '+1', '0.5', '2', '1,000', '0'].map((n) => counted(n, 'point'))).toEqual([
      '1 point',
      '+1 point',
      '0.5 points',
      '2 points',
      '1,000 points',
      '0 points',
    ]);
    expect(counted(1, 'criterion', 'criteria')).toBe('1 criterion');
  });

  it('messages state numbers as their language writes them, and quote what was typed as typed', async () => {
    const [inVi, inEn] = await Promise.all([loadMessages('vi'), loadMessages('en')]);
    const far = { id: '7.3.2', before: '1200.5', after: '12' };
    expect(said(error('moved-far', far), inVi).message).toBe('7.3.2 thay đổi từ 1.200,5 sang 12');
    expect(said(error('moved-far', far), inEn).message).toBe('7.3.2 moved from 1,200.5 to 12');
    const two = error('ambiguous-number', { value: '1.234', thousands: '1234', decimal: '1.234' });
    expect(said(two, inVi).message).toBe("'1.234' có hai cách hiểu: 1.234 hoặc 1,234");
    expect(said(error('max-unreachable', { best: '1', max: '2' }), inEn).message).toBe(
      'the rule gives 1 point at most; the maximum of 2 cannot be reached',
    );
  });
});

describe('words of the user', () => {
  it('a table is spoken of by its columns, another file by its keys', async () => {
    const vi = await loadMessages('vi');
    const inFile = (file: string, problem: Diagnostic) => said({ ...problem, place: { file } }, vi);
    const missing = error('missing-key', { key: 'done' });
    expect(inFile('xa.csv', missing).message).toBe("thiếu cột 'Số đã làm'");
    expect(inFile('xa.yaml', missing).message).toBe("thiếu 'done'");
    const ratio = inFile('xa.xlsx#1', error('ratio-on-wrong-rule', { id: '1.4' }));
    expect(ratio.message).toMatch(/không dùng 'Số đã làm' và 'Tổng số'$/);
    const kind = inFile('xa.csv', error('kind-missing', { ids: ['1.4'], options: ['xã'] }));
    expect(kind.hint).toBe("hãy ghi 'Loại đơn vị': xã");
  });

  it('a year has no mark between its thousands', async () => {
    const year = error('out-of-range', { value: '20255', min: 1990, max: 2200, year: true });
    expect(said(year, await loadMessages('vi'))).toEqual({
      message: '20255 nằm ngoài khoảng cho phép',
      list: [],
      hint: 'từ 1990 đến 2200',
    });
  });

  it('a line break in what is quoted stays in the complaint', async () => {
    const broken = error('unknown-field', { value: 'a\n- b', suggestion: 'ab' });
    expect(said(broken, await loadMessages('en'))).toEqual({
      message: "unknown field 'a␊- b'",
      list: [],
      hint: "did you mean 'ab'?",
    });
  });

  it('an end that is allowed is not said to be outside', async () => {
    const hint = async (language: 'vi' | 'en', params: { value: string; min?: number; above?: number }) =>
      said(error('out-of-range', params), await loadMessages(language)).hint;
    expect(await hint('en', { value: '-1', min: 0 })).toBe('0 at least');
    expect(await hint('vi', { value: '-1', min: 0 })).toBe('ít nhất 0');
    expect(await hint('en', { value: '0', above: 0 })).toBe('must be more than 0');
    expect(await hint('vi', { value: '0', above: 0 })).toBe('cần lớn hơn 0');
    const limits = (most: number) =>
      parseCatalogue({ ...catalogueData({ kind: 'proportional', target: 80 }, 1), adjustments: { most } });
    expect(limits(-1).diagnostics).toContainEqual(
      expect.objectContaining({ params: { value: '-1', min: 0 } }),
    );
    expect(limits(0).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  });

  it('a gate is named in words with the side of its limit', async () => {
    const args = ['check', NHU_XUAN, '--min-score', '90', '--max-criterion', '7.3.2=0.5', '--lang', 'vi'];
    const { stdout } = await cchc(args);
    expect(stdout).toMatch(/^điểm thấp nhất .*87,6103 +≥ 90 +KHÔNG ĐẠT$/m);
    expect(stdout).toMatch(/^điểm trừ nhiều nhất:.*0,8042 +≤ 0,5 +KHÔNG ĐẠT$/m);
  });

  it('a number of a rule is named in words, not by its place in the YAML', () => {
    expect(placeWords('tiers.0.at_least', viLabels)).toBe('bậc 1: từ');
    expect(placeWords('rule.parts.1.rule.per_case', enLabels)).toBe('part 2: loss per case');
    expect(placeWords('max', enLabels)).toBe('maximum');
  });

  it('a path is broken between its parts', () => {
    expect(wrapText('fixtures/leagues/thanh-hoa-districts-2022.yaml', 20)).toEqual([
      'fixtures/leagues/',
      'thanh-hoa-districts-',
      '2022.yaml',
    ]);
  });
});

describe('the answer comes first', () => {
  const LEAGUE = ['--league', LEAGUE_2022];
  const calls: [string[], RegExp[]][] = [
    // 100 − 12.3897; the largest losses of the letter are 4.3.3 and 5.4.3, 1.5 each, of which 4.3.3 stands first.
    [
      ['score', NHU_XUAN, ...LEAGUE],
      [/87\.6103/, /21 of 27/, /4\.3\.3 \(\+1\.5 points\)/, /4\.3\.3 → 100%/],
    ],
    [
      ['report', NHU_XUAN, ...LEAGUE, '--format', 'table'],
      [/87\.6103/, /21 of 27/, /4\.3\.3/],
    ],
    [
      ['sensitivity', NHU_XUAN, ...LEAGUE],
      [/87\.6103; rank 21\/27/, /4\.3\.3 \(\+1\.5 points\)/],
    ],
    // 60 ÷ 85 = 0.7059, less the 0.1958 that were earned.
    [
      ['whatif', NHU_XUAN, '--set', '7.3.2=60%', ...LEAGUE],
      [/87\.6103; rank 21\/27/, /88\.1204 \(\+0\.5101\)/, /7\.3\.2 → 60%/],
    ],
    [
      ['explain', '7.3.2', NHU_XUAN],
      [/0\.1958\/1/, /at 85%: 1 point \(\+0\.8042\)/, /7\.3\.2 → 85%/],
    ],
    [['check', NHU_XUAN], [/pass/]],
    [['criteria', '--field', '7'], [/3 criteria, 3 points/]],
    [
      ['plan', NHU_XUAN, '--target-score', '100'],
      [/score 100: reached/, /100 \(\+12\.3897\)/],
    ],
    [
      ['compare', NHU_XUAN, fixture('nhu-xuan-2022-to-date.yaml')],
      [/87\.6103/, /90\.6161/, /\+3\.0058/],
    ],
    [
      ['pace', fixture('nhu-xuan-2022-to-date.yaml'), '--as-of', '31/07/2022'],
      [/90\.6161/, /7\.3\.2 needs 98\.97%/],
    ],
    // The letter says itself what was lost together and the rank; the largest of its losses is 1 point of 1.4.
    [
      ['import', fixture('../test/cases/letters/xa-an-binh.txt')],
      [/5 criteria lost 3\.375 points/, /9\/14/, /1\.4 \(−1 point\)/],
    ],
    [
      ['inspect', fixture('groups/example-2022.csv')],
      [/reading/, /Huyện A \(2022\)/],
    ],
    [['league', 'backtest', '--sample', '10'], [/90%: \d+\.\d% · CRPS: \d/]],
    [
      ['explain', '1.5'],
      [/≥ 2 → 1/, /cchc explain 1\.5 FILE/],
    ],
    [['catalogue', 'docs', 'thanh-hoa-district-2022', '--format', 'table'], [/15 criteria, 100 points/]],
    // Of several units, whose lever it is.
    [['score', fixture('groups/example-2022.csv')], [/Biggest lever +Huyện \p{L}+: \d/u]],
    [['league', fixture('groups/example-2022.csv')], [/Huyện A \(98\.5412\)/]],
    [
      ['risk', NHU_XUAN, '--uncertain', '7.3.2=20..80'],
      [/88; 90% between/, /settle 7\.3\.2/],
    ],
  ];

  it.each(calls)('%j', async (args, wanted) => {
    const whole = (await cchc([...args, '--lang', 'en'])).stdout;
    const brief = (await cchc([...args, '--lang', 'en', '--brief'])).stdout;
    expect(whole.startsWith(brief.trimEnd())).toBe(true);
    expect(brief.trimEnd().split('\n').length).toBeLessThanOrEqual(5);
    for (const pattern of wanted) expect(brief).toMatch(pattern);
  });

  it('what is not known may have earned its points already: it is to be reported, not to be raised', async () => {
    const part = ['-', '--lang', 'en', '-q', '--brief'];
    const reading = 'unit: A\nyear: 2025\ncatalogue: communes-example\nindicators: {1.1: 96%}\n';
    // 8.1 has 23 of the 100 points.
    const { stdout } = await cchc(['score', ...part], { stdin: reading });
    expect(stdout).toMatch(/^Biggest lever +8\.1 \(unknown, up to 23 points\)/m);
    expect(stdout).toMatch(/^Next step .*report the value of 8\.1$/m);
    expect((await cchc(['explain', '8.1', ...part], { stdin: reading })).stdout).toMatch(
      /report the value of 8\.1$/m,
    );
    const tried = await cchc(['whatif', '-', '--set', '8.1=90%', '--lang', 'en', '-q'], { stdin: reading });
    expect(tried.stdout).toMatch(/^Points gained +\?$/m);
  });

  it('a criterion that no value is known to repair may yet bring its range, to its lead units too', async () => {
    const files = {
      'c.json': JSON.stringify(catalogueData({ kind: 'todo', words: 'Điểm = …' }, 12)),
      'r.yaml': 'unit: A\nyear: 2022\ncatalogue: c.json\nindicators: {}\n',
    };
    await withFiles(files, async (folder) => {
      const of = (...args: string[]) => cchc([...args, `${folder}/r.yaml`, '--lang', 'en', '-q']);
      for (const command of ['score', 'sensitivity'])
        expect((await of(command)).stdout).toMatch(
          /^Biggest lever +T1 \(unknown, up to 12 points\): T1\n\n/m,
        );
      const { owners } = JSON.parse((await of('sensitivity', '--format', 'json')).stdout);
      expect(owners).toMatchObject([{ sure: 0, recoverable: 12 }]);
    });
  });

  it('a criterion of several values names how each is given; a share of parts has them together', async () => {
    const stdin = 'unit: A\nyear: 2025\ncatalogue: rule-forms-example\nindicators: {1.1.3: 2, 1.2.2: 5/6}\n';
    const { stderr } = await cchc(['score', '-', '--lang', 'en'], { stdin });
    expect(stderr).toContain('give each by itself: 1.1.3.late, 1.1.3.quarterly, 1.1.3.yearly');
    expect(stderr).toContain("give all of them under 'parts' and what they are of under 'total'");
  });

  it('what a criterion gains and the score does not is said of the score', async () => {
    // 90% of 5 is 4.5, all that the field may have.
    const capped = {
      ...catalogueData({ kind: 'proportional' }, 5, 4.5),
      fields: [{ id: 'F', name: 'F', cap: 4.5 }],
    };
    const files = {
      'c.json': JSON.stringify(capped),
      'r.yaml': 'unit: A\nyear: 2022\ncatalogue: c.json\nindicators: {T1: 90%}\n',
    };
    await withFiles(files, async (folder) => {
      const { stdout } = await cchc(['explain', 'T1', `${folder}/r.yaml`, '--lang', 'en', '--brief']);
      expect(stdout).toMatch(/^Next threshold +at 100%: 5 points \(\+0\.5\)$/m);
      expect(stdout).toMatch(/^Next step +O: T1 → 100% \(0 to the score\)$/m);
    });
  });

  it('six scenarios fit on a screen, a row each', async () => {
    const owners = [
      'Phòng Nội vụ',
      'Các phòng chuyên môn',
      'Thủ trưởng các đơn vị',
      'Phòng Tài chính - Kế hoạch',
    ];
    const { stdout } = await cchc([
      ...['whatif', NHU_XUAN, '--lang', 'en', '--set', '7.3.2=60%', '--all-fixed', ...LEAGUE],
      ...owners.flatMap((owner) => ['--only', owner]),
    ]);
    expect(stdout.split('\n').length).toBeLessThan(45);
    expect(stdout).toMatch(/^1 +As set +88\.1204 +\+0\.5101/m);
    expect(stdout).toMatch(/^6 .*89\.6103 +\+2 /m);
  });
});

describe('a hypothetical case says what it is held against', () => {
  const whatif = async (...args: string[]) =>
    (await cchc(['whatif', NHU_XUAN, ...args, '--league', LEAGUE_2022, '--lang', 'en'])).stdout;

  it('rivals that move move the baseline too, in the answer and beside many scenarios', async () => {
    const one = await whatif('--set', '7.3.2=60%', '--rivals', '+1.5');
    expect(one.split('\n')[1]).toMatch(/^Baseline, rivals moved +87\.6103; rank /);
    const many = await whatif(
      '--all-fixed',
      '--only',
      'Phòng Nội vụ',
      '--set',
      '7.3.2=60%',
      '--rivals',
      '+1.5',
    );
    expect(many).toMatch(/^ +Baseline +87\.6103 .*\n +Baseline, rivals moved +87\.6103/m);
  });

  it('a criterion that ceases to apply: the answer says what the index becomes, and the maximum', async () => {
    // 87.6103 of 99.
    const answer = (await whatif('--set', '4.1.3=not_applicable')).split('\n').slice(0, 5).join('\n');
    expect(answer).toContain('87.6103 (0) · index 88.495%');
    expect(answer).toContain('4.1.3 (maximum −1)');
  });

  it.each([
    ['có', 'Đạt 1/1: giải trình được chấp nhận\n'],
    ['true', 'Đạt 1/1: giải trình được chấp nhận\n'],
    ['CV 12/UBND', 'Đạt 1/1: giải trình được chấp nhận: CV 12/UBND\n'],
  ])('an explanation names its document, not the yes that was typed: %s', async (exempt, line) => {
    const stdin = `unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {4.1.3: {exempt: ${exempt}}}\n`;
    const ran = await cchc(['explain', '4.1.3', '-', '--lang', 'vi', '-q'], { stdin });
    expect(ran.stdout.replace(/ {2,}/g, ' ')).toContain(line);
  });

  it.each([
    [{ above: 80 }, 70, 'trên 80%: 1 điểm (+1)'],
    [{ below: 5 }, 7, 'dưới 5%: 1 điểm (+1)'],
    [{ below: 5 }, 5, 'dưới 5%: 1 điểm (+1)'],
  ])('a bound that does not count itself is named on its side: %j from %d%%', async (tier, value, next) => {
    const data = catalogueData({ kind: 'steps', tiers: [{ ...tier, points: 'max' }] }, 1);
    await withFiles({ 'c.json': JSON.stringify(data) }, async (folder) => {
      const stdin = `unit: X\nyear: 2022\ncatalogue: ${folder}/c.json\nindicators: {T1: ${value}%}\n`;
      const ran = await cchc(['explain', 'T1', '-', '--lang', 'vi', '-q', '--brief'], { stdin });
      expect(ran.stdout).toMatch(new RegExp(`^Ngưỡng kế tiếp +${next.replace(/[()+]/g, '\\$&')}$`, 'm'));
    });
  });

  it('examples are values as people write them, with the reason in the language', async () => {
    const [inVi, inEn] = await Promise.all(
      ['vi', 'en'].map(async (lang) => (await cchc(['explain', '7.3.2', '--lang', lang])).stdout),
    );
    // 43 ÷ 85 = 0.50588…
    expect(inVi).toMatch(/^43% +0,5059 +1 × 43% ÷ 85% ≈ 0,5059$/m);
    expect(inEn).toMatch(/^43% +0\.5059 +1 × 43% ÷ 85% ≈ 0\.5059$/m);
    const parts = await cchc(['explain', '1.1.3', '--catalogue', 'rule-forms-example', '--lang', 'en']);
    expect(parts.stdout).toContain('Late or poor: 4; Quarterly missing:');
    expect(parts.stdout).not.toContain('{"');
  });
});

describe('an index has four places where they are exact, as points have, else two', () => {
  // 1590.7058 of 2,500 is 63.628232%; 87.6103 of 100 is exact.
  it.each([
    [new Fraction(63_628_232n, 1_000_000n), '63,63%', '63.63%'],
    [new Fraction(876_103n, 10_000n), '87,6103%', '87.6103%'],
    [new Fraction(1n, 3n), '0,33%', '0.33%'],
    [new Fraction(849_996n, 10_000n), '84,9996%', '84.9996%'],
  ])('%s', (index, vi, en) => {
    expect([numbersIn('vi').index(index), numbersIn('en').index(index)]).toEqual([vi, en]);
  });
});

it('pieces of a rule that no example touches are written as the language writes numbers, levels as they are named', () => {
  const at = ['[0; 30000]', '= 0.5', 'rate: (1000; …)', 'ISO 9001'];
  expect(at.map((a) => pieceText(a, 'vi'))).toEqual(['[0; 30.000]', '= 0,5', 'rate: (1.000; …)', 'ISO 9001']);
  expect(at.map((a) => pieceText(a, 'en'))).toEqual(['[0; 30,000]', '= 0.5', 'rate: (1,000; …)', 'ISO 9001']);
});
