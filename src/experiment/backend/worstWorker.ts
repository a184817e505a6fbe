import { parentPort, workerData } from "node:worker_threads";
import { createPolytopeWorkspace } from "../../analyse/polytope";
import { createTwins } from "../../analyse/twin";
import {
  searchWorst,
  type RoundShare,
  type WorstMeans,
  type WorstSearch,
  type WorstState,
} from "../../analyse/worst/search";
import { messageOf } from "../../errors";
import type { Network } from "../../network/network";
import { loadKernels } from "../../numeric/loadKernels";
import { createEngines } from "./engines";
import { worstMeans } from "./worstMeans";
import type { WorkerReply, WorkerRequest } from "./workers";

/** What each thread of a search is handed: the search, with its networks in shared memory. */
export interface WorstWorkerData {
  readonly network: Network;
  readonly approximated: Network;
  readonly search: Omit<WorstSearch, "twins" | "time" | "share">;
  /** When it ends, in milliseconds since 1970; never unless it is said. */
  readonly end?: number;
  readonly stop: Int32Array;
}

/** Rounds that one thread makes. */
export interface WorstTask {
  readonly share: RoundShare;
  /** How many rounds there are, its own or not: those beyond are not made. */
  readonly rounds: number;
}

/** What they found, and in how many milliseconds, to a tenth; undefined if time was up before. */
export interface WorstAnswer {
  readonly state: WorstState | undefined;
  readonly milliseconds: number;
}

/** Milliseconds between what is told of the way. */
const TELLING = 100;

/** A clock that all threads share. */
const clock = (): number => (performance.timeOrigin + performance.now()) / 1000;

async function serve(port: NonNullable<typeof parentPort>, data: WorstWorkerData): Promise<void> {
  const { network, approximated, search, end = Infinity, stop } = data;
  const twins = createTwins(network, approximated);
  const shouldStop = (): boolean => Atomics.load(stop, 0) === 1;
  const tools = await worstMeans(twins, () => ({
    workspace: createPolytopeWorkspace(twins, loadKernels()),
    engines: createEngines,
  }));
  const means: WorstMeans = { ...tools, clock, shouldStop };
  const reply = (message: WorkerReply<WorstAnswer, WorstState>): void => port.postMessage(message);

  port.on("message", ({ id, task }: WorkerRequest<WorstTask>) => {
    const start = performance.now();
    let state: WorstState | undefined;
    let told = -Infinity;
    try {
      const time = end / 1000 - clock();
      const own = { ...search, ...task, twins, ...(time < Infinity ? { time } : {}) };
      for (state of searchWorst(own, means)) {
        if (performance.now() - told < TELLING) continue;
        told = performance.now();
        reply({ kind: "progress", id, progress: state });
      }
    } catch (error) {
      reply({ kind: "failure", id, message: messageOf(error) });
      return;
    }
    const milliseconds = Math.round(10 * (performance.now() - start)) / 10;
    reply({ kind: "answer", id, answer: { state, milliseconds } });
  });
  reply({ kind: "ready" });
}

// Whoever starts this file in a thread hands it this.
if (parentPort !== null) void serve(parentPort, workerData as WorstWorkerData);
