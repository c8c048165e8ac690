import type { Sentence } from './sentence.js';
import { after, type Clause, skip, type Token, textOf } from './tokens.js';

// The rate as a percent.
const HUNDREDS = ['', '*100', '*100%', 'x100', 'x100%'];

/** `a = Số cuộc họp …`, `Tỷ lệ = a/b`. */
export function definitionOf(clause: Clause): Sentence | null {
  const { text } = clause;
  const tokens = clause.tokens.slice(skip(clause.tokens, 0, ['trong đó', 'trong đó :', 'gọi', 'với']));
  const [first] = tokens;
  if (first?.kind !== 'word') return null;
  if (/^[a-zđ]$/u.test(first.text) && first.text !== 'x') {
    const next = after(tokens, 1, ['=', ':', 'là']);
    const meaning = next === null ? [] : tokens.slice(next);
    if (meaning.length === 0 || !meaning.some((t) => t.kind === 'word' && t.text.length > 1)) return null;
    // `a là …, b là …` is two definitions.
    const more = meaning.some(
      (t, i) => t.kind === 'sign' && t.text === ',' && after(meaning, i + 2, ['=', ':', 'là']) !== null,
    );
    if (more || meaning.some((t) => t.kind === 'number' || (t.kind === 'sign' && /[=*+<>≥≤%]/u.test(t.text))))
      return null;
    return { clause, kind: 'define', letter: first.text, meaning: textOf(text, meaning) };
  }
  const equals = after(tokens, 0, ['tỷ lệ =', 'tỷ lệ % =', 'tỷ lệ là']);
  if (equals === null) return null;
  const words = ratioInWords(clause, tokens.slice(equals));
  if (words) return words;
  const bare = tokens.slice(equals).filter((t) => !(t.kind === 'sign' && '()'.includes(t.text)));
  const [part, slash, whole, ...more] = bare;
  if (part?.kind !== 'word' || whole?.kind !== 'word' || slash?.kind !== 'sign' || slash.text !== '/')
    return null;
  const hundred = more.map((t) => (t.kind === 'number' ? t.raw : t.text)).join('');
  if (part.text.length > 1 || whole.text.length > 1 || !HUNDREDS.includes(hundred)) return null;
  return { clause, kind: 'ratio', part: part.text, whole: whole.text, inWords: false };
}

/** `Tỷ lệ = Số hồ sơ trực tuyến / Tổng số hồ sơ`. */
function ratioInWords(clause: Clause, tokens: readonly Token[]): Sentence | null {
  // `(Số … / Tổng số …) x 100%`
  const opened = after(tokens, 0, ['(']);
  const closed = opened === null ? -1 : tokens.findIndex((t) => t.kind === 'sign' && t.text === ')');
  const times = tokens
    .slice(closed + 1)
    .map((t) => (t.kind === 'number' ? t.raw : t.text))
    .join('');
  if (closed > 0 && !HUNDREDS.includes(times)) return null;
  const inner = closed > 0 ? tokens.slice(opened!, closed) : tokens;
  const slash = inner.findIndex((t) => t.kind === 'sign' && t.text === '/');
  const [part, whole] = [inner.slice(0, slash), inner.slice(slash + 1)];
  const names = [part, whole].every(
    (w) => w.length > 1 && w.every((t) => t.kind === 'word') && /^(?:số|tổng)/iu.test(textOf(clause.text, w)),
  );
  if (slash < 0 || !names) return null;
  return {
    clause,
    kind: 'ratio',
    part: textOf(clause.text, part),
    whole: textOf(clause.text, whole),
    inWords: true,
  };
}
