import type { Labels } from '../messages.js';

/** Words of a place in a group. */
export const viRank: Labels['rank'] = {
  certain: (rank, size) => `${rank}/${size}`,
  range: (best, worst, size) => `từ ${best} đến ${worst} trên ${size}`,
  tie: (best, worst, size, units) =>
    `từ ${best} đến ${worst} trên ${size}: bằng điểm ${units} ở số lẻ đã công bố`,
  expected: (mean, median, low, high) =>
    `trung vị ${median}, 90% trong khoảng ${low} đến ${high} (trung bình ${mean})`,
  model: 'Mô hình nhóm',
  models: {
    'group-shape': (spread, leagues) =>
      `một dạng phân bố cho mọi đơn vị, độ lệch chuẩn khoảng ${spread} điểm, học từ ${leagues} bảng đã công bố và mọi điều đã biết về bảng này`,
    'later-year': (spread, leagues) =>
      `bảng được chuyển sang năm được hỏi, độ lệch chuẩn khoảng ${spread} điểm, học từ ${leagues} bảng đã công bố`,
  },
  variants: {
    'half-spread': 'nửa độ tản mát',
    'double-spread': 'gấp đôi độ tản mát',
    'half-change': 'nửa mức thay đổi hằng năm',
    'double-change': 'gấp đôi mức thay đổi hằng năm',
  },
  ifOtherwise: (parts) => `hạng trung bình nếu ${parts}`,
  next: 'Đơn vị liền trên',
  nextKnown: (unit, score, points) => `${unit} (${score}): cần hơn ${points} điểm`,
  perPlace: (points) => `khoảng ${points} điểm cho mỗi bậc, giữa các đơn vị chưa biết điểm`,
  margin: 'Đơn vị liền dưới',
  marginKnown: (unit, score, points) => `${unit} (${score}): kém ${points} điểm`,
  places: (n) => `${n} bậc`,
  assumption: 'Giả định',
  assumptions: {
    'group-shape':
      'các đơn vị chưa biết điểm phân bố như những nhóm cùng loại: độ tản mát và độ lệch như trong các bảng xếp hạng đã công bố đủ, và theo mọi điều đã biết về bảng này',
    'later-year':
      'năm được hỏi sau năm của bảng: mỗi đơn vị giữ phần lớn khoảng cách tới trung bình, thay đổi theo cách riêng, và cả nhóm cùng dịch chuyển, như các bảng đã công bố từ năm này sang năm khác',
    'nothing-to-go-by': 'bảng không cho biết các đơn vị khác đứng ở đâu, nên chỉ có khoảng chắc chắn',
    'own-score-is-anchor':
      'bảng chỉ cho hạng của đơn vị, không cho điểm; điểm của chính đơn vị đặt tại hạng đó',
    'own-place-nearest-gap': 'bảng không còn chỗ trống ở mức điểm của đơn vị; lấy chỗ trống gần nhất',
    outsider: 'đơn vị không có trong bảng; được thêm vào bảng',
    'previous-in-percent':
      'bảng năm trước theo thang điểm khác; điểm của bảng đó được tính theo phần trăm thang của chính nó',
  },
  backtest: {
    title: 'Kiểm tra mô hình xếp hạng trên các bảng đã biết',
    league: 'Bảng',
    knownTitle: 'Biết trước',
    together: 'Cộng chung',
    known: {
      own: 'Chỉ biết hạng và điểm của chính đơn vị',
      'first3,last': 'Biết ba đơn vị đầu và đơn vị cuối',
      mean: 'Biết ba đơn vị đầu, đơn vị cuối và trung bình',
      next: 'Biết đủ bảng năm trước',
    },
    columns: {
      units: 'Số đơn vị',
      questions: 'Số câu hỏi',
      within50: 'Trong 50%',
      within80: 'Trong 80%',
      within90: 'Trong 90%',
      bias: 'Sai lệch trung bình',
      crps: 'CRPS',
      even90: 'Rải đều: trong 90%',
      even_crps: 'Rải đều: CRPS',
      normal_crps: 'Chuẩn: CRPS',
    },
    tenths: 'Hạng thật rơi vào đâu, theo phần mười của phân bố',
    note: 'Mỗi bảng được hỏi bằng mô hình chưa từng thấy bảng đó. CRPS: khoảng cách trung bình từ phân bố đến hạng thật, tính bằng bậc. Rải đều: các đơn vị khác rải đều giữa các điểm đã biết (với năm trước: giữ nguyên hạng). Chuẩn: phân bố chuẩn khớp nhất, coi là chắc chắn.',
  },
  picture: {
    title: 'Nhóm đơn vị theo điểm',
    band: 'Hạng theo điểm: trung bình, vùng tô là 90% khả năng; phía sau là nơi nhóm đứng',
    curve: 'Hạng theo điểm',
    density: 'Đơn vị mỗi điểm',
    mean: 'Hạng trung bình',
    units: 'Số đơn vị',
    knownOf: (known, size) => `${known} trên ${size} đã biết điểm`,
  },
  criteria: {
    title: 'Cả nhóm cho biết gì, theo tiêu chí',
    full: 'Tối đa',
    spread: 'Lệch',
    withTotal: 'TQ tổng',
    withRest: 'TQ khác',
    first: '10 đầu',
    behind: 'Kém',
    changed: 'Đổi hạng',
    rank: 'Hạng',
    note: 'Tối đa: tỷ lệ đơn vị đạt điểm tối đa. Lệch: độ lệch chuẩn của điểm. TQ tổng, TQ khác: tương quan giữa điểm tiêu chí với tổng điểm, và với tổng điểm các tiêu chí khác. 10 đầu: điểm trung bình của mười đơn vị đầu (nửa nhóm nếu nhóm nhỏ); Kém: đơn vị được hỏi thấp hơn bao nhiêu. Đổi hạng: số đơn vị đổi hạng nếu bỏ tiêu chí; Hạng: hạng của đơn vị được hỏi khi đó.',
  },
};
