import { createAffineQuantiser } from "../../src/approximate/affineQuantiser";
import { createTwins } from "../../src/analyse/twin";
import { absoluteError, roundingError } from "../../src/analyse/roundingError";
import { pointOf } from "../../src/dataset/dataset";
import { createRandom } from "../../src/numeric/random";
import { createMatrix } from "../../src/numeric/matrix";
import { createNetwork } from "../../src/network/shape";
import type { Network } from "../../src/network/network";
import { bounds, mnist, network, quantise, quantize, round } from "../../src/lab/notebookCalls";
import { networkTable } from "../../src/lab/networkTable";
import { provenanceFacts } from "../../src/experiment/provenance";
import { renderText } from "../../src/present/table/showTable";

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

describe("a bound", () => {
  const exact = tinyNetwork();
  const twin = round(exact, 4);
  const captionOf = (options?: Parameters<typeof bounds>[2]): string =>
    renderText(bounds(exact, twin, options));

  test("holds in the box that it names, and is broken outside it", () => {
    const twins = createTwins(exact, twin);
    const domain = { lower: -1, upper: 3 };
    const totals = [captionOf(), captionOf({ domain })].map((text) =>
      Number(/E ≤ ([\d.]+) there/.exec(text)?.[1]),
    );
    const far = Math.max(
      ...[0, 1].map((k) => absoluteError(twins, new Float64Array(4).fill(k === 0 ? -1 : 3))),
      ...[0, 1, 2, 3].map((input) => absoluteError(twins, new Float64Array(4).fill(3, input))),
    );
    expect(far).toBeLessThanOrEqual(totals[1]);
    expect(absoluteError(twins, new Float64Array(4).fill(100))).toBeGreaterThan(totals[0]);
  });

  test.each([
    [undefined, "for every input in [0, 1] (pixels)"],
    [{ domain: "paper" }, "for every input in [-0.02335, 1.055] (paper)"],
    [{ domain: "-1:3" }, "for every input in [-1, 3]"],
    [{ domain: { lower: 0, upper: 255 } }, "for every input in [0, 255]"],
    [{ domain: { lower: 0, upper: 1 } }, "for every input in [0, 1] (pixels)"],
  ])("says so in caption and legend for the domain %j", (options, words) => {
    const text = captionOf(options);
    expect(text).toContain(`at each output, ${words}; E ≤`);
    expect(text).toContain(`bound: proved ${words}`);
  });

  test("says what was assumed of its networks, once, as every place that shows one does", () => {
    const assumptions = ["ReLU between the dense layers (the file does not say)"];
    const assumed = createNetwork("tiny", 4, exact.layers, assumptions);
    const words = "; assumed of tiny: ReLU between the dense layers (the file does not say)";
    const caption = renderText(bounds(assumed, round(assumed, 4)));
    expect(caption).toContain(`there${words}`);
    expect(caption.split("assumed of")).toHaveLength(2);
    expect(networkTable(round(assumed, 4)).caption).toContain("; assumed: ReLU between the dense");
    expect(provenanceFacts({ networks: [assumed] })).toContainEqual({
      what: "network tiny, assumed",
      value: assumptions[0],
    });
  });

  test.each([
    [{ lower: 1, upper: 0 }, /two numbers, the lower one first; found 1 and 0/],
    [{ lower: NaN, upper: 1 }, /found NaN and 1/],
    ["sphere", /unknown domain "sphere"; there are pixels/],
    ["0:one", /unknown domain "0:one"/],
  ])("is not given for the domain %j", (domain, message) => {
    expect(() => bounds(exact, twin, { domain })).toThrow(message);
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
