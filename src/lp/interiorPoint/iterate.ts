import { correct } from "./corrections";
import { atMostOne, findDirection, type NewtonParts, type StepLengths } from "./direction";
import type { Measure } from "./measure";
import { LAST_MU, LAST_STEP_SHARE, LEAST_PRODUCT, SOFTNESS, STEP_SHARE } from "./parameters";

/** What an iteration goes by. */
export interface IterationAims {
  /** No smaller product is aimed at. */
  readonly leastCentre: number;
  /** Residual to which directions are refined. */
  readonly tolerance: number;
  /** The proximal term of the variables. */
  readonly stiffness: number;
}

/**
 * One iteration of Mehrotra's predictor–corrector method with Gondzio's corrections.
 *
 * @returns steps of refinement, or undefined if the matrix has no factor
 */
export function iterate(
  parts: NewtonParts,
  { complementarity, mu }: Measure,
  { leastCentre, tolerance, stiffness }: IterationAims,
): number | undefined {
  weigh(parts, stiffness);
  if (!parts.system.factor()) return undefined;
  aim(parts, 0, 0);
  const predictor = findDirection(parts);
  const after = complementarityAfter(parts, atMostOne(predictor));
  const rate = after / complementarity;
  const centre = Math.max(rate * rate * rate * mu, leastCentre);
  aim(parts, centre, 1);
  const corrector = findDirection(parts, tolerance);
  const { lengths, refinements } = correct(parts, corrector, centre, tolerance);
  const share = mu < LAST_MU ? LAST_STEP_SHARE : STEP_SHARE;
  const { primal, dual } = lengths;
  advance(parts, atMostOne({ primal: primal * share, dual: dual * share }));
  return corrector.refinements + refinements;
}

/** Inverses and weights of the rows, and the box's part of the matrix. */
function weigh({ kernels, layout, memory, set }: NewtonParts, stiffness: number): void {
  const { rows, variables } = memory;
  kernels.steps.invertRows({
    count: set.count,
    s: rows.s.at,
    lambda: rows.lambda.at,
    soft: SOFTNESS,
    softened: rows.softened.at,
    perS: rows.perS.at,
    perLambda: rows.perLambda.at,
    weight: rows.weight.at,
  });
  const { diagonal, zLower, zUpper, toLower, toUpper } = variables;
  for (let j = 0; j < layout.size; j++) {
    diagonal.view[j] =
      zLower.view[j] / toLower.view[j] + zUpper.view[j] / toUpper.view[j] + stiffness;
  }
}

/**
 * Aims at products of `centre`, less what the last direction changes them in the second order, if
 * that counts (`second` 1, not 0).
 */
function aim({ kernels, layout, memory, set }: NewtonParts, centre: number, second: number): void {
  const { rows, variables } = memory;
  const { s, lambda, ds, dLambda, wanted } = rows;
  // The scratch of the last solve may hold anything, and 0 times that need not be 0.
  if (second === 0) {
    ds.view.fill(0, 0, set.count);
    dLambda.view.fill(0, 0, set.count);
    for (const block of [variables.dv, variables.dzLower, variables.dzUpper]) block.view.fill(0);
  }
  kernels.steps.aimRows({
    count: set.count,
    s: s.at,
    lambda: lambda.at,
    ds: ds.at,
    dLambda: dLambda.at,
    target: centre,
    second,
    wanted: wanted.at,
  });
  const { dv, dzLower, dzUpper, zLower, zUpper, toLower, toUpper } = variables;
  const { wantedLower, wantedUpper } = variables;
  for (let j = 0; j < layout.size; j++) {
    wantedLower.view[j] =
      centre - toLower.view[j] * zLower.view[j] - dv.view[j] * dzLower.view[j] * second;
    wantedUpper.view[j] =
      centre - toUpper.view[j] * zUpper.view[j] + dv.view[j] * dzUpper.view[j] * second;
  }
}

/** Σ of all products after a step. */
function complementarityAfter(
  { kernels, layout, memory, set }: NewtonParts,
  { primal, dual }: StepLengths,
): number {
  const { s, ds, lambda, dLambda } = memory.rows;
  const { variables } = memory;
  const { dv, dzLower, dzUpper, zLower, zUpper, toLower, toUpper } = variables;
  let sum = kernels.steps.complementarity({
    count: set.count,
    s: s.at,
    ds: ds.at,
    primal,
    lambda: lambda.at,
    dLambda: dLambda.at,
    dual,
  });
  for (let j = 0; j < layout.size; j++) {
    const step = primal * dv.view[j];
    sum +=
      (toLower.view[j] + step) * (zLower.view[j] + dual * dzLower.view[j]) +
      (toUpper.view[j] - step) * (zUpper.view[j] + dual * dzUpper.view[j]);
  }
  return sum;
}

/** Takes the step, and lifts products that are far too small. */
function advance(
  { kernels, layout, memory, set }: NewtonParts,
  { primal, dual }: StepLengths,
): void {
  const { rows, variables } = memory;
  const { size } = layout;
  kernels.steps.advance({ count: set.count, x: rows.s.at, dx: rows.ds.at, step: primal });
  kernels.steps.advance({ count: set.count, x: rows.lambda.at, dx: rows.dLambda.at, step: dual });
  kernels.steps.advance({ count: size, x: variables.v.at, dx: variables.dv.at, step: primal });
  kernels.steps.advance({
    count: size,
    x: variables.zLower.at,
    dx: variables.dzLower.at,
    step: dual,
  });
  kernels.steps.advance({
    count: size,
    x: variables.zUpper.at,
    dx: variables.dzUpper.at,
    step: dual,
  });
  const s = rows.s.view;
  const lambda = rows.lambda.view;
  const v = variables.v.view;
  const zLower = variables.zLower.view;
  const zUpper = variables.zUpper.view;
  const lower = variables.lower.view;
  const upper = variables.upper.view;
  let sum = 0;
  for (let row = 0; row < set.count; row++) sum += s[row] * lambda[row];
  for (let j = 0; j < size; j++) {
    sum += (v[j] - lower[j]) * zLower[j] + (upper[j] - v[j]) * zUpper[j];
  }
  const least = (LEAST_PRODUCT * sum) / (set.count + 2 * size);
  for (let row = 0; row < set.count; row++) {
    if (s[row] * lambda[row] < least && lambda[row] > s[row]) s[row] = least / lambda[row];
  }
  for (let j = 0; j < size; j++) {
    const below = v[j] - lower[j];
    const above = upper[j] - v[j];
    if (below * zLower[j] < least && zLower[j] > below) v[j] = lower[j] + least / zLower[j];
    if (above * zUpper[j] < least && zUpper[j] > above) v[j] = upper[j] - least / zUpper[j];
  }
}
