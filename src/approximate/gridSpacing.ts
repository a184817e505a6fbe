import type { Network } from "../network/network";
import { approximationRules, type Approximation } from "./approximation";
import type { GridSpacing } from "./kind/rules";

export type { GridSpacing } from "./kind/rules";

/**
 * How coarse the grids are that an approximation puts a network's parameters on: the step of an
 * evenly spaced grid, and of a floating format the unit in the last place of each number. Rounding
 * errors spread evenly over a step have a root mean square of 1/√12 of it.
 *
 * @returns undefined for approximations that have no grid
 */
export function gridSpacing(
  network: Network,
  approximation: Approximation,
): GridSpacing | undefined {
  const spacing = approximationRules(approximation).spacing?.(network, approximation);
  if (spacing === undefined) return undefined;
  return (parameter, layer) => (parameter.role === "exact" ? undefined : spacing(parameter, layer));
}
