import type { Kernels } from "../../numeric/kernels";
import { CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP } from "../../numeric/tolerance";
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
import { keepIterate, restoreIterate, type KeptIterate } from "./history";
import { iterate, measure, type Measure } from "./iterate";
import { layoutOf, type Layout } from "./layout";
import { LinearSystem } from "./linearSystem";
import { layOut, type SolverMemory } from "./memory";
import {
  BACK_SHARE,
  BACK_SLACK,
  DENSE_ROOM,
  FIRST_ITERATIONS,
  GAP_SHARE,
  HELD_GAP,
  HELD_MU,
  LEAST_CENTRE,
  LEAST_SLACK,
  LEAST_STIFFNESS,
  LOST_GAP,
  RESIDUAL,
  RESIDUAL_OF_GAP,
  RESIDUAL_OF_TARGET,
  ROUND_ITERATIONS,
  ROUNDS,
  ROW_ROOM,
  START_DISTANCE,
  START_MU,
  STIFFNESS,
} from "./parameters";
import { addNearRows, addViolatedRows } from "./pricing";
import { firstCount, selectRows } from "./selectRows";
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
  private readonly feasible: Readonly<Float64Array>;
  /** Widest side of the box, and the norm of the cost. */
  private readonly scale: number;
  private readonly costNorm: number;
  private readonly valueAtStart: number;
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
    feasible: Readonly<Float64Array>,
    private readonly options: SolveOptions,
  ) {
    const { rows, size, lower, upper, cost } = program;
    this.layout = layoutOf(offer);
    this.feasible = feasible;
    this.framed = offer.open();
    this.scale = lower.reduce((most, low, j) => Math.max(most, upper[j] - low), 0);
    this.costNorm = Math.sqrt(cost.reduce((sum, value) => sum + value * value, 0));
    this.valueAtStart = objectiveValue(program, feasible);
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
    const { layout, memory, framed, scale } = this;
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
    this.placeVariables();
    this.start();
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
      if (this.set.count > before) this.goBack();
    }
    return this.stopped(`rows were violated after ${ROUNDS} rounds`, this.multipliers());
  }

  /** Cost and box in the method's units. */
  private placeVariables(): void {
    const { variables } = this.layout;
    const { cost, lower, upper } = this.memory.variables;
    const { program, feasible, scale, costNorm } = this;
    variables.forEach((variable, index) => {
      cost.view[index] = program.cost[variable] / costNorm;
      lower.view[index] = (program.lower[variable] - feasible[variable]) / scale;
      upper.view[index] = (program.upper[variable] - feasible[variable]) / scale;
    });
  }

  private start(): void {
    const { rows, variables } = this.memory;
    const { v, lower, upper, zLower, zUpper } = variables;
    for (let j = 0; j < this.layout.size; j++) {
      const [low, high] = [lower.view[j], upper.view[j]];
      const distance = Math.min(START_DISTANCE, (high - low) / 4);
      v.view[j] = -low < distance ? low + distance : high < distance ? high - distance : 0;
      zLower.view[j] = START_MU / (v.view[j] - low);
      zUpper.view[j] = START_MU / (high - v.view[j]);
    }
    this.set.multiply(v.at, rows.scratch.at);
    for (let row = 0; row < this.set.count; row++) {
      const slack = Math.max(rows.bound.view[row] - rows.scratch.view[row], START_DISTANCE);
      rows.s.view[row] = slack;
      rows.lambda.view[row] = START_MU / slack;
    }
  }

  /** Iterates until the gap is small enough, or so many times. */
  private runRound(limit: number): RoundEnd {
    let least = Infinity;
    let before = Infinity;
    let stiffness = STIFFNESS;
    for (let iteration = 0; ; iteration++) {
      const found = measure(this.parts);
      const target = this.target(found);
      if (found.gap <= target && found.residual < RESIDUAL) return { kind: "optimal" };
      if (this.isBelowCutoff(found)) return { kind: "stopped", reason: "below the cutoff" };
      if (!(found.gap < Infinity) || (iteration > 3 && found.gap > LOST_GAP * least)) {
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

  /** The gap that is aimed at, in the method's units. */
  private target({ value }: Measure): number {
    const now = this.valueAtStart + value * this.costNorm * this.scale;
    const size = Math.min(Math.abs(now), Math.abs(this.valueAtStart));
    const permitted = Math.max(CERTIFIED_ABSOLUTE_GAP, CERTIFIED_RELATIVE_GAP * size);
    return (GAP_SHARE * permitted) / (this.costNorm * this.scale);
  }

  private isBelowCutoff({ value, gap }: Measure): boolean {
    const { cutoff } = this.options;
    if (cutoff === undefined) return false;
    const bound = this.valueAtStart + (value + gap) * this.costNorm * this.scale;
    return bound <= cutoff;
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
    const { set, layout, framed, atStart, slacks, scale } = this;
    const parts = { set, layout, framed, atStart, slacks, scale };
    if (isFirst) addNearRows(parts, this.memory.variables.v.view);
    else addViolatedRows(parts);
  }

  /** Takes up the latest iterate that is well inside all rows that joined after it. */
  private goBack(): void {
    const { rows, variables } = this.memory;
    const { set, history } = this;
    let index = history.length - 1;
    for (; ; index--) {
      const { v, count } = history[index];
      variables.v.view.set(v);
      set.multiply(variables.v.at, rows.scratch.at);
      if (index === 0) break;
      let isInside = true;
      for (let row = count; row < set.count && isInside; row++) {
        const slack = rows.bound.view[row] - rows.scratch.view[row];
        isInside = slack >= Math.min(BACK_SHARE * rows.bound.view[row], BACK_SLACK);
      }
      if (isInside) break;
    }
    const taken = history[index];
    restoreIterate(this.memory, taken);
    for (let row = taken.count; row < set.count; row++) {
      const slack = Math.max(LEAST_SLACK, rows.bound.view[row] - rows.scratch.view[row]);
      rows.s.view[row] = slack;
      rows.lambda.view[row] = taken.mu / slack;
    }
    history.length = index;
  }

  /** The current point in the program's variables, inside the box. */
  private point(): Float64Array {
    const { lower, upper } = this.program;
    const v = this.memory.variables.v.view;
    const point = new Float64Array(this.layout.size);
    this.layout.variables.forEach((variable, index) => {
      const value = this.feasible[variable] + v[index] * this.scale;
      point[variable] = Math.min(upper[variable], Math.max(lower[variable], value));
    });
    return point;
  }

  /**
   * Of the program's own rows. None can be left out: a loose row's is tiny, but the box is wide.
   */
  private multipliers(count = this.set.count): Multiplier[] {
    const lambda = this.memory.rows.lambda.view;
    const { rows, norms } = this.set;
    const found: Multiplier[] = [];
    for (let place = 0; place < count; place++) {
      const value = (lambda[place] * this.costNorm) / norms[place];
      if (value > 0 && value < Infinity) found.push({ row: rows[place], value });
    }
    return found.sort((one, other) => one.row - other.row);
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
