import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the shipped `criteria/`, wherever this module was bundled to; null when it stands alone in one file. */
export function packageRoot(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'criteria', 'thanh-hoa-district-2022.yaml'))) {
    const up = dirname(folder);
    if (up === folder) return null;
    folder = up;
  }
  return folder;
}
