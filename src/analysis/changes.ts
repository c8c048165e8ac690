import type { Entry, Reading } from '../reading/reading.js';
import type { Bilingual } from '../shapes/scalars.js';

/** Named changes to a reading. */
export interface Scenario {
  name: Bilingual;
  changes: ReadonlyMap<string, Entry>;
}

/** The reading with the scenario's entries in place of its own; a target and a leader stay unless changed. */
export function applyScenario(reading: Reading, scenario: Scenario): Reading {
  const entries = new Map(reading.entries);
  for (const [id, entry] of scenario.changes) {
    const own = reading.entries.get(id);
    entries.set(id, {
      ...entry,
      target: entry.target ?? own?.target ?? null,
      leader: entry.leader ?? own?.leader ?? null,
      standings: new Map([...(own?.standings ?? []), ...entry.standings]),
    });
  }
  return { ...reading, entries };
}
