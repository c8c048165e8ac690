import type { Render } from './formats.js';
import { type Finding, visible } from './presentation.js';

const LEVEL: Record<Finding['severity'], string> = { error: 'error', warning: 'warning', note: 'notice' };
const data = (text: string) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** GitHub Actions workflow commands, one a line. */
export const renderGithub: Render = ({ findings }) =>
  (findings?.items ?? [])
    .map(({ file, line, column, severity, code, message, hint }) => {
      const place = [
        `file=${property(file)}`,
        ...(line ? [`line=${line}`] : []),
        ...(column ? [`col=${column}`] : []),
      ];
      const words = hint ? `${message} (${hint})` : message;
      return `::${LEVEL[severity]} ${place.join(',')},title=${property(code)}::${data(visible(words))}\n`;
    })
    .join('');
