import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { pointsToNumber, sumPoints } from '../exact/points.js';
import { answerOf } from '../render/answer.js';
import { cell, type Presentation } from '../render/presentation.js';
import { ownerText, provenanceMark, ruleText } from '../render/words.js';
import type { Messages } from '../text/index.js';

/** A list of criteria. */
export function presentCriteria(
  catalogue: Catalogue,
  criteria: readonly Criterion[],
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const { decimals } = catalogue;
  const json = {
    schema: 'cchc/criteria@1',
    catalogue: { id: catalogue.id, year: catalogue.year },
    criteria: criteria.map((c) => ({
      id: c.id,
      name: c.name,
      field: c.field,
      owners: c.owners,
      trackedBy: c.trackedBy,
      max: pointsToNumber(c.max, decimals),
      maxProvenance: c.maxProvenance.kind,
      kind: c.rule.kind,
      rule: ruleText(c, decimals, messages),
      requirement: c.requirement,
      limitation: c.limitation,
      action: c.action,
      evidence: c.evidence,
      exemption: c.exemption,
    })),
  };
  if (criteria.length === 0) {
    return {
      json,
      blocks: [
        { kind: 'text', text: labels.criteria.none },
        {
          kind: 'table',
          columns: [{ key: 'id', title: labels.columns.id }],
          rows: [],
          data: true,
          machineOnly: true,
        },
      ],
    };
  }
  const ownerName = (id: string) => ownerText(catalogue, id, messages);
  const max = sumPoints(criteria.map((c) => c.max));
  const largest = criteria.reduce((p, q) => (q.max > p.max ? q : p));
  return {
    json,
    blocks: [
      answerOf(numbers.pick(catalogue.name), [
        {
          label: labels.score.total,
          text: labels.criteria.total(criteria.length, numbers.points(max, decimals)),
        },
        {
          label: labels.criteria.largest,
          text: `${largest.id} (${numbers.points(largest.max, decimals)}): ${numbers.pick(largest.name)}`,
        },
        { label: labels.answer.next, text: `cchc explain ${largest.id} --catalogue ${catalogue.id}` },
      ]),
      {
        kind: 'table',
        data: true,
        columns: [
          { key: 'id', title: labels.columns.id },
          { key: 'name', title: labels.columns.criterion, flexible: true },
          { key: 'field', title: labels.columns.field },
          { key: 'rule', title: labels.columns.rule, flexible: true },
          { key: 'max', title: labels.columns.max, align: 'decimal' },
          { key: 'mark', title: ' ' },
          { key: 'owners', title: labels.columns.owners, flexible: true },
        ],
        rows: criteria.map((c) => ({
          cells: [
            cell(c.id),
            cell(numbers.pick(c.name)),
            cell(c.field),
            cell(ruleText(c, decimals, messages), undefined, 'dim'),
            cell(numbers.points(c.max, decimals), pointsToNumber(c.max, decimals)),
            cell(provenanceMark(c.maxProvenance.kind), c.maxProvenance.kind, 'warn'),
            cell(c.owners.map(ownerName).join(', '), c.owners.join('; ')),
          ],
        })),
      },
    ],
  };
}
