import { describe, expect, it } from 'vitest';
import { cchc, withFiles } from './support.js';

const given = 'provenance: assumed, reason: thử';
/** A commune's scheme of 10 points in two fields, with a bonus of at most 1 and a penalty of at most 2 outside it. */
const CATALOGUE = `id: xa-2026
name: Bộ tiêu chí xã
year: 2026
decimals: 2
scale: {value: 10, ${given}}
sources: {}
fields: [{id: A, name: Chỉ đạo}, {id: B, name: Kết quả}]
owners: {Văn phòng: {}, Tài chính: {}}
criteria:
  - {id: "1", name: Hồ sơ đúng hạn, field: A, owners: [Văn phòng], max: {value: 4, ${given}}, rule: {kind: proportional, target: 90, floor: 50, ${given}}}
  - {id: "2", name: Sáng kiến, field: A, owners: [Tài chính], max: {value: 2, ${given}}, exemption: văn bản, rule: {kind: steps, quantity: count, tiers: [{at_least: 3, points: max}, {at_least: 1, points: 1}], otherwise: 0, ${given}}}
  - {id: "3", name: Báo cáo chậm, field: B, owners: [Văn phòng], max: {value: 4, ${given}}, rule: {kind: penalty, per_case: 0.25, floor: -1, ${given}}}
  - {id: B1, name: Điểm thưởng, field: B, owners: [Văn phòng], outside: true, max: {value: 1, ${given}}, rule: {kind: count, per_item: 0.5, ${given}}}
  - {id: P1, name: Điểm phạt, field: B, owners: [Tài chính], outside: true, max: {value: 0, ${given}}, rule: {kind: penalty, per_case: 1, floor: -2, ${given}}}
`;
const IDS = ['1', '2', '3', 'B1', 'P1'];
/** A: 81 ÷ 90 × 4 + 1 + (4 − 2 × 0.25) + 0.5 − 1 = 7.6. C: 0 + 2 − 1 + 0 − 2 = −1. Nothing applies to D. */
const UNITS: Record<string, string[]> = {
  'Xã A': ['81%', '1', '2', '1', '1'],
  'Xã B': ['95%', '4', '1', '3', '0'],
  'Xã C': ['49%', 'giải trình: BC 1', '30', '0', '5'],
  'Xã D': IDS.map(() => 'không áp dụng'),
};
const TABLE = [
  'Đơn vị,Năm,Mã,Giá trị',
  ...Object.entries(UNITS).flatMap(([unit, values]) =>
    IDS.map((id, i) => `${unit},2026,${id},${values[i]!}`),
  ),
].join('\n');

const run = (args: (folder: string) => string[]) =>
  withFiles({ 'c.yaml': CATALOGUE, 'g.csv': TABLE }, async (folder) => {
    const ran = await cchc([...args(folder), '--lang', 'en', '-q']);
    expect(ran.code, ran.stderr).toBe(0);
    return ran.stdout;
  });
const group = (folder: string) => [`${folder}/g.csv`, '--catalogue', `${folder}/c.yaml`];

describe('a scheme with points outside its scale, and a unit to which nothing applies', () => {
  it('what every unit gains from a value, and who is placed', async () => {
    const { units, whatif } = JSON.parse(
      await run((f) => [
        'league',
        ...group(f),
        '--raise',
        '1=85%',
        '--raise',
        '2=exempt',
        '--format',
        'json',
      ]),
    );
    expect(
      units.map((u: { unit: string; score: number; rank: number | null }) => [u.unit, u.score, u.rank]),
    ).toEqual([
      // 4 + 2 + 3.75 + 1, the bonus at its most.
      ['Xã B', 10.75, 1],
      ['Xã A', 7.6, 2],
      ['Xã C', -1, 3],
      ['Xã D', 0, null],
    ]);
    // 85 ÷ 90 × 4 = 3.78: 0.18 over 3.6, and 1 from the accepted explanation; 3.78 over nothing for C.
    const gains = Object.fromEntries(
      whatif.moves.map((m: { unit: string; gain: number }) => [m.unit, m.gain]),
    );
    expect(gains).toMatchObject({ 'Xã A': 1.18, 'Xã B': 0, 'Xã C': 3.78 });
  });

  it('the last one is the last that is placed', async () => {
    for (const command of ['score', 'league'])
      expect((await run((f) => [command, ...group(f)])).split('\n')[2]).toMatch(/^Last +Xã C \(−1\)/);
  });

  it('the letter adds up the points of the scale as the score card does, and says what lies outside', async () => {
    const letter = await run((f) => ['letter', ...group(f), '--unit', 'Xã A']);
    // 0.4 + 1 in the first field and 0.5 in the second; 0.5 − 1 outside: 10 − 1.9 − 0.5 = 7.6.
    expect(letter).toContain(
      'scored 7.6 of 10 (assumed), lost 1.9 points on 3 criteria, outside the scale −0.5',
    );
    expect(letter).toContain('## Chỉ đạo (1.4 points lost)');
    expect(letter).toContain('## Kết quả (0.5 points lost)');
    const { fields } = JSON.parse(
      await run((f) => ['score', ...group(f), '--unit', 'Xã A', '--format', 'json']),
    ).readings[0];
    expect(fields.map((f: { deduction: number }) => f.deduction)).toEqual([1.4, 0.5]);
  });

  it('the list of criteria says which lie outside', async () => {
    const { criteria } = JSON.parse(
      await run((f) => ['criteria', '--catalogue', `${f}/c.yaml`, '--format', 'json']),
    );
    expect(criteria.flatMap((c: { id: string; outside?: true }) => (c.outside ? [c.id] : []))).toEqual([
      'B1',
      'P1',
    ]);
  });

  it('a sheet that names no catalogue is converted under the one named, by its path from there', async () => {
    const text = await withFiles({ 'c.yaml': CATALOGUE, 'g.csv': TABLE }, async (folder) => {
      const converted = await cchc(['convert', ...group(folder), `${folder}/out/`]);
      expect(converted.code, converted.stderr).toBe(0);
      return (await cchc(['score', `${folder}/out/xa-a-2026.yaml`, '--lang', 'en', '--brief'])).stdout;
    });
    expect(text).toContain('7.6/10');
  });
});
