/** Result of the reference solver: the maximum, or that there is none. */
export type ReferenceOutcome =
  | { readonly kind: "optimal"; readonly value: number; readonly point: number[] }
  | { readonly kind: "infeasible" };

const EPSILON = 1e-9;

/**
 * Maximises cost · y subject to rows · y <= bounds, lower <= y <= upper, by the two-phase simplex
 * method on a full dense tableau with Bland's rule, as textbooks print it. Slow and obvious on
 * purpose.
 *
 * With z = y − lower the program is: rows · z <= bounds − rows · lower, z <= upper − lower, z >= 0.
 */
export function textbookSimplex(
  cost: readonly number[],
  rows: readonly (readonly number[])[],
  bounds: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
): ReferenceOutcome {
  const size = cost.length;
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, index) => sum + value * b[index], 0);
  const matrix = rows.map((row) => [...row]);
  const right = rows.map((row, index) => bounds[index] - dot(row, lower));
  for (let column = 0; column < size; column++) {
    matrix.push(cost.map((_, other) => (other === column ? 1 : 0)));
    right.push(upper[column] - lower[column]);
  }
  // Columns: z, slacks, one artificial variable x0 subtracted from every row, then the right-hand
  // side.
  const count = matrix.length;
  const width = size + count + 2;
  const artificial = size + count;
  const tableau = matrix.map((row, index) => {
    const line = new Array<number>(width).fill(0);
    row.forEach((value, column) => (line[column] = value));
    line[size + index] = 1;
    line[artificial] = -1;
    line[width - 1] = right[index];
    return line;
  });
  const basis = matrix.map((_, index) => size + index);

  const pivot = (row: number, column: number, objective: number[]) => {
    const divisor = tableau[row][column];
    tableau[row] = tableau[row].map((value) => value / divisor);
    for (const line of [...tableau, objective]) {
      if (line === tableau[row]) continue;
      const factor = line[column];
      if (factor !== 0) line.forEach((value, k) => (line[k] = value - factor * tableau[row][k]));
    }
    basis[row] = column;
  };
  const improve = (objective: number[], allowed: (column: number) => boolean) => {
    for (;;) {
      const entering = objective.findIndex(
        (value, column) => column < width - 1 && allowed(column) && value > EPSILON,
      );
      if (entering < 0) return;
      let leaving = -1;
      for (let row = 0; row < count; row++) {
        if (tableau[row][entering] <= EPSILON) continue;
        if (leaving < 0) leaving = row;
        const ratio = tableau[row][width - 1] / tableau[row][entering];
        const best = tableau[leaving][width - 1] / tableau[leaving][entering];
        if (ratio < best || (ratio === best && basis[row] < basis[leaving])) leaving = row;
      }
      if (leaving < 0) throw new Error("a program over a box cannot be unbounded");
      pivot(leaving, entering, objective);
    }
  };

  // Phase one: bring x0 in on the most negative row, then drive it to zero.
  const worst = right.indexOf(Math.min(...right));
  if (right[worst] < 0) {
    const objective = new Array<number>(width).fill(0);
    objective[artificial] = -1;
    pivot(worst, artificial, objective);
    improve(objective, () => true);
    const row = basis.indexOf(artificial);
    if (row >= 0) {
      if (tableau[row][width - 1] > 1e-7) return { kind: "infeasible" };
      const column = tableau[row].findIndex(
        (value, k) => k < artificial && Math.abs(value) > EPSILON,
      );
      if (column >= 0) pivot(row, column, objective);
    }
  }
  // Phase two, without x0.
  const objective = new Array<number>(width).fill(0);
  cost.forEach((value, column) => (objective[column] = value));
  basis.forEach((column, row) => {
    const factor = objective[column];
    if (factor !== 0) {
      objective.forEach((value, k) => (objective[k] = value - factor * tableau[row][k]));
    }
  });
  improve(objective, (column) => column !== artificial);
  const z = new Array<number>(size).fill(0);
  basis.forEach((column, row) => {
    if (column < size) z[column] = tableau[row][width - 1];
  });
  const point = z.map((value, column) => value + lower[column]);
  return { kind: "optimal", value: dot(cost, point), point };
}
