import { fullFix } from '../../analysis/criterion.js';
import { gainOf, recoverableBy } from '../../analysis/gain.js';
import type { Action } from '../../analysis/plan.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { listOf } from '../../render/presentation.js';
import { indexName, ownerText, provenanceMark, rankText, scoreText } from '../../render/words.js';
import type { CriterionResult } from '../../scoring/result.js';
import { lossOf, sumsInScore } from '../../scoring/totals.js';
import type { Words } from '../../text/index.js';
import type { Points } from '../../values/points.js';
import type { ProvenanceKind } from '../../values/provenance.js';
import type { ReportModel } from '../model.js';
import { gainRestsOn, isUnreported, lowered, nounOf, shortcomingText, targetWords } from './words.js';

const NUMBER_SHARE = 3;
/** The annex's columns after the number of the row: share of the width, and whether cells are centred. */
const ANNEX = [
  ['id', 7, true],
  ['task', 30, false],
  ['product', 19.5, false],
  ['lead', 12, false],
  ['coordination', 10, false],
  ['deadline', 7, true],
  // What just the target gains; '' where it cannot be told.
  ['points', 6.5, true],
  ['places', 5, true],
] as const;

/** One task of the annex. */
type LetterTask = Record<(typeof ANNEX)[number][0], string>;

/** A letter as its parts, whatever the format. Square brackets stand where only the office knows. */
export type LetterDocument = ReturnType<typeof letterOf>;

/** What one criterion asks: who leads, what to reach, and what just that gains. */
interface Task {
  row: CriterionResult;
  leads: readonly string[];
  /** The leads by their names. */
  lead: string;
  /** Names of units that act with the leads, and of those that track. */
  others: string[];
  trackers: string[];
  deadline: string | null;
  /** What to do, as the scheme says it; as the plan does, where that stops short of the full points. */
  action: string | null;
  target: string | null;
  points: Points | null;
  /** All that an unknown value may have lost. */
  most: Points;
  places: number | null;
  /** What the gain rests on. */
  rests: ProvenanceKind;
}

/** The criteria that lost points, or may have, in the scheme's order, each with its task. */
function tasksOf(model: ReportModel, actions: readonly Action[], words: Words): Task[] {
  const { baseline, position } = model;
  const rows = baseline.criteria.filter(
    (r) => r.status !== 'not_applicable' && (r.deduction === null || r.deduction > 0),
  );
  const named = (id: string) => ownerText(baseline.catalogue, id, words);
  const inScore = sumsInScore(baseline.catalogue, baseline.criteria);
  return rows.map((row): Task => {
    const { criterion } = row;
    const planned = actions.find((a) => a.changes.has(criterion.id)) ?? null;
    const leads = planned && planned.owner !== null ? [planned.owner] : criterion.owners;
    const wanted = planned?.changes.get(criterion.id) ?? fullFix(row, baseline.catalogue);
    const gain = wanted && gainOf(position, new Map([[criterion.id, wanted]]));
    const points = gain?.points && gain.points > 0 ? gain.points : null;
    const partly = points !== null && row.deduction !== null && points < row.deduction;
    const action = planned && partly ? planned.name : criterion.action;
    return {
      row,
      leads,
      lead: leads.map(named).join(', '),
      others: criterion.owners.filter((o) => !leads.includes(o)).map(named),
      trackers: criterion.trackedBy.filter((o) => !leads.includes(o)).map(named),
      deadline: planned?.deadline ?? null,
      action: action && words.numbers.pick(action),
      target: wanted && targetWords(row, wanted, words),
      points,
      most: recoverableBy(row, gain, inScore),
      places: gain?.places ?? null,
      rests: points === null ? 'stated' : gainRestsOn(row, points),
    };
  });
}

/** The lead units of a letter, in the order in which the criteria name them. */
export function leadsOf(model: ReportModel, actions: readonly Action[], words: Words): string[] {
  return [...new Set(tasksOf(model, actions, words).flatMap((t) => t.leads))];
}

/**
 * So many criteria at most are told in full; of more than that those with the most points at stake, fewer where headings
 * of many fields take the room of two pages.
 */
const MOST_TOLD = 20;
const TOLD_OF_MORE = 15;
const TOLD_AND_FIELDS = 22;
const LEAST_TOLD = 5;

