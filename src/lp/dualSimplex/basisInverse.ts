import { SINGULAR_PIVOT } from "../../numeric/tolerance";
import { addLoose, computeSlacks, removeLoose } from "./looseRows";
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
function addToInverse({ memory }: Simplex, count: number): void {
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

/**
 * What is left of the equations after `refine`: the larger of the two says whether the inverse is
 * still good.
 */
export interface Residuals {
  /** Largest |slack| of a tight row before the correction. */
  readonly primal: number;
  /** Largest |reduced cost| of a free variable before the correction. */
  readonly dual: number;
}

/**
 * Recomputes free variables, slacks, multipliers and reduced costs from the original rows, with one
 * step of iterative refinement through the inverse.
 */
export function refine(simplex: Simplex): Residuals {
  const primal = refinePoint(simplex);
  const dual = refineMultipliers(simplex);
  return { primal, dual };
}

function refinePoint(simplex: Simplex): number {
  const { memory, basisCount } = simplex;
  const { kernels, inverse, basisSize, tightEntry, freeEntry, tight, free, slack, point } = memory;
  computeSlacks(simplex);
  let largest = 0;
  for (let t = 0; t < basisCount; t++) {
    const residual = slack.view[tight.view[t]];
    tightEntry.view[t] = residual;
    largest = Math.max(largest, Math.abs(residual));
  }
  if (largest === 0) return 0;
  kernels.matrix.multiply({
    matrix: inverse.at,
    stride: basisSize,
    rows: basisCount,
    columns: basisCount,
    x: tightEntry.at,
    out: freeEntry.at,
  });
  for (let f = 0; f < basisCount; f++) point.view[free.view[f]] += freeEntry.view[f];
  computeSlacks(simplex);
  return largest;
}

function refineMultipliers(simplex: Simplex): number {
  const { memory, basisCount } = simplex;
  const { kernels, inverse, basisSize, freeEntry, tightEntry, free, reduced } = memory;
  const { multiplier, identity } = memory;
  computeReduced(simplex);
  let largest = 0;
  for (let f = 0; f < basisCount; f++) {
    const residual = reduced.view[free.view[f]];
    freeEntry.view[f] = residual;
    largest = Math.max(largest, Math.abs(residual));
  }
  if (largest > 0) {
    tightEntry.view.fill(0, 0, basisCount);
    kernels.matrix.addRows({
      matrix: inverse.at,
      stride: basisSize,
      list: identity.at,
      weights: freeEntry.at,
      count: basisCount,
      size: basisCount,
      out: tightEntry.at,
    });
    for (let t = 0; t < basisCount; t++) multiplier.view[t] += tightEntry.view[t];
    computeReduced(simplex);
  }
  // Their true value is zero; what is left is rounding.
  for (let f = 0; f < basisCount; f++) reduced.view[free.view[f]] = 0;
  return largest;
}

/** reduced = cost − multipliers · tight rows. */
function computeReduced({ memory, cost, basisCount }: Simplex): void {
  const { kernels, size, rows, tight, multiplier, tightColumn, reduced } = memory;
  reduced.view.set(cost);
  for (let t = 0; t < basisCount; t++) tightColumn.view[t] = -multiplier.view[t];
  kernels.matrix.addRows({
    matrix: rows.at,
    stride: size,
    list: tight.at,
    weights: tightColumn.at,
    count: basisCount,
    size,
    out: reduced.at,
  });
}
