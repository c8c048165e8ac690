import {
  AlignmentType,
  BorderStyle,
  Header,
  type IParagraphOptions,
  type ISectionOptions,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableBorders,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { centred, line, mm, paperTable, wordOf } from '../word.js';
import { annexTable, type LetterDocument } from './model.js';

const A4 = { width: mm(210), height: mm(297) };
/** A4 with the margins of Nghị định 30/2020/NĐ-CP: top and bottom 20 mm, left 30 mm, right 15 mm. */
const MARGIN = { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10) };
const TEXT_WIDTH = mm(210 - 30 - 15);
/** The annex lies on its side. */
const ANNEX_MARGIN = { top: mm(20), bottom: mm(15), left: mm(20), right: mm(15), header: mm(10) };
const ANNEX_WIDTH = mm(297 - 20 - 15);

/** A rule under a heading, drawn as the border of a short paragraph. */
const ruleUnder = (indent: number, after = 60) =>
  new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 50, after, line: 60, lineRule: 'exact' },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
    children: [],
  });

/** Columns without lines, kept on one page. */
const grid = (widths: number[], cells: Paragraph[][]) =>
  new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: TableBorders.NONE,
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (children, i) =>
            new TableCell({
              width: { size: widths[i]!, type: WidthType.DXA },
              // The text of one column must not touch the next.
              margins: { left: 40, right: 40 },
              children,
            }),
        ),
      }),
    ],
  });

/** A paragraph of the text: justified, its first line 10 mm in, 6 points before it. */
const body = (runs: Parameters<typeof line>[0], options: Partial<IParagraphOptions> = {}) =>
  line(runs, {
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(10) },
    spacing: { before: 120 },
    ...options,
  });

/** Page numbers in the middle of the top margin, from the second page on. */
const NUMBERED = {
  headers: {
    first: new Header({ children: [new Paragraph({ children: [] })] }),
    default: new Header({
      children: [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [new TextRun({ children: [PageNumber.CURRENT] })],
        }),
      ],
    }),
  },
};

/** A letter as a Word document in the layout of Nghị định 30/2020/NĐ-CP, its tasks in an annex on its side. */
export const letterDocx = (letter: LetterDocument): Promise<Uint8Array> =>
  wordOf(letter.subject, letter.textSize, [
    mainOf(letter),
    ...(letter.annex.rows.length > 0 ? [annexOf(letter)] : []),
  ]);

/** A paragraph too thin to be seen. */
const thin = () => new Paragraph({ children: [], keepNext: true, spacing: { line: 100, lineRule: 'exact' } });

/** LibreOffice first lays so many paragraphs out on each page, and leaves a heading that is the last of them at its foot. */
const FIRST_LAID_OUT = 20;

/** The fields with their criteria, after so many paragraphs. */
function sectionsOf({ sections }: LetterDocument, above: number): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  sections.forEach(({ heading, items, rest }, i) => {
    if ((above + paragraphs.length + 1) % FIRST_LAID_OUT === 0) paragraphs.push(thin());
    paragraphs.push(
      body([{ text: `${ROMAN[i] ?? i + 1}. ${heading}`, bold: true }], { keepNext: true }),
      ...items
        .filter((item) => item.inText)
        .map((item) =>
          body([
            { text: `${item.id}. `, bold: true },
            { text: `${item.title}.`, italics: true },
            { text: ` ${item.sentences.join(' ')}` },
          ]),
        ),
      ...(rest === null ? [] : [body([{ text: rest }])]),
    );
  });
  return paragraphs;
}

function mainOf(letter: LetterDocument): ISectionOptions {
  const left = Math.round(TEXT_WIDTH * 0.41);
  const halves = [left, TEXT_WIDTH - left];
  const several = letter.to.length > 1;
  const note = line([{ text: letter.draftNote, points: 11, italics: true }], { spacing: { before: 120 } });
  const above = [
    grid(halves, [
      [
        ...letter.issuer.map((text, i) =>
          centred([{ text, points: 12, bold: !letter.underSuperior || i > 0 }]),
        ),
        ruleUnder(mm(22)),
        centred([{ text: letter.number }], { spacing: { before: 60 } }),
        centred([{ text: letter.subject, points: 12 }], { spacing: { before: 60 } }),
      ],
      [
        centred([{ text: letter.country, points: 12, bold: true }]),
        centred([{ text: letter.motto, bold: true }]),
        ruleUnder(mm(20)),
        centred([{ text: letter.placeAndDate, italics: true }], { spacing: { before: 120 } }),
      ],
    ]),
    centred([{ text: several ? letter.toLabel : `${letter.toLabel} ${letter.to[0]}` }], {
      spacing: { before: 120 },
    }),
    ...(several ? letter.to : []).map((t, i) =>
      line([{ text: `- ${t}${i === letter.to.length - 1 ? '.' : ';'}` }], { indent: { left: mm(55) } }),
    ),
    body([{ text: `${letter.intro} ${letter.request}` }]),
  ];
  return {
    properties: { titlePage: true, page: { size: A4, margin: MARGIN } },
    ...NUMBERED,
    children: [
      ...above,
      ...sectionsOf(letter, above.length),
      body([{ text: letter.closing }], { keepNext: true }),
      thin(),
      grid(halves, [
        [
          line([{ text: letter.recipientsLabel, points: 12, bold: true, italics: true }]),
          ...letter.recipients.map((r) => line([{ text: `- ${r}`, points: 11 }])),
        ],
        [
          ...letter.signing.map((text, i) =>
            centred(
              [{ text, bold: true }],
              i === letter.signing.length - 1 ? { spacing: { after: 840 } } : {},
            ),
          ),
          centred([{ text: letter.signature, bold: true }]),
        ],
      ]),
      ...(letter.annex.rows.length > 0 ? [] : [note]),
    ],
  };
}

function annexOf({ annex, draftNote }: LetterDocument): ISectionOptions {
  return {
    properties: {
      titlePage: true,
      page: {
        size: { ...A4, orientation: PageOrientation.LANDSCAPE },
        margin: ANNEX_MARGIN,
        // An annex counts its own pages.
        pageNumbers: { start: 1 },
      },
    },
    ...NUMBERED,
    children: [
      centred([{ text: annex.label, points: 14, bold: true }]),
      centred([{ text: annex.title, points: 14, bold: true }]),
      centred([{ text: annex.reference, italics: true }]),
      ruleUnder(mm(105), 160),
      paperTable({ width: ANNEX_WIDTH, points: 11, ...annexTable(annex) }),
      ...(annex.key === '' ? [] : [line([{ text: annex.key, points: 11 }], { spacing: { before: 60 } })]),
      line([{ text: draftNote, points: 11, italics: true }], { spacing: { before: 60 } }),
    ],
  };
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
