import type { Action } from '../../analysis/actions.js';
import type { Messages } from '../../text/index.js';
import { letterMarkdown } from '../letter/markdown.js';
import { letterOf } from '../letter/model.js';
import type { Presentation } from '../presentation.js';
import type { ReportModel } from '../report/model.js';

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
      docx: async () => (await import('../letter/docx.js')).letterDocx(letter),
    },
  };
}
