import { Document, isScalar, visit } from 'yaml';
import { NUMERAL } from '../../exact/fraction.js';
import type { ReadingData, Writer } from './index.js';

/** YAML that reads back as the same data: texts that look like numbers are quoted. */
export function yamlText(reading: ReadingData): string {
  const document = new Document({ ...reading });
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string' && NUMERAL.test(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0 });
}

export const yamlWriter: Writer = { many: false, write: async ([reading]) => yamlText(reading!) };
