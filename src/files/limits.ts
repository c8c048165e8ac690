/**
 * What a file may be at most; a larger one is refused, so that no file takes more than seconds and some hundred
 * megabytes.
 */
export const LIMITS = {
  /** Bytes of a file. */
  bytes: 100 * 1024 * 1024,
  /** Bytes of YAML, whose reader takes about a second for two million. */
  yamlBytes: 5 * 1024 * 1024,
  /** Signs in YAML that begin a value; its reader takes about a kilobyte for each. */
  yamlMarks: 250_000,
  /** Values of a YAML file, those that aliases repeat counted again. */
  yamlValues: 300_000,
  /** Values of a JSON file. */
  jsonValues: 1_000_000,
  /** Readings, or other documents, of a file; each takes some fifty kilobytes to score. */
  documents: 20_000,
  /** Nesting of maps and lists. */
  depth: 40,
  /** Rows of a table that are not blank. */
  rows: 2_000_000,
  /** Cells of a workbook that are not blank. */
  cells: 4_000_000,
  /** Cells of a CSV that are not blank; they are made row by row. */
  csvCells: 20_000_000,
  /** The last row and column of a worksheet. */
  sheetRows: 1_048_576,
  sheetColumns: 16_384,
  /** Merged ranges of a worksheet. */
  merges: 100_000,
  /** Bytes that the parts of a workbook may inflate to. */
  inflated: 200 * 1024 * 1024,
};
