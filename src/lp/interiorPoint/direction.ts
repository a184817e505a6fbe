import type { Kernels } from "../../numeric/kernels";
import type { Layout } from "./layout";
import type { LinearSystem } from "./linearSystem";
import type { SolverMemory } from "./memory";
import { SOFTNESS } from "./parameters";
import { LEAST_RATIO } from "../../numeric/stepKernels";
import type { WorkingSet } from "./workingSet";

/** How far a direction may be followed, primal and dual, until something gets to 0: from 0 on. */
export interface StepLengths {
  readonly primal: number;
  readonly dual: number;
}

/** A whole step at most. */
export function atMostOne({ primal, dual }: StepLengths): StepLengths {
  return { primal: Math.min(1, primal), dual: Math.min(1, dual) };
}

/** What a direction is found with. */
export interface NewtonParts {
  readonly kernels: Kernels;
  readonly layout: Layout;
  readonly memory: SolverMemory;
  readonly set: WorkingSet;
  readonly system: LinearSystem;
}

/**
 * The direction for the products that stand in `wanted`, `wantedLower` and `wantedUpper`:
 *
 *     (Aᵀ D A + G) dv = r_d − Aᵀ[(wanted − λ r_p) / (s + ελ)] + wantedLower / toLower − …
 *     dλ = (wanted − λ (r_p − A dv)) / (s + ελ),      ds = r_p − A dv + ε dλ
 *     dz_l = (wantedLower − z_l dv) / toLower,        dz_u = (wantedUpper + z_u dv) / toUpper
 *
 * @param tolerance  residual to which dv is refined; no refinement if it is undefined
 * @returns how far it may be followed, and the steps of refinement
 */
export function findDirection(
  { kernels, layout, memory, set, system }: NewtonParts,
  tolerance?: number,
): StepLengths & { readonly refinements: number } {
  const { rows, variables, totals } = memory;
  const { steps } = kernels;
  const { count } = set;
  const { dv, right } = variables;
  steps.weighRows({
    count,
    lambda: rows.lambda.at,
    residual: rows.residual.at,
    wanted: rows.wanted.at,
    softened: rows.softened.at,
    out: rows.scratch.at,
  });
  rightSide(memory, layout.size);
  set.addTransposed(rows.scratch.at, right.at);
  dv.view.set(right.view);
  system.solve(dv.at);
  const refined = tolerance === undefined ? undefined : system.refine(tolerance);
  if (refined?.isMultiplied !== true) set.multiply(dv.at, rows.scratch.at);
  steps.stepRows({
    count,
    residual: rows.residual.at,
    product: rows.scratch.at,
    wanted: rows.wanted.at,
    lambda: rows.lambda.at,
    softened: rows.softened.at,
    soft: SOFTNESS,
    perS: rows.perS.at,
    perLambda: rows.perLambda.at,
    ds: rows.ds.at,
    dLambda: rows.dLambda.at,
    totals: totals.at,
  });
  const box = stepBox(memory, layout.size);
  const primal = 1 / Math.max(totals.view[0], box.primal);
  const dual = 1 / Math.max(totals.view[1], box.dual);
  return { primal, dual, refinements: refined?.steps ?? 0 };
}

/** What the variables themselves give to the right-hand side. */
function rightSide({ variables }: SolverMemory, size: number): void {
  const right = variables.right.view;
  const residual = variables.residual.view;
  const wantedLower = variables.wantedLower.view;
  const wantedUpper = variables.wantedUpper.view;
  const toLower = variables.toLower.view;
  const toUpper = variables.toUpper.view;
  for (let j = 0; j < size; j++) {
    right[j] = residual[j] + wantedLower[j] / toLower[j] - wantedUpper[j] / toUpper[j];
  }
}

/** The box's multipliers along dv, and the largest ratios there. */
function stepBox({ variables }: SolverMemory, size: number): StepLengths {
  const dv = variables.dv.view;
  const zLower = variables.zLower.view;
  const zUpper = variables.zUpper.view;
  const toLower = variables.toLower.view;
  const toUpper = variables.toUpper.view;
  const wantedLower = variables.wantedLower.view;
  const wantedUpper = variables.wantedUpper.view;
  const dzLower = variables.dzLower.view;
  const dzUpper = variables.dzUpper.view;
  let primal = LEAST_RATIO;
  let dual = LEAST_RATIO;
  for (let j = 0; j < size; j++) {
    dzLower[j] = (wantedLower[j] - zLower[j] * dv[j]) / toLower[j];
    dzUpper[j] = (wantedUpper[j] + zUpper[j] * dv[j]) / toUpper[j];
    primal = Math.max(primal, -dv[j] / toLower[j], dv[j] / toUpper[j]);
    dual = Math.max(dual, -dzLower[j] / zLower[j], -dzUpper[j] / zUpper[j]);
  }
  return { primal, dual };
}
