import type { CriterionOfGroup, GroupWhatIf } from '../analysis/group.js';
import { findListed, type ListedUnit } from '../analysis/hierarchy.js';
import { toNumber } from '../exact/fraction.js';
import { type StandingRow, type Standings, standings } from '../ranking/standings.js';
import { answerOf } from '../render/answer.js';
import { criterionFields, dataOf, type Field, tableOf } from '../render/field.js';
import {
  type Block,
  factsOf,
  listOf,
  type Presentation,
  type Table,
  textOf,
} from '../render/presentation.js';
import { fractionJson, pointsJson } from '../render/result-json.js';
import { indexText, scoreText } from '../render/words.js';
import { anyApplies } from '../scoring/score.js';
import { gradeOf } from '../scoring/totals.js';
import type { Bilingual } from '../shapes/scalars.js';
import type { Messages } from '../text/index.js';

/** A group's ranking, alone or before and after a change to every unit. */
export interface PresentedGroup {
  table: Standings;
  whatIf: GroupWhatIf | null;
  /** What changes, in words; null without changes. */
  changes: Bilingual | null;
  /** Parents and groups of the units; null without a units file. */
  units: readonly ListedUnit[] | null;
  /** What each criterion tells of the whole group; null while something of it is unknown. */
  criteria: readonly CriterionOfGroup[] | null;
  /** The unit that was asked about, if one was. */
  unit: string | null;
}

const rankOf = ({ rank, best, worst }: StandingRow) => {
  if (best === null) return '–';
  return rank === null ? `${best}–${worst}` : String(rank);
};

/** The ranking of a group with its middle, its bands, and who gains places. */
export function presentGroup(presented: PresentedGroup, messages: Messages): Presentation {
  const { labels } = messages;
  const say = labels.group;
  const { table, whatIf } = presented;
  const units = unitTables(whatIf?.after ?? table, whatIf, messages);
  const blocks = listOf<Block>([
    answer(presented, messages),
    presented.changes && textOf(say.everyone(messages.numbers.pick(presented.changes))),
    units.shown,
    groupTables(presented, messages),
    presented.criteria
      ? [criteriaTable(presented.criteria, messages), textOf(labels.rank.criteria.note)]
      : textOf(labels.rank.criteria.notWhole),
    presented.criteria && presented.unit !== null && textOf(labels.rank.criteria.ofUnit(presented.unit)),
    summary(presented, messages),
  ]);
  const json = {
    schema: 'cchc/league@1',
    ties: table.ties,
    units: table.rows.map((row) => unitJson(row)),
    ...statistics(table),
    criteria: presented.criteria && criteriaJson(presented.criteria),
    groups: groupsOf(whatIf?.after ?? table, presented.units).map(({ name, within }) => ({
      group: name,
      units: within.rows.map((row) => unitJson(row)),
    })),
    ...(whatIf && {
      whatif: {
        changes: presented.changes && messages.numbers.pick(presented.changes),
        units: whatIf.after.rows.map((row) => unitJson(row)),
        ...statistics(whatIf.after),
        moves: whatIf.moves.map((m) => ({
          unit: m.after.unit,
          rankBefore: m.rankBefore,
          rankAfter: m.rankAfter,
          places: m.places,
          gain: gainOf(m),
        })),
      },
    }),
  };
  return { json, blocks, data: units.data };
}

/** Who is first and last, what the group reaches, and where it loses the most. */
function answer({ table, whatIf }: PresentedGroup, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.group;
  const shown = whatIf?.after ?? table;
  const named = (row: StandingRow) => say.standing(row.result.unit, scoreText(row.result, messages));
  // A unit to which nothing applies is not placed, so it is not the last one.
  const placed = shown.rows.filter((row) => anyApplies(row.result.criteria));
  const most = mostLost(shown);
  return answerOf(`${say.title} · ${say.units(table.rows.length)} · ${table.rows[0]!.result.year}`, [
    { label: say.first, text: named(shown.rows[0]!) },
    { label: say.last, text: named(placed.at(-1) ?? shown.rows.at(-1)!) },
    { label: say.median, text: shown.median ? numbers.about(shown.median, 'percent') : '?' },
    most && {
      label: say.mostLost,
      text: labels.answer.leverText(
        most.criterion.id,
        numbers.signedNumber(-most.points, 4),
        numbers.pick(most.criterion.name),
      ),
    },
  ]);
}

