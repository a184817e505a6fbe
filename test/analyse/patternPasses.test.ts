import { isDenseChain } from "../../src/analyse/densePasses";
import { createPatternPasses } from "../../src/analyse/choosePasses";
import { createPlainPasses } from "../../src/analyse/patternPasses";
import { patternAt } from "../../src/network/patternAt";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const SIZES = [
  [6, 5, 3],
  [6, 9, 7, 3],
  [4, 8, 8, 6, 2],
  [3, 2],
];

const normalise = { kind: "normalise", mean: 0.13, deviation: 0.31 } as const;

describe("createPatternPasses", () => {
  test.each(SIZES.flatMap((sizes) => [[sizes, false] as const, [sizes, true] as const]))(
    "runs a dense chain %p in kernels to the plain results (normalised: %p)",
    (sizes, isNormalised) => {
      const random = createRandom(5);
      const network = randomDenseNetwork([...sizes], random, isNormalised ? [normalise] : []);
      const twin = perturbed(network, 0.1, random);
      const passes = createPatternPasses([network, twin], createPlainKernels());
      [network, twin].forEach((each, side) => {
        const plain = createPlainPasses(each);
        const pattern = patternAt(each, randomPoint(each.inputSize, random));
        const y = randomPoint(each.inputSize, random);
        y[0] = 0;
        passes[side].forward(y, pattern);
        plain.forward(y, pattern);
        each.layers.forEach(({ kind }, index) => {
          if (kind === "normalise") return;
          plain.flows[index + 1].forEach((value, place) => {
            expect(passes[side].flows[index + 1][place]).toBeCloseTo(value, 12);
          });
        });
        for (let layerCount = 1; layerCount <= each.layers.length; layerCount++) {
          if (each.layers[layerCount - 1].kind === "normalise") continue;
          const seed = plain.gradients[layerCount].map(() => random.normal());
          passes[side].gradients[layerCount].set(seed);
          plain.gradients[layerCount].set(seed);
          const expected = plain.backward(pattern, layerCount);
          passes[side].backward(pattern, layerCount).forEach((value, place) => {
            expect(value).toBeCloseTo(expected[place], 12);
          });
        }
      });
    },
  );

  test("does without a pattern what the values say", () => {
    const random = createRandom(6);
    const network = randomDenseNetwork([6, 9, 7, 3], random);
    const [passes] = createPatternPasses([network], createPlainKernels());
    const plain = createPlainPasses(network);
    const y = randomPoint(6, random);
    passes.forward(y);
    plain.forward(y);
    plain.flows[5].forEach((value, place) => {
      expect(passes.flows[5][place]).toBeCloseTo(value, 12);
    });
  });
});

describe("isDenseChain", () => {
  test("is true of dense layers and ReLUs and false of convolutions", () => {
    expect(isDenseChain(randomDenseNetwork([3, 4, 2], createRandom(1)))).toBe(true);
    expect(isDenseChain(randomConvolutionalNetwork(createRandom(1)))).toBe(false);
  });
});
