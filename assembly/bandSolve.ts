// Solutions with the Cholesky factor of a band matrix, with SIMD (src/numeric/bandKernels.ts states
// what is computed and in which order). Positions count values of 8 bytes.

import { at, put } from "./access";

export function solveLower(
  matrix: i32,
  size: i32,
  reach: i32,
  stride: i32,
  inverses: i32,
  vectors: i32,
  vectorStride: i32,
  count: i32,
): void {
  const base = (<usize>matrix) << 3;
  const found = (<usize>inverses) << 3;
  let done = 0;
  for (; done + 3 < count; done += 4) {
    const x0 = (<usize>(vectors + done * vectorStride)) << 3;
    const step = (<usize>vectorStride) << 3;
    for (let i = 0; i < size; i++) solveLowerFour(base, reach, stride, found, i, x0, step);
  }
  for (; done < count; done++) {
    const x = (<usize>(vectors + done * vectorStride)) << 3;
    for (let i = 0; i < size; i++) {
      const first = max(0, i - reach);
      const length = i - first;
      let row = base + ((<usize>(i * stride + first)) << 3);
      let values = x + ((<usize>first) << 3);
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let k = 0;
      for (; k + 3 < length; k += 4) {
        a = f64x2.add(a, f64x2.mul(v128.load(row), v128.load(values)));
        b = f64x2.add(b, f64x2.mul(v128.load(row, 16), v128.load(values, 16)));
        row += 32;
        values += 32;
      }
      a = f64x2.add(a, b);
      let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
      for (; k < length; k++) {
        sum += load<f64>(row) * load<f64>(values);
        row += 8;
        values += 8;
      }
      put(x, i, (at(x, i) - sum) * at(found, i));
    }
  }
}

/** Row i of four vectors at once: the matrix is read once for all of them. */
function solveLowerFour(
  base: usize,
  reach: i32,
  stride: i32,
  inverses: usize,
  i: i32,
  x0: usize,
  step: usize,
): void {
  const first = max(0, i - reach);
  const length = i - first;
  let row = base + ((<usize>(i * stride + first)) << 3);
  let p0 = x0 + ((<usize>first) << 3);
  let p1 = p0 + step;
  let p2 = p1 + step;
  let p3 = p2 + step;
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    const r0 = v128.load(row);
    const r1 = v128.load(row, 16);
    a0 = f64x2.add(a0, f64x2.mul(r0, v128.load(p0)));
    b0 = f64x2.add(b0, f64x2.mul(r1, v128.load(p0, 16)));
    a1 = f64x2.add(a1, f64x2.mul(r0, v128.load(p1)));
    b1 = f64x2.add(b1, f64x2.mul(r1, v128.load(p1, 16)));
    a2 = f64x2.add(a2, f64x2.mul(r0, v128.load(p2)));
    b2 = f64x2.add(b2, f64x2.mul(r1, v128.load(p2, 16)));
    a3 = f64x2.add(a3, f64x2.mul(r0, v128.load(p3)));
    b3 = f64x2.add(b3, f64x2.mul(r1, v128.load(p3, 16)));
    row += 32;
    p0 += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
  }
  a0 = f64x2.add(a0, b0);
  a1 = f64x2.add(a1, b1);
  a2 = f64x2.add(a2, b2);
  a3 = f64x2.add(a3, b3);
  let s0 = f64x2.extract_lane(a0, 0) + f64x2.extract_lane(a0, 1);
  let s1 = f64x2.extract_lane(a1, 0) + f64x2.extract_lane(a1, 1);
  let s2 = f64x2.extract_lane(a2, 0) + f64x2.extract_lane(a2, 1);
  let s3 = f64x2.extract_lane(a3, 0) + f64x2.extract_lane(a3, 1);
  for (; k < length; k++) {
    const r = load<f64>(row);
    s0 += r * load<f64>(p0);
    s1 += r * load<f64>(p1);
    s2 += r * load<f64>(p2);
    s3 += r * load<f64>(p3);
    row += 8;
    p0 += 8;
    p1 += 8;
    p2 += 8;
    p3 += 8;
  }
  const inverse = at(inverses, i);
  store<f64>(p0, (load<f64>(p0) - s0) * inverse);
  store<f64>(p1, (load<f64>(p1) - s1) * inverse);
  store<f64>(p2, (load<f64>(p2) - s2) * inverse);
  store<f64>(p3, (load<f64>(p3) - s3) * inverse);
}

export function solveUpper(
  matrix: i32,
  size: i32,
  reach: i32,
  stride: i32,
  inverses: i32,
  vector: i32,
): void {
  const base = (<usize>matrix) << 3;
  const x = (<usize>vector) << 3;
  const found = (<usize>inverses) << 3;
  for (let i = size - 1; i >= 0; i--) {
    const value = at(x, i) * at(found, i);
    put(x, i, value);
    const first = max(0, i - reach);
    const length = i - first;
    let row = base + ((<usize>(i * stride + first)) << 3);
    let to = x + ((<usize>first) << 3);
    const factor = f64x2.splat(value);
    let k = 0;
    for (; k + 1 < length; k += 2) {
      v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(factor, v128.load(row))));
      row += 16;
      to += 16;
    }
    if (k < length) store<f64>(to, load<f64>(to) - value * load<f64>(row));
  }
}
