import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cchc, fixture, LEAGUE_2022, LEAGUE_2023, NHU_XUAN, root, withFiles } from './support.js';

/** What each wrong spelling of an option must be told: its code, and a right form that the words show. */
const WRONG: [command: string, option: string, written: string, code: string, form: string][] = [
  ...[
    '20..',
    '..60',
    '..',
    '20...60',
    '60..20',
    '20..30..60..70',
    '20-60',
    '20–60',
    '40±5',
    'normal',
    'normal(40,5)',
  ].map((spread): [string, string, string, string, string] => [
    'risk',
    '--uncertain',
    `7.3.3=${spread}`,
    'bad-spread',
    '50..70',
  ]),
  ['risk', '--uncertain', '7.3.3', 'bad-assignment', '7.3.2=40..70'],
  ['risk', '--uncertain', '=20..60', 'bad-assignment', '7.3.2=40..70'],
  ['risk', '--uncertain', '7.3.3=0.2..0.6', 'looks-like-ratio', '20%'],
  ['risk', '--uncertain', '7.6.1=1..2', 'spread-on-level', '{chances: {Tốt: 0.6, Đạt yêu cầu: 0.4}}'],
  ['whatif', '--set', '7.3.2', 'bad-assignment', '--set 7.3.2=60%'],
  ['whatif', '--set', '7.3.2=', 'bad-assignment', '--set 7.3.2=60%'],
  ['whatif', '--set', '7.3.2=abc', 'bad-percent', '99'],
  ['whatif', '--set', '7.3.2=1.234', 'ambiguous-number', '1,234'],
  ['whatif', '--set', '4.1.3=giải trình chưa xong', 'unclear-status', "'giải trình"],
  ['whatif', '--rivals', 'nhanh', 'bad-rivals', '--rivals +1.5'],
  ['whatif', '--rivals', '+', 'bad-rivals', '--rivals +1.5'],
  ['whatif', '--rivals', '1.5..2', 'bad-rivals', '--rivals +1.5'],
  ['whatif', '--rivals', '=+1', 'bad-rivals', '--rivals +1.5'],
  ['risk', '--rivals', '1..0.5', 'bad-spread', '..'],
  ['risk', '--rivals', '1..', 'bad-spread', '..'],
  ['whatif', '--rivals', '+5%', 'percent-on-points', '5'],
  // The scale is 100: nobody moves by more.
  ['whatif', '--rivals', '-200', 'out-of-range', '100'],
  ['risk', '--rivals', 'Huyện Như Xuân=+2', 'bad-rivals', '--rivals +1.5'],
  ['whatif', '--rivals', 'Mường Lát=+2', 'unknown-unit', 'Huyện Mường Lát'],
  ['sensitivity', '--assume', '7.3.2.max=2', 'bad-assumption', '--assume 7.3.2.max=1..2'],
  ['sensitivity', '--assume', '7.3.2.max=2..', 'bad-assumption', '--assume 7.3.2.max=1..2'],
  ['sensitivity', '--assume', '7.3.2.max=2..1', 'bad-assumption', '--assume 7.3.2.max=1..2'],
  ['sensitivity', '--assume', '7.3.2.max=0..1', 'bad-assumption', '--assume 7.3.2.max=1..2'],
  ['sensitivity', '--assume', '7.3.2.max=1..200', 'bad-assumption', '--assume 7.3.2.max=1..2'],
  ['sensitivity', '--assume', '7.3.2=1..2', 'bad-assumption', '--assume 7.3.2.max=1..2'],
  // The 15 maxima are 24.25 of 100, so that those not listed have 75.75 to give up, and 7.3.2 has 1.
  ['sensitivity', '--assume', '7.3.2.max=1..76.7501', 'assumption-over-rest', '100'],
  // The letter says that 1.3.3 lost 1 point.
  ['sensitivity', '--assume', '1.3.3.max=0.9999..2', 'deduction-impossible', '0.9999'],
  // A scheme of four decimals has no maximum of five.
  ['sensitivity', '--assume', '7.3.2.max=1.00001..2', 'too-precise', '4'],
  ['plan', '--target-score', 'nhiều', 'bad-number-option', '--target-score 85.5'],
  ['plan', '--target-score', '92%', 'percent-on-points', '92'],
  ['plan', '--target-index', '0.92', 'looks-like-ratio', '92%'],
  ['plan', '--target-rank', '0', 'bad-number-option', '--target-rank 10'],
  ['plan', '--target-rank', '2.5', 'bad-number-option', '--target-rank 10'],
  ['plan', '--budget', '1.234', 'ambiguous-number', '1,234'],
  ['check', '--confidence', '1.5', 'bad-number-option', '--confidence 0.9'],
  ['check', '--max-owner', 'Phòng Nội vụ', 'bad-assignment', '--max-owner "Phòng Nội vụ=2"'],
  ['check', '--max-criterion', '7.3.2=x', 'bad-number-option', '--max-criterion 85.5'],
  ['check', '--max-criterion', '7.3.2=1%', 'percent-on-points', '1'],
];

