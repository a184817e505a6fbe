import { assertNever } from "../errors";
import { checkFlows, checkInput } from "./checkFinite";
import { createFlows } from "./flows";
import { applyStep } from "./layer/applyStep";
import type { Network } from "./network";
import { addColumnsAsPlain } from "./placedDense";
import type { PlacedLayer, PlacedNetworks } from "./placedLayers";
import { applyConvolution } from "./tiledConvolution";
import { sourcesOf, stepsOf } from "./walk";

/**
 * A function that gives the logits of one point after another; its result is overwritten by the
 * next.
 */
export type Evaluator = (x: Readonly<Float64Array>) => Readonly<Float64Array>;

/**
 * What `evaluate` does, to the same bits and with the same refusals, with layers that lie in the
 * kernels' memory: dense ones over the inputs that are not zero, convolutions in tiles. (decision
 * 83)
 */
export function createKernelEvaluator(
  network: Network,
  placed: readonly PlacedLayer[],
  { kernels, lot }: Pick<PlacedNetworks, "kernels" | "lot">,
): Evaluator {
  const flows = createFlows(network);
  const steps = stepsOf(network).map((step, index) => ({
    step,
    place: placed[index],
    inputs: sourcesOf(network, index).map((value) => flows[value]),
  }));
  return (x) => {
    checkInput(network, x);
    flows[0].set(x);
    steps.forEach(({ step, place, inputs }, index) => {
      const out = flows[index + 1];
      switch (place?.kind) {
        case undefined:
          return applyStep(step, inputs, out);
        case "dense":
          return addColumnsAsPlain(place, kernels, lot.blocks, inputs[0], out);
        case "convolution":
          return applyConvolution(place, kernels, lot.blocks, inputs[0], out);
        default:
          return assertNever(place);
      }
    });
    checkFlows(network, flows);
    return flows[flows.length - 1];
  };
}
