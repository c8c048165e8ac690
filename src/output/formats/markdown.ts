import { type Block, type Table, visible } from '../presentation.js';
import type { Render } from './index.js';

const escape = (text: string) =>
  visible(text)
    .replace(/([\\|<>*_`[\]])/g, '\\$1')
    .replace(/\n/g, ' ');

/** Headings, lists and pipe tables. */
export const renderMarkdown: Render = ({ blocks }) =>
  `${blocks
    .filter((b) => b.kind !== 'table' || !b.machineOnly)
    .map(block)
    .join('\n\n')}\n`;

function block(b: Block): string {
  switch (b.kind) {
    case 'heading':
      return `# ${escape(b.text)}`;
    case 'text':
      return escape(b.text);
    case 'facts':
      return `${title(b.title)}${b.rows.map((r) => `- **${escape(r.label)}**: ${escape(r.text)}`).join('\n')}`;
    case 'picture':
      return `${title(b.title)}\`\`\`text\n${b.lines.map(visible).join('\n')}\n\`\`\``;
    case 'table':
      return title(b.title) + table(b);
  }
}

const title = (text: string | undefined) => (text ? `## ${escape(text)}\n\n` : '');

function table(t: Table): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rows = t.rows.map((row) => {
    const cells = row.cells.map((c) => escape(c.text));
    return line(row.role ? cells.map((c) => (c ? `**${c}**` : c)) : cells);
  });
  const rule = line(t.columns.map((c) => (c.align && c.align !== 'left' ? '---:' : '---')));
  return [line(t.columns.map((c) => escape(c.title))), rule, ...rows].join('\n');
}
