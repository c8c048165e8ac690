import { findField, findOwner, selectCriteria } from '../catalogue/select.js';
import { type Command, EXIT, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { error } from '../diagnostics/diagnostic.js';
import { openCatalogue } from '../files/catalogue.js';
import { presentCriteria } from './criteria-view.js';

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
  async run(_args, options, session) {
    const loader = new Loader(options, session);
    const catalogue = loader.take(await openCatalogue(text(options.catalogue) ?? DEFAULT_CATALOGUE));
    if (!catalogue) return loader.refusal();
    const fieldName = text(options.field);
    const ownerName = text(options.owner);
    const field = fieldName === undefined ? null : findField(catalogue, fieldName);
    const owner = ownerName === undefined ? null : findOwner(catalogue, ownerName);
    const wrong = [
      ...(field && !('id' in field)
        ? [error('unknown-field', { found: fieldName!, suggestion: field.suggestion })]
        : []),
      ...(owner && !('id' in owner)
        ? [error('unknown-owner', { found: ownerName!, suggestion: owner.suggestion })]
        : []),
    ];
    if (wrong.length > 0) return { diagnostics: wrong, exit: EXIT.usage };
    const chosen = selectCriteria(
      catalogue,
      field && 'id' in field ? field : null,
      owner && 'id' in owner ? owner : null,
    );
    return {
      presentation: presentCriteria(catalogue, chosen, session.messages),
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
