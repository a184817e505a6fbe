import { rulesOf } from "../../network/layer/layer";
import type { Parameter } from "../../network/layer/layerRules";
import type { Network } from "../../network/network";
import { checkPercent, readPercent } from "./prune";
import { WHOLE, type ApproximationRules } from "./rules";

/**
 * The given part of each layer's outputs, those of the smallest Euclidean norm of weights first,
 * set to zero with weights and bias: structure that hardware can leave out. The last layer with
 * parameters keeps all of its outputs.
 */
export interface PruneOutputsApproximation {
  readonly kind: "pruneOutputs";
  /** 0 .. 100 */
  readonly percent: number;
}

const NAME = /^prune-(\d+(?:\.\d+)?):outputs$/;

export const pruneOutputsRules: ApproximationRules<PruneOutputsApproximation> = {
  forms: [
    {
      text: "prune-PERCENT:outputs (whole outputs of layers but the last)",
      names: (percent) => [`prune-${percent}:outputs`],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    return found === null
      ? undefined
      : { kind: "pruneOutputs", percent: readPercent(found[1], typed) };
  },
  name: ({ percent }) => `prune-${percent}:outputs`,
  describe: ({ percent }) =>
    `the smallest ${percent} % of each layer's outputs, by the norm of their weights, set to zero`,
  rounding(network, { percent }) {
    checkPercent(percent);
    const pruned = prunedOutputs(network, percent);
    return ({ values, channels }, { layer }) => {
      const kept = values.slice();
      const size = values.length / channels;
      for (const output of pruned[layer]) kept.fill(0, output * size, (output + 1) * size);
      return kept;
    };
  },
  // What is left; which outputs are is said by the shapes.
  storedBits(network, { percent }) {
    const pruned = prunedOutputs(network, percent);
    return ({ values, channels }, layer) =>
      WHOLE * (values.length - (values.length / channels) * pruned[layer].length);
  },
};

/** The outputs that each layer loses. */
function prunedOutputs(network: Network, percent: number): readonly (readonly number[])[] {
  const weights = network.layers.map((layer) =>
    rulesOf(layer)
      .parameters(layer)
      .find(({ name, role }) => name === "weight" && role === "rounded"),
  );
  const last = weights.findLastIndex((parameter) => parameter !== undefined);
  return weights.map((parameter, layer) =>
    parameter === undefined || layer === last ? [] : smallestOutputs(parameter, percent),
  );
}

/** Of equal norms the first ones. */
function smallestOutputs({ values, channels }: Parameter, percent: number): number[] {
  const size = values.length / channels;
  const norms = Array.from({ length: channels }, (_, output) =>
    values
      .subarray(output * size, (output + 1) * size)
      .reduce((sum, weight) => sum + weight * weight, 0),
  );
  const order = norms.map((_, output) => output).sort((a, b) => norms[a] - norms[b] || a - b);
  return order.slice(0, Math.floor((channels * percent) / 100));
}
