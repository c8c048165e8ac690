import { type Changes, changeFaults, joinChanges } from '../analysis/gain.js';
import {
  type CriterionOfGroup,
  type GroupWhatIf,
  gainingTogether,
  groupByCriterion,
  groupWhatIf,
  sharedCatalogue,
} from '../analysis/group.js';
import { heldAgainst, type ListedUnit, membersByGroup } from '../analysis/hierarchy.js';
import { parseChanges } from '../analysis/whatif.js';
import { holdsLeague, type OpenReading, openScenario, openUnits } from '../files/open.js';
import { leagueText } from '../files/yaml.js';
import { KNOWN_PARTS } from '../ranking/backtest.js';
import { endsOf, type StandingRow, type Standings, standings } from '../ranking/standings.js';
import { answerOf, scoredUnits } from '../render/answer.js';
import { criterionFields, dataOf, tableOf, type ViewField } from '../render/field.js';
import { type Block, factsOf, listOf, type Presentation, textOf } from '../render/presentation.js';
import { fractionJson, pointsJson } from '../render/result-json.js';
import { indexText, raisedTexts, scoreCell } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import { anyApplies, score } from '../scoring/score.js';
import { gradeOf } from '../scoring/totals.js';
import type { Messages, Words } from '../text/index.js';
import { loadMessages } from '../text/index.js';
import { type Diagnostic, error } from '../values/diagnostic.js';
import { HUNDRED, toNumber } from '../values/fraction.js';
import type { Bilingual } from '../values/scalars.js';
import { findByNameOrCode, hasNameOrCode, repeatedUnits, sameUnit, similarUnit } from '../values/unit.js';
import { backtestLeagues } from './league-backtest.js';
import { pictureLeague } from './league-picture.js';
import { parseAssignments } from './shared/assignments.js';
import type { Call } from './shared/call.js';
import type { Command } from './shared/command.js';
import { formatOfName, shared, strayOptions } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'group', syntax: '<file...>' }],
  options: [
    { name: 'setAll', flags: '--set <id=value>', repeat: true },
    { name: 'raise', flags: '--raise <id=value>', repeat: true },
    { name: 'scenario', flags: '--scenario <file>', repeat: true },
    { name: 'save', flags: '--save <file>' },
    { name: 'units', flags: '--units <file>' },
    { name: 'known', flags: '--known <what>', choices: KNOWN_PARTS },
    { name: 'sample', flags: '--sample <n>' },
    { name: 'unit', flags: '--unit <name>' },
    shared.ties,
    shared.catalogue,
    shared.year,
  ],
  examples: [
    'cchc league xa-*.yaml --save league.yaml',
    'cchc league fixtures/groups/example-2022.csv --raise 7.3.2=85%',
    'cchc league fixtures/leagues/thanh-hoa-districts-2023.yaml',
    'cchc league backtest --known own',
  ],
  async run(call) {
    const files = call.args;
    const pictured = files.length === 1 && (await holdsLeague(files[0]!));
    const form = files[0] === 'backtest' ? BACKTEST : pictured ? PICTURE : READINGS;
    call.misused(strayOptions(form, FORMS, call.options));
    call.settle();
    if (form === BACKTEST) return backtestLeagues(files.slice(1), call);
    if (form === PICTURE) return pictureLeague(files[0]!, call);
    const file = call.text('save');
    const ending = file === undefined ? 'yaml' : formatOfName(file, ['yaml']);
    if (typeof ending === 'object') call.refuse(ending);
    // The unit is one of the group's, not the only one to be read.
    const opened = await call.readings(files, null);
    call.settle();
    call.misused(groupFaults(opened));
    call.settle();
    const ties = call.ties() ?? 'min';
    const results = opened.map(({ reading, catalogue }) => score(reading, catalogue));
    const table = standings(results, ties);
    const named = call.text('unit');
    const ours = named === undefined ? null : findByNameOrCode(results, named);
    if (named !== undefined && !ours) {
      const units = results.map((r) => r.unit);
      const suggestion = results.find((r) => hasNameOrCode(r, named))?.code ?? similarUnit(named, units);
      call.refuse(error('unknown-unit', { value: named, suggestion }));
    }
    const { scenarios, words } = await askedChanges(opened, call);
    call.settle();
    const whatIf = scenarios && groupWhatIf(opened, scenarios, ties);
    const units = await call.opened(call.text('units'), openUnits);
    call.settle();
    if (units) call.note(heldAgainst(units, results));
    if (file !== undefined) {
      call.note(offScale(whatIf?.after ?? table));
      call.settle();
      await call.write(file, leagueText(whatIf?.after ?? table, words));
    }
    const toldOf = (group: readonly ReadingResult[]) =>
      groupByCriterion(group, ties, ours ? group.findIndex((r) => sameUnit(r, ours)) : null);
    const criteria = toldOf(results);
    const criteriaAfter = whatIf && toldOf(whatIf.moves.map((m) => m.after));
    const asked = { table, whatIf, changes: words, units, criteria, criteriaAfter };
    return { presentation: presentGroup({ ...asked, unit: ours?.unit ?? null }, call.messages) };
  },
};

