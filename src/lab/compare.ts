import { largestIndex } from "../analyse/accuracy";
import { eachImage } from "../analyse/eachImage";
import { evaluateApproximated } from "../analyse/source/evaluateApproximated";
import type { Twins } from "../analyse/twin";
import { declareColumns } from "../claim/column";
import { isPointSet, knownLabel, type PointSource } from "../dataset/pointSet";
import { checkImages } from "../experiment/checkImages";
import { createEvaluator } from "../network/evaluateMany";
import { loadKernels } from "../numeric/loadKernels";
import { withDisplay, type Displayable } from "../present/display";
import { displayTable } from "../present/table/showTable";
import { declaredTable } from "../present/table/declaredTable";
import { chosenPoints } from "./chosenPoints";

/** What N and Ñ make of the same images: seen on data, it says nothing of other inputs. */
export interface Comparison {
  /** How many images were looked at. */
  readonly points: number;
  /** Share of images that N, and that Ñ, puts into the class of the label; null without labels. */
  readonly accuracy: number | null;
  readonly approximatedAccuracy: number | null;
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

/**
 * N and its approximation Ñ on the images of a data set, or on `points` of one's own: how many
 * each classifies as labelled, where they disagree, and how far apart their outputs lie: samples,
 * where `appMax` proves.
 * (paper, Eqs. 5, 19)
 *
 * @throws ArgumentError if the images are no inputs of the networks or a point is not in the data
 *   set; the interrupt of the notebook cell, if there is one
 * @example
 * const seen = await rl.compare(await rl.twins("net1", 8), digits, { points: "0:100" });
 */
export async function compare(
  twins: Twins,
  dataset: PointSource,
  { points: which = "all" }: CompareOptions = {},
): Promise<Comparison & Displayable> {
  const { network, approximated, sources } = twins;
  checkImages(network, dataset);
  const points = chosenPoints(dataset, which);
  const kernels = loadKernels();
  const original = createEvaluator(network, kernels);
  const approximation =
    sources === undefined
      ? createEvaluator(approximated, kernels)
      : (x: Readonly<Float64Array>) => evaluateApproximated(twins, x);
  const disagreeing: number[] = [];
  const correct = [0, 0];
  let sum = 0;
  let worst = { error: -Infinity, point: points[0] };
  await eachImage(dataset, points, (x, point) => {
    const [one, other] = [original(x), approximation(x)];
    const error = one.reduce((total, value, output) => total + Math.abs(value - other[output]), 0);
    const classes = [largestIndex(one), largestIndex(other)];
    sum += error;
    if (error > worst.error) worst = { error, point };
    if (classes[0] !== classes[1]) disagreeing.push(point);
    classes.forEach(
      (found, side) => (correct[side] += found === knownLabel(dataset, point) ? 1 : 0),
    );
  });
  const isLabelled = !isPointSet(dataset) || dataset.labels !== undefined;
  const shareOf = (count: number): number | null => (isLabelled ? count / points.length : null);
  const comparison: Comparison = {
    points: points.length,
    accuracy: shareOf(correct[0]),
    approximatedAccuracy: shareOf(correct[1]),
    disagreeing,
    largestError: worst.error,
    worstPoint: worst.point,
    meanError: sum / points.length,
  };
  const caption = `${approximated.name} beside ${network.name} on ${points.length} images of ${dataset.name}`;
  return withDisplay(comparison, () =>
    displayTable(declaredTable(COMPARISON_COLUMNS, [comparison], { caption })),
  );
}

const UNIT = "outputs, L1";

/** The columns of a comparison; of the images that differ, how many they are. */
export const COMPARISON_COLUMNS = declareColumns<Comparison, "disagreeing", "disagreeing">({
  points: { type: "integer", style: "count", meaning: "images that were looked at" },
  accuracy: {
    type: "number",
    kind: "sample",
    heading: "accuracy of N",
    meaning: "share of images that N puts into the class of the label; none without labels",
  },
  approximatedAccuracy: {
    type: "number",
    kind: "sample",
    heading: "accuracy of Ñ",
    meaning: "the same of Ñ",
  },
  disagreeing: {
    type: "integer",
    kind: "sample",
    heading: "other class",
    style: "count",
    meaning: "images that the two put into different classes",
    read: ({ disagreeing }) => disagreeing.length,
  },
  meanError: {
    type: "number",
    unit: UNIT,
    kind: "sample",
    heading: "mean E(x)",
    meaning: "mean of E over the images",
  },
  largestError: {
    type: "number",
    unit: UNIT,
    kind: "attained",
    heading: "largest E(x)",
    meaning: "largest E of an image",
  },
  worstPoint: { type: "integer", heading: "at image", style: "count", meaning: "which image" },
});
