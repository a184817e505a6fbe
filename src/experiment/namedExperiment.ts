import { PINNED_DATA } from "../dataset/pinnedData";
import type { Network } from "../network/network";
import { networkChecksum, type AppMaxExperiment } from "./appMaxExperiment";
import type { NamedRun } from "./namedRuns";
import { agreementWithin, type AgreementExperiment } from "./variant/runAgreement";
import { APPMAX } from "./variant/runAppMax";
import type { PointInputs } from "./runPoints";
import { twinChecksum } from "./twinChecksum";

/** What is known of the experiments of all variants. */
export type StoredExperiment = AppMaxExperiment | AgreementExperiment;

/**
 * The experiment that a named run is for a network: all that decides its rows, as `runPoints` would
 * note it with the data set open. Its key names the one folder in which the run's rows can stand.
 *
 * @param checksum  `networkChecksum(network)`, for who has it already
 */
export function namedExperiment(
  { variant, network: name, approximation, data, domain, limits }: NamedRun,
  network: Network,
  checksum = networkChecksum(network),
): StoredExperiment {
  const inputs: PointInputs = {
    network: name,
    networkChecksum: checksum,
    approximation,
    approximatedChecksum: twinChecksum(network, approximation, checksum),
    domain,
    dataset: PINNED_DATA[data].name,
    datasetChecksum: PINNED_DATA[data].checksum,
    solver: "auto",
  };
  switch (variant) {
    case "appmax":
      return APPMAX.experimentOf(inputs);
    case "agreement":
      return agreementWithin(limits).experimentOf(inputs);
  }
}
