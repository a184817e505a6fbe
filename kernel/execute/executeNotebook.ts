import { basename, dirname, extname, resolve } from "node:path";
import type { JsonObject } from "../protocol/message";
import { ONE_EACH, type KernelSupply } from "./kernelSupply";
import { loadNotebook } from "./loadNotebook";
import { formatNotebook, type Notebook } from "./notebook";
import { refuseOtherLanguage } from "./notebookLanguage";
import { notebookReport } from "./notebookReport";
import {
  planOutputs,
  refuseUnwritable,
  writeOrRescue,
  type OutputFiles,
  type OutputPlace,
} from "./outputPlace";
import { writeWhole } from "../../src/wholeFile";
import { withParameters, type GivenParameters } from "./parameters";
import { runCells, type ExecutedNotebook, type ExecutionProgress } from "./runCells";

/** What is to be done with a notebook: where it goes, and what is asked of it before it runs. */
export interface PrepareOptions extends OutputPlace {
  /** Whether to write an HTML report too. */
  readonly html?: boolean;
  /** Whether to run a notebook that says it is in another language. */
  readonly force?: boolean;
  /** Values for the cell tagged `parameters`. */
  readonly parameters?: GivenParameters;
}

/** What `executeNotebook` may be told. */
export interface ExecuteOptions extends PrepareOptions, RunOptions {}

/** How a prepared notebook is run. */
export interface RunOptions {
  readonly onProgress?: (progress: ExecutionProgress) => void;
  /** The most that one cell may take. */
  readonly timeoutMilliseconds?: number;
  /** Ends the execution; what has run by then is written. */
  readonly signal?: AbortSignal;
  /** Where the kernel comes from: one of its own by default. */
  readonly kernels?: KernelSupply;
}

/** A notebook that can be run: it was read, is ours, and its results can be written. */
export interface PreparedNotebook extends OutputFiles {
  readonly path: string;
  readonly notebook: Notebook;
}

/** What came of a notebook. The files are written also when a cell failed. */
export interface ExecuteResult extends OutputFiles, ExecutedNotebook {
  /**
   * False only if the execution was interrupted before its first cell had run: nothing is
   * overwritten.
   */
  readonly isWritten: boolean;
  readonly milliseconds: number;
}

/** What Jupyter notes in a notebook about the kernel that ran it. */
function describeKernel(info: JsonObject): JsonObject {
  return {
    kernelspec: { display_name: "TypeScript (RoundLab)", language: "typescript", name: "roundlab" },
    language_info: info.language_info,
  };
}

/**
 * Reads a notebook and makes sure of all that can be known before it runs.
 *
 * @throws ArgumentError if a file cannot be read or written, the notebook is in another language,
 *   or a parameter does not fit; FormatError if the file is not a notebook
 */
export function prepareNotebook(path: string, options: PrepareOptions = {}): PreparedNotebook {
  const loaded = loadNotebook(path);
  if (options.force !== true) refuseOtherLanguage(loaded, path);
  const notebook = withParameters(loaded, options.parameters ?? new Map(), path);
  const files = planOutputs(path, options, options.html === true);
  refuseUnwritable(files.notebookPath);
  if (files.htmlPath !== undefined) refuseUnwritable(files.htmlPath);
  return { path, notebook, ...files };
}

/**
 * Runs a prepared notebook through a kernel, over the real protocol, in the notebook's folder.
 *
 * @returns where the results are, and the failure if a cell failed
 * @throws KernelError if the kernel ends before it answers, StoreError if the results cannot be
 *   written
 */
export async function executePrepared(
  { path, notebook, notebookPath, htmlPath }: PreparedNotebook,
  {
    onProgress = () => undefined,
    timeoutMilliseconds = 600_000,
    signal,
    kernels = ONE_EACH,
  }: RunOptions = {},
): Promise<ExecuteResult> {
  const start = performance.now();
  const client = await kernels.take(dirname(resolve(path)));
  let isSound = false;
  try {
    const info = await client.ask("shell", "kernel_info_request", {}).reply;
    const executed = await runCells(client, notebook, { timeoutMilliseconds, onProgress, signal });
    isSound = executed.failure === undefined && !executed.isInterrupted;
    const metadata = { ...notebook.metadata, ...describeKernel(info.content) };
    const complete = { ...executed.notebook, metadata };
    const isWritten = !executed.isInterrupted || executed.codeCellsDone > 0;
    if (isWritten) writeOrRescue(notebookPath, formatNotebook(complete));
    if (isWritten && htmlPath !== undefined) {
      const name = basename(path, extname(path));
      writeWhole(htmlPath, notebookReport([{ name, notebook: complete }]));
    }
    const milliseconds = performance.now() - start;
    const files = { notebookPath, htmlPath, isWritten };
    return { ...executed, ...files, notebook: complete, milliseconds };
  } finally {
    await kernels.giveBack(client, isSound);
  }
}

/** Prepares a notebook and runs it: see `prepareNotebook` and `executePrepared`. */
export async function executeNotebook(
  path: string,
  options: ExecuteOptions = {},
): Promise<ExecuteResult> {
  return executePrepared(prepareNotebook(path, options), options);
}
