import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { readJson } from '../../src/files/json.js';
import { LIMITS } from '../../src/files/limits.js';
import { openReadings } from '../../src/files/open.js';
import { readDocuments } from '../../src/files/read.js';
import { readYamlDocuments } from '../../src/files/yaml.js';
import { heard, must, NHU_XUAN, withFiles } from '../support.js';
import { partsOf, sheetData, zipped } from '../workbook-parts.js';

const CAT = 'thanh-hoa-district-2022';
const whole = { ...LIMITS };
afterEach(() => {
  Object.assign(LIMITS, whole);
});

const codesOf = async (name: string, content: string | Uint8Array) =>
  withFiles({ [name]: content }, async (folder) =>
    (await readDocuments(join(folder, name))).diagnostics.map((d) => d.code),
  );

/** Runs a command in this process: its exit code and what it says. */
async function run(...args: string[]): Promise<{ exit: number; said: string }> {
  let said = '';
  const stream = heard((words) => {
    said += words;
  });
  const exit = await main([...args, '--lang', 'en'], { out: stream, err: stream });
  return { exit, said };
}

describe('what a file may be at most', () => {
  it('rows and cells by content', async () => {
    LIMITS.rows = 3;
    expect(await codesOf('r.csv', 'id,value\n1,2\n2,3\n\n,\n;\n3,4\n')).toEqual(['too-many-rows']);
    LIMITS.rows = 100;
    LIMITS.columns = 3;
    expect(await codesOf('r.csv', 'id,value,,note\n1,2,,x\n')).toEqual([]);
    expect(await codesOf('r.csv', 'id,value,done,note\n1,2,3,x\n')).toEqual(['too-many-columns']);
    LIMITS.cells = 5;
    LIMITS.csvCells = 5;
    expect(await codesOf('r.csv', 'id,value\n1,2\n2,3\n')).toEqual(['too-many-cells']);
    expect(
      await codesOf(
        'r.xlsx',
        await zipped(
          partsOf({
            S: sheetData([
              ['id', 'value'],
              [1, 2],
              [2, 3],
            ]),
          }),
        ),
      ),
    ).toEqual(['too-many-cells']);
  });

  it('what a workbook inflates to', async () => {
    LIMITS.inflated = 300;
    expect(await codesOf('r.xlsx', await zipped(partsOf({ S: sheetData([['id', 'value']]) })))).toEqual([
      'inflates-too-far',
    ]);
  });

  it('readings of a table', async () => {
    LIMITS.documents = 3;
    expect(await codesOf('r.csv', 'unit,id,value\nXã A,1,2\nXã B,1,2\nXã C,1,2\nXã D,1,2\n')).toEqual([
      'too-many-documents',
    ]);
  });

  it('YAML: bytes, signs, documents, and values after aliases', async () => {
    expect(await codesOf('r.yaml', `a: ${' '.repeat(LIMITS.yamlBytes)}b`)).toEqual(['yaml-too-large']);
    expect(await codesOf('r.yaml', `[${'a,'.repeat(LIMITS.yamlMarks)}]`)).toEqual(['yaml-too-large']);
    LIMITS.documents = 3;
    expect(await codesOf('r.yaml', '--- a\n'.repeat(4))).toEqual(['too-many-documents']);
    const wide = `a: &a [${Array(2000).fill('x').join(',')}]\nb: [${Array(200).fill('*a').join(',')}]\n`;
    expect(await codesOf('r.yaml', wide)).toEqual(['too-many-values']);
    expect(await codesOf('r.yaml', `a: ${'['.repeat(100_000)}`)).toEqual(['too-deep']);
  });

  it('JSON: values and depth', () => {
    LIMITS.jsonValues = 5;
    expect(readJson('r.json', '[1,2,3,4,5]').diagnostics.map((d) => d.code)).toEqual(['too-many-values']);
    LIMITS.jsonValues = whole.jsonValues;
    expect(readJson('r.json', '['.repeat(1_000_000)).diagnostics.map((d) => d.code)).toEqual(['too-deep']);
  });

  it.skipIf(process.platform !== 'linux')(
    'files of the system that say nothing of their size, never end or never answer are refused',
    async () => {
      for (const file of ['/proc/self/mem', '/proc/self/pagemap'])
        await withFiles(
          { 'r.yaml': `unit: X\nyear: 2022\ncatalogue: ${file}\nindicators: {}\n` },
          async (folder) => {
            for (const args of [
              ['score', file],
              ['score', join(folder, 'r.yaml')],
            ]) {
              const { exit, said } = await run(...args);
              expect(said, args.join(' ')).toMatch(/file-unreadable|file-too-large/);
              expect(exit).toBe(3);
            }
          },
        );
    },
  );

  it.skipIf(process.platform === 'win32')(
    'devices and pipes are no files, wherever one is named',
    async () => {
      await withFiles(
        { 'r.yaml': `unit: X\nyear: 2022\ncatalogue: /dev/zero\nindicators: {}\n` },
        async (folder) => {
          execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
          for (const args of [
            ['score', join(folder, 'pipe.yaml')],
            ['score', '/dev/zero'],
            ['score', join(folder, 'r.yaml')],
            ['score', NHU_XUAN, '--league', '/dev/zero'],
            ['score', NHU_XUAN, '--catalogue', '/dev/zero'],
          ]) {
            const { exit, said } = await run(...args);
            expect(said, args.join(' ')).toContain('not-a-regular-file');
            expect(exit).toBe(3);
          }
        },
      );
    },
  );
});

