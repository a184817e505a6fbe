import { activationRules, type ActivationSource } from "./activations";
import { multiplierRules, type MultiplierSource } from "./multiplier";
import type { SourceRules } from "./rules";
import { weightRules, type WeightSource } from "./weights";

/** Where Ñ's outputs begin to differ from N's: one of these kinds, each with a file of its own. */
export type ErrorSource = WeightSource | ActivationSource | MultiplierSource;

/** What a source adds to Ñ beyond its weights: twins without any are piecewise affine. */
export type ExtraSource = Exclude<ErrorSource, WeightSource>;

/** Everything that is known of each kind of source; one without rules does not compile. */
const SOURCE_RULES: {
  readonly [K in ErrorSource["kind"]]: SourceRules<Extract<ErrorSource, { kind: K }>>;
} = {
  weights: weightRules,
  activations: activationRules,
  multiplier: multiplierRules,
};

/** The rules of a source's kind. */
export function sourceRules(source: ErrorSource): SourceRules<ErrorSource> {
  // The table pairs every kind with its rules.
  return SOURCE_RULES[source.kind];
}
