import type { DiagnosticTexts } from '../messages.js';
import { localized } from '../numbers.js';

const num = (text: string | number) => localized(text, 'vi');

/** Thông báo về đánh giá rủi ro. */
export const viRiskDiagnostics = {
  'bad-spread': ({ found }) => ({
    message: `'${found}' không nói rõ giá trị có thể ở đâu`,
    hint: "ghi THẤP..CAO, ví dụ 50..70, hoặc THẤP..KHẢ_NĂNG_CAO_NHẤT..CAO, ví dụ 40..55..70, tăng dần; 'beta' khi số liệu có số đếm; trong tệp dự kiến còn có uniform, triangular, normal, beta, last_change, chances",
  }),
  'chances-sum': ({ sum }) => ({
    message: `tổng xác suất là ${num(sum)}, không phải 1`,
    hint: 'ghi xác suất của từng giá trị, từ 0 đến 1',
  }),
  'spread-on-level': ({ id, levels: [one, other = one] }) => ({
    message: `${id} chấm theo mức xếp loại nên không thể nằm trong một khoảng số`,
    hint: `ghi xác suất từng mức trong tệp dự kiến (--outlook): {chances: {${one}: 0.6, ${other}: 0.4}}`,
  }),
  'last-change-needs-value': ({ id }) => ({
    message: `${id}: cần giá trị xuất phát để tính mức thay đổi, nhưng số liệu không có`,
    hint: 'hãy dùng {normal: {mean, sd}}',
  }),
  'counts-needed': ({ id }) => ({
    message: `${id} không có số đếm trong số liệu nên không lập được phân phối beta`,
    hint: 'hãy ghi số đã làm (done) và tổng số (total) trong số liệu, hoặc chọn cách khác',
  }),
  'risk-needs-values': ({ ids }) => ({
    message: `cả số liệu lẫn tệp triển vọng đều chưa có giá trị: ${ids.join(', ')}`,
    hint: 'hãy ghi giá trị, hoặc khoảng có thể bằng --uncertain MÃ=THẤP..CAO',
  }),
  'risk-not-applicable': ({ id }) => ({
    message: `${id} không áp dụng cho đơn vị nên không có gì chưa chắc chắn`,
  }),
  'risk-too-fine': ({ id }) => ({ message: `${id}: các con số của cách tính quá chi tiết để mô phỏng đúng` }),
  'risk-ties': ({ ties }) => ({
    message: `cách xếp khi bằng điểm '${ties}' phụ thuộc vào việc đơn vị nào bằng điểm, mà bảng chỉ biết một phần thì không xác định được`,
    hint: "dùng bảng có ties 'min' hoặc 'max'",
  }),
  'risk-rival-interval': ({ unit }) => ({
    message: `'${unit}' còn giá trị chưa biết nên không có xác suất`,
  }),
  'nothing-uncertain': () => ({
    message: 'không có gì chưa chắc chắn: mọi giá trị và mọi đơn vị khác đều đã biết',
    hint: 'nêu điều có thể thay đổi bằng --uncertain MÃ=THẤP..CAO hoặc --outlook TỆP',
  }),
  'stopped-early': ({ done, of }) => ({ message: `dừng sau ${num(done)} trên ${num(of)} lần mô phỏng` }),
} satisfies Partial<DiagnosticTexts>;
