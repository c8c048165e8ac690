import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../src/analysis/whatif.js';
import { readJson } from '../src/files/json.js';
import { readYaml } from '../src/files/yaml.js';
import { loadCatalogue, parseCatalogue, parseLeague, parseReading } from '../src/index.js';
import { inputs, withinLimits } from './fuzz-limits.js';
import { must, NHU_XUAN, root } from './support.js';

const runs = inputs(80);
const originals = [
  NHU_XUAN,
  `${root}/criteria/thanh-hoa-district-2022.yaml`,
  `${root}/fixtures/leagues/thanh-hoa-districts-2023.yaml`,
].map((file) => readFileSync(file, 'utf8'));
const junk = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    '- ',
    '\n',
    '\t',
    '&a ',
    '*a',
    '<<: ',
    '__proto__',
    '~',
    '!!js ',
    '0x1F',
    '1e999',
    '\u0000',
    '"',
    "'",
  ),
);

/** A real file with some of its text replaced by junk. */
const damaged = fc
  .tuple(
    fc.constantFrom(...originals),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), junk), {
      minLength: 1,
      maxLength: 5,
    }),
  )
  .map(([text, cuts]) =>
    cuts.reduce((t, [at, length, put]) => {
      const i = Math.floor(at * t.length);
      return t.slice(0, i) + put + t.slice(i + length);
    }, text),
  );

describe('a wrong file never crashes', () => {
  it('YAML with damage gives a value or reasons', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.string()), (text) =>
        withinLimits(text, () => {
          for (const document of [readYaml('x.yaml', text), readJson('x.json', text)]) {
            if (!document.ok) {
              expect(document.diagnostics.length).toBeGreaterThan(0);
              continue;
            }
            const { data } = document.value;
            for (const result of [
              parseCatalogue(data),
              parseReading(data, catalogue),
              parseLeague(data),
              parseScenario(data, catalogue),
            ]) {
              if (!result.ok) expect(result.diagnostics.some((d) => d.severity === 'error')).toBe(true);
              for (const d of document.value.locate(result.diagnostics))
                expect(d.place?.line).toBeGreaterThan(0);
            }
          }
        }),
      ),
      { numRuns: runs },
    );
  });

  it('any data gives a value or reasons', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), (data, entry) =>
        withinLimits(fc.stringify([data, entry]), () => {
          parseCatalogue(data);
          parseLeague(data);
          const result = parseReading(
            { unit: 'U', year: 2022, catalogue: 'x', indicators: { '7.3.2': entry } },
            catalogue,
          );
          expect(result.ok || result.diagnostics.length > 0).toBe(true);
        }),
      ),
      { numRuns: runs },
    );
  });

  it('aliases, depth and prototype keys are limited', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`)
      .join('\n')}`;
    expect(readYaml('x.yaml', bomb).diagnostics.map((d) => d.code)).toContain('too-many-values');
    // An alias stands for the last node before it with its anchor, wherever it is repeated.
    const twice = readYaml('x.yaml', 'a: &x 1\nb: &y [*x]\nc: &x 2\nd: *y\ne: *x\n');
    expect(twice.ok && twice.value.data).toEqual({ a: 1, b: [1], c: 2, d: [1], e: 2 });
    expect(readYaml('x.yaml', 'a: &a [*a]\n').diagnostics.map((d) => d.code)).toContain('too-deep');
    expect(readYaml('x.yaml', '['.repeat(60) + ']'.repeat(60)).diagnostics.map((d) => d.code)).toContain(
      'too-deep',
    );
    expect(readYaml('x.yaml', '__proto__: {polluted: 1}').diagnostics.map((d) => d.code)).toContain(
      'forbidden-key',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
