import type { DenseTerm } from "../../../network/layer/term";
import { addMatrixProduct, type Gemm } from "../../../numeric/gemm";
import { createMatrix, type Matrix } from "../../../numeric/matrix";
import { provedBoxNorm, provedSpectralNorm } from "../../../numeric/provedNorms";
import { summationError } from "../../../numeric/rounding";
import { shiftedNorm } from "./shiftedNorm";

/*
 * Norms of what flows through a chain of dense layers and ReLUs, over a box x = c + r ∘ e, |e| ≤ 1.
 * R(ξ) = ½ ξ + ½ |ξ| and R(ξ + δ) − R(ξ) = ½ δ + ε with |ε| ≤ ½ |δ|, neuron by neuron, so that with
 * half slopes everything is linear in e but for parts whose norms are known:
 *
 *     ξ' = W (½ ξ + ½ |ξ|) + b                δ' = ΔW (½ ξ + ½ |ξ|) + Δb + W̃ (½ δ + ε)
 *
 * Norms add up squares over thousands of neurons where intervals add up magnitudes.
 */

/** A dense layer of both networks. */
export interface DensePair {
  readonly weights: Matrix;
  readonly change: Matrix;
  readonly twin: Matrix;
  readonly bias: Float64Array;
  readonly biasChange: Float64Array;
}

/** What is known of ξ and δ of a layer over the box. */
export interface LayerNorms {
  /** Linear parts, on e and, in the last column, 1. */
  readonly value: Matrix;
  readonly difference: Matrix;
  /** Norms of what is not linear. */
  readonly valueRest: number;
  readonly differenceRest: number;
  /** Norms of ξ, of y = R(ξ) and of δ. */
  readonly valueNorm: number;
  readonly activeNorm: number;
  readonly differenceNorm: number;
  /** |ξ| and |δ| added up neuron by neuron as sums are, for the roundings of what comes next. */
  readonly valueScale: Float64Array;
  readonly differenceScale: Float64Array;
}

/** Sums of a few thousand numbers: what each may round, relative to magnitudes. */
const roundingOf = (columns: number): number => summationError(8 * columns + 64);

export function firstNorms(
  gemm: Gemm,
  pair: DensePair,
  centre: Float64Array,
  radius: Float64Array,
): LayerNorms {
  const value = onBox(pair.weights, pair.bias, centre, radius);
  const difference = onBox(pair.change, pair.biasChange, centre, radius);
  const reach = centre.map((middle, input) => Math.abs(middle) + radius[input]);
  const valueScale = magnitudes(pair.weights, reach, pair.bias);
  const differenceScale = magnitudes(pair.change, reach, pair.biasChange);
  return normsOf(gemm, {
    value,
    difference,
    valueRest: 0,
    differenceRest: 0,
    valueScale,
    differenceScale,
  });
}

/** The same of the layer behind. */
export function nextNorms(gemm: Gemm, pair: DensePair, before: LayerNorms): LayerNorms {
  const half = { value: scaled(before.value, 0.5), difference: scaled(before.difference, 0.5) };
  const value = withBias(productOf(gemm, pair.weights, half.value), pair.bias);
  const difference = withBias(productOf(gemm, pair.change, half.value), pair.biasChange);
  addMatrixProduct(gemm, pair.twin, half.difference, difference);
  const norms = weightNorms(gemm, pair);
  const valueRest = (norms.weights * (before.valueRest + before.valueNorm)) / 2;
  const differenceRest =
    (norms.change * (before.valueRest + before.valueNorm)) / 2 +
    (norms.twin * (before.differenceRest + before.differenceNorm)) / 2;
  const valueScale = magnitudes(pair.weights, before.valueScale, pair.bias);
  const differenceScale = magnitudes(pair.change, before.valueScale, pair.biasChange).map(
    (sum, row) => sum + dotMagnitudes(pair.twin, row, before.differenceScale),
  );
  const found = normsOf(gemm, {
    value,
    difference,
    valueRest,
    differenceRest,
    valueScale,
    differenceScale,
  });
  // y ≥ 0 of the layer before: negative directions of W may be shifted away.
  const shifted =
    shiftedNorm(gemm, pair.weights) * before.activeNorm +
    normOf(pair.bias.map((b) => Math.max(0, b)));
  return { ...found, activeNorm: Math.min(found.activeNorm, up(shifted)) };
}

