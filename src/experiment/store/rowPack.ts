import { constants, gunzipSync, gzipSync } from "node:zlib";
import { assertNever, StoreError, messageOf } from "../../errors";

/*
 * Rows as columns, compressed: what a finished run is kept as. After gunzip there is one line of
 * JSON (`Header`) and then the columns one after another. A column of numbers is their binary64,
 * little-endian, byte 0 of all rows first, then byte 1, and so on: neighbours are alike then. Any
 * other column is a JSON array. The order of fields in each row is kept, so that the lines can be
 * made again to the last byte. The checksum of gzip tells a damaged file. (docs/decisions/095)
 */

/** What stands before the columns. */
interface Header {
  readonly format: typeof FORMAT;
  readonly count: number;
  /** The orders of fields that rows have, and which of them each row has; none for only one. */
  readonly shapes: readonly (readonly string[])[];
  readonly shapeOf?: readonly number[];
  readonly columns: readonly PackedColumn[];
}

interface PackedColumn {
  readonly name: string;
  readonly kind: "numbers" | "json";
  /** Bytes that it takes. */
  readonly size: number;
}

const FORMAT = "rows by column, 1";
const NUMBER_SIZE = 8;
const NEWLINE = 10;

type Fields = Readonly<Record<string, unknown>>;

/** Rows as the bytes of a packed file. */
export function packRows(rows: readonly object[]): Uint8Array {
  // An object that came from a line of JSON has fields, and nothing else.
  const fields = rows as readonly Fields[];
  const shapes = new Map<string, number>();
  const shapeOf = fields.map((row) => {
    const shape = JSON.stringify(Object.keys(row));
    shapes.set(shape, shapes.get(shape) ?? shapes.size);
    return shapes.get(shape) ?? 0;
  });
  const names = [...new Set(fields.flatMap((row) => Object.keys(row)))];
  const parts = names.map((name) =>
    packColumn(fields.flatMap((row) => (name in row ? [row[name]] : []))),
  );
  const header: Header = {
    format: FORMAT,
    count: rows.length,
    // What was made of names a few lines above.
    shapes: [...shapes.keys()].map((shape) => JSON.parse(shape) as string[]),
    ...(shapes.size > 1 ? { shapeOf } : {}),
    columns: names.map((name, index) => ({
      name,
      kind: parts[index].kind,
      size: parts[index].bytes.length,
    })),
  };
  const text = Buffer.from(`${JSON.stringify(header)}\n`);
  const whole = Buffer.concat([text, ...parts.map(({ bytes }) => bytes)]);
  return gzipSync(whole, { level: constants.Z_BEST_COMPRESSION });
}

function packColumn(
  values: readonly unknown[],
): Pick<PackedColumn, "kind"> & { bytes: Uint8Array } {
  const numbers = values.flatMap((value) => (typeof value === "number" ? [value] : []));
  if (numbers.length < values.length) {
    return { kind: "json", bytes: Buffer.from(JSON.stringify(values)) };
  }
  const bytes = new Uint8Array(NUMBER_SIZE * numbers.length);
  const view = new DataView(new ArrayBuffer(NUMBER_SIZE));
  numbers.forEach((value, row) => {
    view.setFloat64(0, value, true);
    for (let byte = 0; byte < NUMBER_SIZE; byte++) {
      bytes[byte * numbers.length + row] = view.getUint8(byte);
    }
  });
  return { kind: "numbers", bytes };
}

/**
 * The rows of a packed file, in their order and each with its fields in theirs.
 *
 * @throws StoreError naming the file, if it is damaged
 */
export function unpackRows(bytes: Uint8Array, file: string): object[] {
  try {
    const whole = gunzipSync(bytes);
    const end = whole.indexOf(NEWLINE);
    // `packRows` wrote it, or its format is refused here.
    const header = JSON.parse(whole.toString("utf8", 0, end)) as Header;
    if (header.format !== FORMAT) {
      throw new Error(`its format is ${JSON.stringify(header.format)}, expected "${FORMAT}"`);
    }
    return rowsOf(header, whole.subarray(end + 1));
  } catch (cause) {
    throw new StoreError(
      `${file} is damaged: ${messageOf(cause)}; restore it, or move it away and let the run begin anew`,
      { cause },
    );
  }
}

/** A column as it is read: row after row of those that have it. */
interface OpenColumn {
  readonly name: string;
  readonly values: readonly unknown[];
  next: number;
}

function rowsOf({ count, shapes, shapeOf, columns }: Header, bytes: Buffer): object[] {
  let from = 0;
  const open = new Map<string, OpenColumn>();
  for (const { name, kind, size } of columns) {
    open.set(name, {
      name,
      values: unpackColumn(bytes.subarray(from, from + size), kind),
      next: 0,
    });
    from += size;
  }
  if (from !== bytes.length) {
    throw new Error(`its columns take ${from} bytes, and there are ${bytes.length}`);
  }
  const columnsOf = shapes.map((names) => names.flatMap((name) => open.get(name) ?? []));
  return Array.from({ length: count }, (_, index) => {
    const row: Record<string, unknown> = {};
    for (const column of columnsOf[shapeOf?.[index] ?? 0]) {
      row[column.name] = column.values[column.next++];
    }
    return row;
  });
}

function unpackColumn(bytes: Buffer, kind: PackedColumn["kind"]): readonly unknown[] {
  switch (kind) {
    case "json":
      // Its values are looked at with the rows that they are of.
      return JSON.parse(bytes.toString("utf8")) as unknown[];
    case "numbers": {
      const count = bytes.length / NUMBER_SIZE;
      const rows = new Uint8Array(bytes.length);
      for (let byte = 0; byte < NUMBER_SIZE; byte++) {
        for (let row = 0; row < count; row++) {
          rows[row * NUMBER_SIZE + byte] = bytes[byte * count + row];
        }
      }
      const view = new DataView(rows.buffer);
      return Array.from({ length: count }, (_, row) => view.getFloat64(row * NUMBER_SIZE, true));
    }
    default:
      return assertNever(kind);
  }
}
