import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { parseCatalogue } from '../catalogue/parse.js';
import { type Output, writeAllWhole } from '../files/write.js';
import { type Letter, readLetter } from '../papers/letter.js';
import { filesOfLetter, type LetterFiles } from '../papers/letter-files.js';
import { openPaper, type Paper } from '../papers/paper.js';
import { leastSize, type Ranking } from '../papers/ranking.js';
import { readRanking } from '../papers/ranking-table.js';
import { type League, parseLeague } from '../ranking/league.js';
import { parseReading } from '../reading/parse.js';
import { answerOf } from '../render/answer.js';
import { tableOf, type ViewField, valuesOf } from '../render/field.js';
import { type Block, factsOf, listOf, type Presentation } from '../render/presentation.js';
import type { Messages } from '../text/index.js';
import { type Diagnostic, error, warning } from '../values/diagnostic.js';
import { toNumber } from '../values/fraction.js';
import type { Call } from './shared/call.js';
import { type Command, EXIT, type Outcome } from './shared/command.js';
import { shared } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'paper', syntax: '<file>' }],
  options: [{ name: 'league', flags: '--league' }, shared.unit, shared.year],
  formats: (_args, options) =>
    options.league === true ? ['yaml', 'table', 'json'] : ['table', 'json', 'markdown', 'csv'],
  without: ['strict', 'explainInput'],
  examples: [
    'cchc import cong-van.docx --output nam-2022',
    'cchc import --league bang-xep-hang.xlsx --year 2023 --output league.yaml',
  ],
  async run(call) {
    const year = call.year();
    if (call.has('league') && call.text('unit') !== undefined)
      call.misused(error('unknown-option', { value: '--unit', of: ['cchc import LETTER'] }));
    call.settle();
    const [paper] = call.need(await openPaper(call.args[0]!));
    return call.has('league') ? importLeague(paper, year, call) : importLetter(paper, year, call);
  },
};

export default command;

async function importLetter(paper: Paper, year: number | undefined, call: Call): Promise<Outcome> {
  const [letter] = call.need(
    readLetter(paper.paragraphs, paper.file, { unit: call.text('unit'), year }, paper.tables),
  );
  const files = filesOfLetter(letter, basename(paper.file));
  const placeOf = ({ path }: Diagnostic) => {
    const line = letter.losses.find(({ id }) => path?.includes(id))?.line;
    return line === undefined ? { file: paper.file } : { file: paper.file, line, column: 1 };
  };
  call.note(checked(files).map((d) => ({ ...d, place: placeOf(d) })));
  call.settle();
  const folder = call.text('output');
  if (folder !== undefined) {
    const left = files.league === null ? join(folder, 'league.yaml') : null;
    if (left !== null && existsSync(left)) call.note(warning('league-from-before', { file: left }));
    call.note(await writeAllWhole(outputsOf(folder, files), call.has('force')));
  }
  return {
    presentation: presentLetter(letter, files.rules, call.messages),
    elsewhere: folder !== undefined,
    exit: call.failed ? EXIT.input : EXIT.fine,
  };
}

/** What the three files would be refused for; a letter that contradicts itself does. */
function checked({ reading, catalogue, league }: LetterFiles): Diagnostic[] {
  const scheme = parseCatalogue(catalogue);
  const of = (diagnostics: readonly Diagnostic[]) => diagnostics.filter((d) => d.severity === 'error');
  if (!scheme.ok) return of(scheme.diagnostics);
  const parts = [parseReading(reading, scheme.value), ...(league ? [parseLeague(league)] : [])];
  return parts.flatMap((p) => of(p.diagnostics));
}

const schemaLine = (shape: string) => `# yaml-language-server: $schema=./${shape}.schema.json\n`;
const yamlOf = (data: unknown) => stringify(data, { lineWidth: 0 });

/** `reading.yaml`, `catalogue.yaml` and `league.yaml` in a folder. */
function outputsOf(folder: string, { reading, catalogue, league }: LetterFiles): Output[] {
  const files = {
    'reading.yaml': yamlOf(reading),
    'catalogue.yaml': `${schemaLine('catalogue')}${yamlOf(catalogue)}`,
    ...(league && { 'league.yaml': yamlOf(league) }),
  };
  return Object.entries(files).map(([name, content]) => ({ file: join(folder, name), content }));
}

