// Parts of matrix products (src/numeric/columnKernels.ts states what is computed and in which
// order). Four rows at a time: their sums do not wait for each other.

function integer(base: usize, index: i32): usize {
  return <usize>load<i32>(base + ((<usize>index) << 2));
}

export function sumColumns(
  matrix: i32,
  stride: i32,
  list: i32,
  rows: i32,
  places: i32,
  factors: i32,
  count: i32,
  out: i32,
): void {
  sumRows<f64>(matrix, stride, list, rows, places, factors, count, out, 3);
}

export function sumPromotedColumns(
  matrix: i32,
  stride: i32,
  list: i32,
  rows: i32,
  places: i32,
  factors: i32,
  count: i32,
  out: i32,
): void {
  sumRows<f32>(matrix, stride, list, rows, places, factors, count, out, 2);
}

function sumRows<T>(
  matrix: i32,
  stride: i32,
  list: i32,
  rows: i32,
  places: i32,
  factors: i32,
  count: i32,
  out: i32,
  shift: usize,
): void {
  const base = (<usize>matrix) << shift;
  const step = (<usize>stride) << shift;
  const chosen = (<usize>list) << 2;
  const columns = (<usize>places) << 2;
  const weights = (<usize>factors) << 3;
  const to = (<usize>out) << 3;
  const end = columns + ((<usize>count) << 2);
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const r0 = base + integer(chosen, row) * step;
    const r1 = base + integer(chosen, row + 1) * step;
    const r2 = base + integer(chosen, row + 2) * step;
    const r3 = base + integer(chosen, row + 3) * step;
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    let weight = weights;
    for (let at = columns; at < end; at += 4) {
      const column = (<usize>load<i32>(at)) << shift;
      const factor = load<f64>(weight);
      s0 += factor * <f64>load<T>(r0 + column);
      s1 += factor * <f64>load<T>(r1 + column);
      s2 += factor * <f64>load<T>(r2 + column);
      s3 += factor * <f64>load<T>(r3 + column);
      weight += 8;
    }
    const target = to + ((<usize>row) << 3);
    store<f64>(target, s0);
    store<f64>(target, s1, 8);
    store<f64>(target, s2, 16);
    store<f64>(target, s3, 24);
  }
  for (; row < rows; row++) {
    const r = base + integer(chosen, row) * step;
    let sum: f64 = 0;
    let weight = weights;
    for (let at = columns; at < end; at += 4) {
      sum += load<f64>(weight) * <f64>load<T>(r + ((<usize>load<i32>(at)) << shift));
      weight += 8;
    }
    store<f64>(to + ((<usize>row) << 3), sum);
  }
}
