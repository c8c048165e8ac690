import type { DiagnosticTexts } from '../messages.js';
import { counted, num } from './wording.js';

/** What is wrong with a league. */
export const enLeagueDiagnostics = {
  'league-size': ({ size, units }) => ({
    message: `${counted(num(units), 'unit is', 'units are')} listed in a league of ${num(size)}`,
  }),
  'league-rank-out': ({ rank, size }) => ({ message: `rank ${rank} in a league of ${size}` }),
  'duplicate-unit': ({ unit }) => ({ message: `'${unit}' stands twice` }),
  'league-order': ({ unit, other }) => ({
    message: `'${unit}' ranks below '${other}' but has a higher score`,
  }),
  'league-shared-rank': ({ unit, other, rank }) => ({
    message: `'${unit}' and '${other}' share rank ${rank} but not the score`,
  }),
  'league-full-gap': ({ from, to }) => ({
    message: `more units lie between ranks ${from} and ${to} than there are places`,
  }),
  'league-count': ({ at, units, from, to }) => ({
    message:
      from > to
        ? `${counted(units, 'unit')} cannot have reached ${num(at)}: the known scores and ranks contradict each other there`
        : `${counted(units, 'unit')} cannot have reached ${num(at)}: the known scores leave ${from === to ? from : `${from} to ${to}`}`,
  }),
  'league-counts-order': ({ at, units, other, more }) => ({
    message:
      at === other
        ? `${num(at)} is given twice`
        : `${counted(units, 'unit')} reached ${num(at)}, fewer than the ${more} that reached ${other}`,
  }),
  'league-mean': ({ value, from, to }) => ({
    message: `the known scores cannot have a mean of ${num(value)}`,
    hint: from === to ? `their mean is ${num(from)}` : `they leave a mean of ${num(from)} to ${num(to)}`,
  }),
  'league-median': ({ value, from, to }) => ({
    message: `the known scores cannot have a median of ${num(value)}`,
    hint: from === to ? `their median is ${num(from)}` : `they leave a median of ${num(from)} to ${num(to)}`,
  }),
  'league-previous-year': ({ value, year }) => ({
    message: `a league of ${value} is not of a year before ${year}`,
  }),
  'league-previous-scale': ({ year, value, scale }) => ({
    message: `the league of ${year} has a scale of ${num(value)}, this one of ${num(scale)}; each score is read in percent of its own scale`,
  }),
  'score-off-scale': (p) => ({
    message: `a score of ${num(p.value)} is off the scale of 0 to ${num(p.scale)}`,
  }),
  'league-own-position': ({ unit, score }) => ({
    message: `the league has no unknown place at ${unit}'s score of ${num(score)}; the nearest one was taken`,
  }),
  'league-outsider': ({ unit, size }) => ({
    message: `'${unit}' is not among the ${counted(size, 'unit')} of the league; it is added`,
  }),
  'unit-look-alike': (p) => ({
    message: `the league has no '${p.unit}', but has '${p.suggestion}'; they are taken for two units`,
    hint: `if they are one, write '${p.suggestion}' in the reading, or give both the unit's code`,
  }),
  'risk-league-bare': () => ({
    message: 'the league says too little of where the other units stand: no score, mean, median or count',
  }),
  'backtest-small': ({ name, units }) => ({
    message: `${name} has ${counted(units, 'unit')}, too few to hide some and ask for them`,
    hint: 'a back-test needs a league of eight units or more',
  }),
  'backtest-no-pair': () => ({
    message:
      'no league here has another of an earlier year with most of its units, so next year cannot be asked about',
    hint: 'give the leagues of two years or more, or ask for another part with --known',
  }),
  'backtest-sample': ({ sample, most }) => ({
    message: `--sample ${sample}: no league here has more than ${counted(most, 'unit')}, so none can be drawn from`,
    hint: 'give a smaller number, or leave --sample out to ask about whole leagues',
  }),
  'backtest-partly': ({ name }) => ({
    message: `${name} is not known whole, so nothing of it can be hidden and asked for`,
    hint: 'a back-test needs the scores of all units of a league, eight or more',
  }),
} satisfies Partial<DiagnosticTexts>;
