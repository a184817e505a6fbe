import type { GoalName } from "../../analyse/worst/goal";
import type { PathStep, WorstMethod, WorstSearch, WorstState } from "../../analyse/worst/search";
import type { Domain } from "../../analyse/domain";
import { domainName } from "../../analyse/domain";
import { InvariantError } from "../../errors";
import { approximationOf, checkApproximation } from "../approximationOf";
import { shareNetwork } from "../backend/sharedNetwork";
import type { WorstAnswer, WorstTask, WorstWorkerData } from "../backend/worstWorker";
import { runItems, type ItemOutcome, type RunningOptions } from "../runItems";
import { checksumsOf, type TwinChecksums } from "../twinChecksum";

/** Everything that decides what the rounds of a search find. */
export interface WorstExperiment extends TwinChecksums {
  readonly kind: "worst";
  readonly method: number;
  readonly network: string;
  readonly approximation: string;
  readonly domain: string;
  /** Only where inputs have ends of their own, which the domain's name does not hold. */
  readonly box?: { readonly lower: readonly number[]; readonly upper: readonly number[] };
  readonly goal: GoalName;
  readonly output?: number;
  readonly search: WorstMethod;
  readonly starts: number;
  readonly polytopes: number;
  readonly seed: number;
}

/** Raised whenever a change of the method moves numbers by more than rounding. */
const WORST_METHOD = 1;

/** One round of a search, as it is stored. */
export interface WorstRound {
  readonly round: number;
  /** Attained at the witness. */
  readonly value: number;
  /** What found it, and in which step. */
  readonly phase: PathStep["phase"];
  readonly step: number;
  readonly milliseconds: number;
  readonly witness: readonly number[];
}

/** What decides an experiment beside the networks' checksums. */
export type WorstFacts = Omit<WorstExperiment, "kind" | "method" | keyof TwinChecksums>;

/** The experiment of some networks and a search. */
export function worstExperiment(facts: WorstFacts, checksums: TwinChecksums): WorstExperiment {
  return { kind: "worst", method: WORST_METHOD, ...facts, ...checksums };
}

/** What a search in rounds is, as `runWorst` takes it. */
export interface WorstRun extends Pick<
  WorstSearch,
  "twins" | "box" | "goal" | "method" | "starts" | "seed" | "rounds" | "polytopes"
> {
  readonly domain: Domain;
}

/** How it is computed. */
export interface WorstRunOptions extends RunningOptions {
  /** Told of rounds under way, where threads make them. */
  readonly onState?: (state: WorstState) => void;
  /** Called for every round that is done: those that there were first. */
  readonly onRound?: (row: WorstRound) => void;
}

/**
 * The rounds of a search on worker threads, kept in a store if there is one: each is the same
 * whatever the number of threads, and those that are there are not made again.
 *
 * @throws ArgumentError if the approximation has no name or a wrong one
 */
export async function runWorst(
  run: WorstRun,
  options: WorstRunOptions = {},
): Promise<ItemOutcome<WorstRound>> {
  const { twins, rounds, box, goal, method, starts, seed, polytopes } = run;
  const checksums = checksumsOf(twins);
  checkApproximation(twins, checksums);
  return runItems<WorstTask, WorstAnswer, WorstRound, WorstState>(
    {
      experiment: worstExperiment(factsOf(run), checksums),
      items: Array.from({ length: rounds }, (_, round) => round),
      noun: "rounds",
      itemOf: ({ round }) => round,
      worker: "worstWorker",
      dataOf: () =>
        workerDataOf(twins, { box, goal, method, starts, seed, polytopes, rounds, points: [] }),
      taskOf: (round) => ({ share: { first: round, stride: 1 }, rounds: round + 1 }),
      rowOf,
    },
    {
      ...options,
      onRow: (row) => options.onRound?.(row),
      onProgress: (_, state) => options.onState?.(state),
    },
  );
}

/** What threads are handed. */
export function workerDataOf(
  { network, approximated }: WorstSearch["twins"],
  search: WorstWorkerData["search"],
  end?: number,
): Omit<WorstWorkerData, "stop"> {
  return {
    network: shareNetwork(network),
    approximated: shareNetwork(approximated),
    search,
    ...(end === undefined ? {} : { end }),
  };
}

function factsOf({ twins, domain, goal, method, starts, polytopes, seed }: WorstRun): WorstFacts {
  return {
    network: twins.network.name,
    approximation: approximationOf(twins),
    domain: domainName(domain),
    ...(domain.kind === "inputs"
      ? { box: { lower: [...domain.lower], upper: [...domain.upper] } }
      : {}),
    goal: goal.kind,
    ...(goal.kind === "output" && goal.output !== undefined ? { output: goal.output } : {}),
    search: method,
    starts,
    polytopes,
    seed,
  };
}

function rowOf(round: number, { state, milliseconds }: WorstAnswer): WorstRound {
  const found = state?.path.at(-1);
  if (state === undefined || found === undefined) {
    throw new InvariantError(`round ${round} of a search without a limit found nothing`);
  }
  const { value, phase, step } = found;
  return { round, value, phase, step, milliseconds, witness: Array.from(state.witness) };
}
