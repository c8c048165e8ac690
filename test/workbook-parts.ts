import JSZip from 'jszip';

/** A workbook's parts by name. */
export type Parts = Record<string, string>;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export const relations = (...to: [id: string, type: string, target: string][]) =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${to
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The least parts of a workbook whose sheets have this XML between `worksheet` tags; a name may say `hidden`. */
export function partsOf(sheets: Record<string, string>, more: Parts = {}): Parts {
  const names = Object.keys(sheets);
  const list = names.map((name, i) => {
    const [shown, state] = name.split('|');
    return `<sheet name="${shown}" sheetId="${i + 1}" r:id="rId${i + 1}"${state ? ` state="${state}"` : ''}/>`;
  });
  const styled = 'xl/styles.xml' in more ? [['s1', 'styles', 'styles.xml'] as const] : [];
  const shared =
    'xl/sharedStrings.xml' in more ? [['s2', 'sharedStrings', 'sharedStrings.xml'] as const] : [];
  return {
    '[Content_Types].xml': '<?xml version="1.0"?><Types/>',
    '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...names.map(
        (_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`] as [string, string, string],
      ),
      ...[...styled, ...shared].map(([id, type, target]) => [id, type, target] as [string, string, string]),
    ),
    ...Object.fromEntries(
      names.map((name, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<?xml version="1.0"?><worksheet xmlns="${MAIN}">${sheets[name]}</worksheet>`,
      ]),
    ),
    ...more,
  };
}

export async function zipped(parts: Parts): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, text] of Object.entries(parts)) zip.file(name, text);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : `${letters(Math.floor(column / 26) - 1)}${letters(column % 26)}`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A cell: text in place, a number, its own XML, or nothing. */
export type PartCell = string | number | { xml: string } | null;

/** `sheetData` with rows of cells, from a row and a column on. */
export function sheetData(rows: readonly (readonly PartCell[])[], top = 1, left = 0): string {
  const row = (cells: readonly PartCell[], r: number) =>
    `<row r="${r}">${cells
      .map((cell, c) => {
        const ref = `${letters(c + left)}${r}`;
        if (cell === null) return '';
        if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
        if (typeof cell === 'string')
          return `<c r="${ref}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
        return cell.xml.replace('<c', `<c r="${ref}"`);
      })
      .join('')}</row>`;
  return `<sheetData>${rows.map((cells, i) => row(cells, top + i)).join('')}</sheetData>`;
}

/** Styles whose cell formats 1, 2, … have these number format codes. */
export const stylesOf = (...codes: string[]) =>
  `<?xml version="1.0"?><styleSheet xmlns="${MAIN}"><numFmts>${codes
    .map(
      (code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${escaped(code).replaceAll('"', '&quot;')}"/>`,
    )
    .join('')}</numFmts><cellXfs><xf numFmtId="0"/>${codes
    .map((_, i) => `<xf numFmtId="${170 + i}"/>`)
    .join('')}</cellXfs></styleSheet>`;
