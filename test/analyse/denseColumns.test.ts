import { createConvolutionPasses } from "../../src/analyse/convolutionPasses";
import { createSparsePullBack } from "../../src/analyse/sparsePullBack";
import { patternOfFlows } from "../../src/network/activationPattern";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomConvolutionalNetwork, randomPoint } from "../network/randomNetwork";

describe("DenseColumns", () => {
  test.each([
    ["of binary32", Math.fround],
    ["of binary64", (value: number) => value],
  ])("carries forms back through weights %s to the bits of the whole product", (_, round) => {
    const random = createRandom(3);
    const network = perturbed(randomConvolutionalNetwork(random), 0.1, random);
    for (const layer of network.layers) {
      if (layer.kind === "dense")
        layer.weights.data.forEach((each, i, all) => (all[i] = round(each)));
    }
    const [passes] = createConvolutionPasses([network], createPlainKernels());
    const plain = createSparsePullBack(network);
    for (let time = 0; time < 5; time++) {
      passes.forward(randomPoint(network.inputSize, random));
      const pattern = patternOfFlows(network, passes.flows);
      const form = { places: [0, 2], factors: [1, random.normal()] };
      const value = network.layers.length;
      expect(passes.dense?.carry(value - 1, pattern, Int32Array.of(1), form0, 1)).toBeDefined();
      expect(passes.pullBack(pattern, value, form)).toEqual(plain.pullBack(pattern, value, form));
    }
  });
});

const form0 = Float64Array.of(0, 1, 0);
