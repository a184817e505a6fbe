import { createPatternPasses } from "../../src/analyse/choosePasses";
import { evaluate } from "../../src/network/evaluate";
import { createEvaluator } from "../../src/network/evaluateMany";
import type { Network } from "../../src/network/network";
import { placeNetworks } from "../../src/network/placedLayers";
import { createNetwork } from "../../src/network/shape";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import { randomConvolutionalNetwork, randomDenseNetwork } from "./randomNetwork";

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

const normalise = { kind: "normalise", mean: 0.1307, deviation: 0.3081 } as const;

const NETWORKS: readonly [string, (random: RandomSource) => Network][] = [
  ["dense", (random) => randomDenseNetwork([6, 9, 7, 3], random)],
  ["dense and normalised", (random) => randomDenseNetwork([7, 10, 3], random, [normalise])],
  ["one layer", (random) => randomDenseNetwork([3, 2], random)],
  ["convolutional", randomConvolutionalNetwork],
];

/** The same with every parameter a binary32 number: those are kept in half the memory. */
function inSinglePrecision(network: Network): Network {
  const round = (values: Float64Array): Float64Array => Float64Array.from(values, Math.fround);
  const layers = network.layers.map((layer) => {
    if (layer.kind === "dense") {
      const { weights, bias } = layer;
      return { ...layer, weights: { ...weights, data: round(weights.data) }, bias: round(bias) };
    }
    if (layer.kind !== "conv2d") return layer;
    return { ...layer, weights: round(layer.weights), bias: round(layer.bias) };
  });
  return createNetwork(network.name, network.inputSize, layers);
}

/** Pixels of which many are 0, others negative. */
function points(size: number, random: RandomSource): Float64Array[] {
  return Array.from({ length: 12 }, () =>
    Float64Array.from(
      { length: size },
      () => Math.max(random.normal(), -0.5) * (random.next() > 0.4 ? 1 : 0),
    ),
  );
}

describe.each(makers)("in %s kernels", (_, make) => {
  const kernels = (): Kernels => {
    const made = make();
    if (made === undefined) throw new Error("the kernels were there a moment ago");
    return made;
  };

  test.each(NETWORKS)(
    "a network that is %s has the logits of evaluate, to the bit",
    (_name, build) => {
      const random = createRandom(11);
      for (const network of [build(random), inSinglePrecision(build(random))]) {
        const [passes] = createPatternPasses([network], kernels());
        const run = createEvaluator(network, kernels());
        for (const x of points(network.inputSize, random)) {
          const expected = evaluate(network, x);
          expect(passes.evaluate(x)).toEqual(expected);
          if (network.layers.some(({ kind }) => kind === "conv2d"))
            expect(run(x)).toEqual(expected);
        }
      }
    },
  );

  test("an evaluation leaves what flowed before as it is", () => {
    const random = createRandom(12);
    const network = randomConvolutionalNetwork(random);
    const [passes] = createPatternPasses([network], kernels());
    const [x, other] = points(network.inputSize, random);
    passes.forward(x);
    const flows = passes.flows.map((values) => values.slice());
    passes.evaluate(other);
    expect(passes.flows).toEqual(flows);
  });

  test("binary32 weights give the bits that they give in binary64, one product after another", () => {
    const random = createRandom(14);
    for (const outputs of [1, 2, 5, 8, 11]) {
      const network = inSinglePrecision(randomDenseNetwork([9, outputs], random));
      const [layer] = network.layers;
      if (layer.kind !== "dense") throw new Error("the network is one dense layer");
      const [passes] = createPatternPasses([network], kernels());
      for (const x of points(9, random)) {
        passes.forward(x);
        const expected = layer.bias.map((bias, row) =>
          x.reduce((sum, value, j) => sum + value * layer.weights.data[9 * row + j], bias),
        );
        expect(passes.flows[1]).toEqual(expected);
      }
    }
  });

  test("weights that are binary32 numbers take half the memory of others", () => {
    const random = createRandom(13);
    const network = randomDenseNetwork([40, 50, 30], random);
    const precisionOf = (each: Network): unknown[] =>
      placeNetworks([each], kernels()).networks[0].flatMap((place) =>
        place?.kind === "dense" ? [place.precision, place.columns.view.BYTES_PER_ELEMENT] : [],
      );
    expect(precisionOf(network)).toEqual(["values", 8, "values", 8]);
    expect(precisionOf(inSinglePrecision(network))).toEqual(["singles", 4, "singles", 4]);
  });
});
