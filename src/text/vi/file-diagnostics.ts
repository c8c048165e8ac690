import type { DiagnosticTexts } from '../index.js';
import { list, meant, num } from './wording.js';

/** Những tệp không phải bảng tính .xlsx: là gì, và cần làm gì. */
const foreign: Record<string, [string, string]> = {
  password: ['được bảo vệ bằng mật khẩu', 'mở bằng Excel, bỏ mật khẩu rồi lưu lại'],
  xls: ['là bảng tính Excel kiểu cũ (.xls)', 'mở bằng Excel rồi lưu thành .xlsx'],
  xlsb: ['là bảng tính Excel nhị phân (.xlsb)', 'mở bằng Excel rồi lưu thành .xlsx'],
  ods: ['là bảng tính OpenDocument (.ods)', 'mở bằng LibreOffice hoặc Excel rồi lưu thành .xlsx'],
  html: ['là trang HTML (phần mềm khác xuất ra)', 'mở bằng Excel rồi lưu thành .xlsx'],
  xml: ['là bảng tính XML 2003', 'mở bằng Excel rồi lưu thành .xlsx'],
  pdf: ['là tệp PDF', 'cần bảng tính .xlsx hoặc CSV'],
  word: ['là văn bản Word', 'cần bảng tính .xlsx hoặc CSV'],
  zip: ['là tệp nén', 'giải nén rồi đọc bảng tính ở trong'],
  text: ['là văn bản thường', 'đặt đuôi tên tệp là .csv, .yaml hoặc .json'],
  empty: ['không có nội dung', 'kiểm tra lại tệp'],
  unknown: ['không phải bảng tính Excel (.xlsx)', 'mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx'],
};

/** Kinds of file in words. */
const kindWords: Record<string, string> = {
  reading: 'tệp số liệu của đơn vị',
  catalogue: 'bộ tiêu chí',
  league: 'bảng xếp hạng',
  scenario: 'kịch bản',
  actions: 'tệp nhiệm vụ, giải pháp',
  units: 'tệp đơn vị',
  outlook: 'tệp dự báo',
  config: 'tệp cấu hình',
  schema: 'JSON Schema',
};

const unused: Record<string, string> = {
  title: 'dòng phía trên bảng',
  section: 'dòng tiêu đề mục',
  total: 'dòng tổng',
  'no-id': 'dòng không có mã',
  below: 'dòng phía dưới bảng',
};

/** Faults of syntax: those of YAML by the reader's code, those of JSON and CSV by our English words. */
const faults: Record<string, string> = {
  BAD_INDENT: 'thụt đầu dòng không khớp với dòng trên, hoặc thiếu dấu đóng ngoặc',
  TAB_AS_INDENT: 'thụt đầu dòng bằng phím Tab; YAML chỉ nhận dấu cách',
  MISSING_CHAR: 'thiếu dấu đóng ngoặc, dấu đóng nháy, dấu hai chấm hoặc dấu cách',
  UNEXPECTED_TOKEN: 'có chữ hoặc dấu không đúng chỗ',
  BAD_SCALAR_START: 'giá trị không được bắt đầu bằng dấu này; hãy đặt cả giá trị trong dấu nháy',
  MULTILINE_IMPLICIT_KEY: 'dòng không có dạng khóa: giá trị',
  BLOCK_AS_IMPLICIT_KEY:
    'hai cặp khóa: giá trị trên một dòng, hoặc dòng dưới thụt sai; giá trị có dấu hai chấm thì đặt trong dấu nháy',
  BLOCK_IN_FLOW: 'trong ngoặc [ ] hoặc { } không dùng được gạch đầu dòng',
  BAD_DQ_ESCAPE: 'dấu \\ trong dấu nháy kép không hợp lệ; hãy dùng dấu nháy đơn',
  BAD_ALIAS: 'dấu * là bí danh của YAML; hãy đặt giá trị trong dấu nháy',
  TAG_RESOLVE_FAILED: 'dấu ! là thẻ của YAML; hãy đặt giá trị trong dấu nháy',
  'unclosed quote': 'dấu ngoặc kép mở mà không đóng',
  'text after a closing quote': 'còn chữ sau dấu ngoặc kép đóng',
  'text after the end': 'còn chữ sau khi dữ liệu đã kết thúc',
  'expected a key in double quotes': 'cần một khóa trong dấu ngoặc kép',
  'expected a colon after the key': 'cần dấu hai chấm sau khóa',
  'expected a comma or a closing brace': 'cần dấu phẩy hoặc dấu }',
  'expected a comma or a closing bracket': 'cần dấu phẩy hoặc dấu ]',
  'unclosed text': 'dấu ngoặc kép mở mà không đóng',
  'a line break or another control sign in a text': 'có dấu xuống dòng hoặc ký tự điều khiển trong đoạn chữ',
  'an unknown sign after a backslash': 'ký tự sau dấu \\ không hợp lệ',
  'expected a value': 'cần một giá trị',
  'the text ends too early': 'dữ liệu kết thúc sớm',
};

