import {
  boundsWithin,
  closed,
  type Interval,
  intersect,
  sameInterval,
  valueAt,
  wholeEnds,
} from '../rules/line.js';
import { isWhole, type LineInput } from '../rules/rule.js';
import { isFlat, type Tier } from '../rules/tiers.js';
import { type Diagnostic, type KeyPath, note, warning } from '../values/diagnostic.js';
import type { Fraction } from '../values/fraction.js';
import { pointsToNumber, sumPoints } from '../values/points.js';
import type { Bilingual } from '../values/scalars.js';
import type { Catalogue, Criterion } from './catalogue.js';
import { fieldsWithin } from './sums.js';

/** What is doubtful in a catalogue that parses: each a warning, or a note, at its place in the file. */
export function lintCatalogue(catalogue: Catalogue): Diagnostic[] {
  const bilingual = catalogue.criteria.some((c) => c.name.en);
  return [
    ...fieldSums(catalogue),
    ...numericIds(catalogue),
    ...unusedOwners(catalogue),
    ...(bilingual ? translations(catalogue) : []),
    ...catalogue.criteria.flatMap((c, i) => lintCriterion(c, ['criteria', i], catalogue)),
  ];
}

/** A field that says what its criteria add up to, and they do not. */
function fieldSums({ fields, criteria, decimals }: Catalogue): Diagnostic[] {
  const shown = (p: number) => String(pointsToNumber(p, decimals));
  return fields.flatMap((f, i) => {
    if (f.max === null) return [];
    const ids = fieldsWithin(fields, f.id);
    const direct = criteria.filter((c) => ids.has(c.field) && !c.outside);
    // What a catalogue lists nothing of, or means, adds up to nothing.
    if (direct.length === 0 || fields.some((g) => ids.has(g.id) && g.combine !== 'sum')) return [];
    const all = sumPoints(direct.map((c) => c.max));
    const sum = f.cap === null ? all : Math.min(all, f.cap);
    return sum === f.max
      ? []
      : [warning('field-sum', { id: f.id, sum: shown(sum), max: shown(f.max) }, ['fields', i])];
  });
}

/** Ids that a spreadsheet would read as one number: `1.10` and `1.1`. */
function numericIds({ criteria }: Catalogue): Diagnostic[] {
  const first = new Map<number, string>();
  return criteria.flatMap(({ id }, i) => {
    const other = first.get(Number(id));
    if (other === undefined) first.set(Number(id), id);
    return other !== undefined && /^\d+\.\d+$/.test(id)
      ? [warning('ids-collide', { id, other }, ['criteria', i, 'id'])]
      : [];
  });
}

function unusedOwners({ owners, criteria }: Catalogue): Diagnostic[] {
  const used = new Set(criteria.flatMap((c) => [...c.owners, ...c.trackedBy]));
  return owners.flatMap((o) =>
    used.has(o.id) ? [] : [warning('owner-unused', { owner: o.id }, ['owners', o.id])],
  );
}

function lintCriterion(criterion: Criterion, path: KeyPath, catalogue: Catalogue): Diagnostic[] {
  return [
    ...(criterion.compiled.todo ? [note('rule-todo', { id: criterion.id }, [...path, 'rule'])] : []),
    ...unsourced(criterion, path),
    ...tierFaults(criterion, path),
    ...criterion.compiled.inputs
      .filter((input) => input.form === 'line')
      .flatMap((input) => [
        ...monotone(criterion.id, input, path),
        ...unreachable(criterion, input, path, catalogue),
      ]),
  ];
}

const TEXTS = ['name', 'indicator', 'requirement', 'limitation', 'action', 'evidence', 'exemption'] as const;

/** Texts left in one language, of a catalogue that is written in both. */
function translations({ fields, owners, bands, criteria }: Catalogue): Diagnostic[] {
  const told = (id: string, keys: readonly string[], path: KeyPath) =>
    keys.length === 0 ? [] : [note('no-translation', { id, keys: [...keys] }, path)];
  const unnamed = (id: string, { en }: Bilingual, path: KeyPath) => told(id, en ? [] : ['name'], path);
  const levelsOf = ({ compiled }: Criterion) =>
    compiled.inputs.flatMap((input) => (input.form === 'table' ? input.levels : []));
  return [
    ...fields.flatMap(({ id, name }, i) => unnamed(id, name, ['fields', i])),
    ...owners.flatMap(({ id, name }) => unnamed(id, name, ['owners', id])),
    ...bands.flatMap(({ name }, i) => unnamed(name.vi, name, ['bands', i])),
    ...criteria.flatMap((c, i) => {
      const missing: string[] = TEXTS.filter((key) => c[key] && !c[key].en);
      if (levelsOf(c).some(({ level }) => !level.en)) missing.push('levels');
      return told(c.id, missing, ['criteria', i]);
    }),
  ];
}

