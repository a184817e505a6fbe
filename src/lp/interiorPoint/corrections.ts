import { pullIn } from "../../numeric/stepKernels";
import { atMostOne, findDirection, type NewtonParts, type StepLengths } from "./direction";
import {
  CORRECTIONS,
  FARTHER,
  HIGH_PRODUCT,
  LEAST_GAIN,
  LONG_STEP,
  LOW_PRODUCT,
} from "./parameters";

/** Corrections that allow longer steps, as long as they do. */
export function correct(
  parts: NewtonParts,
  found: StepLengths,
  centre: number,
  tolerance: number,
): { lengths: StepLengths; refinements: number } {
  let lengths = found;
  let refinements = 0;
  for (let correction = 0; correction < CORRECTIONS; correction++) {
    const before = atMostOne(lengths);
    if (before.primal > LONG_STEP && before.dual > LONG_STEP) break;
    keepDirection(parts);
    pullTowards(
      parts,
      atMostOne({ primal: before.primal + FARTHER, dual: before.dual + FARTHER }),
      centre,
    );
    const corrected = findDirection(parts, tolerance);
    refinements += corrected.refinements;
    const after = atMostOne(corrected);
    const gain = after.primal + after.dual - (before.primal + before.dual);
    if (gain < 0 || Number.isNaN(gain)) {
      restoreDirection(parts);
      break;
    }
    lengths = corrected;
    if (gain < LEAST_GAIN) break;
  }
  return { lengths, refinements };
}

function keepDirection({ memory, set }: NewtonParts): void {
  const { rows, variables } = memory;
  rows.keptDs.view.set(rows.ds.view.subarray(0, set.count));
  rows.keptDLambda.view.set(rows.dLambda.view.subarray(0, set.count));
  variables.keptDv.view.set(variables.dv.view);
  variables.keptDzLower.view.set(variables.dzLower.view);
  variables.keptDzUpper.view.set(variables.dzUpper.view);
}

function restoreDirection({ memory, set }: NewtonParts): void {
  const { rows, variables } = memory;
  rows.ds.view.set(rows.keptDs.view.subarray(0, set.count));
  rows.dLambda.view.set(rows.keptDLambda.view.subarray(0, set.count));
  variables.dv.view.set(variables.keptDv.view);
  variables.dzLower.view.set(variables.keptDzLower.view);
  variables.dzUpper.view.set(variables.keptDzUpper.view);
}

/** Adds to what is wanted what pulls the products of a trial step towards the centre. */
function pullTowards(
  { kernels, layout, memory, set }: NewtonParts,
  { primal, dual }: StepLengths,
  centre: number,
): void {
  const { s, ds, lambda, dLambda, wanted } = memory.rows;
  const low = LOW_PRODUCT * centre;
  const high = HIGH_PRODUCT * centre;
  kernels.steps.centreRows({
    count: set.count,
    s: s.at,
    ds: ds.at,
    primal,
    lambda: lambda.at,
    dLambda: dLambda.at,
    dual,
    low,
    high,
    wanted: wanted.at,
  });
  const { dv, dzLower, dzUpper, zLower, zUpper, toLower, toUpper } = memory.variables;
  const { wantedLower, wantedUpper } = memory.variables;
  for (let j = 0; j < layout.size; j++) {
    const step = primal * dv.view[j];
    const below = (toLower.view[j] + step) * (zLower.view[j] + dual * dzLower.view[j]);
    const above = (toUpper.view[j] - step) * (zUpper.view[j] + dual * dzUpper.view[j]);
    wantedLower.view[j] += pullIn(below, low, high);
    wantedUpper.view[j] += pullIn(above, low, high);
  }
}
