/** What a build in one file carries inside, since nothing stands beside it. All is empty in the source. */
interface Embedded {
  version: string | null;
  /** Data of the shipped catalogues, with those they extend already in them, by id. */
  catalogues: Readonly<Record<string, unknown>>;
  /** The browser part of a report's page. */
  page: string | null;
  /** The solver's WebAssembly, in base64. */
  solver: string | null;
}

export const embedded: Embedded = { version: null, catalogues: {}, page: null, solver: null };
