import highsModule from 'highs';
import type { Model, Solver } from '../analysis/program.js';
import { embedded } from '../files/paths.js';
import { cheapestBySearch, type Relaxed, type WholeModel, wholeModel } from './search.js';

// The package is CommonJS: its default export is the function, though its types say otherwise.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];

const PER_LINE = 8;

/** Terms over several lines: the format limits a line's length. */
function sum(terms: readonly (readonly [variable: number, coefficient: number])[]): string {
  const written = terms.map(([i, c]) => `${c < 0 ? '-' : '+'} ${Math.abs(c)} x${i}`);
  const lines: string[] = [];
  for (let i = 0; i < written.length; i += PER_LINE) lines.push(written.slice(i, i + PER_LINE).join(' '));
  return lines.length > 0 ? lines.join('\n ') : '+ 0 x0';
}

/** The model in the LP text format; `kind`: whether its variables are 0 or 1, or lie anywhere between. */
function lpText({ costs, rows }: WholeModel, kind: 'whole' | 'relaxed'): string {
  const names = costs.map((_, i) => `x${i}`);
  return [
    'Minimize',
    ` cost: ${sum([...costs.entries()])}`,
    'Subject To',
    ...rows.map(({ terms, most }, r) => ` r${r}: ${sum(terms)} <= ${most}`),
    ...(kind === 'whole' ? ['Binary', ...names] : ['Bounds', ...names.map((x) => ` ${x} <= 1`)]),
    'End',
  ].join('\n');
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** How the package starts when its WebAssembly is in this program and not beside it. */
function fromBytes(base64: string): object {
  return {
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive) {
      WebAssembly.instantiate(Buffer.from(base64, 'base64'), imports).then(({ instance, module }) =>
        receive(instance, module),
      );
      return {};
    },
  };
}

/**
 * A gap below one proves the best of whole numbers, and need not be closed: 0.2 s instead of 1 s for 200 actions of
 * random cost over 60 criteria.
 */
const PROVEN = { mip_rel_gap: 0, mip_abs_gap: 0.999 };

let loaded: ReturnType<typeof loadHighs> | undefined;

/** The solver's program, compiled once: that takes longer than most plans. */
const program = () => {
  loaded ??= loadHighs(embedded.solver === null ? {} : fromBytes(embedded.solver));
  return loaded;
};

/**
 * HiGHS (WebAssembly) as a solver, whose relaxation a search is made by; where that takes too long, HiGHS solves it
 * in whole numbers. What either answers is checked against the rows. Objectives are whole numbers.
 */
export async function highsSolver(): Promise<Solver> {
  const highs = await program();
  const solved = (text: string) => {
    const solution = highs.solve(text, PROVEN);
    if (solution.Status === 'Infeasible') return null;
    if (solution.Status !== 'Optimal') throw new Error(`the solver ended with ${solution.Status}`);
    return solution;
  };
  const primal = ({ Columns }: NonNullable<ReturnType<typeof solved>>, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const column = Columns[`x${i}`];
      return column && 'Primal' in column ? column.Primal : 0;
    });
  const relaxed = (whole: WholeModel): Relaxed | null => {
    const solution = solved(lpText(whole, 'relaxed'));
    if (!solution) return null;
    const duals = new Map(solution.Rows.flatMap((row) => ('Dual' in row ? [[row.Name, row.Dual]] : [])));
    return {
      values: primal(solution, whole.costs.length),
      prices: whole.rows.map((_, r) => 0 - (duals.get(`r${r}`) ?? 0)),
    };
  };
  return (model, start = null) => {
    if (model.minimize.length === 0) return model.rows.every((r) => (r.least ?? 0) <= 0) ? [] : null;
    const whole = wholeModel(model);
    const bounds = relaxed(whole);
    if (!bounds) return null;
    const searched = cheapestBySearch(whole, bounds, start);
    const chosen = searched.kind === 'least' ? searched.chosen : inWholeNumbers(whole);
    if (chosen && !keeps(model, chosen)) throw new Error('the solver broke a limit');
    return chosen;
  };

  function inWholeNumbers(whole: WholeModel): number[] | null {
    const solution = solved(lpText(whole, 'whole'));
    return (
      solution && primal(solution, whole.costs.length).flatMap((x, i) => (Math.round(x) === 1 ? [i] : []))
    );
  }
}

function keeps({ rows }: Model, chosen: readonly number[]): boolean {
  return rows.every(({ coefficients, least, most }) => {
    const value = chosen.reduce((s, i) => s + (coefficients.get(i) ?? 0), 0);
    return value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
  });
}
