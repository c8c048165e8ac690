import { counted } from './wording.js';

/** Words of a place in a group. */
export const enRank = {
  certain: (rank: number, size: number) => `${rank} of ${size}`,
  range: (best: number, worst: number, size: number) => `${best} to ${worst} of ${size}`,
  tie: (best: number, worst: number, size: number, units: string) =>
    `${best} to ${worst} of ${size}: level with ${units} at the precision printed`,
  expected: (mean: string, median: number, low: number, high: number) =>
    `median ${median}, 90% between ${low} and ${high} (mean ${mean})`,
  model: 'Model of the group',
  models: {
    'group-shape': (spread: string, leagues: number) =>
      `one shape for all units, with a spread of about ${spread} points, learned from ${leagues} published leagues and all that is known of this one`,
    'later-year': (spread: string, leagues: number) =>
      `the league moved on to the year asked about, with a spread of about ${spread} points, learned from ${leagues} published leagues`,
  },
  variants: {
    'half-spread': 'half the spread',
    'double-spread': 'double the spread',
    'half-change': 'half the yearly changes',
    'double-change': 'double the yearly changes',
  },
  ifOtherwise: (parts: string) => `mean rank with ${parts}`,
  next: 'Next place up',
  nextKnown: (unit: string, score: string, points: string) =>
    `${unit} (${score}): more than ${counted(points, 'point')}`,
  perPlace: (points: string) =>
    `about ${counted(points, 'point')} per place among units whose scores are not known`,
  margin: 'Margin below',
  marginKnown: (unit: string, score: string, points: string) =>
    `${unit} (${score}): ${counted(points, 'point')}`,
  places: (n: string) => `${counted(n, 'place')}`,
  assumption: 'Assumption',
  assumptions: {
    'group-shape':
      'units whose scores are not known stand as groups of this kind do: spread and skew as in whole published leagues, and as all that is known of this one says',
    'later-year':
      'the year is after the league’s: every unit keeps most of its distance to the mean, changes by its own amount, and all share a drift, as in published leagues from year to year',
    'nothing-to-go-by':
      'the league says nothing of where the other units stand, so there is a guaranteed range only',
    'own-score-is-anchor':
      'the league gives this unit a rank without a score; its own score stands at that rank',
    'own-place-nearest-gap':
      'the unit stands where the league leaves no unknown place; it was taken out of the nearest one',
    outsider: 'the unit is not in the league; it is added to it',
    'previous-in-percent':
      'an earlier league has another scale; its scores are read in percent of its own scale',
  },
  backtest: {
    title: 'Back-test of the rank model',
    league: 'League',
    knownTitle: 'Known',
    together: 'Together',
    known: {
      own: 'Only the own rank and score is known',
      'first3,last': 'The first three and the last are known',
      mean: 'The first three, the last and the mean are known',
      next: "Last year's whole league is known",
    },
    columns: {
      units: 'Units',
      questions: 'Asked',
      within50: 'In 50%',
      within80: 'In 80%',
      within90: 'In 90%',
      bias: 'Mean error',
      crps: 'CRPS',
      even90: 'Even: in 90%',
      even_crps: 'Even: CRPS',
      normal_crps: 'Normal: CRPS',
    },
    tenths: 'Where the truth fell, by tenths of the distribution',
    note: 'Each league is asked about by a model that has not seen it. CRPS: mean distance of the distribution from the true rank, in places. Even: rivals spread evenly between the known scores (for last year: its ranks as they were). Normal: the likeliest normal, taken as certain.',
  },
  picture: {
    title: 'The group along the score',
    band: 'Rank along the score: mean, and 90% of the chances shaded; behind it where the group stands',
    curve: 'Rank along the score',
    density: 'Units a point',
    mean: 'Mean rank',
    units: 'Units',
    knownOf: (known: number, size: number) => `${known} of ${size} with a known score`,
  },
  criteria: {
    title: 'What the group tells, by criterion',
    full: 'Full',
    spread: 'Spread',
    withTotal: 'To total',
    withRest: 'To rest',
    first: 'First 10',
    behind: 'Behind',
    changed: 'Moved',
    rank: 'Rank',
    note: 'Full: share of units with full points. Spread: standard deviation of the points. To total, To rest: correlation of its points with the score, and with those of all other criteria. First 10: mean points of the first ten (half of a smaller group); Behind: how much the unit asked about lacks. Moved: units whose rank would change if the criterion were left out; Rank: that unit’s rank then.',
  },
};
