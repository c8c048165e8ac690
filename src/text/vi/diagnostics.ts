import type { DiagnosticTexts, HelpTexts } from '../index.js';
import { pieceText, placeWords, readAs } from '../numbers.js';
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
const unlessDash = (value: string, hint: string): string =>
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
  'wrong-type': (p) => `cần ${expectedWords[p.expected] ?? p.expected}, nhưng ở đây ${kindSaid(p.value)}`,
  'missing-key': ({ key }, inTable) => `thiếu ${column(key, inTable)}
    ${key === 'catalogue' ? 'hoặc nêu bộ tiêu chí bằng --catalogue' : ''}
    ${inTable && key === 'unit' ? "thêm cột, hoặc một dòng phía trên bảng: 'Đơn vị: Xã A'" : ''}
    ${inTable && key === 'year' ? "thêm cột, hoặc một dòng phía trên bảng: 'Năm: 2025'" : ''}`,
  'unknown-key': ({ key, suggestion, options }) =>
    `khóa không có trong mẫu: '${key}'${meant(suggestion, options && `các khóa dùng được ở đây: ${options.join(', ')}`)}`,
  'not-one-of': (p) =>
    `'${p.value}' không thuộc ${list(p.options)}${p.number ? ', cũng không phải là số' : ''}${meant(p.suggestion)}`,
  'not-a-number': (p) => `'${p.value}' không phải là số${p.whole ? ' nguyên' : ''}
    ${p.whole ? 'viết như 12' : 'viết như 12 hoặc 12.5 (dấu chấm thập phân)'}`,
  'bad-date': (p) => `'${p.value}' không phải ngày
    ${
      p.due
        ? 'viết ngày và tháng, như 15/01; hoặc cả ngày tháng năm, như 15/01/2026'
        : 'viết như 14/02/2023 hoặc 2023-02-14'
    }`,
  'out-of-range': ({ value: x, min, max, above, year }) => `${year ? x : num(x)} nằm ngoài khoảng cho phép
    ${year ? `từ ${min} đến ${max}` : above === undefined ? within(min, max) : `cần lớn hơn ${num(above)}`}`,
  'too-short': ({ least }) => (least === 1 ? 'không được để trống' : `cần ít nhất ${least}`),
  'provenance-incomplete': ({ provenance, wants }) => `con số '${provenance}' cần có '${wants}'
    stated cần source; inferred cần working; assumed cần reason`,
  'provenance-missing': ({ what }) => `'${what}' không cho biết căn cứ (provenance)
    thêm 'provenance: stated' kèm source, 'inferred' kèm working, hoặc 'assumed' kèm reason`,
  'bad-bounds': ({ value: x }) => `các ngưỡng không khớp nhau: ${x}
    ít nhất một ngưỡng; một dưới, một trên; ngưỡng dưới nhỏ hơn ngưỡng trên`,
  'duplicate-id': ({ id }) => `'${id}' xuất hiện hai lần`,
  'unknown-field': (p) => `không có lĩnh vực '${p.value}'${meant(p.suggestion)}`,
  'unknown-owner': (p) => `không có đơn vị chủ trì '${p.value}'${meant(p.suggestion)}`,
  'unknown-source': (p) => `không có nguồn '${p.value}'${meant(p.suggestion)}`,
  'points-above-max': (p) => `cách tính có thể cho ${num(p.value)} điểm, cao hơn điểm chuẩn ${num(p.max)}`,
  'max-unreachable': ({ best, max }) =>
    `cách tính cho nhiều nhất ${num(best)} điểm; không thể đạt điểm chuẩn ${num(max)}`,
  'maxima-exceed-scale': ({ sum, scale }) => `tổng điểm chuẩn là ${num(sum)}, vượt thang điểm ${num(scale)}`,
  'maxima-below-scale': ({ sum, scale }) => `tổng điểm chuẩn là ${num(sum)}, thấp hơn thang điểm ${num(scale)}
    liệt kê phần còn lại, hoặc thêm 'not_listed'`,
  'too-precise': (p) => `${num(p.value)} có quá ${p.decimals} chữ số thập phân`,
  'order-of-knots': ({ before, after }) => `các mốc phải tăng dần: ${num(after)} đứng sau ${num(before)}`,
  'choose-one': ({ keys }) => `hãy ghi đúng một trong: ${keys.join(', ')}`,
  'measure-unread': ({ kind }) => `cách tính '${kind}' không dùng số liệu của measure
    hãy ghi measure ở cách tính đo bằng một con số, hoặc ở thành phần của sum, min`,
  'tier-open': () => `bậc có điểm thay đổi dần nhưng chưa nêu đủ hai ngưỡng
    hãy ghi cả hai ngưỡng, ví dụ {at_least: 75, below: 95, points: {from: 0.5, to: 1.5}}`,
  'due-without-date': ({ quantity }) => `hạn (due) chỉ dùng cho ngày, không dùng cho ${quantity}
    hãy ghi quantity: date`,
  'date-without-due': () => `cách tính theo ngày cần có hạn
    ví dụ due: 15/01, year: next`,
  'better-without-against': () => `'better' cho biết so sánh theo chiều nào, nhưng chưa nêu so với gì
    hãy ghi against: last_year, group_min, group_max, group_mean, group_rank hoặc group_share`,
  'input-shared': ({ key }) => `hai phần dùng chung số liệu '${key}' nhưng đo khác nhau
    hãy đặt tên số liệu riêng cho từng phần, hoặc dùng cùng một đại lượng`,
  'part-needs-max': ({ key }) => `phần '${key}' có thể không áp dụng nên cần điểm chuẩn riêng
    hãy ghi max: cạnh input`,
  'rule-todo': ({ id }) => `${id}: chưa rõ cách tính nên giá trị chưa được điểm nào
    tiêu chí để chưa biết; hãy ghi điểm thẩm định hoặc điểm trừ, hoặc viết cách tính`,
  'needs-last-year': ({ id }, inTable) => `${id} chấm theo giá trị năm trước, ở đây chưa biết
    hãy ghi ${name('last_year', inTable)}: GIÁ_TRỊ, hoặc nêu cả số liệu năm trước của đơn vị theo cùng bộ tiêu chí`,
  'needs-group': ({ id }, inTable) => `${id} chấm theo các đơn vị trong nhóm, mà giá trị của nhóm chưa biết đủ
    hãy ghi ${name('group', inTable)}: [giá trị của các đơn vị khác], hoặc nêu số liệu của cả nhóm`,
  'example-differs': ({ id, points, byRule }) =>
    `${id}: ví dụ ghi ${num(points)} điểm, theo cách tính là ${num(byRule)}
    hãy sửa cách tính hoặc ví dụ`,
  'examples-missing': ({ id, at }) =>
    `${id}: chưa có ví dụ cho ${at.map((a) => pieceText(a, 'vi')).join(', ')}
    catalogue lint TỆP --fill ghi thêm các ví dụ này để cơ quan xác nhận`,
  'examples-left': ({ ids }) => `chưa ghi được ví dụ của ${ids.join(', ')}
    tiêu chí nằm ở tệp được kế thừa, hoặc viết trên một dòng: hãy tự thêm examples`,
  'examples-relative': ({ id, at }) => `${id}: chưa ghi ví dụ cho ${at.join(', ')}
    cách tính so với mục tiêu, năm trước hoặc cả nhóm, mà ví dụ chỉ có một giá trị thì không nêu được`,
  'differs-by-year': ({ years }) =>
    `có số ghi theo năm: năm ${years.join(', ')} hai bộ tiêu chí khác nhau ở những điểm khác
    hãy nêu số liệu của năm đó bằng --reading`,
  'migrate-points': ({ id, keys }) =>
    `${id}: ${keys.join(', ')} vẫn là điểm theo cách tính hoặc điểm chuẩn cũ
    hãy kiểm tra lại điểm, hoặc ghi giá trị thay cho điểm`,
  'migrate-renamed': ({ id, before, after }) =>
    `${id} trong bộ tiêu chí mới tên là '${after}', trong bộ cũ là '${before}'
    hãy kiểm tra xem có đúng là một tiêu chí không: giá trị đã được chuyển sang`,
  'migrate-lost': ({ id, to }) =>
    `${
      to === null
        ? `${id} của bộ tiêu chí cũ không có chỗ trong bộ mới`
        : `giá trị của ${id} không hợp với cách tính của ${to}`
    }
    đã bỏ ra`,
  'migrate-new': ({ ids }) => `chưa có giá trị: ${ids.join(', ')}`,
  'requires-circle': ({ id }) => `${id} lại đòi hỏi chính nó qua các điều kiện
    hãy bỏ bớt một điều kiện`,
  'requires-input': ({ id, options }) => `điều kiện đặt cho ${id} không hợp với cách đo của tiêu chí đó
    ${
      options.length > 0
        ? `giá trị số dùng at_least, mức xếp loại dùng is, tiêu chí có nhiều số liệu thì ghi input: (${options.join(', ')})`
        : 'tiêu chí đo bằng số: hãy ghi at_least, above, at_most hoặc below'
    }`,
  'deducts-inside': ({ id }) => `${id} nằm trong thang điểm nên không trừ vào điểm khác
    hãy ghi outside: true`,
  'otherwise-without-units': () => `'otherwise' cho biết loại đơn vị khác được gì, nhưng chưa nêu loại đơn vị
    ví dụ units: [xã]`,
  'adjustments-of-nothing': () =>
    `'adjustments' giới hạn điểm thưởng, điểm phạt ngoài thang, nhưng không có tiêu chí nào như vậy
    hãy ghi outside: true ở tiêu chí thưởng hoặc phạt`,
  'adjustment-over-most': ({ id, max, most }) =>
    `${id} được cộng tới ${num(max)} điểm, mà mọi tiêu chí ngoài thang cộng lại không quá ${num(most)} điểm
    hãy giảm max của tiêu chí hoặc tăng adjustments.most: phần vượt không bao giờ được tính`,
  'kind-missing': ({ ids, options }, inTable) =>
    `số liệu chưa cho biết loại đơn vị, mà ${ids.join(', ')} tùy vào loại đơn vị
    hãy ghi ${name('kind', inTable)}: ${options.join(' hoặc ')}`,
  'unknown-kind': ({ value: x, suggestion }) => `bộ tiêu chí không có loại đơn vị '${x}'${meant(suggestion)}`,
  'not-for-unit': ({ id, kind }) => `${id} không chấm với loại đơn vị '${kind}'; giá trị này không được tính`,
  'wants-counts': ({ options }) => `cần các số đếm có tên
    ví dụ {counts: {${options.map((o) => `${o}: 10`).join(', ')}}}`,
  'unknown-catalogue': (p) =>
    `không có bộ tiêu chí '${p.value}'${meant(p.suggestion, `có sẵn: ${list(p.options)}; hoặc ghi đường dẫn đến tệp`)}`,
  'unknown-criterion': (p) => `bộ tiêu chí không có tiêu chí '${p.value}'
    ${
      p.dated
        ? `đây là một ngày: có thể bảng tính đã đổi mã (${p.dated.join(' hoặc ')}) thành ngày khi gõ; hãy định dạng ô là Văn bản rồi gõ lại mã`
        : meant(p.suggestion, "xem danh sách bằng 'cchc criteria --catalogue TỆP'")
    }`,
  'id-read-as-number': (p) => `bộ tiêu chí không có tiêu chí '${p.value}'
    có thể đã mất số 0 ở cuối: mã là văn bản, hãy đặt trong dấu nháy, như '1.10'`,
  // '1.187' read as 1.187 would say nothing: without the mark between thousands.
  'read-as': ({ value: x, meaning }) => `'${x}' được hiểu là ${readAs(x, meaning, 'vi')}`,
  'read-as-days': ({ value: x, days, due }) =>
    `'${x}' được hiểu là ${days === 0 ? 'đúng hạn' : `${days > 0 ? 'chậm' : 'sớm'} ${Math.abs(days)} ngày`} so với hạn ${due}
    nếu là ngày, hãy ghi như ${due}`,
  'no-value': ({ id }, inTable) => `${id} không có giá trị
    ghi ${name('value', inTable)}, ${name('done', inTable)} và ${name('total', inTable)}, ${name('deducted', inTable)}, ${name('exempt', inTable)} hoặc ${name('not_applicable', inTable)}; hoặc bỏ tiêu chí ra (chưa biết)`,
  'two-values': ({ id, keys }, inTable) =>
    `${id} có nhiều giá trị: ${keys.map((key) => name(key, inTable)).join(', ')}
    ${keys.includes('exempt') ? 'nếu giải trình được chấp nhận thì bỏ giá trị' : 'chỉ giữ lại một'}`,
  'unknown-part': (p) =>
    `không có thành phần '${p.value}'; cách tính đếm ${list(p.options)}${meant(p.suggestion)}`,
  'wants-number': (p) => `'${p.value}' không phải là số
    ${unlessDash(p.value, 'viết như 12 hoặc 12,5')}`,
  'wants-integer': (p) => `${num(p.value)} không phải số nguyên; chỉ tiêu này là số đếm`,
  'wants-parts': ({ options, id }, inTable) => `cách tính này có nhiều chỉ tiêu: ${list(options)}
    ${
      id === undefined
        ? `ghi đủ các phần ở ${column('parts', inTable)} và tổng số ở ${column('total', inTable)}`
        : `ghi riêng từng giá trị: ${options.map((key) => `${id}.${key}`).join(', ')}`
    }`,
  'bad-percent': (p) => `'${p.value}' không phải tỷ lệ phần trăm
    ${unlessDash(p.value, 'viết như 99,2 hoặc 99,2%')}`,
  'ambiguous-number': (p) => `'${p.value}' có hai cách hiểu: ${num(p.thousands)} hoặc ${num(p.decimal)}
    viết không có dấu phân cách nghìn, hoặc với số chữ số thập phân khác ba`,
  'percent-on-count': (p) => `'${p.value}' là tỷ lệ phần trăm; chỉ tiêu này là số đếm`,
  'percent-on-points': (p) => `'${p.value}' là tỷ lệ phần trăm; ở đây cần số điểm
    chỉ ghi số điểm, như 0,5`,
  'unclear-answer': (p) => `'${p.value}' không rõ là có hay không
    ghi Có hoặc Không, hoặc để trống; nếu giải trình được chấp nhận thì ghi văn bản làm căn cứ`,
  'unclear-status': (p) => `'${p.value}' không nói rõ giải trình đã được chấp nhận
    ghi 'giải trình', hoặc 'giải trình: VĂN BẢN' khi đã được chấp nhận; nếu không thì ghi giá trị`,
  'below-range': (p) => `${num(p.value)} nhỏ hơn ${num(p.min)}`,
  'above-range': (p) => `${num(p.value)} lớn hơn ${num(p.max)}`,
  'looks-like-ratio': (p) => `'${p.value}' có hai cách hiểu: ${num(p.value)}% hoặc ${num(p.asPercent)}%
    ghi rõ dấu phần trăm: ${num(p.value)}% hoặc ${num(p.asPercent)}%`,
  'not-a-level': (p) => `'${p.value}' không thuộc ${list(p.options)}
    ${unlessDash(p.value, meant(p.suggestion))}`,
  'zero-total': ({ id }, inTable) => `${id}: tổng số bằng 0 nên không có tỷ lệ
    ghi ${name('not_applicable', inTable)}, hoặc bỏ tiêu chí ra`,
  'done-over-total': ({ done, total }) => `đã làm ${num(done)} trên tổng số ${num(total)}: nhiều hơn tổng số`,
  'ratio-on-wrong-rule': ({ id }, inTable) =>
    `${id} không phải tỷ lệ phần trăm nên không dùng ${name('done', inTable)} và ${name('total', inTable)}
    ghi ở ${column('value', inTable)}`,
  'deduction-impossible': (p) =>
    `trừ ${num(p.value)} điểm là nhiều hơn mức tiêu chí có thể mất (điểm chuẩn ${num(p.max)})`,
  'deduction-off-rule': ({ id, value: x }) =>
    `${id}: theo cách tính, không giá trị nào bị trừ ${num(x)} điểm`,
  'deduction-negative': (p) => `điểm trừ không thể âm: ${num(p.value)}
    ghi số điểm bị mất, như 0,8042`,
  'rule-disagrees': ({ id, published, byRule }) =>
    `${id}: đã công bố trừ ${num(published)} điểm, nhưng theo cách tính giá trị này bị trừ ${num(byRule)} điểm
    số đã công bố được dùng; hãy kiểm tra giá trị hoặc cách tính`,
  'points-differ': ({ id, given, points, byRule }) =>
    `${id}: điểm ${given === 'self_scored' ? 'tự chấm' : 'thẩm định'} là ${num(points)}, nhưng theo cách tính là ${num(byRule)}`,
  'max-differs': ({ id, given, max }) =>
    `${id}: bảng ghi điểm chuẩn ${num(given)}, bộ tiêu chí ghi ${num(max)}`,
  'not-exemptible': ({ id }) => `${id}: bộ tiêu chí không có quy định giải trình cho tiêu chí này`,
  'other-year': ({ reading, catalogue }) => `số liệu của năm ${reading}, bộ tiêu chí của năm ${catalogue}`,
  'value-incomplete': ({ id, given, missing }) => `${id} còn thiếu ${list(missing)}
    tiêu chí vẫn là chưa biết; ${given.length > 0 ? `chưa dùng ${list(given)} khi chưa đủ` : 'cần đủ các giá trị'}`,
  'unknown-values': ({ ids }) => `chưa có giá trị cho ${ids.join(', ')}
    thiếu là chưa biết, không phải bằng 0: điểm trở thành một khoảng`,
  'assumed-number': ({ id, named, value }) =>
    `${id}: ${named} = ${num(value)} là giả định, mà --strict không nhận số giả định`,
  'unknown-code': (p) =>
    `không có thông báo nào mang mã '${p.value}'${meant(p.suggestion, "xem docs/diagnostics.md; 'check' ghi mã bên cạnh từng thông báo")}`,
  'waiver-expired': ({ code, id, reason, until }) =>
    `việc chấp nhận ${code}${id === null ? '' : ` của ${id}`} đã hết hạn ngày ${until} (${reason})
    xử lý nội dung đó, hoặc quyết định lại và ghi ngày muộn hơn`,
  'waiver-of-error': ({ code }) => `${code} ở đây là lỗi nên không thể chấp nhận
    chỉ chấp nhận được cảnh báo và ghi chú; hãy sửa lỗi rồi bỏ mục này`,
  'gate-failed': ({ gate, actual, limit }) =>
    `không đạt ngưỡng ${gate}: thực tế ${actual}, mức cho phép ${limit}`,
  'evidence-missing': ({ id, wants }) => `${id} chưa có tài liệu kiểm chứng
    ${wants ? `cần: ${wants.vi}` : ''}`,
  'evidence-not-found': ({ file }) => `không có tệp tài liệu kiểm chứng ${file}`,
  'moved-far': ({ id, before, after }) => `${id} thay đổi từ ${num(before)} sang ${num(after)}
    có nhầm dấu thập phân không? hãy kiểm tra giá trị`,
  'gates-without-reading': () => `không tệp nào là số liệu, nên chưa xét ngưỡng nào
    hãy nêu các tệp số liệu cần xét`,
  'no-files': ({ patterns }) => `không có tệp nào khớp ${patterns.join(', ')}`,
  'bad-number-option': ({ option, value: x, least, most, whole, sample }) =>
    `${option}: '${x}' không phải số${whole ? ' nguyên' : ''} ${
      most === null
        ? `từ ${num(least)} trở lên`
        : option === '--year'
          ? `từ ${least} đến ${most}`
          : `từ ${num(least)} đến ${num(most)}`
    }
    ví dụ ${option} ${sample}`,
  usage: ({ reason }) => reason,
  'unknown-option': ({ value: x, suggestion, of }) =>
    of ? `tùy chọn '${x}' chỉ dùng với ${of.join(', ')}` : `không có tùy chọn '${x}'${meant(suggestion)}`,
  'unknown-command': (p) =>
    `không có lệnh '${p.value}'${meant(p.suggestion, "xem các lệnh bằng 'cchc --help'")}`,
  'bad-choice': (p) => `${p.option}: '${p.value}' không thuộc ${list(p.options)}${meant(p.suggestion)}`,
  'bad-assignment': ({ option, value: x }) => {
    const [form, sample] = assignmentForms[option] ?? ['MÃ=GIÁ_TRỊ', '7.3.2=60%'];
    return `${option}: '${x}' không có dạng ${form}
      ví dụ ${option} ${sample}`;
  },
  'bad-rivals': (p) => `'${p.value}' không phải thay đổi của đơn vị khác
    ví dụ --rivals +1.5 hoặc --rivals "Huyện Đông Sơn=-2"`,
  'missing-argument': ({ name, argument }) => `thiếu '${name}'
    ${(argument && viHelp.argument[argument as keyof HelpTexts['argument']]) ?? ''}`,
  'missing-option-value': ({ option, value: x }) =>
    x === undefined
      ? `${option} cần một giá trị`
      : `${option} cần một giá trị, mà '${x}' là một tùy chọn
        viết ${option}=${x} nếu đó đúng là giá trị`,
  'too-many-arguments': (p) => `có ${p.value} đối số, chỉ cần ${p.expected}`,
  'needs-option': ({ option, options }) => `cần có ${option}
    ${(options && `một trong ${options.join(', ')}`) ?? ''}`,
  'option-unused': ({ option, options }) => `${option} không có tác dụng với kết quả này
    có tác dụng khi dùng với ${options.join(', ')}`,
  'output-exists': ({ file }) => `${file} đã có
    dùng --force để ghi đè`,
  'choose-catalogue': ({ options }) => {
    const lines = options.map(({ id, of }) => {
      if (!of) return `${id} · có lỗi; xem: cchc catalogue lint ${id}`;
      const { from, to } = of.years;
      const years = to === null ? `từ năm ${from}` : from === to ? `năm ${from}` : `năm ${from}–${to}`;
      return [id, of.level?.vi, years, of.name.vi].filter(Boolean).join(' · ');
    });
    return `dùng bộ tiêu chí nào?
      ${lines.map((line) => `- ${line}`).join('\n')}
      chọn bằng --catalogue, theo mã hoặc tệp của đơn vị mình`;
  },
  'output-ending': ({ file, options }) => `phần đuôi của ${file} không phải định dạng ghi được ở đây
    đuôi tệp: ${options.map((k) => `.${k}`).join(', ')}`,
  'output-unwritable': ({ file, reason }) => `không ghi được ${file} (${reason})
    ${UNWRITABLE[reason] ?? ''}`,
  'one-relative-part': (
    p,
  ) => `'${p.key}': mỗi tiêu chí chỉ một chỉ tiêu được tính theo mức giao và đơn vị dẫn đầu
    tách thành các tiêu chí riêng`,
  'needs-target': ({ id }, inTable) => `${id} chấm theo chỉ tiêu riêng của đơn vị, nhưng số liệu không nêu
    ví dụ ${example({ value: '900', target: '1000' }, inTable)}`,
  'needs-leader': ({ id }, inTable) =>
    `${id} vượt chỉ tiêu, điểm khi đó tùy vào đơn vị dẫn đầu nhóm mà ở đây chưa biết
    hãy ghi ${name('leader', inTable)}: GIÁ_TRỊ, hoặc nêu số liệu của cả nhóm`,
  'outside-validity': ({ year, from, to, used }) =>
    `bộ tiêu chí áp dụng ${to === null ? `từ năm ${from}` : `từ năm ${from} đến năm ${to}`}, không gồm năm ${year}
    dùng các số của năm ${used}`,
  'field-circle': ({ id }) => `lĩnh vực '${id}' lại thuộc về chính nó`,
  'extends-circle': ({ files }) => `các bộ tiêu chí kế thừa lẫn nhau thành vòng: ${files.join(' → ')}`,
  'field-sum': ({ id, sum, max }) =>
    `các tiêu chí của lĩnh vực ${id} cộng lại là ${num(sum)}, không phải ${num(max)}`,
  'ids-collide': ({ id, other }) => `bảng tính đọc ${id} và ${other} thành cùng một số
    giữ mã ở dạng văn bản, hoặc đánh số khác đi`,
  'owner-unused': ({ owner }) => `không tiêu chí nào nêu '${owner}'`,
  'no-translation': ({ id, keys }) => `${id} chưa có tiếng Anh: ${keys.join(', ')}`,
  'threshold-unsourced': ({ id, numbers }) =>
    `${id}: không nguồn nào nêu ${numbers.map((n) => placeWords(n, viLabels)).join('; ')}`,
  'tiers-overlap': ({ id, at }) => `${id}: hai mức cùng chứa ${num(at)}; mức đứng trước được dùng
    dùng 'below' ở nơi mức sau bắt đầu`,
  'tiers-gap': ({ id, from, to }) => `${id}: không mức nào chứa khoảng giữa ${num(from)} và ${num(to)}
    khoảng đó rơi vào 'otherwise'`,
  'not-monotone': ({ id }) => `${id}: giá trị tăng mà điểm lúc tăng lúc giảm`,
  'points-unreachable': ({ id, points }) => `${id}: không giá trị nào được ${num(points)} điểm`,
  'unknown-action-word': (p) => `'${p.value}' không thuộc ${list(p.options)}${meant(p.suggestion)}`,
  // Leagues, hierarchies and analyses
  'league-size': ({ size, units }) => `bảng ghi ${num(size)} đơn vị nhưng liệt kê ${num(units)} đơn vị`,
  'league-rank-out': ({ rank, size }) => `hạng ${rank} trong bảng ${size} đơn vị`,
  'duplicate-unit': ({ unit }) => `'${unit}' xuất hiện hai lần`,
  'league-order': ({ unit, other }) => `'${unit}' xếp dưới '${other}' nhưng điểm cao hơn`,
  'league-shared-rank': ({ unit, other, rank }) =>
    `'${unit}' và '${other}' cùng hạng ${rank} nhưng khác điểm`,
  'league-full-gap': ({ from, to }) =>
    `giữa hạng ${from} và hạng ${to}, số đơn vị nhiều hơn số thứ hạng còn trống`,
  'league-count': ({ at, units, from, to }) =>
    from > to
      ? `không thể có ${units} đơn vị đạt từ ${num(at)}: điểm và hạng đã biết ở đó mâu thuẫn nhau`
      : `không thể có ${units} đơn vị đạt từ ${num(at)}: điểm đã biết chỉ cho phép ${from === to ? from : `từ ${from} đến ${to}`}`,
  'league-counts-order': ({ at, units, other, more }) =>
    at === other
      ? `mức ${num(at)} được nêu hai lần`
      : `${units} đơn vị đạt từ ${num(at)}, ít hơn ${more} đơn vị đạt từ ${other}`,
  'league-mean': ({ value, from, to }) => `số liệu đã biết không thể có trung bình ${num(value)}
    ${from === to ? `trung bình là ${num(from)}` : `trung bình chỉ có thể từ ${num(from)} đến ${num(to)}`}`,
  'league-median': ({ value, from, to }) => `số liệu đã biết không thể có trung vị ${num(value)}
    ${from === to ? `trung vị là ${num(from)}` : `trung vị chỉ có thể từ ${num(from)} đến ${num(to)}`}`,
  'league-previous-year': ({ value, year }) => `bảng năm ${value} không phải của năm trước ${year}`,
  'index-off-league': ({ unit, value }) =>
    `chỉ số của '${unit}' là ${num(value)}, mà bảng xếp hạng chỉ có điểm từ 0 đến 100; bảng không được lưu`,
  'league-previous-twice': ({ year }) => `năm ${year} đã có một bảng khác
    mỗi năm trước chỉ nêu một bảng`,
  'league-previous-scale': ({ year, value, scale }) =>
    `bảng năm ${year} theo thang ${num(value)} điểm, bảng này theo thang ${num(scale)}; điểm mỗi bảng được tính theo phần trăm thang của chính bảng đó`,
  'score-off-scale': (p) => `điểm ${num(p.value)} nằm ngoài thang từ 0 đến ${num(p.scale)}`,
  'league-own-position': ({ unit, score }) =>
    `bảng không còn thứ hạng trống ở mức ${num(score)} điểm của ${unit}; lấy thứ hạng trống gần nhất`,
  'league-of-other-year': ({ year, league }) =>
    `bảng xếp hạng là của năm ${league} nên công văn về năm ${year} không nêu thứ hạng
    hãy nêu bảng xếp hạng của năm ${year}`,
  'league-outsider': ({ unit, size }) => `'${unit}' không có trong ${size} đơn vị của bảng; được thêm vào`,
  'unit-look-alike': (p) =>
    `bảng xếp hạng không có '${p.unit}' mà có '${p.suggestion}'; hiện được coi là hai đơn vị khác nhau
    nếu là một đơn vị thì ghi '${p.suggestion}' trong tệp số liệu, hoặc ghi mã đơn vị (code) ở cả hai nơi`,
  'risk-league-bare': () =>
    'bảng không cho biết các đơn vị khác ở vị trí nào: không có điểm, trung bình, trung vị hay số đơn vị theo mức',
  'backtest-small': ({ name, units }) => `${name} chỉ có ${num(units)} đơn vị, quá ít để kiểm tra
    kiểm tra cần bảng từ tám đơn vị trở lên`,
  'backtest-no-pair': () =>
    `không bảng nào ở đây có bảng của năm trước với phần lớn các đơn vị đó, nên không thể hỏi về năm sau
    đưa bảng của hai năm trở lên, hoặc chọn phần khác bằng --known`,
  'backtest-sample': ({ sample, most }) =>
    `--sample ${sample}: không bảng nào ở đây có trên ${num(most)} đơn vị để chọn bớt
    chọn số nhỏ hơn, hoặc bỏ --sample để hỏi cả bảng`,
  'backtest-partly': ({ name }) => `${name} chưa biết đủ điểm nên không kiểm tra được
    kiểm tra cần điểm của mọi đơn vị trong bảng, từ tám đơn vị trở lên`,
  'unknown-unit': (p) => `không có đơn vị '${p.value}'${meant(p.suggestion)}`,
  'unknown-year': ({ year, options }) => `không có số liệu năm ${year}
    có các năm: ${options.join(', ')}`,
  'unknown-action': (p) => `không có nhiệm vụ, giải pháp '${p.value}'${meant(p.suggestion)}`,
  'action-not-applicable': ({ id }) =>
    `${id}: nhiệm vụ, giải pháp không thể làm cho tiêu chí trở thành không áp dụng`,
  'plan-needs-values': ({ ids }) => `chưa lập được kế hoạch khi còn giá trị chưa biết: ${ids.join(', ')}
    hãy ghi các giá trị đó vào số liệu, để biết còn thiếu bao nhiêu`,
  'one-target': () => `hãy nêu một mục tiêu
    --target-score, --target-index hoặc --target-rank`,
  'bad-assumption': (p) => `'${p.value}' không có dạng MÃ.max=THẤP..CAO
    ví dụ --assume 7.3.2.max=1..2: hai điểm chuẩn lớn hơn 0, thấp trước cao sau, không quá tổng điểm`,
  'assumption-not-open': ({ id }) => `điểm chuẩn của ${id} có nguồn nêu rõ nên không thay đổi
    chỉ điểm chuẩn suy ra hoặc giả định mới cho thay đổi được`,
  'assumption-over-rest': ({ id, most, scale }) => `điểm chuẩn của ${id} chỉ có thể đến ${num(most)}
    các tiêu chí khác đã chiếm phần còn lại của thang ${num(scale)} điểm; phần không nêu không giảm thêm được`,
  'no-counts': () => `không chỉ tiêu nào có số đếm nên không tính được tiến độ
    hãy ghi số đã làm (done) và tổng số (total), và dự kiến cả năm (expected) nếu biết`,
  'date-outside-year': ({ value, year }) => `${value} không thuộc năm ${year} của số liệu
    hãy nêu một ngày từ 01/01/${year} đến 31/12/${year}; ngày 31/12 cho kết quả cả năm`,
  'as-of-before-months': ({ value, ids, months }) =>
    `${ids.join(', ')}: số liệu có đến tháng ${months}, sau ngày chốt ${value}
    hãy chốt từ tháng ${months} trở đi, hoặc bỏ các tháng sau ngày chốt`,
  'percent-or-plan': ({ value: x, plan }) =>
    `'${x}' cạnh kế hoạch ${plan} có hai cách hiểu: ${x}%, hoặc ${x} trên ${plan}
    ghi '${x}%' nếu là tỷ lệ; nếu là số đã làm, ghi ở cột đã làm (done) hoặc cột 'T1 đã làm'`,
  'volume-below-total': ({ expected, total }) =>
    `dự kiến cả năm ${num(expected)} thấp hơn ${num(total)} đã có`,
  'pace-target-on-other': ({ id }) => `${id} không có tỷ lệ từ số đếm nên không có mục tiêu tỷ lệ`,
  'compare-one': ({ value }) => `${value} bộ số liệu thì không so sánh được
    hãy nêu từ hai bộ số liệu trở lên, hoặc dùng --self-score`,
  'compare-leagues': ({ leagues, readings }) => `có ${leagues} bảng xếp hạng cho ${readings} bộ số liệu
    một bảng cho tất cả, hoặc mỗi bộ số liệu một bảng`,
  'one-score': ({ unit, ids }) =>
    `'${unit}': ${ids.join(', ')} không có cả điểm tự chấm và điểm thẩm định, nên được tính như nhau ở hai bên`,
  'no-self-score': ({ unit }) => `'${unit}' không có tiêu chí nào có cả điểm tự chấm và điểm thẩm định`,
  'no-png': () => `bản một tệp không vẽ được PNG
    dùng svg, hoặc cài gói đầy đủ`,
  'one-reading': ({ format, count, option, options }) => `${format} chỉ chứa một bộ số liệu; đang có ${count}
    chọn bằng ${option}: ${options.slice(0, 5).join(', ')}`,
  'years-needed': ({ unit }) => `biểu đồ các năm cần từ hai năm trở lên đã biết điểm của ${unit}
    hãy nêu thêm tệp số liệu của các năm khác, đủ giá trị để có điểm`,
  'score-needed': ({ unit }) => `biểu đồ thứ hạng cần biết điểm, mà điểm của ${unit} chưa biết
    dùng --format table để xem thứ hạng nằm trong khoảng nào`,
  'league-needs-units': ({ value }) => `xếp hạng cần từ hai đơn vị; chỉ có ${value}`,
  'catalogue-of-config': ({ named, config }) =>
    `số liệu nêu bộ tiêu chí ${named}, còn tệp cấu hình dùng ${config}
    hãy bỏ một trong hai, hoặc sửa cho khớp`,
  'baseline-of-other-unit': ({ unit, baseline }) =>
    `${unit} đang được so với số liệu gốc của đơn vị khác, ${baseline}`,
  'baseline-of-other-scale': ({ scale, baseline }) =>
    `điểm theo thang ${num(scale)} đang được so với điểm theo thang ${num(baseline)} của số liệu gốc
    lệnh compare cho xem cả hai kèm chỉ số`,
  'baseline-of-other-year': ({ year, baseline }) =>
    `cột năm trước là số liệu năm ${baseline}, trong khi biểu mẫu là của năm ${year}`,
  'mixed-catalogues': ({ ids }) => `số liệu theo nhiều bộ tiêu chí: ${ids.join(', ')}
    hãy nêu một bộ cho tất cả bằng --catalogue`,
  'mixed-years': ({ years }) => `số liệu của nhiều năm: ${years.join(', ')}
    chọn một năm bằng --year`,
  'unit-circle': ({ unit }) => `'${unit}' theo cấp trên lại thuộc về chính nó`,
  'children-missing': ({ parent, units, present }) =>
    `${parent}: thiếu số liệu của ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` và ${units.length - 5} đơn vị khác` : ''}${present > 0 ? '\ncác tổng chỉ gồm những đơn vị còn lại' : ''}`,
  'children-without-value': ({ id, units }) =>
    `${id}: chưa có số liệu của ${units.join(', ')} nên không cộng được; để là chưa biết`,
  'plan-and-flow': ({ id, units }) =>
    `${id}: kế hoạch cả năm (${units.join(', ')}) không cộng được với tổng số đến nay; để là chưa biết`,
  'sum-without': ({ id, keys }, inTable) =>
    `${id}: các đơn vị không ghi ${list(keys.map((key) => name(key, inTable)))} như nhau nên tổng không kèm theo`,
  'no-average': ({ id, units }, inTable) =>
    `${id}: tỷ lệ không kèm số đếm thì không lấy trung bình (${units.join(', ')})
    hãy ghi ${name('done', inTable)} và ${name('total', inTable)} trong mọi bộ số liệu`,
  'not-additive': ({ id, units }) =>
    `${id} không cộng được giữa các đơn vị (${units.join(', ')}); để là chưa biết`,
  'unit-not-placed': ({ units }) => `tệp đơn vị không nêu ${units.slice(0, 5).join(', ')}`,
  'bad-spread': ({ value }) => `'${value}' không cho biết khoảng giá trị có thể xảy ra
    ghi THẤP..CAO, ví dụ 50..70, hoặc THẤP..KHẢ_NĂNG_CAO_NHẤT..CAO, ví dụ 40..55..70, tăng dần; 'beta' khi số liệu có số đếm; trong tệp dự báo còn có uniform, triangular, normal, beta, last_change, chances`,
  'chances-sum': ({ sum }) => `tổng xác suất là ${num(sum)}, không phải 1
    ghi xác suất của từng giá trị, từ 0 đến 1`,
  'spread-on-level': ({ id, levels: [one, other = one] }) =>
    `${id} chấm theo mức xếp loại nên không thể nằm trong một khoảng số
    ghi xác suất từng mức trong tệp dự báo (--outlook): {chances: {${one}: 0.6, ${other}: 0.4}}`,
  'last-change-needs-value': ({ id }) =>
    `${id}: cần giá trị xuất phát để tính mức thay đổi, nhưng số liệu không có
    hãy dùng {normal: {mean, sd}}`,
  'counts-needed': ({ id }) => `${id} không có số đếm trong số liệu nên không lập được phân phối beta
    hãy ghi số đã làm (done) và tổng số (total) trong số liệu, hoặc chọn cách khác`,
  'risk-needs-values': ({ ids }) => `cả số liệu lẫn tệp dự báo đều chưa có giá trị: ${ids.join(', ')}
    hãy ghi giá trị, hoặc khoảng có thể bằng --uncertain MÃ=THẤP..CAO`,
  'risk-not-applicable': ({ id }) => `${id} không áp dụng cho đơn vị nên không có gì chưa chắc chắn`,
  'risk-too-fine': ({ id }) => `${id}: các con số của cách tính quá chi tiết để mô phỏng đúng`,
  'risk-ties': ({ ties }) =>
    `cách xếp khi bằng điểm '${ties}' phụ thuộc vào việc đơn vị nào bằng điểm, mà bảng chỉ biết một phần thì không xác định được
    dùng bảng có ties 'min' hoặc 'max'`,
  'risk-rival-interval': ({ unit }) => `'${unit}' còn giá trị chưa biết nên không có xác suất`,
  'nothing-uncertain': () => `không có gì chưa chắc chắn: mọi giá trị và mọi đơn vị khác đều đã biết
    nêu điều có thể thay đổi bằng --uncertain MÃ=THẤP..CAO hoặc --outlook TỆP`,
  'stopped-early': ({ done, of }) => `dừng sau ${num(done)} trên ${num(of)} lần mô phỏng`,
  'risk-not-additive':
    () => `chính điểm chuẩn thay đổi theo các giá trị chưa chắc: có điều kiện loại tiêu chí ra
    hãy so sánh từng trường hợp bằng whatif`,
};
