import { mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import {
  executePrepared,
  prepareNotebook,
  type ExecuteResult,
} from "../../kernel/execute/executeNotebook";
import { createKernelPool } from "../../kernel/execute/kernelSupply";
import { joinLines } from "../../kernel/execute/notebook";
import { ArgumentError } from "../errors";
import { provenanceFacts } from "../experiment/provenance";
import { nearestFirst } from "../nearestNames";
import { loadNetwork } from "../network/load";
import { packageRoot } from "../packageRoot";
import { orderNotebooks, paper } from "../paper/exhibits";
import { renderReproduction } from "../paper/reproduction";
import { twoSided } from "../paper/twoSided";
import { renderHtmlReport } from "../present/report/htmlReport";
import { notebookSection } from "../present/report/notebookSections";
import { formatSeconds } from "../present/numberFormat";
import { loadPlotlyScript } from "../present/figure/plotlyScript";
import { renderSvg } from "../present/svg/staticSvg";
import { plainText } from "../quoteName";
import { writeWhole } from "../wholeFile";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { createNotebookProgress } from "./notebookProgress";
import { requireFileToWrite, requireFolderToWrite } from "./places";
import { runTogether } from "./runTogether";
import { isObject } from "../unknownValue";

interface ReproduceFlags {
  readonly out: string;
  readonly timeout: string;
  readonly jobs: string;
  readonly writeDocs?: string | true;
}

/**
 * `roundlab reproduce`: all notebooks of the package through the kernel, their tables, one report.
 */
export function registerReproduce(program: Command): void {
  program
    .command("reproduce")
    .description("run the package's notebooks, print their tables, write one report")
    .argument("[names...]", "some of the notebooks, such as table-3; all by default")
    .option("--out <folder>", "where executed notebooks and report.html go", "out")
    .option("--timeout <seconds>", "the most that one cell may take", "600")
    .option(
      "--jobs <count>",
      "how many notebooks run at a time, each lot in a kernel that forgets between them",
      "2",
    )
    .option(
      "--write-docs [file]",
      "instead, write the page that sets the paper's numbers beside the stored ones (docs/reproduction.md)",
    )
    .action((names: string[], flags: ReproduceFlags) =>
      runCommand(() =>
        flags.writeDocs === undefined ? reproduce(names, flags) : writeDocs(flags.writeDocs),
      ),
    );
}

async function reproduce(names: readonly string[], flags: ReproduceFlags): Promise<number> {
  const start = performance.now();
  const folder = join(packageRoot(), "notebooks");
  const known = notebookNames(folder);
  const wanted = names.length > 0 ? names : known;
  for (const name of wanted) {
    if (!known.includes(name)) {
      throw new ArgumentError(
        `there is no notebook "${plainText(name)}"; there are ${nearestFirst(name, known).join(", ")}`,
      );
    }
  }
  const jobs = parseCount(flags.jobs, "--jobs");
  const timeoutMilliseconds = 1000 * parseCount(flags.timeout, "--timeout");
  requireFolderToWrite(flags.out, "--out");
  mkdirSync(flags.out, { recursive: true });
  // What is missing or damaged is found before minutes are spent on the others.
  const prepared = wanted.map((name) =>
    prepareNotebook(join(folder, `${name}.ipynb`), { out: flags.out }),
  );
  process.stderr.write(`${describePlan(wanted.length, jobs)}\n`);
  const { signal, release } = abortOnInterrupt();
  const progress = createNotebookProgress(wanted.length);
  const kernels = createKernelPool();
  const results = await runTogether(prepared, jobs, async (each) => {
    if (signal.aborted) return undefined;
    const name = basename(each.path, ".ipynb");
    const result = await executePrepared(each, {
      timeoutMilliseconds,
      ...{ signal, kernels },
      onProgress: (state) => progress.update(name, state),
    });
    progress.finish(name);
    if (result.isWritten) printNotebook(name, result);
    return result;
  }).finally(async () => {
    release();
    await kernels.close();
  });
  progress.clear();
  const done = results.flatMap((result) => (result?.isWritten === true ? [result] : []));
  const report = join(flags.out, "report.html");
  writeWhole(report, reportOf(done));
  const ran = done.filter(({ failure, isInterrupted }) => failure === undefined && !isInterrupted);
  const seconds = formatSeconds((performance.now() - start) / 1000);
  process.stdout.write(
    `${ran.length} of ${wanted.length} notebooks ran in ${seconds}; ` +
      `open ${resolve(report)} in a browser\n`,
  );
  if (signal.aborted) return EXIT.interrupted;
  return ran.length === wanted.length ? EXIT.done : EXIT.failed;
}

/** Of all ten notebooks, two at a time on two cores, with the full MNIST beside them. */
const SECONDS_OF_A_NOTEBOOK = 18;

function describePlan(count: number, jobs: number): string {
  const together = Math.min(count, jobs);
  const each = count === 1 ? "1 notebook" : `${count} notebooks, ${together} at a time`;
  const seconds = (SECONDS_OF_A_NOTEBOOK * count) / Math.min(together, 2);
  return `${each}; about ${formatSeconds(seconds)} on two quiet cores (an estimate)`;
}

/** Writes `docs/reproduction.md`, or another file, and the README's figures from stored rows. */
async function writeDocs(file: string | true): Promise<number> {
  const path = file === true ? join(packageRoot(), "docs", "reproduction.md") : file;
  requireFileToWrite(path, "--write-docs");
  const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
  writeWhole(path, await renderReproduction(networks));
  const pictures = {
    "figure-1.svg": paper.figure1.figure(await paper.figure1.load({ networks })),
    "two-sided.svg": twoSided.figure(await twoSided.load({ networks })),
  };
  const written = [path];
  for (const [name, figure] of Object.entries(pictures)) {
    const picture = join(dirname(path), name);
    writeWhole(picture, await renderSvg(figure));
    written.push(picture);
  }
  process.stdout.write(`wrote ${written.map((one) => resolve(one)).join(", ")}\n`);
  return EXIT.done;
}

/** One page with all executed notebooks, which opens from disk offline. */
function reportOf(results: readonly ExecuteResult[]): string {
  const sections = results.map(({ notebookPath, notebook }) =>
    notebookSection(basename(notebookPath, ".ipynb"), notebook),
  );
  return renderHtmlReport({
    title: "RoundLab: weight-rounding error, exhibit by exhibit",
    summary:
      "Every number says what it is: a bound, an attained value, an estimate, a sample, or printed in the paper.",
    sections,
    provenance: provenanceFacts().map(({ what, value }) => [what, value] as const),
    plotlyScript: loadPlotlyScript(),
  });
}

/** The tour first, then the exhibits in the paper's order. */
function notebookNames(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return orderNotebooks(files.map((name) => basename(name, ".ipynb")));
}

/** The tables of an executed notebook as text, and what went wrong in it. */
function printNotebook(name: string, result: ExecuteResult): void {
  const seconds = formatSeconds(result.milliseconds / 1000);
  process.stdout.write(`\n── ${name} (${seconds})\n\n`);
  for (const cell of result.notebook.cells) {
    if (cell.kind !== "code") continue;
    for (const output of cell.outputs) {
      const { data } = output;
      if (!isObject(data) || !("application/vnd.dataresource+json" in data)) continue;
      process.stdout.write(`${joinLines(data["text/plain"])}\n\n`);
    }
  }
  const { failure } = result;
  if (failure !== undefined) {
    process.stderr.write(`${name}: cell ${failure.cellNumber} failed\n`);
    process.stderr.write(`${failure.traceback.join("\n")}\n`);
  }
}
