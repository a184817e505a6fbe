// Sums over rows of binary32 in tiles of 16 (src/numeric/tileKernels.ts states them). The sums of a
// tile stay in registers while its columns pass by: 16 rows are four vectors, and eight chains of
// additions are as many as the processor has room for.

/** Bytes of a column of a tile: 16 numbers of binary32. */
const COLUMN: usize = 64;

export function sumTiles(
  tiles: i32,
  stride: i32,
  tileCount: i32,
  list: i32,
  weights: i32,
  count: i32,
  out: i32,
): void {
  const indices = (<usize>list) << 2;
  const factors = (<usize>weights) << 2;
  let tile = (<usize>tiles) << 2;
  let target = (<usize>out) << 2;
  for (let i = 0; i < tileCount; i++) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let t = 0; t < count; t++) {
      const at = (<usize>t) << 2;
      const column = tile + <usize>load<i32>(indices + at) * COLUMN;
      const weight = v128.load32_splat(factors + at);
      s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(column)));
      s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(column, 16)));
      s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(column, 32)));
      s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(column, 48)));
    }
    v128.store(target, s0);
    v128.store(target, s1, 16);
    v128.store(target, s2, 32);
    v128.store(target, s3, 48);
    tile += (<usize>stride) << 2;
    target += COLUMN;
  }
}

export function sumTilesTwice(
  tiles: i32,
  stride: i32,
  tileCount: i32,
  list: i32,
  a: i32,
  b: i32,
  count: i32,
  outA: i32,
  outB: i32,
): void {
  const indices = (<usize>list) << 2;
  const pa = (<usize>a) << 2;
  const pb = (<usize>b) << 2;
  let tile = (<usize>tiles) << 2;
  let ta = (<usize>outA) << 2;
  let tb = (<usize>outB) << 2;
  for (let i = 0; i < tileCount; i++) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let q0 = f32x4.splat(0);
    let q1 = f32x4.splat(0);
    let q2 = f32x4.splat(0);
    let q3 = f32x4.splat(0);
    for (let t = 0; t < count; t++) {
      const at = (<usize>t) << 2;
      const column = tile + <usize>load<i32>(indices + at) * COLUMN;
      const wa = v128.load32_splat(pa + at);
      const wb = v128.load32_splat(pb + at);
      let x = v128.load(column);
      s0 = f32x4.add(s0, f32x4.mul(wa, x));
      q0 = f32x4.add(q0, f32x4.mul(wb, x));
      x = v128.load(column, 16);
      s1 = f32x4.add(s1, f32x4.mul(wa, x));
      q1 = f32x4.add(q1, f32x4.mul(wb, x));
      x = v128.load(column, 32);
      s2 = f32x4.add(s2, f32x4.mul(wa, x));
      q2 = f32x4.add(q2, f32x4.mul(wb, x));
      x = v128.load(column, 48);
      s3 = f32x4.add(s3, f32x4.mul(wa, x));
      q3 = f32x4.add(q3, f32x4.mul(wb, x));
    }
    v128.store(ta, s0);
    v128.store(ta, s1, 16);
    v128.store(ta, s2, 32);
    v128.store(ta, s3, 48);
    v128.store(tb, q0);
    v128.store(tb, q1, 16);
    v128.store(tb, q2, 32);
    v128.store(tb, q3, 48);
    tile += (<usize>stride) << 2;
    ta += COLUMN;
    tb += COLUMN;
  }
}
