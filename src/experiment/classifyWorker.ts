import { parentPort, workerData } from "node:worker_threads";
import { largestIndex } from "../analyse/accuracy";
import { createPatternPasses } from "../analyse/choosePasses";
import type { Network } from "../network/network";
import { loadKernels } from "../numeric/loadKernels";
import type { ClassifyAnswer, ClassifyTask } from "./classifyTask";
import type { WorkerReply, WorkerRequest } from "./workers";

/** What `classifyBlocks` hands to each thread. */
export interface ClassifyWorkerData {
  readonly network: Network;
  readonly stop: Int32Array;
}

/** Classifies the images it is sent, in binary64, until it is ended. */
function serve(port: NonNullable<typeof parentPort>, data: ClassifyWorkerData): void {
  const [passes] = createPatternPasses([data.network], loadKernels());
  const logits = passes.flows[passes.flows.length - 1];
  const reply = (message: WorkerReply<ClassifyAnswer>): void => port.postMessage(message);
  port.on("message", ({ id, task }: WorkerRequest<ClassifyTask>) => {
    const start = performance.now();
    const classes = task.points.map((point) => {
      passes.forward(point);
      return largestIndex(logits);
    });
    reply({
      kind: "answer",
      id,
      answer: { classes, milliseconds: performance.now() - start },
    });
  });
  reply({ kind: "ready" });
}

if (parentPort !== null) serve(parentPort, workerData as ClassifyWorkerData);
