import type { Kernels } from "../../numeric/kernels";
import { createRandom } from "../../numeric/random";
import { valueSizes } from "../../network/walk";
import { centreOf, type Box } from "../box";
import { haveOneArchitecture } from "../sameArchitecture";
import type { PatternPasses } from "../patternPasses";
import type { Twins } from "../twin";
import { ascend, type AscentPlan } from "./ascent";
import { createAttained } from "./attained";
import type { WorstGoal } from "./goal";
import { createSeparatePass } from "./separatePass";
import { clipTo, startsIn } from "./starts";
import { createTwinPass, type TwinPass } from "./twinPass";
import { walkFrom, type WalkMeans } from "./walk";

/** How inputs are moved: along smooth switches, or along the goal's own gradient. */
export const WORST_METHODS = ["smooth", "plain"] as const;

export type WorstMethod = (typeof WORST_METHODS)[number];

/** What is searched, where, and how long. */
export interface WorstSearch {
  readonly twins: Twins;
  readonly box: Box;
  readonly goal: WorstGoal;
  readonly method: WorstMethod;
  /** How many inputs every round starts from. */
  readonly starts: number;
  /** Where the first round starts, before random corners and inputs of the box. */
  readonly points: readonly Readonly<Float64Array>[];
  readonly seed: number;
  /** How many rounds there are, each with starts of its own. */
  readonly rounds: number;
  /** Which of them are made: all, unless they are shared. A round is the same whoever makes it. */
  readonly share?: RoundShare;
  /** How many polytopes the walk of a round solves at most. */
  readonly polytopes: number;
  /** Seconds, counted by `clock`; without them only rounds end the search. */
  readonly time?: number;
}

/** From a round on every so many of them. */
export interface RoundShare {
  readonly first: number;
  readonly stride: number;
}

/** What a search computes with. */
export interface WorstMeans {
  readonly kernels: Kernels;
  /** Passes of N and of Ñ's network. */
  readonly sides: readonly PatternPasses[];
  /** What solves programs on polytopes; without it nothing walks from one to another. */
  readonly programs?: Pick<WalkMeans, "workspace" | "engines">;
  /** Seconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Asked where a step is long; true ends it. */
  readonly shouldStop?: () => boolean;
}

/** A place where more was attained than before. */
export interface PathStep {
  readonly round: number;
  readonly phase: "start" | "ascent" | "walk";
  /** Of the phase, counted from 0. */
  readonly step: number;
  /** Attained. */
  readonly value: number;
}

/** How far a search has come. */
export interface WorstState {
  readonly round: number;
  readonly phase: PathStep["phase"];
  readonly step: number;
  /** The part of an ascent that is behind; 0 of a walk, of which nobody knows the end. */
  readonly share: number;
  /** The most that was attained so far, and where. */
  readonly value: number;
  readonly witness: Float64Array;
  readonly path: readonly PathStep[];
}

/** Of smooth switches: their width in spreads of values; steps in parts of the box. */
const SMOOTH = { reach: [0.3, 0.003], width: [1, 0.02] } as const;

/** The goal's own gradient: steps as above. */
const PLAIN = { reach: [0.3, 0.003], width: undefined } as const;

/** Steps of a round, where time does not end it. */
const STEPS = 130;

/** The starts of a round are halved three times on the way. */
const STAGES = 4;

/** Random corners by which the spread of values is measured. */
const SPREAD_SAMPLE = 64;

/** What a pass may hold of its inputs at once, in bytes. */
const PASS_MEMORY = 2 ** 28;

/** The part of the time that is left which climbing may take. */
const CLIMBING = 0.7;

/**
 * Searches a box for the input where a goal is largest, and tells after every step what was
 * attained so far. Whoever takes the steps may stop at any of them. In every round inputs climb
 * from their starts, and from where most was attained a walk leads from polytope to polytope; where
 * it ends early, others lead from the starts.
 *
 * A search is the same whenever it is made again with the same seed, but for where time cuts it:
 * with a limit, rounds have as many steps as the machine takes in the time.
 */
