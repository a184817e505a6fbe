import { largestIndex } from "../analyse/accuracy";
import type { Twins } from "../analyse/twin";
import { cellSignal } from "../cellSignal";
import { checkDataset, labelOf, pointOf, type Dataset } from "../dataset/dataset";
import { checkPoints } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import { checkImages } from "../experiment/checkImages";
import { parsePoints } from "../experiment/points";
import type { Evaluator } from "../network/evaluateInKernels";
import { createEvaluator } from "../network/evaluateMany";
import { loadKernels } from "../numeric/loadKernels";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { createTable, type Table } from "../present/table/table";

/** What N and Ñ make of the same images: seen on data, it says nothing of other inputs. */
export interface Comparison {
  /** How many images were looked at. */
  readonly points: number;
  /** Share of the images that N, and that Ñ, puts into the class of its label. */
  readonly accuracy: number;
  readonly approximatedAccuracy: number;
  /** The images that the two put into different classes, in the order of the points. */
  readonly disagreeing: readonly number[];
  /** The largest E(x) = Σ |ξ − ξ̃| seen, in units of the outputs, and the image it was seen at. */
  readonly largestError: number;
  readonly worstPoint: number;
  readonly meanError: number;
}

/** Options of `compare`. */
export interface CompareOptions {
  /** Indices, or a text such as `"0:20"`, `"sample:500:7"`; `"all"` by default. */
  readonly points?: readonly number[] | string;
}

/** Images between two chances for timers and signals. */
const POINTS_PER_TURN = 50;

/**
 * N and its approximation Ñ on the images of a data set: how many each classifies as labelled,
 * where they disagree, and how far apart their outputs lie: samples, where `appMax` proves.
 * (paper, Eqs. 5, 19)
 *
 * @throws ArgumentError if the images are no inputs of the networks or a point is not in the data
 *   set; the interrupt of the notebook cell, if there is one
 * @example
 * const seen = await rl.compare(await rl.twins("net1", 8), digits, { points: "0:100" });
 */
export async function compare(
  { network, approximated }: Twins,
  dataset: Dataset,
  { points: which = "all" }: CompareOptions = {},
): Promise<Comparison & Displayable> {
  checkImages(network, dataset);
  const points = typeof which === "string" ? parsePoints(which, dataset.count) : which;
  checkPoints(checkDataset(dataset), points);
  const kernels = loadKernels();
  const sides = [
    createEvaluator(network, kernels),
    createEvaluator(approximated, kernels),
  ] as const;
  const signal = cellSignal();
  const disagreeing: number[] = [];
  const correct = [0, 0];
  let sum = 0;
  let worst = { error: -Infinity, point: points[0] };
  for (const [index, point] of points.entries()) {
    const { classes, error } = lookAt(sides, dataset, point);
    sum += error;
    if (error > worst.error) worst = { error, point };
    if (classes[0] !== classes[1]) disagreeing.push(point);
    classes.forEach((found, side) => (correct[side] += found === labelOf(dataset, point) ? 1 : 0));
    if (index % POINTS_PER_TURN < POINTS_PER_TURN - 1) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  const comparison: Comparison = {
    points: points.length,
    accuracy: correct[0] / points.length,
    approximatedAccuracy: correct[1] / points.length,
    disagreeing,
    largestError: worst.error,
    worstPoint: worst.point,
    meanError: sum / points.length,
  };
  const caption = `${approximated.name} beside ${network.name} on ${points.length} images of ${dataset.name}`;
  return withDisplay(comparison, () => displayTable(comparisonTable(comparison, caption)));
}

/** The classes of an image by N and by Ñ, and E there; what is wrong is said of the image. */
function lookAt(
  [exact, altered]: readonly [Evaluator, Evaluator],
  dataset: Dataset,
  point: number,
): { readonly classes: readonly [number, number]; readonly error: number } {
  try {
    const x = pointOf(dataset, point);
    const [one, other] = [exact(x), altered(x)];
    const error = one.reduce((sum, value, output) => sum + Math.abs(value - other[output]), 0);
    return { classes: [largestIndex(one), largestIndex(other)], error };
  } catch (cause) {
    if (!(cause instanceof ArgumentError)) throw cause;
    throw new ArgumentError(`image ${point} of ${dataset.name}: ${cause.message}`, { cause });
  }
}

function comparisonTable({ disagreeing, ...counted }: Comparison, caption: string): Table {
  const unit = "outputs, L1";
  return createTable([{ ...counted, disagreeing: disagreeing.length }], {
    caption,
    columns: [
      "points",
      "accuracy",
      "approximatedAccuracy",
      "disagreeing",
      "meanError",
      "largestError",
      "worstPoint",
    ],
    notes: {
      points: { style: "count" },
      accuracy: { label: "accuracy of N", kind: "sample" },
      approximatedAccuracy: { label: "accuracy of Ñ", kind: "sample" },
      disagreeing: { label: "other class", kind: "sample", style: "count" },
      meanError: { label: "mean E(x)", kind: "sample", unit },
      largestError: { label: "largest E(x)", kind: "attained", unit },
      worstPoint: { label: "at image", style: "count" },
    },
  });
}
