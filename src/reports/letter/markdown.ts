import { visible } from '../../render/presentation.js';
import type { Letter } from './model.js';

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
    ...letter.sections.flatMap((section) => [
      `## ${e(section.heading)}`,
      ...section.items.map((item) =>
        [
          `**${e(item.id)}. ${e(item.title)}**`,
          ...item.lines.map((l) => `- ${e(l.label)}: ${e(l.text)}`),
        ].join('\n'),
      ),
    ]),
    e(letter.closing),
    [`**${e(letter.recipientsLabel)}**`, ...letter.recipients.map((r) => `- ${e(r)}`)].join('\n'),
    `**${e(letter.signing)}**\n\n${e(letter.signature)}`,
    `*${e(letter.draftNote)}*`,
    '',
  ].join('\n\n');
}
