import type { DiagnosticTexts } from '../index.js';
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
  'macros-ignored': ({ file }) => `${file} carries macros; they are neither run nor read`,
  'not-a-document': ({ file, reason }) =>
    `${
      reason === 'not-word'
        ? `${file} is not a Word document (.docx)`
        : reason === 'encrypted'
          ? `${file} has a password`
          : `${file} is a damaged Word document (${reason})`
    }
    open it in Word and save it again as .docx, without a password`,
  'not-a-letter': ({ file }) => `${file} names no criterion that lost points
    a letter has sentences such as 'Tiêu chí 1.3.3 (…) trừ 0,5 điểm'; for a ranking use --league`,
  'letter-lacks': ({ what, option }) =>
    `the letter does not say ${{ unit: 'which unit it is about', year: 'which year the index is of', rank: "the rank (such as 'xếp thứ 21/27')" }[what]}
    ${option === '' ? '' : `give it with ${option}`}`,
  'letter-partial': ({ score, lost, scale }) =>
    `the letter states a score of ${num(score)} of ${num(scale)}, but lists ${num(lost)} points lost
    in the draft catalogue the criteria not listed are one, khong-neu, so that the score is the one stated`,
  'letter-exceeds': ({ score, lost, scale }) =>
    `the letter states a score of ${num(score)} of ${num(scale)}, and yet lists ${num(lost)} points lost
    so the draft does not score as stated: take out what is no loss, or put outside the scale what is none of it`,
  'league-from-before': ({ file }) =>
    `${file} was there before: this letter tells no rank, and so makes no league
    delete it, or keep each letter in a folder of its own`,
  'letter-sum': ({ stated, sum }) =>
    `the letter states ${num(stated)} points lost in all, its criteria add up to ${num(sum)}`,
  'letter-loss-unclear': ({ value, points }) =>
    `${
      points === '?'
        ? `how many points were lost is not clear: '${value}'`
        : `which criterion lost ${num(points)} points is not clear: '${value}'`
    }
    left out; add it by hand if it belongs`,
  'letter-line-unused': ({ value, points }) =>
    `${
      points === '?'
        ? `the line '${value}' is not used`
        : `${num(points)} points are not used, in the line '${value}'`
    }
    if they were lost, add them by hand`,
  'news-size': ({ least }) =>
    `the text does not say how many units were ranked; ${least}, the least there can be, is taken
    write their number under size in the league file`,
  'news-unclear': ({ value }) => `which score or rank is which unit's is not clear: '${value}'
    the sentence is left out; add it by hand if it belongs`,
  'no-ranking': ({
    file,
    columns,
  }) => `${file} has no unit's score or rank${columns.length === 0 ? '' : `; columns seen: ${list(columns)}`}
    a table needs a column 'Đơn vị' and one of 'Điểm' or 'Xếp hạng'`,
  'no-text': ({ file }) => `${file} is a PDF; this tool reads no text in PDFs, and a scan has none
    get the Word (.docx) or Excel file of the paper; of a scan, run text recognition (OCR), save it as .docx or .txt and check the numbers`,
  'table-head-unknown': ({ columns }) =>
    `${
      columns.length === 0
        ? 'no table of criteria'
        : `which column holds criteria, maxima or rules is not clear; columns seen: ${list(columns)}`
    }
    a head needs columns such as 'STT', 'Tiêu chí', 'Điểm tối đa', 'Cách tính điểm'`,
  'list-number-unread': ({ paragraphs, value }) =>
    `paragraphs whose automatic number of Word's cannot be read: ${paragraphs}, such as '${value}'
    type the numbers as text in the Word file and read it again`,
  'columns-unused': ({ columns }) => `columns that are not used: ${list(columns)}`,
  'table-empty': ({ rows }) => `of ${rows} rows none is a criterion with a maximum`,
  'table-not-used': ({ rows }) => `another table (${counted(rows, 'row')}) is not used
    where it goes on from the table above, give it as many columns or the same head (of a ranking, with ranks that go on); where it is another, put it in a file of its own`,
  'row-unread': ({ value }) => `a row that is not used: '${value}'`,
  'deduction-unread': ({
    id,
    value,
  }) => `${id} takes points beside the scale; how is not understood: '${value}'
    the criterion is left out; reword it (such as 'mỗi trường hợp trừ 0,5 điểm') or write it by hand`,
  'row-without-max': ({ id, value }) =>
    `${value === '' ? `${id} has no maximum` : `${id}: the maximum '${value}' is not a positive number`}
    the criterion is left out`,
  'phrase-todo': ({ id, value, why, at, to }) =>
    `${id}: the rule is not understood: '${value}'${TODO_WHY[why]?.(at, to) ?? ''}
    it is written as todo; put it in other words, or write the rule by hand`,
  'rule-taken': ({ id, taken }) => `${id}: ${taken.en}
    confirm it with the paper`,
  'rules-counted': ({ understood, todo, left }) =>
    `${understood} criteria understood, ${todo} still todo${left > 0 ? `, ${left} rows without a maximum` : ''}`,
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
  },
};
