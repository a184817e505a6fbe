import type { JsonObject, Message } from "../protocol/message";
import type { KernelClient } from "./kernelClient";

/** How a cell came to its end: by its reply, or because something ended it. */
export type CellEnd =
  | { readonly kind: "replied"; readonly content: JsonObject }
  | { readonly kind: "tookTooLong" }
  | { readonly kind: "interrupted" }
  | { readonly kind: "kernelEnded"; readonly error: Error };

export interface RunCellOptions {
  /** The most that the cell may take. */
  readonly timeoutMilliseconds: number;
  /** Interrupts the cell. */
  readonly signal: AbortSignal | undefined;
  /** Told what the kernel publishes for the cell. */
  readonly onPublication: (message: Message) => void;
}

/** How long an interrupted kernel may take to say so: its own grace, and some. */
const INTERRUPT_MILLISECONDS = 10_000;
/** The most that a timer of Node's can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Resolves when the time is up or the signal is aborted, whichever comes first. */
function waitForStop(milliseconds: number, signal: AbortSignal | undefined) {
  let cancel: () => void = () => undefined;
  const stop = new Promise<"tookTooLong" | "interrupted">((resolve) => {
    const onAbort = (): void => resolve("interrupted");
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => resolve("tookTooLong"), Math.min(milliseconds, LONGEST_TIMER));
    cancel = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  return { stop, cancel };
}

/** Sends a cell and waits for its reply and for the last of its publications. */
export async function runCell(
  client: KernelClient,
  code: string,
  { timeoutMilliseconds, signal, onPublication }: RunCellOptions,
): Promise<CellEnd> {
  const { request, reply } = client.ask("shell", "execute_request", {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  });
  let onIdle: () => void = () => undefined;
  const idle = new Promise<void>((resolve) => (onIdle = resolve));
  // Nothing arrives before this function gives way for the first time.
  const stopListening = client.listen((channel, message) => {
    if (channel !== "iopub" || message.parentHeader.msg_id !== request.header.msg_id) return;
    const isIdle = message.content.execution_state === "idle";
    if (message.header.msg_type === "status" && isIdle) onIdle();
    else onPublication(message);
  });
  const finished = Promise.race([Promise.all([reply, idle]), client.ended]).then(
    ([{ content }]): CellEnd => ({ kind: "replied", content }),
    (error: Error): CellEnd => ({ kind: "kernelEnded", error }),
  );
  const { stop, cancel } = waitForStop(timeoutMilliseconds, signal);
  const first = await Promise.race([finished, stop]);
  cancel();
  if (typeof first === "object") {
    stopListening();
    return first;
  }
  // What the interrupted cell still has to say is waited for.
  client.request("control", "interrupt_request", {});
  const grace = waitForStop(INTERRUPT_MILLISECONDS, undefined);
  await Promise.race([finished, grace.stop]);
  grace.cancel();
  stopListening();
  return { kind: first };
}
