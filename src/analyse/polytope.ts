import type { BoxProgram, Multiplier, RowOracle } from "../lp/program";
import type { ActivationPattern } from "../network/activationPattern";
import type { OutputForm } from "./outputForm";
import { twinPolytopeAt, type PolytopeWorkspace } from "./twinPolytope";
import { sumOfMagnitudes } from "./roundingError";

export { createPolytopeWorkspace, type PolytopeWorkspace } from "./twinPolytope";

/**
 * The polytope of a point x: all inputs on which N and its twin Ñ keep their activation patterns
 * and
 * every output difference keeps its sign. On it E(y) = cost · y + constant.   (paper, Eqs. 26–31)
 *
 * Its rows are those of the twins' patterns (`twinPolytopeAt`), then one per output,
 * −σ_k (ξ_k − ξ̃_k) ≤ 0.
 */
export interface ErrorPolytope {
  readonly rows: RowOracle;
  readonly cost: Float64Array;
  readonly constant: number;
  /** σ_k = sign of ξ_k(x) − ξ̃_k(x), +1 for zero. */
  readonly signs: Float64Array;
  /** E(x) = Σ_k |ξ_k(x) − ξ̃_k(x)| at the point itself. */
  readonly error: number;
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
  /**
   * What multipliers of the rows prove of E for networks of real arithmetic: at most this much on
   * every input of the box that has the polytope's patterns and signs there. (`realBound`)
   */
  realBound(multipliers: readonly Multiplier[], box: Pick<BoxProgram, "lower" | "upper">): number;
}

/** The polytope of x, whose rows are generated only when they are asked for. */
export function polytopeAt(workspace: PolytopeWorkspace, x: Readonly<Float64Array>): ErrorPolytope {
  const polytope = twinPolytopeAt(workspace, x);
  const { network, approximated, patterns } = polytope;
  const differences = network.map((value, output) => value - approximated[output]);
  const signs = differences.map((value) => (value < 0 ? -1 : 1));
  const forms = Array.from(signs, (sign, output): OutputForm => {
    const seed = new Float64Array(signs.length);
    seed[output] = sign;
    return { network: seed, approximated: seed.map((value) => -value) };
  });
  const rows = polytope.rowsWith(forms);
  const objective = { network: signs, approximated: signs.map((sign) => -sign) };
  const cost = polytope.gradientOf(objective);
  const constant = rows.constants.reduce((sum, value) => sum + value, 0);
  const error = sumOfMagnitudes(differences);
  const realBound: ErrorPolytope["realBound"] = (multipliers, box) =>
    polytope.realBound(objective, forms, multipliers, box);
  return { rows, cost, constant, signs, error, patterns, realBound };
}
