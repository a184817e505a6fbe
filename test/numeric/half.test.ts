import fc from "fast-check";
import { fromHalf, roundToHalf, toHalf } from "../../src/numeric/half";
import { HALF_VALUES, nearestHalfPattern } from "../reference/nearestHalf";

const PARAMETERS = { seed: 20250916, numRuns: 5000 };
const float32 = fc.float({ noNaN: true });
const nearHalf = fc.double({ min: -70000, max: 70000, noNaN: true });

/** The neighbours of a positive binary64 number. */
function neighbours(value: number): [number, number] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const pattern = view.getBigUint64(0);
  view.setBigUint64(0, pattern - 1n);
  const below = view.getFloat64(0);
  view.setBigUint64(0, pattern + 1n);
  return [below, view.getFloat64(0)];
}

describe("fromHalf", () => {
  test("agrees with the reference on all finite patterns of both signs", () => {
    const wrong = HALF_VALUES.filter(
      (value, pattern) =>
        !Object.is(fromHalf(pattern), value) || !Object.is(fromHalf(pattern | 0x8000), -value),
    );
    expect(HALF_VALUES).toHaveLength(0x7c00);
    expect(wrong).toEqual([]);
  });

  test("reads infinities and NaNs", () => {
    expect(fromHalf(0x7c00)).toBe(Infinity);
    expect(fromHalf(0xfc00)).toBe(-Infinity);
    for (const pattern of [0x7c01, 0x7e00, 0x7fff, 0xfc01]) expect(fromHalf(pattern)).toBeNaN();
  });
});

describe("toHalf", () => {
  test("gives each of the 65,536 patterns back, NaNs as the quiet NaN", () => {
    const wrong: number[] = [];
    for (let pattern = 0; pattern < 65536; pattern++) {
      const isNaN = (pattern & 0x7c00) === 0x7c00 && (pattern & 0x3ff) !== 0;
      if (toHalf(fromHalf(pattern)) !== (isNaN ? 0x7e00 : pattern)) wrong.push(pattern);
    }
    expect(wrong).toEqual([]);
  });

  test("sends every midpoint to the even neighbour, and its neighbours to theirs", () => {
    const wrong: number[] = [];
    HALF_VALUES.forEach((value, pattern) => {
      const middle = (value + (HALF_VALUES[pattern + 1] ?? 65536)) / 2;
      const [below, above] = neighbours(middle);
      const even = pattern % 2 === 0 ? pattern : pattern + 1;
      const isRight =
        toHalf(middle) === even && toHalf(below) === pattern && toHalf(above) === pattern + 1;
      if (!isRight) wrong.push(pattern);
    });
    expect(wrong).toEqual([]);
  });

  test("agrees with the reference on random binary32 and binary64 values", () => {
    fc.assert(
      fc.property(
        fc.oneof(float32, nearHalf),
        (value) => toHalf(value) === nearestHalfPattern(value),
      ),
      PARAMETERS,
    );
  });
});

describe("roundToHalf", () => {
  test.each([
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [2 ** -25, 0],
    [1.5 * 2 ** -24, 2 ** -23],
    [2 ** -14 - 2 ** -25, 2 ** -14],
    [65504, 65504],
    [65519.999, 65504],
    [65520, Infinity],
    [-65520, -Infinity],
    [0.1, 0.0999755859375],
    [-1e-300, -0],
    [5e-324, 0],
  ])("sends %p to %p", (value, expected) => {
    expect(roundToHalf(value)).toBe(expected);
  });

  test("keeps NaN, infinities and the sign of zero", () => {
    expect(roundToHalf(Number.NaN)).toBeNaN();
    expect(roundToHalf(-Infinity)).toBe(-Infinity);
    expect(roundToHalf(-0)).toBe(-0);
  });

  test("is the value of the pattern that toHalf gives", () => {
    fc.assert(
      fc.property(fc.oneof(float32, nearHalf), (value) =>
        Object.is(roundToHalf(value), fromHalf(toHalf(value))),
      ),
      PARAMETERS,
    );
  });

  test("is idempotent and monotone", () => {
    fc.assert(
      fc.property(nearHalf, nearHalf, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const rounded = roundToHalf(low);
        return Object.is(roundToHalf(rounded), rounded) && rounded <= roundToHalf(high);
      }),
      PARAMETERS,
    );
  });

  test("errs by at most 2^-11 of a normal value, and by 2^-25 of a small one", () => {
    const inRange = fc.double({ min: -65504, max: 65504, noNaN: true });
    fc.assert(
      fc.property(inRange, (value) => {
        const bound = Math.max(2 ** -11 * Math.abs(value), 2 ** -25);
        return Math.abs(roundToHalf(value) - value) <= bound;
      }),
      PARAMETERS,
    );
  });
});
