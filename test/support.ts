import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Catalogue, Criterion } from '../src/catalogue/catalogue.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import type { Stream } from '../src/cli/streams.js';
import type { Result } from '../src/diagnostics/diagnostic.js';
import { readYaml } from '../src/files/yaml.js';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const fixture = (path: string) => join(root, 'fixtures', path);

export const NHU_XUAN = fixture('nhu-xuan-2022.yaml');
export const LEAGUE_2022 = fixture('leagues/thanh-hoa-districts-2022.yaml');
export const LEAGUE_2023 = fixture('leagues/thanh-hoa-districts-2023.yaml');
export const DEPARTMENTS = fixture('leagues/thanh-hoa-departments-2024.yaml');

/** The value of a result; a failure shows its codes. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map((d) => `${d.code} ${JSON.stringify(d.params)}`).join('\n'));
}

export const yaml = (text: string) => must(readYaml('test.yaml', text)).data;

const ASSUMED = { provenance: 'assumed', reason: 'test' };

/** The data of a catalogue of one criterion `T1` with the rule; `max` may be a number or carry its provenance. */
export const catalogueData = (rule: unknown, max: unknown, scale: unknown = max) => ({
  id: 'test',
  name: 'Test',
  year: 2022,
  scale: { value: scale, ...ASSUMED },
  sources: {},
  fields: [{ id: 'F', name: 'F' }],
  owners: { O: {} },
  criteria: [
    {
      id: 'T1',
      name: 'T1',
      field: 'F',
      owners: ['O'],
      max: typeof max === 'object' ? max : { value: max, ...ASSUMED },
      rule: { ...(rule as object), ...ASSUMED },
    },
  ],
});

/** A catalogue of one criterion `T1` with the rule. */
export const catalogueWith = (rule: unknown, max: unknown, decimals = 4): Catalogue =>
  must(parseCatalogue({ ...catalogueData(rule, max), decimals }));

export const criterionWith = (rule: unknown, max: unknown): Criterion =>
  catalogueWith(rule, max).criteria[0]!;

/** A stream that is no terminal and tells what it is given. */
export const heard = (tell: (words: string) => void): Stream => ({
  isTTY: false,
  columns: undefined,
  write: async (content) => tell(typeof content === 'string' ? content : new TextDecoder().decode(content)),
});

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  env?: Record<string, string>;
  stdin?: string;
  cwd?: string;
}

/** The environment of a run: no colour and English unless told otherwise. */
function environment(env: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _n, FORCE_COLOR: _f, COLUMNS: _c, ...rest } = process.env;
  return { ...rest, LC_ALL: 'en_US.UTF-8', ...env };
}

const built = import(pathToFileURL(join(root, 'dist/cli.js')).href) as Promise<
  typeof import('../src/cli/main.js')
>;

/** Runs the built command line; in a process of its own where it reads standard input or stands elsewhere. */
export async function cchc(args: string[], options: RunOptions = {}): Promise<Ran> {
  if (options.stdin !== undefined || options.cwd !== undefined) return cchcProcess(args, options);
  let stdout = '';
  let stderr = '';
  const streams = {
    out: heard((words) => {
      stdout += words;
    }),
    err: heard((words) => {
      stderr += words;
    }),
  };
  const { main } = await built;
  const code = await main(args, streams, environment(options.env));
  return { code, stdout, stderr };
}

/** Runs the command line as a process of its own. */
function cchcProcess(args: string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin/cchc.js'), ...args], {
      cwd: options.cwd ?? root,
      env: environment(options.env),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(options.stdin ?? '');
  });
}

/** A temporary folder with files, removed after use. */
export async function withFiles<T>(
  files: Record<string, string | Uint8Array>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cchc-test-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
