import type { DiagnosticTexts } from '../messages.js';
import { meant, name, num } from './wording.js';

/** Words of what is wrong with leagues, hierarchies and analyses, in Vietnamese. */
export const viAnalysisDiagnostics = {
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
  'league-previous-scale': ({ year, value, scale }) =>
    `bảng năm ${year} theo thang ${num(value)} điểm, bảng này theo thang ${num(scale)}; điểm mỗi bảng được tính theo phần trăm thang của chính bảng đó`,
  'score-off-scale': (p) => `điểm ${num(p.value)} nằm ngoài thang từ 0 đến ${num(p.scale)}`,
  'league-own-position': ({ unit, score }) =>
    `bảng không còn thứ hạng trống ở mức ${num(score)} điểm của ${unit}; lấy thứ hạng trống gần nhất`,
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
  'no-self-score': ({ unit }) => `'${unit}' không có tiêu chí nào có cả điểm tự chấm và điểm thẩm định`,
  'no-png': () => `bản một tệp không vẽ được PNG
    dùng svg, hoặc cài gói đầy đủ`,
  'one-reading': ({ format, count, option, options }) => `${format} chỉ chứa một bộ số liệu; đang có ${count}
    chọn bằng ${option}: ${options.slice(0, 5).join(', ')}`,
  'years-needed': ({ unit }) => `biểu đồ các năm cần từ hai năm trở lên đã biết điểm của ${unit}
    hãy nêu thêm tệp số liệu của các năm khác, đủ giá trị để có điểm`,
  'league-needs-units': ({ value }) => `xếp hạng cần từ hai đơn vị; chỉ có ${value}`,
  'mixed-years': ({ years }) => `số liệu của nhiều năm: ${years.join(', ')}
    chọn một năm bằng --year`,
  'unit-circle': ({ unit }) => `'${unit}' theo cấp trên lại thuộc về chính nó`,
  'children-missing': ({ parent, units }) =>
    `${parent}: thiếu số liệu của ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` và ${units.length - 5} đơn vị khác` : ''}`,
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
} satisfies Partial<DiagnosticTexts>;
