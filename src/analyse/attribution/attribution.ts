import { checkInput } from "../../network/checkFinite";
import { evaluateInto } from "../../network/evaluate";
import { createFlows } from "../../network/flows";
import { isApproximable } from "../../network/layer/layer";
import type { Network } from "../../network/network";
import { valueSizes } from "../../network/walk";
import { pairedSteps, type PairedSteps } from "../sameArchitecture";
import { flowsOfApproximated } from "../source/evaluateApproximated";
import type { PointSite } from "../source/rules";
import { sourceRules, type ErrorSource } from "../source/source";
import { WEIGHTS } from "../source/weights";
import type { Twins } from "../twin";
import { addPassageAdjoint, passageOf, type Passage } from "./passage";

/** What one source does to one value of Ñ at an input. */
export interface Part {
  readonly source: ErrorSource["kind"];
  /** 0 is the input, n what the n-th layer yields. */
  readonly value: number;
  /** What it adds there, number by number. */
  readonly local: Float64Array;
  /** Where it acts within a layer: what goes in there. */
  readonly site?: PointSite;
}

/**
 * The difference Ñ(x) − N(x) at one input as a sum over all that makes it:
 *
 *     ξ̃_k − ξ_k = Σ_parts ⟨gradients(k)[value], local⟩
 *
 * With δ = ỹ − y, what N's values meet in Ñ is ΔW y + Δb, and what has come so far goes on through
 * Ñ's weights and, where a step is not affine, through the mean of its derivative from y to ỹ
 * (`Passage`): δ′ = S (W̃ δ + ΔW y + Δb). This is exact whether or not patterns agree, and knows no
 * order of layers. (The form with W behind and ỹ before is another one, as exact; this one
 * has the terms of `boundErrors`.)
 */
export interface Attribution {
  /** Ñ(x) − N(x), as binary64 evaluates it. */
  readonly difference: Float64Array;
  /** In the order of the values; the same parts at every input. */
  readonly parts: readonly Part[];
  /** How an output's difference follows that of each value, as forms on the values. */
  readonly gradients: (output: number) => readonly Float64Array[];
}

/**
 * Splits the difference of twins at an input by what makes it.
 *
 * @throws ShapeError if x has another length or the twins differ in architecture, ArgumentError if
 *   a value is not finite
 */
export function attributeDifference(twins: Twins, x: Readonly<Float64Array>): Attribution {
  const { network } = twins;
  const pairs = pairedSteps(twins, "shares of a difference");
  checkInput(network, x);
  const ours = createFlows(network);
  evaluateInto(network, x, ours);
  const parts: Part[] = [];
  const theirs = flowsOfApproximated(twins, x, ({ kind: source }, value, local) =>
    parts.push({ source, value, local }),
  );
  const passages: Passage[] = [];
  pairs.forEach((pair, layer) => {
    const site = siteAt(pair, layer, ours, theirs);
    passages.push(passageOf(pair.approximatedStep, site.values[0], site.approximatedValues[0]));
    parts.push(...partsAt(twins, site));
  });
  const last = ours.length - 1;
  return {
    difference: theirs[last].map((value, output) => value - ours[last][output]),
    parts: parts.sort((one, other) => one.value - other.value),
    gradients: (output) => gradientsOf(network, pairs, passages, output),
  };
}

function siteAt(
  { step, approximatedStep, from }: PairedSteps,
  layer: number,
  ours: readonly Float64Array[],
  theirs: readonly Float64Array[],
): PointSite {
  const [values, approximatedValues] = [ours, theirs].map((flows) =>
    from.map((value) => flows[value]),
  );
  return { layer, step, approximatedStep, values, approximatedValues };
}

/** What sources do within a layer; of weights also nothing, where an approximation may act. */
function partsAt({ network, sources = [] }: Twins, site: PointSite): Part[] {
  const { layer, step } = site;
  const value = layer + 1;
  return [WEIGHTS, ...sources].flatMap((source): Part[] => {
    const local = sourceRules(source).localAt?.(source, site);
    if (local !== undefined) return [{ source: source.kind, value, local, site }];
    if (source !== WEIGHTS || !isApproximable(network.layers[layer])) return [];
    return [{ source: source.kind, value, local: new Float64Array(step.size), site }];
  });
}

/** One pass backwards. */
function gradientsOf(
  network: Network,
  pairs: readonly PairedSteps[],
  passages: readonly Passage[],
  output: number,
): readonly Float64Array[] {
  const gradients = valueSizes(network).map((size) => new Float64Array(size));
  gradients[pairs.length][output] = 1;
  for (let layer = pairs.length - 1; layer >= 0; layer--) {
    const outs = pairs[layer].from.map((value) => gradients[value]);
    addPassageAdjoint(passages[layer], gradients[layer + 1], outs);
  }
  return gradients;
}
