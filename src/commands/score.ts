import { biggestLever } from '../analysis/gain.js';
import type { Rank } from '../ranking/place.js';
import { endsOf, leagueScore, placeAmong, placeResult } from '../ranking/standings.js';
import type { Reading } from '../reading/reading.js';
import { answerOf, leverFacts, rankFact, scoredUnits, scoreFact } from '../render/answer.js';
import { dataOf, tableOf, type ViewField } from '../render/field.js';
import {
  type Block,
  type DataRows,
  type Fact,
  factsOf,
  LazyList,
  listOf,
  type Presentation,
  type Row,
  type Table,
  textOf,
} from '../render/presentation.js';
import { criterionJson, fractionJson, pointsJson, readingJson } from '../render/result-json.js';
import {
  assumptionRows,
  basisText,
  conditionText,
  givenText,
  indexText,
  lossText,
  ownerText,
  provenanceMark,
  rankFacts,
  rankText,
  restsOn,
  ruleText,
  scoreCell,
  scoreText,
} from '../render/words.js';
import type { CriterionResult, ReadingResult, Subtotal } from '../scoring/result.js';
import { anyApplies, score } from '../scoring/score.js';
import { gradeOf } from '../scoring/totals.js';
import type { Messages } from '../text/index.js';
import { HUNDRED } from '../values/fraction.js';
import type { ProvenanceKind } from '../values/provenance.js';
import { findSameUnit, repeatedUnits } from '../values/unit.js';
import type { Command } from './shared/command.js';
import { readingOptions, shared } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [...readingOptions, shared.league, shared.ties],
  examples: [
    'cchc score fixtures/nhu-xuan-2022.yaml',
    'cchc score fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml',
    'cchc score xa-*.yaml --format csv --output bang-diem.csv',
  ],
  async run(call) {
    const opened = await call.readings();
    const league = await call.league();
    call.settle();
    const results = opened.map(({ reading, catalogue }) => score(reading, catalogue));
    // A rank without a score is of the unit's reading of that year.
    const ofYear = results.filter((r) => r.year === league?.year);
    const inLeague = (result: ReadingResult) => {
      const ranked = result.year === league?.year ? result : findSameUnit(ofYear, result);
      const rivals = call.rivals(league, result, ranked ?? result);
      return rivals && placeResult(rivals, result);
    };
    const ranked = league ? 'in_league' : rankedAs(results);
    const ranks = ranked === 'together' ? placeAmong(results, call.ties() ?? 'min') : results.map(inLeague);
    call.settle();
    const scored = results.map((result, i) => ({ reading: opened[i]!.reading, result, rank: ranks[i]! }));
    return { presentation: presentScore(scored, ranked, call.messages) };
  },
};

/** One reading's result and its place, if a league is given. */
export interface ScoredReading {
  reading: Reading;
  result: ReadingResult;
  rank: Rank | null;
}

type Ranked = 'together' | 'in_league' | 'years' | 'twice';

/** Whether readings are a group to be ranked: of one year, and each of another unit. */
function rankedAs(results: readonly ReadingResult[]): Ranked {
  if (results.some(({ year }) => year !== results[0]!.year)) return 'years';
  return results.length < 2 || repeatedUnits(results).length > 0 ? 'twice' : 'together';
}

/** The score card of one reading, or a list of several, best first. */
function presentScore(scored: readonly ScoredReading[], ranked: Ranked, messages: Messages): Presentation {
  // Made when a format asks for them: most runs want a card to look at.
  return {
    get json() {
      return scoreJson(scored);
    },
    get blocks() {
      return scored.length === 1 ? card(scored[0]!, messages) : listing(scored, ranked, messages);
    },
    data: criteriaData(scored, messages),
  };
}

function scoreJson(scored: readonly ScoredReading[]) {
  const catalogueOf = ({ result: { catalogue } }: ScoredReading) => ({
    id: catalogue.id,
    year: catalogue.year,
  });
  return {
    schema: 'cchc/score@1',
    catalogue: catalogueOf(scored[0]!),
    readings: new LazyList(scored.length, (i) => {
      const one = scored[i]!;
      return { ...readingJson(one.result, one.rank), catalogue: catalogueOf(one) };
    }),
  };
}

function card({ reading, result, rank }: ScoredReading, messages: Messages): Block[] {
  const { numbers, labels } = messages;
  return [
    answerOf(`${result.unit} · ${result.year}`, [
      scoreFact(result, messages),
      rankFact(rank, result, messages),
      ...leverFacts(biggestLever(reading, result), result, messages),
    ]),
    { kind: 'heading', text: numbers.pick(result.catalogue.name) },
    criteriaTable(result, messages),
    textOf(labels.score.legend, 'dim'),
    ownersTable(result, messages),
    factsOf([...totalFacts(result, messages), rank && rankFacts(rank, messages)], labels.score.summary),
  ];
}

