import { basename } from 'node:path';
import { compare, selfAndAppraised } from '../analysis/compare.js';
import { type Command, EXIT, type Session, texts } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { error } from '../diagnostics/diagnostic.js';
import { type OpenReading, openLeague } from '../files/open.js';
import type { League } from '../ranking/league.js';
import type { Rank } from '../ranking/place.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { type NamedComparison, presentComparison } from './compare-view.js';

type Side = Pick<OpenReading, 'reading' | 'catalogue'>;

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'selfScore', flags: '--self-score' },
    { name: 'leagues', flags: '--league <file>', repeat: true },
    shared.catalogue,
    shared.unit,
    shared.year,
  ],
  examples: [
    'cchc compare 2022.yaml 2023.yaml --league league-2022.yaml --league league-2023.yaml',
    'cchc compare fixtures/nhu-xuan-2022.yaml fixtures/nhu-xuan-2022-to-date.yaml',
    'cchc compare self-scoring.xlsx --self-score',
  ],
  async run(files, options, session) {
    const loader = new Loader(options, session);
    const opened = await loader.readings(files);
    const leagues: League[] = [];
    for (const file of texts(options.league)) {
      const league = loader.take(await openLeague(file));
      if (league) leagues.push(league);
    }
    if (loader.failed) return loader.refusal();
    if (leagues.length > 1 && leagues.length !== opened.length) {
      const problem = error('compare-leagues', { leagues: leagues.length, readings: opened.length });
      return { diagnostics: [problem], exit: EXIT.usage };
    }
    const rankOf = (result: ReadingResult, league: League | undefined): Rank | null => {
      const rivals = league && loader.take(rivalsOfResult(league, result));
      return rivals ? placeResult(rivals, result) : null;
    };
    const comparisons: NamedComparison[] = [];
    const add = (from: Side, to: Side, names: [string, string], at: [number, number]) => {
      const comparison = compare(from, to);
      const league = (i: number) => (leagues.length > 1 ? leagues[i] : leagues[0]);
      const ranks: [Rank | null, Rank | null] = [
        rankOf(score(from.reading, from.catalogue), league(at[0])),
        rankOf(score(to.reading, to.catalogue), league(at[1])),
      ];
      comparisons.push({ comparison, names, ranks, selfScore: options.selfScore === true });
    };
    if (options.selfScore === true) {
      for (const [i, { reading, catalogue }] of opened.entries()) {
        const split = selfAndAppraised(reading, catalogue);
        if (!split) {
          return { diagnostics: [error('no-self-score', { unit: reading.unit })], exit: EXIT.usage };
        }
        const [self, appraised] = split.map((r) => ({ reading: r, catalogue }));
        add(self!, appraised!, selfNames(reading.unit, session), [i, i]);
      }
    } else if (opened.length < 2) {
      return { diagnostics: [error('compare-one', { found: opened.length })], exit: EXIT.usage };
    } else {
      const names = namesOf(opened);
      for (let i = 0; i + 1 < opened.length; i++)
        add(opened[i]!, opened[i + 1]!, [names[i]!, names[i + 1]!], [i, i + 1]);
    }
    if (loader.failed) return loader.refusal();
    return {
      presentation: presentComparison(comparisons, session.messages),
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

function selfNames(unit: string, { messages: { labels } }: Session): [string, string] {
  return [`${unit}, ${labels.compare.self}`, `${unit}, ${labels.compare.appraised}`];
}

/** Units and years as far as they tell the readings apart, and files where they do not. */
function namesOf(opened: readonly OpenReading[]): string[] {
  const plain = opened.map(({ reading }) => `${reading.unit} ${reading.year}`);
  return plain.map((name, i) =>
    plain.indexOf(name) === plain.lastIndexOf(name) ? name : `${name} (${basename(opened[i]!.file)})`,
  );
}

export default command;
