import { toNumber } from '../values/fraction.js';
import { countBy } from '../values/grouping.js';
import { lazy, memoize } from '../values/scalars.js';
import { fold } from '../values/suggest.js';
import type { Prior } from './fit.js';
import type { League } from './league.js';
import type { Moving } from './next-year.js';
import { combineNormals, heavyTailed, mirrored, type Normal, type Shape, sinhArcsinh } from './shape.js';

/** One whole published league: spread and skew of its scores, spread in percent of the scale. */
interface LeagueFigures {
  league: string;
  series: string;
  units: number;
  spread: number;
  skew: number;
}

/** What happened between two leagues of a series: drift in percent of the scale, change over the spread before. */
interface ChangeFigures {
  series: string;
  from: number;
  to: number;
  units: number;
  drift: number;
  change: number;
}

/** What whole published leagues say of how groups are spread and how they move on. */
export interface LeagueStatistics {
  leagues: readonly LeagueFigures[];
  changes: readonly ChangeFigures[];
}

/** Of the leagues in `fixtures/leagues/`; a test works each row out again from them. */
export const REFERENCE: LeagueStatistics = {
  leagues: [
    { league: 'pci-2012', series: 'pci', units: 63, spread: 4.1457, skew: -0.3086 },
    { league: 'pci-2013', series: 'pci', units: 63, spread: 3.48, skew: 0.1162 },
    { league: 'pci-2014', series: 'pci', units: 63, spread: 3.2404, skew: -0.0383 },
    { league: 'pci-2015', series: 'pci', units: 63, spread: 3.1421, skew: 0.1746 },
    { league: 'pci-2016', series: 'pci', units: 63, spread: 2.928, skew: 0.9341 },
    {
      league: 'thanh-hoa-departments-2024',
      series: 'thanh-hoa-departments',
      units: 20,
      spread: 3.4342,
      skew: -0.8277,
    },
  ],
  changes: [
    { series: 'pci', from: 2012, to: 2013, units: 63, drift: 0.7666, change: 0.892 },
    { series: 'pci', from: 2013, to: 2014, units: 63, drift: 0.2884, change: 0.6929 },
    { series: 'pci', from: 2014, to: 2015, units: 63, drift: 0.2498, change: 0.4737 },
    { series: 'pci', from: 2015, to: 2016, units: 62, drift: 0.5505, change: 0.4395 },
  ],
};

/** How a unit is known from one year's table to another's: they differ in case, marks and dots, so those go. */
export const acrossYears = (unit: string): string =>
  fold(unit)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Scores of a league in percent of its scale, by name; units that only marks tell apart are nobody's successors.
 * Worked out once for a league.
 */
export const scoresOf = memoize((league: League): ReadonlyMap<string, number> => {
  const full = toNumber(league.scale);
  const names = league.units.map((u) => acrossYears(u.unit));
  const times = countBy(names);
  return new Map(
    league.units.flatMap((u, i) => {
      const name = names[i]!;
      const key = times.get(name) === 1 ? name : `${name} #${i}`;
      return u.score ? [[key, (100 * toNumber(u.score)) / full] as const] : [];
    }),
  );
});

const meanOf = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Mean, standard deviation (n − 1) and skew of some scores. */
export function momentsOf(scores: readonly number[]) {
  const units = scores.length;
  const mean = meanOf(scores);
  let [squares, cubes] = [0, 0];
  for (const x of scores) {
    squares += (x - mean) * (x - mean);
    cubes += (x - mean) * (x - mean) * (x - mean);
  }
  const spread = Math.sqrt(squares / (units - 1));
  return { units, mean, spread, skew: cubes / units / (spread * spread * spread) };
}

/** What happened to the units that two leagues have in common; null when fewer than eight. */
export function changeBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): { units: number; drift: number; change: number } | null {
  const both = [...before].flatMap(([unit, x]) => {
    const y = after.get(unit);
    return y === undefined ? [] : [[x, y] as const];
  });
  if (both.length < 8) return null;
  const spread = momentsOf(both.map(([x]) => x)).spread;
  const changes = momentsOf(both.map(([x, y]) => y - x));
  return { units: both.length, drift: changes.mean, change: changes.spread / spread };
}

/**
 * The family, alike on both sides: the normal; with light tails; with heavy ones; leaning a little, and leaning much.
 * More members answered no better, on real leagues or drawn ones. Worked out at the first use.
 */
export const family = lazy((): readonly Shape[] => {
  const leaning = [sinhArcsinh(0.3, 0.85), sinhArcsinh(0.8, 1)];
  return [
    sinhArcsinh(0, 1),
    sinhArcsinh(0, 1.4),
    heavyTailed(),
    ...leaning.flatMap((shape) => [shape, mirrored(shape)]),
  ];
});

