import { draftExamples } from '../analysis/examples.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { sayRule } from '../papers/phrases/say-back.js';
import { type CatalogueDraft, noteWords } from '../papers/table.js';
import type { Messages } from '../text/index.js';
import { NUMBERS } from '../text/numbers.js';
import { escapeXml } from './charts/svg.js';
import {
  bytesOf,
  embolden,
  HEAD,
  raise,
  restyle,
  type SheetColumn,
  solid,
  tableSheet,
} from './workbook/frame.js';

/** A row of the sheet of review: a field, or a criterion with what was made of its words. */
type ReviewRow = ReturnType<typeof rowsOf>[number];

/** The rows of a table as they were understood, fields among them, in the table's order. */
function rowsOf(draft: CatalogueDraft, catalogue: Catalogue, { labels, numbers }: Messages) {
  const rows = new Map(draft.rows.map((r) => [r.id, r]));
  const examples = new Map(catalogue.criteria.map((c): [string, string[]] => [c.id, []]));
  for (const { id, because } of draftExamples(catalogue, NUMBERS))
    examples.get(id)?.push(numbers.pick(because));
  const bare = {
    phrase: '',
    said: '',
    worked: [] as string[],
    open: '',
    todo: false,
    signed: '',
    owner: '',
    evidence: '',
  };
  // What the table states is told again: it says whether points beside the scale are counted.
  const total =
    draft.total === null ? [] : [{ ...bare, id: '', name: 'Tổng cộng', max: draft.total, field: '' }];
  const said = draft.order.map((id) => {
    const row = rows.get(id);
    const above = draft.fields.find((f) => f.id === id);
    if (!row)
      return { ...bare, id, name: above?.name ?? id, max: above?.max ?? null, field: above?.parent ?? '' };
    const { name, max, phrase, read, signed, owner, evidence, field } = row;
    const indicator = read?.indicator ? `${read.indicator} — ` : '';
    const all = examples.get(id) ?? [];
    return {
      id,
      name,
      max,
      phrase: phrase || name,
      /** The rule in the scheme's phrasing; '' for a field. */
      said: read ? `${indicator}${sayRule(read, max)}` : labels.review.todo,
      worked: all.length > 3 ? [all[0]!, all[all.length >> 1]!, all.at(-1)!] : all,
      open: signed === '' ? (read?.notes ?? []).map((n) => numbers.pick(noteWords(n))).join('; ') : '',
      todo: read === null,
      signed,
      owner,
      evidence,
      field,
    };
  });
  return [...said, ...total];
}

interface ReviewColumn extends SheetColumn<ReviewRow> {
  of(row: ReviewRow): string | number | null;
}

// The heads are those that the reader of tables knows, so that the corrected sheet is read again.
const COLUMNS: readonly ReviewColumn[] = [
  { head: 'Mã', width: 9, of: (r) => r.id },
  { head: 'Tiêu chí', width: 46, of: (r) => r.name },
  { head: 'Điểm tối đa', width: 10, of: (r) => r.max },
  { head: 'Cách tính (nguyên văn)', width: 44, of: (r) => r.phrase },
  { head: 'Hiểu là', width: 44, of: (r) => r.said },
  { head: 'Ví dụ', width: 24, of: (r) => r.worked.join('\n') },
  { head: 'Giả định cần xác nhận', width: 30, of: (r) => r.open },
  { head: 'Sửa lại', width: 36, of: () => '', open: () => 'anything' },
  { head: 'Ký xác nhận', width: 16, of: (r) => r.signed, open: () => 'anything' },
];
/** What the table says besides, where it does: it is not to be lost when the sheet is read again. */
const BESIDES: readonly ReviewColumn[] = [
  { head: 'Đơn vị chủ trì', width: 20, of: (r) => r.owner },
  { head: 'Tài liệu kiểm chứng', width: 24, of: (r) => r.evidence },
  { head: 'Thuộc lĩnh vực', width: 10, of: (r) => r.field },
];
const columnsFor = (rows: readonly ReviewRow[]): ReviewColumn[] => [
  ...COLUMNS,
  ...BESIDES.filter(({ of }) => rows.some((r) => of(r) !== '')),
];

/** A text that a spreadsheet must not take for a formula. */
const plain = (value: string | number | null) =>
  typeof value === 'string' && /^[=+@\t\r]/.test(value) ? `'${value}` : value;

/** A sheet to hold beside the paper: the words, the rule said back, three worked values, room to correct and to sign. */
export async function reviewSheet(
  draft: CatalogueDraft,
  catalogue: Catalogue,
  format: 'xlsx' | 'html',
  messages: Messages,
): Promise<Uint8Array | string> {
  const rows = rowsOf(draft, catalogue, messages);
  return format === 'html' ? html(rows, messages) : workbook(rows, messages);
}

async function workbook(rows: readonly ReviewRow[], { labels: { review } }: Messages): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  const columns = columnsFor(rows).map((c) => ({ ...c, of: (row: ReviewRow) => plain(c.of(row)) }));
  const sheet = tableSheet(book, 'Rà soát', review.title, columns, rows, 2);
  sheet.getCell('A2').value = review.guide;
  sheet.getCell('A2').alignment = { wrapText: true, vertical: 'top' };
  sheet.mergeCells(2, 1, 2, columns.length);
  raise(sheet, 2, 2);
  rows.forEach((row, i) => {
    const at = sheet.getRow(HEAD + 1 + i);
    if (row.said === '') embolden(at);
    if (row.todo) restyle(at.getCell(5), { fill: solid('FFFFE0B2') });
  });
  return bytesOf(book);
}

const escaped = (text: string | number | null) => escapeXml(String(text ?? '')).replaceAll('\n', '<br>');

function html(rows: readonly ReviewRow[], { language, labels: { review } }: Messages): string {
  const columns = columnsFor(rows);
  const body = rows.map((row) => {
    const cells = columns.map(({ of }) => `<td>${escaped(of(row))}</td>`);
    const kind = row.said === '' ? ' class="field"' : row.todo ? ' class="todo"' : '';
    return `<tr${kind}>${cells.join('')}</tr>`;
  });
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<title>${escaped(review.title)}</title>
<style>
@page { size: A4 landscape; margin: 12mm }
body { font: 11pt/1.35 "Times New Roman", serif; margin: 1em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #888; padding: 3px 5px; vertical-align: top; text-align: left }
thead { display: table-header-group }
tr { break-inside: avoid }
.field td { font-weight: bold; background: #f2f2f2 }
.todo td:nth-child(5) { background: #ffe0b2 }
td:nth-child(8), td:nth-child(9) { min-width: 6em; background: #fffde7 }
</style>
<h1>${escaped(review.title)}</h1>
<p>${escaped(review.guidePrinted)}</p>
<table>
<thead><tr>${columns.map((c) => `<th scope="col">${escaped(c.head)}</th>`).join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</html>
`;
}
