import type { BoxProgram, RowOracle } from "../../src/lp/program";

/** Rows written out: `rows[i] · y <= bounds[i]`. */
export function denseRows(
  rows: readonly (readonly number[])[],
  bounds: readonly number[],
): RowOracle {
  return {
    rowCount: rows.length,
    slacks(y, out) {
      rows.forEach((row, index) => {
        let sum = bounds[index];
        row.forEach((coefficient, column) => {
          sum -= coefficient * y[column];
        });
        out[index] = sum;
      });
    },
    row(index, out) {
      rows[index].forEach((coefficient, column) => {
        out[column] = coefficient;
      });
      return bounds[index];
    },
  };
}

/** A small program from plain arrays; bounds default to the unit box. */
export function smallProgram(parts: {
  readonly cost: readonly number[];
  readonly constant?: number;
  readonly rows?: readonly (readonly number[])[];
  readonly bounds?: readonly number[];
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  readonly feasible?: readonly number[];
}): BoxProgram {
  const { cost, constant = 0, rows = [], bounds = [], lower, upper, feasible } = parts;
  return {
    size: cost.length,
    cost: Float64Array.from(cost),
    constant,
    lower: Float64Array.from(lower ?? cost.map(() => 0)),
    upper: Float64Array.from(upper ?? cost.map(() => 1)),
    rows: denseRows(rows, bounds),
    feasible: feasible === undefined ? undefined : Float64Array.from(feasible),
  };
}
