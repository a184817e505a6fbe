import { FormatError, ShapeError } from "../../../src/errors";
import { evaluate } from "../../../src/network/evaluate";
import { formatNetworkJson, parseNetworkJson } from "../../../src/network/format/json";
import { tinyConvolution, tinyDense } from "../../approximate/tinyNetworks";

const valid = {
  version: 1,
  name: "hand",
  inputSize: 2,
  layers: [
    {
      kind: "dense",
      weights: [
        [1, -1],
        [2, 1],
      ],
      bias: [0, 1],
    },
    { kind: "relu" },
    { kind: "dense", weights: [[3, -2]], bias: [0.5] },
  ],
};

const spoil = (change: object, layer?: object): string =>
  JSON.stringify({
    ...valid,
    ...change,
    ...(layer === undefined ? {} : { layers: [{ ...valid.layers[0], ...layer }] }),
  });

describe("parseNetworkJson", () => {
  test("reads what a person wrote", () => {
    const network = parseNetworkJson(JSON.stringify(valid), "hand.json");
    expect(network.name).toBe("hand");
    expect(Array.from(evaluate(network, Float64Array.of(1, 2)))).toEqual([-9.5]);
  });

  test.each([
    ["{", /hand.json: no JSON/],
    ["[]", /hand.json: expected an object, found \[\]/],
    [spoil({ version: 0 }), /expected version 1, found 0/],
    [spoil({ name: 3 }), /"name" must be a text, found 3/],
    [spoil({}, { kind: "softmax" }), /layer 1: unknown kind "softmax"/],
    [
      spoil({}, { weights: [[1, "2"]] }),
      /row 0 of "weights", value 1: expected a finite number, found "2"/,
    ],
    [spoil({}, { weights: [1, 2] }), /row 0 of "weights" must be an array, found 1/],
    [spoil({}, { bias: [null, 0] }), /"bias", value 0: expected a finite number, found null/],
  ])("refuses %s", (text, message) => {
    expect(() => parseNetworkJson(text, "hand.json")).toThrow(FormatError);
    expect(() => parseNetworkJson(text, "hand.json")).toThrow(message);
  });

  test.each([
    [spoil({}, { weights: [[1, 2], [3]] }), /row 1 of "weights" has 1 values, but row 0 has 2/],
    [spoil({}, { bias: [1] }), /2 rows of weights, but 1 biases/],
    [spoil({ inputSize: 3 }), /layer 1 \(dense\).* takes 2 values, but the input yields 3/],
  ])("refuses shapes that do not fit: %s", (text, message) => {
    expect(() => parseNetworkJson(text, "hand.json")).toThrow(ShapeError);
    expect(() => parseNetworkJson(text, "hand.json")).toThrow(message);
  });
});

describe("formatNetworkJson", () => {
  test("is undone by parseNetworkJson, bit for bit", () => {
    for (const network of [tinyDense(), tinyConvolution()]) {
      expect(parseNetworkJson(formatNetworkJson(network), "test")).toEqual(network);
    }
  });
});
