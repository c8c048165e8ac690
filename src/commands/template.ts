import { nameFrom, openCatalogue, yearsOfNumbers } from '../files/catalogue.js';
import { csvCell } from '../files/csv.js';
import { catalogueIn, readingOf } from '../files/open.js';
import { folderOf } from '../files/paths.js';
import { readDocument } from '../files/read.js';
import { checkYear } from '../reading/parse.js';
import { type FormRequest, formRows, yamlForm } from '../reports/form.js';
import { xlsxForm } from '../reports/workbook/form.js';
import { warning } from '../values/diagnostic.js';
import { sameUnit } from '../values/unit.js';
import { DEFAULT_CATALOGUE } from './criteria.js';
import type { Command } from './shared/command.js';
import { shared } from './shared/options.js';

const command: Command = {
  arguments: [],
  options: [shared.catalogue, shared.unit, shared.year, { name: 'baseline', flags: '--baseline <file>' }],
  formats: ['yaml', 'csv', 'xlsx'],
  without: ['strict'],
  examples: [
    'cchc template --output phieu.xlsx --unit "Xã A" --lang vi',
    'cchc template --format yaml --baseline fixtures/nhu-xuan-2022.yaml',
  ],
  async run(call) {
    const { messages } = call;
    const document = await call.opened(call.text('baseline'), readDocument);
    call.settle();
    const option = call.text('catalogue');
    const said = document && option === undefined ? catalogueIn(document.data) : null;
    const [name, near] =
      said === null ? [option ?? DEFAULT_CATALOGUE, process.cwd()] : [said, folderOf(document!.file)];
    const [own] = call.need(await openCatalogue(name, near));
    const override = said === null ? name : undefined;
    const baseline = document && call.take(await readingOf(document, override, call.schemes));
    const asked = call.year();
    call.settle();
    const last = baseline?.reading ?? null;
    const { id } = own;
    // Beside the values of a year stand the cells of the next.
    const year = asked ?? (last ? Math.max(own.year, last.year + 1) : own.year);
    const [catalogue] = call.need(await openCatalogue(name, near, year));
    // Beside last year's values a form without a year of its own is of the next one, under the same catalogue.
    if (asked !== undefined || catalogue.valid) call.note(checkYear(year, catalogue));
    const unit = call.text('unit') ?? last?.unit ?? '…';
    const isOther = last !== null && !sameUnit({ unit, code: null }, last);
    if (isOther) call.note(warning('baseline-of-other-unit', { unit, baseline: last.unit }));
    if (last && last.year !== year - 1)
      call.note(warning('baseline-of-other-year', { year, baseline: last.year }));
    const request: FormRequest = {
      catalogue,
      named: nameFrom(call.folder, name, near, id),
      unit,
      kind: isOther ? null : (last?.kind ?? null),
      year,
      last,
      messages,
    };
    // A Vietnamese Excel opens a file in columns where they stand apart by semicolons.
    const separator = messages.language === 'vi' ? ';' : ',';
    const csv = () => formRows(request).map((row) => `${row.map((c) => csvCell(c)).join(separator)}\r\n`);
    return {
      documents: {
        yaml: async () => yamlForm(request),
        csv: async () => `\ufeff${csv().join('')}`,
        xlsx: async () => {
          const dated = catalogue.valid !== null && (await yearsOfNumbers(name, near)).length > 1;
          return xlsxForm(request, dated);
        },
      },
    };
  },
};

export default command;
