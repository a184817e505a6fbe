import { assertNever } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import { given, slopeAt, type Switches } from "../network/layer/applyStep";
import { atValue } from "../network/layer/perChannel";
import type { PiecesStep, Step } from "../network/layer/step";
import { termRules, type Term } from "../network/layer/term";
import type { Network } from "../network/network";
import { sourcesOf, stepsOf, valueSizes } from "../network/walk";
import type { Reached } from "./carryCounted";

/** A pattern says it of one network, so it need be found out once only. */
const known = new WeakMap<ActivationPattern, readonly Reached[]>();

/** The places of each value that are not 0 for every input, along a pattern of the network. */
export function reachedPlaces(network: Network, pattern: ActivationPattern): readonly Reached[] {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const reached: Reached[] = [undefined];
  stepsOf(network).forEach((step, index) => {
    const source = reached[sourcesOf(network, index)[0]];
    reached.push(reachedOf(step, pattern.switches[index], source));
  });
  known.set(pattern, reached);
  return reached;
}

function reachedOf(step: Step, switches: Switches, source: Reached): Reached {
  switch (step.form) {
    case "affine":
      return undefined;
    case "pieces":
      return placesWhere(step.size, (place) => !isZero(step, switches, place));
    case "max": {
      if (source === undefined) return undefined;
      const winners = given(switches);
      const isReached = new Uint8Array(inputSizeOf(step.windows));
      for (const place of source) isReached[place] = 1;
      return placesWhere(step.size, (place) => isReached[winners[place]] === 1);
    }
    default:
      return assertNever(step);
  }
}

function inputSizeOf(windows: { channels: number; height: number; width: number }): number {
  return windows.channels * windows.height * windows.width;
}

/** Whether a place is on a piece that is 0. */
function isZero(step: PiecesStep, switches: Switches, place: number): boolean {
  if (slopeAt(step, switches, place) !== 0) return false;
  return atValue(step.intercepts[given(switches)[place]], step.pixels, place) === 0;
}

function placesWhere(size: number, isWanted: (place: number) => boolean): Int32Array {
  const places = new Int32Array(size);
  let count = 0;
  for (let place = 0; place < size; place++) if (isWanted(place)) places[count++] = place;
  return places.subarray(0, count);
}

/**
 * For each value, how many roundings at most lie behind a term that is planted there: on its way
 * back to the input, where at every value all that readers and seeds add to one place counts, and
 * forwards in the value itself.
 */
export function roundingDepths(
  network: Network,
  reached: readonly Reached[],
  planted: readonly { readonly places: readonly number[] }[],
): number[] {
  const steps = stepsOf(network);
  const sizes = valueSizes(network);
  const additions = planted.map(({ places }, value) => mostAtOnePlace(places, sizes[value]));
  steps.forEach((step, index) => {
    sourcesOf(network, index).forEach(
      (source, k) => (additions[source] += addedBackwards(step, k)),
    );
  });
  const backwards = [additions[0]];
  const forwards = [0];
  steps.forEach((step, index) => {
    const sources = sourcesOf(network, index);
    const most = (depths: readonly number[]): number =>
      Math.max(...sources.map((source) => depths[source]));
    const inputs = sources.map((source) => reached[source]?.length ?? sizes[source]);
    backwards.push(additions[index + 1] + most(backwards) + 2);
    forwards.push(most(forwards) + addedForwards(step, inputs) + 4);
  });
  return backwards.map((depth, value) => depth + forwards[value] + 1);
}

function mostAtOnePlace(places: readonly number[], size: number): number {
  const times = new Int32Array(size);
  let most = 0;
  for (const place of places) most = Math.max(most, ++times[place]);
  return most;
}

/** How many terms a step adds at most to one place of a source's form. */
function addedBackwards(step: Step, source: number): number {
  switch (step.form) {
    case "affine":
      return addedByTerm(step.terms[source]);
    case "pieces":
      return 1;
    case "max":
      return step.windows.windowHeight * step.windows.windowWidth;
    default:
      return assertNever(step);
  }
}

function addedByTerm(term: Term): number {
  switch (term.kind) {
    case "dense":
      return term.weights.rows;
    case "convolution": {
      const { outChannels, groups, kernelHeight, kernelWidth } = term.sizes;
      return (outChannels / groups) * kernelHeight * kernelWidth;
    }
    case "scale":
    case "quotient":
      return 1;
    case "pick":
      return mostAtOnePlace(
        Array.from(term.indices).filter((from) => from !== -1),
        term.inputSize,
      );
    default:
      return assertNever(term);
  }
}

/** How many terms at most one of a step's values is a sum of; what is always 0 does not count. */
function addedForwards(step: Step, inputs: readonly number[]): number {
  if (step.form !== "affine") return 1;
  return step.terms.reduce(
    (sum, term, source) => sum + Math.min(termRules(term).termCount(term), inputs[source]),
    0,
  );
}
