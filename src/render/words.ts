import type { Move, Outlook, Uncertain } from '../analysis/risk/outlook.js';
import type { Catalogue, Criterion, Requires } from '../catalogue/catalogue.js';
import type { Neighbour, Rank } from '../ranking/place.js';
import type { RankAssumption } from '../ranking/rivals.js';
import type { Entry, Measured } from '../reading/reading.js';
import type { InputValue } from '../rules/apply.js';
import { deadlineOf } from '../rules/due.js';
import { ruleWords, targeted } from '../rules/index.js';
import { boundsWithin, evaluate, type Interval, type Line } from '../rules/line.js';
import type { AnyRule, Input, Quantity } from '../rules/rule.js';
import type { CriterionResult, ReadingResult, Subtotal } from '../scoring/result.js';
import { anyApplies } from '../scoring/score.js';
import type { FailedCondition } from '../scoring/totals.js';
import type { Messages, Words } from '../text/index.js';
import { placeWords } from '../text/numbers.js';
import { parseDay, vietnameseDay } from '../values/calendar.js';
import type { Fraction } from '../values/fraction.js';
import { type Points, pointsToFraction } from '../values/points.js';
import type { Provenance, ProvenanceKind } from '../values/provenance.js';
import type { Bilingual } from '../values/scalars.js';
import { type Fact, listOf, type Some } from './presentation.js';

/** An owner's name in the reader's language. */
export function ownerText(catalogue: Catalogue, id: string, { numbers }: Words): string {
  const owner = catalogue.owners.find((o) => o.id === id);
  return owner ? numbers.pick(owner.name) : id;
}

/** The names of the owners of a criterion or an action. */
export const ownersText = (ids: readonly string[], catalogue: Catalogue, words: Words): string =>
  ids.map((id) => ownerText(catalogue, id, words)).join(', ');

/** The sign beside a number that is not stated. */
export const provenanceMark = (kind: ProvenanceKind): string =>
  ({ stated: '', inferred: '~', assumed: '*' })[kind];

/** The same by its name, with the sign. */
export const provenanceName = (kind: ProvenanceKind, { labels }: Words): string =>
  `${labels.provenance[kind]} ${provenanceMark(kind)}`.trim();

/** Where a number comes from, in the reader's words; a source by its title. */
export function provenanceText(provenance: Provenance, catalogue: Catalogue, words: Words): string {
  const { labels, numbers } = words;
  switch (provenance.kind) {
    case 'stated': {
      const source = catalogue.sources.find((s) => s.id === provenance.source);
      const title = source ? numbers.pick(source.title) : provenance.source;
      return labels.explain.stated(title, provenance.place ? numbers.pick(provenance.place) : '');
    }
    case 'inferred':
      return labels.explain.inferred(numbers.pick(provenance.working));
    case 'assumed':
      return labels.explain.assumed(numbers.pick(provenance.reason));
  }
}

/** A criterion's rule in the reader's words. */
export const ruleText = ({ rule, max }: Criterion, decimals: number, { numbers }: Words): string =>
  ruleWords(rule, pointsToFraction(max, decimals), numbers);

/** A rule's number in words: `tiers.0.at_least` is `tier 1: from`; levels and parts go by their own names. */
export function numberText(what: string, rule: AnyRule, { labels, numbers }: Words): string {
  return placeWords(what, labels, (path) => {
    const member = path.reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key],
      rule,
    ) as { level?: Bilingual; name?: Bilingual } | undefined;
    const name = member?.level ?? member?.name;
    return name ? numbers.pick(name) : null;
  });
}

/** What a scheme's index is called within a sentence, where it is another than that of the reform. */
export function indexName({ name }: Catalogue, { labels, numbers }: Words): string | null {
  const bare = numbers.pick(name).replace(/\s*\([^)]*\)$/u, '');
  return labels.report.ownIndex.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : null;
}

/** What an indicator's numbers count; plain ones, where it has levels. */
export const quantityOf = (input: Input | undefined): Quantity =>
  input?.form === 'line' ? input.quantity : 'number';

/** One indicator's value as people write it. */
export function inputText(input: Input, given: InputValue, { labels, numbers }: Words): string {
  if (given.form === 'level')
    return input.form === 'table' ? numbers.pick(input.levels[given.index]!.level) : '';
  if (given.form === 'none') return labels.noneArose;
  if (given.day !== undefined)
    return labels.dayLate(dayText(given.day, numbers), numbers.number(given.x.abs()), given.x.s < 0n);
  // Days that are no date were not given as one: the last day that is no later.
  if (input.form === 'line' && input.due) return numbers.pick(deadlineOf(input.due, given.x.valueOf()));
  return numbers.value(given.x, quantityOf(input));
}

