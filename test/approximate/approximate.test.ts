import { approximate } from "../../src/approximate/approximate";
import { affineQuantiserOf } from "../../src/approximate/kind/affine";
import type { Approximation } from "../../src/approximate/approximation";
import { ArgumentError } from "../../src/errors";
import type { Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { roundToHalf } from "../../src/numeric/half";
import { roundToBfloat16 } from "../../src/numeric/bfloat16";
import { dense, tinyConvolution, tinyDense } from "./tinyNetworks";

/** All parameters in order: weights then biases, layer after layer. */
function parametersOf(network: Network): number[] {
  return network.layers.flatMap((layer) => {
    if (layer.kind === "dense") return [...layer.weights.data, ...layer.bias];
    return layer.kind === "conv2d" ? [...layer.weights, ...layer.bias] : [];
  });
}

const all: readonly Approximation[] = [
  { kind: "none" },
  { kind: "half" },
  { kind: "bfloat16" },
  { kind: "affine", bits: 5, behaviour: "paper" },
  { kind: "affine", bits: 5, behaviour: "corrected" },
  { kind: "symmetric", bits: 5, granularity: "tensor" },
  { kind: "symmetric", bits: 5, granularity: "channel" },
  { kind: "prune", percent: 50 },
];

describe("approximate", () => {
  test.each(all)(
    "gives a twin of equal shape and leaves the network alone: %j",
    (approximation) => {
      for (const make of [tinyDense, tinyConvolution]) {
        const network = make();
        const twin = approximate(network, approximation);
        expect(network).toEqual(make());
        expect(twin.layers.map((layer) => layer.kind)).toEqual(
          network.layers.map((layer) => layer.kind),
        );
        expect([twin.inputSize, twin.outputSize]).toEqual([network.inputSize, network.outputSize]);
        expect(parametersOf(twin)).toHaveLength(parametersOf(network).length);
      }
    },
  );

  test("keeps biases apart from a symmetric grid, and steps of one layer from another's", () => {
    const network = tinyDense();
    const twin = approximate(network, { kind: "symmetric", bits: 8, granularity: "tensor" });
    const [, first, , last] = network.layers;
    const [, roundedFirst, , roundedLast] = twin.layers;
    if (first.kind !== "dense" || last.kind !== "dense") throw new Error("layers are dense");
    if (roundedFirst.kind !== "dense" || roundedLast.kind !== "dense") throw new Error("dense");
    expect(roundedFirst.bias).toEqual(first.bias);
    expect(roundedLast.bias).toEqual(last.bias);
    // Steps 1.5 / 127 and 1 / 127: 0.30001 is nearest to 25 steps of the one, 0.7 to 89 of the
    // other.
    expect(roundedFirst.weights.data[3]).toBe((1.5 / 127) * 25);
    expect([...roundedLast.weights.data]).toEqual([(1 / 127) * 89, -1]);
  });

  test("notes the approximation's short name on the twin", () => {
    expect(tinyDense().approximation).toBeUndefined();
    expect(approximate(tinyDense(), { kind: "half" }).approximation).toBe("half");
  });

  test("names the twin by the approximation", () => {
    expect(approximate(tinyDense(), { kind: "half" }).name).toBe("tiny (half)");
    const affine = { kind: "affine", bits: 8, behaviour: "paper" } as const;
    expect(approximate(tinyDense(), affine).name).toBe("tiny (paper-8)");
  });

  test("keeps every parameter for `none`, in memory of its own", () => {
    const network = tinyConvolution();
    const twin = approximate(network, { kind: "none" });
    expect(parametersOf(twin)).toEqual(parametersOf(network));
    const [first] = twin.layers;
    if (first?.kind === "conv2d") first.weights[0] = 99;
    expect(parametersOf(network)).not.toContain(99);
  });

  test("rounds weights and biases of dense and convolution layers to binary16", () => {
    for (const network of [tinyDense(), tinyConvolution()]) {
      const twin = approximate(network, { kind: "half" });
      expect(parametersOf(twin)).toEqual(parametersOf(network).map(roundToHalf));
    }
  });

  test("rounds weights and biases to bfloat16", () => {
    const twin = approximate(tinyConvolution(), { kind: "bfloat16" });
    expect(parametersOf(twin)).toEqual(parametersOf(tinyConvolution()).map(roundToBfloat16));
  });

  test("leaves normalisation exact", () => {
    const twin = approximate(tinyDense(), { kind: "affine", bits: 2, behaviour: "paper" });
    expect(twin.layers[0]).toEqual({ kind: "normalise", mean: 0.1307, deviation: 0.3081 });
  });

  test("puts all parameters of all layers on one grid", () => {
    const approximation = { kind: "affine", bits: 3, behaviour: "corrected" } as const;
    // The range is −1 .. 2, the two ends in different tensors: s = 3/7, z = rint(−5/3) = −2.
    const quantiser = affineQuantiserOf(tinyDense(), approximation);
    expect(quantiser).toMatchObject({ scale: 3 / 7, zeroPoint: -2 });
    for (const value of parametersOf(approximate(tinyDense(), approximation))) {
      const steps = value / quantiser.scale;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(2 ** -40);
    }
  });

  test("refuses a weight that binary16 would make infinite, saying where", () => {
    const network = createNetwork("big", 2, [dense([[1, 70000]], [0])]);
    const round = () => approximate(network, { kind: "half" });
    expect(round).toThrow(ArgumentError);
    expect(round).toThrow(
      /weights of layer 1 \(dense\) of big, value 1: 70000 cannot be rounded to binary16, whose largest value is 65504/,
    );
    expect(parametersOf(approximate(network, { kind: "bfloat16" }))[1]).toBe(70144);
  });

  test("refuses a grid over parameters that are not finite, or over none", () => {
    const affine = { kind: "affine", bits: 8, behaviour: "corrected" } as const;
    const good = createNetwork("spoilt", 1, [dense([[1]], [0])]);
    const spoilt = { ...good, layers: [dense([[Number.NaN]], [0])] };
    expect(() => affineQuantiserOf(spoilt, affine)).toThrow(/spoilt has a parameter NaN/);
    expect(() => approximate(spoilt, affine)).toThrow(/weights of layer 1 .* hold NaN at \[0, 0\]/);
    const empty = createNetwork("empty", 1, [{ kind: "relu" }]);
    expect(() => approximate(empty, affine)).toThrow(/empty has no weights/);
  });

  test("prunes half of each layer's weights by magnitude and keeps the biases", () => {
    const twin = approximate(tinyDense(), { kind: "prune", percent: 50 });
    expect(parametersOf(twin)).toEqual([0, 0, 1.5, 0.30001, 0.3, -0.4, 0, -1, 2]);
  });

  test("refuses to prune more than everything", () => {
    expect(() => approximate(tinyDense(), { kind: "prune", percent: 101 })).toThrow(
      /0 to 100 per cent of the weights, found 101/,
    );
  });
});
