import type { BoxProgram } from "../lp/program";

/**
 * A program with all its rows written out, as `bench/lp/scipyReference.py` reads it: a line of JSON
 * padded to a multiple of 8 bytes, then binary64 cost, lower, upper, bound, values, then int32
 * columns and row starts. Numbers are little-endian.
 */
export function completeProgramParts(program: BoxProgram): Buffer[] {
  const { size, rows, cost, lower, upper, constant } = program;
  const { rowCount } = rows;
  const bound = new Float64Array(rowCount);
  const starts = new Int32Array(rowCount + 1);
  const row = new Float64Array(size);
  let values = new Float64Array(1 << 16);
  let columns = new Int32Array(1 << 16);
  let count = 0;
  for (let index = 0; index < rowCount; index++) {
    bound[index] = rows.row(index, row);
    if (count + size > values.length) {
      values = enlarged(values, new Float64Array(2 * values.length));
      columns = enlarged(columns, new Int32Array(2 * columns.length));
    }
    for (let column = 0; column < size; column++) {
      if (row[column] === 0) continue;
      values[count] = row[column];
      columns[count++] = column;
    }
    starts[index + 1] = count;
  }
  const header = JSON.stringify({ size, rows: rowCount, entries: count, constant });
  const padded = header.padEnd(Math.ceil((header.length + 1) / 8) * 8 - 1) + "\n";
  return [
    Buffer.from(padded),
    ...[
      Float64Array.from(cost),
      Float64Array.from(lower),
      Float64Array.from(upper),
      bound,
      values.subarray(0, count),
      columns.subarray(0, count),
      starts,
    ].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  ];
}

function enlarged<T extends Float64Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
