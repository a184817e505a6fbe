import type { Block } from "../../numeric/arena";
import type { Simplex } from "./state";

/*
 * Products of the pool's rows, and of the inverse of A[T, F], with vectors of the memory; T are the
 * tight rows and F the free variables.
 */

type Values = Block<Float64Array>;

/** out = inverse · x: x by tight row, out by free variable. */
export function multiplyInverse({ memory, basisCount }: Simplex, x: Values, out: Values): void {
  const { kernels, inverse, basisSize } = memory;
  kernels.matrix.multiply({
    matrix: inverse.at,
    stride: basisSize,
    rows: basisCount,
    columns: basisCount,
    x: x.at,
    out: out.at,
  });
}

/** out = inverseᵀ · x: x by free variable, out by tight row. */
export function multiplyTransposedInverse(
  { memory, basisCount }: Simplex,
  x: Values,
  out: Values,
): void {
  const { kernels, inverse, basisSize, identity } = memory;
  out.view.fill(0, 0, basisCount);
  kernels.matrix.addRows({
    matrix: inverse.at,
    stride: basisSize,
    list: identity.at,
    weights: x.at,
    count: basisCount,
    size: basisCount,
    out: out.at,
  });
}

/** out += Σ_t weights[t] · tight row t, over all variables. */
export function addTightRows({ memory, basisCount }: Simplex, weights: Values, out: Values): void {
  const { kernels, rows, size, tight } = memory;
  kernels.matrix.addRows({
    matrix: rows.at,
    stride: size,
    list: tight.at,
    weights: weights.at,
    count: basisCount,
    size,
    out: out.at,
  });
}

/** out = the pool's rows · x. */
export function multiplyPool({ memory, poolCount }: Simplex, x: Values, out: Values): void {
  const { kernels, rows, size } = memory;
  kernels.matrix.multiply({
    matrix: rows.at,
    stride: size,
    rows: poolCount,
    columns: size,
    x: x.at,
    out: out.at,
  });
}
