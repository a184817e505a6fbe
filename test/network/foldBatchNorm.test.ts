import { approximate } from "../../src/approximate/approximate";
import { ArgumentError } from "../../src/errors";
import { evaluate } from "../../src/network/evaluate";
import { foldBatchNorm } from "../../src/network/foldBatchNorm";
import type { Layer, Network, Node } from "../../src/network/network";
import { createGraph } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { batchNormNetwork } from "./randomGraph";
import { randomPoint } from "./randomNetwork";

const scale: Layer = {
  ...{ kind: "scale", channels: 2, pixels: 1, role: "rounded" },
  ...{ weights: Float64Array.of(2, -0.5), bias: Float64Array.of(0.25, 1) },
};
const dense: Layer = {
  kind: "dense",
  weights: createMatrix(2, 2, Float64Array.of(1, 2, 3, 4)),
  bias: Float64Array.of(1, 2),
};
const graph = (...nodes: Node[]): Network => createGraph("net", 2, nodes);

describe("foldBatchNorm", () => {
  test("makes it part of the dense layer before it: s W and s b + t", () => {
    const folded = foldBatchNorm(graph({ layer: dense, from: [0] }, { layer: scale, from: [1] }));
    expect(folded.layers).toEqual([
      {
        kind: "dense",
        weights: createMatrix(2, 2, Float64Array.of(2, 4, -1.5, -2)),
        bias: Float64Array.of(2.25, 0),
      },
    ]);
  });

  test("keeps the function of a convolutional network, but not what is rounded", () => {
    const network = batchNormNetwork(createRandom(1));
    const folded = foldBatchNorm(network);
    expect(folded.layers.map(({ kind }) => kind).join(" ")).toBe("conv2d relu maxPool2d dense");
    const x = randomPoint(network.inputSize, createRandom(2));
    const [ours, theirs] = [network, folded].map((one) => evaluate(one, x));
    ours.forEach((value, output) => expect(theirs[output]).toBeCloseTo(value, 12));
    const [before, after] = [network, folded].map((one) =>
      evaluate(approximate(one, { kind: "half" }), x),
    );
    expect(before.some((value, output) => Math.abs(value - after[output]) > 1e-7)).toBe(true);
  });

  test("moves what a graph reads along", () => {
    const network = graph(
      { layer: dense, from: [0] },
      { layer: scale, from: [1] },
      { layer: { kind: "relu" }, from: [2] },
      { layer: { kind: "add" }, from: [2, 3, 0] },
    );
    const folded = foldBatchNorm(network);
    expect(folded.from).toEqual([[0], [1], [1, 2, 0]]);
    const x = Float64Array.of(0.5, -2);
    expect(evaluate(folded, x)).toEqual(evaluate(network, x));
  });

  test("leaves what is exact: a mean and deviation per channel are no batch norm", () => {
    const exact: Layer = { ...scale, role: "exact" };
    const network = graph({ layer: exact, from: [0] }, { layer: dense, from: [1] });
    expect(foldBatchNorm(network).layers).toEqual(network.layers);
  });

  test.each<[string, Node[], RegExp]>([
    ["the input", [{ layer: scale, from: [0] }], /layer 1 \(scale\) .* but the input; leave it/],
    [
      "a ReLU",
      [
        { layer: { kind: "relu" }, from: [0] },
        { layer: scale, from: [1] },
      ],
      /is no dense layer or convolution, but relu/,
    ],
    [
      "a layer that others read too",
      [
        { layer: dense, from: [0] },
        { layer: scale, from: [1] },
        { layer: { kind: "add" }, from: [1, 2] },
      ],
      /layer 1 is read by 2 layers/,
    ],
  ])("refuses one behind %s, by name", (_, nodes, message) => {
    expect(() => foldBatchNorm(graph(...nodes))).toThrow(ArgumentError);
    expect(() => foldBatchNorm(graph(...nodes))).toThrow(message);
  });
});
