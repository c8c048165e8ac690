import { printedDecimals } from '../ranking/gaps.js';
import { Fraction, NUMERAL_IN_TEXT, parseNumeral, toNumber, ZERO } from '../values/fraction.js';
import { fold } from '../values/suggest.js';
import type { Letter, Loss } from './letter.js';
import { idOf, sameOwner } from './mentions.js';
import { type RuleData, written } from './phrases/tiers.js';

/** What a letter gives, as the data of the three files that a project has. */
export interface LetterFiles {
  reading: Record<string, unknown>;
  catalogue: Record<string, unknown>;
  league: Record<string, unknown> | null;
  /** Criteria whose rule the letter states, and those it does not. */
  rules: { stated: number; todo: number };
}

/** The scale where the letter does not say it. */
const SCALE = 100;
/** Whether the losses are all there are: what is not listed is then earned in full. */
const isWhole = ({ score, total, unclear }: Letter): boolean =>
  score ? score.points.add(total).equals(score.scale) : unclear === 0;

/** What a letter leaves out, as one criterion of the draft: its maximum, and, where the letter states the score, its loss. */
interface Rest {
  max: Fraction;
  lost: Fraction | null;
}
const REST_ID = 'khong-neu';

/** Null where every loss is listed, or the criteria listed alone make the scale. */
function restOf(letter: Letter): Rest | null {
  const { losses, score, total } = letter;
  const max = scaleOf(letter).sub(losses.reduce((s, l) => s.add(l.max ?? l.lost), ZERO));
  if (isWhole(letter) || max.compare(ZERO) <= 0) return null;
  const lost = score ? score.scale.sub(score.points).sub(total) : null;
  const fits = lost && lost.compare(ZERO) >= 0 && lost.compare(max) <= 0;
  return { max, lost: fits ? lost : null };
}
const STATED = { provenance: 'stated', source: 'letter' };
const shown = (value: Fraction): string => String(written(value)).replace('.', ',');

/** A file name of a text: `Huyện Như Xuân` is `nhu-xuan`. */
function slugOf(text: string): string {
  const plain = fold(text).replace(/^(?:huyen|thi xa|thanh pho|quan|xa|phuong|thi tran|dac khu) /, '');
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'letter';
}

/** The reading, a draft of the catalogue and the league that a letter gives. `title` is what the letter is called. */
export function filesOfLetter(letter: Letter, title: string): LetterFiles {
  const rules = letter.losses.map(ruleOf);
  const rest = restOf(letter);
  const todo = rules.filter((r) => r.kind === 'todo').length;
  return {
    reading: {
      unit: letter.unit,
      year: letter.year,
      catalogue: './catalogue.yaml',
      indicators: {
        ...Object.fromEntries(letter.losses.map((l) => [l.id, { deducted: written(l.lost), ...STATED }])),
        ...(rest?.lost && { [REST_ID]: restLoss(rest.lost) }),
      },
    },
    catalogue: catalogueOf(letter, rules, rest, title),
    league: leagueOf(letter),
    rules: { stated: rules.length - todo, todo },
  };
}

function catalogueOf(
  letter: Letter,
  rules: readonly RuleData[],
  rest: Rest | null,
  title: string,
): Record<string, unknown> {
  const owners = ownersOf(letter.losses);
  const unnamed = rest !== null || letter.losses.some((l) => l.owners.length === 0);
  const ownerFor = (name: string) => owners.find((o) => sameOwner(o, name)) ?? name;
  const { report } = letter;
  const decimals = decimalsOf(letter);
  const fieldIdOf = fieldIdsOf(letter.losses);
  return {
    id: `${slugOf(letter.unit)}-${letter.year}`,
    name: { vi: `Chỉ số cải cách hành chính năm ${letter.year}, theo công văn của ${small(letter.unit)}` },
    year: letter.year,
    scale: {
      value: written(scaleOf(letter)),
      ...(letter.scale
        ? STATED
        : { provenance: 'assumed', reason: { vi: 'Công văn không nêu thang điểm; lấy 100' } }),
    },
    ...(decimals > DECIMALS && { decimals }),
    sources: {
      letter: { title: { vi: title }, ...(report && { note: { vi: `Dẫn ${reportText(letter)}` } }) },
    },
    fields: [
      ...fieldsOf(letter.losses, fieldIdOf),
      ...(rest ? [{ id: REST_ID, name: { vi: NOT_LISTED } }] : []),
    ],
    owners: Object.fromEntries([...owners, ...(unnamed ? [UNNAMED] : [])].map((o) => [o, {}])),
    criteria: [
      ...letter.losses.map((loss, i) => criterionOf(loss, rules[i]!, fieldIdOf(loss), ownerFor)),
      ...(rest ? [restCriterion(rest)] : []),
    ],
    ...(isWhole(letter) && {
      not_listed: {
        name: { vi: NOT_LISTED },
        provenance: 'inferred',
        working: {
          vi: 'Công văn liệt kê mọi tiêu chí bị trừ điểm, nên phần còn lại được coi là đạt điểm tối đa',
        },
      },
    }),
  };
}

