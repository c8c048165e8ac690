import type { Presentation } from './presentation.js';

/** What a format may look at besides the presentation. */
export interface FormatContext {
  /** Columns of the screen. */
  width: number;
  color: boolean;
}

/** A result laid out: whole, or in pieces that are made as they are written. */
type LaidOut = string | Iterable<string>;

export type Render = (presentation: Presentation, context: FormatContext) => LaidOut;

/** Every output format, loaded when asked for. A new one is one file and one line here. */
export const formats = {
  table: async () => (await import('./table.js')).renderTable,
  json: async () => (await import('./json.js')).renderJson,
  csv: async () => (await import('./csv.js')).renderCsv,
  markdown: async () => (await import('./markdown.js')).renderMarkdown,
  github: async () => (await import('./github.js')).renderGithub,
  sarif: async () => (await import('./sarif.js')).renderSarif,
  junit: async () => (await import('./junit.js')).renderJunit,
  gitlab: async () => (await import('./gitlab.js')).renderGitlab,
} satisfies Record<string, () => Promise<Render>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];
/** Formats that annotate files, for checks alone. */
const annotatingFormats: readonly FormatName[] = ['github', 'sarif', 'junit', 'gitlab'];
/** Formats of every command. */
export const resultFormats = formatNames.filter((name) => !annotatingFormats.includes(name));
