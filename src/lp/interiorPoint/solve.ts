import type { Kernels } from "../../numeric/kernels";
import type { FrameOffer, FramedRows } from "../framedRows";
import {
  objectiveValue,
  type BoxProgram,
  type Multiplier,
  type SolveOptions,
  type SolveOutcome,
} from "../program";
import { commonLength } from "./commonFrames";
import type { NewtonParts } from "./direction";
import { goBack, keepIterate, type KeptIterate } from "./history";
import { iterate } from "./iterate";
import { layoutOf, type Layout } from "./layout";
import { LinearSystem } from "./linearSystem";
import { measure, type Measure } from "./measure";
import { layOut, type SolverMemory } from "./memory";
import {
  DENSE_ROOM,
  FIRST_ITERATIONS,
  HELD_GAP,
  HELD_MU,
  LEAST_CENTRE,
  LEAST_STIFFNESS,
  LOST_GAP,
  RESIDUAL,
  RESIDUAL_OF_GAP,
  RESIDUAL_OF_TARGET,
  ROUND_ITERATIONS,
  ROUNDS,
  ROW_ROOM,
  STIFFNESS,
} from "./parameters";
import { addNearRows, addViolatedRows } from "./pricing";
import { firstCount, selectRows } from "./selectRows";
import { startIterate } from "./start";
import {
  multipliersOf,
  placeVariables,
  pointOf,
  targetGap,
  unitsOf,
  valueOf,
  type ProgramUnits,
} from "./units";
import { WorkingSet } from "./workingSet";

/*
 * A primal–dual interior point method on a band matrix, for programs whose variables form a picture
 * and most of whose rows are zero outside small frames of it. With v = (y − x) / w, x the feasible
 * point and w the widest side of the box, rows and cost of unit norm:
 *
 *     maximise ĉ·v,   A v + s = s0,   s >= 0,   l <= v <= u,
 *
 * s0 the rows' distances at x, which are known to full relative precision. For the working set
 *
 *     r_p = s0 − A v − s,   r_d = ĉ − Aᵀλ + z_l − z_u,   μ = mean of s λ, (v − l) z_l, (u − v) z_u
 *     gap = λ·(s + r_p) + Σ_j max(r_j (u − v)_j, −r_j (v − l)_j),   r = ĉ − Aᵀλ
 *
 * and a round ends when gap <= target and max |r_p| < RESIDUAL. The gap is the one that weak
 * duality proves with λ, so target is a share of what the certificate permits.
 *
 * The set begins with the rows nearest to x. After a few iterations, and at the end of each round,
 * all rows are priced; those that the point came near to, later those it violates, join, and the
 * method goes on from the latest iterate that is well inside all of them: it is centred for the old
 * rows already, and only r_d changes. Without a violated row the answer stands.
 */

/** A measure's part of the outcome, and how a round ended. */
type RoundEnd =
  | { readonly kind: "optimal" }
  | { readonly kind: "paused" }
  | { readonly kind: "stopped"; readonly reason: string };

/** One solve of a program that offers frames. */
export class InteriorPointSolve {
  private readonly layout: Layout;
  private readonly set: WorkingSet;
  private readonly framed: FramedRows;
  private readonly memory: SolverMemory;
  private readonly parts: NewtonParts;
  private readonly release: () => void;
  private readonly units: ProgramUnits;
  private readonly atStart: Float64Array;
  private readonly slacks: Float64Array;
  private readonly history: KeptIterate[] = [];
  private iterations = 0;
  refinements = 0;
  rounds = 0;

  constructor(
    kernels: Kernels,
    private readonly program: BoxProgram,
    offer: FrameOffer,
    private readonly feasible: Readonly<Float64Array>,
    private readonly options: SolveOptions,
  ) {
    const { rows, size } = program;
    this.layout = layoutOf(offer);
    this.framed = offer.open();
    this.units = unitsOf(program, feasible);
    this.atStart = new Float64Array(rows.rowCount);
    this.slacks = new Float64Array(rows.rowCount);
    const room = {
      rows: Math.min(rows.rowCount, Math.ceil(ROW_ROOM * firstCount(this.layout))),
      dense: Math.min(rows.rowCount, DENSE_ROOM, size),
      common: commonLength(this.framed, this.layout),
    };
    const lot = layOut(kernels, this.layout, room);
    this.memory = lot.blocks;
    this.release = () => lot.release();
    const { layout, memory, framed } = this;
    const { scale } = this.units;
    this.set = new WorkingSet(kernels, layout, memory, room, rows.rowCount, framed, scale);
    const system = new LinearSystem(kernels, layout, memory, this.set);
    this.parts = { kernels, layout, memory, set: this.set, system };
  }

  run(): SolveOutcome {
    try {
      return this.solve();
    } finally {
      this.release();
    }
  }

