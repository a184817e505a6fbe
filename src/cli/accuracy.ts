import type { Command } from "commander";
import { approximate } from "../approximate/approximate";
import { approximationName } from "../approximate/parseApproximation";
import { declareColumns, kindsOfColumns } from "../claim/column";
import type { PointSource } from "../dataset/pointSet";
import { KNOWN_DATASETS } from "../dataset/openDataset";
import { openPoints } from "../dataset/openPoints";
import { ArgumentError } from "../errors";
import { accuracyOfPoints } from "../experiment/variant/accuracyOfPoints";
import { checkImages } from "../experiment/checkImages";
import type { GradedBlock } from "../experiment/backend/gradeBlock";
import { parsePoints, POINTS_GRAMMAR } from "../experiment/points";
import { runAccuracy, type AccuracyRunOptions } from "../experiment/variant/runAccuracy";
import { assumedOf } from "../network/assumptions";
import { declaredTable } from "../present/table/declaredTable";
import { renderText } from "../present/table/showTable";
import { formatProgress } from "../present/progress/progress";
import {
  addApproximationOptions,
  approximationsOf,
  type ApproximationFlags,
} from "./approximationOptions";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { addLabelledDataOption } from "./dataOption";
import { addNetworkOptions, NETWORKS_HELP, networksOf, type NetworkFlags } from "./networkOptions";
import { pairsOf, type Pair } from "./pairs";
import { requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface AccuracyFlags extends NetworkFlags, ApproximationFlags {
  readonly network: string;
  readonly data: string;
  readonly labels?: string;
  readonly points: string;
  readonly workers?: string;
  readonly store?: string;
  readonly json?: boolean;
}

interface AccuracySummary {
  readonly network: string;
  readonly approximation: string;
  readonly data: string;
  readonly images: number;
  readonly correct: number;
  readonly accuracy: number;
  /** Of one thread, per image. */
  readonly milliseconds: number;
  /** What was assumed of the network, which its file did not say. */
  readonly assumptions: readonly string[];
}

const ACCURACY_COLUMNS = declareColumns<AccuracySummary, never, "assumptions">({
  network: { type: "text", meaning: "N" },
  approximation: { type: "text", meaning: "what makes Ñ of it, whose classes these are" },
  data: { type: "text", meaning: "the data set" },
  images: { type: "integer", meaning: "images that were classified" },
  correct: { type: "integer", meaning: "of those, images put into the class of their label" },
  accuracy: { type: "number", kind: "sample", style: "percent", meaning: "correct / images" },
  milliseconds: {
    type: "number",
    unit: "ms per image",
    heading: "ms per image",
    digits: 3,
    meaning: "of one thread on this machine",
  },
});

/** `roundlab accuracy`: how many images networks and their twins put into the right class. */
export function registerAccuracy(program: Command): void {
  const command = program
    .command("accuracy")
    .description("classify a data set with networks and their rounded twins (Table 2)")
    .option("--network <names>", NETWORKS_HELP, "net1");
  addNetworkOptions(command);
  // The network itself stands beside its twin: an accuracy says little alone.
  addApproximationOptions(command, "none,half");
  addLabelledDataOption(command)
    .option("--points <which>", POINTS_GRAMMAR, "all")
    .option("--workers <count>", "threads; all cores by default")
    .option("--store <folder>", "keep finished images there, and go on from them; of all points")
    .option("--json", "one JSON object per network and approximation")
    .action((flags: AccuracyFlags) => runCommand(() => accuracy(flags)));
}

async function accuracy(flags: AccuracyFlags): Promise<number> {
  const workers = flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers");
  const approximations = approximationsOf(flags);
  if (flags.points !== "all" && flags.store !== undefined) {
    throw new ArgumentError(
      "--store keeps whole data sets, block by block; leave --points out, or --store",
    );
  }
  if (flags.store !== undefined) requireFolderToWrite(flags.store, "--store");
  const networks = await networksOf(flags);
  const dataset = await openPoints(flags.data, flags);
  for (const network of networks) checkImages(network, dataset);
  const points = flags.points === "all" ? undefined : parsePoints(flags.points, dataset.count);
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const found: AccuracySummary[] = [];
  try {
    for (const pair of pairsOf(networks, approximations)) {
      const start = performance.now();
      const onProgress = (done: number, total: number): void => {
        const seconds = (performance.now() - start) / 1000;
        line.show(formatProgress({ label: pair.label, done, total, seconds }));
      };
      const options = { workers, store: flags.store, signal, onProgress };
      const { kind, rows, assumptions } = await classify(pair, dataset, points, options);
      line.clear();
      if (kind === "interrupted") return EXIT.interrupted;
      const summary = { ...summaryOf(pair, dataset.name, rows), assumptions };
      found.push(summary);
      if (flags.json === true) {
        const kinds = kindsOfColumns(ACCURACY_COLUMNS);
        process.stdout.write(`${JSON.stringify({ ...summary, kinds })}\n`);
      }
    }
    if (flags.json !== true) process.stdout.write(`${renderText(tableOf(found))}\n`);
    return EXIT.done;
  } finally {
    line.clear();
    release();
  }
}

/** Classifies some points, or, where none are named, all of them, which can be stored. */
function classify(
  { network, approximation }: Pair,
  dataset: PointSource,
  points: readonly number[] | undefined,
  options: AccuracyRunOptions,
) {
  const twins = { network, approximated: approximate(network, approximation), dataset };
  return points === undefined
    ? runAccuracy(twins, options)
    : accuracyOfPoints({ ...twins, points }, options);
}

function summaryOf(
  { network, approximation }: Pair,
  data: string,
  rows: readonly GradedBlock[],
): Omit<AccuracySummary, "assumptions"> {
  const sum = (pick: (row: GradedBlock) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const images = sum(({ classes }) => classes.length);
  const correct = sum((row) => row.correct);
  return {
    network: network.name,
    approximation: approximationName(approximation),
    data,
    images,
    correct,
    accuracy: correct / images,
    milliseconds: sum((row) => row.milliseconds) / images,
  };
}

function tableOf(rows: readonly AccuracySummary[]) {
  const assumptions = [...new Set(rows.flatMap((row) => row.assumptions))];
  const { data } = rows[0];
  // Whether a network may have been trained on them is for the reader to know.
  const known = KNOWN_DATASETS.find(({ name }) => name === data);
  const what = known === undefined ? data : `${data} (${known.description})`;
  // One command has one data set, which the caption names.
  const columns = ACCURACY_COLUMNS.filter(({ name }) => name !== "data");
  return declaredTable(columns, rows, {
    caption: `Accuracy on the images of ${what}${assumedOf(assumptions)}`,
  });
}
