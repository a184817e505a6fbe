import { textbookSimplex } from "./textbookSimplex";
import { INFEASIBLE_PROGRAMS, WORKED_PROGRAMS } from "./workedPrograms";

describe("textbookSimplex", () => {
  test.each(WORKED_PROGRAMS)("finds the optimum of $name", (worked) => {
    const { cost, rows, bounds, constant = 0, value } = worked;
    const lower = worked.lower ?? cost.map(() => 0);
    const upper = worked.upper ?? cost.map(() => 1);
    const outcome = textbookSimplex(cost, rows, bounds, lower, upper);
    if (outcome.kind !== "optimal") throw new Error("expected an optimum");
    expect(outcome.value + constant).toBeCloseTo(value, 10);
  });

  test.each(INFEASIBLE_PROGRAMS)("finds no solution of $name", ({ cost, rows, bounds }) => {
    const lower = cost.map(() => 0);
    const upper = cost.map(() => 1);
    expect(textbookSimplex(cost, rows, bounds, lower, upper).kind).toBe("infeasible");
  });
});
