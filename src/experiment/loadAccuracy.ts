import { join } from "node:path";
import { StoreError } from "../errors";
import type { Network } from "../network/network";
import { networkChecksum } from "./appMaxExperiment";
import { resultsFolder } from "./loadRuns";
import type { AccuracyExperiment, AccuracyRow } from "./runAccuracy";
import { listStores, readRows } from "./store";

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
  const stored = listStores<AccuracyExperiment>(folder);
  return approximations.map((approximation) => {
    const found = stored.find(
      ({ experiment }) =>
        experiment.networkChecksum === checksum &&
        experiment.approximation === approximation &&
        experiment.dataset === ACCURACY_DATA,
    );
    if (found === undefined) {
      throw new StoreError(
        `no stored accuracy of ${network.name} with these weights (${approximation}); ` +
          `\`roundlab accuracy --network ${network.name} --store results/accuracy\` computes it`,
      );
    }
    const rows = readRows<AccuracyRow>(found.folder);
    return { approximation, rows: rows.sort((one, other) => one.block - other.block) };
  });
}
