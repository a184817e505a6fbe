// The normal matrix of rows that are zero outside small frames, with SIMD (`formNormal` in
// src/numeric/frameKernels.ts). Positions count values of 8 bytes, those of lists integers of 4
// bytes.

import { integer } from "./access";

export function formNormal(
  groupCount: i32,
  groups: i32,
  order: i32,
  heads: i32,
  table: i32,
  line: i32,
  weights: i32,
  matrix: i32,
  stride: i32,
  scratch: i32,
  pointers: i32,
): void {
  const starts = (<usize>groups) << 2;
  const members = (<usize>order) << 2;
  const head = (<usize>heads) << 2;
  const factors = (<usize>weights) << 3;
  const scaled = (<usize>scratch) << 3;
  const frames = (<usize>pointers) << 2;
  for (let group = 0; group < groupCount; group++) {
    const first = integer(starts, group);
    const count = integer(starts, group + 1) - first;
    const one = head + <usize>integer(members, first) * 12;
    const shape = ((<usize>table) << 2) + <usize>integer(one, 0) * 12;
    const corner = integer(one, 1);
    const lines = integer(shape, 0);
    const width = integer(shape, 1);
    const pitch = integer(shape, 2);
    const length = lines * pitch;
    const size = (<usize>length) << 3;
    for (let e = 0; e < count; e++) {
      const row = integer(members, first + e);
      const frame = (<usize>integer(head + <usize>row * 12, 2)) << 3;
      store<i32>(frames + ((<usize>e) << 2), <i32>frame);
      const factor = v128.load64_splat(factors + ((<usize>row) << 3));
      const to = scaled + <usize>e * size;
      for (let offset: usize = 0; offset < size; offset += 16) {
        v128.store(to + offset, f64x2.mul(factor, v128.load(frame + offset)));
      }
    }
    const next = (<usize>stride) << 3;
    for (let pr = 0; pr < lines; pr++) {
      let pc = 0;
      // Rows of the matrix two at a time, where a line fits into registers: frames are read once.
      for (; pc + 1 < width && (pitch == 6 || pitch == 4); pc += 2) {
        const source = scaled + ((<usize>(pr * pitch + pc)) << 3);
        let to = (<usize>(matrix + (corner + pr * line + pc) * stride + corner)) << 3;
        for (let r = 0; r <= pr; r++) {
          const offset = (<usize>(r * pitch)) << 3;
          if (pitch == 6) formSix(to, next, source, size, frames, count, offset);
          else formFour(to, next, source, size, frames, count, offset);
          to += (<usize>line) << 3;
        }
      }
      for (; pc < width; pc++) {
        const source = scaled + ((<usize>(pr * pitch + pc)) << 3);
        let to = (<usize>(matrix + (corner + pr * line + pc) * stride + corner)) << 3;
        for (let r = 0; r <= pr; r++) {
          formLine(to, source, size, frames, count, (<usize>(r * pitch)) << 3, pitch);
          to += (<usize>line) << 3;
        }
      }
    }
  }
}

/** A line of six in two neighbouring rows of the matrix, `next` bytes apart. */
function formSix(
  to: usize,
  next: usize,
  source: usize,
  size: usize,
  frames: usize,
  count: i32,
  offset: usize,
): void {
  const end = frames + ((<usize>count) << 2);
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let factor = source;
  for (let at = frames; at < end; at += 4) {
    const frame = <usize>load<i32>(at) + offset;
    const one = v128.load64_splat(factor);
    const other = v128.load64_splat(factor, 8);
    const x = v128.load(frame);
    const y = v128.load(frame, 16);
    const z = v128.load(frame, 32);
    a = f64x2.add(a, f64x2.mul(one, x));
    b = f64x2.add(b, f64x2.mul(one, y));
    c = f64x2.add(c, f64x2.mul(one, z));
    d = f64x2.add(d, f64x2.mul(other, x));
    e = f64x2.add(e, f64x2.mul(other, y));
    f = f64x2.add(f, f64x2.mul(other, z));
    factor += size;
  }
  v128.store(to, f64x2.add(v128.load(to), a));
  v128.store(to, f64x2.add(v128.load(to, 16), b), 16);
  v128.store(to, f64x2.add(v128.load(to, 32), c), 32);
  to += next;
  v128.store(to, f64x2.add(v128.load(to), d));
  v128.store(to, f64x2.add(v128.load(to, 16), e), 16);
  v128.store(to, f64x2.add(v128.load(to, 32), f), 32);
}

/** The same for a line of four. */
function formFour(
  to: usize,
  next: usize,
  source: usize,
  size: usize,
  frames: usize,
  count: i32,
  offset: usize,
): void {
  const end = frames + ((<usize>count) << 2);
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let factor = source;
  for (let at = frames; at < end; at += 4) {
    const frame = <usize>load<i32>(at) + offset;
    const one = v128.load64_splat(factor);
    const other = v128.load64_splat(factor, 8);
    const x = v128.load(frame);
    const y = v128.load(frame, 16);
    a = f64x2.add(a, f64x2.mul(one, x));
    b = f64x2.add(b, f64x2.mul(one, y));
    c = f64x2.add(c, f64x2.mul(other, x));
    d = f64x2.add(d, f64x2.mul(other, y));
    factor += size;
  }
  v128.store(to, f64x2.add(v128.load(to), a));
  v128.store(to, f64x2.add(v128.load(to, 16), b), 16);
  to += next;
  v128.store(to, f64x2.add(v128.load(to), c));
  v128.store(to, f64x2.add(v128.load(to, 16), d), 16);
}

/** One line of a frame's part of one row of the matrix, six columns at a time. */
function formLine(
  target: usize,
  source: usize,
  size: usize,
  frames: usize,
  count: i32,
  offset: usize,
  pitch: i32,
): void {
  let to = target;
  const end = frames + ((<usize>count) << 2);
  let column = 0;
  for (; column + 5 < pitch; column += 6) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let factor = source;
    for (let at = frames; at < end; at += 4) {
      const weight = v128.load64_splat(factor);
      const frame = <usize>load<i32>(at) + offset;
      a = f64x2.add(a, f64x2.mul(weight, v128.load(frame)));
      b = f64x2.add(b, f64x2.mul(weight, v128.load(frame, 16)));
      c = f64x2.add(c, f64x2.mul(weight, v128.load(frame, 32)));
      factor += size;
    }
    v128.store(to, f64x2.add(v128.load(to), a));
    v128.store(to, f64x2.add(v128.load(to, 16), b), 16);
    v128.store(to, f64x2.add(v128.load(to, 32), c), 32);
    to += 48;
    offset += 48;
  }
  if (column + 3 < pitch) {
    let a = f64x2.splat(0);
    let b = a;
    let factor = source;
    for (let at = frames; at < end; at += 4) {
      const weight = v128.load64_splat(factor);
      const frame = <usize>load<i32>(at) + offset;
      a = f64x2.add(a, f64x2.mul(weight, v128.load(frame)));
      b = f64x2.add(b, f64x2.mul(weight, v128.load(frame, 16)));
      factor += size;
    }
    v128.store(to, f64x2.add(v128.load(to), a));
    v128.store(to, f64x2.add(v128.load(to, 16), b), 16);
  } else if (column < pitch) {
    let a = f64x2.splat(0);
    let factor = source;
    for (let at = frames; at < end; at += 4) {
      const frame = <usize>load<i32>(at) + offset;
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(factor), v128.load(frame)));
      factor += size;
    }
    v128.store(to, f64x2.add(v128.load(to), a));
  }
}
