import { describe, expect, it } from 'vitest';
import { catalogueData, cchc, withFiles } from './support.js';
import { partsOf, sheetData, zipped } from './workbook-parts.js';

/** A catalogue of criteria A and B, each the percent of so many points. */
const twoCriteria = (maxA: number, maxB: number, more: object = {}) => {
  const data = catalogueData({ kind: 'proportional', target: 100 }, 1, maxA + maxB);
  const [one] = data.criteria;
  const assumed = { provenance: 'assumed', reason: 'test' };
  const criterion = (id: string, max: number) => ({ ...one, id, name: id, max: { value: max, ...assumed } });
  return JSON.stringify({
    ...data,
    criteria: [criterion('A', maxA), criterion('B', maxB)],
    ...more,
  });
};
const reading = (values: string, unit = 'U', catalogue = './c.yaml') =>
  `unit: ${unit}\nyear: 2022\ncatalogue: ${catalogue}\nindicators: {${values}}\n`;
const inFolder = (folder: string, ...args: string[]) => cchc([...args, '--lang', 'en'], { cwd: folder });

describe('a config beside options', () => {
  it('a limit that an option sets for one criterion leaves those of the config for others', () =>
    withFiles(
      {
        'c.yaml': twoCriteria(4, 6),
        'r.yaml': reading('A: 50, B: 50'),
        'cchc.config.yaml':
          'files: [r.yaml]\ngates: {criteria: {A: {max_deduction: 1}, B: {max_deduction: 1}}, owners: {O: {max_deduction: 1}}}\n',
      },
      async (folder) => {
        const ran = await inFolder(folder, 'check', '--max-criterion', 'B=4', '--format', 'json');
        // A lost 2 of 4, B 3 of 6, both of them 5.
        const gates = JSON.parse(ran.stdout).gates.map((g: Record<string, unknown>) => [
          g.name,
          g.actual,
          g.limit,
        ]);
        expect(gates).toEqual([
          ['max-deduction:A', 2, 1],
          ['max-deduction:B', 3, 4],
          ['max-deduction:O', 5, 1],
        ]);
      },
    ));
});

describe('files that name others', () => {
  it('a league whose earlier year cannot be read, or is no earlier one, is at fault by itself too', () =>
    withFiles(
      {
        'l.yaml': 'name: L\nyear: 2023\nsize: 1\nprevious: [no.yaml]\nunits: [{unit: U, score: 9}]\n',
        'm.yaml': 'name: L\nyear: 2023\nsize: 1\nprevious: [n.yaml]\nunits: [{unit: U, score: 9}]\n',
        'n.yaml': 'name: L\nyear: 2023\nsize: 1\nunits: [{unit: U, score: 9}]\n',
      },
      async (folder) => {
        const ran = await inFolder(folder, 'check', 'l.yaml', 'm.yaml', 'n.yaml', '--format', 'json');
        const { files } = JSON.parse(ran.stdout);
        expect([
          ran.code,
          files.map((f: { diagnostics: { code: string; line: number }[] }) =>
            f.diagnostics.map((d) => [d.code, d.line]),
          ),
        ]).toEqual([3, [[['file-not-found', 4]], [['league-previous-year', 4]], []]]);
      },
    ));

  it('a list of units that has a name is one, as its schema says', () =>
    withFiles(
      {
        'c.yaml': twoCriteria(4, 6),
        'u.yaml': 'name: Tỉnh T\nunits: [{unit: U, parent: T}, {unit: V, parent: T}]\n',
        'l.yaml': 'name: L\nunits: [{unit: U, score: 9}]\n',
        'r.yaml': reading('A: {done: 1, total: 2}'),
        's.yaml': reading('A: {done: 2, total: 6}', 'V'),
      },
      async (folder) => {
        expect((await inFolder(folder, 'check', 'u.yaml')).code).toBe(0);
        const ran = await inFolder(
          folder,
          'aggregate',
          'r.yaml',
          's.yaml',
          '--units',
          'u.yaml',
          '--parent',
          'T',
          '--format',
          'json',
        );
        expect(JSON.parse(ran.stdout).indicators).toEqual({ A: { done: 3, total: 8 } });
        expect((await inFolder(folder, 'check', 'l.yaml')).stdout).toContain("'year' is missing");
      },
    ));
});

