import type { Command } from "commander";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, extname } from "node:path";
import {
  executeNotebook,
  loadNotebook,
  type ExecuteResult,
} from "../../kernel/execute/executeNotebook";
import { notebookReport, type ReportedNotebook } from "../../kernel/execute/notebookReport";
import { ArgumentError } from "../errors";
import { EXIT, parseCount, runCommand } from "./command";
import { createProgressLine } from "./progressLine";

interface ExecuteFlags {
  readonly out?: string;
  readonly html?: boolean;
  readonly report?: string;
  readonly timeout: string;
}

/** `roundlab execute`: run notebooks through the kernel without Jupyter. */
export function registerExecute(program: Command): void {
  program
    .command("execute")
    .description("run notebooks through the kernel, without Jupyter")
    .argument("<notebooks...>", "files to run, one after another")
    .option("--out <folder>", "where executed notebooks go; over the originals by default")
    .option("--html", "write an HTML page beside each, which opens offline")
    .option("--report <file>", "write one HTML page with all of them")
    .option("--timeout <seconds>", "the most that one cell may take", "600")
    .action((notebooks: string[], flags: ExecuteFlags) =>
      runCommand(() => execute(notebooks, flags)),
    );
}

async function execute(notebooks: readonly string[], flags: ExecuteFlags): Promise<number> {
  const timeoutMilliseconds = 1000 * parseCount(flags.timeout, "--timeout");
  refuseEqualNames(notebooks);
  // A file that is missing or damaged is found before hours are spent on those before it.
  for (const path of notebooks) loadNotebook(path);
  if (flags.out !== undefined) mkdirSync(flags.out, { recursive: true });
  const results: ExecuteResult[] = [];
  for (const path of notebooks) {
    const line = createProgressLine();
    const result = await executeNotebook(path, {
      out: flags.out,
      html: flags.html,
      timeoutMilliseconds,
      onProgress: ({ codeCellsDone, codeCells }) =>
        line.show(`${path}: cell ${codeCellsDone} of ${codeCells}`),
    });
    line.clear();
    results.push(result);
    process.stdout.write(`${describeResult(path, result)}\n`);
    if (result.failure !== undefined)
      process.stderr.write(`${result.failure.traceback.join("\n")}\n`);
  }
  if (flags.report !== undefined)
    writeFileSync(flags.report, notebookReport(results.map(loadResult)));
  return results.some(({ failure }) => failure !== undefined) ? EXIT.failed : EXIT.done;
}

/** An executed notebook, as a report wants it. */
function loadResult({ notebookPath }: ExecuteResult): ReportedNotebook {
  return { name: basename(notebookPath, ".ipynb"), notebook: loadNotebook(notebookPath) };
}

/** Two notebooks of one name would overwrite each other in `--out`. */
function refuseEqualNames(notebooks: readonly string[]): void {
  const names = notebooks.map((path) => basename(path, extname(path)));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ArgumentError(
      `two of the notebooks are called ${twice}; run them apart, with different --out folders`,
    );
}

function describeResult(path: string, result: ExecuteResult): string {
  const seconds = (result.milliseconds / 1000).toFixed(1);
  const written = [result.notebookPath, result.htmlPath].filter((file) => file !== undefined);
  const { failure } = result;
  if (failure === undefined) return `${path}: done in ${seconds} s -> ${written.join(", ")}`;
  const place = `cell ${failure.cellNumber} (id ${failure.cellId})`;
  return `${path}: ${place} failed: ${failure.ename}: ${failure.evalue} -> ${written.join(", ")}`;
}
