import { jsonSchemaOf, shapeNames } from '../files/json-schema.js';
import { type Command, misuse, outcomeOf } from './shared/command.js';
import { badChoice } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'shape', syntax: '<shape>' }],
  options: [],
  formats: ['json'],
  without: ['explainInput', 'strict', 'quiet'],
  examples: ['cchc schema reading --output reading.schema.json'],
  async run([name]) {
    const schema = jsonSchemaOf(name!);
    if (!schema) return misuse([badChoice('schema', name!, shapeNames)]);
    return outcomeOf({ json: schema, blocks: [], raw: `${JSON.stringify(schema, null, 2)}\n` });
  },
};

export default command;
