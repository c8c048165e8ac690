// Bundles an entry into a few packs, scripts that a code cache starts: what every run needs, what most need, the rest.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';

/**
 * Writes `<pack>.cjs` into `outdir`, each an expression: a function of the loader's names that gives its modules by
 * name, `<pack>/<chunk>`. Packs are an ordered record: a module goes to the first that has it in the static
 * imports of its entries, and to the last when none has. All but the last are one module inside, run as a whole,
 * since all of it is needed at once. Returns the build's metafile.
 */
export async function pack({ entry, packs, outdir, wrapped, ...options }) {
  const built = await build({
    ...options,
    entryPoints: [entry],
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    outdir,
    write: false,
    metafile: true,
    sourcemap: 'external',
  });
  const texts = new Map(built.outputFiles.map((file) => [basename(file.path), file.text]));
  const chunks = Object.entries(built.metafile.outputs).filter(([path]) => path.endsWith('.js'));
  const packOf = places(chunks, packs);
  const sourceOf = (chunk) => {
    const map = Buffer.from(texts.get(`${chunk}.map`)).toString('base64');
    return `${texts.get(chunk)}\n//# sourceMappingURL=data:application/json;base64,${map}`;
  };
  const names = Object.keys(packs);
  for (const name of names) {
    const own = chunks.filter(([path]) => packOf.get(basename(path)) === name);
    const settings = { ...wrapped, format: 'cjs', sourcemap: 'external' };
    const modules =
      name === names.at(-1)
        ? await Promise.all(
            own.map(async ([path]) => [
              moduleName(basename(path), packOf),
              await transform(sourceOf(basename(path)), settings),
            ]),
          )
        : await joined(name, own, sourceOf, packOf, settings);
    write(join(outdir, `${name}.cjs`), modules, packOf);
  }
  return built.metafile;
}

const moduleName = (chunk, packOf) => `${packOf.get(chunk)}/${chunk}`;

/** A pack's chunks in one scope, under the name `<pack>/`; each chunk's own name gives what it exports. */
async function joined(name, chunks, sourceOf, packOf, settings) {
  const parts = chunks.map(([path, { exports }], i) => {
    const named = exports.map((key, k) => ({ key, local: `part${i}_${k}` }));
    const brought = named.map(({ key, local }) => `${key} as ${local}`).join(', ');
    const shown = named.map(({ key, local }) => `get ${key}() { return ${local}; }`).join(', ');
    const module = moduleName(basename(path), packOf);
    return {
      module,
      imported: `import { ${brought} } from './${basename(path)}';`,
      given: `${JSON.stringify(module)}: () => ({ __esModule: true, ${shown} }),`,
    };
  });
  const whole = await build({
    ...settings,
    bundle: true,
    platform: 'node',
    write: false,
    stdin: {
      contents: `${parts.map((p) => p.imported).join('\n')}\nexport const parts = { ${parts.map((p) => p.given).join('\n')} };`,
    },
    outfile: `${name}.js`,
    plugins: [
      {
        name: 'chunks',
        setup(plugin) {
          plugin.onResolve({ filter: /./ }, ({ path, kind }) => {
            const chunk = basename(path);
            const inside = path.startsWith('./') && packOf.get(chunk) === name && kind !== 'dynamic-import';
            return inside ? { path: chunk, namespace: 'chunk' } : { path, external: true };
          });
          plugin.onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({ contents: sourceOf(path) }));
        },
      },
    ],
  });
  const [map, code] = ['.map', '.js'].map((end) => whole.outputFiles.find((f) => f.path.endsWith(end)).text);
  const give = (module) => `module.exports=require("${name}/").parts["${module}"]()`;
  return [[`${name}/`, { code, map }], ...parts.map(({ module }) => [module, { code: give(module) }])];
}

/** Which pack each chunk goes to. */
function places(chunks, packs) {
  const byPath = new Map(chunks);
  const packOf = new Map();
  const place = (path, name) => {
    if (!byPath.has(path) || packOf.has(basename(path))) return;
    packOf.set(basename(path), name);
    for (const { kind, path: next } of byPath.get(path).imports)
      if (kind === 'import-statement') place(next, name);
  };
  for (const [name, entries] of Object.entries(packs)) {
    for (const entry of entries) {
      const found = chunks.find(([, { entryPoint }]) => entryPoint === entry);
      if (!found) throw new Error(`no chunk starts from ${entry}`);
      place(found[0], name);
    }
  }
  for (const [path] of chunks) place(path, Object.keys(packs).at(-1));
  return packOf;
}

/** One line of source a module, so that the source map is a list of the modules' own. */
function write(file, modules, packOf) {
  const sections = [];
  let text = '({';
  for (const [module, { code, map }] of modules) {
    const renamed = code.replace(/require\("\.\/([\w-]+\.js)"\)/g, (whole, other) =>
      packOf.has(other) ? `require("${moduleName(other, packOf)}")` : whole,
    );
    text += `\n"${module}"(exports,require,module,__file){\n`;
    if (map)
      sections.push({ offset: { line: text.split('\n').length - 1, column: 0 }, map: JSON.parse(map) });
    text += `${ascii(renamed)}},`;
  }
  writeFileSync(file, `${text}\n})\n`);
  writeFileSync(`${file}.map`, JSON.stringify({ version: 3, file: basename(file), sections }));
}

/** Regular expressions keep their letters as they are; escaped, a pack can be read byte by byte. */
const ascii = (text) =>
  text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
