import type { ActivationPattern } from "../network/activationPattern";
import { poolPairs, type PoolPairs } from "../network/maxPool";
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
      if (layer.kind === "relu") {
        const count = sides[side].flows[index].length;
        blocks.push({ side, layer: index, start, count });
        start += count;
      } else if (layer.kind === "maxPool2d") {
        const { switches } = patterns[side];
        const all = poolPairs(layer, switches[index] as Int32Array);
        const before = sides[side].network.layers[index - 1]?.kind;
        const pairs = before === "relu" ? activePairs(all, switches[index - 1]) : all;
        const count = pairs.winners.length;
        blocks.push({ side, layer: index, start, count, pairs });
        start += count;
      }
    });
  }
  return blocks;
}

/**
 * The pairs whose loser is active. After a ReLU a saturated loser is 0, and that the winner is no
 * less is what the winner's own row says.
 */
function activePairs(
  { winners, losers }: PoolPairs,
  switches: Uint8Array | Int32Array | undefined,
): PoolPairs {
  const isKept = (_: number, pair: number): boolean => switches?.[losers[pair]] === 1;
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
  const switches = pattern.switches[block.layer] as Uint8Array;
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
  const switches = pattern.switches[block.layer] as Uint8Array;
  return { places: [index], factors: [switches[index] === 1 ? 1 : -1] };
}