describe('what is said stays short', () => {
  it('200 complaints, and how many more', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => `x${i};1\n`).join('');
    await withFiles(
      { 'r.csv': `Đơn vị;X\nNăm;2022\nBộ tiêu chí;${CAT}\nid;value\n${rows}` },
      async (folder) => {
        const { exit, said } = await run('score', join(folder, 'r.csv'));
        expect(exit).toBe(3);
        expect(said.match(/^error\[unknown-criterion\]/gm)).toHaveLength(200);
        // 1,000 ids and the criteria that have no value.
        expect(said).toMatch(/\[more-diagnostics\] and 801 more/);
      },
    );
  });

  it('complaints of lint too', async () => {
    const sources = Array.from({ length: 1000 }, (_, i) => `  s${i}: {titel: T}\n`).join('');
    await withFiles({ 'c.yaml': `id: c\nname: C\nyear: 2022\nsources:\n${sources}` }, async (folder) => {
      const { said } = await run('catalogue', 'lint', join(folder, 'c.yaml'), '--format', 'csv');
      expect(said.match(/unknown-key|missing-key/g)).toHaveLength(200);
      expect(said).toContain('more-diagnostics');
    });
  });

  it('a value of a megabyte is cut', async () => {
    const long = 'ă'.repeat(1_000_000);
    await withFiles(
      {
        'r.yaml': `unit: X\nyear: 2022\ncatalogue: ${CAT}\nindicators: {7.3.2: ${long}, 1.5: "${long}%", ${long}: 1}\n${long}: 2\n`,
      },
      async (folder) => {
        const { exit, said } = await run('score', join(folder, 'r.yaml'));
        expect(exit).toBe(3);
        expect(said.length).toBeLessThan(10_000);
      },
    );
  });
});

describe('every document of a file is read or named', () => {
  const unit = (name: string) => `unit: ${name}\nyear: 2022\ncatalogue: ${CAT}\nindicators: {1.5: 2}\n`;
  const units = async (text: string) =>
    withFiles({ 'r.yaml': text }, async (folder) =>
      must(await openReadings(join(folder, 'r.yaml'))).map((o) => o.reading.unit),
    );

  it('YAML documents are readings each', async () => {
    expect(await units(`${unit('A')}---\n${unit('B')}`)).toEqual(['A', 'B']);
    expect(await units(`${unit('A')}---\n`)).toEqual(['A']);
    expect(await units(`${unit('A')}...\n# the end\n`)).toEqual(['A']);
  });

  it('text after the end of a document is a document, and none of a reading', async () => {
    await withFiles({ 'r.yaml': `${unit('A')}...\nwhatever\n` }, async (folder) => {
      expect((await openReadings(join(folder, 'r.yaml'))).diagnostics.map((d) => d.code)).toContain(
        'wrong-type',
      );
    });
  });

  it('a league of two documents is refused', async () => {
    await withFiles({ 'l.yaml': 'size: 3\n---\nsize: 4\n' }, async (folder) => {
      expect((await run('score', NHU_XUAN, '--league', join(folder, 'l.yaml'))).said).toContain(
        'many-readings',
      );
    });
  });
});

describe('JSON says what it is', () => {
  const value = (text: string) => must(readJson('r.json', text)).data;

  it('its own numbers are never ambiguous; texts are texts', () => {
    expect(value('{"a": 1.000, "b": "1.000", "c": 1.5e2, "d": -0.50}')).toEqual({
      a: 1,
      b: '1.000',
      c: 150,
      d: -0.5,
    });
    // A double does not hold these digits.
    expect(value('[0.12345678901234567891]')).toEqual(['0.12345678901234567891']);
  });

  it.each(['{"a":1,}', '[1 2]', '{a:1}', '"x', '[01]', 'nul', '{"a":1}}', '["\\x"]', '["a\nb"]', ''])(
    '%s is refused',
    (text) => {
      expect(readJson('r.json', text).diagnostics.map((d) => d.code)).toEqual(['syntax']);
    },
  );

  it('reads what JSON.parse reads', () => {
    for (const text of ['{"a":[1,{"b":null}],"c":"\\u1ea5\\n"}', ' [true , false] ', '0', '"x"', '{}', '[]'])
      expect(value(text)).toEqual(JSON.parse(text));
  });

  it('a key twice, and places of what is wrong', () => {
    expect(readJson('r.json', '{"a":1,\n "a":2}').diagnostics).toMatchObject([
      { code: 'duplicate-key', place: { line: 2, column: 2 } },
    ]);
  });
});

it('many syntax errors in YAML are 200', () => {
  expect(readYamlDocuments('r.yaml', 'a: b: c\n'.repeat(20_000)).diagnostics.length).toBeLessThanOrEqual(200);
});
