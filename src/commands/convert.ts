import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, EXIT, type ExitCode } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { formatOfName } from '../cli/output.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';
import { readDocuments } from '../files/read.js';
import { writeWhole } from '../files/write.js';
import { type ReadingData, writers } from '../files/writers/index.js';
import { checkReadingShape } from '../reading/parse.js';

const FORMATS = Object.keys(writers);

const command: Command = {
  arguments: [{ name: 'from', syntax: '<file...>' }],
  options: [shared.force],
  formats: [],
  without: ['strict'],
  examples: [
    'cchc convert bang-diem.xlsx bang-diem.csv',
    'cchc convert cac-xa.csv du-lieu/',
    'cchc convert fixtures/nhu-xuan-2022.yaml nhu-xuan.xlsx',
  ],
  async run(names, options, session) {
    const target = names.at(-1)!;
    const from = names.slice(0, -1);
    if (from.length === 0)
      return { diagnostics: [error('missing-argument', { name: 'to' })], exit: EXIT.usage };
    const loader = new Loader(options, session);
    const readings: ReadingData[] = [];
    for (const file of from) {
      for (const document of loader.take(await readDocuments(file)) ?? []) {
        loader.diagnostics.push(...document.locate(checkReadingShape(document.data)));
        readings.push(document.data as ReadingData);
      }
    }
    const keys = readings.map((r) => `${r.unit} ${r.year}`);
    const twice = keys.find((key, i) => keys.indexOf(key) < i);
    if (twice !== undefined) loader.diagnostics.push(error('duplicate-unit', { unit: twice }));
    if (loader.failed) return loader.refusal();
    const { problems, exit } = await writeAll(target, readings, options.force === true);
    return { diagnostics: [...loader.diagnostics, ...problems], exit };
  },
};

async function writeAll(
  target: string,
  readings: ReadingData[],
  force: boolean,
): Promise<{ problems: Diagnostic[]; exit: ExitCode }> {
  const ended = (problems: Diagnostic[], exit: ExitCode = EXIT.input) => ({
    problems,
    exit: problems.length > 0 ? exit : EXIT.fine,
  });
  const isFolder = /[\\/]$/.test(target) || (existsSync(target) && statSync(target).isDirectory());
  if (isFolder) {
    mkdirSync(target, { recursive: true });
    const writer = await writers.yaml();
    const problems: Diagnostic[] = [];
    for (const reading of readings) {
      const name = `${fold(`${reading.unit} ${reading.year}`).replace(/[^a-z0-9]+/g, '-')}.yaml`;
      const problem = writeWhole(join(target, name), await writer.write([reading]), force);
      if (problem) problems.push(problem);
    }
    return ended(problems);
  }
  const format =
    formatOfName(target, FORMATS) ?? error('output-ending', { file: target, known: [...FORMATS] });
  if (typeof format !== 'string') return ended([format], EXIT.usage);
  const writer = await writers[format as keyof typeof writers]();
  if (!writer.many && readings.length !== 1)
    return ended([error('many-readings', { count: readings.length })]);
  const problem = writeWhole(target, await writer.write(readings), force);
  return ended(problem ? [problem] : []);
}

export default command;
