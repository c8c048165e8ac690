import type { Catalogue } from '../catalogue/catalogue.js';
import { unlikeCatalogues } from '../catalogue/diff.js';
import { isForKind } from '../catalogue/select.js';
import { movedTo, readingOf } from '../files/open.js';
import { readingFiles } from '../files/paths.js';
import { readDocuments } from '../files/read.js';
import { leftOutOfTable, type ReadingData, readingDocuments, writers } from '../files/writers.js';
import {
  type Collected,
  type CountsOf,
  collect,
  type FilledForm,
  isFilled,
  type MonthCounts,
  missingForms,
} from '../reading/collect.js';
import { entriesById } from '../reading/parse.js';
import { answerOf } from '../render/answer.js';
import { tableOf } from '../render/field.js';
import type { Block } from '../render/presentation.js';
import type { Messages } from '../text/index.js';
import { error } from '../values/diagnostic.js';
import type { UnitName } from '../values/unit.js';
import type { Call } from './shared/call.js';
import type { Command } from './shared/command.js';
import { shared } from './shared/options.js';

interface FormFile extends FilledForm {
  data: ReadingData;
  kind: string | null;
  catalogue: Catalogue;
}

const command: Command = {
  arguments: [{ name: 'forms', syntax: '<file...>' }],
  options: [
    { name: 'months', flags: '--months <counts>', choices: ['month', 'to-date'] },
    shared.league,
    shared.catalogue,
  ],
  formats: ['table', 'markdown', 'csv', 'xlsx', 'yaml', 'json'],
  without: ['strict'],
  examples: [
    'cchc collect bieu-mau/ --league league.yaml --output cac-xa.xlsx',
    'cchc collect bieu-thang/ --months to-date --output reading.yaml',
  ],
  async run(call) {
    await call.checkCatalogue();
    call.settle();
    const league = await call.league();
    const forms = await openForms(call);
    call.settle();
    const months = (call.text('months') as MonthCounts | undefined) ?? null;
    const { collected, diagnostics } = collect(forms, months, countsOf);
    call.note(diagnostics);
    for (const { forms: of } of collected) {
      const ids = unlikeCatalogues(of.map((f) => f.catalogue));
      if (ids.length > 0) call.misused(error('mixed-catalogues', { ids }));
    }
    const { format } = call.session;
    const writer = Object.hasOwn(writers, format) ? writers[format as keyof typeof writers] : undefined;
    if (writer && !writer.many && collected.length > 1)
      call.note(error('many-readings', { count: collected.length }));
    call.settle();
    const expected = league ? league.units : [];
    call.note(missingForms(expected, forms));
    const readings = collected.map(({ forms: of, indicators }) => ({
      ...of.at(-1)!.data,
      ...whoOf(of),
      indicators,
    }));
    if (writer?.many) call.note(leftOutOfTable(readings, call.text('output') ?? '-'));
    return {
      // For people, who has sent what; for machines, the readings as `convert` would write them.
      presentation: { json: null, blocks: blocksOf(collected, expected, call.messages) },
      documents: readingDocuments(readings),
    };
  },
};

const countsOf = (id: string, { catalogue }: FormFile): CountsOf => {
  const criterion = catalogue.criteria.find((c) => c.id === id);
  const inputs = criterion?.compiled.inputs ?? [];
  return {
    planned: criterion?.basis === 'plan',
    ratios: inputs.flatMap((i) => (i.form === 'line' && i.quantity === 'percent' && !i.due ? [i.key] : [])),
    values: inputs.flatMap((i) => (i.form === 'line' && i.quantity === 'count' ? [i.key] : [])),
  };
};

/** The code and the kind of a unit as the last of its forms says them that does. */
const whoOf = (forms: readonly FormFile[]): Partial<ReadingData> =>
  Object.fromEntries(
    (['code', 'kind'] as const).flatMap((key) => {
      const said = forms.map(({ data }) => data[key]).filter((one) => one !== undefined && one !== null);
      return said.length > 0 ? [[key, said.at(-1)]] : [];
    }),
  );

/** Every form of the files, each held against its catalogue. */
async function openForms(call: Call): Promise<FormFile[]> {
  const forms: FormFile[] = [];
  for (const file of readingFiles(call.args)) {
    for (const document of call.take(await readDocuments(file)) ?? []) {
      const read = await readingOf(document, call.text('catalogue'), call.schemes, call.has('explainInput'));
      // How much is filled in is shown for every form.
      const diagnostics = read.diagnostics.filter((d) => d.code !== 'unknown-values');
      const opened = call.take({ ...read, diagnostics });
      if (!opened) continue;
      const { unit, code, year, kind } = opened.reading;
      const data = movedTo(call.folder, document, call.text('catalogue')) as ReadingData;
      forms.push({
        file,
        unit: { unit, code },
        year: String(year),
        indicators: entriesById(data, opened.catalogue),
        data,
        kind,
        catalogue: opened.catalogue,
      });
    }
  }
  return forms;
}

/** How many units have sent a form, who has not, and how much of each is filled in. */
function blocksOf(
  collected: readonly Collected<FormFile>[],
  expected: readonly UnitName[],
  { labels, numbers }: Messages,
): Block[] {
  const say = labels.collect;
  const of = (c: Collected<FormFile>) => c.forms.at(-1)!;
  const missing = missingForms(expected, collected.map(of)).length > 0;
  // What other kinds of unit are scored for is not for this one to fill in.
  const asked = (c: Collected<FormFile>) => {
    const kind = c.forms.reduce((said: string | null, form) => form.kind ?? said, null);
    return of(c).catalogue.criteria.filter((criterion) => isForKind(criterion, kind));
  };
  const filled = (c: Collected<FormFile>) => asked(c).filter(({ id }) => isFilled(c.indicators[id]));
  const lacks = (c: Collected<FormFile>) => filled(c).length < asked(c).length;
  const partly = collected.filter(lacks);
  const filesOf = ({ forms }: Collected<FormFile>) => forms.map(({ file }) => file).join(', ');
  return [
    answerOf(say.title, [
      { label: say.received, text: say.units(collected.length), tone: missing ? 'warn' : 'good' },
      { label: say.partly, text: partly.map((c) => of(c).unit.unit).join(', ') || labels.none },
      { label: labels.answer.next, text: say.next },
    ]),
    tableOf<Collected<FormFile>>(
      [
        { key: 'unit', title: labels.columns.unit, flexible: true, text: (c) => of(c).unit.unit },
        { key: 'year', title: labels.columns.year, text: (c) => of(c).year },
        { key: 'forms', title: say.forms, flexible: true, text: filesOf },
        {
          key: 'filled',
          title: say.filled,
          align: 'decimal',
          text: (c) => `${numbers.number(filled(c).length)}/${numbers.number(asked(c).length)}`,
          tone: (c) => (lacks(c) ? 'warn' : undefined),
        },
      ],
      collected,
    ),
  ];
}

export default command;
