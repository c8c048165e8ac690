import { combinedKind } from '../combined.js';

/** The least of several sub-rules counts. */
export default combinedKind('min', { vi: 'lấy mức thấp hơn với', en: 'or, if less,' });
