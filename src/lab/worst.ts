import { boxOver } from "../analyse/box";
import {
  describeDomain,
  domainName,
  PIXEL_DOMAIN,
  toDomain,
  type Domain,
  type DomainChoice,
} from "../analyse/domain";
import type { Twins } from "../analyse/twin";
import { describeGoal, goalOf, type GoalName } from "../analyse/worst/goal";
import {
  searchWorst,
  WORST_METHODS,
  type PathStep,
  type WorstMethod,
  type WorstSearch,
  type WorstState,
} from "../analyse/worst/search";
import { cellSignal } from "../cellSignal";
import { declareColumns } from "../claim/column";
import { ArgumentError } from "../errors";
import { worstMeans } from "../experiment/backend/worstMeans";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { withDisplay, type Displayable } from "../present/display";
import { declaredTable } from "../present/table/declaredTable";
import { displayTable } from "../present/table/showTable";
import type { Table } from "../present/table/table";
import { inputsOf, type PointLike } from "./appMax";
import { sessionOf } from "./session";

/** Options of `worst`. */
export interface WorstOptions {
  /**
   * `error` (default) is E, the sum over the outputs of |Ñ − N|; `output` the largest of them;
   * `class` by how much Ñ prefers another class to N's: above 0 the two disagree.
   */
  readonly goal?: GoalName;
  /** With the goal `output`: the one that is meant. */
  readonly output?: number;
  /** How many inputs every round starts from: 16 unless it is said. */
  readonly starts?: number;
  /** Inputs to start from in the first round, before random corners and inputs of the box. */
  readonly from?: readonly PointLike[];
  /** Of the random starts; 0 by default. */
  readonly seed?: number;
  /** How many rounds, each from starts of its own: 1, or with `time` as many as fit. */
  readonly rounds?: number;
  /** How many polytopes the walk of a round solves at most: 30 unless it is said; 0 for no walk. */
  readonly polytopes?: number;
  /** Seconds after which the search ends, with the best input so far. */
  readonly time?: number;
  /** `smooth` (default) climbs along smoothed switches, `plain` along the goal's own gradient. */
  readonly method?: WorstMethod;
  /** Told after every step how far the search has come. */
  readonly onProgress?: (state: WorstState) => void;
  /** Ends the search with the best input so far. */
  readonly signal?: AbortSignal;
}

/** The worst input that a search found. */
export interface WorstFound {
  readonly goal: string;
  /** What both networks come to at `witness`, run there one by one: attained. */
  readonly value: number;
  readonly witness: Float64Array;
  /** The name of the box that was searched. */
  readonly domain: string;
  /** Every place where more was attained than before, in the order of the search. */
  readonly path: readonly PathStep[];
  readonly ended: "done" | "time" | "interrupted";
}

/**
 * Searches for the input of a box at which Ñ lies furthest from N: attained there, and no bound of
 * what other inputs do. The search climbs from many starts along gradients whose switches are
 * smoothed, so that it sees what turning on a neuron of both networks would do; then it walks from
 * polytope to polytope, each solved by a program, as long as there is a neighbour with more.
 *
 * It is the same whenever it is made again with the same seed, unless `time` cuts it short.
 *
 * @param twins  N and Ñ, as `twins` or `createTwins` makes them, of any two architectures
 * @param box  where inputs may lie: a name, `LOWER:UPPER` or `{lower, upper}` with a number for all
 *   inputs or one for each; [0, 1] for every input by default
 * @returns what was attained, with the input, and the way there
 * @throws ShapeError if a start or the box does not fit the networks, ArgumentError if there is no
 *   such goal, output or method
 * @example
 * const { value, witness } = await rl.worst(twins, "0:1", { time: 2 });
 */
export async function worst(
  twins: Twins,
  box: DomainChoice = PIXEL_DOMAIN,
  options: WorstOptions = {},
): Promise<WorstFound & Displayable> {
  const domain = toDomain(box);
  const found = await findWorst(twins, domain, options);
  return withDisplay(found, () => displayTable(worstTable(twins, found, domain)));
}

/** Milliseconds after which others in this thread get their turn. */
const TURN = 20;