function normsOf(
  gemm: Gemm,
  parts: Omit<LayerNorms, "valueNorm" | "activeNorm" | "differenceNorm">,
): LayerNorms {
  const rounding = roundingOf(parts.value.columns + parts.value.rows);
  const valueNorm = up(
    provedBoxNorm(gemm, parts.value) + parts.valueRest + rounding * normOf(parts.valueScale),
  );
  const differenceNorm = up(
    provedBoxNorm(gemm, parts.difference) +
      parts.differenceRest +
      rounding * normOf(parts.differenceScale),
  );
  return { ...parts, valueNorm, activeNorm: valueNorm, differenceNorm };
}

/** A few roundings, upwards. */
export function up(value: number): number {
  return value * (1 + 2 ** -40);
}

/** ‖W‖, ‖ΔW‖ and ‖W̃‖. */
function weightNorms(gemm: Gemm, pair: DensePair) {
  const weights = provedSpectralNorm(gemm, pair.weights);
  const change = provedSpectralNorm(gemm, pair.change);
  // ΔW is rounded once where it is not exact.
  const twin = up(weights + change + 2 ** -52 * normOf(pair.change.data));
  return { weights, change: up(change + 2 ** -52 * normOf(pair.change.data)), twin };
}

/** [A r, A c + b]. */
function onBox(
  { rows, columns, data }: Matrix,
  bias: Float64Array,
  centre: Float64Array,
  radius: Float64Array,
): Matrix {
  const out = createMatrix(rows, columns + 1);
  for (let row = 0; row < rows; row++) {
    let sum = bias[row];
    for (let column = 0; column < columns; column++) {
      const weight = data[row * columns + column];
      out.data[row * (columns + 1) + column] = weight * radius[column];
      sum += weight * centre[column];
    }
    out.data[row * (columns + 1) + columns] = sum;
  }
  return out;
}

export function productOf(gemm: Gemm, left: Matrix, right: Matrix): Matrix {
  const out = createMatrix(left.rows, right.columns);
  addMatrixProduct(gemm, left, right, out);
  return out;
}

function withBias(matrix: Matrix, bias: Float64Array): Matrix {
  bias.forEach((value, row) => (matrix.data[(row + 1) * matrix.columns - 1] += value));
  return matrix;
}

function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => factor * value) };
}

function magnitudes(matrix: Matrix, reach: Float64Array, bias: Float64Array): Float64Array {
  return bias.map((value, row) => Math.abs(value) + dotMagnitudes(matrix, row, reach));
}

/** Σ |a_i| s_i over a row. */
export function dotMagnitudes({ columns, data }: Matrix, row: number, scale: Float64Array): number {
  let sum = 0;
  for (let column = 0; column < columns; column++)
    sum += Math.abs(data[row * columns + column]) * scale[column];
  return sum;
}

/** The Euclidean norm, upwards. */
export function normOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum) * (1 + summationError(values.length + 4)) + (sum === 0 ? 0 : 2 ** -500);
}

/** What a chain's layers are made of, as dense pairs. */
export function densePair(
  term: DenseTerm,
  twin: DenseTerm,
  bias: Float64Array,
  theirs: Float64Array,
): DensePair {
  const { rows, columns, data } = term.weights;
  const change = createMatrix(
    rows,
    columns,
    twin.weights.data.map((value, at) => value - data[at]),
  );
  return {
    ...{ weights: term.weights, twin: twin.weights, change, bias },
    biasChange: theirs.map((value, at) => value - bias[at]),
  };
}
