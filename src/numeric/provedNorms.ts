import { hasCholeskyFactor } from "./cholesky";
import { addMatrixProduct, type Gemm } from "./gemm";
import { createMatrix, type Matrix } from "./matrix";
import { summationError } from "./rounding";

/*
 * Norms of matrices, proved: eigenvalues are only guessed, by powers; that none is larger is what a
 * Cholesky factorisation shows. In real arithmetic, whatever was rounded on the way.
 */

/** How often the weights of a box are moved, and how many powers are taken each time. */
const MOVES = 20;
const POWERS = 6;
/** Powers for a single eigenvalue. */
const MOST_POWERS = 60;

/** By how much more than the guess is tried, one after the other. */
const MARGINS = [1e-9, 1e-5, 1e-3, 0.02, 0.2, 2];

/** No vector is made longer by A than by this factor: ‖A‖, from above. */
export function provedSpectralNorm(gemm: Gemm, matrix: Matrix): number {
  const isTall = matrix.rows > matrix.columns;
  const gram = gramOf(gemm, isTall ? matrix : transposed(matrix));
  const ones = new Float64Array(gram.rows).fill(1);
  let vector = startOf(gram.rows);
  for (let power = 0; power < MOST_POWERS; power++) vector = nextPower(gram, ones, vector);
  const { most, slack } = provedForm(gemm, gram, ones, vector);
  return Math.sqrt(most + slack + gramError(matrix)) * (1 + 1e-15);
}

/**
 * ‖A e‖ for all e of the box |e_i| ≤ 1, from above: for any weights g, ‖A e‖² ≤ t Σ g_i² where
 * AᵀA ⪯ t diag(g²). Weights are moved towards the squared top eigenvector.
 */
export function provedBoxNorm(gemm: Gemm, matrix: Matrix): number {
  const gram = gramOf(gemm, matrix);
  const size = gram.rows;
  let squares = new Float64Array(size).fill(1 / size);
  const equal = withPowers(gram, squares.map(Math.sqrt), startOf(size), MOST_POWERS);
  let best = equal;
  let { vector } = equal;
  for (let move = 0; move < MOVES; move++) {
    const moved = withPowers(gram, squares.map(Math.sqrt), vector, POWERS);
    if (moved.guess < best.guess) best = moved;
    vector = moved.vector;
    // Smaller and smaller moves: of eigenvectors that are nearly equal each says another thing.
    const share = 1.2 / (move + 3);
    squares = squares.map(
      (square, at) => (1 - share) * square + share * (0.9 * moved.vector[at] ** 2 + 0.1 / size),
    );
  }
  // A few powers say too little of an eigenvalue.
  best = withPowers(gram, best.weights, best.vector, MOST_POWERS);
  const { weights, vector: top } = best.guess < equal.guess ? best : equal;
  const { most, slack } = provedForm(gemm, gram, weights, top);
  const sum = weights.reduce((all, weight) => all + weight * weight, 0);
  const total = most * sum * (1 + summationError(size + 4)) + (slack + gramError(matrix)) * size;
  return Math.sqrt(total) * (1 + 1e-15);
}

export function transposed({ rows, columns, data }: Matrix): Matrix {
  const out = createMatrix(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      out.data[column * rows + row] = data[row * columns + column];
    }
  }
  return out;
}

/** AᵀA. */
function gramOf(gemm: Gemm, matrix: Matrix): Matrix {
  const gram = createMatrix(matrix.columns, matrix.columns);
  addMatrixProduct(gemm, transposed(matrix), matrix, gram);
  return gram;
}

/** By how much, in norm, AᵀA or AAᵀ may differ from what was computed. */
function gramError({ rows, columns, data }: Matrix): number {
  const squares = data.reduce((sum, value) => sum + value * value, 0);
  return 2 * summationError(Math.max(rows, columns) + 4) * squares;
}

function startOf(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => (1 + (at % 7) / 7) / Math.sqrt(size));
}

/** The next power of G / (g gᵀ), of norm 1. */
function nextPower(gram: Matrix, weights: Float64Array, vector: Float64Array): Float64Array {
  const scaled = vector.map((value, at) => value / weights[at]);
  const next = product(gram, scaled).map((value, at) => value / weights[at]);
  const norm = Math.hypot(...next);
  return norm === 0 ? vector : next.map((value) => value / norm);
}

function product({ rows, columns, data }: Matrix, vector: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, at++) sum += data[at] * vector[column];
    out[row] = sum;
  }
  return out;
}

interface Guess {
  readonly weights: Float64Array;
  readonly vector: Float64Array;
  readonly guess: number;
}

function withPowers(
  gram: Matrix,
  weights: Float64Array,
  start: Float64Array,
  count: number,
): Guess {
  let vector = start;
  for (let power = 0; power < count; power++) vector = nextPower(gram, weights, vector);
  return { weights, vector, guess: guessOf(gram, weights, vector) };
}

/** The eigenvalue of G / (g gᵀ) that a vector of norm 1 says. */
function guessOf(gram: Matrix, weights: Float64Array, vector: Float64Array): number {
  const scaled = vector.map((value, at) => value / weights[at]);
  return product(gram, scaled).reduce((sum, value, at) => sum + value * scaled[at], 0);
}

/** t and a slack with G ⪯ t diag(g²) + slack I. */
function provedForm(
  gemm: Gemm,
  gram: Matrix,
  weights: Float64Array,
  vector: Float64Array,
): { readonly most: number; readonly slack: number } {
  const guess = guessOf(gram, weights, vector);
  const size = gram.rows;
  for (const margin of MARGINS) {
    const most = guess * (1 + margin);
    const rest = createMatrix(
      size,
      size,
      gram.data.map((value) => -value),
    );
    let trace = 0;
    for (let at = 0; at < size; at++) {
      const diagonal = most * weights[at] * weights[at];
      rest.data[at * size + at] += diagonal;
      trace += diagonal + Math.abs(gram.data[at * size + at]);
    }
    // Forming the diagonal rounds thrice, which the same multiple of the trace covers.
    if (hasCholeskyFactor(gemm, rest)) return { most, slack: 2 * summationError(size + 8) * trace };
  }
  // Each eigenvalue is at most the trace.
  const trace = weights.reduce(
    (sum, weight, at) => sum + gram.data[at * size + at] / (weight * weight),
    0,
  );
  return { most: trace * (1 + summationError(size + 8)), slack: 0 };
}