/** The tasks that the text tells in full. */
function toldIn(tasks: readonly Task[]): ReadonlySet<Task> {
  if (tasks.length <= MOST_TOLD) return new Set(tasks);
  const atStake = ({ row }: Task) => row.deduction ?? row.best - row.worst;
  const fields = new Set(tasks.map(({ row }) => row.criterion.field)).size;
  const most = Math.max(LEAST_TOLD, Math.min(TOLD_OF_MORE, TOLD_AND_FIELDS - fields));
  return new Set([...tasks].sort((a, b) => atStake(b) - atStake(a)).slice(0, most));
}

/**
 * The directive to the lead units, from results: every criterion that lost points, in the scheme's order. With `only`
 * the letter is to that lead unit, of the criteria it leads.
 */
export function letterOf(
  model: ReportModel,
  actions: readonly Action[],
  words: Words,
  only: string | null = null,
) {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { baseline } = model;
  const { catalogue } = baseline;
  const all = tasksOf(model, actions, words);
  const tasks = only === null ? all : all.filter((t) => t.leads.includes(only));
  const told = toldIn(tasks);
  const leads = [...new Set(tasks.flatMap((t) => t.leads))];
  const to = (only === null ? leads : [only]).map((o) => ownerText(catalogue, o, words));
  const index = indexName(catalogue, words);
  const body = issuingBody(baseline.unit, words);
  // Points lost are those of the scale, as everywhere; criteria outside it have sums of their own.
  const inScale = (rows: readonly Task[]) => rows.filter((t) => !t.row.criterion.outside);
  const sumsOf = sumsInScore(catalogue, baseline.criteria);
  const lost = (rows: readonly Task[]) => {
    const scored = inScale(rows).filter((t) => t.row.deduction !== null);
    if (scored.length === 0) return null;
    const { deduction, max, best } = sumsOf(scored.map((t) => t.row));
    const points = lettered(deduction ?? max - best, catalogue.decimals, words);
    return { points, whole: deduction !== null && scored.length === inScale(rows).length };
  };
  const whom = only === null ? say.units : inSentence(to[0]!);
  const led = only === null ? null : lost(tasks);
  const share = led?.whole ? [say.share(to[0]!, inScale(tasks).length, led.points)] : [];
  return {
    /** In points. */
    textSize: say.textSize,
    /** The issuing body's lines; of one that is no committee the first is the superior body's. */
    issuer: body.issuer,
    underSuperior: !body.committee,
    country: say.country,
    motto: say.motto,
    number: say.number(body.committee),
    placeAndDate: say.placeAndDate(body.name),
    subject: say.subject(baseline.year, index),
    toLabel: say.to,
    to: to.length === 0 ? [say.someUnits] : to,
    intro: [introOf(model, inScale(all).length, words), ...share].join(' '),
    request: tasks.length === 0 ? say.nothing : say.request(body.head, whom, baseline.year + 1),
    sections: baseline.fields.flatMap(({ field }) => {
      const rows = tasks.filter((t) => t.row.criterion.field === field.id);
      if (rows.length === 0) return [];
      const sum = lost(rows);
      const said = sum === null ? '' : ` (${(sum.whole ? say.lostHere : say.lostAtLeast)(sum.points)})`;
      const others = rows.filter((t) => !told.has(t)).map((t) => t.row.criterion.id);
      return [
        {
          heading: `${numbers.pick(field.name)}${said}`,
          items: rows.map((t) => itemOf(t, told.has(t), catalogue, words)),
          /** The criteria that stand in the annex alone. */
          rest: others.length === 0 ? null : say.inAnnex(others),
        },
      ];
    }),
    closing:
      tasks.length === 0 ? say.closingKept(body.head, whom) : say.closing(body.head, whom, body.office),
    recipientsLabel: say.recipients,
    recipients: say.recipientList,
    signing: body.signing,
    signature: say.signature,
    annex: {
      label: say.annex,
      title: say.annexTitle(baseline.year + 1, index),
      reference: say.annexReference(body.issuerInText),
      columns: say.annexColumns,
      rows: tasks.map((t) => annexRow(t, told.has(t), catalogue, words)),
      key: [...new Set(tasks.map((t) => t.rests))]
        .flatMap((kind) => (kind === 'stated' ? [] : [`${provenanceMark(kind)} ${labels.provenance[kind]}`]))
        .join('; '),
    },
    draftNote: say.draftNote,
  };
}

/** Points as letters write them: whole ones below ten with a nought before them in Vietnamese. */
function lettered(points: Points, decimals: number, { labels, numbers }: Words): string {
  const text = numbers.points(points, decimals);
  return /^[1-9]$/.test(text) ? labels.letter.whole(text) : text;
}

