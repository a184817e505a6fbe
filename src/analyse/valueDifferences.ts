import { checkInput } from "../network/checkFinite";
import { evaluateInto } from "../network/evaluate";
import { createFlows, type Flows } from "../network/flows";
import { switchesOf } from "../network/layer/applyStep";
import { pairedSteps, type PairedSteps } from "./sameArchitecture";
import { flowsOfApproximated } from "./source/evaluateApproximated";
import type { Twins } from "./twin";

/** How what one layer yields differs between N and Ñ, over the inputs that were seen. */
export interface ValueDifference {
  /** 0 is the input, n what the n-th layer yields. */
  readonly value: number;
  readonly size: number;
  /** Mean and root mean square of |ỹ − y| over all its numbers and inputs. */
  readonly mean: number;
  readonly rms: number;
  /** The largest |ỹ − y|, and the input that it was seen at. */
  readonly largest: number;
  readonly worstPoint: number;
  /** Root mean square of N's numbers. */
  readonly signal: number;
  /** Of the angle between N's numbers and Ñ's; undefined where one of them is 0 throughout. */
  readonly cosine?: number;
  /**
   * Of pieces and windows: the share of those that the two networks have on different pieces, or
   * with different winners; undefined for layers that are affine.
   */
  readonly flips?: number;
  /** Where Ñ rounds the value to a grid: root mean square of that rounding alone, in steps. */
  readonly roundingSteps?: number;
}

/** Adds inputs up, one after another. */
export interface ValueDifferences {
  /** @throws ShapeError if x has another length, ArgumentError if a number is not finite */
  add(x: Readonly<Float64Array>, point: number): void;
  /** What was seen so far of each value, the input first. */
  results(): ValueDifference[];
}

/**
 * What every layer yields in both networks, side by side.
 *
 * @throws ShapeError if the twins differ in architecture
 */
export function createValueDifferences(twins: Twins): ValueDifferences {
  const { network } = twins;
  const pairs = pairedSteps(twins, "values compared layer by layer");
  const ours = createFlows(network);
  const sums = ours.map(({ length }) => createSums(length));
  return {
    add(x, point) {
      checkInput(network, x);
      evaluateInto(network, x, ours);
      const theirs = flowsOfApproximated(twins, x, (source, value, move) => {
        if (source.kind !== "activations") return;
        const rounded = source.rounded.find((one) => one.value === value);
        if (rounded !== undefined) sums[value].addRounding(move, rounded.grid.step);
      });
      sums.forEach((sum, value) => {
        sum.add(ours[value], theirs[value], point);
        if (value > 0) addFlips(pairs[value - 1], ours, theirs, sum);
      });
    },
    results: () => sums.map((sum, value) => sum.result(value)),
  };
}

function addFlips(
  { step, approximatedStep, from }: PairedSteps,
  ours: Flows,
  theirs: Flows,
  sum: ReturnType<typeof createSums>,
): void {
  const switches = switchesOf(step, ours[from[0]]);
  const others = switchesOf(approximatedStep, theirs[from[0]]);
  if (switches === undefined || others === undefined) return;
  let count = 0;
  for (let at = 0; at < switches.length; at++) if (switches[at] !== others[at]) count++;
  sum.addFlips(count, switches.length);
}

/** Sums over the numbers of one value. */
function createSums(size: number) {
  const sums = { points: 0, size: 0, squares: 0, ours: 0, theirs: 0, product: 0 };
  const flips = { flipped: 0, of: 0 };
  const rounding = { squares: 0, of: 0 };
  const worst = { size: -1, point: 0 };
  return {
    add(our: Readonly<Float64Array>, their: Readonly<Float64Array>, point: number): void {
      sums.points++;
      let largest = 0;
      for (let at = 0; at < size; at++) {
        const [y, other] = [our[at], their[at]];
        const difference = Math.abs(other - y);
        sums.size += difference;
        sums.squares += difference * difference;
        sums.ours += y * y;
        sums.theirs += other * other;
        sums.product += y * other;
        largest = Math.max(largest, difference);
      }
      if (largest <= worst.size) return;
      worst.size = largest;
      worst.point = point;
    },
    addFlips(flipped: number, of: number): void {
      flips.flipped += flipped;
      flips.of += of;
    },
    addRounding(move: Readonly<Float64Array>, step: number): void {
      for (const one of move) rounding.squares += (one / step) ** 2;
      rounding.of += move.length;
    },
    result(value: number): ValueDifference {
      const count = sums.points * size;
      const angle = Math.sqrt(sums.ours) * Math.sqrt(sums.theirs);
      return {
        value,
        size,
        mean: sums.size / count,
        rms: Math.sqrt(sums.squares / count),
        largest: worst.size,
        worstPoint: worst.point,
        signal: Math.sqrt(sums.ours / count),
        // Rounding of the sums may carry it beyond what an angle has.
        ...(angle > 0 ? { cosine: Math.max(-1, Math.min(1, sums.product / angle)) } : {}),
        ...(flips.of > 0 ? { flips: flips.flipped / flips.of } : {}),
        ...(rounding.of > 0 ? { roundingSteps: Math.sqrt(rounding.squares / rounding.of) } : {}),
      };
    },
  };
}
