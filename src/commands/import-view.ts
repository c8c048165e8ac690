import { toNumber } from '../exact/fraction.js';
import type { Letter } from '../papers/letter.js';
import type { League } from '../ranking/league.js';
import { cell, type Presentation } from '../render/presentation.js';
import type { Messages } from '../text/index.js';

/** What a letter gives: the losses, and what was read of the rest. */
export function presentLetter(
  letter: Letter,
  rules: { stated: number; todo: number },
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const say = labels.imported;
  const { unit, year, rank, size, report, losses } = letter;
  const total = toNumber(letter.total);
  const rows = losses.map((l) => ({
    cells: [
      cell(l.id),
      cell(l.name),
      cell(numbers.number(toNumber(l.lost), 4), toNumber(l.lost)),
      cell(l.owners.join(', ')),
    ],
  }));
  const facts = [
    { label: labels.columns.unit, text: `${unit}, ${year}` },
    { label: say.losses, text: say.lossesText(losses.length, numbers.number(total, 4)) },
    ...(rank === null ? [] : [{ label: labels.columns.rank, text: `${rank}/${size}` }]),
    ...(report ? [{ label: say.report, text: `${report.kind} ${report.number}` }] : []),
    { label: say.rules, text: say.rulesText(rules.stated, rules.todo) },
  ];
  const columns = [
    { key: 'id', title: labels.columns.id },
    { key: 'criterion', title: labels.columns.criterion, flexible: true },
    { key: 'deducted', title: labels.columns.deduction, align: 'decimal' as const },
    { key: 'owners', title: labels.columns.owner, flexible: true },
  ];
  const json = {
    schema: 'cchc/import-letter@1',
    unit,
    year,
    rank,
    size,
    report: report && { kind: report.kind, number: report.number, date: report.date, issuer: report.issuer },
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
  return {
    json,
    blocks: [
      { kind: 'facts', rows: facts },
      { kind: 'table', data: true, columns, rows },
    ],
  };
}

/** A ranking as it was read. */
export function presentRanking(
  data: Record<string, unknown>,
  league: League,
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const rows = league.units.map((u) => {
    const score = u.score && toNumber(u.score);
    return {
      cells: [
        cell(u.rank === null ? '' : String(u.rank), u.rank),
        cell(u.unit),
        cell(score === null ? '' : numbers.number(score, 4), score),
      ],
    };
  });
  const columns = [
    { key: 'rank', title: labels.columns.rank, align: 'right' as const },
    { key: 'unit', title: labels.columns.unit, flexible: true },
    { key: 'score', title: labels.columns.score, align: 'decimal' as const },
  ];
  const size = { label: labels.imported.size, text: `${league.units.length}/${league.size}` };
  return {
    json: { schema: 'cchc/import-league@1', ...data },
    blocks: [
      { kind: 'facts', rows: [size] },
      { kind: 'table', data: true, columns, rows },
    ],
  };
}
