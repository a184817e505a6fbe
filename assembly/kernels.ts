// The kernels of the dual simplex engine (src/numeric/kernels.ts states them) in AssemblyScript
// with SIMD. Positions count values of 8 bytes, list positions integers of 4 bytes. Sums keep the
// order stated there.

import { addFourPromoted, addOnePromoted } from "./promoted";

/** Makes the memory at least so many bytes long. */
export function reserve(byteLength: u32): void {
  const wanted = <i32>((byteLength + 65535) >>> 16);
  const missing = wanted - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
}

// Numbers of both precisions have one loop each for four rows and for one. A step takes two
// vectors, 32 bytes, so that addresses are computed once for both.

function addFour<T>(
  out: usize,
  size: i32,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  w0: T,
  w1: T,
  w2: T,
  w3: T,
): void {
  const v0 = v128.splat<T>(w0);
  const v1 = v128.splat<T>(w1);
  const v2 = v128.splat<T>(w2);
  const v3 = v128.splat<T>(w3);
  const full = <usize>size * sizeof<T>();
  const end = full & ~31;
  let at: usize = 0;
  for (; at < end; at += 32) {
    const p0 = r0 + at;
    const p1 = r1 + at;
    const p2 = r2 + at;
    const p3 = r3 + at;
    const sum = out + at;
    let a = v128.add<T>(v128.load(sum), v128.mul<T>(v0, v128.load(p0)));
    let b = v128.add<T>(v128.load(sum, 16), v128.mul<T>(v0, v128.load(p0, 16)));
    a = v128.add<T>(a, v128.mul<T>(v1, v128.load(p1)));
    b = v128.add<T>(b, v128.mul<T>(v1, v128.load(p1, 16)));
    a = v128.add<T>(a, v128.mul<T>(v2, v128.load(p2)));
    b = v128.add<T>(b, v128.mul<T>(v2, v128.load(p2, 16)));
    v128.store(sum, v128.add<T>(a, v128.mul<T>(v3, v128.load(p3))));
    v128.store(sum, v128.add<T>(b, v128.mul<T>(v3, v128.load(p3, 16))), 16);
  }
  for (; at < full; at += sizeof<T>()) {
    let sum = load<T>(out + at);
    sum += w0 * load<T>(r0 + at);
    sum += w1 * load<T>(r1 + at);
    sum += w2 * load<T>(r2 + at);
    sum += w3 * load<T>(r3 + at);
    store<T>(out + at, sum);
  }
}

function addOne<T>(out: usize, size: i32, row: usize, weight: T): void {
  const v = v128.splat<T>(weight);
  const full = <usize>size * sizeof<T>();
  const end = full & ~31;
  let at: usize = 0;
  for (; at < end; at += 32) {
    const target = out + at;
    const source = row + at;
    const a = v128.add<T>(v128.load(target), v128.mul<T>(v, v128.load(source)));
    const b = v128.add<T>(v128.load(target, 16), v128.mul<T>(v, v128.load(source, 16)));
    v128.store(target, a);
    v128.store(target, b, 16);
  }
  for (; at < full; at += sizeof<T>()) {
    store<T>(out + at, load<T>(out + at) + weight * load<T>(row + at));
  }
}

// Sums of binary64 over rows of binary64, or of binary32 that is promoted as it is loaded.

function addFourOf<S>(
  out: usize,
  size: i32,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  w0: f64,
  w1: f64,
  w2: f64,
  w3: f64,
): void {
  if (sizeof<S>() == sizeof<f64>()) addFour<f64>(out, size, r0, r1, r2, r3, w0, w1, w2, w3);
  else addFourPromoted(out, size, r0, r1, r2, r3, w0, w1, w2, w3);
}

function addOneOf<S>(out: usize, size: i32, row: usize, weight: f64): void {
  if (sizeof<S>() == sizeof<f64>()) addOne<f64>(out, size, row, weight);
  else addOnePromoted(out, size, row, weight);
}

function gatherRows<S>(
  matrix: i32,
  stride: i32,
  list: i32,
  weights: i32,
  count: i32,
  size: i32,
  out: i32,
): void {
  const target = (<usize>out) << 3;
  const base = (<usize>matrix) << alignof<S>();
  const step = (<usize>stride) << alignof<S>();
  const indices = (<usize>list) << 2;
  const factors = (<usize>weights) << 3;
  let held = 0;
  let r0: usize = 0;
  let r1: usize = 0;
  let r2: usize = 0;
  let w0: f64 = 0;
  let w1: f64 = 0;
  let w2: f64 = 0;
  for (let t = 0; t < count; t++) {
    const weight = load<f64>(factors + ((<usize>t) << 3));
    if (weight == 0) continue;
    const row = base + <usize>load<i32>(indices + ((<usize>t) << 2)) * step;
    if (held == 0) {
      r0 = row;
      w0 = weight;
      held = 1;
    } else if (held == 1) {
      r1 = row;
      w1 = weight;
      held = 2;
    } else if (held == 2) {
      r2 = row;
      w2 = weight;
      held = 3;
    } else {
      addFourOf<S>(target, size, r0, r1, r2, row, w0, w1, w2, weight);
      held = 0;
    }
  }
  if (held > 0) addOneOf<S>(target, size, r0, w0);
  if (held > 1) addOneOf<S>(target, size, r1, w1);
  if (held > 2) addOneOf<S>(target, size, r2, w2);
}

export function addRows(
  matrix: i32,
  stride: i32,
  list: i32,
  weights: i32,
  count: i32,
  size: i32,
  out: i32,
): void {
  gatherRows<f64>(matrix, stride, list, weights, count, size, out);
}

export function addPromotedRows(
  matrix: i32,
  stride: i32,
  list: i32,
  weights: i32,
  count: i32,
  size: i32,
  out: i32,
): void {
  gatherRows<f32>(matrix, stride, list, weights, count, size, out);
}

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
