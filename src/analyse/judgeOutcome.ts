import { InvariantError } from "../errors";
import { measureViolation } from "../lp/certificate";
import { lastFeasible } from "../lp/lastFeasible";
import type { BoxProgram } from "../lp/program";
import type { CertifiedOutcome } from "../lp/solveCertified";
import { CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP } from "../numeric/tolerance";
import type { AppMaxResult } from "./appMaxResult";
import type { PolytopeWorkspace } from "./polytope";
import { sumOfMagnitudes } from "./roundingError";

/** Below this maximum the gap is measured absolutely. */
const GAP_SCALE_FLOOR = CERTIFIED_ABSOLUTE_GAP / CERTIFIED_RELATIVE_GAP;

/**
 * Runs both networks at the solver's point: what counts is what they yield, not what the solver
 * says.
 */
export function judgeOutcome(
  { twins, sides }: PolytopeWorkspace,
  program: BoxProgram,
  x: Readonly<Float64Array>,
  error: number,
  outcome: CertifiedOutcome,
): Judged {
  if (outcome.kind === "infeasible") {
    throw new InvariantError(
      `${outcome.engine} proved the polytope of a point empty that contains the point ` +
        `(${twins.network.name} against ${twins.approximated.name}); please report this`,
    );
  }
  const found = attainedAt(sides, program, x, outcome);
  const isBetter = found !== undefined && found.value > error;
  const witness = isBetter ? found.point : Float64Array.from(x);
  const maximum = isBetter ? found.value : error;
  // The witness may overstep a row by rounding; a bound is still one when raised to what it
  // attains.
  const excess = maximum - outcome.upperBound;
  const upperBound = Math.max(outcome.upperBound, maximum);
  const scale = Math.max(maximum, GAP_SCALE_FLOOR);
  const gap = (upperBound - maximum) / scale;
  const isClose = gap <= CERTIFIED_RELATIVE_GAP && excess / scale <= CERTIFIED_RELATIVE_GAP;
  const result = {
    error,
    maximum,
    upperBound,
    gap,
    witness,
    iterations: outcome.iterations,
    rowsGenerated: outcome.kind === "certified" ? outcome.rowsGenerated : 0,
    violation: found?.violation ?? outcome.violation,
    solver: outcome.engine,
    status: isClose ? ("certified" as const) : ("uncertified" as const),
    reason: reasonOf(outcome, isClose, gap, found?.overstepped ?? excess),
  };
  return { result, oversteps: found?.overstepped !== undefined };
}

/** What an outcome comes to, and whether its point was not in the polytope. */
export interface Judged {
  readonly result: Omit<AppMaxResult, "domain">;
  readonly oversteps: boolean;
}

export interface JudgedOutcome extends Judged {
  readonly outcome: CertifiedOutcome;
}

/** Of two engines' answers the smaller bound and the larger maximum, with the work of both. */
export function bothOf(first: JudgedOutcome, second: JudgedOutcome) {
  const [one, other] = [first.result, second.result];
  const bounded = other.upperBound <= one.upperBound ? second : first;
  const attained = other.maximum >= one.maximum ? other : one;
  const upperBound = Math.max(bounded.result.upperBound, attained.maximum);
  const gap = (upperBound - attained.maximum) / Math.max(attained.maximum, GAP_SCALE_FLOOR);
  const isClose = gap <= CERTIFIED_RELATIVE_GAP;
  const found = {
    ...attained,
    upperBound,
    gap,
    iterations: one.iterations + other.iterations,
    rowsGenerated: one.rowsGenerated + other.rowsGenerated,
    status: isClose ? ("certified" as const) : ("uncertified" as const),
    reason: [one.reason, other.reason].filter((text) => text !== "").join("; "),
  };
  return { found, multipliers: bounded.outcome.multipliers };
}

/** An input where both networks were run, and how far it oversteps a row of unit norm. */
interface Attained {
  readonly point: Float64Array;
  readonly value: number;
  readonly violation: number;
  /** By how much the networks exceed the bound at the solver's point, where that is outside. */
  readonly overstepped?: number;
}

/**
 * What the networks yield at the solver's point; undefined where it is x or there is none. Where
 * they yield more than the bound allows, the point has overstepped a row by the solver's tolerance
 * and a neuron of one network has switched there: what counts is then the last input towards it
 * that stays in the polytope.
 */
function attainedAt(
  sides: PolytopeWorkspace["sides"],
  program: BoxProgram,
  x: Readonly<Float64Array>,
  outcome: Exclude<CertifiedOutcome, { kind: "infeasible" }>,
): Attained | undefined {
  const { point, violation, upperBound } = outcome;
  // A solve that was stopped early may know no other input than x, where the networks have been
  // run.
  if (point === undefined || !point.some((value, input) => value !== x[input])) return undefined;
  const value = errorAt(sides, point);
  const scale = Math.max(value, GAP_SCALE_FLOOR);
  if ((value - upperBound) / scale <= CERTIFIED_RELATIVE_GAP) return { point, value, violation };
  const inside = lastFeasible(program, point, 0);
  if (inside === undefined) return undefined;
  return {
    point: inside,
    value: errorAt(sides, inside),
    violation: measureViolation(program, inside).row,
    overstepped: value - upperBound,
  };
}

/** E at a point: what `absoluteError` gives, to the bit. */
function errorAt([one, other]: PolytopeWorkspace["sides"], point: Float64Array): number {
  const network = one.evaluate(point);
  return sumOfMagnitudes(other.evaluate(point).map((value, output) => value - network[output]));
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
