import { commandNames } from '../src/commands/index.js';
import { type DiagnosticCode, diagnosticSamples } from '../src/diagnostics/samples.js';
import { jsonSchemaOf, shapeNames } from '../src/files/json-schema.js';
import { type Language, loadMessages } from '../src/text/index.js';
import type { DiagnosticText } from '../src/text/messages.js';
import { parseArguments } from '../src/cli/program.js';

/** Files of the repository that are written from the program, by path. */
export async function generated(): Promise<Record<string, string>> {
  const schemas = shapeNames.map((name) => [
    `schemas/${name}.schema.json`,
    `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`,
  ]);
  return {
    ...Object.fromEntries(schemas),
    'docs/diagnostics.md': await diagnosticsPage(),
    'docs/reference.md': await referencePage('en'),
    'docs/reference.vi.md': await referencePage('vi'),
  };
}

const escaped = (text: string) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** Every diagnostic's stable code with an example of its words in both languages. */
async function diagnosticsPage(): Promise<string> {
  const [vi, en] = await Promise.all([loadMessages('vi'), loadMessages('en')]);
  const codes = Object.keys(diagnosticSamples).sort() as DiagnosticCode[];
  const rows = codes.map((code) => {
    const params = diagnosticSamples[code];
    const say = (texts: typeof en) => {
      const { message, hint } = (texts.diagnostics[code] as (p: unknown) => DiagnosticText)(params);
      return escaped(hint ? `${message}. *${hint}*` : message);
    };
    return `| \`${code}\` | ${say(en)} | ${say(vi)} |`;
  });
  return [
    '# Diagnostics',
    '',
    'Generated from the program (`npm run generate`). Codes are stable; each is shown with example words and its hint.',
    '',
    '| code | English | Tiếng Việt |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Every command's help, as the program prints it. */
async function referencePage(language: Language): Promise<string> {
  const messages = await loadMessages(language);
  const { labels } = messages;
  const sections: string[] = [];
  for (const name of commandNames) {
    const parsed = await parseArguments([name, '--help'], messages, '');
    if (parsed.kind === 'help') sections.push(`## ${name}\n\n\`\`\`text\n${parsed.text.trim()}\n\`\`\`\n`);
  }
  return `# ${labels.authoring.reference}\n\n${labels.authoring.referenceNote}\n\n${sections.join('\n')}`;
}
