import { ArgumentError, assertNever, ShapeError } from "../errors";
import { mapValues } from "../numeric/mapValues";
import { summationError } from "../numeric/rounding";
import type { Layer } from "../network/network";
import { poolMembers } from "../network/maxPool";
import { addAll, boundLayer, checkBox, widen, type Intervals } from "./intervalBounds";
import { applyWeights, spreadBias, termCount, weightsOf, type WeightedLayer } from "./linearLayer";
import type { Twins } from "./twin";

/**
 * What `boundErrors` does at a ReLU: `paper` clamps the error interval to contain 0 (Eq. 12);
 * `exact` takes the exact range of R(ξ + d) − R(ξ), which is never wider.
 */
export type ReluRule = "paper" | "exact";

/** Sound intervals for every layer: of N's values, and of how far Ñ's values lie from them. */
export interface ErrorBounds {
  /** Entry l + 1 is what layer l yields; entry 0 the inputs. */
  readonly values: readonly Intervals[];
  /** y + α ≤ ỹ ≤ y + β: lower ends α, upper ends β, in the same order. */
  readonly errors: readonly Intervals[];
  /**
   * No input of the box has a larger E: Σ_k max(−α_k, β_k) over the outputs. A bound.
   * (paper, Eq. 17)
   */
  readonly total: number;
}

/**
 * Error-interval propagation in its general sound form, for any box and twins of equal
 * architecture.
 *
 *     α' = Δb + ΔW⁻ b + ΔW⁺ a + W̃⁺ α + W̃⁻ β
 *     β' = Δb + ΔW⁺ b + ΔW⁻ a + W̃⁻ α + W̃⁺ β                                 (paper, Eqs. 10–17)
 *
 * The paper's (13)–(14) leave out the terms with a, which is sound only where a ≥ 0. Sums are
 * evaluated in binary64 and widened outwards by their error.
 *
 * @throws ShapeError if the twins' layers differ in kind or size or the box has another size,
 *   ArgumentError if the box is none or a sum overflows so that nothing is proved
 */
export function boundErrors(twins: Twins, box: Intervals, rule: ReluRule = "exact"): ErrorBounds {
  const exact = twins.network.layers;
  const altered = twins.approximated.layers;
  if (exact.length !== altered.length) {
    throw new ShapeError(
      `error intervals need twins of one architecture, found ${exact.length} and ` +
        `${altered.length} layers`,
    );
  }
  checkBox(box, twins.network);
  const values = [box];
  const errors: Intervals[] = [
    { lower: new Float64Array(box.lower.length), upper: new Float64Array(box.lower.length) },
  ];
  exact.forEach((layer, index) => {
    errors.push(boundLayerError(layer, altered[index], values[index], errors[index], rule));
    values.push(boundLayer(layer, values[index]));
  });
  const total = totalError(errors[errors.length - 1]);
  if (Number.isNaN(total)) {
    throw new ArgumentError(
      `the error intervals of ${twins.network.name} overflow binary64, so that nothing is proved; ` +
        "are its weights or the box too large?",
    );
  }
  return { values, errors, total };
}

/** Σ_k max(−α_k, β_k), rounded upwards. (paper, Eq. 17) */
export function totalError({ lower, upper }: Intervals): number {
  let sum = 0;
  for (let output = 0; output < lower.length; output++) {
    sum += Math.max(-lower[output], upper[output]);
  }
  return sum * (1 + summationError(lower.length));
}

function boundLayerError(
  layer: Layer,
  altered: Layer,
  values: Intervals,
  errors: Intervals,
  rule: ReluRule,
): Intervals {
  switch (layer.kind) {
    case "dense":
    case "conv2d":
      return boundWeightedError(layer, sameForm(layer, altered), values, errors);
    case "relu":
      return rule === "paper" ? clampErrors(errors) : boundReluError(values, errors);
    case "normalise": {
      const { deviation } = layer;
      const scale = (value: number): number => value / deviation;
      return widen(
        errors.lower.map(scale),
        errors.upper.map(scale),
        (value) => summationError(1) * Math.abs(value),
      );
    }
    case "maxPool2d": {
      const members = poolMembers(layer);
      const least = (window: Int32Array): number =>
        window.reduce((most, member) => Math.min(most, errors.lower[member]), Infinity);
      const most = (window: Int32Array): number =>
        window.reduce((best, member) => Math.max(best, errors.upper[member]), -Infinity);
      return { lower: Float64Array.from(members, least), upper: Float64Array.from(members, most) };
    }
    default:
      return assertNever(layer);
  }
}

