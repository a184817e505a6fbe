import {
  CERTIFIED_ABSOLUTE_GAP,
  CERTIFIED_RELATIVE_GAP,
  POLISHED_VIOLATION,
  ROW_FEASIBILITY,
} from "../numeric/tolerance";
import { dualBound, measureViolation, verifyFarkas, type Violation } from "./certificate";
import { isPoint, ONLY_POINT, withoutFixed } from "./fixedVariables";
import { lastFeasible } from "./lastFeasible";
import { polishPoint } from "./polishPoint";
import type { Basis, BoxProgram, Engine, Multiplier, SolveOptions, SolveOutcome } from "./program";
import { objectiveValue } from "./program";

/** What one engine made of a program, and why its answer was not taken. */
export interface Attempt {
  readonly engine: string;
  readonly iterations: number;
  /** Empty when this attempt's answer was certified. */
  readonly refusal: string;
}

/** The answer to a program together with what proves it. */
export type CertifiedOutcome =
  /**
   * The maximum lies between `value` (up to `violation`) and `upperBound`, which are as close as
   * asked.
   */
  | {
      readonly kind: "certified";
      readonly engine: string;
      readonly point: Float64Array;
      /** cost · point + constant. */
      readonly value: number;
      /** Proved by `multipliers` (weak duality), rounding included. */
      readonly upperBound: number;
      /** upperBound − value. */
      readonly gap: number;
      /** Largest violation of a unit-norm row at `point`. */
      readonly violation: number;
      readonly multipliers: readonly Multiplier[];
      readonly iterations: number;
      readonly rowsGenerated: number;
      /** For starting a similar program. */
      readonly basis?: Basis;
      readonly attempts: readonly Attempt[];
    }
  /** No point satisfies the program; `multipliers` are a verified Farkas proof. */
  | {
      readonly kind: "infeasible";
      readonly engine: string;
      readonly multipliers: readonly Multiplier[];
      readonly iterations: number;
      readonly attempts: readonly Attempt[];
    }
  /** No engine's answer held up; the interval is what is proved all the same. */
  | {
      readonly kind: "uncertified";
      readonly engine: string;
      readonly reason: string;
      /** The best point known to satisfy the program to tolerance, if there is one. */
      readonly point?: Float64Array;
      /** Its value; −Infinity when no point is known. */
      readonly value: number;
      /** Proved: the maximum is at most this. */
      readonly upperBound: number;
      readonly violation: number;
      readonly multipliers: readonly Multiplier[];
      readonly iterations: number;
      /** Where the last engine that offers one stood, for a similar program. */
      readonly basis?: Basis;
      readonly attempts: readonly Attempt[];
    };

/** Options of `solveCertified`: those of the engines and how close the two bounds must come. */
export interface CertifiedOptions extends SolveOptions {
  readonly relativeGap?: number;
  readonly absoluteGap?: number;
  /** Largest violation of a unit-norm row that a certified point may show. */
  readonly largestViolation?: number;
}

/**
 * Solves a program with the first engine whose answer can be proved, those first that it suits;
 * those that do not take it are left out. Engines see no fixed variables: variables whose bounds
 * meet are constants to them, and where all are, none is asked.
 *
 * An answer is taken when its point lies in the box, violates no unit-norm row by more than
 * `largestViolation`, and the bound from its multipliers exceeds its value by at most
 * max(absoluteGap, relativeGap · |value|). Otherwise the next engine tries. When none is left, or
 * `shouldStop` said so, or the maximum is known to be at most the `cutoff`, the best interval
 * proved so far is returned as `uncertified`.
 */
export function solveCertified(
  engines: readonly Engine[],
  program: BoxProgram,
  options: CertifiedOptions = {},
): CertifiedOutcome {
  const attempts: Attempt[] = [];
  let interval = initialInterval(program);
  let basis: Basis | undefined;
  let { start } = options;
  const free = withoutFixed(program);
  const taking = isPoint(program) ? [ONLY_POINT] : bySuitability(engines, free.program);
  for (const engine of taking) {
    const outcome = free.restore(engine.solve(free.program, { ...options, start }));
    // What one engine could not prove may lack no more than the next one's arithmetic.
    if (outcome.kind === "optimal") start = outcome.basis ?? start;
    const judged = judge(program, engine.name, outcome, options);
    const refusal = judged.kind === "refused" ? judged.reason : "";
    attempts.push({ engine: engine.name, iterations: outcome.iterations, refusal });
    if (outcome.kind !== "infeasible") basis = outcome.basis ?? basis;
    if (judged.kind !== "refused") return { ...judged, attempts };
    interval = tighten(program, interval, engine.name, outcome, options);
    const isEnough = options.cutoff !== undefined && interval.upperBound <= options.cutoff;
    if (isEnough || options.shouldStop?.() === true) break;
  }
  const reason =
    attempts.map(({ engine, refusal }) => `${engine}: ${refusal}`).join("; ") || "no engine given";
  const iterations = attempts.reduce((sum, attempt) => sum + attempt.iterations, 0);
  return { kind: "uncertified", ...interval, reason, iterations, basis, attempts };
}

