import * as fc from "fast-check";
import { formatUpperBound } from "../../src/present/numberFormat";

describe("formatUpperBound", () => {
  test("never shows less than the bound: what is rounded down would be none", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (value, digits) => {
          const shown = Number(formatUpperBound(value, digits));
          expect(shown).toBeGreaterThanOrEqual(value);
          expect(shown).toBeLessThanOrEqual(value * (1 + 2.1 * 10 ** (1 - digits)));
        },
      ),
      { seed: 3, numRuns: 2000 },
    );
  });

  test.each([
    [8.2700001, 3, "8.28"],
    [8.27, 3, "8.27"],
    [9.999, 3, "10"],
    [27290.458, 3, "27291"],
    [4734.2, 2, "4735"],
    [0, 3, "0"],
    [Infinity, 3, "∞"],
  ])("shows %d to %d digits as %s", (value, digits, text) => {
    expect(formatUpperBound(value, digits)).toBe(text);
  });
});
