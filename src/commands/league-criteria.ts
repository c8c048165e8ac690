import type { CriterionOfGroup } from '../analysis/group-shares.js';
import { cell, type Table } from '../render/presentation.js';
import type { Messages } from '../text/index.js';

/** What each criterion tells of a group, as a table. */
export function criteriaTable(found: readonly CriterionOfGroup[], { labels, numbers }: Messages): Table {
  const say = labels.rank.criteria;
  const asked = found.some((c) => c.without.rank !== null);
  const number = (x: number | null, places = 2) =>
    x === null ? cell('–', null) : cell(numbers.number(x, places), x);
  const right = (key: string, title: string) => ({ key, title, align: 'right' as const });
  return {
    kind: 'table',
    title: say.title,
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'name', title: labels.columns.criterion, flexible: true },
      right('full', say.full),
      right('spread', say.spread),
      right('with_rest', say.withRest),
      right('first', say.first),
      ...(asked ? [right('behind', say.behind)] : []),
      right('changed', say.changed),
      ...(asked ? [right('rank_without', say.rank)] : []),
    ],
    rows: found.map((c) => ({
      cells: [
        cell(c.criterion.id),
        cell(numbers.pick(c.criterion.name)),
        cell(numbers.percent(c.full), c.full),
        number(c.spread),
        number(c.withRest),
        number(c.firstMean),
        ...(asked ? [number(c.behind)] : []),
        cell(String(c.without.changed), c.without.changed),
        ...(asked ? [cell(String(c.without.rank ?? '–'), c.without.rank)] : []),
      ],
    })),
  };
}

/** `criteria` of `cchc/league@1`. */
export const criteriaJson = (found: readonly CriterionOfGroup[]) =>
  found.map(({ criterion, ...rest }) => ({ id: criterion.id, ...rest }));
