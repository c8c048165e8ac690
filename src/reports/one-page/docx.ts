import { AlignmentType, Document, ImageRun, Packer, Paragraph, TextRun } from 'docx';
import { FONT, mm, paperTable } from '../word.js';
import type { OnePage } from './model.js';

const WIDTH = mm(186);

const text = (words: string, points: number, bold = false) =>
  new TextRun({ text: words, font: FONT, size: points * 2, bold });
const centred = (words: string, points: number) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [text(words, points, true)] });

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
export async function onePageDocx(page: OnePage, pictures: readonly Pixels[]): Promise<Uint8Array> {
  const children = [
    centred(page.title, 14),
    centred(page.subtitle, 12),
    ...page.verdict.map(
      (v, i) =>
        new Paragraph({
          spacing: { before: i === 0 ? 160 : 40 },
          children: [text(v, i === 0 ? 13 : 11, i === 0)],
        }),
    ),
    ...pictures.map(pictured),
    ...page.grids.flatMap(({ title, heads, rows, numbers, shares, note }) => [
      new Paragraph({
        keepNext: true,
        spacing: { before: 140, after: 40 },
        children: [text(title, 11, true)],
      }),
      paperTable({
        width: WIDTH,
        points: 9,
        heads,
        rows,
        shares,
        align: (i) => (numbers.includes(i) ? 'right' : 'left'),
      }),
      ...(note === '' ? [] : [new Paragraph({ spacing: { before: 60 }, children: [text(note, 10, true)] })]),
    ]),
    new Paragraph({ children: [text(page.key, 8)] }),
  ];
  const margin = { top: mm(12), bottom: mm(12), left: mm(12), right: mm(12) };
  const size = { width: mm(210), height: mm(297) };
  const document = new Document({
    creator: 'cchc',
    title: `${page.title} · ${page.subtitle}`,
    sections: [{ properties: { page: { size, margin } }, children }],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}
