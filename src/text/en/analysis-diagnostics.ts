import type { DiagnosticTexts } from '../messages.js';
import { counted, meant, name, num } from './wording.js';

/** Words of what is wrong with leagues, hierarchies and analyses, in English. */
export const enAnalysisDiagnostics = {
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
  'unknown-unit': (p) => ({ message: `no unit '${p.value}'`, hint: meant(p.suggestion) }),
  'unknown-year': ({ year, options }) => ({
    message: `no reading of ${year}`,
    hint: `there are: ${options.join(', ')}`,
  }),
  'unknown-action': (p) => ({ message: `no action '${p.value}'`, hint: meant(p.suggestion) }),
  'action-not-applicable': ({ id }) => ({
    message: `${id}: an action cannot make a criterion not applicable`,
  }),
  'plan-needs-values': ({ ids }) => ({
    message: `no plan while values are unknown: ${ids.join(', ')}`,
    hint: 'give them in the reading, so that what is missing is known',
  }),
  'one-target': () => ({
    message: 'give one target',
    hint: '--target-score, --target-index or --target-rank',
  }),
  'bad-assumption': (p) => ({
    message: `'${p.value}' is not ID.max=LOW..HIGH`,
    hint: 'for example --assume 7.3.2.max=1..2: two maxima above 0, the lower first, at most the scale',
  }),
  'assumption-not-open': ({ id }) => ({
    message: `the maximum of ${id} is stated by a source, so it does not vary`,
    hint: 'only inferred and assumed maxima can be let vary',
  }),
  'assumption-over-rest': ({ id, most, scale }) => ({
    message: `the maximum of ${id} can be at most ${num(most)}`,
    hint: `the other criteria take the rest of the scale of ${num(scale)}; those not listed can give up no more`,
  }),
  'no-counts': () => ({
    message: 'no indicator has counts, so there is no pace',
    hint: 'give counts (done and total), and the volume of the year (expected) if it is known',
  }),
  'date-outside-year': ({ value, year }) => ({
    message: `${value} is not in ${year}, the year of the reading`,
    hint: `give a day from 01/01/${year} to 31/12/${year}; on 31/12 the year is as it ends`,
  }),
  'as-of-before-months': ({ value, ids, months }) => ({
    message: `${ids.join(', ')}: months are given up to month ${months}, later than ${value}`,
    hint: `give a day in month ${months} or later, or leave out the months after it`,
  }),
  'percent-or-plan': ({ value: x, plan }) => ({
    message: `'${x}' beside a plan of ${plan} has two readings: ${x}%, or ${x} of ${plan}`,
    hint: `write '${x}%' for a percent; what was done goes into done, or into the column 'T1 done'`,
  }),
  'volume-below-total': ({ expected, total }) => ({
    message: `expected ${num(expected)} for the year is below the ${num(total)} there have been`,
  }),
  'pace-target-on-other': ({ id }) => ({ message: `${id} has no counted rate, so it has no target rate` }),
  'compare-one': ({ value }) => ({
    message: `${value} reading is not enough to compare`,
    hint: 'name two or more, or --self-score',
  }),
  'compare-leagues': ({ leagues, readings }) => ({
    message: `${counted(leagues, 'league')} for ${counted(readings, 'reading')}`,
    hint: 'one league for all, or one each',
  }),
  'no-self-score': ({ unit }) => ({
    message: `'${unit}' has no criterion with both self-scored and appraised points`,
  }),
  'no-png': () => ({
    message: 'the build in one file draws no PNG',
    hint: 'use svg, or install the package',
  }),
  'one-reading': ({ format, count, option, options }) => ({
    message: `${format} holds one reading; ${count} were given`,
    hint: `choose one with ${option}: ${options.slice(0, 5).join(', ')}`,
  }),
  'years-needed': ({ unit }) => ({
    message: `a chart of the years needs two years or more whose score is known of ${unit}`,
    hint: 'name the files of other years too, with every value',
  }),
  'league-needs-units': ({ value }) => ({ message: `a ranking needs two units or more; ${value} found` }),
  'mixed-years': ({ years }) => ({
    message: `readings of several years: ${years.join(', ')}`,
    hint: 'choose one with --year',
  }),
  'unit-circle': ({ unit }) => ({ message: `'${unit}' is, over its parents, part of itself` }),
  'children-missing': ({ parent, units }) => ({
    message: `${parent}: no reading of ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` and ${units.length - 5} more` : ''}`,
  }),
  'no-average': ({ id, units }, inTable) => ({
    message: `${id}: percents without their counts are not averaged (${units.join(', ')})`,
    hint: `give ${name('done', inTable)} and ${name('total', inTable)} in every reading`,
  }),
  'not-additive': ({ id, units }) => ({
    message: `${id} does not add up over units (${units.join(', ')}); it stays unknown`,
  }),
  'unit-not-placed': ({ units }) => ({
    message: `the units file does not name ${units.slice(0, 5).join(', ')}`,
  }),
  'bad-spread': ({ value }) => ({
    message: `'${value}' does not say how a value may fall`,
    hint: "LOW..HIGH, such as 50..70, or LOW..LIKELY..HIGH, such as 40..55..70, rising; 'beta' where the reading has counts; in an outlook file also uniform, triangular, normal, beta, last_change, chances",
  }),
  'chances-sum': ({ sum }) => ({
    message: `chances add up to ${num(sum)}, not to 1`,
    hint: 'give each value its probability, from 0 to 1',
  }),
  'spread-on-level': ({ id, levels: [one, other = one] }) => ({
    message: `${id} has levels, so it cannot range over numbers`,
    hint: `give each level a probability in an outlook file (--outlook): {chances: {${one}: 0.6, ${other}: 0.4}}`,
  }),
  'last-change-needs-value': ({ id }) => ({
    message: `${id}: a change needs a value to start from, and the reading gives none`,
    hint: 'give {normal: {mean, sd}} instead',
  }),
  'counts-needed': ({ id }) => ({
    message: `${id} has no counts in the reading, so there is no beta distribution`,
    hint: 'give counts (done and total) in the reading, or another spread',
  }),
  'counts-lacking': ({ id, keys }) => ({
    message: `${id}: one count alone gives no value, and the reading has no ${keys.join(', ')}`,
    hint: 'give these counts in the reading, or set them too',
  }),
  'risk-needs-values': ({ ids }) => ({
    message: `neither the reading nor the outlook gives a value: ${ids.join(', ')}`,
    hint: 'give a value, or how it may fall with --uncertain ID=LOW..HIGH',
  }),
  'risk-not-applicable': ({ id }) => ({
    message: `${id} does not apply to the unit, so it is not uncertain`,
  }),
  'risk-too-fine': ({ id }) => ({ message: `${id}: the rule's numbers are too fine to be drawn exactly` }),
  'risk-ties': ({ ties }) => ({
    message: `ties '${ties}' depend on which rivals are level, which a partly known league cannot say`,
    hint: "use a league with ties 'min' or 'max'",
  }),
  'risk-rival-interval': ({ unit }) => ({
    message: `'${unit}' has unknown values, to which no probability belongs`,
  }),
  'nothing-uncertain': () => ({
    message: 'nothing is uncertain: every value and every rival is known',
    hint: 'say what may vary with --uncertain ID=LOW..HIGH or --outlook FILE',
  }),
  'stopped-early': ({ done, of }) => ({
    message: `stopped after ${num(done)} of ${counted(num(of), 'draw')}`,
  }),
  'risk-not-additive': () => ({
    message: 'the maximum itself depends on the uncertain values: a condition leaves a criterion out',
    hint: 'compare single cases with whatif',
  }),
} satisfies Partial<DiagnosticTexts>;