/** What `worst` does, without a way of showing it. */
export async function findWorst(
  twins: Twins,
  domain: Domain,
  options: WorstOptions = {},
): Promise<WorstFound> {
  const { onProgress, signal, time } = options;
  const search = searchOf(twins, domain, options);
  const clock = (): number => performance.now() / 1000;
  const end = clock() + (time ?? Infinity);
  const ofCell = signal === undefined ? cellSignal() : undefined;
  const shouldStop = (): boolean => (signal ?? ofCell)?.aborted === true;
  const steps = searchWorst(search, {
    ...(await worstMeans(twins, () => sessionOf(twins))),
    clock,
    shouldStop,
  });
  let state: WorstState | undefined;
  let turn = performance.now();
  for (const step of steps) {
    state = step;
    onProgress?.(step);
    if (performance.now() - turn > TURN) {
      await new Promise((resolve) => setImmediate(resolve));
      turn = performance.now();
    }
    ofCell?.throwIfAborted();
    if (signal?.aborted === true) break;
  }
  // The first step is made before anything can end the search.
  if (state === undefined) throw new ArgumentError("a search of no steps finds nothing");
  const { value, witness, path } = state;
  const ended = signal?.aborted === true ? "interrupted" : clock() >= end ? "time" : "done";
  const goal = describeGoal(search.goal);
  return { goal, value, witness, domain: domainName(domain), path: [...path], ended };
}

/** @throws ArgumentError naming the option that makes no sense */
function searchOf(twins: Twins, domain: Domain, options: WorstOptions): WorstSearch {
  const { network } = twins;
  const { goal = "error", output, method = "smooth", seed = 0, starts = 16, time } = options;
  const rounds = options.rounds ?? (time === undefined ? 1 : Infinity);
  const { polytopes = 30 } = options;
  checkCount(starts, "starts", 1);
  checkCount(polytopes, "polytopes", 0);
  if (rounds !== Infinity) checkCount(rounds, "rounds", 1);
  if (!Number.isInteger(seed)) {
    throw new ArgumentError(`seed is ${seed}, expected a whole number`);
  }
  if (time !== undefined && !(time > 0)) {
    throw new ArgumentError(`time is ${time}, expected seconds above 0`);
  }
  if (!WORST_METHODS.includes(method)) {
    throw new ArgumentError(
      `unknown method "${String(method)}"; there are ${WORST_METHODS.join(", ")}`,
    );
  }
  return {
    twins,
    box: boxOver(domain, network.inputSize),
    goal: goalOf(goal, network.outputSize, output),
    method,
    starts,
    points: (options.from ?? []).map((x) => inputsOf(twins, x)),
    seed,
    rounds,
    polytopes,
    ...(time === undefined ? {} : { time }),
  };
}

function checkCount(count: number, name: string, least: number): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new ArgumentError(`${name} is ${count}, expected a whole number from ${least}`);
}

/** One worst input, in a row of its own. */
export interface WorstRow {
  readonly goal: string;
  readonly value: number;
  readonly round: number;
  readonly phase: string;
  readonly step: number;
  readonly ended: string;
}

export const WORST_COLUMNS = declareColumns<WorstRow>({
  goal: { type: "text", meaning: "what was to be largest" },
  value: {
    type: "number",
    unit: "logits",
    kind: "attained",
    meaning: "what both networks come to at the witness",
  },
  round: { type: "integer", style: "count", meaning: "round of starts that it was found in" },
  phase: { type: "text", meaning: "what found it" },
  step: { type: "integer", style: "count", meaning: "step of the phase" },
  ended: { type: "text", meaning: "what ended the search: done, time or interrupted" },
});

export function worstRow({ goal, value, path, ended }: WorstFound): WorstRow {
  const { round, phase, step } = path[path.length - 1];
  return { goal, value, round, phase, step, ended };
}

/** What was found, as a table that names the box. */
export function worstTable(
  { network, approximated }: Twins,
  found: WorstFound,
  domain: Domain,
): Table {
  return declaredTable(WORST_COLUMNS, [worstRow(found)], {
    caption:
      `The largest ${found.goal} found of ${approximated.name} beside ${network.name} in ` +
      `${describeDomain(domain)}: attained at its witness, no bound for other inputs` +
      assumedOf(assumptionsOf([network, approximated])),
  });
}