/** Fewer than a twentieth of a place would read as none. */
const LEAST_PLACES = 0.05;
const placesText = (places: number, numbers: Words['numbers']) =>
  places !== 0 && places < LEAST_PLACES ? `< ${numbers.number(0.1, 1)}` : numbers.fixed(places, 1);

function introOf({ baseline, ranks, league }: ReportModel, count: number, words: Words): string {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { total, catalogue, basis } = baseline;
  const rests = basis.inferred > 0 ? 'inferred' : basis.assumed > 0 ? 'assumed' : null;
  const worked = rests === null ? '' : ` (${labels.provenance[rests]})`;
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const rank = ranks.baseline;
  // A league of another year has published no rank of this one; from the first place to the last says nothing.
  const placed =
    rank && league?.year === baseline.year && (rank.best > 1 || rank.worst < rank.size || rank.size === 1);
  const unreported = baseline.criteria.filter(isUnreported).length;
  const parts = listOf<string>([
    `${say.score(scoreText(baseline, words), points(total.applicableMax))}${worked}`,
    unreported > 0 && say.unreported(unreported),
    placed && say.rank(rankText(rank, words)),
    total.deduction !== null && count > 0 && say.lost(points(total.deduction), count),
    !!total.adjustment &&
      total.score !== null &&
      `${labels.score.adjustment.toLowerCase()} ${numbers.signed(total.adjustment, catalogue.decimals)}`,
  ]);
  const published = league?.year === baseline.year ? league.provenance : null;
  const source = published?.kind === 'stated' ? published.source : null;
  return `${say.intro(source, placeOf(baseline.unit), baseline.year)} ${parts.join(', ')}.`;
}

/** One criterion of the letter: what was lost, and the shortcoming and the charge as sentences of one paragraph. */
function itemOf(task: Task, inText: boolean, catalogue: Catalogue, words: Words) {
  const say = words.labels.letter;
  const { row, others, lead } = task;
  const { id, name } = row.criterion;
  const title = words.numbers.pick(name);
  const lost = row.deduction === null ? '' : `: ${lostWords(row, catalogue.decimals, words)}`;
  const joined = others.length === 0 ? null : say.joining(others.join(', '));
  const shortcoming = shortcomingText(row, catalogue, words);
  return {
    id,
    title: `${title}${lost}`,
    sentences: listOf<string>([
      shortcoming && say.shortcoming(afterName(shortcoming, title)),
      // Who tracks it stands in the annex.
      say.charge(inSentence(lead), joined, charged(task, words)),
    ]).map((sentence) => stopped(quoted(sentence))),
    /** Whether a paper of few pages has room for it; else its shortcoming stands in the annex. */
    inText,
  };
}

/** What a criterion lost, or a bonus did not bring. */
function lostWords(row: CriterionResult, decimals: number, words: Words): string {
  const { lostHere, notAdded } = words.labels.letter;
  const bonus = row.criterion.outside && row.points !== null && row.points >= 0;
  const lost = bonus ? row.deduction : lossOf(row);
  return (bonus ? notAdded : lostHere)(lettered(lost!, decimals, words));
}

/** Several units by one name: `Các phòng chuyên môn`, within a sentence. */
const inSentence = (leads: string) => leads.replace(/(?<=^|, )Các(?= )/gu, 'các');

/** What is said right after a name, without saying the name again. */
const afterName = (text: string, name: string) =>
  text.startsWith(`${name} `) ? text.slice(name.length + 1) : lowered(text);

/** What a charge is to bring about; the criterion's name, or a rate that it is named for, has just been said. */
function charged({ row, target }: Task, words: Words): string | null {
  const { rate, assure, attain, report } = words.labels.letter;
  const name = words.numbers.pick(row.criterion.name);
  const noun = nounOf(row, words);
  const said = noun === name || rate.test(name);
  const rest = said && target?.startsWith(noun) ? /^:? (.+)/su.exec(target.slice(noun.length)) : null;
  const named = rest !== null;
  const wanted = rest?.[1] ?? (target && lowered(target));
  if (isUnreported(row)) return report + (wanted ? assure(wanted) : '');
  return wanted && (named ? attain : assure)(wanted);
}

/** Quotation marks as papers write them; an apostrophe stays. */
const quoted = (text: string) => text.replace(/(?<!\p{L})'([^']+)'(?!\p{L})/gu, '“$1”');
const raised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const stopped = (text: string) => (/[.;:!?]$/.test(text) ? text : `${text}.`);

