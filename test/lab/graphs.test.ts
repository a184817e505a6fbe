import { absoluteError } from "../../src/analyse/roundingError";
import { appMax } from "../../src/lab/appMax";
import { round } from "../../src/lab/notebookCalls";
import { twins as pairOf } from "../../src/lab/twins";
import { foldBatchNorm } from "../../src/network/foldBatchNorm";
import type { Network } from "../../src/network/network";
import { createRandom } from "../../src/numeric/random";
import { batchNormNetwork, GRAPHS } from "../network/randomGraph";
import { randomPoint } from "../network/randomNetwork";

const NETWORKS: readonly (readonly [string, Network])[] = [
  ...GRAPHS.map(([name, build]) => [name, build(createRandom(90))] as const),
  ["batch-normalised and folded", foldBatchNorm(batchNormNetwork(createRandom(90)))],
];

describe.each(NETWORKS)("rl.appMax of a %s network", (_, network) => {
  test.each(["half", "int8"])("is certified for %s, in the real numbers too", async (scheme) => {
    const twins = await pairOf(network, round(network, scheme));
    const x = randomPoint(network.inputSize, createRandom(91));
    const found = await appMax(twins, x, { proof: "real" });
    expect(found.status).toBe("certified");
    expect(absoluteError(twins, found.witness)).toBe(found.maximum);
    expect(found.maximum).toBeGreaterThanOrEqual(found.error);
    expect(found.upperBound).toBeGreaterThanOrEqual(found.maximum);
    // What rounding may have taken from the bound is far below what it says.
    expect(found.roundingAllowance).toBeLessThan(1e-9 * found.upperBound);
  });
});
