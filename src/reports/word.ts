import {
  AlignmentType,
  Document,
  type IParagraphOptions,
  type ISectionOptions,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';

const FONT = 'Times New Roman';
/** Millimetres in twentieths of a point, as Word measures pages. */
export const mm = (n: number) => Math.round(n * 56.7);

/** Words in a line; of the document's size, unless another is given. */
interface Run {
  text: string;
  points?: number;
  bold?: boolean;
  italics?: boolean;
}

/** A paragraph of runs. */
export const line = (runs: readonly Run[], options: Partial<IParagraphOptions> = {}) =>
  new Paragraph({
    ...options,
    children: runs.map(
      ({ points, ...rest }) => new TextRun({ font: FONT, ...(points && { size: points * 2 }), ...rest }),
    ),
  });

export const centred = (runs: readonly Run[], options: Partial<IParagraphOptions> = {}) =>
  line(runs, { alignment: AlignmentType.CENTER, ...options });

/** A Word document whose letters are of a size, in points. */
export async function wordOf(
  title: string,
  points: number,
  sections: ISectionOptions[],
): Promise<Uint8Array> {
  const run = { font: FONT, size: points * 2 };
  const document = new Document({
    creator: 'cchc',
    title,
    styles: { default: { document: { run } } },
    sections,
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

/** A table of a paper: its heads stand on every page, and no row is split. */
interface PaperTable {
  width: number;
  /** The size of its letters, in points. */
  points: number;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  /** Of the columns, in hundredths of the width. */
  shares: readonly number[];
  align: (column: number) => 'left' | 'center' | 'right';
}

/** A table with all its lines, as Word draws it. */
export function paperTable({ width, points, heads, rows, shares, align }: PaperTable): Table {
  const widths = shares.map((share) => Math.round((width * share) / 100));
  const row = (cells: readonly string[], head: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: head,
      children: cells.map(
        (text, i) =>
          new TableCell({
            width: { size: widths[i]!, type: WidthType.DXA },
            verticalAlign: head ? VerticalAlign.CENTER : VerticalAlign.TOP,
            margins: { left: 60, right: 60, top: 20, bottom: 20 },
            children: [line([{ text, points, bold: head }], { alignment: head ? 'center' : align(i) })],
          }),
      ),
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [row(heads, true), ...rows.map((cells) => row(cells, false))],
  });
}
