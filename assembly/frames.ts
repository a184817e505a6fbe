// Rows that are zero outside small frames of a picture, with SIMD (src/numeric/frameKernels.ts
// states what is computed and in which order). Positions count values of 8 bytes, those of lists
// integers of 4 bytes.

import { integer } from "./access";

function sumOfPair(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Σ over the lines of a frame and of what lies under it, in six sums by column modulo 6. */
function productOf(frame: usize, from: usize, lines: i32, pitch: i32, step: usize): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  if (pitch == 4) {
    for (let r = 0; r < lines; r++) {
      a = f64x2.add(a, f64x2.mul(v128.load(frame), v128.load(from)));
      b = f64x2.add(b, f64x2.mul(v128.load(frame, 16), v128.load(from, 16)));
      frame += 32;
      from += step;
    }
    // Adding the empty third sum changes no bit but the sign of a zero.
    return sumOfPair(f64x2.add(f64x2.add(a, b), c));
  }
  if (pitch == 6) {
    for (let r = 0; r < lines; r++) {
      a = f64x2.add(a, f64x2.mul(v128.load(frame), v128.load(from)));
      b = f64x2.add(b, f64x2.mul(v128.load(frame, 16), v128.load(from, 16)));
      c = f64x2.add(c, f64x2.mul(v128.load(frame, 32), v128.load(from, 32)));
      frame += 48;
      from += step;
    }
    return sumOfPair(f64x2.add(f64x2.add(a, b), c));
  }
  const size = (<usize>pitch) << 3;
  for (let r = 0; r < lines; r++) {
    let offset: usize = 0;
    for (; offset + 47 < size; offset += 48) {
      a = f64x2.add(a, f64x2.mul(v128.load(frame + offset), v128.load(from + offset)));
      b = f64x2.add(b, f64x2.mul(v128.load(frame + offset, 16), v128.load(from + offset, 16)));
      c = f64x2.add(c, f64x2.mul(v128.load(frame + offset, 32), v128.load(from + offset, 32)));
    }
    if (offset < size) {
      a = f64x2.add(a, f64x2.mul(v128.load(frame + offset), v128.load(from + offset)));
      if (offset + 16 < size) {
        b = f64x2.add(b, f64x2.mul(v128.load(frame + offset, 16), v128.load(from + offset, 16)));
      }
    }
    frame += size;
    from += step;
  }
  return sumOfPair(f64x2.add(f64x2.add(a, b), c));
}

/** to += weight · frame. */
function addFrame(
  frame: usize,
  to: usize,
  lines: i32,
  pitch: i32,
  step: usize,
  weight: v128,
): void {
  if (pitch == 4) {
    for (let r = 0; r < lines; r++) {
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(weight, v128.load(frame))));
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(weight, v128.load(frame, 16))), 16);
      frame += 32;
      to += step;
    }
    return;
  }
  if (pitch == 6) {
    for (let r = 0; r < lines; r++) {
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(weight, v128.load(frame))));
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(weight, v128.load(frame, 16))), 16);
      v128.store(to, f64x2.add(v128.load(to, 32), f64x2.mul(weight, v128.load(frame, 32))), 32);
      frame += 48;
      to += step;
    }
    return;
  }
  const size = (<usize>pitch) << 3;
  for (let r = 0; r < lines; r++) {
    for (let offset: usize = 0; offset < size; offset += 16) {
      const target = to + offset;
      v128.store(
        target,
        f64x2.add(v128.load(target), f64x2.mul(weight, v128.load(frame + offset))),
      );
    }
    frame += size;
    to += step;
  }
}

export function multiplyFrames(
  count: i32,
  heads: i32,
  table: i32,
  line: i32,
  x: i32,
  out: i32,
): void {
  const shapes = (<usize>table) << 2;
  const vector = (<usize>x) << 3;
  const step = (<usize>line) << 3;
  let head = (<usize>heads) << 2;
  let to = (<usize>out) << 3;
  const end = to + ((<usize>count) << 3);
  for (; to < end; to += 8) {
    const shape = integer(head, 0) * 3;
    const from = vector + ((<usize>integer(head, 1)) << 3);
    const frame = (<usize>integer(head, 2)) << 3;
    head += 12;
    const lines = integer(shapes, shape);
    store<f64>(to, productOf(frame, from, lines, integer(shapes, shape + 2), step));
  }
}

export function addFrames(
  count: i32,
  heads: i32,
  table: i32,
  line: i32,
  weights: i32,
  out: i32,
): void {
  const shapes = (<usize>table) << 2;
  const vector = (<usize>out) << 3;
  const step = (<usize>line) << 3;
  let head = (<usize>heads) << 2;
  let at = (<usize>weights) << 3;
  const end = at + ((<usize>count) << 3);
  for (; at < end; at += 8) {
    const shape = integer(head, 0) * 3;
    const to = vector + ((<usize>integer(head, 1)) << 3);
    const frame = (<usize>integer(head, 2)) << 3;
    head += 12;
    const lines = integer(shapes, shape);
    addFrame(frame, to, lines, integer(shapes, shape + 2), step, v128.load64_splat(at));
  }
}

export function applyFrames(
  count: i32,
  heads: i32,
  table: i32,
  line: i32,
  weights: i32,
  x: i32,
  products: i32,
  out: i32,
): void {
  const shapes = (<usize>table) << 2;
  const vector = (<usize>x) << 3;
  const sums = (<usize>out) << 3;
  const step = (<usize>line) << 3;
  let head = (<usize>heads) << 2;
  let at = (<usize>weights) << 3;
  let to = (<usize>products) << 3;
  const end = at + ((<usize>count) << 3);
  for (; at < end; at += 8) {
    const shape = integer(head, 0) * 3;
    const corner = (<usize>integer(head, 1)) << 3;
    const frame = (<usize>integer(head, 2)) << 3;
    head += 12;
    const lines = integer(shapes, shape);
    const pitch = integer(shapes, shape + 2);
    const product = productOf(frame, vector + corner, lines, pitch, step);
    store<f64>(to, product);
    to += 8;
    const weight = f64x2.splat(product * load<f64>(at));
    addFrame(frame, sums + corner, lines, pitch, step, weight);
  }
}
