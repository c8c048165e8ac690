import type { Criterion } from '../../catalogue/catalogue.js';
import { indexName, ownersText, ruleText } from '../../render/words.js';
import { targeted } from '../../rules/index.js';
import { type Input, isWhole } from '../../rules/rule.js';
import { toNumber } from '../../values/fraction.js';
import { pointsToNumber } from '../../values/points.js';
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
  addSheet,
  BOLD,
  BORDER,
  breakPages,
  bytesOf,
  DropDowns,
  FONT,
  formatOf,
  HEAD_FILL,
  limitsOf,
  linesOf,
  OPEN,
  POINTS_FORMAT,
  possible,
  raise,
  restyle,
  type SheetColumn,
  told,
  worked,
  writeTable,
} from './frame.js';

/** The form's columns in order, with their widths in characters. */
const WIDTHS = {
  ...{ id: 11, name: 28, max: 7, owner: 15, rule: 24, asked: 20, last: 10, value: 12, done: 7, total: 7 },
  ...{ last_year: 10, target: 9, leader: 9, rate: 8, deducted: 7, exempt: 13, not_applicable: 8, note: 12 },
  ...{ points: 9, state: 10 },
};
type Key = keyof typeof WIDTHS;

/** The cell of the year, and of the unit's kind, of a scheme that tells kinds apart. */
const YEAR = '$B$4';
const KIND = '$B$2';
/** The row of headings, repeated on every printed page; title, unit, year, catalogue and sums stand above. */
const HEAD = 6;

/** A row: a field that heads those below it, a criterion, or one of its values where it has several. */
interface FormLine {
  id: string;
  name: string;
  criterion: Criterion | null;
  /** Whether it stands for the whole criterion. */
  whole: boolean;
  /** The value that is typed into it, and its place among those of the criterion. */
  input: Input | null;
  index: number;
}

/** The criteria by field, a row each; below one of several values, a row for each of them. */
function linesOfForm({ catalogue, messages: { numbers } }: FormRequest): FormLine[] {
  const none = { criterion: null, whole: false, input: null, index: 0 };
  return catalogue.fields.flatMap((field): FormLine[] => {
    const members = catalogue.criteria.filter((c) => c.field === field.id);
    if (members.length === 0) return [];
    const lines = members.flatMap((criterion): FormLine[] => {
      const { inputs } = criterion.compiled;
      const several = severalOf(criterion);
      const input = several.length === 0 ? (inputs[0] ?? null) : null;
      const { id, name } = criterion;
      return [
        { id, name: numbers.pick(name), criterion, whole: true, input, index: 0 },
        ...several.map(({ id, name }, index) => {
          const input = inputs[index]!;
          return { id, name: numbers.pick(name), criterion, whole: false, input, index };
        }),
      ];
    });
    return [{ ...none, id: field.id, name: `${field.id}. ${numbers.pick(field.name)}` }, ...lines];
  });
}

/**
 * A form an office types into: field headings, maximum, owner, rule and evidence beside the cells to fill, with
 * their points as they come and what is still missing; all else is locked, and the year too where the
 * catalogue has dated numbers. Prints on A4, landscape.
 */