/** The criterion in which a group loses the most points; null unless every value is known, under one catalogue. */
function mostLost({ rows }: Standings) {
  const { catalogue } = rows[0]!.result;
  if (rows.some(({ result: r }) => r.total.score === null || r.catalogue !== catalogue)) return null;
  const [most] = catalogue.criteria
    .map((criterion, i) => {
      const lost = rows.map(({ result }) => result.criteria[i]!.deduction ?? 0);
      return { criterion, points: lost.reduce((sum, p) => sum + p) / 10 ** catalogue.decimals };
    })
    .sort((p, q) => q.points - p.points);
  return most && most.points > 0 ? most : null;
}

function gainOf({ before, after }: GroupWhatIf['moves'][number]): number | null {
  if (before.total.score === null || after.total.score === null) return null;
  return pointsJson(after.total.score - before.total.score, after.catalogue.decimals);
}

function unitJson(row: StandingRow) {
  const { result } = row;
  const { decimals } = result.catalogue;
  return {
    unit: result.unit,
    rank: row.rank,
    best: row.best,
    worst: row.worst,
    score: pointsJson(result.total.score, decimals),
    index: fractionJson(row.index, decimals),
    band: gradeOf(result)?.band?.name.vi ?? null,
  };
}

function statistics(table: Standings) {
  return {
    mean: fractionJson(table.mean, 4),
    median: fractionJson(table.median, 4),
    quartiles: table.quartiles?.map((q) => fractionJson(q, 4)) ?? null,
  };
}

/** Each unit of a ranking, with how it moved where something changes: for people, and for machines. */
function unitTables(table: Standings, whatIf: GroupWhatIf | null, messages: Messages, title?: string) {
  const { labels, numbers } = messages;
  interface Line {
    row: StandingRow;
    was: StandingRow | undefined;
    places: number | null;
    gain: number | null;
  }
  const before = new Map(whatIf?.before.rows.map((r) => [r.result, r]));
  const lines = table.rows.map((row, i): Line => {
    const move = whatIf?.moves[i];
    return {
      row,
      was: move && before.get(move.before),
      places: move?.places ?? null,
      gain: move ? gainOf(move) : null,
    };
  });
  const moving = whatIf !== null;
  const banded = table.rows.some((r) => r.result.catalogue.bands.length > 0);
  const fields: Field<Line>[] = [
    {
      key: 'rank',
      title: labels.columns.rank,
      align: 'right',
      text: (l) => rankOf(l.row),
    },
    {
      key: 'was',
      when: moving,
      title: labels.columns.before,
      align: 'right',
      text: (l) => (l.was ? rankOf(l.was) : ''),
    },
    {
      key: 'moved',
      when: moving,
      title: labels.sensitivity.places,
      align: 'right',
      text: ({ row, was, places }) => {
        if (places === null) return row.best === null || was?.best === null ? '–' : '?';
        return places === 0 ? '' : numbers.signedNumber(places, 0);
      },
      tone: ({ places }) => (places ? (places > 0 ? 'good' : 'bad') : 'dim'),
    },
    {
      key: 'unit',
      title: labels.columns.unit,
      flexible: true,
      text: (l) => l.row.result.unit,
    },
    {
      key: 'gain',
      when: moving,
      title: labels.whatif.gained,
      align: 'decimal',
      text: ({ gain }) => (gain === null ? '?' : gain === 0 ? '' : numbers.signedNumber(gain, 4)),
      tone: () => 'good',
    },
    {
      key: 'score',
      title: labels.columns.score,
      align: 'decimal',
      text: ({
        row: {
          result: { total, catalogue },
        },
      }) => {
        const points = (p: number) => numbers.points(p, catalogue.decimals);
        return total.score === null ? `${points(total.worst)}–${points(total.best)}` : points(total.score);
      },
      tone: () => 'strong',
    },
    {
      key: 'index',
      title: labels.columns.index,
      align: 'decimal',
      text: (l) => indexText(l.row.result, messages),
    },
    {
      key: 'band',
      title: labels.group.band,
      when: banded,
      text: (l) => bandText(l.row, messages),
    },
  ];
  const about = ['rank', 'best', 'worst', 'unit', 'year', 'score', 'index', 'band'] as const;
  return {
    shown: tableOf(fields, lines, title === undefined ? {} : { title }),
    data: dataOf(
      [...about, ...(moving ? (['rankBefore', 'places'] as const) : [])],
      lines.map(({ row, was, places }) => {
        const index = row.index && toNumber(row.index);
        return { ...unitJson(row), year: row.result.year, index, rankBefore: was?.rank, places };
      }),
    ),
  };
}

function bandText({ result }: StandingRow, { labels, numbers }: Messages): string {
  const grade = gradeOf(result);
  if (!grade) return anyApplies(result.criteria) ? '?' : '–';
  return grade.band ? numbers.pick(grade.band.name) : labels.group.belowBands;
}

