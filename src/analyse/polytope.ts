import type { RowOracle } from "../lp/program";
import { patternOfFlows, type ActivationPattern } from "../network/activationPattern";
import { poolPairs, type PoolPairs } from "../network/maxPool";
import type { Kernels } from "../numeric/kernels";
import { createPatternPasses } from "./choosePasses";
import type { PatternPasses } from "./patternPasses";
import { sumOfMagnitudes } from "./roundingError";
import type { Twins } from "./twin";

/**
 * The polytope of a point x: all inputs on which N and its twin Ñ keep their activation patterns and
 * every output difference keeps its sign. On it E(y) = cost · y + constant.   (paper, Eqs. 26–31)
 *
 * Its rows, in this order: for N and then for Ñ, layer by layer, one row per ReLU neuron (−ξ ≤ 0 if
 * active, ξ ≤ 0 if saturated) and one per loser of a pooling window (v_loser − v_winner ≤ 0); then
 * one row per output, −σ_k (ξ_k − ξ̃_k) ≤ 0.
 */
export interface ErrorPolytope {
  readonly rows: RowOracle;
  readonly cost: Float64Array;
  readonly constant: number;
  /** σ_k = sign of ξ_k(x) − ξ̃_k(x), +1 for zero. */
  readonly signs: Float64Array;
  /** E(x) = Σ_k |ξ_k(x) − ξ̃_k(x)| at the point itself. */
  readonly error: number;
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
}

/** Buffers that the polytopes of one pair of networks share; one polytope at a time may use them. */
export interface PolytopeWorkspace {
  readonly twins: Twins;
  readonly sides: readonly [PatternPasses, PatternPasses];
}

/**
 * @param kernels  what dense networks are run in, in a memory that holds them as long as the workspace lives;
 *                 without them everything is done in plain code, to the same results up to rounding
 */
export function createPolytopeWorkspace(twins: Twins, kernels?: Kernels): PolytopeWorkspace {
  const [one, other] = createPatternPasses([twins.network, twins.approximated], kernels);
  return { twins, sides: [one, other] };
}

/** A run of rows that one layer of one network gives. */
interface RowBlock {
  readonly side: 0 | 1;
  readonly layer: number;
  readonly start: number;
  readonly count: number;
  /** For a pooling layer: the winner and the loser of each row. */
  readonly pairs?: PoolPairs;
}

/** The polytope of x, whose rows are generated only when they are asked for. */
export function polytopeAt(workspace: PolytopeWorkspace, x: Readonly<Float64Array>): ErrorPolytope {
  const { sides } = workspace;
  for (const side of sides) side.forward(x);
  const patterns = [
    patternOfFlows(sides[0].network, sides[0].flows),
    patternOfFlows(sides[1].network, sides[1].flows),
  ] as const;
  const exact = logitsOf(sides[0]);
  const altered = logitsOf(sides[1]);
  const signs = exact.map((value, output) => (value - altered[output] < 0 ? -1 : 1));
  const error = sumOfMagnitudes(exact.map((value, output) => value - altered[output]));

  const blocks = rowBlocks(sides, patterns);
  const last = blocks[blocks.length - 1];
  const hiddenRows = last === undefined ? 0 : last.start + last.count;
  const rowCount = hiddenRows + signs.length;
  const inputSize = sides[0].network.inputSize;

  const slacks = (y: Readonly<Float64Array>, out: Float64Array): void => {
    sides.forEach((side, index) => side.forward(y, patterns[index]));
    for (const block of blocks) blockSlacks(block, sides[block.side], patterns[block.side], out);
    const ours = logitsOf(sides[0]);
    const theirs = logitsOf(sides[1]);
    for (let output = 0; output < signs.length; output++) {
      out[hiddenRows + output] = signs[output] * (ours[output] - theirs[output]);
    }
  };
  const slacksAtZero = new Float64Array(rowCount);
  slacks(new Float64Array(inputSize), slacksAtZero);

  const row = (index: number, out: Float64Array): number => {
    if (index >= hiddenRows) {
      const seed = new Float64Array(signs.length);
      seed[index - hiddenRows] = signs[index - hiddenRows];
      differenceGradient(sides, patterns, seed, out);
    } else {
      const block = blocks.find(({ start, count }) => index < start + count) as RowBlock;
      blockGradient(block, index - block.start, sides[block.side], patterns[block.side], out);
    }
    // A slack is b − A·y, so the row is the slack's gradient turned round.
    for (let input = 0; input < out.length; input++) out[input] = -out[input];
    return slacksAtZero[index];
  };

  const cost = new Float64Array(inputSize);
  differenceGradient(sides, patterns, signs, cost);
  let constant = 0;
  for (let output = 0; output < signs.length; output++) {
    constant += slacksAtZero[hiddenRows + output];
  }
  return { rows: { rowCount, slacks, row }, cost, constant, signs, error, patterns };
}

function logitsOf(side: PatternPasses): Float64Array {
  return side.flows[side.flows.length - 1];
}

function rowBlocks(
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
        const pairs = poolPairs(layer, patterns[side].switches[index] as Int32Array);
        const count = pairs.winners.length;
        blocks.push({ side, layer: index, start, count, pairs });
        start += count;
      }
    });
  }
  return blocks;
}

function blockSlacks(
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

/** out = the gradient of one slack with respect to the input. */
function blockGradient(
  block: RowBlock,
  index: number,
  side: PatternPasses,
  pattern: ActivationPattern,
  out: Float64Array,
): void {
  const seed = side.gradients[block.layer];
  seed.fill(0);
  if (block.pairs !== undefined) {
    seed[block.pairs.winners[index]] = 1;
    seed[block.pairs.losers[index]] = -1;
  } else {
    const switches = pattern.switches[block.layer] as Uint8Array;
    seed[index] = switches[index] === 1 ? 1 : -1;
  }
  out.set(side.backward(pattern, block.layer));
}

/** out = the gradient of Σ_k seed_k (ξ_k − ξ̃_k). */
function differenceGradient(
  sides: readonly [PatternPasses, PatternPasses],
  patterns: readonly [ActivationPattern, ActivationPattern],
  seed: Readonly<Float64Array>,
  out: Float64Array,
): void {
  sides.forEach((side, index) => {
    const layerCount = side.network.layers.length;
    side.gradients[layerCount].set(seed);
    const gradient = side.backward(patterns[index], layerCount);
    for (let input = 0; input < out.length; input++) {
      out[input] = index === 0 ? gradient[input] : out[input] - gradient[input];
    }
  });
}
