import * as z from 'zod/mini';
import { unitsShape } from '../analysis/hierarchy.js';
import { actionsShape } from '../analysis/plan.js';
import { outlookShape } from '../analysis/risk/outlook.js';
import { scenarioShape } from '../analysis/whatif.js';
import { catalogueShape } from '../catalogue/shape.js';
import { leagueShape } from '../ranking/league.js';
import { readingShape } from '../reading/shape.js';
import { configShape } from './config.js';

/** What keys mean, Vietnamese and English, by name wherever they stand. */
const MEANINGS: Record<string, string> = {
  unit: 'Đơn vị được chấm · the scored unit',
  year: 'Năm · year',
  catalogue: 'Bộ tiêu chí: mã hoặc đường dẫn · catalogue: id or path',
  indicators: 'Mã tiêu chí → giá trị · criterion id → value',
  changes: 'Mã tiêu chí → giá trị mới · criterion id → new value',
  value: 'Giá trị · value',
  done: 'Số đã làm · numerator',
  total: 'Tổng số · denominator',
  expected: 'Dự kiến cả năm · expected for the year',
  months: 'Số đếm từng tháng · counts of each month',
  deducted: 'Điểm trừ đã công bố · published deduction',
  exempt: 'Tài liệu giải trình được chấp nhận · evidence of an accepted explanation',
  not_applicable: 'Không áp dụng · not applicable',
  self_scored: 'Điểm tự chấm · self-scored points',
  appraised: 'Điểm thẩm định · appraised points',
  evidence: 'Tài liệu kiểm chứng · evidence',
  provenance: 'Căn cứ: stated có nguồn, inferred suy ra, assumed giả định · where the number comes from',
  source: 'Nguồn · source',
  place: 'Vị trí trong nguồn · place in the source',
  working: 'Cách suy ra · the working of an inferred number',
  reason: 'Lý do giả định · the reason of an assumed number',
  note: 'Ghi chú · note',
  name: 'Tên · name',
  scale: 'Thang điểm · scale',
  bands: 'Mức xếp loại · bands',
  rivals: 'Các đơn vị khác · rivals',
  target: 'Chỉ tiêu riêng của đơn vị · the target of the unit',
  leader: 'Giá trị của đơn vị dẫn đầu · value of the leader',
  parent: 'Cấp trên · parent',
  groups: 'Nhóm · groups',
  by_year: 'Giá trị theo năm · value by year',
  extends: 'Kế thừa bộ tiêu chí · catalogue it extends',
  size: 'Số đơn vị trong nhóm · units in the group',
  units: 'Các đơn vị · units',
  score: 'Điểm · score',
  rank: 'Hạng · rank',
  ties: 'Cách xếp khi bằng điểm · how equal scores rank',
  decimals: 'Số chữ số thập phân · decimals',
  fields: 'Lĩnh vực · fields',
  owners: 'Đơn vị chủ trì · lead units',
  criteria: 'Tiêu chí · criteria',
  requirement: 'Yêu cầu để đạt điểm tối đa · what must hold for full points',
  limitation: 'Hạn chế làm mất điểm · the shortcoming that loses points',
  max: 'Điểm chuẩn · maximum',
  rule: 'Cách tính · rule',
  actions: 'Các nhiệm vụ, giải pháp · actions',
  cost: 'Chi phí · cost',
  requires: 'Cần làm trước · what it requires',
  excludes: 'Không đi cùng · what it excludes',
  deadline: 'Thời hạn · deadline',
  files: 'Các tệp cần kiểm tra · files to check',
  gates: 'Ngưỡng kiểm tra · gates',
  league: 'Bảng xếp hạng · league',
  baseline: 'Số liệu để so sánh · reading to compare with',
};

const shapes: Record<string, { shape: z.ZodMiniType; title: string }> = {
  reading: { shape: readingShape, title: 'Số liệu · reading' },
  catalogue: { shape: catalogueShape, title: 'Bộ tiêu chí · catalogue' },
  league: { shape: leagueShape(), title: 'Bảng xếp hạng · league' },
  scenario: { shape: scenarioShape, title: 'Kịch bản · scenario' },
  actions: { shape: actionsShape, title: 'Nhiệm vụ, giải pháp · actions' },
  units: { shape: unitsShape, title: 'Đơn vị · units' },
  outlook: { shape: outlookShape, title: 'Triển vọng · outlook' },
  config: { shape: configShape, title: 'Cấu hình · config' },
};

/** File formats that have a schema. */
export const shapeNames = Object.keys(shapes);

/** The JSON Schema of a file format, for editors; null for an unknown name. */
export function jsonSchemaOf(name: string): object | null {
  const kind = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (!kind) return null;
  const schema = z.toJSONSchema(kind.shape, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    reused: 'ref',
  });
  if (name === 'catalogue') beforePutTogether(schema as unknown as Schema);
  describe(schema);
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: kind.title, ...schema };
}

interface Schema {
  type?: unknown;
  anyOf?: object[];
  required?: string[];
  properties: Record<string, { items?: { $ref: string } }>;
  definitions: Record<string, Schema>;
  if?: object;
  else?: object;
}

/**
 * A catalogue's file as it is written: its shape is that of what came of it once numbers by year are chosen and what it
 * extends is put together. One that extends gives what differs, of a criterion or field no more than its id.
 */
function beforePutTogether(schema: Schema): void {
  const { properties, definitions } = schema;
  const whole: Record<string, object> = {};
  for (const list of ['fields', 'criteria']) {
    const item = definitions[properties[list]!.items!.$ref.split('/').at(-1)!]!;
    whole[list] = { items: { required: item.required } };
    item.required = ['id'];
  }
  Object.assign(properties, {
    extends: { type: 'string' },
    remove: { type: 'array', items: { type: ['string', 'number'] } },
  });
  schema.if = { required: ['extends'] };
  schema.else = { required: schema.required, properties: { ...whole, remove: false } };
  delete schema.required;
  for (const one of Object.values(definitions)) {
    if (JSON.stringify(one.type) !== '["string","number"]') continue;
    one.anyOf = [{ type: ['string', 'number'] }, { $ref: '#/definitions/byYear' }];
    delete one.type;
  }
  const byYear = { type: 'object', propertyNames: { pattern: '^\\d{4}$' }, minProperties: 1 };
  Object.assign(definitions, {
    byYear: { type: 'object', properties: { by_year: byYear }, required: ['by_year'] },
  });
}

/** Says what keys mean; a reference wrapped in a list of one stands by itself, as editors read it. */
function describe(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const child of Object.values(node)) describe(child);
  const { allOf, properties } = node as {
    allOf?: object[];
    properties?: Record<string, { description?: string }>;
  };
  if (allOf?.length === 1) {
    delete (node as { allOf?: unknown }).allOf;
    Object.assign(node, allOf[0]);
  }
  for (const [key, child] of Object.entries(properties ?? {})) {
    if (Object.hasOwn(MEANINGS, key) && typeof child === 'object') child.description ??= MEANINGS[key]!;
  }
}
