import type { BoxProgram, Multiplier } from "../lp/program";
import { patternOfFlows, type ActivationPattern } from "../network/activationPattern";
import { checkFlows, checkInput } from "../network/checkFinite";
import type { Kernels } from "../numeric/kernels";
import { createPatternPasses } from "./choosePasses";
import { KeptRows } from "./keptRows";
import { networkFrames, type NetworkFrames } from "./networkFrames";
import type { OutputForm } from "./outputForm";
import { outputOf, type PatternPasses } from "./patternPasses";
import { realBound } from "./realBound";
import { createRegionRows, type RegionRows } from "./regionRows";
import { writeHidden } from "./regionSlacks";
import { rowBlocks } from "./rowBlocks";
import { checkPiecewiseAffine } from "./source/checkPiecewiseAffine";
import type { Twins } from "./twin";

/**
 * Buffers that the polytopes of one pair of networks share; one polytope at a time may use them.
 */
export interface PolytopeWorkspace {
  readonly twins: Twins;
  readonly sides: readonly [PatternPasses, PatternPasses];
  /** Where both networks begin with convolutions. */
  readonly frames?: NetworkFrames;
}

/**
 * What a pair of twins keeps for the polytopes of its points, made once for all of them.
 *
 * @param kernels  what dense networks are run in, in a memory that holds them as long as the
 *                 workspace lives; without them everything is done in plain code, to the same
 *                 results up to rounding
 */
export function createPolytopeWorkspace(twins: Twins, kernels?: Kernels): PolytopeWorkspace {
  checkPiecewiseAffine(twins, "a polytope");
  const [one, other] = createPatternPasses([twins.network, twins.approximated], kernels);
  const columns = [one.dense, other.dense];
  const frames = networkFrames([twins.network, twins.approximated], kernels, columns);
  return { twins, sides: [one, other], frames };
}

/**
 * The inputs on which N and its twin Ñ keep the activation patterns that they have at a point x.
 * There both
 * are affine, and so is every form on their outputs.                            (paper, Eqs. 20–31)
 */
export interface PatternRegion {
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
  /** The logits of N and of Ñ at x. */
  readonly exact: Float64Array;
  readonly altered: Float64Array;
  /** How many of the rows are N's; Ñ's follow them. */
  readonly exactRowCount: number;
  /** The coefficients of a form on the region, one per input. */
  gradientOf(form: OutputForm): Float64Array;
  /**
   * The region's rows, further cut by "form ≥ 0" for each form: for N and then for Ñ, layer by
   * layer, one row per ReLU neuron (−ξ ≤ 0 if active, ξ ≤ 0 if saturated) and one per loser of a
   * pooling window (v_loser − v_winner ≤ 0); then one row per form. Forms' values at the origin
   * stand in `constants`.
   */
  rowsWith(forms: readonly OutputForm[]): RegionRows;
  /**
   * What multipliers of `rowsWith(forms)` prove of an objective for networks of real arithmetic,
   * see `realBound`.
   */
  realBound(
    objective: OutputForm,
    forms: readonly OutputForm[],
    multipliers: readonly Multiplier[],
    box: Pick<BoxProgram, "lower" | "upper">,
  ): number;
}

/**
 * The region of x, whose rows are generated only when they are asked for.
 *
 * @throws ShapeError if x has another length, ArgumentError if a value of x is not finite or a sum
 *   overflows
 */
export function regionAt(workspace: PolytopeWorkspace, x: Readonly<Float64Array>): PatternRegion {
  const { sides, frames } = workspace;
  for (const side of sides) {
    checkInput(side.network, x);
    side.forward(x);
    checkFlows(side.network, side.flows);
  }
  const patterns = [
    patternOfFlows(sides[0].network, sides[0].flows),
    patternOfFlows(sides[1].network, sides[1].flows),
  ] as const;
  const exact = outputOf(sides[0]).slice();
  const altered = outputOf(sides[1]).slice();
  const blocks = rowBlocks(sides, patterns);
  const last = blocks[blocks.length - 1];
  const slacksAtPoint = new Float64Array(last === undefined ? 0 : last.start + last.count);
  writeHidden(sides, blocks, slacksAtPoint);

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
  const kept = new KeptRows();
  const rowsWith = (forms: readonly OutputForm[]): RegionRows =>
    createRegionRows(
      { sides, patterns, blocks, gradientOf, x, exact, altered, slacksAtPoint, kept, frames },
      forms,
    );
  const exactRowCount = blocks.find(({ side }) => side === 1)?.start ?? 0;
  const boundOf: PatternRegion["realBound"] = (objective, forms, multipliers, box) =>
    realBound({ region: { sides, patterns, blocks }, forms, objective }, multipliers, box);
  const values = { patterns, exact, altered, exactRowCount };
  return { ...values, gradientOf, rowsWith, realBound: boundOf };
}