export async function xlsxForm(request: FormRequest, dated = false): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const { catalogue, named, unit, year, messages } = request;
  const workbook = new ExcelJS.Workbook();
  const words = messages.labels.form;
  const head = headings(messages);
  const lists = new DropDowns(workbook, words.lists);
  const keys = columnsFor(Object.keys(WIDTHS) as Key[], catalogue);
  const at: CellOf = (key, row) => `${String.fromCharCode('A'.charCodeAt(0) + keys.indexOf(key))}${row}`;
  const cells = columnsOf(request, lists, at);
  const columns = keys.map(
    (key): SheetColumn<FormLine> => ({ head: head(key), width: WIDTHS[key], ...cells[key] }),
  );
  const title = words.title(indexName(catalogue, messages));
  const sheet = addSheet(workbook, words.sheet, title, 2, HEAD);
  sheet.pageSetup.margins = { left: 0.3, right: 0.3, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 };
  sheet.headerFooter.oddFooter = `&L${title}&R&P/&N`;
  const lines = linesOfForm(request);
  writeTable(sheet, columns, lines, 1, HEAD);
  /** Rows that are not the last of a page: they head those below them. */
  const heading = new Set<number>();
  lines.forEach(({ name, criterion, whole }, i) => {
    const row = HEAD + 1 + i;
    const next = lines[i + 1];
    if (!criterion || (next?.criterion && !next.whole)) heading.add(row);
    if (whole) restyle(sheet.getCell(at('state', row)), { font: { ...FONT, color: { argb: 'FFC00000' } } });
    if (criterion) return;
    const cell = sheet.getCell(row, 1);
    cell.value = name;
    const alignment = { wrapText: true, vertical: 'top' } as const;
    cell.style = { alignment, font: BOLD, fill: HEAD_FILL, border: BORDER };
    sheet.mergeCells(row, 1, row, columns.length);
    const width = columns.reduce((sum, column) => sum + column.width, 0);
    raise(sheet, row, linesOf(name, width));
  });

  // The lines above the table: what it is, for whom, and what the typed cells come to.
  const kinds = kindsOf(catalogue);
  // Beside a cell that is never blank: what is next to a blank one would be read as its value.
  const hint = kinds.length > 0 ? sheet.getCell(5, 4) : sheet.getCell(2, 1);
  hint.value = words.hint;
  hint.font = { ...FONT, italic: true, color: { argb: 'FF555555' } };
  const about = [
    ...(kinds.length > 0 ? [[2, head('kind'), request.kind] as const] : []),
    [3, head('unit'), unit === '…' ? '' : unit],
    [4, head('year'), year],
    [5, head('catalogue'), named],
  ] as const;
  // Under another year typed there the rules and points of the form would not be those that it is scored by.
  const isTyped = (row: number) => row < 4 || (row === 4 && !dated);
  for (const [row, label, value] of about) {
    sheet.getCell(row, 1).value = label;
    sheet.getCell(row, 1).font = BOLD;
    const cell = sheet.getCell(row, 2);
    cell.value = value;
    cell.style = { alignment: { horizontal: 'left' }, ...(isTyped(row) && { ...OPEN, border: BORDER }) };
  }
  // Another kind than those of the scheme may be typed.
  if (kinds.length > 0)
    sheet.getCell(KIND).dataValidation = {
      ...lists.choice(kinds, words.kindPrompt),
      showErrorMessage: false,
    };
  const range = (key: Key) => `${at(key, HEAD + 1)}:${at(key, HEAD + lines.length)}`;
  const state = (word: string) => `COUNTIF(${range('state')},${quoted(word)})`;
  const sums = [
    [3, addsUp(catalogue) ? words.points : words.pointsAlone, `SUM(${range('points')})`, POINTS_FORMAT],
    [4, words.missing, `${state(words.toFill)}+${state(words.check)}`, '0'],
  ] as const;
  for (const [row, label, formula, numFmt] of sums) {
    const [told, sum] = [sheet.getCell(at('note', row)), sheet.getCell(at('points', row))];
    told.value = label;
    told.style = { font: BOLD, alignment: { horizontal: 'right' } };
    sum.value = worked(formula);
    sum.style = { font: BOLD, numFmt };
  }
  breakPages(sheet, HEAD, heading);
  await sheet.protect('', { selectLockedCells: true, formatColumns: true, formatRows: true });
  return bytesOf(workbook);
}

type CellOf = (key: Key, row: number) => string;
type Cells = Partial<Omit<SheetColumn<FormLine>, 'head' | 'width'>>;

