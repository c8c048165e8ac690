import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NHU_XUAN, root, withFiles } from '../support.js';

describe.skipIf(process.platform === 'win32')('what reads the output', () => {
  it('a broken pipe is quiet', () => {
    const ran = spawnSync(
      'bash',
      ['-c', `set -o pipefail; node bin/cchc.js score "${NHU_XUAN}" --format json | head -c 10`],
      { cwd: root, encoding: 'utf8' },
    );
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
  });

  it('a broken pipe changes no verdict', () => {
    const check = `node bin/cchc.js check "${NHU_XUAN}" --min-score 99 --format json`;
    const ran = spawnSync('bash', ['-c', `${check} | true; exit \${PIPESTATUS[0]}`], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(ran).toMatchObject({ stderr: '', status: 1 });
  });

  it('a full pipe that does not wait gets everything', async () => {
    const args = ['bin/cchc.js', 'score', ...Array<string>(20).fill(NHU_XUAN), '--format', 'json'];
    const whole = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout;
    expect(whole.length).toBeGreaterThan(2 * 65_536);
    await withFiles({}, async (folder) => {
      const fifo = join(folder, 'pipe');
      spawnSync('mkfifo', [fifo]);
      const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
      const writer = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
      const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', writer, 'inherit'] });
      const ended = new Promise((resolve) => child.on('close', resolve));
      closeSync(writer);
      const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
      const chunks: Buffer[] = [];
      for (let open = true; open; ) {
        await pause();
        open = child.exitCode === null;
        try {
          const chunk = Buffer.alloc(65_536);
          for (let n = readSync(reader, chunk); n > 0; n = readSync(reader, chunk))
            chunks.push(Buffer.from(chunk.subarray(0, n)));
        } catch (fault) {
          if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') throw fault;
        }
      }
      expect(await ended).toBe(0);
      closeSync(reader);
      expect(Buffer.concat(chunks).toString()).toBe(whole);
    });
  });

  it.each(['/dev/full', 'a file full after 1,024 bytes'])(
    'what cannot be written is an error: %s',
    async (to) => {
      await withFiles({}, async (folder) => {
        const score = `node bin/cchc.js score "${NHU_XUAN}" --lang en`;
        const limited = `trap '' XFSZ; ulimit -f 1; ${score} > "${join(folder, 'out.txt')}"`;
        const ran = spawnSync('bash', ['-c', to === '/dev/full' ? `${score} > ${to}` : limited], {
          cwd: root,
          encoding: 'utf8',
        });
        expect(ran.stderr).toMatch(/output-unwritable.*(ENOSPC|EFBIG)/s);
        expect(ran.status).toBe(3);
      });
    },
  );

  it('complaints that cannot be written change no exit code', () => {
    const wrong = `node bin/cchc.js score nothing-here.yaml 2> /dev/full`;
    expect(spawnSync('bash', ['-c', wrong], { cwd: root }).status).toBe(3);
  });

  const terminal = spawnSync('script', ['--version']).status === 0;
  it.skipIf(!terminal)('a terminal has colours and columns of its own, unless NO_COLOR', () => {
    const at = (columns: number, env: NodeJS.ProcessEnv) => {
      const said = `stty cols ${columns}; node bin/cchc.js score "${NHU_XUAN}"`;
      const ran = spawnSync('script', ['-qec', said, '/dev/null'], { cwd: root, encoding: 'utf8', env });
      expect(ran.status).toBe(0);
      return ran.stdout.split(/\r?\n/);
    };
    const { NO_COLOR: _, FORCE_COLOR: __, COLUMNS: ___, ...plain } = process.env;
    const rule = (lines: string[]) => Math.max(...lines.map((l) => /─+/.exec(l)?.[0].length ?? 0));
    const coloured = at(90, plain);
    expect(coloured[0]).toContain('\u001b[1m');
    expect(rule(coloured)).toBe(90);
    const bare = at(110, { ...plain, NO_COLOR: '1' });
    expect(bare.join('')).not.toContain('\u001b');
    expect(rule(bare)).toBe(110);
  });
});
