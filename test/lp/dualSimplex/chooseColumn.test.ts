import { ratioTest } from "../../../src/lp/dualSimplex/chooseColumn";
import {
  AT_LOWER,
  AT_UPPER,
  createSimplex,
  FIXED,
  FREE,
  type Simplex,
} from "../../../src/lp/dualSimplex/state";
import { layOut } from "../../../src/lp/dualSimplex/memory";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { smallProgram } from "../../reference/denseRows";

interface Numbers {
  readonly status?: readonly number[];
  readonly reduced: readonly number[];
  readonly pivotRow: readonly number[];
  readonly upper?: readonly number[];
  /** Of each tight row: its entry of the leaving row, and its multiplier. */
  readonly tight?: readonly (readonly [number, number])[];
}

/** A state with these numbers, each variable between 0 and 1 unless `upper` says otherwise. */
function simplexOf({ status, reduced, pivotRow, upper, tight = [] }: Numbers): Simplex {
  const size = reduced.length;
  const program = smallProgram({ cost: reduced.map(() => 1), upper });
  const memory = layOut(createPlainKernels(), size, 4, 2).blocks;
  const simplex = createSimplex(memory, program, new Float64Array(0), 1);
  simplex.status.set(status ?? reduced.map(() => AT_UPPER));
  memory.reduced.view.set(reduced);
  memory.pivotRow.view.set(pivotRow);
  memory.tightEntry.view.set(tight.map(([entry]) => entry));
  memory.multiplier.view.set(tight.map(([, multiplier]) => multiplier));
  simplex.basisCount = tight.length;
  return simplex;
}

function ratios(numbers: Numbers, violation: number, isBland = false) {
  return ratioTest(simplexOf(numbers), violation, isBland);
}

/** Breakpoints at 2, 1.5 and 2; entries 1, 2 and 4. */
const THREE: Numbers = { reduced: [2, 3, 8], pivotRow: [1, 2, 4] };

describe("ratioTest", () => {
  test("flips what comes first as long as the row stays violated, then lets the larger pivot enter", () => {
    // Flipping variable 1 leaves 2.5 − 2 = 0.5; of the two at 2, variable 2 has the larger entry.
    expect(ratios(THREE, 2.5)).toEqual({
      entering: { kind: "variable", index: 2, step: 2, size: 4 },
      flips: [1],
    });
  });

  test("flips nothing where the first breakpoint already repairs the row", () => {
    expect(ratios(THREE, 2)).toEqual({
      entering: { kind: "variable", index: 1, step: 1.5, size: 2 },
      flips: [],
    });
  });

  test("finds nothing to enter where all flips together do not repair the row", () => {
    // 1 + 2 + 4 = 7 < 10.
    expect(ratios(THREE, 10)).toEqual({ entering: undefined, flips: [1, 2, 0] });
  });

  test("stops at a multiplier that reaches zero, for a slack cannot flip", () => {
    // 0.6 / 0.5 = 1.2 comes before all variables.
    expect(ratios({ ...THREE, tight: [[0.5, 0.6]] }, 100)).toEqual({
      entering: { kind: "slack", index: 0, step: 1.2, size: 0.5 },
      flips: [],
    });
    // At 1.75 variable 1 has been passed, and flipped.
    expect(ratios({ ...THREE, tight: [[2, 3.5]] }, 100)).toMatchObject({
      entering: { kind: "slack", index: 0, step: 1.75 },
      flips: [1],
    });
  });

  test("takes signs as the bound asks, and neither free nor fixed variables nor noise", () => {
    const numbers: Numbers = {
      status: [AT_LOWER, AT_LOWER, FREE, FIXED, AT_UPPER],
      reduced: [-3, -1, 0, 1, 1],
      pivotRow: [-2, 1, 5, 5, 1e-10],
    };
    expect(ratios(numbers, 1)).toEqual({
      entering: { kind: "variable", index: 0, step: 1.5, size: 2 },
      flips: [],
    });
  });

  test("goes back to the last stable pivot when the one that is due is too small", () => {
    const numbers: Numbers = { reduced: [1, 2e-6], pivotRow: [1, 1e-6], upper: [1, 1e9] };
    expect(ratios(numbers, 2)).toEqual({
      entering: { kind: "variable", index: 0, step: 1, size: 1 },
      flips: [],
    });
  });

  test("a reduced cost that is off by rounding breaks at 0, not before", () => {
    expect(ratios({ reduced: [-1e-13], pivotRow: [1] }, 0.5).entering?.step).toBe(0);
  });

  test("by Bland's rule takes the first of the smallest and flips nothing", () => {
    expect(ratios(THREE, 100, true)).toMatchObject({ entering: { index: 1 }, flips: [] });
    const ties: Numbers = { reduced: [2, 4, 8], pivotRow: [1, 2, 4] };
    expect(ratios(ties, 100, true)).toMatchObject({ entering: { index: 0, step: 2 }, flips: [] });
    expect(ratios({ reduced: [1], pivotRow: [-1] }, 1, true).entering).toBeUndefined();
  });
});
