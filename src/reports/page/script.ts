import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedded, packageRoot } from '../../files/package-root.js';

/** The browser part of a page, bundled. */
export function pageScript(): string {
  if (embedded.page !== null) return embedded.page;
  return readFileSync(join(packageRoot() ?? '.', 'dist', 'page.js'), 'utf8');
}
