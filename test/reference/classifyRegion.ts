import { InvariantError } from "../../src/errors";
import type { Basis, BoxProgram, Engine, SolveOptions } from "../../src/lp/program";
import { solveCertified } from "../../src/lp/solveCertified";
import { evaluate } from "../../src/network/evaluate";
import { largestIndex } from "../../src/analyse/accuracy";
import { boxAround } from "../../src/analyse/box";
import { PIXEL_DOMAIN, type Domain } from "../../src/analyse/domain";
import type { OutputForm } from "../../src/analyse/outputForm";
import { twinPolytopeAt, type PolytopeWorkspace } from "../../src/analyse/twinPolytope";
import { classPair, type ClassPair } from "../../src/analyse/classPair";
import { marginForm } from "../../src/analyse/rivals";

/**
 * Whether Ñ can take an input for another class than N does, on the region of one point.
 *                                                                        (paper, Eqs. 35–38)
 *
 * The region keeps both networks' activation patterns, and N's class c. For each other class j the
 * largest margin ξ̃_j − ξ̃_c is a linear program; Ñ disagrees somewhere if and only if one of them
 * is ≥ 0.
 */
export interface ClassificationResult {
  /**
   * c, the class that N gives the point: the index of its largest logit, not the data set's label.
   */
  readonly exactClass: number;
  /** The class g whose margin is largest. */
  readonly rivalClass: number;
  /** ξ̃_g − ξ̃_c at the witness: attained. */
  readonly margin: number;
  /** No input of the region has a larger margin, of any class: a bound. */
  readonly marginBound: number;
  /**
   * A disagreement is attained; agreement is proved for the whole region; or neither is certain.
   */
  readonly verdict: "disagrees" | "agrees" | "undecided";
  /** The input that attains the margin. */
  readonly witness: Float64Array;
  /** Largest distance of a pixel between the point and the witness. */
  readonly distance: number;
  /** Softmax probabilities of classes c and g at the witness, by Ñ and by N. */
  readonly rounded: ClassPair;
  readonly original: ClassPair;
  readonly iterations: number;
  /**
   * How many of the programs are solved with proof, or proved not to exceed what another attains.
   */
  readonly certified: number;
  readonly programs: number;
}

export interface ClassificationOptions extends SolveOptions {
  readonly domain?: Domain;
}

/**
 * Solves the m − 1 programs of a point to their ends: the obvious reference of `decideAgreement`.
 *
 * @throws ArgumentError if x lies outside the domain; InvariantError if a program is proved
 *         infeasible, though the point satisfies it
 */
export function classifyRegion(
  workspace: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  engines: readonly Engine[],
  options: ClassificationOptions = {},
): ClassificationResult {
  const domain = options.domain ?? PIXEL_DOMAIN;
  const { lower, upper } = boxAround(x, domain);
  const region = twinPolytopeAt(workspace, x);
  const classCount = region.network.length;
  const exactClass = largestIndex(region.network);
  // The likeliest first: what it attains lets the others stop as soon as they cannot exceed it.
  const rivals = Array.from({ length: classCount }, (_, k) => k)
    .filter((k) => k !== exactClass)
    .sort((one, other) => region.approximated[other] - region.approximated[one] || one - other);
  const none = new Float64Array(classCount);
  // (37): N itself stays with its class.
  const keeps = rivals.map((k): OutputForm => ({
    network: marginForm(exactClass, k, classCount),
    approximated: none,
  }));
  const rivalForms = rivals.map((k): OutputForm => ({
    network: none,
    approximated: marginForm(k, exactClass, classCount),
  }));
  // The margins' constants come with their rows; the rows themselves are not part of the region.
  const { constants } = region.rowsWith(rivalForms);
  const rows = region.rowsWith(keeps);

  let best: Best = { rival: rivals[0], value: -Infinity, point: Float64Array.from(x) };
  let start: Basis | undefined;
  let marginBound = -Infinity;
  let iterations = 0;
  let certified = 0;
  rivals.forEach((rival, index) => {
    const program: BoxProgram = {
      size: x.length,
      cost: region.gradientOf(rivalForms[index]),
      constant: constants[index],
      lower,
      upper,
      rows,
      feasible: x,
    };
    const cutoff = best.value > -Infinity ? best.value : undefined;
    const outcome = solveCertified(engines, program, { ...options, cutoff, start });
    if (outcome.kind === "infeasible") {
      throw new InvariantError(
        `${outcome.engine} proved the region of a point empty that contains the point; please report this`,
      );
    }
    iterations += outcome.iterations;
    const isEnough = cutoff !== undefined && outcome.upperBound <= cutoff;
    if (outcome.kind === "certified" || isEnough) certified++;
    if (outcome.kind === "certified") start = outcome.basis ?? start;
    marginBound = Math.max(marginBound, outcome.upperBound);
    if (outcome.point === undefined) return;
    const logits = evaluate(workspace.twins.approximated, outcome.point);
    const value = logits[rival] - logits[exactClass];
    if (value > best.value) best = { rival, value, point: outcome.point };
  });
  return {
    exactClass,
    rivalClass: best.rival,
    margin: best.value,
    marginBound: Math.max(marginBound, best.value),
    verdict: best.value >= 0 ? "disagrees" : marginBound < 0 ? "agrees" : "undecided",
    witness: best.point,
    distance: best.point.reduce((most, value, i) => Math.max(most, Math.abs(value - x[i])), 0),
    rounded: classPair(evaluate(workspace.twins.approximated, best.point), exactClass, best.rival),
    original: classPair(evaluate(workspace.twins.network, best.point), exactClass, best.rival),
    iterations,
    certified,
    programs: rivals.length,
  };
}

/** The largest margin attained so far, and where. */
interface Best {
  readonly rival: number;
  readonly value: number;
  readonly point: Float64Array;
}
