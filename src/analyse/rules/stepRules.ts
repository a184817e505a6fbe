import type { Step, StepForm } from "../../network/layer/step";
import { affineRules } from "./affine";
import { maxRules } from "./max";
import { piecesRules } from "./pieces";
import type { StepRules } from "./rule";

/** What analysis does with each form of step; a form without its rules does not compile. */
const STEP_RULES: { readonly [F in StepForm]: StepRules<Extract<Step, { form: F }>> } = {
  affine: affineRules,
  pieces: piecesRules,
  max: maxRules,
};

/** The rules of a step's form. */
export function stepRules(step: Step): StepRules<Step> {
  // The table pairs every form with its rules.
  return STEP_RULES[step.form];
}