/** A value to reach, rounded to the side where the line still gives as much. */
export function reachText(line: Line, value: Fraction, quantity: Quantity, { numbers }: Words): string {
  const more = evaluate(line, value.ceil(2)).compare(evaluate(line, value)) >= 0;
  return numbers.toReach(value, quantity, more ? 'more' : 'less');
}

/** A day as the language writes it: `18/01/2026`, or as it is kept, `2026-01-18`. */
export function dayText(iso: string, { language }: Words['numbers']): string {
  const day = parseDay(iso);
  return day && language === 'vi' ? vietnameseDay(day) : iso;
}

/** A value as people write it: `60%`, `Tốt`, `60% (600/1000)`. */
export function valueText(criterion: Criterion, measured: Measured, messages: Words): string {
  const { inputs } = criterion.compiled;
  const { numbers } = messages;
  if (inputs.length > 1) {
    return inputs
      .map(
        (input, i) =>
          `${input.name ? numbers.pick(input.name) : i}: ${inputText(input, measured.inputs[i]!, messages)}`,
      )
      .join('; ');
  }
  const text = inputText(inputs[0]!, measured.inputs[0]!, messages);
  const { ratio, counts } = measured;
  const parts = listOf<string>([
    ratio && `${numbers.number(ratio.done)}/${numbers.number(ratio.total)}`,
    counts && countsText(counts, messages),
  ]);
  return parts.length > 0 ? `${text} (${parts.join('; ')})` : text;
}

/** Named counts as people write them: `a 5, b 6`. */
const countsText = (counts: ReadonlyMap<string, Fraction>, { numbers }: Words): string =>
  [...counts].map(([key, count]) => `${key} ${numbers.number(count)}`).join(', ');

/** What an entry that is tried out says: an accepted explanation, that it does not apply, or its value. */
export function entryText(criterion: Criterion, entry: Entry, words: Words): string {
  const { labels } = words;
  if (entry.notApplicable) return labels.status.not_applicable;
  if (entry.exempt !== null) return labels.status.exempt;
  if (entry.counts) return countsText(entry.counts.given, words);
  return entry.value ? valueText(criterion, entry.value, words) : labels.status.unknown;
}

/** What units are raised to, an indicator each: `7.3.2 ≥ 85%`, `5.4.3 ≤ 0` where less is better, `7.6.1 = Tốt`. */
export function raisedTexts(
  changes: ReadonlyMap<string, Entry>,
  { criteria }: Catalogue,
  words: Words,
): string[] {
  return criteria.flatMap((criterion) => {
    const entry = changes.get(criterion.id);
    if (!entry) return [];
    const values = entry.value?.inputs ?? entry.inputs;
    if (!values) return [`${criterion.id} = ${entryText(criterion, entry, words)}`];
    return criterion.compiled.inputs.flatMap((input, i) => {
      const given = values[i];
      if (!given) return [];
      const id = input.key === null ? criterion.id : `${criterion.id}.${input.key}`;
      return [`${id} ${raisedSign(criterion, input, given)} ${inputText(input, given, words)}`];
    });
  });
}

/** Which values do as well as the one given, by the rule: those above it, those below it, or none but it. */
function raisedSign({ rule }: Criterion, input: Input, given: InputValue): '≥' | '≤' | '=' {
  if (input.form !== 'line' || given.form !== 'number' || input.against) return '=';
  const aimed = targeted(rule);
  if (aimed && aimed.key === input.key) return '≥';
  const { line, range } = input;
  const worth = evaluate(line, given.x);
  const above = boundsWithin(line, { ...range, lo: given.x, loOpen: false });
  const below = boundsWithin(line, { ...range, hi: given.x, hiOpen: false });
  const holds = (side: typeof above) => side.min.compare(worth) >= 0;
  // Where nothing earns less, the side that earns more is meant.
  const more = holds(above) && holds(below) ? above.max.compare(below.max) : 0;
  if (more > 0 || (holds(above) && !holds(below))) return '≥';
  return more < 0 || (holds(below) && !holds(above)) ? '≤' : '=';
}