/** A line of the card: a criterion with its row, or the sum of several. */
interface CardLine extends Pick<Subtotal, 'points' | 'deduction' | 'max'> {
  role?: Row['role'];
  row?: CriterionResult;
  id: string;
  name: string;
  provenance?: ProvenanceKind;
}

function criteriaTable(result: ReadingResult, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals, notListed } = result.catalogue;
  const points = (p: number | null) => numbers.points(p, decimals);
  // A field is a heading too: what is not known of it is left out, and sums of what lies outside the scale or applies to nobody.
  const left = (l: CardLine, p: number | null) => l.role === 'group' && (p === null || l.max === 0);
  const fields: ViewField<CardLine>[] = [
    { key: 'id', text: (l) => l.id },
    { key: 'criterion', flexible: true, text: (l) => l.name },
    {
      key: 'value',
      flexible: true,
      text: ({ row }) => row && givenText(row, messages),
      tone: ({ row }) => (row?.value ? 'plain' : 'dim'),
    },
    {
      key: 'rule',
      flexible: true,
      text: ({ row }) => row && ruleText(row.criterion, decimals, messages),
      tone: () => 'dim',
    },
    {
      key: 'pointsOfMax',
      align: 'right',
      text: (l) => {
        if (l.row?.status === 'not_applicable') return '–';
        return left(l, l.points) ? null : `${points(l.points)}/${points(l.max)}`;
      },
    },
    {
      key: 'deduction',
      align: 'decimal',
      text: (l) => (left(l, l.deduction) ? null : points(l.deduction)),
      tone: ({ row }) => (row?.deduction && row.deduction > 0 ? 'bad' : undefined),
    },
    {
      key: 'mark',
      title: ' ',
      text: (l) => l.provenance && provenanceMark(l.provenance),
      tone: (l) => l.row && 'warn',
    },
  ];
  const lineOf = (row: CriterionResult): CardLine => {
    const { criterion, points, deduction, max, provenance } = row;
    return { row, id: criterion.id, name: numbers.pick(criterion.name), points, deduction, max, provenance };
  };
  const { score, deduction, applicableMax } = result.total;
  const lines = listOf<CardLine>([
    result.fields.flatMap((f): CardLine[] => [
      { ...f, role: 'group', id: f.field.id, name: `${'  '.repeat(f.depth)}${numbers.pick(f.field.name)}` },
      ...result.criteria.filter((c) => c.criterion.field === f.field.id).map(lineOf),
    ]),
    notListed && {
      role: 'group',
      id: '',
      name: numbers.pick(notListed.name),
      points: notListed.max,
      deduction: 0,
      max: notListed.max,
      provenance: notListed.provenance.kind,
    },
    { role: 'total', id: '', name: labels.score.total, points: score, deduction, max: applicableMax },
  ]);
  return tableOf(fields, lines, { titles: labels.columns, role: (l) => l.role });
}

function ownersTable(result: ReadingResult, messages: Messages): Table {
  const { labels } = messages;
  const { catalogue } = result;
  const worstFirst = [...result.owners].sort((p, q) => q.max - q.best - (p.max - p.best));
  const fields: ViewField<ReadingResult['owners'][number]>[] = [
    { key: 'owner', flexible: true, text: (o) => ownerText(catalogue, o.owner, messages) },
    { key: 'deduction', align: 'decimal', text: (o) => lossText(o, catalogue.decimals, messages) },
    { key: 'criteria', flexible: true, text: (o) => o.criteria.join(', ') },
  ];
  return tableOf(fields, worstFirst, { titles: labels.columns, title: labels.score.byOwner });
}

/** Score, loss, index and what they rest on. */
function totalFacts(result: ReadingResult, words: Messages): Fact[] {
  const { labels, numbers } = words;
  const say = labels.score;
  const { total, catalogue } = result;
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const unknown = result.criteria.filter((c) => c.status === 'unknown').map((c) => c.criterion.id);
  return listOf<Fact>([
    {
      label: say.score,
      text:
        total.score === null
          ? scoreText(result, words)
          : say.ofMax(points(total.score), points(total.applicableMax)),
    },
    total.adjustment !== null && {
      label: say.adjustment,
      text: numbers.signed(total.adjustment, catalogue.decimals),
    },
    total.deduction === null
      ? { label: '', text: say.unknowns(unknown.join(', ')) }
      : { label: say.deduction, text: points(total.deduction) },
    total.index && { label: labels.columns.index, text: numbers.index(total.index) },
    !anyApplies(result.criteria) && { label: labels.columns.index, text: `– (${say.noneApplies})` },
    { label: say.basis, text: basisText(result, words) },
    bandFacts(result, words),
  ]);
}

/** The band, and what the next one needs. */
function bandFacts(result: ReadingResult, words: Messages): Fact[] {
  const { labels, numbers } = words;
  const say = labels.group;
  const grade = gradeOf(result);
  if (!grade) return [];
  const { band, next } = grade;
  const rows = [{ label: say.band, text: band ? numbers.pick(band.name) : say.belowBands }];
  if (!next) return rows;
  const name = numbers.pick(next.band.name);
  const needs = listOf<string>([
    next.points > 0 && say.nextBand(name, numbers.points(next.points, result.catalogue.decimals)),
    next.failed.map((f) => say.bandFails(name, conditionText(f, result, words))),
  ]);
  return [...rows, { label: say.next, text: needs.join('; ') }];
}

