import { boundErrors } from "../analyse/errorBounds";
import type { Intervals } from "../analyse/intervalBounds";
import { printedErrorIntervals } from "../analyse/printedIntervals";
import { createTwins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import type { Dataset } from "../dataset/dataset";
import { findMnist } from "../dataset/mnist/findMnist";
import { openDataset } from "../dataset/openDataset";
import { rulesOf, type Layer, type LayerKind } from "../network/layer/layer";
import type { Network } from "../network/network";
import { roundToHalf } from "../numeric/half";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { compareNumbers, tryStatement, type Finding } from "./findings";
import { TABLE_1 } from "./printed";

/** The narrowest and the widest error interval of one weighted layer, by one procedure. */
export interface Table1Row {
  readonly layer: number;
  readonly procedure:
    "paper's, ours computed" | "paper's, printed" | "sound, Eq. 12" | "sound, exact";
  readonly smallest: readonly [number, number];
  readonly widest: readonly [number, number];
}

export interface Table1 {
  readonly network: string;
  readonly rows: readonly Table1Row[];
  /**
   * Σ_j max(−α_j, β_j) of the tightest sound procedure: no input of the box has a larger E. A
   * bound.
   */
  readonly total: number;
  readonly sample: string;
}

/** The network whose intervals the paper prints. */
const PRINTED_NETWORK = "net1";

/** The class whose images span the box, as in the paper's code. */
const CLASS = 0;

/**
 * Table 1: error intervals (12)–(14) of a network rounded to binary16, for inputs within the
 * pixel-wise range of the images of class 0, by the sound procedures and, for dense networks, by
 * the paper's. The paper prints Net1 alone.
 *
 * @param data  a data set's name; the MNIST test set where it is found, else the embedded digits
 */
export async function runTable1(network: Network, data?: string): Promise<Table1> {
  const fallback = (await findMnist()) === undefined ? "mnist-embedded" : "mnist-test";
  const dataset = await openDataset(data ?? fallback);
  const { box, count } = boxOfClass(dataset, CLASS);
  const twins = createTwins(network, approximate(network, parseApproximation("half")));
  const isWeighted = (layer: Layer): boolean => rulesOf(layer).parameters(layer).length > 0;
  const printable: readonly LayerKind[] = ["normalise", "dense", "relu"];
  const isDense = network.layers.every(({ kind }) => printable.includes(kind));
  const printedWay = isDense ? printedErrorIntervals(twins, box, roundToHalf) : [];
  // Entry l + 1 is what layer l yields.
  const weighted = network.layers.flatMap((layer, index) => (isWeighted(layer) ? [index] : []));
  const clamped = boundErrors(twins, box, "paper");
  const exact = boundErrors(twins, box, "exact");
  const soundRows = (errors: readonly Intervals[], layer: number): Intervals => {
    const isLast = layer === weighted.length - 1;
    return errors[weighted[layer] + (isLast ? 1 : 2)];
  };
  const rows = weighted.flatMap((_, index): Table1Row[] => {
    const layer = index + 1;
    const printed = network.name === PRINTED_NETWORK ? TABLE_1[index] : undefined;
    const theirs = printedWay[index];
    const sound = [soundRows(clamped.errors, index), soundRows(exact.errors, index)];
    return [
      ...(printed === undefined
        ? []
        : [{ layer, procedure: "paper's, printed" as const, ...printed }]),
      ...(theirs === undefined
        ? []
        : [{ layer, procedure: "paper's, ours computed" as const, ...extremes(theirs) }]),
      { layer, procedure: "sound, Eq. 12", ...extremes(sound[0]) },
      { layer, procedure: "sound, exact", ...extremes(sound[1]) },
    ];
  });
  const sample = `the pixel-wise range of ${count} images of class ${CLASS} of ${dataset.name}`;
  return { network: network.name, rows, total: exact.total, sample };
}

/** The smallest box around the images of one class, in pixels. */
function boxOfClass(dataset: Dataset, label: number): { box: Intervals; count: number } {
  const size = dataset.rows * dataset.columns;
  const lower = new Float64Array(size).fill(1);
  const upper = new Float64Array(size);
  let count = 0;
  for (let image = 0; image < dataset.count; image++) {
    if (dataset.labels[image] !== label) continue;
    count++;
    for (let pixel = 0; pixel < size; pixel++) {
      const value = dataset.pixels[image * size + pixel] / 255;
      lower[pixel] = Math.min(lower[pixel], value);
      upper[pixel] = Math.max(upper[pixel], value);
    }
  }
  return { box: { lower, upper }, count };
}

function extremes({ lower, upper }: Intervals): Pick<Table1Row, "smallest" | "widest"> {
  let smallest = 0;
  let widest = 0;
  const width = (neuron: number): number => upper[neuron] - lower[neuron];
  for (let neuron = 1; neuron < lower.length; neuron++) {
    if (width(neuron) < width(smallest)) smallest = neuron;
    if (width(neuron) > width(widest)) widest = neuron;
  }
  return {
    smallest: [lower[smallest], upper[smallest]],
    widest: [lower[widest], upper[widest]],
  };
}

/** Table 1 as a DataFrame: printed, the same procedure on our network, and two sound ones. */
export function table1({ network, rows, sample }: Table1): DataFrame {
  const data = rows.map(({ layer, procedure, smallest, widest }) => ({
    layer,
    procedure,
    claim: procedure.startsWith("sound") ? "bound" : "none: not sound",
    smallestLower: smallest[0],
    smallestUpper: smallest[1],
    widestLower: widest[0],
    widestUpper: widest[1],
  }));
  // The paper prints four decimals; the first layers of a convolutional network need more.
  const decimals = network === PRINTED_NETWORK ? 4 : 6;
  const end = (label: string) => ({ label, decimals });
  return createDataFrame(data, {
    caption: `Table 1. Smallest and widest error intervals of ${network} at 16 bits, inputs within ${sample}`,
    notes: {
      smallestLower: end("smallest α"),
      smallestUpper: end("smallest β"),
      widestLower: end("widest α"),
      widestUpper: end("widest β"),
    },
  });
}

/**
 * Table 1 beside the paper's: the widest interval of each layer; nothing for networks that it does
 * not print.
 */
export function judgeTable1({ network, rows }: Table1): Finding[] {
  if (network !== PRINTED_NETWORK) return [];
  const widthOf = (procedure: Table1Row["procedure"], layer: number): number => {
    const row = rows.find((one) => one.procedure === procedure && one.layer === layer);
    return row === undefined ? NaN : row.widest[1] - row.widest[0];
  };
  const layers = [...new Set(rows.map(({ layer }) => layer))];
  const grows = (procedure: Table1Row["procedure"]): boolean =>
    layers
      .slice(1)
      .every((layer) => widthOf(procedure, layer) > 10 * widthOf(procedure, layer - 1));
  return [
    ...layers.map((layer) =>
      compareNumbers(
        `widest interval of layer ${layer}, the paper's procedure`,
        widthOf("paper's, printed", layer),
        widthOf("paper's, ours computed", layer),
      ),
    ),
    ...layers.map((layer) =>
      compareNumbers(
        `widest interval of layer ${layer}, sound`,
        widthOf("paper's, printed", layer),
        widthOf("sound, exact", layer),
      ),
    ),
    tryStatement(
      "intervals grow more than tenfold from layer to layer",
      grows("paper's, printed"),
      grows("sound, exact"),
    ),
  ];
}
