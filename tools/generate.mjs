// Writes what is generated from the program: schemas and docs. A test holds them to the program.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = join(root, 'dist/generated.js');
await build({
  entryPoints: [join(root, 'tools/generated.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const { generated } = await import(outfile);
for (const [file, text] of Object.entries(await generated())) writeFileSync(join(root, file), text);
