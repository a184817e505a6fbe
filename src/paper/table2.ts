import { measureAccuracy } from "../analyse/accuracy";
import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import type { Network } from "../network/network";
import { createDataFrame } from "../present/dataFrame";
import type { DataFrame } from "../present/frameType";
import { reportProgress } from "../present/progressDisplay";
import { TABLE_2, TABLE_2_BITS } from "./printed";
import { openSample, type SampleChoice } from "./sample";

/** Points when none are asked for: enough for a per cent, few enough for a minute. */
const DEFAULT_POINTS = 2000;

/** One precision of one network. */
export interface Table2Row {
  readonly network: string;
  readonly bits: number;
  readonly correct: number;
  readonly points: number;
  /** correct / points: a sample. */
  readonly accuracy: number;
  /** What the paper prints for its own network, as a fraction; NaN where it prints nothing. */
  readonly printed: number;
}

/** The computed rows of Table 2 and what they were computed on. */
export interface Table2 {
  readonly rows: readonly Table2Row[];
  readonly sample: string;
}

/** Table 2: accuracy of networks whose weights are rounded to 32 (as trained), 16, 12, 8, 6 and 4 bits. */
export async function runTable2(
  networks: readonly Network[],
  choice: SampleChoice = {},
): Promise<Table2> {
  const sample = await openSample(choice, "mnist-test", DEFAULT_POINTS);
  const { dataset, points } = sample;
  const progress = reportProgress("table-2");
  const start = performance.now();
  const total = networks.length * TABLE_2_BITS.length * points.length;
  const rows: Table2Row[] = [];
  for (const network of networks) {
    for (const [index, bits] of TABLE_2_BITS.entries()) {
      const twin = bits === 32 ? network : approximate(network, parseApproximation(String(bits)));
      const before = rows.length * points.length;
      const { correct, fraction } = await measureAccuracy(twin, dataset, points, (done) => {
        const seconds = (performance.now() - start) / 1000;
        progress.update({
          label: `${network.name}, ${bits} bits`,
          done: before + done,
          total,
          seconds,
        });
      });
      const printed = (TABLE_2[network.name]?.[index] ?? NaN) / 100;
      rows.push({
        network: network.name,
        bits,
        correct,
        points: points.length,
        accuracy: fraction,
        printed,
      });
    }
  }
  return { rows, sample: sample.description };
}

/** Table 2 as a DataFrame, our accuracy beside the printed one. */
export function table2({ rows, sample }: Table2): DataFrame {
  return createDataFrame(rows, {
    caption: `Table 2. Accuracy on ${sample}; the paper's on the 10,000 test images`,
    columns: ["network", "bits", "correct", "points", "accuracy", "printed"],
    notes: {
      accuracy: { label: "accuracy", kind: "sample", style: "percent" },
      printed: { label: "paper", kind: "sample", style: "percent" },
    },
  });
}
