import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biggestLever } from '../src/analysis/gain.js';
import { presentReport } from '../src/commands/report.js';
import { readCsv } from '../src/files/csv.js';
import { decodeText } from '../src/files/decode.js';
import { Lines } from '../src/files/document.js';
import { readJson } from '../src/files/json.js';
import { writeWhole } from '../src/files/write.js';
import { readXlsx } from '../src/files/xlsx.js';
import { readYaml } from '../src/files/yaml.js';
import {
  type Entry,
  fromNumber,
  parseCatalogue,
  parseReading,
  type Reading,
  score,
  sensitivity,
} from '../src/index.js';
import { fits, gapsOf } from '../src/ranking/gaps.js';
import type { League } from '../src/ranking/league.js';
import { TIES } from '../src/ranking/ranks.js';
import { placeAmong, placeResult, rivalsAmong } from '../src/ranking/standings.js';
import { renderCsv } from '../src/render/csv.js';
import { renderJson } from '../src/render/json.js';
import { cell, LazyList } from '../src/render/presentation.js';
import { renderTable } from '../src/render/table.js';
import { letterOf } from '../src/reports/letter/model.js';
import { reportModel } from '../src/reports/model.js';
import { scoreCriterion } from '../src/scoring/criterion.js';
import { withGroup } from '../src/scoring/group.js';
import { loadMessages } from '../src/text/index.js';
import { catalogueData, catalogueWith, must, withFiles } from './support.js';
import { partsOf, sheetData, zipped } from './workbook-parts.js';

const catalogue = catalogueWith({ kind: 'proportional', target: 100 }, 10);
const resultOf = (unit: string, value: number | null | 'none') =>
  score(
    must(
      parseReading(
        {
          unit,
          year: 2022,
          catalogue: 'test',
          indicators: value === null ? {} : { T1: value === 'none' ? { not_applicable: true } : value },
        },
        catalogue,
      ),
    ),
    catalogue,
  );

describe('all places at once', () => {
  it('are those of each among the others, under every tie rule', () => {
    // Few different values, so that ties, unknown ones and units without an index meet.
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.nat(4).map((n) => 20 + n) },
      fc.constantFrom<null | 'none'>(null, 'none'),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 12 }),
        fc.constantFrom(...TIES),
        (values, ties) => {
          const results = values.map((v, i) => resultOf(`U${i}`, v));
          const all = placeAmong(results, ties);
          results.forEach((result, i) => {
            const one = placeResult(rivalsAmong(results, i, ties), result);
            const brief = (rank: typeof one) =>
              rank && {
                ...rank,
                // One neighbour on each side is told; of level ones nobody is nearer.
                above: rank.above[0]?.score.toString(),
                below: rank.below[0]?.score.toString(),
                tied: [...rank.tied].sort(),
              };
            expect(brief(all[i]!)).toEqual(brief(one));
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('more level units than are listed', () => {
    for (const ties of TIES) {
      const results = Array.from({ length: 250 }, (_, i) => resultOf(`U${i}`, 50));
      const all = placeAmong(results, ties);
      for (const i of [0, 120, 249]) {
        const { rank, best, worst } = placeResult(rivalsAmong(results, i, ties), results[i]!)!;
        expect(all[i]).toMatchObject({ rank, best, worst });
      }
    }
  });
});

it('points by the place in a group are those of counting, for every value that a unit may come to', () => {
  const value = fc.option(fc.integer({ min: 0, max: 5 }), { freq: 9, nil: null });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 2, maxLength: 9 }),
      fc.constantFrom('group_rank' as const, 'group_share' as const),
      fc.constantFrom('more' as const, 'less' as const),
      fc.constantFrom('steps' as const, 'linear' as const),
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 })),
      fc.integer({ min: -1, max: 11 }).map((halves) => halves / 2),
      (values, against, better, kind, ends, x) => {
        const [low, high] = [Math.min(...ends), Math.max(...ends) + 1];
        const shape =
          kind === 'steps'
            ? {
                tiers: [
                  { at_most: low, points: 'max' },
                  { below: high, points: 0.5 },
                ],
                otherwise: 0,
              }
            : {
                knots: [
                  { at: low, points: 1 },
                  { at: high, points: 0 },
                ],
              };
        const scheme = catalogueWith({ kind, quantity: 'number', against, better, ...shape }, 1);
        const members = values.map((v, i) => {
          const indicators = v === null ? { T1: { not_applicable: true } } : { T1: v };
          const data = { unit: `U${i}`, year: 2022, catalogue: 'test', indicators };
          return { reading: must(parseReading(data, scheme)), catalogue: scheme };
        });
        const others = values.slice(1).filter((v) => v !== null);
        if (values[0] === null || others.length === 0) return;
        const [first] = withGroup(members);
        const entry = first!.reading.entries.get('T1')!;
        const moved: Entry = {
          ...entry,
          value: { inputs: [{ form: 'number', x: fromNumber(x) }], ratio: null },
        };
        const { points } = scoreCriterion(scheme.criteria[0]!, moved, scheme);
        const rank = 1 + others.filter((o) => (better === 'less' ? o < x : o > x)).length;
        const place = against === 'group_rank' ? rank : (100 * rank) / (others.length + 1);
        const steps = place <= low ? 1 : place < high ? 0.5 : 0;
        const line = Math.min(1, Math.max(0, (high - place) / (high - low)));
        // Rounded half away from zero: 0.03125 is 0.0313. A double may stand a little below its half.
        expect(points).toBe(Math.floor(10_000 * (kind === 'steps' ? steps : line) + 0.5 + 1e-6));
      },
    ),
    { numRuns: 500 },
  );
});

