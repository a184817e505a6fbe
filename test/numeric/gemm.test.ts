import { ShapeError } from "../../src/errors";
import { addMatrixProduct, createGemm } from "../../src/numeric/gemm";
import { createPlainKernels, type Kernels } from "../../src/numeric/kernels";
import { loadSimdKernels } from "../../src/numeric/loadKernels";
import { createMatrix, type Matrix } from "../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../src/numeric/random";

// The SIMD kernels are there once `npm run build` has compiled them.
const makers: [string, () => Kernels | undefined][] = [["plain", createPlainKernels]];
if (loadSimdKernels() !== undefined) makers.push(["simd", loadSimdKernels]);

function randomMatrix(rows: number, columns: number, random: RandomSource): Matrix {
  const values = Float64Array.from({ length: rows * columns }, () => random.normal());
  return createMatrix(rows, columns, values);
}

/** Sum after sum, over the inner places in order from what was there. */
function expected(left: Matrix, right: Matrix, out: Matrix): Float64Array {
  const values = out.data.slice();
  for (let i = 0; i < left.rows; i++) {
    for (let j = 0; j < right.columns; j++) {
      let sum = values[i * out.columns + j];
      for (let t = 0; t < left.columns; t++) {
        sum += left.data[i * left.columns + t] * right.data[t * right.columns + j];
      }
      values[i * out.columns + j] = sum;
    }
  }
  return values;
}

function transposed({ rows, columns, data }: Matrix): Matrix {
  const values = data.map((_, at) => data[(at % rows) * columns + Math.floor(at / rows)]);
  return createMatrix(columns, rows, values);
}

describe.each(makers)("products of matrices in the %s kernels", (_, create) => {
  const gemm = () => {
    const kernels = create();
    if (kernels === undefined) throw new Error("the kernels were there a moment ago");
    return createGemm(kernels);
  };

  test.each([
    [1, 1, 1],
    [4, 4, 4],
    [5, 3, 7],
    [130, 260, 5],
    [3, 5, 1030],
    [7, 600, 13],
  ])("are the sums in their order, to the bit: %i × %i × %i", (rows, inner, columns) => {
    const random = createRandom(rows + inner + columns);
    const left = randomMatrix(rows, inner, random);
    const right = randomMatrix(inner, columns, random);
    const out = randomMatrix(rows, columns, random);
    const other = createMatrix(rows, columns, out.data.slice());
    const sums = expected(left, right, out);
    addMatrixProduct(gemm(), left, right, out);
    expect(out.data).toEqual(sums);
    addMatrixProduct(gemm(), left, transposed(right), other, { isTransposed: true });
    expect(other.data).toEqual(sums);
  });

  test("pass over places where every row is 0, and add rows of few numbers one by one", () => {
    const random = createRandom(9);
    const right = randomMatrix(40, 9, random);
    for (const kept of [
      (at: number) => at % 40 === 3 || at % 40 === 17,
      (at: number) => at % 41 === 0,
    ]) {
      const left = createMatrix(
        40,
        40,
        Float64Array.from({ length: 1600 }, (_, at) => (kept(at) ? random.normal() : 0)),
      );
      const out = createMatrix(40, 9);
      const sums = expected(left, right, out);
      addMatrixProduct(gemm(), left, right, out);
      expect(out.data).toEqual(sums);
    }
  });

  test("give the same bits where right factors stay packed, and where no memory is left for one", () => {
    const random = createRandom(11);
    const [large, small] = [randomMatrix(600, 1100, random), randomMatrix(600, 5, random)];
    const kernels = gemm().kernels;
    // The large one is kept in one way; there is no place for it in the other.
    const keeping = createGemm(kernels, 8 * 600 * (1100 + 8));
    for (const right of [large, small, large]) {
      for (const isTransposed of [false, true]) {
        const inner = isTransposed ? right.columns : right.rows;
        const left = randomMatrix(6, inner, random);
        left.data.forEach((_, at) => (left.data[at] *= at % 3 === 0 ? 0 : 1));
        const columns = isTransposed ? right.rows : right.columns;
        const [out, kept] = [createMatrix(6, columns), createMatrix(6, columns)];
        addMatrixProduct(createGemm(kernels), left, right, out, { isTransposed });
        addMatrixProduct(keeping, left, right, kept, { isTransposed });
        expect(kept.data).toEqual(out.data);
      }
    }
    const isKept = (right: Matrix, isTransposed: boolean) =>
      keeping.kept?.placesOf(right, isTransposed) !== undefined;
    expect([isKept(large, false), isKept(large, true), isKept(small, false)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("refuse factors that do not fit", () => {
    const fits = (columns: number) => () =>
      addMatrixProduct(gemm(), createMatrix(2, 3), createMatrix(3, 4), createMatrix(2, columns));
    expect(fits(4)).not.toThrow();
    expect(fits(5)).toThrow(ShapeError);
  });
});
