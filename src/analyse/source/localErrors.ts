import type { Step } from "../../network/layer/step";
import type { Intervals } from "../intervals";
import type { LocalSum, Site } from "./rules";
import { sourceRules, type ErrorSource } from "./source";
import { sumOf } from "./sumOf";

/** What sources add to the sums of a layer: nothing where it forms none. */
export function localSums(sources: readonly ErrorSource[], site: Site): readonly LocalSum[] {
  const { step, approximatedStep } = site;
  if (!isAffine(step) || !isAffine(approximatedStep)) return [];
  return sources.flatMap((source) => {
    const sum = sourceRules(source).localSum(source, { ...site, step, approximatedStep });
    return sum === undefined ? [] : [sum];
  });
}

function isAffine(step: Step): step is Extract<Step, { form: "affine" }> {
  return step.form === "affine";
}

/** How far Ñ's value lies from N's with what sources do to it as it is yielded. */
export function addLocalErrors(
  sources: readonly ErrorSource[],
  value: number,
  yielded: Intervals,
  moved: Intervals,
): Intervals {
  return sources.reduce((errors, source) => {
    const local = sourceRules(source).localError(source, value, sumOf(yielded, errors));
    return local === undefined ? errors : sumOf(errors, local);
  }, moved);
}
