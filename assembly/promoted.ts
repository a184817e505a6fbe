// Rows of binary32 for sums of binary64 (`addPromotedRows` in rows.ts): promoted as they are
// loaded.

export function addFourPromoted(
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

export function addOnePromoted(out: usize, size: i32, row: usize, weight: f64): void {
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
