import { addLoose, removeLoose } from "./looseRows";
import { FREE, type Simplex } from "./state";

/*
 * The basis: k tight pool rows T and k free variables F, and the inverse of A[T, F] (F × T).
 * Each change is one outer product on the inverse. With w = `tightEntry` (the leaving row in terms
 * of T), g = `freeColumn` (the entering column in terms of F) and p the pivot:
 *
 *     a row becomes tight, a variable free    inverse += (g / p) wᵀ, bordered by −g/p, −w/p, 1/p
 *     a row becomes tight instead of another  column t of the inverse /= w_t, cleared from others
 *     a variable free instead of another      row f of the inverse /= g_f, cleared from others
 *     a variable and a row leave              row f and column t are cleared, then deleted
 */

/** A loose row becomes tight and a variable free. */
export function growBasis(
  simplex: Simplex,
  position: number,
  variable: number,
  pivot: number,
): void {
  const { memory, basisCount } = simplex;
  const { inverse, basisSize, freeColumn, tightEntry, tight, free } = memory;
  const values = inverse.view;
  const g = freeColumn.view;
  const w = tightEntry.view;
  for (let place = 0; place < basisCount; place++) g[place] /= pivot;
  addToInverse(simplex, basisCount);
  for (let place = 0; place < basisCount; place++) {
    values[place * basisSize + basisCount] = -g[place];
    values[basisCount * basisSize + place] = -w[place] / pivot;
  }
  values[basisCount * basisSize + basisCount] = 1 / pivot;
  tight.view[basisCount] = position;
  free.view[basisCount] = variable;
  simplex.tightPlace[position] = basisCount;
  removeLoose(simplex, position);
  simplex.status[variable] = FREE;
  simplex.basisCount++;
}

/** A loose row becomes tight in the place of another, which becomes loose. */
export function replaceTightRow(simplex: Simplex, place: number, position: number): void {
  const { memory, basisCount } = simplex;
  const { inverse, basisSize, freeColumn, tightEntry, tight } = memory;
  const pivot = tightEntry.view[place];
  for (let f = 0; f < basisCount; f++) {
    freeColumn.view[f] = -inverse.view[f * basisSize + place] / pivot;
  }
  tightEntry.view[place] = pivot - 1;
  addToInverse(simplex, basisCount);
  tightEntry.view[place] = pivot;
  simplex.tightPlace[tight.view[place]] = -1;
  removeLoose(simplex, position);
  addLoose(simplex, tight.view[place]);
  simplex.tightPlace[position] = place;
  tight.view[place] = position;
}

/** A variable becomes free in the place of another; the caller has given that one its bound. */
export function replaceFreeVariable(simplex: Simplex, place: number, variable: number): void {
  const { memory, basisCount } = simplex;
  const { inverse, basisSize, freeColumn, tightEntry, free } = memory;
  const g = freeColumn.view;
  const pivot = g[place];
  for (let f = 0; f < basisCount; f++) g[f] = -g[f] / pivot;
  g[place] = 1 / pivot - 1;
  const row = place * basisSize;
  tightEntry.view.set(inverse.view.subarray(row, row + basisCount));
  addToInverse(simplex, basisCount);
  free.view[place] = variable;
  simplex.status[variable] = FREE;
}

/**
 * A variable leaves the basis (the caller has given it its bound) and a tight row becomes loose.
 */
export function shrinkBasis(simplex: Simplex, freePlace: number, tightPlace: number): void {
  const { memory, basisCount } = simplex;
  const { inverse, basisSize, freeColumn, tightEntry, tight, free, multiplier } = memory;
  const values = inverse.view;
  const row = freePlace * basisSize;
  const pivot = values[row + tightPlace];
  for (let f = 0; f < basisCount; f++) {
    freeColumn.view[f] = f === freePlace ? 0 : -values[f * basisSize + tightPlace] / pivot;
  }
  tightEntry.view.set(values.subarray(row, row + basisCount));
  addToInverse(simplex, basisCount);
  // The last row and column take the places of those that left.
  const last = --simplex.basisCount;
  values.copyWithin(row, last * basisSize, last * basisSize + basisCount);
  for (let f = 0; f < last; f++) {
    values[f * basisSize + tightPlace] = values[f * basisSize + last];
  }
  free.view[freePlace] = free.view[last];
  simplex.tightPlace[tight.view[tightPlace]] = -1;
  addLoose(simplex, tight.view[tightPlace]);
  if (tightPlace !== last) {
    tight.view[tightPlace] = tight.view[last];
    multiplier.view[tightPlace] = multiplier.view[last];
    simplex.tightPlace[tight.view[tightPlace]] = tightPlace;
  }
}

/** inverse += freeColumn · tightEntryᵀ. */
export function addToInverse({ memory }: Simplex, count: number): void {
  const { kernels, inverse, basisSize, freeColumn, tightEntry } = memory;
  kernels.matrix.addOuterProduct({
    matrix: inverse.at,
    stride: basisSize,
    rows: count,
    columns: count,
    u: freeColumn.at,
    v: tightEntry.at,
  });
}
