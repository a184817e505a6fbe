import { resolve } from "node:path";
import type { Command } from "commander";
import { ArgumentError, StoreError } from "../errors";
import { findRows, resultsFolder } from "../experiment/loadRuns";
import { ALL_RUNS, namedRun, type NamedRun } from "../experiment/namedRuns";
import { columnsOfRows, type ColumnValues } from "../experiment/variant/rowColumns";
import type { PointRow } from "../experiment/runPoints";
import { originsOf } from "../experiment/sessions";
import { loadNetwork } from "../network/load";
import { renderCsv } from "../present/table/csv";
import { renderParquet } from "../present/table/parquet";
import { createTable } from "../present/table/table";
import { writeWhole } from "../wholeFile";
import { EXIT, runCommand } from "./command";
import { requireFileToWrite, requireFolder } from "./places";

interface ExportFlags {
  readonly csv?: boolean;
  readonly parquet?: boolean;
  readonly out?: string;
  readonly results: string;
}

/** `roundlab export`: the stored rows of a run as a file for other tools. */
export function registerExport(program: Command): void {
  program
    .command("export")
    .description(
      "write the stored rows of a run as CSV or Parquet; docs/results.md has the columns",
    )
    .argument("<name>", ALL_RUNS.map(({ name }) => name).join(", "))
    .option("--csv", "comma-separated values, RFC 4180")
    .option("--parquet", "Parquet, compressed with Snappy")
    .option("--out <file>", "where to; the run's name in this folder by default")
    .option("--results <folder>", "where the rows are stored", resultsFolder())
    .action((name: string, flags: ExportFlags) =>
      runCommand(async () => {
        const run = namedRun(name);
        const format = formatOf(flags);
        return exportRun(run, format, resolve(flags.out ?? `${name}.${format}`), flags.results);
      }),
    );
}

type Format = "csv" | "parquet";

function formatOf({ csv, parquet }: ExportFlags): Format {
  if (csv === parquet) throw new ArgumentError("export takes one of --csv and --parquet");
  return csv === true ? "csv" : "parquet";
}

async function exportRun(
  run: NamedRun,
  format: Format,
  file: string,
  results: string,
): Promise<number> {
  if (results !== resultsFolder()) requireFolder(results, "--results");
  requireFileToWrite(file, "--out");
  const found = findRows<PointRow>(run, await loadNetwork(run.network), results);
  if (found === undefined || found.rows.length === 0) {
    throw new StoreError(
      `${results} has no rows of ${run.name} yet; \`roundlab run ${run.name}\` computes them`,
    );
  }
  const columns = [...columnsOfRows(run.variant, found.rows), ...originsOf(found)];
  writeWhole(file, format === "csv" ? csvOf(columns) : await renderParquet(columns), "--out");
  const { method } = found.experiment;
  process.stdout.write(`${found.rows.length} rows of ${run.name} (method ${method}) in ${file}\n`);
  return EXIT.done;
}

function csvOf(columns: readonly ColumnValues[]): string {
  return renderCsv(
    createTable(Object.fromEntries(columns.map(({ name, values }) => [name, values]))),
  );
}
