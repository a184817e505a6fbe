import { approximate } from "../../src/approximate/approximate";
import { ArgumentError, ShapeError } from "../../src/errors";
import { networkChecksum } from "../../src/experiment/appMaxExperiment";
import { isSamePattern } from "../../src/network/activationPattern";
import { evaluateInto } from "../../src/network/evaluate";
import { createEvaluator } from "../../src/network/evaluateMany";
import { createFlows } from "../../src/network/flows";
import { formatNetworkJson, parseNetworkJson } from "../../src/network/format/json";
import { networkFromTensors, tensorsFromNetwork } from "../../src/network/format/tensors";
import { rulesOf } from "../../src/network/layer/layer";
import type { Layer, Network, Node } from "../../src/network/network";
import { patternAt } from "../../src/network/patternAt";
import { checkNetwork, createGraph, createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { plainEvaluate } from "../reference/plainEvaluate";
import { GRAPHS } from "./randomGraph";
import { randomPoint } from "./randomNetwork";

/** A point of [−1, 1]^n: padding by zeros and clips on both sides must show. */
function pointOf(network: Network, seed: number): Float64Array {
  return randomPoint(network.inputSize, createRandom(seed)).map((value) => 2 * value - 1);
}

describe.each(GRAPHS)("a %s network", (_, build) => {
  test("yields layer by layer what its definition reads", () => {
    for (let seed = 0; seed < 10; seed++) {
      const network = build(createRandom(seed));
      const x = pointOf(network, 100 + seed);
      const flows = createFlows(network);
      evaluateInto(network, x, flows);
      plainEvaluate(network, [...x]).forEach((expected, value) => {
        expect(flows[value]).toHaveLength(expected.length);
        const far = expected.reduce(
          (most, v, at) => Math.max(most, Math.abs(v - flows[value][at])),
          0,
        );
        expect(far).toBeLessThan(1e-12);
      });
      expect(createEvaluator(network)(x)).toEqual(flows[flows.length - 1]);
    }
  });

  test("does along the pattern of a point what it does at the point", () => {
    const network = build(createRandom(3));
    const x = pointOf(network, 4);
    const [natural, along] = [createFlows(network), createFlows(network)];
    evaluateInto(network, x, natural);
    evaluateInto(network, x, along, patternAt(network, x));
    expect(along).toEqual(natural);
  });

  test("comes back from its own files bit for bit", () => {
    const network = build(createRandom(5));
    const fromJson = parseNetworkJson(formatNetworkJson(network), "a test");
    const fromTensors = networkFromTensors(tensorsFromNetwork(network), { name: network.name });
    for (const found of [fromJson, fromTensors]) {
      expect(networkChecksum(found)).toBe(networkChecksum(network));
      expect(found.from).toEqual(network.from);
      const x = pointOf(network, 6);
      expect(isSamePattern(patternAt(found, x), patternAt(network, x))).toBe(true);
    }
  });

  test("has twins of its own form, whose exact numbers are its own", () => {
    const network = build(createRandom(7));
    const twin = approximate(network, { kind: "half" });
    checkNetwork(twin);
    expect(twin.from).toEqual(network.from);
    twin.layers.forEach((layer, index) => {
      const ours = network.layers[index];
      expect(rulesOf(layer).facts(layer)).toEqual(rulesOf(ours).facts(ours));
      rulesOf(layer)
        .parameters(layer)
        .forEach(({ values, role }, k) => {
          const exact = rulesOf(ours).parameters(ours)[k].values;
          if (role === "exact") expect(values).toEqual(exact);
          else expect(values).not.toEqual(exact);
        });
    });
  });
});

const dense = (inputs: number, outputs: number): Layer => ({
  kind: "dense",
  weights: createMatrix(outputs, inputs, new Float64Array(inputs * outputs).fill(1)),
  bias: new Float64Array(outputs),
});
const relu: Layer = { kind: "relu" };

describe("createGraph", () => {
  test("of a chain is createNetwork: the same value, with the same checksum", () => {
    const layers = [dense(2, 3), relu, dense(3, 1)];
    const nodes = layers.map((layer, index) => ({ layer, from: [index] }));
    const chain = createNetwork("chain", 2, layers);
    expect(createGraph("chain", 2, nodes)).toEqual(chain);
    expect(chain.from).toBeUndefined();
  });

  test("tells graphs of the same layers apart by what they read", () => {
    const graph = (first: number): Network =>
      createGraph("g", 2, [
        { layer: dense(2, 2), from: [0] },
        { layer: relu, from: [1] },
        { layer: { kind: "add" }, from: [first, 2] },
      ]);
    expect(networkChecksum(graph(0))).not.toBe(networkChecksum(graph(1)));
  });

  test.each<[string, Node[], RegExp]>([
    [
      "sums of unequal sizes",
      [
        { layer: dense(2, 3), from: [0] },
        { layer: { kind: "add" }, from: [0, 1] },
      ],
      /layer 2 \(add\) .* adds sources of 2, 3 values; all must be of one size/,
    ],
    ["a value from behind", [{ layer: relu, from: [1] }], /reads from 1; expected 0 .* to 0/],
    [
      "a second source of a ReLU",
      [{ layer: relu, from: [0, 0] }],
      /reads 2 values; its kind reads one/,
    ],
    ["no source", [{ layer: { kind: "add" }, from: [] }], /reads 0 values; its kind reads several/],
    [
      "a layer that nothing reads",
      [
        { layer: dense(2, 3), from: [0] },
        { layer: dense(2, 1), from: [0] },
      ],
      /layer 1 \(dense\) of network bad is read by no layer/,
    ],
    [
      "a source of another size",
      [
        { layer: dense(2, 3), from: [0] },
        { layer: dense(2, 2), from: [0] },
        { layer: { kind: "concat" }, from: [1, 2] },
        { layer: dense(4, 1), from: [3] },
      ],
      /layer 4 \(dense\) .* takes 4 values, but layer 3 yields 5/,
    ],
  ])("refuses %s", (_, nodes, message) => {
    expect(() => createGraph("bad", 2, nodes)).toThrow(ShapeError);
    expect(() => createGraph("bad", 2, nodes)).toThrow(message);
  });

  test.each<[string, Layer, typeof ShapeError | typeof ArgumentError, RegExp]>([
    [
      "channels that fall into no groups",
      conv({ groups: 2 }),
      ShapeError,
      /do not fall into 2 groups/,
    ],
    ["taps beyond the image", conv({ dilation: [4, 1] }), ShapeError, /nothing would come out/],
    ["a padding of five sides", conv({ padding: [0, 0, -1, 0] }), ShapeError, /padding must be/],
    [
      "a window of padding alone",
      { kind: "maxPool2d", channels: 1, height: 4, width: 4, window: 2, padding: 2 },
      ShapeError,
      /some windows would hold no pixel/,
    ],
    [
      "ends the wrong way round",
      { kind: "clip", lower: 1, upper: 0 },
      ArgumentError,
      /the lower one first/,
    ],
    [
      "a slope of nothing",
      { kind: "leakyRelu", slope: NaN },
      ArgumentError,
      /a finite slope, found NaN/,
    ],
    [
      "an index beyond the source",
      { kind: "pick", inputSize: 16, indices: [0, 16] },
      ShapeError,
      /index 1 is 16/,
    ],
    [
      "a channel too many",
      {
        ...{ kind: "scale", channels: 4, pixels: 4, role: "exact" },
        ...{ weights: new Float64Array(5), bias: new Float64Array(4) },
      },
      ShapeError,
      /needs 4 weights and as many biases, found 5 and 4/,
    ],
  ])("refuses %s", (_, layer, error, message) => {
    expect(() => createNetwork("bad", 16, [layer])).toThrow(error);
    expect(() => createNetwork("bad", 16, [layer])).toThrow(message);
  });
});

function conv(changed: Partial<Extract<Layer, { kind: "conv2d" }>>): Layer {
  const image = { inChannels: 1, outChannels: 1, height: 4, width: 4 };
  const form = { kernel: 2, stride: 1, padding: 0 };
  const numbers = { weights: new Float64Array(4), bias: new Float64Array(1) };
  return { kind: "conv2d", ...image, ...form, ...numbers, ...changed };
}
