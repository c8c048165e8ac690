import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EXIT, type OptionValues, type Outcome, type Session, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { NumberOptions } from '../cli/options.js';
import { error } from '../diagnostics/diagnostic.js';
import { openLeague } from '../files/open.js';
import { packageRoot } from '../files/package-root.js';
import {
  type BacktestRow,
  backtest,
  type Goodness,
  isWhole,
  KNOWN,
  type KnownPart,
  partOf,
  someOf,
} from '../ranking/backtest.js';
import type { League } from '../ranking/league.js';
import { acrossYears } from '../ranking/prior.js';
import { answerOf } from '../render/answer.js';
import { bar } from '../render/plot.js';
import { cell, type Row } from '../render/presentation.js';

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
export async function backtestLeagues(
  files: readonly string[],
  options: OptionValues,
  session: Session,
): Promise<Outcome> {
  const loader = new Loader(options, session);
  const numbers = new NumberOptions();
  const sample = numbers.count('--sample', options.sample, 8);
  if (numbers.diagnostics.length > 0) return { diagnostics: numbers.diagnostics, exit: EXIT.usage };
  const named: { name: string; league: League }[] = [];
  for (const file of files.length > 0 ? files : shipped()) {
    const league = loader.take(await openLeague(file));
    if (!league) continue;
    if (isWhole(league)) named.push({ name: basename(file).replace(/\.[^.]+$/, ''), league });
    else loader.diagnostics.push({ ...error('backtest-partly', { name: basename(file) }), place: { file } });
  }
  if (loader.failed || named.length === 0) return loader.refusal();
  const known = text(options.known) as KnownPart | undefined;
  const rows = KNOWN.filter((k) => known === undefined || k === known).flatMap((part) =>
    named.flatMap(({ name, league }) => {
      const before = part === 'next' ? yearBefore(league, named) : null;
      const kept =
        sample === undefined
          ? null
          : someOf(
              league.units.map((u) => u.unit),
              sample,
              league.year,
            );
      if (kept && kept.size === league.size) return [];
      const found = backtest(
        name,
        kept ? partOf(league, kept) : league,
        part,
        before && kept ? sameOf(before, kept) : before,
      );
      return found ? [found] : [];
    }),
  );
  return { presentation: present(rows, session), diagnostics: loader.diagnostics, exit: EXIT.fine };
}

/** The latest league of an earlier year in which most of the units stand. */
function yearBefore(league: League, all: readonly { league: League }[]): League | null {
  const units = new Set(league.units.map((u) => acrossYears(u.unit)));
  const earlier = all
    .map((n) => n.league)
    .filter((l) => l.year < league.year)
    .filter((l) => l.units.filter((u) => units.has(acrossYears(u.unit))).length > league.size / 2);
  return earlier.sort((p, q) => q.year - p.year)[0] ?? null;
}

function sameOf(league: League, kept: ReadonlySet<string>): League {
  const names = new Set([...kept].map(acrossYears));
  return partOf(league, new Set(league.units.map((u) => u.unit).filter((u) => names.has(acrossYears(u)))));
}

const BAR = 30;

function present(rows: readonly BacktestRow[], { messages }: Session) {
  const { labels, numbers } = messages;
  const say = labels.rank.backtest;
  const share = (x: number) => cell(numbers.percent(x), x);
  const places = (x: number) => cell(numbers.number(x, 2), x);
  const cells = (row: Pick<BacktestRow, 'model' | 'even' | 'normal'>) => [
    cell(String(row.model.questions), row.model.questions),
    share(row.model.within50),
    share(row.model.within80),
    share(row.model.within90),
    places(row.model.bias),
    places(row.model.crps),
    share(row.even.within90),
    places(row.even.crps),
    places(row.normal.crps),
  ];
  const parts = [...new Set(rows.map((r) => r.known))];
  const totals = parts.map((known) => {
    const own = rows.filter((r) => r.known === known);
    const over = (of: 'model' | 'even' | 'normal') => together(own.map((r) => r[of]));
    const worst = own.reduce((w, r) => (r.model.crps > w.model.crps ? r : w));
    const low = own.reduce((w, r) => (r.model.within90 < w.model.within90 ? r : w));
    return {
      known,
      model: over('model'),
      even: over('even'),
      normal: over('normal'),
      worst: worst.league,
      lowest: low.league,
      tenths: tenthsOf(own),
    };
  });
  const table: Row[] = parts.flatMap((known, i): Row[] => [
    { role: 'group', cells: [cell(say.known[known], known)] },
    ...rows
      .filter((r) => r.known === known)
      .map((r) => ({ cells: [cell(r.league), cell(r.known), cell(String(r.units), r.units), ...cells(r)] })),
    { role: 'total', cells: [cell(say.together), cell(known), cell(''), ...cells(totals[i]!)] },
  ]);
  const columns = [
    { key: 'league', title: say.league, flexible: true },
    { key: 'known', title: say.knownTitle },
    ...(
      [
        'units',
        'questions',
        'within50',
        'within80',
        'within90',
        'bias',
        'crps',
        'even90',
        'even_crps',
        'normal_crps',
      ] as const
    ).map((key) => ({ key, title: say.columns[key], align: 'right' as const })),
  ];
  return {
    json: { schema: 'cchc/backtest@1', rows, totals },
    blocks: [
      answerOf(
        say.title,
        totals.map(({ known, model }) => ({
          label: say.known[known],
          text: `${say.columns.within90}: ${numbers.percent(model.within90)} · ${say.columns.crps}: ${numbers.number(model.crps, 2)}`,
        })),
      ),
      { kind: 'table' as const, data: true, columns, rows: table },
      ...totals.map((t) => ({
        kind: 'picture' as const,
        title: `${say.tenths}: ${say.known[t.known]}`,
        lines: t.tenths.map(
          (x, k) =>
            `${String(k * 10).padStart(3)}–${String(k * 10 + 10).padEnd(4)} ${bar(Math.min(1, x / 0.3), BAR).padEnd(BAR)}  ${numbers.percent(x)}`,
        ),
      })),
      { kind: 'text' as const, text: say.note },
    ],
  };
}

/** Goodness over several leagues, every question counting alike. */
function together(parts: readonly Goodness[]): Goodness {
  const questions = parts.reduce((sum, p) => sum + p.questions, 0);
  const over = (of: (g: Goodness) => number) =>
    parts.reduce((sum, p) => sum + of(p) * p.questions, 0) / questions;
  return {
    questions,
    within50: over((g) => g.within50),
    within80: over((g) => g.within80),
    within90: over((g) => g.within90),
    bias: over((g) => g.bias),
    crps: over((g) => g.crps),
  };
}

function tenthsOf(rows: readonly BacktestRow[]): number[] {
  const questions = rows.reduce((sum, r) => sum + r.model.questions, 0);
  return Array.from(
    { length: 10 },
    (_, k) => rows.reduce((sum, r) => sum + (r.tenths[k] ?? 0) * r.model.questions, 0) / questions,
  );
}
