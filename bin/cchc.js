#!/usr/bin/env node
// Starts the built command line. Node (22.8 and later) keeps what it compiles in the cache folder; `CCHC_CACHE=off`: not.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const built = new URL('../dist/cli.js', import.meta.url);
const { CCHC_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
const cache = CCHC_CACHE || LOCALAPPDATA || XDG_CACHE_HOME || join(homedir(), '.cache');

if (!existsSync(built)) {
  process.stderr.write('cchc: not built yet; run "npm start" or "npm run setup" first\n');
  process.exit(70);
}
if (cache !== 'off') module.enableCompileCache?.(join(cache, 'cchc'));
// All is written when it ends: nothing is left to wait for.
process.exit(await (await import(built)).main(process.argv.slice(2)));
