import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { parseReading } from '../src/reading/parse.js';
import { ruleKinds, ruleWords } from '../src/rules/index.js';
import { score } from '../src/scoring/score.js';
import { numbersIn } from '../src/text/numbers.js';
import { fromNumber } from '../src/values/fraction.js';
import { pointsToNumber } from '../src/values/points.js';
import { catalogueData, catalogueWith, criterionWith, must, yaml } from './support.js';

interface RuleCase {
  name: string;
  max: number;
  rule: { kind: string };
  cases: ({ points: number | string } & Record<string, unknown>)[];
}

const cases = (file: string) => yaml(readFileSync(new URL(`cases/${file}.yaml`, import.meta.url), 'utf8'));
const groups = cases('rules') as RuleCase[];

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
    // A rule that is not understood earns nothing known; `test/forms.test.ts` holds it to that.
    expect(ruleKinds.map((k) => k.kind).filter((kind) => !tried.has(kind))).toEqual(['todo']);
  });
});

interface WordsCase {
  name: string;
  rule: { kind: string };
  vi: string;
  en: string;
}

describe('rule words', () => {
  const spoken = cases('rule-words') as WordsCase[];
  for (const { name, rule, ...words } of spoken) {
    for (const language of ['vi', 'en'] as const) {
      it(`${rule.kind}: ${name} (${language})`, () => {
        const { rule: parsed } = criterionWith(rule, 1.5);
        const said = ruleWords(parsed, fromNumber(1.5), numbersIn(language));
        expect(said).toBe(words[language]);
      });
    }
  }

  it('are told of every rule kind', () => {
    const told = new Set(spoken.map((c) => c.rule.kind));
    expect(ruleKinds.map((k) => k.kind).filter((kind) => !told.has(kind))).toEqual([]);
  });
});

interface RefusedCase {
  name: string;
  rule: { kind: string };
  refused: ({ code: string; at: string } & Record<string, string>)[];
}

describe('a rule is refused, or not', () => {
  it.each(cases('rule-refused') as RefusedCase[])('$rule.kind: $name', ({ rule, refused }) => {
    const found = parseCatalogue(catalogueData(rule, 1)).diagnostics;
    const told = found.map(({ code, path, params }, i) => {
      const asked = Object.keys(refused[i] ?? {}).filter((key) => key !== 'code' && key !== 'at');
      const said = asked.map((key) => [key, (params as Record<string, unknown>)[key]]);
      return { code, at: path.slice(3).join('.'), ...Object.fromEntries(said) };
    });
    expect(told).toEqual(refused);
    expect(found.every((d) => d.path.slice(0, 3).join('.') === 'criteria.0.rule')).toBe(true);
  });
});
