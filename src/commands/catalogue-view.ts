import { compare } from '../analysis/compare.js';
import { explain } from '../analysis/explain.js';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { CatalogueDiff, CriterionChange } from '../catalogue/diff.js';
import type { Reading } from '../reading/reading.js';
import { answerOf } from '../render/answer.js';
import { criterionFields, type Field, maximumFields, tableOf, valuesOf } from '../render/field.js';
import { type Block, factsOf, listOf, type Presentation, textOf } from '../render/presentation.js';
import { pointsJson } from '../render/result-json.js';
import { ownersText, ruleText, schemeFacts, scopeFacts } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';
import { presentExplanation } from './explain.js';

/** A whole catalogue as a page: its criteria in a table, then each with its rule, picture and sources. */
export function presentCatalogue(catalogue: Catalogue, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const { decimals, valid } = catalogue;
  const explained = catalogue.criteria.map((c) => presentExplanation(explain(catalogue, c, null), messages));
  const holds = valid ? `${valid.from}–${valid.to ?? '…'}` : String(catalogue.year);
  const fields = summaryFields(catalogue, messages);
  const blocks: Block[] = [
    answerOf(numbers.pick(catalogue.name), [
      { label: labels.columns.id, text: `${catalogue.id} · ${holds}` },
      {
        label: labels.score.total,
        text: labels.criteria.total(catalogue.criteria.length, numbers.points(catalogue.scale, decimals)),
      },
    ]),
    factsOf([
      { label: labels.columns.id, text: catalogue.id },
      { label: labels.columns.year, text: holds },
      { label: labels.columns.max, text: numbers.points(catalogue.scale, decimals) },
      schemeFacts(catalogue, messages),
      catalogue.sources.map((s) => ({ label: labels.explain.source, text: numbers.pick(s.title) })),
    ]),
    tableOf(fields, catalogue.criteria, { titles: labels.columns }),
    // One answer is enough: that of the whole. Each criterion's facts come below its heading.
    ...explained.flatMap((p) =>
      p.blocks.map((b): Block => (b.kind === 'answer' ? { kind: 'heading', text: b.title } : b)),
    ),
  ];
  return {
    json: {
      schema: 'cchc/catalogue@1',
      id: catalogue.id,
      year: catalogue.year,
      criteria: explained.map((p) => p.json),
    },
    blocks,
    data: valuesOf(fields, catalogue.criteria),
  };
}

function summaryFields(catalogue: Catalogue, messages: Messages): Field<Criterion>[] {
  const { labels } = messages;
  const { decimals } = catalogue;
  return [
    ...criterionFields((c: Criterion) => c, messages),
    ...maximumFields(messages, decimals),
    { key: 'rule', flexible: true, text: (c) => ruleText(c, decimals, messages) },
    {
      key: 'owners',
      title: labels.columns.owner,
      flexible: true,
      text: (c) => ownersText(c.owners, catalogue, messages),
      value: (c) => c.owners.join('; '),
    },
  ];
}

interface Side {
  reading: Reading;
  catalogue: Catalogue;
}

/** What changed between two catalogues, and what that does to a reading. */
export function presentDiff(
  diff: CatalogueDiff,
  effect: { before: Side; after: Side } | null,
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const say = labels.authoring;
  const { before, after } = diff;
  const compared = effect && compare(effect.before, effect.after);
  const signed = (p: number | null) => (p === null || !compared ? '?' : numbers.signed(p, compared.decimals));
  const scored = ({ total, catalogue }: ReadingResult) =>
    total.score === null ? '?' : numbers.points(total.score, catalogue.decimals);
  const fields = changeFields(messages);
  const lines = [
    ...schemeLines(before, after, messages),
    ...diff.changes.flatMap((c) => linesOf(c, before, after, messages)),
  ];
  const blocks = listOf<Block>([
    answerOf(`${say.diffTitle} · ${before.id} → ${after.id}`, [
      { label: labels.columns.change, text: say.changed(diff.changes.length) },
      compared && { label: labels.columns.points, text: signed(compared.change.total) },
    ]),
    diff.scale &&
      textOf(
        `${labels.columns.max}: ${numbers.points(diff.scale.before, before.decimals)} → ${numbers.points(diff.scale.after, after.decimals)}`,
      ),
    diff.changes.length === 0 && !diff.scale && diff.scheme.length === 0 && textOf(say.same),
    lines.length > 0 && tableOf(fields, lines, { titles: labels.columns }),
    effect &&
      compared &&
      factsOf(
        [
          { label: labels.columns.before, text: scored(compared.before) },
          { label: labels.columns.after, text: scored(compared.after) },
          { label: labels.compare.rules, text: signed(compared.change.rules) },
          { label: labels.columns.change, text: signed(compared.change.total) },
        ],
        say.effect(effect.before.reading.unit, effect.before.reading.year),
      ),
  ]);
  const json = {
    schema: 'cchc/catalogue-diff@1',
    from: before.id,
    to: after.id,
    scale: diff.scale && {
      before: pointsJson(diff.scale.before, before.decimals),
      after: pointsJson(diff.scale.after, after.decimals),
    },
    scheme: diff.scheme,
    changes: diff.changes.map((c) => ({
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
      scope: c.scope,
    })),
    effect: compared && {
      change: pointsJson(compared.change.total, compared.decimals),
      rules: pointsJson(compared.change.rules, compared.decimals),
    },
  };
  return { json, blocks, data: valuesOf(fields, lines) };
}

