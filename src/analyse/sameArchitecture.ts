import { ShapeError } from "../errors";
import type { Step } from "../network/layer/step";
import { sourcesOf, stepsOf } from "../network/walk";
import type { Twins } from "./twin";

/** What a layer of N does, and what the same layer of Ñ does. */
export interface PairedSteps {
  readonly step: Step;
  readonly approximatedStep: Step;
  /** The values that both read. */
  readonly from: readonly number[];
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
