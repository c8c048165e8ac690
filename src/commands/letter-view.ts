import type { Action } from '../analysis/actions.js';
import type { Presentation } from '../render/presentation.js';
import { letterMarkdown } from '../reports/letter/markdown.js';
import { letterOf } from '../reports/letter/model.js';
import type { ReportModel } from '../reports/model.js';
import type { Messages } from '../text/index.js';

/** A draft directive, as Markdown, as a Word document, or as its parts. */
export function presentLetter(
  model: ReportModel,
  actions: readonly Action[],
  messages: Messages,
): Presentation {
  const letter = letterOf(model, actions, messages);
  const { unit, year } = model.baseline;
  return {
    json: { schema: 'cchc/letter@1', unit, year, ...letter },
    blocks: [],
    documents: {
      markdown: async () => letterMarkdown(letter),
      docx: async () => (await import('../reports/letter/docx.js')).letterDocx(letter),
    },
  };
}
