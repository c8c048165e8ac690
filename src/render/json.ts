import type { Render } from './formats.js';
import { LazyList } from './presentation.js';

/** Members of a list from which on it is written piece by piece. */
const MANY = 100;

/** The result as data; numbers use a dot in every language. */
export const renderJson: Render = ({ json }) =>
  typeof json === 'object' && json !== null && Object.values(json).some(isLong)
    ? pieces(json)
    : `${JSON.stringify(json, null, 2)}\n`;

const isLong = (value: unknown): value is LazyList<unknown> =>
  value instanceof LazyList && value.length >= MANY;

function* pieces(json: object): Iterable<string> {
  let before = '{';
  for (const [key, value] of Object.entries(json)) {
    yield `${before}\n  ${JSON.stringify(key)}: `;
    if (isLong(value)) {
      let open = '[';
      for (const member of value) {
        // As it stands in a list of lists: indented twice, between the brackets of both.
        yield `${open}\n    ${JSON.stringify([[member]], null, 2).slice('[\n  [\n    '.length, -'\n  ]\n]'.length)}`;
        open = ',';
      }
      yield '\n  ]';
    } else yield JSON.stringify([value], null, 2).slice('[\n  '.length, -'\n]'.length);
    before = ',';
  }
  yield '\n}\n';
}
