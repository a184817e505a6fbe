import { CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP } from "../../numeric/tolerance";
import { objectiveValue, type BoxProgram, type Multiplier } from "../program";
import type { Layout } from "./layout";
import type { SolverMemory } from "./memory";
import { GAP_SHARE } from "./parameters";
import type { WorkingSet } from "./workingSet";

/** A program, and what leads from it to the method's units: v = (y − x) / w, a cost of norm 1. */
export interface ProgramUnits {
  readonly program: BoxProgram;
  /** x, a point that is in the program's polytope. */
  readonly feasible: Readonly<Float64Array>;
  /** w, the widest side of the box. */
  readonly scale: number;
  readonly costNorm: number;
  readonly valueAtStart: number;
}

/** The units of a program at a feasible point. */
export function unitsOf(program: BoxProgram, feasible: Readonly<Float64Array>): ProgramUnits {
  const { lower, upper, cost } = program;
  return {
    program,
    feasible,
    scale: lower.reduce((most, low, j) => Math.max(most, upper[j] - low), 0),
    costNorm: Math.sqrt(cost.reduce((sum, value) => sum + value * value, 0)),
    valueAtStart: objectiveValue(program, feasible),
  };
}

/** Writes cost and box in the method's units. */
export function placeVariables(
  { program, feasible, scale, costNorm }: ProgramUnits,
  { variables }: Layout,
  { cost, lower, upper }: SolverMemory["variables"],
): void {
  variables.forEach((variable, index) => {
    cost.view[index] = program.cost[variable] / costNorm;
    lower.view[index] = (program.lower[variable] - feasible[variable]) / scale;
    upper.view[index] = (program.upper[variable] - feasible[variable]) / scale;
  });
}

/** The program's value where the method's is `value`. */
export function valueOf({ valueAtStart, costNorm, scale }: ProgramUnits, value: number): number {
  return valueAtStart + value * costNorm * scale;
}

/** The gap that is aimed at, in the method's units: a share of what the certificate permits. */
export function targetGap(units: ProgramUnits, value: number): number {
  const size = Math.min(Math.abs(valueOf(units, value)), Math.abs(units.valueAtStart));
  const permitted = Math.max(CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP * size);
  return (GAP_SHARE * permitted) / (units.costNorm * units.scale);
}

/** The point of v in the program's variables, inside the box. */
export function pointOf(
  { program, feasible, scale }: ProgramUnits,
  { variables, size }: Layout,
  v: Readonly<Float64Array>,
): Float64Array {
  const { lower, upper } = program;
  const point = new Float64Array(size);
  variables.forEach((variable, index) => {
    const value = feasible[variable] + v[index] * scale;
    point[variable] = Math.min(upper[variable], Math.max(lower[variable], value));
  });
  return point;
}

/**
 * The multipliers of the program's own rows, for the first `count` of the set. None can be left
 * out: a loose row's is tiny, but the box is wide.
 */
export function multipliersOf(
  { costNorm }: ProgramUnits,
  { rows, norms }: WorkingSet,
  lambda: Readonly<Float64Array>,
  count: number,
): Multiplier[] {
  const found: Multiplier[] = [];
  for (let place = 0; place < count; place++) {
    const value = (lambda[place] * costNorm) / norms[place];
    if (value > 0 && value < Infinity) found.push({ row: rows[place], value });
  }
  return found.sort((one, other) => one.row - other.row);
}
