import type { BoxProgram, RowOracle } from "../lp/program";
import type { Box } from "./box";

/**
 * The input nearest to a point x that satisfies some rows, in the sum of all changes (L1), as a
 * program of steps:
 *
 *     maximise   −Σ s_k     subject to   A (x + Σ σ_k s_k e_{i_k}) ≤ b,
 *                                        0 ≤ s_k ≤ room to the box's end.
 *
 * An input at an end of the box has one step, which leads away from it; every other one has a
 * step up (σ = 1) and a step down (σ = −1). At s = 0, which is x, the program is dual feasible:
 * there the dual simplex method starts, close to where it ends.
 */
export interface NearestProgram {
  /** Its value is minus the distance. */
  readonly program: BoxProgram;
  /** The input that steps lead to, moved into the box where rounding left it. */
  readonly inputOf: (steps: Readonly<Float64Array>) => Float64Array;
}

/** One way in which one input can change. */
interface Step {
  readonly input: number;
  readonly sign: 1 | -1;
  readonly room: number;
}

export function nearestProgram(
  rows: RowOracle,
  x: Readonly<Float64Array>,
  box: Box,
): NearestProgram {
  const steps = stepsFrom(x, box);
  const inputOf = (lengths: Readonly<Float64Array>): Float64Array => {
    const y = Float64Array.from(x);
    steps.forEach(({ input, sign }, k) => (y[input] += sign * lengths[k]));
    return y.map((value, input) => Math.min(box.upper[input], Math.max(box.lower[input], value)));
  };
  const program: BoxProgram = {
    size: steps.length,
    cost: new Float64Array(steps.length).fill(-1),
    constant: 0,
    lower: new Float64Array(steps.length),
    upper: Float64Array.from(steps, ({ room }) => room),
    rows: rowsInSteps(rows, x, steps, inputOf),
  };
  return { program, inputOf };
}

function stepsFrom(x: Readonly<Float64Array>, { lower, upper }: Box): Step[] {
  const steps: Step[] = [];
  x.forEach((value, input) => {
    if (value < upper[input]) steps.push({ input, sign: 1, room: upper[input] - value });
    if (value > lower[input]) steps.push({ input, sign: -1, room: value - lower[input] });
  });
  return steps;
}

function rowsInSteps(
  rows: RowOracle,
  x: Readonly<Float64Array>,
  steps: readonly Step[],
  inputOf: NearestProgram["inputOf"],
): RowOracle {
  const whole = new Float64Array(x.length);
  return {
    rowCount: rows.rowCount,
    slacks: (lengths, out) => rows.slacks(inputOf(lengths), out),
    row(index, out) {
      let bound = rows.row(index, whole);
      for (let input = 0; input < x.length; input++) bound -= whole[input] * x[input];
      steps.forEach(({ input, sign }, k) => (out[k] = sign * whole[input]));
      return bound;
    },
  };
}
