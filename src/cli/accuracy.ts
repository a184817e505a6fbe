import type { Command } from "commander";
import { approximate } from "../approximate/approximate";
import { APPROXIMATION_GRAMMAR } from "../approximate/approximationGrammar";
import { approximationName, parseApproximation } from "../approximate/parseApproximation";
import { openDataset } from "../dataset/openDataset";
import { ACCURACY_DATA } from "../experiment/loadAccuracy";
import { runAccuracy, type AccuracyRow } from "../experiment/runAccuracy";
import { assumedOf } from "../network/assumptions";
import { loadNetwork } from "../network/load";
import { createTable } from "../present/table";
import { renderText } from "../present/showTable";
import { formatProgress } from "../present/progress";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import {
  addNetworkOptions,
  NETWORK_HELP,
  networkOptionsOf,
  type NetworkFlags,
} from "./networkOptions";
import { requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface AccuracyFlags extends NetworkFlags {
  readonly network: string;
  readonly approximation: string;
  readonly data: string;
  readonly workers?: string;
  readonly store?: string;
  readonly json?: boolean;
}

interface AccuracySummary {
  readonly network: string;
  readonly approximation: string;
  readonly images: number;
  readonly correct: number;
  readonly accuracy: number;
  /** Of one thread, per image. */
  readonly milliseconds: number;
  /** What was assumed of the network, which its file did not say. */
  readonly assumptions: readonly string[];
}

/** `roundlab accuracy`: how many images networks and their twins put into the right class. */
export function registerAccuracy(program: Command): void {
  const command = program
    .command("accuracy")
    .description("classify a data set with a network and its rounded twins (Table 2)")
    .option("--network <names>", `one or more, separated by commas: ${NETWORK_HELP}`, "net1");
  addNetworkOptions(command)
    .option(
      "--approximation <names>",
      `separated by commas: ${APPROXIMATION_GRAMMAR}`,
      "none,half,12,8,6,4",
    )
    .option("--data <name>", "the images", ACCURACY_DATA)
    .option("--workers <count>", "threads; all cores by default")
    .option("--store <folder>", "keep finished images there, and go on from them")
    .option("--json", "one JSON object per network and approximation")
    .action((flags: AccuracyFlags) => runCommand(() => accuracy(flags)));
}

async function accuracy(flags: AccuracyFlags): Promise<number> {
  const workers = flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers");
  const approximations = flags.approximation.split(",").map(parseApproximation);
  if (flags.store !== undefined) requireFolderToWrite(flags.store, "--store");
  const dataset = await openDataset(flags.data);
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const found: AccuracySummary[] = [];
  try {
    for (const name of flags.network.split(",")) {
      const network = await loadNetwork(name.trim(), networkOptionsOf(flags));
      for (const approximation of approximations) {
        const label = `${network.name}, ${approximationName(approximation)}`;
        const start = performance.now();
        const { kind, rows, assumptions } = await runAccuracy(
          {
            network,
            approximated: approximate(network, approximation),
            dataset,
          },
          {
            workers,
            store: flags.store,
            signal,
            onProgress: (done, total) =>
              line.show(
                formatProgress({ label, done, total, seconds: (performance.now() - start) / 1000 }),
              ),
          },
        );
        line.clear();
        if (kind === "interrupted") return EXIT.interrupted;
        const summary = {
          ...summaryOf(network.name, approximationName(approximation), rows),
          assumptions,
        };
        found.push(summary);
        if (flags.json === true) process.stdout.write(`${JSON.stringify(summary)}\n`);
      }
    }
    if (flags.json !== true) process.stdout.write(`${renderText(tableOf(found, dataset.name))}\n`);
    return EXIT.done;
  } finally {
    line.clear();
    release();
  }
}

function summaryOf(
  network: string,
  approximation: string,
  rows: readonly AccuracyRow[],
): Omit<AccuracySummary, "assumptions"> {
  const sum = (pick: (row: AccuracyRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const images = sum(({ classes }) => classes.length);
  const correct = sum((row) => row.correct);
  const milliseconds = sum((row) => row.milliseconds) / images;
  return { network, approximation, images, correct, accuracy: correct / images, milliseconds };
}

function tableOf(rows: readonly AccuracySummary[], data: string) {
  const assumptions = [...new Set(rows.flatMap((row) => row.assumptions))];
  return createTable(rows, {
    columns: ["network", "approximation", "images", "correct", "accuracy", "milliseconds"],
    caption: `Accuracy on the images of ${data}${assumedOf(assumptions)}`,
    notes: {
      accuracy: { kind: "sample", style: "percent" },
      milliseconds: { label: "ms per image", digits: 3 },
    },
  });
}
