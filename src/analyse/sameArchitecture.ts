import { ShapeError } from "../errors";
import type { Step } from "../network/layer/step";
import { sourcesOf, stepsOf } from "../network/walk";
import { areSameForm } from "./rules/affineParts";
import type { Twins } from "./twin";

/** What a layer of N does, and what the same layer of Ñ does. */
export interface PairedSteps {
  readonly step: Step;
  readonly approximatedStep: Step;
  /** The values that both read. */
  readonly from: readonly number[];
}

/** Whether the layers of twins stand against each other one by one, with other numbers at most. */
export function haveOneArchitecture({ network, approximated }: Twins): boolean {
  const [ours, theirs] = [stepsOf(network), stepsOf(approximated)];
  return (
    ours.length === theirs.length &&
    ours.every((step, index) => {
      const other = theirs[index];
      if (sourcesOf(network, index).join() !== sourcesOf(approximated, index).join()) return false;
      if (step.form === "affine" && other.form === "affine") return areSameForm(step, other);
      if (step.form === "max" && other.form === "max") {
        return JSON.stringify(step.windows) === JSON.stringify(other.windows);
      }
      return step.form === other.form && step.size === other.size;
    })
  );
}

/**
 * The layers of twins, pair by pair.
 *
 * @param what  what needs them, as the beginning of a sentence in the plural
 * @throws ShapeError unless the two do the same kind of thing to the same values, layer by layer
 */
export function pairedSteps({ network, approximated }: Twins, what: string): PairedSteps[] {
  const [ours, theirs] = [stepsOf(network), stepsOf(approximated)];
  if (ours.length !== theirs.length) {
    throw new ShapeError(
      `${what} need twins of one architecture, found ${ours.length} and ${theirs.length} layers`,
    );
  }
  return ours.map((step, index) => {
    const approximatedStep = theirs[index];
    const [from, other] = [network, approximated].map((one) => sourcesOf(one, index));
    if (step.form === approximatedStep.form && from.join() === other.join())
      return { step, approximatedStep, from };
    throw new ShapeError(
      `${what} need twins of one architecture, but a ${network.layers[index].kind} layer that reads ` +
        `${from.join()} stands against a ${approximated.layers[index].kind} layer that reads ` +
        `${other.join()}`,
    );
  });
}
