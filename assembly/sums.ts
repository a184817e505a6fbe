// Sums over rows of numbers, for the files that take rows in fours and one by one.

import { addFourPromoted, addOnePromoted } from "./promoted";

// Numbers of both precisions have one loop each for four rows and for one. A step takes two
// vectors, 32 bytes, so that addresses are computed once for both.

export function addFour<T>(
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

export function addOne<T>(out: usize, size: i32, row: usize, weight: T): void {
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

export function addFourOf<S>(
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

export function addOneOf<S>(out: usize, size: i32, row: usize, weight: f64): void {
  if (sizeof<S>() == sizeof<f64>()) addOne<f64>(out, size, row, weight);
  else addOnePromoted(out, size, row, weight);
}
