import { describe, expect, it } from 'vitest';
import { pointsOfInput, sliceRule } from '../src/rules/apply.js';
import { compileRule, ruleKinds } from '../src/rules/index.js';
import {
  type Affine,
  buildLine,
  clampLine,
  constant,
  evaluate,
  type Interval,
  intersect,
  type Line,
  pieceAt,
} from '../src/rules/line.js';
import { type CompiledRule, kindNamed } from '../src/rules/rule.js';
import { Fraction, fromNumber as f } from '../src/values/fraction.js';
import { lineIn, said } from './rule-lines.js';
import { criterionWith } from './support.js';

const compiled = (kind: string, rest: object = {}, max = 1): CompiledRule =>
  criterionWith({ kind, ...rest }, max).compiled;
const tableIn = (rule: CompiledRule) => {
  const input = rule.inputs[0]!;
  if (input.form !== 'table') throw new Error('a table is expected');
  return input;
};

const interval = (text: string): Interval => {
  const [, open, lo, hi, close] = /^([[(])(.+), (.+)([\])])$/.exec(text)!;
  const end = (t: string) => (t.includes('∞') ? null : f(Number(t)));
  return { lo: end(lo!), loOpen: open === '(', hi: end(hi!), hiOpen: close === ')' };
};
const pieces = (line: Line) => line.map((p) => `${said(p)} ${p.a.valueOf()} + ${p.b.valueOf()}x`);

describe('the values an indicator can have', () => {
  it.each([
    ['proportional', {}, 'percent', '[0, 100]'],
    ['proportional', { quantity: 'count' }, 'count', '[0, ∞)'],
    ['proportional', { quantity: 'number' }, 'number', '(-∞, ∞)'],
    ['proportional', { range: { min: 'none' } }, 'percent', '(-∞, 100]'],
    ['proportional', { range: { max: 'none' } }, 'percent', '[0, ∞)'],
    ['proportional', { range: { min: 20, max: 80 } }, 'percent', '[20, 80]'],
    ['proportional', { quantity: 'number', range: { min: -5, max: 5 } }, 'number', '[-5, 5]'],
    ['steps', { tiers: [{ at_least: 80, points: 1 }] }, 'percent', '[0, 100]'],
    [
      'linear',
      {
        knots: [
          { at: 0, points: 0 },
          { at: 9, points: 1 },
        ],
      },
      'percent',
      '[0, 100]',
    ],
    ['penalty', { per_case: 0.5 }, 'count', '[0, ∞)'],
    ['count', { per_item: 0.5 }, 'count', '[0, ∞)'],
    ['weighted_share', { total: 'a', parts: [{ key: 'b', name: 'b', weight: 1 }] }, 'percent', '[0, 100]'],
    ['leader_relative', {}, 'number', '[0, ∞)'],
    ['leader_relative', { range: { max: 9 } }, 'number', '[0, 9]'],
    ['leader_relative', { range: { min: 'none' } }, 'number', '(-∞, ∞)'],
    ['leader_relative', { range: { min: -2 } }, 'number', '[-2, ∞)'],
  ])('%s %j is a %s within %s', (kind, rest, quantity, range) => {
    const input = lineIn(compiled(kind, rest));
    expect([input.quantity, said(input.range)]).toEqual([quantity, range]);
  });
});

describe('levels', () => {
  it('answer to their English name and to others that are given', () => {
    const levels = [
      { level: { vi: 'Tốt', en: 'Good' }, aliases: ['T'], points: 1 },
      { level: { vi: 'Khá', en: 'Fair' }, points: 0.5 },
      { level: 'Kém', points: 0 },
    ];
    expect(tableIn(compiled('levels', { levels })).levels.map((l) => l.aliases)).toEqual([
      ['Good', 'T'],
      ['Fair'],
      [],
    ]);
  });

  it('yes and no answer in both languages, and to true and false', () => {
    const { levels } = tableIn(compiled('yes_no', { no: 0.25 }));
    expect(levels.map((l) => [l.level, l.aliases, l.points.valueOf()])).toEqual([
      [{ vi: 'Có', en: 'Yes' }, expect.arrayContaining(['có', 'yes', 'true']), 1],
      [{ vi: 'Không', en: 'No' }, expect.arrayContaining(['không', 'chưa', 'no', 'false']), 0.25],
    ]);
  });
});

// 5 points, of which half for the target: 2.5.
describe('the target and the leader', () => {
  const at = (rule: object, unit: { target?: number; leader?: number } | null, ...values: number[]) => {
    const { rule: parsed } = criterionWith({ kind: 'leader_relative', ...rule }, 5);
    const given = (n: number | undefined) => (n === undefined ? null : f(n));
    const own = unit && { unit: { target: given(unit.target), leader: given(unit.leader) } };
    const { line } = lineIn(compileRule(parsed, { max: f(5), ...own }));
    return values.map((x) => evaluate(line, f(x)).valueOf());
  };

  it('by hand', () => {
    const values = [-4, 0, 40, 80, 90, 100, 120];
    const between = [0, 0, 1.25, 2.5, 3.75, 5, 5];
    expect(at({}, { target: 80, leader: 100 }, ...values)).toEqual(between);
    expect(at({ target: 80 }, { leader: 100 }, ...values)).toEqual(between);
    // A target of the unit's own goes before the rule's.
    expect(at({ target: 50 }, { target: 80, leader: 100 }, ...values)).toEqual(between);
  });

  it('without a leader the target is all there is', () => {
    expect(at({}, { target: 80 }, 40, 80, 100)).toEqual([1.25, 2.5, 2.5]);
    expect(at({ target: 80 }, {}, 40, 80, 100)).toEqual([1.25, 2.5, 2.5]);
  });

  it('without a unit it is drawn in targets, the leader at two', () => {
    expect(at({}, null, 0.5, 1, 1.5, 2, 3)).toEqual([1.25, 2.5, 3.75, 5, 5]);
    expect(at({}, {}, 0.5, 1, 1.5, 2)).toEqual([1.25, 2.5, 3.75, 5]);
    expect(at({ target: 80 }, null, 40, 80, 120, 160)).toEqual([1.25, 2.5, 3.75, 5]);
  });

  it('a leader at the target has everything, and so has who reaches it past a leader below', () => {
    expect(at({}, { target: 80, leader: 80 }, 40, 79.2, 80, 90)).toEqual([1.25, 2.475, 5, 5]);
    expect(at({}, { target: 80, leader: 60 }, 40, 60, 80, 100)).toEqual([1.25, 1.875, 5, 5]);
  });

  it('a target of nothing is reached by all', () => {
    expect(at({}, { target: 0, leader: 10 }, 0, 5, 10)).toEqual([2.5, 3.75, 5]);
    expect(at({}, { target: 0 }, 0, 5)).toEqual([2.5, 2.5]);
  });
});

