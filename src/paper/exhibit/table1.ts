import { boundErrors } from "../../analyse/errorBounds";
import type { Intervals } from "../../analyse/intervalBounds";
import { printedErrorIntervals } from "../../analyse/printedIntervals";
import type { Dataset } from "../../dataset/dataset";
import { findMnist } from "../../dataset/mnist/findMnist";
import type { Network } from "../../network/network";
import { roundToHalf } from "../../numeric/half";
import { declaredFrame } from "../../present/frame/declaredFrame";
import type { DataFrame } from "../../present/frame/frameType";
import { TABLE_1_COLUMNS, type Table1Row } from "../columns/table1";
import { exhibitOf, networkOf, type ExhibitSources, type TableExhibit } from "../exhibit";
import { compareDerived, comparePrinted, tryStatement, type Finding } from "../findings";
import { noteFrame } from "../noteFrame";
import { TABLE_1 } from "../printed";
import { printedInterval } from "../printedNumbers";
import { twinsOf } from "../ownNetworks";
import { foldInWords } from "../words";
import { ownDataset } from "../ownDatasets";

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
async function runTable1(network: Network, data?: string): Promise<Table1> {
  const fallback = (await findMnist()) === undefined ? "mnist-embedded" : "mnist-test";
  const dataset = await ownDataset(data ?? fallback);
  const { box, count } = boxOfClass(dataset, CLASS);
  const twins = twinsOf(network, "half");
  const isWeighted = (kind: string): boolean => kind === "dense" || kind === "conv2d";
  const isDense = network.layers.every(({ kind }) => kind !== "conv2d" && kind !== "maxPool2d");
  const printedWay = isDense ? printedErrorIntervals(twins, box, roundToHalf) : [];
  // Entry l + 1 is what layer l yields.
  const weighted = network.layers.flatMap(({ kind }, index) => (isWeighted(kind) ? [index] : []));
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
function table1Frame({ network, rows, sample }: Table1): DataFrame {
  // The first layers of a convolutional network need more decimals than the paper's four.
  const columns = TABLE_1_COLUMNS.map((column) =>
    network === PRINTED_NETWORK || column.decimals === undefined
      ? column
      : { ...column, decimals: 6 },
  );
  return declaredFrame(columns, rows, {
    caption: `Table 1. Smallest and widest error intervals of ${network} at 16 bits, inputs within ${sample}`,
  });
}

/** By what the widest intervals grow from layer to layer, as the paper's do. */
const GROWTH = 10;

/**
 * Table 1 beside the paper's: the ends of its intervals by its own procedure, then what follows
 * from them; nothing for networks that it does not print.
 */
function judgeTable1({ network, rows }: Table1): Finding[] {
  if (network !== PRINTED_NETWORK) return [];
  const layers = [...new Set(rows.map(({ layer }) => layer))];
  const endsOf = (procedure: Table1Row["procedure"], layer: number) => {
    const row = rows.find((one) => one.procedure === procedure && one.layer === layer);
    return row ?? { smallest: [NaN, NaN] as const, widest: [NaN, NaN] as const };
  };
  const printedWidest = (layer: number) => printedInterval(network, layer, "widest") ?? [undefined];
  const widths = (ends: readonly number[]): number[] =>
    layers.map((_, index) => ends[2 * index + 1] - ends[2 * index]);
  return [
    ...layers.flatMap((layer) =>
      (["smallest", "widest"] as const).flatMap((which) => {
        const printed = printedInterval(network, layer, which);
        const ours = endsOf("paper's, ours computed", layer)[which];
        return ["α", "β"].flatMap((end, index) =>
          comparePrinted(
            `${which} interval of layer ${layer}, ${end}`,
            printed?.[index],
            ours[index],
          ),
        );
      }),
    ),
    ...layers.flatMap((layer) =>
      compareDerived(
        `width of the widest interval of layer ${layer}, ours by a sound procedure`,
        printedWidest(layer),
        ([lower, upper]) => upper - lower,
        endsOf("sound, exact", layer).widest,
      ),
    ),
    ...tryStatement(
      `widest intervals grow more than ${foldInWords(GROWTH)} from layer to layer, ours by a sound procedure`,
      layers.flatMap(printedWidest),
      layers.flatMap((layer) => [...endsOf("sound, exact", layer).widest]),
      (ends) =>
        widths(ends)
          .slice(1)
          .every((width, index) => width > GROWTH * widths(ends)[index]),
    ),
  ];
}

/** Table 1 is computed where it is asked for; nothing of it is stored. */
export interface Table1Exhibit extends TableExhibit<Table1> {
  /** @param from.data  the data set whose class 0 spans the box */
  readonly load: (from?: ExhibitSources & { readonly data?: string }) => Promise<Table1>;
}

/** Table 1: error intervals of one network, Net1 unless the choice says otherwise. */
export const table1: Table1Exhibit = {
  kind: "table",
  ...exhibitOf<Table1>({
    name: "table-1",
    title: "Table 1: error intervals",
    runs: [],
    each: [PRINTED_NETWORK],
    load: loadTable1,
    describe: ({ sample }) => `Computed on the spot; inputs within ${sample}.`,
    judge: judgeTable1,
    recheck: () => Promise.resolve(noteFrame("Everything is computed on the spot")),
  }),
  load: loadTable1,
  columns: TABLE_1_COLUMNS,
  frame: table1Frame,
};

async function loadTable1(from: ExhibitSources & { readonly data?: string } = {}): Promise<Table1> {
  return runTable1(await networkOf(from), from.data);
}
