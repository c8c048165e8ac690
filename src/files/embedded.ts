/** What a build in one file carries inside, since nothing stands beside it. */
interface Embedded {
  version: string | null;
  /** YAML of the shipped catalogues by id. */
  catalogues: Readonly<Record<string, string>>;
  /** The browser part of a report's page. */
  page: string | null;
  /** The solver's WebAssembly, in base64. */
  solver: string | null;
}

/** Set by the build in one file alone. */
declare const CCHC_EMBEDDED: Embedded | undefined;

export const embedded: Embedded =
  typeof CCHC_EMBEDDED === 'undefined'
    ? { version: null, catalogues: {}, page: null, solver: null }
    : CCHC_EMBEDDED;
