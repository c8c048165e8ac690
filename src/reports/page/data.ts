import type { Scenario } from '../../analysis/gain.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import type { League } from '../../ranking/league.js';
import type { Reading } from '../../reading/reading.js';
import type { Language } from '../../text/numbers.js';

/** What a page carries with it: everything that scoring and ranking need, frozen. */
export interface PageData {
  language: Language;
  units: { reading: Reading; catalogue: Catalogue }[];
  league: League | null;
  scenarios: Scenario[];
}
