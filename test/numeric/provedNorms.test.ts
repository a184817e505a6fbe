import { hasCholeskyFactor } from "../../src/numeric/cholesky";
import { createGemm } from "../../src/numeric/gemm";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createMatrix, type Matrix } from "../../src/numeric/matrix";
import { provedBoxNorm, provedSpectralNorm } from "../../src/numeric/provedNorms";
import { createRandom } from "../../src/numeric/random";

const gemm = createGemm(loadKernels());
const matrix = (rows: readonly (readonly number[])[]): Matrix =>
  createMatrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));

const lengthAfter = ({ rows, columns, data }: Matrix, e: Float64Array): number =>
  Math.hypot(
    ...Array.from({ length: rows }, (_, row) =>
      e.reduce((sum, value, column) => sum + data[row * columns + column] * value, 0),
    ),
  );

test("a factorisation runs to its end for positive definite matrices alone", () => {
  expect(
    hasCholeskyFactor(
      gemm,
      matrix([
        [2, 1],
        [1, 2],
      ]),
    ),
  ).toBe(true);
  expect(
    hasCholeskyFactor(
      gemm,
      matrix([
        [1, 2],
        [2, 1],
      ]),
    ),
  ).toBe(false);
  const random = createRandom(2);
  const size = 150;
  const diagonal = (shift: number): Matrix => {
    const out = createMatrix(size, size);
    const v = Float64Array.from({ length: size }, () => random.normal());
    const square = v.reduce((sum, value) => sum + value * value, 0);
    // I·shift − v vᵀ / |v|² has the eigenvalues shift − 1 and shift.
    out.data.forEach((_, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      out.data[at] = (row === column ? shift : 0) - (v[row] * v[column]) / square;
    });
    return out;
  };
  expect(hasCholeskyFactor(gemm, diagonal(1.001))).toBe(true);
  expect(hasCholeskyFactor(gemm, diagonal(0.999))).toBe(false);
});

test("the norm of a matrix worked by hand", () => {
  const found = provedSpectralNorm(
    gemm,
    matrix([
      [3, 0],
      [4, 5],
    ]),
  );
  expect(found).toBeGreaterThanOrEqual(Math.sqrt(45));
  expect(found).toBeCloseTo(Math.sqrt(45), 6);
});

test("no vector is made longer than the norm says, no corner of a box than its norm", () => {
  const random = createRandom(4);
  for (const [rows, columns] of [
    [5, 3],
    [3, 9],
    [80, 70],
    [1, 4],
  ]) {
    const a = createMatrix(
      rows,
      columns,
      Float64Array.from({ length: rows * columns }, () => random.normal()),
    );
    const [spectral, box] = [provedSpectralNorm(gemm, a), provedBoxNorm(gemm, a)];
    expect(box).toBeLessThanOrEqual(spectral * Math.sqrt(columns) * 1.02);
    for (let trial = 0; trial < 300; trial++) {
      const e = Float64Array.from({ length: columns }, () => random.normal());
      expect(lengthAfter(a, e)).toBeLessThanOrEqual(spectral * Math.hypot(...e));
      expect(
        lengthAfter(
          a,
          e.map((value) => (value > 0 ? 1 : -1)),
        ),
      ).toBeLessThanOrEqual(box);
    }
  }
});

test("the box norm of one row is the sum of its magnitudes, nearly", () => {
  const found = provedBoxNorm(gemm, matrix([[1, -2, 3, -4]]));
  expect(found).toBeGreaterThanOrEqual(10);
  expect(found).toBeLessThan(10.5);
});

test("of zeros both are 0", () => {
  expect(provedSpectralNorm(gemm, createMatrix(3, 2))).toBe(0);
  expect(provedBoxNorm(gemm, createMatrix(3, 2))).toBe(0);
});
