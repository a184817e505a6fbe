import type { Command } from "commander";
import { approximate } from "../approximate/approximate";
import {
  APPROXIMATION_GRAMMAR,
  approximationName,
  parseApproximation,
} from "../approximate/parseApproximation";
import { openDataset } from "../dataset/openDataset";
import { ACCURACY_DATA } from "../experiment/loadAccuracy";
import { provenanceFacts } from "../experiment/provenance";
import { runAccuracy, type AccuracyRow } from "../experiment/runAccuracy";
import { loadNetwork } from "../network/load";
import { createTable } from "../present/table";
import { renderText } from "../present/showTable";
import { formatProgress } from "../present/progress";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { createProgressLine } from "./progressLine";

interface AccuracyFlags {
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
}

/** `roundlab accuracy`: how many images networks and their twins put into the right class. */
export function registerAccuracy(program: Command): void {
  program
    .command("accuracy")
    .description("classify a data set with a network and its rounded twins (Table 2)")
    .option("--network <names>", "one or more, separated by commas", "net1")
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
  const dataset = await openDataset(flags.data);
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const found: AccuracySummary[] = [];
  try {
    for (const name of flags.network.split(",")) {
      const network = await loadNetwork(name.trim());
      for (const approximation of approximations) {
        const label = `${network.name}, ${approximationName(approximation)}`;
        const start = performance.now();
        const { kind, rows } = await runAccuracy(
          {
            network,
            approximated: approximate(network, approximation),
            dataset,
          },
          {
            workers,
            store: flags.store,
            sessionFacts: Object.fromEntries(
              provenanceFacts().map(({ what, value }) => [what, value]),
            ),
            signal,
            onProgress: (done, total) =>
              line.show(
                formatProgress({ label, done, total, seconds: (performance.now() - start) / 1000 }),
              ),
          },
        );
        line.clear();
        if (kind === "interrupted") return EXIT.interrupted;
        const summary = summaryOf(network.name, approximationName(approximation), rows);
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
): AccuracySummary {
  const sum = (pick: (row: AccuracyRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const images = sum(({ classes }) => classes.length);
  const correct = sum((row) => row.correct);
  const milliseconds = sum((row) => row.milliseconds) / images;
  return { network, approximation, images, correct, accuracy: correct / images, milliseconds };
}

function tableOf(rows: readonly AccuracySummary[], data: string) {
  return createTable(rows, {
    caption: `Accuracy on the images of ${data}`,
    notes: {
      accuracy: { kind: "sample", style: "percent" },
      milliseconds: { label: "ms per image", digits: 3 },
    },
  });
}
