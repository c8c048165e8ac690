import { openCatalogue, yearsOfNumbers } from '../files/catalogue.js';
import { sqlOf } from '../reports/sql/sql.js';
import type { Command } from './shared/command.js';

const command: Command = {
  arguments: [{ name: 'catalogues', syntax: '<catalogue>' }],
  options: [{ name: 'dialectTable', flags: '--table <name>' }],
  formats: ['sql'],
  without: ['explainInput', 'strict'],
  examples: [
    'cchc sql thanh-hoa-district-2022',
    'cchc sql criteria/tinh-2026.yaml --table so_lieu --output cham-diem.sql',
  ],
  async run(call) {
    const [catalogue] = call.need(await openCatalogue(call.args[0]!));
    const dated = await yearsOfNumbers(call.args[0]!);
    return { raw: sqlOf(catalogue, call.text('table') ?? 'readings', dated) };
  },
};

export default command;
