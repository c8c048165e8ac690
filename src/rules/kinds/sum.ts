import { combinedKind } from '../combined.js';

/** Adds sub-rules up, for example a base rule and a penalty. */
export default combinedKind('sum', { vi: 'cộng', en: 'plus' });
