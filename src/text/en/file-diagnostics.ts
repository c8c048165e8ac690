import type { DiagnosticTexts } from '../index.js';
import { counted, list, meant, num } from './wording.js';

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
  EOF: 'standard input is read once: say - in one place alone',
  EACCES: 'you may not read it',
  EBUSY: 'close it in Excel and try again',
  EPERM: 'close it in Excel and try again',
});

/** `rows 5–8, 12`, `row 5`. */
const runs = (some: readonly string[], noun: string): string =>
  `${noun}${some.length > 1 || some[0]?.includes('–') ? 's' : ''} ${some.join(', ')}`;

/** Words of what is wrong with files and the tables in them, in English. */
export const enFileDiagnostics = {
  'file-not-found': ({ file, suggestion }) => `no such file: ${file}${meant(suggestion)}`,
  'file-unreadable': ({ file, reason }) => `cannot read ${file} (${reason})
    ${unreadable(file)[reason] ?? ''}`,
  'file-too-large': ({ file, size, limit }) =>
    `${file} has ${counted(num(size), 'byte')}; the limit is ${num(limit)}`,
  'unknown-file-type': ({ file, options }) => `cannot tell what kind of file ${file} is
    ${
      /\.html?$/i.test(file)
        ? 'the HTML sheet of review is for printing only; the Excel sheet (.xlsx) is read again'
        : `its name should end in ${options.map((k) => `.${k}`).join(', ')}`
    }`,
  'not-utf8': ({ file }) => `${file} has a byte that is not UTF-8
    mend the letter here, or save the whole file as UTF-8`,
  'decoded-as': ({ file, encoding }) => `${file} was read as ${encoding}
    UTF-8 is safer`,
  'no-header': ({ wants, seen, dated }) => `no header row; one column must be headed ${list(wants, ' or ')}
    ${
      seen.length > 0
        ? `the first row says ${list(seen)}; ${dated ? `a spreadsheet may have made a date of an id (${dated.join(' or ')}): format the cells as Text and type the ids again; ` : ''}what other heads mean goes under 'columns' in cchc.config.yaml, and 'cchc import --league' makes a league of a ranking`
        : ''
    }`,
  'head-too-tall': ({ rows }) => `the head of the table takes ${rows} rows; at most 3 can be read
    bring it to 3 rows: leave out one that only repeats the year, the period or the title`,
  'no-rows': () => `no row under the head has an id, so there is no reading
    one row a criterion; 'cchc template' makes a form to fill in`,
  'unknown-column': (p) => `unknown column '${p.value}'
    ${p.suggestion ? `did you mean '${p.suggestion}'? otherwise ` : ''}say what it is under 'columns' in cchc.config.yaml, such as "${p.value}": value (or ignore)`,
  'not-a-regular-file': ({ file }) => `${file} is not a regular file
    use '-' to read standard input`,
  'not-text': ({ file }) => `${file} is not text but an Office file or an archive
    if it is an Excel workbook, its name should end in .xlsx`,
  'garbled-text': () => `the letters are garbled: an old font or a wrong encoding that cannot be told for sure
    convert the text to Unicode (UTF-8) and save it again`,
  'not-a-workbook': ({ file, kind }) => `${file} ${foreign[kind]?.[0] ?? foreign.unknown![0]}
    ${foreign[kind]?.[1] ?? foreign.unknown![1] ?? ''}`,
  'damaged-workbook': ({ file, part }) => `the workbook ${file} is damaged: ${part}
    open it in Excel or LibreOffice and save it again as .xlsx`,
  'inflates-too-far': ({ file, limit }) => `${file} inflates to more than ${counted(num(limit), 'byte')}
    split the workbook, or save it as CSV`,
  'too-many-cells': ({ file, limit }) => `${file} has more than ${num(limit)} cells that are not blank
    split the file`,
  'too-many-columns': ({
    file,
    limit,
  }) => `a row of ${file} has more than ${num(limit)} columns that are not blank
    split the file`,
  'too-many-rows': ({ file, limit }) => `${file} has more than ${num(limit)} rows that are not blank
    split the file`,
  'formula-not-calculated': () => `the cell has a formula that was never worked out
    open the file in Excel or LibreOffice, let it calculate, and save it`,
  'cell-error': ({ value: x }) => `the cell shows ${x}
    mend the formula, or clear the cell`,
  'head-of-other-year': ({ value: x }) => `the column '${x}' is of another year than the reading
    say under 'columns' in cchc.config.yaml what it is, such as "${x}": ignore`,
  'head-of-period': ({ value: x }) =>
    `the column '${x}' is of a part of the year; months (T1 … T12) and the value so far are read
    say under 'columns' in cchc.config.yaml what it is, such as "${x}": value for the latest, and ignore for the others`,
  'note-left-out': ({ unit, file }) =>
    `${file} is a table, and has no place for the note on the reading of ${unit}
    convert to YAML or JSON to keep it`,
  'reading-left-out': ({ unit, file }) =>
    `${file} is a table, and has no row for ${unit}, of which no indicator is given
    convert to YAML or JSON to keep it`,
  'page-too-long': ({ units, limit }) =>
    `a page holds ${num(limit)} readings at most, and these are ${num(units)}
    write a page for each into a folder (--output reports/), or use xlsx, csv or json`,
  'png-too-long': ({ bars, limit }) =>
    `a PNG shows ${num(limit)} bars at most, and this chart has ${num(bars)}
    use svg, which has no such limit`,
  'rate-differs': ({ value: x, done, total }) =>
    `the rate ${x} is not ${done} of ${total}; the two numbers are used
    correct one of the three`,
  'same-meaning': ({ value: x, other }) => `the columns '${other}' and '${x}' mean the same
    keep one of them, or say under 'columns' in cchc.config.yaml what one is, such as "${x}": ignore`,
  'tables-side-by-side': ({ value: x }) =>
    `two tables stand side by side: this column '${x}' begins the second
    put the second table below the first, or on a sheet of its own`,
  'row-too-wide': ({ cells, head, value: x, separator }) =>
    `the row has a cell ${cells} ('${x}'), but the head has ${counted(head, 'column')}
    ${
      separator === ','
        ? 'a number with a decimal comma needs quotes ("99,2%"), or separate the columns by \';\''
        : 'give the column a head, or clear the cell'
    }`,
  'cell-without-head': ({ value: x }) => `'${x}' stands in a column without a head
    give the column a head, or clear the cell`,
  'split-decimal': ({ value: x }) => `'${x}' is split in two cells by the comma between columns
    put it in quotes: "${x}", or separate the columns by ';'`,
  'read-as-counts': ({ value: x, done, total }) =>
    `'${x}' was read as ${done} of ${total}: a comma stands between columns
    if one number is meant, put it in quotes: "${x}", or separate the columns by ';'`,
  'value-without-id': ({ value: x }) => `the value '${x}' is not used: its row has no criterion id
    write the id of the criterion in the id column`,
  'row-without-unit': ({ id }) => `the row of criterion '${id}' names no unit
    name the unit in each row, or merge its cell over the rows of the unit`,
  'merged-value': ({ value: x }) => `the value '${x}' is merged over several cells: whose it is cannot be told
    unmerge the cells and write the value into each`,
  'cell-not-json': ({ value: x, column }) => `cannot read '${x}' in column '${column}'
    this column takes JSON, such as [{"done": 5, "total": 10}]`,
  'sheet-not-used': ({ sheet, cells, hidden }) =>
    `the ${hidden ? 'hidden ' : ''}worksheet '${sheet}' is not used: ${counted(num(cells), 'cell')}
    ${hidden ? 'unhide it if it should be read' : 'it has no head row of a table of values'}`,
  'unseen-read': ({ rows, columns }) =>
    `hidden or filtered out, and read all the same: ${[
      ...(rows.length > 0 ? [runs(rows, 'row')] : []),
      ...(columns.length > 0 ? [runs(columns, 'column')] : []),
    ].join('; ')}
    unhide them to see what they say; delete what should not count`,
  'cells-not-used': ({ why, count, cells }) =>
    `${counted(num(count), 'cell')} not used (${unused[why] ?? why}): ${cells.join(', ')}${count > cells.length ? '…' : ''}`,
  'many-readings': ({ count }) => `the file holds ${counted(count, 'reading')}; one is needed here`,
  'forms-of-months': ({ unit, files }) => `${unit} has several forms: ${files.join(', ')}
    forms of months are put together with --months month (counts of the month alone) or --months to-date (of the year so far); else keep one form`,
  'form-month': () => `the name of the form does not say its month
    name it like xa-a-t3.xlsx, xa-a-thang-3.xlsx or 2026-03.xlsx`,
  'month-twice': ({ unit, month, files }) => `${unit} has two forms of month ${month}: ${files.join(', ')}
    keep one of them`,
  'month-missing': ({ unit, id, months }) =>
    `${unit} has no ${id === null ? 'form' : `count of ${id}`} for ${months.length === 1 ? 'month' : 'months'} ${months.join(', ')}
    months are put together from January on, without a gap`,
  'months-added': ({ unit, id, months, value }) =>
    `${unit}: the counts of ${id} in ${months} months were added up to ${value}
    if they run from January, use --months to-date`,
  'month-parts': ({
    unit,
    id,
  }) => `${unit}: ${id} has several counts, and those of single months are not added up
    give them for the year so far, with --months to-date`,
  'month-blank': ({ unit, id, month, months }) =>
    `${unit}: ${id} has a value in month ${month}, and none in ${months.join(', ')}; it stays unknown
    write into the last form what holds by then`,
  'month-fell': ({ unit, id, month }) =>
    `${unit}: the count of ${id} in month ${month} is less than that of the month before
    counts of the year so far cannot fall; for counts of each month alone use --months month`,
  'forms-missing': ({ units, size }) =>
    `no form yet from ${units.length} of ${counted(size, 'unit')}: ${units.join(', ')}`,
  syntax: ({ reason, fault }) => `syntax error: ${reason}
    ${fault === 'BLOCK_AS_IMPLICIT_KEY' ? 'a text with a colon in it goes in quotes' : ''}`,
  'duplicate-key': ({ key }) => `'${key}' is given twice
    keep one of them`,
  'forbidden-key': ({ key }) => `'${key}' cannot be a key`,
  'too-deep': ({ limit }) => `nested deeper than ${counted(limit, 'level')}`,
  'too-many-values': ({ limit }) => `more than ${num(limit)} values, those that YAML aliases repeat included
    split the file, or use CSV`,
  'too-many-documents': ({ limit }) => `more than ${num(limit)} readings in a file
    split the file`,
  'yaml-too-large': ({ file }) => `${file} is too large for YAML
    split it, or use CSV or JSON`,
  'more-diagnostics': ({ count }) => `and ${num(count)} more`,
  'other-kind': ({ expected, value: kind }) =>
    `this is ${kindWords[kind] ?? kind}, not ${kindWords[expected] ?? expected}
    ${kind === 'reading' || kind === 'schema' ? '' : `give it with --${kind}`}`,
  'unknown-shape': ({ kinds }) => `this file is none of the kinds that cchc knows
    known kinds: ${kinds.join(', ')}`,
} satisfies Partial<DiagnosticTexts>;
