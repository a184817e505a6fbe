import { FormatError } from "../../src/errors";
import type { JsonObject, Message } from "../protocol/message";
import type { CellOutcome, CellRunner } from "./cellRunner";
import { createHistory, type History } from "./history";
import type { Outputs } from "./outputs";
import { isObject } from "../../src/unknownValue";

/** Everything that the answer to a request may need. */
export interface KernelParts {
  readonly info: JsonObject;
  readonly outputs: Outputs;
  history: History;
  readonly runner: CellRunner;
  /** The number of the last cell that was stored in the history. */
  executionCount: number;
}

/** Answers one request with the reply's content, or with none where the protocol knows no reply. */
export type Handler = (
  parts: KernelParts,
  request: Message,
) => Promise<JsonObject | undefined> | JsonObject | undefined;

/**
 * The code that a request is about.
 *
 * @throws FormatError if it holds none, which the client is told in an error reply
 */
function codeOf({ header, content }: Message): string {
  const { code } = content;
  if (typeof code === "string") return code;
  const found = code === undefined ? "nothing" : JSON.stringify(code);
  throw new FormatError(`${header.msg_type}: code should be a text, found ${found}`);
}

/** Runs a cell: echoes its code, publishes its error, and yields the content of its reply. */
async function execute(parts: KernelParts, request: Message): Promise<JsonObject> {
  const { outputs, history, runner } = parts;
  const isSilent = request.content.silent === true;
  const isStored = !isSilent && request.content.store_history !== false;
  const code = codeOf(request);
  const count = isStored ? ++parts.executionCount : parts.executionCount;
  if (isStored) history.add(count, code);
  if (!isSilent) outputs.publish("execute_input", { code, execution_count: count }, request);
  const outcome: CellOutcome = await runner.run({
    request,
    count,
    isSilent,
    onResult: (data) => {
      if (isStored) history.setOutput(count, String(data["text/plain"] ?? ""));
    },
  });
  const { error, payload, userExpressions } = outcome;
  if (error === undefined)
    return {
      status: "ok",
      execution_count: count,
      payload,
      user_expressions: userExpressions,
    };
  if (!isSilent) outputs.publish("error", { ...error }, request);
  return { status: "error", execution_count: count, ...error };
}

async function complete({ runner }: KernelParts, request: Message): Promise<JsonObject> {
  const code = codeOf(request);
  const position = Number(request.content.cursor_pos ?? 0);
  const answer = await runner.ask({ kind: "complete", code, cursor: toUnits(code, position) });
  const { start, end } = answer ?? {};
  return {
    status: "ok",
    matches: answer?.matches ?? [],
    cursor_start: typeof start === "number" ? toPoints(code, start) : position,
    cursor_end: typeof end === "number" ? toPoints(code, end) : position,
    metadata: answer?.metadata ?? {},
  };
}

async function inspect({ runner }: KernelParts, request: Message): Promise<JsonObject> {
  const code = codeOf(request);
  const cursor = toUnits(code, Number(request.content.cursor_pos ?? 0));
  const answer = await runner.ask({ kind: "inspect", code, cursor });
  const data = isObject(answer?.data) ? answer.data : {};
  return { status: "ok", found: Object.keys(data).length > 0, data, metadata: {} };
}

async function isComplete({ runner }: KernelParts, request: Message): Promise<JsonObject> {
  const answer = await runner.ask({ kind: "isComplete", code: codeOf(request) });
  return answer?.completeness === undefined
    ? { status: "unknown" }
    : { status: answer.completeness, indent: answer.indent ?? "" };
}

/** Positions in messages count Unicode characters; the type checker counts UTF-16 units. */
function toUnits(code: string, points: number): number {
  return Array.from(code).slice(0, Math.max(0, points)).join("").length;
}

function toPoints(code: string, units: number): number {
  return Array.from(code.slice(0, units)).length;
}

/** The requests that the kernel knows, each with its handler. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  kernel_info_request: (parts) => parts.info,
  execute_request: execute,
  complete_request: complete,
  inspect_request: inspect,
  is_complete_request: isComplete,
  history_request: (parts, request) => parts.history.answer(request.content),
  comm_info_request: () => ({ status: "ok", comms: {} }),
  // No comm target exists here: the protocol wants an unknown one closed at once.
  comm_open: (parts, request) => {
    parts.outputs.publish("comm_close", { comm_id: request.content.comm_id, data: {} }, request);
    return undefined;
  },
  comm_msg: () => undefined,
  comm_close: () => undefined,
  interrupt_request: (parts) => {
    parts.runner.interrupt();
    return { status: "ok" };
  },
  // No message of Jupyter's: what several notebooks in a row ask of one kernel, in the place of a
  // restart.
  roundlab_forget_request: async (parts) => {
    const answer = await parts.runner.ask({ kind: "forget" });
    if (answer?.status !== "ok") return { status: "error" };
    parts.executionCount = 0;
    parts.history = createHistory();
    return { status: "ok" };
  },
  shutdown_request: (parts, request) => {
    parts.runner.close();
    return { status: "ok", restart: request.content.restart === true };
  },
  debug_request: () => ({ success: false, message: "this kernel has no debugger" }),
};
