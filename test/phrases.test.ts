import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReading, score } from '../src/index.js';
import { readPhrase } from '../src/papers/phrases/read.js';
import { sayRule } from '../src/papers/phrases/say-back.js';
import { catalogueWith, must, yaml } from './support.js';

interface Case {
  phrase: string;
  max: number;
  rule?: { kind: string };
  indicator?: string;
  notes?: string[];
  values?: [unknown, number][];
  todo?: string;
}

const listed = (name: string) =>
  yaml(readFileSync(new URL(`cases/${name}.yaml`, import.meta.url), 'utf8')) as Case[];
const first = listed('phrases');
const offices = listed('phrases-offices');
const cases = [...first, ...listed('phrases-provinces'), ...listed('phrases-decisions'), ...offices];
const plain = (data: unknown) => JSON.parse(JSON.stringify(data));
const read = cases.filter((c) => c.rule);
const scored = cases.filter((c) => !c.rule && !c.todo);

/** Points of one value under a rule, by the tool itself. */
function pointsOf(rule: unknown, max: number, value: unknown): number {
  const catalogue = catalogueWith(rule, max);
  const indicators = { T1: value };
  const reading = must(parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators }, catalogue));
  return score(reading, catalogue).total.score! / 10_000;
}

it('the figures of docs/papers.md are those of the cases', () => {
  const docs = readFileSync(new URL('../docs/papers.md', import.meta.url), 'utf8');
  const todo = cases.filter((c) => c.todo).length;
  for (const figure of [`${cases.length} phrases`, `${cases.length - todo} are read`, `${todo} that leave`])
    expect(docs).toContain(figure);
});

describe('phrases of official tables', () => {
  it.each(read)('$phrase', ({ phrase, max, rule, indicator, notes }) => {
    const found = readPhrase(phrase, Number(max));
    if (!found.ok) throw new Error(`not read: ${JSON.stringify(found)}`);
    expect(plain(found.rule)).toEqual(plain(rule));
    expect([found.indicator, found.notes.map((n) => n.kind)]).toEqual([indicator ?? null, notes ?? []]);
    // What is read is a rule that says the same again.
    const again = readPhrase(sayRule(found, Number(max)), Number(max));
    expect(again.ok && again.rule).toEqual(found.rule);
  });

  it.each(read)('a catalogue takes it, and scores what it says: $phrase', ({ max, rule, values }) => {
    expect(catalogueWith(rule, Number(max)).criteria).toHaveLength(1);
    for (const [value, points] of values ?? [])
      expect([value, pointsOf(rule, Number(max), value)]).toEqual([value, Number(points)]);
  });

  it.each(scored)('is read, and scores what it says: $phrase', ({ phrase, max, values }) => {
    const found = readPhrase(phrase, Number(max));
    if (!found.ok) throw new Error(`not read: ${JSON.stringify(found)}`);
    const again = readPhrase(sayRule(found, Number(max)), Number(max));
    expect(again.ok && again.rule).toEqual(found.rule);
    for (const [value, points] of values!)
      expect([value, pointsOf(found.rule, Number(max), value)]).toEqual([value, Number(points)]);
  });

  it.each(cases.filter((c) => c.todo))('no rule: $phrase', ({ phrase, max, todo }) => {
    const found = readPhrase(phrase, Number(max));
    if (found.ok) throw new Error(`read as ${JSON.stringify(found.rule)}`);
    expect([found.why.kind, ...found.words]).toContain(String(todo));
  });

  // A number or a condition more than the rule has: whatever is added to a phrase that is read, it is read no more, or
  // with the addition in its words.
  const ADDED = [
    ' đối với xã miền núi',
    ' và có báo cáo',
    ' nhưng không quá 3 lần',
    ' nếu được 2 đơn vị xác nhận',
    ', riêng quý 4 tính gấp đôi',
    ' (trừ 0,3 điểm nếu chậm)',
    '. Trường hợp khác do Hội đồng quyết định',
    '; cộng 0,5 điểm nếu vượt kế hoạch',
    ' trong 6 tháng',
    ' x 2',
  ];
  it.each(ADDED)('nothing that is added is swallowed: %s', (added) => {
    for (const { phrase, max } of [...first, ...offices].filter((c) => !c.todo)) {
      const { rule } = plain(readPhrase(phrase, Number(max)));
      const found = readPhrase(`${phrase}${added}`, Number(max));
      if (!found.ok) continue;
      const said = `${sayRule(found, Number(max))} ${found.indicator ?? ''}`;
      const words = added.match(/[\p{L}\d]+/gu)!.filter((w) => w !== 'x');
      // What a letter stands for takes any words; they are kept.
      const earned = (data: unknown) =>
        JSON.parse(JSON.stringify(data), (key, value) => (key === 'name' ? undefined : value));
      expect([phrase, words.every((w) => said.includes(w)), earned(found.rule)]).toEqual([
        phrase,
        true,
        earned(rule),
      ]);
    }
  });

  it('never guesses: any text is a rule or is refused, and nothing throws', () => {
    const pieces = fc.constantFrom(
      ...[
        'từ',
        'dưới',
        'trên',
        'đến',
        '80%',
        '100%',
        '1.000',
        '0,5',
        '2',
        'điểm',
        ':',
        ';',
        'trừ',
        'mỗi',
        'báo cáo',
        '(',
        ')',
      ],
      ...[
        '/',
        '*',
        'tỷ lệ',
        'không',
        'có',
        'và',
        'hồ sơ',
        'trở lên',
        'còn lại',
        'năm trước',
        '\n',
        '-',
        'tối đa',
        'a',
        '=',
      ],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 24 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(0.5, 1, 2, 10), (text, max) => {
        const found = readPhrase(text, max);
        if (!found.ok) return;
        const said = sayRule(found, max);
        // Every number of the text is in what is said, or is the maximum.
        for (const number of text.match(/\d+(?:[.,]\d+)?/g) ?? []) {
          const value = Number(number.replace(',', '.'));
          const there = (said.match(/\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(',', '.')));
          expect([value === max, value === 1, value * 1000, ...there, number === '1.000']).toSatisfy(
            (list: unknown[]) =>
              list.includes(true) ||
              there.includes(value) ||
              there.some((t) => t === (value / 100) * max || t === max - (value / 100) * max),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});
