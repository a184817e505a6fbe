import { parentPort, workerData } from "node:worker_threads";
import { largestIndex } from "../../analyse/accuracy";
import { createPatternPasses } from "../../analyse/choosePasses";
import { checkFlows, checkInput } from "../../network/checkFinite";
import type { Network } from "../../network/network";
import { loadKernels } from "../../numeric/loadKernels";
import type { ClassifyAnswer, ClassifyTask } from "./classifyTask";
import type { WorkerReply, WorkerRequest } from "./workers";
import { messageOf } from "../../errors";

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
    const classes: number[] = [];
    try {
      for (const point of task.points) {
        checkInput(data.network, point);
        passes.forward(point);
        // Logits that are no numbers would count as class 0.
        checkFlows(data.network, passes.flows);
        classes.push(largestIndex(logits));
      }
    } catch (error) {
      const message = `image ${task.images[classes.length]}: ${messageOf(error)}`;
      reply({ kind: "failure", id, message });
      return;
    }
    reply({ kind: "answer", id, answer: { classes, milliseconds: performance.now() - start } });
  });
  reply({ kind: "ready" });
}

// `classifyBlocks` starts the thread with such data.
if (parentPort !== null) serve(parentPort, workerData as ClassifyWorkerData);