/** The engines that take the program, in their order, those that it does not suit last. */
function bySuitability(engines: readonly Engine[], program: BoxProgram): Engine[] {
  const taking = engines.filter((engine) => engine.takes?.(program) ?? true);
  const suits = (engine: Engine): boolean => engine.suits?.(program) ?? true;
  return [...taking.filter(suits), ...taking.filter((engine) => !suits(engine))];
}

type Judgement =
  | Omit<Extract<CertifiedOutcome, { kind: "certified" }>, "attempts">
  | Omit<Extract<CertifiedOutcome, { kind: "infeasible" }>, "attempts">
  | { readonly kind: "refused"; readonly reason: string };

function judge(
  program: BoxProgram,
  engine: string,
  outcome: SolveOutcome,
  options: CertifiedOptions,
): Judgement {
  const refused = (reason: string): Judgement => ({ kind: "refused", reason });
  switch (outcome.kind) {
    case "stopped":
      return refused(outcome.reason);
    case "infeasible": {
      const { multipliers, iterations } = outcome;
      if (verifyFarkas(program, multipliers))
        return { kind: "infeasible", engine, multipliers, iterations };
      return refused("said infeasible, but its multipliers do not prove it");
    }
    case "optimal": {
      const { multipliers, iterations, rowsGenerated, basis } = outcome;
      const allowed = options.largestViolation ?? largestViolation(options);
      const polished = polish(program, outcome.point, multipliers, allowed, options.shouldStop);
      const { point, box, row: violation, worstRow } = polished;
      if (!(box <= 0)) return refused(`its point lies ${box} outside the box`);
      if (!(violation <= allowed)) {
        return refused(`its point violates row ${worstRow} by ${violation}, allowed is ${allowed}`);
      }
      const value = objectiveValue(program, point);
      const relative = (options.relativeGap ?? CERTIFIED_RELATIVE_GAP) * Math.abs(value);
      const limit = Math.max(options.absoluteGap ?? CERTIFIED_ABSOLUTE_GAP, relative);
      const upperBound = dualBound(program, multipliers, value + limit);
      const gap = upperBound - value;
      // A gap far below zero would be a value that the rows do not allow.
      if (!(Math.abs(gap) <= limit)) {
        return refused(
          `bound ${upperBound} and value ${value} differ by ${gap}, allowed is ${limit}`,
        );
      }
      const found = { point, value, upperBound, gap, violation, multipliers };
      return { kind: "certified", engine, ...found, iterations, rowsGenerated, basis };
    }
  }
}

/**
 * The engine's point with its violations; polished where these are small, but not as small as can
 * be, and time is left.
 */
function polish(
  program: BoxProgram,
  point: Float64Array,
  multipliers: readonly Multiplier[],
  allowed: number,
  shouldStop: (() => boolean) | undefined,
): Violation & { readonly point: Float64Array } {
  const found = measureViolation(program, point);
  // A row of tiny norm, such as that of two nearly equal outputs, may seem violated by rounding
  // alone.
  const isReal = Math.min(found.row, -found.worstSlack) > POLISHED_VIOLATION;
  // Only a vertex has tight rows to be moved onto, no more of them than variables.
  const isVertex = multipliers.length <= program.size;
  if (!isReal || !isVertex || found.row > allowed || found.box > 0) return { ...found, point };
  const polished = polishPoint(program, point, multipliers, shouldStop);
  const after = measureViolation(program, polished);
  return after.row < found.row ? { ...after, point: polished } : { ...found, point };
}

/** Ten times what the engines aim at: their own measure of a row differs from ours by rounding. */
function largestViolation(options: SolveOptions): number {
  return 10 * (options.feasibilityTolerance ?? ROW_FEASIBILITY);
}

interface Interval {
  readonly engine: string;
  readonly point?: Float64Array;
  readonly value: number;
  readonly upperBound: number;
  readonly violation: number;
  readonly multipliers: readonly Multiplier[];
}

/** What is known before any engine: the feasible point, and the box without rows. */
function initialInterval(program: BoxProgram): Interval {
  const point = program.feasible === undefined ? undefined : Float64Array.from(program.feasible);
  return {
    engine: "none",
    point,
    value: point === undefined ? -Infinity : objectiveValue(program, point),
    upperBound: dualBound(program, []),
    violation: point === undefined ? Infinity : measureViolation(program, point).row,
    multipliers: [],
  };
}

/** The interval after an engine's answer: a smaller proved bound, a better feasible point. */
function tighten(
  program: BoxProgram,
  known: Interval,
  engine: string,
  outcome: SolveOutcome,
  options: CertifiedOptions,
): Interval {
  let best = known;
  const bound = dualBound(program, outcome.multipliers);
  if (outcome.kind !== "infeasible" && bound < best.upperBound) {
    best = { ...best, engine, upperBound: bound, multipliers: outcome.multipliers };
  }
  if (outcome.kind === "infeasible" || outcome.point === undefined) return best;
  const point = lastFeasible(
    program,
    outcome.point,
    options.largestViolation ?? largestViolation(options),
  );
  if (point === undefined) return best;
  const value = objectiveValue(program, point);
  if (!(value > best.value)) return best;
  return { ...best, engine, point, value, violation: measureViolation(program, point).row };
}
