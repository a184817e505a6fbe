import { roundHalfEven } from "../../src/numeric/binaryFormat";

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
