import type { DiagnosticTexts } from '../messages.js';
import { counted, list, num } from './wording.js';

/** Why sentences that are understood make no rule together. */
const TODO_WHY: Record<string, (at: number, to: number) => string> = {
  hole: (at, to) =>
    at === to
      ? `; no points are said for ${num(at)}`
      : `; no points are said between ${num(at)} and ${num(to)}`,
  contradiction: (at) => `; ${num(at)} is in two tiers with different points`,
  top: (at) => `; no points are said beyond ${num(at)}`,
  max: () => '; the tiers do not fit the maximum',
  none: () => '; the table says no rule',
};

/** Words of what is found in papers (letters, official tables, rankings), in English. */
export const enPaperDiagnostics = {
  'macros-ignored': ({ file }) => ({ message: `${file} carries macros; they are neither run nor read` }),
  'not-a-document': ({ file, reason }) => ({
    message:
      reason === 'not-word'
        ? `${file} is not a Word document (.docx)`
        : reason === 'encrypted'
          ? `${file} has a password`
          : `${file} is a damaged Word document (${reason})`,
    hint: 'open it in Word and save it again as .docx, without a password',
  }),
  'not-a-letter': ({ file }) => ({
    message: `${file} names no criterion that lost points`,
    hint: "a letter has sentences such as 'Tiêu chí 1.3.3 (…) trừ 0,5 điểm'; for a ranking use --league",
  }),
  'letter-lacks': ({ what, option }) => ({
    message: `the letter does not say ${{ unit: 'which unit it is about', year: 'which year the index is of', rank: "the rank (such as 'xếp thứ 21/27')" }[what]}`,
    hint: option === '' ? undefined : `give it with ${option}`,
  }),
  'letter-partial': ({ score, lost, scale }) => ({
    message: `the letter states a score of ${num(score)} of ${num(scale)}, but lists ${num(lost)} points lost`,
    hint: 'in the draft catalogue the criteria not listed are one, khong-neu, so that the score is the one stated',
  }),
  'letter-sum': ({ stated, sum }) => ({
    message: `the letter states ${num(stated)} points lost in all, its criteria add up to ${num(sum)}`,
  }),
  'letter-loss-unclear': ({ value, points }) => ({
    message:
      points === '?'
        ? `how many points were lost is not clear: '${value}'`
        : `which criterion lost ${num(points)} points is not clear: '${value}'`,
    hint: 'left out; add it by hand if it belongs',
  }),
  'letter-line-unused': ({ value, points }) => ({
    message:
      points === '?'
        ? `the line '${value}' is not used`
        : `${num(points)} points are not used, in the line '${value}'`,
    hint: 'if they were lost, add them by hand',
  }),
  'news-size': ({ least }) => ({
    message: `the text does not say how many units were ranked; ${least}, the least there can be, is taken`,
    hint: 'write their number under size in the league file',
  }),
  'news-unclear': ({ value }) => ({
    message: `which score or rank is which unit's is not clear: '${value}'`,
    hint: 'the sentence is left out; add it by hand if it belongs',
  }),
  'no-ranking': ({ file }) => ({
    message: `${file} has no unit's score or rank`,
    hint: "a table needs a column 'Đơn vị' and one of 'Điểm' or 'Xếp hạng'",
  }),
  'no-text': ({ file }) => ({
    message: `${file} is a PDF; this tool reads no text in PDFs, and a scan has none`,
    hint: 'get the Word (.docx) or Excel file of the paper; of a scan, run text recognition (OCR), save it as .docx or .txt and check the numbers',
  }),
  'table-head-unknown': ({ columns }) => ({
    message:
      columns.length === 0
        ? 'no table of criteria'
        : `which column holds criteria, maxima or rules is not clear; columns seen: ${list(columns)}`,
    hint: "a head needs columns such as 'STT', 'Tiêu chí', 'Điểm tối đa', 'Cách tính điểm'",
  }),
  'list-number-unread': ({ paragraphs, value }) => ({
    message: `paragraphs whose automatic number of Word's cannot be read: ${paragraphs}, such as '${value}'`,
    hint: 'type the numbers as text in the Word file and read it again',
  }),
  'columns-unused': ({ columns }) => ({ message: `columns that are not used: ${list(columns)}` }),
  'table-empty': ({ rows }) => ({ message: `of ${rows} rows none is a criterion with a maximum` }),
  'table-not-used': ({ rows }) => ({
    message: `another table (${counted(rows, 'row')}) is not used`,
    hint: 'where it goes on from the table above, give it as many columns or the same head; where it is another, put it in a file of its own',
  }),
  'row-unread': ({ value }) => ({
    message: `a row that is not used: '${value}'`,
  }),
  'row-without-max': ({ id, value }) => ({
    message: value === '' ? `${id} has no maximum` : `${id}: the maximum '${value}' is not a positive number`,
    hint: 'the criterion is left out',
  }),
  'phrase-todo': ({ id, value, why, at, to }) => ({
    message: `${id}: the rule is not understood: '${value}'${TODO_WHY[why]?.(at, to) ?? ''}`,
    hint: 'it is written as todo; put it in other words, or write the rule by hand',
  }),
  'rule-taken': ({ id, taken }) => ({ message: `${id}: ${taken.en}`, hint: 'confirm it with the paper' }),
  'rules-counted': ({ understood, todo, left }) => ({
    message: `${understood} criteria understood, ${todo} still todo${left > 0 ? `, ${left} rows without a maximum` : ''}`,
  }),
} satisfies Partial<DiagnosticTexts>;

/** Labels of what is read from papers, in English. */
export const enPaperLabels = {
  imported: {
    losses: 'Losses',
    lossesText: (count: number, points: string) =>
      `${counted(count, 'criterion', 'criteria')} lost ${counted(points, 'point')} together`,
    report: 'Published by',
    rules: 'Rules',
    rulesText: (stated: number, todo: number) =>
      `${stated} with the threshold that the letter states, ${todo} still todo`,
    size: 'Units known',
  },
  review: {
    title: 'Rules as they were understood',
    guide:
      'Hold each row beside the paper. Write what is wrong in the column of corrections, in the words of the paper; sign what is right. Then read this sheet again: cchc catalogue new --from.',
    guidePrinted:
      'Hold every row against the document. Where it is wrong: write how it is scored into Sửa lại, in the words of the document; where it is right: sign. This page is for printing and signing; only the Excel sheet is read again (--review review.xlsx).',
    todo: 'not understood: please put it in other words',
    points: (value: string, points: string) => `${value} → ${points}`,
  },
};
