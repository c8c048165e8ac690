import { openCatalogue } from '../files/catalogue.js';
import { sqlOf } from '../reports/sql/sql.js';
import { type Command, outcomeOf, text } from './shared/command.js';
import { Loader } from './shared/load.js';

const command: Command = {
  arguments: [{ name: 'catalogues', syntax: '<catalogue>' }],
  options: [{ name: 'dialectTable', flags: '--table <name>' }],
  formats: ['sql'],
  without: ['explainInput', 'strict'],
  examples: [
    'cchc sql thanh-hoa-district-2022',
    'cchc sql criteria/tinh-2026.yaml --table so_lieu --output cham-diem.sql',
  ],
  async run([name], options, session) {
    const loader = new Loader(options, session);
    const catalogue = loader.take(await openCatalogue(name!));
    if (!catalogue) return loader.refusal();
    const raw = sqlOf(catalogue, text(options.table) ?? 'readings');
    return outcomeOf({ json: null, blocks: [], raw }, loader.diagnostics);
  },
};

export default command;
