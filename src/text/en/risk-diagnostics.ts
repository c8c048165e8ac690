import type { DiagnosticTexts } from '../messages.js';
import { localized } from '../numbers.js';
import { counted } from './counted.js';

const num = (text: string | number) => localized(text, 'en');

/** What is said of uncertain values and rivals. */
export const enRiskDiagnostics = {
  'bad-spread': ({ found }) => ({
    message: `'${found}' does not say how a value may fall`,
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
} satisfies Partial<DiagnosticTexts>;
