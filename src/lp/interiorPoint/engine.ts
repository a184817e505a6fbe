import type { Kernels } from "../../numeric/kernels";
import { createPlainKernels } from "../../numeric/kernels";
import {
  objectiveValue,
  type BoxProgram,
  type Engine,
  type SolveOptions,
  type SolveOutcome,
} from "../program";
import { isManageable } from "./layout";
import { InteriorPointSolve } from "./solve";

/**
 * The engine for programs that offer frames and a feasible point: convolutional networks. It never
 * says that a program is infeasible, and what it cannot finish it leaves to others.
 *
 * @param kernels  what it computes in; plain code if none are given, with the same bits
 */
export function createInteriorPointEngine(kernels: Kernels = createPlainKernels()): Engine {
  return {
    name: "interior",
    takes,
    solve: (program, options = {}) => solve(kernels, program, options),
  };
}

/** Frames and a feasible point must be offered, the box be open and the matrix not too large. */
function takes({ rows, feasible, lower, upper }: BoxProgram): boolean {
  if (rows.frames === undefined || feasible === undefined) return false;
  return lower.every((low, index) => low < upper[index]) && isManageable(rows.frames);
}

function solve(kernels: Kernels, program: BoxProgram, options: SolveOptions): SolveOutcome {
  const { rows, feasible, cost } = program;
  if (!takes(program) || rows.frames === undefined || feasible === undefined) {
    const reason =
      "the program offers no frames, or no feasible point, or its frames are too large";
    return { kind: "stopped", reason, multipliers: [], iterations: 0 };
  }
  // Squares of the smallest numbers are 0 as well.
  if (cost.every((value) => value * value === 0)) return constant(program, feasible);
  return new InteriorPointSolve(kernels, program, rows.frames, feasible, options).run();
}

/** Without a cost every point is the best one. */
function constant(program: BoxProgram, feasible: Readonly<Float64Array>): SolveOutcome {
  const point = Float64Array.from(feasible);
  const value = objectiveValue(program, feasible);
  return { kind: "optimal", point, value, multipliers: [], iterations: 0, rowsGenerated: 0 };
}
