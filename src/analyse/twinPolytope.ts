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
import { createPolytopeRows, type PolytopeRows } from "./polytopeRows";
import { writeHidden } from "./polytopeSlacks";
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
export interface TwinPolytope {
  readonly patterns: readonly [ActivationPattern, ActivationPattern];
  /** The logits of N and of Ñ at x. */
  readonly network: Float64Array;
  readonly approximated: Float64Array;
  /** How many of the rows are N's; Ñ's follow them. */
  readonly networkRowCount: number;
  /** The coefficients of a form on the polytope, one per input. */
  gradientOf(form: OutputForm): Float64Array;
  /**
   * The polytope's rows, further cut by "form ≥ 0" for each form: for N and then for Ñ, layer by
   * layer, one row per ReLU neuron (−ξ ≤ 0 if active, ξ ≤ 0 if saturated) and one per loser of a
   * pooling window (v_loser − v_winner ≤ 0); then one row per form. Forms' values at the origin
   * stand in `constants`.
   */
  rowsWith(forms: readonly OutputForm[]): PolytopeRows;
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
 * The polytope of x, whose rows are generated only when they are asked for.
 *
 * @throws ShapeError if x has another length, ArgumentError if a value of x is not finite or a sum
 *   overflows
 */
export function twinPolytopeAt(
  workspace: PolytopeWorkspace,
  x: Readonly<Float64Array>,
): TwinPolytope {
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
  const network = outputOf(sides[0]).slice();
  const approximated = outputOf(sides[1]).slice();
  const blocks = rowBlocks(sides, patterns);
  const last = blocks[blocks.length - 1];
  const slacksAtPoint = new Float64Array(last === undefined ? 0 : last.start + last.count);
  writeHidden(sides, blocks, slacksAtPoint);

  const gradientOf = (form: OutputForm): Float64Array => {
    const gradients = [form.network, form.approximated].map((seed, index) => {
      const side = sides[index];
      const places = Array.from(seed.keys()).filter((output) => seed[output] !== 0);
      const factors = places.map((output) => seed[output]);
      const layerCount = side.network.layers.length;
      return Float64Array.from(side.pullBack(patterns[index], layerCount, { places, factors }));
    });
    return gradients[0].map((value, input) => value + gradients[1][input]);
  };
  const kept = new KeptRows();
  const rowsWith = (forms: readonly OutputForm[]): PolytopeRows =>
    createPolytopeRows(
      {
        sides,
        patterns,
        blocks,
        gradientOf,
        x,
        network,
        approximated,
        slacksAtPoint,
        kept,
        frames,
      },
      forms,
    );
  const networkRowCount = blocks.find(({ side }) => side === 1)?.start ?? 0;
  const boundOf: TwinPolytope["realBound"] = (objective, forms, multipliers, box) =>
    realBound({ polytope: { sides, patterns, blocks }, forms, objective }, multipliers, box);
  const values = { patterns, network, approximated, networkRowCount };
  return { ...values, gradientOf, rowsWith, realBound: boundOf };
}
