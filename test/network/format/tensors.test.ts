import { approximate } from "../../../src/approximate/approximate";
import { FormatError, ShapeError } from "../../../src/errors";
import { evaluate } from "../../../src/network/evaluate";
import { expandMaxPool } from "../../../src/network/expandMaxPool";
import { networkFromTensors, tensorsFromNetwork } from "../../../src/network/format/tensors";
import { formatNetworkJson, parseNetworkJson } from "../../../src/network/format/json";
import type { Layer, Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import type { Tensor, TensorFile } from "../../../src/network/format/safetensors";
import { createMatrix } from "../../../src/numeric/matrix";

const MNIST = { normalisation: "(x/255-0.1307)/0.3081" };

/** A tensor filled with small different numbers. */
function tensor(name: string, ...shape: readonly number[]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Float64Array.from({ length: count }, (_, index) => ((index * 7) % 11) / 8 - 0.5);
  return { name, shape, values };
}

function file(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>> = MNIST,
): TensorFile {
  return { tensors, metadata };
}

/** 4 – 3 – 2 under the given names of its two layers. */
function chain(first: string, second: string): readonly Tensor[] {
  return [
    tensor(`${first}.weight`, 3, 4),
    tensor(`${first}.bias`, 3),
    tensor(`${second}.weight`, 2, 3),
    tensor(`${second}.bias`, 2),
  ];
}

const convolutional = [
  tensor("conv1.weight", 2, 1, 3, 3),
  tensor("conv1.bias", 2),
  tensor("conv2.weight", 3, 2, 3, 3),
  tensor("conv2.bias", 3),
  tensor("fc1.weight", 5, 3 * 14 * 14),
  tensor("fc1.bias", 5),
  tensor("fc2.weight", 2, 5),
  tensor("fc2.bias", 2),
];

function kinds(network: Network): string {
  return network.layers.map((layer) => layer.kind).join(" ");
}

function without(tensors: readonly Tensor[], name: string): readonly Tensor[] {
  return tensors.filter((candidate) => candidate.name !== name);
}

function replace(tensors: readonly Tensor[], changed: Tensor): readonly Tensor[] {
  return tensors.map((candidate) => (candidate.name === changed.name ? changed : candidate));
}

describe("networkFromTensors, without a description", () => {
  test("chains dense layers with ReLU between them and normalisation in front", () => {
    const network = networkFromTensors(file(chain("fc1", "fc2")), { name: "small" });
    expect(kinds(network)).toBe("normalise dense relu dense");
    expect(network).toMatchObject({ name: "small", inputSize: 4, outputSize: 2 });
    expect(network.layers[0]).toEqual({ kind: "normalise", mean: 0.1307, deviation: 0.3081 });
  });

  test.each([
    ["0", "3"],
    ["network.1", "network.4"],
    ["layers.2", "layers.10"],
    ["hidden0", "hidden1"],
  ])("orders %s and %s by number, whatever their order in the file", (first, second) => {
    const network = networkFromTensors(file([...chain(first, second)].reverse()), { name: "n" });
    expect(network.inputSize).toBe(4);
    expect(network.outputSize).toBe(2);
  });

  test("computes what the tensors say, worked by hand", () => {
    // x = (1, 2), no normalisation: hidden R(1·1 − 1·2 + 0) = 0, R(2 + 2 + 1) = 5; output 3·0 − 2·5
    // + 0.5.
    const tensors = [
      { name: "fc1.weight", shape: [2, 2], values: Float64Array.of(1, -1, 2, 1) },
      { name: "fc1.bias", shape: [2], values: Float64Array.of(0, 1) },
      { name: "fc2.weight", shape: [1, 2], values: Float64Array.of(3, -2) },
      { name: "fc2.bias", shape: [1], values: Float64Array.of(0.5) },
    ];
    const options = { name: "hand", normalisation: "none" } as const;
    const network = networkFromTensors(file(tensors, {}), options);
    expect(Array.from(evaluate(network, Float64Array.of(1, 2)))).toEqual([-9.5]);
  });

  test("says that ReLU was assumed, and says it of every twin and every copy", () => {
    const network = networkFromTensors(file(chain("fc1", "fc2")), { name: "small" });
    const assumed = [
      "ReLU between the dense layers, nothing after the last (the file does not say)",
    ];
    expect(network.assumptions).toEqual(assumed);
    expect(approximate(network, { kind: "half" }).assumptions).toEqual(assumed);
    expect(expandMaxPool(network).assumptions).toEqual(assumed);
    const saved = networkFromTensors(tensorsFromNetwork(network), { name: "small" });
    expect(saved.assumptions).toEqual(assumed);
    expect(parseNetworkJson(formatNetworkJson(network), "small.json").assumptions).toEqual(assumed);
  });

  test("assumes nothing between the layers of one layer, and says what is left", () => {
    const network = networkFromTensors(file(chain("fc1", "fc2").slice(0, 2)), { name: "one" });
    expect(network.assumptions).toEqual(["nothing after the last (the file does not say)"]);
  });

  test.each([
    [
      "convolutions",
      convolutional,
      /conv1.weight has shape \[2, 1, 3, 3\]: a convolution, whose stride/,
    ],
    ["neighbours by position", chain("0", "1"), /0.weight and 1.weight are neighbours by position/],
    [
      "neighbours by position under a name",
      chain("layers.0", "layers.1"),
      /layers.0.weight and layers.1.weight are neighbours by position/,
    ],
    [
      "batch normalisation",
      [...chain("0", "3"), tensor("1.running_mean", 3)],
      /1.running_mean has no place .* \(batch normalisation: fold it/,
    ],
  ])("guesses no function: %s are refused, and what is missing is named", (_, tensors, message) => {
    const read = () => networkFromTensors(file(tensors), { name: "n" });
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
    expect(read).toThrow(
      /give the architecture \(--architecture FILE, or the option architecture\)/,
    );
  });

  test.each(["module.", "_orig_mod.", "model.", "module._orig_mod.model.", "_orig_mod.module."])(
    "looks behind the wrapper %s",
    (wrapper) => {
      const wrapped = chain("fc1", "fc2").map((one) => ({ ...one, name: `${wrapper}${one.name}` }));
      const network = networkFromTensors(file(wrapped), { name: "n" });
      expect(network.layers).toEqual(
        networkFromTensors(file(chain("fc1", "fc2")), { name: "n" }).layers,
      );
    },
  );

  test("refuses two tensors that are one behind their wrappers", () => {
    const tensors = [...chain("fc1", "fc2"), tensor("module.fc1.bias", 3)];
    expect(() => networkFromTensors(file(tensors), { name: "n" })).toThrow(
      /tensors fc1.bias and module.fc1.bias are both fc1.bias without the wrappers/,
    );
  });

  test("passes over counters, what an optimiser keeps and empty arrays", () => {
    const tensors = [
      ...chain("fc1", "fc2"),
      tensor("bn1.num_batches_tracked", 1),
      tensor("optimizer.fc1.weight", 3, 4),
      { name: "fc3.bias", shape: [0], values: new Float64Array(0) },
    ];
    expect(kinds(networkFromTensors(file(tensors), { name: "n" }))).toBe(
      "normalise dense relu dense",
    );
  });

  test("takes a missing or empty bias for zero", () => {
    const empty = { name: "fc2.bias", shape: [0], values: new Float64Array(0) };
    const tensors = [...without(without(chain("fc1", "fc2"), "fc1.bias"), "fc2.bias"), empty];
    const { layers } = networkFromTensors(file(tensors), { name: "n" });
    expect([layers[1], layers[3]]).toMatchObject([
      { bias: new Float64Array(3) },
      { bias: new Float64Array(2) },
    ]);
  });

  test("shows a tensor's name without its escape sequences, cut", () => {
    const evil = `\u001b[2J${"x".repeat(1e6)}.weight`;
    const read = () => networkFromTensors(file([tensor(evil, 2, 2)]), { name: "n" });
    expect(read).toThrow(/tensor "\\u\{1b\}\[2Jx+…" has no place/);
    try {
      read();
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(400);
    }
  });

  test("reads names of a million digits in no more steps than they have characters", () => {
    // A backtracking pattern would take 10^12 steps here.
    const name = `${"1".repeat(1e6)}x.weight`;
    expect(() => networkFromTensors(file([tensor(name, 2, 2)]), { name: "n" })).toThrow(/no place/);
    const normalisation = `(x-${"1".repeat(1e6)}`;
    expect(() =>
      networkFromTensors(file(chain("0", "2"), { normalisation }), { name: "n" }),
    ).toThrow(/metadata "normalisation" is/);
  });

  test("lets an option decide the normalisation, and asks for it if nothing does", () => {
    const tensors = chain("fc1", "fc2");
    const normalisation = { mean: 0.5, deviation: 0.25 };
    const network = networkFromTensors(file(tensors), { name: "n", normalisation });
    expect(network.layers[0]).toMatchObject(normalisation);
    expect(() => networkFromTensors(file(tensors, {}), { name: "n" })).toThrow(
      /n: the file does not say how inputs are normalised; give the option normalisation/,
    );
  });

  test.each([
    ["(x - 0.5) / 0.25", { mean: 0.5, deviation: 0.25 }],
    ["(x/255 − 0.1307)/0.3081", { mean: 0.1307, deviation: 0.3081 }],
  ])("reads the normalisation %p", (normalisation, expected) => {
    const network = networkFromTensors(file(chain("0", "2"), { normalisation }), { name: "n" });
    expect(network.layers[0]).toEqual({ kind: "normalise", ...expected });
  });

  test.each(["per image", "(x/255-0.1)/0", "x"])(
    "refuses the normalisation %p",
    (normalisation) => {
      const read = () =>
        networkFromTensors(file(chain("0", "2"), { normalisation }), { name: "n" });
      expect(read).toThrow(FormatError);
      expect(read).toThrow(`metadata "normalisation" is "${normalisation}", expected`);
    },
  );

  test.each([
    [
      "a missing weight",
      without(chain("fc1", "fc2"), "fc2.weight"),
      /tensor fc2.weight is missing/,
    ],
    ["a hole in the numbers", chain("fc1", "fc3"), /tensor fc2.weight is missing \(between fc1/],
    [
      "two families of names",
      chain("fc1", "out2"),
      /fc1.weight and out2.weight have no common order/,
    ],
    ["a name without a place", [...chain("0", "1"), tensor("scale", 1)], /scale has no place/],
    ["no tensors at all", [], /no dense layer/],
  ])("refuses %s", (_, tensors, message) => {
    const read = () => networkFromTensors(file(tensors), { name: "n" });
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });

  test.each([
    [
      "a layer that does not fit the one before",
      replace(chain("fc1", "fc2"), tensor("fc2.weight", 2, 5)),
      /tensor fc2.weight has shape \[2, 5\], but the layer before it yields 3 values/,
    ],
    [
      "a bias of the wrong length",
      replace(chain("fc1", "fc2"), tensor("fc1.bias", 4)),
      /tensor fc1.bias should have shape \[3\], found \[4\]/,
    ],
    [
      "a weight of the wrong rank",
      replace(chain("fc1", "fc2"), tensor("fc1.weight", 12)),
      /tensor fc1.weight has shape \[12\], expected 2 dimensions/,
    ],
  ])("refuses %s", (_, tensors, message) => {
    const read = () => networkFromTensors(file(tensors), { name: "n" });
    expect(read).toThrow(ShapeError);
    expect(read).toThrow(message);
  });

  test.each([Number.NaN, Infinity, -Infinity])("refuses a weight %p and says where", (value) => {
    const weights = tensor("fc2.weight", 2, 3);
    weights.values[4] = value;
    const read = () =>
      networkFromTensors(file(replace(chain("fc1", "fc2"), weights)), { name: "n" });
    expect(read).toThrow(FormatError);
    expect(read).toThrow(`n: tensor fc2.weight holds ${value} at [1, 1]`);
  });
});

describe("tensorsFromNetwork", () => {
  const layers: readonly Layer[] = [
    { kind: "normalise", mean: 0.2, deviation: 0.4 },
    {
      kind: "conv2d",
      inChannels: 1,
      outChannels: 2,
      height: 4,
      width: 6,
      kernel: 2,
      stride: 2,
      padding: 0,
      weights: tensor("", 2, 1, 2, 2).values,
      bias: Float64Array.of(0.1, -0.2),
    },
    { kind: "maxPool2d", channels: 2, height: 2, width: 3, window: 1 },
    {
      kind: "dense",
      weights: createMatrix(3, 12, tensor("", 3, 12).values),
      bias: Float64Array.of(1, 2, 3),
    },
    { kind: "relu" },
    { kind: "dense", weights: createMatrix(1, 3), bias: Float64Array.of(0.5) },
    { kind: "relu" },
  ];
  const network = createNetwork("odd", 24, layers);

  test("carries any architecture, also one that could not be inferred", () => {
    const written = tensorsFromNetwork(network, { note: "made by hand" });
    expect(written.metadata["note"]).toBe("made by hand");
    expect(networkFromTensors(written, { name: "odd" })).toEqual(network);
  });

  test("names tensors as PyTorch modules usually are", () => {
    const names = tensorsFromNetwork(network).tensors.map(({ name }) => name);
    expect(names).toEqual([
      "conv1.weight",
      "conv1.bias",
      "fc1.weight",
      "fc1.bias",
      "fc2.weight",
      "fc2.bias",
    ]);
  });

  test("has a description that must fit the tensors", () => {
    const written = tensorsFromNetwork(network);
    const read = (tensors: readonly Tensor[]) => () =>
      networkFromTensors({ ...written, tensors }, { name: "odd" });
    expect(read(without(written.tensors, "fc2.bias"))).toThrow(/tensor fc2.bias is missing/);
    expect(read([...written.tensors, tensor("fc9.bias", 1)])).toThrow(
      /fc9.bias belongs to no layer/,
    );
    expect(read(replace(written.tensors, tensor("fc1.weight", 12, 3)))).toThrow(
      /tensor fc1.weight should have shape \[3, 12\], found \[12, 3\]/,
    );
  });

  test.each([
    ["{", /metadata "roundlab" is no JSON/],
    ["{}", /expected version 1, found nothing/],
    ['{"version":2}', /expected version 1, found 2; a newer RoundLab/],
    ['{"version":1,"inputSize":0,"layers":[]}', /"inputSize" must be a whole number >= 1, found 0/],
    ['{"version":1,"inputSize":2,"layers":{}}', /"layers" must be an array, found {}/],
    ['{"version":1,"inputSize":2,"layers":[{"kind":"lstm"}]}', /layer 1: unknown kind "lstm"/],
    [
      '{"version":1,"inputSize":2,"layers":[{"kind":"normalise","mean":0,"deviation":0}]}',
      /layer 1: "deviation" must be > 0/,
    ],
    [
      '{"version":1,"inputSize":2,"layers":[{"kind":"dense","inputs":2}]}',
      /"tensor" must be a text/,
    ],
  ])("has a description that is checked: %s", (roundlab, message) => {
    const read = () => networkFromTensors(file([], { roundlab }), { name: "n" });
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });
});
