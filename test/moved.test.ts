import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogueData, cchc, withFiles } from './support.js';

// A catalogue whose file is not called by its id, and a reading that names it from a folder of its own.
const FILES = {
  'so.yaml': JSON.stringify(catalogueData({ kind: 'proportional', target: 80 }, 1)),
  'data/r.yaml': 'unit: Xã A\nyear: 2022\ncatalogue: ../so.yaml\nindicators: {T1: 3/5}\n',
  'units.yaml': 'units:\n  - {unit: Huyện H, code: "384"}\n  - {unit: Xã A, parent: Huyện H}\n',
};

/** What a file scores when nothing but its name is given: 60% of 80% of 1 point is 0.75. */
async function scored(file: string): Promise<unknown> {
  const ran = await cchc(['score', file, '-q', '--format', 'json']);
  return ran.code === 0 ? JSON.parse(ran.stdout).readings[0].total.score : ran.stderr;
}

describe('a catalogue is that of the file that names it', () => {
  const scheme = (target: number) =>
    JSON.stringify({ ...catalogueData({ kind: 'proportional', target }, 1), id: 'x' });
  const reading = (unit: string, catalogue: string) =>
    `unit: ${unit}\nyear: 2022\ncatalogue: ${catalogue}\nindicators: {T1: 60%}\n`;

  it('one id beside each of two files is two catalogues, in either order', async () => {
    const files = {
      'a/x.yaml': scheme(80),
      'a/r.yaml': reading('A', 'x'),
      'b/x.yaml': scheme(60),
      'b/r.yaml': reading('B', 'x'),
    };
    await withFiles(files, async (folder) => {
      const scores = async (...names: string[]) => {
        const ran = await cchc(['score', ...names.map((n) => join(folder, n)), '-q', '--format', 'json']);
        const { readings } = JSON.parse(ran.stdout) as {
          readings: { unit: string; total: { score: number } }[];
        };
        return Object.fromEntries(readings.map((r) => [r.unit, r.total.score]));
      };
      // 60 ÷ 80, and 60 ÷ 60.
      expect(await scores('a/r.yaml', 'b/r.yaml')).toEqual({ A: 0.75, B: 1 });
      expect(await scores('b/r.yaml', 'a/r.yaml')).toEqual({ A: 0.75, B: 1 });
    });
  });

  it('the next step that criteria tell is a command that runs', async () => {
    await withFiles({ 'a/x.yaml': scheme(80) }, async (folder) => {
      const ran = await cchc(['criteria', '--catalogue', join(folder, 'a/x.yaml'), '--lang', 'en']);
      const next = /cchc (explain T1 --catalogue \S+)/.exec(ran.stdout)![1]!.split(' ');
      expect((await cchc(next)).code).toBe(0);
    });
  });

  it('one file named in two ways is one catalogue', async () => {
    const files = {
      'x.yaml': scheme(80),
      'a.yaml': reading('A', 'x'),
      'b.yaml': reading('B', './x.yaml'),
      'u.yaml': 'units: [{unit: A, parent: T}, {unit: B, parent: T}]\n',
    };
    await withFiles(files, async (folder) => {
      const at = (name: string) => join(folder, name);
      const ran = await cchc([
        'aggregate',
        at('a.yaml'),
        at('b.yaml'),
        '--units',
        at('u.yaml'),
        '--parent',
        'T',
        '--lang',
        'en',
      ]);
      expect([ran.code, ran.stderr.includes('several catalogues')]).toEqual([0, false]);
    });
  });
});

