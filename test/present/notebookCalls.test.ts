import { createAffineQuantiser } from "../../src/approximate/affineQuantiser";
import { createTwins } from "../../src/analyse/twin";
import { roundingError } from "../../src/analyse/roundingError";
import { pointOf } from "../../src/dataset/dataset";
import { createRandom } from "../../src/numeric/random";
import { createMatrix } from "../../src/numeric/matrix";
import { createNetwork } from "../../src/network/shape";
import type { Network } from "../../src/network/network";
import { bounds, mnist, network, quantise, quantize, round } from "../../src/present/notebookCalls";

/** Two small dense layers with seeded weights. */
function tinyNetwork(): Network {
  const random = createRandom(3);
  const values = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => 2 * random.next() - 1);
  const matrix = (rows: number, columns: number) =>
    ({ ...createMatrix(rows, columns), data: values(rows * columns) }) as const;
  return createNetwork("tiny", 4, [
    { kind: "dense", weights: matrix(6, 4), bias: values(6) },
    { kind: "relu" },
    { kind: "dense", weights: matrix(3, 6), bias: values(3) },
  ]);
}

describe("round", () => {
  test("takes the words and numbers of parseApproximation", () => {
    const exact = tinyNetwork();
    expect(round(exact, 8).layers).toEqual(round(exact, "paper-8").layers);
    expect(round(exact, "none").layers).toEqual(exact.layers);
    expect(() => round(exact, "no-such")).toThrow(/there is no approximation "no-such"/);
  });
});

describe("quantise", () => {
  test("is round in the field's word and in both spellings, and still puts a value on a grid", () => {
    const exact = tinyNetwork();
    expect(quantise(exact, "int8").layers).toEqual(round(exact, "int8").layers);
    expect(quantize(exact, 8).layers).toEqual(round(exact, 8).layers);
    const grid = createAffineQuantiser(-1, 1, { kind: "affine", bits: 8, behaviour: "corrected" });
    expect(quantise(0, grid)).toBe(0);
  });
});

describe("bounds", () => {
  test("hold the errors at inputs of the domain, and say the bound of E", () => {
    const exact = tinyNetwork();
    const twin = round(exact, 4);
    const frame = bounds(exact, twin);
    const rows = frame.values as readonly (readonly number[])[];
    const twins = createTwins(exact, twin);
    const random = createRandom(5);
    for (let trial = 0; trial < 100; trial++) {
      const x = Float64Array.from({ length: 4 }, () => random.next());
      roundingError(twins, x).forEach((error, output) => {
        expect(error).toBeGreaterThanOrEqual(rows[output][0]);
        expect(error).toBeLessThanOrEqual(rows[output][1]);
      });
    }
  });
});

describe("mnist and network", () => {
  test("give what openDataset and loadNetwork give", async () => {
    const digits = await mnist();
    expect(["mnist", "mnist-embedded"]).toContain(digits.name);
    const net1 = await network("net1");
    expect(pointOf(digits, 0)).toHaveLength(net1.inputSize);
    await expect(network("net9")).rejects.toThrow(/known networks/);
  });
});
