import { describe, expect, it } from 'vitest';
import { ASSUMED, Draw, type Drawn, entryOf, KINDS } from '../draws.js';
import { cchc, withFiles } from '../support.js';

// Whatever way readings take to their score, it is the one that they have alone, in YAML, under a catalogue that
// extends nothing and dates nothing: the draw writes both, so that the program is not asked what a catalogue means.

const CASES = 40;
const YEARS = [2023, 2024];

type Data = Record<string, unknown>;
interface Reading {
  unit: string;
  year: number;
  indicators: Data;
}

const document = (reading: Reading, catalogue: string) => ({ ...reading, catalogue });
const inOne = (readings: readonly object[]) => readings.map((r) => JSON.stringify(r)).join('\n---\n');
const named = (readings: readonly object[]) => readings.map((_, i) => `r${i}.yaml`);

/** What a score says of each reading, by year and unit. */
async function scored(cwd: string, args: string[]): Promise<Map<string, object>> {
  const run = await cchc(['score', ...args, '--format', 'json'], { cwd });
  expect(run.code, `${args.join(' ')}\n${run.stderr}`).toBe(0);
  const { readings } = JSON.parse(run.stdout) as {
    readings: (Reading & { total: Data; criteria: Data[] })[];
  };
  return new Map(
    readings.map(({ unit, year, total, criteria }) => [
      `${year} ${unit}`,
      {
        total: [total.score, total.worst, total.best, total.applicableMax, total.index],
        criteria: criteria.map((c) => [c.id, c.status, c.points, c.max, c.worst, c.best]),
      },
    ]),
  );
}

const sorted = (scores: Map<string, object>) => [...scores].sort(([p], [q]) => (p < q ? -1 : 1));

/** A catalogue that extends another and dates maxima, the same written out for each year, and readings. */
function project(seed: number) {
  const d = new Draw(seed);
  const kinds = Object.keys(KINDS).filter((kind) => kind !== 'todo');
  const drawn = Array.from({ length: d.whole(2, 5) }, (_, i) => {
    const max = d.whole(2, 20) / 4;
    const kind = i === 0 ? kinds[seed % kinds.length]! : d.of(kinds);
    return { id: `${i + 1}.1`, max, exemption: d.chance(0.3), ...KINDS[kind]!(d, max) };
  });
  const gone = d.chance(0.5) ? drawn.at(-1)!.id : null;
  const maximum = (value: number) => ({ value, ...ASSUMED });
  const maxima = new Map(
    drawn.flatMap(({ id, rule }) =>
      (rule as { kind: string }).kind === 'proportional' || d.chance(0.3) ? [[id, d.whole(8, 24) / 4]] : [],
    ) as [string, number][],
  );
  const maxIn = (id: string, max: number, year: number) =>
    maxima.has(id) && year === 2024 ? Math.max(max, maxima.get(id)!) : max;
  const rows = (year: number | null) =>
    drawn.map((c, i) => ({
      id: c.id,
      name: c.id,
      field: i % 2 === 0 ? 'F' : 'G',
      owners: ['O'],
      max: maximum(year === null ? c.max : maxIn(c.id, c.max, year)),
      ...(c.exemption && { exemption: 'accepted' }),
      rule: { ...c.rule, ...ASSUMED },
    }));
  const scheme = (id: string, year: number, criteria: ReturnType<typeof rows>) => ({
    id,
    name: id,
    year,
    decimals: 4,
    scale: maximum(criteria.reduce((sum, c) => sum + c.max.value, 0)),
    sources: {},
    fields: [
      { id: 'F', name: 'F' },
      { id: 'G', name: 'G' },
    ],
    owners: { O: {} },
    criteria,
  });
  const written = YEARS.map((year) =>
    scheme(
      `y${year}`,
      year,
      rows(year).filter((c) => c.id !== gone),
    ),
  );
  const [scaleBefore, scaleAfter] = written.map((c) => c.scale.value);
  const extending = {
    extends: 'base',
    id: 'own',
    name: 'own',
    scale: { by_year: { 2023: maximum(scaleBefore!), 2024: maximum(scaleAfter!) } },
    ...(gone && { remove: [gone] }),
    criteria: drawn
      .filter((c) => maxima.has(c.id) && c.id !== gone)
      .map((c) => ({
        id: c.id,
        max: { by_year: { 2023: maximum(c.max), 2024: maximum(maxIn(c.id, c.max, 2024)) } },
      })),
  };
  const base = { ...scheme('base', 2023, rows(null)), valid: { from: 2023, to: 2024 } };
  const units = ['Xã An', 'Xã Bình', 'Phường Cam'].slice(0, d.whole(2, 3));
  const kept = drawn.filter((c) => c.id !== gone);
  const readings = units.flatMap((unit) =>
    YEARS.map((year): Reading => {
      const entries = kept.flatMap((c: Drawn & (typeof drawn)[number]) => {
        const entry = entryOf(d, c.max, c, c.exemption);
        return entry ? [[c.id, entry] as const] : [];
      });
      // A table has no row for a reading without entries.
      const first = [[kept[0]!.id, { not_applicable: true }] as const];
      return { unit, year, indicators: Object.fromEntries(entries.length > 0 ? entries : first) };
    }),
  );
  return { d, base, extending, written, readings, kept };
}

