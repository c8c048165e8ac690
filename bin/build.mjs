// Bundles src into dist: the command line in packs with their code caches, the library, and the helpers of both.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { pack } from './pack.mjs';

const builds = [];
async function build(options) {
  builds.push(await esbuild(options));
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  sourcemap: true,
  // Loaded only for plans and PNG: WebAssembly, and a library of the machine.
  external: ['highs', '@resvg/resvg-js'],
  logLevel: 'warning',
  metafile: true,
};
// What is imported lazily is required lazily.
const LAZY = { 'dynamic-import': false };
const PLACE = { 'import.meta.url': '__file' };
const commonjs = {
  ...common,
  format: 'cjs',
  minify: true,
  supported: LAZY,
  define: PLACE,
  banner: { js: `const __file=require("node:url").pathToFileURL(__filename).href;` },
};
// Where the table library is slow: it measures each cell once a line more than it uses, for a debugging message;
// spells every option's name anew for every cell; and looks for colours and line ends where there are none.
const FASTER = {
  cell: [
    [/let content = utils\.truncate\(this\.content, 10, this\.truncate\);/, 'let content = this.content;'],
    [
      /function setOption\(objA, objB, nameB, targetObj\) {\n[\s\S]*?\n}\n/,
      `const spelled = {};
function setOption(own, table, name, target) {
  const camel = (spelled[name] ??= name.replace(/-(.)/, (_, letter) => letter.toUpperCase()));
  target[camel] = own[camel] ?? own[name] ?? table[camel] ?? table[name];
}
`,
    ],
  ],
  utils: [
    [/(function strlen\(str\) {\n)/, '$1  if (!/[\\u001b\\n]/.test(str)) return stringWidth(String(str));\n'],
    [
      /(function colorizeLines\(input\) {\n)/,
      "$1  if (!input.some((line) => line.includes('\\u001b'))) return input;\n",
    ],
  ],
};
const lighter = {
  name: 'lighter',
  setup(plugin) {
    plugin.onResolve({ filter: /^string-width$/ }, () => ({ path: join(root, 'bin/string-width.cjs') }));
    // The YAML library as modules: the bundler takes what is used of it, and all in one scope.
    plugin.onResolve({ filter: /^yaml$/ }, () => ({
      path: join(root, 'node_modules/yaml/browser/dist/index.js'),
    }));
    // Optional colours of the table library, which we paint ourselves.
    plugin.onResolve({ filter: /^@colors\/colors/ }, () => ({ path: 'none', namespace: 'none' }));
    plugin.onLoad({ filter: /cli-table3[\\/]src[\\/](cell|utils)\.js$/ }, ({ path }) => ({
      contents: FASTER[basename(path, '.js')].reduce(
        (source, [from, to]) => {
          if (!from.test(source)) throw new Error(`cli-table3 is not what it was: look for ${from}`);
          return source.replace(from, to);
        },
        readFileSync(path, 'utf8'),
      ),
    }));
    // Commander can start other programs; ours has none.
    plugin.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'none', namespace: 'none' } : undefined,
    );
    // What the terminal can show is asked of Node, where it matters.
    plugin.onResolve({ filter: /supports-color/ }, () => ({ path: 'none', namespace: 'none' }));
    const nothing = 'module.exports = { default: {}, stdout: false, stderr: false }';
    plugin.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: nothing }));
  },
};

