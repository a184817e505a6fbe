import { createValueDifferences, type ValueDifference } from "../analyse/valueDifferences";
import { eachImage } from "../analyse/eachImage";
import type { Twins } from "../analyse/twin";
import { isApproximationName, parseApproximation } from "../approximate/parseApproximation";
import { gridSpacing, type GridSpacing } from "../approximate/gridSpacing";
import { columnsFor, declareColumns } from "../claim/column";
import type { PointSource } from "../dataset/pointSet";
import { checkApproximation } from "../experiment/approximationOf";
import { checkImages } from "../experiment/checkImages";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { rulesOf } from "../network/layer/layer";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { chosenPoints } from "./chosenPoints";
import type { CompareOptions } from "./compare";

/** How what one layer yields differs between N and Ñ on some inputs. */
export interface ActivationRow {
  /** Counted from 1; 0 is the input. */
  readonly layer: number;
  readonly kind: string;
  readonly size: number;
  readonly mean: number;
  readonly rms: number;
  readonly largest: number;
  readonly worstPoint: number;
  readonly signal: number;
  readonly noise: number | null;
  readonly sqnr: number | null;
  readonly cosine: number | null;
  readonly flips: number | null;
  readonly roundingSteps: number | null;
  readonly weightSteps: number | null;
}

/** What rounding errors spread evenly over a step have: 1/√12. */
const EVEN_SPREAD = "spread evenly over a step they have 1/√12 = 0.2887";

/** The columns of values compared layer by layer. */
export const ACTIVATION_COLUMNS = declareColumns<ActivationRow>({
  layer: { type: "integer", style: "count", meaning: "counted from 1; 0 is the input" },
  kind: { type: "text", meaning: "the layer's" },
  size: { type: "integer", style: "count", meaning: "how many numbers it yields" },
  mean: {
    type: "number",
    kind: "sample",
    unit: "layer's values",
    heading: "mean |ỹ − y|",
    meaning: "over all numbers of the layer and all points",
  },
  rms: {
    type: "number",
    kind: "sample",
    unit: "layer's values",
    heading: "RMS of ỹ − y",
    meaning: "root mean square, over the same",
  },
  largest: {
    type: "number",
    kind: "attained",
    unit: "layer's values",
    heading: "largest |ỹ − y|",
    meaning: "of a single number, at the point that stands beside it",
  },
  worstPoint: {
    type: "integer",
    style: "count",
    heading: "at point",
    meaning: "the point with that difference",
  },
  signal: {
    type: "number",
    kind: "sample",
    unit: "layer's values",
    heading: "RMS of y",
    meaning: "root mean square of N's numbers",
  },
  noise: {
    type: "number",
    kind: "sample",
    heading: "noise / signal",
    meaning: "RMS of ỹ − y over that of y; none where y is 0",
  },
  sqnr: {
    type: "number",
    kind: "sample",
    unit: "dB",
    heading: "SQNR",
    digits: 4,
    meaning: "−20 log10 of noise / signal; none where N and Ñ are alike",
  },
  cosine: {
    type: "number",
    kind: "sample",
    digits: 8,
    meaning: "of the angle between y and ỹ over all points; none where one of them is 0",
  },
  flips: {
    type: "number",
    style: "percent",
    kind: "sample",
    isOptional: true,
    meaning:
      "of ReLUs and their like, and of pooling windows: the share on another piece, or with another winner",
  },
  roundingSteps: {
    type: "number",
    kind: "sample",
    unit: "steps",
    isOptional: true,
    heading: "RMS of rounding",
    meaning: `where Ñ rounds these values to a grid: of that rounding alone; ${EVEN_SPREAD}`,
  },
  weightSteps: {
    type: "number",
    unit: "steps",
    isOptional: true,
    heading: "RMS of Δw",
    meaning: `of the layer's rounded weights, each in steps of its grid; ${EVEN_SPREAD}`,
  },
});

/**
 * Layer by layer, how far what flows through Ñ is from what flows through N on some points: in
 * size, against the signal, in ReLUs that flip, and in steps of the grids that made the
 * difference, beside what rounding normally does. The input is layer 0.
 *
 * @param twins  N and Ñ of one architecture; grids of activations are shown with their own rounding
 * @param dataset  a data set, or `points` of one's own
 * @param options  which points; all by default
 * @returns a DataFrame with a row for each layer: samples, and the largest difference seen
 * @throws ShapeError if the networks differ in architecture, ArgumentError if the points are none
 *   of the data set or Ñ is not what its approximation's name says; the interrupt of the cell
 * @example
 * const byLayer = await rl.compareActivations(twins, digits, { points: "0:50" });
 */
export async function compareActivations(
  twins: Twins,
  dataset: PointSource,
  { points: which = "all" }: CompareOptions = {},
): Promise<DataFrame<ActivationRow>> {
  const { network, approximated } = twins;
  checkImages(network, dataset);
  const points = chosenPoints(dataset, which);
  const spacing = spacingOf(twins);
  const seen = createValueDifferences(twins);
  await eachImage(dataset, points, (x, point) => seen.add(x, point));
  const rows = seen.results().map((difference) => rowOf(twins, difference, spacing));
  return declaredFrame(columnsFor(ACTIVATION_COLUMNS, rows), rows, {
    caption:
      `${approximated.name} beside ${network.name}, layer by layer, over ${points.length} points of ` +
      `${dataset.name}${assumedOf(assumptionsOf([network, approximated]))}`,
  });
}

/** The grids of Ñ's weights, where its name says of which kind they are. */
function spacingOf({ network, approximated }: Twins): GridSpacing | undefined {
  const { approximation } = approximated;
  if (approximation === undefined || !isApproximationName(approximation)) return undefined;
  checkApproximation({ network, approximated });
  return gridSpacing(network, parseApproximation(approximation));
}

function rowOf(
  twins: Twins,
  { value, signal, rms, cosine, flips, roundingSteps, ...seen }: ValueDifference,
  spacing: GridSpacing | undefined,
): ActivationRow {
  const { layers } = twins.network;
  const noise = signal > 0 ? rms / signal : null;
  return {
    layer: value,
    kind: value === 0 ? "input" : layers[value - 1].kind,
    ...seen,
    rms,
    signal,
    noise,
    sqnr: noise !== null && noise > 0 ? -20 * Math.log10(noise) : null,
    cosine: cosine ?? null,
    flips: flips ?? null,
    roundingSteps: roundingSteps ?? null,
    weightSteps: weightSteps(twins, value - 1, spacing) ?? null,
  };
}

/**
 * Root mean square of a layer's Δw in steps; undefined for layers without a weight on a grid, and
 * for the input, whose place is −1.
 */
function weightSteps(
  { network, approximated }: Twins,
  layer: number,
  spacing: GridSpacing | undefined,
): number | undefined {
  if (layer < 0 || spacing === undefined) return undefined;
  const [ours, theirs] = [network, approximated].map(({ layers }) =>
    rulesOf(layers[layer]).parameters(layers[layer]),
  );
  let [squares, count] = [0, 0];
  ours.forEach((parameter, index) => {
    const steps = spacing(parameter, layer);
    steps?.forEach((step, at) => {
      if (step === 0) return;
      squares += ((theirs[index].values[at] - parameter.values[at]) / step) ** 2;
      count++;
    });
  });
  return count === 0 ? undefined : Math.sqrt(squares / count);
}
