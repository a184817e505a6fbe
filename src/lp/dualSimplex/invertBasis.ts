import { SINGULAR_PIVOT } from "../../numeric/tolerance";
import { addToInverse } from "./basisInverse";
import type { Simplex } from "./state";

/**
 * Computes the inverse anew from the pool's rows, by Gauss–Jordan elimination with row pivoting.
 *
 * @returns whether it succeeded; false if the tight rows are dependent, to SINGULAR_PIVOT
 */
export function invertBasis(simplex: Simplex): boolean {
  const { memory, basisCount: count } = simplex;
  const { inverse, basisSize, freeColumn, tightEntry, tight, free, rows, size } = memory;
  const values = inverse.view;
  for (let t = 0; t < count; t++) {
    const row = tight.view[t] * size;
    for (let f = 0; f < count; f++) values[t * basisSize + f] = rows.view[row + free.view[f]];
  }
  // In place: after step s, column s holds column s of the inverse of the part eliminated so far.
  const order = Int32Array.from({ length: count }, (_, t) => t);
  for (let step = 0; step < count; step++) {
    let best = step;
    for (let t = step + 1; t < count; t++) {
      const isLarger =
        Math.abs(values[t * basisSize + step]) > Math.abs(values[best * basisSize + step]);
      if (isLarger) best = t;
    }
    const pivot = values[best * basisSize + step];
    if (!(Math.abs(pivot) > SINGULAR_PIVOT)) return false;
    if (best !== step) {
      swapRows(values, basisSize, best, step, count);
      [order[step], order[best]] = [order[best], order[step]];
    }
    const row = step * basisSize;
    values[row + step] = 1;
    for (let f = 0; f < count; f++) values[row + f] /= pivot;
    tightEntry.view.set(values.subarray(row, row + count));
    for (let t = 0; t < count; t++) {
      const at = t * basisSize + step;
      freeColumn.view[t] = t === step ? 0 : -values[at];
      if (t !== step) values[at] = 0;
    }
    addToInverse(simplex, count);
  }
  // Rows were exchanged on the way; the columns of the inverse are in that order.
  const sorted = new Float64Array(count);
  for (let f = 0; f < count; f++) {
    for (let s = 0; s < count; s++) sorted[order[s]] = values[f * basisSize + s];
    values.set(sorted, f * basisSize);
  }
  return true;
}

function swapRows(
  values: Float64Array,
  stride: number,
  one: number,
  other: number,
  count: number,
): void {
  for (let column = 0; column < count; column++) {
    const kept = values[one * stride + column];
    values[one * stride + column] = values[other * stride + column];
    values[other * stride + column] = kept;
  }
}
