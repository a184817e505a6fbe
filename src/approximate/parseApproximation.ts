import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";
import { APPROXIMATION_RULES, approximationRules, type Approximation } from "./approximation";
import { approximationsNearest } from "./approximationGrammar";

/**
 * The approximation that a short name stands for.
 *
 * | text | meaning |
 * | --- | --- |
 * | `none` | no change |
 * | `half` | IEEE binary16, which the paper calls 16 bits (also `float16`, `binary16`) |
 * | `bfloat16` | bfloat16 (also `bf16`) |
 * | `paper-8`, `8` | the paper's quantiser: one grid of 2^8 values for the whole network |
 * | `corrected-8` | the same with errors within half a step |
 * | `int8`, `int8:tensor` | symmetric, one grid for each layer's weights, biases kept |
 * | `int8:channel`, `int4:block32` | one grid for each output, for 32 weights of one |
 * | `int8:channel:affine` | with a zero point, from smallest to largest |
 * | `int8:stochastic-1` | rounded up or down by chance, with the seed 1 |
 * | `fp8-e4m3`, `fp8-e5m2:channel` | cast to 8 bits, or scaled first |
 * | `nf4`, `nf4:block32` | the 16 values of NF4, a scale for 64 weights or as said |
 * | `pow2-4` | 0 and signed powers of two |
 * | `prune-50` | the smaller half of each layer's weights set to zero |
 * | `prune-50:outputs`, `prune-2of4` | whole outputs; two of every four weights |
 * | `half+int8+int4` | one for each layer with weights |
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
  for (const rules of Object.values(APPROXIMATION_RULES)) {
    const found = rules.read(name, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The short name of an approximation, which `parseApproximation` reads back. */
export function approximationName(approximation: Approximation): string {
  return approximationRules(approximation).name(approximation);
}

/** An approximation in words, for captions and tables. */
export function describeApproximation(approximation: Approximation): string {
  return approximationRules(approximation).describe(approximation);
}
