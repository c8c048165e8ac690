import type { Language } from '../text/numbers.js';

export interface ProjectRequest {
  unit: string;
  year: number;
  language: Language;
}

/** Comments of the files that `init` makes. */
const WORDS = {
  vi: {
    config: 'Ngưỡng mà mọi số liệu trong dự án phải đạt; chạy: cchc check',
    league: 'Điểm hoặc hạng của các đơn vị trong nhóm, biết đến đâu ghi đến đó',
    size: 'số đơn vị trong nhóm',
    workflow: 'Kiểm tra số liệu mỗi khi có thay đổi',
    program: 'cchc.mjs là cả công cụ trong một tệp, nằm cạnh đây; bản mới thì chép đè lên',
  },
  en: {
    config: 'What every reading of this project is held to; run: cchc check',
    league: 'Scores or ranks of the units in the group, as far as they are known',
    size: 'units in the group',
    workflow: 'Checks the readings on every change',
    program: 'cchc.mjs is the whole tool in one file, kept here; copy a newer one over it',
  },
} satisfies Record<Language, Record<string, string>>;

/** The files of a new project, beside its reading. */
export function projectFiles({ unit, year, language }: ProjectRequest): Record<string, string> {
  const words = WORDS[language];
  const quoted = JSON.stringify(unit);
  return {
    'cchc.config.yaml': `# ${words.config}\nfiles: [reading.yaml]\n# league: league.yaml\ngates:\n  max_assumed_points: 100\n  # min_score: 85\n  # max_rank: 20\n  # confidence: 0.9\n`,
    'league.yaml': `# ${words.league}\nname: ${quoted}\nyear: ${year}\nsize: 1 # ${words.size}\nunits:\n  - unit: ${quoted}\n`,
    '.github/workflows/cchc.yml': `# ${words.workflow}\nname: cchc\non: [push, pull_request]\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: actions/setup-node@v4\n        with: { node-version: 20 }\n      # ${words.program}\n      - run: node cchc.mjs check --format github\n`,
  };
}
