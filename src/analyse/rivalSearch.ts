import { InvariantError } from "../errors";
import { dualBound } from "../lp/certificate";
import type { Basis, BoxProgram, Engine, Multiplier, RowOracle } from "../lp/program";
import { solveCertified, type CertifiedOutcome } from "../lp/solveCertified";
import { AGREEMENT_BOUND, MARGIN_GAP, TIE } from "../numeric/tolerance";
import type { Box } from "./box";
import { exclude, judged, shareUntilTie, sumOfChanges, type Finding } from "./finding";
import { nearestProgram, type NearestProgram } from "./nearestProgram";
import { multipliersOfAbsence, multipliersOfDrift, multipliersOfMargin } from "./marginMultipliers";
import type { AffineForm, Rival, Rivals } from "./rivals";

/**
 * Limits in iterations of the solver, so that what they leave open does not depend on the machine.
 */
export interface SearchLimits {
  /** Of one turn of either search for the sign of a margin, and how many turns they have. */
  readonly turn: number;
  readonly turns: number;
  /** For the largest drift of a margin, and as much for the largest where N is tied. */
  readonly drift: number;
  /** For the largest margin of a class, once it is known to disagree or the turns are over. */
  readonly largest: number;
  /** All rivals together; what is left then stays open. */
  readonly point: number;
}

/**
 * Violated rows added at a time. Starts from another program's basis leave many rows violated: with
 * 400 a point of Net1 takes a tenth to a fifth fewer iterations than with 200, and a third fewer
 * than with the 120 that programs of errors do best with. With 600 they are no fewer, and longer.
 */
const ROWS_PER_ROUND = 400;

/** What a search works on. */
export interface SearchGround {
  readonly x: Readonly<Float64Array>;
  readonly box: Box;
  readonly rivals: Rivals;
  /** Whether N and Ñ are so close that the largest margin is looked for where N is tied. */
  readonly isClose: boolean;
  /** The logits of Ñ at a point. */
  readonly approximated: (point: Float64Array) => Readonly<Float64Array>;
  readonly engine: Engine;
  readonly limits: SearchLimits;
  readonly shouldStop?: () => boolean;
}

/** The programs of one point, rival after rival, within the limits. */
export class RivalSearch {
  /** Iterations of all programs so far. */
  iterations = 0;
  /** The largest margin attained by any rival so far, and the nearest disagreement. */
  private largest = AGREEMENT_BOUND;
  private nearest = Infinity;
  /** Where the last programs ended, the last rival's included: the next begin there. */
  private marginBasis: Basis | undefined;
  private nearestBasis: Basis | undefined;

  constructor(private readonly ground: SearchGround) {}

  /** The steps of `agreement.ts` for one rival. */
  decide(rival: Rival): Finding {
    const { limits, isClose } = this.ground;
    const { x, box } = this.ground;
    const nearest = nearestProgram(rival.rowsWhere("disagreed"), x, box);
    let finding = this.atPoint(rival);
    for (let turn = 0; turn < limits.turns && !this.isSigned(finding); turn++) {
      finding = this.maximise(finding, limits.turn);
      if (!this.isSigned(finding)) finding = this.approach(finding, nearest);
    }
    if (isClose && !this.isSettled(finding)) finding = this.maximiseTied(finding);
    if (!this.isSettled(finding)) finding = this.maximise(finding, limits.largest);
    if (finding.kind !== "excluded") finding = this.approach(finding, nearest);
    // Last, so that what another program decides is decided as it always was.
    if (finding.kind === "open" && finding.exclusionBound !== undefined) {
      finding = exclude(finding, finding.exclusionBound);
    }
    this.largest = Math.max(this.largest, finding.margin);
    this.nearest = Math.min(this.nearest, finding.distance);
    return finding;
  }

  /** What is known of a rival before any program. */
  private atPoint(rival: Rival): Finding {
    const { x, rivals } = this.ground;
    return judged({
      rival,
      kind: "open",
      margin: rival.marginAtPoint,
      bound: dualBound(this.over(rival.margin, rivals.rows), []),
      point: Float64Array.from(x),
      distance: rival.marginAtPoint >= -TIE ? 0 : Infinity,
      distanceBound: Math.max(0, rival.reach),
    });
  }

  /**
   * Whether the sign of the margin is known, or does not matter because another class has a larger
   * one.
   */
  private isSigned(finding: Finding): boolean {
    return finding.kind !== "open" || this.isSettled(finding);
  }

  /**
   * Whether no more than rounding could be gained: nothing beyond this margin, or beyond another
   * class's.
   */
  private isSettled({ kind, bound, margin }: Finding): boolean {
    return kind === "excluded" || bound <= Math.max(this.largest, margin) + MARGIN_GAP;
  }

  /**
   * Step 1: the largest margin; ends as soon as it is proved to be no larger than what is attained.
   */
  private maximise(finding: Finding, limit: number): Finding {
    const { x, rivals } = this.ground;
    const program = { ...this.over(finding.rival.margin, rivals.rows), feasible: x };
    const outcome = this.solve(program, {
      limit,
      cutoff: Math.max(this.largest, finding.margin),
      start: this.marginBasis,
    });
    if (outcome === undefined) return finding;
    if (outcome.kind === "infeasible") {
      throw new InvariantError(
        `${outcome.engine} proved the region of a point empty that contains the point; please report this`,
      );
    }
    this.marginBasis = outcome.basis ?? this.marginBasis;
    return this.take(finding, outcome.point, outcome.upperBound);
  }

