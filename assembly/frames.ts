// Rows that are zero outside small frames of a picture, with SIMD (src/numeric/frameKernels.ts
// states what is computed and in which order). Positions count values of 8 bytes, those of lists
// integers of 4 bytes.

function integer(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

function sumOfPair(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
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
    let from = vector + ((<usize>integer(head, 1)) << 3);
    let frame = (<usize>integer(head, 2)) << 3;
    head += 12;
    const lines = integer(shapes, shape);
    const pitch = integer(shapes, shape + 2);
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
    } else {
      for (let r = 0; r < lines; r++) {
        let column = 0;
        for (; column + 5 < pitch; column += 6) {
          const offset = (<usize>column) << 3;
          a = f64x2.add(a, f64x2.mul(v128.load(frame + offset), v128.load(from + offset)));
          b = f64x2.add(b, f64x2.mul(v128.load(frame + offset, 16), v128.load(from + offset, 16)));
          c = f64x2.add(c, f64x2.mul(v128.load(frame + offset, 32), v128.load(from + offset, 32)));
        }
        if (column < pitch) {
          const offset = (<usize>column) << 3;
          a = f64x2.add(a, f64x2.mul(v128.load(frame + offset), v128.load(from + offset)));
          if (column + 2 < pitch) {
            b = f64x2.add(
              b,
              f64x2.mul(v128.load(frame + offset, 16), v128.load(from + offset, 16)),
            );
          }
        }
        frame += (<usize>pitch) << 3;
        from += step;
      }
    }
    store<f64>(to, sumOfPair(f64x2.add(f64x2.add(a, b), c)));
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
    let to = vector + ((<usize>integer(head, 1)) << 3);
    let frame = (<usize>integer(head, 2)) << 3;
    head += 12;
    const lines = integer(shapes, shape);
    const pitch = (<usize>integer(shapes, shape + 2)) << 3;
    const weight = v128.load64_splat(at);
    for (let r = 0; r < lines; r++) {
      for (let offset: usize = 0; offset < pitch; offset += 16) {
        const target = to + offset;
        v128.store(
          target,
          f64x2.add(v128.load(target), f64x2.mul(weight, v128.load(frame + offset))),
        );
      }
      frame += pitch;
      to += step;
    }
  }
}

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
    for (let pr = 0; pr < lines; pr++) {
      for (let pc = 0; pc < width; pc++) {
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
