import { randomUUID } from "node:crypto";
import { eachImage } from "../analyse/eachImage";
import { exchangeLayers, roundedLayers } from "../analyse/exchangeLayers";
import {
  describeDomain,
  PIXEL_DOMAIN,
  toDomain,
  type Domain,
  type DomainChoice,
} from "../analyse/domain";
import { appMax as solveAt } from "../analyse/appMax";
import { checkPiecewiseAffine } from "../analyse/source/checkPiecewiseAffine";
import type { Twins } from "../analyse/twin";
import type { PointSource } from "../dataset/pointSet";
import { checkImages } from "../experiment/checkImages";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { rulesOf } from "../network/layer/layer";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { reportProgress } from "../present/progress/progressDisplay";
import { bound, type BoundChoice } from "./bound";
import { requiredPoints, type PointChoice } from "./chosenPoints";
import { SENSITIVITY_COLUMNS, type SensitivityRow } from "./sensitivityRows";
import { sessionOf } from "./session";

/** Options of `layerSensitivity`. */
export interface SensitivityOptions extends BoundChoice {
  /** Indices, or a text such as `"0:20"`, `"sample:20:7"` or `"all"`. */
  readonly points: PointChoice;
  /** Where inputs may lie: of the bounds and of AppMax; [0, 1] for every input by default. */
  readonly domain?: DomainChoice;
  /** Of AppMax: `auto` by default. */
  readonly solver?: string;
}

/**
 * Which layer does the damage, and which one is worth keeping: each layer approximated alone, and
 * all but it, with the mean E seen at points, the largest attained on their polytopes, and what is
 * proved for every input of a box. What single layers do alone does not add up to what they do
 * together, which stands in a row of its own, with no layer.
 *
 * @param twins  N and Ñ of one architecture
 * @param dataset  a data set, or `points` of one's own
 * @param options  which points, the domain, and the method of the bounds
 * @returns a DataFrame with a row for each layer with parameters, and one for all together
 * @throws ShapeError if the networks differ in architecture, ArgumentError if the points are none
 *   of the data set or Ñ does more than have other weights; the interrupt of the notebook cell
 * @example
 * const layers = await rl.layerSensitivity(twins, digits, { points: "0:2" });
 */
export async function layerSensitivity(
  twins: Twins,
  dataset: PointSource,
  options: SensitivityOptions,
): Promise<DataFrame<SensitivityRow>> {
  const { network, approximated } = twins;
  checkPiecewiseAffine(twins, "layerSensitivity");
  checkImages(network, dataset);
  const points = requiredPoints(dataset, options?.points, "layerSensitivity");
  const domain = toDomain(options.domain ?? PIXEL_DOMAIN);
  const rows = await measureLayers(twins, { ...options, dataset, points, domain });
  return declaredFrame(SENSITIVITY_COLUMNS, rows, {
    caption:
      `${approximated.name} beside ${network.name}: each layer approximated alone, and all but it; ` +
      `${points.length} points of ${dataset.name}, inputs in ${describeDomain(domain)}` +
      assumedOf(assumptionsOf([network, approximated])),
  });
}

interface Measurement extends Omit<SensitivityOptions, "points" | "domain"> {
  readonly dataset: PointSource;
  readonly points: readonly number[];
  readonly domain: Domain;
}

/** Twins by twins: all layers first, whose row is the last. */
async function measureLayers(twins: Twins, how: Measurement): Promise<SensitivityRow[]> {
  const layers = roundedLayers(twins.network);
  const report = reportProgress(randomUUID(), { writeLine: () => undefined });
  const total = (1 + 2 * layers.length) * how.points.length;
  let done = 0;
  const measure = (pair: Twins): Promise<Measured> =>
    measureTwins(pair, how, () => report.update({ label: "layers", done: ++done, total }));
  const all = await measure(twins);
  const rows: SensitivityRow[] = [];
  for (const layer of layers) {
    const others = layers.filter((other) => other !== layer);
    const alone = await measure(exchangeLayers(twins, [layer]));
    const without = await measure(exchangeLayers(twins, others));
    rows.push({ ...ofLayer(twins, layer), ...cellsOf(alone), ...cellsWithout(without) });
  }
  const parameters = rows.reduce((sum, row) => sum + row.parameters, 0);
  const nothing = { withoutMean: null, withoutMaximum: null, withoutBound: null };
  return [...rows, { layer: null, kind: "all", parameters, ...cellsOf(all), ...nothing }];
}

interface Measured {
  readonly mean: number;
  readonly maximum: number;
  readonly bound: number;
}

async function measureTwins(
  twins: Twins,
  { dataset, points, domain, solver = "auto", method }: Measurement,
  onPoint: () => void,
): Promise<Measured> {
  const { workspace, engines } = sessionOf(twins);
  const ready = await engines(solver);
  let [sum, maximum] = [0, 0];
  await eachImage(dataset, points, (x) => {
    const result = solveAt(workspace, x, ready, { domain });
    sum += result.error;
    maximum = Math.max(maximum, result.maximum);
    onPoint();
  });
  const { total } = bound(twins, domain, method === undefined ? {} : { method });
  return { mean: sum / points.length, maximum, bound: total.upper };
}

function ofLayer({ network }: Twins, layer: number) {
  const found = network.layers[layer - 1];
  const counts = rulesOf(found)
    .parameters(found)
    .map(({ role, values }) => (role === "rounded" ? values.length : 0));
  return { layer, kind: found.kind, parameters: counts.reduce((sum, count) => sum + count, 0) };
}

function cellsOf({ mean, maximum, bound: proved }: Measured) {
  return { aloneMean: mean, aloneMaximum: maximum, aloneBound: proved };
}

function cellsWithout({ mean, maximum, bound: proved }: Measured) {
  return { withoutMean: mean, withoutMaximum: maximum, withoutBound: proved };
}
