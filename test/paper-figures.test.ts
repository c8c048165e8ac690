import { beforeAll, describe, expect, it } from 'vitest';
import { cchc, LEAGUE_2022, NHU_XUAN, withFiles } from './support.js';

const assumed = 'provenance: assumed, reason: {vi: Ví dụ, en: Example}';
const criterion = (id: string, field: string, max: number, rule: string, more = '') =>
  `  - {id: "${id}", name: {vi: Tiêu chí ${id}, en: Criterion ${id}}, field: "${field}", owners: [Văn phòng], ${more}max: {value: ${max}, ${assumed}}, rule: {${rule}, ${assumed}}}`;

const CATALOGUE = `id: w-2025
name: {vi: Có trọng số, en: Weighted}
level: {vi: cấp xã, en: commune}
year: 2025
valid: {from: 2025}
decimals: 2
scale: {value: 50, ${assumed}}
fields:
  - {id: "1", name: {vi: Một, en: One}, max: 100, weight: 0.3}
  - {id: "2", name: {vi: Hai, en: Two}, max: 40, weight: 0.5}
owners: {Văn phòng: {en: Office}}
criteria:
${criterion('1.1', '1', 60, 'kind: proportional, target: 100')}
${criterion('1.2', '1', 40, 'kind: proportional, target: 80')}
${criterion('2.1', '2', 40, 'kind: proportional, target: 50')}
${criterion('T', '2', 2, 'kind: count, per_item: 1', 'outside: true, ')}
`;
const READING = `unit: Xã A
year: 2025
catalogue: ./w.yaml
indicators: {"1.1": 90%, "1.2": 60%, "2.1": 25%, "T": 1}
`;
const LEAGUE = `name: {vi: Các xã, en: Communes}
scale: 50
size: 4
decimals: 2
source: Ví dụ
year: 2025
units:
  - {unit: Xã A, score: 36.2}
  - {unit: Xã B, score: 47}
  - {unit: Xã C, score: 37.5}
  - {unit: Xã D, score: 20}
`;

/** A figure as written in Vietnamese, without its mark. */
const read = (text: string) => Number(text.replace(/[*~\\+ ]/g, '').replace(',', '.'));

/** What one reading's papers say, and what the command line answers to the same questions. */
async function papersOf(args: string[]) {
  const out = async (...more: string[]) => (await cchc([...more, '--lang', 'vi', '-q'])).stdout;
  const json = async (...more: string[]) => JSON.parse(await out(...more, '--format', 'json'));
  const letter = await out('letter', ...args, '--format', 'markdown');
  const page = await out('report', ...args, '--one-page', '--format', 'html');
  return {
    letter,
    page: page.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/\s+/g, ' '),
    /** Rows of the letter's annex: a criterion, its gain, its places. */
    annex: [...letter.matchAll(/^\| \d+ \| (\S+) \|(.*)\|$/gm)].map(([, id, rest]) => ({
      id: id!,
      cells: rest!
        .split(' | ')
        .slice(5)
        .map((cell) => cell.trim()),
    })),
    /** Rows of the page's three tasks. */
    tasks: [
      ...page.matchAll(
        /<tr>\s*<td>([\w.]+)<\/td>(?:(?!<\/tr>)[\s\S])*?<td class="n">(\+[^<]*)<\/td>(?:\s*<td class="n">([^<]*)<\/td>)?/g,
      ),
    ].map(([, id, gain, places]) => ({ id: id!, gain: read(gain!), places })),
    score: (await json('score', ...args)).readings[0],
    whatIf: async (sets: Record<string, string>) => {
      const given = Object.entries(sets).flatMap(([id, value]) => ['--set', `${id}=${value}`]);
      return (await json('whatif', ...args, ...given)).scenarios[0];
    },
  };
}
type Papers = Awaited<ReturnType<typeof papersOf>>;

/** Holds every gain and place of the papers against `whatif` of that one target. */
async function held(papers: Papers, sets: Record<string, string>) {
  expect(papers.annex.map((r) => r.id).sort()).toEqual(Object.keys(sets).sort());
  expect(papers.tasks).toHaveLength(3);
  for (const [id, value] of Object.entries(sets)) {
    const { delta } = await papers.whatIf({ [id]: value });
    const [gain, places] = papers.annex.find((r) => r.id === id)!.cells;
    const task = papers.tasks.find((t) => t.id === id);
    expect([id, read(gain!)]).toEqual([id, delta.score]);
    if (task) expect([id, task.gain]).toEqual([id, delta.score]);
    for (const shown of [places, task?.places].filter((p) => p !== undefined))
      if (shown.includes('<')) expect(-delta.rankMean).toBeLessThan(0.1);
      else expect([id, read(shown)]).toEqual([id, Number((0 - delta.rankMean).toFixed(1))]);
  }
}

