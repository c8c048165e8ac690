import { fold } from '../diagnostics/suggest.js';

/** A criterion as a text names it. */
export interface Named {
  id: string;
  name: string;
}

const WORD =
  '(?:tiêu chí|chỉ số|TC|TCTP|chỉ tiêu|nội dung|mục)(?:\\s+thành phần)?(?:\\s+\\(?(?:TCTP|TC)\\)?)?(?:\\s+số)?';
const NUMBER = '(?:\\d+(?:\\.\\d+)*|[A-ZĐ]{1,3}(?:\\.\\d+)+|XHH)';
const NUMBERED = new RegExp(
  `(?:^|[\\s;,.(])${WORD}\\s+(${NUMBER})(?!\\p{L})((?:\\s*(?:,|và)\\s*(?:tiêu chí\\s+)?(?:\\d+(?:\\.\\d+)+))*)\\s*`,
  'giu',
);
const FIRST =
  /^(?:[*•+–-]\s*)?(?:[a-zđ][.)]\s*)?((?:\d+(?:\.\d+)+)|[A-ZĐ]{2,8})(?:\.?\s*[.:)–-]\s*|\.?\s+(?=["“'(]?\p{Lu}))/u;

/** The criteria that a stretch of text names by their numbers, with the last one's name. */
export function criteriaIn(segment: string): Named[] {
  const numbered = [...segment.matchAll(NUMBERED)].filter(
    (m) => /\d/.test(m[1]!) && (/\./.test(m[1]!) || /^[^\p{L}]*(?:tiêu chí|TC)/iu.test(m[0])),
  );
  if (numbered.length > 1) {
    // Of two sentences the last one speaks of what was lost.
    const last = segment.split(/[;]\s*|\.\s+(?=\p{Lu})/u).at(-1)!;
    if (last !== segment) return criteriaIn(last);
  }
  const [one] = numbered;
  if (one) {
    const listed = [...one[2]!.matchAll(/\d+(?:\.\d+)+/g)].map((m) => m[0]);
    const ids = [...numbered.map((m) => m[1]!), ...listed];
    const behind = nameOf(segment.slice(one.index + one[0].length));
    const before = nameOf(
      segment.slice(0, one.index).replace(/^(?:[*•+–-]\s*)?(?:(?:\d{1,2}|[a-zđ]|[IVX]+)[.)]\s*)?/u, ''),
    );
    // `Xử lý văn bản (Tiêu chí 2.4)`
    const bracketed = /^[^\p{L}]*\(/u.test(one[0]);
    const name = /\p{L}/u.test(behind) ? behind : bracketed ? before : '';
    return ids.map((id) => ({ id, name: ids.length === 1 && name ? name : id }));
  }
  const first = FIRST.exec(segment);
  // `II.` numbers a heading.
  if (!first || /^[IVXLC]+$/.test(first[1]!)) return [];
  const name = nameOf(segment.slice(first[0].length));
  return name === '' ? [] : [{ id: first[1]!, name }];
}

/** A name without the brackets, quotes and marks around it, and without the verb that begins what is said of it. */
function nameOf(text: string): string {
  let name = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.:)–-]\s*/, '')
    .replace(/[\s,:;–-]+(?:chỉ|đã|bị|có|được|thì|mỗi tiêu chí|đều)?(?:\s+bị)?$/u, '')
    .replace(/[\s,:;–-]+$/u, '')
    .replace(/^(?:chỉ|đã|bị|có|được|thì|đều)$/u, '');
  if (name.endsWith('(')) name = name.slice(0, -1).replace(/[\s,:;–-]+$/u, '');
  const quoted = /^[“"'](.+)[”"']$/u.exec(name);
  if (quoted) name = quoted[1]!;
  return wrapped(name) ? name.slice(1, -1).trim() : name;
}

/** Whether one pair of brackets holds the whole text. */
function wrapped(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (const [i, char] of [...text].entries()) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return i === [...text].length - 1;
  }
  return false;
}

/** An id for a criterion that has only a name: the survey has its usual one, any other the first letters. */
export function idOf(name: string): string {
  if (/xã hội học/iu.test(name)) return 'XHH';
  return fold(name)
    .split(' ')
    .map((w) => w[0]!.toUpperCase())
    .join('')
    .replace(/[^A-Z\d]/g, '');
}
