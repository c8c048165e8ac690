import type { Labels } from '../index.js';

// Small inside a sentence: huyện Như Xuân, but Sở Nội vụ, and Phường 1 with a number for a name.
const KIND_OF_PLACE = /^(Huyện|Thị xã|Thành phố|Quận|Xã|Phường|Thị trấn|Tỉnh|Đặc khu)(?= \D)/;

/** A count of one digit with a nought before it, as letters write it. */
const counting = (count: number | string) => String(count).padStart(2, '0');

/** A noun as it goes on in a sentence, without a 'Có' of its own. */
const withoutYes = (noun: string) =>
  noun.replace(/^Có /u, '').replace(/^\p{Lu}(?=\p{Ll})/u, (c) => c.toLowerCase());

/** Nouns that are what is done: 'chưa ban hành kế hoạch', not 'chưa có ban hành kế hoạch'. */
const DOING =
  /^(?:Áp dụng|Ban hành|Bố trí|Công bố|Công khai|Cập nhật|Duy trì|Niêm yết|Rà soát|Sử dụng|Theo dõi|Thực hiện|Triển khai|Tổ chức|Xây dựng)(?= )/u;
const having = (noun: string) => `${DOING.test(noun) ? '' : 'có '}${withoutYes(noun)}`;
/** With a capital, as a sentence of its own. */
const begun = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const REFORM = 'chỉ số cải cách hành chính';

