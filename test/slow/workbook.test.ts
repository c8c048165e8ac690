import { it } from 'vitest';
import { loadCatalogue } from '../../src/index.js';
import { must } from '../support.js';
import { agreesWithEngine } from '../workbook-support.js';

it('the live workbook scores 200 random readings as the command line does, in a second engine', async () => {
  await agreesWithEngine(must(await loadCatalogue('thanh-hoa-district-2022')), 200);
});