it('init lists a faulty catalogue too, and each by the name that finds it', () =>
  withFiles(
    { 'criteria/own.yaml': twoCriteria(4, 6), 'criteria/wrong.yaml': 'id: wrong\ncriteria: []\n' },
    async (folder) => {
      const listed = await inFolder(folder, 'init', 'x');
      expect(listed.code).toBe(2);
      expect(listed.stderr).toMatch(
        /- own · 2022 · Test\n.*- wrong · faulty; see: cchc catalogue lint wrong\n/,
      );
      expect((await inFolder(folder, 'catalogue', 'lint', 'wrong')).code).toBe(3);
      expect((await inFolder(folder, 'init', 'x', '--catalogue', 'own')).code).toBe(0);
    },
  ));

it('two folders with a catalogue of one id are two groups, and copies of one catalogue are one', () => {
  const against = (max: number) =>
    JSON.stringify({
      ...catalogueData(
        { kind: 'steps', against: 'group_max', tiers: [{ at_least: 0, points: 'max' }], otherwise: 0 },
        max,
      ),
    });
  const files = {
    'a/c.yaml': against(10),
    'a/1.yaml': reading('T1: 10', 'A1'),
    'a/2.yaml': reading('T1: 20', 'A2'),
    'b/c.yaml': against(20),
    'b/1.yaml': reading('T1: 15', 'B1'),
    'b/2.yaml': reading('T1: 25', 'B2'),
    'copy/c.yaml': against(10),
    'copy/1.yaml': reading('T1: 30', 'A3'),
  };
  const scores = async (folder: string, ...names: string[]) => {
    const ran = await inFolder(folder, 'score', ...names, '--format', 'json');
    return JSON.parse(ran.stdout).readings.map((r: { unit: string; total: { score: number } }) => [
      r.unit,
      r.total.score,
    ]);
  };
  return withFiles(files, async (folder) => {
    // In each folder the second is ahead of the first, whatever the other folder has.
    expect(await scores(folder, 'a/1.yaml', 'a/2.yaml', 'b/1.yaml', 'b/2.yaml')).toEqual([
      ['A1', 0],
      ['A2', 10],
      ['B1', 0],
      ['B2', 20],
    ]);
    expect(await scores(folder, 'a/2.yaml', 'copy/1.yaml')).toEqual([
      ['A2', 0],
      ['A3', 10],
    ]);
  });
});