/** The value a published deduction implies: about a point on a slope, else an interval or levels. */
export function impliedText(row: CriterionResult, messages: Words, exactly: boolean): string | null {
  const { implied, criterion } = row;
  const { numbers } = messages;
  if (!implied) return null;
  if (implied.form === 'none') return messages.labels.explain.impliedNone;
  if (implied.form === 'levels') return implied.levels.map((l) => numbers.pick(l.level)).join(' / ');
  const input = criterion.compiled.inputs[0]!;
  const quantity = quantityOf(input);
  if (implied.at && !exactly) return `≈ ${numbers.about(implied.at, quantity)}`;
  // To two places, outwards: what is implied lies between the ends shown.
  const shown = ({ lo, hi, ...ends }: Interval): Interval =>
    quantity === 'count'
      ? { lo, hi, ...ends }
      : { ...ends, lo: lo?.floor(2) ?? null, hi: hi?.ceil(2) ?? null };
  return implied.intervals.map((i) => numbers.interval(shown(i), quantity)).join(', ');
}

/** Why points are not those of the value. */
const WHATEVER: readonly CriterionResult['status'][] = [
  'exempt',
  'other_unit',
  'condition_failed',
  'not_applicable',
];

/** What stands in a result's value column. */
export function givenText(row: CriterionResult, messages: Words): string {
  const status = messages.labels.status[row.status];
  if (row.value) {
    const value = valueText(row.criterion, row.value, messages);
    return WHATEVER.includes(row.status) ? `${value}; ${status}` : value;
  }
  if (row.status === 'deducted') return impliedText(row, messages, false) ?? '–';
  return status;
}

/** Points, or the range that they are while values are unknown; `cell`: in few characters. */
export function pointsText(
  points: Points | null,
  [low, high]: readonly [Points, Points],
  decimals: number,
  { labels, numbers }: Words,
  cell = false,
): string {
  if (points !== null) return numbers.points(points, decimals);
  // A value that is not there may leave no choice.
  if (low === high) return numbers.points(low, decimals);
  const ends = [numbers.points(low, decimals), numbers.points(high, decimals)] as const;
  return cell ? ends.join('–') : labels.score.between(...ends);
}

/** The score, or the range that it is while values are unknown. */
export const scoreText = ({ total, catalogue }: ReadingResult, words: Words): string =>
  pointsText(total.score, [total.worst, total.best], catalogue.decimals, words);

/** The same in few characters, for a column of a table. */
export const scoreCell = ({ total, catalogue }: ReadingResult, words: Words): string =>
  pointsText(total.score, [total.worst, total.best], catalogue.decimals, words, true);

/** Points lost, or the range that they are while values are unknown; `cell`: in few characters. */
export const lossText = (
  { deduction, max, best, worst }: Subtotal,
  decimals: number,
  words: Words,
  cell = false,
): string => pointsText(deduction, [max - best, max - worst], decimals, words, cell);

/** How many points rest on stated, inferred and assumed numbers. */
export const basisText = ({ basis, catalogue }: ReadingResult, { labels, numbers }: Words): string => {
  const points = (p: Points) => numbers.points(p, catalogue.decimals);
  return labels.score.basisParts(points(basis.stated), points(basis.inferred), points(basis.assumed));
};

/** The weakest provenance of numbers that points of a score rest on. */
export const restsOn = ({ basis: { assumed, inferred } }: ReadingResult): ProvenanceKind =>
  assumed !== 0 ? 'assumed' : inferred !== 0 ? 'inferred' : 'stated';

/** The index in percent: `?` while the score is unknown, `–` when no criterion applies. */
export function indexText({ total, criteria }: ReadingResult, { numbers }: Words): string {
  if (total.index) return numbers.index(total.index);
  return anyApplies(criteria) ? '?' : '–';
}

/** A score and, where there is a league, its rank. */
export function scoreAndRank(score: string, rank: Rank | null, words: Words): string {
  return rank ? `${score}; ${words.labels.columns.rank}: ${rankText(rank, words)}` : score;
}

/** What a criterion says besides its rule: conditions, kinds of unit, and whether it lies outside the scale. */
export function scopeFacts(criterion: Criterion, catalogue: Catalogue, words: Words): Fact[] {
  const { labels, numbers } = words;
  const say = labels.explain;
  const { requires, units, outside, deductsFrom } = criterion;
  const from = deductsFromText(deductsFrom, words);
  const points = (p: Requires['otherwise']) =>
    p === 'not_applicable' ? labels.status.not_applicable : numbers.points(p, catalogue.decimals);
  return listOf<Fact>([
    requires.map((r) => {
      const text = say.requiresText(requiredText(r, catalogue, words), points(r.otherwise));
      return { label: say.requires, text };
    }),
    outside && { label: labels.score.adjustment, text: say.outsideText(from) },
    units && { label: say.units, text: say.unitsText(units.kinds.join(', '), units.otherwise === 'max') },
  ]);
}