  private solve(): SolveOutcome {
    if (this.options.shouldStop?.() === true) return this.stopped("stopped on request", []);
    this.program.rows.slacks(this.feasible, this.atStart);
    selectRows(this.set, this.layout, this.framed, this.atStart);
    placeVariables(this.units, this.layout, this.memory.variables);
    startIterate(this.memory, this.set, this.layout.size);
    for (this.rounds = 0; this.rounds < ROUNDS; this.rounds++) {
      const isFirst = this.rounds === 0;
      this.set.group();
      const end = this.runRound(isFirst ? FIRST_ITERATIONS : ROUND_ITERATIONS);
      if (end.kind === "stopped") return this.stopped(end.reason, this.multipliers());
      if (end.kind === "paused" && !isFirst) {
        const reason = `no optimum after ${ROUND_ITERATIONS} iterations of one round`;
        return this.stopped(reason, this.multipliers());
      }
      const before = this.set.count;
      this.price(isFirst);
      if (this.set.count === before && !this.set.isShort && !isFirst) return this.optimal();
      if (this.set.isShort) {
        return this.stopped("more rows are near than there is room for", this.multipliers(before));
      }
      if (this.set.count > before) goBack(this.history, this.memory, this.set);
    }
    return this.stopped(`rows were violated after ${ROUNDS} rounds`, this.multipliers());
  }

  /** Iterates until the gap is small enough, or so many times. */
  private runRound(limit: number): RoundEnd {
    let least = Infinity;
    let before = Infinity;
    let stiffness = STIFFNESS;
    for (let iteration = 0; ; iteration++) {
      const found = measure(this.parts);
      const target = targetGap(this.units, found.value);
      if (found.gap <= target && found.residual < RESIDUAL) return { kind: "optimal" };
      if (this.isBelowCutoff(found)) return { kind: "stopped", reason: "below the cutoff" };
      // A gap below its target, or below 0, is none to grow from: residuals may still be large.
      const isLost = iteration > 3 && found.gap > LOST_GAP * Math.max(least, target);
      if (!(found.gap < Infinity) || isLost) {
        return { kind: "stopped", reason: `the gap grew to ${found.gap}` };
      }
      if (iteration >= limit) return { kind: "paused" };
      const stop = this.limitReached();
      if (stop !== undefined) return { kind: "stopped", reason: stop };
      least = Math.min(least, found.gap);
      this.history.push(keepIterate(this.memory, this.set.count, found.mu));
      const tolerance =
        Math.max(RESIDUAL_OF_TARGET * target, RESIDUAL_OF_GAP * found.gap) / this.layout.size;
      const leastCentre = (LEAST_CENTRE * target) / (this.set.count + 2 * this.layout.size);
      // Where products are as small as they shall be and the gap hardly falls, it is the proximal
      // term that holds a flat direction back.
      const isHeld = found.mu < HELD_MU * leastCentre && found.gap > HELD_GAP * before;
      if (isHeld) stiffness = Math.max(LEAST_STIFFNESS, stiffness / 10);
      before = found.gap;
      const refinements = iterate(this.parts, found, { leastCentre, tolerance, stiffness });
      if (refinements === undefined) {
        return { kind: "stopped", reason: "the normal matrix is not positive definite" };
      }
      this.iterations++;
      this.refinements += refinements;
    }
  }

  private isBelowCutoff({ value, gap }: Measure): boolean {
    const { cutoff } = this.options;
    return cutoff !== undefined && valueOf(this.units, value + gap) <= cutoff;
  }

  private limitReached(): string | undefined {
    const { iterationLimit, shouldStop } = this.options;
    if (iterationLimit !== undefined && this.iterations >= iterationLimit) {
      return `the limit of ${iterationLimit} iterations was reached`;
    }
    return shouldStop?.() === true ? "stopped on request" : undefined;
  }

  /** Adds rows to the set: those near the point, or those violated by it. */
  private price(isFirst: boolean): void {
    this.program.rows.slacks(this.point(), this.slacks);
    const { set, layout, framed, atStart, slacks } = this;
    const parts = { set, layout, framed, atStart, slacks, scale: this.units.scale };
    if (isFirst) addNearRows(parts, this.memory.variables.v.view);
    else addViolatedRows(parts);
  }

  private point(): Float64Array {
    return pointOf(this.units, this.layout, this.memory.variables.v.view);
  }

  private multipliers(count = this.set.count): Multiplier[] {
    return multipliersOf(this.units, this.set, this.memory.rows.lambda.view, count);
  }

  private optimal(): SolveOutcome {
    const point = this.point();
    return {
      kind: "optimal",
      point,
      value: objectiveValue(this.program, point),
      multipliers: this.multipliers(),
      iterations: this.iterations,
      rowsGenerated: this.set.generated,
    };
  }

  private stopped(reason: string, multipliers: readonly Multiplier[]): SolveOutcome {
    return { kind: "stopped", reason, multipliers, iterations: this.iterations };
  }
}
