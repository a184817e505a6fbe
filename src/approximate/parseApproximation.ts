import { ArgumentError, assertNever } from "../errors";
import { plainText } from "../quoteName";
import { AFFINE_BITS } from "./affineQuantiser";
import type { Approximation } from "./approximation";
import { APPROXIMATION_GRAMMAR, approximationsNearest } from "./approximationGrammar";
import { SYMMETRIC_BITS } from "./symmetricQuantiser";

/**
 * The approximation that a short name stands for.
 *
 * | text | meaning |
 * | ------------------------- |
 * ------------------------------------------------------------------------- |
 * | `none` | no change |
 * | `half` | IEEE binary16, which the paper calls 16 bits (also `float16`, `binary16`) |
 * | `bfloat16` | bfloat16 (also `bf16`) |
 * | `paper-8`, `8` | the paper's quantiser: one grid of 2^8 values for the whole network |
 * | `corrected-8` | the same with errors within half a step |
 * | `int8`, `int8:tensor` | symmetric, one grid for each layer's weights, biases kept |
 * | `int8:channel` | symmetric, one grid for each output of a layer, biases kept |
 * | `prune-50` | the smaller half of each layer's weights set to zero |
 *
 * A bare number is always the paper's quantiser, so that a sweep over bits stays in one family; the
 * paper's own column "16 bits" is `half`.
 *
 * @throws ArgumentError quoting the text and listing the grammar, the nearest names first
 */
export function parseApproximation(text: string): Approximation {
  const found = readApproximation(text);
  if (found !== undefined) return found;
  throw new ArgumentError(
    `there is no approximation "${plainText(text)}"; use ${approximationsNearest(text)}`,
  );
}

/**
 * Whether a name is one of RoundLab's own, not of somebody's scheme.
 *
 * @throws ArgumentError if it is one with an impossible number, such as `paper-99`
 */
export function isApproximationName(text: string): boolean {
  return readApproximation(text) !== undefined;
}

function readApproximation(text: string): Approximation | undefined {
  const name = text.trim().toLowerCase();
  switch (name) {
    case "none":
    case "bfloat16":
    case "half":
      return { kind: name };
    case "float16":
    case "binary16":
    case "fp16":
      return { kind: "half" };
    case "bf16":
      return { kind: "bfloat16" };
  }
  const affine = /^(paper-|corrected-)?(\d{1,3})$/.exec(name);
  if (affine !== null) {
    const bits = bitsWithin(affine[2], AFFINE_BITS, text);
    const behaviour = affine[1] === "corrected-" ? "corrected" : "paper";
    return { kind: "affine", bits, behaviour };
  }
  const symmetric = /^int(\d{1,3})(?::(tensor|channel))?$/.exec(name);
  if (symmetric !== null) {
    const bits = bitsWithin(symmetric[1], SYMMETRIC_BITS, text);
    const granularity = symmetric[2] === "channel" ? "channel" : "tensor";
    return { kind: "symmetric", bits, granularity };
  }
  const prune = /^prune-(\d+(?:\.\d+)?)$/.exec(name);
  if (prune !== null) {
    const percent = Number(prune[1]);
    if (percent <= 100) return { kind: "prune", percent };
    throw new ArgumentError(
      `approximation "${text}": at most 100 per cent of the weights can be pruned`,
    );
  }
  return undefined;
}

function bitsWithin(
  digits: string,
  { smallest, largest }: { readonly smallest: number; readonly largest: number },
  text: string,
): number {
  const bits = Number(digits);
  if (bits >= smallest && bits <= largest) return bits;
  throw new ArgumentError(
    `approximation "${text}": a quantiser of this kind has ${smallest} to ${largest} bits; use ${APPROXIMATION_GRAMMAR}`,
  );
}

/** The short name of an approximation, which `parseApproximation` reads back. */
export function approximationName(approximation: Approximation): string {
  switch (approximation.kind) {
    case "none":
    case "half":
    case "bfloat16":
      return approximation.kind;
    case "affine":
      return `${approximation.behaviour}-${approximation.bits}`;
    case "symmetric":
      return `int${approximation.bits}${approximation.granularity === "channel" ? ":channel" : ""}`;
    case "prune":
      return `prune-${approximation.percent}`;
    default:
      return assertNever(approximation);
  }
}

/** An approximation in words, for captions and tables. */
export function describeApproximation(approximation: Approximation): string {
  switch (approximation.kind) {
    case "none":
      return "weights unchanged";
    case "half":
      return "weights rounded to IEEE binary16 (16 bits)";
    case "bfloat16":
      return "weights rounded to bfloat16 (16 bits)";
    case "affine": {
      const bits = bitsInWords(approximation.bits);
      return approximation.behaviour === "paper"
        ? `weights and biases by the paper's quantiser, one grid of ${bits} for the whole network`
        : `weights and biases on one grid of ${bits} for the whole network, errors within half a step`;
    }
    case "symmetric": {
      const each = approximation.granularity === "channel" ? "each output" : "each layer";
      return `weights on symmetric grids of ${bitsInWords(approximation.bits)}, one for ${each}; biases kept`;
    }
    case "prune":
      return `the smallest ${approximation.percent} % of each layer's weights set to zero`;
    default:
      return assertNever(approximation);
  }
}

function bitsInWords(bits: number): string {
  return `${bits} bit${bits === 1 ? "" : "s"}`;
}