describe('every way to a score', () => {
  it.each(Array.from({ length: CASES }, (_, seed) => [seed]))('case %i', async (seed) => {
    const { d, base, extending, written, readings, kept } = project(seed);
    const files = Object.fromEntries(
      [
        ['criteria/base.yaml', base],
        ['criteria/own.yaml', extending],
        ...written.map((c) => [`${c.id}.yaml`, c]),
        ...readings.map((r, i) => [`r${i}.yaml`, document(r, 'own')]),
        ...readings.map((r, i) => [`alone${i}.yaml`, document(r, `./y${r.year}.yaml`)]),
      ].map(([name, data]) => [name, JSON.stringify(data)]),
    ) as Record<string, string>;
    files['all.yaml'] = inOne(readings.map((r) => document(r, 'own')));
    await withFiles(files, async (cwd) => {
      const alone = await Promise.all(readings.map((_, i) => scored(cwd, [`alone${i}.yaml`])));
      const wanted = sorted(new Map(alone.flatMap((one) => [...one])));
      const names = named(readings);
      const is = async (way: string, args: string[]) =>
        expect(sorted(await scored(cwd, args)), way).toEqual(wanted);
      await is('together', names);
      await is('together once more, from the cache', names);
      await is('in the other order', [...names].reverse());
      await is('under --catalogue by id', [...names, '--catalogue', 'own']);
      await is('under --catalogue by path', [...names, '--catalogue', 'criteria/own.yaml']);
      await is('under --catalogue in place of another', [
        ...readings.map((_, i) => `alone${i}.yaml`),
        '--catalogue',
        'own',
      ]);
      await is('documents of one file', ['all.yaml']);
      const made = async (args: string[]) => {
        const run = await cchc(args, { cwd });
        expect(run.code, `${args.join(' ')}\n${run.stderr}`).toBe(0);
      };
      for (const [table, back] of [
        ['t.csv', 'b.xlsx'],
        ['t.xlsx', 'b.csv'],
      ] as const) {
        await made(['convert', ...names, table]);
        await is(table, [table]);
        await made(['convert', table, back]);
        await is(`${table} as ${back}`, [back]);
      }
      for (const name of names) await made(['convert', name, name.replace('.yaml', '.json')]);
      await is(
        'as JSON',
        names.map((name) => name.replace('.yaml', '.json')),
      );
      await made(['collect', ...names, '--output', 'collected.csv']);
      await is('collected', ['collected.csv']);

      // What a change brings is the score of the reading with that change in it.
      const at = d.whole(0, readings.length - 1);
      const changed = d.of(kept);
      const entry = changed.entry() as { value?: unknown };
      if (entry.value === undefined || Object.keys(entry).length > 1) return;
      const { indicators } = readings[at]!;
      const edited = { ...readings[at]!, indicators: { ...indicators, [changed.id]: entry } };
      const set = ['--set', `${changed.id}=${entry.value}`, '--format', 'json'];
      const whatIf = await cchc(['whatif', names[at]!, ...set], { cwd });
      await withFiles({ ...files, 'edited.yaml': JSON.stringify(document(edited, 'own')) }, async (there) => {
        const run = await cchc(['score', 'edited.yaml', '--format', 'json'], { cwd: there });
        const total = JSON.parse(run.stdout).readings[0].total as object;
        expect(JSON.parse(whatIf.stdout).scenarios[0].result.total).toEqual(total);
      });
    });
  });
});

