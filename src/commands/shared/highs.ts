import highsModule from 'highs';
import { type Leaf, linesOf } from '../../analysis/program.js';
import type { Pricer, Problem } from '../../analysis/search.js';
import { embedded } from '../../files/paths.js';

// The package is CommonJS: its default export is the function, though its types say otherwise.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];

const PER_LINE = 8;

type Term = readonly [name: string, coefficient: number];

/** Terms over several lines: the format limits a line's length. */
function sum(terms: readonly Term[]): string {
  const written = terms.map(([name, c]) => `${c < 0 ? '-' : '+'} ${Math.abs(c)} ${name}`);
  const lines: string[] = [];
  for (let i = 0; i < written.length; i += PER_LINE) lines.push(written.slice(i, i + PER_LINE).join(' '));
  return lines.length > 0 ? lines.join('\n ') : '+ 0 v0';
}

/**
 * The relaxation in the LP text format: x0, x1 … are actions chosen in part, v0, v1 … what sums make, and w0_0, w0_1 …
 * the states of a leaf that has what it requires of others.
 */
function lpText({ program, goal, need, rows }: Problem): string {
  const { actions, leaves, sums } = program;
  const lines = linesOf(program);
  const root = `v${sums.length - 1}`;
  const written: string[] = [];
  const row = (name: string, side: string, terms: Term[]) => written.push(` ${name}: ${sum(terms)} ${side}`);
  rows.forEach(({ terms, most }, r) => {
    row(
      `r${r}`,
      `<= ${most}`,
      terms.map(([i, c]): Term => [`x${i}`, c]),
    );
  });
  const chosenIn = ({ states }: Leaf) => states.slice(1).map(({ action }) => `x${action}`);
  leaves.forEach((leaf, k) => {
    if (leaf.requires.length === 0) return;
    const chosen = chosenIn(leaf);
    const having = leaf.states.map((_, t) => `w${k}_${t}`);
    having.forEach((w, t) => {
      const when = t === 0 ? chosen.map((x): Term => [x, 1]) : [[chosen[t - 1]!, -1] as const];
      row(`c${k}_${t}`, t === 0 ? '<= 1' : '<= 0', [[w, 1], ...when]);
    });
    leaf.requires.forEach(({ leaf: other, meets }, a) => {
      const base = Number(meets[0]);
      const meeting = chosenIn(leaves[other]!).map((x, t): Term => [x, base - Number(meets[t + 1])]);
      row(`m${k}_${a}`, `<= ${base}`, [...having.map((w): Term => [w, 1]), ...meeting]);
    });
  });
  sums.forEach(({ parts, base, divide }, j) => {
    const { slope, offset } = lines[j]!;
    const terms: Term[] = [[`v${j}`, divide]];
    let limit = base * slope + offset * divide;
    for (const { at, weight } of parts) {
      const leaf = leaves[at];
      if (!leaf) terms.push([`v${at - leaves.length}`, -slope * weight]);
      leaf?.states.forEach(({ action, met, unmet }, t) => {
        if (action === null) limit += slope * weight * unmet;
        else terms.push([`x${action}`, slope * weight * (leaf.states[0]!.unmet - unmet)]);
        if (leaf.requires.length > 0) terms.push([`w${at}_${t}`, -slope * weight * Math.max(0, met - unmet)]);
      });
    }
    row(`s${j}`, `<= ${limit}`, terms);
  });
  if (need !== null) row('need', `>= ${need}`, [[root, 1]]);
  return [
    'Minimize',
    ` goal: ${sum(goal === 'points' ? [[root, -1]] : goal.map((c, i) => [`x${i}`, c]))}`,
    'Subject To',
    ...written,
    'Bounds',
    ...Array.from({ length: actions }, (_, i) => ` x${i} <= 1`),
    ...lines.map(({ top }, j) => ` -inf <= v${j} <= ${Number.isFinite(top) ? top : '+inf'}`),
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

let loaded: ReturnType<typeof loadHighs> | undefined;

/** The solver's program, compiled once: that takes longer than most plans. */
const program = () => {
  loaded ??= loadHighs(embedded.solver === null ? {} : fromBytes(embedded.solver));
  return loaded;
};

/** HiGHS (WebAssembly) as what prices a problem's limits. */
export async function highsPrices(): Promise<Pricer> {
  const highs = await program();
  return (problem) => {
    const solution = highs.solve(lpText(problem));
    if (solution.Status === 'Infeasible') return null;
    if (solution.Status !== 'Optimal') throw new Error(`the solver ended with ${solution.Status}`);
    const duals = new Map(solution.Rows.flatMap((row) => ('Dual' in row ? [[row.Name, row.Dual]] : [])));
    const price = (name: string) => 0 - (duals.get(name) ?? 0);
    const { actions, leaves, sums } = problem.program;
    return {
      values: Array.from({ length: actions }, (_, i) => solution.Columns[`x${i}`]?.Primal ?? 0),
      rows: problem.rows.map((_, r) => price(`r${r}`)),
      need: -price('need'),
      // The row is in parts of the sum: of a mean of three, a third of a point each.
      sums: sums.map(({ divide }, j) => price(`s${j}`) * divide),
      conditions: leaves.map(({ requires }, k) => requires.map((_, a) => price(`m${k}_${a}`))),
    };
  };
}
