import { counted } from './counted.js';

/** Words of a place in a group. */
export const enRank = {
  certain: (rank: number, size: number) => `${rank} of ${size}`,
  range: (best: number, worst: number, size: number) => `${best} to ${worst} of ${size}`,
  guaranteed: (best: number, worst: number) => `guaranteed ${best} to ${worst}`,
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
  },
};
