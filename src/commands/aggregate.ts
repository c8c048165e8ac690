import { aggregate } from '../analysis/hierarchy.js';
import { error } from '../diagnostics/diagnostic.js';
import { nameFrom } from '../files/catalogue.js';
import { openUnits } from '../files/open.js';
import { folderOf } from '../files/paths.js';
import { writers } from '../files/writers.js';
import { repeatedUnits } from '../shapes/unit.js';
import { type Command, EXIT, misuse, text } from './shared/command.js';
import { Loader } from './shared/load.js';
import { outputFolder, shared } from './shared/options.js';

/** A reading, as `convert` would write it. */
const FORMATS = ['yaml', 'json', 'csv', 'xlsx'] as const;

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'units', flags: '--units <file>' },
    { name: 'parent', flags: '--parent <unit>' },
    shared.catalogue,
    shared.year,
  ],
  formats: FORMATS,
  examples: [
    'cchc aggregate fixtures/groups/communes-example.csv --units fixtures/groups/units-example.yaml --parent "Tỉnh A"',
  ],
  async run(files, options, session) {
    const lacks = (['units', 'parent'] as const).filter((key) => text(options[key]) === undefined);
    if (lacks.length > 0) {
      return {
        diagnostics: lacks.map((key) => error('needs-option', { option: `--${key}` })),
        exit: EXIT.usage,
      };
    }
    const loader = new Loader(options, session);
    const opened = await loader.readings(files);
    const units = loader.take(await openUnits(text(options.units)!));
    const [first] = opened;
    if (!first || !units || loader.failed) return loader.refusal();
    const readings = opened.map((o) => o.reading);
    const years = [...new Set(readings.map((r) => r.year))];
    if (years.length > 1) return misuse([error('mixed-years', { years })]);
    const twice = new Set(repeatedUnits(readings).map((r) => r.unit));
    if (twice.size > 0) return misuse([...twice].map((unit) => error('duplicate-unit', { unit })));
    const catalogues = [...new Set(opened.map((o) => o.catalogue))];
    if (catalogues.length > 1)
      return misuse([error('mixed-catalogues', { ids: catalogues.map((c) => c.id) })]);
    const summed = loader.take(aggregate(text(options.parent)!, readings, first.catalogue, units));
    if (!summed) return misuse(loader.diagnostics);
    const { id } = first.catalogue;
    const folder = outputFolder(options);
    const option = text(options.catalogue);
    const catalogue =
      option === undefined
        ? nameFrom(folder, first.named ?? id, folderOf(first.file), id)
        : nameFrom(folder, option, process.cwd(), id);
    const data = { ...summed.data, catalogue };
    return {
      presentation: {
        json: data,
        blocks: [],
        documents: Object.fromEntries(
          FORMATS.map((format) => [format, async () => writers[format].write([data])]),
        ),
      },
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
