// Linear forms on pictures, carried back through convolutions, with SIMD
// (src/numeric/patchKernels.ts states what is computed and in which order). Positions count values
// of 8 bytes, those of lists integers of 4 bytes.

function listed(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

/** Notes the coefficients of a pixel that are not zero, and where their weights are: how many. */
function gather(
  from: usize,
  list: usize,
  count: i32,
  weights: usize,
  pitch: usize,
  factors: usize,
  sources: usize,
): i32 {
  let held = 0;
  for (let entry = 0; entry < count; entry++) {
    const channel = listed(list, entry);
    const factor = load<f64>(from + ((<usize>channel) << 3));
    if (factor == 0) continue;
    store<f64>(factors + ((<usize>held) << 3), factor);
    store<i32>(sources + ((<usize>held) << 2), <i32>(weights + <usize>channel * pitch));
    held++;
  }
  return held;
}

/** sums = Σ factor · weights over what was gathered, eight values at a time, then two. */
function sumWeights(held: i32, factors: usize, sources: usize, pitch: usize, sums: usize): void {
  const end = sources + ((<usize>held) << 2);
  let at: usize = 0;
  for (; at + 63 < pitch; at += 64) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let factor = factors;
    for (let source = sources; source < end; source += 4) {
      const f = v128.load64_splat(factor);
      const w = <usize>load<i32>(source) + at;
      a = f64x2.add(a, f64x2.mul(f, v128.load(w)));
      b = f64x2.add(b, f64x2.mul(f, v128.load(w, 16)));
      c = f64x2.add(c, f64x2.mul(f, v128.load(w, 32)));
      d = f64x2.add(d, f64x2.mul(f, v128.load(w, 48)));
      factor += 8;
    }
    v128.store(sums + at, a);
    v128.store(sums + at, b, 16);
    v128.store(sums + at, c, 32);
    v128.store(sums + at, d, 48);
  }
  for (; at < pitch; at += 16) {
    let a = f64x2.splat(0);
    let factor = factors;
    for (let source = sources; source < end; source += 4) {
      const w = <usize>load<i32>(source) + at;
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(factor), v128.load(w)));
      factor += 8;
    }
    v128.store(sums + at, a);
  }
}

/** out += values, `length` bytes of them. */
function addTo(out: usize, values: usize, length: usize): void {
  let at: usize = 0;
  for (; at + 15 < length; at += 16) {
    v128.store(out + at, f64x2.add(v128.load(out + at), v128.load(values + at)));
  }
  if (at < length) store<f64>(out + at, load<f64>(out + at) + load<f64>(values + at));
}

export function pullConvolution(
  patch: i32,
  rows: i32,
  columns: i32,
  top: i32,
  left: i32,
  channels: i32,
  height: i32,
  width: i32,
  active: i32,
  counts: i32,
  weights: i32,
  pitch: i32,
  kernel: i32,
  run: i32,
  step: i32,
  line: i32,
  stride: i32,
  out: i32,
  scratch: i32,
  found: i32,
): void {
  const source = (<usize>patch) << 3;
  const lists = (<usize>active) << 2;
  const lengths = (<usize>counts) << 2;
  const base = (<usize>weights) << 3;
  const sums = (<usize>scratch) << 3;
  const factors = sums + ((<usize>(pitch + 8)) << 3);
  const sources = (<usize>found) << 2;
  const width8 = (<usize>pitch) << 3;
  const run8 = (<usize>run) << 3;
  const line8 = (<usize>line) << 3;
  for (let r = max(0, -top); r < rows && top + r < height; r++) {
    for (let c = max(0, -left); c < columns && left + c < width; c++) {
      const pixel = (top + r) * width + left + c;
      const from = source + ((<usize>((r * columns + c) * channels)) << 3);
      const list = lists + ((<usize>(pixel * channels)) << 2);
      const held = gather(from, list, listed(lengths, pixel), base, width8, factors, sources);
      if (held == 0) continue;
      sumWeights(held, factors, sources, width8, sums);
      let to = (<usize>(out + r * stride * line + c * step)) << 3;
      let sum = sums;
      for (let ky = 0; ky < kernel; ky++) {
        addTo(to, sum, run8);
        to += line8;
        sum += run8;
      }
    }
  }
}

export function clear(out: i32, length: i32): void {
  memory.fill((<usize>out) << 3, 0, (<usize>length) << 3);
}

export function addLines(
  weights: i32,
  lines: i32,
  run: i32,
  factor: f64,
  out: i32,
  line: i32,
): void {
  let from = (<usize>weights) << 3;
  let to = (<usize>out) << 3;
  const length = (<usize>run) << 3;
  const f = f64x2.splat(factor);
  for (let r = 0; r < lines; r++) {
    let at: usize = 0;
    for (; at + 15 < length; at += 16) {
      const product = f64x2.mul(f, v128.load(from + at));
      v128.store(to + at, f64x2.add(v128.load(to + at), product));
    }
    if (at < length) {
      store<f64>(to + at, load<f64>(to + at) + factor * load<f64>(from + at));
    }
    from += length;
    to += (<usize>line) << 3;
  }
}
