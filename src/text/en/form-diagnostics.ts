import type { DiagnosticTexts } from '../messages.js';
import { pieceText } from '../number-words.js';
import { meant, name } from './wording.js';

/** Words of what is wrong with the forms of rules and schemes, in English. */
export const enFormDiagnostics = {
  'choose-one': ({ keys }) => ({ message: `give exactly one of: ${keys.join(', ')}` }),
  'measure-unread': ({ kind }) => ({
    message: `a rule of kind '${kind}' does not read what measure counts`,
    hint: 'give measure to a rule over one number, or to a part of sum or min',
  }),
  'tier-open': () => ({
    message: 'a tier whose points run from one end to the other has an open end',
    hint: 'give it both bounds, such as {at_least: 75, below: 95, points: {from: 0.5, to: 1.5}}',
  }),
  'due-without-date': ({ quantity }) => ({
    message: `a day that is due belongs to a date, not to a ${quantity}`,
    hint: 'write quantity: date',
  }),
  'date-without-due': () => ({
    message: 'a date needs the day that it is due',
    hint: 'for example due: 15/01, year: next',
  }),
  'better-without-against': () => ({
    message: "'better' says how a value is held against something, and nothing is given",
    hint: 'write against: last_year, group_min, group_max, group_mean, group_rank or group_share',
  }),
  'input-shared': ({ key }) => ({
    message: `two parts share the input '${key}' and measure different things`,
    hint: 'give the parts inputs of their own, or one quantity',
  }),
  'part-needs-max': ({ key }) => ({
    message: `the part '${key}' may be left out, and so needs a maximum of its own`,
    hint: 'write max: beside its input',
  }),
  'rule-todo': ({ id }) => ({
    message: `${id}: how it is scored is not understood yet, so no value earns points`,
    hint: 'the criterion stays unknown; give appraised or deducted points, or write its rule',
  }),
  'needs-last-year': ({ id }, inTable) => ({
    message: `${id} is held against last year's value, which is not known`,
    hint: `give ${name('last_year', inTable)}: VALUE, or last year's reading of the unit too`,
  }),
  'needs-group': ({ id }, inTable) => ({
    message: `${id} is held against the unit's group, whose values are not all known`,
    hint: `give ${name('group', inTable)}: [the other units’ values], or the readings of the whole group`,
  }),
  'risk-not-additive': () => ({
    message: 'the maximum itself depends on the uncertain values: a condition leaves a criterion out',
    hint: 'compare single cases with whatif',
  }),
  'example-differs': ({ id, points, byRule }) => ({
    message: `${id}: the example says ${points} points, the rule gives ${byRule}`,
    hint: 'mend the rule, or the example',
  }),
  'examples-missing': ({ id, at }) => ({
    message: `${id}: no example touches ${at.map((a) => pieceText(a, 'en')).join(', ')}`,
    hint: 'catalogue lint FILE --fill writes them, for the office to confirm',
  }),
  'examples-left': ({ ids }) => ({
    message: `examples of ${ids.join(', ')} were not written`,
    hint: 'they are extended from another file, or written in one line: add examples there by hand',
  }),
  'migrate-lost': ({ id, to }) => ({
    message:
      to === null
        ? `${id} has no place in the new catalogue`
        : `the value of ${id} does not fit the rule of ${to}`,
    hint: 'it was left out',
  }),
  'migrate-new': ({ ids }) => ({ message: `still without a value: ${ids.join(', ')}` }),
  'requires-circle': ({ id }) => ({
    message: `${id} requires itself, over what it requires`,
    hint: 'take one of the conditions out',
  }),
  'requires-input': ({ id, options }) => ({
    message: `what is required of ${id} does not fit what it measures`,
    hint:
      options.length > 0
        ? `numbers take at_least, levels take is, and one of several inputs input: (${options.join(', ')})`
        : 'it is measured by a number: write at_least, above, at_most or below',
  }),
  'deducts-inside': ({ id }) => ({
    message: `${id} is within the scale, so it deducts from nothing but itself`,
    hint: 'write outside: true',
  }),
  'otherwise-without-units': () => ({
    message: "'otherwise' says what other kinds of unit get, and no kind is given",
    hint: 'for example units: [xã]',
  }),
  'adjustments-of-nothing': () => ({
    message: "'adjustments' limits criteria outside the scale, and there are none",
    hint: 'write outside: true on a bonus or a penalty',
  }),
  'adjustment-over-most': ({ id, max, most }) => ({
    message: `${id} may add ${max} points, and all outside the scale together no more than ${most}`,
    hint: 'lower its max, or raise adjustments.most: what is over it is never counted',
  }),
  'kind-missing': ({ ids, options }, inTable) => ({
    message: `the reading does not say what kind of unit it is; ${ids.join(', ')} depend on it`,
    hint: `write ${name('kind', inTable)}: ${options.join(' or ')}`,
  }),
  'unknown-kind': ({ value: x, suggestion }) => ({
    message: `'${x}' is no kind of unit that the catalogue names`,
    hint: meant(suggestion),
  }),
  'not-for-unit': ({ id, kind }) => ({
    message: `${id} is not scored for a unit of the kind '${kind}'; its value does not count`,
  }),
  'wants-counts': ({ options }) => ({
    message: 'the named counts are needed',
    hint: `for example {counts: {${options.map((o) => `${o}: 10`).join(', ')}}}`,
  }),
} satisfies Partial<DiagnosticTexts>;
