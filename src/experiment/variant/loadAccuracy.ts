import { join } from "node:path";
import { PINNED_DATA } from "../../dataset/pinnedData";
import { StoreError } from "../../errors";
import type { Network } from "../../network/network";
import { networkChecksum } from "../appMaxExperiment";
import { resultsFolder } from "../loadRuns";
import { accuracyExperiment, type AccuracyRow } from "./runAccuracy";
import { readRows } from "../store/store";
import { findStore } from "../store/storePlace";
import { twinChecksum } from "../twinChecksum";

/** The data set whose accuracies are stored. */
export const ACCURACY_DATA = "mnist-test";

/** Where committed accuracies stand. */
export function accuracyFolder(): string {
  return join(resultsFolder(), "accuracy");
}

/** The stored blocks of one approximation, in the order of the images. */
export interface StoredAccuracy {
  readonly approximation: string;
  readonly rows: readonly AccuracyRow[];
}

/**
 * The stored accuracies of a network under some approximations, on the MNIST test set.
 *
 * @throws StoreError if there are none for one of them: which command computes them
 */
export function loadAccuracy(
  network: Network,
  approximations: readonly string[],
  folder = accuracyFolder(),
): StoredAccuracy[] {
  const checksum = networkChecksum(network);
  return approximations.map((approximation) => {
    const found = findStore(
      folder,
      accuracyExperiment({
        network: network.name,
        networkChecksum: checksum,
        approximation,
        approximatedChecksum: twinChecksum(network, approximation, checksum),
        dataset: ACCURACY_DATA,
        datasetChecksum: PINNED_DATA[ACCURACY_DATA].checksum,
      }),
    );
    if (found === undefined) {
      throw new StoreError(
        `no stored accuracy of ${network.name} with these weights (${approximation}); ` +
          `\`roundlab accuracy --network ${network.name} --approximation ${approximation} ` +
          `--data ${ACCURACY_DATA} --store results/accuracy\` computes it`,
      );
    }
    const rows = readRows<AccuracyRow>(found);
    return { approximation, rows: rows.sort((one, other) => one.block - other.block) };
  });
}
