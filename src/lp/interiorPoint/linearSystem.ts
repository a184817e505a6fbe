import type { Kernels } from "../../numeric/kernels";
import type { Layout } from "./layout";
import { denseStride, type SolverMemory, type Values } from "./memory";
import { LEAST_PIVOT, REFINEMENTS, REFINEMENT_STALLS } from "./parameters";
import { SmallSystem } from "./smallSystem";
import type { WorkingSet } from "./workingSet";

/*
 * (Aᵀ D A + G) x = b, D the rows' weights and G a diagonal. The framed rows make a band matrix
 * B = L Lᵀ; the dense ones V join by Woodbury's formula: with W = L⁻¹ Vᵀ,
 *
 *     x = L⁻ᵀ (t − W (D_V⁻¹ + WᵀW)⁻¹ Wᵀ t),    t = L⁻¹ b.
 *
 * A solution is refined by conjugate gradients on the operator applied through the rows, not
 * through B, with this as the preconditioner.
 */

/** The linear system of one iteration. */
export class LinearSystem {
  private small: SmallSystem | undefined;

  constructor(
    private readonly kernels: Kernels,
    private readonly layout: Layout,
    private readonly memory: SolverMemory,
    private readonly set: WorkingSet,
  ) {}

  /** Forms and factors the matrix of the weights and the diagonal; false if it has no factor. */
  factor(): boolean {
    const { kernels, layout, memory, set } = this;
    const { size, reach, stride, line } = layout;
    const { matrix, variables } = memory;
    const values = matrix.view;
    values.fill(0);
    const diagonal = variables.diagonal.view;
    for (let index = 0; index < size; index++) values[index * stride + index] = diagonal[index];
    kernels.frames.formNormal({
      groupCount: set.groupCount,
      groups: memory.groups.at,
      order: memory.order.at,
      heads: memory.heads.at,
      table: memory.table.at,
      line,
      weights: memory.rows.weight.at,
      matrix: matrix.at,
      stride,
      scratch: memory.scaledFrames.at,
      pointers: memory.pointers.at,
    });
    const { inverses, panel } = memory;
    const bad = kernels.band.factorBand({
      matrix: matrix.at,
      size,
      reach,
      stride,
      inverses: inverses.at,
      scratch: panel.at,
    });
    if (bad >= 0) return false;
    this.factorDense();
    return true;
  }

  /** W of the dense rows, and the small matrix with which they join. */
  private factorDense(): void {
    const { kernels, layout, memory, set } = this;
    const count = set.denseCount;
    this.small = undefined;
    if (count === 0) return;
    const { size, reach, stride } = layout;
    const step = denseStride(layout);
    const { matrix, inverses, denseRows, solvedRows, denseProducts } = memory;
    solvedRows.view.set(denseRows.view.subarray(0, count * step));
    kernels.band.solveLower({
      matrix: matrix.at,
      size,
      reach,
      stride,
      inverses: inverses.at,
      vectors: solvedRows.at,
      vectorStride: step,
      count,
    });
    const entries = new Float64Array(count * count);
    const scales = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const row = solvedRows.at + k * step;
      kernels.matrix.multiply({
        matrix: solvedRows.at,
        stride: step,
        rows: k + 1,
        columns: size,
        x: row,
        out: denseProducts.at,
      });
      for (let l = 0; l <= k; l++) {
        entries[k * count + l] = entries[l * count + k] = denseProducts.view[l];
      }
      entries[k * count + k] += 1 / memory.rows.weight.view[set.densePlaces[k]];
      scales[k] = 1 / Math.sqrt(entries[k * count + k]);
    }
    this.small = new SmallSystem(count, entries, scales, LEAST_PIVOT);
  }

  /** Replaces a vector of the memory by the solution for it. */
  solve(vector: number): void {
    const { kernels, layout, memory, set, small } = this;
    const { size, reach, stride } = layout;
    const { matrix, inverses, solvedRows, denseProducts, identity } = memory;
    const step = denseStride(layout);
    kernels.band.solveLower({
      matrix: matrix.at,
      size,
      reach,
      stride,
      inverses: inverses.at,
      vectors: vector,
      vectorStride: 0,
      count: 1,
    });
    if (small !== undefined) {
      const count = set.denseCount;
      kernels.matrix.multiply({
        matrix: solvedRows.at,
        stride: step,
        rows: count,
        columns: size,
        x: vector,
        out: denseProducts.at,
      });
      const products = denseProducts.view;
      small.solve(products.subarray(0, count));
      for (let k = 0; k < count; k++) products[k] = -products[k];
      kernels.matrix.addRows({
        matrix: solvedRows.at,
        stride: step,
        list: identity.at,
        weights: denseProducts.at,
        count,
        size,
        out: vector,
      });
    }
    kernels.band.solveUpper({
      matrix: matrix.at,
      size,
      reach,
      stride,
      inverses: inverses.at,
      vector,
    });
  }

  /** out = (Aᵀ D A + G) x, through the rows; A x is left in the rows' scratch. */
  private apply(x: Values, out: Values): void {
    const { set, memory, layout } = this;
    const diagonal = memory.variables.diagonal.view;
    for (let index = 0; index < layout.size; index++) {
      out.view[index] = diagonal[index] * x.view[index];
    }
    set.apply(memory.rows.weight.at, x.at, memory.rows.scratch.at, out.at);
  }

  /**
   * Refines the solution in `dv` of the right-hand side in `right` until no residual is above
   * `tolerance`, or nothing more is gained.
   *
   * @returns the steps taken, and whether A dv stands in the rows' scratch
   */
  refine(tolerance: number): { readonly steps: number; readonly isMultiplied: boolean } {
    const { dv, right, rest, image, search, best } = this.memory.variables;
    const { size } = this.layout;
    let product = 0;
    let least = Infinity;
    let stalls = 0;
    for (let step = 0; ; step++) {
      this.apply(dv, image);
      let largest = 0;
      for (let index = 0; index < size; index++) {
        const residual = right.view[index] - image.view[index];
        rest.view[index] = residual;
        // What is not a number is the largest.
        if (!(Math.abs(residual) <= largest)) largest = Math.abs(residual);
      }
      if (largest < least) {
        least = largest;
        stalls = 0;
        best.view.set(dv.view);
      } else stalls++;
      const isOver = step === REFINEMENTS || stalls >= REFINEMENT_STALLS;
      if (least < tolerance || isOver || Number.isNaN(largest)) {
        // The best is the last one where it got no worse.
        const isMultiplied = stalls === 0;
        if (least < Infinity && !isMultiplied) dv.view.set(best.view);
        return { steps: step, isMultiplied };
      }
      image.view.set(rest.view);
      this.solve(image.at);
      const before = product;
      product = dot(rest.view, image.view, size);
      const share = step === 0 ? 0 : product / before;
      for (let index = 0; index < size; index++) {
        search.view[index] = image.view[index] + share * search.view[index];
      }
      this.apply(search, image);
      const length = product / dot(search.view, image.view, size);
      if (Number.isNaN(length)) {
        dv.view.set(best.view);
        return { steps: step, isMultiplied: false };
      }
      for (let index = 0; index < size; index++) dv.view[index] += length * search.view[index];
    }
  }
}

function dot(one: Float64Array, other: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += one[index] * other[index];
  return sum;
}
