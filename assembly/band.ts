// Cholesky of a band matrix with SIMD (src/numeric/bandKernels.ts states what it computes and in
// which order). Positions count values of 8 bytes.

import { at, put } from "./access";

/** Columns that one step factors; one row of pixels of the images that it was made for. */
const BLOCK: i32 = 28;

function pair(base: usize, index: i32): v128 {
  return v128.load(base + ((<usize>index) << 3));
}

/**
 * Factors the diagonal block in `a` (BLOCK × BLOCK); the index of a pivot not above 0, or -1. Above
 * the diagonal, and one place behind the block, anything may stand afterwards.
 *
 * @param column  room for the entries of one column, beside each other
 */
function factorBlock(a: usize, width: i32, inverses: usize, column: usize): i32 {
  for (let k = 0; k < width; k++) {
    const pivot = at(a, k * BLOCK + k);
    if (!(pivot > 0)) return k;
    const root = sqrt<f64>(pivot);
    const inverse = 1 / root;
    put(a, k * BLOCK + k, root);
    put(inverses, k, inverse);
    for (let i = k + 1; i < width; i++) {
      const scaled = at(a, i * BLOCK + k) * inverse;
      put(a, i * BLOCK + k, scaled);
      put(column, i, scaled);
    }
    for (let i = k + 1; i < width; i++) {
      const factor = v128.load64_splat(column + ((<usize>i) << 3));
      for (let j = k + 1; j <= i; j += 2) {
        const to = a + ((<usize>(i * BLOCK + j)) << 3);
        v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(factor, pair(column, j))));
      }
    }
  }
  return -1;
}

/** Writes the rows below a block into the panel, whose rows are their columns. */
function writePanel(below: usize, stride: i32, rows: i32, panel: usize, lead: i32): void {
  let i = 0;
  for (; i + 1 < rows; i += 2) {
    for (let k = 0; k < BLOCK; k += 2) {
      const one = pair(below, i * stride + k);
      const other = pair(below, (i + 1) * stride + k);
      const to = panel + ((<usize>(k * lead + i)) << 3);
      v128.store(to, v128.shuffle<f64>(one, other, 0, 2));
      v128.store(to + ((<usize>lead) << 3), v128.shuffle<f64>(one, other, 1, 3));
    }
  }
  for (; i < rows; i++) {
    for (let k = 0; k < BLOCK; k++) put(panel, k * lead + i, at(below, i * stride + k));
  }
}

/** Writes the panel back. */
function readPanel(panel: usize, lead: i32, rows: i32, below: usize, stride: i32): void {
  let i = 0;
  for (; i + 1 < rows; i += 2) {
    for (let k = 0; k < BLOCK; k += 2) {
      const one = pair(panel, k * lead + i);
      const other = pair(panel, (k + 1) * lead + i);
      const to = below + ((<usize>(i * stride + k)) << 3);
      v128.store(to, v128.shuffle<f64>(one, other, 0, 2));
      v128.store(to + ((<usize>stride) << 3), v128.shuffle<f64>(one, other, 1, 3));
    }
  }
  for (; i < rows; i++) {
    for (let k = 0; k < BLOCK; k++) put(below, i * stride + k, at(panel, k * lead + i));
  }
}

/** Solves for four rows of the panel at a time, which lie beside each other in `panel`. */
function solvePanel(a: usize, panel: usize, lead: i32, rows: i32, inverses: usize): void {
  for (let i = 0; i < rows; i += 4) {
    for (let k = 0; k < BLOCK; k++) {
      const own = k * lead + i;
      let a0 = pair(panel, own);
      let a1 = pair(panel, own + 2);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let l = 0;
      for (; l + 1 < k; l += 2) {
        const even = v128.load64_splat(a + ((<usize>(k * BLOCK + l)) << 3));
        const odd = v128.load64_splat(a + ((<usize>(k * BLOCK + l + 1)) << 3));
        const from = l * lead + i;
        a0 = f64x2.sub(a0, f64x2.mul(even, pair(panel, from)));
        a1 = f64x2.sub(a1, f64x2.mul(even, pair(panel, from + 2)));
        b0 = f64x2.add(b0, f64x2.mul(odd, pair(panel, from + lead)));
        b1 = f64x2.add(b1, f64x2.mul(odd, pair(panel, from + lead + 2)));
      }
      if (l < k) {
        const even = v128.load64_splat(a + ((<usize>(k * BLOCK + l)) << 3));
        const from = l * lead + i;
        a0 = f64x2.sub(a0, f64x2.mul(even, pair(panel, from)));
        a1 = f64x2.sub(a1, f64x2.mul(even, pair(panel, from + 2)));
      }
      const inverse = v128.load64_splat(inverses + ((<usize>k) << 3));
      const to = panel + ((<usize>own) << 3);
      v128.store(to, f64x2.mul(f64x2.sub(a0, b0), inverse));
      v128.store(to, f64x2.mul(f64x2.sub(a1, b1), inverse), 16);
    }
  }
}

