import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import { classifyBlocks } from "../experiment/backend/classifyBlocks";
import { loadAccuracy } from "../experiment/variant/loadAccuracy";
import { BLOCK_SIZE } from "../experiment/variant/runAccuracy";
import type { Network } from "../network/network";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { formatCount } from "../present/numberFormat";
import { reportProgress } from "../present/progress/progressDisplay";
import { compareNumbers, tryStatement, type Finding } from "./findings";
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

/**
 * The approximation of each bit width: 32 bits are the weights as trained, 16 bits are binary16.
 */
export const TABLE_2_APPROXIMATIONS: readonly string[] = TABLE_2_BITS.map((bits) => {
  if (bits === 32) return "none";
  return bits === 16 ? "half" : `paper-${bits}`;
});

/**
 * Table 2 from the stored classes of the 10,000 test images.
 *
 * @param folder  where they are stored; the package's results by default
 * @throws StoreError if a network has none: which command computes them
 */
export function loadTable2(networks: readonly Network[], folder?: string): Table2 {
  const rows = networks.flatMap((network) =>
    loadAccuracy(network, TABLE_2_APPROXIMATIONS, folder).map(({ rows: blocks }, index) => {
      const points = blocks.reduce((sum, { classes }) => sum + classes.length, 0);
      const correct = blocks.reduce((sum, block) => sum + block.correct, 0);
      return rowOf(network, index, correct, points);
    }),
  );
  const counts = [...new Set(rows.map(({ points }) => points))].map(formatCount);
  return { rows, sample: `${counts.join(" or ")} images of mnist-test, stored` };
}

/** Table 2 on a seeded sample, computed now. */
export async function runTable2(
  networks: readonly Network[],
  choice: SampleChoice = {},
): Promise<Table2> {
  const { dataset, points, description } = await openSample(choice, "mnist-test", DEFAULT_POINTS);
  const blocks = Array.from({ length: Math.ceil(points.length / BLOCK_SIZE) }, (_, block) =>
    points.slice(BLOCK_SIZE * block, BLOCK_SIZE * (block + 1)),
  );
  const progress = reportProgress("table-2");
  const total = networks.length * TABLE_2_BITS.length * points.length;
  const rows: Table2Row[] = [];
  let done = 0;
  for (const network of networks) {
    for (const [index, bits] of TABLE_2_BITS.entries()) {
      const twin = approximate(network, parseApproximation(TABLE_2_APPROXIMATIONS[index]));
      let correct = 0;
      await classifyBlocks(twin, dataset, blocks, {
        onBlock: (block, { classes }) => {
          const isRight = (found: number, at: number): boolean =>
            found === dataset.labels[blocks[block][at]];
          correct += classes.filter(isRight).length;
          done += classes.length;
          progress.update({ label: `${network.name}, ${bits} bits`, done, total });
        },
      });
      rows.push(rowOf(network, index, correct, points.length));
    }
  }
  return { rows, sample: description };
}

function rowOf({ name }: Network, index: number, correct: number, points: number): Table2Row {
  return {
    network: name,
    bits: TABLE_2_BITS[index],
    correct,
    points,
    accuracy: correct / points,
    printed: (TABLE_2[name]?.[index] ?? NaN) / 100,
  };
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

/**
 * A width loses nothing if accuracy falls by no more than this: the spread of one test set of
 * 10,000.
 */
const UNHARMED = 0.005;

/** Table 2 beside the paper's, precision by precision, and what the paper reads from it. */
export function judgeTable2({ rows }: Table2): Finding[] {
  const names = [...new Set(rows.map(({ network }) => network))];
  return names.flatMap((name) => {
    const own = rows.filter(({ network }) => network === name);
    const printed = own.map((row) => row.printed);
    const ours = own.map((row) => row.accuracy);
    const unharmed = (values: readonly number[], last: number): boolean =>
      values.slice(1, last).every((value) => value >= values[0] - UNHARMED);
    const isHurt = (values: readonly number[]): boolean =>
      values[values.length - 1] < values[0] - UNHARMED;
    return [
      ...own.map(({ bits, accuracy }, index) =>
        compareNumbers(`accuracy of ${name} at ${bits} bits`, printed[index], accuracy, "percent"),
      ),
      tryStatement(
        `${name} keeps its accuracy down to 6 bits (within half a per cent)`,
        unharmed(printed, own.length - 1),
        unharmed(ours, own.length - 1),
      ),
      tryStatement(`${name} loses accuracy at 4 bits`, isHurt(printed), isHurt(ours)),
    ];
  });
}
