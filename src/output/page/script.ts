import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../input/package-root.js';

/** The browser part of a page, bundled; a build in one file puts it here. */
const embedded: string | null = null;

export const pageScript = (): string =>
  embedded ?? readFileSync(join(packageRoot(), 'dist', 'page.js'), 'utf8');
