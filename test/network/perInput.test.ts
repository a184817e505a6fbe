import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { boundErrors } from "../../src/analyse/errorBounds";
import { createTwins } from "../../src/analyse/twin";
import { networkOptionsOf } from "../../src/cli/networkOptions";
import { ArgumentError, FormatError, ShapeError } from "../../src/errors";
import { networkChecksum } from "../../src/experiment/appMaxExperiment";
import { parseArchitecture } from "../../src/network/format/architecture";
import { formatNetworkJson, parseNetworkJson } from "../../src/network/format/json";
import { networkFromTensors, tensorsFromNetwork } from "../../src/network/format/tensors";
import { evaluate } from "../../src/network/evaluate";
import { createEvaluator } from "../../src/network/evaluateMany";
import type { Layer, Network } from "../../src/network/network";
import type { Normalisation } from "../../src/network/normalisation";
import { createNetwork } from "../../src/network/shape";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import { plainEvaluate } from "../reference/plainEvaluate";
import { colourNetwork, tabularNetwork } from "./randomGraph";
import { randomPoint } from "./randomNetwork";

const BOTH: readonly (readonly [string, Network])[] = [
  ["one for each input", tabularNetwork(createRandom(3))],
  ["one for each channel", colourNetwork(createRandom(3))],
];

describe.each(BOTH)("a normalisation with %s", (_, network) => {
  test("is what its definition reads, in every evaluator", () => {
    for (let seed = 0; seed < 20; seed++) {
      const x = randomPoint(network.inputSize, createRandom(seed));
      const expected = plainEvaluate(network, [...x]).at(-1) ?? [];
      const evaluators = [
        (y: Float64Array) => evaluate(network, y),
        createEvaluator(network),
        createEvaluator(network, createPlainKernels()),
      ];
      for (const found of evaluators.map((run) => run(x))) {
        expected.forEach((value, at) => expect(Math.abs(found[at] - value)).toBeLessThan(1e-12));
      }
    }
  });

  test("comes back from JSON and from safetensors with the same checksum", () => {
    const fromJson = parseNetworkJson(formatNetworkJson(network), "file");
    const fromTensors = networkFromTensors(tensorsFromNetwork(network), { name: network.name });
    for (const read of [fromJson, fromTensors]) {
      expect(read).toEqual(network);
      expect(networkChecksum(read)).toBe(networkChecksum(network));
    }
  });
});

test("twins that are normalised differently get no bound of their weights alone", () => {
  const dense: Layer = {
    kind: "dense",
    weights: { rows: 1, columns: 2, data: Float64Array.of(1, 2) },
    bias: Float64Array.of(0),
  };
  const [one, other] = [4, 5].map((mean) =>
    createNetwork("n", 2, [{ kind: "normalise", mean: [0, mean], deviation: 1 }, dense]),
  );
  const box = { lower: Float64Array.of(0, 0), upper: Float64Array.of(1, 1) };
  expect(() => boundErrors(createTwins(one, other), box)).toThrow(ShapeError);
});

/** 2 – 1 dense weights in a file that does not say more. */
const file = (metadata: Record<string, string> = {}) => ({
  metadata,
  tensors: [{ name: "fc1.weight", shape: [1, 6], values: new Float64Array(6).fill(1) }],
});

describe("a list of means", () => {
  test.each<[string, Exclude<Normalisation, "none">]>([
    [
      "(x-[1,2,3,4,5,-6e-1])/[1,1,2,2,3,3]",
      { mean: [1, 2, 3, 4, 5, -0.6], deviation: [1, 1, 2, 2, 3, 3] },
    ],
    [
      "(x/255 − [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]) / 0.25",
      { mean: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], deviation: 0.25 },
    ],
  ])("is read from the metadata %p", (normalisation, expected) => {
    const network = networkFromTensors(file({ normalisation }), { name: "n" });
    expect(network.layers[0]).toEqual({ kind: "normalise", ...expected });
  });

  test.each(["(x-[1,2])/[1", "(x-[])/[]", "(x-[1,a])/[1,1]", "(x-[1,2])/[1,0]"])(
    "is refused as the metadata %p",
    (normalisation) => {
      expect(() => networkFromTensors(file({ normalisation }), { name: "n" })).toThrow(FormatError);
    },
  );

  test("of another length than inputs or channels is refused, for it might be anything", () => {
    const read = (count: number, image?: { height: number; width: number }) => () =>
      networkFromTensors(file(), {
        name: "n",
        normalisation: { mean: new Float64Array(count), deviation: 1 },
        imageSize: image,
      });
    expect(read(6)).not.toThrow();
    expect(read(3)).toThrow(/has 3 numbers as its mean, but the network takes 6 values/);
    expect(read(3, { height: 1, width: 2 })).not.toThrow();
    expect(read(2, { height: 1, width: 2 })).toThrow(/one for each input, or 3 for the channels/);
  });

  test("is refused by a network that it does not fit, or whose deviations are not above 0", () => {
    const build = (mean: number | number[], deviation: number | number[]) => () =>
      createNetwork("n", 4, [{ kind: "normalise", mean, deviation }]);
    expect(build([1, 2], [1, 2])).not.toThrow();
    expect(build([1, 2, 3], 1)).toThrow(ShapeError);
    expect(build([1, 2], [1, 2, 3, 4])).toThrow(/has 2 means and 4 deviations for 4 values/);
    expect(build(0, [1, 0])).toThrow(/found 0 and 0 as number 1/);
    expect(build([0, NaN], 1)).toThrow(ArgumentError);
  });

  test("stands in an architecture, and in the file that --normalisation names", () => {
    const normalisation = { mean: [0.5, 0.25, 1], deviation: [1, 2, 3] };
    const layers = [{ kind: "dense", tensor: "fc1" }];
    expect(parseArchitecture({ version: 1, normalisation, layers }, "a")).toMatchObject({
      normalisation,
    });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-normalisation-"));
    const good = path.join(folder, "ranges.json");
    fs.writeFileSync(good, JSON.stringify(normalisation));
    expect(networkOptionsOf({ normalisation: good })).toEqual({ normalisation });
    fs.writeFileSync(good, JSON.stringify({ mean: 1, deviation: [1, "2"] }));
    expect(() => networkOptionsOf({ normalisation: good })).toThrow(
      /--normalisation .*ranges.json.*: "deviation", number 1, must be a finite number, found "2"/,
    );
    expect(() => networkOptionsOf({ normalisation: path.join(folder, "none.json") })).toThrow(
      /cannot be read/,
    );
    fs.rmSync(folder, { recursive: true });
  });
});
