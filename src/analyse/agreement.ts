import type { Engine } from "../lp/program";
import { evaluate } from "../network/evaluate";
import type { Network } from "../network/network";
import { MARGIN_GAP } from "../numeric/tolerance";
import { classPair, type ClassPair } from "./classification";
import { checkInDomain, PIXEL_DOMAIN, type Domain } from "./domain";
import { regionAt, type PolytopeWorkspace } from "./patternRegion";
import { RivalSearch, type Finding, type SearchLimits } from "./rivalSearch";
import { rivalsOn, type Rival, type Rivals } from "./rivals";

/*
 * Whether Ñ takes some input of a point's region for another class than N does.   (paper, Eqs. 37–38)
 *
 * For each other class j the margin m_j(y) = ξ̃_j − ξ̃_c is affine on the region, and Ñ disagrees there if and
 * only if max m_j ≥ 0 for some j. Maximising every margin to the end is far more than the question asks, so:
 *
 *  1. Rivals come in the order of reach_j = −m_j(x) / ‖∇m_j‖₁, the least distance (largest change of a pixel)
 *     at which m_j can be 0 at all. No input of the region disagrees nearer than the least reach.
 *  2. Near the point: m_j is maximised on the part of the region within a few times reach_j. A margin ≥ 0 there
 *     is a disagreement, and a near one; else the bound falls below 0 after few iterations and the solve ends.
 *  3. On the whole region: a bound < 0 excludes j. Where N and Ñ are close, with N's rows only, a relaxation.
 *  4. Where 3 comes to no end: the largest drift_j = m_j − (ξ_j − ξ_c) where m_j ≥ 0. There is either no such
 *     input, with a Farkas proof, or a disagreement; and m_j ≤ drift_j, because N keeps c.
 *  5. Unless N and Ñ are close a class that disagrees is followed to its largest margin. All classes that were
 *     not excluded are bounded by their largest drift: programs as easy as AppMax's.
 *
 * Every solve has its limit of iterations, and so has the point. What they leave open is "undecided".
 */

/** What is known about agreement on the region of one point. */
export interface AgreementResult {
  /** c, the class that N gives the point. */
  readonly exactClass: number;
  /** The class that Ñ prefers at the witness; without a disagreement the one with the largest margin attained. */
  readonly rivalClass: number;
  /** A disagreement is attained; agreement is proved for the whole region; or neither. */
  readonly verdict: "disagrees" | "agrees" | "undecided";
  /** ξ̃_g − ξ̃_c at the point itself: attained. */
  readonly marginAtPoint: number;
  /** ξ̃_g − ξ̃_c at the witness: attained, but not proved to be the largest. */
  readonly margin: number;
  /** No input of the region has a larger margin, of any class: a bound. */
  readonly marginBound: number;
  /** The input that attains the margin. */
  readonly witness: Float64Array;
  /** An input of the region as near as this disagrees: attained; undefined without a disagreement. */
  readonly distance?: number;
  /** No input of the region nearer than this disagrees: a bound. Distances are largest changes of a pixel. */
  readonly distanceBound: number;
  /** Softmax probabilities of classes c and g at the witness, by Ñ and by N. */
  readonly rounded: ClassPair;
  readonly original: ClassPair;
  readonly iterations: number;
  /** How many of the programs have a decided sign; after a disagreement the rest need not be looked at. */
  readonly decided: number;
  readonly programs: number;
  readonly solver: string;
}

/** Options of `decideAgreement`. */
export interface AgreementOptions {
  readonly domain?: Domain;
  readonly limits?: Partial<SearchLimits>;
  /** True ends the search; what is not decided by then stays open. */
  readonly shouldStop?: () => boolean;
}

/** What `decideAgreement` allows itself. */
export const AGREEMENT_LIMITS: SearchLimits = {
  near: 2500,
  whole: 3000,
  disagreement: 12000,
  point: 40000,
  largest: 4000,
  drift: 4000,
};

/**
 * Up to this ratio of the largest error of a logit to the span of N's logits the networks count as close: margins of
 * disagreements are tiny then.
 */
const CLOSE = 0.01;

