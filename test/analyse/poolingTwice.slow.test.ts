import * as fc from "fast-check";
import { appMax } from "../../src/analyse/appMax";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins, type Twins } from "../../src/analyse/twin";
import { createEngines } from "../../src/experiment/backend/engines";
import { expandMaxPool } from "../../src/network/expandMaxPool";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import { CERTIFIED_RELATIVE_GAP, FLOAT64_SUMS } from "../../src/numeric/tolerance";
import { perturbed, randomConvolutionalNetwork, randomPoint } from "../network/randomNetwork";

/** The twins with pooling, and the same with pooling as the paper writes it, in ReLUs. */
function bothForms(seed: number): { pooled: Twins; expanded: Twins; x: Float64Array } {
  const random = createRandom(seed);
  const network = randomConvolutionalNetwork(random);
  const approximated = perturbed(network, 0.02, random);
  return {
    pooled: createTwins(network, approximated),
    expanded: createTwins(expandMaxPool(network), expandMaxPool(approximated)),
    x: randomPoint(36, random),
  };
}

describe("max pooling as winners' regions and as ReLUs", () => {
  test("gives the paper's polytope inside ours, and a maximum that is no larger", async () => {
    const engines = await createEngines("auto");
    let smaller = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { pooled, expanded, x } = bothForms(seed);
        const ours = createPolytopeWorkspace(pooled, createPlainKernels());
        const theirs = createPolytopeWorkspace(expanded, createPlainKernels());
        const large = appMax(ours, x, engines);
        const small = appMax(theirs, x, engines);
        expect(Math.abs(small.error - large.error)).toBeLessThan(FLOAT64_SUMS);
        expect(small.maximum).toBeLessThanOrEqual(
          large.upperBound * (1 + CERTIFIED_RELATIVE_GAP) + FLOAT64_SUMS,
        );
        if (small.upperBound < large.maximum) smaller++;

        // Their witness lies in their polytope, so it must satisfy every row of ours.
        const { rows } = polytopeAt(ours, x);
        const slacks = new Float64Array(rows.rowCount);
        rows.slacks(small.witness, slacks);
        expect(slacks.reduce((least, slack) => Math.min(least, slack), 0)).toBeGreaterThan(
          -FLOAT64_SUMS,
        );
      }),
      { numRuns: 25, seed: 7 },
    );
    // The order among losers does cut something off, or this test would compare equals.
    expect(smaller).toBeGreaterThan(0);
  });
});
