import { ShapeError } from "../errors";
import type { Block, Lot } from "./arena";
import { GEMM_TILE } from "./gemmKernels";
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
  readonly lot: Lot<{
    readonly left: Block<Float64Array>;
    readonly right: Block<Float64Array>;
    readonly out: Block<Float64Array>;
  }>;
}

export function createGemm(kernels: Kernels): Gemm {
  const lot = kernels.arena.layOut((make) => ({
    left: make.values(ROWS * PANEL),
    right: make.values(COLUMNS * PANEL),
    out: make.values(ROWS * COLUMNS),
  }));
  return { kernels, lot };
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
 * @throws ShapeError unless the sizes fit together
 */
export function addMatrixProduct(
  gemm: Gemm,
  left: Matrix,
  right: Matrix,
  out: Matrix,
  { isTransposed = false }: ProductOptions = {},
): void {
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
  for (let column = 0; column < columns; column += COLUMNS) {
    const width = Math.min(COLUMNS, columns - column);
    for (let from = 0; from < places.length; from += PANEL) {
      const panel = places.subarray(from, from + PANEL);
      if (isTransposed) packTransposed(gemm, right, panel, column, width);
      else packRight(gemm, right, panel, column, width);
      for (let row = 0; row < left.rows; row += ROWS) {
        addPart(gemm, left, panel, out, row, column, width);
      }
    }
  }
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

const tiles = (count: number): number => Math.ceil(count / GEMM_TILE);

function packRight(
  { lot }: Gemm,
  { columns, data }: Matrix,
  panel: Int32Array,
  first: number,
  width: number,
): void {
  const { view } = lot.blocks.right;
  const tile = panel.length * GEMM_TILE;
  for (let t = 0; t < panel.length; t++) {
    const from = panel[t] * columns + first;
    let to = t * GEMM_TILE;
    let column = 0;
    for (; column + GEMM_TILE <= width; column += GEMM_TILE, to += tile) {
      view[to] = data[from + column];
      view[to + 1] = data[from + column + 1];
      view[to + 2] = data[from + column + 2];
      view[to + 3] = data[from + column + 3];
    }
    for (let rest = 0; column < width && rest < GEMM_TILE; rest++) {
      view[to + rest] = column + rest < width ? data[from + column + rest] : 0;
    }
  }
}

function packTransposed(
  { lot }: Gemm,
  { columns, data }: Matrix,
  panel: Int32Array,
  first: number,
  width: number,
): void {
  pack(lot.blocks.right.view, data, columns, panel, first, width);
}

/** Four rows of a matrix side by side, place after place; 0 beyond its last row. */
function pack(
  view: Float64Array,
  data: Readonly<Float64Array>,
  columns: number,
  panel: Int32Array,
  first: number,
  rows: number,
): void {
  let to = 0;
  for (let row = 0; row < rows; row += GEMM_TILE) {
    const start = (first + row) * columns;
    const present = Math.min(GEMM_TILE, rows - row);
    for (let t = 0; t < panel.length; t++, to += GEMM_TILE) {
      const from = start + panel[t];
      view[to] = data[from];
      view[to + 1] = present > 1 ? data[from + columns] : 0;
      view[to + 2] = present > 2 ? data[from + 2 * columns] : 0;
      view[to + 3] = present > 3 ? data[from + 3 * columns] : 0;
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
): void {
  const height = Math.min(ROWS, left.rows - row);
  const { left: a, right: b, out: c } = lot.blocks;
  pack(a.view, left.data, left.columns, panel, row, height);
  const stride = tiles(width) * GEMM_TILE;
  for (let i = 0; i < height; i++) {
    const from = (row + i) * out.columns + column;
    c.view.set(out.data.subarray(from, from + width), i * stride);
  }
  kernels.gemm.addTileProducts({
    left: a.at,
    right: b.at,
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
