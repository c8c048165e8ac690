import type { Catalogue } from '../../catalogue/catalogue.js';
import { Fraction } from '../../exact/fraction.js';
import { pointsToNumber } from '../../exact/points.js';
import type { UnitSum } from '../../input/stream.js';
import { rankTable } from '../../ranking/table.js';
import type { Ties } from '../../ranking/ties.js';
import type { Messages } from '../../text/index.js';
import { type Block, cell, type Presentation, type Row, type Table } from '../presentation.js';

const SHOWN = 20;

interface Placed extends UnitSum {
  rank: number | null;
  index: number;
}

/** The ranking of each year; people see its head, machines all of it. */
export function presentStream(
  sums: readonly UnitSum[],
  { decimals }: Catalogue,
  ties: Ties,
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const years = [...new Set(sums.map((s) => s.year))].sort((p, q) => p - q);
  const ranked = years.map((year) => ({
    year,
    rows: place(
      sums.filter((s) => s.year === year),
      ties,
    ),
  }));
  const points = (p: number) => numbers.points(p, decimals);
  const table = ({ year, rows }: (typeof ranked)[number]): Block[] => [
    { kind: 'heading', text: `${labels.group.title} · ${labels.group.units(rows.length)} · ${year}` },
    {
      kind: 'table',
      columns: [
        { key: 'rank', title: labels.columns.rank, align: 'right' },
        { key: 'unit', title: labels.columns.unit, flexible: true },
        { key: 'score', title: labels.columns.score, align: 'decimal' },
        { key: 'index', title: labels.columns.index, align: 'decimal' },
      ],
      rows: rows.slice(0, SHOWN).map((r) => ({
        cells: [
          cell(r.rank === null ? '?' : String(r.rank)),
          cell(r.unit),
          cell(r.unknown > 0 ? '?' : points(r.points)),
          cell(r.unknown > 0 ? '?' : `${numbers.number(r.index, 4)}%`),
        ],
      })),
    },
    ...(rows.length > SHOWN
      ? [{ kind: 'text' as const, text: labels.group.rows(SHOWN, rows.length), tone: 'dim' as const }]
      : []),
  ];
  return {
    json: {
      schema: 'cchc/league-stream@1',
      years: ranked.map(({ year, rows }) => ({
        year,
        units: rows.map((r) => ({
          unit: r.unit,
          rank: r.rank,
          score: r.unknown > 0 ? null : pointsToNumber(r.points, decimals),
          index: r.index,
          unknown: r.unknown,
        })),
      })),
    },
    blocks: [
      ...ranked.flatMap(table),
      dataTable(
        ranked.flatMap((r) => r.rows),
        decimals,
      ),
    ],
  };
}

/** Ranked by index among units all of whose values are known; the others come last, without a rank. */
function place(sums: readonly UnitSum[], ties: Ties): Placed[] {
  const known = sums.filter((s) => s.unknown === 0);
  const exact = known.map((s) => new Fraction(BigInt(s.points) * 100n, BigInt(Math.max(1, s.max))));
  const ranks = rankTable(exact, ties, null);
  const rows = known.map((s, i): Placed => ({ ...s, rank: ranks[i]!.rank, index: exact[i]!.valueOf() }));
  rows.sort((p, q) => p.rank! - q.rank! || q.index - p.index);
  return [...rows, ...sums.filter((s) => s.unknown > 0).map((s): Placed => ({ ...s, rank: null, index: 0 }))];
}

function dataTable(rows: readonly Placed[], decimals: number): Table {
  const keys = ['year', 'rank', 'unit', 'score', 'index', 'unknown'];
  return {
    kind: 'table',
    data: true,
    machineOnly: true,
    columns: keys.map((key) => ({ key, title: key })),
    rows: rows.map((r): Row => {
      const open = r.unknown > 0;
      const values = [
        r.year,
        r.rank,
        r.unit,
        open ? null : pointsToNumber(r.points, decimals),
        open ? null : r.index,
        r.unknown,
      ];
      return { cells: values.map((v) => cell('', v)) };
    }),
  };
}
