import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stringify } from 'yaml';
import { parseCatalogue } from '../catalogue/parse.js';
import { type Sheet, sheetOfTexts } from '../files/cells.js';
import { headOfCriteria, joined } from '../papers/outline.js';
import { hasFigures, openPaper, unusedTables } from '../papers/paper.js';
import { type CatalogueDraft, catalogueFromTable, type NewCatalogue } from '../papers/table.js';
import { error, note, type Result } from '../values/diagnostic.js';
import { type Call, Refusal } from './shared/call.js';
import { EXIT, type Outcome } from './shared/command.js';
import { formatOfName } from './shared/options.js';

interface Asked {
  tables: Sheet[];
  /** Whether the tables are sheets, and not parts of one document. */
  apart: boolean;
  about: NewCatalogue;
}

/** A catalogue from an official table, or from answers to questions. */
export async function newCatalogue(call: Call): Promise<Outcome> {
  const year = call.year();
  const scale = call.decimal('scale', 'points')?.valueOf() ?? null;
  const review = call.text('review');
  const kind = review === undefined ? undefined : formatOfName(review, REVIEWS);
  if (typeof kind === 'object') call.misused(kind);
  call.settle();
  const file = call.text('from');
  const asked = file === undefined ? await ask(call, year, scale) : await fromFile(file, call, year, scale);
  const [draft] = call.need(fromTables(asked));
  const { data, rows, leftOut } = draft;
  const [catalogue] = call.need(parseCatalogue(data));
  const todo = rows.filter((r) => r.read === null).length;
  call.note(note('rules-counted', { understood: rows.length - todo, todo, left: leftOut }));
  const open = call.told.some((d) => d.severity === 'warning' && OPEN.has(d.code));
  if (call.has('strict') && open) throw new Refusal(EXIT.input);
  if (review !== undefined) {
    const { reviewSheet } = await import('../reports/review.js');
    const form = kind === 'html' ? 'html' : 'xlsx';
    await call.write(review, await reviewSheet(draft, catalogue, form, call.messages));
  }
  const schema = '# yaml-language-server: $schema=./catalogue.schema.json\n';
  return { raw: `${schema}${stringify(data, { lineWidth: 0 })}` };
}

/** What `--strict` refuses: rules that are not understood, and what was taken without being said. */
const OPEN = new Set<string>(['phrase-todo', 'rule-taken', 'row-without-max', 'deduction-unread']);

const REVIEWS = ['xlsx', 'html'];

/** The catalogue of a paper's tables; another table of criteria in it is told and left out. */
function fromTables({ tables, about, apart }: Asked): Result<CatalogueDraft> {
  const { table, leftOver } = apart ? firstOf(tables) : joined(tables);
  const made = catalogueFromTable(table, about);
  return { ...made, diagnostics: [...made.diagnostics, ...unusedTables(leftOver)] };
}

/** Of the sheets of a workbook the first that has a table of criteria: others are for other units, or say it again. */
function firstOf(tables: readonly Sheet[]): { table: Sheet | undefined; leftOver: Sheet[] } {
  const table = tables.find((table) => headOfCriteria(table) !== null) ?? tables[0];
  return { table, leftOver: tables.filter((other) => other !== table && hasFigures(other)) };
}

async function fromFile(
  file: string,
  call: Call,
  year: number | undefined,
  scale: number | null,
): Promise<Asked> {
  if (year === undefined) return call.refuse(error('needs-option', { option: '--year' }));
  const [paper] = call.need(await openPaper(file));
  const id = call.text('id') ?? basename(file, extname(file));
  const about = { id, name: call.text('name') ?? id, year, scale, source: basename(file) };
  return { tables: paper.tables, apart: /\.xls[xm]$/i.test(file), about };
}

/** Asks on the terminal, or reads the answers a line each; an empty id ends the criteria. */
async function ask(call: Call, year: number | undefined, scale: number | null): Promise<Asked> {
  const say = call.messages.labels.authoring;
  const lines = createInterface({ input: process.stdin });
  const answers = lines[Symbol.asyncIterator]();
  const question = async (words: string): Promise<string> => {
    if (process.stdin.isTTY) process.stderr.write(`${words}: `);
    const next = await answers.next();
    return next.done ? '' : next.value.trim();
  };
  const place = { file: '-' };
  const cells = (texts: readonly string[]) => texts.map((t) => ({ text: t, place }));
  try {
    const id = call.text('id') ?? (await question(say.askId));
    const name = call.text('name') ?? (await question(say.askName));
    const asked = year ?? Number(await question(call.messages.labels.columns.year));
    const rows = [cells(['mã', 'tiêu chí', 'điểm chuẩn', 'cách tính', 'đơn vị chủ trì'])];
    for (;;) {
      const criterion = await question(say.askCriterion);
      if (criterion === '') break;
      const rest = [say.askCriterionName, say.askMax, say.askRule, say.askOwner];
      const said = [criterion];
      for (const words of rest) said.push(await question(words));
      rows.push(cells(said));
    }
    if (id === '' || !Number.isInteger(asked) || asked < 1990)
      return call.refuse(error('needs-option', { option: '--id, --year' }));
    const about = { id, name: name || id, year: asked, scale, source: say.asked };
    return { tables: [sheetOfTexts('-', rows)], apart: true, about };
  } finally {
    lines.close();
  }
}
