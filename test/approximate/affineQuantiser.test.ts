import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createAffineQuantiser, quantise } from "../../src/approximate/affineQuantiser";
import { ArgumentError } from "../../src/errors";

const PARAMETERS = { seed: 20250916, numRuns: 3000 };
const paper = (bits: number) => ({ kind: "affine", bits, behaviour: "paper" }) as const;
const corrected = (bits: number) => ({ kind: "affine", bits, behaviour: "corrected" }) as const;

interface NumpyCase {
  readonly bits: number;
  readonly parameters: readonly number[];
  readonly scale: number;
  readonly zeroPoint: number;
  readonly values: readonly number[];
}

const numpy = JSON.parse(readFileSync(join(__dirname, "paperQuantiser.json"), "utf8")) as {
  cases: readonly NumpyCase[];
};

/** A range of binary32 numbers, a value in it and bits. */
const inRange = fc
  .tuple(
    fc.float({ min: -8, max: 8, noNaN: true }),
    fc.float({ min: -8, max: 8, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 2, max: 16 }),
  )
  .filter(([one, other]) => Math.abs(one - other) > 1e-6)
  .map(([one, other, part, bits]) => {
    const lower = Math.min(one, other);
    const upper = Math.max(one, other);
    const value = Math.min(upper, Math.max(lower, lower + part * (upper - lower)));
    return { lower, upper, value, bits };
  });

describe("createAffineQuantiser", () => {
  test("follows a case worked by hand: 2 bits over −1 .. 2", () => {
    // a = −2, b = 1, s = 3/3 = 1, z = (2·(−2) − (−1)·1)/3 = −1.
    const expected = { bits: 2, scale: 1, zeroPoint: -1, lowest: -2, highest: 1 };
    expect(createAffineQuantiser(-1, 2, paper(2))).toMatchObject(expected);
    expect(createAffineQuantiser(-1, 2, corrected(2))).toMatchObject(expected);
  });

  test("cuts z towards zero in the paper's behaviour and rounds it in the corrected one", () => {
    // 3 bits over −0.3 .. 0.5: a = −4, b = 3, z = (−2 + 0.9)/0.8 = −1.375, and over −0.25 .. 0.5:
    // −1.67.
    expect(createAffineQuantiser(-0.3, 0.5, paper(3)).zeroPoint).toBe(-1);
    expect(createAffineQuantiser(-0.3, 0.5, corrected(3)).zeroPoint).toBe(-1);
    expect(createAffineQuantiser(-0.25, 0.5, paper(3)).zeroPoint).toBe(-1);
    expect(createAffineQuantiser(-0.25, 0.5, corrected(3)).zeroPoint).toBe(-2);
  });

  test("widens the corrected range to contain zero", () => {
    const quantiser = createAffineQuantiser(1, 3, corrected(2));
    expect(quantiser).toMatchObject({ scale: 1, zeroPoint: -2 });
    expect([1, 2, 3].map((value) => quantise(value, quantiser))).toEqual([1, 2, 3]);
    expect(quantise(0, quantiser)).toBe(0);
  });

  test.each([
    [0, 1, paper(0), /1 to 24 whole bits, found 0/],
    [0, 1, paper(2.5), /1 to 24 whole bits, found 2.5/],
    [0, 1, corrected(25), /1 to 24 whole bits, found 25/],
    [1, 0, paper(8), /finite range lower <= upper, found 1 .. 0/],
    [0, Infinity, corrected(8), /finite range/],
    [Number.NaN, 1, corrected(8), /finite range/],
    [0.5, 0.5, paper(8), /all parameters are 0.5.*use corrected-8/],
  ])("refuses %p .. %p with %j", (lower, upper, approximation, message) => {
    const create = () => createAffineQuantiser(lower, upper, approximation);
    expect(create).toThrow(ArgumentError);
    expect(create).toThrow(message);
  });
});

