import { visible } from '../../render/presentation.js';
import { annexColumns, type Letter } from './model.js';

const escaped = (text: string) => visible(text).replace(/([\\|<>*_`~])/g, '\\$1');

/** A letter as Markdown, for mail and review. */
export function letterMarkdown(letter: Letter): string {
  const e = escaped;
  return [
    `**${letter.issuer.map(e).join(' ')}**`,
    `**${e(letter.country)}**\n**${e(letter.motto)}**`,
    `${e(letter.number)}  \n${e(letter.placeAndDate)}`,
    `${e(letter.subject)}`,
    [`${e(letter.toLabel)}`, ...letter.to.map((t) => `- ${e(t)}`)].join('\n'),
    e(letter.intro),
    e(letter.request),
    ...letter.sections.flatMap(({ heading, items, rest }) => [
      `## ${e(heading)}`,
      ...items
        .filter((item) => item.inText)
        .map(({ id, title, sentences }) => `**${e(id)}. ${e(title)}.** ${e(sentences.join(' '))}`),
      ...(rest === null ? [] : [e(rest)]),
    ]),
    e(letter.closing),
    [`**${e(letter.recipientsLabel)}**`, ...letter.recipients.map((r) => `- ${e(r)}`)].join('\n'),
    `**${letter.signing.map(e).join('**\n**')}**\n\n${e(letter.signature)}`,
    ...annexOf(letter, e),
    `*${e(letter.draftNote)}*`,
    '',
  ].join('\n\n');
}

function annexOf({ annex }: Letter, e: (text: string) => string): string[] {
  if (annex.rows.length === 0) return [];
  const columns = annexColumns(annex);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${e(annex.label)}. ${e(annex.title)}`,
    e(annex.reference),
    [
      row(columns.map(({ title }) => e(title))),
      row(columns.map(() => '---')),
      ...annex.rows.map((_, i) => row(columns.map(({ cells }) => e(cells[i]!)))),
    ].join('\n'),
    ...(annex.key === '' ? [] : [e(annex.key)]),
  ];
}
