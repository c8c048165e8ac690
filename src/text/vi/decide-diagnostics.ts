import type { DiagnosticTexts } from '../messages.js';

/** Words of what risk, pace, compare and league refuse, in Vietnamese. */
export const viDecideDiagnostics = {
  'bad-spread': ({ found }) => ({
    message: `'${found}' không nói rõ giá trị có thể ở đâu`,
    hint: 'một trong: 50..70, 40..55..70 (dễ xảy ra nhất ở giữa), uniform, triangular, normal, beta, last_change, chances',
  }),
  'chances-sum': ({ sum }) => ({
    message: `tổng xác suất là ${sum}, không phải 1`,
    hint: 'ghi xác suất của từng giá trị, từ 0 đến 1',
  }),
  'spread-on-level': ({ id }) => ({
    message: `${id} chấm theo mức nên không thể nằm trong một khoảng số`,
    hint: 'ghi xác suất từng mức: {chances: {Tốt: 0.6, Đạt yêu cầu: 0.4}}',
  }),
  'last-change-needs-value': ({ id }) => ({
    message: `${id}: cần giá trị xuất phát để tính mức thay đổi, nhưng số liệu không có`,
    hint: 'hãy dùng {normal: {mean, sd}}',
  }),
  'one-uncertain-indicator': ({ id }) => ({
    message: `${id}: cách tính gộp chỉ cho một chỉ tiêu chưa chắc chắn mỗi lần`,
  }),
  'counts-needed': ({ id }) => ({
    message: `${id} không có số đếm trong số liệu nên không lập được phân phối beta`,
    hint: 'hãy ghi {done, total} trong số liệu, hoặc chọn cách khác',
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
    message: `cách xếp khi bằng điểm '${ties}' tùy vào đơn vị nào bằng điểm, điều mà bảng biết một phần không cho biết`,
    hint: "dùng bảng có ties 'min' hoặc 'max'",
  }),
  'risk-rival-interval': ({ unit }) => ({
    message: `'${unit}' còn giá trị chưa biết, không gắn với xác suất nào`,
  }),
  'nothing-uncertain': () => ({
    message: 'không có gì chưa chắc chắn: mọi giá trị và mọi đơn vị khác đều đã biết',
    hint: 'nêu điều có thể thay đổi bằng --uncertain MÃ=THẤP..CAO hoặc --outlook TỆP',
  }),
  'stopped-early': ({ done, of }) => ({ message: `dừng sau ${done} trên ${of} lần mô phỏng` }),
  'no-counts': () => ({
    message: 'không chỉ tiêu nào có số đếm nên không tính được tiến độ',
    hint: 'hãy ghi {done: 600, total: 1000}, và expected: 2400 cho cả năm nếu biết',
  }),
  'date-outside-year': ({ found, year }) => ({ message: `${found} không thuộc năm ${year} của số liệu` }),
  'volume-below-total': ({ expected, total }) => ({
    message: `dự kiến cả năm ${expected} thấp hơn ${total} đã có`,
  }),
  'pace-target-on-other': ({ id }) => ({
    message: `${id} không có tỷ lệ từ số đếm nên không có mục tiêu tỷ lệ`,
  }),
  'compare-one': ({ found }) => ({
    message: `${found} số liệu thì không so sánh được`,
    hint: 'hãy nêu từ hai số liệu, hoặc dùng --self-score',
  }),
  'compare-leagues': ({ leagues, readings }) => ({
    message: `có ${leagues} bảng xếp hạng cho ${readings} số liệu`,
    hint: 'một bảng cho tất cả, hoặc mỗi số liệu một bảng',
  }),
  'no-self-score': ({ unit }) => ({
    message: `'${unit}' không có tiêu chí nào có cả điểm tự chấm và điểm thẩm định`,
  }),
  'no-png': () => ({
    message: 'bản một tệp không vẽ được PNG',
    hint: 'dùng svg, hoặc cài gói đầy đủ',
  }),
  'one-reading': ({ format, units }) => ({
    message: `${format} chỉ chứa một số liệu; đang có ${units.length}`,
    hint: `chọn bằng --unit: ${units.slice(0, 5).join(', ')}`,
  }),
  'league-needs-units': ({ found }) => ({ message: `xếp hạng cần từ hai đơn vị; chỉ có ${found}` }),
  'mixed-years': ({ years }) => ({
    message: `số liệu của nhiều năm: ${years.join(', ')}`,
    hint: 'chọn một năm bằng --year',
  }),
} satisfies Partial<DiagnosticTexts>;
