import type { DiagnosticTexts } from '../messages.js';
import { pieceText } from '../number-words.js';
import { meant, name, num } from './wording.js';

/** Words of what is wrong with the forms of rules and schemes, in Vietnamese. */
export const viFormDiagnostics = {
  'choose-one': ({ keys }) => ({ message: `hãy ghi đúng một trong: ${keys.join(', ')}` }),
  'measure-unread': ({ kind }) => ({
    message: `cách tính '${kind}' không dùng số liệu của measure`,
    hint: 'hãy ghi measure ở cách tính đo bằng một con số, hoặc ở thành phần của sum, min',
  }),
  'tier-open': () => ({
    message: 'bậc có điểm chạy từ đầu này đến đầu kia nhưng còn một đầu để ngỏ',
    hint: 'hãy ghi cả hai ngưỡng, ví dụ {at_least: 75, below: 95, points: {from: 0.5, to: 1.5}}',
  }),
  'due-without-date': ({ quantity }) => ({
    message: `hạn (due) chỉ dùng cho ngày, không dùng cho ${quantity}`,
    hint: 'hãy ghi quantity: date',
  }),
  'date-without-due': () => ({
    message: 'cách tính theo ngày cần có hạn',
    hint: 'ví dụ due: 15/01, year: next',
  }),
  'better-without-against': () => ({
    message: "'better' cho biết so sánh theo chiều nào, nhưng chưa nêu so với gì",
    hint: 'hãy ghi against: last_year, group_min, group_max, group_mean, group_rank hoặc group_share',
  }),
  'input-shared': ({ key }) => ({
    message: `hai phần dùng chung số liệu '${key}' nhưng đo khác nhau`,
    hint: 'hãy đặt tên số liệu riêng cho từng phần, hoặc dùng cùng một đại lượng',
  }),
  'part-needs-max': ({ key }) => ({
    message: `phần '${key}' có thể không áp dụng nên cần điểm chuẩn riêng`,
    hint: 'hãy ghi max: cạnh input',
  }),
  'rule-todo': ({ id }) => ({
    message: `${id}: chưa rõ cách tính nên giá trị chưa được điểm nào`,
    hint: 'tiêu chí để chưa biết; hãy ghi điểm thẩm định hoặc điểm trừ, hoặc viết cách tính',
  }),
  'needs-last-year': ({ id }, inTable) => ({
    message: `${id} chấm theo giá trị năm trước, ở đây chưa biết`,
    hint: `hãy ghi ${name('last_year', inTable)}: GIÁ_TRỊ, hoặc nêu cả số liệu năm trước của đơn vị`,
  }),
  'needs-group': ({ id }, inTable) => ({
    message: `${id} chấm theo các đơn vị trong nhóm, mà giá trị của nhóm chưa biết đủ`,
    hint: `hãy ghi ${name('group', inTable)}: [giá trị của các đơn vị khác], hoặc nêu số liệu của cả nhóm`,
  }),
  'risk-not-additive': () => ({
    message: 'chính điểm chuẩn thay đổi theo các giá trị chưa chắc: có điều kiện loại tiêu chí ra',
    hint: 'hãy so sánh từng trường hợp bằng whatif',
  }),
  'example-differs': ({ id, points, byRule }) => ({
    message: `${id}: ví dụ ghi ${num(points)} điểm, theo cách tính là ${num(byRule)}`,
    hint: 'hãy sửa cách tính hoặc ví dụ',
  }),
  'examples-missing': ({ id, at }) => ({
    message: `${id}: chưa có ví dụ cho ${at.map((a) => pieceText(a, 'vi')).join(', ')}`,
    hint: 'catalogue lint TỆP --fill ghi thêm các ví dụ này để cơ quan xác nhận',
  }),
  'examples-left': ({ ids }) => ({
    message: `chưa ghi được ví dụ của ${ids.join(', ')}`,
    hint: 'tiêu chí nằm ở tệp được kế thừa, hoặc viết trên một dòng: hãy tự thêm examples',
  }),
  'migrate-lost': ({ id, to }) => ({
    message:
      to === null
        ? `${id} không có chỗ trong bộ tiêu chí mới`
        : `giá trị của ${id} không hợp với cách tính của ${to}`,
    hint: 'đã bỏ ra',
  }),
  'migrate-new': ({ ids }) => ({ message: `chưa có giá trị: ${ids.join(', ')}` }),
  'requires-circle': ({ id }) => ({
    message: `${id} lại đòi hỏi chính nó qua các điều kiện`,
    hint: 'hãy bỏ bớt một điều kiện',
  }),
  'requires-input': ({ id, options }) => ({
    message: `điều kiện đặt cho ${id} không hợp với cách đo của tiêu chí đó`,
    hint:
      options.length > 0
        ? `giá trị số dùng at_least, mức xếp loại dùng is, tiêu chí có nhiều số liệu thì ghi input: (${options.join(', ')})`
        : 'tiêu chí đo bằng số: hãy ghi at_least, above, at_most hoặc below',
  }),
  'deducts-inside': ({ id }) => ({
    message: `${id} nằm trong thang điểm nên không trừ vào điểm khác`,
    hint: 'hãy ghi outside: true',
  }),
  'otherwise-without-units': () => ({
    message: "'otherwise' cho biết loại đơn vị khác được gì, nhưng chưa nêu loại đơn vị",
    hint: 'ví dụ units: [xã]',
  }),
  'adjustments-of-nothing': () => ({
    message: "'adjustments' giới hạn điểm thưởng, điểm phạt ngoài thang, nhưng không có tiêu chí nào như vậy",
    hint: 'hãy ghi outside: true ở tiêu chí thưởng hoặc phạt',
  }),
  'adjustment-over-most': ({ id, max, most }) => ({
    message: `${id} được cộng tới ${num(max)} điểm, mà mọi tiêu chí ngoài thang cộng lại không quá ${num(most)} điểm`,
    hint: 'hãy giảm max của tiêu chí hoặc tăng adjustments.most: phần vượt không bao giờ được tính',
  }),
  'kind-missing': ({ ids, options }, inTable) => ({
    message: `số liệu chưa cho biết loại đơn vị, mà ${ids.join(', ')} tùy vào loại đơn vị`,
    hint: `hãy ghi ${name('kind', inTable)}: ${options.join(' hoặc ')}`,
  }),
  'unknown-kind': ({ value: x, suggestion }) => ({
    message: `bộ tiêu chí không có loại đơn vị '${x}'`,
    hint: meant(suggestion),
  }),
  'not-for-unit': ({ id, kind }) => ({
    message: `${id} không chấm với loại đơn vị '${kind}'; giá trị này không được tính`,
  }),
  'wants-counts': ({ options }) => ({
    message: 'cần các số đếm có tên',
    hint: `ví dụ {counts: {${options.map((o) => `${o}: 10`).join(', ')}}}`,
  }),
} satisfies Partial<DiagnosticTexts>;
