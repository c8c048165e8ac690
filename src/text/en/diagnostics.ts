import type { DiagnosticTexts, HelpTexts } from '../index.js';
import { pieceText, placeWords, readAs } from '../numbers.js';
import { enFileDiagnostics } from './file-diagnostics.js';
import { enHelp } from './help.js';
import { enLabels } from './labels.js';
import { enPaperDiagnostics } from './papers.js';
import { column, counted, example, list, meant, name, num } from './wording.js';

const within = (min: number | undefined, max: number | undefined): string | undefined => {
  if (max === undefined) return min === undefined ? undefined : `${num(min)} at least`;
  return min === undefined ? `${num(max)} at most` : `from ${num(min)} to ${num(max)}`;
};
const expectedWords: Record<string, string> = {
  string: 'a text',
  object: 'a map (key: value)',
  record: 'a map (key: value)',
  array: 'a list',
  number: 'a number',
  text: 'a text',
  id: 'an id of letters and digits joined by . - or _',
};
/** The form of options that take `NAME=…`, and an example. */
const assignmentForms: Readonly<Record<string, readonly [string, string]>> = {
  '--uncertain': ['ID=LOW..HIGH', '7.3.2=40..70'],
  '--target': ['ID=RATE', '7.3.2=60%'],
  '--max-criterion': ['ID=POINTS', '7.3.2=0.5'],
  '--max-owner': ['OWNER=POINTS', '"Phòng Nội vụ=2"'],
};
const kindSaid = (kind: string) =>
  ({ nothing: 'nothing', list: 'a list', map: 'a map', text: 'a single value' })[kind] ?? kind;

/** A dash may stand for none, for not known or for not applicable: the hint says all three. */
const unlessDash = (value: string, hint: string): string =>
  /^[-–—]+$/.test(value)
    ? "a dash may mean several things: write 0 for none, leave it blank if not known, or write 'not applicable'"
    : hint;

const UNWRITABLE: Record<string, string> = {
  ENOENT: 'the folder is not there; make it first',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'this is a folder; name a file in it',
  EACCES: 'you may not write here',
  ENOSPC: 'the disk is full',
  ENXIO: 'nobody reads from this pipe',
};

