import { bandScratch, bandStride } from "../../src/numeric/bandKernels";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

/** A positive definite band matrix, as a function of row and column. */
function bandMatrix(size: number, reach: number): number[][] {
  const random = createRandom(size + 1000 * reach);
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) {
    for (let j = Math.max(0, i - reach); j < i; j++) {
      matrix[i][j] = matrix[j][i] = random.normal();
    }
  }
  // Dominated by its diagonal, so that it is positive definite.
  for (let i = 0; i < size; i++) {
    matrix[i][i] = 1 + matrix[i].reduce((sum, value) => sum + Math.abs(value), 0);
  }
  return matrix;
}

/** The textbook's factor, row by row. */
function denseCholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
      factor[i][j] = i === j ? Math.sqrt(sum) : sum / factor[j][j];
    }
  }
  return factor;
}

interface Placed {
  readonly kernels: Kernels;
  readonly matrix: number;
  readonly stride: number;
  readonly inverses: number;
  readonly scratch: number;
  readonly vectors: number;
}

const VECTORS = 6;

function place(kernels: Kernels, size: number, reach: number, entries: number[][]): Placed {
  const stride = bandStride(reach, 6);
  const { blocks } = kernels.arena.layOut((make) => ({
    matrix: make.values(size * stride + size + 8),
    inverses: make.values(size),
    scratch: make.values(bandScratch(reach)),
    vectors: make.values(VECTORS * size),
  }));
  blocks.matrix.view.fill(0);
  for (let i = 0; i < size; i++) {
    for (let j = Math.max(0, i - reach); j <= i; j++) {
      blocks.matrix.view[i * stride + j] = entries[i][j];
    }
  }
  const random = createRandom(3);
  blocks.vectors.view.forEach((_, index, view) => (view[index] = random.normal()));
  return {
    kernels,
    stride,
    matrix: blocks.matrix.at,
    inverses: blocks.inverses.at,
    scratch: blocks.scratch.at,
    vectors: blocks.vectors.at,
  };
}

// Whole blocks of 28, a rest of them, less than one, reaches below and above a block, no band left.
const SIZES: readonly (readonly [number, number])[] = [
  [784, 145],
  [100, 30],
  [97, 61],
  [59, 7],
  [28, 27],
  [33, 32],
  [5, 1],
];

describe.each(makers)("the %s band kernels", (_, create) => {
  const made = (): Kernels => {
    const kernels = create();
    if (kernels === undefined) throw new Error("the kernels were there a moment ago");
    return kernels;
  };

  test.each(SIZES)("factor %i columns of a band of %i as a dense Cholesky does", (size, reach) => {
    const entries = bandMatrix(size, reach);
    const { kernels, matrix, stride, inverses, scratch } = place(made(), size, reach, entries);
    expect(kernels.band.factorBand({ matrix, size, reach, stride, inverses, scratch })).toBe(-1);
    const expected = denseCholesky(entries);
    const { values } = kernels.arena;
    let worst = 0;
    for (let i = 0; i < size; i++) {
      worst = Math.max(worst, Math.abs(values[inverses + i] * expected[i][i] - 1));
      for (let j = Math.max(0, i - reach); j <= i; j++) {
        worst = Math.max(worst, Math.abs(values[matrix + i * stride + j] - expected[i][j]));
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });

  test.each(SIZES)("solve with %i columns of a band of %i", (size, reach) => {
    const entries = bandMatrix(size, reach);
    const placed = place(made(), size, reach, entries);
    const { kernels, matrix, stride, inverses, scratch, vectors } = placed;
    const before = kernels.arena.values.slice(vectors, vectors + VECTORS * size);
    kernels.band.factorBand({ matrix, size, reach, stride, inverses, scratch });
    kernels.band.solveLower({
      matrix,
      size,
      reach,
      stride,
      inverses,
      vectors,
      vectorStride: size,
      count: VECTORS,
    });
    for (let vector = 0; vector < VECTORS; vector++) {
      kernels.band.solveUpper({
        matrix,
        size,
        reach,
        stride,
        inverses,
        vector: vectors + vector * size,
      });
    }
    let worst = 0;
    for (let vector = 0; vector < VECTORS; vector++) {
      const x = kernels.arena.values.subarray(vectors + vector * size);
      entries.forEach((row, i) => {
        const sum = row.reduce((total, value, j) => total + value * x[j], 0);
        worst = Math.max(worst, Math.abs(sum - before[vector * size + i]));
      });
    }
    expect(worst).toBeLessThan(1e-11);
  });

  test("say at which column a matrix is not positive definite", () => {
    const entries = bandMatrix(70, 9);
    entries[41][41] = -1;
    const { kernels, matrix, stride, inverses, scratch } = place(made(), 70, 9, entries);
    expect(kernels.band.factorBand({ matrix, size: 70, reach: 9, stride, inverses, scratch })).toBe(
      41,
    );
    entries[41][41] = NaN;
    const again = place(made(), 70, 9, entries);
    const found = again.kernels.band.factorBand({
      matrix: again.matrix,
      size: 70,
      reach: 9,
      stride: again.stride,
      inverses: again.inverses,
      scratch: again.scratch,
    });
    expect(found).toBe(41);
  });

  test.each(SIZES)("give the bits of the plain ones, %i columns of a band of %i", (size, reach) => {
    const bitsOf = (kernels: Kernels): number[] => {
      const placed = place(kernels, size, reach, bandMatrix(size, reach));
      const { matrix, stride, inverses, scratch, vectors } = placed;
      kernels.band.factorBand({ matrix, size, reach, stride, inverses, scratch });
      kernels.band.solveLower({
        matrix,
        size,
        reach,
        stride,
        inverses,
        vectors,
        vectorStride: size,
        count: VECTORS,
      });
      kernels.band.solveUpper({ matrix, size, reach, stride, inverses, vector: vectors });
      const { values } = kernels.arena;
      const bits = [...values.subarray(vectors, vectors + VECTORS * size)];
      for (let i = 0; i < size; i++) {
        const row = matrix + i * stride;
        bits.push(...values.subarray(row + Math.max(0, i - reach), row + i + 1));
      }
      return bits;
    };
    expect(bitsOf(made())).toEqual(bitsOf(createPlainKernels()));
  });
});
