import { compare } from '../analysis/compare.js';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { CatalogueDiff, CriterionChange } from '../catalogue/diff.js';
import type { Reading } from '../reading/reading.js';
import { answerOf } from '../render/answer.js';
import { type Block, cell, type Presentation, type Row, type Table } from '../render/presentation.js';
import { pointsJson } from '../render/result-json.js';
import { ownerText, ruleText } from '../render/words.js';
import type { Messages } from '../text/index.js';

interface Side {
  reading: Reading;
  catalogue: Catalogue;
}

/** What changed between two catalogues, and what that does to a reading. */
export function presentDiff(
  found: CatalogueDiff,
  effect: { before: Side; after: Side } | null,
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const say = labels.authoring;
  const { before, after } = found;
  const compared = effect && compare(effect.before, effect.after);
  const signed = (p: number | null) => (p === null || !compared ? '?' : numbers.signed(p, compared.decimals));
  const blocks: Block[] = [
    answerOf(`${say.diffTitle} · ${before.id} → ${after.id}`, [
      { label: labels.columns.change, text: say.changed(found.changes.length) },
      ...(compared ? [{ label: labels.columns.points, text: signed(compared.change.total) }] : []),
    ]),
    ...(found.changes.length === 0 && !found.scale ? [{ kind: 'text' as const, text: say.same }] : []),
    changesTable(found, messages),
    ...(compared && effect
      ? [
          {
            kind: 'facts' as const,
            title: say.effect(effect.before.reading.unit, effect.before.reading.year),
            rows: [
              { label: labels.compare.rules, text: signed(compared.change.rules) },
              { label: labels.columns.change, text: signed(compared.change.total) },
            ],
          },
        ]
      : []),
  ];
  const json = {
    schema: 'cchc/catalogue-diff@1',
    from: before.id,
    to: after.id,
    scale: found.scale && {
      before: pointsJson(found.scale.before, before.decimals),
      after: pointsJson(found.scale.after, after.decimals),
    },
    changes: found.changes.map((c) => ({
      kind: c.kind,
      id: (c.before ?? c.after)!.id,
      ...(c.kind === 'moved' && { to: c.after!.id }),
      max: c.max && {
        before: pointsJson(c.max.before, before.decimals),
        after: pointsJson(c.max.after, after.decimals),
      },
      rule: c.rule,
      owners: c.owners,
      name: c.name,
    })),
    effect: compared && {
      change: pointsJson(compared.change.total, compared.decimals),
      rules: pointsJson(compared.change.rules, compared.decimals),
    },
  };
  return { json, blocks };
}

function changesTable({ changes, before, after }: CatalogueDiff, messages: Messages): Table {
  const { labels } = messages;
  return {
    kind: 'table',
    data: true,
    machineOnly: changes.length === 0,
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'kind', title: labels.columns.change },
      { key: 'what', title: ' ' },
      { key: 'before', title: labels.columns.before, flexible: true },
      { key: 'after', title: labels.columns.after, flexible: true },
    ],
    rows: changes.flatMap((c) => rowsOf(c, before, after, messages)),
  };
}

/** A line for each thing that changed of a criterion. */
function rowsOf(change: CriterionChange, before: Catalogue, after: Catalogue, messages: Messages): Row[] {
  const { labels, numbers } = messages;
  const { before: old, after: now } = change;
  const id = change.kind === 'moved' ? `${old!.id} → ${now!.id}` : (old ?? now)!.id;
  const side = (c: Criterion | null, of: Catalogue, words: (c: Criterion, of: Catalogue) => string) =>
    c ? words(c, of) : '';
  const row = (what: string, words: (c: Criterion, of: Catalogue) => string): Row => ({
    cells: [
      cell(id),
      cell(labels.authoring.kinds[change.kind], change.kind),
      cell(what),
      cell(side(old, before, words)),
      cell(side(now, after, words)),
    ],
  });
  const name = (c: Criterion) => numbers.pick(c.name);
  const max = (c: Criterion, of: Catalogue) => numbers.points(c.max, of.decimals);
  const rule = (c: Criterion, of: Catalogue) => ruleText(c, of.decimals, messages);
  const owners = (c: Criterion, of: Catalogue) => c.owners.map((o) => ownerText(of, o, messages)).join(', ');
  if (!old || !now) return [row(labels.columns.criterion, name), row(labels.columns.max, max)];
  return [
    ...(change.name ? [row(labels.columns.criterion, name)] : []),
    ...(change.max ? [row(labels.columns.max, max)] : []),
    ...(change.rule ? [row(labels.columns.rule, rule)] : []),
    ...(change.owners ? [row(labels.columns.owner, owners)] : []),
    ...(change.kind === 'moved' && !change.max && !change.rule && !change.owners
      ? [row(labels.columns.id, (c) => c.id)]
      : []),
  ];
}
