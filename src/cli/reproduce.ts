import { readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { executeNotebook, type ExecuteResult } from "../../kernel/execute/executeNotebook";
import { joinLines, parseNotebook } from "../../kernel/execute/notebook";
import { ArgumentError } from "../errors";
import { provenanceFacts } from "../experiment/provenance";
import { nearestFirst } from "../nearestNames";
import { loadNetwork } from "../network/load";
import { packageRoot } from "../packageRoot";
import { orderNotebooks } from "../paper/exhibits";
import { renderReproduction } from "../paper/reproduction";
import { renderHtmlReport } from "../present/htmlReport";
import { notebookSection } from "../present/notebookSections";
import { formatSeconds } from "../present/numberFormat";
import { loadPlotlyScript } from "../present/plotlyScript";
import { EXIT, parseCount, runCommand } from "./command";
import { requireFileToWrite, requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface ReproduceFlags {
  readonly out: string;
  readonly timeout: string;
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
        `there is no notebook "${name}"; there are ${nearestFirst(name, known).join(", ")}`,
      );
    }
  }
  const timeoutMilliseconds = 1000 * parseCount(flags.timeout, "--timeout");
  requireFolderToWrite(flags.out, "--out");
  mkdirSync(flags.out, { recursive: true });
  const results: ExecuteResult[] = [];
  for (const name of wanted) {
    const line = createProgressLine();
    const result = await executeNotebook(join(folder, `${name}.ipynb`), {
      out: flags.out,
      timeoutMilliseconds,
      onProgress: ({ codeCellsDone, codeCells }) =>
        line.show(`${name}: cell ${codeCellsDone} of ${codeCells}`),
    });
    line.clear();
    results.push(result);
    printNotebook(name, result);
  }
  const report = join(flags.out, "report.html");
  writeFileSync(report, reportOf(wanted, results));
  const failed = results.filter(({ failure }) => failure !== undefined);
  const seconds = formatSeconds((performance.now() - start) / 1000);
  process.stdout.write(
    `${results.length - failed.length} of ${results.length} notebooks ran in ${seconds}; ` +
      `open ${resolve(report)} in a browser\n`,
  );
  return failed.length === 0 ? EXIT.done : EXIT.failed;
}

/** Writes `docs/reproduction.md`, or another file, from the stored rows. */
async function writeDocs(file: string | true): Promise<number> {
  const path = file === true ? join(packageRoot(), "docs", "reproduction.md") : file;
  requireFileToWrite(path, "--write-docs");
  const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
  writeFileSync(path, await renderReproduction(networks));
  process.stdout.write(`wrote ${resolve(path)}\n`);
  return EXIT.done;
}

/** One page with all executed notebooks, which opens from disk offline. */
function reportOf(names: readonly string[], results: readonly ExecuteResult[]): string {
  const sections = results.map(({ notebookPath }, index) =>
    notebookSection(names[index], parseNotebook(readFileSync(notebookPath, "utf8"), notebookPath)),
  );
  return renderHtmlReport({
    title: "RoundLab: weight-rounding error, exhibit by exhibit",
    summary: "Every number says what it is: a bound, an attained value, an estimate or a sample.",
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
  const notebook = parseNotebook(readFileSync(result.notebookPath, "utf8"), result.notebookPath);
  for (const cell of notebook.cells) {
    if (cell.kind !== "code") continue;
    for (const output of cell.outputs) {
      const data = output.data as Record<string, unknown> | undefined;
      if (data === undefined || !("application/vnd.dataresource+json" in data)) continue;
      process.stdout.write(`${joinLines(data["text/plain"])}\n\n`);
    }
  }
  const { failure } = result;
  if (failure !== undefined) {
    process.stderr.write(`${name}: cell ${failure.cellNumber} failed\n`);
    process.stderr.write(`${failure.traceback.join("\n")}\n`);
  }
}
