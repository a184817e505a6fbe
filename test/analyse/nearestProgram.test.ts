import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { nearestProgram } from "../../src/analyse/nearestProgram";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { solveCertified } from "../../src/lp/solveCertified";
import { denseRows } from "../reference/denseRows";

const engine = createDualSimplexEngine();

function nearest(x: number[], rows: number[][], bounds: number[]) {
  const point = Float64Array.from(x);
  const { program, inputOf } = nearestProgram(
    denseRows(rows, bounds),
    point,
    boxOver(PIXEL_DOMAIN, point.length),
  );
  const outcome = solveCertified([engine], program);
  return { program, inputOf, outcome };
}

describe("nearestProgram", () => {
  test("has one step for an input at an end of the domain, two for one between", () => {
    const { program } = nearest([0, 0.25, 1], [[1, 1, 1]], [3]);
    expect([...program.upper]).toEqual([1, 0.75, 0.25, 1]);
  });

  test("changes the input that counts most: 2 y₀ + y₁ ≥ 1 from (0, 0.5) by y₀ = 0.25", () => {
    const { inputOf, outcome } = nearest([0, 0.5], [[-2, -1]], [-1]);
    if (outcome.kind !== "certified") throw new Error(outcome.kind);
    expect(-outcome.value).toBeCloseTo(0.25, 12);
    expect([...inputOf(outcome.point)]).toEqual([0.25, 0.5]);
  });

  test("goes down as well as up: y₀ − y₁ ≥ 1 from (0.5, 0.5) is 1 away, and 1.1 is nowhere in the box", () => {
    const { outcome } = nearest([0.5, 0.5], [[-1, 1]], [-1]);
    if (outcome.kind !== "certified") throw new Error(outcome.kind);
    expect(-outcome.value).toBeCloseTo(1, 12);
    expect(nearest([0.5, 0.5], [[-1, 1]], [-1.1]).outcome.kind).toBe("infeasible");
  });

  test("is at distance 0 where the rows hold already", () => {
    const { outcome } = nearest([0.5, 0.5], [[1, 1]], [2]);
    expect(outcome).toMatchObject({ kind: "certified", value: 0, iterations: 0 });
  });
});
