import type { DiagnosticTexts } from '../messages.js';

const list = (items: readonly string[]) => items.map((i) => `'${i}'`).join(', ');
const meant = (suggestion: string | undefined) => (suggestion ? `did you mean '${suggestion}'?` : undefined);

/** Words of what catalogues, hierarchies and streams complain of, in English. */
export const enSchemeDiagnostics = {
  'needs-target': ({ id }) => ({
    message: `${id} is measured against the unit's own target, which the reading does not give`,
    hint: 'for example {value: 900, target: 1000}',
  }),
  'needs-leader': ({ id }) => ({
    message: `${id} is beyond its target, and points there depend on the group's leader, who is not known`,
    hint: 'give leader: VALUE, or the readings of the whole group',
  }),
  'outside-validity': ({ year, from, to }) => ({
    message: `the catalogue holds ${to === null ? `from ${from}` : `from ${from} to ${to}`}, not in ${year}`,
  }),
  'field-circle': ({ id }) => ({ message: `field '${id}' is part of itself` }),
  'extends-circle': ({ files }) => ({
    message: `catalogues extend each other in a circle: ${files.join(' → ')}`,
  }),
  'field-sum': ({ id, sum, max }) => ({ message: `criteria of field ${id} add up to ${sum}, not to ${max}` }),
  'ids-collide': ({ id, other }) => ({
    message: `a spreadsheet reads ${id} and ${other} as the same number`,
    hint: 'keep ids as text, or number them apart',
  }),
  'owner-unused': ({ owner }) => ({ message: `no criterion names '${owner}'` }),
  'no-translation': ({ id, keys }) => ({ message: `${id} has no English: ${keys.join(', ')}` }),
  'threshold-unsourced': ({ id, numbers }) => ({ message: `${id}: no source states ${numbers.join(', ')}` }),
  'tiers-overlap': ({ id, at }) => ({
    message: `${id}: two tiers hold ${at}; the first decides`,
    hint: "use 'below' where the next tier begins",
  }),
  'tiers-gap': ({ id, from, to }) => ({
    message: `${id}: no tier holds what lies between ${from} and ${to}`,
    hint: "it falls to 'otherwise'",
  }),
  'not-monotone': ({ id }) => ({ message: `${id}: points rise and fall again as the value grows` }),
  'points-unreachable': ({ id, points }) => ({ message: `${id}: no value earns ${points} points` }),
  'phrase-not-understood': ({ found }) => ({
    message: `not understood as a rule: '${found}'`,
    hint: 'write the rule in the catalogue by hand',
  }),
  'unknown-action-word': (p) => ({
    message: `'${p.found}' is not one of ${list(p.options)}`,
    hint: meant(p.suggestion),
  }),
  'unit-circle': ({ unit }) => ({ message: `'${unit}' is, over its parents, part of itself` }),
  'children-missing': ({ parent, units }) => ({
    message: `${parent}: no reading of ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` and ${units.length - 5} more` : ''}`,
  }),
  'no-average': ({ id, units }) => ({
    message: `${id}: percents without their counts are not averaged (${units.join(', ')})`,
    hint: 'give done and total in every reading',
  }),
  'not-additive': ({ id, units }) => ({
    message: `${id} does not add up over units (${units.join(', ')}); it stays unknown`,
  }),
  'unit-not-placed': ({ units }) => ({
    message: `the units file does not name ${units.slice(0, 5).join(', ')}`,
  }),
  'stream-order': ({ unit, year }) => ({
    message: `rows of '${unit}', ${year} stand in several places`,
    hint: 'sort the file by unit and year: a stream holds one reading at a time',
  }),
  'not-in-stream': ({ option }) => ({
    message: `${option} does not go with --stream`,
    hint: 'a stream keeps no reading to change',
  }),
  'not-in-sql': ({ ids }) => ({
    message: `no query for rules of several values, or measured by targets and leaders: ${ids.join(', ')}`,
  }),
  'stream-rows': ({ count }) => ({ message: `${count} more faults like these` }),
} satisfies Partial<DiagnosticTexts>;
