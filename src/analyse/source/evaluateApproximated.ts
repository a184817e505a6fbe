import { checkFlows, checkInput } from "../../network/checkFinite";
import { evaluate } from "../../network/evaluate";
import { createFlows, type Flows } from "../../network/flows";
import { applyStep } from "../../network/layer/applyStep";
import { sourcesOf, stepsOf } from "../../network/walk";
import type { Twins } from "../twin";
import { sourceRules, type ExtraSource } from "./source";

/**
 * The logits ξ̃(x) of Ñ, with all that its sources do to what flows through it: of twins without
 * any, those of the approximated network.
 *
 * @throws ShapeError if x has another length, ArgumentError if a value is not finite
 */
export function evaluateApproximated(twins: Twins, x: Readonly<Float64Array>): Float64Array {
  if (twins.sources === undefined) return evaluate(twins.approximated, x);
  const flows = flowsOfApproximated(twins, x);
  return flows[flows.length - 1];
}

/**
 * All that flows through Ñ, as others read it.
 *
 * @param see  called with what each source moved a value by, for sources that do so
 * @throws ShapeError if x has another length, ArgumentError if a value is not finite
 */
export function flowsOfApproximated(
  { approximated, sources = [] }: Twins,
  x: Readonly<Float64Array>,
  see?: (source: ExtraSource, value: number, move: Float64Array) => void,
): Flows {
  checkInput(approximated, x);
  const flows = createFlows(approximated);
  const applySources = (value: number): void =>
    sources.forEach((source) => {
      const { apply } = sourceRules(source);
      if (apply === undefined) return;
      const before = see === undefined ? undefined : Float64Array.from(flows[value]);
      const isActing = apply(source, value, flows[value]);
      if (!isActing || before === undefined) return;
      see?.(
        source,
        value,
        flows[value].map((after, place) => after - before[place]),
      );
    });
  flows[0].set(x);
  applySources(0);
  stepsOf(approximated).forEach((step, index) => {
    const inputs = sourcesOf(approximated, index).map((value) => flows[value]);
    applyStep(step, inputs, flows[index + 1]);
    for (const source of sources) {
      // Ñ alone is looked at: what a source of weights adds to N's is in its weights.
      const site = {
        layer: index,
        step,
        approximatedStep: step,
        values: inputs,
        approximatedValues: inputs,
      };
      const added = sourceRules(source).localAt?.(source, site);
      added?.forEach((move, place) => (flows[index + 1][place] += move));
    }
    applySources(index + 1);
  });
  checkFlows(approximated, flows);
  return flows;
}
