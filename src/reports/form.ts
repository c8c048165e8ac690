import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { yamlText } from '../files/yaml.js';
import type { Reading } from '../reading/reading.js';
import { oneLine, ruleText, valueText } from '../render/words.js';
import type { Messages } from '../text/index.js';

/** What a form is made for. */
export interface FormRequest {
  catalogue: Catalogue;
  unit: string;
  year: number;
  /** The catalogue as the form names it. */
  named: string;
  /** Last year's reading, whose values stand beside the cells. */
  last: Reading | null;
  messages: Messages;
}

/** Columns of the CSV form. */
const COLUMNS = [
  'id',
  'name',
  'rule',
  'last',
  'value',
  'done',
  'total',
  'rate',
  'deducted',
  'exempt',
  'not_applicable',
  'source',
  'note',
] as const;
const HEADS_VI = {
  id: 'Mã',
  name: 'Tiêu chí',
  max: 'Điểm chuẩn',
  owner: 'Đơn vị chủ trì',
  rule: 'Cách tính',
  asked: 'Tài liệu cần có',
  last: 'Năm trước',
  value: 'Giá trị',
  done: 'Số đã làm',
  total: 'Tổng số',
  rate: 'Tỷ lệ',
  deducted: 'Điểm trừ',
  exempt: 'Giải trình',
  not_applicable: 'Không áp dụng',
  source: 'Nguồn',
  note: 'Ghi chú',
  points: 'Điểm tạm tính',
  state: 'Tình trạng',
  unit: 'Đơn vị',
  year: 'Năm',
  catalogue: 'Bộ tiêu chí',
};

const HEADS_EN: typeof HEADS_VI = {
  id: 'ID',
  name: 'Name',
  max: 'Max',
  owner: 'Lead unit',
  rule: 'Rule',
  asked: 'Evidence asked',
  last: 'Last year',
  value: 'Value',
  done: 'Done',
  total: 'Total',
  rate: 'Rate',
  deducted: 'Deducted',
  exempt: 'Exempt',
  not_applicable: 'Not applicable',
  source: 'Source',
  note: 'Note',
  points: 'Points so far',
  state: 'State',
  unit: 'Unit',
  year: 'Year',
  catalogue: 'Catalogue',
};

/** Headings of a workbook's columns and of the lines above them, as the reader of sheets knows them. */
export const headings = ({ numbers }: Messages): typeof HEADS_VI =>
  numbers.language === 'vi' ? HEADS_VI : HEADS_EN;

/** Last year's value in words; empty when there is none. */
export function lastText(c: Criterion, { last, messages }: FormRequest): string {
  const value = last?.entries.get(c.id)?.value;
  return value ? valueText(c, value, messages) : '';
}

/** The form as rows, headed by the keys themselves in English: who, when, which catalogue; a header; a row a criterion. */
export function formRows(request: FormRequest): string[][] {
  const { catalogue, named, unit, year, messages } = request;
  const { numbers } = messages;
  const head = (key: keyof typeof HEADS_VI) => (numbers.language === 'vi' ? HEADS_VI[key] : key);
  return [
    [head('unit'), unit],
    [head('year'), String(year)],
    [head('catalogue'), named],
    [],
    COLUMNS.map(head),
    ...catalogue.criteria.map((c) => [
      c.id,
      numbers.pick(c.name),
      ruleText(c, catalogue.decimals, messages),
      lastText(c, request),
    ]),
  ];
}

/** The form as YAML: every criterion a comment to fill in, so that what is left is unknown. */
export function yamlForm(request: FormRequest): string {
  const { catalogue, unit, year, named, messages } = request;
  const { numbers } = messages;
  const head = yamlText({ unit, year, catalogue: named, indicators: {} });
  const blocks = catalogue.fields.flatMap((field) => {
    const criteria = catalogue.criteria.filter((c) => c.field === field.id);
    if (criteria.length === 0) return [];
    const rows = criteria.map((c) => {
      const last = lastText(c, request);
      const rule = `${ruleText(c, catalogue.decimals, messages)}${last ? ` (${headings(messages).last}: ${last})` : ''}`;
      return `  # ${c.id}: # ${oneLine(`${numbers.pick(c.name)}: ${rule}`)}\n`;
    });
    return [`\n  # ${oneLine(`${field.id}. ${numbers.pick(field.name)}`)}\n`, ...rows];
  });
  const schema = '# yaml-language-server: $schema=./reading.schema.json\n';
  return `${schema}${head.replace('indicators: {}', 'indicators:')}${blocks.join('')}`;
}
