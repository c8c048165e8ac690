import type { DiagnosticTexts, HelpTexts } from '../messages.js';
import { placeWords } from '../number-words.js';
import { viFileDiagnostics } from './file-diagnostics.js';
import { viFormDiagnostics } from './form-diagnostics.js';
import { viHelp } from './help.js';
import { viLabels } from './labels.js';
import { viLeagueDiagnostics } from './league-diagnostics.js';
import { viPaperDiagnostics } from './papers.js';
import { column, example, list, meant, name, num } from './wording.js';

const within = (min: number | undefined, max: number | undefined): string | undefined => {
  if (max === undefined) return min === undefined ? undefined : `cần lớn hơn ${num(min)}`;
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
const found = (kind: string) =>
  ({ nothing: 'không có gì', list: 'một danh sách', map: 'các cặp khóa: giá trị', text: 'một giá trị đơn' })[
    kind
  ] ?? kind;

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
  ...viPaperDiagnostics,
  ...viFileDiagnostics,
  ...viFormDiagnostics,
  'wrong-type': (p) => ({
    message: `cần ${expectedWords[p.expected] ?? p.expected}, nhưng thấy ${found(p.value)}`,
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
    hint: 'viết như 14/02/2023 hoặc 2023-02-14',
  }),
  'out-of-range': ({ value: x, min, max, year }) => ({
    message: `${year ? x : num(x)} nằm ngoài khoảng cho phép`,
    hint: year ? `từ ${min} đến ${max}` : within(min, max),
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
  'unknown-catalogue': (p) => ({
    message: `không có bộ tiêu chí '${p.value}'`,
    hint: meant(p.suggestion) ?? `có sẵn: ${list(p.known)}; hoặc ghi đường dẫn đến tệp`,
  }),
  'unknown-criterion': (p) => ({
    message: `bộ tiêu chí không có tiêu chí '${p.value}'`,
    hint: meant(p.suggestion) ?? "xem danh sách bằng 'cchc criteria'",
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
  'unknown-values': ({ ids }) => ({
    message: `chưa có giá trị cho ${ids.join(', ')}`,
    hint: 'thiếu là chưa biết, không phải bằng 0: điểm trở thành một khoảng',
  }),
  'assumed-number': ({ id, named, value }) => ({
    message: `${id}: ${named} = ${num(value)} là giả định, mà --strict không nhận số giả định`,
  }),
  ...viLeagueDiagnostics,
  'unknown-unit': (p) => ({ message: `không có đơn vị '${p.value}'`, hint: meant(p.suggestion) }),
  'unknown-year': ({ year, known }) => ({
    message: `không có số liệu năm ${year}`,
    hint: `có các năm: ${known.join(', ')}`,
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
  'unknown-action': (p) => ({
    message: `không có nhiệm vụ, giải pháp '${p.value}'`,
    hint: meant(p.suggestion),
  }),
  'action-not-applicable': ({ id }) => ({
    message: `${id}: nhiệm vụ, giải pháp không thể làm cho tiêu chí thành không áp dụng`,
  }),
  'plan-needs-values': ({ ids }) => ({
    message: `chưa lập được kế hoạch khi còn giá trị chưa biết: ${ids.join(', ')}`,
    hint: 'hãy ghi các giá trị đó vào số liệu, để biết còn thiếu bao nhiêu',
  }),
  'one-target': () => ({
    message: 'hãy nêu một mục tiêu',
    hint: '--target-score, --target-index hoặc --target-rank',
  }),
  'bad-assumption': (p) => ({
    message: `'${p.value}' không có dạng MÃ.max=THẤP..CAO`,
    hint: 'ví dụ --assume 7.3.2.max=1..2: hai điểm chuẩn lớn hơn 0, thấp trước cao sau, không quá tổng điểm',
  }),
  'assumption-not-open': ({ id }) => ({
    message: `điểm chuẩn của ${id} có nguồn nêu rõ nên không thay đổi`,
    hint: 'chỉ điểm chuẩn suy ra hoặc giả định mới cho thay đổi được',
  }),
  'assumption-over-rest': ({ id, most, scale }) => ({
    message: `điểm chuẩn của ${id} chỉ có thể đến ${num(most)}`,
    hint: `các tiêu chí khác đã chiếm phần còn lại của thang ${num(scale)} điểm; phần không nêu không giảm thêm được`,
  }),
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
  'needs-option': ({ option }) => ({ message: `cần có ${option}` }),
  'output-exists': ({ file }) => ({ message: `${file} đã có`, hint: 'dùng --force để ghi đè' }),
  'choose-catalogue': ({ known }) => ({
    message: 'dùng bộ tiêu chí nào?',
    list: known.map(({ id, name, level, years: { from, to } }) => {
      const years = to === null ? `từ năm ${from}` : from === to ? `năm ${from}` : `năm ${from}–${to}`;
      return [id, level?.vi, years, name.vi].filter(Boolean).join(' · ');
    }),
    hint: 'chọn bằng --catalogue, theo mã hoặc tệp của đơn vị mình',
  }),
  'output-ending': ({ file, known }) => ({
    message: `phần đuôi của ${file} không phải định dạng ghi được ở đây`,
    hint: `đuôi tệp: ${known.map((k) => `.${k}`).join(', ')}`,
  }),
  'output-unwritable': ({ file, reason }) => ({
    message: `không ghi được ${file} (${reason})`,
    hint: UNWRITABLE[reason],
  }),
  'no-counts': () => ({
    message: 'không chỉ tiêu nào có số đếm nên không tính được tiến độ',
    hint: 'hãy ghi số đã làm (done) và tổng số (total), và dự kiến cả năm (expected) nếu biết',
  }),
  'date-outside-year': ({ value, year }) => ({
    message: `${value} không thuộc năm ${year} của số liệu`,
    hint: `hãy nêu một ngày từ 01/01/${year} đến 31/12/${year}; ngày 31/12 cho kết quả cả năm`,
  }),
  'as-of-before-months': ({ value, ids, months }) => ({
    message: `${ids.join(', ')}: số liệu có đến tháng ${months}, sau ngày chốt ${value}`,
    hint: `hãy chốt từ tháng ${months} trở đi, hoặc bỏ các tháng sau ngày chốt`,
  }),
  'volume-below-total': ({ expected, total }) => ({
    message: `dự kiến cả năm ${num(expected)} thấp hơn ${num(total)} đã có`,
  }),
  'pace-target-on-other': ({ id }) => ({
    message: `${id} không có tỷ lệ từ số đếm nên không có mục tiêu tỷ lệ`,
  }),
  'compare-one': ({ value }) => ({
    message: `${value} bộ số liệu thì không so sánh được`,
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
  'years-needed': ({ unit }) => ({
    message: `biểu đồ các năm cần số liệu từ hai năm trở lên của ${unit}`,
    hint: 'hãy nêu thêm tệp số liệu của các năm khác',
  }),
  'league-needs-units': ({ value }) => ({ message: `xếp hạng cần từ hai đơn vị; chỉ có ${value}` }),
  'mixed-years': ({ years }) => ({
    message: `số liệu của nhiều năm: ${years.join(', ')}`,
    hint: 'chọn một năm bằng --year',
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
  'unit-circle': ({ unit }) => ({ message: `'${unit}' theo cấp trên lại thuộc về chính nó` }),
  'children-missing': ({ parent, units }) => ({
    message: `${parent}: thiếu số liệu của ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` và ${units.length - 5} đơn vị khác` : ''}`,
  }),
  'no-average': ({ id, units }, inTable) => ({
    message: `${id}: tỷ lệ không kèm số đếm thì không lấy trung bình (${units.join(', ')})`,
    hint: `hãy ghi ${name('done', inTable)} và ${name('total', inTable)} trong mọi số liệu`,
  }),
  'not-additive': ({ id, units }) => ({
    message: `${id} không cộng được giữa các đơn vị (${units.join(', ')}); để là chưa biết`,
  }),
  'unit-not-placed': ({ units }) => ({ message: `tệp đơn vị không nêu ${units.slice(0, 5).join(', ')}` }),
  'bad-spread': ({ value }) => ({
    message: `'${value}' không nói rõ giá trị có thể ở đâu`,
    hint: "ghi THẤP..CAO, ví dụ 50..70, hoặc THẤP..KHẢ_NĂNG_CAO_NHẤT..CAO, ví dụ 40..55..70, tăng dần; 'beta' khi số liệu có số đếm; trong tệp dự báo còn có uniform, triangular, normal, beta, last_change, chances",
  }),
  'chances-sum': ({ sum }) => ({
    message: `tổng xác suất là ${num(sum)}, không phải 1`,
    hint: 'ghi xác suất của từng giá trị, từ 0 đến 1',
  }),
  'spread-on-level': ({ id, levels: [one, other = one] }) => ({
    message: `${id} chấm theo mức xếp loại nên không thể nằm trong một khoảng số`,
    hint: `ghi xác suất từng mức trong tệp dự báo (--outlook): {chances: {${one}: 0.6, ${other}: 0.4}}`,
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
    message: `cả số liệu lẫn tệp dự báo đều chưa có giá trị: ${ids.join(', ')}`,
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
};
