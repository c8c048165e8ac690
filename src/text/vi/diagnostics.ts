import type { DiagnosticTexts, HelpTexts } from '../messages.js';
import { pieceText, placeWords } from '../numbers.js';
import { viAnalysisDiagnostics } from './analysis-diagnostics.js';
import { viFileDiagnostics } from './file-diagnostics.js';
import { viHelp } from './help.js';
import { viLabels } from './labels.js';
import { viPaperDiagnostics } from './papers.js';
import { column, example, list, meant, name, num } from './wording.js';

const within = (min: number | undefined, max: number | undefined): string | undefined => {
  if (max === undefined) return min === undefined ? undefined : `ít nhất ${num(min)}`;
  return min === undefined ? `nhiều nhất ${num(max)}` : `từ ${num(min)} đến ${num(max)}`;
};
const expectedWords: Record<string, string> = {
  string: 'một đoạn văn bản',
  object: 'các cặp khóa: giá trị',
  record: 'các cặp khóa: giá trị',
  array: 'một danh sách',
  number: 'một số',
  text: 'một đoạn văn bản',
  id: 'một mã gồm chữ và số, nối bằng . - hoặc _',
};
/** Dạng của các tùy chọn `TÊN=…`, và một ví dụ. */
const assignmentForms: Readonly<Record<string, readonly [string, string]>> = {
  '--uncertain': ['MÃ=THẤP..CAO', '7.3.2=40..70'],
  '--target': ['MÃ=TỶ_LỆ', '7.3.2=60%'],
  '--max-criterion': ['MÃ=ĐIỂM', '7.3.2=0.5'],
  '--max-owner': ['ĐƠN_VỊ=ĐIỂM', '"Phòng Nội vụ=2"'],
};
const kindSaid = (kind: string) =>
  ({
    nothing: 'để trống',
    list: 'là một danh sách',
    map: 'là các cặp khóa: giá trị',
    text: 'là một giá trị đơn',
  })[kind] ?? kind;

/** Dấu gạch trong ô có thể là không có gì, chưa có số liệu hoặc không áp dụng: gợi ý nêu cả ba. */
const unlessDash = (value: string, hint: string | undefined): string | undefined =>
  /^[-–—]+$/.test(value)
    ? "dấu gạch có nhiều nghĩa: ghi 0 nếu không có, để trống nếu chưa có số liệu, hoặc ghi 'không áp dụng'"
    : hint;

const UNWRITABLE: Record<string, string> = {
  ENOENT: 'thư mục chưa có; hãy tạo trước',
  ENOTDIR: 'một phần của đường dẫn là tệp, không phải thư mục',
  EISDIR: 'đây là thư mục; hãy nêu tên tệp trong đó',
  EACCES: 'không có quyền ghi ở đây',
  ENOSPC: 'ổ đĩa đã đầy',
  ENXIO: 'không có chương trình nào đọc đường ống này',
};

