import type { JsonObject, Message } from "../protocol/message";

/** Runs execute requests one after another, in the order of their arrival. */
export interface ExecutionQueue {
  add(request: Message): void;
}

/** The content of the reply to a cell that is not run because one before it failed. */
export const abortedContent: JsonObject = { status: "aborted" };

/**
 * A queue that hands each request to `run`, or to `abort` if it was waiting when a cell failed whose
 * request did not say `stop_on_error: false`.
 *
 * @param run  executes a cell and yields the content of its reply
 */
export function createExecutionQueue(
  run: (request: Message) => Promise<JsonObject | undefined>,
  abort: (request: Message) => Promise<unknown>,
): ExecutionQueue {
  let waiting: Message[] = [];
  let isBusy = false;

  const work = async (): Promise<void> => {
    isBusy = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const content = await run(request);
      if (content?.status !== "error" || request.content.stop_on_error === false) continue;
      // What stands in the sockets' buffers was sent before the failure was known: let it arrive.
      await new Promise((resolve) => setImmediate(resolve));
      const aborted = waiting;
      waiting = [];
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