export function* searchWorst(search: WorstSearch, means: WorstMeans): Generator<WorstState, void> {
  const { twins, box, goal, points } = search;
  const { clock, programs } = means;
  const end = clock() + (search.time ?? Infinity);
  const isOver = (): boolean => clock() >= end || means.shouldStop?.() === true;
  const random = createRandom(search.seed);
  const attained = createAttained(twins, goal, means.sides);
  const record = createRecord(box);
  const { first, stride } = search.share ?? { first: 0, stride: 1 };
  // Whoever makes the first round looks at what is given.
  for (const [step, x] of (first === 0 ? [centreOf(box), ...points] : []).entries()) {
    const inside = clipTo(x, box);
    yield record.take({ round: 0, phase: "start", step }, 0, inside, attained(inside));
  }
  if (isOver()) return;
  const { pass, plan } = climber(search, means);
  pass.measureSpread(startsIn(box, Math.min(SPREAD_SAMPLE, pass.capacity), [], random));
  for (let round = 0; round < search.rounds && !isOver(); round++) {
    const inputs = startsIn(box, search.starts, round === 0 ? points : [], random);
    if (round < first || (round - first) % stride !== 0) continue;
    const groups = groupsOf(inputs, pass.capacity);
    let foremost = { value: -Infinity, x: centreOf(box) };
    for (const [index, group] of groups.entries()) {
      const from = clock();
      const span = (CLIMBING * (end - from)) / (groups.length - index);
      const timeGone = (): number => (clock() - from) / span;
      for (const climbed of ascend(pass, goal, box, group, { ...plan, timeGone })) {
        const at = { round, phase: "ascent", step: climbed.step } as const;
        for (const [k, x] of climbed.inputs.entries()) {
          // What a pass says is exact but for the order of its sums, and for what sources do.
          if (twins.sources === undefined && !(climbed.values[k] > foremost.value)) continue;
          const value = attained(x);
          if (value > foremost.value) foremost = { value, x };
        }
        yield record.take(at, (index + climbed.share) / groups.length, foremost.x, foremost.value);
        if (isOver()) return;
      }
    }
    if (programs === undefined || search.polytopes === 0) continue;
    const walking = { ...programs, goal, box, attained, shouldStop: isOver };
    for (const { step, point, value } of walkFrom([foremost.x, ...inputs], walking)) {
      yield record.take({ round, phase: "walk", step }, 0, point, value);
      if (isOver()) return;
      if (step + 1 >= search.polytopes) break;
    }
  }
}

/** Keeps the most that was attained, and the way there. */
function createRecord(box: Box) {
  const path: PathStep[] = [];
  let best = { value: -Infinity, witness: centreOf(box) };
  return {
    take(
      at: Omit<PathStep, "value">,
      share: number,
      x: Readonly<Float64Array>,
      value: number,
    ): WorstState {
      if (value > best.value) {
        best = { value, witness: Float64Array.from(x) };
        path.push({ ...at, value });
      }
      return { ...at, share, ...best, path };
    },
  };
}

/** What climbs, and how. */
function climber(
  { twins, method, starts }: WorstSearch,
  { kernels, sides }: WorstMeans,
): { readonly pass: TwinPass; readonly plan: AscentPlan } {
  const isAlike = haveOneArchitecture(twins);
  const capacity = Math.max(1, Math.min(starts, Math.floor(PASS_MEMORY / inputBytes(twins))));
  return {
    pass: isAlike ? createTwinPass(twins, kernels, capacity) : createSeparatePass(sides, capacity),
    plan: { ...(isAlike && method === "smooth" ? SMOOTH : PLAIN), steps: STEPS, stages: STAGES },
  };
}

/** What a pass holds of one input: each value, its two differences, two forms, and slopes. */
function inputBytes({ network }: Twins): number {
  return 64 * valueSizes(network).reduce((sum, size) => sum + size, 0);
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
