import type { Cell, Workbook, Worksheet } from 'exceljs';
import type { Criterion, Field } from '../../catalogue/catalogue.js';
import { toNumber } from '../../exact/fraction.js';
import { pointsToNumber } from '../../exact/points.js';
import { indexName, ownerText, ruleText } from '../../render/words.js';
import { targeted } from '../../rules/index.js';
import { type Input, isWhole } from '../../rules/rule.js';
import { columnsFor, type FormRequest, headings, kindsOf, lastText, severalOf } from '../form.js';
import {
  addsUp,
  allNoneFormula,
  dateFormula,
  dueFormula,
  type InputCell,
  NONE_CELL,
  quoted,
  ruleFormula,
} from './formulas.js';
import {
  BOLD,
  BORDER,
  breakPages,
  bytesOf,
  DATE_FORMAT,
  FONT,
  HEAD_FILL,
  heightOf,
  Lists,
  landscape,
  limitsOf,
  linesOf,
  PERCENT_FORMAT,
  POINTS_FORMAT,
  possible,
  solid,
  told,
} from './frame.js';

/** The form's columns in order, with their widths in characters. */
const COLUMNS = [
  ['id', 11],
  ['name', 28],
  ['max', 7],
  ['owner', 15],
  ['rule', 24],
  ['asked', 20],
  ['last', 10],
  ['value', 12],
  ['done', 7],
  ['total', 7],
  ['last_year', 10],
  ['target', 9],
  ['leader', 9],
  ['rate', 8],
  ['deducted', 7],
  ['exempt', 13],
  ['not_applicable', 8],
  ['note', 12],
  ['points', 9],
  ['state', 10],
] as const;
type Key = (typeof COLUMNS)[number][0];
type Row = (key: Key) => Cell;
/** What a value is typed into: itself, or what was done of how many. */
const OF_VALUES = ['value', 'done', 'total'] as const;

/** The cell of the year. */
const YEAR = '$B$4';
/** The cell of the unit's kind, of a scheme that tells kinds apart. */
const KIND = '$B$2';
/** The row of headings, repeated on every printed page; title, unit, year, catalogue and sums stand above. */
const HEAD = 6;
const TO_TYPE = solid('FFFFF8DC');

/**
 * A form an office types into: field headings, maximum, owner, rule and evidence beside the cells to fill, with
 * their points as they come and what is still missing; all else is locked. Prints on A4, landscape.
 */
export async function xlsxForm(request: FormRequest): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  await new Form(workbook, request).write();
  return bytesOf(workbook);
}

class Form {
  private readonly sheet: Worksheet;
  private readonly lists: Lists;
  private readonly columns: (typeof COLUMNS)[number][];
  private readonly words: FormRequest['messages']['labels']['form'];
  private readonly head: ReturnType<typeof headings>;
  /** Rows that are not the last of a page: they head those below them. */
  private readonly heading = new Set<number>();
  private row = HEAD;

