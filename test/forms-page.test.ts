import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { ruleKinds } from '../src/rules/index.js';
import { catalogueData, criterionWith, yaml } from './support.js';

const page = readFileSync(new URL('../docs/forms.md', import.meta.url), 'utf8');
const rules = [...page.matchAll(/^(\{kind: .*\})$/gm)].map((m) => m[1]!);

it.each(rules)('%s is a rule', (text) => {
  expect(criterionWith(yaml(text) as object, 1).rule.kind).toBe((yaml(text) as { kind: string }).kind);
});

it('the page names every kind of rule', () => {
  const told = new Set(rules.map((r) => /kind: (\w+)/.exec(r)![1]));
  const named = (kind: string) => told.has(kind) || page.includes(`\`${kind}\``);
  expect(ruleKinds.map((k) => k.kind).filter((kind) => !named(kind))).toEqual([]);
});

/** The block of YAML under a heading, key by key. */
function block(heading: string): [string, unknown][] {
  const text = new RegExp(`## ${heading}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;
  return Object.entries(yaml(text) as object);
}

const ASSUMED = { provenance: 'assumed', reason: 'test' };

/** The data of a catalogue of 1.5 and T1 in the field 1, each worth 1. */
function schemeData() {
  const tiers = [
    { at_least: 80, points: 1 },
    { at_least: 50, points: 0.5 },
  ];
  const data = catalogueData({ kind: 'steps', tiers, otherwise: 0 }, 1, 2);
  const [last] = data.criteria;
  const own = { ...last!, field: '1' };
  return { ...data, fields: [{ id: '1', name: 'F' }], criteria: [{ ...own, id: '1.5' }, own] };
}

it.each(block('On a criterion'))('%s is a key of a criterion', (key, value) => {
  const data = schemeData();
  const [required, own] = data.criteria;
  const changed: Record<string, unknown> = { ...own!, [key]: value };
  // Nothing is otherwise unless kinds of unit are named.
  if (key === 'otherwise') changed.units = ['xã'];
  // What takes from the total stands outside the scale, and so adds nothing to the 1 of 1.5.
  if (key === 'deducts_from') changed.outside = true;
  if (changed.outside === true) data.scale.value = 1;
  const parsed = parseCatalogue({ ...data, criteria: [required!, changed] });
  expect(parsed.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
});

it.each(block('On the scheme'))('%s is a key of the scheme', (key, value) => {
  const data = schemeData();
  const given =
    key === 'fields'
      ? (value as object[]).map((field) => ({ name: 'F', ...field }))
      : key === 'bands'
        ? (value as object[]).map((band) => ({ ...band, ...ASSUMED }))
        : value;
  const parsed = parseCatalogue({ ...data, [key]: given });
  expect(parsed.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
});