function sameForm(layer: WeightedLayer, altered: Layer): WeightedLayer {
  const isSame =
    altered.kind === layer.kind &&
    weightsOf(altered).length === weightsOf(layer).length &&
    altered.bias.length === layer.bias.length;
  if (!isSame) {
    throw new ShapeError(
      `error intervals need twins of one architecture, but a ${layer.kind} layer stands against ` +
        `a ${altered.kind} layer of another form`,
    );
  }
  return altered;
}

function boundWeightedError(
  layer: WeightedLayer,
  altered: WeightedLayer,
  { lower: a, upper: b }: Intervals,
  { lower: alpha, upper: beta }: Intervals,
): Intervals {
  const exactWeights = weightsOf(layer);
  const weights = weightsOf(altered);
  const delta = mapValues(weights, (value, index) => value - exactWeights[index]);
  const deltaBias = spreadBias(
    layer,
    altered.bias.map((value, index) => value - layer.bias[index]),
  );
  const positive = (values: Float64Array): Float64Array =>
    mapValues(values, (v) => (v > 0 ? v : 0));
  const negative = (values: Float64Array): Float64Array =>
    mapValues(values, (v) => (v < 0 ? v : 0));
  const apply = (w: Float64Array, x: Float64Array): Float64Array => applyWeights(layer, w, x);

  const low = addAll(
    deltaBias,
    apply(negative(delta), b),
    apply(positive(delta), a),
    apply(positive(weights), alpha),
    apply(negative(weights), beta),
  );
  const high = addAll(
    deltaBias,
    apply(positive(delta), b),
    apply(negative(delta), a),
    apply(negative(weights), alpha),
    apply(positive(weights), beta),
  );
  const reach = (lower: Float64Array, upper: Float64Array): Float64Array =>
    lower.map((value, index) => Math.max(Math.abs(value), Math.abs(upper[index])));
  const magnitude = addAll(
    apply(
      mapValues(delta, (value) => (value < 0 ? -value : value)),
      reach(a, b),
    ),
    apply(
      mapValues(weights, (value) => (value < 0 ? -value : value)),
      reach(alpha, beta),
    ),
    deltaBias.map(Math.abs),
  );
  // The differences of weights are rounded once themselves, and small ones exactly (Sterbenz).
  const relative = summationError(4 * termCount(layer) + 8);
  return widen(low, high, (_value, index) => relative * magnitude[index]);
}

/** α = min(0, α'), β = max(0, β'). (paper, Eq. 12) */
function clampErrors({ lower, upper }: Intervals): Intervals {
  return {
    lower: lower.map((value) => Math.min(0, value)),
    upper: upper.map((value) => Math.max(0, value)),
  };
}

/** The exact range of R(ξ + d) − R(ξ) over ξ in [a, b], d in [α, β], neuron by neuron. */
function boundReluError({ lower: a, upper: b }: Intervals, errors: Intervals): Intervals {
  const relu = (value: number): number => Math.max(0, value);
  const shift = (xi: number, d: number): number => relu(xi + d) - relu(xi);
  const lower = errors.lower.map((alpha, j) => shift(alpha < 0 ? b[j] : a[j], alpha));
  const upper = errors.upper.map((beta, j) => shift(beta >= 0 ? b[j] : a[j], beta));
  // One addition and one subtraction, each rounded once.
  return widen(lower, upper, (_value, j) => {
    const xi = Math.max(Math.abs(a[j]), Math.abs(b[j]));
    return (
      2 * summationError(2) * (xi + Math.max(Math.abs(errors.lower[j]), Math.abs(errors.upper[j])))
    );
  });
}