/** A scheme's fields, what it makes of its criteria's points besides their sum, and which grades it gives. */
export function schemeFacts(catalogue: Catalogue, words: Words): Fact[] {
  const { labels, numbers } = words;
  const say = labels.scheme;
  const { adjustments, bands, decimals, fields, notListed, round } = catalogue;
  const points = (p: number) => numbers.points(p, decimals);
  const percent = (x: Fraction) => `≥ ${numbers.value(x, 'percent')}`;
  const fact = (label: string, ...texts: Some<string>[]): Fact => ({ label, text: listOf(texts).join('; ') });
  const places = (n: number | null) => (n === null ? say.unrounded : say.places(n));
  const usual = round.criterion === decimals && round.field === null && round.total === null;
  return listOf<Fact>([
    fields.map(({ id, name, parent, cap, weight, combine }) =>
      fact(
        `${labels.columns.field} ${id}`,
        numbers.pick(name),
        parent !== null && say.within(parent),
        combine !== 'sum' && say[combine],
        cap !== null && say.cap(points(cap)),
        !weight.equals(1) && say.weight(numbers.number(weight)),
      ),
    ),
    fact(
      labels.score.adjustment,
      adjustments.most !== null && say.most(points(adjustments.most)),
      adjustments.least !== null && say.least(points(-adjustments.least)),
    ),
    notListed && fact(numbers.pick(notListed.name), points(notListed.max)),
    !usual &&
      fact(
        say.rounding,
        `${labels.columns.criterion}: ${places(round.criterion)}`,
        `${labels.columns.field}: ${places(round.field)}`,
        `${labels.score.score}: ${places(round.total)}`,
      ),
    bands.map(({ name, atLeast, and }) =>
      fact(
        labels.group.band,
        `${numbers.pick(name)} ${percent(atLeast)}`,
        and.map((c) => {
          if (c.form === 'criterion') return `${c.id} ≥ ${points(c.atLeast)}`;
          const which = c.form === 'field' ? `${labels.columns.field} ${c.id}` : say.eachField;
          return `${which} ${percent(c.atLeast)}`;
        }),
      ),
    ),
  ]).filter(({ text }) => text !== '');
}

function deductsFromText(from: Criterion['deductsFrom'], { labels }: Words): string {
  if (from === null) return '';
  if (from === 'total') return labels.explain.wholeScore;
  return Array.isArray(from) ? from.join(', ') : labels.explain.wholeField(from.field);
}

/** `1.5 ≥ 75%`, `7.6.1: Tốt`. */
export function requiredText(
  { criterion, input, test }: Requires,
  catalogue: Catalogue,
  { numbers }: Words,
): string {
  const measured = catalogue.criteria.find((c) => c.id === criterion)?.compiled.inputs[input];
  const name = measured?.name ? `${criterion} (${numbers.pick(measured.name)})` : criterion;
  if (test.form === 'level') {
    const level = measured?.form === 'table' ? measured.levels[test.index]?.level : undefined;
    return `${name}: ${level ? numbers.pick(level) : ''}`;
  }
  return `${name} ${numbers.interval(test.interval, quantityOf(measured))}`;
}

/** Why a band is not reached: the field or the criterion that is below what it asks. */
export function conditionText(
  { condition, id }: FailedCondition,
  result: ReadingResult,
  words: Words,
): string {
  const { labels, numbers } = words;
  const { decimals } = result.catalogue;
  if (condition.form === 'criterion') {
    const points = result.criteria.find((c) => c.criterion.id === id)?.points ?? 0;
    return labels.group.criterionBelow(
      id,
      numbers.points(points, decimals),
      numbers.points(condition.atLeast, decimals),
    );
  }
  const field = result.fields.find((f) => f.field.id === id);
  return labels.group.fieldBelow(
    field ? `${id} (${numbers.pick(field.field.name)})` : id,
    field?.index ? numbers.index(field.index) : '?',
    numbers.value(condition.atLeast, 'percent'),
  );
}

/** `7`, or `4–26` where the ends differ. */
export const rangeText = (low: number | string, high: number | string): string =>
  low === high ? String(low) : `${low}–${high}`;

