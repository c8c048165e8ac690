import { nameFrom, openCatalogue } from '../files/catalogue.js';
import { csvCell } from '../files/csv.js';
import { openReading } from '../files/open.js';
import { type FormRequest, formRows, yamlForm } from '../reports/form.js';
import { xlsxForm } from '../reports/workbook/form.js';
import { DEFAULT_CATALOGUE } from './criteria.js';
import { type Command, EXIT, text } from './shared/command.js';
import { Loader } from './shared/load.js';
import { NumberOptions, outputFolder, shared } from './shared/options.js';

const command: Command = {
  arguments: [],
  options: [shared.catalogue, shared.unit, shared.year, { name: 'baseline', flags: '--baseline <file>' }],
  formats: ['yaml', 'csv', 'xlsx'],
  without: ['strict'],
  examples: [
    'cchc template --output phieu.xlsx --unit "Xã A" --lang vi',
    'cchc template --format yaml --baseline fixtures/nhu-xuan-2022.yaml',
  ],
  async run(_args, options, session) {
    const loader = new Loader(options, session);
    const named = text(options.catalogue) ?? DEFAULT_CATALOGUE;
    const catalogue = loader.take(await openCatalogue(named));
    const baseline = text(options.baseline);
    const last = baseline === undefined ? null : loader.take(await openReading(baseline, catalogue));
    if (!catalogue || loader.failed) return loader.refusal();
    const unit = text(options.unit) ?? last?.reading.unit ?? '…';
    const numbers = new NumberOptions();
    // Beside the values of a year stand the cells of the next.
    const next = last ? Math.max(catalogue.year, last.reading.year + 1) : catalogue.year;
    const year = numbers.year(options.year) ?? next;
    if (numbers.diagnostics.length > 0) return { diagnostics: numbers.diagnostics, exit: EXIT.usage };
    const request: FormRequest = {
      catalogue,
      named: nameFrom(outputFolder(options), named, process.cwd(), catalogue.id),
      unit,
      year,
      last: last?.reading ?? null,
      messages: session.messages,
    };
    // A Vietnamese Excel opens a file in columns where they stand apart by semicolons.
    const separator = session.messages.language === 'vi' ? ';' : ',';
    const csv = () => formRows(request).map((row) => `${row.map((c) => csvCell(c)).join(separator)}\r\n`);
    return {
      presentation: {
        json: null,
        blocks: [],
        documents: {
          yaml: async () => yamlForm(request),
          csv: async () => `\ufeff${csv().join('')}`,
          xlsx: () => xlsxForm(request),
        },
      },
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
