import { aggregate } from '../analysis/hierarchy.js';
import { unlikeCatalogues } from '../catalogue/diff.js';
import { nameFrom } from '../files/catalogue.js';
import { type OpenReading, openUnits } from '../files/open.js';
import { folderOf } from '../files/paths.js';
import { readingDocuments } from '../files/writers.js';
import { error } from '../values/diagnostic.js';
import { repeatedUnits } from '../values/unit.js';
import type { Command } from './shared/command.js';
import { flagOf, shared } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'units', flags: '--units <file>' },
    { name: 'parent', flags: '--parent <unit>' },
    shared.catalogue,
    shared.year,
  ],
  formats: ['yaml', 'json', 'csv', 'xlsx'],
  examples: [
    'cchc aggregate fixtures/groups/communes-example.csv --units fixtures/groups/units-example.yaml --parent "Tỉnh A"',
  ],
  async run(call) {
    const parent = call.text('parent');
    for (const key of ['units', 'parent'])
      if (call.text(key) === undefined) call.misused(error('needs-option', { option: flagOf(key) }));
    call.settle();
    const opened = await call.readings();
    const units = await call.opened(call.text('units'), openUnits);
    call.settle();
    const [{ catalogue, named, file }] = opened as [OpenReading];
    const readings = opened.map((o) => o.reading);
    const years = [...new Set(readings.map((r) => r.year))];
    if (years.length > 1) call.refuse(error('mixed-years', { years }));
    const twice = new Set(repeatedUnits(readings).map((r) => r.unit));
    call.misused([...twice].map((unit) => error('duplicate-unit', { unit })));
    const ids = unlikeCatalogues(opened.map((o) => o.catalogue));
    if (ids.length > 0) call.misused(error('mixed-catalogues', { ids }));
    call.settle();
    const summed = call.asked(aggregate(parent!, readings, catalogue, units!));
    call.settle();
    const { id } = catalogue;
    const option = call.text('catalogue');
    const [name, near] = option === undefined ? [named ?? id, folderOf(file)] : [option, process.cwd()];
    const data = { ...summed!.data, catalogue: nameFrom(call.folder, name, near, id) };
    return { documents: readingDocuments([data]) };
  },
};

export default command;