/** Decimals of points where a catalogue does not say them. */
const DECIMALS = 4;

/** The most decimals of the points that the letter says. */
const decimalsOf = ({ losses, score }: Letter): number =>
  Math.max(
    ...[score?.points, ...losses.flatMap((l) => [l.lost, l.max])].map((points) =>
      points ? printedDecimals(points) : 0,
    ),
  );

/** The scale that the letter states, else 100. */
const scaleOf = ({ scale }: Letter): Fraction => scale ?? new Fraction(SCALE);

function criterionOf(
  loss: Loss,
  rule: RuleData,
  field: string,
  ownerFor: (name: string) => string,
): Record<string, unknown> {
  return {
    id: loss.id,
    name: { vi: loss.name },
    field,
    owners: loss.owners.length > 0 ? [...new Set(loss.owners.map(ownerFor))] : [UNNAMED],
    ...(loss.trackedBy.length > 0 && { tracked_by: [...new Set(loss.trackedBy.map(ownerFor))] }),
    ...(loss.requirement && { requirement: { vi: loss.requirement } }),
    ...(loss.limitation && { limitation: { vi: loss.limitation } }),
    ...(loss.action && { action: { vi: loss.action } }),
    ...(loss.evidence && { evidence: { vi: loss.evidence } }),
    max: loss.max
      ? { value: written(loss.max), ...STATED }
      : {
          value: written(loss.lost),
          provenance: 'inferred',
          working: {
            vi: `Công văn không nêu điểm chuẩn; ít nhất bằng số điểm bị trừ (${shown(loss.lost)}), lấy đúng bằng số đó`,
          },
        },
    rule,
  };
}

const NOT_LISTED = 'Các tiêu chí công văn không nêu';

function restCriterion({ max }: Rest): Record<string, unknown> {
  const working = { vi: 'Thang điểm trừ điểm chuẩn của các tiêu chí được nêu' };
  return {
    id: REST_ID,
    name: { vi: NOT_LISTED },
    field: REST_ID,
    owners: [UNNAMED],
    max: { value: written(max), provenance: 'inferred', working },
    rule: { kind: 'todo', words: 'Công văn không liệt kê hết các tiêu chí bị trừ điểm' },
  };
}

/** What the score that the letter states leaves to the criteria that it does not list. */
const restLoss = (lost: Fraction) => ({
  deducted: written(lost),
  provenance: 'inferred',
  note: { vi: 'Thang điểm trừ điểm đạt công văn nêu, trừ các điểm bị trừ được liệt kê' },
});

const UNNAMED = '[đơn vị chủ trì]';
const small = (text: string) => text.replace(/^\p{Lu}/u, (c) => c.toLowerCase());

function reportText({ report }: Letter): string {
  if (!report) return '';
  const date = report.date ? ` ngày ${report.date}` : '';
  const issuer = report.issuer ? ` của ${report.issuer}` : '';
  return `${report.kind} số ${report.number}${date}${issuer}`;
}

/** Lead units, each once, as it is written most often. */
function ownersOf(losses: readonly Loss[]): string[] {
  const said = losses.flatMap((l) => [...l.owners, ...l.trackedBy]);
  const owners: string[] = [];
  for (const name of said) {
    if (owners.some((o) => sameOwner(o, name))) continue;
    const alike = said.filter((o) => sameOwner(o, name));
    const times = (o: string) => alike.filter((other) => other === o).length;
    owners.push(alike.reduce((a, b) => (times(b) >= times(a) ? b : a)));
  }
  return owners;
}

/**
 * The field a criterion's number says (`1.3.3` is of field 1, `A.I.2` of A.I), the letters of its heading, or its own id;
 * another heading of the same letters takes a number.
 */
function fieldIdsOf(losses: readonly Loss[]): (loss: Loss) => string {
  const ids = new Map<string, string>();
  for (const { field } of losses) {
    if (!field || ids.has(field)) continue;
    const alike = [...ids.keys()].filter((other) => idOf(other) === idOf(field)).length;
    ids.set(field, `${idOf(field)}${alike === 0 ? '' : alike + 1}`);
  }
  return ({ id, name, field }) => {
    if (/^\d+\./.test(id)) return id.split('.')[0]!;
    if (id.includes('.')) return id.slice(0, id.lastIndexOf('.'));
    return (field && field !== name && ids.get(field)) || id;
  };
}

