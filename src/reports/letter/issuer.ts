import type { Words } from '../../text/messages.js';

/** How a letter calls the unit it is of. */
interface IssuingBody {
  /** The lines at the top; a superior body stands above one that is no committee. */
  issuer: string[];
  committee: boolean;
  /** What it is called after: `Như Xuân`, or a placeholder. */
  name: string | null;
  /** Who gives the order: `Chủ tịch UBND huyện`. */
  head: string;
  /** Who gathers the results. */
  office: string;
  signing: string[];
  issuerInText: string;
}

const COMMITTEE = /^(huyện|thị xã|thành phố|tp\.?|quận|xã|phường|thị trấn|tỉnh|đặc khu)\s+(.+)$/iu;
const OF_DISTRICT = /^(?:huyện|thị xã|thành phố|quận)$/u;

/** The issuing body, its head and its place: a people's committee of its place, or a body under a superior one. */
export function issuingBody(unit: string, { labels: { letter } }: Words): IssuingBody {
  const upper = unit.toLocaleUpperCase('vi');
  const found = COMMITTEE.exec(unit);
  if (!found) {
    const department = /^Sở\s/iu.test(unit);
    return {
      issuer: [letter.parent, upper],
      committee: false,
      name: null,
      head: department ? letter.director(unit) : letter.headOf(unit),
      office: letter.someOffice,
      signing: [department ? letter.directorSigns : letter.someoneSigns],
      issuerInText: unit,
    };
  }
  const kind = found[1]!.toLowerCase().replace(/^tp\.?$/u, 'thành phố');
  const rest = found[2]!;
  return {
    issuer: [letter.committee, upper],
    committee: true,
    // A place with a number for a name keeps its kind: Phường 1.
    name: /^\d/.test(rest) ? unit : rest,
    head: letter.chairman(kind),
    office: OF_DISTRICT.test(kind) ? letter.homeAffairs : letter.someOffice,
    signing: [letter.onBehalf, letter.chairmanSigns],
    issuerInText: letter.committeeOf(kind, rest),
  };
}
