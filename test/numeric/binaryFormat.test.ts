import { BFLOAT16 } from "../../src/numeric/bfloat16";
import { createRounder, roundHalfEven, roundToFormat } from "../../src/numeric/binaryFormat";
import { BINARY16 } from "../../src/numeric/half";
import { createRandom } from "../../src/numeric/random";

describe("roundHalfEven", () => {
  test.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, -0],
    [-1.5, -2],
    [0.49999999999999994, 0],
    [2.5000000000000004, 3],
    [4503599627370495.5, 4503599627370496],
    [4503599627370497, 4503599627370497],
    [-1e300, -1e300],
  ])("sends %p to %p", (value, expected) => {
    expect(roundHalfEven(value)).toBe(expected);
  });
});

/** The nearest multiple of a format's unit, found by dividing, which powers of two do exactly. */
function nearest(value: number, { precision, minExponent, maxExponent }: typeof BINARY16): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), minExponent);
  const unit = 2 ** (exponent + 1 - precision);
  const rounded = roundHalfEven(value / unit) * unit;
  const largest = (2 - 2 ** (1 - precision)) * 2 ** maxExponent;
  return Math.abs(rounded) > largest ? Math.sign(value) * Infinity : rounded;
}

describe.each([BINARY16, BFLOAT16])("rounding to a format", (format) => {
  const round = createRounder(format);

  test("agrees with dividing by the unit, at every size of number", () => {
    const random = createRandom(5);
    for (let power = -160; power < 160; power += 0.25) {
      const value =
        (random.next() < 0.5 ? -1 : 1) * (1.01 + 0.98 * random.next()) * 2 ** Math.floor(power);
      expect(round(value)).toBe(nearest(value, format));
      expect(roundToFormat(value, format)).toBe(round(value));
    }
  });

  test("makes infinities of the largest numbers there are, and leaves what has no size", () => {
    expect(round(Number.MAX_VALUE)).toBe(Infinity);
    expect(round(-Number.MAX_VALUE)).toBe(-Infinity);
    expect(round(2 ** 1000)).toBe(Infinity);
    expect(round(NaN)).toBeNaN();
    expect(round(0)).toBe(0);
    expect(round(-0)).toBe(-0);
    expect(round(Number.MIN_VALUE)).toBe(0);
  });
});
