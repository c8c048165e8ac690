import { type Command, EXIT } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';
import { checkDocuments } from '../files/inspect.js';
import { readFileContent } from '../files/read.js';
import { presentInspection, type Seen } from './inspect-view.js';

/** What the answer itself shows, or what does not concern how a file is read. */
const SHOWN = new Set(['read-as', 'cells-not-used', 'sheet-not-used', 'unknown-values']);

const command: Command = {
  arguments: [{ name: 'inspected', syntax: '<file...>' }],
  options: [shared.catalogue],
  examples: ['cchc inspect bang-diem.xlsx', 'cchc inspect cac-xa.csv --format json'],
  without: ['explainInput', 'strict'],
  async run(files, options, session) {
    const loader = new Loader(options, session);
    const override = await loader.catalogue();
    if (loader.failed) return loader.refusal();
    const schemes = new Map();
    const seen: Seen[] = [];
    const diagnostics: Diagnostic[] = [...loader.diagnostics];
    for (const file of files) {
      const content = await readFileContent(file);
      const checked = await checkDocuments(file, content.documents ?? [], override, schemes);
      const told = [...content.diagnostics, ...checked.flatMap((c) => c.diagnostics)];
      seen.push({ file, content, checked, coercions: told.filter((d) => d.code === 'read-as') });
      for (const d of told) if (!SHOWN.has(d.code)) diagnostics.push(d);
    }
    return {
      presentation: presentInspection(seen, session.messages),
      diagnostics,
      exit: hasErrors(diagnostics) ? EXIT.input : EXIT.fine,
    };
  },
};

export default command;
