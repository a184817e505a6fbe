import { quoteName } from "../../src/quoteName";
import { createReply, type JsonObject, type Message, type Sender } from "../protocol/message";
import { createCellRunner } from "./cellRunner";
import { ABORTED_CONTENT, createExecutionQueue, type BeforeReply } from "./executionQueue";
import { createHistory } from "./history";
import { createOutputs } from "./outputs";
import { HANDLERS, type KernelParts } from "./requests";
import type { RequestChannel } from "./sockets";

/** The way out of the kernel: replies, publications, its own log, and the end of the process. */
export interface KernelExits {
  log(text: string): void;
  send(channel: RequestChannel, message: Message): void;
  publish(message: Message): void;
  /** Called once everything about the last request has been handed over. */
  shutDown(): void;
}

/** A kernel that answers requests; see `openSockets` for where they come from. */
export interface Kernel {
  receive(channel: RequestChannel, message: Message): void;
  interrupt(): void;
  /** Ends the cell process. */
  close(): void;
}

/** An error inside the kernel, as the content of a reply. */
function describeFault(error: unknown): JsonObject {
  const fault = error instanceof Error ? error : new Error(String(error));
  const traceback = (fault.stack ?? fault.message).split("\n");
  return { status: "error", ename: fault.name, evalue: fault.message, traceback };
}

/** A kernel whose cell process is started at once. */
export function createKernel(sender: Sender, info: JsonObject, exits: KernelExits): Kernel {
  const outputs = createOutputs(sender, exits.publish);
  const runner = createCellRunner(outputs, {
    prompt: (content, request) =>
      exits.send("stdin", createReply(sender, "input_request", content, request)),
    log: exits.log,
  });
  const parts: KernelParts = { info, outputs, runner, history: createHistory(), executionCount: 0 };

  /** Announces the work on a request, does it, replies, and announces its end. */
  const answer = async (
    channel: RequestChannel,
    request: Message,
    work: () => Promise<JsonObject | undefined> | JsonObject | undefined,
    beforeReply?: BeforeReply,
  ): Promise<void> => {
    outputs.publish("status", { execution_state: "busy" }, request);
    const content = await Promise.resolve().then(work).catch(describeFault);
    await beforeReply?.(content);
    if (content !== undefined) {
      const type = request.header.msg_type.replace(/_request$/, "_reply");
      exits.send(channel, createReply(sender, type, content, request));
    }
    outputs.publish("status", { execution_state: "idle" }, request);
  };

  const executions = createExecutionQueue(
    (request, beforeReply) =>
      answer("shell", request, () => HANDLERS.execute_request(parts, request), beforeReply),
    (request) => answer("shell", request, () => ABORTED_CONTENT),
  );

  return {
    receive: (channel, request) => {
      const type = request.header.msg_type;
      if (type === "input_reply") {
        runner.answerPrompt(String(request.content.value ?? ""));
      } else if (type === "execute_request") {
        executions.add(request);
      } else if (Object.hasOwn(HANDLERS, type)) {
        void answer(channel, request, () => HANDLERS[type](parts, request)).then(() => {
          if (type === "shutdown_request") exits.shutDown();
        });
      } else {
        exits.log(`unknown request ${quoteName(type)} ignored`);
      }
    },
    interrupt: () => runner.interrupt(),
    close: () => runner.close(),
  };
}
