import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../src/files/yaml.js';
import { loadCatalogue, parseCatalogue, parseReading, score } from '../src/index.js';
import { plainValue } from '../src/reading/reading.js';
import { withGroup } from '../src/scoring/group.js';
import { catalogueData, catalogueWith, cchc, must, root, withFiles, yaml } from './support.js';

const percent = { kind: 'proportional', target: 100 };
const read = (entry: unknown, rule: object = percent) => {
  const catalogue = catalogueWith(rule, 1);
  const result = parseReading(
    { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } },
    catalogue,
  );
  return { codes: result.diagnostics.map((d) => `${d.severity} ${d.code}`), result, catalogue };
};
const pointsFor = (entry: unknown, rule?: object) => {
  const { result, catalogue } = read(entry, rule);
  return score(must(result), catalogue).criteria[0]!.points! / 10_000;
};

describe('values as they are written', () => {
  for (const [written, points] of [
    ['99,2%', 0.992],
    ['99.2%', 0.992],
    ['99,2', 0.992],
    [99.2, 0.992],
    ['99.2', 0.992],
    [16.643, 0.1664],
    [{ done: 992, total: 1000 }, 0.992],
    [{ done: '1.984', total: '2.000' }, 0.992],
    // 92500% cannot be, so 92,5 is the one reading; a percent sign says that a percent below 1 is one.
    ['92.500', 0.925],
    ['92,500', 0.925],
    ['5.250%', 0.0525],
    // Counts in one cell.
    ['992/1000', 0.992],
    ['1.984 / 2.000', 0.992],
    ['12,5/50', 0.25],
    ['0.97%', 0.0097],
    ['0,97 %', 0.0097],
    [{ done: '1.187,5', total: '2.375,0' }, 0.5],
    [{ done: '1,187.5', total: '2,375.0' }, 0.5],
    [{ done: '1 187', total: '2 374' }, 0.5],
  ] as const) {
    it(`${JSON.stringify(written)} is 99.2% or as plain`, () => expect(pointsFor(written)).toBe(points));
  }

  it.each([
    ['1.234', 'error ambiguous-number'],
    ['abc', 'error bad-percent'],
    [120, 'error above-range'],
    [-1, 'error below-range'],
    [0.992, 'error looks-like-ratio'],
    ['0,992', 'error looks-like-ratio'],
    [0.97, 'error looks-like-ratio'],
    ['0.5', 'error looks-like-ratio'],
    ['1.234,5', 'error above-range'],
    ['1.23.4', 'error bad-percent'],
    // Beside 30,5 of an amount of money, 1.234 may be a decimal.
    [{ done: '1.234', total: '30,5' }, 'error ambiguous-number'],
    [{ done: 1200, total: 1000 }, 'error done-over-total'],
    [{ done: 5 }, 'error missing-key'],
    [{ deducted: '1%' }, 'error percent-on-points'],
    [{ self_scored: '1%' }, 'error percent-on-points'],
    [{ done: 5, total: 0 }, 'error zero-total'],
    [{ done: 11, total: 10 }, 'error done-over-total'],
    [{ deducted: 0.12345 }, 'error too-precise'],
    [{ deducted: 2 }, 'error deduction-impossible'],
    [{ deducted: -1 }, 'error deduction-negative'],
    [{ self_scored: 2 }, 'error above-range'],
    [{ appraised: -1 }, 'error below-range'],
    [{ value: 50, deducted: 0.4 }, 'warning rule-disagrees'],
    [{ value: 50, exempt: 'x' }, 'error two-values'],
    [{ note: 'x' }, 'error no-value'],
    ['', 'error no-value'],
    [null, 'error no-value'],
    [{ value: 5, evidence: [{ date: '31/02/2023' }] }, 'error bad-date'],
    [{ valeu: 5 }, 'error unknown-key'],
    [[1], 'error wrong-type'],
  ])('%j says %s', (entry, code) => expect(read(entry).codes).toContain(code));

  it('what is not read as it stands is listed, in the named counts of a rule too', () => {
    const measure = { counts: ['a', 'b'], ratio: { times: ['a'], over: 'b' } };
    const scheme = must(parseCatalogue(catalogueData({ kind: 'proportional', measure }, 1)));
    const data = { unit: 'U', year: 2025, catalogue: scheme.id };
    const counts = { a: '1.187', b: '2.374' };
    const read = parseReading({ ...data, indicators: { [scheme.criteria[0]!.id]: { counts } } }, scheme);
    // 1187 of 2374 is half.
    expect(must(read).entries.get(scheme.criteria[0]!.id)?.value?.ratio?.done.toString()).toBe('1187');
    const notes = read.diagnostics.filter((d) => d.code === 'read-as').map((d) => d.params);
    expect(notes).toEqual([
      { value: '1.187', meaning: '1187' },
      { value: '2.374', meaning: '2374' },
    ]);
  });

  it('what is not read as it stands is listed, in both counts of a ratio too', () => {
    const { codes, result } = read({ done: '1.187', total: '2.374' });
    expect(codes).toEqual(['note read-as', 'note read-as']);
    expect(result.diagnostics.map((d) => d.params)).toEqual([
      { value: '1.187', meaning: '1187' },
      { value: '2.374', meaning: '2374' },
    ]);
    expect(read('92.500').result.diagnostics.map((d) => d.params)).toEqual([
      { value: '92.500', meaning: '92.5' },
    ]);
  });

  it('months that are amounts add up as they are', () => {
    // 0,5 + 0,687 is 1,187, which as a text would be 1187; of 2,374 it is a half.
    const months = [
      { done: 0.5, total: 1 },
      { done: 0.687, total: 1.374 },
    ];
    expect(pointsFor({ months })).toBe(0.5);
  });

  it('levels in any case, in NFD, and without diacritics where that is clear', () => {
    const rule = {
      kind: 'levels',
      levels: [
        { level: 'Tốt', points: 1 },
        { level: 'Đạt yêu cầu', points: 0.5 },
      ],
    };
    for (const text of ['Tốt', 'tốt', 'TỐT', 'Tốt'.normalize('NFD'), 'tot'])
      expect(pointsFor(text, rule)).toBe(1);
    expect(pointsFor('dat yeu cau', rule)).toBe(0.5);
    expect(read('Tôt lắm', rule).codes).toContain('error not-a-level');
  });

  it('a count is whole', () => {
    const rule = { kind: 'count', tiers: [{ at_least: 2, points: 'max' }] };
    expect(read(2.5, rule).codes).toContain('error wants-integer');
    expect(read('60%', rule).codes).toContain('error percent-on-count');
    expect(read({ done: 1, total: 2 }, rule).codes).toContain('error ratio-on-wrong-rule');
  });
});