describe('a rule along one of its indicators', () => {
  const part = (input: string, yes: number) => ({ input, name: input, rule: { kind: 'yes_no', yes } });

  it('is a table where that indicator is one, the others held', () => {
    const rule = compiled('sum', { parts: [part('a', 0.75), part('b', 0.5)], floor: 0.25 });
    const along = (index: number) => {
      const slice = sliceRule(
        rule,
        [
          { form: 'level', index: 1 },
          { form: 'level', index: 0 },
        ],
        index,
      );
      if (slice.form !== 'table') throw new Error('a table is expected');
      return slice.levels.map((l) => [l.level.vi, l.points.valueOf()]);
    };
    // b holds 0.5: 0.75 more is over the maximum of 1. a holds 0: 0.5, or the floor.
    expect(along(0)).toEqual([
      ['Có', 1],
      ['Không', 0.5],
    ]);
    expect(along(1)).toEqual([
      ['Có', 0.5],
      ['Không', 0.25],
    ]);
  });

  it('a value of the other form is a bug', () => {
    const table = tableIn(compiled('yes_no'));
    const line = lineIn(compiled('proportional'));
    expect(() => pointsOfInput(table, { form: 'number', x: f(1) })).toThrow('does not fit');
    expect(() => pointsOfInput(line, { form: 'level', index: 0 })).toThrow('does not fit');
  });
});

describe('lines and intervals', () => {
  it.each([
    ['[0, 10]', '[5, 20]', '[5, 10]'],
    ['(0, 10)', '[0, 10]', '(0, 10)'],
    ['[0, 10]', '(0, 10)', '(0, 10)'],
    ['(-∞, 10]', '[5, ∞)', '[5, 10]'],
    ['(-∞, ∞)', '(-∞, ∞)', '(-∞, ∞)'],
    ['[0, 10]', '(-∞, ∞)', '[0, 10]'],
    ['[0, 10]', '[10, 20]', '[10, 10]'],
    ['[0, 10)', '[10, 20]', null],
    ['[0, 10]', '(10, 20]', null],
    ['[0, 4]', '[5, 9]', null],
    ['[5, 9]', '[0, 4]', null],
    ['[1, 9]', '(2, 8)', '(2, 8)'],
    ['(2, 8)', '[1, 9]', '(2, 8)'],
  ])('%s and %s share %s', (p, q, shared) => {
    const found = intersect(interval(p), interval(q));
    expect(found && said(found)).toBe(shared);
  });

  it('asks once at each cut and once in each gap', () => {
    const asked: number[] = [];
    buildLine([5, 1, 5].map(f), (x) => {
      asked.push(x.valueOf());
      return constant(x);
    });
    expect(asked).toEqual([0, 1, 3, 5, 6]);
  });

  it('joins what says the same, and gives a cut to the side that it continues', () => {
    const x: Affine = { a: f(0), b: f(1) };
    const rising = buildLine([], () => x);
    expect(pieces(rising)).toEqual(['(-∞, ∞) 0 + 1x']);
    expect(pieces(clampLine(rising, f(0), f(10)))).toEqual([
      '(-∞, 0] 0 + 0x',
      '(0, 10] 0 + 1x',
      '(10, ∞) 10 + 0x',
    ]);
    expect(pieces(clampLine(rising, null, f(10)))).toEqual(['(-∞, 10] 0 + 1x', '(10, ∞) 10 + 0x']);
    expect(pieces(clampLine(rising, f(0), null))).toEqual(['(-∞, 0] 0 + 0x', '(0, ∞) 0 + 1x']);
    // A jump whose cut belongs to the right, to the left, to neither.
    const jump = (at: number) => buildLine([f(5)], (v) => constant(f(v.equals(f(5)) ? at : v.compare(f(5)))));
    expect(pieces(jump(1))).toEqual(['(-∞, 5) -1 + 0x', '[5, ∞) 1 + 0x']);
    expect(pieces(jump(-1))).toEqual(['(-∞, 5] -1 + 0x', '(5, ∞) 1 + 0x']);
    expect(pieces(jump(0))).toEqual(['(-∞, 5) -1 + 0x', '[5, 5] 0 + 0x', '(5, ∞) 1 + 0x']);
  });

  it('a gap in a line, or a kind that is none, is a bug', () => {
    const { a, b } = constant(f(1));
    const gap: Line = [{ ...interval('[0, 1]'), a, b }];
    expect(() => pieceAt(gap, new Fraction(2))).toThrow('no piece at 2');
    expect(() => kindNamed(ruleKinds, 'none')).toThrow('no rule kind none');
  });
});