/** What to do about a file that cannot be read. */
const unreadable = (file: string): Readonly<Record<string, string>> => ({
  EISDIR: `đây là thư mục: hãy nêu một tệp trong đó, hoặc nhiều tệp như ${file.replace(/[\\/]$/, '')}/*.yaml`,
  EOF: 'đầu vào chuẩn chỉ đọc được một lần: chỉ ghi - ở một chỗ',
  EACCES: 'không có quyền đọc tệp này',
  EBUSY: 'hãy đóng tệp trong Excel rồi thử lại',
  EPERM: 'hãy đóng tệp trong Excel rồi thử lại',
});

/** Words of what is wrong with files and the tables in them, in Vietnamese. */
export const viFileDiagnostics = {
  'file-not-found': ({ file, suggestion }) => `không có tệp ${file}${meant(suggestion)}`,
  'file-unreadable': ({ file, reason }) => `không đọc được ${file} (${reason})
    ${unreadable(file)[reason] ?? ''}`,
  'file-too-large': ({ file, size, limit }) => `${file} có ${num(size)} byte; giới hạn là ${num(limit)}`,
  'unknown-file-type': ({ file, options }) => `không rõ ${file} là loại tệp gì
    ${
      /\.html?$/i.test(file)
        ? 'bản HTML của phiếu rà soát chỉ để in; công cụ đọc lại bản Excel (.xlsx)'
        : `tên tệp cần kết thúc bằng ${options.map((k) => `.${k}`).join(', ')}`
    }`,
  'not-utf8': ({ file }) => `${file} có byte không phải UTF-8
    sửa chữ ở chỗ này, hoặc lưu lại cả tệp dưới dạng UTF-8`,
  'decoded-as': ({ file, encoding }) => `${file} được đọc theo bảng mã ${encoding}
    nên dùng UTF-8`,
  'no-header': ({ wants, seen, dated }) => `không có dòng tiêu đề; cần một cột tên ${list(wants, ' hoặc ')}
    ${
      seen.length > 0
        ? `dòng đầu có ghi ${list(seen)}; ${dated ? `có thể bảng tính đã đổi mã (${dated.join(' hoặc ')}) thành ngày: hãy định dạng ô là Văn bản rồi gõ lại mã; ` : ''}tên cột khác thì ghi nghĩa vào 'columns' trong cchc.config.yaml; bảng xếp hạng thì dùng 'cchc import --league'`
        : ''
    }`,
  'head-too-tall': ({ rows }) => `dòng tiêu đề của bảng có ${rows} hàng; đọc được nhiều nhất 3 hàng
    gộp lại còn 3 hàng: bỏ hàng chỉ lặp lại năm, kỳ hoặc tên biểu`,
  'no-rows': () => `dưới dòng tiêu đề không có dòng nào có mã tiêu chí, nên không có số liệu để đọc
    mỗi tiêu chí một dòng; 'cchc template' tạo mẫu để điền`,
  'unknown-column': (p) => `cột không có trong mẫu: '${p.value}'
    ${p.suggestion ? `có phải '${p.suggestion}'? nếu không, ` : ''}ghi nghĩa của cột vào 'columns' trong cchc.config.yaml, ví dụ "${p.value}": value (hoặc ignore)`,
  'not-a-regular-file': ({ file }) => `${file} không phải tệp thông thường
    hãy dùng '-' để đọc từ đầu vào chuẩn`,
  'not-text': ({ file }) => `${file} không phải văn bản mà là tệp Office hoặc tệp nén
    nếu là bảng tính Excel, hãy đặt đuôi tên tệp là .xlsx`,
  'garbled-text': () => `chữ bị lỗi phông hoặc lỗi bảng mã, không đọc được chắc chắn
    hãy chuyển sang Unicode (UTF-8) rồi lưu lại`,
  'not-a-workbook': ({ file, kind }) => `${file} ${foreign[kind]?.[0] ?? foreign.unknown![0]}
    ${foreign[kind]?.[1] ?? foreign.unknown![1] ?? ''}`,
  'damaged-workbook': ({ file, part }) => `bảng tính ${file} bị hỏng: ${part}
    mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx`,
  'inflates-too-far': ({ file, limit }) => `${file} giải nén ra quá ${num(limit)} byte
    tách bảng tính thành nhiều tệp, hoặc lưu thành CSV`,
  'too-many-cells': ({ file, limit }) => `${file} có hơn ${num(limit)} ô có nội dung
    tách thành nhiều tệp`,
  'too-many-columns': ({ file, limit }) => `một dòng của ${file} có hơn ${num(limit)} cột có nội dung
    tách thành nhiều tệp`,
  'too-many-rows': ({ file, limit }) => `${file} có hơn ${num(limit)} dòng có nội dung
    tách thành nhiều tệp`,
  'formula-not-calculated': () => `ô có công thức nhưng chưa có kết quả
    mở tệp bằng Excel hoặc LibreOffice để tính, rồi lưu lại`,
  'cell-error': ({ value: x }) => `ô báo lỗi ${x}
    sửa công thức, hoặc để ô trống`,
  'head-of-other-year': ({ value: x }) => `cột '${x}' là của năm khác với năm của bộ số liệu
    ghi nghĩa của cột vào 'columns' trong cchc.config.yaml, ví dụ "${x}": ignore`,
  'head-of-period': ({ value: x }) =>
    `cột '${x}' là của một phần năm; chỉ đọc được cột tháng (T1 … T12) và giá trị đến nay
    ghi nghĩa của cột vào 'columns' trong cchc.config.yaml, ví dụ "${x}": value cho kỳ mới nhất, ignore cho các kỳ khác`,
  'note-left-out': ({ unit, file }) => `${file} là bảng, không có chỗ cho ghi chú chung của bộ số liệu ${unit}
    chuyển sang YAML hoặc JSON để giữ ghi chú`,
  'reading-left-out': ({ unit, file }) =>
    `${file} là bảng, không có dòng nào cho ${unit}, vì bộ số liệu không ghi tiêu chí nào
    chuyển sang YAML hoặc JSON để giữ`,
  'page-too-long': ({ units, limit }) =>
    `một trang chứa được nhiều nhất ${num(limit)} bộ số liệu, ở đây có ${num(units)}
    ghi mỗi bộ một trang vào thư mục (--output bao-cao/), hoặc dùng xlsx, csv hay json`,
  'png-too-long': ({ bars, limit }) =>
    `ảnh PNG vẽ được nhiều nhất ${num(limit)} thanh, biểu đồ này có ${num(bars)}
    dùng svg, không có giới hạn này`,
  'rate-differs': ({ value: x, done, total }) =>
    `tỷ lệ ${x} không khớp với ${done}/${total}; dùng hai số này để tính
    sửa lại một trong ba số`,
  'same-meaning': ({ value: x, other }) => `hai cột '${other}' và '${x}' cùng một nghĩa
    chỉ giữ lại một, hoặc ghi nghĩa của một cột vào 'columns' trong cchc.config.yaml, ví dụ "${x}": ignore`,
  'tables-side-by-side': ({ value: x }) => `hai bảng đứng cạnh nhau: cột '${x}' này mở đầu bảng thứ hai
    chuyển bảng thứ hai xuống dưới bảng thứ nhất, hoặc sang một trang tính riêng`,
  'row-too-wide': ({ cells, head, value: x, separator }) =>
    `dòng có ô thứ ${cells} ('${x}'), nhưng dòng tiêu đề chỉ có ${head} cột
    ${
      separator === ','
        ? 'số có dấu phẩy thập phân phải đặt trong ngoặc kép ("99,2%"), hoặc dùng \';\' để ngăn cột'
        : 'đặt tiêu đề cho cột, hoặc xóa ô'
    }`,
  'cell-without-head': ({ value: x }) => `ô '${x}' nằm ở cột không có tiêu đề
    đặt tiêu đề cho cột, hoặc xóa ô`,
  'split-decimal': ({ value: x }) => `'${x}' bị dấu phẩy ngăn cột tách làm hai ô
    đặt trong ngoặc kép: "${x}", hoặc dùng ';' để ngăn cột`,
  'read-as-counts': ({ value: x, done, total }) =>
    `'${x}' được đọc là ${done} trên ${total}: dấu phẩy là dấu ngăn cột
    nếu là một số thì đặt trong ngoặc kép: "${x}", hoặc dùng ';' để ngăn cột`,
  'value-without-id': ({ value: x }) => `giá trị '${x}' không được dùng: dòng không có mã tiêu chí
    ghi mã tiêu chí ở cột mã`,
  'row-without-unit': ({ id }) => `dòng của tiêu chí '${id}' không có tên đơn vị
    ghi tên đơn vị ở từng dòng, hoặc gộp ô tên đơn vị qua các dòng của đơn vị đó`,
  'merged-value': ({ value: x }) =>
    `giá trị '${x}' nằm trong ô gộp qua nhiều ô: không rõ là của tiêu chí, đơn vị nào
    bỏ gộp ô và ghi giá trị vào từng ô`,
  'cell-not-json': ({ value: x, column }) => `không đọc được '${x}' ở cột '${column}'
    cột này cần dữ liệu dạng JSON, ví dụ [{"done": 5, "total": 10}]`,
  'sheet-not-used': ({ sheet, cells, hidden }) =>
    `không dùng trang tính '${sheet}'${hidden ? ' (đang ẩn)' : ''}: ${num(cells)} ô có nội dung
    ${hidden ? 'bỏ ẩn trang tính nếu cần đọc' : 'trang tính này không có dòng tiêu đề của bảng số liệu'}`,
  'unseen-read': ({ rows, columns }) =>
    `đang ẩn (hoặc bị lọc) nhưng vẫn được đọc: ${[
      ...(rows.length > 0 ? [`hàng ${rows.join(', ')}`] : []),
      ...(columns.length > 0 ? [`cột ${columns.join(', ')}`] : []),
    ].join('; ')}
    bỏ ẩn để xem; nếu không muốn tính thì xóa đi`,
  'cells-not-used': ({ why, count, cells }) =>
    `không dùng ${num(count)} ô (${unused[why] ?? why}): ${cells.join(', ')}${count > cells.length ? '…' : ''}`,
  'many-readings': ({ count }) => `tệp có ${count} bộ số liệu; ở đây chỉ cần một`,
  'forms-of-months': ({ unit, files }) => `${unit} có nhiều biểu: ${files.join(', ')}
    biểu theo tháng được ghép bằng --months month (số liệu của riêng tháng) hoặc --months to-date (lũy kế từ đầu năm); nếu không phải thì chỉ giữ một biểu`,
  'form-month': () => `tên tệp không cho biết biểu của tháng nào
    đặt tên như xa-a-t3.xlsx, xa-a-thang-3.xlsx hoặc 2026-03.xlsx`,
  'month-twice': ({ unit, month, files }) => `${unit} có hai biểu của tháng ${month}: ${files.join(', ')}
    chỉ giữ lại một`,
  'month-missing': ({ unit, id, months }) =>
    `${unit} thiếu ${id === null ? 'biểu' : `số liệu ${id}`} của tháng ${months.join(', ')}
    các tháng được ghép từ tháng 1, không bỏ tháng nào`,
  'months-added': ({ unit, id, months, value }) =>
    `${unit}: số đếm của ${id} trong ${months} tháng cộng lại là ${value}
    nếu là số lũy kế từ đầu năm thì dùng --months to-date`,
  'month-parts': ({
    unit,
    id,
  }) => `${unit}: ${id} gồm nhiều số đếm; số của riêng từng tháng không được cộng lại
    hãy ghi số lũy kế từ đầu năm và dùng --months to-date`,
  'month-blank': ({ unit, id, month, months }) =>
    `${unit}: ${id} có số liệu ở tháng ${month} mà tháng ${months.join(', ')} để trống; để là chưa biết
    hãy ghi vào biểu của tháng cuối giá trị đến lúc đó`,
  'month-fell': ({ unit, id, month }) => `${unit}: số liệu ${id} của tháng ${month} nhỏ hơn của tháng trước
    số lũy kế không thể giảm; nếu là số liệu của riêng từng tháng thì dùng --months month`,
  'forms-missing': ({ units, size }) =>
    `chưa có biểu của ${units.length}/${size} đơn vị: ${units.join(', ')}`,
  syntax: ({ reason, fault = '' }) => `sai cú pháp: ${faults[fault] ?? faults[reason] ?? reason}`,
  'duplicate-key': ({ key }) => `'${key}' được ghi hai lần
    chỉ giữ lại một`,
  'forbidden-key': ({ key }) => `không được dùng '${key}' làm khóa`,
  'too-deep': ({ limit }) => `lồng nhau quá ${limit} tầng`,
  'too-many-values': ({ limit }) => `có hơn ${num(limit)} giá trị, tính cả các bí danh YAML lặp lại
    tách thành nhiều tệp, hoặc dùng CSV`,
  'too-many-documents': ({ limit }) => `có hơn ${num(limit)} bộ số liệu trong một tệp
    tách thành nhiều tệp`,
  'yaml-too-large': ({ file }) => `${file} quá lớn đối với YAML
    tách thành nhiều tệp, hoặc dùng CSV hay JSON`,
  'more-diagnostics': ({ count }) => `và ${num(count)} thông báo nữa`,
  'other-kind': ({ expected, value: kind }) =>
    `đây là ${kindWords[kind] ?? kind}, không phải ${kindWords[expected] ?? expected}
    ${kind === 'reading' || kind === 'schema' ? '' : `đưa tệp này qua --${kind}`}`,
  'unknown-shape': ({ kinds }) => `cchc không nhận ra tệp này thuộc loại nào
    các loại nhận được: ${kinds.join(', ')}`,
} satisfies Partial<DiagnosticTexts>;
