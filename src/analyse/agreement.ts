import { heedCell } from "../cellSignal";
import type { Engine } from "../lp/program";
import { MARGIN_GAP } from "../numeric/tolerance";
import { classPair, type ClassPair } from "./classPair";
import { boxAround } from "./box";
import { domainName, PIXEL_DOMAIN, toDomain, type DomainChoice } from "./domain";
import { twinPolytopeAt, type PolytopeWorkspace } from "./twinPolytope";
import type { Finding } from "./finding";
import { RivalSearch, type SearchLimits } from "./rivalSearch";
import { rivalsOn, type Rivals } from "./rivals";

/*
 * Whether Ñ takes some input of a point's region for another class than N does, by how much, and
 * how near.
 *                                                                             (paper, Eqs. 37–38)
 *
 * For each other class j the margin m_j(y) = ξ̃_j − ξ̃_c is affine on the region, and Ñ disagrees
 * there if and only if max m_j ≥ 0 for some j. The paper maximises every m_j to the end, which
 * takes ten times the iterations of a program of AppMax: near N's decision boundary everything is
 * nearly optimal. The same is found sooner by asking other questions first, rival after rival, the
 * nearest first:
 *
 *  1. Maximise m_j from where the last rival's program ended. As soon as the bound falls below 0,
 *     or below a margin that another class attains, nothing more need be known of j.
 *  2. In turn with 1: the nearest input (sum of all changes) with m_j ≥ 0. It starts at the point
 *     itself, so it is soon found if there is one; or that there is none is proved (Farkas).
 *  3. Of a class that disagrees, where N and Ñ are close: the largest drift_j = m_j − (ξ_j − ξ_c)
 *     where m_j ≥ 0, then where N is tied (ξ_j = ξ_c). Multipliers of the latter prove in general
 *     that m_j is nowhere larger.
 *  4. What 3 leaves open: 1 to the end.
 *
 * Every program has its limit of iterations, and so has the point. What they leave open is an
 * interval.
 */

/** What is known about agreement on the region of one point. */
export interface AgreementResult {
  /** c, the class that N gives the point. */
  readonly exactClass: number;
  /** g, the class with the largest margin attained. */
  readonly rivalClass: number;
  /** A disagreement is attained; agreement is proved for the whole region; or neither. */
  readonly verdict: "disagrees" | "agrees" | "undecided";
  /** ξ̃_g − ξ̃_c at the point itself: attained. */
  readonly marginAtPoint: number;
  /** ξ̃_g − ξ̃_c at the witness: attained, the largest of all classes that was found. */
  readonly margin: number;
  /** No input of the region has a larger margin, of any class: a bound. */
  readonly marginBound: number;
  /**
   * Where the verdict is `agrees`: no class has a larger margin than this, which is below 0: a
   * bound. A program without a solution proves it as well: see `exclusionOf`.
   */
  readonly exclusionBound?: number;
  /** The box within which the region lies: `pixels` is [0, 1]. The bounds hold there. */
  readonly domain: string;
  /** The input that attains the margin. */
  readonly witness: Float64Array;
  /**
   * An input of the region as near as this disagrees: attained; undefined without a disagreement.
   */
  readonly distance?: number;
  /**
   * No input of the region nearer than this disagrees: a bound; ∞ where none does. Distances are
   * sums of changes.
   */
  readonly distanceBound: number;
  /** Softmax probabilities of classes c and g at the witness, by Ñ and by N. */
  readonly rounded: ClassPair;
  readonly original: ClassPair;
  readonly iterations: number;
  /**
   * How many classes are settled: excluded, or proved to have no larger margin than the witness.
   */
  readonly decided: number;
  readonly programs: number;
  readonly solver: string;
}

/** Options of `decideAgreement`. */
export interface AgreementOptions {
  readonly domain?: DomainChoice;
  readonly limits?: Partial<SearchLimits>;
  /** True ends the search; what is not decided by then stays open. */
  readonly shouldStop?: () => boolean;
}

/** What `decideAgreement` allows itself. */
export const AGREEMENT_LIMITS: SearchLimits = {
  turn: 4000,
  turns: 2,
  drift: 8000,
  largest: 25000,
  point: 100000,
};

/**
 * Up to this ratio of the largest error of a logit to the span of N's logits the networks count as
 * close. Net1's are at 8 bits (0.003 to 0.012), not at 6 (0.01 to 0.05), where margins are seldom
 * largest where N is tied.
 */
const CLOSE = 0.015;

/**
 * The m − 1 programs of a point, each solved or proved not to matter, within limits.
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
  const domain = toDomain(options.domain ?? PIXEL_DOMAIN);
  const box = boxAround(x, domain);
  const polytope = twinPolytopeAt(workspace, x);
  const rivals = rivalsOn(polytope, x, box);
  const { search, findings } = heedCell(options, ({ shouldStop }) => {
    const search = new RivalSearch({
      x,
      box,
      rivals,
      isClose: isClose(polytope.network, polytope.approximated),
      approximated: (point) => workspace.sides[1].evaluate(point),
      engine,
      limits: { ...AGREEMENT_LIMITS, ...options.limits },
      shouldStop,
    });
    return { search, findings: rivals.rivals.map((rival) => search.decide(rival)) };
  });
  const found = report(workspace, rivals, findings, search.iterations, engine.name);
  return { ...found, domain: domainName(domain) };
}

function report(
  { sides }: PolytopeWorkspace,
  { exactClass, rivals }: Rivals,
  findings: readonly Finding[],
  iterations: number,
  solver: string,
): Omit<AgreementResult, "domain"> {
  const best = findings.reduce((most, found) => (found.margin > most.margin ? found : most));
  const isAttained = findings.some(({ kind }) => kind === "disagrees");
  const isProved = findings.every(({ kind }) => kind === "excluded");
  const settled = findings.filter(
    ({ kind, bound }) => kind === "excluded" || bound <= best.margin + MARGIN_GAP,
  );
  const nearest = Math.min(...findings.map(({ distance }) => distance));
  const { rival } = best.rival;
  const [original, rounded] = sides.map((side) =>
    classPair(side.evaluate(best.point), exactClass, rival),
  );
  return {
    exactClass,
    rivalClass: rival,
    verdict: isAttained ? "disagrees" : isProved ? "agrees" : "undecided",
    marginAtPoint: best.rival.marginAtPoint,
    margin: best.margin,
    marginBound: Math.max(...findings.map(({ bound }) => bound)),
    ...(isProved ? exclusionOf(findings) : {}),
    witness: best.point,
    distance: isAttained ? nearest : undefined,
    distanceBound: Math.min(nearest, ...findings.map(({ distanceBound }) => distanceBound)),
    rounded,
    original,
    iterations,
    decided: settled.length,
    programs: rivals.length,
    solver,
  };
}

/** What proves of all classes that they are excluded: the largest of their bounds, below 0. */
function exclusionOf(findings: readonly Finding[]): Pick<AgreementResult, "exclusionBound"> {
  const exclusionBound = Math.max(...findings.map((finding) => finding.exclusionBound ?? 0));
  return exclusionBound < 0 ? { exclusionBound } : {};
}

function isClose(network: Readonly<Float64Array>, approximated: Readonly<Float64Array>): boolean {
  const error = network.reduce((most, v, k) => Math.max(most, Math.abs(v - approximated[k])), 0);
  return error <= CLOSE * (Math.max(...network) - Math.min(...network));
}
