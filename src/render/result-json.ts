import type { Criterion } from '../catalogue/catalogue.js';
import type { Neighbour, Rank } from '../ranking/place.js';
import { plainValue } from '../reading/reading.js';
import type { Implied } from '../rules/inverse.js';
import type { CriterionResult, ReadingResult, Subtotal } from '../scoring/result.js';
import { gradeOf } from '../scoring/totals.js';
import type { Words } from '../text/index.js';
import { type Fraction, toNumber } from '../values/fraction.js';
import { type Points, pointsToNumber, roundToPoints } from '../values/points.js';
import { ruleText } from './words.js';

/** Points as JSON numbers, null where unknown. */
export const pointsJson = (points: Points | null, decimals: number): number | null =>
  points === null ? null : pointsToNumber(points, decimals);

/** An exact number rounded to `decimals` places for JSON. */
export const fractionJson = (value: Fraction | null, decimals: number): number | null =>
  value === null ? null : pointsToNumber(roundToPoints(value, decimals), decimals);

function impliedJson(implied: Implied | null) {
  if (implied?.form !== 'interval') return null;
  const first = implied.intervals[0]!;
  const last = implied.intervals.at(-1)!;
  return {
    min: first.lo && toNumber(first.lo),
    max: last.hi && toNumber(last.hi),
    minOpen: first.loOpen,
    maxOpen: last.hiOpen,
    at: implied.at && toNumber(implied.at),
  };
}

/** What a criterion is: words, maximum and rule. */
export const definitionJson = (c: Criterion, decimals: number, words: Words) => ({
  id: c.id,
  name: c.name,
  field: c.field,
  owners: c.owners,
  trackedBy: c.trackedBy,
  indicator: c.indicator,
  requirement: c.requirement,
  limitation: c.limitation,
  action: c.action,
  evidence: c.evidence,
  exemption: c.exemption,
  max: pointsToNumber(c.max, decimals),
  ...(c.outside && { outside: true }),
  kind: c.rule.kind,
  rule: ruleText(c, decimals, words),
});

/** One criterion of `cchc/score@1`. */
export function criterionJson(row: CriterionResult, decimals: number) {
  const { criterion, entry } = row;
  return {
    id: criterion.id,
    field: criterion.field,
    name: criterion.name,
    status: row.status,
    value: row.value && plainValue(criterion, row.value),
    ...(row.value?.ratio && {
      ratio: { done: toNumber(row.value.ratio.done), total: toNumber(row.value.ratio.total) },
    }),
    ...(row.value?.counts && {
      counts: Object.fromEntries([...row.value.counts].map(([key, count]) => [key, toNumber(count)])),
    }),
    points: pointsJson(row.points, decimals),
    deduction: pointsJson(row.deduction, decimals),
    max: pointsJson(row.max, decimals),
    worst: pointsJson(row.worst, decimals),
    best: pointsJson(row.best, decimals),
    ...(criterion.outside && { outside: true }),
    ...(row.condition && { requires: row.condition }),
    provenance: row.provenance,
    maxProvenance: criterion.maxProvenance.kind,
    owners: criterion.owners,
    implied: impliedJson(row.implied),
    ...(row.implied?.form === 'levels' && { impliedLevels: row.implied.levels.map((l) => l.level.vi) }),
    ...(entry?.source && { source: entry.source }),
    ...(entry?.note && { note: entry.note }),
  };
}

function neighbourJson(neighbour: Neighbour | undefined) {
  return neighbour
    ? { unit: neighbour.unit, score: toNumber(neighbour.score), points: toNumber(neighbour.points) }
    : null;
}

/** `rank` of a reading result. */
export function rankJson(rank: Rank | null) {
  if (!rank) return null;
  return {
    size: rank.size,
    rank: rank.rank,
    best: rank.best,
    worst: rank.worst,
    mean: rank.mean,
    median: rank.median,
    interval90: rank.interval90,
    distribution: rank.distribution,
    method: rank.method,
    ties: rank.ties,
    tied: rank.tied,
    next: neighbourJson(rank.above[0]),
    below: neighbourJson(rank.below[0]),
    pointsPerPlace: rank.pointsPerPlace,
    assumptions: rank.assumptions,
    model: rank.model,
    sensitivity: rank.sensitivity,
  };
}

/** The band of a result, the next one, and the conditions of it that fail. */
function bandJson(result: ReadingResult) {
  const grade = gradeOf(result);
  if (!grade) return null;
  const { decimals } = result.catalogue;
  return {
    name: grade.band?.name ?? null,
    next: grade.next && {
      name: grade.next.band.name,
      points: pointsJson(grade.next.points, decimals),
      fails: grade.next.failed.map(({ condition, id }) => ({
        [condition.form === 'criterion' ? 'criterion' : 'field']: id,
        at_least:
          condition.form === 'criterion'
            ? pointsJson(condition.atLeast, decimals)
            : toNumber(condition.atLeast),
      })),
    },
  };
}

/** One reading of `cchc/score@1`. */
export function readingJson(result: ReadingResult, rank: Rank | null) {
  const { catalogue, total, basis } = result;
  const points = (p: Points | null) => pointsJson(p, catalogue.decimals);
  const subtotal = ({ deduction, points: earned, max }: Subtotal) => ({
    deduction: points(deduction),
    points: points(earned),
    max: points(max),
  });
  return {
    unit: result.unit,
    year: result.year,
    criteria: result.criteria.map((row) => criterionJson(row, catalogue.decimals)),
    notListed: catalogue.notListed && {
      max: points(catalogue.notListed.max),
      points: points(catalogue.notListed.max),
      provenance: catalogue.notListed.provenance.kind,
    },
    fields: result.fields.map((f) => ({
      id: f.field.id,
      name: f.field.name,
      parent: f.field.parent,
      ...subtotal(f),
    })),
    owners: result.owners.map((o) => ({ owner: o.owner, ...subtotal(o), criteria: o.criteria })),
    total: {
      deduction: points(total.deduction),
      score: points(total.score),
      ...(result.criteria.some((c) => c.criterion.outside) && { adjustment: points(total.adjustment) }),
      index: fractionJson(total.index, catalogue.decimals),
      applicableMax: points(total.applicableMax),
      worst: points(total.worst),
      best: points(total.best),
      basis: {
        stated: points(basis.stated),
        inferred: points(basis.inferred),
        assumed: points(basis.assumed),
      },
    },
    ...(catalogue.bands.length > 0 && { band: bandJson(result) }),
    rank: rankJson(rank),
  };
}