/**
 * Decides, within its limits, whether Ñ agrees with N on the region of a point.
 *
 * @param engine  solves every program
 * @throws ArgumentError if x lies outside the domain
 */
export function decideAgreement(
  workspace: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  engine: Engine,
  options: AgreementOptions = {},
): AgreementResult {
  const domain = options.domain ?? PIXEL_DOMAIN;
  checkInDomain(x, domain);
  const region = regionAt(workspace, x);
  const rivals = rivalsOn(region, x, domain);
  const search = new RivalSearch({
    x,
    domain,
    rivals,
    alteredRows: {
      start: region.exactRowCount,
      end: rivals.rows.rowCount - rivals.rivals.length,
    },
    isClose: isClose(region.exact, region.altered),
    approximated: workspace.twins.approximated,
    engine,
    limits: { ...AGREEMENT_LIMITS, ...options.limits },
    shouldStop: options.shouldStop,
  });
  const findings: Finding[] = [];
  for (const rival of rivals.rivals) {
    findings.push(search.decide(rival));
    if (last(findings).kind === "disagrees" || options.shouldStop?.() === true) break;
  }
  return report(workspace, x, rivals, search, findings, engine.name);
}

function report(
  { twins }: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  { exactClass, rivals }: Rivals,
  search: RivalSearch,
  findings: readonly Finding[],
  solver: string,
): AgreementResult {
  const found = last(findings);
  const isAttained = found.kind === "disagrees";
  const best = isAttained ? search.enlarge(found) : largestMargin(findings);
  const excluded = findings.filter(({ kind }) => kind === "excluded");
  const isProved = excluded.length === rivals.length;
  const { rival } = best.rival;
  const pairBy = (network: Network): ClassPair =>
    classPair(evaluate(network, best.point), exactClass, rival);
  return {
    exactClass,
    rivalClass: rival,
    verdict: isAttained ? "disagrees" : isProved ? "agrees" : "undecided",
    marginAtPoint: best.rival.marginAtPoint,
    margin: best.margin,
    marginBound: boundMargins(rivals, search, findings, best),
    witness: best.point,
    distance: isAttained ? crossing(x, found) : undefined,
    distanceBound: Math.max(0, rivals[0].reach),
    rounded: pairBy(twins.approximated),
    original: pairBy(twins.network),
    iterations: search.iterations,
    decided: excluded.length + (isAttained ? 1 : 0),
    programs: rivals.length,
    solver,
  };
}

/**
 * A bound of every class's margin: that of its own program where it is known, else by what rounding adds, for as
 * long as that exceeds what another class has already.
 */
function boundMargins(
  rivals: readonly Rival[],
  search: RivalSearch,
  findings: readonly Finding[],
  best: Finding,
): number {
  let bound = best.margin;
  for (const rival of rivals) {
    const known = rival === best.rival ? best : findings.find((found) => found.rival === rival);
    const own = known?.bound ?? Infinity;
    if (own <= bound + MARGIN_GAP) bound = Math.max(bound, own);
    else if (known?.kind === "excluded") bound = Math.max(bound, own);
    else bound = Math.max(bound, Math.min(own, search.boundDrift(rival, bound)));
  }
  return bound;
}

function isClose(exact: Readonly<Float64Array>, altered: Readonly<Float64Array>): boolean {
  const error = exact.reduce((most, v, k) => Math.max(most, Math.abs(v - altered[k])), 0);
  return error <= CLOSE * (Math.max(...exact) - Math.min(...exact));
}

function last(findings: readonly Finding[]): Finding {
  return findings[findings.length - 1];
}

function largestMargin(findings: readonly Finding[]): Finding {
  return findings.reduce((most, finding) => (finding.margin > most.margin ? finding : most));
}

/**
 * The distance of the input between a point and one that disagrees at which the margin, affine on the way, is 0. It
 * is in the region because both ends are.
 */
function crossing(x: Readonly<Float64Array>, { rival, margin, point }: Finding): number {
  const whole = point.reduce((most, value, i) => Math.max(most, Math.abs(value - x[i])), 0);
  const below = -rival.marginAtPoint;
  // A tie may lie a rounding below 0.
  return below <= 0 ? 0 : (whole * below) / (below + Math.max(0, margin));
}