/** Where a unit stands in the list: one without an index comes last. */
const place = ({ result, rank }: ScoredReading, side: 'best' | 'worst') =>
  rank?.[side] ?? (anyApplies(result.criteria) ? 0 : Number.POSITIVE_INFINITY);

/** The highest score first: in a league each is placed among the others as published, whatever these score here. */
function byScore(p: ScoredReading, q: ScoredReading): number {
  const [one, other] = [leagueScore(p.result, HUNDRED), leagueScore(q.result, HUNDRED)];
  const applies = Number(anyApplies(q.result.criteria)) - Number(anyApplies(p.result.criteria));
  return applies || other.best.compare(one.best) || other.worst.compare(one.worst);
}

function listing(scored: readonly ScoredReading[], ranked: Ranked, messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const isRanked = ranked === 'together' || ranked === 'in_league';
  const ordered = [...scored].sort(
    ranked === 'in_league'
      ? byScore
      : isRanked
        ? (p, q) => place(p, 'best') - place(q, 'best') || place(p, 'worst') - place(q, 'worst')
        : (p, q) => p.result.year - q.result.year,
  );
  // A unit to which nothing applies is not placed, so it is not the last one.
  const placed = ordered.filter(({ result }) => anyApplies(result.criteria));
  const last = placed.at(-1) ?? ordered.at(-1)!;
  const { unit } = last.result;
  const [lever, ...next] = leverFacts(biggestLever(last.reading, last.result), last.result, messages);
  const ends = endsOf(ordered.map(({ result }) => result));
  const titles =
    ranked === 'together'
      ? [labels.group.first, labels.group.last]
      : [labels.score.highest, labels.score.lowest];
  const shownRank = ({ result, rank }: ScoredReading) => {
    if (!rank) return anyApplies(result.criteria) ? '' : '–';
    return rank.rank !== null && rank.method === 'exact' ? String(rank.rank) : rankText(rank, messages);
  };
  const marked = ordered.some(({ result }) => restsOn(result) !== 'stated');
  const fields: ViewField<ScoredReading>[] = [
    { key: 'rank', when: isRanked, align: 'right', text: shownRank },
    { key: 'unit', flexible: true, text: ({ result }) => result.unit },
    { key: 'year', align: 'right', text: ({ result }) => String(result.year) },
    { key: 'score', align: 'decimal', text: ({ result }) => scoreCell(result, messages) },
    {
      key: 'deduction',
      align: 'decimal',
      text: ({ result: { total, catalogue } }) => numbers.points(total.deduction, catalogue.decimals),
    },
    { key: 'index', align: 'decimal', text: ({ result }) => indexText(result, messages) },
    {
      ...{ key: 'mark', title: ' ', when: marked },
      text: ({ result }) => provenanceMark(restsOn(result)),
      tone: () => 'warn',
    },
  ];
  const assumptions = new Set(scored.flatMap(({ rank }) => rank?.assumptions ?? []));
  return [
    answerOf(labels.score.several(scored.length, ranked), [
      isRanked && { label: titles[0]!, text: scoredUnits(ends.first, messages) },
      isRanked && { label: titles[1]!, text: scoredUnits(ends.last, messages) },
      { ...lever!, text: `${unit}: ${lever!.text}` },
      ...next,
    ]),
    tableOf(fields, ordered, { titles: labels.columns }),
    ...(marked ? [textOf(labels.score.legend, 'dim')] : []),
    ...(assumptions.size > 0 ? [factsOf(assumptionRows([...assumptions], messages))] : []),
  ];
}

/** For machines: each criterion of each reading, made as it is asked for. */
function criteriaData(scored: readonly ScoredReading[], { numbers }: Messages): DataRows {
  function* rows() {
    for (const { result, rank } of scored) {
      const { unit, year, total, catalogue, criteria } = result;
      const ofReading = {
        unit,
        year,
        score: pointsJson(total.score, catalogue.decimals),
        index: fractionJson(total.index, catalogue.decimals),
        rankBest: rank?.best,
        rankWorst: rank?.worst,
      };
      for (const row of criteria) {
        const { name, ...given } = criterionJson(row, catalogue.decimals);
        yield { ...given, ...ofReading, name: numbers.pick(name) };
      }
    }
  }
  const about = ['unit', 'year', 'id', 'field', 'name', 'status', 'value'] as const;
  const points = ['points', 'max', 'deduction', 'worst', 'best', 'provenance', 'owners'] as const;
  return dataOf([...about, ...points, 'score', 'index', 'rankBest', 'rankWorst'], {
    [Symbol.iterator]: rows,
  });
}

export default command;
