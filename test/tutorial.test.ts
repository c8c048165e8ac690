import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cchc, root } from './support.js';

const BLOCK = /^```console\n([\s\S]*?)^```$/gm;

/** The arguments of a command line, with quotes understood. */
const argumentsOf = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!).slice(1);

/** A block as it should be: each command, followed by what it prints. */
async function played(block: string): Promise<string> {
  const commands = block.match(/^\$ (?:.*\\\n)*.*$/gm) ?? [];
  let text = '';
  for (const command of commands) {
    const ran = await cchc(argumentsOf(command.slice(2).replaceAll('\\\n', ' ')), {
      env: { COLUMNS: '100' },
    });
    const shown = `${ran.stdout}${ran.stderr}`.replaceAll('\r\n', '\n').replace(/[ \t]+$/gm, '');
    text += `${command}\n${shown.replace(/\n*$/, '\n')}`;
  }
  return text;
}

describe('the tutorials', () => {
  it.each(['tutorial.md', 'tutorial.vi.md'])('%s shows what its commands print', async (name) => {
    const file = join(root, 'docs', name);
    const page = readFileSync(file, 'utf8');
    const blocks = [...page.matchAll(BLOCK)].map((m) => m[1]!);
    expect(blocks.length).toBeGreaterThan(5);
    const fresh = await Promise.all(blocks.map(played));
    // UPDATE=1 writes the pages anew, to be read over before they are committed.
    if (process.env.UPDATE) {
      let i = 0;
      writeFileSync(
        file,
        page.replace(BLOCK, () => `\`\`\`console\n${fresh[i++]}\`\`\``),
      );
    } else expect(blocks).toEqual(fresh);
  });
});

describe('the first pages', () => {
  it.each(['README.md', 'README.vi.md'])('%s shows how the output of its command begins', async (name) => {
    const file = join(root, name);
    let page = readFileSync(file, 'utf8');
    const blocks = [...page.matchAll(BLOCK)].map((m) => m[1]!);
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      const begins = (await played(block)).split('\n').slice(0, block.split('\n').length - 1);
      if (process.env.UPDATE) page = page.replace(block, () => `${begins.join('\n')}\n`);
      else expect(`${begins.join('\n')}\n`).toBe(block);
    }
    if (process.env.UPDATE) writeFileSync(file, page);
  });
});
