import { type Explanation, explain, type IndicatorOutlook } from '../analysis/explain.js';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { findCriterion } from '../catalogue/select.js';
import { openCatalogue } from '../files/catalogue.js';
import { parseEntry } from '../reading/parse.js';
import { plainValue, type Reading } from '../reading/reading.js';
import { answerOf, nextFact, reportText } from '../render/answer.js';
import { tableOf, type ViewField, valuesOf } from '../render/field.js';
import { bar, plotLine } from '../render/plot.js';
import {
  type Block,
  type Fact,
  factsOf,
  listOf,
  type Presentation,
  pictureOf,
  type Table,
} from '../render/presentation.js';
import { criterionJson, definitionJson, pointsJson } from '../render/result-json.js';
import {
  entryText,
  impliedText,
  numberText,
  ownersText,
  pointsText,
  provenanceText,
  quantityOf,
  requiredText,
  ruleText,
  scopeFacts,
  valueText,
} from '../render/words.js';
import type { Slice } from '../rules/apply.js';
import type { CriterionResult } from '../scoring/result.js';
import { pointsAddUp } from '../scoring/totals.js';
import type { Messages } from '../text/index.js';
import { readAnswer } from '../values/answer.js';
import { error } from '../values/diagnostic.js';
import { toNumber } from '../values/fraction.js';
import { pointsToNumber } from '../values/points.js';
import type { Bilingual } from '../values/scalars.js';
import { DEFAULT_CATALOGUE } from './criteria.js';
import type { Call } from './shared/call.js';
import type { Command } from './shared/command.js';
import { readingOptions } from './shared/options.js';

const command: Command = {
  arguments: [
    { name: 'id', syntax: '<id>' },
    { name: 'readings', syntax: '[file...]' },
  ],
  options: readingOptions,
  examples: ['cchc explain 7.3.2', 'cchc explain 7.3.2 fixtures/nhu-xuan-2022.yaml'],
  async run(call) {
    const [id, ...files] = call.args;
    if (files.length > 0)
      return call.eachReading(files, async ({ catalogue, reading }) => ({
        presentation: explained(call, id!, catalogue, reading),
      }));
    const [catalogue] = call.need(await openCatalogue(call.text('catalogue') ?? DEFAULT_CATALOGUE));
    return { presentation: explained(call, id!, catalogue, null) };
  },
};

function explained(call: Call, id: string, catalogue: Catalogue, reading: Reading | null): Presentation {
  const criterion = findCriterion(catalogue, id);
  if (!('id' in criterion))
    return call.refuse(error('unknown-criterion', { value: id, suggestion: criterion.suggestion }));
  return presentExplanation(explain(catalogue, criterion, reading), call.messages);
}

/** One criterion explained: rule, picture, sources, and what a reading gets. */
export function presentExplanation(explanation: Explanation, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const { catalogue, criterion, row, reading } = explanation;
  const say = labels.explain;
  const text = (label: string, words: Bilingual | null) => words && { label, text: numbers.pick(words) };
  const owners = (ids: readonly string[]) => ownersText(ids, catalogue, messages);
  const field = catalogue.fields.find((f) => f.id === criterion.field)!;
  const ruleNumbers = numberFields(catalogue, criterion, messages);
  const blocks = listOf<Block>([
    answer(explanation, messages),
    factsOf([
      { label: labels.columns.field, text: `${field.id} ${numbers.pick(field.name)}` },
      text(say.indicator, criterion.indicator),
      { label: labels.columns.max, text: numbers.points(criterion.max, catalogue.decimals) },
      { label: labels.columns.rule, text: ruleText(criterion, catalogue.decimals, messages) },
      text(say.requirement, criterion.requirement),
      ...scopeFacts(criterion, catalogue, messages),
      text(say.limitation, criterion.limitation),
      text(say.action, criterion.action),
      text(say.evidence, criterion.evidence),
      text(say.exemption, criterion.exemption),
      { label: say.owners, text: owners(criterion.owners) },
      criterion.trackedBy.length > 0 && { label: say.tracked, text: owners(criterion.trackedBy) },
    ]),
    explanation.outlook.map((o) => picture(o, catalogue, messages)),
    row && reading && factsOf(readingFacts(explanation, messages), say.reading(reading.unit, reading.year)),
    criterion.examples.length > 0 && examplesTable(catalogue, criterion, messages),
    tableOf(ruleNumbers, criterion.numbers, { title: labels.explain.source, titles: labels.columns }),
  ]);
  const data = valuesOf(ruleNumbers, criterion.numbers);
  return { json: explanationJson(explanation, messages), blocks, data };
}

