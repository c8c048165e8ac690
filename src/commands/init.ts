import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command, EXIT, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { type Diagnostic, error, hasErrors } from '../diagnostics/diagnostic.js';
import { openCatalogue } from '../files/catalogue.js';
import { jsonSchemaOf } from '../files/json-schema.js';
import { writeWhole } from '../files/write.js';
import { yamlForm } from '../reports/form.js';
import { DEFAULT_CATALOGUE } from './criteria.js';
import { projectFiles } from './init-project.js';

const command: Command = {
  arguments: [{ name: 'folder', syntax: '[folder]' }],
  options: [shared.catalogue, shared.unit, shared.year, shared.force],
  formats: [],
  without: ['explainInput', 'strict'],
  examples: ['cchc init', 'cchc init cchc-2023 --unit "Xã A" --year 2023'],
  async run([folder = '.'], options, session) {
    const loader = new Loader(options, session);
    const name = text(options.catalogue) ?? DEFAULT_CATALOGUE;
    const catalogue = loader.take(await openCatalogue(name));
    if (!catalogue) return loader.refusal();
    const unit = text(options.unit) ?? 'Đơn vị của tôi';
    const year = Number(text(options.year) ?? catalogue.year);
    const form = yamlForm({ catalogue, unit, year, last: null, messages: session.messages });
    const files: Record<string, string> = {
      ...projectFiles({ unit, year, catalogue: catalogue.id, language: session.messages.language }),
      'reading.yaml': form,
      'reading.schema.json': `${JSON.stringify(jsonSchemaOf('reading'), null, 2)}\n`,
    };
    const force = options.force === true;
    const there: Diagnostic[] = Object.keys(files)
      .filter((file) => !force && existsSync(join(folder, file)))
      .map((file) => error('output-exists', { file: join(folder, file) }));
    if (hasErrors(there)) return { diagnostics: there, exit: EXIT.input };
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const problem = writeWhole(join(folder, file), content, force);
      if (problem) return { diagnostics: [problem], exit: EXIT.input };
    }
    const raw = `${Object.keys(files)
      .map((file) => join(folder, file))
      .join('\n')}\n`;
    return {
      presentation: { json: null, blocks: [], raw },
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
