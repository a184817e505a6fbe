import { ArgumentError } from "../../../errors";
import { createGemm } from "../../../numeric/gemm";
import { loadKernels } from "../../../numeric/loadKernels";
import { UNIT_ROUNDOFF } from "../../../numeric/rounding";
import { boundErrors } from "../../errorBounds";
import type { Intervals } from "../../intervals";
import { loneQuotient, spreadBias } from "../../rules/affineParts";
import { affineRules } from "../../rules/affine";
import { pairedSteps } from "../../sameArchitecture";
import type { Twins } from "../../twin";
import { createBound, type BoundMethod } from "../bound";
import { densePair, firstNorms, nextNorms, type DensePair, type LayerNorms } from "./halfSlopes";
import { boundOutputs } from "./outputNorms";

/**
 * Euclidean norms of whole layers in place of ends of each number: far narrower where nearly every
 * neuron may be on either side of 0, which is so on boxes as large as all images. For chains of
 * dense layers and ReLUs; intervals of inner layers are those of `differential`.
 *
 * @throws ArgumentError naming the first layer that is none of these, or what else Ñ does
 */
export const norm: BoundMethod = (twins, box, options = {}) => {
  const chain = chainOf(twins, box);
  if (typeof chain === "string")
    throw new ArgumentError(`norms bound dense chains alone: ${chain}`);
  const { values, errors } = boundErrors(twins, box);
  const gemm = { ...createGemm(options.kernels ?? loadKernels()), signal: options.signal };
  try {
    const layers: LayerNorms[] = [];
    for (const pair of chain.pairs.slice(0, -1)) {
      const before = layers.at(-1);
      layers.push(
        before === undefined
          ? firstNorms(gemm, pair, chain.centre, chain.radius)
          : nextNorms(gemm, pair, before),
      );
    }
    const { differences, total } = boundOutputs(
      gemm,
      chain.pairs,
      layers,
      errors[errors.length - 1],
    );
    const all = [...errors.slice(0, -1), differences];
    return createBound("norm", twins, box, { values, differences: all, total }, options);
  } finally {
    gemm.lot.release();
  }
};

/** Whether `norm` takes such twins. */
export function isNormChain(twins: Twins, box: Intervals): boolean {
  return typeof chainOf(twins, box) !== "string";
}

interface Chain {
  readonly pairs: readonly DensePair[];
  readonly centre: Float64Array;
  readonly radius: Float64Array;
}

/** The dense layers, and the box as the first of them sees it; or what is in the way. */
function chainOf(twins: Twins, box: Intervals): Chain | string {
  if (twins.sources !== undefined) return "Ñ has other sources of errors than its weights";
  const pairs: DensePair[] = [];
  let input = box;
  let isBent = true;
  for (const [layer, { step, approximatedStep, from }] of pairedSteps(twins, "norms").entries()) {
    const { kind } = twins.network.layers[layer];
    if (from.length !== 1 || from[0] !== layer)
      return `layer ${layer + 1} (${kind}) is no part of a chain`;
    if (step.form === "affine" && approximatedStep.form === "affine") {
      const [term, twin] = [step.terms[0], approximatedStep.terms[0]];
      if (layer === 0 && loneQuotient(step) !== undefined) input = affineRules.bound(step, [box]);
      else if (!isBent) return `layer ${layer + 1} (${kind}) follows a layer that does not bend`;
      else if (term.kind !== "dense" || twin.kind !== "dense")
        return `layer ${layer + 1} is a ${kind}`;
      else {
        const [bias, theirs] = [step, approximatedStep].map((one) =>
          spreadBias(one, (index) => one.bias?.[index] ?? 0),
        );
        pairs.push(densePair(term, twin, bias, theirs));
        isBent = false;
      }
    } else if (kind === "relu" && twins.approximated.layers[layer].kind === kind && !isBent)
      isBent = true;
    else return `layer ${layer + 1} is a ${kind}`;
  }
  if (isBent || pairs.length < 2) return "it ends in no dense layer behind a ReLU";
  const centre = input.lower.map((low, at) => low / 2 + input.upper[at] / 2);
  const radius = centre.map(
    (middle, at) =>
      Math.max(input.upper[at] - middle, middle - input.lower[at]) * (1 + 4 * UNIT_ROUNDOFF),
  );
  return { pairs, centre, radius };
}
