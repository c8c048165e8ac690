import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the shipped `criteria/`, wherever this module was bundled to. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'criteria', 'thanh-hoa-district-2022.yaml'))) {
    const up = dirname(folder);
    if (up === folder) throw new Error('the package has no criteria folder');
    folder = up;
  }
  return folder;
}
