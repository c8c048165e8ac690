import { error, type Result } from '../diagnostics/diagnostic.js';
import { type Document, Lines } from './document.js';
import { readYaml } from './yaml.js';

/** Reads JSON strictly; places come from the YAML reader, since JSON is YAML. */
export function readJson(file: string, text: string): Result<Document> {
  try {
    JSON.parse(text);
  } catch (fault) {
    const reason = (fault as Error).message;
    const start = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    const place = new Lines(text).place(file, { start, end: start + 1 });
    return { ok: false, diagnostics: [{ ...error('syntax', { reason }), place }] };
  }
  // A tab may indent JSON but not YAML; inside strings JSON has none.
  return readYaml(file, text.replace(/\t/g, ' '));
}
