import { createHighsEngine } from "../../src/lp/highs/engine";
import type { Engine, SolveOutcome } from "../../src/lp/program";
import { solveCertified } from "../../src/lp/solveCertified";
import { smallProgram } from "../reference/denseRows";

/** An engine that says what it is told to. */
function liar(name: string, outcome: SolveOutcome): Engine {
  return { name, solve: () => outcome };
}

const optimal = {
  kind: "optimal" as const,
  point: new Float64Array([1, 0.5]),
  value: 4,
  multipliers: [{ row: 0, value: 2 }],
  iterations: 3,
  rowsGenerated: 1,
};

describe("solveCertified", () => {
  const program = smallProgram({
    cost: [3, 2],
    rows: [[1, 1]],
    bounds: [1.5],
    feasible: [0.5, 0.5],
  });
  let highs: Engine;
  beforeAll(async () => {
    highs = await createHighsEngine();
  });

  test("takes the first engine's answer when it is proved", () => {
    const outcome = solveCertified([liar("first", optimal), highs], program);
    if (outcome.kind !== "certified") throw new Error(`expected certified, found ${outcome.kind}`);
    expect(outcome.engine).toBe("first");
    expect(outcome.attempts).toEqual([{ engine: "first", iterations: 3, refusal: "" }]);
    expect(Math.abs(outcome.gap)).toBeLessThan(1e-12);
  });

  test.each([
    ["a point outside the box", { ...optimal, point: new Float64Array([1.1, 0.4]) }, "outside"],
    ["a point beyond a row", { ...optimal, point: new Float64Array([1, 0.6]) }, "violates row 0"],
    ["a point that is not the best", { ...optimal, point: new Float64Array([1, 0.4]) }, "differ"],
    ["wrong multipliers", { ...optimal, multipliers: [{ row: 0, value: 1.9 }] }, "differ"],
    [
      "an infeasibility that is none",
      { kind: "infeasible" as const, multipliers: [{ row: 0, value: 1 }], iterations: 1 },
      "do not prove",
    ],
    [
      "a stop",
      { kind: "stopped" as const, reason: "pivot too small", multipliers: [], iterations: 7 },
      "pivot too small",
    ],
  ])("hands over to the next engine after %s", (_, outcome, refusal) => {
    const found = solveCertified([liar("liar", outcome), highs], program);
    expect(found.kind).toBe("certified");
    expect(found.engine).toBe("highs");
    expect(found.attempts).toHaveLength(2);
    expect(found.attempts[0].refusal).toContain(refusal);
  });

  test("returns the interval proved so far when no engine convinces", () => {
    const stopped = liar("early", {
      kind: "stopped",
      reason: "too late",
      // Beyond the row: on the way from (0.5, 0.5) the row is met at (0.75, 0.75).
      point: new Float64Array([1, 1]),
      multipliers: [{ row: 0, value: 1 }],
      iterations: 2,
    });
    const found = solveCertified([stopped], program);
    if (found.kind !== "uncertified") throw new Error(`expected uncertified, found ${found.kind}`);
    expect(found.reason).toBe("early: too late");
    // λ = 1: 1.5 + max(0, 3 − 1) + max(0, 2 − 1) = 4.5, better than the box alone, 5.
    expect(found.upperBound).toBeCloseTo(4.5, 12);
    expect(found.value).toBeCloseTo(3.75, 12);
    expect(Array.from(found.point ?? [])).toEqual([0.75, 0.75]);
  });

  test("without any engine returns the box and the feasible point", () => {
    const found = solveCertified([], program);
    if (found.kind !== "uncertified") throw new Error(`expected uncertified, found ${found.kind}`);
    expect(found.value).toBe(2.5);
    expect(found.upperBound).toBeCloseTo(5, 12);
  });

  test("asks no further engine after a request to stop", () => {
    const found = solveCertified([highs, highs], program, { shouldStop: () => true });
    expect(found.kind).toBe("uncertified");
    expect(found.attempts).toHaveLength(1);
  });

  test("reports infeasibility only with a proof", () => {
    const empty = smallProgram({ cost: [1], rows: [[1]], bounds: [-1] });
    const found = solveCertified([highs], empty);
    if (found.kind !== "infeasible") throw new Error(`expected infeasible, found ${found.kind}`);
    expect(found.multipliers).toHaveLength(1);
  });
});