/** Options that only one form of the command takes. */
const READINGS = 'cchc league READING…';
const BACKTEST = 'cchc league backtest';
const PICTURE = 'cchc league LEAGUE';
const FORMS = {
  [READINGS]: ['set', 'raise', 'scenario', 'save', 'units'],
  [BACKTEST]: ['known', 'sample'],
  [PICTURE]: [],
};

/** A group needs two units, each once, of one year. */
function groupFaults(opened: readonly OpenReading[]): Diagnostic[] {
  const years = [...new Set(opened.map((o) => o.reading.year))];
  if (opened.length < 2) return [error('league-needs-units', { value: opened.length })];
  if (years.length > 1) return [error('mixed-years', { years })];
  const again = repeatedUnits(opened.map(({ reading: { unit, code }, file }) => ({ unit, code, file })));
  return [...new Map(again.map((one) => [one.unit, one])).values()].map(({ unit, file }) => ({
    ...error('duplicate-unit', { unit }),
    place: { file },
  }));
}

/** Indexes that a league has no room for: points outside the scale take them over 100, or below 0. */
const offScale = ({ rows }: Standings): Diagnostic[] =>
  rows.flatMap(({ index, result: { unit } }) =>
    index && (index.compare(HUNDRED) > 0 || index.s < 0n)
      ? [error('index-off-league', { unit, value: index.round(4).toString() })]
      : [],
  );

/** Each unit's changes, and all of them in words; null when none is asked for. */
async function askedChanges(opened: readonly OpenReading[], call: Call) {
  const [sets, raises, files] = [call.texts('set'), call.texts('raise'), call.texts('scenario')];
  const set = parseAssignments('--set', sets);
  const raise = parseAssignments('--raise', raises);
  const told = [...set.diagnostics, ...raise.diagnostics];
  const first = opened[0]!;
  if (sets.length + raises.length + files.length === 0) return { scenarios: null, words: null };
  const scenarios: Changes[] = [];
  const wanted: Changes[] = [];
  for (const { reading, catalogue, file: ofUnit } of opened) {
    const whole = parseChanges(set.data, catalogue, [], reading.year);
    const higher = parseChanges(raise.data, catalogue, [], reading.year);
    if (told.length === 0) told.push(...set.at(whole.diagnostics), ...raise.at(higher.diagnostics));
    let changes: Changes = whole.changes;
    for (const file of files) {
      const scenario = call.take(await openScenario(file, catalogue, reading.year));
      const { joined, twice } = joinChanges(changes, scenario?.changes ?? new Map());
      // Told once, not for every unit.
      for (const id of scenarios.length === 0 ? twice : [])
        call.noteIn(file, [error('two-values', { id, keys: [id] }, ['changes', id])]);
      changes = joined;
    }
    // The unit stays in the ranking, its score not known.
    call.noteIn(ofUnit, changeFaults(changes, reading, catalogue), 'warning');
    scenarios.push(changes);
    wanted.push(higher.changes);
  }
  call.misused(told);
  const raised = parseChanges(raise.data, first.catalogue, [], first.reading.year).changes;
  const inWords = (words: Words) =>
    [...sets, ...raisedTexts(raised, first.catalogue, words), ...files].join(', ');
  const [vi, en] = [inWords(await loadMessages('vi')), inWords(await loadMessages('en'))];
  return { scenarios: gainingTogether(opened, wanted, scenarios), words: { vi, en } };
}

