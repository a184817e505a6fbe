import type { JsonObject, Message } from "../protocol/message";

/** Runs execute requests one after another, in the order of their arrival. */
export interface ExecutionQueue {
  add(request: Message): void;
}

/** The content of the reply to a cell that is not run because one before it failed. */
export const ABORTED_CONTENT: JsonObject = { status: "aborted" };

/** Told the content of a reply before the reply is sent. */
export type BeforeReply = (content: JsonObject | undefined) => Promise<void>;

/**
 * A queue that hands each request to `run`, or to `abort` if it was waiting when a cell failed
 * whose request did not say `stop_on_error: false`.
 *
 * @param run  executes a cell; it calls `beforeReply` with the content of its reply
 */
export function createExecutionQueue(
  run: (request: Message, beforeReply: BeforeReply) => Promise<unknown>,
  abort: (request: Message) => Promise<unknown>,
): ExecutionQueue {
  let waiting: Message[] = [];
  let isBusy = false;

  const work = async (): Promise<void> => {
    isBusy = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      let aborted: Message[] = [];
      const doesStop = request.content.stop_on_error !== false;
      // Once the reply is out, what comes was sent by somebody who knows of the failure.
      await run(request, async (content) => {
        if (content?.status !== "error" || !doesStop) return;
        // What stands in the sockets' buffers was sent before the failure was known: let it arrive.
        await new Promise((resolve) => setImmediate(resolve));
        aborted = waiting;
        waiting = [];
      });
      for (const each of aborted) await abort(each);
    }
    isBusy = false;
  };

  return {
    add: (request) => {
      waiting.push(request);
      if (!isBusy) void work();
    },
  };
}
