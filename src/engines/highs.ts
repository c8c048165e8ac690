import highsModule from 'highs';
import type { Model, Solver } from '../analysis/joint.js';
import { commonDivisor } from '../exact/fraction.js';
import { embedded } from '../files/embedded.js';

// The package is CommonJS: its default export is the function, though its types say otherwise.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];

const term = (c: number, i: number) => `${c < 0 ? '-' : '+'} ${Math.abs(c)} x${i}`;
const PER_LINE = 8;

/** Terms over several lines: the format limits a line's length. */
function sum(terms: string[]): string {
  const lines: string[] = [];
  for (let i = 0; i < terms.length; i += PER_LINE) lines.push(terms.slice(i, i + PER_LINE).join(' '));
  return lines.join('\n ');
}

/** The greatest whole number that divides all; 1 for nothing but zeros. */
function divisorOf(values: readonly number[]): number {
  return Number(values.reduce((all, v) => commonDivisor(all, BigInt(Math.abs(v))), 0n)) || 1;
}

/** The model in the LP text format, its objective divided by `unit` and each row by what divides it all. */
function lpText({ minimize, rows }: Model, unit: number): string {
  const names = minimize.map((_, i) => `x${i}`);
  const limits = rows.flatMap(({ coefficients, least, most }, r) => {
    const each = divisorOf([...coefficients.values()]);
    const terms = [...coefficients].filter(([, c]) => c !== 0).map(([i, c]) => term(c / each, i));
    const left = terms.length > 0 ? sum(terms) : '+ 0 x0';
    return [
      ...(least === undefined ? [] : [` l${r}: ${left} >= ${Math.ceil(least / each)}`]),
      ...(most === undefined ? [] : [` m${r}: ${left} <= ${Math.floor(most / each)}`]),
    ];
  });
  const objective = sum(minimize.map((c, i) => term(c / unit, i)));
  return ['Minimize', ` cost: ${objective}`, 'Subject To', ...limits, 'Binary', ` ${sum(names)}`, 'End'].join(
    '\n',
  );
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

/** HiGHS (WebAssembly) as a solver; what it answers is checked against the rows. Objectives are whole numbers. */
export async function highsSolver(): Promise<Solver> {
  const highs = await program();
  return (model) => {
    if (model.minimize.length === 0) return model.rows.every((r) => (r.least ?? 0) <= 0) ? [] : null;
    const solved = highs.solve(lpText(model, divisorOf(model.minimize)), PROVEN);
    if (solved.Status === 'Infeasible') return null;
    if (solved.Status !== 'Optimal') throw new Error(`the solver ended with ${solved.Status}`);
    const chosen = model.minimize.flatMap((_, i) => {
      const column = solved.Columns[`x${i}`];
      return column && 'Primal' in column && Math.round(column.Primal) === 1 ? [i] : [];
    });
    if (!keeps(model, chosen)) throw new Error('the solver broke a limit');
    return chosen;
  };
}

function keeps({ rows }: Model, chosen: readonly number[]): boolean {
  return rows.every(({ coefficients, least, most }) => {
    const value = chosen.reduce((s, i) => s + (coefficients.get(i) ?? 0), 0);
    return value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
  });
}
