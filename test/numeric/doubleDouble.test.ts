import {
  addDouble,
  addProduct,
  addQuotient,
  addScaled,
  createDoubleVector,
  DOUBLE_ERROR,
} from "../../src/numeric/doubleDouble";
import { createRandom } from "../../src/numeric/random";
import { add, compare, divide, multiply, negate, rational, ZERO } from "../reference/rational";
import type { Rational } from "../reference/rational";

function sumOf(high: number, low: number): Rational {
  return add(rational(high), rational(low));
}

function magnitudeOf(value: Rational): Rational {
  return compare(value, ZERO) < 0 ? negate(value) : value;
}

/** Whether found is within `roundings` allowances of what is expected, relative to a magnitude. */
function isWithin(found: Rational, expected: Rational, magnitude: Rational, roundings: number) {
  const error = magnitudeOf(add(found, negate(expected)));
  return compare(error, multiply(magnitude, rational(roundings * DOUBLE_ERROR))) <= 0;
}

describe("arithmetic of twice the precision", () => {
  test("keeps sums of products and quotients to its error bound, whatever cancels", () => {
    const random = createRandom(11);
    for (let round = 0; round < 200; round++) {
      const vector = createDoubleVector(1);
      let exact = ZERO;
      let magnitude = ZERO;
      const note = (term: Rational): void => {
        exact = add(exact, term);
        magnitude = add(magnitude, magnitudeOf(term));
      };
      for (let term = 0; term < 20; term++) {
        const h = random.normal() * 10 ** (8 * random.normal());
        const l = h * 2 ** -54 * random.next();
        const factor = random.normal() * (term % 2 === 0 ? 1 : 1e-7);
        const value = sumOf(h, l);
        if (term % 3 === 0) {
          addProduct(vector, 0, h, l, factor);
          note(multiply(value, rational(factor)));
        } else if (term % 3 === 1) {
          addQuotient(vector, 0, h, l, factor);
          note(divide(value, rational(factor)));
        } else {
          addDouble(vector, 0, -h, -l);
          note(negate(value));
        }
      }
      expect(isWithin(sumOf(vector.high[0], vector.low[0]), exact, magnitude, 21)).toBe(true);
    }
  });

  test("addScaled gives the bits of addProduct, value by value", () => {
    const random = createRandom(12);
    const weights = Float64Array.from({ length: 9 }, () => random.normal());
    const [one, other] = [createDoubleVector(5), createDoubleVector(5)];
    for (let round = 0; round < 5; round++) {
      const h = random.normal();
      const l = h * 2 ** -55;
      addScaled(one, weights, 3, 5, h, l);
      for (let index = 0; index < 5; index++) addProduct(other, index, h, l, weights[3 + index]);
    }
    expect(one).toEqual(other);
  });
});