describe('yes and no', () => {
  const noes = [
    'no',
    'không',
    'Không',
    'KHÔNG',
    'Không'.normalize('NFD'),
    'chưa',
    false,
    'false',
    0,
    '0',
    'n/a',
    '-',
    '',
    'ko',
    'sai',
    'null',
  ];
  it.each(noes)('an exemption of %j is none', (no) => {
    // 50% of a target of 100% earns a half of 1.
    expect(pointsFor({ value: 50, exempt: no })).toBe(0.5);
    expect(pointsFor({ deducted: 0.25, exempt: no })).toBe(0.75);
    // Under 'not applicable' n/a may be its meaning or want of an answer.
    if (no !== 'n/a') expect(pointsFor({ value: 50, not_applicable: no })).toBe(0.5);
  });

  it.each(['x', 'Có', 'yes', true, 1, '✓', 'Công văn 12/CV'])('an exemption of %j is one', (yes) =>
    expect(pointsFor({ exempt: yes })).toBe(1),
  );

  it.each(['x', 'Có', 'yes', true, 'Không áp dụng', 'Xã đảo'])('not applicable: %j', (yes) => {
    const { result, catalogue } = read({ not_applicable: yes });
    expect(score(must(result), catalogue).criteria[0]!.status).toBe('not_applicable');
  });

  it.each(['n/a', 'N/A', 'NA'])('not applicable %j may mean that nobody knows', (text) =>
    expect(read({ not_applicable: text }).codes).toContain('error unclear-answer'),
  );

  it.each(['Chưa được chấp nhận', 'không có văn bản', '?'])('%j is neither', (text) => {
    expect(read({ exempt: text }).codes).toContain('error unclear-answer');
    expect(read({ not_applicable: text }).codes).toContain('error unclear-answer');
  });

  it.each([
    'exempt',
    'Exempt: QĐ 12',
    'giải trình',
    'GIẢI TRÌNH',
    'giai trinh',
    'Giải trình'.normalize('NFD'),
    'giải trình: Báo cáo 12/BC-UBND',
    'miễn',
    'Miễn trừ',
  ])('%j in the place of a value is an accepted explanation', (text) => {
    expect(pointsFor(text)).toBe(1);
    const { result, catalogue } = read(text);
    expect(score(must(result), catalogue).criteria[0]!.status).toBe('exempt');
  });

  it.each([
    'not_applicable',
    'Not applicable',
    'N/A',
    'Không áp dụng',
    'khong ap dung',
    'không áp dụng'.normalize('NFD'),
  ])('%j in the place of a value leaves both sums', (text) => {
    const { result, catalogue } = read(text);
    expect(score(must(result), catalogue).criteria[0]!.status).toBe('not_applicable');
  });

  it('an explanation that is not accepted, or not said to be, is none', () => {
    for (const text of [
      'giải trình chưa được chấp nhận',
      'miễn một phần',
      'exempt pending',
      'giải trình rồi',
    ])
      expect(read(text).codes, text).toContain('error unclear-status');
    expect(read('giải trình: chưa được chấp nhận').codes).toContain('error unclear-answer');
    expect(read('exempt: không').codes).toContain('error no-value');
  });

  it('a level goes before a status of the same name', () => {
    const levels = {
      kind: 'levels',
      levels: [
        { level: 'Đạt', points: 1 },
        { level: 'Giải trình', points: 0.25 },
      ],
    };
    expect(pointsFor('giải trình', levels)).toBe(0.25);
    expect(pointsFor('exempt', levels)).toBe(1);
  });

  it('a no alone leaves the criterion unknown', () => {
    for (const entry of [
      { not_applicable: false },
      { exempt: 'không' },
      { exempt: '', not_applicable: 'no' },
    ]) {
      const { result, catalogue, codes } = read(entry);
      expect(codes).toEqual(['warning unknown-values']);
      expect(score(must(result), catalogue).criteria[0]!.status).toBe('unknown');
    }
    expect(read({ not_applicable: true, exempt: 'x' }).codes).toContain('error two-values');
  });

  it('a rule of yes and no reads the same words', () => {
    for (const yes of ['có', 'Có', 'x', true, 1, 'yes'])
      expect(pointsFor(yes, { kind: 'yes_no' }), String(yes)).toBe(1);
    for (const no of ['không', 'chưa', false, 0, 'no'])
      expect(pointsFor(no, { kind: 'yes_no' }), String(no)).toBe(0);
  });
});

