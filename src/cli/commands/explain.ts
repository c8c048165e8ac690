import { explain } from '../../analysis/explain.js';
import { findCriterion } from '../../catalogue/select.js';
import { error } from '../../diagnostics/diagnostic.js';
import { openCatalogue } from '../../input/open.js';
import { presentExplanation } from '../../output/views/explain.js';
import { type Command, text } from '../command.js';
import { EXIT } from '../exit.js';
import { Loader } from '../load.js';
import { shared } from '../options.js';
import { DEFAULT_CATALOGUE } from './criteria.js';

const command: Command = {
  arguments: [
    { name: 'id', syntax: '<id>' },
    { name: 'reading', syntax: '[file]' },
  ],
  options: [shared.catalogue, shared.unit, shared.year],
  examples: ['cchc explain 7.3.2', 'cchc explain 7.3.2 fixtures/nhu-xuan-2022.yaml'],
  async run([id, file], options, session) {
    const loader = new Loader(options, session);
    const [opened] = file === undefined ? [] : await loader.readings([file]);
    if (loader.failed) return loader.refusal();
    const catalogue =
      opened?.catalogue ?? loader.take(await openCatalogue(text(options.catalogue) ?? DEFAULT_CATALOGUE));
    if (!catalogue) return loader.refusal();
    const criterion = findCriterion(catalogue, id!);
    if (!('id' in criterion)) {
      const problem = error('unknown-criterion', { found: id!, suggestion: criterion.suggestion });
      return { diagnostics: [problem], exit: EXIT.usage };
    }
    const found = explain(catalogue, criterion, opened?.reading ?? null);
    return {
      presentation: presentExplanation(found, session.messages),
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