/** Words of pages, workbooks and letters, in Vietnamese. */
export const viReportLabels: Pick<Labels, 'report' | 'form' | 'workbook' | 'letter'> = {
  report: {
    ownIndex: /^Chỉ số (?!.*(?:cải cách hành chính|CCHC))/iu,
    title: (index) => `Báo cáo ${index ?? REFORM}`,
    asChanged: 'Phương án đang thử',
    was: (value) => `trước: ${value}`,
    tryOut: 'Thử thay đổi',
    tryOutHint:
      'Kéo thanh trượt, nhập giá trị hoặc chọn mức: điểm, thứ hạng và biểu đồ thay đổi theo. Không có gì được gửi đi; địa chỉ trang giữ lại các thay đổi.',
    save: 'Lưu kịch bản',
    resetAll: 'Bỏ mọi thay đổi',
    reset: 'Bỏ',
    given: 'theo số liệu',
    asGiven: 'như trong số liệu',
    typed: (what) => `${what}, nhập số`,
    comparison: 'So sánh các phương án',
    pictures: 'Biểu đồ',
    notes: 'Ghi chú',
    unnamedUnits: (n) => `${n} đơn vị khác chỉ có vạch, không ghi tên`,
    unknownUnits: (n) => `${n} đơn vị chưa biết điểm, ở khoảng này`,
    points: 'điểm',
    key: '~ suy ra · * giả định',
    pale: 'phần nhạt: chưa biết',
    more: 'Nguyên nhân, việc cần làm, tài liệu, căn cứ',
    onePage: {
      verdict: (score, max, index) => `Đạt ${score}/${max} điểm${index === null ? '' : `, chỉ số ${index}`}`,
      noLeague: 'Xếp hạng: chưa có bảng xếp hạng của nhóm',
      open: (criteria, points) => `Còn ${criteria} tiêu chí chưa đủ số liệu, nhiều nhất ${points} điểm`,
      losses: 'Năm tiêu chí mất điểm nhiều nhất',
      cause: 'Nguyên nhân',
      tasks: 'Ba nhiệm vụ tăng điểm nhiều nhất',
      target: 'Mức cần đạt',
      gain: 'Điểm tăng',
      together: (tasks, points, score, rank) =>
        `Làm đủ ${tasks} nhiệm vụ: tăng ${points} điểm, đạt ${score} điểm${rank === null ? '' : `, xếp hạng ${rank}`}.`,
      years: 'Các năm',
      change: 'Thay đổi chỉ số',
    },
    charts: {
      tornado: 'Điểm có thể cải thiện theo tiêu chí',
      fields: 'Điểm trừ theo lĩnh vực',
      owners: 'Điểm trừ theo đơn vị chủ trì',
      rank: 'Vị trí giữa các đơn vị',
      scenarios: 'Điểm tăng thêm theo kịch bản',
      years: 'Chỉ số qua các năm',
    },
    methods: [
      'Điểm mỗi tiêu chí được làm tròn một lần, nửa đơn vị làm tròn ra xa số 0, rồi cộng chính xác.',
      'Giá trị chưa biết không phải bằng 0: khi đó điểm là một khoảng.',
      'Điểm trừ đã công bố được giữ nguyên cho đến khi đặt giá trị khác.',
    ],
  },
  form: {
    sheet: 'Phiếu chấm điểm',
    title: (index) => `Phiếu tự đánh giá, chấm điểm ${begun(index ?? REFORM)}`,
    hint: 'Chỉ nhập vào ô màu vàng. Tỷ lệ: nhập ngay (60%) hoặc nhập số đã làm và tổng số. Điểm và phần còn thiếu tự tính.',
    points: 'Tổng điểm tạm tính',
    missing: 'Số tiêu chí chưa có số liệu',
    toFill: 'còn thiếu',
    check: 'xem lại',
    later: 'chấm sau',
    yes: 'Có',
    lists: 'Danh mục',
    naPrompt: 'Chọn “Có” nếu tiêu chí không áp dụng với đơn vị; để trống nếu có áp dụng.',
    levelPrompt: 'Chọn một mức trong danh sách.',
    percentPrompt: 'Nhập tỷ lệ phần trăm, ví dụ 92,5%.',
    countsPrompt: 'Nhập tỷ lệ phần trăm, ví dụ 92,5%; hoặc để trống và nhập số đã làm, tổng số.',
    numberPrompt: 'Nhập số lượng.',
    kindPrompt: 'Chọn loại đơn vị: một số tiêu chí chỉ chấm với một số loại.',
    datePrompt: 'Nhập ngày hoàn thành, ví dụ 20/12/2025.',
    daysFormat: '0" ngày"',
    pointsAlone: 'Cộng điểm tạm tính (chưa áp mức trần, hệ số)',
  },
  workbook: {
    totals: 'Tổng hợp',
    heatMap: 'Bản đồ nhiệt',
    indexBefore: 'Chỉ số năm trước',
    changeFrom: (year) => `Tăng, giảm so với ${year}`,
    inputs: 'Số liệu',
    league: 'Xếp hạng',
    fields: 'Lĩnh vực',
    criteriaByOwner:
      'Điểm trừ của các tiêu chí theo đơn vị chủ trì, chưa tính trọng số, mức trần, trung bình của lĩnh vực',
    published: 'Điểm trừ đã công bố',
    state: 'Giải trình hoặc không áp dụng',
    tried: 'Giá trị thử',
    triedPoints: 'Điểm thử',
    triedDeduction: 'Điểm trừ thử',
    known: 'Điểm đã biết',
    bestRank: 'Hạng tốt nhất',
    worstRank: 'Hạng thấp nhất',
    lowRank: 'Hạng ở mức 5%',
    highRank: 'Hạng ở mức 95%',
    surelyAbove: 'Chắc chắn xếp trên',
    maybeAbove: 'Có thể xếp trên',
    expectedAbove: 'Xếp trên, trung bình',
    baseline: 'Hiện trạng',
    hint: 'Chỉ sửa được các ô màu vàng. Tỷ lệ nhập dạng phần trăm (60%). Mọi ô khác tự tính theo công thức.',
  },
  letter: {
    textSize: 13,
    country: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    motto: 'Độc lập - Tự do - Hạnh phúc',
    committee: 'ỦY BAN NHÂN DÂN',
    parent: '[CƠ QUAN CHỦ QUẢN]',
    committeeOf: (kind, place) => `Ủy ban nhân dân ${kind} ${place}`,
    chairman: (kind) => `Chủ tịch UBND ${kind}`,
    director: (unit) => `Giám đốc ${unit}`,
    headOf: (unit) => `Thủ trưởng ${unit}`,
    homeAffairs: 'Phòng Nội vụ',
    someOffice: '[đơn vị tổng hợp]',
    number: (committee) => `Số: [số]/${committee ? 'UBND' : '[cơ quan]'}-[đơn vị]`,
    placeAndDate: (place) => `${place ?? '[địa danh]'}, ngày [ngày] tháng [tháng] năm [năm]`,
    subject: (year, index) => `V/v nâng cao ${index ?? REFORM} từ kết quả năm ${year}`,
    to: 'Kính gửi:',
    intro: (source, unit, year) =>
      `Theo ${source ?? '[văn bản công bố kết quả]'}, năm ${year} ${unit.replace(KIND_OF_PLACE, (kind) => kind.toLowerCase())}`,
    score: (score, max) => `đạt ${score}/${max} điểm`,
    rank: (rank) => `xếp hạng ${rank}`,
    lost: (points, criteria) => `bị trừ ${points} điểm ở ${counting(criteria)} tiêu chí`,
    unreported: (criteria) => `còn ${counting(criteria)} tiêu chí chưa có số liệu`,
    share: (owner, criteria, points) =>
      `${owner} chủ trì ${counting(criteria)} tiêu chí bị trừ điểm, tổng điểm trừ ${points}.`,
    units: 'các cơ quan, đơn vị',
    request: (head, whom, year) =>
      `${head} yêu cầu ${whom} khắc phục hạn chế, nâng cao điểm số, thứ hạng từ năm ${year} theo nội dung sau và Phụ lục:`,
    lostHere: (points) => `trừ ${points} điểm`,
    notAdded: (points) => `chưa được cộng ${points} điểm`,
    lostAtLeast: (points) => `trừ ít nhất ${points} điểm`,
    upTo: (points) => `đến ${points}`,
    inAnnex: (ids) =>
      `${ids.length > 1 ? 'Các tiêu chí' : 'Tiêu chí'} ${ids.join(', ')}: thực hiện theo Phụ lục.`,
    shortcoming: (text) => `Hạn chế: ${text}`,
    charge: (leads, joined, target) =>
      `Giao ${leads} chủ trì${joined === null ? '' : ` (${joined})`}${target ?? ''}`,
    rate: /^Tỷ lệ(?= )/u,
    assure: (target) => `, bảo đảm ${target}`,
    assured: (target) => `Bảo đảm ${target}`,
    attain: (target) =>
      `, ${target.startsWith('chậm nhất ') ? 'hoàn thành' : 'bảo đảm'} ${target.replace(/^đạt /u, '')}`,
    report: ' báo cáo số liệu',
    notReported: 'Chưa có số liệu báo cáo',
    unclear: 'Chưa đủ căn cứ để tính điểm',
    conditionFailed: (id) => `Không đạt điều kiện về tiêu chí ${id}`,
    below: (noun, has, needs) => `${noun} đạt ${has}, dưới ${needs}`,
    short: (noun, needs) => `${noun} đạt dưới ${needs}`,
    exceeds: (noun, most) => `${noun} vượt mức ${most}`,
    only: (noun, has, needs) =>
      has === '0'
        ? `${noun} chưa có, yêu cầu từ ${needs} trở lên`
        : `${noun} chỉ có ${has}, chưa đủ ${needs}`,
    late: (noun, day, days, due) =>
      `${noun} ${day === null ? '' : `vào ngày ${day}, `}chậm ${days} ngày so với hạn ${due}`,
    dueBy: (noun, due) => `${noun} chậm nhất ${due}`,
    // A noun may say its level itself: 'Kiểm tra từ 30% số đơn vị trở lên'.
    namesLevel: (noun, value) =>
      ['từ', 'đạt', 'ít nhất', 'tối thiểu'].some((word) =>
        ` ${noun.toLowerCase()} `.includes(` ${word} ${value} `),
      ),
    // 'Số sáng kiến' counts sáng kiến: 'chỉ có 01 sáng kiến'.
    counted: (noun) => {
      if (!/^Số \p{Ll}/u.test(noun)) return null;
      const what = noun.slice(3);
      return {
        only: (has, needs) =>
          `${has === '0' ? 'Chưa có' : `Chỉ có ${has}`} ${what} (yêu cầu từ ${needs} trở lên)`,
        atLeast: (value) => `Có từ ${value} ${what} trở lên`,
        atMost: (value) => `Không quá ${value} ${what}`,
        none: `Không có ${what}`,
        over: (has, most) => `Có ${has} ${what} (yêu cầu ${most === '0' ? 'không có' : `không quá ${most}`})`,
      };
    },
    atLevel: (noun, level) => `${noun} ở mức “${level}”`,
    level: (noun, levels) => `${noun} đạt mức ${levels.map((l) => `“${l}”`).join(' hoặc ')}`,
    whole: counting,
    yes: (noun) => begun(having(noun)),
    notYet: (noun) => `Chưa ${having(noun)}`,
    no: (noun) => `Không ${having(noun)}`,
    above: (noun, has, needs) =>
      `${noun} còn ${has}, ${needs === '0' ? 'yêu cầu bằng 0' : `cao hơn ${needs}`}`,
    atLeast: (noun, value) => `${noun} đạt từ ${value} trở lên`,
    atMost: (noun, value) => `${noun} không quá ${value}`,
    reaches: (noun, value) => `${noun} đạt ${value}`,
    exactly: (noun, value) => `${noun} bằng ${value}`,
    tracking: (owners) => `${owners} theo dõi`,
    joining: (owners) => `${owners} phối hợp`,
    noDeadline: '[thời hạn]',
    closing: (head, whom, office) =>
      `${head} yêu cầu ${whom} nghiêm túc thực hiện, báo cáo đúng thời hạn; vướng mắc báo cáo${whom === office ? '' : ` qua ${office}`} để kịp thời chỉ đạo./.`,
    closingKept: (head, whom) => `${head} yêu cầu ${whom} tiếp tục duy trì kết quả./.`,
    recipients: 'Nơi nhận:',
    recipientList: ['Như trên;', '[nơi nhận khác];', 'Lưu: VT, [đơn vị soạn thảo].'],
    onBehalf: 'TM. ỦY BAN NHÂN DÂN',
    chairmanSigns: 'CHỦ TỊCH',
    directorSigns: 'GIÁM ĐỐC',
    someoneSigns: '[CHỨC VỤ CỦA NGƯỜI KÝ]',
    signature: '[Họ và tên]',
    annex: 'Phụ lục',
    annexTitle: (year, index) =>
      `NHIỆM VỤ NÂNG CAO ${(index ?? REFORM).toLocaleUpperCase('vi')} TỪ NĂM ${year}`,
    annexReference: (issuer) =>
      `(Kèm theo Công văn số [số]/[ký hiệu] ngày [ngày] tháng [tháng] năm [năm] của ${issuer})`,
    annexColumns: [
      'TT',
      'Tiêu chí',
      'Nhiệm vụ',
      'Sản phẩm',
      'Chủ trì',
      'Phối hợp',
      'Thời hạn',
      'Điểm tăng',
      'Số bậc',
    ],
    noTask: '[nhiệm vụ]',
    noProduct: '[sản phẩm]',
    noCoordination: '[phối hợp]',
    draftNote:
      '[Ghi chú của bản dự thảo, xóa trước khi ban hành: phần trong ngoặc vuông do cơ quan điền; “suy ra”, “giả định” là điều nguồn không nêu.]',
    nothing: 'Không có tiêu chí nào bị trừ điểm.',
    someUnits: '[các cơ quan, đơn vị]',
  },
};
