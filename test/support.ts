import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Catalogue, Criterion } from '../src/catalogue/catalogue.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import type { OutputStream } from '../src/commands/shared/streams.js';
import { readYaml } from '../src/files/yaml.js';
import type { Result } from '../src/values/diagnostic.js';

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
export const heard = (tell: (words: string) => void): OutputStream => ({
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

/** The built command line, loaded by the tests that run it. */
const built = () =>
  import(pathToFileURL(join(root, 'dist/cli.js')).href) as Promise<typeof import('../src/cli/main.js')>;

/** Runs the built command line in this process, one call after the other: they share its folder and its input. */
export function cchc(args: string[], options: RunOptions = {}): Promise<Ran> {
  const ran = queue.then(() => runHere(args, options));
  queue = ran.catch(() => {});
  return ran;
}

let queue: Promise<unknown> = Promise.resolve();

async function runHere(args: string[], options: RunOptions): Promise<Ran> {
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
  const { main } = await built();
  const [folder, input] = [process.cwd(), Object.getOwnPropertyDescriptor(process, 'stdin')!];
  process.chdir(options.cwd ?? root);
  Object.defineProperty(process, 'stdin', {
    value: Readable.from([Buffer.from(options.stdin ?? '')]),
    configurable: true,
  });
  try {
    const code = await main(args, streams, environment(options.env));
    return { code, stdout, stderr };
  } finally {
    process.chdir(folder);
    Object.defineProperty(process, 'stdin', input);
  }
}

/** Starts the command line as a process of its own. */
export function start(args: string[], { cwd = root, env }: RunOptions = {}, stdio: StdioOptions = 'pipe') {
  const child = spawn(process.execPath, [join(root, 'bin/cchc.js'), ...args], {
    cwd,
    env: environment(env),
    stdio,
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Ran & { signal: string | null }>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

/** Node's options that run a line of JavaScript before the command does. */
export const before = (script: string) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
});

/** Starts the command line, and waits until it asks for its standard input. */
export async function startReading(args: string[]) {
  const tells = `const own = Object.getOwnPropertyDescriptor(process, 'stdin');
    Object.defineProperty(process, 'stdin', { get() { process.send?.('reads'); return own.get(); } });`;
  const run = start(args, { env: before(tells) }, ['pipe', 'pipe', 'pipe', 'ipc']);
  await Promise.race([once(run.child, 'message'), run.ended]);
  return run;
}

/** A temporary folder with files, removed after use. */
export async function withFiles<T>(
  files: Record<string, string | Uint8Array>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cchc-test-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Points lost by criterion, as the letter of March 2023 states them and fixtures/nhu-xuan-2022.yaml cites them. */
export const LOST: Record<string, number> = {
  '1.3.3': 1,
  '1.4.3': 0.75,
  '1.5': 1,
  '3.5.1': 0.01,
  '3.6.1': 0.5,
  '4.1.3': 1,
  '4.3.3': 1.5,
  '5.4.3': 1.5,
  '5.4.2': 0.1,
  '6.2.1': 1,
  '6.2.2': 1,
  '7.6.1': 0.5,
  '7.3.2': 0.8042,
  '7.3.3': 0.8255,
  XHH: 0.9,
};
