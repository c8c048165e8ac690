import type { DiagnosticTexts } from '../index.js';
import { list, num } from './wording.js';

/** Why sentences that are understood make no rule together. */
const TODO_WHY: Record<string, (at: number, to: number) => string> = {
  hole: (at, to) =>
    at === to ? `; không nêu điểm tại ${num(at)}` : `; không nêu điểm giữa ${num(at)} và ${num(to)}`,
  contradiction: (at) => `; ${num(at)} thuộc hai bậc khác điểm nhau`,
  top: (at) => `; không nêu điểm từ ${num(at)} trở đi`,
  max: () => '; các mức không khớp với điểm tối đa',
  none: () => '; bảng không nêu cách tính',
};

/** Words of what is found in papers (letters, official tables, rankings), in Vietnamese. */
export const viPaperDiagnostics = {
  'macros-ignored': ({ file }) => `${file} có macro; macro không được chạy, không được đọc`,
  'not-a-document': ({ file, reason }) =>
    `${
      reason === 'not-word'
        ? `${file} không phải tệp Word (.docx)`
        : reason === 'encrypted'
          ? `${file} có mật khẩu`
          : `${file} là tệp Word bị hỏng (${reason})`
    }
    hãy mở bằng Word và lưu lại dưới dạng .docx, không đặt mật khẩu`,
  'not-a-letter': ({ file }) => `${file} không nêu tiêu chí nào bị trừ điểm
    công văn cần có câu như 'Tiêu chí 1.3.3 (…) trừ 0,5 điểm'; bảng xếp hạng thì dùng --league`,
  'letter-lacks': ({ what, option }) =>
    `công văn không nêu rõ ${{ unit: 'đơn vị', year: 'năm của chỉ số', rank: "hạng (như 'xếp thứ 21/27')" }[what]}
    ${option === '' ? '' : `hãy cho biết bằng ${option}`}`,
  'letter-partial': ({ score, lost, scale }) =>
    `công văn nêu điểm đạt ${num(score)}/${num(scale)} nhưng chỉ liệt kê ${num(lost)} điểm bị trừ
    trong bộ tiêu chí nháp, các tiêu chí không nêu là một tiêu chí, mã khong-neu, để tổng điểm đúng như công văn nêu`,
  'letter-exceeds': ({ score, lost, scale }) =>
    `công văn nêu điểm đạt ${num(score)}/${num(scale)} mà lại liệt kê ${num(lost)} điểm bị trừ
    vì vậy bộ tiêu chí nháp chưa cho điểm như công văn nêu: bỏ dòng không phải điểm trừ, hoặc để ngoài thang điểm phần không thuộc thang`,
  'league-from-before': ({ file }) =>
    `${file} là tệp có từ trước: công văn này không nêu thứ hạng nên không lập bảng xếp hạng
    xóa tệp đó, hoặc để mỗi công văn trong một thư mục riêng`,
  'letter-sum': ({ stated, sum }) =>
    `công văn nêu tổng điểm trừ là ${num(stated)}, các tiêu chí cộng lại là ${num(sum)}`,
  'letter-loss-unclear': ({ value, points }) =>
    `${
      points === '?'
        ? `không rõ số điểm bị trừ: '${value}'`
        : `không rõ ${num(points)} điểm bị trừ là của tiêu chí nào: '${value}'`
    }
    không đưa vào số liệu; hãy ghi thêm bằng tay nếu cần`,
  'letter-line-unused': ({ value, points }) =>
    `${points === '?' ? `chưa dùng dòng '${value}'` : `chưa dùng ${num(points)} điểm ở dòng '${value}'`}
    nếu là điểm bị trừ, hãy ghi thêm bằng tay`,
  'news-size': ({ least }) =>
    `bài viết không nêu số đơn vị được xếp hạng; tạm lấy ${least}, số ít nhất có thể có
    hãy ghi số đơn vị vào mục size của tệp bảng xếp hạng`,
  'news-unclear': ({ value }) => `không rõ điểm hoặc hạng nào là của đơn vị nào: '${value}'
    câu này được bỏ qua; hãy ghi thêm bằng tay nếu cần`,
  'no-ranking': ({
    file,
    columns,
  }) => `${file} không có điểm hay hạng của đơn vị nào${columns.length === 0 ? '' : `; các cột thấy được: ${list(columns)}`}
    bảng cần có cột 'Đơn vị' và cột 'Điểm' hoặc 'Xếp hạng'`,
  'no-text': ({ file }) => `${file} là PDF; công cụ không đọc chữ trong PDF, bản quét lại càng không có chữ
    hãy lấy bản Word (.docx) hoặc Excel của văn bản; với bản quét, chạy nhận dạng chữ (OCR) rồi lưu thành .docx hoặc .txt và soát lại số liệu`,
  'table-head-unknown': ({ columns }) =>
    `${
      columns.length === 0
        ? 'không thấy bảng tiêu chí nào'
        : `không rõ cột nào là tiêu chí, điểm tối đa, cách tính; các cột thấy được: ${list(columns)}`
    }
    đầu bảng cần có cột như 'STT', 'Tiêu chí', 'Điểm tối đa', 'Cách tính điểm'`,
  'list-number-unread': ({ paragraphs, value }) =>
    `${paragraphs} đoạn có số thứ tự tự động của Word mà công cụ không đọc được, như '${value}'
    gõ số thứ tự thành chữ trong tệp Word rồi đọc lại`,
  'columns-unused': ({ columns }) => `các cột không dùng đến: ${list(columns)}`,
  'table-empty': ({ rows }) => `bảng có ${rows} dòng nhưng không dòng nào là tiêu chí có điểm tối đa`,
  'table-not-used': ({ rows }) => `một bảng khác (${rows} dòng) không được dùng
    nếu là phần tiếp theo của bảng trên thì cần cùng số cột hoặc cùng dòng tiêu đề (bảng xếp hạng: thứ hạng cũng tiếp theo); nếu là bảng khác cần dùng thì tách thành tệp riêng`,
  'row-unread': ({ value }) => `dòng không được dùng đến: '${value}'`,
  'deduction-unread': ({ id, value }) => `${id} là điểm trừ ngoài thang điểm, chưa hiểu cách trừ: '${value}'
    tiêu chí này chưa được đưa vào; viết lại cách trừ (như 'mỗi trường hợp trừ 0,5 điểm') hoặc ghi tiêu chí bằng tay`,
  'row-without-max': ({ id, value }) =>
    `${value === '' ? `${id} không có điểm tối đa` : `${id}: điểm tối đa '${value}' không phải là số dương`}
    tiêu chí này chưa được đưa vào`,
  'phrase-todo': ({ id, value, why, at, to }) =>
    `${id} chưa hiểu cách tính: '${value}'${TODO_WHY[why]?.(at, to) ?? ''}
    tiêu chí được ghi là todo; viết lại cách tính hoặc ghi rule bằng tay`,
  'rule-taken': ({ id, taken }) => `${id}: ${taken.vi}
    hãy xác nhận với văn bản`,
  'rules-counted': ({ understood, todo, left }) =>
    `${understood} tiêu chí đã hiểu cách tính, ${todo} tiêu chí còn phải làm (todo)${left > 0 ? `, ${left} dòng không có điểm tối đa` : ''}`,
} satisfies Partial<DiagnosticTexts>;

