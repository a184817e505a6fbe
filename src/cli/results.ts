import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { resultsFolder } from "../experiment/loadRuns";
import { namedRun, networksOfRuns } from "../experiment/namedRuns";
import { indexFile, writeIndex } from "../experiment/resultsIndex";
import { runStatuses } from "../experiment/runStatus";
import { packStore } from "../experiment/store/packStore";
import { renameStores } from "../experiment/store/renameStores";
import { loadNetwork } from "../network/load";
import { EXIT, runCommand } from "./command";
import { requireFolder } from "./places";

interface ResultsFlags {
  readonly results: string;
}

/** `roundlab results`: puts a folder of results in order. */
export function registerResults(program: Command): void {
  program
    .command("results")
    .description(
      "put a folder of results in order: folders of earlier versions get readable names, rows of finished runs are packed, the index is written anew",
    )
    .option("--results <folder>", "the folder", resultsFolder())
    .action((flags: ResultsFlags) => runCommand(() => tidy(flags)));
}

async function tidy({ results }: ResultsFlags): Promise<number> {
  requireFolder(results, "--results");
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const collections = [results, join(results, "accuracy")].filter((folder) => existsSync(folder));
  for (const { from, to } of collections.flatMap(renameStores)) {
    say(`${relative(results, from)} is now ${relative(results, to)}`);
  }
  const networks = await Promise.all(networksOfRuns().map((name) => loadNetwork(name)));
  for (const { run, folder, points, fullSize, behindGap } of runStatuses(networks, results)) {
    const isFinished = points >= fullSize && behindGap === 0 && namedRun(run).openOf === undefined;
    const packed = folder !== null && isFinished ? packStore(folder) : undefined;
    if (packed !== undefined)
      say(`${run}: ${packed.before} bytes of rows take ${packed.after} now`);
  }
  writeIndex(networks, results);
  say(`wrote ${indexFile(results)}`);
  return EXIT.done;
}