describe('a catalogue at a path is found from the file that is written', () => {
  const made = (args: (at: (name: string) => string) => string[], out: string) =>
    withFiles(FILES, async (folder) => {
      const at = (name: string) => join(folder, name);
      const ran = await cchc(args(at));
      expect(ran.code, ran.stderr).toBe(0);
      return scored(at(out));
    });

  it.each([
    ['o.csv', 'o.csv'],
    ['o.xlsx', 'o.xlsx'],
    ['deep/', 'deep/xa-a-2022.yaml'],
  ])('convert to %s', async (to, out) => {
    expect(await made((at) => ['convert', at('data/r.yaml'), `${at('.')}/${to}`], out)).toBe(0.75);
  });

  it.each(['o.csv', 'o.yaml', 'o.json'])('collect to %s', async (out) => {
    expect(await made((at) => ['collect', at('data/r.yaml'), '--output', at(out)], out)).toBe(0.75);
  });

  // 60% of a target of 60 is full, where r.yaml names one of 80.
  it.each(['convert', 'collect'])('%s names the catalogue that is asked for', async (command) => {
    const other = JSON.stringify(catalogueData({ kind: 'proportional', target: 60 }, 1));
    await withFiles({ ...FILES, 'khac.yaml': other }, async (folder) => {
      const at = (name: string) => join(folder, name);
      const to = command === 'convert' ? [at('o.csv')] : ['--output', at('o.csv')];
      const ran = await cchc([command, at('data/r.yaml'), ...to, '--catalogue', at('khac.yaml')]);
      expect([ran.code, await scored(at('o.csv'))]).toEqual([0, 1]);
    });
  });

  it('aggregate, whose sums are numbers', async () => {
    const of = (at: (name: string) => string) => ['--units', at('units.yaml'), '--parent', 'Huyện H'];
    const args = (at: (name: string) => string) => [
      'aggregate',
      at('data/r.yaml'),
      ...of(at),
      '--output',
      at('o.json'),
    ];
    expect(await made(args, 'o.json')).toBe(0.75);
    await withFiles(FILES, async (folder) => {
      const ran = await cchc([...args((name) => join(folder, name)).slice(0, -2), '--format', 'json']);
      expect(JSON.parse(ran.stdout)).toMatchObject({
        code: '384',
        indicators: { T1: { done: 3, total: 5 } },
      });
    });
  });

  it('migrate', async () => {
    const args = (at: (name: string) => string) => [
      'catalogue',
      'migrate',
      at('so.yaml'),
      at('so.yaml'),
      at('data/r.yaml'),
      '--output',
      at('o.yaml'),
    ];
    expect(await made(args, 'o.yaml')).toBe(0.75);
  });

  it('a form, once it is filled in', async () => {
    await withFiles(FILES, async (folder) => {
      const at = (name: string) => join(folder, name);
      const form = ['template', '--catalogue', at('so.yaml'), '--unit', 'Xã A'];
      for (const name of ['o.csv', 'o.yaml'])
        expect((await cchc([...form, '--output', at(name)])).code).toBe(0);
      const csv = readFileSync(at('o.csv'), 'utf8');
      writeFileSync(at('o.csv'), csv.replace(/^(T1,.*),\r$/m, '$1,,60%\r'));
      expect(await scored(at('o.csv'))).toBe(0.75);
      const yaml = readFileSync(at('o.yaml'), 'utf8');
      writeFileSync(at('o.yaml'), yaml.replace('# T1: #', 'T1: 60% #'));
      expect(await scored(at('o.yaml'))).toBe(0.75);
      const xlsx = at('o.xlsx');
      expect((await cchc([...form, '--output', xlsx])).code).toBe(0);
      expect((await cchc(['inspect', xlsx])).stdout).toContain('Xã A');
      expect((await cchc(['score', xlsx, '-q'])).code).toBe(0);
    });
  });

  it('a catalogue that its id finds from there is named by its id', async () => {
    const files = { 'criteria/test.yaml': FILES['so.yaml'] };
    await withFiles(files, async (folder) => {
      const out = join(folder, 'o.csv');
      await cchc(['template', '--catalogue', join(folder, 'criteria/test.yaml'), '--output', out]);
      expect(readFileSync(out, 'utf8')).toContain('catalogue,test\r\n');
    });
  });

  it('the files of evidence are named from there too', async () => {
    const files = {
      ...FILES,
      'data/r.yaml': FILES['data/r.yaml'].replace('3/5', '{value: 3/5, evidence: [{file: bc.pdf}]}'),
      'data/bc.pdf': '',
    };
    await withFiles(files, async (folder) => {
      const at = (name: string) => join(folder, name);
      for (const [out, ...args] of [
        ['o.yaml', 'convert', at('data/r.yaml'), at('o.yaml')],
        ['o.csv', 'collect', at('data/r.yaml'), '--output', at('o.csv')],
        [
          'm.yaml',
          'catalogue',
          'migrate',
          at('so.yaml'),
          at('so.yaml'),
          at('data/r.yaml'),
          '-o',
          at('m.yaml'),
        ],
      ]) {
        await cchc(args);
        const ran = await cchc(['check', at(out!), '--format', 'json']);
        expect(JSON.parse(ran.stdout).files[0].diagnostics).toEqual([]);
      }
    });
  });
});

