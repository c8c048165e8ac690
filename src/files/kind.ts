import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import type { Document } from './document.js';

/** The kinds of file that are told by their keys. */
const FILE_KINDS = [
  'reading',
  'catalogue',
  'league',
  'scenario',
  'actions',
  'units',
  'config',
  'schema',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const CONFIG_KEYS = [
  'files',
  'catalogue',
  'league',
  'baseline',
  'strict',
  'require_evidence',
  'max_warnings',
  'gates',
  'accept',
  'columns',
];

/** Whether all keys are those of a project's config. */
const isConfig = (data: object): boolean => Object.keys(data).every((key) => CONFIG_KEYS.includes(key));

/** What kind of file the data is of, by the key that only that kind has; null when none is there. */
export function kindOfData(data: unknown): FileKind | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('$schema' in data && 'properties' in data) return 'schema';
  if ('indicators' in data) return 'reading';
  if ('criteria' in data || 'extends' in data) return 'catalogue';
  if ('actions' in data) return 'actions';
  // A league has a name, a year and a size besides.
  if ('units' in data && Object.keys(data).length === 1) return 'units';
  if ('units' in data || 'size' in data) return 'league';
  if (Object.keys(data).some((key) => key === 'files' || key === 'gates') && isConfig(data)) return 'config';
  return 'changes' in data ? 'scenario' : 'unit' in data ? 'reading' : null;
}

/** One sentence for a file of another kind, in place of a complaint about each of its keys. */
export function otherKind(
  { data, file }: Pick<Document, 'data' | 'file'>,
  expected: FileKind | 'outlook',
): Diagnostic | null {
  const kind = kindOfData(data);
  if (kind === null || kind === expected) return null;
  // An outlook speaks of indicators as a reading does, but of no unit.
  if (expected === 'outlook' && kind === 'reading' && !('unit' in (data as object))) return null;
  return { ...error('other-kind', { expected, value: kind }), place: { file } };
}