describe('a wrong spelling of an option names what is wrong and shows a right form', () => {
  it.each(WRONG)('%s %s %s', async (command, option, written, code, form) => {
    for (const lang of ['vi', 'en']) {
      const league =
        option === '--rivals' ? ['--league', written.startsWith('Huyện') ? LEAGUE_2022 : LEAGUE_2023] : [];
      const ran = await cchc([command, NHU_XUAN, option, written, ...league, '--lang', lang]);
      expect(ran.code, ran.stderr).toBe(2);
      expect(ran.stdout).toBe('');
      expect(ran.stderr).toContain(`[${code}]`);
      expect(ran.stderr).toContain(written);
      expect(ran.stderr.replace(/1\.234(?!,)/g, '1,234')).toContain(form);
    }
  });
});

describe('numbers of options are read as those of files', () => {
  const moved = async (move: string) => {
    const ran = await cchc([
      'whatif',
      NHU_XUAN,
      '--rivals',
      move,
      '--league',
      LEAGUE_2023,
      '--format',
      'json',
    ]);
    expect(ran.code, ran.stderr).toBe(0);
    return JSON.parse(ran.stdout);
  };
  it.each(['+1.5', '1,5', '+1,50', '1.500', ' 1.5 '])('--rivals %j', async (move) =>
    expect(await moved(move)).toEqual(await moved('1.5')),
  );

  // Such a rival passes 87.6103 with every move above 0.6103: half of 0 to 1.2206, and 1 of 2 below a peak in its middle.
  it.each(['0..1.2206', '0..0,6103..1,2206', 'Xã B=0..1.2206'])('risk --rivals %j', (move) => {
    const units = [
      { unit: 'Huyện Như Xuân', score: 87.6103 },
      { unit: 'Xã B', score: 87 },
    ];
    const league = { name: 'L', year: 2022, size: 2, source: 's', units };
    return withFiles({ 'l.yaml': JSON.stringify(league) }, async (folder) => {
      const file = join(folder, 'l.yaml');
      const ran = await cchc(['risk', NHU_XUAN, '--rivals', move, '--league', file, '--format', 'json']);
      expect(JSON.parse(ran.stdout).rankMean, ran.stderr).toBeCloseTo(1.5, 2);
    });
  });

  it.each(['0.9', '0,9', '90%', '90 %'])('--confidence %j', async (confidence) => {
    const ran = await cchc([
      ...['check', NHU_XUAN, '--max-rank', '27', '--league', LEAGUE_2023],
      ...['--confidence', confidence],
    ]);
    expect(ran.code, ran.stderr).toBe(0);
  });

  it('a gate in points takes a decimal comma; 87.610 is no 87610', async () => {
    // The reading scores 87.6103.
    for (const [gate, code] of [
      ['87,6103', 0],
      ['87.610', 0],
      ['87,6104', 1],
      ['87.611', 1],
    ] as const)
      expect((await cchc(['check', NHU_XUAN, '--min-score', gate])).code, gate).toBe(code);
  });
});

describe('an option where the value of another should stand', () => {
  it.each([
    ['whatif', ['--set', '7.3.2=60%', '--league', '--rivals', '+1'], '--league', '--rivals'],
    ['score', ['--league', '--rivals', '+1'], '--league', '--rivals'],
    ['score', ['-o', '--force'], '-o', '--force'],
    ['score', ['--format', '-q'], '--format', '-q'],
    ['plan', ['--target-score', '--budget=3'], '--target-score', '--budget'],
  ])('%s %j', async (command, args, option, found) => {
    const ran = await cchc([command, NHU_XUAN, ...args, '--lang', 'en']);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(`${option} needs a value, and '${found}' is an option`);
  });

  it('is its value after an equals sign, and so is a negative number', async () => {
    const named = await cchc(['score', NHU_XUAN, '--league=--rivals']);
    expect([named.code, named.stderr.includes('file-not-found')]).toEqual([3, true]);
    const args = ['whatif', NHU_XUAN, '--set', '7.3.2=60%', '--league', LEAGUE_2023, '--rivals', '-1'];
    expect((await cchc(args)).code).toBe(0);
  });
});

it.each([
  ['score', NHU_XUAN, '--league='],
  ['score', NHU_XUAN, '--league', ''],
  ['whatif', NHU_XUAN, '--all-fixed', '--scenario='],
  ['check', NHU_XUAN, '--min-score', ''],
  ['sql', 'communes-example', '--table='],
])('an empty value of an option, as an unset variable gives, is none: %s %s %s', async (...args) => {
  const ran = await cchc([...args, '--lang', 'en']);
  expect([ran.code, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toMatch(/--\w[\w-]* needs a value/);
});

it('what is wrong for every reading alike is said once', async () => {
  const ran = await cchc([
    'league',
    fixture('groups/qd-766-payment.csv'),
    '--scenario',
    'none.yaml',
    '--lang',
    'en',
  ]);
  expect([ran.code, ran.stderr.match(/file-not-found/g)?.length]).toEqual([3, 1]);
});

it('an option of another action names the action; a missing argument says what it is', async () => {
  const other = await cchc(['catalogue', 'lint', 'communes-example', '--from', 'x.xlsx', '--lang', 'vi']);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("'--from' chỉ dùng với new")]);
  const missing = await cchc(['score', '--lang', 'vi']);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('= các tệp số liệu (YAML')]);
});

