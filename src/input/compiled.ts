/** A shipped catalogue, compiled ahead: the YAML it was compiled from, and the frozen catalogue. */
export interface CompiledCatalogue {
  yaml: string;
  frozen: string;
}

/** By id. Empty in the source; the build puts the shipped catalogues here. */
export const compiledCatalogues: Readonly<Record<string, CompiledCatalogue>> = {};