/** What stands in each column, and what may be typed into it. */
function columnsOf(request: FormRequest, lists: DropDowns, at: CellOf): Partial<Record<Key, Cells>> {
  const { catalogue, messages } = request;
  const { decimals } = catalogue;
  const { labels, numbers } = messages;
  const words = labels.form;
  const once =
    <T>(of: (criterion: Criterion, at: number) => T) =>
    (line: FormLine, row: number) =>
      line.whole ? of(line.criterion!, row) : null;
  const typed = (isTyped: (line: FormLine) => unknown): Cells => ({
    open: (line) => (isTyped(line) ? 'anything' : null),
  });
  const aim = ({ whole, criterion }: FormLine) => (whole ? targeted(criterion!.rule) : null);
  const aimed: Cells = {
    ...typed(aim),
    format: (line) => {
      const key = aim(line)?.key;
      return formatOf(line.criterion?.compiled.inputs.find((input) => input.key === key) ?? null);
    },
  };
  return {
    id: { format: '@', of: ({ criterion, id }) => criterion && id },
    name: { of: ({ criterion, name }) => criterion && name },
    max: { format: POINTS_FORMAT, of: once(({ max }) => pointsToNumber(max, decimals)) },
    owner: { of: once(({ owners }) => ownersText(owners, catalogue, messages)) },
    rule: { of: once((criterion) => ruleText(criterion, decimals, messages)) },
    asked: { of: once(({ evidence }) => evidence && numbers.pick(evidence)) },
    last: {
      of: ({ criterion, input, index, whole }) =>
        criterion && input && lastText(criterion, request, whole ? undefined : index),
    },
    value: {
      format: ({ input }) => formatOf(input),
      open: ({ criterion, input }, row) => {
        if (input?.form !== 'line')
          return (
            input &&
            lists.choice(
              input.levels.map((l) => l.level.vi),
              words.levelPrompt,
            )
          );
        const { due, quantity } = input;
        const percent = isCounted(input) ? words.countsPrompt : words.percentPrompt;
        const prompt = due ? words.datePrompt : quantity === 'percent' ? percent : words.numberPrompt;
        const day = { type: 'custom' as const, formulae: [`ISNUMBER(${dateFormula(at('value', row))})`] };
        const { id } = criterion!;
        return { ...(due ? day : possible(input)), ...told(prompt), errorTitle: id, promptTitle: id };
      },
    },
    done: typed(({ input }) => isCounted(input)),
    total: typed(({ input }) => isCounted(input)),
    last_year: {
      ...typed(({ input }) => input?.form === 'line' && input.against?.reference === 'last_year'),
      format: ({ input }) => formatOf(input),
    },
    target: aimed,
    leader: aimed,
    rate: {
      format: ({ input }) => (input?.form === 'line' && input.due ? words.daysFormat : formatOf(input)),
      of: (line, row) => (line.input?.form === 'line' ? worked(rateFormula(line, row, at)) : null),
    },
    deducted: typed(({ whole }) => whole),
    exempt: typed(({ whole, criterion }) => whole && criterion!.exemption),
    not_applicable: { open: once(() => lists.choice([words.yes], words.naPrompt)) },
    note: typed(({ whole }) => whole),
    points: {
      format: POINTS_FORMAT,
      of: once((c, row) => worked(resultFormulas(c, row, request, at).points)),
    },
    state: { of: once((c, row) => worked(resultFormulas(c, row, request, at).state)) },
  };
}

/** Whether a value may be given as what was done of how many; several counts make no share of one done. */
const isCounted = (input: Input | null): boolean =>
  input?.form === 'line' && input.quantity === 'percent' && !input.share && !input.counts && !input.due;

/** The row of a criterion's value, where the criterion stands in a row. */
const rowOfValue = (criterion: Criterion, index: number, row: number) =>
  severalOf(criterion).length === 0 ? row : row + 1 + index;

