import type { Network } from "../network/network";
import type { Kernels } from "../numeric/kernels";
import { createDensePasses, isDenseChain } from "./densePasses";
import { createPlainPasses, type PatternPasses } from "./patternPasses";

/**
 * Passes of several networks over one memory of kernels. Chains of dense layers run in the kernels;
 * others, and all where no kernels are given, layer by layer in plain code.
 */
export function createPatternPasses(
  networks: readonly Network[],
  kernels: Kernels | undefined,
): PatternPasses[] {
  if (kernels !== undefined && networks.every(isDenseChain)) {
    return createDensePasses(networks, kernels);
  }
  return networks.map(createPlainPasses);
}