/** What a task gains; at most, where the value is unknown and may have earned it already. */
function pointsCell(
  { row, points, most, rests }: Task,
  decimals: number,
  { labels, numbers }: Words,
): string {
  if (row.status === 'unknown') return labels.letter.upTo(numbers.points(most, decimals));
  return points === null ? '' : `${numbers.points(points, decimals)}${provenanceMark(rests)}`;
}

function annexRow(task: Task, inText: boolean, catalogue: Catalogue, words: Words): LetterTask {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { row, places, target } = task;
  const { criterion } = row;
  const required = criterion.requirement && numbers.pick(criterion.requirement);
  const said = task.action ?? required;
  const asked = said ?? (target === null ? say.noTask : say.assured(lowered(target)));
  const name = numbers.pick(criterion.name);
  const lacks = inText ? null : shortcomingText(row, catalogue, words);
  return {
    id: criterion.id,
    // What to reach stands in the text, unless it is all that can be said.
    task: quoted(listOf([lacks && stopped(said ? lacks : raised(afterName(lacks, name))), asked]).join(' ')),
    product: criterion.evidence ? quoted(numbers.pick(criterion.evidence)) : say.noProduct,
    lead: task.lead,
    coordination:
      [...task.others, ...task.trackers.map((t) => say.tracking(t))].join('; ') || say.noCoordination,
    deadline: task.deadline ?? say.noDeadline,
    points: pointsCell(task, catalogue.decimals, words),
    places: places === null ? '' : placesText(places, numbers),
  };
}

/** The annex as a table, its rows numbered; without points and places where no task has any. */
export function annexTable({ columns, rows }: LetterDocument['annex']) {
  const told = ANNEX.map(([key, share, centred], i) => ({
    key,
    share,
    centred,
    head: columns[i + 1]!,
  })).filter(({ key }) => rows.some((row) => row[key] !== ''));
  const width = told.reduce((sum, { share }) => sum + share, NUMBER_SHARE);
  return {
    heads: [columns[0]!, ...told.map(({ head }) => head)],
    rows: rows.map((row, i) => [`${i + 1}`, ...told.map(({ key }) => row[key])]),
    // What is left out leaves its width to the tasks.
    shares: [NUMBER_SHARE, ...told.map(({ key, share }) => (key === 'task' ? share + 100 - width : share))],
    align: (i: number) => (i === 0 || told[i - 1]!.centred ? ('center' as const) : ('left' as const)),
  };
}

const COMMITTEE = /^(huyện|thị xã|thành phố|tp\.?|quận|xã|phường|thị trấn|tỉnh|đặc khu)\s+(.+)$/iu;
const BODY_OF_PLACE = /^(?:[ủu][ỷy] ban nhân dân|UBND)\s+/iu;
/** `UBND xã A` is the committee of xã A. */
const placeOf = (unit: string) => {
  const place = unit.normalize('NFC').replace(BODY_OF_PLACE, '');
  return COMMITTEE.test(place) ? place.replace(/^\p{Ll}/u, (c) => c.toUpperCase()) : unit;
};
const OF_DISTRICT = /^(?:huyện|thị xã|thành phố|quận)$/u;

/** The issuing body, its head and its place: a people's committee of its place, or a body under a superior one. */
function issuingBody(scored: string, { labels: { letter } }: Words) {
  const unit = placeOf(scored);
  const upper = unit.toLocaleUpperCase('vi');
  const named = COMMITTEE.exec(unit);
  if (!named) {
    const department = /^Sở\s/iu.test(unit);
    return {
      issuer: [letter.parent, upper],
      committee: false,
      /** What it is called after: `Như Xuân`; null is for the office to say. */
      name: null,
      /** Who gives the order: `Chủ tịch UBND huyện`. */
      head: department ? letter.director(unit) : letter.headOf(unit),
      /** Who gathers the results. */
      office: letter.someOffice,
      signing: [department ? letter.directorSigns : letter.someoneSigns],
      issuerInText: unit,
    };
  }
  const kind = named[1]!.toLowerCase().replace(/^tp\.?$/u, 'thành phố');
  const rest = named[2]!;
  // A place with a number for a name keeps its kind, with a capital: Phường 1.
  const numbered = /^\d/.test(rest);
  return {
    issuer: [letter.committee, upper],
    committee: true,
    name: numbered ? unit : rest,
    head: letter.chairman(kind),
    office: OF_DISTRICT.test(kind) ? letter.homeAffairs : letter.someOffice,
    signing: [letter.onBehalf, letter.chairmanSigns],
    issuerInText: letter.committeeOf(numbered ? named[1]! : kind, rest),
  };
}