/** Words of diagnostics, in English. */
export const enDiagnostics: DiagnosticTexts = {
  ...enFileDiagnostics,
  ...enPaperDiagnostics,
  'wrong-type': (p) => `expected ${expectedWords[p.expected] ?? p.expected}, found ${kindSaid(p.value)}`,
  'missing-key': ({ key }, inTable) => `${column(key, inTable)} is missing
    ${key === 'catalogue' ? 'or name the catalogue with --catalogue' : ''}
    ${inTable && key === 'unit' ? "add the column, or a line above the table: 'Đơn vị: Xã A'" : ''}
    ${inTable && key === 'year' ? "add the column, or a line above the table: 'Năm: 2025'" : ''}`,
  'unknown-key': ({ key, suggestion, options }) =>
    `unknown key '${key}'${meant(suggestion, options && `keys that may stand here: ${options.join(', ')}`)}`,
  'not-one-of': (p) =>
    `'${p.value}' is not one of ${list(p.options)}${p.number ? ', nor a number' : ''}${meant(p.suggestion)}`,
  'not-a-number': (p) => `'${p.value}' is not a ${p.whole ? 'whole ' : ''}number
    ${p.whole ? 'write it as 12' : 'write it as 12 or 12.5'}`,
  'bad-date': (p) => `'${p.value}' is not a date
    ${
      p.due
        ? 'write the day and the month, as 15/01; or the whole date, as 15/01/2026'
        : 'write it as 14/02/2023 or 2023-02-14'
    }`,
  'out-of-range': ({ value: x, min, max, above, year }) => `${year ? x : num(x)} is out of range
    ${year ? `from ${min} to ${max}` : above === undefined ? within(min, max) : `must be more than ${num(above)}`}`,
  'too-short': ({ least }) => (least === 1 ? 'must not be empty' : `needs at least ${least}`),
  'provenance-incomplete': ({ provenance, wants }) => `a number that is '${provenance}' needs '${wants}'
    stated needs source; inferred needs working; assumed needs reason`,
  'provenance-missing': ({ what }) => `'${what}' does not say where it comes from
    add 'provenance: stated' with a source, 'inferred' with a working, or 'assumed' with a reason`,
  'bad-bounds': ({ value: x }) => `these bounds do not fit together: ${x}
    at least one bound; one lower, one upper; the lower below the upper`,
  'duplicate-id': ({ id }) => `'${id}' stands twice`,
  'unknown-field': (p) => `unknown field '${p.value}'${meant(p.suggestion)}`,
  'unknown-owner': (p) => `unknown owner '${p.value}'${meant(p.suggestion)}`,
  'unknown-source': (p) => `unknown source '${p.value}'${meant(p.suggestion)}`,
  'points-above-max': (p) =>
    `the rule can give ${counted(num(p.value), 'point')}, above the maximum of ${num(p.max)}`,
  'max-unreachable': ({ best, max }) =>
    `the rule gives ${counted(num(best), 'point')} at most; the maximum of ${num(max)} cannot be reached`,
  'maxima-exceed-scale': ({ sum, scale }) =>
    `the maxima add up to ${num(sum)}, above the scale of ${num(scale)}`,
  'maxima-below-scale': ({ sum, scale }) =>
    `the maxima add up to ${num(sum)}, below the scale of ${num(scale)}
    list the rest, or add 'not_listed'`,
  'too-precise': (p) => `${num(p.value)} has more than ${counted(p.decimals, 'decimal')}`,
  'order-of-knots': ({ before, after }) => `knots must rise: ${num(after)} comes after ${num(before)}`,
  'choose-one': ({ keys }) => `give exactly one of: ${keys.join(', ')}`,
  'measure-unread': ({ kind }) => `a rule of kind '${kind}' does not read what measure counts
    give measure to a rule over one number, or to a part of sum or min`,
  'tier-open': () => `a tier whose points run from one end to the other has an open end
    give it both bounds, such as {at_least: 75, below: 95, points: {from: 0.5, to: 1.5}}`,
  'due-without-date': ({ quantity }) => `a day that is due belongs to a date, not to a ${quantity}
    write quantity: date`,
  'date-without-due': () => `a date needs the day that it is due
    for example due: 15/01, year: next`,
  'better-without-against': () => `'better' says how a value is held against something, and nothing is given
    write against: last_year, group_min, group_max, group_mean, group_rank or group_share`,
  'input-shared': ({ key }) => `two parts share the input '${key}' and measure different things
    give the parts inputs of their own, or one quantity`,
  'part-needs-max': ({ key }) => `the part '${key}' may be left out, and so needs a maximum of its own
    write max: beside its input`,
  'rule-todo': ({ id }) => `${id}: how it is scored is not understood yet, so no value earns points
    the criterion stays unknown; give appraised or deducted points, or write its rule`,
  'needs-last-year': ({ id }, inTable) => `${id} is held against last year's value, which is not known
    give ${name('last_year', inTable)}: VALUE, or last year's reading of the unit under the same catalogue`,
  'needs-group': ({ id }, inTable) => `${id} is held against the unit's group, whose values are not all known
    give ${name('group', inTable)}: [the other units’ values], or the readings of the whole group`,
  'example-differs': ({ id, points, byRule }) =>
    `${id}: the example says ${points} points, the rule gives ${byRule}
    mend the rule, or the example`,
  'examples-missing': ({ id, at }) =>
    `${id}: no example touches ${at.map((a) => pieceText(a, 'en')).join(', ')}
    catalogue lint FILE --fill writes them, for the office to confirm`,
  'examples-left': ({ ids }) => `examples of ${ids.join(', ')} were not written
    they are extended from another file, or written in one line: add examples there by hand`,
  'examples-relative': ({ id, at }) => `${id}: no example was written for ${at.join(', ')}
    the rule is held against a target, last year or the group, which an example of one value does not give`,
  'differs-by-year': ({ years }) =>
    `numbers by year: in ${years.join(', ')} the catalogues differ in other things
    give a reading of that year with --reading`,
  'migrate-points': ({ id, keys }) =>
    `${id}: ${keys.join(', ')} as given under the old rule or maximum
    check the points, or give a value in their place`,
  'migrate-renamed': ({ id, before, after }) =>
    `${id} is called '${after}' in the new catalogue and '${before}' in the old
    check that it is the same criterion: its value was carried over`,
  'migrate-lost': ({ id, to }) =>
    `${
      to === null
        ? `${id} of the old catalogue has no place in the new`
        : `the value of ${id} does not fit the rule of ${to}`
    }
    it was left out`,
  'migrate-new': ({ ids }) => `still without a value: ${ids.join(', ')}`,
  'requires-circle': ({ id }) => `${id} requires itself, over what it requires
    take one of the conditions out`,
  'requires-input': ({ id, options }) => `what is required of ${id} does not fit what it measures
    ${
      options.length > 0
        ? `numbers take at_least, levels take is, and one of several inputs input: (${options.join(', ')})`
        : 'it is measured by a number: write at_least, above, at_most or below'
    }`,
  'deducts-inside': ({ id }) => `${id} is within the scale, so it deducts from nothing but itself
    write outside: true`,
  'otherwise-without-units': () => `'otherwise' says what other kinds of unit get, and no kind is given
    for example units: [xã]`,
  'adjustments-of-nothing': () => `'adjustments' limits criteria outside the scale, and there are none
    write outside: true on a bonus or a penalty`,
  'adjustment-over-most': ({ id, max, most }) =>
    `${id} may add ${max} points, and all outside the scale together no more than ${most}
    lower its max, or raise adjustments.most: what is over it is never counted`,
  'kind-missing': ({ ids, options }, inTable) =>
    `the reading does not say what kind of unit it is, on which ${ids.join(', ')} ${ids.length === 1 ? 'depends' : 'depend'}
    write ${name('kind', inTable)}: ${options.join(' or ')}`,
  'unknown-kind': ({ value: x, suggestion }) =>
    `'${x}' is no kind of unit that the catalogue names${meant(suggestion)}`,
  'not-for-unit': ({ id, kind }) =>
    `${id} is not scored for a unit of the kind '${kind}'; its value does not count`,
  'wants-counts': ({ options }) => `the named counts are needed
    for example {counts: {${options.map((o) => `${o}: 10`).join(', ')}}}`,
  'unknown-catalogue': (p) =>
    `no catalogue '${p.value}'${meant(p.suggestion, `shipped: ${list(p.options)}; or give a path to a file`)}`,
  'unknown-criterion': (p) => `the catalogue has no criterion '${p.value}'
    ${
      p.dated
        ? `this is a date: a spreadsheet may have made it of the id as it was typed (${p.dated.join(' or ')}); format the cell as Text and type the id again`
        : meant(p.suggestion, "'cchc criteria --catalogue FILE' lists them")
    }`,
  'id-read-as-number': (p) => `the catalogue has no criterion '${p.value}'
    a final zero may be lost: ids are text, write them in quotes, as '1.10'`,
  // '1.187' read as 1.187 would say nothing: without the mark between thousands.
  'read-as': ({ value: x, meaning }) => `'${x}' was read as ${readAs(x, meaning, 'en')}`,
  'read-as-days': ({ value: x, days, due }) =>
    `'${x}' was read as ${days === 0 ? 'on time' : `${counted(String(Math.abs(days)), 'day')} ${days > 0 ? 'late' : 'early'}`}, due ${due}
    a date is written ${due}`,
  'no-value': ({ id }, inTable) => `${id} has no value
    give ${name('value', inTable)}, ${name('done', inTable)} and ${name('total', inTable)}, ${name('deducted', inTable)}, ${name('exempt', inTable)} or ${name('not_applicable', inTable)}; or leave the criterion out (unknown)`,
  'two-values': ({ id, keys }, inTable) =>
    `${id} has several values: ${keys.map((key) => name(key, inTable)).join(', ')}
    ${
      keys.includes('exempt')
        ? 'where the explanation was accepted drop the value, else say no'
        : 'keep one of them'
    }`,
  'unknown-part': (p) =>
    `unknown part '${p.value}'; the rule counts ${list(p.options)}${meant(p.suggestion)}`,
  'wants-number': (p) => `'${p.value}' is not a number
    ${unlessDash(p.value, 'write it as 12 or 12.5')}`,
  'wants-integer': (p) => `${num(p.value)} is not a whole number; this indicator is a count`,
  'wants-parts': ({ options, id }, inTable) => `this rule has several indicators: ${list(options)}
    ${
      id === undefined
        ? `give all of them under ${column('parts', inTable)} and what they are of under ${column('total', inTable)}`
        : `give each by itself: ${options.map((key) => `${id}.${key}`).join(', ')}`
    }`,
  'bad-percent': (p) => `'${p.value}' is not a percent
    ${unlessDash(p.value, 'write it as 99.2 or 99.2%')}`,
  'ambiguous-number': (p) => `'${p.value}' can be read two ways: ${num(p.thousands)} or ${num(p.decimal)}
    write it without a thousands mark, or with other than three decimals`,
  'percent-on-count': (p) => `'${p.value}' is a percent; this indicator is a count`,
  'percent-on-points': (p) => `'${p.value}' is a percent; points are wanted here
    write the points alone, as 0.5`,
  'unclear-answer': (p) => `'${p.value}' says neither yes nor no
    write yes, no or nothing; for an accepted explanation, the document that backs it`,
  'unclear-status': (p) => `'${p.value}' does not say that an explanation was accepted
    write 'exempt', or 'exempt: DOCUMENT', where it was; else the value`,
  'below-range': (p) => `${num(p.value)} is below ${num(p.min)}`,
  'above-range': (p) => `${num(p.value)} is above ${num(p.max)}`,
  'looks-like-ratio': (p) => `'${p.value}' can be read two ways: ${num(p.value)}% or ${num(p.asPercent)}%
    write the percent sign: ${num(p.value)}% or ${num(p.asPercent)}%`,
  'not-a-level': (p) => `'${p.value}' is not one of ${list(p.options)}
    ${unlessDash(p.value, meant(p.suggestion))}`,
  'zero-total': ({ id }, inTable) => `${id}: the total is zero, so there is no rate
    say ${name('not_applicable', inTable)}, or leave the criterion out`,
  'done-over-total': ({ done, total }) => `${num(done)} done of ${num(total)} is more than all`,
  'ratio-on-wrong-rule': ({ id }, inTable) =>
    `${id} is not a percent, so ${name('done', inTable)} and ${name('total', inTable)} do not apply
    give it under ${column('value', inTable)}`,
  'deduction-impossible': (p) =>
    `a deduction of ${num(p.value)} is more than the criterion can lose (maximum ${num(p.max)})`,
  'deduction-off-rule': ({ id, value: x }) => `${id}: no value loses ${num(x)} under the rule`,
  'deduction-negative': (p) => `a deduction cannot be negative: ${num(p.value)}
    write what was lost, as 0.8042`,
  'rule-disagrees': ({ id, published, byRule }) =>
    `${id}: ${num(published)} was published as lost, but the rule takes ${num(byRule)} for this value
    the published figure counts; check the value or the rule`,
  'points-differ': ({ id, given, points, byRule }) =>
    `${id}: ${given === 'self_scored' ? 'self-scored' : 'appraised at'} ${num(points)}, but the rule gives ${num(byRule)}`,
  'max-differs': ({ id, given, max }) =>
    `${id}: the sheet gives a maximum of ${num(given)}, the catalogue ${num(max)}`,
  'not-exemptible': ({ id }) => `${id}: the catalogue knows no exemption for this criterion`,
  'other-year': ({ reading, catalogue }) => `the reading is of ${reading}, the catalogue of ${catalogue}`,
  'value-incomplete': ({ id, given, missing }) => `${id} lacks ${list(missing)}
    the criterion stays unknown; ${given.length > 0 ? `${list(given)} is not used until all are given` : 'all are needed'}`,
  'unknown-values': ({ ids }) => `no value for ${ids.join(', ')}
    missing is unknown, not zero: the score becomes an interval`,
  'assumed-number': ({ id, named, value }) =>
    `${id}: ${named} = ${num(value)} is assumed, and --strict refuses assumed numbers`,
  'unknown-code': (p) =>
    `no finding has the code '${p.value}'${meant(p.suggestion, "docs/diagnostics.md lists them; 'check' shows them beside what it finds")}`,
  'waiver-expired': ({ code, id, reason, until }) =>
    `the acceptance of ${code}${id === null ? '' : ` of ${id}`} ended on ${until} (${reason})
    mend what it accepts, or decide anew and give a later day`,
  'waiver-of-error': ({ code }) => `${code} is an error here and cannot be accepted
    only warnings and notes can; mend the error and take the entry out`,
  'gate-failed': ({ gate, actual, limit }) => `gate ${gate} failed: ${actual}, limit ${limit}`,
  'evidence-missing': ({ id, wants }) => `${id} has no evidence
    ${wants ? `wanted: ${wants.en ?? wants.vi}` : ''}`,
  'evidence-not-found': ({ file }) => `no such evidence file: ${file}`,
  'moved-far': ({ id, before, after }) => `${id} moved from ${num(before)} to ${num(after)}
    a slip of the decimal mark? check the value`,
  'gates-without-reading': () => `no file holds a reading, so that no gate was judged
    name the readings that are to be held to the gates`,
  'no-files': ({ patterns }) => `no file fits ${patterns.join(', ')}`,
  'bad-number-option': ({ option, value: x, least, most, whole, sample }) =>
    `${option}: '${x}' is not a ${whole ? 'whole ' : ''}number ${
      most === null
        ? `from ${num(least)} up`
        : option === '--year'
          ? `from ${least} to ${most}`
          : `from ${num(least)} to ${num(most)}`
    }
    for example ${option} ${sample}`,
  usage: ({ reason }) => reason,
  'unknown-option': ({ value: x, suggestion, of }) =>
    of ? `option '${x}' is only for ${of.join(', ')}` : `unknown option '${x}'${meant(suggestion)}`,
  'unknown-command': (p) => `unknown command '${p.value}'${meant(p.suggestion, "'cchc --help' lists them")}`,
  'bad-choice': (p) => `${p.option}: '${p.value}' is not one of ${list(p.options)}${meant(p.suggestion)}`,
  'bad-assignment': ({ option, value: x }) => {
    const [form, sample] = assignmentForms[option] ?? ['ID=VALUE', '7.3.2=60%'];
    return `${option}: '${x}' is not ${form}
      for example ${option} ${sample}`;
  },
  'bad-rivals': (p) => `'${p.value}' is not a move of rivals
    for example --rivals +1.5 or --rivals "Huyện Đông Sơn=-2"`,
  'missing-argument': ({ name, argument }) => `'${name}' is missing
    ${(argument && enHelp.argument[argument as keyof HelpTexts['argument']]) ?? ''}`,
  'missing-option-value': ({ option, value: x }) =>
    x === undefined
      ? `${option} needs a value`
      : `${option} needs a value, and '${x}' is an option
        ${option}=${x} if it is the value`,
  'too-many-arguments': (p) => `${counted(p.value, 'argument')} given, ${p.expected} expected`,
  'needs-option': ({ option, options }) => `this needs ${option}
    ${(options && `one of ${options.join(', ')}`) ?? ''}`,
  'option-unused': ({ option, options }) => `${option} has no effect on this result
    it has one with ${options.join(', ')}`,
  'output-exists': ({ file }) => `${file} exists
    --force writes over it`,
  'choose-catalogue': ({ options }) => {
    const lines = options.map(({ id, of }) => {
      if (!of) return `${id} · faulty; see: cchc catalogue lint ${id}`;
      const { from, to } = of.years;
      const years = to === null ? `from ${from}` : from === to ? `${from}` : `${from}–${to}`;
      return [id, of.level?.en ?? of.level?.vi, years, of.name.en ?? of.name.vi].filter(Boolean).join(' · ');
    });
    return `which catalogue is it for?
      ${lines.map((line) => `- ${line}`).join('\n')}
      name one with --catalogue, by its id or as a file of your own`;
  },
  'output-ending': ({ file, options }) =>
    `the ending of ${file} does not say a format that can be written here
    endings: ${options.map((k) => `.${k}`).join(', ')}`,
  'output-unwritable': ({ file, reason }) => `cannot write ${file} (${reason})
    ${UNWRITABLE[reason] ?? ''}`,
  'one-relative-part': (p) =>
    `'${p.key}': only one indicator of a criterion may be measured by the unit's target and the leader
    make a criterion of each`,
  'needs-target': ({ id }, inTable) =>
    `${id} is measured against the unit's own target, which the reading does not give
    for example ${example({ value: '900', target: '1000' }, inTable)}`,
  'needs-leader': ({ id }, inTable) =>
    `${id} is beyond its target, and points there depend on the group's leader, who is not known
    give ${name('leader', inTable)}: VALUE, or the readings of the whole group`,
  'outside-validity': ({ year, from, to, used }) =>
    `the catalogue holds ${to === null ? `from ${from}` : `from ${from} to ${to}`}, not in ${year}
    its numbers of ${used} are used`,
  'field-circle': ({ id }) => `field '${id}' is part of itself`,
  'extends-circle': ({ files }) => `catalogues extend each other in a circle: ${files.join(' → ')}`,
  'field-sum': ({ id, sum, max }) => `criteria of field ${id} add up to ${num(sum)}, not to ${num(max)}`,
  'ids-collide': ({ id, other }) => `a spreadsheet reads ${id} and ${other} as the same number
    keep ids as text, or number them apart`,
  'owner-unused': ({ owner }) => `no criterion names '${owner}'`,
  'no-translation': ({ id, keys }) => `${id} has no English: ${keys.join(', ')}`,
  'threshold-unsourced': ({ id, numbers }) =>
    `${id}: no source states ${numbers.map((n) => placeWords(n, enLabels)).join('; ')}`,
  'tiers-overlap': ({ id, at }) => `${id}: two tiers hold ${num(at)}; the first decides
    use 'below' where the next tier begins`,
  'tiers-gap': ({ id, from, to }) => `${id}: no tier holds what lies between ${num(from)} and ${num(to)}
    it falls to 'otherwise'`,
  'not-monotone': ({ id }) => `${id}: points rise and fall again as the value grows`,
  'points-unreachable': ({ id, points }) => `${id}: no value earns ${counted(num(points), 'point')}`,
  'unknown-action-word': (p) => `'${p.value}' is not one of ${list(p.options)}${meant(p.suggestion)}`,
  // Leagues, hierarchies and analyses
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
  'index-off-league': ({ unit, value }) =>
    `the index of '${unit}' is ${num(value)}, and a league has scores of 0 to 100; it is not saved`,
  'league-previous-twice': ({ year }) => `of ${year} another league is named already
    name one league of each earlier year`,
  'league-previous-scale': ({ year, value, scale }) =>
    `the league of ${year} has a scale of ${num(value)}, this one of ${num(scale)}; each score is read in percent of its own scale`,
  'score-off-scale': (p) => `a score of ${num(p.value)} is off the scale of 0 to ${num(p.scale)}`,
  'league-own-position': ({ unit, score }) =>
    `the league has no unknown place at ${unit}'s score of ${num(score)}; the nearest one was taken`,
  'league-of-other-year': ({ year, league }) =>
    `the league is of ${league}, so the letter on ${year} says no rank
    give the league of ${year}`,
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
  'one-score': ({ unit, ids }) =>
    `'${unit}': ${ids.join(', ')} without both self-scored and appraised points, so that both sides have the same`,
  'no-self-score': ({ unit }) => `'${unit}' has no criterion with both self-scored and appraised points`,
  'no-png': () => `the build in one file draws no PNG
    use svg, or install the package`,
  'one-reading': ({ format, count, option, options }) => `${format} holds one reading; ${count} were given
    choose one with ${option}: ${options.slice(0, 5).join(', ')}`,
  'years-needed': ({ unit }) => `a chart of the years needs two years or more whose score is known of ${unit}
    name the files of other years too, with every value`,
  'score-needed': ({ unit }) => `a picture of the rank needs a score that is known, and that of ${unit} is not
    --format table tells between which places it is`,
  'league-needs-units': ({ value }) => `a ranking needs two units or more; ${value} found`,
  'catalogue-of-config': ({ named, config }) =>
    `the reading names ${named}, and the config holds it to ${config}
    leave one of the two out, or make them agree`,
  'baseline-of-other-unit': ({ unit, baseline }) =>
    `${unit} is held against a baseline of another unit, ${baseline}`,
  'baseline-of-other-scale': ({ scale, baseline }) =>
    `points out of ${num(scale)} are held against points out of ${num(baseline)}, the baseline's scale
    compare shows both with their indexes`,
  'baseline-of-other-year': ({ year, baseline }) =>
    `what stands beside the cells as of last year is of ${baseline}, and the form is of ${year}`,
  'mixed-catalogues': ({ ids }) => `readings of several catalogues: ${ids.join(', ')}
    name one for all with --catalogue`,
  'mixed-years': ({ years }) => `readings of several years: ${years.join(', ')}
    choose one with --year`,
  'unit-circle': ({ unit }) => `'${unit}' is, over its parents, part of itself`,
  'children-missing': ({ parent, units, present }) =>
    `${parent}: no reading of ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` and ${units.length - 5} more` : ''}${present > 0 ? '\nsums are of the others alone' : ''}`,
  'children-without-value': ({ id, units }) =>
    `${id}: ${units.join(', ')} ${units.length === 1 ? 'has' : 'have'} no value, so there is no sum; it stays unknown`,
  'plan-and-flow': ({ id, units }) =>
    `${id}: a year's plan (${units.join(', ')}) does not add up with totals to date; it stays unknown`,
  'sum-without': ({ id, keys }, inTable) =>
    `${id}: units do not give ${list(keys.map((key) => name(key, inTable)))} alike, so the sum goes without`,
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
};
