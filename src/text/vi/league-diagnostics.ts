import type { DiagnosticTexts } from '../messages.js';
import { num } from './wording.js';

/** What is wrong with a league. */
export const viLeagueDiagnostics = {
  'league-size': ({ size, units }) => ({
    message: `bảng ghi ${num(size)} đơn vị nhưng liệt kê ${num(units)} đơn vị`,
  }),
  'league-rank-out': ({ rank, size }) => ({ message: `hạng ${rank} trong bảng ${size} đơn vị` }),
  'duplicate-unit': ({ unit }) => ({ message: `'${unit}' xuất hiện hai lần` }),
  'league-order': ({ unit, other }) => ({ message: `'${unit}' xếp dưới '${other}' nhưng điểm cao hơn` }),
  'league-shared-rank': ({ unit, other, rank }) => ({
    message: `'${unit}' và '${other}' cùng hạng ${rank} nhưng khác điểm`,
  }),
  'league-full-gap': ({ from, to }) => ({
    message: `giữa hạng ${from} và hạng ${to}, số đơn vị nhiều hơn số thứ hạng còn trống`,
  }),
  'league-count': ({ at, units, from, to }) => ({
    message:
      from > to
        ? `không thể có ${units} đơn vị đạt từ ${num(at)}: điểm và hạng đã biết ở đó mâu thuẫn nhau`
        : `không thể có ${units} đơn vị đạt từ ${num(at)}: điểm đã biết chỉ cho phép ${from === to ? from : `từ ${from} đến ${to}`}`,
  }),
  'league-counts-order': ({ at, units, other, more }) => ({
    message:
      at === other
        ? `mức ${num(at)} được nêu hai lần`
        : `${units} đơn vị đạt từ ${num(at)}, ít hơn ${more} đơn vị đạt từ ${other}`,
  }),
  'league-mean': ({ value, from, to }) => ({
    message: `điểm đã biết không thể có trung bình ${num(value)}`,
    hint:
      from === to
        ? `trung bình của các điểm là ${num(from)}`
        : `trung bình chỉ có thể từ ${num(from)} đến ${num(to)}`,
  }),
  'league-median': ({ value, from, to }) => ({
    message: `điểm đã biết không thể có trung vị ${num(value)}`,
    hint:
      from === to
        ? `trung vị của các điểm là ${num(from)}`
        : `trung vị chỉ có thể từ ${num(from)} đến ${num(to)}`,
  }),
  'league-previous-year': ({ value, year }) => ({
    message: `bảng năm ${value} không phải của năm trước ${year}`,
  }),
  'league-previous-scale': ({ year, value, scale }) => ({
    message: `bảng năm ${year} theo thang ${num(value)} điểm, bảng này theo thang ${num(scale)}; điểm mỗi bảng được tính theo phần trăm thang của chính bảng đó`,
  }),
  'score-off-scale': (p) => ({ message: `điểm ${num(p.value)} nằm ngoài thang từ 0 đến ${num(p.scale)}` }),
  'league-own-position': ({ unit, score }) => ({
    message: `bảng không còn thứ hạng trống ở mức ${num(score)} điểm của ${unit}; lấy thứ hạng trống gần nhất`,
  }),
  'league-outsider': ({ unit, size }) => ({
    message: `'${unit}' không có trong ${size} đơn vị của bảng; được thêm vào`,
  }),
  'unit-look-alike': (p) => ({
    message: `bảng xếp hạng không có '${p.unit}' mà có '${p.suggestion}'; hiện được coi là hai đơn vị khác nhau`,
    hint: `nếu là một đơn vị thì ghi '${p.suggestion}' trong tệp số liệu, hoặc ghi mã đơn vị (code) ở cả hai nơi`,
  }),
  'risk-league-bare': () => ({
    message:
      'bảng không cho biết các đơn vị khác đứng ở đâu: không có điểm, trung bình, trung vị hay số đơn vị theo mức',
  }),
  'backtest-small': ({ name, units }) => ({
    message: `${name} chỉ có ${num(units)} đơn vị, quá ít để giấu đi và hỏi lại`,
    hint: 'kiểm tra cần bảng từ tám đơn vị trở lên',
  }),
  'backtest-no-pair': () => ({
    message:
      'không bảng nào ở đây có bảng của năm trước với phần lớn các đơn vị đó, nên không thể hỏi về năm sau',
    hint: 'đưa bảng của hai năm trở lên, hoặc chọn phần khác bằng --known',
  }),
  'backtest-sample': ({ sample, most }) => ({
    message: `--sample ${sample}: không bảng nào ở đây có trên ${num(most)} đơn vị để chọn bớt`,
    hint: 'chọn số nhỏ hơn, hoặc bỏ --sample để hỏi cả bảng',
  }),
  'backtest-partly': ({ name }) => ({
    message: `${name} chưa biết đủ điểm nên không thể giấu đi để kiểm tra`,
    hint: 'kiểm tra cần điểm của mọi đơn vị trong bảng, từ tám đơn vị trở lên',
  }),
} satisfies Partial<DiagnosticTexts>;
