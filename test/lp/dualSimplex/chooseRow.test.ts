import { chooseLeaving } from "../../../src/lp/dualSimplex/chooseRow";
import { createSimplex, FREE, type Simplex } from "../../../src/lp/dualSimplex/state";
import { layOut } from "../../../src/lp/dualSimplex/memory";
import { addRows } from "../../../src/lp/dualSimplex/rowPool";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { smallProgram } from "../../reference/denseRows";

const TOLERANCE = 1e-12;

/** The unit square with y0 ≤ 1/2 and y1 ≤ 1/4 in the pool, at a point; y0 is free if it is said. */
function regionAt(point: readonly [number, number], freeWeight?: number): Simplex {
  const rows = [
    [1, 0],
    [0, 1],
  ];
  const program = smallProgram({ cost: [1, 1], rows, bounds: [0.5, 0.25] });
  const memory = layOut(createPlainKernels(), 2, 3, 2).blocks;
  const simplex = createSimplex(memory, program, new Float64Array(2).fill(NaN), 1);
  memory.point.view.set(point);
  expect(addRows(simplex, [0, 1], TOLERANCE)).toBe(-1);
  if (freeWeight === undefined) return simplex;
  memory.free.view[0] = 0;
  simplex.status[0] = FREE;
  simplex.columnWeight[0] = freeWeight;
  simplex.basisCount = 1;
  return simplex;
}

describe("chooseLeaving", () => {
  test("takes the row that is violated most", () => {
    // Violations 1/2 and 3/4, all weights 1.
    expect(chooseLeaving(regionAt([1, 1]), TOLERANCE, false)).toEqual({
      kind: "row",
      position: 1,
      violation: 0.75,
    });
  });

  test("weighs violations by their steepest-edge weights", () => {
    const simplex = regionAt([1, 1]);
    simplex.memory.rowWeight.view[1] = 4;
    // (1/2)² / 1 against (3/4)² / 4.
    expect(chooseLeaving(simplex, TOLERANCE, false)).toMatchObject({ position: 0, violation: 0.5 });
  });

  test.each([
    [2.5, 1, { kind: "variable", place: 0, violation: 1.5, side: 1 }],
    [-3, 1, { kind: "variable", place: 0, violation: 3, side: -1 }],
  ])("takes a free variable at %d beyond a bound, and says beyond which", (y0, weight, found) => {
    const simplex = regionAt([y0, 0.25], weight);
    // The row of y0 itself is satisfied or counts for less.
    simplex.memory.rowWeight.view[0] = 100;
    expect(chooseLeaving(simplex, TOLERANCE, false)).toEqual(found);
  });

  test("prefers the row where the variable's weight is large, and the variable in a tie", () => {
    // y0 = 1.5 is 1/2 above its bound; y1 = 3/4 violates its row by 1/2.
    const tie = regionAt([1.5, 0.75], 1);
    tie.memory.rowWeight.view[0] = 100;
    expect(chooseLeaving(tie, TOLERANCE, false)).toMatchObject({ kind: "variable" });
    tie.columnWeight[0] = 2;
    expect(chooseLeaving(tie, TOLERANCE, false)).toMatchObject({ kind: "row", position: 1 });
  });

  test("by Bland's rule takes the first violated one: variables, then rows by their numbers", () => {
    expect(chooseLeaving(regionAt([1.25, 9], 1), TOLERANCE, true)).toMatchObject({
      kind: "variable",
      place: 0,
    });
    expect(chooseLeaving(regionAt([1, 9]), TOLERANCE, true)).toMatchObject({ position: 0 });
  });

  test("finds nothing where all holds to the tolerance", () => {
    expect(chooseLeaving(regionAt([0.5, 0.25]), TOLERANCE, false)).toBeUndefined();
    expect(chooseLeaving(regionAt([0.5 + 1e-13, 0.25]), TOLERANCE, false)).toBeUndefined();
    expect(chooseLeaving(regionAt([0.6, 0.25]), 0.2, false)).toBeUndefined();
  });
});
