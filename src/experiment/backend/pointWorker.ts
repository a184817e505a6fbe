import { parentPort, workerData } from "node:worker_threads";
import type { Domain } from "../../analyse/domain";
import { createPolytopeWorkspace, type PolytopeWorkspace } from "../../analyse/polytope";
import { createTwins } from "../../analyse/twin";
import type { Engine } from "../../lp/program";
import type { Network } from "../../network/network";
import { loadKernels } from "../../numeric/loadKernels";
import { createEngines } from "./engines";
import type { WorkerReply, WorkerRequest } from "./workers";

/** One point to be solved. */
export interface PointTask {
  readonly point: number;
  readonly x: Float64Array;
}

/** What a worker found there, and in how many milliseconds, to a tenth. */
export type PointAnswer<Result> = Result & { readonly milliseconds: number };

/** What `runPoints` hands to each thread. */
export interface PointWorkerData {
  readonly network: Network;
  readonly approximated: Network;
  readonly domain: Domain;
  readonly solver: string;
  readonly settings?: object;
  readonly timeLimitMilliseconds?: number;
  readonly stop: Int32Array;
}

/**
 * What a point is solved with; the workspace and the engines keep their buffers from point to
 * point.
 */
export interface PointTools {
  readonly workspace: PolytopeWorkspace;
  readonly engines: readonly Engine[];
  readonly domain: Domain;
  /** What the variant gives its worker, as it was sent. */
  readonly settings: object | undefined;
  readonly shouldStop: () => boolean;
}

/** In a worker thread: solves the points it is sent, one after another, until it is ended. */
export async function servePoints<Result>(
  solve: (x: Float64Array, tools: PointTools) => Result,
): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  // Whoever starts this file in a thread hands it this.
  const data = workerData as PointWorkerData;
  const twins = createTwins(data.network, data.approximated);
  const workspace = createPolytopeWorkspace(twins, loadKernels());
  const engines = await createEngines(data.solver);
  const { domain, settings } = data;
  const limit = data.timeLimitMilliseconds ?? Infinity;
  const reply = (message: WorkerReply<PointAnswer<Result>>): void => port.postMessage(message);
  port.on("message", ({ id, task }: WorkerRequest<PointTask>) => {
    const start = performance.now();
    const shouldStop = (): boolean =>
      Atomics.load(data.stop, 0) === 1 || performance.now() - start > limit;
    try {
      const result = solve(task.x, { workspace, engines, domain, settings, shouldStop });
      const milliseconds = Math.round(10 * (performance.now() - start)) / 10;
      reply({ kind: "answer", id, answer: { ...result, milliseconds } });
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      reply({ kind: "failure", id, message: `point ${task.point}: ${message}` });
    }
  });
  reply({ kind: "ready" });
}