  constructor(
    workbook: Workbook,
    private readonly request: FormRequest,
  ) {
    const { catalogue, messages } = request;
    this.words = messages.labels.form;
    this.head = headings(messages);
    const keys = columnsFor(
      COLUMNS.map(([key]) => key),
      catalogue,
    );
    this.columns = COLUMNS.filter(([key]) => keys.includes(key));
    this.sheet = workbook.addWorksheet(this.words.sheet, {
      views: [{ state: 'frozen', ySplit: HEAD, xSplit: 2 }],
      pageSetup: {
        ...landscape(HEAD),
        margins: { left: 0.3, right: 0.3, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      },
      headerFooter: { oddFooter: `&L${this.words.title(indexName(catalogue, messages))}&R&P/&N` },
    });
    this.lists = new Lists(workbook, this.words.lists);
  }

  async write(): Promise<void> {
    const { sheet, request } = this;
    this.columns.forEach(([key, width], i) => {
      sheet.getColumn(i + 1).width = width;
      const cell = sheet.getCell(HEAD, i + 1);
      cell.value = this.head(key);
      cell.font = BOLD;
      cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
      cell.border = BORDER;
      cell.fill = HEAD_FILL;
    });
    sheet.getRow(HEAD).height = heightOf(
      Math.max(...this.columns.map(([key, width]) => linesOf(this.head(key), width - 1))),
    );
    const { fields, criteria } = request.catalogue;
    for (const field of fields) {
      const members = criteria.filter((c) => c.field === field.id);
      if (members.length === 0) continue;
      this.fieldRow(field);
      for (const criterion of members) this.criterionRows(criterion);
    }
    this.above();
    breakPages(sheet, HEAD, this.heading);
    await sheet.protect('', { selectLockedCells: true, formatColumns: true, formatRows: true });
  }

  private at(key: Key, row = this.row): Cell {
    return this.sheet.getCell(row, this.columns.findIndex(([k]) => k === key) + 1);
  }

  /** The lines above the table: what it is, for whom, and what the typed cells come to. */
  private above(): void {
    const { sheet, words, head } = this;
    const { catalogue, named, unit, year, last, messages } = this.request;
    const kinds = kindsOf(catalogue);
    sheet.getCell(1, 1).value = words.title(indexName(catalogue, messages));
    sheet.getCell(1, 1).font = { ...BOLD, size: 14 };
    // Beside a cell that is never blank: what is next to a blank one would be read as its value.
    const hint = kinds.length > 0 ? sheet.getCell(5, 4) : sheet.getCell(2, 1);
    hint.value = words.hint;
    hint.font = { ...FONT, italic: true, color: { argb: 'FF555555' } };
    const about = [
      ...(kinds.length > 0 ? [[2, head('kind'), last?.kind ?? null] as const] : []),
      [3, head('unit'), unit === '…' ? '' : unit],
      [4, head('year'), year],
      [5, head('catalogue'), named],
    ] as const;
    for (const [at, label, value] of about) {
      sheet.getCell(at, 1).value = label;
      sheet.getCell(at, 1).font = BOLD;
      const cell = sheet.getCell(at, 2);
      cell.value = value;
      cell.alignment = { horizontal: 'left' };
      if (at < 5) open(cell);
    }
    // Another kind than those of the scheme may be typed.
    if (kinds.length > 0)
      sheet.getCell(KIND).dataValidation = {
        ...this.lists.choice(kinds, words.kindPrompt),
        showErrorMessage: false,
      };
    const range = (key: Key) => `${this.at(key, HEAD + 1).address}:${this.at(key).address}`;
    const state = (word: string) => `COUNTIF(${range('state')},${quoted(word)})`;
    const sums = [
      [3, addsUp(catalogue) ? words.points : words.pointsAlone, `SUM(${range('points')})`, POINTS_FORMAT],
      [4, words.missing, `${state(words.toFill)}+${state(words.check)}`, '0'],
    ] as const;
    for (const [row, label, formula, format] of sums) {
      const [told, sum] = [this.at('note', row), this.at('points', row)];
      told.value = label;
      told.alignment = { horizontal: 'right' };
      sum.value = { formula };
      sum.numFmt = format;
      for (const cell of [told, sum]) cell.font = BOLD;
    }
  }

  private fieldRow(field: Field): void {
    this.row++;
    this.heading.add(this.row);
    this.sheet.mergeCells(this.row, 1, this.row, this.columns.length);
    const cell = this.sheet.getCell(this.row, 1);
    const name = `${field.id}. ${this.request.messages.numbers.pick(field.name)}`;
    cell.value = name;
    cell.alignment = { wrapText: true, vertical: 'top' };
    const width = this.columns.reduce((sum, [, columnWidth]) => sum + columnWidth, 0);
    this.sheet.getRow(this.row).height = heightOf(linesOf(name, width));
    cell.font = BOLD;
    cell.fill = HEAD_FILL;
    cell.border = BORDER;
  }

  /** A row of the table with what the form tells in it, as high as that needs. */
  private tableRow(told: Partial<Record<Key, string | number>>): Row {
    const row = ++this.row;
    let lines = 1;
    for (const [key, width] of this.columns) {
      const cell = this.at(key);
      cell.border = BORDER;
      cell.alignment = { wrapText: true, vertical: 'top' };
      const value = told[key];
      if (value === undefined) continue;
      cell.value = value;
      if (typeof value === 'string') lines = Math.max(lines, linesOf(value, width));
    }
    this.sheet.getRow(row).height = heightOf(lines);
    this.at('id').numFmt = '@';
    return (key) => this.at(key, row);
  }

  /** A criterion's row, and one for each of its values where it has several. */
  private criterionRows(criterion: Criterion): void {
    const { words, request, lists } = this;
    const { catalogue, messages } = request;
    const { decimals } = catalogue;
    const { inputs } = criterion.compiled;
    const several = severalOf(criterion);
    const at = this.tableRow({
      id: criterion.id,
      name: messages.numbers.pick(criterion.name),
      max: pointsToNumber(criterion.max, decimals),
      owner: criterion.owners.map((o) => ownerText(catalogue, o, messages)).join(', '),
      rule: ruleText(criterion, decimals, messages),
      asked: criterion.evidence ? messages.numbers.pick(criterion.evidence) : '',
      last: several.length > 0 ? '' : lastText(criterion, request),
    });
    for (const key of ['max', 'points'] as const) at(key).numFmt = POINTS_FORMAT;
    for (const key of ['deducted', 'not_applicable', 'note'] as const) open(at(key));
    if (criterion.exemption) open(at('exempt'));
    at('not_applicable').dataValidation = lists.choice([words.yes], words.naPrompt);
    const rows = inputs.map((_, i) => {
      if (several.length === 0) return at;
      this.heading.add(this.row);
      const { id, name } = several[i]!;
      return this.tableRow({
        id,
        name: messages.numbers.pick(name),
        last: lastText(criterion, request, i),
      });
    });
    const aimed = targeted(criterion.rule);
    const cells = inputs.map((input, i): InputCell => {
      const aim = aimed && aimed.key === input.key ? { at, common: aimed.common } : null;
      return this.valueCells(rows[i]!, input, criterion.id, aim);
    });
    const a = (key: Key) => at(key).address;
    const none = allNoneFormula(criterion, cells);
    const out = none ? `OR(${a('not_applicable')}<>"",${none})` : `${a('not_applicable')}<>""`;
    // Held against others of the group, it has points once they are known.
    const later = inputs.some((i) => i.form === 'line' && i.against && i.against.reference !== 'last_year');
    const byRule =
      inputs.length === 0 || later
        ? '""'
        : `IF(OR(${cells.map((v) => `${v.address}=""`).join(',')}),"",${ruleFormula(criterion, cells, decimals)})`;
    const { units } = criterion;
    const others =
      units && `AND(${KIND}<>"",${units.kinds.map((kind) => `${KIND}<>${quoted(kind)}`).join(',')})`;
    const elsewhere = units?.otherwise === 'not_applicable' ? '""' : a('max');
    const points = `IF(${out},"",IF(${a('exempt')}<>"",${a('max')},IF(${a('deducted')}<>"",${a('max')}-${a('deducted')},IFERROR(${byRule},""))))`;
    at('points').value = { formula: others ? `IF(${others},${elsewhere},${points})` : points };
    const typed = rows.map((row) => {
      const [value, done, total] = OF_VALUES.map((key) => `${row(key).address}<>""`);
      return `OR(${value},AND(${done},${total}))`;
    });
    const whole = `AND(${typed.join(',') || 'FALSE()'})`;
    const missing = `IF(${whole},${quoted(later ? words.later : words.check)},${quoted(words.toFill)})`;
    at('state').value = {
      formula: `IF(OR(${out},${others ? `${others},` : ''}${a('points')}<>""),"",${missing})`,
    };
    at('state').font = { ...FONT, color: { argb: 'FFC00000' } };
  }

  /** The cells that one value is typed into; what is worked out of them is what the rule goes by. */
  private valueCells(
    at: Row,
    input: Input,
    id: string,
    aim: { at: Row; common: Input['max'] } | null,
  ): InputCell {
    const { words, lists } = this;
    const level: InputCell['level'] = (l) => l.level.vi;
    const cell = at('value');
    open(cell);
    if (input.form === 'table') {
      const options = input.levels.map(level);
      cell.dataValidation = lists.choice(options, words.levelPrompt);
      return { address: cell.address, level };
    }
    const { quantity, due, against, whenNone } = input;
    const percent = quantity === 'percent';
    const [value, done, total] = OF_VALUES.map((key) => at(key).address);
    const [format, prompt] = due
      ? [DATE_FORMAT, words.datePrompt]
      : percent
        ? [PERCENT_FORMAT, words.percentPrompt]
        : ['General', words.numberPrompt];
    cell.numFmt = format;
    cell.dataValidation = {
      ...(due ? { type: 'custom', formulae: [`ISNUMBER(${dateFormula(value!)})`] } : possible(input)),
      ...told(prompt),
      errorTitle: id,
      promptTitle: id,
    };
    const rate = at('rate');
    const worked = { address: rate.address, level };
    if (due) {
      rate.value = { formula: `IFERROR(${dateFormula(value!)}-${dueFormula(due, YEAR)},"")` };
      rate.numFmt = words.daysFormat;
      return worked;
    }
    if (percent) rate.numFmt = PERCENT_FORMAT;
    const [low, high] = limitsOf(input);
    const limits = `${value}>=${low},${value}<=${high}${isWhole(quantity) ? `,${value}=INT(${value})` : ''}`;
    let formula = `IF(AND(ISNUMBER(${value}),${limits}),${value},"")`;
    // Several counts make no share of one done.
    if (percent && !input.share && !input.counts) {
      for (const key of ['done', 'total'] as const) open(at(key));
      const counted = `IF(AND(N(${total})>0,N(${done})>=0,N(${done})<=${high}*N(${total})),N(${done})/${total},"")`;
      const nothing = `AND(ISNUMBER(${done}),ISNUMBER(${total}),${done}=0,${total}=0)`;
      const ratio = whenNone === null ? counted : `IF(${nothing},"${NONE_CELL}",${counted})`;
      formula = `IF(${value}<>"",${formula},IF(AND(${done}<>"",${total}<>""),${ratio},""))`;
    }
    const known = (x: string, ...cells: string[]) =>
      `IFERROR(IF(AND(${cells.map((c) => `ISNUMBER(${c})`).join(',')}),${x},""),"")`;
    if (against?.reference === 'last_year') {
      open(at('last_year')).numFmt = format;
      const last = at('last_year').address;
      const difference = against.better === 'less' ? `${last}-${formula}` : `${formula}-${last}`;
      formula = known(difference, last);
    } else if (aim) {
      for (const key of ['target', 'leader'] as const) open(aim.at(key)).numFmt = format;
      const [own, leader] = [aim.at('target').address, aim.at('leader').address];
      const common = aim.common && toNumber(aim.common) / (percent ? 100 : 1);
      const target = common === null ? own : `IF(ISNUMBER(${own}),${own},${common})`;
      // The rule is drawn with its target reached at 1, or at the common one, and the leader at twice that.
      const beyond = `IF(ISNUMBER(${leader}),IF(AND(${leader}>=${target},${formula}>=${leader}),2,IF(${leader}<=${target},1,1+(${formula}-${target})/(${leader}-${target}))),IF(${formula}=${target},1,NA()))`;
      const drawn = `${common ?? 1}*IF(${formula}<${target},${formula}/${target},${beyond})`;
      formula = known(drawn, target, formula);
    }
    rate.value = { formula };
    return worked;
  }
}

function open(cell: Cell): Cell {
  cell.protection = { locked: false };
  cell.fill = TO_TYPE;
  cell.border = BORDER;
  return cell;
}
