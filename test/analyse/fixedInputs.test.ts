import { appMax } from "../../src/analyse/appMax";
import { createPolytopeWorkspace } from "../../src/analyse/polytope";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { createHighsEngine } from "../../src/lp/highs/engine";
import { createInteriorPointEngine } from "../../src/lp/interiorPoint/engine";
import type { Network } from "../../src/network/network";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const convolutional = randomConvolutionalNetwork(createRandom(1));
const dense = randomDenseNetwork([9, 12, 8, 3], createRandom(2));

/** Inputs in [0, 1], some of them fixed where the point has them. */
function boxAt(x: Float64Array, isFixed: (input: number) => boolean) {
  return {
    lower: x.map((value, input) => (isFixed(input) ? value : 0)),
    upper: x.map((value, input) => (isFixed(input) ? value : 1)),
  };
}

function workspaceOf(network: Network) {
  const twins = createTwins(network, perturbed(network, 0.05, createRandom(3)));
  return createPolytopeWorkspace(twins, createPlainKernels());
}

describe("AppMax in a box with fixed inputs", () => {
  test.each([
    ["a convolutional network", convolutional, "interior", createInteriorPointEngine],
    ["a dense network", dense, "region-2", createDualSimplexEngine],
  ] as const)("is certified by the specialised engine, of %s", async (_, network, name, create) => {
    const workspace = workspaceOf(network);
    const highs = await createHighsEngine();
    for (let seed = 0; seed < 4; seed++) {
      const x = randomPoint(network.inputSize, createRandom(10 + seed));
      const domain = boxAt(x, (input) => input % 4 <= seed);
      const found = appMax(workspace, x, [create()], { domain, proof: "real" });
      expect([found.status, found.reason]).toEqual(["certified", ""]);
      expect(found.solver).toBe(seed === 3 ? "none" : name);
      const expected = appMax(workspace, x, [highs], { domain });
      expect(Math.abs(found.maximum - expected.maximum)).toBeLessThan(1e-9);
      // The passes of a chain sum in another order than `evaluate`.
      expect(absoluteError(workspace.twins, found.witness)).toBeCloseTo(found.maximum, 13);
      found.witness.forEach((value, input) => {
        if (input % 4 <= seed) expect(value).toBe(x[input]);
      });
      // With all inputs fixed there is one input, and its error.
      if (seed === 3) expect(found.maximum).toBe(found.error);
      else expect(found.maximum).toBeGreaterThan(found.error);
    }
  });
});
