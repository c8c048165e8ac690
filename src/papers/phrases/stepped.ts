import { type Fraction, ZERO } from '../../exact/fraction.js';
import { bare, type End, sameSubject } from './condition.js';
import { type Made, no, type Of, pointsOf, reaches, rule, worth, written } from './made.js';
import type { Earned } from './result.js';
import type { Sentence } from './sentence.js';
import { arrange, beyondWhole, type Domain, type Note, type Tier } from './tiers.js';

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

/** More steps than this are no table of points any more. */
const MOST_STEPS = 50;

/** `Đạt từ 95% trở lên: 1; cứ giảm 1% trừ 0,1; dưới 80%: 0`: a tier for every whole step below the target. */
export function dropping(said: readonly Sentence[], max: Fraction): Made {
  const [drop, ...moreDrops] = said.filter((s): s is Of<'drop'> => s.kind === 'drop');
  const [full, low, ...moreTiers] = said.filter((s): s is Of<'tier'> => s.kind === 'tier');
  const [limit, ...moreLimits] = said.flatMap((s) => (s.kind === 'limit' ? [s.limit] : []));
  const others = said.some((s) => s.kind !== 'drop' && s.kind !== 'tier' && s.kind !== 'limit');
  if (!drop || !full || others || moreDrops.length + moreTiers.length + moreLimits.length > 0) return no();
  const only = (t: Of<'tier'>, end: End): Fraction | null => {
    const { bounds, percent } = t.measured.range;
    return percent && Object.keys(bounds).join() === end ? bounds[end]! : null;
  };
  const [target, floor, under] = [
    only(full, 'at_least'),
    low ? only(low, 'below') : ZERO,
    low ? pointsOf(low.earned) : null,
  ];
  const subject = sameSubject([full, ...(low ? [low] : [])].map((t) => t.measured.subject));
  if (!target || !floor || !subject || !pointsOf(full.earned)?.equals(max)) return no();
  if ((drop.from && !drop.from.equals(target)) || (limit && (low || limit.kind === 'highest'))) return no();
  const least = !limit ? ZERO : limit.kind === 'most' ? max.sub(limit.points) : limit.points;
  if (least.compare(max) >= 0 || least.compare(0) < 0 || (low && !under?.equals(0))) return no();
  const tiers: Record<string, unknown>[] = [];
  let points = max;
  let above = target.sub(drop.step);
  for (; points.compare(least) > 0 && above.compare(floor) >= 0; above = above.sub(drop.step)) {
    tiers.push({ above: written(above), points: worth(points, max) });
    points = points.sub(drop.each);
  }
  if (tiers.length < 2 || tiers.length > MOST_STEPS) return no();
  const left = points.compare(least) > 0;
  if (left && low) tiers.push({ at_least: written(floor), points: written(points) });
  const otherwise = left && !low ? points : least;
  const notes: Note[] = limit || low ? [] : [{ kind: 'floor' }];
  return rule(
    { kind: 'steps', quantity: 'percent', tiers, otherwise: written(otherwise) },
    indicatorOf(subject),
    [{ kind: 'steps', step: written(drop.step) }, ...notes],
  );
}

/** What is measured, from the words around a range; null where they only say that something is. */
export function indicatorOf(subject: readonly string[]): string | null {
  if (bare(subject).length === 0) return null;
  const words = subject.join(' ').replace(/ ([,/]) ?/g, (_, sign) => (sign === ',' ? ', ' : '/'));
  return words.replace(/^(?:có|đạt)(?: |$)/iu, '') || null;
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
