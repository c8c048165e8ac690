import { type Command, EXIT, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { placeAmong } from '../ranking/among.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import type { Ties } from '../ranking/table.js';
import { score } from '../scoring/score.js';
import { presentScore, type ScoredReading } from './score-view.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [shared.catalogue, shared.unit, shared.year, shared.league, shared.ties],
  examples: [
    'cchc score fixtures/nhu-xuan-2022.yaml',
    'cchc score fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml',
    'cchc score xa-*.yaml --format csv --output bang-diem.csv',
  ],
  async run(files, options, session) {
    const loader = new Loader(options, session);
    const opened = await loader.readings(files);
    const league = await loader.league();
    if (loader.failed) return loader.refusal();
    const results = opened.map(({ reading, catalogue }) => score(reading, catalogue));
    const ties = (text(options.ties) as Ties | undefined) ?? 'min';
    const among = league || results.length < 2 ? null : placeAmong(results, ties);
    const scored = results.map((result, i): ScoredReading => {
      const { reading } = opened[i]!;
      if (league) {
        const rivals = loader.take(rivalsOfResult(league, result));
        return { reading, result, rank: rivals ? placeResult(rivals, result) : null };
      }
      return { reading, result, rank: among?.[i] ?? null };
    });
    if (loader.failed) return loader.refusal();
    return {
      presentation: presentScore(scored, session.messages),
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

export default command;
