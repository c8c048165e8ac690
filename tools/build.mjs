// Bundles src into dist with esbuild: the command line, the library and the simulation's thread share chunks;
// the page's browser part and the program in one file stand alone.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });

const text = (path) => readFileSync(path, 'utf8');

// What the program is made of, so that what an earlier one kept is not used.
const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
const made = createHash('sha256').update(text(join(root, 'package-lock.json')));
for (const { parentPath, name } of sources) made.update(text(join(parentPath, name)));

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  define: { CCHC_BUILD: JSON.stringify(made.digest('hex')) },
  alias: { 'string-width': join(root, 'tools/string-width.cjs') },
};
// Packages in CommonJS ask for Node's modules through `require`, and for their place through `__dirname`.
const banner = {
  js: `import { createRequire as __createRequire } from 'node:module';
import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __fileOf } from 'node:url';
const require = __createRequire(import.meta.url), __filename = __fileOf(import.meta.url), __dirname = __dirnameOf(__filename);`,
};

const builds = [
  await build({
    ...common,
    entryPoints: {
      cli: 'src/cli/main.ts',
      index: 'src/index.ts',
      'draw-thread': 'src/engines/draw-thread.ts',
    },
    outdir: dist,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    banner,
    // WebAssembly, and a library of the machine.
    external: ['highs', '@resvg/resvg-js'],
  }),
  await build({
    ...common,
    entryPoints: { page: 'src/reports/page/browser.ts' },
    outdir: dist,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  }),
];

// One file for offices without a network carries what else stands beside it; only PNG stays out.
const criteria = join(root, 'criteria');
const embedded = {
  version: JSON.parse(text(join(root, 'package.json'))).version,
  catalogues: Object.fromEntries(
    readdirSync(criteria).map((name) => [name.replace(/\.yaml$/, ''), text(join(criteria, name))]),
  ),
  page: text(join(dist, 'page.js')),
  solver: readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('highs')), 'highs.wasm'),
  ).toString('base64'),
};
builds.push(
  await build({
    ...common,
    stdin: {
      contents: "import { main } from './src/cli/main.ts'; process.exit(await main(process.argv.slice(2)));",
      resolveDir: root,
    },
    outfile: join(dist, 'cchc.mjs'),
    banner: { js: `#!/usr/bin/env node\n${banner.js}` },
    define: { ...common.define, CCHC_EMBEDDED: JSON.stringify(embedded) },
    external: ['@resvg/resvg-js'],
  }),
);

// Whose code the bundles hold: each licence with the packages under it.
const packages = new Set(
  builds
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
);
const licences = new Map();
for (const name of [...packages].sort()) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(text(join(folder, 'package.json')));
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  const words = file ? text(join(folder, file)).trim() : '(no licence file in the package)';
  licences.set(words, [...(licences.get(words) ?? []), `${name} ${version} (${license})`]);
}
writeFileSync(
  join(dist, 'LICENSES.txt'),
  [...licences].map(([words, names]) => `${names.join('\n')}\n\n${words}\n`).join(`\n${'-'.repeat(78)}\n\n`),
);
