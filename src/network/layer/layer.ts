import { InvariantError } from "../../errors";
import { conv2dRules, type Conv2dLayer } from "./conv2d";
import { denseRules, type DenseLayer } from "./dense";
import type { LayerRules } from "./layerRules";
import { maxPool2dRules, type MaxPool2dLayer } from "./maxPool2d";
import { normaliseRules, type NormaliseLayer } from "./normalise";
import { reluRules, type ReluLayer } from "./relu";

/** One step of a network: one of these kinds, each of which has a file of its own. */
export type Layer = DenseLayer | ReluLayer | NormaliseLayer | Conv2dLayer | MaxPool2dLayer;

export type LayerKind = Layer["kind"];

/** Everything that is known of each kind; a kind without its rules does not compile. */
export const LAYER_RULES: { readonly [K in LayerKind]: LayerRules<Extract<Layer, { kind: K }>> } = {
  dense: denseRules,
  conv2d: conv2dRules,
  normalise: normaliseRules,
  relu: reluRules,
  maxPool2d: maxPool2dRules,
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
  // The table pairs every kind with its own rules; the compiler cannot follow one through an index.
  return LAYER_RULES[layer.kind] as unknown as LayerRules<Layer>;
}
