import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openLeague } from '../files/open.js';
import { packageRoot } from '../files/paths.js';
import {
  type BacktestRow,
  backtest,
  type Goodness,
  goodnessOf,
  isWhole,
  KNOWN_PARTS,
  type KnownPart,
  LEAST_UNITS,
  partOf,
  someOf,
} from '../ranking/backtest.js';
import type { League, LeagueUnit } from '../ranking/league.js';
import { acrossYears } from '../ranking/prior.js';
import { answerOf } from '../render/answer.js';
import { tableOf, type ViewField, valuesOf } from '../render/field.js';
import { bar } from '../render/plot.js';
import { type Presentation, pictureOf, type Row, textOf } from '../render/presentation.js';
import type { Messages } from '../text/index.js';
import { type Diagnostic, error } from '../values/diagnostic.js';
import { greatest } from '../values/search.js';
import type { Call } from './shared/call.js';
import type { Outcome } from './shared/command.js';

/** The whole leagues that are shipped with the program. */
function shipped(): string[] {
  const folder = join(packageRoot() ?? '', 'fixtures', 'leagues');
  const names = packageRoot() === null ? [] : readdirSync(folder);
  return names
    .filter((name) => /^pci-\d+\.yaml$|^thanh-hoa-departments/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Hides what newspapers would not print of whole leagues, asks the model, and says how well it did. */
export async function backtestLeagues(files: readonly string[], call: Call): Promise<Outcome> {
  const sample = call.count('sample', 8);
  call.settle();
  const named: { name: string; league: League }[] = [];
  for (const file of files.length > 0 ? files : shipped()) {
    const league = call.take(await openLeague(file));
    if (!league) continue;
    const name = basename(file);
    const refuse = (fault: Diagnostic) => call.note({ ...fault, place: { file } });
    if (!isWhole(league)) refuse(error('backtest-partly', { name }));
    else if (league.size < LEAST_UNITS) refuse(error('backtest-small', { name, units: league.size }));
    else named.push({ name: name.replace(/\.[^.]+$/, ''), league });
  }
  call.settle();
  const known = call.text('known') as KnownPart | undefined;
  const rows = KNOWN_PARTS.filter((k) => known === undefined || k === known).flatMap((part) =>
    named.flatMap(({ name, league }) => {
      const before = part === 'next' ? yearBefore(league, named) : null;
      const units = league.units.map((u) => u.unit);
      const kept = sample === undefined ? null : someOf(units, sample, league.year);
      if (kept?.size === league.size) return [];
      const result = kept
        ? backtest(name, partOf(league, kept), part, before && sameOf(before, kept))
        : backtest(name, league, part, before);
      return result ? [result] : [];
    }),
  );
  if (rows.length === 0) {
    const most = greatest(named.map((n) => n.league.size));
    const small = sample !== undefined && most <= sample;
    call.note(small ? error('backtest-sample', { sample, most }) : error('backtest-no-pair', {}));
    call.settle();
  }
  return { presentation: present(rows, call.messages) };
}

/** The latest league of an earlier year in which most of the units stand. */
function yearBefore(league: League, all: readonly { league: League }[]): League | null {
  const units = new Set(league.units.map((u) => acrossYears(u.unit)));
  const stays = ({ unit }: LeagueUnit) => units.has(acrossYears(unit));
  const earlier = all
    .map((n) => n.league)
    .filter((l) => l.year < league.year && l.units.filter(stays).length > league.size / 2);
  return earlier.sort((p, q) => q.year - p.year)[0] ?? null;
}

function sameOf(league: League, kept: ReadonlySet<string>): League {
  const names = new Set([...kept].map(acrossYears));
  return partOf(league, new Set(league.units.map((u) => u.unit).filter((u) => names.has(acrossYears(u)))));
}

const BAR = 30;

function present(rows: readonly BacktestRow[], messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const say = labels.rank.backtest;
  const parts = [...new Set(rows.map((r) => r.known))];
  const asked = rows.map(({ answers, ...row }) => ({ ...row, answers, ...goodnessOf(answers) }));
  const totals = parts.map((known) => {
    const same = asked.filter((r) => r.known === known);
    const worst = same.reduce((w, r) => (r.model.crps > w.model.crps ? r : w));
    const low = same.reduce((w, r) => (r.model.within90 < w.model.within90 ? r : w));
    const all = goodnessOf(same.flatMap((r) => r.answers));
    return { known, ...all, worst: worst.league, lowest: low.league };
  });
  interface Line extends Partial<Goodness & Pick<BacktestRow, 'units' | 'known'>> {
    role?: Row['role'];
    league: string;
  }
  const lines = parts.flatMap((known, i): Line[] => [
    { role: 'group', league: say.known[known] },
    ...asked.filter((r) => r.known === known),
    { ...totals[i]!, role: 'total', league: say.together },
  ]);
  type Key = keyof typeof say.columns;
  const places = (x: number) => numbers.number(x, 2);
  const column = (
    key: Key,
    of: (l: Line) => number | undefined,
    text: (x: number) => string,
  ): ViewField<Line> => ({
    key,
    title: say.columns[key],
    align: text === places ? 'decimal' : 'right',
    text: (l) => {
      const x = of(l);
      return x === undefined ? '' : text(x);
    },
    value: of,
  });
  const fields: ViewField<Line>[] = [
    { key: 'league', title: say.league, flexible: true, text: (l) => l.league },
    // What is known heads the rows, for people.
    { key: 'known', value: (l) => l.known },
    { key: 'units', value: (l) => l.units },
    column('questions', (l) => l.model?.questions, String),
    column('within50', (l) => l.model?.within50, numbers.percent),
    column('within80', (l) => l.model?.within80, numbers.percent),
    column('within90', (l) => l.model?.within90, numbers.percent),
    column('bias', (l) => l.model?.bias, places),
    column('crps', (l) => l.model?.crps, places),
    column('even90', (l) => l.even?.within90, numbers.percent),
    column('evenCrps', (l) => l.even?.crps, places),
    column('normalCrps', (l) => l.normal?.crps, places),
  ];
  return {
    json: { schema: 'cchc/backtest@1', rows: asked.map(({ answers, ...row }) => row), totals },
    blocks: [
      answerOf(
        say.title,
        totals.map(({ known, model }) => ({
          label: say.known[known],
          text: `${say.columns.within90}: ${numbers.percent(model.within90)} · ${say.columns.crps}: ${numbers.number(model.crps, 2)}`,
        })),
      ),
      tableOf(fields, lines, { role: (l) => l.role }),
      ...totals.map((t) =>
        pictureOf(
          `${say.tenths}: ${say.known[t.known]}`,
          t.tenths.map(
            (x, k) =>
              `${String(k * 10).padStart(3)}–${String(k * 10 + 10).padEnd(4)} ${bar(Math.min(1, x / 0.3), BAR).padEnd(BAR)}  ${numbers.percent(x)}`,
          ),
        ),
      ),
      textOf(say.note),
    ],
    data: valuesOf(
      fields,
      lines.filter((l) => !l.role),
    ),
  };
}
