import { type Block, cell, dataOf, type Presentation, type Table } from './presentation.js';

/** A result and the reading it is of. */
export interface OneOf {
  unit: string;
  year: number;
  presentation: Presentation;
}

/** Results of several readings as one: one after another for people, a list or a longer table for machines. */
export function together(results: readonly OneOf[]): Presentation {
  const [first, ...rest] = results;
  if (first && rest.length === 0) return first.presentation;
  const tables = results.map(({ unit, year, presentation }) => ({ unit, year, table: dataOf(presentation) }));
  const model = tables[0]!.table;
  const data: Table = {
    kind: 'table',
    data: true,
    machineOnly: true,
    columns: [{ key: 'unit', title: 'unit' }, { key: 'year', title: 'year' }, ...model.columns],
    rows: tables.flatMap(({ unit, year, table }) =>
      table.rows.map((row) => ({ ...row, cells: [cell(unit), cell(String(year), year), ...row.cells] })),
    ),
  };
  const shown = results.flatMap(({ presentation }): Block[] =>
    presentation.blocks.map((b) => (b.kind === 'table' ? { ...b, data: false } : b)),
  );
  return {
    json: { schema: 'cchc/several@1', results: results.map((r) => r.presentation.json) },
    blocks: [...shown, data],
  };
}
