import { error } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { jsonSchemaOf, shapeNames } from '../files/json-schema.js';
import { type Command, misuse, outcomeOf } from './shared/command.js';

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
      return misuse([error('bad-choice', params)]);
    }
    const text = JSON.stringify(schema, null, 2);
    return outcomeOf({ json: schema, blocks: [], raw: `${text}\n` });
  },
};

export default command;
