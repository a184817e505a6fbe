// Sums of listed rows (src/numeric/matrixKernels.ts and forwardKernels.ts state them) with SIMD.
// Positions count values of 8 bytes, or singles of 4, list positions integers of 4 bytes.

import { addFourOf, addOneOf } from "./sums";

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