/** Units named on a line; of more than one over these the others are counted. */
const NAMED = 5;
const fewNames = (units: readonly string[], { labels }: Words): string =>
  units.length <= NAMED + 1
    ? units.join(', ')
    : `${units.slice(0, NAMED).join(', ')} ${labels.rank.andOthers(units.length - NAMED)}`;

/** A rank in one line. */
export function rankText(rank: Rank, messages: Words): string {
  const say = messages.labels.rank;
  if (rank.method === 'tie_range')
    return say.tie(rank.best, rank.worst, rank.size, fewNames(rank.tied, messages));
  if (rank.best === rank.worst) return say.certain(rank.best, rank.size);
  return say.range(rank.best, rank.worst, rank.size);
}

/** The rank, and what is expected of one that is not certain. */
export function likelyFacts(rank: Rank, messages: Words): Fact[] {
  const { labels, numbers } = messages;
  const { mean, median, interval90, model } = rank;
  return listOf<Fact>([
    { label: labels.columns.rank, text: rankText(rank, messages) },
    model &&
      mean !== null &&
      interval90 && {
        label: '',
        text: labels.rank.expected(numbers.number(mean, 2), median!, ...interval90),
      },
  ]);
}

/** Everything there is to say of a rank, as label and text. */
export function rankFacts(rank: Rank, messages: Words): Fact[] {
  const { labels, numbers } = messages;
  const say = labels.rank;
  const { model, pointsPerPlace } = rank;
  const [next] = rank.above;
  const [below] = rank.below;
  const shown = ({ unit, score, points }: Neighbour) =>
    [unit, numbers.number(score), numbers.number(points, 4)] as const;
  const otherwise = rank.sensitivity.map(
    (s) => `${say.variants[s.assumption]}: ${numbers.number(s.mean, 2)}`,
  );
  return listOf<Fact>([
    likelyFacts(rank, messages),
    next && { label: say.next, text: say.nextKnown(...shown(next)) },
    pointsPerPlace !== null && {
      label: say.placeCosts,
      text: say.perPlace(numbers.number(pointsPerPlace, 2)),
    },
    below && { label: say.margin, text: say.marginKnown(...shown(below)) },
    model && [
      { label: say.model, text: say.models[model.name](numbers.number(model.spread, 2), model.leagues) },
      { label: '', text: say.ifOtherwise(otherwise.join('; ')) },
    ],
    assumptionRows(rank.assumptions, messages),
  ]);
}

/** Why the rivals stand where they do, each in a row. */
export const assumptionRows = (assumptions: readonly RankAssumption[], { labels }: Words): Fact[] =>
  assumptions.map((a) => ({ label: labels.rank.assumption, text: labels.rank.assumptions[a] }));

/** Text on one line, as a comment of YAML or SQL needs it. */
export const oneLine = (words: string): string => words.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** What an outlook says of indicators and rivals, each in a line of words. */
export function outlookWords(
  outlook: Outlook,
  catalogue: Catalogue,
  messages: Messages,
): { id: string; words: string }[] {
  const { labels, numbers } = messages;
  const say = labels.risk;
  const shown = (x: number) => numbers.number(x, 4);
  const words = (u: Uncertain | Move): string => {
    switch (u.kind) {
      case 'uniform':
        return say.uniform(shown(u.low), shown(u.high));
      case 'triangular':
        return say.triangular(shown(u.low), shown(u.mode), shown(u.high));
      case 'normal':
        return say.normal(shown(u.mean), shown(u.sd));
      case 'beta':
        return say.beta(shown(u.done), shown(u.total));
      case 'chances':
        return say.chances(u.options.length);
      case 'fixed':
        return numbers.number(u.by);
    }
  };
  const rows = [...outlook.indicators].flatMap(([id, given]) => {
    const { inputs } = catalogue.criteria.find((c) => c.id === id)!.compiled;
    return given.flatMap((u, i) => {
      if (!u) return [];
      const input = inputs[i]!;
      const only = u.kind === 'chances' && u.options.length === 1 ? u.options[0]! : null;
      return [
        {
          id: inputs.length > 1 && input.key !== null ? `${id}.${input.key}` : id,
          words: only ? say.certain(inputText(input, only.value, messages)) : words(u),
        },
      ];
    });
  });
  const moves = [outlook.rivals.all, outlook.rivals.each, ...outlook.rivals.units.values()];
  const named = [say.allRivals, say.eachRival, ...outlook.rivals.units.keys()];
  return [...rows, ...moves.flatMap((m, i) => (m ? [{ id: named[i]!, words: words(m) }] : []))];
}
