import { ArgumentError, assertNever } from "../errors";
import { AFFINE_BITS } from "./affineQuantiser";
import type { Approximation } from "./approximation";

/** The grammar of `parseApproximation`, for messages and for the command line's help. */
export const APPROXIMATION_GRAMMAR =
  "none, half (or 16), bfloat16, BITS or paper-BITS (the paper's quantiser, such as 8), " +
  "corrected-BITS or intBITS (errors within half a step, such as int8), prune-PERCENT (such as prune-50)";

/**
 * The approximation that a short name stands for.
 *
 * | text                      | meaning                                                        |
 * | ------------------------- | -------------------------------------------------------------- |
 * | `none`                    | no change                                                      |
 * | `half`, `16`              | IEEE binary16, which the paper calls 16 bits                   |
 * | `bfloat16`                | bfloat16                                                       |
 * | `paper-8`, `8`            | the paper's affine quantiser, 8 bits                           |
 * | `corrected-8`, `int8`     | the corrected affine quantiser, 8 bits                         |
 * | `prune-50`                | the smaller half of each layer's weights set to zero           |
 *
 * @throws ArgumentError quoting the text and listing the grammar
 */
export function parseApproximation(text: string): Approximation {
  const name = text.trim().toLowerCase();
  switch (name) {
    case "none":
    case "bfloat16":
    case "half":
      return { kind: name };
    // In the paper's tables, 16 bits are binary16 and only fewer bits are a grid.
    case "16":
      return { kind: "half" };
  }
  const affine = /^(paper-|corrected-|int)?(\d{1,3})$/.exec(name);
  if (affine !== null) {
    const isPaper = affine[1] === undefined || affine[1] === "paper-";
    const bits = Number(affine[2]);
    if (bits < AFFINE_BITS.smallest || bits > AFFINE_BITS.largest) {
      const { smallest, largest } = AFFINE_BITS;
      throw new ArgumentError(
        `approximation "${text}": a quantiser has ${smallest} to ${largest} bits; use ${APPROXIMATION_GRAMMAR}`,
      );
    }
    return { kind: "affine", bits, behaviour: isPaper ? "paper" : "corrected" };
  }
  const prune = /^prune-(\d+(?:\.\d+)?)$/.exec(name);
  if (prune !== null) {
    const percent = Number(prune[1]);
    if (percent <= 100) return { kind: "prune", percent };
    throw new ArgumentError(
      `approximation "${text}": at most 100 per cent of the weights can be pruned`,
    );
  }
  throw new ArgumentError(`there is no approximation "${text}"; use ${APPROXIMATION_GRAMMAR}`);
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
      const bits = `${approximation.bits} bit${approximation.bits === 1 ? "" : "s"}`;
      return approximation.behaviour === "paper"
        ? `weights on the paper's grid of ${bits}`
        : `weights on a grid of ${bits}, errors within half a step`;
    }
    case "prune":
      return `the smallest ${approximation.percent} % of each layer's weights set to zero`;
    default:
      return assertNever(approximation);
  }
}
