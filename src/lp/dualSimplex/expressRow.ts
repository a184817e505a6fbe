import { multiplyTransposedInverse } from "./basisProducts";
import type { Simplex } from "./state";

/**
 * tightEntry = (free coefficients of a pool row) · inverse: the row as a combination of the tight
 * rows, as far as the free variables go.
 */
export function expressRow(simplex: Simplex, position: number): void {
  const { memory, basisCount } = simplex;
  const { size, freeEntry, tightEntry, free, rows } = memory;
  for (let place = 0; place < basisCount; place++) {
    freeEntry.view[place] = rows.view[position * size + free.view[place]];
  }
  multiplyTransposedInverse(simplex, freeEntry, tightEntry);
}

export function squaredNorm(values: Readonly<Float64Array>, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += values[index] * values[index];
  return sum;
}
