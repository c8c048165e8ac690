import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { Fraction } from '../exact/fraction.js';
import { sayRule } from '../papers/phrases/say-back.js';
import { type CatalogueDraft, noteWords } from '../papers/table.js';
import { applyRule, type InputValue } from '../rules/apply.js';
import type { Input } from '../rules/rule.js';
import type { Messages } from '../text/index.js';

/** A row of the sheet of review: a field, or a criterion with what was made of its words. */
export interface ReviewRow {
  id: string;
  name: string;
  max: number | null;
  phrase: string;
  /** The rule in the scheme's phrasing; '' for a field. */
  said: string;
  /** Three values with their points. */
  worked: string[];
  open: string;
  todo: boolean;
}

/** The rows of a table as they were understood, fields among them, in the table's order. */
export function reviewRows(draft: CatalogueDraft, catalogue: Catalogue, messages: Messages): ReviewRow[] {
  const criteria = new Map(catalogue.criteria.map((c) => [c.id, c]));
  const { review } = messages.labels;
  const rows = new Map(draft.rows.map((r) => [r.id, r]));
  return draft.order.map((id): ReviewRow => {
    const row = rows.get(id);
    if (!row) {
      const field = draft.fields.find((f) => f.id === id);
      return {
        id,
        name: field?.name ?? id,
        max: field?.max ?? null,
        phrase: '',
        said: '',
        worked: [],
        open: '',
        todo: false,
      };
    }
    const { name, max, phrase, read, signed } = row;
    const criterion = criteria.get(id);
    const indicator = read?.indicator ? `${read.indicator} — ` : '';
    return {
      id,
      name,
      max,
      phrase: phrase || name,
      said: read ? `${indicator}${sayRule(read, max)}` : review.todo,
      worked: read && criterion ? workedValues(criterion, catalogue.decimals, messages) : [],
      open:
        signed === ''
          ? (read?.notes ?? []).map((n) => noteWords(n)[messages.language === 'vi' ? 'vi' : 'en']).join('; ')
          : '',
      todo: read === null,
    };
  });
}

/** Three values of a criterion's first indicator, and what each earns; the others are held at their best. */
function workedValues(
  { compiled, relative }: Criterion,
  decimals: number,
  { labels, numbers }: Messages,
): string[] {
  if (relative) return [];
  const [first, ...others] = compiled.inputs;
  if (!first) return [];
  const rest = others.map(bestOf);
  return samplesOf(first).map((value) => {
    const points = applyRule(compiled, [value, ...rest], decimals);
    const shown =
      first.form === 'table' && value.form === 'level'
        ? numbers.pick(first.levels[value.index]!.level)
        : numbers.value(
            value.form === 'number' ? value.x : new Fraction(0),
            first.form === 'line' ? first.quantity : 'number',
          );
    return labels.review.points(shown, numbers.points(points, decimals));
  });
}

const bestOf = (input: Input): InputValue =>
  input.form === 'line'
    ? { form: 'number', x: new Fraction(0) }
    : { form: 'level', index: input.levels.length - 1 };

function samplesOf(input: Input): InputValue[] {
  if (input.form === 'table') return input.levels.slice(0, 3).map((_, index) => ({ form: 'level', index }));
  const cuts = input.line.flatMap((p) => [p.lo, p.hi]).filter((x) => x !== null);
  const distinct = cuts
    .filter((x, i) => cuts.findIndex((y) => y.equals(x)) === i)
    .sort((a, b) => b.compare(a));
  const [top = new Fraction(2), next] = distinct;
  const low = distinct.at(-1) ?? top;
  const middle = next && next.compare(input.range.lo ?? next.sub(1)) > 0 ? next : top.add(low).div(2);
  const under = low.sub(input.quantity === 'count' ? 1 : new Fraction(1, 10));
  const floor = input.range.lo;
  const least = floor && under.compare(floor) < 0 ? floor : under;
  const chosen = [top, middle, least];
  const whole = input.quantity === 'count' ? chosen.map((x) => x.floor()) : chosen;
  return whole
    .filter((x, i) => whole.findIndex((y) => y.equals(x)) === i)
    .map((x) => ({ form: 'number', x }));
}
