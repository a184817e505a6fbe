import { assertNever, InvariantError } from "../errors";
import type { ActivationPattern } from "../network/activationPattern";
import { poolPairs, type PoolPairs } from "../network/maxPool";
import type { Layer } from "../network/network";
import type { LinearForm, PatternPasses } from "./patternPasses";

/** A run of rows that one layer of one network gives. */
export interface RowBlock {
  readonly side: 0 | 1;
  readonly layer: number;
  readonly start: number;
  readonly count: number;
  /** For a pooling layer: the winner and the loser of each row. */
  readonly pairs?: PoolPairs;
}

/** The rows of both networks' hidden layers, N's before Ñ's. */
export function rowBlocks(
  sides: readonly [PatternPasses, PatternPasses],
  patterns: readonly [ActivationPattern, ActivationPattern],
): RowBlock[] {
  const blocks: RowBlock[] = [];
  let start = 0;
  for (const side of [0, 1] as const) {
    sides[side].network.layers.forEach((layer, index) => {
      const block = blockOf(layer, index, sides[side], patterns[side]);
      if (block === undefined) return;
      blocks.push({ side, layer: index, start, ...block });
      start += block.count;
    });
  }
  return blocks;
}

/** The rows of one layer; none of a layer that is affine by itself. */
function blockOf(
  layer: Layer,
  index: number,
  { network, flows }: PatternPasses,
  pattern: ActivationPattern,
): Pick<RowBlock, "count" | "pairs"> | undefined {
  switch (layer.kind) {
    case "relu":
      return { count: flows[index].length };
    case "maxPool2d": {
      const all = poolPairs(layer, switchesAt(pattern, index));
      const isBehindRelu = network.layers[index - 1]?.kind === "relu";
      const pairs = isBehindRelu ? activePairs(all, switchesAt(pattern, index - 1)) : all;
      return { count: pairs.winners.length, pairs };
    }
    case "dense":
    case "conv2d":
    case "normalise":
      return undefined;
    default:
      return assertNever(layer);
  }
}

/** What a pattern says of a layer that switches. */
function switchesAt(pattern: ActivationPattern, layer: number): Uint8Array | Int32Array {
  const switches = pattern.switches[layer];
  if (switches === undefined) throw new InvariantError(`layer ${layer + 1} has no switches`);
  return switches;
}

/**
 * The pairs whose loser is active. After a ReLU a saturated loser is 0, and that the winner is no
 * less is what the winner's own row says.
 */
function activePairs({ winners, losers }: PoolPairs, switches: Uint8Array | Int32Array): PoolPairs {
  const isKept = (_: number, pair: number): boolean => switches[losers[pair]] === 1;
  return { winners: winners.filter(isKept), losers: losers.filter(isKept) };
}

/** Writes the block's slacks at the point that the side was last run at. */
export function blockSlacks(
  block: RowBlock,
  side: PatternPasses,
  pattern: ActivationPattern,
  out: Float64Array,
): void {
  const values = side.flows[block.layer];
  if (block.pairs !== undefined) {
    const { winners, losers } = block.pairs;
    for (let index = 0; index < block.count; index++) {
      out[block.start + index] = values[winners[index]] - values[losers[index]];
    }
    return;
  }
  const switches = switchesAt(pattern, block.layer);
  for (let neuron = 0; neuron < block.count; neuron++) {
    out[block.start + neuron] = switches[neuron] === 1 ? values[neuron] : -values[neuron];
  }
}

/** One slack of a block as a form on the values that its layer takes. */
export function formOf(block: RowBlock, index: number, pattern: ActivationPattern): LinearForm {
  if (block.pairs !== undefined) {
    const { winners, losers } = block.pairs;
    return { places: [winners[index], losers[index]], factors: [1, -1] };
  }
  const switches = switchesAt(pattern, block.layer);
  return { places: [index], factors: [switches[index] === 1 ? 1 : -1] };
}
