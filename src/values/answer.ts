import { fold } from './suggest.js';

/** What a cell or a key that asks 'does it?' says; text is a reason or a document that is named instead. */
export type YesNo = 'blank' | 'no' | 'yes' | 'text' | 'unclear';

/** Words for yes and no, in small letters. */
export const YES_WORDS = 'có|co|yes|y|true|1|x|✓|✔|đúng|rồi|đã có'.split('|');
export const NO_WORDS = 'không|khong|ko|k|no|n|none|false|0|chưa|chua|chưa có|không có|sai|off'.split('|');
const NO_DATA = ['n/a', 'na'];
const NEGATIVE = /^(không|khong|chưa|chua|no|not)[\s,.;:]/u;

/**
 * Reads blank, no, yes or other text, the same for every format and column. Words that begin with a no and go on
 * (`Chưa được chấp nhận`) are unclear: they name no document, and may be a reason for either.
 */
export function readAnswer(written: string | number | boolean): YesNo {
  const said = String(written).normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  if (/^(?:[-–—.…]*|null|~)$/u.test(said)) return 'blank';
  if (YES_WORDS.includes(said)) return 'yes';
  if (NO_WORDS.includes(said) || NO_DATA.includes(said)) return 'no';
  if (NEGATIVE.test(said) || !/\p{L}|\d/u.test(said)) return 'unclear';
  return 'text';
}

/** What stands where a value would: the criterion is not applicable, or an explanation was accepted. */
export type EntryStatus =
  | { status: 'not_applicable' }
  | { status: 'exempt'; document: string }
  | { status: 'unclear' };

const NOT_APPLICABLE = /^(?:not[_ ]applicable|n\/a|khong ap dung)$/;
const EXEMPT = /^(exempt|giai trinh|mien(?: tru)?)(?:$|[\s:])/;

/**
 * Reads the answer to 'does it not apply?': its own words say yes, and `n/a` is unclear, for it may stand for 'not
 * applicable' or for an answer that nobody has.
 */
export function readNotApplicable(written: string | number | boolean): YesNo {
  if (NO_DATA.includes(fold(String(written)).trim())) return 'unclear';
  return readStatus(written)?.status === 'not_applicable' ? 'yes' : readAnswer(written);
}

/**
 * Reads `not_applicable` (`n/a`, `không áp dụng`) and `exempt` (`giải trình`, `miễn`, `miễn trừ`), the latter alone or
 * with its document after a colon (`giải trình: Báo cáo 12`), whatever their case and diacritics; null where the text is
 * neither. Words that go on without a colon (`giải trình chưa được chấp nhận`) are unclear.
 */
export function readStatus(written: string | number | boolean): EntryStatus | null {
  // Most values are numbers.
  if (!/\p{L}/u.test(String(written))) return null;
  const said = String(written).normalize('NFC').replace(/\s+/g, ' ').trim();
  const plain = fold(said);
  if (NOT_APPLICABLE.test(plain)) return { status: 'not_applicable' };
  if (!EXEMPT.test(plain)) return null;
  const colon = said.indexOf(':');
  const word = fold(colon < 0 ? said : said.slice(0, colon)).trim();
  if (EXEMPT.exec(word)?.[1] !== word) return { status: 'unclear' };
  const document = colon < 0 ? '' : said.slice(colon + 1).trim();
  return { status: 'exempt', document: document || said.slice(0, colon < 0 ? undefined : colon).trim() };
}