describe('what a reading leaves out', () => {
  it('is unknown, not zero: the score is an interval', () => {
    const catalogue = catalogueWith(percent, 1);
    const { total, criteria } = score(
      must(parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators: {} }, catalogue)),
      catalogue,
    );
    expect(criteria[0]).toMatchObject({ status: 'unknown', points: null, worst: 0, best: 10_000 });
    expect(total).toMatchObject({ score: null, deduction: null, index: null, worst: 0, best: 10_000 });
  });

  it('not applicable leaves both sums; an exemption earns in full', () => {
    const status = (entry: unknown) => {
      const { result, catalogue } = read(entry);
      return score(must(result), catalogue);
    };
    expect(status('not_applicable').total).toMatchObject({ score: 0, applicableMax: 0 });
    expect(status({ exempt: 'Báo cáo' }).criteria[0]).toMatchObject({ status: 'exempt', points: 10_000 });
  });

  it('an accepted explanation earns in full whatever was measured, where the scheme knows one', () => {
    const data = catalogueData(percent, 1);
    const criteria = data.criteria.map((c) => ({ ...c, exemption: 'Giải trình' }));
    const catalogue = must(parseCatalogue({ ...data, criteria }));
    const at = (T1: unknown) => parseReading({ unit: 'U', year: 2022, indicators: { T1 } }, catalogue);
    const scored = (entry: object) => score(must(at(entry)), catalogue).criteria[0]!;
    const row = scored({ value: '30%', exempt: 'BC 12' });
    expect([row.status, row.points, plainValue(row.criterion, row.value!)]).toEqual(['exempt', 10_000, 30]);
    expect(scored({ value: '30%', exempt: 'không' }).points).toBe(3_000);
    for (const more of [{ not_applicable: true }, { deducted: 0.5 }])
      expect(at({ value: '30%', exempt: 'BC 12', ...more }).diagnostics[0]?.code).toBe('two-values');
  });
});