it('what check says of a league is a finding in every format, and counts; a call without a verdict tells what it found', () =>
  withFiles(
    {
      'c.yaml': twoCriteria(4, 6),
      'r.yaml': reading('A: 50, B: 50', 'Xã A'),
      'wrong.yaml': reading('A: 500, B: 50'),
      'l.yaml': 'name: L\nyear: 2022\nsize: 2\nscale: 10\nunits: [{unit: Xã Á, score: 9}]\n',
      'cchc.config.yaml': 'files: [r.yaml]\nleague: l.yaml\ngates: {max_rank: 2}\nmax_warnings: 0\n',
    },
    async (folder) => {
      const ran = await inFolder(folder, 'check', '--format', 'json');
      const { verdict, files } = JSON.parse(ran.stdout);
      expect([ran.code, verdict, files]).toMatchObject([
        1,
        'fail',
        [
          { file: 'r.yaml', diagnostics: [] },
          { file: 'l.yaml', diagnostics: [{ code: 'unit-look-alike', severity: 'warning' }] },
        ],
      ]);
      expect((await inFolder(folder, 'check', '--format', 'github')).stdout).toMatch(
        /^::warning file=l\.yaml,title=unit-look-alike::/,
      );
      const refused = await inFolder(folder, 'check', 'wrong.yaml', '--league', 'no.yaml');
      expect([refused.code, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toMatch(
        /\[file-not-found\].*no\.yaml[\s\S]*\[above-range\][\s\S]*wrong\.yaml:4/,
      );
    },
  ));

it('a catalogue that a reading or a catalogue names with ./ is beside it or nowhere', () =>
  withFiles(
    {
      'c.yaml': twoCriteria(4, 6),
      'data/r.yaml': reading('A: 50, B: 50'),
      'data/d.yaml': 'extends: ./c.yaml\nid: d\n',
    },
    async (folder) => {
      const files = [
        ['score', 'data/r.yaml'],
        ['catalogue', 'lint', 'data/d.yaml'],
      ];
      for (const call of files) {
        const { code, stdout, stderr } = await inFolder(folder, ...call);
        expect([code, `${stdout}${stderr}`]).toEqual([
          3,
          expect.stringContaining('no such file: data/c.yaml'),
        ]);
      }
    },
  ));

it('a span of years that ends before it begins is an error; a year outside the span that is taken over is told', () =>
  withFiles(
    {
      'c.yaml': twoCriteria(4, 6, { valid: { from: 2022, to: 2024 } }),
      'later.yaml': 'extends: ./c.yaml\nid: later\nyear: 2025\n',
      'back.yaml': 'extends: ./c.yaml\nid: back\nvalid: {from: 2025, to: 2022}\n',
    },
    async (folder) => {
      const told = async (file: string) => {
        const { files } = JSON.parse(
          (await inFolder(folder, 'catalogue', 'lint', file, '--format', 'json')).stdout,
        );
        return files[0].diagnostics
          .filter((d: { severity: string }) => d.severity !== 'note')
          .map((d: { code: string; line: number }) => [d.code, d.line]);
      };
      expect(await told('later.yaml')).toEqual([['outside-validity', 3]]);
      expect(await told('back.yaml')).toEqual([['out-of-range', 3]]);
      expect((await inFolder(folder, 'catalogue', 'lint', 'back.yaml')).stdout).toContain(
        'from 2025 to 2200',
      );
    },
  ));

it('what is accepted of one file is no fault where another alone is checked', () =>
  withFiles(
    {
      'c.yaml': twoCriteria(4, 6),
      'one.yaml': JSON.stringify(catalogueData({ kind: 'proportional', target: 100 }, 1)),
      'r.yaml': reading('A: 50'),
      's.yaml': reading('T1: 50', 'U', './one.yaml'),
      'cchc.config.yaml': 'files: [r.yaml, s.yaml]\naccept: [{code: unknown-values, id: B, reason: later}]\n',
      'slip.yaml': 'files: [r.yaml, s.yaml]\naccept: [{code: unknown-values, id: Bb, reason: later}]\n',
    },
    async (folder) => {
      const codes = [];
      for (const call of [
        ['check'],
        ['check', 's.yaml'],
        ['catalogue', 'lint', 'one.yaml'],
        ['check', '--config', 'slip.yaml'],
      ])
        codes.push((await inFolder(folder, ...call)).code);
      expect(codes).toEqual([0, 0, 0, 3]);
    },
  ));

it('a baseline that the config scores under another catalogue than it names is told, as a reading is', () =>
  withFiles(
    {
      'c.yaml': twoCriteria(4, 6),
      'd.yaml': twoCriteria(4, 3, { id: 'd' }),
      'old.yaml': reading('A: 50, B: 50'),
      'new.yaml': reading('A: 50, B: 50', 'U', './d.yaml'),
      'cchc.config.yaml':
        'files: [new.yaml]\ncatalogue: d.yaml\nbaseline: old.yaml\ngates: {no_regression: 0}\n',
    },
    async (folder) => {
      // 5 points under its own catalogue, 3.5 under the config's, from where nothing fell.
      const { gates, files } = JSON.parse((await inFolder(folder, 'check', '--format', 'json')).stdout);
      expect([gates[0].actual, files]).toMatchObject([
        0,
        [
          { file: 'new.yaml', diagnostics: [] },
          { file: 'old.yaml', diagnostics: [{ code: 'catalogue-of-config' }] },
        ],
      ]);
    },
  ));

it('catalogue diff tells another field, number of decimals, year, exemption or basis: it said that nothing changed', () => {
  const data = JSON.parse(twoCriteria(4, 6));
  const [a, b] = data.criteria;
  const fields = [
    { id: 'F', name: 'F' },
    { id: 'G', name: 'G' },
  ];
  const old = { ...data, fields };
  const files = {
    'old.yaml': JSON.stringify(old),
    'field.yaml': JSON.stringify({ ...old, criteria: [a, { ...b, field: 'G' }] }),
    'counts.yaml': JSON.stringify({ ...old, criteria: [{ ...a, exemption: 'Văn bản', basis: 'plan' }, b] }),
    'decimals.yaml': JSON.stringify({ ...old, decimals: 2 }),
    'year.yaml': JSON.stringify({ ...old, valid: { from: 2022 } }),
    'name.yaml': JSON.stringify({ ...old, fields: [fields[0], { id: 'G', name: 'H' }] }),
  };
  return withFiles(files, async (folder) => {
    const told = async (name: string) =>
      (await inFolder(folder, 'catalogue', 'diff', 'old.yaml', name)).stdout.replaceAll(/ +/g, ' ');
    expect(await told('field.yaml')).toContain('B changed Field F G');
    expect(await told('counts.yaml')).toContain(
      "A changed Counts Exemption: Văn bản; the total is the year's",
    );
    expect(await told('decimals.yaml')).toContain('changed Rounding to 4 decimals to 2 decimals');
    expect(await told('year.yaml')).toContain('changed Year 2022 2022–…');
    expect(await told('name.yaml')).not.toContain('Nothing changed');
    expect(await told('old.yaml')).toContain('Nothing changed');
  });
});

it('gates that no file is held to are no pass', () =>
  withFiles(
    {
      'criteria/c.yaml': twoCriteria(4, 6),
      'cchc.config.yaml': 'files: ["criteria/*.yaml"]\ngates: {min_score: 5}\n',
    },
    async (folder) => {
      const ran = await Promise.all([
        inFolder(folder, 'check'),
        inFolder(folder, 'check', 'criteria/c.yaml', '--max-rank', '3'),
        // A catalogue by itself is held to nothing.
        inFolder(folder, 'check', 'criteria/c.yaml'),
      ]);
      expect(ran.map((r) => [r.code, r.stderr.includes('gates-without-reading')])).toEqual([
        [2, true],
        [2, true],
        [0, false],
      ]);
    },
  ));

it('copies of one catalogue beside each unit are one to aggregate; one with other numbers is not', () =>
  withFiles(
    {
      'a/c.yaml': twoCriteria(4, 6),
      'b/c.yaml': twoCriteria(4, 6),
      'd/c.yaml': twoCriteria(4, 5),
      'a/r.yaml': reading('A: {done: 1, total: 2}', 'U'),
      'b/r.yaml': reading('A: {done: 2, total: 6}', 'V'),
      'd/r.yaml': reading('A: {done: 2, total: 6}', 'V'),
      'u.yaml': 'units: [{unit: U, parent: T}, {unit: V, parent: T}]\n',
    },
    async (folder) => {
      const sum = (other: string) =>
        inFolder(
          folder,
          'aggregate',
          'a/r.yaml',
          other,
          '--units',
          'u.yaml',
          '--parent',
          'T',
          '--format',
          'json',
        );
      expect(JSON.parse((await sum('b/r.yaml')).stdout)).toMatchObject({
        catalogue: 'a/c.yaml',
        indicators: { A: { done: 3, total: 8 } },
      });
      expect((await sum('d/r.yaml')).stderr).toContain('mixed-catalogues');
    },
  ));

it('lint looks at every year from which on numbers are others, and says which', () => {
  const dated = (of2024: number) => {
    const data = JSON.parse(
      twoCriteria(4, 6, { valid: { from: 2022 }, fields: [{ id: 'F', name: 'F', max: 10 }] }),
    );
    const [a, b] = data.criteria;
    const max = { by_year: { 2022: 4, 2024: of2024 }, provenance: 'assumed', reason: 'test' };
    return JSON.stringify({ ...data, criteria: [{ ...a, max }, b] });
  };
  return withFiles(
    { 'less.yaml': dated(3), 'more.yaml': dated(5), 'same.yaml': dated(4) },
    async (folder) => {
      const told = async (name: string) => {
        const { files } = JSON.parse(
          (await inFolder(folder, 'catalogue', 'lint', name, '--format', 'json')).stdout,
        );
        const shown = files[0].diagnostics.filter((d: { severity: string }) => d.severity !== 'note');
        return shown.map((d: { message: string }) => d.message);
      };
      // 3 + 6 of 10, and 5 + 6.
      expect(await told('less.yaml')).toEqual([
        'Year 2024: the maxima add up to 9, below the scale of 10',
        'Year 2024: criteria of field F add up to 9, not to 10',
      ]);
      expect(await told('more.yaml')).toEqual(['Year 2024: the maxima add up to 11, above the scale of 10']);
      expect(await told('same.yaml')).toEqual([]);
    },
  );
});

it('a baseline out of another scale is told: 5 of 10, then 6 of 20, is no fall in points', () =>
  withFiles(
    {
      'c.yaml': twoCriteria(4, 6),
      'd.yaml': twoCriteria(8, 12, { id: 'd' }),
      'old.yaml': reading('A: 50, B: 50'),
      'new.yaml': reading('A: 30, B: 30', 'U', './d.yaml'),
    },
    async (folder) => {
      const asked = ['new.yaml', '--baseline', 'old.yaml', '--no-regression', '--format', 'json'];
      const { gates, files } = JSON.parse((await inFolder(folder, 'check', ...asked)).stdout);
      expect([gates[0].actual, files[0].diagnostics]).toMatchObject([
        0,
        [{ code: 'baseline-of-other-scale', severity: 'warning', line: 3 }],
      ]);
    },
  ));

it('last year’s value is that of the criterion, whatever its number was then', () => {
  const scheme = (...names: string[]) => {
    const data = JSON.parse(twoCriteria(5, 5));
    const [one] = data.criteria;
    const assumed = { provenance: 'assumed', reason: 'test' };
    const rule = {
      kind: 'steps',
      against: 'last_year',
      tiers: [{ above: 0, points: 'max' }],
      otherwise: 0,
      ...assumed,
    };
    const criteria = names.map((name, i) => ({ ...one, id: `1.${i + 1}`, name, rule }));
    return JSON.stringify({ ...data, scale: { value: 5 * names.length, ...assumed }, criteria });
  };
  const files = {
    '2021/c.yaml': scheme('Kế hoạch', 'Kiểm tra'),
    '2022/c.yaml': scheme('Sáng kiến', 'Kế hoạch', 'Kiểm tra'),
    '2021/r.yaml': reading('1.1: 50, 1.2: 80').replace('2022', '2021'),
    '2022/r.yaml': reading('1.1: {value: 1, last_year: 0}, 1.2: 60, 1.3: 70'),
  };
  return withFiles(files, async (folder) => {
    const ran = await inFolder(
      folder,
      'score',
      '2021/r.yaml',
      '2022/r.yaml',
      '--year',
      '2022',
      '--format',
      'json',
    );
    const { criteria } = JSON.parse(ran.stdout).readings[0];
    // Plans rose from 50 to 60, inspections fell from 80 to 70.
    expect(criteria.map((c: { points: number }) => c.points)).toEqual([5, 5, 0]);
  });
});

it('the next step of criteria runs as it is printed: a name of several words is in quotes', () =>
  withFiles({ 'bộ tiêu chí.yaml': twoCriteria(4, 6) }, async (folder) => {
    const { stdout } = await inFolder(folder, 'criteria', '--catalogue', 'bộ tiêu chí.yaml');
    expect(stdout).toContain('cchc explain B --catalogue "bộ tiêu chí.yaml"');
  }));

it('a fault in a workbook is one of its file, in the formats that mark files; the cell stands in the words', async () => {
  const rows = [
    ['unit', 'year', 'catalogue', 'id', 'value'],
    ['U', 2022, './c.yaml', 'A', 'abc'],
  ];
  const book = await zipped(partsOf({ S: sheetData(rows) }));
  await withFiles({ 'c.yaml': twoCriteria(4, 6), 'r.xlsx': book }, async (folder) => {
    const said = async (format: string) =>
      (await inFolder(folder, 'check', 'r.xlsx', '--format', format)).stdout;
    expect(await said('github')).toContain(
      "::error file=r.xlsx,title=bad-percent::S!E2: 'abc' is not a percent",
    );
    const junit = await said('junit');
    expect(junit).toContain('tests="1" failures="1"');
    expect(junit).toContain('r.xlsx: [bad-percent] S!E2: ');
    const [first] = JSON.parse(await said('gitlab'));
    expect([first.location.path, first.description.slice(0, 5)]).toEqual(['r.xlsx', 'S!E2:']);
    const [result] = JSON.parse(await said('sarif')).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('r.xlsx');
  });
});

it('compare names two readings of one unit and year by their files, and files of one name by their folders', () =>
  withFiles(
    { 'c.yaml': twoCriteria(4, 6), 'a/r.yaml': reading('A: 50, B: 50'), 'b/r.yaml': reading('A: 60, B: 50') },
    async (folder) => {
      const asked = ['compare', 'a/r.yaml', 'b/r.yaml', '--catalogue', 'c.yaml', '--format', 'json'];
      const [{ from, to }] = JSON.parse((await inFolder(folder, ...asked)).stdout).comparisons;
      expect([from.name, to.name]).toEqual(['U 2022 (a/r.yaml)', 'U 2022 (b/r.yaml)']);
    },
  ));

it('aggregate sums what is scored for a unit’s kind: what does not count for a ward is in no sum, nor missed there', () => {
  const data = JSON.parse(twoCriteria(4, 6));
  const [a, b] = data.criteria;
  const files = {
    'c.yaml': JSON.stringify({ ...data, criteria: [{ ...a, units: ['xã'] }, b] }),
    'u.yaml': 'units: [{unit: U, parent: T}, {unit: V, parent: T}]\n',
    'xa.yaml': `kind: xã\n${reading('A: {done: 1, total: 2}, B: {done: 1, total: 2}')}`,
    'with.yaml': `kind: phường\n${reading('A: {done: 9, total: 9}, B: {done: 2, total: 6}', 'V')}`,
    'without.yaml': `kind: phường\n${reading('B: {done: 2, total: 6}', 'V')}`,
  };
  return withFiles(files, async (folder) => {
    for (const ward of ['with.yaml', 'without.yaml']) {
      const asked = ['aggregate', 'xa.yaml', ward, '--units', 'u.yaml', '--parent', 'T', '--format', 'json'];
      expect(JSON.parse((await inFolder(folder, ...asked)).stdout).indicators).toEqual({
        A: { done: 1, total: 2 },
        B: { done: 3, total: 8 },
      });
    }
  });
});

it('catalogue diff: a score that a new criterion leaves open is a range, as compare has it', () => {
  const old = JSON.parse(twoCriteria(4, 6));
  const more = { ...old.criteria[0], id: 'C', name: 'C', max: { ...old.criteria[0].max, value: 2 } };
  const now = { ...old, scale: { ...old.scale, value: 12 }, criteria: [...old.criteria, more] };
  const files = {
    'c.yaml': JSON.stringify(old),
    'd.yaml': JSON.stringify(now),
    'r.yaml': reading('A: 50, B: 50'),
  };
  return withFiles(files, async (folder) => {
    const ran = await inFolder(folder, 'catalogue', 'diff', 'c.yaml', 'd.yaml', '--reading', 'r.yaml');
    // 2 of 4 and 3 of 6, and of C none or 2.
    expect(ran.stdout).toMatch(/^Before +5\nAfter +between 5 and 7$/m);
  });
});

describe('all that is wrong with a file is told in one go', () => {
  const ABOVE = 'Đơn vị: U\nNăm 2022\nBộ tiêu chí: ./c.yaml\n';
  it.each([
    // What is given twice is at fault beside what else is.
    [
      'r.yaml',
      `${reading('A: abc, A: 500%, C: 1')}yaer: 2022\n`,
      'duplicate-key above-range unknown-criterion unknown-key',
    ],
    [
      'r.json',
      '{"unit": "U", "year": 2022, "catalogue": "./c.yaml", "indicators": {"A": 5, "A": "abc", "B": -1}}',
      'duplicate-key bad-percent below-range',
    ],
    ['r.csv', `${ABOVE}Mã;Giá trị\nA;abc\nA;5\nB;500%\n`, 'duplicate-id bad-percent above-range'],
    ['r.csv', `${ABOVE}Mã,Giá trị\nA,99,2\nB,500%\n`, 'row-too-wide above-range'],
    [
      'l.yaml',
      'name: L\nyear: 2022\nsize: 2\nsize: 2\nunits: [{unit: A, score: 101}, {unit: B, rank: 3}, {unit: C, scroe: 5}, {unit: D, score: x}]\n',
      'duplicate-key unknown-key not-a-number league-size score-off-scale league-rank-out',
    ],
    [
      'u.yaml',
      'units: [{unit: A, parent: B}, {unit: B, parent: A}, {unit: C, cod: 1}]\n',
      'unknown-key unit-circle unit-circle',
    ],
  ])('%s, #%#', (name, text, codes) =>
    withFiles({ 'c.yaml': twoCriteria(4, 6), [name]: text }, async (folder) => {
      const { code, stdout } = await inFolder(folder, 'check', name, '--format', 'json');
      const told: { code: string }[] = JSON.parse(stdout).files[0].diagnostics;
      expect([code, told.map((d) => d.code).sort()]).toEqual([3, codes.split(' ').sort()]);
    }),
  );
});
