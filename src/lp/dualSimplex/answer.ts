import type { Leaving } from "./chooseRow";
import { objectiveValue, type BoxProgram, type Multiplier, type SolveOutcome } from "../program";
import type { Simplex } from "./state";
import { basisOf } from "./warmStart";

/** The current point, moved onto the box where it lies outside by no more than the tolerance. */
function pointInBox({ memory, lower, upper }: Simplex): Float64Array {
  return Float64Array.from(memory.point.view, (value, column) =>
    Math.min(upper[column], Math.max(lower[column], value)),
  );
}

/** The answer where the whole program holds. */
export function optimalOutcome(
  simplex: Simplex,
  program: BoxProgram,
  costScale: number,
  iterations: number,
): SolveOutcome {
  const point = pointInBox(simplex);
  return {
    kind: "optimal",
    point,
    value: objectiveValue(program, point),
    multipliers: tightMultipliers(simplex, costScale),
    iterations,
    rowsGenerated: simplex.rowsGenerated,
    basis: basisOf(simplex),
  };
}

/** What is known where it ends before. */
export function stoppedOutcome(
  simplex: Simplex,
  costScale: number,
  iterations: number,
  reason: string,
): SolveOutcome {
  return {
    kind: "stopped",
    reason,
    point: pointInBox(simplex),
    multipliers: tightMultipliers(simplex, costScale),
    iterations,
    basis: basisOf(simplex),
  };
}

/** Multipliers of the program's own rows, in its own units. */
export function tightMultipliers(simplex: Simplex, costScale: number): Multiplier[] {
  const { memory, basisCount } = simplex;
  return combination(simplex, memory.multiplier.view.subarray(0, basisCount), costScale);
}

/**
 * Multipliers of a leaving row minus its combination of tight rows, which together no point of the
 * box satisfies.
 */
export function contradiction(simplex: Simplex, leaving: Leaving): Multiplier[] {
  const { memory, basisCount, poolRow, norms } = simplex;
  const opposite = memory.tightEntry.view.slice(0, basisCount).map((value) => -value);
  const multipliers = combination(simplex, opposite, 1);
  if (leaving.kind === "row") {
    const row = poolRow[leaving.position];
    multipliers.push({ row, value: 1 / norms[row] });
    multipliers.sort((a, b) => a.row - b.row);
  }
  return multipliers;
}

/** Positive values over the tight rows, as multipliers of the program's rows, sorted by row. */
function combination(
  { memory, poolRow, norms }: Simplex,
  values: Readonly<Float64Array>,
  scale: number,
): Multiplier[] {
  const found: Multiplier[] = [];
  values.forEach((value, place) => {
    const row = poolRow[memory.tight.view[place]];
    if (value > 0) found.push({ row, value: (value * scale) / norms[row] });
  });
  return found.sort((a, b) => a.row - b.row);
}
