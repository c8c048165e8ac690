import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { otherKind } from '../files/document.js';
import { movedTo } from '../files/open.js';
import { isFolder } from '../files/paths.js';
import { readDocuments } from '../files/read.js';
import type { Output } from '../files/write.js';
import { leftOutOfTable, type ReadingData, writers } from '../files/writers.js';
import { checkReadingShape } from '../reading/parse.js';
import { error, hasErrors } from '../values/diagnostic.js';
import { fold } from '../values/suggest.js';
import { repeatedUnits, sameUnit, type UnitName } from '../values/unit.js';
import type { Call } from './shared/call.js';
import type { Command } from './shared/command.js';
import { formatOfName, shared } from './shared/options.js';

const FORMATS = Object.keys(writers);

const command: Command = {
  arguments: [{ name: 'from', syntax: '<file...>' }],
  options: [shared.catalogue, shared.force],
  formats: [],
  // Values are written as they stand, read as they are scored.
  without: ['strict', 'explainInput'],
  examples: [
    'cchc convert bang-diem.xlsx bang-diem.csv',
    'cchc convert cac-xa.csv du-lieu/',
    'cchc convert fixtures/nhu-xuan-2022.yaml nhu-xuan.xlsx',
  ],
  async run(call) {
    const target = call.args.at(-1)!;
    const from = call.args.slice(0, -1);
    if (from.length === 0) call.refuse(error('missing-argument', { name: 'to' }));
    const readings: ReadingData[] = [];
    await call.checkCatalogue();
    const folder = isFolder(target) ? target : dirname(target);
    for (const file of from) {
      for (const document of call.take(await readDocuments(file)) ?? []) {
        const data = movedTo(folder, document, call.text('catalogue'));
        const other = otherKind(document, 'reading');
        const faults = other ? [other] : document.locate(checkReadingShape(data));
        call.note(faults);
        if (!hasErrors(faults)) readings.push(data as ReadingData);
      }
    }
    for (const year of new Set(readings.map((r) => String(r.year)))) {
      const named = readings.filter((r) => String(r.year) === year).map(nameOf);
      call.note(repeatedUnits(named).map(({ unit }) => error('duplicate-unit', { unit: `${unit} ${year}` })));
    }
    call.settle();
    await (isFolder(target) ? writeInto(target, readings, call) : writeOne(target, readings, call));
    return {};
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

async function writeInto(folder: string, readings: readonly ReadingData[], call: Call): Promise<void> {
  const files = new Map<string, Output['content']>();
  for (const reading of readings)
    files.set(await fileFor(folder, reading, files), () => writers.yaml.write([reading]));
  await call.writeAll([...files].map(([file, content]) => ({ file, content })));
}

async function writeOne(file: string, readings: ReadingData[], call: Call): Promise<void> {
  const format = formatOfName(file, FORMATS) ?? error('output-ending', { file, options: [...FORMATS] });
  if (typeof format !== 'string') return call.refuse(format);
  const writer = writers[format as keyof typeof writers];
  if (!writer.many && readings.length !== 1) call.note(error('many-readings', { count: readings.length }));
  call.settle();
  await call.write(file, await writer.write(readings));
  if (writer.many) call.note(leftOutOfTable(readings, file));
}

export default command;
