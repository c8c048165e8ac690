/**
 * cchc: scores, what-ifs and ranks for public-administration-reform indexes.
 * The command line calls these same functions.
 */
import { openCatalogue } from './files/catalogue.js';
import { openLeague, openReading, openScenario } from './files/open.js';

export { type Comparison, compare, selfAndAppraised } from './analysis/compare.js';
export { fullFix } from './analysis/criterion.js';
export {
  applyChanges,
  type Changes,
  fullFixes,
  type Gain,
  gainBetween,
  gainOf,
  type Position,
  positionAfter,
  positionOf,
  type Scenario,
} from './analysis/gain.js';
export { type GroupWhatIf, groupWhatIf } from './analysis/group.js';
export { type Pace, pace } from './analysis/pace.js';
export { compileRisk, type RiskModel } from './analysis/risk/model.js';
export { type Outlook, parseOutlook } from './analysis/risk/outlook.js';
export { exactRisk, type Risk, simulatedRisk } from './analysis/risk/risk.js';
export { drawBlock, emptyTally, prepare } from './analysis/risk/simulate.js';
export { RandomStream } from './analysis/risk/spread.js';
export { type Sensitivity, sensitivity } from './analysis/sensitivity.js';
export {
  parseChanges,
  parseScenario,
  type ScenarioResult,
  type WhatIf,
  type WhatIfOptions,
  whatIf,
} from './analysis/whatif.js';
export type { Catalogue, Criterion, Field, Owner } from './catalogue/catalogue.js';
export { parseCatalogue } from './catalogue/parse.js';
export { findCriterion, findField, findOwner, selectCriteria } from './catalogue/select.js';
export { type League, parseLeague } from './ranking/league.js';
export { placeInLeague, type Rank } from './ranking/place.js';
export { rankTable, TIES, type Ties } from './ranking/ranks.js';
export { movedRivals, type RivalMoves, type Rivals, rivalsOf } from './ranking/rivals.js';
export {
  leagueOfResults,
  leagueScore,
  placeResult,
  rivalsAmong,
  rivalsOfResult,
  type Standings,
  standings,
} from './ranking/standings.js';
export { parseReading } from './reading/parse.js';
export { type Entry, plainValue, type Reading } from './reading/reading.js';
export { addPoints, compileColumn, type LineColumn, pointsAt } from './rules/column.js';
export { compileRule, ruleKinds, ruleWords } from './rules/index.js';
export { inverse, marginalGain, nextThreshold } from './rules/inverse.js';
export type { CriterionResult, ReadingResult, Total } from './scoring/result.js';
export { indexOf, score, scoreCriterion } from './scoring/score.js';
export { type Grade, gradeOf } from './scoring/totals.js';
export type { Diagnostic, Place, Result } from './values/diagnostic.js';
export { fromNumber, parseDecimal, toNumber } from './values/fraction.js';
export { type Points, pointsToNumber, roundToPoints } from './values/points.js';

/** Loads a catalogue by path or by the id of a shipped one. Faults come as diagnostics with their places. */
export const loadCatalogue = openCatalogue;
/** Loads a reading together with its catalogue. */
export const loadReading = openReading;
/** Loads a league. */
export const loadLeague = openLeague;
/** Loads a scenario for a catalogue. */
export const loadScenario = openScenario;