describe('catalogues', () => {
  const source = readFileSync(join(root, 'criteria/thanh-hoa-district-2022.yaml'), 'utf8');

  it('the shipped one has 15 criteria in full, in both languages, every number with its provenance', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    expect(catalogue.criteria).toHaveLength(15);
    for (const c of catalogue.criteria) {
      for (const words of [c.name, c.indicator, c.requirement, c.limitation, c.action, c.evidence]) {
        expect(words?.vi, c.id).toBeTruthy();
        expect(words?.en, c.id).toBeTruthy();
      }
      expect(c.numbers.length).toBeGreaterThan(1);
      for (const n of c.numbers) expect(['stated', 'inferred', 'assumed']).toContain(n.provenance.kind);
    }
    expect(catalogue.notListed?.max).toBe(757_500);
  });

  it('ids are text: an unquoted 1.10 stays 1.10', () => {
    const data = yaml('id: 1.10\nmap: {1.10: x, 1.1: y}\nn: 1.5') as { id: string; map: object; n: number };
    expect(data.id).toBe('1.10');
    expect(Object.keys(data.map)).toEqual(['1.10', '1.1']);
    expect(data.n).toBe(1.5);
    const renamed = source.replace('id: "1.5"', 'id: 1.10');
    expect(must(parseCatalogue(yaml(renamed))).criteria[2]!.id).toBe('1.10');
  });

  it('every fault is reported at its place, in one go', () => {
    const broken = source
      .replace('owners: [Phòng Nội vụ]', 'owners: [Phòng Nội vu]')
      .replace('quantity: percent', 'quantty: percent')
      .replace('value: 0.75', 'value: bảy');
    const document = must(readYaml('c.yaml', broken));
    const found = document.locate(parseCatalogue(document.data).diagnostics);
    const lines = broken.split('\n');
    const at = (text: string) => lines.findIndex((l) => l.includes(text)) + 1;
    expect(found.map((d) => [d.code, d.place?.line])).toEqual(
      expect.arrayContaining([
        ['unknown-key', at('quantty')],
        ['not-a-number', at('value: bảy')],
      ]),
    );
    const owners = must(
      readYaml('c.yaml', source.replaceAll('owners: [Phòng Nội vụ]', 'owners: [Phòng Nội vu]')),
    );
    const wrong = owners.locate(parseCatalogue(owners.data).diagnostics);
    expect(wrong.map((d) => d.code)).toEqual(['unknown-owner', 'unknown-owner', 'unknown-owner']);
    expect(wrong[0]).toMatchObject({ params: { suggestion: 'Phòng Nội vụ' } });
  });

  it('refuses numbers that do not say where they come from', () => {
    const bare = source.replace(/\n {6}provenance: inferred\n.*\n.*\n.*(?=\n)/, '');
    expect(parseCatalogue(yaml(bare)).diagnostics.map((d) => d.code)).toContain('provenance-missing');
  });
});

describe('a part measured by the unit’s target and the leader', () => {
  const rule = {
    kind: 'sum',
    parts: [
      { input: 'late', name: 'late', max: 1, rule: { kind: 'penalty', per_case: 0.25 } },
      { input: 'rate', name: 'rate', max: 2, rule: { kind: 'leader_relative' } },
    ],
  };
  const of = (entry: unknown) => {
    const catalogue = catalogueWith(rule, 3);
    const result = parseReading({ unit: 'U', year: 2022, indicators: { T1: entry } }, catalogue);
    return { result, catalogue };
  };
  const pointsOf = (entry: unknown) => {
    const { result, catalogue } = of(entry);
    return score(must(result), catalogue).criteria[0]!;
  };

  it('scores with them, by hand', () => {
    // 1 − 0.25, and half of 2 at the target, then half of the rest half way to the leader: 0.75 + 1 + 0.5.
    expect(pointsOf({ values: { late: 1, rate: 5 }, target: 4, leader: 6 }).points).toBe(22_500);
    // Below the target pro rata: 1 × 2 ÷ 4.
    expect(pointsOf({ values: { late: 0, rate: 2 }, target: 4 }).points).toBe(15_000);
  });

  it('is unknown without its target, and beyond it without a leader', () => {
    expect(pointsOf({ values: { late: 0, rate: 5 } }).status).toBe('unknown');
    expect(pointsOf({ values: { late: 0, rate: 5 }, target: 4 })).toMatchObject({
      status: 'unknown',
      points: null,
    });
  });

  it('takes the leader from the group by its own part', () => {
    const { catalogue } = of({});
    const readings = [5, 6].map((rate, i) =>
      must(
        parseReading(
          { unit: `U${i}`, year: 2022, indicators: { T1: { values: { late: 9, rate }, target: 4 } } },
          catalogue,
        ),
      ),
    );
    const [first] = withGroup(readings.map((reading) => ({ reading, catalogue })));
    // Nine late leave nothing of the first part; 5 is half way from 4 to the leader's 6: 0 + 1 + 0.5.
    expect(score(first!.reading, catalogue).criteria[0]!.points).toBe(15_000);
  });

  it('stands once in a criterion', () => {
    const twice = { ...rule, parts: rule.parts.map((p) => ({ ...p, rule: { kind: 'leader_relative' } })) };
    expect(parseCatalogue(catalogueData(twice, 3)).diagnostics.map((d) => d.code)).toContain(
      'one-relative-part',
    );
  });
});