/** What the reading gets, the next threshold, and what repairs it; without a reading, the rule. */
function answer(explanation: Explanation, messages: Messages): Block {
  const { labels, numbers } = messages;
  const { catalogue, criterion, row, reading } = explanation;
  const say = labels.explain;
  const owners = ownersText(criterion.owners, catalogue, messages);
  const rule = { label: labels.columns.rule, text: ruleText(criterion, catalogue.decimals, messages) };
  const max = { label: labels.columns.max, text: numbers.points(criterion.max, catalogue.decimals) };
  const title = `${criterion.id} ${numbers.pick(criterion.name)}`;
  if (!row || !reading) {
    const next = { label: labels.answer.next, text: labels.answer.noReading(criterion.id) };
    return answerOf(title, [rule, max, { label: say.owners, text: owners }, next]);
  }
  const [gets] = readingFacts(explanation, messages);
  const [threshold] = listOf(explanation.outlook.map((o) => thresholdFact(o, explanation, messages)));
  const unmet =
    row.status === 'unknown' ? reportText(row, catalogue, messages) : unmetText(explanation, messages);
  const next =
    unmet === null
      ? nextFact(owners, `${criterion.id} → ${fixText(explanation, messages)}`, messages)
      : { label: labels.answer.next, text: unmet };
  return answerOf(`${title} · ${reading.unit} · ${reading.year}`, [
    gets,
    rule,
    threshold,
    // Where nothing gains, the threshold has said so.
    explanation.fix && next,
  ]);
}

/** Points along an indicator, the others held; while these are unknown, what the indicator earns by itself. */
function picture(outlook: IndicatorOutlook, catalogue: Catalogue, messages: Messages): Block {
  const { labels, numbers } = messages;
  const { input } = outlook;
  const alone: Slice =
    input.form === 'table' ? input : { form: 'line', line: input.line, range: input.domain };
  const slice = outlook.slice ?? alone;
  const about = listOf<string>([
    input.name && numbers.pick(input.name),
    !outlook.slice && labels.explain.partAlone,
  ]);
  const title = `${labels.explain.plot}${about.length > 0 ? ` (${about.join('; ')})` : ''}`;
  if (slice.form === 'table') {
    const points = slice.levels.map((l) => toNumber(l.points));
    const most = Math.max(...points, 1e-9);
    const widest = Math.max(...slice.levels.map((l) => numbers.pick(l.level).length));
    const lines = slice.levels.map(
      (l, i) =>
        `${numbers.pick(l.level).padEnd(widest)}  ${bar(points[i]! / most, 20).padEnd(20)}  ${numbers.number(l.points, catalogue.decimals)}`,
    );
    return pictureOf(title, lines);
  }
  const lines = plotLine(slice.line, slice.range, {
    x: (x) => numbers.value(x, quantityOf(input)),
    y: (y) => numbers.number(y, catalogue.decimals),
    mark: outlook.at,
  });
  return pictureOf(title, lines);
}

