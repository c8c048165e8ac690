// Plans that are hard: 200 actions of random cost over 60 criteria, two criteria an action; also with a cap on the field
// of half the criteria.
import { files, random, row, run } from './measure.js';

const A = 'provenance: assumed, reason: bench';
const CRITERIA = 60;
const ACTIONS = 200;

function hard(seed, cap) {
  const next = random(seed);
  const below = (n) => Math.floor(next() * n);
  const ids = Array.from({ length: CRITERIA }, (_, i) => `c${i}`);
  const values = ids.map(() => below(60));
  const raised = (i, share) => `c${i}: ${Math.round(values[i] + (100 - values[i]) * share)}%`;
  const actions = Array.from({ length: ACTIONS }, (_, k) => {
    const i = below(CRITERIA);
    const j = (i + 1 + below(CRITERIA - 1)) % CRITERIA;
    const share = next();
    return `  - {id: a${k}, name: A${k}, cost: ${(1 + next() * 99).toFixed(2)}, changes: {${raised(i, share)}, ${raised(j, share)}}}`;
  });
  const criteria = ids.map(
    (id, i) =>
      `  - {id: ${id}, name: ${id}, field: ${i % 2 === 0 ? 'F' : 'G'}, owners: [O], max: {value: 2, ${A}}, rule: {kind: proportional, target: 100, ${A}}}`,
  );
  return files({
    'c.yaml': `id: hard\nname: Hard\nyear: 2025\nscale: {value: ${60 + (cap ?? 60)}, ${A}}\nsources: {}\nfields: [{id: F, name: F${cap ? `, cap: ${cap}` : ''}}, {id: G, name: G}]\nowners: {O: {}}\ncriteria:\n${criteria.join('\n')}\n`,
    'r.yaml': `unit: U\nyear: 2025\ncatalogue: c.yaml\nindicators:\n${ids.map((id, i) => `  ${id}: ${values[i]}%`).join('\n')}\n`,
    'a.yaml': `name: Bench\nactions:\n${actions.join('\n')}\n`,
  });
}

for (const cap of [null, 40]) {
  row(`200 actions, 60 criteria, ${cap ? `cap ${cap}` : 'no cap'}`, 'seed 1 ms', 'seed 2 ms', 'seed 3 ms');
  const instances = [1, 2, 3].map((seed) => hard(seed, cap));
  for (const extra of [
    ['--target-score', '60'],
    ['--target-score', '80'],
    ['--target-score', '70', '--frontier'],
  ]) {
    const times = instances.map(
      (path) => run(['bin/cchc.js', 'plan', path('r.yaml'), '--actions', path('a.yaml'), ...extra]).ms,
    );
    row(extra.join(' '), ...times.map((ms) => ms.toFixed(0)));
  }
}
