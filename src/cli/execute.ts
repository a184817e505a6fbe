import type { Command } from "commander";
import { basename, resolve } from "node:path";
import {
  executePrepared,
  prepareNotebook,
  type ExecuteResult,
  type PreparedNotebook,
} from "../../kernel/execute/executeNotebook";
import { notebookReport } from "../../kernel/execute/notebookReport";
import { refuseUnwritable } from "../../kernel/execute/outputPlace";
import { parseGiven } from "../../kernel/execute/parameters";
import { ArgumentError, FormatError } from "../errors";
import { writeWhole } from "../wholeFile";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { createProgressLine } from "./progressLine";

interface ExecuteFlags {
  readonly out?: string;
  readonly output?: string;
  readonly inplace?: boolean;
  readonly html?: boolean;
  readonly report?: string;
  readonly param?: readonly string[];
  readonly force?: boolean;
  readonly timeout: string;
}

const HELP = `
Examples:
  roundlab execute study.ipynb                       writes study.executed.ipynb beside it
  roundlab execute study.ipynb --inplace             writes the outputs into study.ipynb itself
  roundlab execute study.ipynb --output out/run1.ipynb --param bits=8 --param network=net1
  roundlab execute lessons/*.ipynb --out out --html  a notebook and a page of each, in out/

A cell tagged "parameters" declares what --param can fill, with defaults: const bits = 16.
A value is read as its default is: a number, true or false, a text; JSON or a text for all
else. It stands in a cell of its own behind that one, tagged "injected-parameters", as
papermill has it.

Exit codes: 0 all cells ran; 1 a cell failed, or the kernel ended (what had run is written);
2 called wrongly, or a file cannot be read or written, or is no notebook of ours (nothing was
run); 130 ended by Ctrl-C or a signal.
`;

/** Adds one more word of an option that may be given again and again. */
function collect(word: string, words: readonly string[] = []): readonly string[] {
  return [...words, word];
}

/** `roundlab execute`: run notebooks through the kernel without Jupyter. */
export function registerExecute(program: Command): void {
  program
    .command("execute")
    .description("run notebooks through the kernel, without Jupyter")
    .argument("<notebooks...>", "files to run, one after another")
    .option(
      "--out <folder>",
      "write executed notebooks into a folder; NAME.executed.ipynb beside them by default",
    )
    .option("--output <file>", "write the executed notebook to this file")
    .option("--inplace", "write the outputs into the notebooks themselves")
    .option("--html", "write an HTML page beside each, which opens offline")
    .option("--report <file>", "write one HTML page with all of them")
    .option(
      "-p, --param <name=value>",
      "fill a parameter of the notebook; may be given again",
      collect,
    )
    .option("--force", "run a notebook in another language as TypeScript all the same")
    .option("--timeout <seconds>", "the most that one cell may take", "600")
    .addHelpText("after", HELP)
    .action((notebooks: string[], flags: ExecuteFlags) =>
      runCommand(() => execute(notebooks, flags)),
    );
}

async function execute(paths: readonly string[], flags: ExecuteFlags): Promise<number> {
  const timeoutMilliseconds = 1000 * parseCount(flags.timeout, "--timeout");
  const prepared = prepareAll(paths, flags);
  const results: ExecuteResult[] = [];
  const { signal, release } = abortOnInterrupt();
  try {
    for (const each of prepared) {
      if (signal.aborted) break;
      results.push(await executeOne(each, timeoutMilliseconds, signal));
    }
  } finally {
    release();
  }
  if (flags.report !== undefined) writeWhole(flags.report, reportOf(results));
  if (signal.aborted) return EXIT.interrupted;
  return results.some(({ failure }) => failure !== undefined) ? EXIT.failed : EXIT.done;
}

/**
 * Looks at all notebooks before any is run: what is missing or damaged is found before hours are
 * spent on those before it.
 */
function prepareAll(paths: readonly string[], flags: ExecuteFlags): PreparedNotebook[] {
  refuseTwoPlaces(paths, flags);
  const { out, output, inplace, html, force } = flags;
  const parameters = parseGiven(flags.param ?? []);
  try {
    const prepared = paths.map((path) =>
      prepareNotebook(path, { out, output, inplace, html, force, parameters }),
    );
    refuseEqualTargets(prepared);
    if (flags.report !== undefined) refuseUnwritable(flags.report);
    return prepared;
  } catch (error) {
    // Nothing was run: to a caller that is a call with the wrong file.
    if (error instanceof FormatError) throw new ArgumentError(error.message, { cause: error });
    throw error;
  }
}

function refuseTwoPlaces(paths: readonly string[], flags: ExecuteFlags): void {
  const places = (["out", "output", "inplace"] as const).filter((key) => flags[key] !== undefined);
  if (places.length > 1)
    throw new ArgumentError(`--${places.join(" and --")} exclude each other; give one of them`);
  if (flags.output !== undefined && paths.length > 1)
    throw new ArgumentError(
      `--output takes one notebook, found ${paths.length}; use --out FOLDER for more`,
    );
}

/** Two notebooks of one name would overwrite each other in `--out`. */
function refuseEqualTargets(prepared: readonly PreparedNotebook[]): void {
  const targets = prepared.map(({ notebookPath }) => resolve(notebookPath));
  const twice = targets.findIndex((target, index) => targets.indexOf(target) !== index);
  if (twice >= 0)
    throw new ArgumentError(
      `two of the notebooks would be written to ${prepared[twice].notebookPath}; run them apart, with different --out folders`,
    );
}

async function executeOne(
  prepared: PreparedNotebook,
  timeoutMilliseconds: number,
  signal: AbortSignal,
): Promise<ExecuteResult> {
  const { path } = prepared;
  const line = createProgressLine();
  try {
    const result = await executePrepared(prepared, {
      timeoutMilliseconds,
      signal,
      onProgress: ({ codeCellsDone, codeCells }) =>
        line.show(`${path}: cell ${codeCellsDone} of ${codeCells}`),
    });
    line.clear();
    process.stdout.write(`${describeResult(path, result)}\n`);
    const { failure, isInterrupted } = result;
    if (failure !== undefined && !isInterrupted)
      process.stderr.write(`${failure.traceback.join("\n")}\n`);
    return result;
  } finally {
    line.clear();
  }
}

function reportOf(results: readonly ExecuteResult[]): string {
  return notebookReport(
    results.map(({ notebookPath, notebook }) => ({
      name: basename(notebookPath, ".ipynb"),
      notebook,
    })),
  );
}

function describeResult(path: string, result: ExecuteResult): string {
  const seconds = (result.milliseconds / 1000).toFixed(1);
  const written = [result.notebookPath, result.htmlPath].filter((file) => file !== undefined);
  const { failure, codeCellsDone, codeCells } = result;
  if (!result.isWritten)
    return `${path}: interrupted before a cell had run to its end; nothing was written`;
  if (result.isInterrupted)
    return `${path}: interrupted after ${codeCellsDone} of ${codeCells} cells; what had run is kept -> ${written.join(", ")}`;
  if (failure === undefined) return `${path}: done in ${seconds} s -> ${written.join(", ")}`;
  const place = `cell ${failure.cellNumber} (id ${failure.cellId})`;
  return `${path}: ${place} failed: ${failure.ename}: ${failure.evalue} -> ${written.join(", ")}`;
}
