import { biggestLever } from '../analysis/gain.js';
import type { Rank } from '../ranking/place.js';
import type { Reading } from '../reading/reading.js';
import { answerOf, leverFacts, rankFact, scoreFact } from '../render/answer.js';
import { type Field, tableOf } from '../render/field.js';
import {
  type Block,
  type Cell,
  type Column,
  cell,
  MadeList,
  type Presentation,
  type Row,
  type Table,
} from '../render/presentation.js';
import { criterionJson, fractionJson, pointsJson, readingJson } from '../render/result-json.js';
import {
  conditionText,
  givenText,
  indexText,
  ownerText,
  provenanceMark,
  rankFacts,
  rankText,
  ruleText,
} from '../render/words.js';
import { gradeOf } from '../scoring/bands.js';
import type { CriterionResult, ReadingResult, Subtotal } from '../scoring/result.js';
import { anyApplies } from '../scoring/score.js';
import type { Messages } from '../text/index.js';

/** One reading's result and its place, if a league is given. */
export interface ScoredReading {
  reading: Reading;
  result: ReadingResult;
  rank: Rank | null;
}

/** The score card of one reading, or a ranking of several. */
export function presentScore(scored: readonly ScoredReading[], messages: Messages): Presentation {
  const people = scored.length === 1 ? card(scored[0]!, messages) : ranking(scored, messages);
  // Made when a format asks for them: most runs want a card to look at.
  return {
    get json() {
      return scoreJson(scored);
    },
    blocks: [...people, dataTable(scored, messages)],
  };
}

function scoreJson(scored: readonly ScoredReading[]) {
  const first = scored[0]!.result.catalogue;
  return {
    schema: 'cchc/score@1',
    catalogue: { id: first.id, year: first.year },
    readings: new MadeList(scored.length, (i) => {
      const { result, rank } = scored[i]!;
      return {
        ...readingJson(result, rank),
        catalogue: { id: result.catalogue.id, year: result.catalogue.year },
      };
    }),
  };
}

const sumText = (
  sum: Subtotal,
  what: 'points' | 'deduction',
  decimals: number,
  { labels, numbers }: Messages,
) => {
  const known = sum[what];
  if (known !== null) return numbers.points(known, decimals);
  const [low, high] = what === 'points' ? [sum.worst, sum.best] : [sum.max - sum.best, sum.max - sum.worst];
  return labels.score.between(numbers.points(low, decimals), numbers.points(high, decimals));
};

function card({ reading, result, rank }: ScoredReading, messages: Messages): Block[] {
  const { numbers, labels } = messages;
  return [
    answerOf(`${result.unit} · ${result.year}`, [
      scoreFact(result, messages),
      rankFact(rank, messages),
      ...leverFacts(biggestLever(reading, result), result, messages),
    ]),
    { kind: 'heading', text: numbers.pick(result.catalogue.name) },
    criteriaTable(result, messages),
    { kind: 'text', text: labels.score.legend, tone: 'dim' },
    ownersTable(result, messages),
    {
      kind: 'facts',
      title: labels.score.summary,
      rows: [...totalFacts(result, messages), ...(rank ? rankFacts(rank, messages) : [])],
    },
  ];
}

function criteriaTable(result: ReadingResult, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals, notListed } = result.catalogue;
  const rows: Row[] = result.fields.flatMap((f) => {
    const own = result.criteria.filter((c) => c.criterion.field === f.field.id);
    const head: Row = {
      role: 'group',
      cells: [
        cell(f.field.id),
        cell(`${'  '.repeat(f.depth)}${numbers.pick(f.field.name)}`),
        cell(''),
        cell(''),
        cell(
          f.points === null ? '' : `${numbers.points(f.points, decimals)}/${numbers.points(f.max, decimals)}`,
        ),
        cell(f.deduction === null ? '' : numbers.points(f.deduction, decimals)),
        cell(''),
      ],
    };
    return [head, ...own.map((row) => ({ cells: criterionCells(row, decimals, messages) }))];
  });
  if (notListed) {
    const full = numbers.points(notListed.max, decimals);
    const mark = provenanceMark(notListed.provenance.kind);
    const texts = ['', numbers.pick(notListed.name), '', '', `${full}/${full}`, '0', mark];
    rows.push({ role: 'group', cells: texts.map((t) => cell(t)) });
  }
  rows.push({ role: 'total', cells: totalCells(result, messages) });
  return {
    kind: 'table',
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'name', title: labels.columns.criterion, flexible: true },
      { key: 'value', title: labels.columns.value, flexible: true },
      { key: 'rule', title: labels.columns.rule, flexible: true },
      { key: 'points', title: labels.columns.pointsOfMax, align: 'right' },
      { key: 'deduction', title: labels.columns.deduction, align: 'decimal' },
      { key: 'mark', title: ' ' },
    ],
    rows,
  };
}

