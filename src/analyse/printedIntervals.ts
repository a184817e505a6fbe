import { ArgumentError } from "../errors";
import { mapValues } from "../numeric/mapValues";
import { spread } from "../network/layer/perInput";
import { applyTerm } from "../network/layer/term";
import { addAll, type Intervals } from "./intervals";
import { checkPiecewiseAffine } from "./source/checkPiecewiseAffine";
import type { Twins } from "./twin";

/**
 * Error intervals as the paper's code computes those it prints in Table 1. They are *not* a bound:
 * kept
 * for comparison only; `boundErrors` is the sound form.
 *
 * Before each dense layer the box [a, b] of its inputs is moved to [0, b − a] and the bias to b + W
 * a. The error of the bias is then taken from the *moved* bias rounded by `roundBias`, which is not
 * the bias of the rounded network; and at the output the error of the bias is left out.
 *
 * @param roundBias  what rounding does to one number, such as `roundToHalf`
 * @returns one entry per dense layer: [α, β] of its outputs, clamped by (12) but at the last
 * @throws ArgumentError if the network is not a chain of dense and ReLU layers after a
 *   normalisation
 */
export function printedErrorIntervals(
  twins: Twins,
  box: Intervals,
  roundBias: (value: number) => number,
): Intervals[] {
  checkPiecewiseAffine(twins, "Table 1 as printed");
  const { layers } = twins.network;
  const found: Intervals[] = [];
  let { lower, upper } = box;
  let alpha: Float64Array = new Float64Array(lower.length);
  let beta: Float64Array = new Float64Array(lower.length);
  layers.forEach((layer, index) => {
    if (layer.kind === "relu") return;
    if (layer.kind === "normalise") {
      const normalise = (ends: Float64Array): Float64Array =>
        applyTerm(
          {
            kind: "quotient",
            size: ends.length,
            offset: spread(layer.mean, ends.length),
            divisor: spread(layer.deviation, ends.length),
          },
          ends,
        );
      lower = normalise(lower);
      upper = normalise(upper);
      return;
    }
    const approximated = twins.approximated.layers[index];
    if (layer.kind !== "dense" || approximated.kind !== "dense") {
      throw new ArgumentError("the printed intervals are defined for dense networks only");
    }
    const isLast = index === layers.length - 1;
    const weights = layer.weights.data;
    const rounded = approximated.weights.data;
    const part = (values: Float64Array, sign: 1 | -1): Float64Array =>
      mapValues(values, (value) => (value * sign > 0 ? value : 0));
    const apply = (values: Float64Array, x: Float64Array): Float64Array =>
      applyTerm({ kind: "dense", weights: { ...layer.weights, data: values } }, x);

    const width = upper.map((value, input) => value - lower[input]);
    const bias = addAll(layer.bias, apply(weights, lower));
    const biasError = isLast
      ? new Float64Array(bias.length)
      : bias.map((value) => roundBias(value) - value);
    const delta = mapValues(rounded, (value, position) => value - weights[position]);
    const low = addAll(
      biasError,
      apply(part(delta, -1), width),
      apply(part(rounded, 1), alpha),
      apply(part(rounded, -1), beta),
    );
    const high = addAll(
      biasError,
      apply(part(delta, 1), width),
      apply(part(rounded, -1), alpha),
      apply(part(rounded, 1), beta),
    );
    alpha = isLast ? low : low.map((value) => Math.min(0, value));
    beta = isLast ? high : high.map((value) => Math.max(0, value));
    found.push({ lower: alpha, upper: beta });

    const least = addAll(bias, apply(part(weights, -1), width));
    const most = addAll(bias, apply(part(weights, 1), width));
    lower = least.map((value) => Math.max(0, value));
    upper = most.map((value) => Math.max(0, value));
  });
  return found;
}
