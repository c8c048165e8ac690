import type { Render } from './formats.js';
import { type Finding, findingText, visible } from './presentation.js';

const LEVEL: Record<Finding['severity'], string> = { error: 'error', warning: 'warning', note: 'notice' };
const data = (text: string) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** GitHub Actions workflow commands, one a line. */
export const renderGithub: Render = ({ findings }) =>
  findings!.items
    .map((item) => {
      const { path, line, column, severity, code } = item;
      const place = [`file=${property(path)}`, line && `line=${line}`, column && `col=${column}`];
      const words = data(visible(findingText(item)));
      return `::${LEVEL[severity]} ${place.filter(Boolean).join(',')},title=${property(code)}::${words}\n`;
    })
    .join('');
