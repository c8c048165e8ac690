import type { TopLever } from '../analysis/gain.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { Rank } from '../ranking/place.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { anyApplies } from '../scoring/score.js';
import type { Words } from '../text/index.js';
import { type Answer, type Fact, listOf, type Some } from './presentation.js';
import { entryText, indexText, ownersText, rangeText, rankText, scoreCell, scoreText } from './words.js';

/** Lines of an answer under its title. */
const MOST = 4;

/** The answer of a result: a title and its first four facts. */
export const answerOf = (title: string, rows: readonly Some<Fact>[]): Answer => ({
  kind: 'answer',
  title,
  rows: listOf(rows).slice(0, MOST),
});

/** The score with the index and what was lost. */
export function scoreFact(result: ReadingResult, words: Words): Fact {
  const { labels, numbers } = words;
  const { total, catalogue } = result;
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const parts = [
    total.score === null
      ? labels.score.ofMax(scoreText(result, words), points(total.applicableMax))
      : `${points(total.score)}/${points(total.applicableMax)}`,
    ...(total.index ? [`${labels.columns.index.toLowerCase()} ${indexText(result, words)}`] : []),
    ...(total.deduction === null ? [] : [labels.answer.lost(points(total.deduction))]),
  ];
  return { label: labels.score.score, text: parts.join(' · ') };
}

/** A rank with its likely range in a line. */
function likelyRank(rank: Rank, words: Words): string {
  const text = rankText(rank, words);
  if (rank.best === rank.worst || !rank.interval90) return text;
  return `${text}${words.labels.answer.likely(...rank.interval90)}`;
}

/** A score and, where there is a league, its rank in few characters: `88.1204; rank 4–26/27 (90%: 14–21)`. */
export function scoreAndShortRank(score: string, rank: Rank | null, { labels }: Words): string {
  if (!rank) return score;
  const likely =
    rank.best === rank.worst || !rank.interval90 ? '' : ` (90%: ${rangeText(...rank.interval90)})`;
  return labels.answer.atRank(score, `${rangeText(rank.best, rank.worst)}/${rank.size}${likely}`);
}

/** The rank and its range; without a league, how to get one. */
export const rankFact = (rank: Rank | null, result: ReadingResult, words: Words): Fact => ({
  label: words.labels.columns.rank,
  text: rank ? likelyRank(rank, words) : noRankText(result, words, words.labels.answer.noLeague),
});

/** Why a result has no rank: nothing applies to the unit, or no league was given, as `noLeague` says it. */
export const noRankText = ({ criteria }: ReadingResult, { labels }: Words, noLeague: string): string =>
  anyApplies(criteria) ? noLeague : labels.score.noneApplies;

/** Whose value is to be reported for a criterion's points to be known: that of what it requires, where its own is given. */
export function reportText(row: CriterionResult, catalogue: Catalogue, words: Words): string {
  const asked = row.value && row.condition?.met === null ? row.condition.criterion : row.criterion.id;
  const { owners } = catalogue.criteria.find((c) => c.id === asked)!;
  return words.labels.answer.report(ownersText(owners, catalogue, words), asked);
}

/** Who has to do what next. */
export const nextFact = (who: string, what: string, { labels }: Words): Fact => ({
  label: labels.answer.next,
  text: `${who}: ${what}`,
  who,
});

/** Units with their scores: the first three of them. */
export const scoredUnits = (results: readonly ReadingResult[], words: Words): string =>
  [
    ...results.slice(0, 3).map((result) => `${result.unit} (${scoreCell(result, words)})`),
    ...(results.length > 3 ? ['…'] : []),
  ].join(', ');

/** What brings the most points, and who must reach what for it. */
export function leverFacts(
  lever: Pick<TopLever, 'row' | 'fix' | 'recoverable'> | null,
  { catalogue }: ReadingResult,
  words: Words,
): Fact[] {
  const { labels, numbers } = words;
  const say = labels.answer;
  if (!lever) return [{ label: say.lever, text: say.nothing }];
  const { row, fix } = lever;
  const { criterion } = row;
  const name = numbers.pick(criterion.name);
  // What is still unknown may have earned its points already; where no value is known to repair it, none need be told.
  if (row.status === 'unknown' || !fix) {
    const most = numbers.points(lever.recoverable, catalogue.decimals);
    return [
      { label: say.lever, text: say.unknownLever(criterion.id, most, name) },
      ...(fix ? [{ label: say.next, text: reportText(row, catalogue, words) }] : []),
    ];
  }
  const gain = numbers.signed(lever.recoverable, catalogue.decimals);
  const owners = ownersText(criterion.owners, catalogue, words);
  return [
    { label: say.lever, text: say.leverText(criterion.id, gain, name) },
    nextFact(owners, `${criterion.id} → ${entryText(criterion, fix, words)}`, words),
  ];
}
