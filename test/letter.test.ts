import { beforeAll, describe, expect, it } from 'vitest';
import { loadReading, type ReadingResult, score } from '../src/index.js';
import { must, NHU_XUAN } from './support.js';

// Figures of the letter (March 2023), as fixtures/nhu-xuan-2022.yaml cites them.
const LOST: Record<string, number> = {
  '1.3.3': 1,
  '1.4.3': 0.75,
  '1.5': 1,
  '3.5.1': 0.01,
  '3.6.1': 0.5,
  '4.1.3': 1,
  '4.3.3': 1.5,
  '5.4.3': 1.5,
  '5.4.2': 0.1,
  '6.2.1': 1,
  '6.2.2': 1,
  '7.6.1': 0.5,
  '7.3.2': 0.8042,
  '7.3.3': 0.8255,
  XHH: 0.9,
};

describe("the letter's figures", () => {
  let result: ReadingResult;
  beforeAll(async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    result = score(reading, catalogue);
  });
  const units = (points: number | null) => points! / 10_000;

  it('each criterion loses what was published, in the order of the letter', () => {
    expect(result.criteria.map((c) => [c.criterion.id, units(c.deduction)])).toEqual(
      Object.entries(LOST).sort(() => 0),
    );
    expect(result.criteria).toHaveLength(15);
  });

  it('adds up to 12.3897 exactly, and so to a score of 87.6103 of 100', () => {
    expect(result.total.deduction).toBe(123_897);
    expect(result.total.score).toBe(876_103);
    expect(result.total.applicableMax).toBe(1_000_000);
    expect(result.total.index?.equals('87.6103')).toBe(true);
  });

  it('loses by field what the letter adds up to', () => {
    expect(Object.fromEntries(result.fields.map((f) => [f.field.id, units(f.deduction)]))).toEqual({
      1: 2.75,
      3: 0.51,
      4: 2.5,
      5: 1.6,
      6: 2,
      7: 2.1297,
      XHH: 0.9,
    });
  });

  it('loses by lead unit what its rows add up to', () => {
    // 1+1+1; 0.75+0.8042+0.8255; 0.01+0.5+0.5+0.9; 1.5; 1+1; 1.5+0.1
    expect(Object.fromEntries(result.owners.map((o) => [o.owner, units(o.deduction)]))).toEqual({
      'Phòng Nội vụ': 3,
      'Phòng Văn hóa - Thông tin': 2.3797,
      'Văn phòng HĐND và UBND huyện': 1.91,
      'Các phòng chuyên môn': 1.5,
      'Phòng Tài chính - Kế hoạch': 2,
      'Thủ trưởng các đơn vị': 1.6,
    });
  });

  it('implies the values that the design works out', () => {
    const at = (id: string) => {
      const implied = result.criteria.find((c) => c.criterion.id === id)?.implied;
      return implied?.form === 'interval' ? implied.at?.valueOf() : undefined;
    };
    expect(at('3.5.1')).toBe(99);
    expect(at('5.4.2')).toBe(90);
    expect(at('7.3.2')).toBe(16.643);
    expect(at('7.3.3')).toBe(13.0875);
    expect(at('XHH')).toBe(91);
  });

  it('the values that the letter states lose as published under the rules', async () => {
    const opened = must(await loadReading(NHU_XUAN));
    const stated = [...opened.reading.entries].filter(([, e]) => e.value).map(([id]) => id);
    expect(stated).toEqual(['1.4.3', '1.5', '3.6.1', '4.1.3', '7.6.1']);
    expect((await loadReading(NHU_XUAN)).diagnostics).toEqual([]);
  });

  it('never presents an inferred or assumed number as stated', () => {
    for (const c of result.criteria) expect(c.provenance).not.toBe('stated');
    const { stated, inferred, assumed } = result.basis;
    expect(stated + inferred + assumed).toBe(result.total.score);
    expect(stated).toBe(0);
  });
});
