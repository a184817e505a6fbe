import { layersRules, type LayersApproximation } from "./kind/layers";
import type { ApproximationRules } from "./kind/rules";
import { UNIFORM_RULES, type UniformApproximation } from "./kind/uniform";

export type { AffineApproximation } from "./affineQuantiser";
export type { AsymmetricApproximation } from "./kind/asymmetric";
export type { Bfloat16Approximation } from "./kind/bfloat16";
export type { Float8Approximation } from "./kind/float8";
export type { Granularity } from "./kind/granularity";
export type { HalfApproximation } from "./kind/half";
export type { LayersApproximation } from "./kind/layers";
export type { NoApproximation } from "./kind/none";
export type { NormalFloatApproximation } from "./kind/normalFloat";
export type { PowerOfTwoApproximation } from "./kind/powerOfTwo";
export type { PruneApproximation } from "./kind/prune";
export type { PruneOutputsApproximation } from "./kind/pruneOutputs";
export type { PruneRunsApproximation } from "./kind/pruneRuns";
export type { StochasticApproximation } from "./kind/stochastic";
export type { UniformApproximation } from "./kind/uniform";
export type { SymmetricApproximation } from "./symmetricQuantiser";

/** What is done to a network's weights to get its twin Ñ: a kind has a file of its own. */
export type Approximation = UniformApproximation | LayersApproximation;

/** Everything that is known of each kind; one without its rules does not compile. */
export const APPROXIMATION_RULES: {
  readonly [K in Approximation["kind"]]: ApproximationRules<Extract<Approximation, { kind: K }>>;
} = { ...UNIFORM_RULES, layers: layersRules };

/** The rules of an approximation's kind. */
export function approximationRules(
  approximation: Approximation,
): ApproximationRules<Approximation> {
  // The table pairs every kind with its own rules.
  return APPROXIMATION_RULES[approximation.kind];
}
