// Products of packed matrices (src/numeric/gemmKernels.ts states the layout and the order). A tile
// of 4 × 4 sums stays in eight registers while its rows and columns pass by: eight chains of
// additions are as many as hide the latency of one.

/** Bytes of one step of a packed tile: four numbers of binary64. */
const STEP: usize = 32;

export function addTileProducts(
  left: i32,
  right: i32,
  rowTiles: i32,
  columnTiles: i32,
  inner: i32,
  out: i32,
  stride: i32,
): void {
  const tile = <usize>inner * STEP;
  const row = (<usize>stride) << 3;
  const first = (<usize>left) << 3;
  let b = (<usize>right) << 3;
  for (let j = 0; j < columnTiles; j++) {
    let target = ((<usize>out) << 3) + <usize>j * STEP;
    let a = first;
    for (let i = 0; i < rowTiles; i++) {
      addTile(a, b, tile, target, row);
      a += tile;
      target += row << 2;
    }
    b += tile;
  }
}

function addTile(left: usize, right: usize, length: usize, out: usize, row: usize): void {
  const r1 = out + row;
  const r2 = r1 + row;
  const r3 = r2 + row;
  let s0 = v128.load(out);
  let t0 = v128.load(out, 16);
  let s1 = v128.load(r1);
  let t1 = v128.load(r1, 16);
  let s2 = v128.load(r2);
  let t2 = v128.load(r2, 16);
  let s3 = v128.load(r3);
  let t3 = v128.load(r3, 16);
  for (let at: usize = 0; at < length; at += STEP) {
    const a = left + at;
    const b = right + at;
    const x = v128.load(b);
    const y = v128.load(b, 16);
    const w0 = v128.load64_splat(a);
    s0 = f64x2.add(s0, f64x2.mul(w0, x));
    t0 = f64x2.add(t0, f64x2.mul(w0, y));
    const w1 = v128.load64_splat(a, 8);
    s1 = f64x2.add(s1, f64x2.mul(w1, x));
    t1 = f64x2.add(t1, f64x2.mul(w1, y));
    const w2 = v128.load64_splat(a, 16);
    s2 = f64x2.add(s2, f64x2.mul(w2, x));
    t2 = f64x2.add(t2, f64x2.mul(w2, y));
    const w3 = v128.load64_splat(a, 24);
    s3 = f64x2.add(s3, f64x2.mul(w3, x));
    t3 = f64x2.add(t3, f64x2.mul(w3, y));
  }
  v128.store(out, s0);
  v128.store(out, t0, 16);
  v128.store(r1, s1);
  v128.store(r1, t1, 16);
  v128.store(r2, s2);
  v128.store(r2, t2, 16);
  v128.store(r3, s3);
  v128.store(r3, t3, 16);
}
