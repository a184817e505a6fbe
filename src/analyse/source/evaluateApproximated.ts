import { checkFlows, checkInput } from "../../network/checkFinite";
import { evaluate } from "../../network/evaluate";
import { createFlows } from "../../network/flows";
import { applyStep } from "../../network/layer/applyStep";
import { sourcesOf, stepsOf } from "../../network/walk";
import type { Twins } from "../twin";
import { sourceRules } from "./source";

/**
 * The logits ξ̃(x) of Ñ, with all that its sources do to what flows through it: of twins without
 * any, those of the approximated network.
 *
 * @throws ShapeError if x has another length, ArgumentError if a value is not finite
 */
export function evaluateApproximated(
  { approximated, sources = [] }: Twins,
  x: Readonly<Float64Array>,
): Float64Array {
  if (sources.length === 0) return evaluate(approximated, x);
  checkInput(approximated, x);
  const flows = createFlows(approximated);
  const applySources = (value: number): void =>
    sources.forEach((source) => sourceRules(source).apply?.(source, value, flows[value]));
  flows[0].set(x);
  applySources(0);
  stepsOf(approximated).forEach((step, index) => {
    const inputs = sourcesOf(approximated, index).map((value) => flows[value]);
    applyStep(step, inputs, flows[index + 1]);
    applySources(index + 1);
  });
  checkFlows(approximated, flows);
  return flows[flows.length - 1];
}
