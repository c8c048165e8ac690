import { readFileSync } from 'node:fs';
import { explain } from '../src/analysis/explain.js';
import { presentExplanation } from '../src/commands/explain.js';
import { parseReading } from '../src/reading/parse.js';
import { commandNames } from '../src/commands/index.js';
import { type DiagnosticCode, diagnosticSamples } from '../src/values/codes.js';
import { error } from '../src/values/diagnostic.js';
import { jsonSchemaOf, shapeNames } from '../src/files/json-schema.js';
import type { Language } from '../src/values/scalars.js';
import { diagnosticText, loadMessages, type Messages } from '../src/text/index.js';
import { parseArguments } from '../src/cli/program.js';
import { catalogueWith, yaml } from '../test/support.js';

/** Files of the repository that are written from the program, by path. */
export async function generated(): Promise<Record<string, string>> {
  const schemas = shapeNames.map((name) => [
    `schemas/${name}.schema.json`,
    `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`,
  ]);
  return {
    ...Object.fromEntries(schemas),
    'docs/forms.md': await formsPage(),
    'docs/diagnostics.md': await diagnosticsPage(),
    'docs/reference.md': await referencePage('en'),
    'docs/reference.vi.md': await referencePage('vi'),
  };
}

/** A rule of the page of forms with the picture under it. */
const FORM = /(```yaml\n(\{kind: .*\})\n```\n\n)(?:```text\n[^`]*```|No picture.*)/g;

/** The page of forms with the picture of each rule drawn anew. */
async function formsPage(): Promise<string> {
  const page = readFileSync(new URL('../docs/forms.md', import.meta.url), 'utf8');
  const messages = await loadMessages('vi');
  return page.replace(FORM, (_all, rule, text) => `${rule}${formPicture(text, messages).join('\n')}`);
}

/** What `explain` draws of a rule worth one point. */
function formPicture(rule: string, messages: Messages): string[] {
  const catalogue = catalogueWith(yaml(rule), 1);
  const [criterion] = catalogue.criteria;
  // Of several values each is drawn with the others at 100% and without cases.
  const { inputs } = criterion!.compiled;
  const values = Object.fromEntries(
    inputs.map((i) => [i.key, i.form === 'line' && i.quantity === 'percent' ? '100%' : 0]),
  );
  const data = { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: { values } } };
  const read = inputs.length > 1 ? parseReading(data, catalogue) : null;
  const blocks = presentExplanation(
    explain(catalogue, criterion!, read?.ok ? read.value : null),
    messages,
  ).blocks;
  const lines = blocks.flatMap((b) => (b.kind === 'picture' ? b.lines : []));
  return lines.length === 0
    ? ['No picture: there is nothing to draw yet.']
    : ['```text', ...lines, '```'];
}

const escaped = (text: string) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** Every diagnostic's stable code with an example of its words in both languages. */
async function diagnosticsPage(): Promise<string> {
  const [vi, en] = await Promise.all([loadMessages('vi'), loadMessages('en')]);
  const codes = Object.keys(diagnosticSamples).sort() as DiagnosticCode[];
  const rows = codes.map((code) => {
    const sample = error(code, diagnosticSamples[code]);
    const say = (messages: Messages) => {
      const { message, hint } = diagnosticText(sample, messages);
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

const REFERENCE = {
  en: {
    title: 'Commands',
    note: 'Generated from the program (`npm run generate`). Options that most commands take are told once, at the end; `--help` lists just those that a command takes.',
    common: 'Options of most commands',
  },
  vi: {
    title: 'Các lệnh',
    note: 'Sinh từ chương trình (`npm run generate`). Tùy chọn chung của phần lớn các lệnh được nêu một lần ở cuối trang; `--help` liệt kê đúng các tùy chọn của từng lệnh.',
    common: 'Tùy chọn chung',
  },
};

/** An option of a help text with the lines that its words go on to. */
const OPTION = /^ {2}-.*\n(?: {6,}.*\n)*/gm;

const flatWords = (option: string) => option.trim().replace(/\s+/g, ' ');

/** Every command's help, but for what each says of the options that all have. */
async function referencePage(language: Language): Promise<string> {
  const messages = await loadMessages(language);
  const helpOf = async (name: string) => {
    const parsed = await parseArguments([name, '--help'], messages, '');
    if (parsed.kind !== 'help') throw new Error(`${name} has no help`);
    return parsed.text.trim();
  };
  const texts = await Promise.all(commandNames.map(helpOf));
  const optionsOf = (text: string) => [...text.matchAll(OPTION)].map(([option]) => flatWords(option));
  // What more than half of the commands have is told once.
  const shared = optionsOf(texts[0]!).filter((o) => 2 * texts.filter((text) => optionsOf(text).includes(o)).length > texts.length);
  const [, exitCodes = ''] = /\n\n([^\n]+\n[^\n]+)$/.exec(texts[0]!) ?? [];
  const sections = texts.map((text, i) => {
    const own = text.replace(OPTION, (option) => (shared.includes(flatWords(option)) ? '' : option));
    return `## ${commandNames[i]}\n\n\`\`\`text\n${own.replace(exitCodes, '').replace(/\n\n[^\n]+:\n(?=\n)/, '\n').trim()}\n\`\`\`\n`;
  });
  const { title, note, common } = REFERENCE[language];
  const once = (texts[0]!.match(OPTION) ?? []).filter((option) => shared.includes(flatWords(option)));
  return [
    `# ${title}\n\n${note}\n`,
    ...sections,
    `## ${common}\n\n\`\`\`text\n${once.join('')}\n${exitCodes}\n\`\`\`\n`,
  ].join('\n');
}
