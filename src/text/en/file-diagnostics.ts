import type { DiagnosticTexts } from '../messages.js';
import { counted, meant, num } from './wording.js';

/** Files that are no .xlsx: what they are, and what to do. */
const foreign: Record<string, [string, string]> = {
  password: ['is protected by a password', 'open it in Excel, take the password off and save it'],
  xls: ['is an old Excel workbook (.xls)', 'open it in Excel and save it as .xlsx'],
  xlsb: ['is a binary Excel workbook (.xlsb)', 'open it in Excel and save it as .xlsx'],
  ods: ['is an OpenDocument spreadsheet (.ods)', 'open it in LibreOffice or Excel and save it as .xlsx'],
  html: ['is an HTML page, as other programs export', 'open it in Excel and save it as .xlsx'],
  xml: ['is an XML 2003 workbook', 'open it in Excel and save it as .xlsx'],
  pdf: ['is a PDF', 'a workbook (.xlsx) or CSV is needed'],
  word: ['is a Word document', 'a workbook (.xlsx) or CSV is needed'],
  zip: ['is an archive', 'extract it and read the workbook inside'],
  text: ['is plain text', 'name it .csv, .yaml or .json'],
  empty: ['is empty', 'look at the file again'],
  unknown: ['is not an Excel workbook (.xlsx)', 'open it in Excel or LibreOffice and save it as .xlsx'],
};

/** Kinds of file in words. */
const kindWords: Record<string, string> = {
  reading: 'a reading',
  catalogue: 'a catalogue',
  league: 'a league',
  scenario: 'a scenario',
  actions: 'an actions file',
  units: 'a units file',
  outlook: 'an outlook file',
  config: 'a config file',
  schema: 'a JSON Schema',
};

const unused: Record<string, string> = {
  title: 'lines above the table',
  section: 'section rows',
  total: 'total rows',
  'no-id': 'rows without an id',
  below: 'lines below the table',
};

/** What to do about a file that cannot be read. */
const unreadable = (file: string): Readonly<Record<string, string>> => ({
  EISDIR: `it is a folder: name a file in it, or several as ${file.replace(/[\\/]$/, '')}/*.yaml`,
  EACCES: 'you may not read it',
  EBUSY: 'close it in Excel and try again',
  EPERM: 'close it in Excel and try again',
});

/** `rows 5–8, 12`, `row 5`. */
const runs = (some: readonly string[], noun: string): string =>
  `${noun}${some.length > 1 || some[0]?.includes('–') ? 's' : ''} ${some.join(', ')}`;