/** The ranking within each group: the same scores, ranked among its members alone. */
function groupTables({ table, whatIf, units }: PresentedGroup, messages: Messages): Block[] {
  const shown = whatIf?.after ?? table;
  return groupsOf(shown, units).map(
    ({ name, within }) =>
      unitTables(within, null, messages, `${messages.labels.group.within}: ${name}`).shown,
  );
}

/** Groups and parents with two members or more, each ranked by itself. */
function groupsOf(table: Standings, units: readonly ListedUnit[] | null) {
  const names = [...new Set((units ?? []).flatMap((u) => [...u.groups, ...(u.parent ? [u.parent] : [])]))];
  return names.flatMap((name) => {
    const members = table.rows.flatMap(({ result }) => {
      const listed = findListed(units!, result);
      return listed && (listed.parent === name || listed.groups.includes(name)) ? [result] : [];
    });
    return members.length > 1 ? [{ name, within: standings(members, table.ties) }] : [];
  });
}

function summary({ table, whatIf }: PresentedGroup, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.group;
  const shown = whatIf?.after ?? table;
  const percent = (x: Standings['mean']) => (x ? numbers.about(x, 'percent') : '?');
  const change = (key: 'mean' | 'median') =>
    whatIf ? say.fromTo(percent(table[key]), percent(shown[key])) : percent(shown[key]);
  const moved = whatIf?.moves.filter((m) => m.places !== null && m.places !== 0) ?? [];
  const names = (gained: boolean) =>
    moved
      .filter((m) => m.places! > 0 === gained)
      .sort((p, q) => Math.abs(q.places!) - Math.abs(p.places!))
      .map((m) => `${m.after.unit} (${numbers.signedNumber(m.places!, 0)})`)
      .join(', ');
  const unranked = shown.rows.flatMap((r) => (r.best === null ? [r.result.unit] : []));
  const bands = new Map<string, number>();
  for (const { result } of shown.rows) {
    const grade = gradeOf(result);
    if (grade) {
      const name = grade.band ? numbers.pick(grade.band.name) : say.belowBands;
      bands.set(name, (bands.get(name) ?? 0) + 1);
    }
  }
  return factsOf(
    [
      { label: say.mean, text: change('mean') },
      { label: say.median, text: change('median') },
      shown.quartiles && { label: say.middleHalf, text: shown.quartiles.map(percent).join(' – ') },
      bands.size > 0 && { label: say.bands, text: [...bands].map(([b, n]) => `${b}: ${n}`).join(', ') },
      unranked.length > 0 && { label: unranked.join(', '), text: labels.score.noneApplies },
      whatIf && [
        { label: say.gain, text: names(true) || say.nobody },
        { label: say.lose, text: names(false) || say.nobody },
      ],
    ],
    labels.score.summary,
  );
}

/** What each criterion tells of a group, as a table. */
function criteriaTable(criteria: readonly CriterionOfGroup[], messages: Messages): Table {
  const { labels, numbers } = messages;
  const say = labels.rank.criteria;
  const asked = criteria.some((c) => c.without.rank !== null);
  const number = (x: number | null) => (x === null ? '–' : numbers.number(x, 2));
  const fields: Field<CriterionOfGroup>[] = [
    ...criterionFields((c: CriterionOfGroup) => c.criterion, messages),
    {
      key: 'full',
      title: say.full,
      align: 'right',
      text: (c) => (c.full === null ? '–' : numbers.percent(c.full)),
    },
    { key: 'spread', title: say.spread, align: 'right', text: (c) => number(c.spread) },
    {
      key: 'withTotal',
      title: say.withTotal,
      align: 'right',
      text: (c) => number(c.withTotal),
    },
    { key: 'withRest', title: say.withRest, align: 'right', text: (c) => number(c.withRest) },
    { key: 'first', title: say.first, align: 'right', text: (c) => number(c.firstMean) },
    { key: 'behind', when: asked, title: say.behind, align: 'right', text: (c) => number(c.behind) },
    { key: 'changed', title: say.changed, align: 'right', text: (c) => String(c.without.changed) },
    {
      key: 'rankWithout',
      when: asked,
      title: say.rank,
      align: 'right',
      text: (c) => String(c.without.rank ?? '–'),
    },
  ];
  return tableOf(fields, criteria, { title: say.title });
}

/** `criteria` of `cchc/league@1`. */
const criteriaJson = (criteria: readonly CriterionOfGroup[]) =>
  criteria.map(({ criterion, ...rest }) => ({ id: criterion.id, ...rest }));
