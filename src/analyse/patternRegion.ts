import type { RowOracle } from "../lp/program";
import { patternOfFlows, type ActivationPattern } from "../network/activationPattern";
import { poolPairs, type PoolPairs } from "../network/maxPool";
import type { Network } from "../network/network";
import type { Kernels } from "../numeric/kernels";
import { createPatternPasses } from "./choosePasses";
import { nearestRows } from "./nearestRows";
import type { LinearForm, PatternPasses } from "./patternPasses";
import type { Twins } from "./twin";

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

/** A linear form on the outputs of both networks: exact · ξ + altered · ξ̃. */
export interface OutputForm {
  readonly exact: Readonly<Float64Array>;
  readonly altered: Readonly<Float64Array>;
}

/**
 * The inputs on which N and its twin Ñ keep the activation patterns that they have at a point x. There both
 * are affine, and so is every form on their outputs.                            (paper, Eqs. 20–31)
 */
export interface PatternRegion {
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
  /** The logits of N and of Ñ at x. */
  readonly exact: Float64Array;
  readonly altered: Float64Array;
  /** The coefficients of a form on the region, one per input. */
  gradientOf(form: OutputForm): Float64Array;
  /**
   * The region's rows, further cut by "form ≥ 0" for each form: for N and then for Ñ, layer by layer, one
   * row per ReLU neuron (−ξ ≤ 0 if active, ξ ≤ 0 if saturated) and one per loser of a pooling window
   * (v_loser − v_winner ≤ 0); then one row per form. Forms' values at the origin stand in `constants`.
   */
  rowsWith(forms: readonly OutputForm[]): RegionRows;
}

export interface RegionRows extends RowOracle {
  /** The value of each form at y = 0. */
  readonly constants: Float64Array;
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

/** The region of x, whose rows are generated only when they are asked for. */
export function regionAt(workspace: PolytopeWorkspace, x: Readonly<Float64Array>): PatternRegion {
  const { sides } = workspace;
  for (const side of sides) side.forward(x);
  const patterns = [
    patternOfFlows(sides[0].network, sides[0].flows),
    patternOfFlows(sides[1].network, sides[1].flows),
  ] as const;
  const exact = logitsOf(sides[0]).slice();
  const altered = logitsOf(sides[1]).slice();
  const blocks = rowBlocks(sides, patterns);

  const gradientOf = (form: OutputForm): Float64Array => {
    const gradients = [form.exact, form.altered].map((seed, index) => {
      const side = sides[index];
      const places = Array.from(seed.keys()).filter((output) => seed[output] !== 0);
      const factors = places.map((output) => seed[output]);
      const layerCount = side.network.layers.length;
      return Float64Array.from(side.pullBack(patterns[index], layerCount, { places, factors }));
    });
    return gradients[0].map((value, input) => value + gradients[1][input]);
  };
  const rowsWith = (forms: readonly OutputForm[]): RegionRows =>
    createRows(sides, patterns, blocks, forms, gradientOf, x);
  return { patterns, exact, altered, gradientOf, rowsWith };
}

function createRows(
  sides: readonly [PatternPasses, PatternPasses],
  patterns: readonly [ActivationPattern, ActivationPattern],
  blocks: readonly RowBlock[],
  forms: readonly OutputForm[],
  gradientOf: (form: OutputForm) => Float64Array,
  x: Readonly<Float64Array>,
): RegionRows {
  const last = blocks[blocks.length - 1];
  const hiddenRows = last === undefined ? 0 : last.start + last.count;
  const rowCount = hiddenRows + forms.length;

  const slacks = (y: Readonly<Float64Array>, out: Float64Array): void => {
    sides.forEach((side, index) => side.forward(y, patterns[index]));
    for (const block of blocks) blockSlacks(block, sides[block.side], patterns[block.side], out);
    const ours = logitsOf(sides[0]);
    const theirs = logitsOf(sides[1]);
    forms.forEach((form, index) => {
      out[hiddenRows + index] = valueOf(form, ours, theirs);
    });
  };
  const slacksAtZero = new Float64Array(rowCount);
  slacks(new Float64Array(sides[0].network.inputSize), slacksAtZero);

  const row = (index: number, out: Float64Array): number => {
    if (index >= hiddenRows) out.set(gradientOf(forms[index - hiddenRows]));
    else {
      const block = blocks.find(({ start, count }) => index < start + count) as RowBlock;
      blockGradient(block, index - block.start, sides[block.side], patterns[block.side], out);
    }
    // A slack is b − A·y, so the row is the slack's gradient turned round.
    for (let input = 0; input < out.length; input++) out[input] = -out[input];
    return slacksAtZero[index];
  };
  const first = (count: number): number[] => {
    const atPoint = new Float64Array(rowCount);
    slacks(x, atPoint);
    const runs = blocks.filter(({ side, layer }) => side === 0 && isLocal(sides[0].network, layer));
    return nearestRows({ row }, atPoint, runs, count, x.length);
  };
  const isSparse = isLocal(sides[0].network, FIRST_WEIGHTS);
  const constants = slacksAtZero.slice(hiddenRows);
  return isSparse
    ? { rowCount, slacks, row, constants, isSparse, first }
    : { rowCount, slacks, row, constants };
}

/** Layers up to which a network must be local for its rows to count as sparse: past a normalisation and a layer. */
const FIRST_WEIGHTS = 2;

/** Whether the values after so many layers depend on few inputs each: no dense layer lies before them. */
function isLocal({ layers }: Network, layerCount: number): boolean {
  return layers.slice(0, layerCount).every(({ kind }) => kind !== "dense");
}

/** exact · ξ + altered · ξ̃, output after output, zeros left out. */
export function valueOf(
  form: OutputForm,
  exact: Readonly<Float64Array>,
  altered: Readonly<Float64Array>,
): number {
  let sum = 0;
  for (let output = 0; output < exact.length; output++) {
    if (form.exact[output] !== 0) sum += form.exact[output] * exact[output];
    if (form.altered[output] !== 0) sum += form.altered[output] * altered[output];
  }
  return sum;
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
 * The pairs whose loser is active. After a ReLU a saturated loser is 0, and that the winner is no less is
 * what the winner's own row says.
 */
function activePairs(
  { winners, losers }: PoolPairs,
  switches: Uint8Array | Int32Array | undefined,
): PoolPairs {
  const isKept = (_: number, pair: number): boolean => switches?.[losers[pair]] === 1;
  return { winners: winners.filter(isKept), losers: losers.filter(isKept) };
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
  out.set(side.pullBack(pattern, block.layer, formOf(block, index, pattern)));
}

/** A slack as a form on the values that its layer takes. */
function formOf(block: RowBlock, index: number, pattern: ActivationPattern): LinearForm {
  if (block.pairs !== undefined) {
    const { winners, losers } = block.pairs;
    return { places: [winners[index], losers[index]], factors: [1, -1] };
  }
  const switches = pattern.switches[block.layer] as Uint8Array;
  return { places: [index], factors: [switches[index] === 1 ? 1 : -1] };
}
