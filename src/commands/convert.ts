import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, error, warning } from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';
import { otherKind } from '../files/document.js';
import { movedTo } from '../files/open.js';
import { isFolder } from '../files/paths.js';
import { readDocuments } from '../files/read.js';
import { type Output, writeAllWhole, writeWhole } from '../files/write.js';
import { type ReadingData, writers } from '../files/writers.js';
import { checkReadingShape } from '../reading/parse.js';
import { repeatedUnits, sameUnit, type UnitName } from '../shapes/unit.js';
import { type Command, EXIT, type ExitCode, misuse, text } from './shared/command.js';
import { Loader } from './shared/load.js';
import { formatOfName, shared } from './shared/options.js';

const FORMATS = Object.keys(writers);

const command: Command = {
  arguments: [{ name: 'from', syntax: '<file...>' }],
  options: [shared.catalogue, shared.force],
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
    if (from.length === 0) return misuse([error('missing-argument', { name: 'to' })]);
    const loader = new Loader(options, session);
    const readings: ReadingData[] = [];
    await loader.catalogue();
    const folder = isFolder(target) ? target : dirname(target);
    const catalogue = text(options.catalogue);
    for (const file of from) {
      for (const document of loader.take(await readDocuments(file)) ?? []) {
        const data = movedTo(folder, document, catalogue);
        const wrong = otherKind(document, 'reading');
        loader.diagnostics.push(...(wrong ? [wrong] : document.locate(checkReadingShape(data))));
        readings.push(data as ReadingData);
      }
    }
    for (const year of new Set(readings.map((r) => String(r.year)))) {
      const named = readings.filter((r) => String(r.year) === year).map(nameOf);
      loader.diagnostics.push(
        ...repeatedUnits(named).map(({ unit }) => error('duplicate-unit', { unit: `${unit} ${year}` })),
      );
    }
    if (loader.failed) return loader.refusal();
    const { problems, exit } = await writeAll(target, readings, options.force === true);
    return { diagnostics: [...loader.diagnostics, ...problems], exit };
  },
};

const nameOf = (r: ReadingData): UnitName => ({
  unit: String(r.unit),
  code: r.code === undefined || r.code === null ? null : String(r.code),
});

/**
 * The reading's file in a folder: its unit and year without diacritics, numbered where that is the file of another
 * unit, in this run or from before.
 */
async function fileFor(
  folder: string,
  reading: ReadingData,
  taken: ReadonlyMap<string, unknown>,
): Promise<string> {
  const plain = fold(`${reading.unit} ${reading.year}`).replace(/[^a-z0-9]+/g, '-');
  for (let n = 1; ; n++) {
    const file = join(folder, `${plain}${n === 1 ? '' : `-${n}`}.yaml`);
    if (taken.has(file)) continue;
    if (!existsSync(file)) return file;
    const there = await readDocuments(file);
    const [document] = there.ok ? there.value : [];
    const other = document?.data as ReadingData | undefined;
    const another = typeof other?.unit === 'string' && !sameUnit(nameOf(other), nameOf(reading));
    if (!another) return file;
  }
}

async function writeAll(
  target: string,
  readings: ReadingData[],
  force: boolean,
): Promise<{ problems: Diagnostic[]; exit: ExitCode }> {
  const ended = (problems: Diagnostic[], exit: ExitCode = EXIT.input) => ({
    problems,
    exit: problems.length > 0 ? exit : EXIT.fine,
  });
  if (isFolder(target)) {
    const files = new Map<string, Output['content']>();
    for (const reading of readings)
      files.set(await fileFor(target, reading, files), () => writers.yaml.write([reading]));
    const outputs = [...files].map(([file, content]) => ({ file, content }));
    return ended(await writeAllWhole(outputs, force));
  }
  const format =
    formatOfName(target, FORMATS) ?? error('output-ending', { file: target, options: [...FORMATS] });
  if (typeof format !== 'string') return ended([format], EXIT.usage);
  const writer = writers[format as keyof typeof writers];
  if (!writer.many && readings.length !== 1)
    return ended([error('many-readings', { count: readings.length })]);
  const problem = await writeWhole(target, await writer.write(readings), force);
  if (problem) return ended([problem]);
  // A table has rows of criteria, and none for what a reading says of itself.
  const noted = writer.many ? readings.filter((r) => r.note !== undefined && r.note !== null) : [];
  const left = noted.map((r) => warning('note-left-out', { unit: `${r.unit} ${r.year}`, file: target }));
  return { problems: left, exit: EXIT.fine };
}

export default command;
