import type { Render } from './formats.js';

/** The result as data; numbers use a dot in every language. */
export const renderJson: Render = ({ json }) => `${JSON.stringify(json, null, 2)}\n`;
