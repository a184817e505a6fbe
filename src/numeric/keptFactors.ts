import type { Block, Lot } from "./arena";
import { GEMM_TILE } from "./gemmKernels";
import { packColumns, packRows, tiles } from "./gemmPacking";
import type { Kernels } from "./kernels";
import type { Matrix } from "./matrix";

/*
 * Right factors that stay packed: the weights of a network through which one small batch after
 * another is sent cost more to pack than to multiply. A factor lies block of columns after block,
 * in each panel after panel, all places in order.
 */

/** How a factor is cut: columns of a block and places of a panel at most. */
interface Cut {
  readonly columns: number;
  readonly panel: number;
}

interface Packed {
  readonly lot: Lot<{ readonly values: Block<Float64Array> }>;
  /** All places that are summed over. */
  readonly places: Int32Array;
}

/** Right factors of products that stay packed, as many as there is memory for. */
export interface KeptFactors {
  /** All places of a factor, which is packed at the latest now; undefined if it is not kept. */
  placesOf(right: Matrix, isTransposed: boolean): Int32Array | undefined;
  /**
   * Where the part of a factor begins whose first column and first place are these; undefined if it
   * is one for which no memory is left.
   *
   * @param width  columns of that part
   */
  partAt(
    right: Matrix,
    isTransposed: boolean,
    column: number,
    width: number,
    place: number,
  ): number | undefined;
}

/** @param bytes  what may be kept in all */
export function createKeptFactors(kernels: Kernels, bytes: number, cut: Cut): KeptFactors {
  // A matrix can be kept in both ways, for a pass forwards and one backwards.
  const packed = [new Map<Matrix, Packed | undefined>(), new Map<Matrix, Packed | undefined>()];
  let left = bytes;
  const keep = (right: Matrix, isTransposed: boolean): Packed | undefined => {
    const known = packed[isTransposed ? 1 : 0];
    if (known.has(right)) return known.get(right);
    const [inner, columns] = sizesOf(right, isTransposed);
    const length = tiles(columns) * GEMM_TILE * inner;
    const isRoom = 8 * length <= left;
    if (isRoom) left -= 8 * length;
    known.set(right, isRoom ? pack(kernels, right, isTransposed, cut) : undefined);
    return known.get(right);
  };
  return {
    placesOf: (right, isTransposed) => keep(right, isTransposed)?.places,
    partAt(right, isTransposed, column, width, place) {
      const found = keep(right, isTransposed);
      if (found === undefined) return undefined;
      return found.lot.blocks.values.at + offsetOf(found.places.length, column, width, place);
    },
  };
}

function sizesOf({ rows, columns }: Matrix, isTransposed: boolean): readonly [number, number] {
  return isTransposed ? [columns, rows] : [rows, columns];
}

/** Blocks of columns before this one are whole, and so are its panels before this place. */
function offsetOf(inner: number, column: number, width: number, place: number): number {
  return column * inner + tiles(width) * GEMM_TILE * place;
}

function pack(kernels: Kernels, right: Matrix, isTransposed: boolean, cut: Cut): Packed {
  const [inner, columns] = sizesOf(right, isTransposed);
  const lot = kernels.arena.layOut((make) => ({
    values: make.values(tiles(columns) * GEMM_TILE * inner),
  }));
  const { view } = lot.blocks.values;
  const places = Int32Array.from({ length: inner }, (_, place) => place);
  for (let column = 0; column < columns; column += cut.columns) {
    const width = Math.min(cut.columns, columns - column);
    for (let place = 0; place < inner; place += cut.panel) {
      const panel = places.subarray(place, place + cut.panel);
      const part = view.subarray(offsetOf(inner, column, width, place));
      if (isTransposed) packRows(part, right, panel, column, width);
      else packColumns(part, right, panel, column, width);
    }
  }
  return { lot, places };
}
