#!/usr/bin/env node
// Runs the bundle through V8's code cache: the first run on a machine writes it, later ones start from it.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const dist = path.join(__dirname, '..', 'dist');
const file = path.join(dist, 'cli.cjs');
const cache = path.join(dist, `cli-${process.version}-${process.arch}.cache`);

function read(name, encoding) {
  try {
    return fs.readFileSync(name, encoding);
  } catch {
    return undefined;
  }
}

// The bundle is plain ASCII.
const source = read(file, 'latin1');
if (source === undefined) {
  process.stderr.write('cchc: not built yet; run "npm start" or "npm run setup" first\n');
  process.exitCode = 70;
} else {
  const cachedData = read(cache);
  const script = new vm.Script(source, { filename: file, cachedData });
  const bundle = { exports: {} };
  const own = require('node:module').createRequire(file);
  script.runInThisContext()(bundle.exports, own, bundle, file, dist);
  bundle.exports.main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
    if (cachedData === undefined || script.cachedDataRejected) keep(script);
  });
}

/** Written whole or not at all; a folder that is not ours to write stays as it is. */
function keep(script) {
  const temporary = `${cache}.${process.pid}`;
  try {
    fs.writeFileSync(temporary, script.createCachedData());
    fs.renameSync(temporary, cache);
  } catch {
    fs.rmSync(temporary, { force: true });
  }
}