function criterionCells(row: CriterionResult, decimals: number, messages: Messages): Cell[] {
  const { numbers } = messages;
  const { criterion } = row;
  const lost = row.deduction ?? 0;
  const implied = row.status === 'deducted' && !row.value;
  const points = row.points === null ? '?' : numbers.points(row.points, decimals);
  return [
    cell(criterion.id),
    cell(numbers.pick(criterion.name)),
    cell(givenText(row, messages), null, implied || !row.value ? 'dim' : 'plain'),
    cell(ruleText(criterion, decimals, messages), null, 'dim'),
    cell(row.status === 'not_applicable' ? '–' : `${points}/${numbers.points(row.max, decimals)}`),
    cell(
      row.deduction === null ? '?' : numbers.points(row.deduction, decimals),
      null,
      lost > 0 ? 'bad' : 'plain',
    ),
    cell(provenanceMark(row.provenance), null, 'warn'),
  ];
}

function totalCells(result: ReadingResult, messages: Messages): Cell[] {
  const { numbers, labels } = messages;
  const { total, catalogue } = result;
  const points = (p: number | null) => (p === null ? '?' : numbers.points(p, catalogue.decimals));
  const score = `${points(total.score)}/${points(total.applicableMax)}`;
  return ['', labels.score.total, '', '', score, points(total.deduction), ''].map((t) => cell(t));
}

function ownersTable(result: ReadingResult, messages: Messages): Table {
  const { labels } = messages;
  const { decimals } = result.catalogue;
  const worstFirst = [...result.owners].sort((p, q) => q.max - q.best - (p.max - p.best));
  return {
    kind: 'table',
    title: labels.score.byOwner,
    columns: [
      { key: 'owner', title: labels.columns.owner, flexible: true },
      { key: 'deduction', title: labels.columns.deduction, align: 'decimal' },
      { key: 'criteria', title: labels.columns.criteria, flexible: true },
    ],
    rows: worstFirst.map((o) => ({
      cells: [
        cell(ownerText(result.catalogue, o.owner, messages)),
        cell(sumText(o, 'deduction', decimals, messages)),
        cell(o.criteria.join(', ')),
      ],
    })),
  };
}

/** Score, loss, index and what they rest on. */
function totalFacts(result: ReadingResult, words: Messages): { label: string; text: string }[] {
  const { labels, numbers } = words;
  const { total, catalogue, basis } = result;
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const max = points(total.applicableMax);
  const score =
    total.score === null
      ? labels.score.between(points(total.worst), points(total.best))
      : labels.score.ofMax(points(total.score), max);
  const rows = [{ label: labels.score.score, text: score }];
  if (total.adjustment !== null)
    rows.push({ label: labels.score.adjustment, text: numbers.signed(total.adjustment, catalogue.decimals) });
  if (total.deduction !== null) rows.push({ label: labels.score.deduction, text: points(total.deduction) });
  else {
    const ids = result.criteria.filter((c) => c.status === 'unknown').map((c) => c.criterion.id);
    rows.push({ label: '', text: labels.score.unknowns(ids.join(', ')) });
  }
  if (total.index) rows.push({ label: labels.score.index, text: numbers.value(total.index, 'percent') });
  else if (!anyApplies(result.criteria))
    rows.push({ label: labels.score.index, text: `– (${labels.score.noneApplies})` });
  const text = labels.score.basisParts(points(basis.stated), points(basis.inferred), points(basis.assumed));
  rows.push({ label: labels.score.basis, text });
  const grade = gradeOf(result);
  if (grade) {
    const name = grade.band ? numbers.pick(grade.band.name) : labels.group.belowBands;
    rows.push({ label: labels.group.band, text: name });
    if (grade.next) {
      const { band, points: more, failed } = grade.next;
      const needs = more > 0 ? [labels.group.nextBand(numbers.pick(band.name), points(more))] : [];
      const fails = failed.map((f) =>
        labels.group.bandFails(numbers.pick(band.name), conditionText(f, result, words)),
      );
      rows.push({ label: labels.group.next, text: [...needs, ...fails].join('; ') });
    }
  }
  return rows;
}

