import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import type { Dataset } from "../dataset/dataset";
import type { Network } from "../network/network";
import type { NamedRun } from "./namedRuns";
import type { PointRun } from "./runPoints";

/** A named run at some points of its data set, which has been opened. */
export function pointRunOf(
  { approximation, domain }: NamedRun,
  network: Network,
  dataset: Dataset,
  points: readonly number[],
): PointRun {
  const approximated = approximate(network, parseApproximation(approximation));
  return { network, approximated, dataset, points, domain };
}
