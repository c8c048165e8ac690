/** What a cell or a key that asks 'does it?' says; text is a reason or a document that is named instead. */
export type Answer = 'blank' | 'no' | 'yes' | 'text' | 'unclear';

/** Words for yes and no, in small letters. */
export const YES_WORDS = ['có', 'co', 'yes', 'y', 'true', '1', 'x', '✓', '✔', 'đúng', 'rồi', 'đã có'];
export const NO_WORDS = [
  'không',
  'khong',
  'ko',
  'k',
  'no',
  'n',
  'none',
  'false',
  '0',
  'chưa',
  'chua',
  'chưa có',
  'không có',
  'sai',
  'off',
];
const NO_DATA = ['n/a', 'na'];
const NEGATIVE = /^(không|khong|chưa|chua|no|not)[\s,.;:]/u;

/**
 * Reads blank, no, yes or other text, the same for every format and column. Words that begin with a no and go on
 * (`Chưa được chấp nhận`) are unclear: they name no document, and may be a reason for either.
 */
export function readAnswer(written: string | number | boolean): Answer {
  const said = String(written).normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  if (/^(?:[-–—.…]*|null|~)$/u.test(said)) return 'blank';
  if (YES_WORDS.includes(said)) return 'yes';
  if (NO_WORDS.includes(said) || NO_DATA.includes(said)) return 'no';
  if (NEGATIVE.test(said) || !/\p{L}|\d/u.test(said)) return 'unclear';
  return 'text';
}
