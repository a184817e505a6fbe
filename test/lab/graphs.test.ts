import { absoluteError } from "../../src/analyse/roundingError";
import { appMax } from "../../src/lab/appMax";
import { round } from "../../src/lab/notebookCalls";
import { twins as pairOf } from "../../src/lab/twins";
import { foldBatchNorm } from "../../src/network/foldBatchNorm";
import type { Network } from "../../src/network/network";
import { createRandom } from "../../src/numeric/random";
import { batchNormNetwork, GRAPHS, tabularNetwork } from "../network/randomGraph";
import { randomPoint } from "../network/randomNetwork";

const NETWORKS: readonly (readonly [string, Network])[] = [
  ...GRAPHS.map(([name, build]) => [name, build(createRandom(90))] as const),
  ["batch-normalised and folded", foldBatchNorm(batchNormNetwork(createRandom(90)))],
];

/** The raw ranges of the tabular network's inputs, as its data have them. */
const RANGES = { lower: [0, -3.2, -3.2, 1, 0], upper: [6000, 3.2, 3.2, 12, 1200] };

describe.each(["half", "int8"])("rl.appMax of a tabular network, rounded to %s", (scheme) => {
  test("is certified at a point and over a box in the units of its inputs", async () => {
    const network = tabularNetwork(createRandom(92));
    const twins = await pairOf(network, round(network, scheme));
    const x = Float64Array.of(1500, 0.3, -1, 7, 650);
    const found = await appMax(twins, x, { proof: "real", domain: RANGES });
    expect(found.status).toBe("certified");
    expect(absoluteError(twins, found.witness)).toBe(found.maximum);
    expect(found.maximum).toBeGreaterThan(found.error);
    expect(found.upperBound).toBeGreaterThanOrEqual(found.maximum);
    // The largest difference lies inside the ranges, and far outside of pixels.
    found.witness.forEach((value, input) => {
      expect(value).toBeGreaterThanOrEqual(RANGES.lower[input]);
      expect(value).toBeLessThanOrEqual(RANGES.upper[input]);
    });
    expect(Math.max(...found.witness)).toBeGreaterThan(1);
  });
});

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
