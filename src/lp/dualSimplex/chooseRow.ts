import { addTightRows } from "./basisProducts";
import { computeSlack } from "./looseRows";
import type { Simplex } from "./state";
import { expressRow } from "./expressRow";

/**
 * What leaves the basis: the slack of a loose row that is violated, or a free variable beyond a
 * bound.
 */
export type Leaving =
  | { readonly kind: "row"; readonly position: number; readonly violation: number }
  | {
      readonly kind: "variable";
      readonly place: number;
      readonly violation: number;
      /** +1 if it is above its upper bound, −1 if below its lower. */
      readonly side: 1 | -1;
    };

/**
 * The leaving choice of the dual steepest edge: the largest violation² / weight.
 *
 * The weight of a basic variable is the squared norm of its row of the basis inverse (over all pool
 * rows): ‖row f of the inverse‖² for a free variable, 1 + ‖w‖² for a loose row with w as in
 * `expressRow`. Ties go to the free variables, then to the first loose row. `isBland` asks for the
 * first violated one instead, which together with the first entering candidate cannot cycle.
 */
export function chooseLeaving(
  simplex: Simplex,
  tolerance: number,
  isBland: boolean,
): Leaving | undefined {
  for (;;) {
    const leaving = chooseBySlacks(simplex, tolerance, isBland);
    // Slacks are kept in single precision between refinements: the chosen one is made sure of.
    if (leaving?.kind !== "row") return leaving;
    const violation = -computeSlack(simplex, leaving.position);
    if (violation > tolerance) return { ...leaving, violation };
  }
}

function chooseBySlacks(
  simplex: Simplex,
  tolerance: number,
  isBland: boolean,
): Leaving | undefined {
  const { memory, basisCount, lower, upper, columnWeight } = simplex;
  const point = memory.point.view;
  const free = memory.free.view;
  let best = 0;
  let place = -1;
  let side: 1 | -1 = 1;
  let first = Infinity;
  for (let f = 0; f < basisCount; f++) {
    const column = free[f];
    const above = point[column] - upper[column];
    const below = lower[column] - point[column];
    const violation = above > below ? above : below;
    if (violation <= tolerance) continue;
    const score = (violation * violation) / columnWeight[column];
    if (isBland ? column < first : score > best) {
      best = score;
      first = column;
      place = f;
      side = above > below ? 1 : -1;
    }
  }
  const position = isBland
    ? firstViolated(simplex, tolerance, first)
    : worstViolated(simplex, tolerance, best);
  const slack = memory.slack.view;
  if (position >= 0) return { kind: "row", position, violation: -slack[position] };
  if (place < 0) return undefined;
  const column = free[place];
  const violation = side > 0 ? point[column] - upper[column] : lower[column] - point[column];
  return { kind: "variable", place, violation, side };
}

/** The loose row with the largest violation² / weight above `least`, or −1. */
function worstViolated({ memory, looseCount }: Simplex, tolerance: number, least: number): number {
  const { kernels, slack, rowWeight, loose } = memory;
  const place = kernels.choices.mostViolated({
    slacks: slack.at,
    weights: rowWeight.at,
    list: loose.at,
    count: looseCount,
    tolerance,
    least,
  });
  return place < 0 ? -1 : loose.view[place];
}

/**
 * The violated loose row that comes first in the program and, variables being counted before rows,
 * before `first`; or −1.
 */
function firstViolated(simplex: Simplex, tolerance: number, first: number): number {
  const { memory, looseCount, poolRow, lower } = simplex;
  let position = -1;
  let least = first;
  for (const row of memory.loose.view.subarray(0, looseCount)) {
    const order = lower.length + poolRow[row];
    if (memory.slack.view[row] >= -tolerance || order >= least) continue;
    least = order;
    position = row;
  }
  return position;
}

/**
 * Writes the leaving row in terms of the nonbasic variables: `tightEntry` over the tight rows'
 * slacks and `pivotRow` over the variables (zero at the free ones). For a variable it is the row ±y
 * ≤ ±bound.
 */
export function computePivotRow(simplex: Simplex, leaving: Leaving): void {
  const { memory, basisCount } = simplex;
  const { size, rows, inverse, basisSize, free, pivotRow, tightEntry, tightColumn } = memory;
  if (leaving.kind === "row") {
    expressRow(simplex, leaving.position);
    const start = leaving.position * size;
    pivotRow.view.set(rows.view.subarray(start, start + size));
  } else {
    const start = leaving.place * basisSize;
    for (let t = 0; t < basisCount; t++) {
      tightEntry.view[t] = leaving.side * inverse.view[start + t];
    }
    pivotRow.view.fill(0);
  }
  for (let t = 0; t < basisCount; t++) tightColumn.view[t] = -tightEntry.view[t];
  addTightRows(simplex, tightColumn, pivotRow);
  for (let f = 0; f < basisCount; f++) pivotRow.view[free.view[f]] = 0;
}
