import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stringify } from 'yaml';
import { parseCatalogue } from '../catalogue/parse.js';
import { error, failure, note, type Result } from '../diagnostics/diagnostic.js';
import { type Sheet, sheetOfTexts } from '../files/cells.js';
import { writeWhole } from '../files/write.js';
import { headOfCriteria, joined } from '../papers/outline.js';
import { hasFigures, openPaper, unusedTables } from '../papers/paper.js';
import { type CatalogueDraft, catalogueFromTable, type NewCatalogue } from '../papers/table.js';
import { EXIT, type OptionValues, type Outcome, type Session, text } from './shared/command.js';
import { formatOfName, NumberOptions } from './shared/options.js';

interface Asked {
  tables: Sheet[];
  /** Whether the tables are sheets, and not parts of one document. */
  apart: boolean;
  about: NewCatalogue;
}

/** A catalogue from an official table, or from answers to questions. */
export async function newCatalogue(options: OptionValues, session: Session): Promise<Outcome> {
  const numbers = new NumberOptions();
  const year = numbers.year(options.year);
  const scale = numbers.decimal('--scale', options.scale, 'points')?.valueOf() ?? null;
  const review = text(options.review);
  const kind = review === undefined ? undefined : formatOfName(review, REVIEWS);
  const wrong = [...numbers.diagnostics, ...(typeof kind === 'object' ? [kind] : [])];
  if (wrong.length > 0) return { diagnostics: wrong, exit: EXIT.usage };
  const file = text(options.from);
  const asked =
    file === undefined
      ? await ask(session, options, year, scale)
      : await fromFile(file, options, year, scale);
  if (!asked.ok) {
    const usage = asked.diagnostics.some((d) => d.code === 'needs-option');
    return { diagnostics: asked.diagnostics, exit: usage ? EXIT.usage : EXIT.input };
  }
  const made = fromTables(asked.value);
  if (!made.ok) return { diagnostics: [...asked.diagnostics, ...made.diagnostics], exit: EXIT.input };
  const { data, rows, leftOut } = made.value;
  const parsed = parseCatalogue(data);
  const diagnostics = [...asked.diagnostics, ...made.diagnostics, ...parsed.diagnostics];
  if (!parsed.ok) return { diagnostics, exit: EXIT.input };
  const todo = rows.filter((r) => r.read === null).length;
  diagnostics.push(note('rules-counted', { understood: rows.length - todo, todo, left: leftOut }));
  const open = diagnostics.some((d) => d.severity === 'warning' && OPEN.has(d.code));
  if (session.strict && open) return { diagnostics, exit: EXIT.input };
  if (review !== undefined) {
    const { reviewSheet } = await import('../reports/review.js');
    const content = await reviewSheet(
      made.value,
      parsed.value,
      kind === 'html' ? 'html' : 'xlsx',
      session.messages,
    );
    const problem = await writeWhole(review, content, options.force === true);
    if (problem) return { diagnostics: [...diagnostics, problem], exit: EXIT.input };
  }
  const schema = '# yaml-language-server: $schema=./catalogue.schema.json\n';
  const raw = `${schema}${stringify(data, { lineWidth: 0 })}`;
  return { presentation: { json: data, blocks: [], raw }, diagnostics, exit: EXIT.fine };
}

/** What `--strict` refuses: rules that are not understood, and what was taken without being said. */
const OPEN = new Set<string>(['phrase-todo', 'rule-taken', 'row-without-max']);

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
  options: OptionValues,
  year: number | undefined,
  scale: number | null,
): Promise<Result<Asked>> {
  if (year === undefined) return failure(error('needs-option', { option: '--year' }));
  const paper = await openPaper(file);
  if (!paper.ok) return paper;
  const id = text(options.id) ?? basename(file, extname(file));
  const about = { id, name: text(options.name) ?? id, year, scale, source: basename(file) };
  return {
    ok: true,
    value: { tables: paper.value.tables, apart: !/\.doc[xm]$/i.test(file), about },
    diagnostics: paper.diagnostics,
  };
}

/** Asks on the terminal, or reads the answers a line each; an empty id ends the criteria. */
async function ask(
  { messages }: Session,
  options: OptionValues,
  year: number | undefined,
  scale: number | null,
): Promise<Result<Asked>> {
  const say = messages.labels.authoring;
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
    const id = text(options.id) ?? (await question(say.askId));
    const name = text(options.name) ?? (await question(say.askName));
    const asked = year ?? Number(await question(say.askYear));
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
      return failure(error('needs-option', { option: '--id, --year' }));
    const about = { id, name: name || id, year: asked, scale, source: say.asked };
    return { ok: true, value: { tables: [sheetOfTexts('-', rows)], apart: true, about }, diagnostics: [] };
  } finally {
    lines.close();
  }
}
