import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** The members of `MatrixKernels`. */
export const MATRIX_MEMBERS = {
  /**
   * out += Σ_t weights[t] · row(list[t]), summed over t in order; rows are `size` long.
   * A weight of zero is passed over.
   */
  addRows: {
    takes: {
      matrix: "values",
      stride: "count",
      list: "integers",
      weights: "values",
      count: "count",
      size: "count",
      out: "values",
    },
  },

  /**
   * out[i] = row i · x for i < rows. Four partial sums over the columns modulo 4, added as
   * (s0 + s2) + (s1 + s3); columns beyond the last multiple of 4 go to s0.
   */
  multiply: {
    takes: {
      matrix: "values",
      stride: "count",
      rows: "count",
      columns: "count",
      x: "values",
      out: "values",
    },
  },

  /** The same for two vectors at once: outA[i] = row i · a, outB[i] = row i · b. */
  multiplyTwice: {
    takes: {
      matrix: "values",
      stride: "count",
      rows: "count",
      columns: "count",
      a: "values",
      b: "values",
      outA: "values",
      outB: "values",
    },
  },

  /** row i += u[i] · v for i < rows; a zero u[i] is passed over. */
  addOuterProduct: {
    takes: {
      matrix: "values",
      stride: "count",
      rows: "count",
      columns: "count",
      u: "values",
      v: "values",
    },
  },
} as const satisfies MemberTable;

/** Products of matrices with vectors. */
export type MatrixKernels = Members<typeof MATRIX_MEMBERS>;

/** The same in plain TypeScript. */
export function plainMatrix(arena: Arena): MatrixKernels {
  const plain: MatrixKernels = {
    addRows({ matrix, stride, list, weights, count, size, out }) {
      const { values, integers } = arena;
      for (let t = 0; t < count; t++) {
        const weight = values[weights + t];
        if (weight === 0) continue;
        const row = matrix + integers[list + t] * stride;
        for (let j = 0; j < size; j++) values[out + j] += weight * values[row + j];
      }
    },

    multiply({ matrix, stride, rows, columns, x, out }) {
      const { values } = arena;
      const whole = columns - (columns % 4);
      for (let i = 0; i < rows; i++) {
        const row = matrix + i * stride;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let j = 0; j < whole; j += 4) {
          s0 += values[row + j] * values[x + j];
          s1 += values[row + j + 1] * values[x + j + 1];
          s2 += values[row + j + 2] * values[x + j + 2];
          s3 += values[row + j + 3] * values[x + j + 3];
        }
        for (let j = whole; j < columns; j++) s0 += values[row + j] * values[x + j];
        values[out + i] = s0 + s2 + (s1 + s3);
      }
    },

    multiplyTwice({ matrix, stride, rows, columns, a, b, outA, outB }) {
      plain.multiply({ matrix, stride, rows, columns, x: a, out: outA });
      plain.multiply({ matrix, stride, rows, columns, x: b, out: outB });
    },

    addOuterProduct({ matrix, stride, rows, columns, u, v }) {
      const { values } = arena;
      for (let i = 0; i < rows; i++) {
        const weight = values[u + i];
        if (weight === 0) continue;
        const row = matrix + i * stride;
        for (let j = 0; j < columns; j++) values[row + j] += weight * values[v + j];
      }
    },
  };
  return plain;
}
