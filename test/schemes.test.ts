import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { roundToPoints } from '../src/exact/points.js';
import { parseReading } from '../src/reading/parse.js';
import { gradeOf } from '../src/scoring/bands.js';
import { score } from '../src/scoring/score.js';
import { must, yaml } from './support.js';

type Row = [id: string, field: string, max: number, rule: object, more?: object];

interface Expected {
  score?: number | 'unknown';
  adjustment?: number;
  index?: number;
  applicableMax?: number;
  worst?: number;
  best?: number;
  rows?: Record<string, number>;
  band?: string;
  fails?: string[] | 'none';
}

interface Case {
  reading: Record<string, unknown>;
  kind?: string;
  round?: object;
  expect: Expected;
}

interface Scheme extends Partial<Case> {
  name: string;
  criteria: Row[];
  fields?: (string | { id: string })[];
  scale?: number;
  adjustments?: object;
  bands?: object[];
  cases?: Case[];
}

const schemes = yaml(readFileSync(new URL('cases/schemes.yaml', import.meta.url), 'utf8')) as Scheme[];
const assumed = { provenance: 'assumed', reason: 'test' };
const decimals = 4;

function catalogueOf({ criteria, fields = ['F'], scale, adjustments, bands }: Scheme, round?: object) {
  const inside = criteria.filter(([, , , , more]) => !(more as { outside?: boolean } | undefined)?.outside);
  return must(
    parseCatalogue({
      id: 'test',
      name: 'Test',
      year: 2025,
      scale: { value: scale ?? inside.reduce((s, c) => s + Number(c[2]), 0), ...assumed },
      sources: {},
      fields: fields.map((f) => (typeof f === 'string' ? { id: f, name: f } : { name: f.id, ...f })),
      owners: { O: {} },
      criteria: criteria.map(([id, field, max, rule, more]) => ({
        id,
        name: id,
        field,
        owners: ['O'],
        max: { value: max, ...assumed },
        rule: { ...rule, ...assumed },
        ...more,
      })),
      ...(adjustments && { adjustments }),
      ...(round && { round }),
      ...(bands && { bands: bands.map((b) => ({ ...b, ...assumed })) }),
    }),
  );
}

describe.each(schemes)('$name', (scheme) => {
  const cases = scheme.cases ?? [scheme as Case];
  it.each(cases.map((c) => [JSON.stringify(c.reading), c] as const))(
    '%s',
    (_, { reading, kind, round, expect: wanted }) => {
      const catalogue = catalogueOf(scheme, round);
      const data = { unit: 'U', year: 2025, catalogue: 'test', ...(kind && { kind }), indicators: reading };
      const result = score(must(parseReading(data, catalogue)), catalogue);
      const { total } = result;
      const plain = (p: number | null) => (p === null ? null : p / 10 ** decimals);
      const grade = gradeOf(result);
      const found: Expected = {
        score: plain(total.score) ?? 'unknown',
        adjustment: plain(total.adjustment) ?? 0,
        index: total.index ? roundToPoints(total.index, decimals) / 10 ** decimals : 0,
        applicableMax: plain(total.applicableMax) ?? 0,
        worst: plain(total.worst) ?? 0,
        best: plain(total.best) ?? 0,
        rows: Object.fromEntries(
          result.criteria
            .filter((c) => wanted.rows && c.criterion.id in wanted.rows)
            .map((c) => [c.criterion.id, plain(c.points) ?? Number.NaN]),
        ),
        band: grade?.band?.name.vi ?? '',
        fails: grade?.next ? grade.next.failed.map((f) => f.id) : 'none',
      };
      expect(Object.fromEntries(Object.keys(wanted).map((k) => [k, found[k as keyof Expected]]))).toEqual(
        wanted,
      );
      if (total.score !== null) expect([total.worst, total.best]).toEqual([total.score, total.score]);
    },
  );
});
