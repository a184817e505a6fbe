// Products of matrices with vectors (src/numeric/matrixKernels.ts states them) with SIMD. Positions
// count values of 8 bytes. Sums keep the order stated there.

import { addOne } from "./sums";

export function multiply(
  matrix: i32,
  stride: i32,
  rows: i32,
  columns: i32,
  x: i32,
  out: i32,
): void {
  const step = (<usize>stride) << 3;
  const px = (<usize>x) << 3;
  const target = (<usize>out) << 3;
  const whole = (<usize>(columns & ~3)) << 3;
  const full = (<usize>columns) << 3;
  let row = (<usize>matrix) << 3;
  let i = 0;
  // Two rows together: four independent chains of additions.
  for (; i + 1 < rows; i += 2) {
    const next = row + step;
    let s = f64x2.splat(0);
    let q = f64x2.splat(0);
    let u = f64x2.splat(0);
    let v = f64x2.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 32) {
      const x0 = v128.load(px + at);
      const x1 = v128.load(px + at, 16);
      s = f64x2.add(s, f64x2.mul(v128.load(row + at), x0));
      q = f64x2.add(q, f64x2.mul(v128.load(row + at, 16), x1));
      u = f64x2.add(u, f64x2.mul(v128.load(next + at), x0));
      v = f64x2.add(v, f64x2.mul(v128.load(next + at, 16), x1));
    }
    let s0 = f64x2.extract_lane(s, 0);
    let u0 = f64x2.extract_lane(u, 0);
    for (; at < full; at += 8) {
      s0 += load<f64>(row + at) * load<f64>(px + at);
      u0 += load<f64>(next + at) * load<f64>(px + at);
    }
    store<f64>(
      target + ((<usize>i) << 3),
      s0 + f64x2.extract_lane(q, 0) + (f64x2.extract_lane(s, 1) + f64x2.extract_lane(q, 1)),
    );
    store<f64>(
      target + ((<usize>i) << 3),
      u0 + f64x2.extract_lane(v, 0) + (f64x2.extract_lane(u, 1) + f64x2.extract_lane(v, 1)),
      8,
    );
    row = next + step;
  }
  if (i < rows) {
    let s = f64x2.splat(0);
    let q = f64x2.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 32) {
      s = f64x2.add(s, f64x2.mul(v128.load(row + at), v128.load(px + at)));
      q = f64x2.add(q, f64x2.mul(v128.load(row + at, 16), v128.load(px + at, 16)));
    }
    let s0 = f64x2.extract_lane(s, 0);
    for (; at < full; at += 8) s0 += load<f64>(row + at) * load<f64>(px + at);
    store<f64>(
      target + ((<usize>i) << 3),
      s0 + f64x2.extract_lane(q, 0) + (f64x2.extract_lane(s, 1) + f64x2.extract_lane(q, 1)),
    );
  }
}

export function multiplyTwice(
  matrix: i32,
  stride: i32,
  rows: i32,
  columns: i32,
  a: i32,
  b: i32,
  outA: i32,
  outB: i32,
): void {
  const step = (<usize>stride) << 3;
  const pa = (<usize>a) << 3;
  const pb = (<usize>b) << 3;
  const ta = (<usize>outA) << 3;
  const tb = (<usize>outB) << 3;
  const whole = (<usize>(columns & ~3)) << 3;
  const full = (<usize>columns) << 3;
  let row = (<usize>matrix) << 3;
  for (let i = 0; i < rows; i++) {
    let s = f64x2.splat(0);
    let q = f64x2.splat(0);
    let u = f64x2.splat(0);
    let v = f64x2.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 32) {
      const x0 = v128.load(row + at);
      const x1 = v128.load(row + at, 16);
      s = f64x2.add(s, f64x2.mul(x0, v128.load(pa + at)));
      q = f64x2.add(q, f64x2.mul(x1, v128.load(pa + at, 16)));
      u = f64x2.add(u, f64x2.mul(x0, v128.load(pb + at)));
      v = f64x2.add(v, f64x2.mul(x1, v128.load(pb + at, 16)));
    }
    let s0 = f64x2.extract_lane(s, 0);
    let u0 = f64x2.extract_lane(u, 0);
    for (; at < full; at += 8) {
      const x = load<f64>(row + at);
      s0 += x * load<f64>(pa + at);
      u0 += x * load<f64>(pb + at);
    }
    const at8 = (<usize>i) << 3;
    store<f64>(
      ta + at8,
      s0 + f64x2.extract_lane(q, 0) + (f64x2.extract_lane(s, 1) + f64x2.extract_lane(q, 1)),
    );
    store<f64>(
      tb + at8,
      u0 + f64x2.extract_lane(v, 0) + (f64x2.extract_lane(u, 1) + f64x2.extract_lane(v, 1)),
    );
    row += step;
  }
}

export function addOuterProduct(
  matrix: i32,
  stride: i32,
  rows: i32,
  columns: i32,
  u: i32,
  v: i32,
): void {
  const step = (<usize>stride) << 3;
  const source = (<usize>v) << 3;
  const factors = (<usize>u) << 3;
  let row = (<usize>matrix) << 3;
  for (let i = 0; i < rows; i++) {
    const weight = load<f64>(factors + ((<usize>i) << 3));
    if (weight != 0) addOne<f64>(row, columns, source, weight);
    row += step;
  }
}
