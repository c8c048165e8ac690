#!/usr/bin/env node
// Runs the packs of dist through V8's code cache: the first run on a machine writes it, later ones start from it.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');

const dist = path.join(__dirname, '..', 'dist');
// Modules ask for their place as they did when they were files of dist.
const file = path.join(dist, 'start.cjs');
const place = pathToFileURL(file).href;
const PACKED = /^(start|en|vi|score|more)\//;
const opened = new Map();
const modules = new Map();

function read(name, encoding) {
  try {
    return fs.readFileSync(name, encoding);
  } catch {
    return undefined;
  }
}

/** A pack's modules by name; see `bin/pack.mjs`. Packs are plain ASCII. */
function open(name) {
  const known = opened.get(name);
  if (known) return known.table;
  const filename = path.join(dist, `${name}.cjs`);
  const cache = path.join(dist, `${name}-${process.version}-${process.arch}.cache`);
  const cachedData = read(cache);
  const script = new vm.Script(fs.readFileSync(filename, 'latin1'), { filename, cachedData });
  const table = script.runInThisContext();
  const stale = cachedData === undefined || script.cachedDataRejected;
  opened.set(name, { table, script, cache, stale });
  return table;
}

/** `pack/module`, or whatever Node itself finds from dist. */
function load(name) {
  const pack = PACKED.exec(name)?.[1];
  if (!pack) return name.startsWith('node:') ? require(name) : createRequire(file)(name);
  let module = modules.get(name);
  if (!module) {
    module = { exports: {} };
    modules.set(name, module);
    open(pack)[name](module.exports, load, module, place);
  }
  return module.exports;
}

/** Keeps what V8 compiled of each pack, whole or not at all; a folder that is not ours to write stays as it is. */
function keep() {
  for (const { script, cache, stale } of opened.values()) {
    if (!stale) continue;
    const temporary = `${cache}.${process.pid}`;
    try {
      fs.writeFileSync(temporary, script.createCachedData());
      fs.renameSync(temporary, cache);
    } catch {
      fs.rmSync(temporary, { force: true });
    }
  }
}

const run = (args) => load('start/main.js').main(args);

if (require.main !== module) module.exports = { run, keep };
else if (!fs.existsSync(file)) {
  process.stderr.write('cchc: not built yet; run "npm start" or "npm run setup" first\n');
  process.exitCode = 70;
} else {
  run(process.argv.slice(2)).then((code) => {
    keep();
    // All is written: nothing is left to wait for.
    process.exit(code);
  });
}