/** Thresholds that no source states. */
function unsourced({ id, numbers }: Criterion, path: KeyPath): Diagnostic[] {
  const bare = numbers
    .filter(({ provenance }) => provenance.kind !== 'stated')
    .map(({ what }) => what)
    .filter((what) => /at_least|above|at_most|below|target|floor|\bat$/.test(what));
  return bare.length === 0 ? [] : [note('threshold-unsourced', { id, numbers: bare }, [...path, 'rule'])];
}

/** Tiers that share values (the first decides) or leave some between them (which fall to the rest). */
function tierFaults({ id, rule, compiled }: Criterion, path: KeyPath): Diagnostic[] {
  const { tiers } = rule as { tiers?: Tier[] };
  if (!tiers) return [];
  const spans = tiers.map((t): Interval => {
    const [lo, hi] = [t.at_least ?? t.above, t.at_most ?? t.below];
    return { lo: lo?.value ?? null, loOpen: !t.at_least, hi: hi?.value ?? null, hiOpen: !t.at_most };
  });
  const diagnostics: Diagnostic[] = [];
  const show = (x: Fraction | null) => (x ? x.toString() : '…');
  spans.forEach((p, i) => {
    spans.slice(i + 1).forEach((q, k) => {
      // Open-ended tiers one after the other ('≥ 80, ≥ 60') are the usual way to write steps.
      const nested = (!p.hi && !q.hi) || (!p.lo && !q.lo);
      const both = nested ? null : intersect(p, q);
      // A later tier that holds all of an earlier one is what remains of it.
      if (both && !sameInterval(both, p)) {
        const at = `${show(both.lo)}–${show(both.hi)}`;
        diagnostics.push(warning('tiers-overlap', { id, at }, [...path, 'rule', 'tiers', i + 1 + k]));
      }
    });
  });
  const ordered = spans.filter((s) => s.lo).sort((p, q) => p.lo!.compare(q.lo!));
  ordered.forEach((span, i) => {
    const next = ordered[i + 1];
    if (!span.hi || !next?.lo) return;
    const c = span.hi.compare(next.lo);
    const between = { lo: span.hi, loOpen: !span.hiOpen, hi: next.lo, hiOpen: !next.loOpen };
    const [input] = compiled.inputs;
    // Between 1 and 2 a count has nothing.
    if (input?.form === 'line' && takesWhole(input) && c < 0 && !wholeNumbers(between)) return;
    const params = { id, from: show(span.hi), to: show(next.lo) };
    if (c < 0 || (c === 0 && span.hiOpen && next.loOpen))
      diagnostics.push(warning('tiers-gap', params, [...path, 'rule', 'tiers']));
  });
  return diagnostics;
}

const takesWhole = ({ quantity, against }: LineInput): boolean => against === null && isWhole(quantity);

/** The whole numbers of an interval, ends among them; null when it has none. */
function wholeNumbers(interval: Interval): Interval | null {
  const [lo, hi] = wholeEnds(interval);
  return lo && hi && lo.compare(hi) > 0 ? null : closed(lo, hi);
}

/** A rule that rises and falls: seldom meant. */
function monotone(id: string, input: LineInput, path: KeyPath): Diagnostic[] {
  const { line, range } = input;
  let [rises, falls] = [false, false];
  let before: Fraction | null = null;
  const step = (to: Fraction) => {
    if (before && to.compare(before) > 0) rises = true;
    if (before && to.compare(before) < 0) falls = true;
    before = to;
  };
  for (const piece of line) {
    const within = intersect(piece, range);
    const part = within && takesWhole(input) ? wholeNumbers(within) : within;
    if (!part) continue;
    for (const end of [part.lo, part.hi])
      step(end ? valueAt(piece, end) : piece.b.n === 0n ? piece.a : (before ?? piece.a));
  }
  return rises && falls ? [warning('not-monotone', { id }, [...path, 'rule'])] : [];
}

/** Points that no plausible value earns: a tier that another hides, or a knot outside the range. */
function unreachable(
  { id, rule }: Criterion,
  { line, domain }: LineInput,
  path: KeyPath,
  { decimals }: Catalogue,
): Diagnostic[] {
  const { tiers } = rule as { tiers?: Tier[] };
  if (!tiers) return [];
  const { min, max } = boundsWithin(line, domain);
  const steps = line.filter((piece) => piece.b.n === 0n && intersect(piece, domain));
  const earned = new Set(steps.map((step) => step.a.toFraction()));
  return tiers.flatMap((tier, i) => {
    if (tier.points === 'max' || !isFlat(tier.points)) return [];
    const wanted = tier.points.value;
    if (earned.has(wanted.toFraction()) || (wanted.compare(min) === 0 && wanted.compare(max) === 0))
      return [];
    const points = String(wanted.round(decimals).valueOf());
    return [warning('points-unreachable', { id, points }, [...path, 'rule', 'tiers', i])];
  });
}