it('the id that a config names is found from the config, wherever check is run', async () => {
  const scheme = JSON.stringify({ ...catalogueData({ kind: 'proportional', target: 80 }, 1), id: 'own' });
  const files = {
    'criteria/own.yaml': scheme,
    'cchc.config.yaml': 'files: [data/r.yaml]\ncatalogue: own\n',
    'data/r.yaml': 'unit: Xã A\nyear: 2022\nindicators: {T1: 3/5}\n',
  };
  await withFiles(files, async (folder) => {
    const ran = await cchc(['check', '--config', join(folder, 'cchc.config.yaml')]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
  });
});

describe('the catalogue of a new file is the one that was meant', () => {
  it('a form beside last year’s values is of the catalogue that they name', async () => {
    await withFiles(FILES, async (folder) => {
      const form = join(folder, 'o.yaml');
      const made = await cchc(['template', '--baseline', join(folder, 'data/r.yaml'), '--output', form]);
      expect([made.code, made.stderr]).toEqual([0, '']);
      expect(readFileSync(form, 'utf8')).toMatch(
        /^year: 2023\ncatalogue: \.\/so\.yaml\n[\s\S]*# T1: #.*60%/m,
      );
    });
  });

  it.each([
    [['--unit', 'Xã B'], ['baseline-of-other-unit']],
    [['--unit', 'XÃ A'], []],
    [['--year', '2022'], ['baseline-of-other-year']],
    [
      ['--year', '2024', '--unit', 'Xã B'],
      ['other-year', 'baseline-of-other-unit', 'baseline-of-other-year'],
    ],
  ])('a form beside values of another unit, or of no year before, says so: %s', async (args, codes) => {
    await withFiles(FILES, async (folder) => {
      const ran = await cchc(['template', '--baseline', join(folder, 'data/r.yaml'), ...args]);
      const told = [...ran.stderr.matchAll(/\[([a-z-]+)\]/g)].map((m) => m[1]);
      expect([ran.code, told]).toEqual([0, codes]);
    });
  });

  it.each(['yaml', 'csv'])(
    'a form of %s has the kind of the unit whose values stand beside it, and no other',
    async (format) => {
      const data = catalogueData({ kind: 'proportional', target: 80 }, 1);
      const criteria = data.criteria.map((c) => ({ ...c, units: ['xã'], otherwise: 'max' }));
      const files = {
        'c.json': JSON.stringify({ ...data, criteria }),
        'r.yaml': 'unit: Xã A\nkind: xã\nyear: 2022\ncatalogue: ./c.json\nindicators: {T1: 50}\n',
      };
      await withFiles(files, async (folder) => {
        const kind = async (...args: string[]) => {
          const ran = await cchc([
            'template',
            '--baseline',
            join(folder, 'r.yaml'),
            '--format',
            format,
            '--lang',
            'en',
            ...args,
          ]);
          return /^kind(?:: |,)(.*?)\r?$/m.exec(ran.stdout)?.[1] ?? '';
        };
        expect([await kind(), await kind('--unit', 'Huyện B')]).toEqual(['xã', '']);
      });
    },
  );

  it('a project of a catalogue that extends one called by its own id', async () => {
    const whole = catalogueData({ kind: 'proportional', target: 80 }, 1);
    const [one] = catalogueData({ kind: 'proportional', target: 60 }, 1).criteria;
    const files = {
      'tinh.yaml': JSON.stringify({ ...whole, id: 'tinh' }),
      'moi.yaml': JSON.stringify({ extends: './tinh.yaml', id: 'tinh', criteria: [one] }),
    };
    await withFiles(files, async (folder) => {
      const project = join(folder, 'p');
      const made = await cchc(['init', project, '--catalogue', join(folder, 'moi.yaml'), '--unit', 'Xã A']);
      expect(made.code).toBe(0);
      const reading = join(project, 'reading.yaml');
      writeFileSync(reading, readFileSync(reading, 'utf8').replace('# T1: #', 'T1: 60% #'));
      expect(await scored(reading)).toBe(1);
    });
  });
});
