import {
  AlignmentType,
  BorderStyle,
  Document,
  type IParagraphOptions,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Letter } from './model.js';

/** Twentieths of a point in a millimetre, as Word measures pages. */
const MM = 56.7;
const mm = (n: number) => Math.round(n * MM);
/** Half points. */
const size = (points: number) => points * 2;
const FONT = 'Times New Roman';

/** Margins of Nghị định 30/2020/NĐ-CP on A4: top and bottom 20 mm, left 30 mm, right 15 mm. */
const PAGE = {
  size: { width: mm(210), height: mm(297) },
  margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15) },
};
const TEXT_WIDTH = mm(210 - 30 - 15);
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
};

interface Run {
  text: string;
  points?: number;
  bold?: boolean;
  italics?: boolean;
}

const run = ({ text, points = 14, ...rest }: Run) =>
  new TextRun({ text, font: FONT, size: size(points), ...rest });

const line = (runs: Run[], options: Partial<IParagraphOptions> = {}) =>
  new Paragraph({ ...options, children: runs.map(run) });

const centred = (runs: Run[], options: Partial<IParagraphOptions> = {}) =>
  line(runs, { alignment: AlignmentType.CENTER, ...options });

/** A rule of about a third of a line under a heading, drawn as the border of a short paragraph. */
const ruleUnder = (indent: number) =>
  new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { after: 60, line: 60, lineRule: 'exact' },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
    children: [],
  });

const cell = (width: number, children: Paragraph[]) =>
  new TableCell({ width: { size: width, type: WidthType.DXA }, borders: NO_BORDERS, children });

const grid = (widths: number[], cells: Paragraph[][]) =>
  new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: NO_BORDERS,
    rows: [new TableRow({ children: cells.map((c, i) => cell(widths[i]!, c)) })],
  });

const body = (runs: Run[]) =>
  line(runs, {
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(10) },
    spacing: { before: 120, line: 288 },
  });

/** A letter as a Word document in the layout of Nghị định 30/2020/NĐ-CP: Times New Roman 13–14. */
export async function letterDocx(letter: Letter): Promise<Uint8Array> {
  const left = Math.round(TEXT_WIDTH * 0.38);
  const halves = [left, TEXT_WIDTH - left];
  const [top, name] = letter.issuer;
  const children = [
    grid(halves, [
      [
        centred([{ text: top ?? '', points: 13 }]),
        centred([{ text: name ?? '', points: 13, bold: true }]),
        ruleUnder(mm(18)),
        centred([{ text: letter.number, points: 13 }]),
        centred([{ text: letter.subject, points: 12 }]),
      ],
      [
        centred([{ text: letter.country, points: 12, bold: true }]),
        centred([{ text: letter.motto, points: 13, bold: true }]),
        ruleUnder(mm(20)),
        centred([{ text: letter.placeAndDate, points: 13, italics: true }], { spacing: { before: 60 } }),
      ],
    ]),
    centred([{ text: `${letter.toLabel} ${letter.to.length === 1 ? letter.to[0]! : ''}`.trim() }], {
      spacing: { before: 360 },
    }),
    ...(letter.to.length > 1
      ? letter.to.map((t, i) =>
          line([{ text: `- ${t}${i === letter.to.length - 1 ? '.' : ';'}` }], { indent: { left: mm(55) } }),
        )
      : []),
    new Paragraph({ children: [], spacing: { after: 120 } }),
    body([{ text: letter.intro }]),
    ...letter.sections.flatMap((section, i) => [
      body([{ text: `${ROMAN[i] ?? i + 1}. ${section.heading}`, bold: true }]),
      ...section.items.flatMap((item) => [
        body([
          { text: `${item.id}. `, bold: true },
          { text: `${item.title}.`, italics: true, bold: true },
        ]),
        ...item.lines.map((l) => body([{ text: `- ${l.label}: ` }, { text: stopped(l.text) }])),
      ]),
    ]),
    body([{ text: letter.closing }]),
    new Paragraph({ children: [], spacing: { after: 160 } }),
    grid(halves, [
      [
        line([{ text: letter.recipientsLabel, points: 12, bold: true, italics: true }]),
        ...letter.recipients.map((r) => line([{ text: `- ${r}`, points: 11 }])),
      ],
      [
        centred([{ text: letter.signing, points: 14, bold: true }], { spacing: { after: 1300 } }),
        centred([{ text: letter.signature, points: 14, bold: true }]),
      ],
    ]),
    line([{ text: letter.draftNote, points: 11, italics: true }], { spacing: { before: 240 } }),
  ];
  const document = new Document({
    creator: 'cchc',
    title: letter.subject,
    styles: { default: { document: { run: { font: FONT, size: size(14) } } } },
    sections: [{ properties: { page: PAGE }, children }],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

const stopped = (text: string) => (/[.;:!?]$/.test(text) ? text : `${text}.`);
