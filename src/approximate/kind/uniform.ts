import type { AffineApproximation } from "../affineQuantiser";
import type { SymmetricApproximation } from "../symmetricQuantiser";
import { affineRules } from "./affine";
import { asymmetricRules, type AsymmetricApproximation } from "./asymmetric";
import { bfloat16Rules, type Bfloat16Approximation } from "./bfloat16";
import { float8Rules, type Float8Approximation } from "./float8";
import { halfRules, type HalfApproximation } from "./half";
import { noneRules, type NoApproximation } from "./none";
import { normalFloatRules, type NormalFloatApproximation } from "./normalFloat";
import { powerOfTwoRules, type PowerOfTwoApproximation } from "./powerOfTwo";
import { pruneRules, type PruneApproximation } from "./prune";
import { pruneOutputsRules, type PruneOutputsApproximation } from "./pruneOutputs";
import { pruneRunsRules, type PruneRunsApproximation } from "./pruneRuns";
import { stochasticRules, type StochasticApproximation } from "./stochastic";
import { symmetricRules } from "./symmetric";
import type { ApproximationRules } from "./rules";

/** What is done to all layers alike. */
export type UniformApproximation =
  | NoApproximation
  | HalfApproximation
  | Bfloat16Approximation
  | AffineApproximation
  | SymmetricApproximation
  | PruneApproximation
  | Float8Approximation
  | AsymmetricApproximation
  | StochasticApproximation
  | NormalFloatApproximation
  | PowerOfTwoApproximation
  | PruneOutputsApproximation
  | PruneRunsApproximation;

/**
 * Everything that is known of each of these kinds, in the order in which the grammar has them; one
 * without its rules does not compile.
 */
export const UNIFORM_RULES: {
  readonly [K in UniformApproximation["kind"]]: ApproximationRules<
    Extract<UniformApproximation, { kind: K }>
  >;
} = {
  none: noneRules,
  half: halfRules,
  bfloat16: bfloat16Rules,
  affine: affineRules,
  symmetric: symmetricRules,
  asymmetric: asymmetricRules,
  stochastic: stochasticRules,
  float8: float8Rules,
  normalFloat: normalFloatRules,
  powerOfTwo: powerOfTwoRules,
  prune: pruneRules,
  pruneOutputs: pruneOutputsRules,
  pruneRuns: pruneRunsRules,
};

/** The rules of an approximation of all layers alike. */
export function uniformRules(
  approximation: UniformApproximation,
): ApproximationRules<UniformApproximation> {
  // The table pairs every kind with its own rules.
  return UNIFORM_RULES[approximation.kind];
}

/**
 * The approximation of a name in lower case, or undefined where no kind has it.
 *
 * @throws ArgumentError for a number that makes no sense
 */
export function readUniform(name: string, typed: string): UniformApproximation | undefined {
  for (const rules of Object.values(UNIFORM_RULES)) {
    const found = rules.read(name, typed);
    if (found !== undefined) return found;
  }
  return undefined;
}