describe('a catalogue named by the run', () => {
  it('serves readings that name none; without it the fault is said once', async () => {
    const csv = 'Đơn vị,Năm,Mã,Giá trị\nXã A,2022,7.3.2,60%\nXã B,2022,7.3.2,70%\n';
    const one = 'unit: X\nyear: 2022\nindicators: {7.3.2: 60%}\n';
    await withFiles({ 'r.csv': csv, 'r.yaml': one }, async (folder) => {
      const named = ['--catalogue', 'thanh-hoa-district-2022', '--format', 'json', '-q'];
      for (const file of ['r.csv', 'r.yaml']) {
        const ran = await cchc(['score', `${folder}/${file}`, ...named]);
        expect(ran.code, ran.stderr).toBe(0);
        const row = JSON.parse(ran.stdout).readings[0].criteria.find((c: { id: string }) => c.id === '7.3.2');
        expect(row.value).toBe(60);
      }
      const none = await cchc(['score', `${folder}/r.csv`]);
      expect(none.code).toBe(3);
      expect(none.stderr.match(/missing-key/g)).toHaveLength(1);
      expect(none.stderr).toContain('--catalogue');
    });
  });

  it('leaves what is not known null in the ranking', async () => {
    const csv = 'Đơn vị,Năm,Mã,Giá trị\nXã A,2022,7.3.2,60%\nXã B,2022,7.3.2,70%\n';
    await withFiles({ 'r.csv': csv }, async (folder) => {
      const ran = await cchc([
        'league',
        `${folder}/r.csv`,
        '--catalogue',
        'thanh-hoa-district-2022',
        '--format',
        'json',
        '-q',
      ]);
      for (const unit of JSON.parse(ran.stdout).units)
        expect(unit).toMatchObject({ index: null, score: null, rank: null });
    });
  });
});

describe('what is wrong with a reading is told in one go', () => {
  const sum = {
    kind: 'sum',
    parts: [
      { input: 'paid', name: 'Tỷ lệ', rule: percent },
      { input: 'late', name: 'Số lần chậm', rule: { kind: 'penalty', start: 0, per_case: 0.25 } },
    ],
  };
  const faults = (data: object, rule: object = sum) =>
    parseReading({ unit: 'U', year: 2022, ...data }, catalogueWith(rule, 1)).diagnostics.map((d) => [
      d.code,
      d.path.join('.'),
      ...('suggestion' in d.params ? [d.params.suggestion] : []),
    ]);

  it('faults of shape and of what is read', () => {
    expect(faults({ unit: '', nte: 1, indicators: { T1: { value: 3, valeu: 4 }, T9: 1 } })).toEqual([
      ['too-short', 'unit'],
      ['unknown-key', 'nte', 'note'],
      ['unknown-key', 'indicators.T1.valeu', 'value'],
      ['unknown-criterion', 'indicators.T9', undefined],
    ]);
  });

  it('an input that stands beside the values is told its place', () => {
    expect(faults({ indicators: { T1: { paid: '60%', Late: 3 } } })).toEqual([
      ['unknown-key', 'indicators.T1.paid', 'values: {paid: …}'],
      ['unknown-key', 'indicators.T1.Late', 'values: {late: …}'],
    ]);
    const share = {
      kind: 'weighted_share',
      total: 'Tổng',
      parts: [
        { key: 'done', name: 'Xong', weight: 1 },
        { key: 'begun', name: 'Đang làm', weight: 0.5 },
      ],
    };
    expect(faults({ indicators: { T1: { total: 5, begun: 1 } } }, share)).toEqual([
      ['unknown-key', 'indicators.T1.begun', 'parts: {begun: …}'],
    ]);
  });
});

it('a catalogue of which nothing is stated needs no sources', () => {
  const { sources, ...bare } = catalogueData(percent, 1);
  expect(sources).toEqual({});
  expect(must(parseCatalogue(bare)).sources).toEqual([]);
});