it('a long list is written member by member as it would be whole', () => {
  const json = {
    schema: 'x',
    readings: new LazyList(150, (i) => ({ i, deep: { text: 'a\n"b"', list: [1, [2]] } })),
    last: null,
  };
  const pieces = renderJson({ json, blocks: [] }, { width: 80, color: false });
  expect([...pieces].join('')).toBe(`${JSON.stringify(json, null, 2)}\n`);
});

it('gaps of a league, sorted once, hold the units that each is compared with', () => {
  const unit = fc.record({
    score: fc.option(fc.nat(10), { nil: null }),
    rank: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (rows) => {
      const league: League = {
        name: { vi: 'x' },
        year: 2022,
        scale: fromNumber(10),
        size: 8,
        decimals: 0,
        exact: false,
        ties: 'min',
        provenance: null,
        mean: null,
        median: null,
        counts: [],
        previous: [],
        units: rows.map(({ score, rank }, i) => ({
          unit: `U${i}`,
          code: null,
          score: score === null ? null : fromNumber(score),
          rank,
          place: rank,
          provenance: 'stated',
        })),
      };
      const { gaps, diagnostics } = gapsOf(league, null, null);
      let full = 0;
      for (const { hi, lo, unknown } of gaps) {
        const first = hi.above + (hi.unit ? 2 : 1);
        const places = Math.max(0, lo.above - first + 1);
        const named = league.units.filter(
          (u) => !u.score && u.rank !== null && u.rank >= first && u.rank <= lo.above,
        );
        const scored = league.units.filter((u) => u.score && u.rank === null && fits(u.score, hi, lo));
        const free = places - named.length - scored.length;
        if (free < 0 || (places > 0 && hi.score.compare(lo.score) < 0)) full++;
        expect(unknown).toEqual([...named.map((u) => u.unit), ...Array(Math.max(0, free)).fill(null)]);
      }
      expect(diagnostics).toHaveLength(full);
    }),
    { numRuns: 300 },
  );
});

describe('a file written in pieces', () => {
  it('holds all of them in order, over several writes', async () => {
    const pieces = Array.from({ length: 5000 }, (_, i) => `${i} Xã Đông Tiến\n`);
    await withFiles({}, async (folder) => {
      expect(await writeWhole(join(folder, 'a.txt'), pieces, false)).toBeNull();
      expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe(pieces.join(''));
      expect(await writeWhole(join(folder, 'none.txt'), [], false)).toBeNull();
      expect(readFileSync(join(folder, 'none.txt'), 'utf8')).toBe('');
    });
  });

  it('is not there when a piece cannot be made, and what stood there stays', async () => {
    function* broken() {
      yield 'x'.repeat(100_000);
      throw new Error('a bug');
    }
    await withFiles({ 'a.txt': 'before' }, async (folder) => {
      await expect(writeWhole(join(folder, 'a.txt'), broken(), true)).rejects.toThrow('a bug');
      await expect(writeWhole(join(folder, 'b.txt'), broken(), true)).rejects.toThrow('a bug');
      expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('before');
      expect(existsSync(join(folder, 'b.txt'))).toBe(false);
      expect(readdirSync(folder)).toEqual(['a.txt']);
    });
  });
});

