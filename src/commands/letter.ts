import { type Command, EXIT, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { openActions } from '../files/open.js';
import { reportModel } from '../reports/model.js';
import { presentLetter } from './letter-view.js';

const command: Command = {
  arguments: [{ name: 'reading', syntax: '<file>' }],
  options: [
    shared.league,
    { name: 'actions', flags: '--actions <file>' },
    shared.catalogue,
    shared.unit,
    shared.year,
  ],
  examples: [
    'cchc letter fixtures/nhu-xuan-2022.yaml --lang vi --output cong-van.docx',
    'cchc letter fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml \\',
    '    --actions fixtures/actions/nhu-xuan-2023.yaml --format markdown',
  ],
  formats: ['markdown', 'docx', 'json'],
  async run([file], options, session) {
    const loader = new Loader(options, session);
    const opened = await loader.readings([file!]);
    const league = await loader.league();
    const [first] = opened;
    if (!first || loader.failed) return loader.refusal();
    const several = loader.notOne(opened, session.format);
    if (several) return several;
    const { reading, catalogue } = first;
    const named = text(options.actions);
    const actions =
      named === undefined ? [] : (loader.take(await openActions(named, catalogue, reading.year)) ?? []);
    if (loader.failed) return loader.refusal();
    const model = reportModel(
      { reading, catalogue, league, scenarios: [], changes: new Map() },
      session.messages,
    );
    return {
      presentation: presentLetter(model, actions, session.messages),
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
