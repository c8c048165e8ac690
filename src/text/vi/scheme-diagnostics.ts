import type { DiagnosticTexts } from '../messages.js';

const list = (items: readonly string[]) => items.map((i) => `'${i}'`).join(', ');
const meant = (suggestion: string | undefined) =>
  suggestion ? `có phải ý bạn là '${suggestion}'?` : undefined;

/** Words of what catalogues, hierarchies and streams complain of, in Vietnamese. */
export const viSchemeDiagnostics = {
  'needs-target': ({ id }) => ({
    message: `${id} chấm theo chỉ tiêu riêng của đơn vị, nhưng số liệu không nêu`,
    hint: 'ví dụ {value: 900, target: 1000}',
  }),
  'needs-leader': ({ id }) => ({
    message: `${id} vượt chỉ tiêu, điểm khi đó tùy vào đơn vị dẫn đầu nhóm mà ở đây chưa biết`,
    hint: 'hãy ghi leader: GIÁ_TRỊ, hoặc nêu số liệu của cả nhóm',
  }),
  'outside-validity': ({ year, from, to }) => ({
    message: `bộ tiêu chí áp dụng ${to === null ? `từ năm ${from}` : `từ năm ${from} đến năm ${to}`}, không gồm năm ${year}`,
  }),
  'field-circle': ({ id }) => ({ message: `lĩnh vực '${id}' lại thuộc về chính nó` }),
  'extends-circle': ({ files }) => ({
    message: `các bộ tiêu chí kế thừa lẫn nhau thành vòng: ${files.join(' → ')}`,
  }),
  'field-sum': ({ id, sum, max }) => ({
    message: `các tiêu chí của lĩnh vực ${id} cộng lại là ${sum}, không phải ${max}`,
  }),
  'ids-collide': ({ id, other }) => ({
    message: `bảng tính đọc ${id} và ${other} thành cùng một số`,
    hint: 'giữ mã ở dạng văn bản, hoặc đánh số khác đi',
  }),
  'owner-unused': ({ owner }) => ({ message: `không tiêu chí nào nêu '${owner}'` }),
  'no-translation': ({ id, keys }) => ({ message: `${id} chưa có tiếng Anh: ${keys.join(', ')}` }),
  'threshold-unsourced': ({ id, numbers }) => ({
    message: `${id}: không nguồn nào nêu ${numbers.join(', ')}`,
  }),
  'tiers-overlap': ({ id, at }) => ({
    message: `${id}: hai mức cùng chứa ${at}; mức đứng trước được dùng`,
    hint: "dùng 'below' ở nơi mức sau bắt đầu",
  }),
  'tiers-gap': ({ id, from, to }) => ({
    message: `${id}: không mức nào chứa khoảng giữa ${from} và ${to}`,
    hint: "khoảng đó rơi vào 'otherwise'",
  }),
  'not-monotone': ({ id }) => ({ message: `${id}: giá trị tăng mà điểm lúc tăng lúc giảm` }),
  'points-unreachable': ({ id, points }) => ({ message: `${id}: không giá trị nào được ${points} điểm` }),
  'phrase-not-understood': ({ found }) => ({
    message: `không hiểu cách tính: '${found}'`,
    hint: 'hãy tự ghi cách tính vào bộ tiêu chí',
  }),
  'unknown-action-word': (p) => ({
    message: `'${p.found}' không thuộc ${list(p.options)}`,
    hint: meant(p.suggestion),
  }),
  'unit-circle': ({ unit }) => ({ message: `'${unit}' theo cấp trên lại thuộc về chính nó` }),
  'children-missing': ({ parent, units }) => ({
    message: `${parent}: thiếu số liệu của ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` và ${units.length - 5} đơn vị khác` : ''}`,
  }),
  'no-average': ({ id, units }) => ({
    message: `${id}: tỷ lệ không kèm số đếm thì không lấy trung bình (${units.join(', ')})`,
    hint: 'hãy ghi done và total trong mọi số liệu',
  }),
  'not-additive': ({ id, units }) => ({
    message: `${id} không cộng được giữa các đơn vị (${units.join(', ')}); để là chưa biết`,
  }),
  'unit-not-placed': ({ units }) => ({ message: `tệp đơn vị không nêu ${units.slice(0, 5).join(', ')}` }),
  'stream-order': ({ unit, year }) => ({
    message: `các dòng của '${unit}', ${year} nằm ở nhiều nơi`,
    hint: 'hãy sắp xếp tệp theo đơn vị và năm: mỗi lúc chỉ giữ một số liệu',
  }),
  'not-in-stream': ({ option }) => ({
    message: `${option} không đi cùng --stream`,
    hint: 'đọc theo dòng thì không giữ số liệu để thay đổi',
  }),
  'not-in-sql': ({ ids }) => ({
    message: `không lập được câu SQL cho cách tính dùng nhiều giá trị, hoặc theo chỉ tiêu và đơn vị dẫn đầu: ${ids.join(', ')}`,
  }),
  'stream-rows': ({ count }) => ({ message: `còn ${count} lỗi tương tự` }),
} satisfies Partial<DiagnosticTexts>;
