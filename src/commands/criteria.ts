import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { findField, findOwner, selectCriteria } from '../catalogue/select.js';
import { listedMax } from '../catalogue/sums.js';
import { openCatalogue } from '../files/catalogue.js';
import { answerOf } from '../render/answer.js';
import {
  criterionFields,
  dataOf,
  maximumFields,
  tableOf,
  type ViewField,
  valuesOf,
} from '../render/field.js';
import { type Presentation, textOf } from '../render/presentation.js';
import { definitionJson } from '../render/result-json.js';
import { ownersText, ruleText } from '../render/words.js';
import type { Messages } from '../text/index.js';
import { error } from '../values/diagnostic.js';
import type { Command } from './shared/command.js';
import { shared, wordOf } from './shared/options.js';

/** The catalogue that is meant when none is named: the worked example. */
export const DEFAULT_CATALOGUE = 'thanh-hoa-district-2022';

const command: Command = {
  arguments: [],
  options: [
    shared.catalogue,
    { name: 'field', flags: '--field <id|name>' },
    { name: 'owner', flags: '--owner <name>' },
  ],
  without: ['explainInput', 'strict'],
  examples: [
    'cchc criteria',
    'cchc criteria --field 7',
    'cchc criteria --owner "Phòng Nội vụ" --format json',
  ],
  async run(call) {
    const name = call.text('catalogue') ?? DEFAULT_CATALOGUE;
    const [catalogue] = call.need(await openCatalogue(name));
    const fieldName = call.text('field');
    const ownerName = call.text('owner');
    const field = fieldName === undefined ? null : findField(catalogue, fieldName);
    const owner = ownerName === undefined ? null : findOwner(catalogue, ownerName);
    if (field && !('id' in field))
      call.misused(error('unknown-field', { value: fieldName!, suggestion: field.suggestion }));
    if (owner && !('id' in owner))
      call.misused(error('unknown-owner', { value: ownerName!, suggestion: owner.suggestion }));
    call.settle();
    const chosen = selectCriteria(
      catalogue,
      field && 'id' in field ? field : null,
      owner && 'id' in owner ? owner : null,
    );
    return { presentation: presentCriteria(name, catalogue, chosen, call.messages) };
  },
};

/** A list of criteria of a catalogue, by the name that it was asked for under. */
function presentCriteria(
  name: string,
  catalogue: Catalogue,
  criteria: readonly Criterion[],
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const { decimals } = catalogue;
  const json = {
    schema: 'cchc/criteria@1',
    catalogue: { id: catalogue.id, year: catalogue.year },
    criteria: criteria.map((c) => ({
      ...definitionJson(c, decimals, messages),
      maxProvenance: c.maxProvenance.kind,
    })),
  };
  if (criteria.length === 0)
    return { json, blocks: [textOf(labels.criteria.none)], data: dataOf(['id'], []) };
  const fields: ViewField<Criterion>[] = [
    ...criterionFields((c: Criterion) => c, messages),
    { key: 'field', text: (c) => c.field },
    { key: 'rule', flexible: true, text: (c) => ruleText(c, decimals, messages), tone: () => 'dim' },
    ...maximumFields(messages, decimals),
    {
      key: 'owners',
      flexible: true,
      text: (c) => ownersText(c.owners, catalogue, messages),
      value: (c) => c.owners.join('; '),
    },
  ];
  const max = listedMax(catalogue.fields, criteria, catalogue.round, decimals);
  const largest = criteria.reduce((p, q) => (q.max > p.max ? q : p));
  return {
    json,
    blocks: [
      answerOf(numbers.pick(catalogue.name), [
        {
          label: labels.score.total,
          text: labels.criteria.total(criteria.length, numbers.points(max, decimals)),
        },
        {
          label: labels.criteria.largest,
          text: `${largest.id} (${numbers.points(largest.max, decimals)}): ${numbers.pick(largest.name)}`,
        },
        { label: labels.answer.next, text: `cchc explain ${largest.id} --catalogue ${wordOf(name)}` },
      ]),
      tableOf(fields, criteria, { titles: labels.columns }),
    ],
    data: valuesOf(fields, criteria),
  };
}

export default command;
