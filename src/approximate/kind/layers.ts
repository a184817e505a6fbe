import { ArgumentError } from "../../errors";
import { isApproximable } from "../../network/layer/layer";
import type { Network } from "../../network/network";
import { readUniform, uniformRules, type UniformApproximation } from "./uniform";
import type { ApproximationRules } from "./rules";

/**
 * An approximation of its own for each layer with parameters that one may touch, in their order.
 * What is worked out of a whole network, such as the paper's one grid, is worked out of the whole.
 */
export interface LayersApproximation {
  readonly kind: "layers";
  readonly layers: readonly UniformApproximation[];
}

/** What stands between the names of the layers' approximations. */
const BETWEEN = "+";

export const layersRules: ApproximationRules<LayersApproximation> = {
  forms: [
    {
      text: "NAME+NAME… (one for each layer with weights, such as half+int8+int4)",
      names: (bits) => [`half+int${bits}`, `int8+int${bits}`, `int8+int8+int${bits}`],
    },
  ],
  read(name, typed) {
    if (!name.includes(BETWEEN)) return undefined;
    const layers: UniformApproximation[] = [];
    for (const one of name.split(BETWEEN)) {
      const found = readUniform(one.trim(), typed);
      if (found === undefined) return undefined;
      layers.push(found);
    }
    return { kind: "layers", layers };
  },
  name: ({ layers }) => layers.map((one) => uniformRules(one).name(one)).join(BETWEEN),
  describe: ({ layers }) =>
    layers
      .map((one, at) => `layer ${at + 1} of those with weights: ${uniformRules(one).describe(one)}`)
      .join("; "),
  rounding(network, approximation) {
    const byLayer = spread(network, approximation, (one) =>
      uniformRules(one).rounding(network, one),
    );
    return (parameter, place) =>
      byLayer.get(place.layer)?.(parameter, place) ?? parameter.values.slice();
  },
  spacing(network, approximation) {
    const byLayer = spread(network, approximation, (one) =>
      uniformRules(one).spacing?.(network, one),
    );
    return (parameter, layer) => byLayer.get(layer)?.(parameter, layer);
  },
  storedBits(network, approximation) {
    const byLayer = spread(network, approximation, (one) =>
      uniformRules(one).storedBits(network, one),
    );
    return (parameter, layer) => byLayer.get(layer)?.(parameter, layer) ?? 0;
  },
};

/**
 * Something of each approximation, by the layer that it is for.
 *
 * @throws ArgumentError unless there is one for each
 */
function spread<T>(
  { name, layers }: Network,
  approximation: LayersApproximation,
  make: (one: UniformApproximation) => T,
): ReadonlyMap<number, T> {
  const touched = layers.flatMap((layer, index) => (isApproximable(layer) ? [index] : []));
  if (touched.length === approximation.layers.length) {
    return new Map(touched.map((layer, at) => [layer, make(approximation.layers[at])]));
  }
  throw new ArgumentError(
    `approximation "${layersRules.name(approximation)}" names ${approximation.layers.length}, but ` +
      `${touched.length} layers of ${name} have weights (${touched.map((layer) => layer + 1).join(", ")}); ` +
      "name one for each, none to keep a layer",
  );
}
