import { createHash } from "node:crypto";
import type { Dataset } from "../../src/dataset/dataset";
import type { AppMaxRun } from "../../src/experiment/variant/runAppMax";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomDenseNetwork } from "../network/randomNetwork";

/** A data set of random 4 × 4 images. */
export function smallDataset(count: number): Dataset {
  const random = createRandom(42);
  const pixels = Uint8Array.from({ length: count * 16 }, () => random.below(256));
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 3);
  const checksum = createHash("sha256").update(pixels).update(labels).digest("hex");
  return {
    name: "small",
    count,
    rows: 4,
    columns: 4,
    pixels,
    labels,
    classCount: 3,
    checksum,
    origin: "random bytes for a test",
  };
}

/** AppMax of a small random network and its perturbed twin. */
export function smallRun(points: readonly number[]): AppMaxRun & { dataset: Dataset } {
  const random = createRandom(43);
  const network = randomDenseNetwork([16, 20, 12, 3], random);
  return {
    network,
    approximated: perturbed(network, 0.01, random),
    approximation: "test",
    dataset: smallDataset(40),
    points,
  };
}
