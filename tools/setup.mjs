// Makes a fresh clone runnable: installs when the lock file changed, builds when a source changed.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);
const newest = (folder) =>
  Math.max(
    // A file that is gone has changed its folder.
    at(folder),
    ...readdirSync(join(root, folder), { recursive: true }).map((name) => at(join(folder, String(name)))),
  );

// npm's own output goes to stderr, so that stdout holds results alone.
function run(label, file, args) {
  process.stderr.write(`cchc: ${label}\n`);
  execFileSync(file, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
}

if (at('node_modules/.package-lock.json') < at('package-lock.json')) {
  run('installing packages…', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
if (
  at('dist/cchc.mjs') < Math.max(newest('src'), newest('criteria'), at('tools/build.mjs'), at('node_modules/.package-lock.json'))
) {
  run('building…', process.execPath, ['tools/build.mjs']);
}
