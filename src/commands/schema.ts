import { jsonSchemaOf, shapeNames } from '../files/json-schema.js';
import type { Command } from './shared/command.js';
import { badChoice } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'shape', syntax: '<shape>' }],
  options: [],
  formats: ['json'],
  without: ['explainInput', 'strict', 'quiet'],
  examples: ['cchc schema reading --output reading.schema.json'],
  async run(call) {
    const name = call.args[0]!;
    const schema = jsonSchemaOf(name) ?? call.refuse(badChoice('schema', name, shapeNames));
    return { raw: `${JSON.stringify(schema, null, 2)}\n` };
  },
};

export default command;
