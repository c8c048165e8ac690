import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cchc, root } from '../support.js';

const page = join(root, 'docs/methods.md');

/** The table that a command's line on the page is followed by. */
const below = (command: string) => new RegExp(`(\`${command}\`\\):\\n\\n)((?:\\|.*\\n)+)`);

const numbersOf = (table: string) => table.match(/\d+\.\d+/g) ?? [];

describe('the tables of the back-test in docs/methods.md', () => {
  for (const command of [
    'cchc league backtest --format markdown',
    'cchc league backtest --sample 27 --format markdown',
  ])
    it(`are what ${command} prints`, async () => {
      const { stdout } = await cchc([...command.split(' ').slice(1), '--lang', 'en']);
      const [made] = /(?:\|.*\n)+/.exec(stdout)!;
      const text = readFileSync(page, 'utf8');
      if (process.env.UPDATE)
        writeFileSync(
          page,
          text.replace(below(command), (_, head) => head + made),
        );
      else expect(below(command).exec(text)![2]).toBe(made);
      const { code, stdout: vi } = await cchc([...command.split(' ').slice(1), '--lang', 'vi']);
      expect(code).toBe(0);
      expect(vi.replaceAll(',', '.')).toContain(numbersOf(made).at(-1));
    });
});