/** Labels of what is read from papers, in Vietnamese. */
export const viPaperLabels = {
  imported: {
    losses: 'Điểm trừ',
    lossesText: (count: number, points: string) => `${count} tiêu chí bị trừ, cộng ${points} điểm`,
    report: 'Văn bản công bố',
    rules: 'Cách tính',
    rulesText: (stated: number, todo: number) =>
      `${stated} tiêu chí có ngưỡng trong công văn, ${todo} còn phải làm (todo)`,
    size: 'Số đơn vị đã biết',
  },
  review: {
    title: 'Phiếu rà soát cách tính điểm',
    guide:
      'Đối chiếu từng dòng với văn bản. Chỗ hiểu sai: ghi lại cách tính vào cột Sửa lại, bằng câu chữ của văn bản; chỗ đúng: ký xác nhận. Sau đó đọc lại phiếu này: cchc catalogue new --from.',
    guidePrinted:
      'Đối chiếu từng dòng với văn bản. Chỗ hiểu sai: ghi lại cách tính vào cột Sửa lại, bằng câu chữ của văn bản; chỗ đúng: ký xác nhận. Bản này để in và ký; công cụ chỉ đọc lại bản Excel (--review ra-soat.xlsx).',
    todo: 'chưa hiểu: xin viết lại cách tính',
  },
};