export default command;

/** A group's ranking, alone or before and after a change to every unit. */
interface PresentedGroup {
  table: Standings;
  whatIf: GroupWhatIf | null;
  /** What changes, in words; null without changes. */
  changes: Bilingual | null;
  /** Parents and groups of the units; null without a units file. */
  units: readonly ListedUnit[] | null;
  /** What each criterion tells of the whole group; null while something of it is unknown. */
  criteria: readonly CriterionOfGroup[] | null;
  /** The same after the change; null too without one. */
  criteriaAfter: readonly CriterionOfGroup[] | null;
  /** The unit that was asked about, if one was. */
  unit: string | null;
}

const rankOf = ({ rank, best, worst }: StandingRow) => {
  if (best === null) return '–';
  return rank === null ? `${best}–${worst}` : String(rank);
};

/** The ranking of a group with its middle, its bands, and who gains places. */
function presentGroup(presented: PresentedGroup, messages: Messages): Presentation {
  const { labels } = messages;
  const say = labels.group;
  const { table, whatIf } = presented;
  const shown = whatIf?.after ?? table;
  const criteria = whatIf ? presented.criteriaAfter : presented.criteria;
  const units = unitTables(shown, whatIf, messages);
  const groups = groupsOf(shown, presented.units);
  const blocks = listOf<Block>([
    answer(shown, messages),
    presented.changes && textOf(say.everyone(messages.numbers.pick(presented.changes))),
    units.shown,
    groups.map(({ name, within }) => unitTables(within, null, messages, `${say.within}: ${name}`).shown),
    criteria
      ? [criteriaTable(criteria, messages), textOf(labels.rank.criteria.note)]
      : textOf(labels.rank.criteria.notWhole),
    criteria && presented.unit !== null && textOf(labels.rank.criteria.ofUnit(presented.unit)),
    summary(shown, presented, messages),
  ]);
  const tellings = (told: readonly CriterionOfGroup[] | null) =>
    told?.map(({ criterion, ...rest }) => ({ id: criterion.id, ...rest })) ?? null;
  const within = (ranked: typeof groups) =>
    ranked.map((g) => ({ group: g.name, units: g.within.rows.map(unitJson) }));
  const json = {
    schema: 'cchc/league@1',
    ties: table.ties,
    units: table.rows.map(unitJson),
    ...statistics(table),
    criteria: tellings(presented.criteria),
    groups: within(whatIf ? groupsOf(table, presented.units) : groups),
    ...(whatIf && {
      whatif: {
        changes: presented.changes && messages.numbers.pick(presented.changes),
        units: whatIf.after.rows.map(unitJson),
        ...statistics(whatIf.after),
        criteria: tellings(criteria),
        groups: within(groups),
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
function answer(shown: Standings, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.group;
  const ends = endsOf(shown.rows.map(({ result }) => result));
  const placed = shown.rows.filter((row) => anyApplies(row.result.criteria));
  const { known } = shown;
  const of = known > 0 && known < placed.length ? ` (${known}/${placed.length})` : '';
  const most = mostLost(shown);
  return answerOf(`${say.title} · ${say.units(shown.rows.length)} · ${shown.rows[0]!.result.year}`, [
    { label: say.first, text: scoredUnits(ends.first, messages) },
    { label: say.last, text: scoredUnits(ends.last, messages) },
    { label: say.median, text: (shown.median ? numbers.about(shown.median, 'percent') : '?') + of },
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

/** The criterion in which a group loses the most points; null unless every value is known, under the same rules. */
function mostLost({ rows }: Standings) {
  const catalogue = sharedCatalogue(rows.map(({ result }) => result));
  if (!catalogue) return null;
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
    known: table.known,
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
  const fields: ViewField<Line>[] = [
    { key: 'rank', align: 'right', text: (l) => rankOf(l.row) },
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
    { key: 'unit', flexible: true, text: (l) => l.row.result.unit },
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
      align: 'decimal',
      text: ({ row }) => scoreCell(row.result, messages),
      tone: () => 'strong',
    },
    { key: 'index', align: 'decimal', text: (l) => indexText(l.row.result, messages) },
    { key: 'band', title: labels.group.band, when: banded, text: (l) => bandText(l.row, messages) },
  ];
  const about = ['rank', 'best', 'worst', 'unit', 'year', 'score', 'index', 'band'] as const;
  return {
    shown: tableOf(fields, lines, { ...(title !== undefined && { title }), titles: labels.columns }),
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

/** Groups and parents with two members or more, each ranked by itself. */
const groupsOf = ({ rows, ties }: Standings, units: readonly ListedUnit[] | null) =>
  membersByGroup(
    units ?? [],
    rows.map(({ result }) => result),
  ).flatMap(({ name, members }) => (members.length > 1 ? [{ name, within: standings(members, ties) }] : []));

function summary(shown: Standings, { table, whatIf }: PresentedGroup, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.group;
  const percent = (x: Standings['mean']) => (x ? numbers.about(x, 'percent') : '?');
  const change = (key: 'mean' | 'median') =>
    whatIf ? `${percent(table[key])} → ${percent(shown[key])}` : percent(shown[key]);
  const moved = whatIf?.moves.filter((m) => m.places !== null && m.places !== 0) ?? [];
  const names = (gained: boolean) =>
    moved
      .filter((m) => m.places! > 0 === gained)
      .sort((p, q) => Math.abs(q.places!) - Math.abs(p.places!))
      .map((m) => `${m.after.unit} (${numbers.signedNumber(m.places!, 0)})`)
      .join(', ');
  const unranked = shown.rows.flatMap((r) => (r.best === null ? [r.result.unit] : []));
  const { known } = shown;
  const open = shown.rows.filter((r) => r.best !== null && !r.index).map((r) => r.result.unit);
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
      known > 0 && open.length > 0 && { label: '', text: say.ofKnown(known, open.join(', ')) },
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
function criteriaTable(criteria: readonly CriterionOfGroup[], messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.rank.criteria;
  const when = criteria.some((c) => c.without.rank !== null);
  const number = (x: number | null) => (x === null ? '–' : numbers.number(x, 2));
  const percent = (x: number | null) => (x === null ? '–' : numbers.percent(x));
  const fields: ViewField<CriterionOfGroup>[] = [
    ...criterionFields((c: CriterionOfGroup) => c.criterion, messages),
    { key: 'full', title: say.full, align: 'right', text: (c) => percent(c.full) },
    { key: 'spread', title: say.spread, align: 'right', text: (c) => number(c.spread) },
    { key: 'withTotal', title: say.withTotal, align: 'right', text: (c) => number(c.withTotal) },
    { key: 'withRest', title: say.withRest, align: 'right', text: (c) => number(c.withRest) },
    { key: 'first', title: say.first, align: 'right', text: (c) => number(c.firstMean) },
    { key: 'behind', title: say.behind, align: 'right', text: (c) => number(c.behind), when },
    { key: 'changed', title: say.changed, align: 'right', text: (c) => String(c.without.changed) },
    { key: 'rank', title: say.rank, align: 'right', text: (c) => String(c.without.rank ?? '–'), when },
  ];
  return tableOf(fields, criteria, { title: say.title });
}