function importLeague(paper: Paper, asked: number | undefined, call: Call): Outcome {
  const [ranking] = call.need(readRanking(paper, asked));
  const year = asked ?? ranking.year ?? call.refuse(error('needs-option', { option: '--year' }));
  const data = leagueData(ranking, year, paper.file);
  const parsed = parseLeague(data);
  const placeOf = ({ path: [list, i] = [] }: Diagnostic) =>
    (list === 'units' && ranking.places?.[Number(i)]) || { file: paper.file };
  const diagnostics = parsed.diagnostics.map((d) => ({ ...d, place: placeOf(d) }));
  const [league] = call.need({ ...parsed, diagnostics });
  return {
    presentation: presentRanking(data, league, call.messages),
    documents: { yaml: async () => yamlOf(data) },
  };
}

function leagueData(ranking: Ranking, year: number, file: string): Record<string, unknown> {
  const size = ranking.size ?? leastSize(ranking.units);
  return {
    name: { vi: `Bảng xếp hạng năm ${year}` },
    year,
    scale: ranking.scale ?? 100,
    size,
    source: basename(file),
    provenance: 'stated',
    ...(ranking.mean !== null && { mean: ranking.mean }),
    units: ranking.units.map(({ unit, score, rank }) => ({
      unit,
      ...(rank !== null && { rank }),
      ...(score !== null && { score }),
    })),
  };
}

/** What a letter gives: the losses, and what was read of the rest. */
function presentLetter(
  letter: Letter,
  rules: { stated: number; todo: number },
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const say = labels.imported;
  const { unit, year, rank, size, score, report, losses } = letter;
  const total = toNumber(letter.total);
  const [most] = [...losses].sort((p, q) => q.lost.compare(p.lost));
  const fields: ViewField<Letter['losses'][number]>[] = [
    { key: 'id', text: (l) => l.id },
    { key: 'criterion', flexible: true, text: (l) => l.name },
    {
      key: 'deducted',
      title: labels.columns.deduction,
      align: 'decimal',
      text: (l) => numbers.number(toNumber(l.lost), 4),
      value: (l) => toNumber(l.lost),
    },
    { key: 'owners', title: labels.columns.owner, flexible: true, text: (l) => l.owners.join(', ') },
  ];
  const json = {
    schema: 'cchc/import-letter@1',
    unit,
    year,
    rank,
    size,
    score: score && { points: toNumber(score.points), scale: toNumber(score.scale) },
    report,
    deducted: total,
    losses: losses.map((l) => ({
      id: l.id,
      name: l.name,
      deducted: toNumber(l.lost),
      owners: l.owners,
      limitation: l.limitation,
    })),
    rules,
  };
  const blocks = listOf<Block>([
    answerOf(`${unit} · ${year}`, [
      { label: say.losses, text: say.lossesText(losses.length, numbers.number(total, 4)) },
      rank !== null && { label: labels.columns.rank, text: `${rank}/${size}` },
      most && {
        label: labels.group.mostLost,
        text: labels.answer.leverText(most.id, numbers.signedNumber(-toNumber(most.lost), 4), most.name),
      },
      { label: say.rules, text: say.rulesText(rules.stated, rules.todo) },
    ]),
    (score || report) &&
      factsOf([
        score && {
          label: labels.score.score,
          text: labels.score.ofMax(numbers.number(score.points), numbers.number(score.scale)),
        },
        report && { label: say.report, text: `${report.kind} ${report.number}` },
      ]),
    tableOf(fields, losses, { titles: labels.columns }),
  ]);
  return { json, blocks, data: valuesOf(fields, losses) };
}

/** A ranking as it was read. */
function presentRanking(data: Record<string, unknown>, league: League, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const fields: ViewField<League['units'][number]>[] = [
    { key: 'rank', align: 'right', text: (u) => u.rank?.toString(), value: (u) => u.rank },
    { key: 'unit', flexible: true, text: (u) => u.unit },
    {
      key: 'score',
      align: 'decimal',
      text: (u) => (u.score ? numbers.number(toNumber(u.score), 4) : ''),
      value: (u) => u.score && toNumber(u.score),
    },
  ];
  const scored = league.units
    .flatMap(({ unit, score }) => (score ? [{ unit, score }] : []))
    .sort((p, q) => q.score.compare(p.score));
  const standing = (at: number) => {
    const one = scored.at(at);
    return one && `${one.unit} (${numbers.number(toNumber(one.score), 4)})`;
  };
  const [first, last] = [standing(0), standing(-1)];
  return {
    json: { schema: 'cchc/import-league@1', ...data },
    blocks: [
      answerOf(numbers.pick(league.name), [
        { label: labels.imported.size, text: `${league.units.length}/${league.size}` },
        first && { label: labels.group.first, text: first },
        last && { label: labels.group.last, text: last },
      ]),
      tableOf(fields, league.units, { titles: labels.columns }),
    ],
    data: valuesOf(fields, league.units),
  };
}