describe('--year is a number', () => {
  it.each(['2022', '02022', '２０２２', ' 2022 '])('%s', async (year) =>
    expect((await cchc(['score', NHU_XUAN, '--year', year, '-q'])).code).toBe(0),
  );

  it.each(['22', 'nay', '2022.5', '-2022'])('%s is none', async (year) => {
    const ran = await cchc(['score', NHU_XUAN, `--year=${year}`, '--lang', 'en']);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(`--year: '${year}' is not a whole number from 1990 to 2200`);
  });

  it('a year without a reading is told with those that there are', async () => {
    const ran = await cchc(['score', NHU_XUAN, '--year', '2023', '--lang', 'vi']);
    expect(ran.stderr).toContain('không có số liệu năm 2023');
    expect(ran.stderr).toContain('có các năm: 2022');
  });
});

it('a folder in place of an output file is told as one, whether forced or not', async () => {
  for (const force of [[], ['--force']]) {
    const ran = await cchc(['score', NHU_XUAN, '-o', root, ...force, '--lang', 'en']);
    expect([ran.code, ran.stdout]).toEqual([3, '']);
    expect(ran.stderr).toContain('this is a folder; name a file in it');
  }
});

it.each([
  [['check', NHU_XUAN, '--confidence', '0.9'], 'this needs --max-rank'],
  [['plan', NHU_XUAN, '--target-score', '92', '--confidence', '0.9'], 'this needs --target-rank'],
  [['check', NHU_XUAN, '--max-owner', 'Phòng Nội vụ=1,5', '--max-owner', 'Phòng Nội vụ=9'], 'is given twice'],
  [['check', NHU_XUAN, '--max-criterion', '7.3.2=1', '--max-criterion', ' 7.3.2=1'], 'is given twice'],
])('an option that would decide nothing is refused: %j', async (args, words) => {
  const ran = await cchc([...args, '--lang', 'en']);
  expect([ran.code, ran.stdout, ran.stderr]).toEqual([2, '', expect.stringContaining(words)]);
});

describe('a pattern stands for the files it matches, as on Windows no shell expands it', () => {
  const reading = 'unit: Xã A\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: 85%}\n';
  const files = {
    'xa-a.yaml': reading,
    'xa-b.yaml': reading.replace('Xã A', 'Xã B'),
    'xa [1]!.yaml': reading.replace('Xã A', 'Xã C'),
  };

  it('for every command of files; a file that is called so is meant first', async () => {
    await withFiles(files, async (cwd) => {
      const units = async (...args: string[]) =>
        JSON.parse((await cchc([...args, '-q', '--format', 'json'], { cwd })).stdout).readings.map(
          (r: { unit: string }) => r.unit,
        );
      expect(await units('score', 'xa-*.yaml')).toEqual(['Xã A', 'Xã B']);
      expect(await units('score', 'xa [1]!.yaml')).toEqual(['Xã C']);
      const explained = await cchc(['explain', '7.3.2', 'xa-?.yaml', '-q', '--brief'], { cwd });
      expect([explained.code, explained.stdout]).toEqual([0, expect.stringContaining('Xã B')]);
    });
  });

  it('that matches nothing is told, also where another does', async () => {
    await withFiles(files, async (cwd) => {
      const scored = await cchc(['score', 'xa-a.yaml', 'phuong-*.yaml'], { cwd });
      expect([scored.code, scored.stderr]).toEqual([
        3,
        expect.stringContaining('no such file: phuong-*.yaml'),
      ]);
      const checked = await cchc(['check', 'xa-a.yaml', 'phuong-*.yaml'], { cwd });
      expect([checked.code, checked.stderr]).toEqual([
        3,
        expect.stringContaining('no file fits phuong-*.yaml'),
      ]);
    });
  });
});

it('a folder in place of a reading is told as one', async () => {
  const ran = await cchc(['score', root, '--lang', 'en']);
  expect([ran.code, ran.stderr]).toEqual([3, expect.stringContaining('it is a folder: name a file in it')]);
});

it('- as the output is standard output', async () => {
  const [named, usual] = [
    await cchc(['score', NHU_XUAN, '-o', '-', '--lang', 'en']),
    await cchc(['score', NHU_XUAN, '--lang', 'en']),
  ];
  expect([named.code, named.stdout]).toEqual([0, usual.stdout]);
});

it('what is wrong with the call and what is wrong with its files are told in one go', async () => {
  const { code, stdout, stderr } = await cchc(['score', 'missing.yaml', NHU_XUAN, '--year', 'abc']);
  expect(stdout).toBe('');
  expect(stderr).toContain('error[file-not-found] no such file: missing.yaml');
  expect(stderr).toContain("error[bad-number-option] --year: 'abc'");
  expect(code).toBe(2);
});
