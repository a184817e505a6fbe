import type { Block, BlockMaker } from "../numeric/arena";
import type { Kernels } from "../numeric/kernels";
import type { MatrixKernels } from "../numeric/matrixKernels";
import type { DenseLayer } from "./network";

/*
 * A dense layer in the kernels' memory, its weights input after input: it adds up the columns of
 * those inputs that are not zero. Weights that are binary32 numbers, as trained ones are and
 * halves, are kept as such, in half the memory.
 */

/** How many partial sums a dense layer of `evaluate` has. */
const SUMS = 4;

/** Where a dense layer's numbers lie. */
export interface PlacedDense {
  readonly kind: "dense";
  readonly layer: DenseLayer;
  /** Inputs × outputs. */
  readonly columns: Block<Float64Array> | Block<Float32Array>;
  readonly precision: "singles" | "values";
  /** All inputs, those of each of the partial sums of `evaluate` together. */
  readonly order: Block<Int32Array>;
}

/** Memory that dense layers take in turn: as many values as the widest layer has. */
export interface DenseScratch {
  /** Whole numbers from 0 on. */
  readonly identity: Block<Int32Array>;
  readonly input: Block<Float64Array>;
  readonly output: Block<Float64Array>;
}

/** Asks for a layer's place; `fillDense` fills it once it is laid out. */
export function placeDense(layer: DenseLayer, make: BlockMaker): PlacedDense {
  const { data, columns } = layer.weights;
  const precision = areSingles(data) ? "singles" : "values";
  return {
    kind: "dense",
    layer,
    columns: make[precision](data.length),
    precision,
    order: make.integers(columns),
  };
}

/** Whether all values are binary32 numbers; a plain loop, since layers have millions of them. */
function areSingles(values: Readonly<Float64Array>): boolean {
  for (let index = 0; index < values.length; index++) {
    if (Math.fround(values[index]) !== values[index]) return false;
  }
  return true;
}

/** Outputs that are written together: a line of the processor's memory is written once. */
const TOGETHER = 16;

/** Writes a layer's weights. */
export function fillDense({ layer, columns: { view }, order }: PlacedDense): void {
  const { rows, columns, data } = layer.weights;
  for (let first = 0; first < rows; first += TOGETHER) {
    const end = Math.min(rows, first + TOGETHER);
    for (let column = 0; column < columns; column++) {
      for (let row = first; row < end; row++) {
        view[column * rows + row] = data[row * columns + column];
      }
    }
  }
  const whole = columns - (columns % SUMS);
  let place = 0;
  for (let sum = 0; sum < SUMS; sum++) {
    for (let input = sum; input < whole; input += SUMS) order.view[place++] = input;
    if (sum === 0) for (let input = whole; input < columns; input++) order.view[place++] = input;
  }
}

/** out = bias + weights · values, input after input. */
export function addColumns(
  { layer, columns, precision }: PlacedDense,
  kernels: Kernels,
  { identity, input, output }: DenseScratch,
  values: Readonly<Float64Array>,
  bias: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { rows } = layer.weights;
  input.view.set(values);
  output.view.set(bias);
  const add = rowsOf(kernels, precision);
  add({
    matrix: columns.at,
    stride: rows,
    list: identity.at,
    weights: input.at,
    count: values.length,
    size: rows,
    out: output.at,
  });
  out.set(output.view.subarray(0, rows));
}

/**
 * The same with the sums of `evaluate` and to its bits: four partial sums over the inputs modulo 4,
 * those beyond the last multiple of 4 in the first, added as (s0 + s1) + (s2 + s3), then the bias.
 * Products with inputs of zero add nothing to any of them.
 */
export function addColumnsAsPlain(
  { layer, columns, precision, order }: PlacedDense,
  kernels: Kernels,
  { input, output }: DenseScratch,
  values: Readonly<Float64Array>,
  out: Float64Array,
): void {
  const { rows } = layer.weights;
  const add = rowsOf(kernels, precision);
  for (let place = 0; place < values.length; place++) {
    input.view[place] = values[order.view[place]];
  }
  const sums: Float64Array[] = [];
  let first = 0;
  for (let sum = 0; sum < SUMS; sum++) {
    const length = Math.floor(values.length / SUMS) + (sum === 0 ? values.length % SUMS : 0);
    output.view.fill(0, 0, rows);
    add({
      matrix: columns.at,
      stride: rows,
      list: order.at + first,
      weights: input.at + first,
      count: length,
      size: rows,
      out: output.at,
    });
    sums.push(output.view.slice(0, rows));
    first += length;
  }
  const [s0, s1, s2, s3] = sums;
  for (let row = 0; row < rows; row++) {
    out[row] = s0[row] + s1[row] + (s2[row] + s3[row]) + layer.bias[row];
  }
}

/** The kernel that adds rows of a precision. */
export function rowsOf(
  kernels: Kernels,
  precision: PlacedDense["precision"],
): MatrixKernels["addRows"] {
  return precision === "singles" ? kernels.forward.addPromotedRows : kernels.matrix.addRows;
}