/** Subtracts the panel's products from the band behind it, in tiles of 4 × 4. */
function updateBand(panel: usize, lead: i32, rows: i32, band: usize, stride: i32): void {
  const padded = (rows + 3) & ~3;
  const line = (<usize>lead) << 3;
  const next = (<usize>stride) << 3;
  for (let i = 0; i < padded; i += 4) {
    for (let j = 0; j <= i; j += 4) {
      let c00 = f64x2.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      let own = panel + ((<usize>i) << 3);
      let other = panel + ((<usize>j) << 3);
      const end = own + <usize>BLOCK * line;
      while (own < end) {
        const b0 = v128.load(other);
        const b1 = v128.load(other, 16);
        let a = v128.load64_splat(own);
        c00 = f64x2.add(c00, f64x2.mul(a, b0));
        c01 = f64x2.add(c01, f64x2.mul(a, b1));
        a = v128.load64_splat(own, 8);
        c10 = f64x2.add(c10, f64x2.mul(a, b0));
        c11 = f64x2.add(c11, f64x2.mul(a, b1));
        a = v128.load64_splat(own, 16);
        c20 = f64x2.add(c20, f64x2.mul(a, b0));
        c21 = f64x2.add(c21, f64x2.mul(a, b1));
        a = v128.load64_splat(own, 24);
        c30 = f64x2.add(c30, f64x2.mul(a, b0));
        c31 = f64x2.add(c31, f64x2.mul(a, b1));
        own += line;
        other += line;
      }
      let to = band + ((<usize>(i * stride + j)) << 3);
      v128.store(to, f64x2.sub(v128.load(to), c00));
      v128.store(to, f64x2.sub(v128.load(to, 16), c01), 16);
      if (i + 1 < rows) {
        to += next;
        v128.store(to, f64x2.sub(v128.load(to), c10));
        v128.store(to, f64x2.sub(v128.load(to, 16), c11), 16);
      }
      if (i + 2 < rows) {
        to += next;
        v128.store(to, f64x2.sub(v128.load(to), c20));
        v128.store(to, f64x2.sub(v128.load(to, 16), c21), 16);
      }
      if (i + 3 < rows) {
        to += next;
        v128.store(to, f64x2.sub(v128.load(to), c30));
        v128.store(to, f64x2.sub(v128.load(to, 16), c31), 16);
      }
    }
  }
}

export function factorBand(
  matrix: i32,
  size: i32,
  reach: i32,
  stride: i32,
  inverses: i32,
  scratch: i32,
): i32 {
  const a = (<usize>scratch) << 3;
  const panel = a + ((<usize>(BLOCK * BLOCK)) << 3);
  const lead = ((reach + 3) & ~3) + 4;
  for (let start = 0; start < size; start += BLOCK) {
    const corner = (<usize>(matrix + start * stride + start)) << 3;
    const width = min(BLOCK, size - start);
    const rows = max(0, min(reach, size - start - BLOCK));
    const found = (<usize>(inverses + start)) << 3;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j <= i; j++) put(a, i * BLOCK + j, at(corner, i * stride + j));
    }
    const bad = factorBlock(a, width, found, panel + 32);
    if (bad >= 0) return start + bad;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j <= i; j++) put(corner, i * stride + j, at(a, i * BLOCK + j));
    }
    if (rows == 0) continue;
    const below = corner + ((<usize>(BLOCK * stride)) << 3);
    const padded = (rows + 3) & ~3;
    writePanel(below, stride, rows, panel, lead);
    for (let i = rows; i < padded; i++) {
      for (let k = 0; k < BLOCK; k++) put(panel, k * lead + i, 0);
    }
    solvePanel(a, panel, lead, padded, found);
    readPanel(panel, lead, rows, below, stride);
    updateBand(panel, lead, rows, below + ((<usize>BLOCK) << 3), stride);
  }
  return -1;
}
