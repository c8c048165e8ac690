import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pointsToNumber } from '../src/exact/points.js';
import { parseReading } from '../src/reading/parse.js';
import { ruleKinds } from '../src/rules/index.js';
import { score } from '../src/scoring/score.js';
import { catalogueWith, must, yaml } from './support.js';

interface RuleCase {
  name: string;
  max: number;
  rule: { kind: string };
  cases: ({ points: number | string } & Record<string, unknown>)[];
}

const groups = yaml(readFileSync(new URL('cases/rules.yaml', import.meta.url), 'utf8')) as RuleCase[];

describe('rule cases', () => {
  for (const group of groups) {
    const catalogue = catalogueWith(group.rule, group.max);
    for (const { points, ...given } of group.cases) {
      it(`${group.name}: ${JSON.stringify(given)} → ${points}`, () => {
        const value = given.value as object | string;
        const entry = typeof value === 'object' ? value : given;
        const reading = must(
          parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } }, catalogue),
        );
        const result = score(reading, catalogue).criteria[0]!;
        expect(pointsToNumber(result.points!, 4)).toBe(Number(points));
        expect(result.points! + result.deduction!).toBe(result.max);
      });
    }
  }

  it('has a case for every rule kind', () => {
    const tried = new Set(groups.map((g) => g.rule.kind));
    expect(ruleKinds.map((k) => k.kind).filter((kind) => !tried.has(kind))).toEqual([]);
  });
});
