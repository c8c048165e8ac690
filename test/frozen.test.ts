import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { freeze, thaw } from '../src/catalogue/frozen.js';
import { loadCatalogue } from '../src/index.js';
import { frozenCatalogue } from '../src/input/freeze.js';
import { cchc, must, NHU_XUAN, root, withFiles } from './support.js';

describe('catalogues compiled ahead', () => {
  const ids = readdirSync(join(root, 'criteria')).map((name) => name.replace('.yaml', ''));
  it.each(ids)('%s thaws to what its YAML says', async (id) => {
    const parsed = must(await loadCatalogue(id));
    expect(thaw(freeze(parsed))).toEqual(parsed);
    const ahead = await frozenCatalogue(join(root, 'criteria', `${id}.yaml`));
    // One that extends another is parsed as ever.
    if (ahead) expect(thaw(ahead)).toEqual(parsed);
    else expect(id).toBe('communes-example');
  });

  it('an edited YAML is noticed: the edit is what scores', async () => {
    const { readFileSync } = await import('node:fs');
    const text = readFileSync(join(root, 'criteria/thanh-hoa-district-2022.yaml'), 'utf8');
    // XHH out of 20 instead of 10: the published loss of 0.9 leaves 19.1.
    const edited = text.replace(/(id: "?XHH"?[\s\S]*?max:\s*\n\s*value: )10/, '$120');
    expect(edited).not.toBe(text);
    await withFiles({ 'thanh-hoa-district-2022.yaml': edited }, async (folder) => {
      const catalogue = `${folder}/thanh-hoa-district-2022.yaml`;
      const ran = await cchc(['score', NHU_XUAN, '--catalogue', catalogue, '--format', 'json']);
      const row = JSON.parse(ran.stdout).readings[0].criteria.find((c: { id: string }) => c.id === 'XHH');
      expect(row).toMatchObject({ max: 20, points: 19.1 });
    });
  });
});

describe('the width of text in the bundle', () => {
  it('is that of string-width, for any text', () => {
    const fast: (text: string) => number = createRequire(import.meta.url)('../bin/string-width.cjs');
    const letters = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          ...'Tỷ lệ hồ sơ → ≥ 80% ● ─ █ ▏ … × ÷ – — ≈ 日 é\u0301 \u200b \u001b[31m ½ ©'.split(' '),
        ),
      }),
    );
    fc.assert(
      fc.property(letters, (text) => {
        expect(fast(text)).toBe(stringWidth(text));
      }),
      { numRuns: 2000 },
    );
  });
});
