import {
  type Diagnostic,
  error,
  type Place,
  type Result,
  resultOf,
  warning,
} from '../diagnostics/diagnostic.js';
import { type Fraction, ZERO } from '../exact/fraction.js';
import type { Grid } from './heads.js';
import { Losses } from './letter-losses.js';
import { lossesOfTable } from './letter-table.js';
import type { Paragraph } from './paragraphs.js';
import { type Report, reportOf, type Standing, standingIn } from './standing.js';

/** A criterion that a letter says lost points. */
export interface Loss {
  id: string;
  name: string;
  lost: Fraction;
  /** The maximum, where the letter says it. */
  max: Fraction | null;
  /** The heading it stands under. */
  field: string | null;
  limitation: string | null;
  /** What must hold for full points, where the letter says it apart from what was lacking. */
  requirement: string | null;
  owners: string[];
  trackedBy: string[];
  action: string | null;
  evidence: string | null;
  line: number;
}

/** What a letter on the index says of its unit's last result. */
export interface Letter {
  unit: string;
  year: number;
  rank: number | null;
  size: number | null;
  /** The score that it states, and the scale it is of. */
  score: Standing['score'];
  /** The report that published the result. */
  report: Report | null;
  losses: Loss[];
  total: Fraction;
  /** Losses that it says and whose criterion is not clear, and sums that are not those of its losses. */
  unclear: number;
}

/**
 * Reads a letter on a unit's index: the losses by criterion with what stands under each, the unit, the year, the rank
 * and the report that published them. `file` names the letter in complaints; what is `given` need not be in it. A line
 * that says points and is not used is told.
 */
export function readLetter(
  paragraphs: readonly Paragraph[],
  file: string,
  given: { unit?: string | undefined; year?: number | undefined } = {},
  tables: readonly Grid[] = [],
): Result<Letter> {
  const diagnostics: Diagnostic[] = [];
  const place = (line: number): Place => ({ file, line, column: 1 });
  const all = paragraphs.map((p) => p.text).join('\n');
  const standing = standingIn(all, paragraphs, given.year);
  const heard = (own: readonly Paragraph[]) => {
    const read = new Losses(standing, place);
    for (const paragraph of own) read.hear(paragraph);
    return read;
  };
  const outside = paragraphs.filter((p) => !p.inTable);
  let body = heard(outside);
  const inTables = tables.map((grid) => lossesOfTable(grid));
  if (body.losses.length > 0) body.compare(inTables, tables);
  else if (inTables.some((t) => t !== null && t.rows.length > 0)) body.take(inTables, tables);
  else if (outside.length < paragraphs.length) body = heard(paragraphs);
  body.finish();
  const { losses } = body;
  if (losses.length === 0)
    return {
      ok: false,
      diagnostics: [...body.diagnostics, { ...error('not-a-letter', { file }), place: place(1) }],
    };
  const seen = new Set<string>();
  for (const loss of losses) {
    if (seen.has(loss.id))
      diagnostics.push({ ...error('duplicate-id', { id: loss.id }), place: place(loss.line) });
    seen.add(loss.id);
  }
  diagnostics.push(...body.diagnostics);
  const total = losses.reduce((sum, l) => sum.add(l.lost), ZERO);
  const { year, rank, size, score } = standing;
  const unit = given.unit ?? standing.unit;
  if (unit === null)
    diagnostics.push({ ...error('letter-lacks', { what: 'unit', option: '--unit' }), place: place(1) });
  if (year === null)
    diagnostics.push({ ...error('letter-lacks', { what: 'year', option: '--year' }), place: place(1) });
  if (rank === null)
    diagnostics.push({ ...warning('letter-lacks', { what: 'rank', option: '' }), place: place(1) });
  // Losses and score that do not make the scale: the letter does not list every loss.
  if (score && !score.points.add(total).equals(score.scale)) {
    const params = { score: score.points.toString(), lost: total.toString(), scale: score.scale.toString() };
    diagnostics.push({ ...warning('letter-partial', params), place: place(1) });
  }
  const letter: Letter = {
    unit: unit ?? '',
    year: year ?? 0,
    rank,
    size,
    score,
    report: reportOf(all),
    losses,
    total,
    unclear: body.unclear,
  };
  return resultOf(letter, diagnostics);
}