const AGAINST = ['last_year', 'group_min', 'group_max', 'group_mean', 'group_rank', 'group_share'];

/** Readings of two years that are held against one another, and their catalogue. */
function group(seed: number) {
  const d = new Draw(seed);
  const drawn = Array.from({ length: d.whole(1, 3) }, (_, i) => {
    const against = AGAINST[(seed + i) % AGAINST.length]!;
    const isPlace = against === 'group_rank' || against === 'group_share';
    const better = isPlace ? { at_most: against === 'group_rank' ? 2 : 50 } : { at_least: 0 };
    const tiers = [
      { ...better, points: 'max' },
      { [isPlace ? 'at_most' : 'above']: isPlace ? 70 : -20, points: 1 },
    ];
    const less = d.chance(0.3) ? { better: 'less' } : {};
    return { id: `${i + 1}.1`, against, rule: { kind: 'steps', against, ...less, tiers, otherwise: 0 } };
  });
  const catalogue = {
    id: 'c',
    name: 'c',
    year: 2023,
    valid: { from: 2023, to: 2024 },
    scale: { value: 2 * drawn.length, ...ASSUMED },
    sources: {},
    fields: [{ id: 'F', name: 'F' }],
    owners: { O: {} },
    criteria: drawn.map(({ id, rule }) => ({
      id,
      name: id,
      field: 'F',
      owners: ['O'],
      max: { value: 2, ...ASSUMED },
      rule: { ...rule, ...ASSUMED },
    })),
  };
  const units = ['Xã An', 'Xã Bình', 'Phường Cam', 'Xã Đông'].slice(0, d.whole(2, 4));
  const entry = () => (d.chance(0.1) ? { not_applicable: true } : { value: 5 * d.whole(0, 20) });
  const readings = YEARS.flatMap((year) =>
    units.map((unit): Reading => {
      // Of a value that is not there a reading alone cannot say what it is held against.
      return { unit, year, indicators: Object.fromEntries(drawn.map(({ id }) => [id, entry()])) };
    }),
  );
  /** What a reading is held against, written into it. */
  const alone = (reading: Reading): Reading => ({
    ...reading,
    indicators: Object.fromEntries(
      Object.entries(reading.indicators).map(([id, raw]) => {
        const valueIn = (r: Reading | undefined) => (r?.indicators[id] as Data | undefined)?.value;
        const others = readings
          .filter((r) => r.year === reading.year && r !== reading)
          .filter((r) => !(r.indicators[id] as Data | undefined)?.not_applicable)
          .map(valueIn);
        const { against } = drawn.find((c) => c.id === id)!;
        const before = readings.find((r) => r.year === reading.year - 1 && r.unit === reading.unit);
        const held =
          against === 'last_year'
            ? valueIn(before) !== undefined && { last_year: valueIn(before) }
            : others.length > 0 && others.every((v) => v !== undefined) && { group: others };
        return [id, { ...(raw as Data), ...held }];
      }),
    ),
  });
  return { catalogue, readings, alone };
}

describe('what is measured by the group', () => {
  it.each(Array.from({ length: CASES }, (_, seed) => [seed]))('case %i', async (seed) => {
    const { catalogue, readings, alone } = group(seed);
    const files = {
      'criteria/c.yaml': JSON.stringify(catalogue),
      'all.yaml': inOne(readings.map((r) => document(r, 'c'))),
      'back.yaml': inOne([...readings].reverse().map((r) => document(r, 'c'))),
      ...Object.fromEntries(readings.map((r, i) => [`r${i}.yaml`, JSON.stringify(document(alone(r), 'c'))])),
    };
    await withFiles(files, async (cwd) => {
      const one = await Promise.all(named(readings).map((name) => scored(cwd, [name])));
      const wanted = sorted(new Map(one.flatMap((each) => [...each])));
      expect(sorted(await scored(cwd, ['all.yaml'])), 'together').toEqual(wanted);
      expect(sorted(await scored(cwd, ['back.yaml'])), 'in the other order').toEqual(wanted);
    });
  });
});
