// Bundles an entry into a few packs, scripts that a code cache starts: what every run needs, what most need, the rest.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';

/**
 * Writes `<pack>.cjs` into `outdir`, each an expression: a function of the loader's names that gives its modules by
 * name, `<pack>/<chunk>`. Packs are an ordered record: a module goes to the first that has it in the static
 * imports of its entries, and to the last when none has. Returns the build's metafile.
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
  const { outputs } = built.metafile;
  const texts = new Map(built.outputFiles.map((file) => [basename(file.path), file.text]));
  const chunks = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  const packOf = places(chunks, packs);
  const names = Object.keys(packs);
  for (const name of names) {
    const own = chunks.map(([path]) => basename(path)).filter((chunk) => packOf.get(chunk) === name);
    const modules = [];
    for (const chunk of own) {
      const map = Buffer.from(texts.get(`${chunk}.map`)).toString('base64');
      const source = `${texts.get(chunk)}\n//# sourceMappingURL=data:application/json;base64,${map}`;
      modules.push([chunk, await transform(source, { ...wrapped, format: 'cjs', sourcemap: 'external' })]);
    }
    write(join(outdir, `${name}.cjs`), modules, packOf);
  }
  return built.metafile;
}

const moduleName = (chunk, packOf) => `${packOf.get(chunk)}/${chunk}`;

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
  for (const [chunk, { code, map }] of modules) {
    const renamed = code.replace(/require\("\.\/([\w-]+\.js)"\)/g, (whole, other) =>
      packOf.has(other) ? `require("${moduleName(other, packOf)}")` : whole,
    );
    text += `\n"${moduleName(chunk, packOf)}"(exports,require,module,__file){\n`;
    sections.push({ offset: { line: text.split('\n').length - 1, column: 0 }, map: JSON.parse(map) });
    text += `${ascii(renamed)}},`;
  }
  writeFileSync(file, `${text}\n})\n`);
  writeFileSync(`${file}.map`, JSON.stringify({ version: 3, file: basename(file), sections }));
}

/** Regular expressions keep their letters as they are; escaped, a pack can be read byte by byte. */
const ascii = (text) =>
  text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