function fieldsOf(losses: readonly Loss[], fieldIdOf: (loss: Loss) => string): Record<string, unknown>[] {
  const ids = [...new Set(losses.map(fieldIdOf))].sort(
    (a, b) => Number(/\D/.test(a)) - Number(/\D/.test(b)) || Number(a) - Number(b),
  );
  return ids.map((id) => {
    const loss = losses.find((l) => fieldIdOf(l) === id)!;
    const name = /^\d/.test(id) ? (loss.field ?? `Lĩnh vực ${id}`) : (loss.field ?? loss.name);
    return { id, name: { vi: name.replace(/^\p{Ll}/u, (c) => c.toUpperCase()) } };
  });
}

const WORKING = {
  vi: 'Ngưỡng do công văn nêu; mức trừ bằng điểm chuẩn đã suy ra, nên dưới ngưỡng là 0 điểm; điểm ở giữa công văn không nêu',
};

/** The rule that a limitation states by one threshold, else the words that are still to be made a rule. */
function ruleOf(loss: Loss): RuleData {
  const { limitation, requirement, name } = loss;
  const words = limitation ?? requirement ?? name;
  const threshold =
    (requirement && thresholdOf(requirement, ASKED)) || thresholdOf(words, limitation ? LACKING : ASKED);
  // Of a stated maximum some was earned: what there is below the threshold is not said.
  const partly = loss.max !== null && !loss.max.equals(loss.lost);
  if (!threshold || partly) return { kind: 'todo', words };
  const tier = { at_least: { value: threshold.at_least, ...STATED }, points: 'max' };
  const tiers = { tiers: [tier], otherwise: 0, provenance: 'inferred', working: WORKING };
  return threshold.percent ? { kind: 'steps', quantity: 'percent', ...tiers } : { kind: 'count', ...tiers };
}

const BELOW = `dưới\\s+(${NUMERAL_IN_TEXT})\\s*%`;
const FROM = `từ\\s+(${NUMERAL_IN_TEXT})\\s*%\\s+(?:đến\\s+100\\s*%|trở lên)`;
const FROM_COUNT = String.raw`từ\s+(\d{1,3})\s+(?!%)\p{L}[\p{L}\s]*?trở lên`;
const found = (pattern: string) => new RegExp(pattern, 'giu');
const denied = (pattern: string) => found(`(?<=(?:chưa|không)[^,;.]*)${pattern}`);
const undenied = (pattern: string) => found(`(?<!(?:chưa|không)[^,;.]*)${pattern}`);
/** Not of what there still is: `còn từ 5% trở lên` is too much. */
const wanted = (pattern: string) => found(`(?<!(?:còn|chiếm)[^,;.(]*)${pattern}`);
const ALL = /(?:xử lý|giải quyết|đạt|thực hiện)\s+(100)\s*%/giu;

/** Thresholds of what is asked for, and of what was lacking: `dưới 80%` lacks what `không dưới 80%` asks for. */
const ASKED = { percents: [found(FROM), denied(BELOW), ALL], counts: [found(FROM_COUNT)] };
const LACKING = {
  percents: [wanted(FROM), undenied(BELOW), ALL],
  counts: [wanted(FROM_COUNT), /không có thêm từ\s+(\d{1,3})\s+\p{L}/giu],
};

/** The one threshold of a sentence; null when it has none, or several. */
function thresholdOf(words: string, said: typeof ASKED): { at_least: number; percent: boolean } | null {
  const numbers = (patterns: readonly RegExp[]) =>
    patterns.flatMap((p) => [...words.matchAll(p)].map((m) => parseNumeral(m[1]!)));
  const values = (patterns: readonly RegExp[]) =>
    new Set(numbers(patterns).flatMap((value) => (value ? [toNumber(value)] : [])));
  const [percents, counts] = [values(said.percents), values(said.counts)];
  if (percents.size + counts.size !== 1) return null;
  const [at_least] = [...percents, ...counts];
  return { at_least: at_least!, percent: percents.size === 1 };
}

function leagueOf(letter: Letter): Record<string, unknown> | null {
  const { rank, size } = letter;
  if (rank === null || size === null) return null;
  return {
    name: { vi: `Các đơn vị cùng nhóm với ${small(letter.unit)}, năm ${letter.year}` },
    year: letter.year,
    scale: written(scaleOf(letter)),
    size,
    provenance: 'stated',
    source: letter.report ? reportText(letter) : 'Công văn',
    units: [{ unit: letter.unit, rank, ...scored(letter) }],
  };
}

/** The score that the letter states, else what its losses leave of the scale. */
function scored(letter: Letter): Record<string, unknown> {
  if (letter.score) return { score: written(letter.score.points) };
  if (!isWhole(letter)) return {};
  const scale = scaleOf(letter);
  const vi = `${shown(scale)} trừ ${shown(letter.total)} điểm bị trừ mà công văn liệt kê; công văn không nêu điểm đạt`;
  return { score: written(scale.sub(letter.total)), provenance: 'inferred', working: { vi } };
}
