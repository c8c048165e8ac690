/** What a file may be at most; a larger one is refused, so that a hostile file cannot hang a run. */
export const LIMITS = {
  /** Bytes of a file. */
  bytes: 50 * 1024 * 1024,
  /** Nesting of maps and lists. */
  depth: 40,
  /** Uses of YAML aliases. */
  aliases: 200,
  /** Rows of a table. */
  rows: 500_000,
  /** Columns of a worksheet. */
  columns: 500,
  /** Bytes that a workbook may inflate to. */
  inflated: 200 * 1024 * 1024,
};