describe("every figure of the papers is the command line's", () => {
  it('Như Xuân: 87.6103, rank 21 of 27; each target alone, and three together', async () => {
    const papers = await papersOf([NHU_XUAN, '--league', LEAGUE_2022]);
    await held(papers, {
      '1.3.3': '80%',
      '1.4.3': 'Truyền thống và hình thức mới',
      '1.5': '2',
      '3.5.1': '100%',
      '3.6.1': 'Xin lỗi toàn bộ',
      '4.1.3': 'exempt',
      '4.3.3': '100%',
      '5.4.3': '0',
      '5.4.2': '100%',
      '6.2.1': 'exempt',
      '6.2.2': 'exempt',
      '7.6.1': 'Tốt',
      '7.3.2': '85%',
      '7.3.3': '75%',
      XHH: '100%',
    });
    const { total, rank } = papers.score;
    expect([total.score, rank.rank, rank.size]).toEqual([87.6103, 21, 27]);
    expect(papers.letter).toContain('87,6103/100 điểm (suy ra), xếp hạng 21/27, bị trừ 12,3897 điểm');
    expect(papers.page).toContain('Đạt 87,6103/100 điểm, chỉ số 87,6103%');
    expect(papers.page).toContain('Xếp hạng: 21/27');
    const all = await papers.whatIf({ '4.3.3': '100%', '5.4.3': '0', '1.3.3': '80%' });
    expect([all.delta.score, all.result.total.score]).toEqual([4, 91.6103]);
    const { best, worst, median, interval90, mean } = all.result.rank;
    const range = `xếp hạng từ ${best} đến ${worst} trên 27, trung vị ${median}, 90% trong khoảng ${interval90.join(' đến ')}`;
    const average = String(Number(mean.toFixed(2))).replace('.', ',');
    expect(papers.page).toContain(`tăng 4 điểm, đạt 91,6103 điểm, ${range} (trung bình ${average})`);
  });

  describe('a scheme with weights and a bonus', () => {
    let papers: Papers;
    let lever: string;
    const sets = { '1.1': '100%', '1.2': '80%', '2.1': '50%', T: '2' };
    beforeAll(async () => {
      const files = { 'w.yaml': CATALOGUE, 'r.yaml': READING, 'l.yaml': LEAGUE };
      await withFiles(files, async (folder) => {
        papers = await papersOf([`${folder}/r.yaml`, '--league', `${folder}/l.yaml`]);
        await held(papers, sets);
        const both = ['--set', '1.1=100%', '--set', '1.2=70%', '--brief', '--lang', 'en', '-q'];
        lever = (await cchc(['whatif', `${folder}/r.yaml`, ...both])).stdout;
      });
    });

    it('points of criteria are weighed: 0.3 × (54 + 30) + 0.5 × 20 + 1 = 36.2', () => {
      const { total, rank } = papers.score;
      expect([total.score, total.index, rank.rank, rank.size]).toEqual([36.2, 72.4, 3, 4]);
      expect(papers.letter).toContain('36,2/50 điểm (giả định), xếp hạng 3/4, bị trừ 14,8 điểm');
      expect(papers.page).toContain('Đạt 36,2/50 điểm, chỉ số 72,4%');
      expect(papers.page).toContain('Xếp hạng: 3/4');
    });

    it('each target brings its weight: 0.3 × 6, 0.3 × 10, 0.5 × 20, and the bonus 1', () => {
      expect(papers.annex.map(({ id, cells }) => ({ id, gain: read(cells[0]!) }))).toEqual([
        { id: '1.1', gain: 1.8 },
        { id: '1.2', gain: 3 },
        { id: '2.1', gain: 10 },
        { id: 'T', gain: 1 },
      ]);
      // 36.2 + 14.8 = 51, above 47: first of four.
      expect(papers.page).toContain('tăng 14,8 điểm, đạt 51 điểm, xếp hạng 1/4');
    });

    it('a bonus that was not earned is none of the losses', () => {
      expect(papers.page).toContain('2.1 Tiêu chí 2.1');
      expect(papers.page).not.toContain('T Tiêu chí T');
    });

    it('the largest lever of a what-if is told in points of the score', () => {
      // 1.1 by 0.3 × 6 = 1.8; 1.2 by 0.3 × 40 × 10/80 = 1.5.
      expect(lever).toMatch(/Biggest lever\s+1\.1 \(\+1\.8 points\)/);
    });
  });
});
