import { objectiveValue, type BoxProgram } from "../../lp/program";
import type { Box } from "../box";
import { valueOf, type OutputForm } from "../outputForm";
import { twinPolytopeAt, type PolytopeWorkspace, type TwinPolytope } from "../twinPolytope";
import { classOf, goalForm, type WorstGoal } from "./goal";

/** The program of a goal on the polytope of an input. */
export interface GoalProgram {
  readonly polytope: TwinPolytope;
  readonly program: BoxProgram;
}

/**
 * Where a goal is largest on the inputs that share the patterns of one: its form there is affine,
 * and nowhere above the goal. E needs no rows for the signs of the differences: where one turns, E
 * is larger than the form says. Ñ's liking for another class needs N's class to stay.
 */
export function goalProgram(
  workspace: PolytopeWorkspace,
  goal: WorstGoal,
  x: Readonly<Float64Array>,
  { lower, upper }: Box,
): GoalProgram {
  const polytope = twinPolytopeAt(workspace, x);
  const { network, approximated } = polytope;
  const form = goalForm(goal, network, approximated);
  const rows = polytope.rowsWith(goal.kind === "class" ? staysClass(network) : []);
  const cost = polytope.gradientOf(form);
  const linear = { size: x.length, cost, constant: 0, lower, upper, rows, feasible: x };
  const constant = valueOf(form, network, approximated) - objectiveValue(linear, x);
  return { polytope, program: { ...linear, constant } };
}

/** ξ_c − ξ_k ≥ 0 for N's class c and every other one. */
function staysClass(network: Readonly<Float64Array>): OutputForm[] {
  const own = classOf(network);
  return Array.from(network.keys()).flatMap((other): OutputForm[] => {
    if (other === own) return [];
    const factors = new Float64Array(network.length);
    factors[own] = 1;
    factors[other] = -1;
    return [{ network: factors, approximated: new Float64Array(network.length) }];
  });
}
