import { agreedDigits, createEnclosure, intersect, widthOf } from "../../src/claim/enclosure";
import { InvariantError } from "../../src/errors";
import { enclosureOf } from "../../src/experiment/variant/provedBound";
import { appMaxRow } from "../experiment/rows";

describe("createEnclosure", () => {
  test.each([
    [2, 1],
    [NaN, 1],
    [1, NaN],
  ])("refuses ends %p and %p, between which there is no number", (lower, upper) => {
    expect(() => createEnclosure({ lower, upper, proof: "real" })).toThrow(InvariantError);
  });

  test("knows how far its ends are apart, and in how many digits they agree", () => {
    const one = createEnclosure({ lower: 0.735, upper: 0.736, proof: "rounding" });
    expect(widthOf(one)).toBeCloseTo(0.001, 12);
    expect(agreedDigits(one)).toBe(2);
    expect(agreedDigits({ lower: 3, upper: 3 })).toBe(16);
    expect(agreedDigits({ lower: -1, upper: 3 })).toBe(0);
  });
});

describe("intersect", () => {
  test("takes the better end of either, the witness of the lower one and the weaker proof", () => {
    const one = { lower: 1, upper: 5, witness: "one", proof: "real" } as const;
    const other = { lower: 2, upper: 7, witness: "other", proof: "rounding" } as const;
    const both = { lower: 2, upper: 5, witness: "other", proof: "rounding" };
    expect(intersect<string>(one, other)).toEqual(both);
    expect(intersect<string>(other, one)).toEqual(both);
  });

  test("names a contradiction: one of two enclosures without a common number is wrong", () => {
    const one = { lower: 1, upper: 2, proof: "real" } as const;
    expect(() => intersect(one, { lower: 3, upper: 4, proof: "real" })).toThrow(/3 to 2/);
  });
});

describe("enclosureOf", () => {
  test("says what a row attains and what it proves, with its allowance and of which proof", () => {
    const row = appMaxRow(0, { maximum: 1, upperBound: 1.5 });
    expect(enclosureOf(row)).toEqual({ lower: 1, upper: 1.5, proof: "rounding" });
    const real = { ...row, roundingAllowance: 0.25, witness: Float64Array.of(0.5) };
    expect(enclosureOf(real)).toEqual({
      ...{ lower: 1, upper: 1.75, proof: "real" },
      witness: Float64Array.of(0.5),
    });
  });

  test("never ends below what is attained", () => {
    const row = appMaxRow(0, { maximum: 1, upperBound: 1 - 1e-16 });
    expect(enclosureOf(row)).toMatchObject({ lower: 1, upper: 1 });
  });
});
