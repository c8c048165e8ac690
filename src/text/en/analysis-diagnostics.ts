import type { DiagnosticTexts } from '../messages.js';
import { counted, meant, name, num } from './wording.js';

/** Words of what is wrong with leagues, hierarchies and analyses, in English. */
export const enAnalysisDiagnostics = {
  'league-size': ({ size, units }) =>
    `${counted(num(units), 'unit is', 'units are')} listed in a league of ${num(size)}`,
  'league-rank-out': ({ rank, size }) => `rank ${rank} in a league of ${size}`,
  'duplicate-unit': ({ unit }) => `'${unit}' stands twice`,
  'league-order': ({ unit, other }) => `'${unit}' ranks below '${other}' but has a higher score`,
  'league-shared-rank': ({ unit, other, rank }) =>
    `'${unit}' and '${other}' share rank ${rank} but not the score`,
  'league-full-gap': ({ from, to }) => `more units lie between ranks ${from} and ${to} than there are places`,
  'league-count': ({ at, units, from, to }) =>
    from > to
      ? `${counted(units, 'unit')} cannot have reached ${num(at)}: the known scores and ranks contradict each other there`
      : `${counted(units, 'unit')} cannot have reached ${num(at)}: the known scores leave ${from === to ? from : `${from} to ${to}`}`,
  'league-counts-order': ({ at, units, other, more }) =>
    at === other
      ? `${num(at)} is given twice`
      : `${counted(units, 'unit')} reached ${num(at)}, fewer than the ${more} that reached ${other}`,
  'league-mean': ({ value, from, to }) => `what is known cannot have a mean of ${num(value)}
    ${from === to ? `the mean is ${num(from)}` : `it leaves a mean of ${num(from)} to ${num(to)}`}`,
  'league-median': ({ value, from, to }) => `what is known cannot have a median of ${num(value)}
    ${from === to ? `the median is ${num(from)}` : `it leaves a median of ${num(from)} to ${num(to)}`}`,
  'league-previous-year': ({ value, year }) => `a league of ${value} is not of a year before ${year}`,
  'league-previous-scale': ({ year, value, scale }) =>
    `the league of ${year} has a scale of ${num(value)}, this one of ${num(scale)}; each score is read in percent of its own scale`,
  'score-off-scale': (p) => `a score of ${num(p.value)} is off the scale of 0 to ${num(p.scale)}`,
  'league-own-position': ({ unit, score }) =>
    `the league has no unknown place at ${unit}'s score of ${num(score)}; the nearest one was taken`,
  'league-outsider': ({ unit, size }) =>
    `'${unit}' is not among the ${counted(size, 'unit')} of the league; it is added`,
  'unit-look-alike': (p) =>
    `the league has no '${p.unit}', but has '${p.suggestion}'; they are taken for two units
    if they are one, write '${p.suggestion}' in the reading, or give both the unit's code`,
  'risk-league-bare': () =>
    'the league says too little of where the other units stand: no score, mean, median or count',
  'backtest-small': ({ name, units }) =>
    `${name} has ${counted(units, 'unit')}, too few to hide some and ask for them
    a back-test needs a league of eight units or more`,
  'backtest-no-pair': () =>
    `no league here has another of an earlier year with most of its units, so next year cannot be asked about
    give the leagues of two years or more, or ask for another part with --known`,
  'backtest-sample': ({ sample, most }) =>
    `--sample ${sample}: no league here has more than ${counted(most, 'unit')}, so none can be drawn from
    give a smaller number, or leave --sample out to ask about whole leagues`,
  'backtest-partly': ({ name }) => `${name} is not known whole, so nothing of it can be hidden and asked for
    a back-test needs the scores of all units of a league, eight or more`,
  'unknown-unit': (p) => `no unit '${p.value}'${meant(p.suggestion)}`,
  'unknown-year': ({ year, options }) => `no reading of ${year}
    there are: ${options.join(', ')}`,
  'unknown-action': (p) => `no action '${p.value}'${meant(p.suggestion)}`,
  'action-not-applicable': ({ id }) => `${id}: an action cannot make a criterion not applicable`,
  'plan-needs-values': ({ ids }) => `no plan while values are unknown: ${ids.join(', ')}
    give them in the reading, so that what is missing is known`,
  'one-target': () => `give one target
    --target-score, --target-index or --target-rank`,
  'bad-assumption': (p) => `'${p.value}' is not ID.max=LOW..HIGH
    for example --assume 7.3.2.max=1..2: two maxima above 0, the lower first, at most the scale`,
  'assumption-not-open': ({ id }) => `the maximum of ${id} is stated by a source, so it does not vary
    only inferred and assumed maxima can be let vary`,
  'assumption-over-rest': ({ id, most, scale }) => `the maximum of ${id} can be at most ${num(most)}
    the other criteria take the rest of the scale of ${num(scale)}; those not listed can give up no more`,
  'no-counts': () => `no indicator has counts, so there is no pace
    give counts (done and total), and the volume of the year (expected) if it is known`,
  'date-outside-year': ({ value, year }) => `${value} is not in ${year}, the year of the reading
    give a day from 01/01/${year} to 31/12/${year}; on 31/12 the year is as it ends`,
  'as-of-before-months': ({ value, ids, months }) =>
    `${ids.join(', ')}: months are given up to month ${months}, later than ${value}
    give a day in month ${months} or later, or leave out the months after it`,
  'percent-or-plan': ({ value: x, plan }) =>
    `'${x}' beside a plan of ${plan} has two readings: ${x}%, or ${x} of ${plan}
    write '${x}%' for a percent; what was done goes into done, or into the column 'T1 done'`,
  'volume-below-total': ({ expected, total }) =>
    `expected ${num(expected)} for the year is below the ${num(total)} there have been`,
  'pace-target-on-other': ({ id }) => `${id} has no counted rate, so it has no target rate`,
  'compare-one': ({ value }) => `${value} reading is not enough to compare
    name two or more, or --self-score`,
  'compare-leagues': ({ leagues, readings }) =>
    `${counted(leagues, 'league')} for ${counted(readings, 'reading')}
    one league for all, or one each`,
  'no-self-score': ({ unit }) => `'${unit}' has no criterion with both self-scored and appraised points`,
  'no-png': () => `the build in one file draws no PNG
    use svg, or install the package`,
  'one-reading': ({ format, count, option, options }) => `${format} holds one reading; ${count} were given
    choose one with ${option}: ${options.slice(0, 5).join(', ')}`,
  'years-needed': ({ unit }) => `a chart of the years needs two years or more whose score is known of ${unit}
    name the files of other years too, with every value`,
  'league-needs-units': ({ value }) => `a ranking needs two units or more; ${value} found`,
  'mixed-years': ({ years }) => `readings of several years: ${years.join(', ')}
    choose one with --year`,
  'unit-circle': ({ unit }) => `'${unit}' is, over its parents, part of itself`,
  'children-missing': ({ parent, units }) =>
    `${parent}: no reading of ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` and ${units.length - 5} more` : ''}`,
  'no-average': ({ id, units }, inTable) =>
    `${id}: percents without their counts are not averaged (${units.join(', ')})
    give ${name('done', inTable)} and ${name('total', inTable)} in every reading`,
  'not-additive': ({ id, units }) =>
    `${id} does not add up over units (${units.join(', ')}); it stays unknown`,
  'unit-not-placed': ({ units }) => `the units file does not name ${units.slice(0, 5).join(', ')}`,
  'bad-spread': ({ value }) => `'${value}' does not say how a value may fall
    LOW..HIGH, such as 50..70, or LOW..LIKELY..HIGH, such as 40..55..70, rising; 'beta' where the reading has counts; in an outlook file also uniform, triangular, normal, beta, last_change, chances`,
  'chances-sum': ({ sum }) => `chances add up to ${num(sum)}, not to 1
    give each value its probability, from 0 to 1`,
  'spread-on-level': ({ id, levels: [one, other = one] }) =>
    `${id} has levels, so it cannot range over numbers
    give each level a probability in an outlook file (--outlook): {chances: {${one}: 0.6, ${other}: 0.4}}`,
  'last-change-needs-value': ({ id }) =>
    `${id}: a change needs a value to start from, and the reading gives none
    give {normal: {mean, sd}} instead`,
  'counts-needed': ({ id }) => `${id} has no counts in the reading, so there is no beta distribution
    give counts (done and total) in the reading, or another spread`,
  'risk-needs-values': ({ ids }) => `neither the reading nor the outlook gives a value: ${ids.join(', ')}
    give a value, or how it may fall with --uncertain ID=LOW..HIGH`,
  'risk-not-applicable': ({ id }) => `${id} does not apply to the unit, so it is not uncertain`,
  'risk-too-fine': ({ id }) => `${id}: the rule's numbers are too fine to be drawn exactly`,
  'risk-ties': ({ ties }) =>
    `ties '${ties}' depend on which rivals are level, which a partly known league cannot say
    use a league with ties 'min' or 'max'`,
  'risk-rival-interval': ({ unit }) => `'${unit}' has unknown values, to which no probability belongs`,
  'nothing-uncertain': () => `nothing is uncertain: every value and every rival is known
    say what may vary with --uncertain ID=LOW..HIGH or --outlook FILE`,
  'stopped-early': ({ done, of }) => `stopped after ${num(done)} of ${counted(num(of), 'draw')}`,
  'risk-not-additive': () =>
    `the maximum itself depends on the uncertain values: a condition leaves a criterion out
    compare single cases with whatif`,
} satisfies Partial<DiagnosticTexts>;
