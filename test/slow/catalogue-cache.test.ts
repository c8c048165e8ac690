import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/index.js';
import { deserialize, serialize } from '../../src/values/serialize.js';
import { must, NHU_XUAN, root, withFiles } from '../support.js';

const ids = readdirSync(join(root, 'criteria')).map((name) => name.replace(/\.yaml$/, ''));

describe('a checked catalogue as text', () => {
  it.each(ids)('%s comes back as it was', async (id) => {
    const catalogue = must(await loadCatalogue(id));
    expect(deserialize(serialize(catalogue))).toEqual(catalogue);
  });
});

describe('the catalogue kept in the cache folder', () => {
  const TEXT = readFileSync(join(root, 'criteria/thanh-hoa-district-2022.yaml'), 'utf8');

  it('scores alike from the first run on; an edit of the same length, and a damaged cache, are noticed', async () => {
    await withFiles({ 'own.yaml': TEXT }, async (folder) => {
      const run = (cache: string) => {
        const args = [
          'bin/cchc.js',
          'score',
          NHU_XUAN,
          '--catalogue',
          join(folder, 'own.yaml'),
          '--format',
          'json',
        ];
        const env = { ...process.env, CCHC_CACHE: cache, LC_ALL: 'en_US.UTF-8' };
        const ran = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
        expect([ran.status, ran.stderr]).toEqual([0, '']);
        return ran.stdout;
      };
      const kept = () =>
        readdirSync(join(folder, 'cache/cchc'))
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(folder, 'cache/cchc', name));
      const cache = join(folder, 'cache');
      const plain = run('off');
      expect(run(cache)).toBe(plain);
      // As it stands, and as it is in the reading's year.
      expect(kept()).toHaveLength(2);
      expect(run(cache)).toBe(plain);
      // The maximum of the survey, 10, made 20 with a blank less: the same length, another text.
      const edited = TEXT.replace(/(id: "?XHH"?[\s\S]*?max:\s*\n\s*value: )10/, '$120');
      expect([edited === TEXT, edited.length]).toEqual([false, TEXT.length]);
      writeFileSync(join(folder, 'own.yaml'), edited);
      const row = JSON.parse(run(cache)).readings[0].criteria.find((c: { id: string }) => c.id === 'XHH');
      expect(row).toMatchObject({ max: 20, points: 19.1 });
      writeFileSync(join(folder, 'own.yaml'), TEXT);
      for (const file of kept()) {
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, text.replace('"$f":"1/1"', '"$f":"2/1"'));
      }
      expect(run(cache)).toBe(plain);
    });
  });

  it('is not kept where it extends another, however that is written: the other may change', async () => {
    const base = TEXT.replace(/^id: .*/m, 'id: base');
    const extending = {
      'block.yaml': 'id: block\nextends: base.yaml\n',
      'flow.yaml': '{id: flow, extends: base.yaml}\n',
      'line.json': '{"id":"line","extends":"base.yaml"}',
      'escaped.json': '{"id":"escaped","ext\\u0065nds":"base.yaml"}',
    };
    await withFiles({ ...extending, 'base.yaml': base }, async (folder) => {
      const survey = (name: string) => {
        const args = ['bin/cchc.js', 'criteria', '--catalogue', join(folder, name), '--format', 'json'];
        const env = { ...process.env, CCHC_CACHE: join(folder, 'cache'), LC_ALL: 'en_US.UTF-8' };
        const ran = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
        expect([name, ran.status, ran.stderr]).toEqual([name, 0, '']);
        const { criteria } = JSON.parse(ran.stdout) as { criteria: { id: string; max: number }[] };
        return criteria.find(({ id }) => id === 'XHH')!.max;
      };
      const maxima = () => Object.keys(extending).map(survey);
      expect(maxima()).toEqual([10, 10, 10, 10]);
      writeFileSync(
        join(folder, 'base.yaml'),
        base.replace(/(id: "?XHH"?[\s\S]*?max:\s*\n\s*value: )10/, '$19'),
      );
      expect(maxima()).toEqual([9, 9, 9, 9]);
    });
  });
});
