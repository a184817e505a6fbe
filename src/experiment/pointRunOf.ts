import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import type { Dataset } from "../dataset/dataset";
import type { Network } from "../network/network";
import type { NamedRun } from "./namedRuns";
import type { AgreementRun } from "./variant/runAgreement";

/**
 * A named run at some points of its data set, which has been opened; a run of AppMax has no limits.
 *
 * @param approximated  the twin of the run's approximation, for who has it already
 */
export function pointRunOf(
  { approximation, domain, limits }: NamedRun,
  network: Network,
  dataset: Dataset,
  points: readonly number[],
  approximated = approximate(network, parseApproximation(approximation)),
): AgreementRun {
  return { network, approximated, dataset, points, domain, limits };
}
