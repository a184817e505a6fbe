import { atValue, ofValue } from "../../network/layer/perChannel";
import { termRules, type Term } from "../../network/layer/term";
import { addMatrixProduct, type Gemm } from "../../numeric/gemm";
import { createMatrix, rowOf, type Matrix } from "../../numeric/matrix";
import { addConvolutions, addConvolutionsBack } from "./batchConvolution";

/*
 * Terms of affine steps for many inputs at once, one input a row: a weight is read once for all.
 */

interface BatchRules<T extends Term> {
  /** out += the term of each row of x, without the constant that a normalisation has. */
  add(term: T, gemm: Gemm, x: Matrix, out: Matrix): void;
  /** out += what each row, a form on the term's values, is on x. */
  addBack(term: T, gemm: Gemm, forms: Matrix, out: Matrix): void;
}

const BATCH_RULES: { readonly [K in Term["kind"]]: BatchRules<Extract<Term, { kind: K }>> } = {
  dense: {
    add: ({ weights }, gemm, x, out) =>
      addMatrixProduct(gemm, x, weights, out, { isTransposed: true }),
    addBack: ({ weights }, gemm, forms, out) => addMatrixProduct(gemm, forms, weights, out),
  },
  convolution: { add: addConvolutions, addBack: addConvolutionsBack },
  scale: each(({ factors, pixels }, place) => atValue(factors, pixels, place)),
  quotient: each(({ divisor }, place) => 1 / ofValue(divisor, place)),
  pick: {
    add({ indices }, _, x, out) {
      eachRow(x, out, (from, to) =>
        indices.forEach((source, place) => (to[place] += source === -1 ? 0 : from[source])),
      );
    },
    addBack({ indices }, _, forms, out) {
      eachRow(forms, out, (from, to) =>
        indices.forEach((source, place) => {
          if (source !== -1) to[source] += from[place];
        }),
      );
    },
  },
};

/** A diagonal matrix is its own transpose. */
function each<T extends Term>(factorAt: (term: T, place: number) => number): BatchRules<T> {
  const add: BatchRules<T>["add"] = (term, _, x, out) => {
    const factors = Float64Array.from({ length: x.columns }, (__, place) => factorAt(term, place));
    eachRow(x, out, (from, to) => {
      for (let place = 0; place < to.length; place++) to[place] += factors[place] * from[place];
    });
  };
  return { add, addBack: add };
}

function eachRow(
  x: Matrix,
  out: Matrix,
  see: (from: Readonly<Float64Array>, to: Float64Array) => void,
): void {
  for (let row = 0; row < x.rows; row++) see(rowOf(x, row), rowOf(out, row));
}

/** The rules of a term's kind. */
export function batchRules(term: Term): BatchRules<Term> {
  // The table pairs every kind with its rules.
  return BATCH_RULES[term.kind];
}

/** The first rows of a matrix, in its memory. */
export function firstRows({ columns, data }: Matrix, rows: number): Matrix {
  return createMatrix(rows, columns, data.subarray(0, rows * columns));
}

/** The constant that a term adds to each of its values: −offset / divisor of a normalisation. */
export function constantOf(term: Term): Float64Array {
  const constants = new Float64Array(termRules(term).outputSize(term));
  if (term.kind !== "quotient") return constants;
  return constants.map((_, place) => -ofValue(term.offset, place) / ofValue(term.divisor, place));
}
