import { AlignmentType, ImageRun, Paragraph } from 'docx';
import { centred, line, mm, paperTable, wordOf } from '../word.js';
import type { OnePage } from './model.js';

const WIDTH = mm(186);

/** A picture as pixels of this width and height. */
interface Pixels {
  png: Uint8Array;
  width: number;
  height: number;
}

/** Pixels of Word across the page. */
const WIDE = 560;

const pictured = ({ png, width, height }: Pixels) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 60 },
    children: [
      new ImageRun({
        type: 'png',
        data: png,
        transformation: { width: WIDE, height: Math.round((WIDE * height) / width) },
      }),
    ],
  });

/** The page as a Word document, its pictures above its tables. */
export function onePageDocx(page: OnePage, pictures: readonly Pixels[]): Promise<Uint8Array> {
  const children = [
    centred([{ text: page.title, points: 14, bold: true }]),
    centred([{ text: page.subtitle, points: 12, bold: true }]),
    ...page.verdict.map((text, i) =>
      i === 0
        ? line([{ text, points: 13, bold: true }], { spacing: { before: 160 } })
        : line([{ text, points: 11 }], { spacing: { before: 40 } }),
    ),
    ...pictures.map(pictured),
    ...page.grids.flatMap(({ title, heads, rows, numbers, shares, note }) => [
      line([{ text: title, points: 11, bold: true }], {
        keepNext: true,
        spacing: { before: 140, after: 40 },
      }),
      paperTable({
        width: WIDTH,
        points: 9,
        heads,
        rows,
        shares,
        align: (i) => (numbers.includes(i) ? 'right' : 'left'),
      }),
      ...(note === '' ? [] : [line([{ text: note, points: 10, bold: true }], { spacing: { before: 60 } })]),
    ]),
    line([{ text: page.key, points: 8 }]),
  ];
  const margin = { top: mm(12), bottom: mm(12), left: mm(12), right: mm(12) };
  const size = { width: mm(210), height: mm(297) };
  return wordOf(`${page.title} · ${page.subtitle}`, 11, [
    { properties: { page: { size, margin } }, children },
  ]);
}
