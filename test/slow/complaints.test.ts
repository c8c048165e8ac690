import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { heard, withFiles } from '../support.js';

it('more complaints than a call takes arguments end as bad input', async () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => `x${i};1\n`).join('');
  const text = `Đơn vị;X\nNăm;2022\nBộ tiêu chí;thanh-hoa-district-2022\nid;value\n${rows}`;
  const silent = heard(() => {});
  await withFiles({ 'r.csv': text }, async (folder) => {
    for (const command of ['score', 'check', 'inspect'])
      expect(await main([command, join(folder, 'r.csv'), '-q'], { out: silent, err: silent }), command).toBe(
        3,
      );
  });
});
