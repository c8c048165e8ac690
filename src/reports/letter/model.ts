import type { Action } from '../../analysis/actions.js';
import { fullFix } from '../../analysis/criterion.js';
import { gainOf } from '../../analysis/gain.js';
import { sumPoints } from '../../exact/points.js';
import { entryText, ownerText, rankText } from '../../render/words.js';
import type { CriterionResult } from '../../scoring/result.js';
import type { Words } from '../../text/messages.js';
import type { ReportModel } from '../model.js';

/** One criterion of the letter: what was lost, why, who must act, how, and what it brings. */
interface LetterItem {
  id: string;
  title: string;
  lines: { label: string; text: string }[];
}

/** A letter as its parts, whatever the format. Square brackets stand where only the office knows. */
export interface Letter {
  issuer: string[];
  country: string;
  motto: string;
  number: string;
  placeAndDate: string;
  subject: string;
  toLabel: string;
  to: string[];
  intro: string;
  sections: { heading: string; items: LetterItem[] }[];
  closing: string;
  recipientsLabel: string;
  recipients: string[];
  signing: string;
  signature: string;
  draftNote: string;
}

/** The draft directive to the lead units, from results: every criterion that lost points, in the scheme's order. */
export function letterOf(model: ReportModel, actions: readonly Action[], words: Words): Letter {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { baseline } = model;
  const lost = baseline.criteria.filter(
    (r) => r.status !== 'not_applicable' && (r.deduction === null || r.deduction > 0),
  );
  const owners = [...new Set(lost.flatMap((r) => r.criterion.owners))];
  return {
    issuer: issuerOf(baseline.unit, words),
    country: say.country,
    motto: say.motto,
    number: say.number,
    placeAndDate: say.placeAndDate,
    subject: say.subject(baseline.year),
    toLabel: say.to,
    to: owners.map((o) => ownerText(baseline.catalogue, o, words)),
    intro: lost.length === 0 ? say.nothing : introOf(model, lost.length, words),
    sections: baseline.fields.flatMap(({ field }) => {
      const rows = lost.filter((r) => r.criterion.field === field.id);
      if (rows.length === 0) return [];
      const known = rows.every((r) => r.deduction !== null);
      const points = numbers.points(
        sumPoints(rows.map((r) => r.deduction ?? 0)),
        baseline.catalogue.decimals,
      );
      const sum = known ? ` (${say.lostHere(points)})` : '';
      return [
        {
          heading: `${numbers.pick(field.name)}${sum}`,
          items: rows.map((r) => itemOf(r, model, actions, words)),
        },
      ];
    }),
    closing: say.closing,
    recipientsLabel: say.recipients,
    recipients: say.recipientList,
    signing: say.signing,
    signature: say.signature,
    draftNote: say.draftNote,
  };
}

const OF_A_COMMITTEE = /^(huyện|thị xã|thành phố|tp\.?|quận|xã|phường|thị trấn|tỉnh|đặc khu)\s/iu;

/** The two lines of the issuing body: a people's committee of its place, or a body under a superior one. */
function issuerOf(unit: string, { labels: { letter } }: Words): string[] {
  const upper = unit.toLocaleUpperCase('vi');
  return OF_A_COMMITTEE.test(`${unit} `) ? [letter.committee, upper] : [letter.parent, upper];
}

function introOf({ baseline, ranks }: ReportModel, count: number, words: Words): string {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { total, catalogue, basis } = baseline;
  const worked = basis.assumed + basis.inferred > 0 ? ` (${labels.provenance.inferred})` : '';
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const parts = [
    ...(total.score === null
      ? []
      : [`${say.score(points(total.score), points(total.applicableMax))}${worked}`]),
    ...(ranks.baseline ? [say.rank(rankText(ranks.baseline, words))] : []),
    ...(total.deduction === null ? [] : [say.lost(points(total.deduction), count)]),
  ];
  return `${say.intro(baseline.unit, baseline.year)} ${parts.join(', ')}. ${say.request}`;
}

function itemOf(
  row: CriterionResult,
  model: ReportModel,
  actions: readonly Action[],
  words: Words,
): LetterItem {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { criterion } = row;
  const { decimals } = model.baseline.catalogue;
  const lost = row.deduction === null ? '' : `: ${say.lostHere(numbers.points(row.deduction, decimals))}`;
  const planned = actions.find((a) => a.changes.has(criterion.id));
  const leads = planned && planned.owner !== null ? [planned.owner] : criterion.owners;
  const named = (ids: readonly string[]) =>
    ids.map((o) => ownerText(model.baseline.catalogue, o, words)).join(', ');
  const tracked = criterion.trackedBy.length > 0 ? ` (${say.tracking(named(criterion.trackedBy))})` : '';
  const line = (label: string, text: string | null) => (text ? [{ label, text }] : []);
  return {
    id: criterion.id,
    title: `${numbers.pick(criterion.name)}${lost}`,
    lines: [
      ...line(say.limitation, criterion.limitation && numbers.pick(criterion.limitation)),
      ...line(labels.explain.requirement, criterion.requirement && numbers.pick(criterion.requirement)),
      ...line(say.lead, `${named(leads)}${tracked}`),
      ...line(labels.explain.action, criterion.action && numbers.pick(criterion.action)),
      ...line(say.target, targetText(row, model, planned ?? null, words)),
      ...line(say.evidence, criterion.evidence && numbers.pick(criterion.evidence)),
      ...line(say.deadline, planned?.deadline ?? say.noDeadline),
    ],
  };
}

/** What to reach (the plan's, else a full repair), with the points and places that just this gains. */
function targetText(
  row: CriterionResult,
  { position, baseline }: ReportModel,
  planned: Action | null,
  words: Words,
): string | null {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { criterion, status, provenance } = row;
  const wanted = planned?.changes.get(criterion.id) ?? fullFix(row, baseline.catalogue);
  if (!wanted) return null;
  const gain = gainOf(position, new Map([[criterion.id, wanted]]));
  // What was published as lost is what can be won back; else it rests on the rule's numbers.
  const whole = status === 'deducted' && gain.points === row.deduction;
  const worked = whole || provenance === 'stated' ? '' : ` (${labels.provenance[provenance]})`;
  const points =
    gain.points === null || gain.points <= 0
      ? []
      : [`${say.stake(numbers.points(gain.points, baseline.catalogue.decimals))}${worked}`];
  // Fewer than a twentieth of a place would read as none.
  const places =
    gain.places !== null && gain.places >= 0.05 ? [say.places(numbers.number(gain.places, 1))] : [];
  const brings = [...points, ...places];
  const excused = wanted.exempt !== null && criterion.exemption;
  const what = excused ? numbers.pick(excused) : entryText(criterion, wanted, words);
  return brings.length > 0 ? `${what} (${brings.join(', ')})` : what;
}
