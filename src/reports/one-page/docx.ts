import {
  AlignmentType,
  Document,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { OnePage } from './model.js';

const mm = (n: number) => Math.round(n * 56.7);
const WIDTH = mm(186);
const FONT = 'Times New Roman';

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
    ...page.grids.flatMap(({ title, heads, rows, numbers, shares, note }) => {
      const widths = shares.map((share) => Math.round((WIDTH * share) / 100));
      const row = (cells: string[], bold: boolean) =>
        new TableRow({
          cantSplit: true,
          tableHeader: bold,
          children: cells.map(
            (c, i) =>
              new TableCell({
                width: { size: widths[i]!, type: WidthType.DXA },
                margins: { left: 60, right: 60, top: 30, bottom: 30 },
                children: [
                  new Paragraph({
                    alignment: numbers.includes(i) ? AlignmentType.RIGHT : AlignmentType.LEFT,
                    children: [text(c, 9, bold)],
                  }),
                ],
              }),
          ),
        });
      return [
        new Paragraph({
          keepNext: true,
          spacing: { before: 140, after: 40 },
          children: [text(title, 11, true)],
        }),
        new Table({
          width: { size: WIDTH, type: WidthType.DXA },
          columnWidths: widths,
          layout: TableLayoutType.FIXED,
          rows: [row(heads, true), ...rows.map((r) => row(r, false))],
        }),
        ...(note === ''
          ? []
          : [new Paragraph({ spacing: { before: 60 }, children: [text(note, 10, true)] })]),
      ];
    }),
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
