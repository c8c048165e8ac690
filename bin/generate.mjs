// Writes what is generated from the program: schemas/ and docs/diagnostics.md. A test holds them to the program.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generated } from '../dist/generated.cjs';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const [file, text] of Object.entries(await generated())) writeFileSync(join(root, file), text);
