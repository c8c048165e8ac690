import type { Render } from './formats.js';
import { type Block, type Table, visible } from './presentation.js';

const escaped = (text: string) =>
  visible(text)
    .replace(/([\\|<>*_`[\]])/g, '\\$1')
    .replace(/\n/g, ' ');

/** Headings, lists and pipe tables. */
export const renderMarkdown: Render = ({ blocks }) => `${blocks.map(block).join('\n\n')}\n`;

function block(b: Block): string {
  switch (b.kind) {
    case 'answer':
      return `# ${escaped(b.title)}\n\n${b.rows.map((r) => `- **${escaped(r.label)}**: ${escaped(r.text)}`).join('\n')}`;
    case 'heading':
      return `# ${escaped(b.text)}`;
    case 'text':
      return escaped(b.text);
    case 'facts':
      return `${title(b.title)}${b.rows.map((r) => `- **${escaped(r.label)}**: ${escaped(r.text)}`).join('\n')}`;
    case 'picture':
      return `${title(b.title)}\`\`\`text\n${b.lines.map(visible).join('\n')}\n\`\`\``;
    case 'table':
      return title(b.title) + table(b);
  }
}

const title = (text: string | undefined) => (text ? `## ${escaped(text)}\n\n` : '');

function table(t: Table): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rows = t.rows.map((row) => {
    const cells = row.cells.map((c) => escaped(c.text));
    return line(row.role ? cells.map((c) => (c ? `**${c}**` : c)) : cells);
  });
  const rule = line(t.columns.map((c) => (c.align && c.align !== 'left' ? '---:' : '---')));
  return [line(t.columns.map((c) => escaped(c.title))), rule, ...rows].join('\n');
}
