import type { JsonObject, Message } from "../protocol/message";
import { createOutputCollector } from "./cellOutputs";
import type { KernelClient } from "./kernelClient";
import type { Notebook, NotebookCell } from "./notebook";

/** The first cell of a notebook that failed. */
export interface CellFailure {
  /** Which cell of all, counted from one. */
  readonly cellNumber: number;
  readonly cellId: string;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** How far the execution of a notebook has come. */
export interface ExecutionProgress {
  readonly codeCellsDone: number;
  readonly codeCells: number;
}

export interface RunCellsOptions {
  readonly timeoutMilliseconds: number;
  readonly onProgress: (progress: ExecutionProgress) => void;
}

/** A notebook with fresh outputs, up to the first failure. */
export interface ExecutedNotebook {
  readonly notebook: Notebook;
  readonly failure: CellFailure | undefined;
}

/** How long an interrupted kernel may take to say so: its own grace, and some. */
const interruptMilliseconds = 10_000;

function failureOf(cell: NotebookCell, index: number, content: JsonObject): CellFailure {
  return {
    cellNumber: index + 1,
    cellId: cell.id,
    ename: String(content.ename),
    evalue: String(content.evalue),
    traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
  };
}

/** Waits for a promise for so long; `undefined` when the time is up. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends a cell and waits for its reply and for the last of its publications. */
async function runCell(
  client: KernelClient,
  source: string,
  onPublication: (message: Message) => void,
  timeoutMilliseconds: number,
): Promise<JsonObject> {
  const { request, reply } = client.ask("shell", "execute_request", {
    code: source,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  });
  let onIdle: () => void = () => undefined;
  const idle = new Promise<void>((resolve) => (onIdle = resolve));
  // Nothing arrives before this function gives way for the first time.
  const stop = client.listen((channel, message) => {
    if (channel !== "iopub" || message.parentHeader.msg_id !== request.header.msg_id) return;
    const isIdle = message.content.execution_state === "idle";
    if (message.header.msg_type === "status" && isIdle) onIdle();
    else onPublication(message);
  });
  const finished = Promise.race([Promise.all([reply, idle]), client.ended]);
  const inTime = await within(finished, timeoutMilliseconds);
  if (inTime !== undefined) {
    stop();
    return inTime[0].content;
  }
  client.request("control", "interrupt_request", {});
  await within(finished, interruptMilliseconds);
  stop();
  const evalue = `the cell took longer than ${timeoutMilliseconds / 1000} s and was interrupted; give it more time with --timeout`;
  return { status: "error", ename: "CellTimeout", evalue, traceback: [`CellTimeout: ${evalue}`] };
}

/** Runs the code cells of a notebook in order, until one fails. */
export async function runCells(
  client: KernelClient,
  notebook: Notebook,
  { timeoutMilliseconds, onProgress }: RunCellsOptions,
): Promise<ExecutedNotebook> {
  const collector = createOutputCollector();
  const counts = new Map<number, number | null>();
  const codeCells = notebook.cells.filter(isRunnable).length;
  let failure: CellFailure | undefined;
  for (const [index, cell] of notebook.cells.entries()) {
    if (!isRunnable(cell)) continue;
    const take = (message: Message): void => collector.take(index, message);
    const content = await runCell(client, cell.source, take, timeoutMilliseconds);
    counts.set(index, typeof content.execution_count === "number" ? content.execution_count : null);
    if (content.status !== "ok" && !mayFail(cell)) {
      failure = failureOf(cell, index, content);
      break;
    }
    onProgress({ codeCellsDone: counts.size, codeCells });
  }
  const cells = notebook.cells.map((cell, index) =>
    cell.kind === "code"
      ? { ...cell, executionCount: counts.get(index) ?? null, outputs: collector.outputs(index) }
      : cell,
  );
  return { notebook: { ...notebook, cells }, failure };
}

/** Whether the notebook says, as Jupyter knows it, that this cell is meant to fail. */
function mayFail({ metadata }: NotebookCell): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes("raises-exception");
}

function isRunnable(cell: NotebookCell): boolean {
  return cell.kind === "code" && cell.source.trim() !== "";
}
