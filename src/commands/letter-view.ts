import type { Action } from '../analysis/actions.js';
import type { Presentation } from '../render/presentation.js';
import { letterMarkdown } from '../reports/letter/markdown.js';
import { type Letter, letterOf } from '../reports/letter/model.js';
import type { ReportModel } from '../reports/model.js';
import type { Messages } from '../text/index.js';

/** A draft directive, as Markdown, as a Word document, or as its parts. */
export function presentLetter(
  model: ReportModel,
  actions: readonly Action[],
  messages: Messages,
): Presentation {
  const letter = letterOf(model, actions, messages);
  return {
    json: letterJson(letter, model),
    blocks: [],
    documents: {
      markdown: () => letterContent(letter, model, 'markdown'),
      docx: () => letterContent(letter, model, 'docx'),
    },
  };
}

const letterJson = (letter: Letter, { baseline: { unit, year } }: ReportModel) => ({
  schema: 'cchc/letter@1',
  unit,
  year,
  ...letter,
});

/** A letter as a file of a format holds it. */
export async function letterContent(
  letter: Letter,
  model: ReportModel,
  format: string,
): Promise<string | Uint8Array> {
  if (format === 'docx') return (await import('../reports/letter/docx.js')).letterDocx(letter);
  return format === 'json'
    ? `${JSON.stringify(letterJson(letter, model), null, 2)}\n`
    : letterMarkdown(letter);
}
