import { provedDigits, whyUncertified } from "../../../src/experiment/variant/provedDigits";

describe("provedDigits", () => {
  test.each([
    [0.003986074260395878, 0.003986074276497144, 8],
    [1, 1.002, 2],
    [1, 7, 0],
    [1, Infinity, 0],
    [0.25, 0.25, 16],
    [0, 0, 16],
    [0, 1e-12, 0],
  ])("says in how many digits %d and its bound %d agree: %i", (maximum, upperBound, digits) => {
    expect(provedDigits({ maximum, upperBound })).toBe(digits);
  });
});

describe("whyUncertified", () => {
  test.each([
    ["highs: stopped on request", "time limit"],
    ["region: the limit of 25000 iterations was reached", "iteration limit"],
    [
      "highs: bound 0.0039860742764 and value 0.0039860742605 differ by 1.6e-11, allowed is 1e-11",
      "rounding",
    ],
    [
      "the networks yield 1.3e-10 more at the solver's point than its bound allows",
      "rounding: more attained than bound",
    ],
    [undefined, "not recorded"],
    ["highs: a reason of tomorrow", "highs: a reason of tomorrow"],
  ])("names the cause of %j", (reason, why) => {
    expect(whyUncertified({ status: "uncertified", reason })).toBe(why);
  });

  test("says nothing of certified rows, whatever an earlier solver's answer lacked", () => {
    expect(whyUncertified({ status: "certified", reason: "highs: stopped on request" })).toBe("");
  });
});