/** A catalogue of so many criteria `T1`, `T2` … of one rule. */
function catalogueOf(count: number) {
  const data = catalogueData({ kind: 'proportional', target: 100 }, 10, 10 * count);
  const criteria = Array.from({ length: count }, (_, i) => ({ ...data.criteria[0]!, id: `T${i + 1}` }));
  return must(parseCatalogue({ ...data, criteria }));
}

/** Entries that count how often one is asked for, and how many are copied. */
class Counted extends Map<string, Entry> {
  asked = 0;
  copied = 0;

  override get(id: string): Entry | undefined {
    this.asked++;
    return super.get(id);
  }

  override *[Symbol.iterator](): MapIterator<[string, Entry]> {
    for (const pair of super.entries()) {
      this.copied++;
      yield pair;
    }
  }
}

function countedReading(count: number, unit = 'A'): { reading: Reading; entries: Counted } {
  const indicators = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`T${i + 1}`, 20 + (i % 60)]),
  );
  const data = { unit, year: 2022, catalogue: 'test', indicators };
  const reading = must(parseReading(data, catalogueOf(count)));
  const entries = new Counted(reading.entries);
  return { reading: { ...reading, entries }, entries };
}

describe('work that grows with what is asked, counted', () => {
  it('what each criterion could gain: every entry is looked at a few times, however many there are', () => {
    for (const count of [30, 60, 120]) {
      const { reading, entries } = countedReading(count);
      const scheme = catalogueOf(count);
      const { levers } = sensitivity(reading, scheme, null);
      expect(levers).toHaveLength(count);
      expect(biggestLever(reading, score(reading, scheme))!.recoverable).toBe(levers[0]!.recoverable);
      expect([entries.asked, entries.copied]).toEqual([2 * count, 0]);
    }
  });

  it('a letter: no reading is copied for what one of its criteria would bring', async () => {
    const messages = await loadMessages('en');
    const { reading, entries } = countedReading(60);
    const source = { reading, catalogue: catalogueOf(60), league: null, scenarios: [], changes: new Map() };
    expect(letterOf(reportModel(source, messages), [], messages).annex.rows).toHaveLength(60);
    expect([entries.asked, entries.copied]).toEqual([60, 0]);
  });

  it('a report of many units as CSV and JSON: each unit is scored once, one after another', async () => {
    const messages = await loadMessages('en');
    const context = { width: 80, color: false } as const;
    for (const render of [renderCsv, renderJson]) {
      const units = Array.from({ length: 120 }, (_, i) => countedReading(5, `U${i}`));
      const scheme = catalogueOf(5);
      const report = presentReport(
        {
          units: units.map(({ reading }) => ({ reading, catalogue: scheme, scenarios: [] })),
          league: null,
          chart: null,
        },
        messages,
      );
      const asked = () => units.map(({ entries }) => entries.asked);
      const pieces = render(report, context);
      expect(asked()).toEqual(units.map(() => 0));
      for (const piece of pieces) if (piece.includes('U3')) break;
      // The fourth has been made by then, and those far behind it have not.
      expect([asked()[3], asked()[100]]).toEqual([5, 0]);
    }
  });

  it('ids that no criterion has: none is compared with all of the catalogue until it is told', () => {
    const scheme = catalogueOf(50);
    let looked = 0;
    const criteria = scheme.criteria.map(({ id, ...rest }) => ({
      ...rest,
      get id() {
        looked++;
        return id;
      },
    }));
    const watched = { ...scheme, criteria };
    const read = (ids: number) =>
      parseReading(
        {
          unit: 'A',
          year: 2022,
          catalogue: 'test',
          indicators: Object.fromEntries(Array.from({ length: ids }, (_, i) => [`T${i + 50}x`, 5])),
        },
        watched,
      );
    const counts = [10, 10, 1000].map((ids) => {
      looked = 0;
      expect(read(ids).diagnostics.filter((d) => d.code === 'unknown-criterion')).toHaveLength(ids);
      return looked;
    });
    expect(counts[2]).toBe(counts[1]);
    const [told] = read(1).diagnostics;
    expect(told).toMatchObject({ code: 'unknown-criterion', params: { value: 'T50x', suggestion: 'T50' } });
  });

  it('a cell of thousands of lines is shown whole: the library is given a line at a time', () => {
    // Given the cell as one, it cuts all of it short again for each of its lines: minutes for 2,500 of them.
    const ids = Array.from({ length: 2500 }, (_, i) => `${i}.${'x'.repeat(30)}`);
    const rows = [{ cells: [cell('A'), cell(ids.join(' '))] }];
    const columns = [
      { key: 'owner', title: 'Owner' },
      { key: 'ids', title: 'Criteria', flexible: true },
    ];
    const shown = renderTable(
      { json: null, blocks: [{ kind: 'table', columns, rows }] },
      { width: 48, color: false },
    );
    expect(
      String(shown)
        .split(/\s+/)
        .filter((word) => word.includes('.')),
    ).toEqual(ids);
  });

  it('a CSV holds its rows by where they begin, and makes their cells when they are read', () => {
    const text = `id,value\n${Array.from({ length: 500 }, (_, i) => `T${i},"${i},5%"\n`).join('')}`;
    const { rows } = must(readCsv('a.csv', text, () => 1));
    expect(rows).toHaveLength(501);
    expect(rows[7]!.cells).not.toBe(rows[7]!.cells);
    expect(rows[7]!.cells.map((c) => [c.text, c.value, c.place.line, c.place.column])).toEqual([
      ['T6', 'T6', 8, 1],
      ['6,5%', '6,5%', 8, 4],
    ]);
  });
});

