import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ruleKinds } from '../src/rules/index.js';
import { criterionWith, yaml } from './support.js';

const page = readFileSync(new URL('../docs/forms.md', import.meta.url), 'utf8');
const rules = [...page.matchAll(/^\|.*\| `(\{kind: .*\})` \|$/gm)].map((m) => m[1]!);

it.each(rules)('%s is a rule', (text) => {
  expect(criterionWith(yaml(text) as object, 1).rule.kind).toBe((yaml(text) as { kind: string }).kind);
});

it('the page names every kind of rule', () => {
  const told = new Set(rules.map((r) => /kind: (\w+)/.exec(r)![1]));
  const named = (kind: string) => told.has(kind) || page.includes(`\`${kind}\``);
  expect(ruleKinds.map((k) => k.kind).filter((kind) => !named(kind))).toEqual(['leader_relative']);
});