function readingFacts(explanation: Explanation, messages: Messages): Fact[] {
  const { labels, numbers } = messages;
  const { catalogue, criterion, row, outlook } = explanation;
  const say = labels.explain;
  if (!row) return [];
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const why = (): string => {
    switch (row.status) {
      case 'deducted':
        return say.because.deducted(points(row.deduction!));
      case 'exempt': {
        // A plain yes names no document.
        const document = row.entry?.exempt;
        return document && readAnswer(document) === 'text'
          ? say.because.exempt(document)
          : labels.status.exempt;
      }
      case 'scored':
        return say.because.scored(valueText(criterion, row.value!, messages));
      case 'condition_failed':
        return say.because.condition_failed(row.condition?.criterion ?? '');
      case 'unknown':
        if (!row.value) return say.because.unknown;
        return row.condition?.met === null
          ? say.because.conditionOpen(row.condition.criterion)
          : say.because.unheld;
      default:
        return say.because[row.status];
    }
  };
  const gets =
    row.points === null
      ? pointsText(null, [row.worst, row.best], catalogue.decimals, messages)
      : `${points(row.points)}/${points(row.max)}`;
  const note = row.entry?.note;
  const implied = impliedText(row, messages, true);
  return listOf<Fact>([
    { label: say.gets, text: `${gets}: ${why()}` },
    note && { label: say.note, text: numbers.pick(note) },
    implied && { label: say.implied, text: say.impliedNote(implied) },
    ...outlook.flatMap((o) => [
      thresholdFact(o, explanation, messages),
      marginalFact(o, explanation, messages),
    ]),
    explanation.fix && { label: say.fix, text: fixText(explanation, messages) },
  ]);
}

/** What repairs the criterion in full, and the points that the score gains. */
function fixText({ fix, row, criterion, catalogue }: Explanation, messages: Messages): string {
  const { numbers, labels } = messages;
  if (!fix) return '';
  const what = entryText(row?.criterion ?? criterion, fix.entry, messages);
  const { points } = fix.gain;
  if (points === null) return what;
  const gain = numbers.signed(points, catalogue.decimals);
  // Under a cap, a weight or a limit the score gains other points than the criterion.
  const own = pointsAddUp(catalogue, new Set([criterion.id]));
  return `${what} (${own ? gain : labels.explain.toScore(gain)})`;
}

/** What the criterion requires of another and is not so, before which no value of it gains; null where nothing is. */
function unmetText({ catalogue, row, criterion }: Explanation, messages: Messages): string | null {
  if (row?.status !== 'condition_failed') return null;
  const failed = criterion.requires.find((r) => r.criterion === row.condition?.criterion);
  return failed ? requiredText(failed, catalogue, messages) : null;
}

/** Whether the reading's points move along an indicator, the others held. */
const moves = (o: IndicatorOutlook, row: CriterionResult): boolean =>
  o.slice !== null && !o.leftOut && row.status !== 'exempt' && row.status !== 'not_applicable';

/** The next value or level of an indicator that gains points, or that none does. */
function thresholdFact(o: IndicatorOutlook, explanation: Explanation, messages: Messages): Fact | null {
  const { labels, numbers } = messages;
  const say = labels.explain;
  const { catalogue, row, criterion } = explanation;
  if (!row || row.points === null || !moves(o, row)) return null;
  const now = row.points;
  const label = o.input.name ? `${say.next} (${numbers.pick(o.input.name)})` : say.next;
  const unmet = unmetText(explanation, messages);
  if (unmet !== null) return { label, text: say.nextUnmet(unmet) };
  if (!o.next) {
    const none = now < criterion.max || criterion.compiled.inputs.length === 1;
    return none ? { label, text: say.nextNone } : null;
  }
  const points = numbers.points(o.next.points, catalogue.decimals);
  const gain = numbers.signed(o.next.points - now, catalogue.decimals);
  if (o.next.form === 'level')
    return { label, text: say.nextLevel(numbers.pick(o.next.level.level), points, gain) };
  const line = !o.next.beyond ? say.nextUp : o.next.direction === 'up' ? say.nextAbove : say.nextBelow;
  return { label, text: line(numbers.value(o.next.value, quantityOf(o.input)), points, gain) };
}

/** What one more unit of an indicator brings. */
function marginalFact(o: IndicatorOutlook, explanation: Explanation, messages: Messages): Fact | null {
  const say = messages.labels.explain;
  const { catalogue, row } = explanation;
  if (!row || row.points === null || !moves(o, row) || !o.marginal) return null;
  if (unmetText(explanation, messages) !== null) return null;
  const quantity = quantityOf(o.input);
  return {
    label: say.marginal[quantity === 'number' ? 'count' : quantity],
    text: say.marginalGain(messages.numbers.points(o.marginal, catalogue.decimals)),
  };
}

