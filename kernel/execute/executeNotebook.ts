import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { ArgumentError } from "../../src/errors";
import type { JsonObject } from "../protocol/message";
import { startKernel } from "./kernelClient";
import { formatNotebook, parseNotebook, type Notebook } from "./notebook";
import { notebookReport } from "./notebookReport";
import { runCells, type CellFailure, type ExecutionProgress } from "./runCells";

/** What `executeNotebook` may be told. */
export interface ExecuteOptions {
  /** The folder that the executed notebook goes to; beside the original, over it, unless given. */
  readonly out?: string;
  /** Whether to write an HTML report too. */
  readonly html?: boolean;
  readonly onProgress?: (progress: ExecutionProgress) => void;
  /** The most that one cell may take. */
  readonly timeoutMilliseconds?: number;
}

/** What came of a notebook. */
export interface ExecuteResult {
  /** The executed notebook, written also when a cell failed. */
  readonly notebookPath: string;
  readonly htmlPath: string | undefined;
  /** The first cell that failed; those after it were not run. */
  readonly failure: CellFailure | undefined;
  readonly milliseconds: number;
}

const defaults = { html: false, timeoutMilliseconds: 600_000 };

/** Writes a file so that it is there whole or not at all. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.partial`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/**
 * Reads a notebook from disk.
 *
 * @throws ArgumentError if the file cannot be read, FormatError if it is not a notebook
 */
export function loadNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new ArgumentError(`notebook ${path} cannot be read: ${reason}`, { cause: error });
  }
  return parseNotebook(text, path);
}

/** What Jupyter notes in a notebook about the kernel that ran it. */
function describeKernel(info: JsonObject): JsonObject {
  return {
    kernelspec: { display_name: "TypeScript (RoundLab)", language: "typescript", name: "roundlab" },
    language_info: info.language_info,
  };
}

/**
 * Runs a notebook through a kernel of its own, over the real protocol, in the notebook's folder.
 *
 * @returns where the results are, and the failure if a cell failed
 * @throws ArgumentError if the file cannot be read, FormatError if it is not a notebook
 */
export async function executeNotebook(
  path: string,
  options: ExecuteOptions = {},
): Promise<ExecuteResult> {
  const { out, html, timeoutMilliseconds, onProgress } = { ...defaults, ...options };
  const start = performance.now();
  const notebook = loadNotebook(path);
  const folder = dirname(resolve(path));
  const client = await startKernel(folder);
  try {
    const info = await client.ask("shell", "kernel_info_request", {}).reply;
    const executed = await runCells(client, notebook, {
      timeoutMilliseconds,
      onProgress: onProgress ?? (() => undefined),
    });
    const metadata = { ...notebook.metadata, ...describeKernel(info.content) };
    const complete = { ...executed.notebook, metadata };
    const outFolder = out ?? folder;
    mkdirSync(outFolder, { recursive: true });
    const name = basename(path, extname(path));
    const notebookPath = join(outFolder, `${name}.ipynb`);
    writeWhole(notebookPath, formatNotebook(complete));
    const htmlPath = html ? join(outFolder, `${name}.html`) : undefined;
    if (htmlPath !== undefined)
      writeWhole(htmlPath, notebookReport([{ name, notebook: complete }]));
    const milliseconds = performance.now() - start;
    return { notebookPath, htmlPath, failure: executed.failure, milliseconds };
  } finally {
    await client.shutDown();
  }
}
