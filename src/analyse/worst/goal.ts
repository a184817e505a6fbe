import { ArgumentError, assertNever } from "../../errors";
import { sumOfMagnitudes } from "../roundingError";

/**
 * What is to be made as large as it can be.
 *
 * `error` is E, the sum of all |ξ̃_k − ξ_k|; `output` the largest of them, or that of one output;
 * `class` by how much Ñ prefers another class to the one that N gives: above 0 the two disagree.
 */
export type WorstGoal =
  | { readonly kind: "error" }
  | { readonly kind: "output"; readonly output?: number }
  | { readonly kind: "class" };

/** The names of goals, as options and command lines take them. */
export const GOAL_NAMES = ["error", "output", "class"] as const;

export type GoalName = (typeof GOAL_NAMES)[number];

/**
 * @param output  of the goal `output`: which one
 * @throws ArgumentError if there is no such goal or output
 */
export function goalOf(
  name: string,
  outputs: number,
  output: number | undefined = undefined,
): WorstGoal {
  const kind = GOAL_NAMES.find((each) => each === name);
  if (kind === undefined) {
    throw new ArgumentError(`unknown goal "${name}"; there are ${GOAL_NAMES.join(", ")}`);
  }
  if (kind === "class" && outputs < 2) {
    throw new ArgumentError("the goal class needs a network of two outputs at least");
  }
  if (output === undefined) return { kind };
  if (kind !== "output") {
    throw new ArgumentError(`an output was named, but the goal is ${kind}; give the goal output`);
  }
  if (!Number.isInteger(output) || output < 0 || output >= outputs) {
    throw new ArgumentError(
      `there is no output ${output}; the networks have outputs 0 to ${outputs - 1}`,
    );
  }
  return { kind, output };
}

/** A goal in words, as the end of "the largest". */
export function describeGoal(goal: WorstGoal): string {
  switch (goal.kind) {
    case "error":
      return "E";
    case "output":
      return goal.output === undefined
        ? "difference of one output"
        : `difference of output ${goal.output}`;
    case "class":
      return "preference of Ñ for a class other than N's";
    default:
      return assertNever(goal);
  }
}

/** What a goal comes to where the networks yield these logits. */
export function goalValue(
  goal: WorstGoal,
  network: Readonly<Float64Array>,
  approximated: Readonly<Float64Array>,
): number {
  switch (goal.kind) {
    case "error":
      return sumOfMagnitudes(approximated.map((value, output) => value - network[output]));
    case "output": {
      const output = outputOf(goal, network, approximated);
      return Math.abs(approximated[output] - network[output]);
    }
    case "class": {
      const [own, other] = classesOf(network, approximated);
      return approximated[other] - approximated[own];
    }
    default:
      return assertNever(goal);
  }
}

/**
 * A goal as a linear form on the logits, as it is near the place where they are these: factors for
 * N's and for Ñ's.
 */
export function goalForm(
  goal: WorstGoal,
  network: Readonly<Float64Array>,
  approximated: Readonly<Float64Array>,
): { readonly network: Float64Array; readonly approximated: Float64Array } {
  const form = {
    network: new Float64Array(network.length),
    approximated: new Float64Array(network.length),
  };
  const add = (output: number): void => {
    const sign = approximated[output] < network[output] ? -1 : 1;
    form.network[output] = -sign;
    form.approximated[output] = sign;
  };
  switch (goal.kind) {
    case "error":
      network.forEach((_, output) => add(output));
      break;
    case "output":
      add(outputOf(goal, network, approximated));
      break;
    case "class": {
      const [own, other] = classesOf(network, approximated);
      form.approximated[own] = -1;
      form.approximated[other] = 1;
      break;
    }
    default:
      assertNever(goal);
  }
  return form;
}

/** The output that a goal `output` is about at such logits. */
function outputOf(
  { output }: Extract<WorstGoal, { kind: "output" }>,
  network: Readonly<Float64Array>,
  approximated: Readonly<Float64Array>,
): number {
  if (output !== undefined) return output;
  return largest(network.map((value, k) => Math.abs(approximated[k] - value)));
}

/** N's class and the other one that Ñ likes best. */
function classesOf(
  network: Readonly<Float64Array>,
  approximated: Readonly<Float64Array>,
): readonly [number, number] {
  const own = classOf(network);
  return [own, largest(approximated.map((value, k) => (k === own ? -Infinity : value)))];
}

/** The class that logits say. */
export function classOf(logits: Readonly<Float64Array>): number {
  return largest(logits);
}

/** The first of the largest. */
function largest(values: Readonly<Float64Array>): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
}
