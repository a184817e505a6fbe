import { summationError } from "../../src/numeric/rounding";

describe("summationError", () => {
  test("is at least count · u and grows with the count", () => {
    expect(summationError(1)).toBeGreaterThanOrEqual(2 ** -53);
    expect(summationError(1000)).toBeGreaterThanOrEqual(1000 * 2 ** -53);
    expect(summationError(1001)).toBeGreaterThan(summationError(1000));
  });
});
