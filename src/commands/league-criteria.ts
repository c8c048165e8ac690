import type { CriterionOfGroup } from '../analysis/group-shares.js';
import { criterionFields, type Field, tableOf } from '../render/field.js';
import type { Table } from '../render/presentation.js';
import type { Messages } from '../text/index.js';

/** What each criterion tells of a group, as a table. */
export function criteriaTable(found: readonly CriterionOfGroup[], messages: Messages): Table {
  const { labels, numbers } = messages;
  const say = labels.rank.criteria;
  const asked = found.some((c) => c.without.rank !== null);
  const number = (x: number | null) => (x === null ? '–' : numbers.number(x, 2));
  const fields: Field<CriterionOfGroup>[] = [
    ...criterionFields((c: CriterionOfGroup) => c.criterion, messages),
    { key: 'full', title: say.full, align: 'right', text: (c) => numbers.percent(c.full) },
    { key: 'spread', title: say.spread, align: 'right', text: (c) => number(c.spread) },
    { key: 'with_rest', title: say.withRest, align: 'right', text: (c) => number(c.withRest) },
    { key: 'first', title: say.first, align: 'right', text: (c) => number(c.firstMean) },
    { key: 'behind', when: asked, title: say.behind, align: 'right', text: (c) => number(c.behind) },
    { key: 'changed', title: say.changed, align: 'right', text: (c) => String(c.without.changed) },
    {
      key: 'rank_without',
      when: asked,
      title: say.rank,
      align: 'right',
      text: (c) => String(c.without.rank ?? '–'),
    },
  ];
  return tableOf(fields, found, { title: say.title });
}

/** `criteria` of `cchc/league@1`. */
export const criteriaJson = (found: readonly CriterionOfGroup[]) =>
  found.map(({ criterion, ...rest }) => ({ id: criterion.id, ...rest }));
