import { error } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { jsonSchemaOf, shapeNames } from '../files/json-schema.js';
import { type Command, EXIT } from './shared/command.js';

const command: Command = {
  arguments: [{ name: 'shape', syntax: '<shape>' }],
  options: [],
  formats: ['json'],
  without: ['explainInput', 'strict', 'quiet'],
  examples: ['cchc schema reading --output reading.schema.json'],
  async run([name]) {
    const schema = jsonSchemaOf(name!);
    if (!schema) {
      const params = {
        option: 'schema',
        value: name!,
        options: [...shapeNames],
        suggestion: nearest(name!, shapeNames),
      };
      return { diagnostics: [error('bad-choice', params)], exit: EXIT.usage };
    }
    const text = JSON.stringify(schema, null, 2);
    return { presentation: { json: schema, blocks: [], raw: `${text}\n` }, diagnostics: [], exit: EXIT.fine };
  },
};

export default command;
