import { mapWeights } from "../../src/approximate/mapWeights";
import { approximate } from "../../src/approximate/approximate";
import { ArgumentError } from "../../src/errors";
import { evaluate } from "../../src/network/evaluate";
import { rulesOf } from "../../src/network/layer/layer";
import type { Network } from "../../src/network/network";
import { roundToHalf } from "../../src/numeric/half";
import { createRandom } from "../../src/numeric/random";
import { GRAPHS } from "../network/randomGraph";
import { randomPoint } from "../network/randomNetwork";

const parametersOf = ({ layers }: Network) =>
  layers.map((layer) =>
    rulesOf(layer)
      .parameters(layer)
      .map(({ values }) => [...values]),
  );

describe.each(GRAPHS)("mapWeights of a %s network", (_, build) => {
  const network = build(createRandom(5));

  test("makes of roundToHalf what the approximation half is, edges kept", () => {
    const mapped = mapWeights(network, roundToHalf, { biases: roundToHalf });
    const half = approximate(network, { kind: "half" });
    expect(parametersOf(mapped)).toEqual(parametersOf(half));
    const x = randomPoint(network.inputSize, createRandom(6));
    expect(evaluate(mapped, x)).toEqual(evaluate(half, x));
  });

  test("keeps biases and constants, and the given network as it is", () => {
    const before = parametersOf(network);
    const mapped = mapWeights(network, () => 0, { name: "zero" });
    expect(mapped.name).toBe("zero");
    expect(parametersOf(network)).toEqual(before);
    for (const [at, layer] of mapped.layers.entries()) {
      const given = rulesOf(network.layers[at]).parameters(network.layers[at]);
      for (const [which, { name, role, values }] of rulesOf(layer).parameters(layer).entries()) {
        const isKept = role === "exact" || name === "bias";
        expect([...values]).toEqual([...given[which].values].map((value) => (isKept ? value : 0)));
      }
    }
  });
});

describe("mapWeights", () => {
  const [, build] = GRAPHS[0];

  test("refuses a weight that becomes no finite number, by place", () => {
    expect(() => mapWeights(build(createRandom(1)), () => NaN)).toThrow(ArgumentError);
    expect(() => mapWeights(build(createRandom(1)), () => NaN)).toThrow(/layer \d+ .* makes NaN/);
  });

  test("forgets the name of an approximation that the weights no longer have", () => {
    const half = approximate(build(createRandom(1)), { kind: "half" });
    expect(mapWeights(half, (weight) => weight / 3).approximation).toBeUndefined();
  });
});
