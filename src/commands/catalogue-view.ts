import { explain } from '../analysis/explain.js';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { pointsToNumber } from '../exact/points.js';
import { answerOf } from '../render/answer.js';
import { criterionFields, type Field, tableOf } from '../render/field.js';
import type { Block, Presentation, Table } from '../render/presentation.js';
import { ownerText, provenanceMark, ruleText } from '../render/words.js';
import type { Messages } from '../text/index.js';
import { presentExplanation } from './explain-view.js';

/** A whole catalogue as a page: its criteria in a table, then each with its rule, picture and sources. */
export function presentCatalogue(catalogue: Catalogue, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const { decimals, valid } = catalogue;
  const explained = catalogue.criteria.map((c) => presentExplanation(explain(catalogue, c, null), messages));
  const holds = valid ? `${valid.from}–${valid.to ?? '…'}` : String(catalogue.year);
  const blocks: Block[] = [
    answerOf(numbers.pick(catalogue.name), [
      { label: labels.columns.id, text: `${catalogue.id} · ${holds}` },
      {
        label: labels.score.total,
        text: labels.criteria.total(catalogue.criteria.length, numbers.points(catalogue.scale, decimals)),
      },
    ]),
    {
      kind: 'facts',
      rows: [
        { label: labels.columns.id, text: catalogue.id },
        { label: labels.columns.year, text: holds },
        { label: labels.columns.max, text: numbers.points(catalogue.scale, decimals) },
        ...catalogue.bands.map((b) => ({
          label: labels.group.band,
          text: `${numbers.pick(b.name)} ≥ ${numbers.number(b.atLeast)}%`,
        })),
        ...catalogue.sources.map((s) => ({ label: labels.explain.source, text: numbers.pick(s.title) })),
      ],
    },
    summaryTable(catalogue, messages),
    // One data table is enough: the summary's.
    ...explained.flatMap((p) => p.blocks.map((b): Block => (b.kind === 'table' ? { ...b, data: false } : b))),
  ];
  return {
    json: {
      schema: 'cchc/catalogue@1',
      id: catalogue.id,
      year: catalogue.year,
      criteria: explained.map((p) => p.json),
    },
    blocks,
  };
}

function summaryTable(catalogue: Catalogue, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals } = catalogue;
  const fields: Field<Criterion>[] = [
    ...criterionFields((c: Criterion) => c, messages),
    {
      key: 'max',
      title: labels.columns.max,
      align: 'decimal',
      text: (c) => numbers.points(c.max, decimals),
      value: (c) => pointsToNumber(c.max, decimals),
    },
    {
      key: 'mark',
      title: ' ',
      text: (c) => provenanceMark(c.maxProvenance.kind),
      value: (c) => c.maxProvenance.kind,
    },
    { key: 'rule', title: labels.columns.rule, flexible: true, text: (c) => ruleText(c, decimals, messages) },
    {
      key: 'owners',
      title: labels.columns.owner,
      flexible: true,
      text: (c) => c.owners.map((o) => ownerText(catalogue, o, messages)).join(', '),
      value: (c) => c.owners.join('; '),
    },
  ];
  return tableOf(fields, catalogue.criteria, { data: true });
}
