import { FormatError } from "../../errors";
import { mapValues } from "../../numeric/mapValues";
import type { PlannedLayer } from "./plannedLayer";

/** A batch normalisation as files have it: per channel γ, β, and the mean and variance seen. */
export interface BatchNorm {
  /** The stem of `….weight`, `….bias`, `….running_mean` and `….running_var`. */
  readonly tensor: string;
  readonly channels: number;
  readonly pixels: number;
  /** Added to variances; it has no default, for it is part of the function. */
  readonly epsilon: number;
}

/**
 * What it does after training, s x + t with s = γ / √(variance + ε) and t = β − s · mean, in
 * binary64: a `scale` layer whose numbers an approximation rounds. `foldBatchNorm` makes it part of
 * the layer before it.
 *
 * @throws FormatError if ε makes no sense; from `make`, if a variance does
 */
export function planBatchNorm(
  { tensor, channels, pixels, epsilon }: BatchNorm,
  where: string,
): PlannedLayer {
  if (!(epsilon >= 0)) {
    throw new FormatError(`${where}: "epsilon" must be >= 0, found ${epsilon}`);
  }
  const names = ["weight", "bias", "running_mean", "running_var"].map(
    (part) => `${tensor}.${part}`,
  );
  return {
    tensors: names.map((name) => ({ name, shape: [channels] })),
    make(valuesOf) {
      const [gamma, beta, mean, variance] = names.map(valuesOf);
      const odd = variance.findIndex((value) => !(value + epsilon > 0));
      if (odd !== -1) {
        throw new FormatError(
          `${where}: variance ${odd} of ${names[3]} is ${variance[odd]}, with "epsilon" not > 0`,
        );
      }
      const weights = mapValues(gamma, (value, c) => value / Math.sqrt(variance[c] + epsilon));
      const bias = mapValues(beta, (value, c) => value - weights[c] * mean[c]);
      return { kind: "scale", channels, pixels, role: "rounded", weights, bias };
    },
  };
}
