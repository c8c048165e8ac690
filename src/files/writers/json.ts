import type { Writer } from './index.js';

export const jsonWriter: Writer = {
  many: false,
  write: async ([reading]) => `${JSON.stringify(reading, null, 2)}\n`,
};
