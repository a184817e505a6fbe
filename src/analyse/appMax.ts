import { heedCell } from "../cellSignal";
import { InvariantError } from "../errors";
import type { BoxProgram, Engine, SolveOptions } from "../lp/program";
import { solveCertified, type CertifiedOutcome } from "../lp/solveCertified";
import { CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP } from "../numeric/tolerance";
import {
  checkInDomain,
  domainName,
  PIXEL_DOMAIN,
  toDomain,
  type Domain,
  type DomainChoice,
} from "./domain";
import { polytopeAt, type ErrorPolytope, type PolytopeWorkspace } from "./polytope";
import { DEFAULT_PROOF, parseProof, type Proof } from "../claim/proof";
import { allowanceBetween } from "./realBound";
import { absoluteError } from "./roundingError";

/**
 * The largest rounding error on the polytope of one point, from both sides.     (paper, Eqs. 29–33)
 *
 * `error ≤ maximum ≤ upperBound` always holds; errors are L1 over the logits, in their units.
 */
export interface AppMaxResult {
  /** E(x) at the point itself: attained. */
  readonly error: number;
  /** E(witness), computed by both networks: attained. */
  readonly maximum: number;
  /**
   * Proved by multipliers for every input of the polytope, up to the rounding of the program's own
   * data: a bound.
   */
  readonly upperBound: number;
  /** The box within which the polytope lies: `pixels` is [0, 1]. The bound holds there. */
  readonly domain: string;
  /**
   * (upperBound − maximum) / max(maximum, 0.01): relative, with an absolute floor of
   * 1e-11 for errors so small that evaluating the networks in binary64 is no finer.
   */
  readonly gap: number;
  /**
   * With the option `proof: "real"`: no input of the polytope has a larger error than upperBound +
   * roundingAllowance, were both networks computed in the real numbers. The upper bound alone is
   * one of the program as computed: its rows and costs are rounded to binary64. (decision 54)
   */
  readonly roundingAllowance?: number;
  /** The input that attains `maximum`. */
  readonly witness: Float64Array;
  readonly iterations: number;
  readonly rowsGenerated: number;
  /** Largest violation of a unit-norm row at the solver's point. */
  readonly violation: number;
  /** Which engine's answer this is. */
  readonly solver: string;
  readonly status: "certified" | "uncertified";
  /** Why it is not certified, or why an earlier engine's answer was not taken; else empty. */
  readonly reason: string;
}

/** Options of `appMax`. */
export interface AppMaxOptions extends SolveOptions {
  /** Where inputs may lie; [0, 1] per pixel by default. */
  readonly domain?: DomainChoice;
  /**
   * What the bound is proved for: the program as computed in binary64 ("rounding", the default), or
   * the networks in real arithmetic ("real"), which takes a pass in twice the precision more.
   */
  readonly proof?: Proof;
}

/** Below this maximum the gap is measured absolutely. */
const GAP_SCALE_FLOOR = CERTIFIED_ABSOLUTE_GAP / CERTIFIED_RELATIVE_GAP;

/**
 * AppMax at one point: the largest E over all inputs of the domain that share the point's
 * activation patterns in N and Ñ and its signs of the output differences.
 *
 * @param engines  tried in order until one answer is certified
 * @throws ArgumentError if x lies outside the domain, or the proof is none; the interrupt of a
 *   notebook cell, unless there is a `shouldStop`
 */
export function appMax(
  workspace: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  engines: readonly Engine[],
  options: AppMaxOptions = {},
): AppMaxResult {
  const domain = toDomain(options.domain ?? PIXEL_DOMAIN);
  const proof = parseProof(options.proof ?? DEFAULT_PROOF);
  checkInDomain(x, domain);
  const polytope = polytopeAt(workspace, x);
  const program = boxProgram(polytope, x, domain);
  const outcome = heedCell(options, (heeding) => solveCertified(engines, program, heeding));
  const found = judgeOutcome(workspace, x, polytope.error, outcome);
  const result = { ...found, domain: domainName(domain) };
  if (proof === "rounding") return result;
  const rigorous = polytope.realBound(outcome.multipliers, program);
  return { ...result, roundingAllowance: allowanceBetween(result.upperBound, rigorous) };
}

/** The polytope's program over a domain, with the point itself as its feasible start. */
export function boxProgram(
  polytope: ErrorPolytope,
  x: Readonly<Float64Array>,
  domain: Domain,
): BoxProgram {
  const { rows, cost, constant } = polytope;
  return {
    size: x.length,
    cost,
    constant,
    lower: new Float64Array(x.length).fill(domain.lower),
    upper: new Float64Array(x.length).fill(domain.upper),
    rows,
    feasible: x,
  };
}

/**
 * Runs both networks at the solver's point: what counts is what they yield, not what the solver
 * says.
 */
function judgeOutcome(
  { twins }: PolytopeWorkspace,
  x: Readonly<Float64Array>,
  error: number,
  outcome: CertifiedOutcome,
): Omit<AppMaxResult, "domain"> {
  if (outcome.kind === "infeasible") {
    throw new InvariantError(
      `${outcome.engine} proved the polytope of a point empty that contains the point ` +
        `(${twins.network.name} against ${twins.approximated.name}); please report this`,
    );
  }
  const { point } = outcome;
  // A solve that was stopped early may know no other input than x, where the networks have been
  // run.
  const isNew = point?.some((value, input) => value !== x[input]) === true;
  const found = point !== undefined && isNew ? absoluteError(twins, point) : -Infinity;
  const isBetter = point !== undefined && found > error;
  const witness = isBetter ? point : Float64Array.from(x);
  const maximum = isBetter ? found : error;
  // The witness may overstep a row by rounding; a bound is still one when raised to what it
  // attains.
  const excess = maximum - outcome.upperBound;
  const upperBound = Math.max(outcome.upperBound, maximum);
  const scale = Math.max(maximum, GAP_SCALE_FLOOR);
  const gap = (upperBound - maximum) / scale;
  const isClose = gap <= CERTIFIED_RELATIVE_GAP && excess / scale <= CERTIFIED_RELATIVE_GAP;
  return {
    error,
    maximum,
    upperBound,
    gap,
    witness,
    iterations: outcome.iterations,
    rowsGenerated: outcome.kind === "certified" ? outcome.rowsGenerated : 0,
    violation: outcome.violation,
    solver: outcome.engine,
    status: isClose ? "certified" : "uncertified",
    reason: reasonOf(outcome, isClose, gap, excess),
  };
}

function reasonOf(
  outcome: Exclude<CertifiedOutcome, { kind: "infeasible" }>,
  isClose: boolean,
  gap: number,
  excess: number,
): string {
  const refusals = outcome.attempts
    .filter(({ refusal }) => refusal !== "")
    .map(({ engine, refusal }) => `${engine}: ${refusal}`);
  if (!isClose && outcome.kind === "certified") {
    refusals.push(
      excess > 0
        ? `the networks yield ${excess} more at the solver's point than its bound allows`
        : `bound and attained value are ${gap} apart (relative)`,
    );
  }
  return refusals.join("; ");
}
