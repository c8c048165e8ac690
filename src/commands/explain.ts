import { explain } from '../analysis/explain.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findCriterion } from '../catalogue/select.js';
import { type Command, EXIT, type Outcome, type Session, text } from '../cli/command.js';
import { eachReading, Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { error } from '../diagnostics/diagnostic.js';
import { openCatalogue } from '../files/catalogue.js';
import type { Reading } from '../reading/reading.js';
import { DEFAULT_CATALOGUE } from './criteria.js';
import { presentExplanation } from './explain-view.js';

const command: Command = {
  arguments: [
    { name: 'id', syntax: '<id>' },
    { name: 'readings', syntax: '[file...]' },
  ],
  options: [shared.catalogue, shared.unit, shared.year],
  examples: ['cchc explain 7.3.2', 'cchc explain 7.3.2 fixtures/nhu-xuan-2022.yaml'],
  async run([id, ...files], options, session) {
    if (files.length > 0) {
      return eachReading(files, options, session, async ({ opened: { catalogue, reading } }) =>
        explained(id!, catalogue, reading, session),
      );
    }
    const loader = new Loader(options, session);
    const catalogue = loader.take(await openCatalogue(text(options.catalogue) ?? DEFAULT_CATALOGUE));
    if (!catalogue) return loader.refusal();
    const outcome = explained(id!, catalogue, null, session);
    return { ...outcome, diagnostics: [...loader.diagnostics, ...outcome.diagnostics] };
  },
};

function explained(
  id: string,
  catalogue: Catalogue,
  reading: Reading | null,
  { messages }: Session,
): Outcome {
  const criterion = findCriterion(catalogue, id);
  if (!('id' in criterion)) {
    const problem = error('unknown-criterion', { found: id, suggestion: criterion.suggestion });
    return { diagnostics: [problem], exit: EXIT.usage };
  }
  const explanation = explain(catalogue, criterion, reading);
  return { presentation: presentExplanation(explanation, messages), diagnostics: [], exit: EXIT.fine };
}

export default command;
