import fastStringWidth from 'fast-string-width';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { wrapText } from '../src/render/layout.js';
import { type Block, type Column, cell, type Row } from '../src/render/presentation.js';
import { renderTable } from '../src/render/table.js';

const columns: Column[] = [
  { title: 'Id' },
  { title: 'Name', flexible: true },
  { title: 'Note', flexible: true },
  { title: 'Points', align: 'right' },
];
const row = (role: Row['role'] | undefined, ...texts: string[]): Row => ({
  ...(role && { role }),
  cells: texts.map((text) => cell(text)),
});
const shown = async (rows: Row[]) => {
  const blocks: Block[] = [{ kind: 'table', columns, rows }];
  return String(await renderTable({ blocks, json: null }, { width: 80, color: false }))
    .trimEnd()
    .split('\n');
};

describe('a table', () => {
  it('keeps subtotals in their column, also where a name runs over the empty ones after it', async () => {
    const lines = await shown([
      row('group', '1', 'A field whose name is longer than the column', '', '2'),
      row(undefined, '1.1', 'First', 'said', '1'),
      row(undefined, '1.2', 'Second', 'nothing', '1'),
      row('total', '', 'Total', '', '2'),
    ]);
    // Columns of 3, 6, 7 and 6 with gaps of 2: the long name has 6 + 2 + 7 = 15.
    expect(lines).toEqual([
      'Id   Name    Note     Points',
      '─'.repeat(28),
      '1    A field whose         2',
      '     name is longer',
      '     than the column',
      '1.1  First   said          1',
      '1.2  Second  nothing       1',
      '     Total                 2',
    ]);
  });
});

describe('text in lines', () => {
  it('keeps the indent it begins with', () => {
    expect(wrapText('  Plans and reports', 40)).toEqual(['  Plans and reports']);
    expect(wrapText('  Plans and reports', 12)).toEqual(['  Plans and', '  reports']);
  });
});

it('measures text as string-width does: Vietnamese, composed or not, signs, wide letters, colours', () => {
  const texts = [
    'Tỷ lệ hồ sơ được giải quyết đúng hạn',
    'UBND huyện Như Xuân',
    '≥ 85% … – “Tốt”',
    '█▉▏ ● · ─ ┤',
  ];
  for (const text of [...texts, '人口 100', '\u001b[31m−0,5\u001b[39m', ''])
    for (const form of ['NFC', 'NFD'] as const) {
      const written = text.normalize(form);
      expect(fastStringWidth(written), written).toBe(stringWidth(written));
    }
});
