import { createKernelEvaluator } from "../../network/evaluateInKernels";
import { placeNetworks } from "../../network/placedLayers";
import type { Kernels } from "../../numeric/kernels";
import { evaluateApproximated } from "../source/evaluateApproximated";
import type { Twins } from "../twin";
import { goalValue, type WorstGoal } from "./goal";

/** What a goal comes to at an input, by both networks run there. */
export type Attained = (x: Readonly<Float64Array>) => number;

/** Runs both networks to the bits of `evaluate` and `evaluateApproximated`. */
export function createAttained(twins: Twins, goal: WorstGoal, kernels: Kernels): Attained {
  const memory = placeNetworks([twins.network, twins.approximated], kernels);
  const [network, approximated] = [twins.network, twins.approximated].map((one, index) =>
    createKernelEvaluator(one, memory.networks[index], memory),
  );
  // The evaluators share a buffer for results of layers, not for those of networks.
  const theirs = (x: Readonly<Float64Array>): Readonly<Float64Array> =>
    twins.sources === undefined ? approximated(x) : evaluateApproximated(twins, x);
  return (x) => goalValue(goal, network(x), theirs(x));
}