/** One thing that changed of a criterion, or of the scheme, before and after. */
interface ChangeLine {
  id: string;
  kind: CriterionChange['kind'];
  what: string;
  before: string;
  after: string;
}

function changeFields({ labels }: Messages): Field<ChangeLine>[] {
  return [
    { key: 'id', text: (l) => l.id },
    {
      key: 'kind',
      title: labels.columns.change,
      text: (l) => labels.authoring.kinds[l.kind],
      value: (l) => l.kind,
    },
    { key: 'what', title: ' ', text: (l) => l.what },
    { key: 'before', flexible: true, text: (l) => l.before },
    { key: 'after', flexible: true, text: (l) => l.after },
  ];
}

/** A line for each thing that changed of what the scheme makes of its criteria's points. */
function schemeLines(before: Catalogue, after: Catalogue, messages: Messages): ChangeLine[] {
  const [old, now] = [schemeFacts(before, messages), schemeFacts(after, messages)];
  const said = (facts: typeof old, what: string) =>
    facts
      .filter((f) => f.label === what)
      .map((f) => f.text)
      .join(' · ');
  return [...new Set([...old, ...now].map((f) => f.label))].flatMap((what): ChangeLine[] => {
    const line = { id: '', kind: 'changed' as const, what, before: said(old, what), after: said(now, what) };
    return line.before === line.after ? [] : [line];
  });
}

/** A line for each thing that changed of a criterion. */
function linesOf(
  change: CriterionChange,
  before: Catalogue,
  after: Catalogue,
  messages: Messages,
): ChangeLine[] {
  const { labels, numbers } = messages;
  const { before: old, after: now } = change;
  const id = change.kind === 'moved' ? `${old!.id} → ${now!.id}` : (old ?? now)!.id;
  const line = (what: string, words: (c: Criterion, of: Catalogue) => string): ChangeLine => ({
    id,
    kind: change.kind,
    what,
    before: old ? words(old, before) : '',
    after: now ? words(now, after) : '',
  });
  const name = (c: Criterion) => numbers.pick(c.name);
  const max = (c: Criterion, of: Catalogue) => numbers.points(c.max, of.decimals);
  const rule = (c: Criterion, of: Catalogue) => ruleText(c, of.decimals, messages);
  const owners = (c: Criterion, of: Catalogue) => ownersText(c.owners, of, messages);
  const scope = (c: Criterion, of: Catalogue) =>
    scopeFacts(c, of, messages)
      .map((fact) => `${fact.label}: ${fact.text}`)
      .join('; ');
  if (!old || !now) return [line(labels.columns.criterion, name), line(labels.columns.max, max)];
  const onlyMoved = change.kind === 'moved' && !change.max && !change.rule && !change.owners && !change.scope;
  return listOf([
    change.name && line(labels.columns.criterion, name),
    change.max && line(labels.columns.max, max),
    change.rule && line(labels.columns.rule, rule),
    change.owners && line(labels.columns.owner, owners),
    change.scope && line(labels.authoring.scope, scope),
    onlyMoved && line(labels.columns.id, (c) => c.id),
  ]);
}
