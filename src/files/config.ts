import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { type GateLimits, gatesShape } from '../analysis/gates.js';
import type { Waiver } from '../analysis/waivers.js';
import { parseDay } from '../values/calendar.js';
import {
  type Diagnostic,
  failure,
  type KeyPath,
  type PartialResult,
  partialOf,
} from '../values/diagnostic.js';
import { fromZod, isMap } from '../values/from-zod.js';
import { date, flag, nonEmptyText, strictMap, wholeNumber } from '../values/scalars.js';
import { decodeText } from './decode.js';
import { otherKind } from './document.js';
import { readBytes } from './limits.js';
import { isPath } from './paths.js';
import { type ColumnMap, columnKeys } from './reading-columns.js';
import { readYaml } from './yaml.js';

export const CONFIG_NAME = 'cchc.config.yaml';

/** The YAML shape of `cchc.config.yaml`. */
export const configShape = strictMap({
  files: z.optional(z.array(nonEmptyText)),
  catalogue: z.optional(nonEmptyText),
  league: z.optional(nonEmptyText),
  baseline: z.optional(nonEmptyText),
  strict: z.optional(flag),
  require_evidence: z.optional(flag),
  max_warnings: z.optional(wholeNumber(0, 1_000_000)),
  gates: z.optional(gatesShape),
  accept: z.optional(
    z.array(
      strictMap({
        code: nonEmptyText,
        id: z.optional(nonEmptyText),
        reason: nonEmptyText,
        until: z.optional(date),
      }),
    ),
  ),
  columns: z.optional(z.record(z.string(), z.enum(columnKeys))),
});

/** What a project's checks are held to; paths are absolute. */
export interface Config {
  folder: string;
  files: string[];
  catalogue: string | undefined;
  league: string | undefined;
  baseline: string | undefined;
  strict: boolean;
  maxWarnings: number | undefined;
  gates: GateLimits;
  /** Findings that are accepted, with the reasons. */
  accept: Waiver[];
  /** Puts places on diagnostics about the config. */
  locate(diagnostics: readonly Diagnostic[]): Diagnostic[];
  /** What columns of tables hold whose heads are unknown. */
  columns: ColumnMap;
}

/** The nearest config file in this folder or above it. */
export function findConfig(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return null;
  }
}

/** What is sound of data with faults at `paths`: whole keys, and of waivers the code and the id. */
function soundPart(data: Record<string, unknown>, paths: readonly KeyPath[]) {
  const faulty = (...at: KeyPath) => paths.some((p) => at.every((key, i) => p.length <= i || p[i] === key));
  const { accept, ...rest } = data;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !paths.some((p) => p[0] === key)));
  const waivers = (Array.isArray(accept) ? accept : []).flatMap((one: { code: string; id?: string }, i) => {
    if (!paths.some((p) => p[0] === 'accept' && p[1] === i)) return [{ i, one }];
    if (faulty('accept', i, 'code')) return [];
    const id = faulty('accept', i, 'id') ? undefined : one.id;
    return [{ i, one: { code: one.code, ...(id !== undefined && { id }), reason: '–' } }];
  });
  return { config: { ...kept, accept: waivers.map((w) => w.one) }, places: waivers.map((w) => w.i) };
}

/** Loads a config file; its paths start from its own folder. What has its shape is kept beside faults. */
export async function openConfig(file: string): Promise<PartialResult<Config>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const decoded = decodeText(file, bytes.value, false);
  if (!decoded.ok) return decoded;
  const document = readYaml(file, decoded.value.text);
  if (!document.ok) return failure(...document.diagnostics);
  const wrong = otherKind(document.value, 'config');
  if (wrong) return failure(wrong);
  const { data, locate } = document.value;
  const parsed = configShape.safeParse(data ?? {});
  const faults = parsed.success ? [] : fromZod(parsed.error, data);
  const paths = faults.map((d) => d.path);
  const { config, places } = soundPart(isMap(data) ? data : {}, paths);
  const sound = configShape.safeParse(config);
  if (!sound.success || (faults.length > 0 && !isMap(data)))
    return { ok: false, diagnostics: locate(faults) };
  const raw = sound.data;
  const folder = dirname(resolve(file));
  const path = (name: string | undefined) => (name === undefined ? undefined : resolve(folder, name));
  const value: Config = {
    folder,
    files: raw.files ?? [],
    catalogue: raw.catalogue !== undefined && isPath(raw.catalogue) ? path(raw.catalogue) : raw.catalogue,
    league: path(raw.league),
    baseline: path(raw.baseline),
    strict: raw.strict === true,
    maxWarnings: raw.max_warnings,
    gates: {
      ...(raw.require_evidence !== undefined && { require_evidence: raw.require_evidence }),
      ...raw.gates,
    },
    accept: (raw.accept ?? []).map(({ code, id, reason, until }, i) => ({
      code,
      id: id ?? null,
      reason,
      until: until === undefined ? null : parseDay(until),
      path: ['accept', places[i]!],
    })),
    locate,
    columns: raw.columns ?? {},
  };
  return partialOf(value, locate(faults));
}
