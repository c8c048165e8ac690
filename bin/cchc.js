#!/usr/bin/env node
// Starts the built command line. Node keeps what it compiles in the user's cache folder, where it can (22.8 and later).
import { existsSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const built = new URL('../dist/cli.js', import.meta.url);
const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;

if (!existsSync(built)) {
  process.stderr.write('cchc: not built yet; run "npm start" or "npm run setup" first\n');
  process.exit(70);
}
module.enableCompileCache?.(join(LOCALAPPDATA ?? XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cchc'));
const { main } = await import(built);
// All is written by now: nothing is left to wait for.
process.exit(await main(process.argv.slice(2)));
