import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** Columns that one step of the factorisation takes. */
export const BAND_BLOCK = 28;

/** The members of `BandKernels`. */
export const BAND_MEMBERS = {
  /**
   * Factors the matrix, right-looking, in blocks of BAND_BLOCK columns; `inverses` gets 1 / L_ii.
   *
   * Between the band of one row and that of the next must lie zeros, `bandStride` of them wide.
   * Sums over a block's columns k go upwards: updates of the rest are Σ_k L_ik L_jk, subtracted at
   * once; in a panel's row, even and odd columns are summed apart.
   *
   * @param scratch  `bandScratch` values
   * @returns the index of the first pivot that is not > 0, where it stopped, or −1
   */
  factorBand: {
    takes: {
      matrix: "values",
      size: "count",
      reach: "count",
      stride: "count",
      inverses: "values",
      scratch: "values",
    },
    gives: "count",
  },

  /**
   * x = L⁻¹ x for `count` vectors, `vectorStride` apart. Sums as in `multiply`, but columns beyond
   * the last multiple of 4 are added at the end.
   */
  solveLower: {
    takes: {
      matrix: "values",
      size: "count",
      reach: "count",
      stride: "count",
      inverses: "values",
      vectors: "values",
      vectorStride: "count",
      count: "count",
    },
  },

  /** x = L⁻ᵀ x, column after column from the last. */
  solveUpper: {
    takes: {
      matrix: "values",
      size: "count",
      reach: "count",
      stride: "count",
      inverses: "values",
      vector: "values",
    },
  },
} as const satisfies MemberTable;

/**
 * Cholesky factorisation of a symmetric matrix whose entries (i, j) are zero for |i − j| > reach,
 * in place: M = L Lᵀ. Entry (i, j), j <= i, lies at `matrix` + i · stride + j. Positions count
 * values; all implementations give the same bits.
 */
export type BandKernels = Members<typeof BAND_MEMBERS>;

/**
 * A stride for a band: what a block of columns reads left of a row's band, and what is written
 * right of a row's diagonal (`overhang` entries, or three by the factorisation), do not meet.
 */
export function bandStride(reach: number, overhang: number): number {
  const stride = reach + BAND_BLOCK + Math.max(overhang, 4) + 4;
  return stride + (stride % 2);
}

/** How many values of scratch `factorBand` needs: a block, and a panel below it. */
export function bandScratch(reach: number): number {
  return BAND_BLOCK * BAND_BLOCK + BAND_BLOCK * panelStride(reach);
}

function panelStride(reach: number): number {
  return 4 * Math.ceil(reach / 4) + 4;
}

/** The same in plain TypeScript. */
export function plainBand(arena: Arena): BandKernels {
  return {
    factorBand({ matrix, size, reach, stride, inverses }) {
      const { values } = arena;
      for (let start = 0; start < size; start += BAND_BLOCK) {
        const end = Math.min(size, start + BAND_BLOCK);
        const bad = factorBlock(values, matrix, stride, inverses, start, end);
        if (bad >= 0) return bad;
        const last = Math.min(size, end + reach);
        for (let i = end; i < last; i++) {
          solvePanelRow(values, matrix, stride, inverses, start, end, i);
        }
        for (let i = end; i < last; i++) {
          const row = matrix + i * stride;
          for (let j = end; j <= i; j++) {
            const other = matrix + j * stride;
            let sum = 0;
            for (let k = start; k < end; k++) sum += values[row + k] * values[other + k];
            values[row + j] -= sum;
          }
        }
      }
      return -1;
    },

    solveLower({ matrix, size, reach, stride, inverses, vectors, vectorStride, count }) {
      const { values } = arena;
      for (let vector = 0; vector < count; vector++) {
        const x = vectors + vector * vectorStride;
        for (let i = 0; i < size; i++) {
          const row = matrix + i * stride;
          const first = Math.max(0, i - reach);
          const whole = i - ((i - first) % 4);
          let s0 = 0;
          let s1 = 0;
          let s2 = 0;
          let s3 = 0;
          for (let k = first; k < whole; k += 4) {
            s0 += values[row + k] * values[x + k];
            s1 += values[row + k + 1] * values[x + k + 1];
            s2 += values[row + k + 2] * values[x + k + 2];
            s3 += values[row + k + 3] * values[x + k + 3];
          }
          let sum = s0 + s2 + (s1 + s3);
          for (let k = whole; k < i; k++) sum += values[row + k] * values[x + k];
          values[x + i] = (values[x + i] - sum) * values[inverses + i];
        }
      }
    },

    solveUpper({ matrix, size, reach, stride, inverses, vector }) {
      const { values } = arena;
      for (let i = size - 1; i >= 0; i--) {
        const value = values[vector + i] * values[inverses + i];
        values[vector + i] = value;
        const row = matrix + i * stride;
        for (let k = Math.max(0, i - reach); k < i; k++) {
          values[vector + k] -= value * values[row + k];
        }
      }
    },
  };
}

/** The diagonal block of columns start … end − 1; the index of a pivot not > 0, or −1. */
function factorBlock(
  values: Float64Array,
  matrix: number,
  stride: number,
  inverses: number,
  start: number,
  end: number,
): number {
  const at = (i: number, j: number): number => matrix + i * stride + j;
  for (let k = start; k < end; k++) {
    const pivot = values[at(k, k)];
    if (!(pivot > 0)) return k;
    const root = Math.sqrt(pivot);
    const inverse = 1 / root;
    values[at(k, k)] = root;
    values[inverses + k] = inverse;
    for (let i = k + 1; i < end; i++) values[at(i, k)] *= inverse;
    for (let i = k + 1; i < end; i++) {
      const factor = values[at(i, k)];
      for (let j = k + 1; j <= i; j++) values[at(i, j)] -= factor * values[at(j, k)];
    }
  }
  return -1;
}

/** Row i of the panel below a factored block: L_i = M_i L⁻ᵀ. */
function solvePanelRow(
  values: Float64Array,
  matrix: number,
  stride: number,
  inverses: number,
  start: number,
  end: number,
  i: number,
): void {
  const row = matrix + i * stride;
  for (let k = start; k < end; k++) {
    const factors = matrix + k * stride;
    let even = values[row + k];
    let odd = 0;
    let l = start;
    for (; l + 1 < k; l += 2) {
      even -= values[factors + l] * values[row + l];
      odd += values[factors + l + 1] * values[row + l + 1];
    }
    if (l < k) even -= values[factors + l] * values[row + l];
    values[row + k] = (even - odd) * values[inverses + k];
  }
}
