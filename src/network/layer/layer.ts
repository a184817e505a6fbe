import { InvariantError } from "../../errors";
import { conv2dRules, type Conv2dLayer } from "./conv2d";
import { denseRules, type DenseLayer } from "./dense";
import type { LayerRules } from "./layerRules";
import { addRules, type AddLayer } from "./add";
import { averagePool2dRules, type AveragePool2dLayer } from "./averagePool2d";
import { clipRules, type ClipLayer } from "./clip";
import { concatRules, type ConcatLayer } from "./concat";
import { leakyReluRules, type LeakyReluLayer } from "./leakyRelu";
import { pickRules, type PickLayer } from "./pick";
import { scaleRules, type ScaleLayer } from "./scale";
import { maxPool2dRules, type MaxPool2dLayer } from "./maxPool2d";
import { normaliseRules, type NormaliseLayer } from "./normalise";
import { preluRules, type PreluLayer } from "./prelu";
import { reluRules, type ReluLayer } from "./relu";

/** One step of a network: one of these kinds, each of which has a file of its own. */
export type Layer =
  | DenseLayer
  | ReluLayer
  | NormaliseLayer
  | Conv2dLayer
  | MaxPool2dLayer
  | AddLayer
  | AveragePool2dLayer
  | ClipLayer
  | ConcatLayer
  | LeakyReluLayer
  | PickLayer
  | PreluLayer
  | ScaleLayer;

export type LayerKind = Layer["kind"];

/** Everything that is known of each kind; a kind without its rules does not compile. */
export const LAYER_RULES: { readonly [K in LayerKind]: LayerRules<Extract<Layer, { kind: K }>> } = {
  dense: denseRules,
  conv2d: conv2dRules,
  normalise: normaliseRules,
  relu: reluRules,
  maxPool2d: maxPool2dRules,
  add: addRules,
  averagePool2d: averagePool2dRules,
  clip: clipRules,
  concat: concatRules,
  leakyRelu: leakyReluRules,
  pick: pickRules,
  prelu: preluRules,
  scale: scaleRules,
};

/**
 * The rules of a layer's kind.
 *
 * @throws InvariantError for a kind that is in no table: it must be refused, not passed over
 */
export function rulesOf(layer: Layer): LayerRules<Layer> {
  if (!Object.hasOwn(LAYER_RULES, layer.kind)) {
    throw new InvariantError(`no rules for a layer of kind ${JSON.stringify(layer.kind)}`);
  }
  // The table pairs every kind with its own rules.
  return LAYER_RULES[layer.kind];
}

/** Whether a layer has parameters that an approximation may touch. */
export function isApproximable(layer: Layer): boolean {
  return rulesOf(layer)
    .parameters(layer)
    .some(({ role }) => role === "rounded");
}
