import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stringify } from 'yaml';
import { parseCatalogue } from '../catalogue/parse.js';
import { EXIT, type OptionValues, type Outcome, type Session, text } from '../cli/command.js';
import { NumberOptions } from '../cli/options.js';
import { error, failure, hasErrors, type Result } from '../diagnostics/diagnostic.js';
import { readTable } from '../files/read.js';
import { catalogueFromTable, type NewCatalogue, type TableCell } from '../papers/table.js';

interface Asked {
  rows: TableCell[][];
  about: NewCatalogue;
}

/** A catalogue from an official table, or from answers to questions. */
export async function newCatalogue(options: OptionValues, session: Session): Promise<Outcome> {
  const numbers = new NumberOptions();
  const year = numbers.count('--year', options.year, 1990, 2200);
  const scale = numbers.decimal('--scale', options.scale)?.valueOf() ?? null;
  if (numbers.diagnostics.length > 0) return { diagnostics: numbers.diagnostics, exit: EXIT.usage };
  const file = text(options.from);
  const asked =
    file === undefined
      ? await ask(session, options, year, scale)
      : await fromFile(file, options, year, scale);
  if (!asked.ok) {
    const usage = asked.diagnostics.some((d) => d.code === 'needs-option');
    return { diagnostics: asked.diagnostics, exit: usage ? EXIT.usage : EXIT.input };
  }
  const made = catalogueFromTable(asked.value.rows, asked.value.about);
  if (!made.ok) return { diagnostics: made.diagnostics, exit: EXIT.input };
  const parsed = parseCatalogue(made.value);
  const diagnostics = [...asked.diagnostics, ...made.diagnostics, ...parsed.diagnostics];
  if (hasErrors(diagnostics)) return { diagnostics, exit: EXIT.input };
  const schema = '# yaml-language-server: $schema=./catalogue.schema.json\n';
  const raw = `${schema}${stringify(made.value, { lineWidth: 0 })}`;
  return { presentation: { json: made.value, blocks: [], raw }, diagnostics, exit: EXIT.fine };
}

async function fromFile(
  file: string,
  options: OptionValues,
  year: number | undefined,
  scale: number | null,
): Promise<Result<Asked>> {
  if (year === undefined) return failure(error('needs-option', { option: '--year' }));
  const sheet = await readTable(file);
  if (!sheet.ok) return sheet;
  const id = text(options.id) ?? basename(file, extname(file));
  const about = { id, name: text(options.name) ?? id, year, scale, source: basename(file) };
  return { ok: true, value: { rows: sheet.value.rows, about }, diagnostics: sheet.diagnostics };
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
    const own = year ?? Number(await question(say.askYear));
    const rows = [cells(['mã', 'tiêu chí', 'điểm chuẩn', 'cách tính', 'đơn vị chủ trì'])];
    for (;;) {
      const criterion = await question(say.askCriterion);
      if (criterion === '') break;
      const rest = [say.askCriterionName, say.askMax, say.askRule, say.askOwner];
      const said = [criterion];
      for (const words of rest) said.push(await question(words));
      rows.push(cells(said));
    }
    if (id === '' || !Number.isInteger(own) || own < 1990)
      return failure(error('needs-option', { option: '--id, --year' }));
    const about = { id, name: name || id, year: own, scale, source: say.asked };
    return { ok: true, value: { rows, about }, diagnostics: [] };
  } finally {
    lines.close();
  }
}
