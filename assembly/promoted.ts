// Rows of binary32, promoted as they are loaded (src/numeric/forwardKernels.ts states what
// `addPromotedRows` does). Four rows per pass over the sum, which takes them one after another.

export function addPromotedRows(
  matrix: i32,
  stride: i32,
  list: i32,
  weights: i32,
  count: i32,
  size: i32,
  out: i32,
): void {
  const target = (<usize>out) << 3;
  const base = (<usize>matrix) << 2;
  const step = (<usize>stride) << 2;
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
      addFour(target, size, r0, r1, r2, row, w0, w1, w2, weight);
      held = 0;
    }
  }
  if (held > 0) addOne(target, size, r0, w0);
  if (held > 1) addOne(target, size, r1, w1);
  if (held > 2) addOne(target, size, r2, w2);
}

function addFour(
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
  const v0 = f64x2.splat(w0);
  const v1 = f64x2.splat(w1);
  const v2 = f64x2.splat(w2);
  const v3 = f64x2.splat(w3);
  const full = (<usize>size) << 2;
  const end = full & ~15;
  let at: usize = 0;
  for (; at < end; at += 16) {
    const sum = out + (at << 1);
    let a = v128.load(sum);
    let b = v128.load(sum, 16);
    a = f64x2.add(a, f64x2.mul(v0, promoted(r0 + at)));
    b = f64x2.add(b, f64x2.mul(v0, promoted(r0 + at + 8)));
    a = f64x2.add(a, f64x2.mul(v1, promoted(r1 + at)));
    b = f64x2.add(b, f64x2.mul(v1, promoted(r1 + at + 8)));
    a = f64x2.add(a, f64x2.mul(v2, promoted(r2 + at)));
    b = f64x2.add(b, f64x2.mul(v2, promoted(r2 + at + 8)));
    v128.store(sum, f64x2.add(a, f64x2.mul(v3, promoted(r3 + at))));
    v128.store(sum, f64x2.add(b, f64x2.mul(v3, promoted(r3 + at + 8))), 16);
  }
  for (; at < full; at += 4) {
    let sum = load<f64>(out + (at << 1));
    sum += w0 * <f64>load<f32>(r0 + at);
    sum += w1 * <f64>load<f32>(r1 + at);
    sum += w2 * <f64>load<f32>(r2 + at);
    sum += w3 * <f64>load<f32>(r3 + at);
    store<f64>(out + (at << 1), sum);
  }
}

function addOne(out: usize, size: i32, row: usize, weight: f64): void {
  const v = f64x2.splat(weight);
  const full = (<usize>size) << 2;
  const end = full & ~7;
  let at: usize = 0;
  for (; at < end; at += 8) {
    const sum = out + (at << 1);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(v, promoted(row + at))));
  }
  for (; at < full; at += 4) {
    const sum = out + (at << 1);
    store<f64>(sum, load<f64>(sum) + weight * <f64>load<f32>(row + at));
  }
}

// Two neighbouring singles as values.
function promoted(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}