/** Words of what is wrong with files and the tables in them, in English. */
export const enFileDiagnostics = {
  'file-not-found': ({ file, suggestion }) => ({ message: `no such file: ${file}`, hint: meant(suggestion) }),
  'file-unreadable': ({ file, reason }) => ({
    message: `cannot read ${file} (${reason})`,
    hint: unreadable(file)[reason],
  }),
  'file-too-large': ({ file, size, limit }) => ({
    message: `${file} has ${counted(num(size), 'byte')}; the limit is ${num(limit)}`,
  }),
  'unknown-file-type': ({ file, options }) => ({
    message: `cannot tell what kind of file ${file} is`,
    hint: /\.html?$/i.test(file)
      ? 'the HTML sheet of review is for printing only; the Excel sheet (.xlsx) is read again'
      : `its name should end in ${options.map((k) => `.${k}`).join(', ')}`,
  }),
  'not-utf8': ({ file }) => ({
    message: `${file} has a byte that is not UTF-8`,
    hint: 'mend the letter here, or save the whole file as UTF-8',
  }),
  'decoded-as': ({ file, encoding }) => ({
    message: `${file} was read as ${encoding}`,
    hint: 'UTF-8 is safer',
  }),
  'no-header': ({ wants, seen }) => ({
    message: `no header row; one column must be headed ${wants.map((w) => `'${w}'`).join(' or ')}`,
    ...(seen.length > 0 && {
      hint: `the first row says ${seen.map((s) => `'${s}'`).join(', ')}; what other heads mean goes under 'columns' in cchc.config.yaml, and 'cchc import --league' makes a league of a ranking`,
    }),
  }),
  'head-too-tall': ({ rows }) => ({
    message: `the head of the table takes ${rows} rows; at most 3 can be read`,
    hint: 'bring it to 3 rows: leave out one that only repeats the year, the period or the title',
  }),
  'no-rows': () => ({
    message: 'no row under the head has an id, so there is no reading',
    hint: "one row a criterion; 'cchc template' makes a form to fill in",
  }),
  'unknown-column': (p) => ({
    message: `unknown column '${p.value}'`,
    hint: `${p.suggestion ? `did you mean '${p.suggestion}'? otherwise ` : ''}say what it is under 'columns' in cchc.config.yaml, such as "${p.value}": value (or ignore)`,
  }),
  'not-a-regular-file': ({ file }) => ({
    message: `${file} is not a regular file`,
    hint: "use '-' to read standard input",
  }),
  'not-text': ({ file }) => ({
    message: `${file} is not text but an Office file or an archive`,
    hint: 'if it is an Excel workbook, its name should end in .xlsx',
  }),
  'garbled-text': () => ({
    message: 'the letters are garbled: an old font or a wrong encoding that cannot be told for sure',
    hint: 'convert the text to Unicode (UTF-8) and save it again',
  }),
  'not-a-workbook': ({ file, kind }) => ({
    message: `${file} ${foreign[kind]?.[0] ?? foreign.unknown![0]}`,
    hint: foreign[kind]?.[1] ?? foreign.unknown![1],
  }),
  'damaged-workbook': ({ file, part }) => ({
    message: `the workbook ${file} is damaged: ${part}`,
    hint: 'open it in Excel or LibreOffice and save it again as .xlsx',
  }),
  'inflates-too-far': ({ file, limit }) => ({
    message: `${file} inflates to more than ${counted(num(limit), 'byte')}`,
    hint: 'split the workbook, or save it as CSV',
  }),
  'too-many-cells': ({ file, limit }) => ({
    message: `${file} has more than ${num(limit)} cells that are not blank`,
    hint: 'split the file',
  }),
  'too-many-rows': ({ file, limit }) => ({
    message: `${file} has more than ${num(limit)} rows that are not blank`,
    hint: 'split the file',
  }),
  'formula-not-calculated': () => ({
    message: 'the cell has a formula that was never worked out',
    hint: 'open the file in Excel or LibreOffice, let it calculate, and save it',
  }),
  'cell-error': ({ value: x }) => ({
    message: `the cell shows ${x}`,
    hint: 'mend the formula, or clear the cell',
  }),
  'head-of-other-year': ({ value: x }) => ({
    message: `the column '${x}' is of another year than the reading`,
    hint: `say under 'columns' in cchc.config.yaml what it is, such as "${x}": ignore`,
  }),
  'head-of-period': ({ value: x }) => ({
    message: `the column '${x}' is of a part of the year; months (T1 … T12) and the value so far are read`,
    hint: `say under 'columns' in cchc.config.yaml what it is, such as "${x}": value for the latest, and ignore for the others`,
  }),
  'note-left-out': ({ unit, file }) => ({
    message: `${file} is a table, and has no place for the note on the reading of ${unit}`,
    hint: 'convert to YAML or JSON to keep it',
  }),
  'page-too-long': ({ units, limit }) => ({
    message: `a page holds ${num(limit)} readings at most, and these are ${num(units)}`,
    hint: 'write a page for each into a folder (--output reports/), or use xlsx, csv or json',
  }),
  'png-too-long': ({ bars, limit }) => ({
    message: `a PNG shows ${num(limit)} bars at most, and this chart has ${num(bars)}`,
    hint: 'use svg, which has no such limit',
  }),
  'rate-differs': ({ value: x, done, total }) => ({
    message: `the rate ${x} is not ${done} of ${total}; the two numbers are used`,
    hint: 'correct one of the three',
  }),
  'same-meaning': ({ value: x, other }) => ({
    message: `the columns '${other}' and '${x}' mean the same`,
    hint: `keep one of them, or say under 'columns' in cchc.config.yaml what one is, such as "${x}": ignore`,
  }),
  'tables-side-by-side': ({ value: x }) => ({
    message: `two tables stand side by side: this column '${x}' begins the second`,
    hint: 'put the second table below the first, or on a sheet of its own',
  }),
  'row-too-wide': ({ cells, head, value: x, separator }) => ({
    message: `the row has a cell ${cells} ('${x}'), but the head has ${counted(head, 'column')}`,
    hint:
      separator === ','
        ? 'a number with a decimal comma needs quotes ("99,2%"), or separate the columns by \';\''
        : 'give the column a head, or clear the cell',
  }),
  'cell-without-head': ({ value: x }) => ({
    message: `'${x}' stands in a column without a head`,
    hint: 'give the column a head, or clear the cell',
  }),
  'split-decimal': ({ value: x }) => ({
    message: `'${x}' is split in two cells by the comma between columns`,
    hint: `put it in quotes: "${x}", or separate the columns by ';'`,
  }),
  'value-without-id': ({ value: x }) => ({
    message: `the value '${x}' is not used: its row has no criterion id`,
    hint: 'write the id of the criterion in the id column',
  }),
  'row-without-unit': ({ id }) => ({
    message: `the row of criterion '${id}' names no unit`,
    hint: 'name the unit in each row, or merge its cell over the rows of the unit',
  }),
  'merged-value': ({ value: x }) => ({
    message: `the value '${x}' is merged over several cells: whose it is cannot be told`,
    hint: 'unmerge the cells and write the value into each',
  }),
  'cell-not-json': ({ value: x, column }) => ({
    message: `cannot read '${x}' in column '${column}'`,
    hint: 'this column takes JSON, such as [{"done": 5, "total": 10}]',
  }),
  'sheet-not-used': ({ sheet, cells, hidden }) => ({
    message: `the ${hidden ? 'hidden ' : ''}worksheet '${sheet}' is not used: ${counted(num(cells), 'cell')}`,
    hint: hidden ? 'unhide it if it should be read' : 'it has no head row of a table of values',
  }),
  'unseen-read': ({ rows, columns }) => ({
    message: `hidden or filtered out, and read all the same: ${[
      ...(rows.length > 0 ? [runs(rows, 'row')] : []),
      ...(columns.length > 0 ? [runs(columns, 'column')] : []),
    ].join('; ')}`,
    hint: 'unhide them to see what they say; delete what should not count',
  }),
  'cells-not-used': ({ why, count, cells }) => ({
    message: `${counted(num(count), 'cell')} not used (${unused[why] ?? why}): ${cells.join(', ')}${count > cells.length ? '…' : ''}`,
  }),
  'many-readings': ({ count }) => ({
    message: `the file holds ${counted(count, 'reading')}; one is needed here`,
  }),
  'forms-of-months': ({ unit, files }) => ({
    message: `${unit} has several forms: ${files.join(', ')}`,
    hint: 'forms of months are put together with --months month (counts of the month alone) or --months to-date (of the year so far); else keep one form',
  }),
  'form-month': () => ({
    message: 'the name of the form does not say its month',
    hint: 'name it like xa-a-t3.xlsx, xa-a-thang-3.xlsx or 2026-03.xlsx',
  }),
  'month-twice': ({ unit, month, files }) => ({
    message: `${unit} has two forms of month ${month}: ${files.join(', ')}`,
    hint: 'keep one of them',
  }),
  'month-missing': ({ unit, id, months }) => ({
    message: `${unit} has no ${id === null ? 'form' : `count of ${id}`} for ${months.length === 1 ? 'month' : 'months'} ${months.join(', ')}`,
    hint: 'months are put together from January on, without a gap',
  }),
  'month-fell': ({ unit, id, month }) => ({
    message: `${unit}: the count of ${id} in month ${month} is less than that of the month before`,
    hint: 'counts of the year so far cannot fall; for counts of each month alone use --months month',
  }),
  'forms-missing': ({ units, size }) => ({
    message: `no form yet from ${units.length} of ${counted(size, 'unit')}: ${units.join(', ')}`,
  }),
  syntax: ({ reason, fault }) => ({
    message: `syntax error: ${reason}`,
    ...(fault === 'BLOCK_AS_IMPLICIT_KEY' && { hint: 'a text with a colon in it goes in quotes' }),
  }),
  'duplicate-key': ({ key }) => ({ message: `'${key}' is given twice`, hint: 'keep one of them' }),
  'forbidden-key': ({ key }) => ({ message: `'${key}' cannot be a key` }),
  'too-deep': ({ limit }) => ({ message: `nested deeper than ${counted(limit, 'level')}` }),
  'too-many-values': ({ limit }) => ({
    message: `more than ${num(limit)} values, those that YAML aliases repeat included`,
    hint: 'split the file, or use CSV',
  }),
  'too-many-documents': ({ limit }) => ({
    message: `more than ${num(limit)} readings in a file`,
    hint: 'split the file',
  }),
  'yaml-too-large': ({ file }) => ({
    message: `${file} is too large for YAML`,
    hint: 'split it, or use CSV or JSON',
  }),
  'more-diagnostics': ({ count }) => ({ message: `and ${num(count)} more` }),
  'other-kind': ({ expected, value: kind }) => ({
    message: `this is ${kindWords[kind] ?? kind}, not ${kindWords[expected] ?? expected}`,
    hint: kind === 'reading' || kind === 'schema' ? undefined : `give it with --${kind}`,
  }),
  'unknown-shape': ({ kinds }) => ({
    message: 'this file is none of the kinds that cchc knows',
    hint: `known kinds: ${kinds.join(', ')}`,
  }),
} satisfies Partial<DiagnosticTexts>;
