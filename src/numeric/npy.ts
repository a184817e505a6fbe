import { ShapeError } from "../errors";

/** Bytes of magic, version and length of the header, before the header itself. */
const PREFIX_SIZE = 10;

/** NumPy wants the data to start at a multiple of this. */
const ALIGNMENT = 64;

/**
 * A matrix of binary64 as a NumPy file, version 1.0: `numpy.load` gives an array of shape
 * (rows, columns), row by row.
 *
 * @throws ShapeError if a row has another length than `columns`
 */
export function formatNpy(rows: readonly Readonly<Float64Array>[], columns: number): Uint8Array {
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new ShapeError(`row ${index} has ${row.length} values, expected ${columns}`);
    }
  }
  const shape = `(${rows.length}, ${columns})`;
  const said = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
  const size = Math.ceil((PREFIX_SIZE + said.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${said.padEnd(size - PREFIX_SIZE - 1)}\n`;
  const bytes = new Uint8Array(size + 8 * rows.length * columns);
  bytes.set([0x93, ...asciiOf("NUMPY"), 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(asciiOf(header), PREFIX_SIZE);
  const view = new DataView(bytes.buffer);
  let offset = size;
  for (const row of rows) {
    for (const value of row) {
      view.setFloat64(offset, value, true);
      offset += 8;
    }
  }
  return bytes;
}

function asciiOf(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}
