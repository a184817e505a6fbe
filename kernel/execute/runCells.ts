import { assertNever } from "../../src/errors";
import type { JsonObject } from "../protocol/message";
import { createOutputCollector } from "./cellOutputs";
import type { KernelClient } from "./kernelClient";
import type { Notebook, NotebookCell } from "./notebook";
import { runCell, type CellEnd } from "./runCell";

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
  /** Interrupts the running cell and runs no other. */
  readonly signal?: AbortSignal;
}

/** A notebook with fresh outputs, up to the first failure. */
export interface ExecutedNotebook extends ExecutionProgress {
  readonly notebook: Notebook;
  readonly failure: CellFailure | undefined;
  /** Whether the signal ended it before its last cell had run. */
  readonly isInterrupted: boolean;
}

/** What a cell failed of, as the content of a reply tells it; nothing if it ran. */
function errorOf(end: CellEnd, timeoutMilliseconds: number): JsonObject | undefined {
  const because = (ename: string, evalue: string): JsonObject => ({
    ...{ ename, evalue },
    traceback: [`${ename}: ${evalue}`],
  });
  switch (end.kind) {
    case "replied":
      return end.content.status === "ok" ? undefined : end.content;
    case "tookTooLong":
      return because(
        "CellTimeout",
        `the cell took longer than ${timeoutMilliseconds / 1000} s and was interrupted; give it more time with --timeout`,
      );
    case "interrupted":
      return because("CellInterrupted", "the execution was interrupted while this cell ran");
    case "kernelEnded":
      return because(end.error.name, end.error.message);
    default:
      return assertNever(end);
  }
}

function failureOf(cell: NotebookCell, index: number, content: JsonObject): CellFailure {
  return {
    cellNumber: index + 1,
    cellId: cell.id,
    ename: String(content.ename),
    evalue: String(content.evalue),
    traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
  };
}

/** What a cell shows of an error that the kernel could not publish any more. */
function errorOutput({ ename, evalue, traceback }: CellFailure): JsonObject {
  return { output_type: "error", ename, evalue, traceback };
}

/**
 * Runs the code cells of a notebook in order, until one fails or the signal is aborted.
 * Cells that did not run have no outputs: those that they had come from another run.
 */
export async function runCells(
  client: KernelClient,
  notebook: Notebook,
  { timeoutMilliseconds, onProgress, signal }: RunCellsOptions,
): Promise<ExecutedNotebook> {
  const collector = createOutputCollector();
  const counts = new Map<number, number | null>();
  const codeCells = notebook.cells.filter(isRunnable).length;
  let failure: CellFailure | undefined;
  let lastWords: readonly JsonObject[] = [];
  let isInterrupted = false;
  for (const [index, cell] of notebook.cells.entries()) {
    if (!isRunnable(cell)) continue;
    isInterrupted = signal?.aborted === true;
    if (isInterrupted) break;
    const end = await runCell(client, cell.source, {
      ...{ timeoutMilliseconds, signal },
      onPublication: (message) => collector.take(index, message),
    });
    const count = end.kind === "replied" ? end.content.execution_count : null;
    counts.set(index, typeof count === "number" ? count : null);
    const error = errorOf(end, timeoutMilliseconds);
    // A cell that is meant to fail is not meant to hang, or to take the kernel with it.
    if (error !== undefined && !(end.kind === "replied" && mayFail(cell))) {
      failure = failureOf(cell, index, error);
      isInterrupted = end.kind === "interrupted";
      if (end.kind === "kernelEnded") lastWords = [errorOutput(failure)];
      break;
    }
    onProgress({ codeCellsDone: counts.size, codeCells });
  }
  const outputsOf = (index: number): readonly JsonObject[] =>
    index + 1 === failure?.cellNumber
      ? [...collector.outputs(index), ...lastWords]
      : collector.outputs(index);
  const cells = notebook.cells.map((cell, index) =>
    cell.kind === "code"
      ? { ...cell, executionCount: counts.get(index) ?? null, outputs: outputsOf(index) }
      : cell,
  );
  const codeCellsDone = failure === undefined ? counts.size : counts.size - 1;
  return { notebook: { ...notebook, cells }, failure, isInterrupted, codeCellsDone, codeCells };
}

/** Whether the notebook says, as Jupyter knows it, that this cell is meant to fail. */
function mayFail({ metadata }: NotebookCell): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes("raises-exception");
}

function isRunnable(cell: NotebookCell): boolean {
  return cell.kind === "code" && cell.source.trim() !== "";
}
