import type { Network } from "../network/network";
import type { Kernels } from "../numeric/kernels";
import { createConvolutionPasses } from "./convolutionPasses";
import { createDensePasses, isDenseChain } from "./densePasses";
import { createPlainPasses, type PatternPasses } from "./patternPasses";

/**
 * Passes of several networks over one memory of kernels. Chains of dense layers have a form of
 * their own; where no kernels are given, all run layer by layer in plain code.
 */
export function createPatternPasses(
  networks: readonly Network[],
  kernels: Kernels | undefined,
): PatternPasses[] {
  if (kernels === undefined) return networks.map(createPlainPasses);
  return networks.every(isDenseChain)
    ? createDensePasses(networks, kernels)
    : createConvolutionPasses(networks, kernels);
}
