import { wholeGroup } from '../ranking/group.js';
import { findUnit, type League, type LeagueUnit } from '../ranking/league.js';
import { groupPicture, placeInLeague } from '../ranking/place.js';
import { REFERENCE } from '../ranking/prior.js';
import { type Rivals, rivalsOf } from '../ranking/rivals.js';
import { answerOf, scoreAndShortRank } from '../render/answer.js';
import { dataOf } from '../render/field.js';
import { bar } from '../render/plot.js';
import { type Block, factsOf, listOf, type Presentation, pictureOf, textOf } from '../render/presentation.js';
import { rankJson } from '../render/result-json.js';
import { assumptionRows, likelyFacts } from '../render/words.js';
import type { Messages } from '../text/index.js';
import { error } from '../values/diagnostic.js';
import { fromNumber, toNumber } from '../values/fraction.js';
import { YEARS } from '../values/scalars.js';
import { greatest } from '../values/search.js';
import { similarUnit } from '../values/unit.js';
import type { Call } from './shared/call.js';
import type { Outcome } from './shared/command.js';

const LINES = 24;
const BAR = 32;
/** Room for the names of units beside a bar, on a screen of 80 columns. */
const NAMES = 80 - 8 - BAR - 1;

/** As many names as there is room for, the first in any case, and how many there are if that is not all. */
function namesBeside(names: readonly string[]): string {
  for (let shown = names.length; shown > 0; shown--) {
    const more = shown < names.length ? ` … (${names.length})` : '';
    const text = names.slice(0, shown).join(', ') + more;
    if (text.length <= NAMES || shown === 1) return text;
  }
  return '';
}

/** Draws a league: the scores that it gives, how densely the group stands by the model, and our unit. */
export async function pictureLeague(file: string, call: Call): Promise<Outcome> {
  const [opened] = call.need(await call.openLeague(file));
  const league = { ...opened, ties: call.ties() ?? opened.ties };
  const named = call.text('unit');
  const ours = named === undefined ? null : findUnit(league, named);
  if (named !== undefined && !ours) {
    const units = league.units.map((u) => u.unit);
    call.misused(error('unknown-unit', { value: named, suggestion: similarUnit(named, units) }));
  }
  const year = call.count('year', league.year, YEARS.most, league.year + 1) ?? league.year;
  call.settle();
  // Without a unit of ours the whole group is looked at.
  const rivals = rivalsOf(league, ours?.unit ?? null, ours?.score ?? null, year);
  // That a unit has no place of its own is nothing to tell.
  const [group] = call.need(rivals.ok ? { ...rivals, diagnostics: [] } : rivals);
  return { presentation: presentPicture({ league, group, year, ours }, call.messages) };
}

interface PicturedLeague {
  league: League;
  /** The units beside ours, or all of them, in the year that is asked about. */
  group: Rivals;
  year: number;
  ours: LeagueUnit | null;
}

function presentPicture({ league, group, year, ours }: PicturedLeague, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const say = labels.rank.picture;
  const scored = league.units.flatMap((u) =>
    u.score ? [{ unit: u.unit, score: toNumber(u.score), rank: u.rank, provenance: u.provenance }] : [],
  );
  const whole = wholeGroup(league);
  const model =
    group.model ??
    (whole && {
      ...whole,
      name: 'group-shape' as const,
      leagues: REFERENCE.leagues.length,
      previous: league.previous.length,
    });
  const scale = toNumber(league.scale);
  const [mean, spread] = model ? [(model.mean * scale) / 100, (model.spread * scale) / 100] : [0, 1];
  const ends = [...scored.map((u) => u.score), ...(model ? [mean - 2.5 * spread, mean + 2.5 * spread] : [])];
  // Where nothing is known, the whole scale.
  const low = ends.length > 0 ? Math.max(0, Math.min(...ends)) : 0;
  const high = ends.length > 0 ? Math.min(scale, Math.max(...ends)) : scale;
  const step = (high - low) / (LINES - 1);
  const heights = Array.from({ length: LINES }, (_, i) => {
    const score = high - i * step;
    const density = model && (league.size * model.density((100 * score) / scale) * 100) / scale;
    return { score, density };
  });
  const most = greatest(
    heights.flatMap((h) => h.density ?? []),
    1e-9,
  );
  const lines = heights.map(({ score, density }) => {
    const here = scored.filter((u) => u.score >= score - step / 2 && u.score < score + step / 2);
    const names = here.map(({ unit }) => (unit === ours?.unit ? `▶ ${unit}` : unit));
    // Our unit is always named.
    names.sort((p, q) => Number(q.startsWith('▶')) - Number(p.startsWith('▶')));
    const shown = (density === null ? '' : bar(density / most, BAR)).padEnd(BAR);
    return `${numbers.fixed(score, 2).padStart(7)} ${shown} ${namesBeside(names)}`.trimEnd();
  });
  const rank = ours?.score ? placeInLeague(group, ours.score) : null;
  const points =
    groupPicture(group) ??
    heights.map((h) => {
      const { mean, interval90 } = placeInLeague(group, fromNumber(Number(h.score.toFixed(6))));
      const [low, high] = interval90 ?? [null, null];
      return { ...h, mean, low, high };
    });
  return {
    json: {
      schema: 'cchc/league-picture@1',
      year: league.year,
      asked: year,
      size: league.size,
      known: scored,
      model: model && {
        name: model.name,
        mean,
        spread,
        skew: model.skew,
        leagues: model.leagues + model.previous,
      },
      density: heights,
      curve: points,
      own: ours && {
        unit: ours.unit,
        score: ours.score ? toNumber(ours.score) : null,
        rank: rankJson(rank),
      },
    },
    blocks: listOf<Block>([
      answerOf(`${numbers.pick(league.name)} · ${year}`, [
        { label: say.units, text: say.knownOf(scored.length, league.size) },
        ours?.score && {
          label: ours.unit,
          text: scoreAndShortRank(numbers.number(ours.score), rank, messages),
        },
      ]),
      model &&
        factsOf([
          {
            label: labels.rank.model,
            text: labels.rank.models[model.name](numbers.number(spread, 2), model.leagues + model.previous),
          },
          rank && likelyFacts(rank, messages).map((f, i) => ({ ...f, label: i === 0 ? ours!.unit : '' })),
          assumptionRows(
            group.assumptions.filter((a) => rank !== null || a.startsWith('league-')),
            messages,
          ),
        ]),
      ends.length > 0 ? pictureOf(say.title, lines) : textOf(labels.rank.assumptions['nothing-to-go-by']),
    ]),
    data: dataOf(
      ['score', 'density', 'rankMean', 'rankLow', 'rankHigh'],
      points.map(({ mean, low, high, ...p }) => ({ ...p, rankMean: mean, rankLow: low, rankHigh: high })),
    ),
  };
}