describe("quantise", () => {
  test.each(numpy.cases)(
    "does what the authors' formulas do in numpy at $bits bits",
    (expected) => {
      const { parameters, bits, scale, zeroPoint, values } = expected;
      const quantiser = createAffineQuantiser(
        Math.min(...parameters),
        Math.max(...parameters),
        paper(bits),
      );
      expect(quantiser.scale).toBe(scale);
      expect(quantiser.zeroPoint).toBe(zeroPoint);
      expect(parameters.map((value) => quantise(value, quantiser))).toEqual(values);
    },
  );

  test("sends ties to the even grid point and clips, worked by hand", () => {
    // s = 1, z = −1: q = rint(w − 1), so −0.5 and 0.5 are ties at q = −1.5 and −0.5.
    const quantiser = createAffineQuantiser(-1, 2, paper(2));
    const values = [-1, -0.5, 0, 0.5, 1.4, 1.6, 2, 5, -7];
    expect(values.map((value) => quantise(value, quantiser))).toEqual([
      -1, -1, 0, 1, 1, 2, 2, 2, -1,
    ]);
  });

  test("clips one end by almost a whole step in the paper's behaviour, by half in the corrected", () => {
    // 4 bits, a = −8, b = 7, z = 7 − 15·upper/range: chosen just below a whole number, z is cut by
    // 0.98.
    const [lower, upper] = [-6.02 / 15, 8.98 / 15];
    const range = (behaviour: typeof paper | typeof corrected) => {
      const quantiser = createAffineQuantiser(lower, upper, behaviour(4));
      return Math.abs(quantise(upper, quantiser) - upper) / quantiser.scale;
    };
    expect(range(paper)).toBeGreaterThan(0.97);
    expect(range(corrected)).toBeLessThan(0.03);
  });

  test("errs by at most s/2 in the corrected behaviour", () => {
    fc.assert(
      fc.property(inRange, ({ lower, upper, value, bits }) => {
        const quantiser = createAffineQuantiser(lower, upper, corrected(bits));
        const error = Math.abs(quantise(value, quantiser) - value);
        return error <= (quantiser.scale / 2) * (1 + 2 ** (bits - 50));
      }),
      PARAMETERS,
    );
  });

  test("errs by at most s in the paper's behaviour where the range contains zero", () => {
    fc.assert(
      fc.property(inRange, ({ lower, upper, value, bits }) => {
        fc.pre(lower < 0 && upper > 0);
        const quantiser = createAffineQuantiser(lower, upper, paper(bits));
        const error = Math.abs(quantise(value, quantiser) - value);
        const binary32 = 2 ** -24 * 8;
        return error <= quantiser.scale * (1 + 2 ** (bits - 50)) + binary32;
      }),
      PARAMETERS,
    );
  });

  test.each([
    ["paper", paper],
    ["corrected", corrected],
  ])("is idempotent, monotone and keeps zero (%s)", (_, behaviour) => {
    fc.assert(
      fc.property(inRange, fc.double({ min: -9, max: 9, noNaN: true }), (given, other) => {
        const { lower, upper, value, bits } = given;
        fc.pre(lower <= 0 && upper >= 0);
        const quantiser = createAffineQuantiser(lower, upper, behaviour(bits));
        const rounded = quantise(value, quantiser);
        const isOrdered =
          value <= other
            ? rounded <= quantise(other, quantiser)
            : rounded >= quantise(other, quantiser);
        return (
          quantise(rounded, quantiser) === rounded && isOrdered && quantise(0, quantiser) === 0
        );
      }),
      PARAMETERS,
    );
  });

  test("has at most 2^bits values", () => {
    const quantiser = createAffineQuantiser(-0.7, 0.9, corrected(3));
    const values = Array.from({ length: 1000 }, (_, step) =>
      quantise(-0.7 + 0.0016 * step, quantiser),
    );
    expect(new Set(values).size).toBeLessThanOrEqual(8);
    expect(new Set(values).size).toBeGreaterThan(6);
  });

  test("keeps a network of zeros in the corrected behaviour", () => {
    expect(quantise(0, createAffineQuantiser(0, 0, corrected(4)))).toBe(0);
  });
});
