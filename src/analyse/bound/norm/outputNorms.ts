import type { Gemm } from "../../../numeric/gemm";
import { createMatrix, rowOf, type Matrix } from "../../../numeric/matrix";
import { summationError } from "../../../numeric/rounding";
import { totalError } from "../../errorBounds";
import type { Intervals } from "../../intervals";
import {
  dotMagnitudes,
  normOf,
  productOf,
  up,
  type DensePair,
  type LayerNorms,
} from "./halfSlopes";

/** Up to so many outputs all signs are tried. */
const MOST_OUTPUTS = 11;

/** What is known of the outputs' differences and of E. */
export interface OutputBounds {
  readonly differences: Intervals;
  readonly total: number;
}

/**
 * Ends of the outputs' differences, and E as the largest σ · δ over all signs:
 *
 *     σ·δ = σ·Δb + σᵀΔW y + σᵀW̃ Δ
 *         ≤ σ·Δb + ‖(σᵀΔW)⁺‖ ‖y‖ + min(‖σᵀW̃‖ ‖δ‖, ½ σᵀW̃ δ + ½ ‖σᵀW̃‖ ‖δ‖)
 *
 * with the δ of the last hidden layer, in the last term as its linear part over the box and its
 * rest, row by row through the layer before.
 *
 * @param known  ends that are proved already
 */
export function boundOutputs(
  gemm: Gemm,
  pairs: readonly DensePair[],
  layers: readonly LayerNorms[],
  known: Intervals,
): OutputBounds {
  const outputs = known.lower.length;
  const parts = partsOf(gemm, pairs, layers);
  const upper = boundCombinations(gemm, parts, unitRows(outputs, 1));
  const lower = boundCombinations(gemm, parts, unitRows(outputs, -1));
  const differences = {
    lower: known.lower.map((low, output) => Math.max(low, -lower[output])),
    upper: known.upper.map((high, output) => Math.min(high, upper[output])),
  };
  const sum = totalError(differences);
  if (outputs > MOST_OUTPUTS) return { differences, total: sum };
  const signs = createMatrix(1 << outputs, outputs);
  signs.data.forEach((_, at) => {
    signs.data[at] = (Math.floor(at / outputs) >> (at % outputs)) & 1 ? 1 : -1;
  });
  return { differences, total: Math.min(sum, Math.max(...boundCombinations(gemm, parts, signs))) };
}

function unitRows(outputs: number, sign: 1 | -1): Matrix {
  const rows = createMatrix(outputs, outputs);
  for (let output = 0; output < outputs; output++) rows.data[output * outputs + output] = sign;
  return rows;
}

/** A matrix with a row for each output, what its rows' norms are multiplied by, and its error. */
interface NormPart {
  readonly matrix: Matrix;
  readonly norm: number;
  /** What the norm of a row may be off by. */
  readonly errors: Float64Array;
}

interface Parts {
  readonly shift: Float64Array;
  /** ΔW, of which only what is above 0 counts: y ≥ 0. */
  readonly active: NormPart;
  /** W̃, on δ and on what half slopes leave of it. */
  readonly difference: NormPart;
  /** W̃ times the linear part of δ, the last column of which is no input's. */
  readonly linear: Matrix;
  /** W̃ times ΔW and W̃ of the layer before, on what is not linear in δ. */
  readonly rests: readonly NormPart[];
  /** What each output's sums may round. */
  readonly rounding: Float64Array;
}

function partsOf(gemm: Gemm, pairs: readonly DensePair[], layers: readonly LayerNorms[]): Parts {
  const [pair, last] = [pairs[pairs.length - 1], layers[layers.length - 1]];
  const before = layers.length > 1 ? layers[layers.length - 2] : undefined;
  const inner = pairs[pairs.length - 2];
  const rests =
    before === undefined
      ? []
      : [
          productPart(gemm, pair.twin, inner.change, before.valueRest + before.valueNorm),
          productPart(gemm, pair.twin, inner.twin, before.differenceRest + before.differenceNorm),
        ];
  const size = pair.twin.columns + last.difference.columns;
  const rounding = pair.biasChange.map(
    (value, output) =>
      summationError(8 * size + 64) *
      (Math.abs(value) +
        dotMagnitudes(pair.change, output, last.valueScale) +
        dotMagnitudes(pair.twin, output, last.differenceScale)),
  );
  return {
    shift: pair.biasChange,
    active: plainPart(pair.change, last.activeNorm),
    difference: plainPart(pair.twin, last.differenceNorm),
    linear: productOf(gemm, pair.twin, last.difference),
    ...{ rests, rounding },
  };
}

/** Rows of weights: sums of a few of them round relative to their norms. */
function plainPart(matrix: Matrix, norm: number): NormPart {
  const relative = summationError(2 * matrix.rows + 8);
  return { matrix, norm, errors: rowNorms(matrix).map((value) => relative * value) };
}

function productPart(gemm: Gemm, left: Matrix, right: Matrix, norm: number): NormPart {
  const relative = summationError(2 * (left.columns + left.rows) + 16) * normOf(right.data);
  const errors = rowNorms(left).map((value) => relative * value);
  return { matrix: productOf(gemm, left, right), norm, errors };
}

function rowNorms(matrix: Matrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => normOf(rowOf(matrix, row)));
}

/** An upper bound of each combination of the outputs' differences. */
function boundCombinations(gemm: Gemm, parts: Parts, choice: Matrix): Float64Array {
  const shift = productOf(gemm, choice, createMatrix(parts.shift.length, 1, parts.shift)).data;
  const active = normTerms(gemm, parts.active, choice, (value) => Math.max(0, value));
  const difference = normTerms(gemm, parts.difference, choice);
  const linear = largestOf(productOf(gemm, choice, parts.linear));
  const rests = parts.rests.map((part) => normTerms(gemm, part, choice));
  return shift.map((value, row) => {
    const rest = rests.reduce((sum, terms) => sum + terms[row] / 2, 0);
    const halved = linear[row] / 2 + rest / 2 + difference[row] / 2;
    const rounding = dotMagnitudes(choice, row, parts.rounding);
    const terms = active[row] + Math.min(difference[row], Math.max(halved, 0)) + rounding;
    return value + up(terms) + 2 ** -50 * Math.abs(value);
  });
}

/** ‖row‖ · norm of each combination of a part's rows. */
function normTerms(
  gemm: Gemm,
  { matrix, norm, errors }: NormPart,
  choice: Matrix,
  keep: (value: number) => number = (value) => value,
): Float64Array {
  const rows = productOf(gemm, choice, matrix);
  return Float64Array.from({ length: choice.rows }, (_, row) => {
    const length = normOf(rowOf(rows, row).map(keep)) + dotMagnitudes(choice, row, errors);
    return up(length * norm);
  });
}

/** The largest value of each row over |e| ≤ 1, its last number being a constant. */
function largestOf(matrix: Matrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => {
    const values = rowOf(matrix, row);
    let sum = values[values.length - 1];
    for (let column = 0; column + 1 < values.length; column++) sum += Math.abs(values[column]);
    return sum;
  });
}