/** A criterion's points by what is typed into its rows, and whether something is missing. */
function resultFormulas(criterion: Criterion, row: number, { catalogue, messages }: FormRequest, at: CellOf) {
  const words = messages.labels.form;
  const { inputs } = criterion.compiled;
  const cells = inputs.map((input, i): InputCell => {
    const address = at(input.form === 'table' ? 'value' : 'rate', rowOfValue(criterion, i, row));
    return { address, level: (level) => level.level.vi };
  });
  const a = (key: Key) => at(key, row);
  const none = allNoneFormula(criterion, cells);
  const out = none ? `OR(${a('not_applicable')}<>"",${none})` : `${a('not_applicable')}<>""`;
  // Held against others of the group, or requiring something of another criterion, it has points once they are known.
  const later =
    criterion.requires.length > 0 ||
    inputs.some((i) => i.form === 'line' && i.against && i.against.reference !== 'last_year');
  const rule = () => ruleFormula(criterion, cells, catalogue.round.criterion);
  const byRule =
    inputs.length === 0 || later
      ? '""'
      : `IF(OR(${cells.map((v) => `${v.address}=""`).join(',')}),"",${rule()})`;
  const { units } = criterion;
  const others =
    units && `AND(${KIND}<>"",${units.kinds.map((kind) => `${KIND}<>${quoted(kind)}`).join(',')})`;
  const elsewhere = units?.otherwise === 'not_applicable' ? '""' : a('max');
  const points = `IF(${out},"",IF(${a('exempt')}<>"",${a('max')},IF(${a('deducted')}<>"",${a('max')}-${a('deducted')},IFERROR(${byRule},""))))`;
  const typed = inputs.map((_, i) => {
    const [value, done, total] = (['value', 'done', 'total'] as const).map(
      (key) => `${at(key, rowOfValue(criterion, i, row))}<>""`,
    );
    return `OR(${value},AND(${done},${total}))`;
  });
  const whole = `AND(${typed.join(',') || 'FALSE()'})`;
  const missing = `IF(${whole},${quoted(later ? words.later : words.check)},${quoted(words.toFill)})`;
  return {
    points: others ? `IF(${others},${elsewhere},${points})` : points,
    state: `IF(OR(${out},${others ? `${others},` : ''}${a('points')}<>""),"",${missing})`,
  };
}

/** What the rule goes by, worked out of the cells that one value is typed into. */
function rateFormula({ criterion, input, index, whole }: FormLine, row: number, at: CellOf): string {
  if (input?.form !== 'line') return '""';
  const { quantity, due, against, whenNone } = input;
  const [value, done, total] = [at('value', row), at('done', row), at('total', row)];
  if (due) return `IFERROR(${dateFormula(value)}-${dueFormula(due, YEAR)},"")`;
  const percent = quantity === 'percent';
  const [low, high] = limitsOf(input);
  const limits = `${value}>=${low},${value}<=${high}${isWhole(quantity) ? `,${value}=INT(${value})` : ''}`;
  let formula = `IF(AND(ISNUMBER(${value}),${limits}),${value},"")`;
  if (isCounted(input)) {
    const counted = `IF(AND(N(${total})>0,N(${done})>=0,N(${done})<=${high}*N(${total})),N(${done})/${total},"")`;
    const nothing = `AND(ISNUMBER(${done}),ISNUMBER(${total}),${done}=0,${total}=0)`;
    const ratio = whenNone === null ? counted : `IF(${nothing},"${NONE_CELL}",${counted})`;
    formula = `IF(${value}<>"",${formula},IF(AND(${done}<>"",${total}<>""),${ratio},""))`;
  }
  const whereNumbers = (x: string, ...cells: string[]) =>
    `IFERROR(IF(AND(${cells.map((c) => `ISNUMBER(${c})`).join(',')}),${x},""),"")`;
  const aim = targeted(criterion!.rule);
  if (against?.reference === 'last_year') {
    const last = at('last_year', row);
    return whereNumbers(against.better === 'less' ? `${last}-${formula}` : `${formula}-${last}`, last);
  }
  if (aim?.key !== input.key) return formula;
  const first = whole ? row : row - 1 - index;
  const [assigned, leader] = [at('target', first), at('leader', first)];
  const common = aim.common && toNumber(aim.common) / (percent ? 100 : 1);
  const target = common === null ? assigned : `IF(ISNUMBER(${assigned}),${assigned},${common})`;
  // The rule is drawn with its target reached at 1, or at the common one, and the leader at twice that.
  const beyond = `IF(ISNUMBER(${leader}),IF(${formula}>=${leader},2,1+(${formula}-${target})/(${leader}-${target})),IF(${formula}=${target},1,NA()))`;
  const drawn = `${common ?? 1}*IF(${formula}<${target},${formula}/${target},${beyond})`;
  return whereNumbers(drawn, target, formula);
}
