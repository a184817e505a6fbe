import type { Simplex } from "./state";

/**
 * tightEntry = (free coefficients of a pool row) · inverse: the row as a combination of the tight
 * rows, as far as the free variables go.
 */
export function expressRow(simplex: Simplex, position: number): void {
  const { memory, basisCount } = simplex;
  const { kernels, size, freeEntry, tightEntry, free, inverse, identity, rows } = memory;
  for (let place = 0; place < basisCount; place++) {
    freeEntry.view[place] = rows.view[position * size + free.view[place]];
  }
  tightEntry.view.fill(0, 0, basisCount);
  kernels.matrix.addRows({
    matrix: inverse.at,
    stride: memory.basisSize,
    list: identity.at,
    weights: freeEntry.at,
    count: basisCount,
    size: basisCount,
    out: tightEntry.at,
  });
}

export function squaredNorm(values: Readonly<Float64Array>, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += values[index] * values[index];
  return sum;
}