/** What an example gives: its value as people write it, and what it is held against. */
function exampleText(catalogue: Catalogue, criterion: Criterion, given: unknown, messages: Messages): string {
  const { labels, numbers } = messages;
  const { entry } = parseEntry(given, criterion, catalogue.decimals, [], catalogue.year);
  const plain = (x: unknown): string => {
    if (Array.isArray(x)) return x.map(plain).join(', ');
    if (typeof x === 'object' && x !== null)
      return Object.entries(x)
        .map(([key, one]) => `${key}: ${plain(one)}`)
        .join(', ');
    return typeof x === 'number' ? numbers.number(x) : String(x);
  };
  const against = Object.entries(labels.explain.heldAgainst).flatMap(([key, label]) => {
    const x =
      typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[key] : undefined;
    return x === undefined ? [] : [`${label} ${plain(x)}`];
  });
  return [entry ? entryText(criterion, entry, messages) : plain(given), ...against].join('; ');
}

/** Values with the points that the office says they earn, and why. */
function examplesTable(catalogue: Catalogue, criterion: Criterion, messages: Messages): Table {
  const { labels, numbers } = messages;
  const fields: ViewField<Criterion['examples'][number]>[] = [
    { key: 'value', flexible: true, text: (e) => exampleText(catalogue, criterion, e.entry, messages) },
    {
      key: 'points',
      align: 'decimal',
      text: ({ points }) =>
        points === 'not_applicable'
          ? labels.status.not_applicable
          : numbers.points(points, catalogue.decimals),
    },
    {
      key: 'because',
      title: labels.explain.why,
      flexible: true,
      text: (e) => (e.because ? numbers.pick(e.because) : ''),
    },
  ];
  return tableOf(fields, criterion.examples, { title: labels.explain.examples, titles: labels.columns });
}

/** A rule's numbers, and where each comes from. */
function numberFields(
  catalogue: Catalogue,
  criterion: Criterion,
  messages: Messages,
): ViewField<Criterion['numbers'][number]>[] {
  const { labels, numbers } = messages;
  return [
    { key: 'number', text: (n) => numberText(n.what, criterion.rule, messages), value: (n) => n.what },
    { key: 'value', align: 'decimal', text: (n) => numbers.number(n.value), value: (n) => toNumber(n.value) },
    {
      key: 'provenance',
      title: labels.columns.basis,
      flexible: true,
      text: (n) => provenanceText(n.provenance, catalogue, messages),
      tone: (n) => (n.provenance.kind === 'stated' ? 'plain' : 'warn'),
    },
  ];
}

function explanationJson(explanation: Explanation, messages: Messages) {
  const { catalogue, criterion, reading, row, outlook } = explanation;
  const { decimals } = catalogue;
  return {
    schema: 'cchc/explain@1',
    catalogue: { id: catalogue.id, year: catalogue.year },
    criterion: {
      ...definitionJson(criterion, decimals, messages),
      numbers: criterion.numbers.map((n) => ({ what: n.what, value: toNumber(n.value), ...n.provenance })),
    },
    reading:
      row && reading ? { unit: reading.unit, year: reading.year, ...criterionJson(row, decimals) } : null,
    next: row
      ? outlook.map((o) => ({
          indicator: o.input.key,
          threshold: o.next?.form === 'value' ? toNumber(o.next.value) : null,
          beyond: o.next?.form === 'value' ? o.next.beyond : null,
          level: o.next?.form === 'level' ? o.next.level.level.vi : null,
          points: o.next && pointsToNumber(o.next.points, decimals),
          marginal: pointsJson(o.marginal, decimals),
        }))
      : null,
    fix: explanation.fix && {
      exempt: explanation.fix.entry.exempt,
      value:
        explanation.fix.entry.value && plainValue(row?.criterion ?? criterion, explanation.fix.entry.value),
      gain: pointsJson(explanation.fix.gain.points, decimals),
    },
  };
}

export default command;
