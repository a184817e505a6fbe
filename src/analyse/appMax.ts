import { heedCell } from "../cellSignal";
import type { BoxProgram, Engine, SolveOptions } from "../lp/program";
import { solveCertified } from "../lp/solveCertified";
import { boxAround, type Box } from "./box";
import { domainName, PIXEL_DOMAIN, toDomain, type DomainChoice } from "./domain";
import type { AppMaxResult } from "./appMaxResult";
import { bothOf, judgeOutcome } from "./judgeOutcome";
import { polytopeAt, type ErrorPolytope, type PolytopeWorkspace } from "./polytope";
import { DEFAULT_PROOF, parseProof, type Proof } from "../claim/proof";
import { allowanceBetween } from "./realBound";

export type { AppMaxResult } from "./appMaxResult";

/** Options of `appMax`. */
export interface AppMaxOptions extends SolveOptions {
  /** Where inputs may lie, in one interval or each in its own; [0, 1] per pixel by default. */
  readonly domain?: DomainChoice;
  /**
   * What the bound is proved for: the program as computed in binary64 ("rounding", the default), or
   * the networks in real arithmetic ("real"), which takes a pass in twice the precision more.
   */
  readonly proof?: Proof;
}

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
  const box = boxAround(x, domain);
  const polytope = polytopeAt(workspace, x);
  const program = boxProgram(polytope, x, box);
  const { found, multipliers } = heedCell(options, (heeding) => {
    const outcome = solveCertified(engines, program, heeding);
    const judged = judgeOutcome(workspace, program, x, polytope.error, outcome);
    const tried = new Set(outcome.attempts.map(({ engine }) => engine));
    const others = engines.filter(({ name }) => !tried.has(name));
    const isDone = !judged.oversteps || others.length === 0 || heeding.shouldStop?.() === true;
    if (isDone) return { found: judged.result, multipliers: outcome.multipliers };
    // The next engine's point may hold the rows more nearly.
    const start = outcome.kind === "infeasible" ? undefined : outcome.basis;
    const again = solveCertified(others, program, { ...heeding, start });
    const second = judgeOutcome(workspace, program, x, polytope.error, again);
    return bothOf({ ...judged, outcome }, { ...second, outcome: again });
  });
  const result = { ...found, domain: domainName(domain) };
  if (proof === "rounding") return result;
  const rigorous = polytope.realBound(multipliers, program);
  return { ...result, roundingAllowance: allowanceBetween(result.upperBound, rigorous) };
}

/** The polytope's program over a box, with the point itself as its feasible start. */
export function boxProgram(
  polytope: ErrorPolytope,
  x: Readonly<Float64Array>,
  { lower, upper }: Box,
): BoxProgram {
  const { rows, cost, constant } = polytope;
  return {
    size: x.length,
    cost,
    constant,
    lower,
    upper,
    rows,
    feasible: x,
  };
}
