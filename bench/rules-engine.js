// Points of many units under tiers, beside a general rules engine that is told the same thresholds: whole readings
// in memory, both in this process.
import { Engine } from 'json-rules-engine';
import { parseCatalogue, parseReading, score } from '../dist/index.js';
import { median, random, row } from './measure.js';

const CRITERIA = 15;
const UNITS = 500;
const A = { provenance: 'assumed', reason: 'bench' };
/** At least so many percent earn so many points. */
const TIERS = [
  [90, 1],
  [80, 0.5],
  [60, 0.25],
];
const ids = Array.from({ length: CRITERIA }, (_, i) => `c${i}`);
const next = random(1);
const units = Array.from({ length: UNITS }, () => ids.map(() => Math.floor(next() * 101)));

const taken = (result) => {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics[0]));
  return result.value;
};
const catalogue = taken(
  parseCatalogue({
    id: 'bench',
    name: 'Bench',
    year: 2025,
    scale: { value: CRITERIA, ...A },
    sources: {},
    fields: [{ id: 'F', name: 'F' }],
    owners: { O: {} },
    criteria: ids.map((id) => ({
      id,
      name: id,
      field: 'F',
      owners: ['O'],
      max: { value: 1, ...A },
      rule: { kind: 'steps', tiers: TIERS.map(([at_least, points]) => ({ at_least, points })), ...A },
    })),
  }),
);
const readings = units.map((values) =>
  taken(
    parseReading(
      {
        unit: 'U',
        year: 2025,
        catalogue: 'bench',
        indicators: Object.fromEntries(ids.map((id, i) => [id, `${values[i]}%`])),
      },
      catalogue,
    ),
  ),
);

const engine = new Engine();
for (const fact of ids)
  for (const [i, [least, points]] of TIERS.entries()) {
    const above = TIERS[i - 1];
    engine.addRule({
      conditions: {
        all: [
          { fact, operator: 'greaterThanInclusive', value: least },
          ...(above ? [{ fact, operator: 'lessThan', value: above[0] }] : []),
        ],
      },
      event: { type: 'points', params: { points } },
    });
  }
const facts = units.map((values) => Object.fromEntries(ids.map((id, i) => [id, values[i]])));

async function timed(work) {
  const start = process.hrtime.bigint();
  const totals = await work();
  return { totals, ms: Number(process.hrtime.bigint() - start) / 1e6 };
}
const ours = () => readings.map((reading) => score(reading, catalogue).total.score / 10_000);
const theirs = async () => {
  const totals = [];
  for (const each of facts) {
    const { events } = await engine.run(each);
    totals.push(events.reduce((sum, e) => sum + e.params.points, 0));
  }
  return totals;
};

const runs = [];
for (let i = 0; i < 5; i++) runs.push([await timed(ours), await timed(theirs)]);
for (const [a, b] of runs)
  if (a.totals.some((t, i) => t !== b.totals[i])) throw new Error('the two do not agree');
row(`${UNITS} units × ${CRITERIA} criteria, medians of 5`, 'cchc ms', 'engine ms', 'ratio');
row(
  'exact score with its parts; json-rules-engine: its events',
  median(runs.map(([a]) => a.ms)).toFixed(0),
  median(runs.map(([, b]) => b.ms)).toFixed(0),
  median(runs.map(([a, b]) => b.ms / a.ms)).toFixed(1),
);
