import { summarise } from "../../../src/experiment/variant/summary";

const row = { error: 1, maximum: 2, upperBound: 2.5, status: "certified" as const };

describe("summarise", () => {
  test("counts a fallback only where a reason is told, not where it is an empty text", () => {
    const results = [{ ...row, reason: "" }, row, { ...row, reason: "the engine gave up" }];
    expect(summarise(results)).toMatchObject({ points: 3, certified: 3, fallback: 1 });
  });

  test("takes the bound of a row with its allowance: the largest sum, not the largest bound", () => {
    const rows = [
      { ...row, upperBound: 2.5, roundingAllowance: 0.25 },
      { ...row, upperBound: 2.625, roundingAllowance: 0 },
    ];
    expect(summarise(rows).upperBound).toBe(2.75);
  });

  test("gives largest values and means", () => {
    const other = { ...row, error: 3, maximum: 3, upperBound: 4, status: "uncertified" as const };
    expect(summarise([row, other])).toMatchObject({
      E_T: 3,
      mean_E_T: 2,
      E_Xi: 3,
      mean_E_Xi: 2.5,
      upperBound: 4,
      certified: 1,
      uncertified: 1,
    });
  });
});
