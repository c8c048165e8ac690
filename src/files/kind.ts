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
  // A package.json has files too, and a name.
  if (('files' in data && !('name' in data)) || 'gates' in data) return 'config';
  return 'changes' in data ? 'scenario' : 'unit' in data ? 'reading' : null;
}
