import { createGemm } from "../../../numeric/gemm";
import { loadKernels } from "../../../numeric/loadKernels";
import { sourcesOf, stepsOf } from "../../../network/walk";
import type { Intervals } from "../../intervals";
import { absoluteError } from "../../roundingError";
import type { Twins } from "../../twin";
import type { Bisection } from "../bisect";
import type { BoundOptions, NodeBounds } from "../bound";
import { buildModel } from "../symbolic/buildModel";
import { linearOutputs } from "../symbolic/linearRows";
import type { Model } from "../symbolic/model";
import { refineValue } from "../symbolic/refine";
import { boundSignedSums } from "../symbolic/signedSums";
import { MOST_FREE, signsOf, signVector } from "../symbolic/signs";
import { branchMasks, type SignBound } from "./branchMasks";
import { createMaskProblem, isRectifier, MOST_BENT } from "./maskProblem";
import { relaxMasks } from "./relaxMasks";

/** Every so many nodes the largest one's corner is tried: that takes as long as a node or two. */
const TRIED = 4;

/** Whether ReLUs alone bend, and so few over a box that deciding one by one may lead somewhere. */
export function isBranchable({ network, sources = [] }: Twins, { values }: NodeBounds): boolean {
  let open = 0;
  for (const [layer, step] of stepsOf(network).entries()) {
    if (step.form === "affine") continue;
    if (step.form === "max" || !isRectifier(step)) return false;
    const { lower, upper } = values[sourcesOf(network, layer)[0]];
    open += lower.filter((low, place) => low < 0 && upper[place] > 0).length;
  }
  return sources.length === 0 && open <= MOST_BENT;
}

/**
 * Narrows a bound of E by deciding, neuron by neuron, whether a difference passes a ReLU: of all
 * sign vectors and decisions the largest first. Nothing is yielded where masks do not describe what
 * bends. Whoever takes the states may stop at any of them.
 *
 * @param first  what is proved of the box
 * @param attained  E at some input of the box
 */
export function* branchTwins(
  twins: Twins,
  box: Intervals,
  first: number,
  attained: number,
  options: BoundOptions = {},
): Generator<Bisection, void> {
  const gemm = {
    ...createGemm(options.kernels ?? loadKernels()),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  try {
    const model = buildModel(twins, box, gemm, refineValue);
    const roots = rootsOf(model, first);
    const problem = roots.length === 0 ? undefined : createMaskProblem(twins, model);
    if (problem === undefined) return;
    const best = { lower: attained, witness: box.lower };
    for (const { upper, nodes, largest } of branchMasks(
      relaxMasks(problem),
      roots,
      () => best.lower,
    )) {
      if (nodes % TRIED === 0) {
        const corner = cornerOf(box, largest);
        const error = absoluteError(twins, corner);
        if (error > best.lower) [best.lower, best.witness] = [error, corner];
      }
      yield { upper: Math.min(first, upper), ...best, boxes: nodes };
    }
  } finally {
    gemm.lot.release();
  }
}

/** All sign vectors of the outputs and what their sums are at most; none if there are too many. */
function rootsOf(model: Model, first: number): SignBound[] {
  const signs = signsOf(model);
  if (signs.open.length > MOST_FREE) return [];
  const sums = boundSignedSums(linearOutputs(model), signs);
  return Array.from(sums, (sum, bits) => ({
    signs: signVector(signs, bits),
    bound: Math.min(first, sum),
  }));
}

/** The corner of a box to which a form on its inputs points. */
function cornerOf({ lower, upper }: Intervals, form: Readonly<Float64Array>): Float64Array {
  return lower.map((low, input) => (form[input] < 0 ? low : upper[input]));
}
