import { assertNever } from "../errors";
import type { BlockRows } from "./blockRows";
import type { RowBlock } from "./rowBlocks";

/**
 * For every row of the blocks the one of the other network that says the same of the same neuron or
 * the same pair of a window, or −1. N and Ñ are nearly equal, and so are these rows: at 16 bits
 * they differ by a ten-thousandth.
 */
export function alikeRows(blocks: readonly RowBlock[]): Int32Array {
  const last = blocks[blocks.length - 1];
  const alike = new Int32Array(last === undefined ? 0 : last.start + last.count).fill(-1);
  for (const one of blocks) {
    if (one.side !== 0) continue;
    const other = blocks.find(({ side, layer }) => side === 1 && layer === one.layer);
    if (other?.count !== one.count) continue;
    for (let index = 0; index < one.count; index++) {
      if (!isSame(one.rows, other.rows, index)) continue;
      alike[one.start + index] = other.start + index;
      alike[other.start + index] = one.start + index;
    }
  }
  return alike;
}

/** Whether two layers' rows of one index are the same form on the values that their layers read. */
function isSame(one: BlockRows, other: BlockRows, index: number): boolean {
  switch (one.kind) {
    case "pairs":
      return (
        other.kind === "pairs" &&
        one.winners[index] === other.winners[index] &&
        one.losers[index] === other.losers[index]
      );
    case "pieces":
      return (
        other.kind === "pieces" &&
        one.places[index] === other.places[index] &&
        one.signs[index] === other.signs[index] &&
        one.knots[index] === other.knots[index]
      );
    default:
      return assertNever(one);
  }
}
