/** A reading as plain data, in the keys of its file formats. */
export interface ReadingData {
  unit?: unknown;
  code?: unknown;
  kind?: unknown;
  year?: unknown;
  catalogue?: unknown;
  note?: unknown;
  indicators: Record<string, unknown>;
}

/** Writes readings in one file format; `many` says whether a file may hold several. */
export interface Writer {
  many: boolean;
  write(readings: readonly ReadingData[]): Promise<string | Uint8Array>;
}

/** One writer per file ending, loaded when asked for. */
export const writers = {
  yaml: async () => (await import('./yaml.js')).yamlWriter,
  yml: async () => (await import('./yaml.js')).yamlWriter,
  json: async () => (await import('./json.js')).jsonWriter,
  csv: async () => (await import('./csv.js')).csvWriter,
  xlsx: async () => (await import('./xlsx.js')).xlsxWriter,
} satisfies Record<string, () => Promise<Writer>>;