/** What the square of a normal sample's skew is on average: so much of what is seen is chance (Cramér 1946). */
const skewByChance = (units: number) => (6 * (units - 2)) / ((units + 1) * (units + 3));

/**
 * The shapes of the family and how likely each is beforehand: the less the more it leans, by a Laplace distribution of
 * the skew whose mean size is that of the reference leagues, less what so few units show by chance.
 */
export function shapesOf(reference: LeagueStatistics): Prior['shapes'] {
  const squares = perSeries(reference.leagues, (l) => l.skew * l.skew - skewByChance(l.units));
  // The mean square of a Laplace distribution is twice the square of its mean size.
  const size = Math.sqrt(meanOf(squares) / 2);
  const likely = family().map((shape) => Math.exp(-Math.abs(shape.skew) / size));
  const total = likely.reduce((sum, x) => sum + x, 0);
  return family().map((shape, i) => ({ shape, weight: likely[i]! / total, stays: 0 }));
}

/**
 * What is seen in published indexes of 61–63 provinces, beside the reference leagues: spreads of 1.8 to
 * 4.1% of the scale, changes of 0.4 to 1.4 times the spread and mostly 0.8, and a common drift that in two years of
 * three was within 0.8% (12 of 18: PCI 2012–2016, PAPI 2011–2024, PAR INDEX of provinces and of ministries 2023).
 */
const SEEN_SPREADS = [1.8, 4.1] as const;
/** Those ends are taken to hold nine leagues of ten: so many standard deviations from the middle. */
const NINE_OF_TEN = 1.645;
const SEEN_CHANGES = [0.4, 0.8, 1.4];
const DRIFT_SD = 0.8;
/** How many years of an office's drifts weigh as much as the assumed one. */
const DRIFT_YEARS = 3;
/** How much a group's spread differs from one year to the next, of its logarithm: as in PCI 2012–2016. */
const SPREAD_SD = 0.1;
/** How much the size of its changes differs, of its logarithm: assumed. */
const CHANGE_SD = 0.3;

/** One number for each series, so that five years of one index do not weigh as five indexes. */
function perSeries<T extends { series: string }>(rows: readonly T[], of: (row: T) => number): number[] {
  const series = [...new Set(rows.map((r) => r.series))];
  return series.map((name) => meanOf(rows.filter((r) => r.series === name).map(of)));
}

/** What an office's past leagues say; each year between them and the league asked about widens it. */
export interface Past {
  mean: Normal;
  logSpread: Normal;
  years: number;
}

/** The belief before anything of this league is known: from reference leagues, and more from the office's own. */
export function priorOf(reference: LeagueStatistics, past: readonly Past[], drift: Normal): Prior {
  const [low, high] = SEEN_SPREADS.map((s) => Math.log(s)) as [number, number];
  const series = perSeries(reference.leagues, (l) => Math.log(l.spread));
  const general = { centre: meanOf([...series, low, high]), sd: (high - low) / (2 * NINE_OF_TEN) };
  const ofPast = past.map(({ logSpread, years }) => ({
    centre: logSpread.centre,
    sd: Math.sqrt(logSpread.sd * logSpread.sd + SPREAD_SD * SPREAD_SD * years),
  }));
  const latest = past.reduce<Past | null>((last, p) => (!last || p.years < last.years ? p : last), null);
  return {
    shapes: shapesOf(reference),
    logSpread: combineNormals([general, ...ofPast]),
    mean: latest && {
      centre: latest.mean.centre + drift.centre * latest.years,
      sd: Math.sqrt(latest.mean.sd * latest.mean.sd + drift.sd * drift.sd * latest.years),
    },
  };
}

/** How a group moves on: from reference leagues, and more from the office's years. */
export function movingOf(
  reference: LeagueStatistics,
  past: readonly { drift: number; change: number; years: number }[],
): Moving {
  const changes = momentsOf([
    ...perSeries(reference.changes, (c) => Math.log(c.change)),
    ...SEEN_CHANGES.map((c) => Math.log(c)),
  ]);
  const general = { centre: changes.mean, sd: changes.spread };
  const seen = past.map((o) => ({ centre: Math.log(o.change / Math.sqrt(o.years)), sd: CHANGE_SD }));
  const yearly = past.map((o) => o.drift / o.years);
  const count = DRIFT_YEARS + yearly.length;
  const centre = yearly.reduce((sum, d) => sum + d, 0) / count;
  const square = DRIFT_YEARS * (DRIFT_SD * DRIFT_SD + centre * centre);
  const variance = (square + yearly.reduce((sum, d) => sum + (d - centre) * (d - centre), 0)) / count;
  return { drift: { centre, sd: Math.sqrt(variance) }, logChange: combineNormals([general, ...seen]) };
}
