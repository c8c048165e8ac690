import { toNumber } from '../exact/fraction.js';
import type { Letter } from '../papers/letter.js';
import type { League } from '../ranking/league.js';
import { answerOf } from '../render/answer.js';
import { type Field, tableOf } from '../render/field.js';
import type { Presentation } from '../render/presentation.js';
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
  const [most] = [...losses].sort((p, q) => q.lost.compare(p.lost));
  const answer = answerOf(`${unit} · ${year}`, [
    { label: say.losses, text: say.lossesText(losses.length, numbers.number(total, 4)) },
    ...(rank === null ? [] : [{ label: labels.columns.rank, text: `${rank}/${size}` }]),
    ...(most
      ? [
          {
            label: labels.group.mostLost,
            text: labels.answer.leverText(most.id, numbers.signedNumber(-toNumber(most.lost), 4), most.name),
          },
        ]
      : []),
    { label: say.rules, text: say.rulesText(rules.stated, rules.todo) },
  ]);
  const fields: Field<Letter['losses'][number]>[] = [
    { key: 'id', title: labels.columns.id, text: (l) => l.id },
    { key: 'criterion', title: labels.columns.criterion, flexible: true, text: (l) => l.name },
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
      answer,
      ...(report
        ? [{ kind: 'facts' as const, rows: [{ label: say.report, text: `${report.kind} ${report.number}` }] }]
        : []),
      tableOf(fields, losses, { data: true }),
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
  const fields: Field<League['units'][number]>[] = [
    {
      key: 'rank',
      title: labels.columns.rank,
      align: 'right',
      text: (u) => (u.rank === null ? '' : String(u.rank)),
      value: (u) => u.rank,
    },
    { key: 'unit', title: labels.columns.unit, flexible: true, text: (u) => u.unit },
    {
      key: 'score',
      title: labels.columns.score,
      align: 'decimal',
      text: (u) => (u.score ? numbers.number(toNumber(u.score), 4) : ''),
      value: (u) => u.score && toNumber(u.score),
    },
  ];
  const scored = league.units
    .flatMap(({ unit, score }) => (score ? [{ unit, score }] : []))
    .sort((p, q) => q.score.compare(p.score));
  const named = (label: string, of: (typeof scored)[number] | undefined) =>
    of ? [{ label, text: labels.group.standing(of.unit, numbers.number(toNumber(of.score), 4)) }] : [];
  const size = { label: labels.imported.size, text: `${league.units.length}/${league.size}` };
  return {
    json: { schema: 'cchc/import-league@1', ...data },
    blocks: [
      answerOf(`${numbers.pick(league.name)} · ${league.year}`, [
        size,
        ...named(labels.group.first, scored[0]),
        ...named(labels.group.last, scored.at(-1)),
      ]),
      tableOf(fields, league.units, { data: true }),
    ],
  };
}