/** Where a unit stands in the list: one without an index comes last. */
const place = ({ result, rank }: ScoredReading, side: 'best' | 'worst') =>
  rank?.[side] ?? (anyApplies(result.criteria) ? 0 : Number.POSITIVE_INFINITY);

function ranking(scored: readonly ScoredReading[], messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const ordered = [...scored].sort(
    (p, q) => place(p, 'best') - place(q, 'best') || place(p, 'worst') - place(q, 'worst'),
  );
  const last = ordered.at(-1)!;
  const { unit } = last.result;
  const [lever, ...next] = leverFacts(biggestLever(last.reading, last.result), last.result, messages);
  const named = ({ result }: ScoredReading) =>
    labels.group.standing(result.unit, totalText(result, messages));
  const shownRank = ({ result, rank }: ScoredReading) => {
    if (!rank) return anyApplies(result.criteria) ? '' : '–';
    return rank.rank !== null && rank.method === 'exact' ? String(rank.rank) : rankText(rank, messages);
  };
  const fields: Field<ScoredReading>[] = [
    { key: 'rank', title: labels.columns.rank, align: 'right', text: shownRank },
    { key: 'unit', title: labels.columns.unit, flexible: true, text: ({ result }) => result.unit },
    { key: 'year', title: labels.columns.year, align: 'right', text: ({ result }) => String(result.year) },
    {
      key: 'score',
      title: labels.columns.score,
      align: 'decimal',
      text: ({ result }) => totalText(result, messages),
    },
    {
      key: 'deduction',
      title: labels.columns.deduction,
      align: 'decimal',
      text: ({ result: { total, catalogue } }) =>
        total.deduction === null ? '?' : numbers.points(total.deduction, catalogue.decimals),
    },
    {
      key: 'index',
      title: labels.columns.index,
      align: 'decimal',
      text: ({ result }) => indexText(result, messages),
    },
  ];
  return [
    answerOf(labels.score.units(scored.length), [
      { label: labels.group.first, text: named(ordered[0]!) },
      { label: labels.group.last, text: named(last) },
      { ...lever!, text: `${unit}: ${lever!.text}` },
      ...next,
    ]),
    tableOf(fields, ordered),
  ];
}

/** A score, or the range that it is while values are unknown, for a column of a table. */
function totalText({ total, catalogue }: ReadingResult, { numbers }: Messages): string {
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  return total.score === null ? `${points(total.worst)}–${points(total.best)}` : points(total.score);
}

const DATA_KEYS = [
  'unit',
  'year',
  'id',
  'field',
  'name',
  'status',
  'value',
  'points',
  'max',
  'deduction',
  'worst',
  'best',
  'provenance',
  'owners',
  'score',
  'index',
  'rank_best',
  'rank_worst',
];

function dataTable(scored: readonly ScoredReading[], messages: Messages): Table {
  const columns: Column[] = DATA_KEYS.map((key) => ({ key, title: key }));
  return {
    kind: 'table',
    columns,
    get rows() {
      return [...dataRows(scored, messages)];
    },
    eachRow: () => dataRows(scored, messages),
    data: true,
    machineOnly: true,
  };
}

function* dataRows(scored: readonly ScoredReading[], { numbers }: Messages): Iterable<Row> {
  for (const { result, rank } of scored) {
    const { decimals } = result.catalogue;
    for (const row of result.criteria) {
      const c = criterionJson(row, decimals);
      const value = c.value !== null && typeof c.value === 'object' ? JSON.stringify(c.value) : c.value;
      const values: Cell['value'][] = [
        result.unit,
        result.year,
        c.id,
        c.field,
        numbers.pick(c.name),
        c.status,
        value,
        c.points,
        c.max,
        c.deduction,
        c.worst,
        c.best,
        c.provenance,
        c.owners.join('; '),
        pointsJson(result.total.score, decimals),
        fractionJson(result.total.index, decimals),
        rank?.best ?? null,
        rank?.worst ?? null,
      ];
      yield { cells: values.map((v) => cell('', v)) };
    }
  }
}