// Large, and loaded only for workbooks and letters: a file each, so that installing brings no tree of packages.
const APART = ['exceljs', 'docx'];
const apart = {
  name: 'apart',
  setup(plugin) {
    const filter = new RegExp(`^(${APART.join('|')})$`);
    plugin.onResolve({ filter }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${path}.cjs`, external: true },
    );
  },
};

/** The shipped catalogues, compiled ahead; a catalogue with a complaint of any kind stays out and is parsed as ever. */
async function compiled() {
  const outfile = join(dist, 'freeze.cjs');
  await build({
    ...commonjs,
    entryPoints: ['src/input/freeze.ts'],
    outfile,
    sourcemap: false,
    plugins: [apart],
  });
  const { frozenCatalogue, composedData } = createRequire(import.meta.url)(outfile);
  rmSync(outfile);
  const folder = join(root, 'criteria');
  const whole = {};
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.yaml'))) {
    const yaml = readFileSync(join(folder, name), 'utf8');
    whole[name.slice(0, -'.yaml'.length)] = await composedData(join(folder, name));
    const frozen = await frozenCatalogue(join(folder, name));
    if (frozen)
      writeFileSync(join(dist, 'criteria', name.replace('.yaml', '.json')), JSON.stringify({ yaml, frozen }));
  }
  return whole;
}

mkdirSync(join(dist, 'criteria'));
const whole = await compiled();
const catalogues = {
  name: 'catalogues',
  setup(plugin) {
    plugin.onLoad({ filter: /src[\\/]input[\\/]compiled\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return {
        contents: source.replace('folder: string | null = null', "folder: string | null = './criteria'"),
        loader: 'ts',
      };
    });
  },
};
builds.push({
  metafile: await pack({
    ...common,
    minify: true,
    define: PLACE,
    entry: 'src/cli/main.ts',
    packs: {
      start: ['src/cli/main.ts'],
      en: ['src/text/en/index.ts'],
      vi: ['src/text/vi/index.ts'],
      score: ['src/cli/commands/score.ts', 'src/input/yaml.ts', 'src/output/formats/table.ts'],
      more: [],
    },
    outdir: dist,
    plugins: [catalogues, lighter, apart],
    wrapped: { minify: true, supported: LAZY },
  }),
});
await build({
  ...commonjs,
  entryPoints: { generated: 'src/cli/generated.ts', thread: 'src/simulate/thread.ts' },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  plugins: [catalogues, lighter, apart],
});
for (const name of APART) {
  await build({
    ...commonjs,
    stdin: { contents: `module.exports = require('${name}');`, resolveDir: root },
    outfile: join(dist, `${name}.cjs`),
    sourcemap: false,
  });
}
// The part of a report's page that runs in a browser.
await build({
  ...common,
  entryPoints: { page: 'src/output/page/browser.ts' },
  outdir: dist,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  minify: true,
  sourcemap: false,
  legalComments: 'none',
});
await build({
  ...common,
  entryPoints: { index: 'src/index.ts' },
  outdir: dist,
  format: 'esm',
  plugins: [catalogues, lighter, apart],
  // Bundled CommonJS packages ask for Node's own modules through require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
writeFileSync(join(dist, 'package.json'), '{"type":"module"}\n');
// Everything in one file, for offices without a network: only PNG, which needs a library of the machine, stays out.
const solver = join(dirname(createRequire(import.meta.url).resolve('highs')), 'highs.wasm');
const embedded = {
  version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  catalogues: whole,
  page: readFileSync(join(dist, 'page.js'), 'utf8'),
  solver: readFileSync(solver).toString('base64'),
};
await build({
  ...common,
  stdin: {
    contents:
      "import { main } from './src/cli/main.ts'; process.exitCode = await main(process.argv.slice(2));",
    resolveDir: root,
    loader: 'ts',
  },
  outfile: join(dist, 'cchc.mjs'),
  format: 'esm',
  minify: true,
  sourcemap: false,
  external: ['@resvg/resvg-js'],
  legalComments: 'eof',
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire as __cr}from'node:module';import{dirname as __dn}from'node:path';import{fileURLToPath as __fp}from'node:url';const require=__cr(import.meta.url),__filename=__fp(import.meta.url),__dirname=__dn(__filename);",
  },
  plugins: [
    lighter,
    {
      name: 'embedded',
      setup(plugin) {
        plugin.onLoad({ filter: /src[\\/]input[\\/]embedded\.ts$/ }, () => ({
          contents: `export const embedded = ${JSON.stringify(embedded)};`,
        }));
      },
    },
  ],
});
// Whose code the bundles hold: every package's name, version, licence and its text.
const bundled = new Set(
  builds
    .flatMap((b) => Object.keys(b.metafile.inputs))
    .flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
);
const byText = new Map();
for (const name of [...bundled].sort()) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '(no licence file in the package)';
  byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
}
const licences = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
writeFileSync(
  join(dist, 'LICENSES.txt'),
  `Packages whose code is in these files:\n\n${licences.join(`\n${'-'.repeat(78)}\n\n`)}`,
);
// A first run keeps what it compiled; let that be what people ask for most.
const warm = `const { run, keep } = require('./bin/cchc.cjs');
(async () => {
  for (const args of [['--help'], ['score', 'fixtures/nhu-xuan-2022.yaml']])
    for (const language of ['en', 'vi']) await run([...args, '--lang', language]);
  keep();
})();`;
execFileSync(process.execPath, ['-e', warm], { cwd: root, stdio: 'ignore' });
