import type { Entry, Reading } from '../reading/reading.js';
import type { Bilingual } from '../shapes/scalars.js';

/** Named changes to a reading. */
export interface Scenario {
  name: Bilingual;
  changes: ReadonlyMap<string, Entry>;
}

/** The reading with the scenario's entries in place of its own. */
export function applyScenario(reading: Reading, scenario: Scenario): Reading {
  return { ...reading, entries: new Map([...reading.entries, ...scenario.changes]) };
}
