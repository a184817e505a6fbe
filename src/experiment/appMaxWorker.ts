import { parentPort, workerData } from "node:worker_threads";
import { appMax } from "../analyse/appMax";
import { parseDomain } from "../analyse/domain";
import { createPolytopeWorkspace } from "../analyse/polytope";
import { createTwins } from "../analyse/twin";
import type { Network } from "../network/network";
import { loadKernels } from "../numeric/loadKernels";
import type { AppMaxAnswer, AppMaxTask } from "./appMaxTask";
import { createEngines } from "./engines";
import type { WorkerReply, WorkerRequest } from "./workers";

/** What `runAppMax` hands to each thread. */
export interface AppMaxWorkerData {
  readonly network: Network;
  readonly approximated: Network;
  readonly domain: string;
  readonly solver: string;
  readonly timeLimitMilliseconds?: number;
  readonly stop: Int32Array;
}

/** Solves the points it is sent, one after another, until it is ended. */
async function serve(port: NonNullable<typeof parentPort>, data: AppMaxWorkerData): Promise<void> {
  const twins = createTwins(data.network, data.approximated);
  const workspace = createPolytopeWorkspace(twins, loadKernels());
  const engines = await createEngines(data.solver);
  const domain = parseDomain(data.domain);
  const reply = (message: WorkerReply<AppMaxAnswer>): void => port.postMessage(message);
  port.on("message", ({ id, task }: WorkerRequest<AppMaxTask>) => {
    const start = performance.now();
    const limit = data.timeLimitMilliseconds ?? Infinity;
    const shouldStop = (): boolean =>
      Atomics.load(data.stop, 0) === 1 || performance.now() - start > limit;
    try {
      const result = appMax(workspace, task.x, engines, { domain, shouldStop });
      reply({
        kind: "answer",
        id,
        answer: { ...result, milliseconds: performance.now() - start },
      });
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      reply({ kind: "failure", id, message: `point ${task.point}: ${message}` });
    }
  });
  reply({ kind: "ready" });
}

if (parentPort !== null) void serve(parentPort, workerData as AppMaxWorkerData);
