// Writes what is generated from the program: schemas and docs. A test holds them to the program.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'dist/generated.js');
const bundled = await rolldown({
  input: join(root, 'tools/generated.ts'),
  platform: 'node',
  external: /^[^./]/,
});
await bundled.write({ file, codeSplitting: false });
const { generated } = await import(file);
for (const [name, text] of Object.entries(await generated())) writeFileSync(join(root, name), text);
