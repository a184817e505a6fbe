import { createPatternPasses } from "../../src/analyse/choosePasses";
import { isDenseChain } from "../../src/analyse/densePasses";
import { createPlainPasses } from "../../src/analyse/patternPasses";
import type { SquareConvolution } from "../../src/network/layer/conv2d";
import type { Layer, Network } from "../../src/network/network";
import { patternAt } from "../../src/network/patternAt";
import { createNetwork } from "../../src/network/shape";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const normalise: Layer = { kind: "normalise", mean: 0.13, deviation: 0.31 };
const PER_INPUT: Layer = { kind: "normalise", mean: [0.13, 0, -2, 9], deviation: [0.3, 1, 5, 20] };

/** One convolution of the given form over 2 × 7 × 6 inputs, a ReLU, and a dense layer. */
function withConvolution(
  form: Pick<SquareConvolution, "kernel" | "stride" | "padding">,
  random: RandomSource,
): Network {
  const { kernel, stride, padding } = form;
  const values = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.normal());
  const reach = (length: number): number =>
    Math.floor((length + 2 * padding - kernel) / stride) + 1;
  const hidden = 3 * reach(7) * reach(6);
  return createNetwork("one convolution", 84, [
    {
      kind: "conv2d",
      inChannels: 2,
      outChannels: 3,
      height: 7,
      width: 6,
      ...form,
      weights: values(3 * 2 * kernel * kernel),
      bias: values(3),
    },
    { kind: "relu" },
    { kind: "dense", weights: createMatrix(2, hidden, values(2 * hidden)), bias: values(2) },
  ]);
}

const NETWORKS: readonly [string, (random: RandomSource) => Network][] = [
  ...[
    [6, 5, 3],
    [6, 9, 7, 3],
    [4, 8, 8, 6, 2],
    [3, 2],
  ].flatMap((sizes): [string, (random: RandomSource) => Network][] => [
    [`dense ${sizes.join("-")}`, (random) => randomDenseNetwork(sizes, random)],
    [
      `normalised dense ${sizes.join("-")}`,
      (random) => randomDenseNetwork(sizes, random, [normalise]),
    ],
  ]),
  [
    "dense, with a mean and deviation per input",
    (random) => randomDenseNetwork([4, 8, 6, 2], random, [PER_INPUT]),
  ],
  ["convolutional", randomConvolutionalNetwork],
  ["3 × 3, padded", (random) => withConvolution({ kernel: 3, stride: 1, padding: 1 }, random)],
  ["2 × 2, unpadded", (random) => withConvolution({ kernel: 2, stride: 1, padding: 0 }, random)],
  ["3 × 3, stride 2", (random) => withConvolution({ kernel: 3, stride: 2, padding: 1 }, random)],
  ["1 × 1", (random) => withConvolution({ kernel: 1, stride: 1, padding: 0 }, random)],
];

describe.each(NETWORKS)("createPatternPasses, in kernels, on a network that is %s", (_, build) => {
  const random = createRandom(5);
  const network = build(random);
  const both = [network, perturbed(network, 0.1, random)];
  const passes = createPatternPasses(both, createPlainKernels());

  test("yields the plain values along a pattern", () => {
    both.forEach((each, side) => {
      const plain = createPlainPasses(each);
      const pattern = patternAt(each, randomPoint(each.inputSize, random));
      const y = randomPoint(each.inputSize, random);
      y[0] = 0;
      passes[side].forward(y, pattern);
      plain.forward(y, pattern);
      each.layers.forEach(({ kind }, index) => {
        // Dense chains do the division of a normalisation in the next layer.
        if (kind === "normalise") return;
        plain.flows[index + 1].forEach((value, place) => {
          expect(passes[side].flows[index + 1][place]).toBeCloseTo(value, 11);
        });
      });
    });
  });

  test("does without a pattern what the values say", () => {
    const y = randomPoint(network.inputSize, random);
    const plain = createPlainPasses(network);
    passes[0].forward(y);
    plain.forward(y);
    plain.flows[network.layers.length].forEach((value, place) => {
      expect(passes[0].flows[network.layers.length][place]).toBeCloseTo(value, 11);
    });
  });

  test("pulls any form back as the plain passes do, one after another", () => {
    both.forEach((each, side) => {
      const plain = createPlainPasses(each);
      for (let layerCount = 1; layerCount <= each.layers.length; layerCount++) {
        const { kind } = each.layers[layerCount - 1];
        if (kind === "normalise") continue;
        const pattern = patternAt(each, randomPoint(each.inputSize, random));
        for (const share of [0, 0.05, 0.7]) {
          const places = Array.from(plain.flows[layerCount].keys()).filter(
            () => random.next() < share,
          );
          const form = { places, factors: places.map(() => random.normal()) };
          const expected = plain.pullBack(pattern, layerCount, form);
          passes[side].pullBack(pattern, layerCount, form).forEach((value, place) => {
            expect(value).toBeCloseTo(expected[place], 11);
          });
        }
      }
    });
  });
});

describe("isDenseChain", () => {
  test("is true of dense layers and ReLUs and false of convolutions", () => {
    expect(isDenseChain(randomDenseNetwork([3, 4, 2], createRandom(1)))).toBe(true);
    expect(isDenseChain(randomConvolutionalNetwork(createRandom(1)))).toBe(false);
  });
});
