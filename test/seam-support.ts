import { cchc, withFiles } from './support.js';

/** Small catalogues and readings for calls in which several files meet. */
const ASSUMED = { provenance: 'assumed', reason: 'test' };
const proportional = { kind: 'proportional', target: 100, ...ASSUMED };
export const part = (input: string, max: number) => ({
  input,
  name: input,
  max,
  rule: { kind: 'proportional', target: 100 },
});

type Part = { id: string; max: number; rule?: object; [more: string]: unknown };

/** A catalogue of one field out of 100; a criterion without a rule is pro rata to 100%. */
export const catalogue = (id: string, criteria: Part[], more: object = {}) =>
  JSON.stringify({
    id,
    name: id,
    year: 2025,
    decimals: 2,
    scale: { value: 100, ...ASSUMED },
    sources: {},
    fields: [{ id: '1', name: '1' }],
    owners: { O: {}, P: {} },
    criteria: criteria.map(({ max, rule, ...rest }) => ({
      name: rest.id,
      field: '1',
      owners: ['O'],
      ...rest,
      max: { value: max, ...ASSUMED },
      rule: rule ? { ...rule, ...ASSUMED } : proportional,
    })),
    ...more,
  });

export const reading = (catalogueFile: string, indicators: object, more: object = {}) =>
  JSON.stringify({ unit: 'Xã A', year: 2025, catalogue: `./${catalogueFile}`, indicators, ...more });

const ranIn = (files: Record<string, string>, args: string[], format: string) =>
  withFiles(files, (folder) => {
    const names = args.map((arg) => (arg in files ? `${folder}/${arg}` : arg));
    return cchc([...names, '--lang', 'en', '--format', format]);
  });

/** A call on files of a folder, whose names stand for themselves; what it says in JSON, if it says anything. */
export async function callIn(files: Record<string, string>, ...args: string[]) {
  const ran = await ranIn(files, args, 'json');
  const codes = [...ran.stderr.matchAll(/(?:error|warning)\[([^\]]+)\]/g)].map(([, code]) => code);
  return { code: ran.code, codes, json: ran.stdout === '' ? null : JSON.parse(ran.stdout) };
}

/** The same, as it is printed in a format. */
export const saidIn = async (format: string, files: Record<string, string>, ...args: string[]) =>
  (await ranIn(files, args, format)).stdout;
