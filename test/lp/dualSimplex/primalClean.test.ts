import { runPrimalPhase } from "../../../src/lp/dualSimplex/primalClean";
import { AT_LOWER, AT_UPPER, createSimplex, type Simplex } from "../../../src/lp/dualSimplex/state";
import { layOut } from "../../../src/lp/dualSimplex/memory";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { smallProgram } from "../../reference/denseRows";

/** Maximise y0 + y1 over the unit square, from the corner where nothing is gained yet. */
function worstCorner(): Simplex {
  const program = smallProgram({ cost: [1, 1] });
  const memory = layOut(createPlainKernels(), 2, 1, 1).blocks;
  const simplex = createSimplex(memory, program, new Float64Array(0), 1);
  simplex.status.fill(AT_LOWER);
  memory.point.view.fill(0);
  return simplex;
}

describe("runPrimalPhase", () => {
  test("moves variables to where their costs point, one by one", () => {
    const simplex = worstCorner();
    expect(runPrimalPhase(simplex)).toEqual({ kind: "optimal", iterations: 2 });
    expect(Array.from(simplex.status)).toEqual([AT_UPPER, AT_UPPER]);
  });

  test("does nothing more when it is asked to stop", () => {
    const simplex = worstCorner();
    expect(runPrimalPhase(simplex, () => true)).toEqual({ kind: "interrupted", iterations: 0 });
    expect(Array.from(simplex.status)).toEqual([AT_LOWER, AT_LOWER]);
  });
});
