import { ShapeError } from "../errors";
import type { Block, Lot } from "./arena";
import { GEMM_TILE } from "./gemmKernels";
import { packColumns, packRows, tiles } from "./gemmPacking";
import { createKeptFactors, type KeptFactors } from "./keptFactors";
import type { Kernels } from "./kernels";
import type { Matrix } from "./matrix";

/*
 * Products of matrices of any size by the kernel of packed tiles. Places that are summed over go by
 * PANEL at a time, columns by COLUMNS, rows by ROWS, so that a panel's parts stay in the caches.
 */

const PANEL = 256;
const COLUMNS = 1024;
const ROWS = 128;

/** A form with fewer numbers than this share of its places is added number by number. */
const SPARSE_SHARE = 1 / 16;

/** Memory for products, to be used again and again. */
export interface Gemm {
  readonly kernels: Kernels;
  /** Ends whatever multiplies, between one product and the next: set by who holds it. */
  readonly signal?: AbortSignal | undefined;
  readonly lot: Lot<{
    readonly left: Block<Float64Array>;
    readonly right: Block<Float64Array>;
    readonly out: Block<Float64Array>;
  }>;
  readonly kept?: KeptFactors;
}

/**
 * @param keptBytes  memory for right factors that stay packed from their first product on, and must
 *   not be changed afterwards; none by default
 */
export function createGemm(kernels: Kernels, keptBytes = 0): Gemm {
  const lot = kernels.arena.layOut((make) => ({
    left: make.values(ROWS * PANEL),
    right: make.values(COLUMNS * PANEL),
    out: make.values(ROWS * COLUMNS),
  }));
  const kept =
    keptBytes > 0
      ? createKeptFactors(kernels, keptBytes, { columns: COLUMNS, panel: PANEL })
      : undefined;
  return { kernels, lot, kept };
}

/** Which of two layouts the right factor has: `transposed` means out += left · rightᵀ. */
export interface ProductOptions {
  readonly isTransposed?: boolean;
}

/**
 * out += left · right, each sum over the inner places in order from what is in `out`. Places at
 * which every row of `left` is 0 are passed over, so that sparse forms cost what they hold; with
 * `isTransposed` the right factor's rows stand for columns: points (rows) through weights.
 *
 * @throws ShapeError unless the sizes fit together, the reason of `gemm.signal` once it is aborted
 */
export function addMatrixProduct(
  gemm: Gemm,
  left: Matrix,
  right: Matrix,
  out: Matrix,
  { isTransposed = false }: ProductOptions = {},
): void {
  gemm.signal?.throwIfAborted();
  const [inner, columns] = isTransposed ? [right.columns, right.rows] : [right.rows, right.columns];
  if (left.columns !== inner || out.rows !== left.rows || out.columns !== columns) {
    throw new ShapeError(
      `a product of ${left.rows} × ${left.columns} and ${inner} × ${columns} does not fit into ` +
        `${out.rows} × ${out.columns}`,
    );
  }
  const { places, count } = placesOf(left);
  if (!isTransposed && count <= SPARSE_SHARE * left.rows * places.length) {
    addSparse(left, right, out);
    return;
  }
  // What is packed has all its places.
  const summed = gemm.kept?.placesOf(right, isTransposed) ?? places;
  for (let column = 0; column < columns; column += COLUMNS) {
    const width = Math.min(COLUMNS, columns - column);
    for (let from = 0; from < summed.length; from += PANEL) {
      const panel = summed.subarray(from, from + PANEL);
      const part = gemm.kept?.partAt(right, isTransposed, column, width, from);
      if (part === undefined) packPart(gemm, right, isTransposed, panel, column, width);
      for (let row = 0; row < left.rows; row += ROWS) {
        addPart(gemm, left, panel, out, row, column, width, part);
      }
    }
  }
}

function packPart(
  { lot }: Gemm,
  right: Matrix,
  isTransposed: boolean,
  panel: Int32Array,
  column: number,
  width: number,
): void {
  const { view } = lot.blocks.right;
  if (isTransposed) packRows(view, right, panel, column, width);
  else packColumns(view, right, panel, column, width);
}

/** The places at which some row is not 0, and how many numbers are not 0 at all. */
function placesOf({ rows, columns, data }: Matrix): { places: Int32Array; count: number } {
  const counts = new Int32Array(columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      if (data[start + column] !== 0) counts[column]++;
    }
  }
  const places = new Int32Array(columns);
  let length = 0;
  let count = 0;
  for (let column = 0; column < columns; column++) {
    if (counts[column] === 0) continue;
    places[length++] = column;
    count += counts[column];
  }
  return { places: places.subarray(0, length), count };
}

function addSparse(left: Matrix, right: Matrix, out: Matrix): void {
  const { columns } = right;
  for (let row = 0; row < left.rows; row++) {
    const to = row * columns;
    for (let place = 0; place < left.columns; place++) {
      const factor = left.data[row * left.columns + place];
      if (factor === 0) continue;
      const from = place * columns;
      for (let column = 0; column < columns; column++) {
        out.data[to + column] += factor * right.data[from + column];
      }
    }
  }
}

function addPart(
  { kernels, lot }: Gemm,
  left: Matrix,
  panel: Int32Array,
  out: Matrix,
  row: number,
  column: number,
  width: number,
  part = lot.blocks.right.at,
): void {
  const height = Math.min(ROWS, left.rows - row);
  const { left: a, out: c } = lot.blocks;
  packRows(a.view, left, panel, row, height);
  const stride = tiles(width) * GEMM_TILE;
  for (let i = 0; i < height; i++) {
    const from = (row + i) * out.columns + column;
    c.view.set(out.data.subarray(from, from + width), i * stride);
  }
  kernels.gemm.addTileProducts({
    left: a.at,
    right: part,
    rowTiles: tiles(height),
    columnTiles: tiles(width),
    inner: panel.length,
    out: c.at,
    stride,
  });
  for (let i = 0; i < height; i++) {
    out.data.set(c.view.subarray(i * stride, i * stride + width), (row + i) * out.columns + column);
  }
}
