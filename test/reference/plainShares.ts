import type { Twins } from "../../src/analyse/twin";
import { assertNever } from "../../src/errors";
import type { Layer } from "../../src/network/network";
import { layerValues, plainEvaluate, windowMembers } from "./plainEvaluate";

/*
 * The shares of layers in a difference, forwards: what one layer does alone is carried through all
 * behind it. It shares no code with the analysis, which carries outputs back.
 */

/** What each layer's own numbers contribute to Ñ(x) − N(x), layer by layer, output by output. */
export function plainShares({ network, approximated }: Twins, x: readonly number[]): number[][] {
  const ours = plainEvaluate(network, x);
  const theirs = plainEvaluate(approximated, x);
  return network.layers.map((_, blamed) => {
    const moved: number[][] = [x.map(() => 0)];
    approximated.layers.forEach((layer, index) => {
      const from = network.from?.[index] ?? [index];
      const arrived = carry(
        layer,
        from.map((value) => moved[value]),
        ours[from[0]],
        theirs[from[0]],
      );
      const own = layerValues(
        layer,
        from.map((value) => ours[value]),
      );
      moved.push(
        arrived.map((move, at) => move + (index === blamed ? own[at] - ours[index + 1][at] : 0)),
      );
    });
    return moved[moved.length - 1];
  });
}

/** A difference through one layer, along the straight way from `ours` to `theirs`. */
function carry(
  layer: Layer,
  moved: readonly number[][],
  ours: readonly number[],
  theirs: readonly number[],
): number[] {
  switch (layer.kind) {
    case "relu":
    case "leakyRelu":
    case "prelu":
    case "clip": {
      const [before, after] = [layerValues(layer, [[...ours]]), layerValues(layer, [[...theirs]])];
      return moved[0].map((move, at) => {
        const way = theirs[at] - ours[at];
        // Where nothing has moved there is nothing to carry.
        return way === 0 ? 0 : (move * (after[at] - before[at])) / way;
      });
    }
    case "maxPool2d":
      return windowMembers(layer).map((members) =>
        members.reduce(
          (sum, member, at) => sum + moved[0][member] * timeAhead(members, at, ours, theirs),
          0,
        ),
      );
    case "dense":
    case "conv2d":
    case "averagePool2d":
    case "normalise":
    case "scale":
    case "pick":
    case "add":
    case "concat": {
      const nothing = layerValues(
        layer,
        moved.map((move) => move.map(() => 0)),
      );
      return layerValues(layer, moved).map((value, at) => value - nothing[at]);
    }
    default:
      return assertNever(layer);
  }
}

/** For what part of the way a member is the largest: between crossings, the middle says who is. */
function timeAhead(
  members: readonly number[],
  asked: number,
  ours: readonly number[],
  theirs: readonly number[],
): number {
  const at = (member: number, t: number): number =>
    ours[member] + t * (theirs[member] - ours[member]);
  const crossings = members
    .flatMap((one) =>
      members.map((other) => {
        const speeds = theirs[one] - ours[one] - (theirs[other] - ours[other]);
        return (ours[other] - ours[one]) / speeds;
      }),
    )
    .filter((t) => t > 0 && t < 1);
  const ends = [0, ...crossings.sort((a, b) => a - b), 1];
  return ends.slice(1).reduce((sum, end, piece) => {
    const middle = (ends[piece] + end) / 2;
    const values = members.map((member) => at(member, middle));
    return values.indexOf(Math.max(...values)) === asked ? sum + end - ends[piece] : sum;
  }, 0);
}
