// Bundles src into dist with Rolldown: the command line, the library and the simulation's thread share chunks;
// the page's browser part and the program in one file stand alone.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });

const text = (path) => readFileSync(path, 'utf8');

// What the program is made of, so that what an earlier one kept is not used.
const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
const made = createHash('sha256').update(text(join(root, 'package-lock.json')));
for (const { parentPath, name } of sources) made.update(text(join(parentPath, name)));
const build = made.digest('hex');

/** Bundles entries into dist; resolves with the modules that it took in. */
async function bundle(input, output, { platform = 'node', target = 'node20', define = {}, external = [] } = {}) {
  const bundled = await rolldown({
    cwd: root,
    input,
    platform,
    external: [...external, '@resvg/resvg-js'],
    resolve: { alias: { 'string-width': join(root, 'tools/string-width.cjs') } },
    transform: { target, define: { CCHC_BUILD: JSON.stringify(build), ...define } },
  });
  const { output: files } = await bundled.write({ dir: dist, minify: true, comments: false, ...output });
  return files.flatMap((file) => file.moduleIds ?? []);
}

const modules = [
  ...(await bundle(
    { cli: 'src/cli/main.ts', index: 'src/index.ts', 'draw-thread': 'src/commands/shared/draw-thread.ts' },
    {
      chunkFileNames: 'chunks/[name]-[hash].js',
      // 14 files for `score` in place of 57: 30 of 155 ms on Node 24.
      codeSplitting: { groups: [{ name: 'shared', minShareCount: 10 }] },
    },
    { external: ['highs'] },
  )),
  ...(await bundle(
    { page: 'src/reports/page/browser.ts' },
    { format: 'iife' },
    { platform: 'browser', target: 'es2022' },
  )),
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
modules.push(
  ...(await bundle(
    { cchc: 'src/cli/whole.ts' },
    { entryFileNames: '[name].mjs', codeSplitting: false, banner: '#!/usr/bin/env node' },
    { define: { CCHC_EMBEDDED: JSON.stringify(embedded) } },
  )),
);

// Whose code the bundles hold: each licence with the packages under it.
const packages = new Set(modules.flatMap((file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
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