describe('what grows by its square is refused, or found another way', () => {
  it('marks heaped on a letter: thirty are read, and no more', async () => {
    const heaped = (count: number) => `X${'\u0301\u0323'.repeat(count / 2)}`;
    const escaped = (text: string) =>
      `"${[...text].map((c) => `\\u${`000${c.charCodeAt(0).toString(16)}`.slice(-4)}`).join('')}"`;
    const codes = (read: { diagnostics: readonly { code: string }[] }) => read.diagnostics.map((d) => d.code);
    const workbook = async (text: string) =>
      readXlsx('x.xlsx', await zipped(partsOf({ S: sheetData([[text]]) })));
    for (const [count, told] of [
      [30, []],
      [32, ['garbled-text']],
    ] as const) {
      const text = heaped(count);
      expect(codes(decodeText('x.csv', Buffer.from(text), true))).toEqual(told);
      expect(codes(readJson('x.json', escaped(text)))).toEqual(told);
      expect(codes(readYaml('x.yaml', escaped(text)))).toEqual(told);
      expect(codes(await workbook(text))).toEqual(told);
    }
  });

  it('fields within each other: forty deep, and no more', () => {
    const data = catalogueData({ kind: 'proportional', target: 100 }, 10);
    const nested = (depth: number, first?: string) =>
      parseCatalogue({
        ...data,
        fields: Array.from({ length: depth }, (_, i) => ({
          id: i === depth - 1 ? 'F' : `F${i}`,
          name: 'F',
          parent: i === 0 ? first : `F${i - 1}`,
        })),
      }).diagnostics.map((d) => [d.code, ...d.path]);
    expect(nested(40)).toEqual([]);
    expect(nested(60)).toEqual([['too-deep', 'fields', 40, 'parent']]);
    expect(nested(50, 'F').map(([code]) => code)).not.toContain('too-deep');
  });

  it('lines, of which one in sixty-four is kept, are those of splitting the text', () => {
    const text = Array.from({ length: 300 }, (_, i) => 'x'.repeat(i % 3)).join('\n');
    const lines = new Lines(text);
    for (let at = 0; at <= text.length; at++) {
      const before = text.slice(0, at).split('\n');
      const { line, column } = lines.place('x', { start: at, end: at + 1 });
      expect([line, column]).toEqual([before.length, before.at(-1)!.length + 1]);
    }
  });
});