/** Words of diagnostics, in Vietnamese. */
export const viDiagnostics: DiagnosticTexts = {
  ...viFileDiagnostics,
  ...viPaperDiagnostics,
  ...viAnalysisDiagnostics,
  'wrong-type': (p) => ({
    message: `cần ${expectedWords[p.expected] ?? p.expected}, nhưng ở đây ${kindSaid(p.value)}`,
  }),
  'missing-key': ({ key }, inTable) => ({
    message: `thiếu ${column(key, inTable)}`,
    ...(key === 'catalogue' && { hint: 'hoặc nêu bộ tiêu chí bằng --catalogue' }),
    ...(inTable && key === 'unit' && { hint: "thêm cột, hoặc một dòng phía trên bảng: 'Đơn vị: Xã A'" }),
    ...(inTable && key === 'year' && { hint: "thêm cột, hoặc một dòng phía trên bảng: 'Năm: 2025'" }),
  }),
  'unknown-key': ({ key, suggestion, options }) => ({
    message: `khóa không có trong mẫu: '${key}'`,
    hint: meant(suggestion) ?? (options && `các khóa dùng được ở đây: ${options.join(', ')}`),
  }),
  'not-one-of': (p) => ({
    message: `'${p.value}' không thuộc ${list(p.options)}`,
    hint: meant(p.suggestion),
  }),
  'not-a-number': (p) => ({
    message: `'${p.value}' không phải là số${p.whole ? ' nguyên' : ''}`,
    hint: p.whole ? 'viết như 12' : 'viết như 12 hoặc 12.5 (dấu chấm thập phân)',
  }),
  'bad-date': (p) => ({
    message: `'${p.value}' không phải ngày`,
    hint: p.due
      ? 'viết ngày và tháng, như 15/01; hoặc cả ngày tháng năm, như 15/01/2026'
      : 'viết như 14/02/2023 hoặc 2023-02-14',
  }),
  'out-of-range': ({ value: x, min, max, above, year }) => ({
    message: `${year ? x : num(x)} nằm ngoài khoảng cho phép`,
    hint: year
      ? `từ ${min} đến ${max}`
      : above === undefined
        ? within(min, max)
        : `cần lớn hơn ${num(above)}`,
  }),
  'too-short': ({ least }) => ({ message: least === 1 ? 'không được để trống' : `cần ít nhất ${least}` }),
  'provenance-incomplete': ({ provenance, wants }) => ({
    message: `con số '${provenance}' cần có '${wants}'`,
    hint: 'stated cần source; inferred cần working; assumed cần reason',
  }),
  'provenance-missing': ({ what }) => ({
    message: `'${what}' không cho biết căn cứ (provenance)`,
    hint: "thêm 'provenance: stated' kèm source, 'inferred' kèm working, hoặc 'assumed' kèm reason",
  }),
  'bad-bounds': ({ value: x }) => ({
    message: `các ngưỡng không khớp nhau: ${x}`,
    hint: 'ít nhất một ngưỡng; một dưới, một trên; ngưỡng dưới nhỏ hơn ngưỡng trên',
  }),
  'duplicate-id': ({ id }) => ({ message: `'${id}' xuất hiện hai lần` }),
  'unknown-field': (p) => ({ message: `không có lĩnh vực '${p.value}'`, hint: meant(p.suggestion) }),
  'unknown-owner': (p) => ({ message: `không có đơn vị chủ trì '${p.value}'`, hint: meant(p.suggestion) }),
  'unknown-source': (p) => ({ message: `không có nguồn '${p.value}'`, hint: meant(p.suggestion) }),
  'points-above-max': (p) => ({
    message: `cách tính có thể cho ${num(p.value)} điểm, cao hơn điểm chuẩn ${num(p.max)}`,
  }),
  'max-unreachable': ({ best, max }) => ({
    message: `cách tính cho nhiều nhất ${num(best)} điểm; không thể đạt điểm chuẩn ${num(max)}`,
  }),
  'maxima-exceed-scale': ({ sum, scale }) => ({
    message: `tổng điểm chuẩn là ${num(sum)}, vượt thang điểm ${num(scale)}`,
  }),
  'maxima-below-scale': ({ sum, scale }) => ({
    message: `tổng điểm chuẩn là ${num(sum)}, thấp hơn thang điểm ${num(scale)}`,
    hint: "liệt kê phần còn lại, hoặc thêm 'not_listed'",
  }),
  'too-precise': (p) => ({ message: `${num(p.value)} có quá ${p.decimals} chữ số thập phân` }),
  'order-of-knots': ({ before, after }) => ({
    message: `các mốc phải tăng dần: ${num(after)} đứng sau ${num(before)}`,
  }),
  'choose-one': ({ keys }) => ({ message: `hãy ghi đúng một trong: ${keys.join(', ')}` }),
  'measure-unread': ({ kind }) => ({
    message: `cách tính '${kind}' không dùng số liệu của measure`,
    hint: 'hãy ghi measure ở cách tính đo bằng một con số, hoặc ở thành phần của sum, min',
  }),
  'tier-open': () => ({
    message: 'bậc có điểm thay đổi dần nhưng chưa nêu đủ hai ngưỡng',
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
  'examples-relative': ({ id, at }) => ({
    message: `${id}: chưa ghi ví dụ cho ${at.join(', ')}`,
    hint: 'cách tính so với mục tiêu, năm trước hoặc cả nhóm, mà ví dụ chỉ có một giá trị thì không nêu được',
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
  'unknown-catalogue': (p) => ({
    message: `không có bộ tiêu chí '${p.value}'`,
    hint: meant(p.suggestion) ?? `có sẵn: ${list(p.options)}; hoặc ghi đường dẫn đến tệp`,
  }),
  'unknown-criterion': (p) => ({
    message: `bộ tiêu chí không có tiêu chí '${p.value}'`,
    hint: p.dated
      ? `đây là một ngày: có thể bảng tính đã đổi mã (${p.dated.join(' hoặc ')}) thành ngày khi gõ; hãy định dạng ô là Văn bản rồi gõ lại mã`
      : (meant(p.suggestion) ?? "xem danh sách bằng 'cchc criteria'"),
  }),
  'id-read-as-number': (p) => ({
    message: `bộ tiêu chí không có tiêu chí '${p.value}'`,
    hint: "có thể đã mất số 0 ở cuối: mã là văn bản, hãy đặt trong dấu nháy, như '1.10'",
  }),
  // '1.187' read as 1.187 would say nothing: without the mark between thousands.
  'read-as': ({ value: x, meaning }) => ({
    message: `'${x}' được hiểu là ${num(meaning) === x ? meaning : num(meaning)}`,
  }),
  'read-as-days': ({ value: x, days, due }) => ({
    message: `'${x}' được hiểu là ${days === 0 ? 'đúng hạn' : `${days > 0 ? 'chậm' : 'sớm'} ${Math.abs(days)} ngày`} so với hạn ${due}`,
    hint: `nếu là ngày, hãy ghi như ${due}`,
  }),
  'no-value': ({ id }, inTable) => ({
    message: `${id} không có giá trị`,
    hint: `ghi ${name('value', inTable)}, ${name('done', inTable)} và ${name('total', inTable)}, ${name('deducted', inTable)}, ${name('exempt', inTable)} hoặc ${name('not_applicable', inTable)}; hoặc bỏ tiêu chí ra (chưa biết)`,
  }),
  'two-values': ({ id, keys }, inTable) => ({
    message: `${id} có nhiều giá trị: ${keys.map((key) => name(key, inTable)).join(', ')}`,
    hint: keys.includes('exempt') ? 'nếu giải trình được chấp nhận thì bỏ giá trị' : 'chỉ giữ lại một',
  }),
  'unknown-part': (p) => ({
    message: `không có thành phần '${p.value}'; cách tính đếm ${list(p.options)}`,
    hint: meant(p.suggestion),
  }),
  'wants-number': (p) => ({
    message: `'${p.value}' không phải là số`,
    hint: unlessDash(p.value, 'viết như 12 hoặc 12,5'),
  }),
  'wants-integer': (p) => ({ message: `${num(p.value)} không phải số nguyên; chỉ tiêu này là số đếm` }),
  'wants-parts': ({ options }, inTable) => ({
    message: `cách tính này có nhiều chỉ tiêu: ${list(options)}`,
    hint: `ghi từng chỉ tiêu ở ${column('values', inTable)} hoặc ${column('parts', inTable)}`,
  }),
  'bad-percent': (p) => ({
    message: `'${p.value}' không phải tỷ lệ phần trăm`,
    hint: unlessDash(p.value, 'viết như 99,2 hoặc 99,2%'),
  }),
  'ambiguous-number': (p) => ({
    message: `'${p.value}' có hai cách hiểu: ${num(p.thousands)} hoặc ${num(p.decimal)}`,
    hint: 'viết không có dấu phân cách nghìn, hoặc với số chữ số thập phân khác ba',
  }),
  'percent-on-count': (p) => ({ message: `'${p.value}' là tỷ lệ phần trăm; chỉ tiêu này là số đếm` }),
  'percent-on-points': (p) => ({
    message: `'${p.value}' là tỷ lệ phần trăm; ở đây cần số điểm`,
    hint: 'chỉ ghi số điểm, như 0,5',
  }),
  'unclear-answer': (p) => ({
    message: `'${p.value}' không rõ là có hay không`,
    hint: 'ghi Có hoặc Không, hoặc để trống; nếu giải trình được chấp nhận thì ghi văn bản làm căn cứ',
  }),
  'unclear-status': (p) => ({
    message: `'${p.value}' không nói rõ giải trình đã được chấp nhận`,
    hint: "ghi 'giải trình', hoặc 'giải trình: VĂN BẢN' khi đã được chấp nhận; nếu không thì ghi giá trị",
  }),
  'below-range': (p) => ({ message: `${num(p.value)} nhỏ hơn ${num(p.min)}` }),
  'above-range': (p) => ({ message: `${num(p.value)} lớn hơn ${num(p.max)}` }),
  'looks-like-ratio': (p) => ({
    message: `'${p.value}' có hai cách hiểu: ${num(p.value)}% hoặc ${num(p.asPercent)}%`,
    hint: `ghi rõ dấu phần trăm: ${num(p.value)}% hoặc ${num(p.asPercent)}%`,
  }),
  'not-a-level': (p) => ({
    message: `'${p.value}' không thuộc ${list(p.options)}`,
    hint: unlessDash(p.value, meant(p.suggestion)),
  }),
  'zero-total': ({ id }, inTable) => ({
    message: `${id}: tổng số bằng 0 nên không có tỷ lệ`,
    hint: `ghi ${name('not_applicable', inTable)}, hoặc bỏ tiêu chí ra`,
  }),
  'done-over-total': ({ done, total }) => ({
    message: `đã làm ${num(done)} trên tổng số ${num(total)}: nhiều hơn tổng số`,
  }),
  'ratio-on-wrong-rule': ({ id }, inTable) => ({
    message: `${id} không phải tỷ lệ phần trăm nên không dùng ${name('done', inTable)} và ${name('total', inTable)}`,
    hint: `ghi ở ${column('value', inTable)}`,
  }),
  'deduction-impossible': (p) => ({
    message: `trừ ${num(p.value)} điểm là nhiều hơn mức tiêu chí có thể mất (điểm chuẩn ${num(p.max)})`,
  }),
  'deduction-off-rule': ({ id, value: x }) => ({
    message: `${id}: theo cách tính, không giá trị nào bị trừ ${num(x)} điểm`,
  }),
  'deduction-negative': (p) => ({
    message: `điểm trừ không thể âm: ${num(p.value)}`,
    hint: 'ghi số điểm bị mất, như 0,8042',
  }),
  'rule-disagrees': ({ id, published, byRule }) => ({
    message: `${id}: đã công bố trừ ${num(published)} điểm, nhưng theo cách tính giá trị này bị trừ ${num(byRule)} điểm`,
    hint: 'số đã công bố được dùng; hãy kiểm tra giá trị hoặc cách tính',
  }),
  'points-differ': ({ id, given, points, byRule }) => ({
    message: `${id}: điểm ${given === 'self_scored' ? 'tự chấm' : 'thẩm định'} là ${num(points)}, nhưng theo cách tính là ${num(byRule)}`,
  }),
  'max-differs': ({ id, given, max }) => ({
    message: `${id}: bảng ghi điểm chuẩn ${num(given)}, bộ tiêu chí ghi ${num(max)}`,
  }),
  'not-exemptible': ({ id }) => ({
    message: `${id}: bộ tiêu chí không có quy định giải trình cho tiêu chí này`,
  }),
  'other-year': ({ reading, catalogue }) => ({
    message: `số liệu của năm ${reading}, bộ tiêu chí của năm ${catalogue}`,
  }),
  'value-incomplete': ({ id, given, missing }) => ({
    message: `${id} còn thiếu ${list(missing)}`,
    hint: `tiêu chí vẫn là chưa biết; ${given.length > 0 ? `chưa dùng ${list(given)} khi chưa đủ` : 'cần đủ các giá trị'}`,
  }),
  'unknown-values': ({ ids }) => ({
    message: `chưa có giá trị cho ${ids.join(', ')}`,
    hint: 'thiếu là chưa biết, không phải bằng 0: điểm trở thành một khoảng',
  }),
  'assumed-number': ({ id, named, value }) => ({
    message: `${id}: ${named} = ${num(value)} là giả định, mà --strict không nhận số giả định`,
  }),
  'unknown-code': (p) => ({
    message: `không có thông báo nào mang mã '${p.value}'`,
    hint: meant(p.suggestion) ?? "xem docs/diagnostics.md; 'check' ghi mã bên cạnh từng thông báo",
  }),
  'waiver-expired': ({ code, id, reason, until }) => ({
    message: `việc chấp nhận ${code}${id === null ? '' : ` của ${id}`} đã hết hạn ngày ${until} (${reason})`,
    hint: 'xử lý nội dung đó, hoặc quyết định lại và ghi ngày muộn hơn',
  }),
  'waiver-of-error': ({ code }) => ({
    message: `${code} ở đây là lỗi nên không thể chấp nhận`,
    hint: 'chỉ chấp nhận được cảnh báo và ghi chú; hãy sửa lỗi rồi bỏ mục này',
  }),
  'gate-failed': ({ gate, actual, limit }) => ({
    message: `không đạt ngưỡng ${gate}: thực tế ${actual}, mức cho phép ${limit}`,
  }),
  'evidence-missing': ({ id, wants }) => ({
    message: `${id} chưa có tài liệu kiểm chứng`,
    hint: wants ? `cần: ${wants.vi}` : undefined,
  }),
  'evidence-not-found': ({ file }) => ({ message: `không có tệp tài liệu kiểm chứng ${file}` }),
  'moved-far': ({ id, before, after }) => ({
    message: `${id} thay đổi từ ${num(before)} sang ${num(after)}`,
    hint: 'có nhầm dấu thập phân không? hãy kiểm tra giá trị',
  }),
  'no-files': ({ patterns }) => ({ message: `không có tệp nào khớp ${patterns.join(', ')}` }),
  'bad-number-option': ({ option, value: x, least, most, whole, sample }) => ({
    message: `${option}: '${x}' không phải số${whole ? ' nguyên' : ''} ${
      most === null
        ? `từ ${num(least)} trở lên`
        : option === '--year'
          ? `từ ${least} đến ${most}`
          : `từ ${num(least)} đến ${num(most)}`
    }`,
    hint: `ví dụ ${option} ${sample}`,
  }),
  usage: ({ reason }) => ({ message: reason }),
  'unknown-option': ({ value: x, suggestion, of }) =>
    of
      ? { message: `tùy chọn '${x}' chỉ dùng với ${of.join(', ')}` }
      : { message: `không có tùy chọn '${x}'`, hint: meant(suggestion) },
  'unknown-command': (p) => ({
    message: `không có lệnh '${p.value}'`,
    hint: meant(p.suggestion) ?? "xem các lệnh bằng 'cchc --help'",
  }),
  'bad-choice': (p) => ({
    message: `${p.option}: '${p.value}' không thuộc ${list(p.options)}`,
    hint: meant(p.suggestion),
  }),
  'bad-assignment': ({ option, value: x }) => {
    const [form, sample] = assignmentForms[option] ?? ['MÃ=GIÁ_TRỊ', '7.3.2=60%'];
    return { message: `${option}: '${x}' không có dạng ${form}`, hint: `ví dụ ${option} ${sample}` };
  },
  'bad-rivals': (p) => ({
    message: `'${p.value}' không phải thay đổi của đơn vị khác`,
    hint: 'ví dụ --rivals +1.5 hoặc --rivals "Huyện Đông Sơn=-2"',
  }),
  'missing-argument': ({ name, argument }) => ({
    message: `thiếu '${name}'`,
    hint: argument && viHelp.argument[argument as keyof HelpTexts['argument']],
  }),
  'missing-option-value': ({ option, value: x }) =>
    x === undefined
      ? { message: `${option} cần một giá trị` }
      : {
          message: `${option} cần một giá trị, mà '${x}' là một tùy chọn`,
          hint: `viết ${option}=${x} nếu đó đúng là giá trị`,
        },
  'too-many-arguments': (p) => ({ message: `có ${p.value} đối số, chỉ cần ${p.expected}` }),
  'needs-option': ({ option, options }) => ({
    message: `cần có ${option}`,
    hint: options && `một trong ${options.join(', ')}`,
  }),
  'output-exists': ({ file }) => ({ message: `${file} đã có`, hint: 'dùng --force để ghi đè' }),
  'choose-catalogue': ({ options }) => ({
    message: 'dùng bộ tiêu chí nào?',
    list: options.map(({ id, name, level, years: { from, to } }) => {
      const years = to === null ? `từ năm ${from}` : from === to ? `năm ${from}` : `năm ${from}–${to}`;
      return [id, level?.vi, years, name.vi].filter(Boolean).join(' · ');
    }),
    hint: 'chọn bằng --catalogue, theo mã hoặc tệp của đơn vị mình',
  }),
  'output-ending': ({ file, options }) => ({
    message: `phần đuôi của ${file} không phải định dạng ghi được ở đây`,
    hint: `đuôi tệp: ${options.map((k) => `.${k}`).join(', ')}`,
  }),
  'output-unwritable': ({ file, reason }) => ({
    message: `không ghi được ${file} (${reason})`,
    hint: UNWRITABLE[reason],
  }),
  'one-relative-part': (p) => ({
    message: `'${p.key}': mỗi tiêu chí chỉ một chỉ tiêu được tính theo mức giao và đơn vị dẫn đầu`,
    hint: 'tách thành các tiêu chí riêng',
  }),
  'needs-target': ({ id }, inTable) => ({
    message: `${id} chấm theo chỉ tiêu riêng của đơn vị, nhưng số liệu không nêu`,
    hint: `ví dụ ${example({ value: '900', target: '1000' }, inTable)}`,
  }),
  'needs-leader': ({ id }, inTable) => ({
    message: `${id} vượt chỉ tiêu, điểm khi đó tùy vào đơn vị dẫn đầu nhóm mà ở đây chưa biết`,
    hint: `hãy ghi ${name('leader', inTable)}: GIÁ_TRỊ, hoặc nêu số liệu của cả nhóm`,
  }),
  'outside-validity': ({ year, from, to }) => ({
    message: `bộ tiêu chí áp dụng ${to === null ? `từ năm ${from}` : `từ năm ${from} đến năm ${to}`}, không gồm năm ${year}`,
  }),
  'field-circle': ({ id }) => ({ message: `lĩnh vực '${id}' lại thuộc về chính nó` }),
  'extends-circle': ({ files }) => ({
    message: `các bộ tiêu chí kế thừa lẫn nhau thành vòng: ${files.join(' → ')}`,
  }),
  'field-sum': ({ id, sum, max }) => ({
    message: `các tiêu chí của lĩnh vực ${id} cộng lại là ${num(sum)}, không phải ${num(max)}`,
  }),
  'ids-collide': ({ id, other }) => ({
    message: `bảng tính đọc ${id} và ${other} thành cùng một số`,
    hint: 'giữ mã ở dạng văn bản, hoặc đánh số khác đi',
  }),
  'owner-unused': ({ owner }) => ({ message: `không tiêu chí nào nêu '${owner}'` }),
  'no-translation': ({ id, keys }) => ({ message: `${id} chưa có tiếng Anh: ${keys.join(', ')}` }),
  'threshold-unsourced': ({ id, numbers }) => ({
    message: `${id}: không nguồn nào nêu ${numbers.map((n) => placeWords(n, viLabels)).join('; ')}`,
  }),
  'tiers-overlap': ({ id, at }) => ({
    message: `${id}: hai mức cùng chứa ${num(at)}; mức đứng trước được dùng`,
    hint: "dùng 'below' ở nơi mức sau bắt đầu",
  }),
  'tiers-gap': ({ id, from, to }) => ({
    message: `${id}: không mức nào chứa khoảng giữa ${num(from)} và ${num(to)}`,
    hint: "khoảng đó rơi vào 'otherwise'",
  }),
  'not-monotone': ({ id }) => ({ message: `${id}: giá trị tăng mà điểm lúc tăng lúc giảm` }),
  'points-unreachable': ({ id, points }) => ({
    message: `${id}: không giá trị nào được ${num(points)} điểm`,
  }),
  'unknown-action-word': (p) => ({
    message: `'${p.value}' không thuộc ${list(p.options)}`,
    hint: meant(p.suggestion),
  }),
};
