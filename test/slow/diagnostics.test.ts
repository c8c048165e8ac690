import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { diagnosticSamples } from '../../src/values/codes.js';
import { catalogueData, heard, NHU_XUAN, root, withFiles, yaml } from '../support.js';

interface Case {
  code: string;
  exit: string;
  run: string[];
  files?: Record<string, string>;
  catalogue?: Record<string, unknown>;
  encoding?: BufferEncoding;
}

const cases = yaml(readFileSync(join(root, 'test/cases/diagnostics.yaml'), 'utf8')) as Case[];

/** A catalogue of one criterion with a change: of the rule or the maximum, or of the catalogue itself. */
const catalogueText = ({ rule, max, ...top }: Record<string, unknown>): string =>
  JSON.stringify({ ...catalogueData(rule ?? { kind: 'proportional', target: 80 }, max ?? 1, 1), ...top });

let said = '';
const listening = heard((words) => {
  said += words;
});
const streams = { out: listening, err: listening };

describe('every diagnostic can be met', () => {
  it.each(cases)('$code', async ({ code, exit, run, files, catalogue, encoding }) => {
    const written = {
      'c.yaml': catalogueText(catalogue ?? {}),
      ...files,
    };
    await withFiles(written, async (folder) => {
      for (const [name, text] of Object.entries(files ?? {}))
        if (encoding) writeFileSync(join(folder, name), Buffer.from(text, encoding));
      const [command, ...args] = run.map((arg) => (arg === 'NX' ? NHU_XUAN : arg.replace('{}', folder)));
      for (const lang of ['en', 'vi']) {
        said = '';
        expect(await main([command!, '--lang', lang, ...args], streams), said).toBe(Number(exit));
        expect(said).toMatch(new RegExp(`[["]${code}[\\]"]`));
        // Words are filled in, in both languages; the folder's own name is made of any letters.
        expect(said.replaceAll(basename(folder), '')).not.toMatch(/undefined|\[object|NaN/);
      }
    });
  });

  it('here or in another test', () => {
    const here = new Set(cases.map((c) => c.code));
    const others = readdirSync(join(root, 'test'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(root, 'test', name), 'utf8'))
      .join('\n');
    const met = (code: string) => here.has(code) || new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(others);
    expect(Object.keys(diagnosticSamples).filter((code) => !met(code))).toEqual([]);
  });
});
