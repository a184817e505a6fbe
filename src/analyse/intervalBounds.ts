import { mapValues } from "../numeric/mapValues";
import { ArgumentError, assertNever, ShapeError } from "../errors";
import { quoteName } from "../quoteName";
import { summationError } from "../numeric/rounding";
import type { Layer, Network } from "../network/network";
import { poolMembers } from "../network/maxPool";
import { applyWeights, spreadBias, termCount, weightsOf, type WeightedLayer } from "./linearLayer";

/** One interval per value, lower ends first. */
export interface Intervals {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Sound intervals of everything that flows through a network while its inputs stay in a box: entry
 * 0 is the box, entry l + 1 what layer l yields. A bound, evaluated in binary64 and widened
 * outwards by the
 * error of its sums.                                                             (paper, Eqs. 8–9)
 *
 * @throws ShapeError if the box has another size than the input, ArgumentError if it is none
 */
export function boundIntervals(network: Network, box: Intervals): Intervals[] {
  checkBox(box, network);
  const bounds = [box];
  for (const layer of network.layers) bounds.push(boundLayer(layer, bounds[bounds.length - 1]));
  return bounds;
}

/**
 * @throws ShapeError or ArgumentError unless the box has one interval lower ≤ upper of numbers per
 *   input
 */
export function checkBox({ lower, upper }: Intervals, { name, inputSize }: Network): void {
  if (lower.length !== inputSize || upper.length !== inputSize) {
    throw new ShapeError(
      `network ${quoteName(name)} takes ${inputSize} values, the box has ${lower.length} lower and ` +
        `${upper.length} upper ends`,
    );
  }
  const odd = lower.findIndex(
    (low, input) => !(Number.isFinite(low) && Number.isFinite(upper[input]) && low <= upper[input]),
  );
  if (odd === -1) return;
  throw new ArgumentError(
    `input ${odd} of the box has ends ${lower[odd]} and ${upper[odd]}; expected two finite numbers, ` +
      "the lower one first",
  );
}

/** The intervals that one layer yields from those of its inputs. */
export function boundLayer(layer: Layer, input: Intervals): Intervals {
  switch (layer.kind) {
    case "dense":
    case "conv2d":
      return boundWeighted(layer, input);
    case "relu":
      return {
        lower: input.lower.map((value) => Math.max(0, value)),
        upper: input.upper.map((value) => Math.max(0, value)),
      };
    case "normalise": {
      const { mean, deviation } = layer;
      const scale = (value: number): number => (value - mean) / deviation;
      // Two operations, each rounded once.
      return widen(
        input.lower.map(scale),
        input.upper.map(scale),
        (value) => summationError(3) * (Math.abs(value) + Math.abs(mean / deviation)),
      );
    }
    case "maxPool2d": {
      const members = poolMembers(layer);
      const largest = (values: Float64Array) => (window: Int32Array) =>
        window.reduce((most, member) => Math.max(most, values[member]), -Infinity);
      return {
        lower: Float64Array.from(members, largest(input.lower)),
        upper: Float64Array.from(members, largest(input.upper)),
      };
    }
    default:
      return assertNever(layer);
  }
}

/**
 * lower' = W⁺ lower + W⁻ upper + bias, upper' = W⁺ upper + W⁻ lower + bias, widened. (paper, Eq. 9)
 */
function boundWeighted(layer: WeightedLayer, { lower, upper }: Intervals): Intervals {
  const weights = weightsOf(layer);
  const positive = mapValues(weights, (value) => (value > 0 ? value : 0));
  const negative = mapValues(weights, (value) => (value < 0 ? value : 0));
  const bias = spreadBias(layer, layer.bias);
  const reach = lower.map((value, index) => Math.max(Math.abs(value), Math.abs(upper[index])));
  const magnitude = applyWeights(
    layer,
    mapValues(weights, (value) => (value < 0 ? -value : value)),
    reach,
  );
  const relative = summationError(2 * termCount(layer) + 4);
  const low = addAll(
    bias,
    applyWeights(layer, positive, lower),
    applyWeights(layer, negative, upper),
  );
  const high = addAll(
    bias,
    applyWeights(layer, positive, upper),
    applyWeights(layer, negative, lower),
  );
  return widen(low, high, (_value, index) => relative * (magnitude[index] + Math.abs(bias[index])));
}

/** Lower ends moved down and upper ends moved up by an allowance ≥ 0. */
export function widen(
  lower: Float64Array,
  upper: Float64Array,
  allowance: (value: number, index: number) => number,
): Intervals {
  return {
    lower: lower.map((value, index) => value - allowance(value, index)),
    upper: upper.map((value, index) => value + allowance(value, index)),
  };
}

/** The sum of arrays, value by value, in their order. */
export function addAll(...arrays: readonly Readonly<Float64Array>[]): Float64Array {
  return arrays[0].map((first, index) => {
    let sum = first;
    for (let other = 1; other < arrays.length; other++) sum += arrays[other][index];
    return sum;
  });
}
