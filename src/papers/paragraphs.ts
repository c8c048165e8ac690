/** A paragraph of a paper, with the line it begins at (one-based). */
export interface Paragraph {
  text: string;
  line: number;
  /** Whether it stands in a table's cell. */
  inTable?: boolean;
}

// What a paragraph begins with: a number, a letter, a bullet, a heading, a criterion, an order.
const BEGINS =
  /^(?:\d{1,2}[.)](?!\d)\s*\p{L}|[IVX]{1,5}[.)]\s|[a-zđ][.)]\s|[*•+]\s?|[-–]\s|#{1,6}\s|Tiêu chí\s+\d|Lĩnh vực\s|Kính gửi|Nơi nhận|Số:|Giao\s|Năm\s+\d{4},|\p{Lu}[\p{L} ]{1,40},\s*ngày\s|\d+(?:\.\d+)+[.:)]?\s+\p{Lu})/u;
const PAGE_NUMBER = /^(?:[-–]\s*)?\d{1,3}(?:\s*[-–])?$/;

/**
 * The paragraphs of a plain text. Text that was taken from a page breaks its lines anywhere, with or without an empty
 * line between them: a line goes on with the one before it unless that one ended a sentence or this one begins something.
 */
export function paragraphsOf(text: string): Paragraph[] {
  const found: Paragraph[] = [];
  text
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .forEach((raw, i) => {
      const line = plainLine(raw);
      if (line === '' || PAGE_NUMBER.test(line)) return;
      const last = found.at(-1);
      const begins = BEGINS.test(line) || /^(?:\*\*|#)/.test(raw.trim()) || repeats(last, line);
      const ended = last !== undefined && /[.;:!?/]$/.test(last.text);
      if (last && !begins && (!ended || /^\p{Ll}/u.test(line))) last.text = `${last.text} ${line}`;
      else found.push({ text: line, line: i + 1 });
    });
  return found.map((p) => ({ ...p, text: p.text.replace(/\s+/g, ' ').trim() }));
}

/** Whether a line begins with the words of the heading above it (`7. Điều tra xã hội học`). */
function repeats(last: Paragraph | undefined, line: string): boolean {
  const heading = last && /^(?:\d{1,2}|[IVX]{1,5})[.)]\s+(.+)$/u.exec(last.text)?.[1]?.toLowerCase();
  return heading !== undefined && line.toLowerCase().startsWith(heading);
}

/** A line without what Markdown marks it with. */
function plainLine(raw: string): string {
  return raw
    .replace(/[\u00a0\u202f\u200b\ufeff\t]/g, ' ')
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/(\*\*|__)(.*?)\1/g, '$2')
    .replace(/\\([\\|<>*_`~#])/g, '$1')
    .trim();
}
