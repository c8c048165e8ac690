import type { Render } from './formats.js';
import { type Finding, findingText } from './presentation.js';

const uri = (file: string) => encodeURI(file.replace(/\\/g, '/').replace(/^([A-Za-z]:)/, 'file:///$1'));

function location({ path, line, column }: Finding) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uri(path) },
      ...(line && { region: { startLine: line, ...(column && { startColumn: column }) } }),
    },
  };
}

/** SARIF 2.1.0, for code scanning. */
export const renderSarif: Render = ({ findings }) => {
  const { items, passed } = findings!;
  const rules = [...new Set(items.map((i) => i.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cchc', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, exitCodeDescription: passed ? 'pass' : 'fail' }],
        results: items.map((item) => ({
          ruleId: item.code,
          ruleIndex: rules.indexOf(item.code),
          level: item.severity,
          message: { text: findingText(item) },
          locations: [location(item)],
          ...(item.accepted && {
            suppressions: [{ kind: 'external', status: 'accepted', justification: item.hint }],
          }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
