import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { yamlText } from '../files/yaml.js';
import type { Reading } from '../reading/reading.js';
import { inputText, oneLine, ruleText, valueText } from '../render/words.js';
import { targeted } from '../rules/index.js';
import type { Messages } from '../text/index.js';
import type { Bilingual } from '../values/scalars.js';

/** What a form is made for. */
export interface FormRequest {
  catalogue: Catalogue;
  unit: string;
  /** The unit's kind, as far as it is known. */
  kind: string | null;
  year: number;
  /** The catalogue as the form names it. */
  named: string;
  /** Last year's reading, whose values stand beside the cells. */
  last: Reading | null;
  messages: Messages;
}

/** Headings in Vietnamese and in English. */
const HEADS = {
  id: ['Mã', 'ID'],
  name: ['Tiêu chí', 'Name'],
  max: ['Điểm chuẩn', 'Max'],
  owner: ['Đơn vị chủ trì', 'Lead unit'],
  rule: ['Cách tính', 'Rule'],
  asked: ['Tài liệu cần có', 'Evidence asked'],
  last: ['Năm trước', 'Last year'],
  value: ['Giá trị', 'Value'],
  done: ['Số đã làm', 'Done'],
  total: ['Tổng số', 'Total'],
  last_year: ['Giá trị năm trước', 'last_year'],
  target: ['Chỉ tiêu giao', 'Target'],
  leader: ['Đơn vị dẫn đầu', 'Leader'],
  rate: ['Tỷ lệ', 'Rate'],
  deducted: ['Điểm trừ', 'Deducted'],
  exempt: ['Giải trình', 'Exempt'],
  not_applicable: ['Không áp dụng', 'Not applicable'],
  source: ['Nguồn', 'Source'],
  note: ['Ghi chú', 'Note'],
  points: ['Điểm tạm tính', 'Points so far'],
  state: ['Tình trạng', 'State'],
  unit: ['Đơn vị', 'Unit'],
  kind: ['Loại đơn vị', 'Kind'],
  year: ['Năm', 'Year'],
  catalogue: ['Bộ tiêu chí', 'Catalogue'],
} as const;
type FormHead = keyof typeof HEADS;

/** Columns of the CSV form. */
const COLUMNS =
  'id name rule last value done total last_year target leader rate deducted exempt not_applicable source note'.split(
    ' ',
  ) as FormHead[];

/** Headings of a workbook's columns and of the lines above them, as the reader of sheets knows them. */
export const headings = ({ language }: Messages): ((key: FormHead) => string) => {
  const at = language === 'vi' ? 0 : 1;
  return (key) => HEADS[key][at];
};

/** Last year's value in words, or one of several; empty when there is none. */
export function lastText(c: Criterion, { last, messages }: FormRequest, index?: number): string {
  const value = last?.entries.get(c.id)?.value;
  if (!value) return '';
  const one = index === undefined ? null : value.inputs[index];
  return one ? inputText(c.compiled.inputs[index!]!, one, messages) : valueText(c, value, messages);
}

/** Kinds of unit that a scheme tells apart. */
export const kindsOf = ({ criteria }: Catalogue): string[] => [
  ...new Set(criteria.flatMap((c) => c.units?.kinds ?? [])),
];

/** Keys of columns, without those of what values are held against where no value of the scheme is. */
export function columnsFor<K extends string>(keys: readonly K[], { criteria }: Catalogue): K[] {
  const aimed = criteria.some((c) => targeted(c.rule) !== null);
  const compared = criteria.some((c) =>
    c.compiled.inputs.some((i) => i.form === 'line' && i.against?.reference === 'last_year'),
  );
  const besides: Record<string, boolean> = { last_year: compared, target: aimed, leader: aimed };
  return keys.filter((key) => besides[key] !== false);
}

/** The values of a criterion of several, each with the id that it is filled in under; none of a criterion of one. */
export const severalOf = ({
  id,
  name,
  compiled: { inputs },
}: Criterion): { id: string; name: Bilingual }[] =>
  inputs.length < 2 ? [] : inputs.map((input) => ({ id: `${id}.${input.key}`, name: input.name ?? name }));

/** The form as rows, headed by the keys themselves in English: who, when, which catalogue; a header; a row a criterion. */
export function formRows(request: FormRequest): string[][] {
  const { catalogue, named, unit, year, messages } = request;
  const { numbers } = messages;
  const head = (key: FormHead) => (numbers.language === 'vi' ? HEADS[key][0] : key);
  return [
    [head('unit'), unit],
    ...(kindsOf(catalogue).length > 0 ? [[head('kind'), request.kind ?? '']] : []),
    [head('year'), String(year)],
    [head('catalogue'), named],
    [],
    columnsFor(COLUMNS, catalogue).map(head),
    ...catalogue.criteria.flatMap((c) => [
      [
        c.id,
        numbers.pick(c.name),
        ruleText(c, catalogue.decimals, messages),
        ...(severalOf(c).length > 0 ? [] : [lastText(c, request)]),
      ],
      ...severalOf(c).map(({ id, name }, i) => [id, numbers.pick(name), '', lastText(c, request, i)]),
    ]),
  ];
}

/** The form as YAML: every criterion a comment to fill in, so that what is left is unknown. */
export function yamlForm(request: FormRequest): string {
  const { catalogue, unit, year, named, messages } = request;
  const { numbers } = messages;
  const kind = kindsOf(catalogue).length > 0 ? request.kind : null;
  const head = yamlText({ unit, ...(kind && { kind }), year, catalogue: named, indicators: {} });
  const blocks = catalogue.fields.flatMap((field) => {
    const criteria = catalogue.criteria.filter((c) => c.field === field.id);
    if (criteria.length === 0) return [];
    const line = (id: string, words: string, last: string) =>
      `  # ${id}: # ${oneLine(words)}${last ? ` (${headings(messages)('last')}: ${oneLine(last)})` : ''}\n`;
    const rows = criteria.flatMap((c) => {
      const several = severalOf(c);
      const told = `${numbers.pick(c.name)}: ${ruleText(c, catalogue.decimals, messages)}`;
      return [
        line(c.id, told, several.length > 0 ? '' : lastText(c, request)),
        ...several.map(({ id, name }, i) => line(id, numbers.pick(name), lastText(c, request, i))),
      ];
    });
    return [`\n  # ${oneLine(`${field.id}. ${numbers.pick(field.name)}`)}\n`, ...rows];
  });
  const schema = '# yaml-language-server: $schema=./reading.schema.json\n';
  return `${schema}${head.replace('indicators: {}', 'indicators:')}${blocks.join('')}`;
}
