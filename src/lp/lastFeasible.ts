import { measureViolation } from "./certificate";
import type { BoxProgram } from "./program";

/**
 * The point itself where it satisfies the program to `allowed`; else the last point on the way from
 * the feasible point towards it that does; undefined where there is neither.
 */
export function lastFeasible(
  program: BoxProgram,
  target: Float64Array,
  allowed: number,
): Float64Array | undefined {
  const violation = measureViolation(program, target, allowed);
  if (violation.box <= 0 && violation.row <= allowed) return target;
  const start = program.feasible;
  if (start === undefined) return undefined;
  const atStart = new Float64Array(program.rows.rowCount);
  const atTarget = new Float64Array(program.rows.rowCount);
  program.rows.slacks(start, atStart);
  program.rows.slacks(target, atTarget);
  // Every row is linear along the way: it is reached where its slack, shrinking from start to
  // target, is 0.
  let step = 1;
  for (let row = 0; row < atStart.length; row++) {
    if (atTarget[row] >= 0) continue;
    const room = Math.max(0, atStart[row]);
    step = Math.min(step, room / (room - atTarget[row]));
  }
  const { lower, upper } = program;
  return target.map((value, column) => {
    const moved = start[column] + step * (value - start[column]);
    return Math.min(upper[column], Math.max(lower[column], moved));
  });
}
