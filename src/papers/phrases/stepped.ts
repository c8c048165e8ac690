import { type Fraction, ZERO } from '../../exact/fraction.js';
import type { End } from './condition.js';
import { type Made, no, pointsOf, reaches, rule, worth, written } from './made.js';
import type { Earned } from './result.js';
import { arrange, beyondWhole, type Domain, type Tier } from './tiers.js';

/** Values between bounds and what they earn. */
export type Said = { bounds: Partial<Record<End, Fraction>>; earned: Earned };

export const boundsOf = (bounds: Said['bounds']) =>
  Object.fromEntries(
    (['at_least', 'above', 'at_most', 'below'] as const).flatMap((end) => {
      const value = bounds[end];
      return value ? [[end, written(value)]] : [];
    }),
  );

/** Tiers of points as `steps` or `count`; no rule where they leave open what cannot be taken. */
export function stepped(
  all: readonly Said[],
  otherwise: Earned | undefined,
  domain: Exclude<Domain, 'change'>,
  max: Fraction,
  least = 0,
): Made {
  const plain = all.flatMap((t): Tier[] =>
    t.earned.kind === 'points' ? [{ bounds: t.bounds, earned: t.earned }] : [],
  );
  const rest = otherwise === undefined ? ZERO : pointsOf(otherwise);
  if (rest === null || rest.compare(max) > 0) return no();
  const given = plain.map((t) => (t.earned.kind === 'points' ? t.earned.points : ZERO));
  const [first] = given;
  if (
    !reaches([...given, ...(otherwise ? [rest] : [])], max) ||
    (first && given.length > 1 && given.every((p) => p.equals(first)))
  )
    return no({ kind: 'max' });
  if (least > 0 && !falls(plain, rest)) return no();
  const arranged = arrange(plain, domain, otherwise !== undefined, least);
  if (!arranged.ok) return no(arranged.why);
  const tiers = arranged.tiers.map((t) => ({
    ...boundsOf(t.bounds),
    points: t.earned.kind === 'points' ? worth(t.earned.points, max) : 0,
  }));
  const range = {
    ...(least > 0 && !otherwise && { min: least }),
    ...(arranged.most && { max: written(arranged.most) }),
    ...(domain === 'percent' && beyondWhole(plain) && { max: 'none' }),
  };
  const data = {
    tiers,
    otherwise: worth(rest, max),
    ...(Object.keys(range).length > 0 && { range }),
  };
  return rule(
    domain === 'count' ? { kind: 'count', ...data } : { kind: 'steps', quantity: domain, ...data },
    null,
    arranged.notes,
  );
}

/** Whether later places earn less: `hạng 5 trở lên` may be the first five places, or all but the first four. */
function falls(tiers: readonly Tier[], rest: Fraction): boolean {
  const from = (t: Tier) => t.bounds.at_least ?? t.bounds.above;
  const given = [...tiers]
    .sort((a, b) => {
      const [p, q] = [from(a), from(b)];
      return p && q ? p.compare(q) : Number(p !== undefined) - Number(q !== undefined);
    })
    .flatMap((t) => (t.earned.kind === 'points' ? [t.earned.points] : []));
  const [first, ...later] = given;
  const open = tiers.some((t) => !t.bounds.at_most && !t.bounds.below);
  return (
    first !== undefined &&
    (later.length > 0 || !open) &&
    [...later, ...(open ? [] : [rest])].every((p, i) => p.compare(given[i]!) <= 0)
  );
}