  /**
   * Step 2: the nearest disagreement; ends as soon as it is proved to be no nearer than another.
   */
  private approach(finding: Finding, { program, inputOf }: NearestProgram): Finding {
    const known = Math.min(this.nearest, finding.distance);
    if (finding.distanceBound >= known) return finding;
    const { rivals, limits } = this.ground;
    const limit = limits.turn;
    const outcome = this.solve(program, { limit, cutoff: -known, start: this.nearestBasis });
    if (outcome === undefined) return finding;
    if (outcome.kind === "infeasible") {
      return exclude(
        finding,
        this.provedBy(
          finding.rival,
          multipliersOfAbsence(outcome.multipliers, rivals.rows.rowCount),
        ),
      );
    }
    this.nearestBasis = outcome.basis ?? this.nearestBasis;
    const point = outcome.point === undefined ? undefined : inputOf(outcome.point);
    const distanceBound = Math.max(finding.distanceBound, -outcome.upperBound);
    return { ...this.take(finding, point, Infinity), distanceBound };
  }

  /**
   * Step 3: the largest drift where the margin is ≥ 0, then where N is tied. There margin and drift
   * are equal, and the multiplier μ of "N is tied" says how the largest drift grows when N may be d
   * short of a tie: by μ d at the most, and the margin by (μ − 1) d. If μ ≤ 1, the largest margin
   * where N is tied is the largest of all.
   */
  private maximiseTied(finding: Finding): Finding {
    const { rivals, limits } = this.ground;
    const { rival } = finding;
    const limit = limits.drift;
    const drift = this.solve(this.over(rival.drift, rival.rowsWhere("disagreed")), {
      limit,
      cutoff: Math.max(this.largest, finding.margin),
    });
    if (drift === undefined) return finding;
    if (drift.kind === "infeasible") {
      return exclude(
        finding,
        this.provedBy(rival, multipliersOfAbsence(drift.multipliers, rivals.rows.rowCount)),
      );
    }
    // Inputs with a margin below 0 are below any bound of the others.
    const taken = this.take(finding, drift.point, Math.max(0, drift.upperBound));
    const exclusionBound = this.provedBy(
      rival,
      multipliersOfDrift(drift.multipliers, rival.keepRow, rivals.rows.rowCount),
    );
    const found = exclusionBound < 0 ? { ...taken, exclusionBound } : taken;
    if (this.isSettled(found) || drift.basis === undefined) return found;
    const tied = this.solve(this.over(rival.drift, rival.rowsWhere("tied")), {
      limit,
      start: drift.basis,
    });
    if (tied === undefined || tied.kind === "infeasible") return found;
    const multipliers = multipliersOfMargin(tied.multipliers, rival.keepRow, rivals.rows.rowCount);
    return this.take(found, tied.point, this.provedBy(rival, multipliers));
  }

  /** The bound of a rival's margin that multipliers of the region's rows prove. */
  private provedBy(rival: Rival, multipliers: readonly Multiplier[]): number {
    return dualBound(this.over(rival.margin, this.ground.rivals.rows), multipliers);
  }

  private over(form: AffineForm, rows: RowOracle): BoxProgram {
    const { lower, upper } = this.ground.box;
    return { size: lower.length, ...form, lower, upper, rows };
  }

  /** What a program comes to within the limits; undefined where none are left. */
  private solve(
    program: BoxProgram,
    { limit, cutoff, start }: { limit: number; cutoff?: number; start?: Basis },
  ): CertifiedOutcome | undefined {
    const { engine, limits, shouldStop } = this.ground;
    const iterationLimit = Math.min(limit, limits.point - this.iterations);
    if (iterationLimit <= 0 || shouldStop?.() === true) return undefined;
    const outcome = solveCertified([engine], program, {
      iterationLimit,
      cutoff,
      start,
      rowsPerRound: ROWS_PER_ROUND,
      absoluteGap: MARGIN_GAP,
      shouldStop,
    });
    this.iterations += outcome.iterations;
    return outcome;
  }

  /** A finding after a program: what counts is what Ñ yields at the point, and what is proved. */
  private take(finding: Finding, point: Float64Array | undefined, proved: number): Finding {
    const { x, approximated, rivals } = this.ground;
    const bound = Math.min(finding.bound, proved);
    let best = { margin: finding.margin, point: finding.point };
    let { distance } = finding;
    if (point !== undefined) {
      const logits = approximated(point);
      const margin = logits[finding.rival.rival] - logits[rivals.exactClass];
      if (margin > best.margin) best = { margin, point };
      if (margin >= -TIE) {
        const share = shareUntilTie(finding.rival.marginAtPoint, margin);
        distance = Math.min(distance, share * sumOfChanges(x, point));
      }
    }
    return judged({ ...finding, ...best, bound: Math.max(bound, best.margin), distance });
  }
}
