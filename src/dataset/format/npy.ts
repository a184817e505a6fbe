import { FormatError } from "../../errors";
import { plainText, quoteName } from "../../quoteName";

/** The content of a NumPy file: the product of `shape` numbers, the last index fastest. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

type Read = (view: DataView, offset: number, isLittle: boolean) => number;

/** Kinds of element, by NumPy's letter and number of bytes. */
const READERS: Readonly<Record<string, Read>> = {
  f4: (view, offset, isLittle) => view.getFloat32(offset, isLittle),
  f8: (view, offset, isLittle) => view.getFloat64(offset, isLittle),
  u1: (view, offset) => view.getUint8(offset),
  u2: (view, offset, isLittle) => view.getUint16(offset, isLittle),
  u4: (view, offset, isLittle) => view.getUint32(offset, isLittle),
  u8: (view, offset, isLittle) => Number(view.getBigUint64(offset, isLittle)),
  i1: (view, offset) => view.getInt8(offset),
  i2: (view, offset, isLittle) => view.getInt16(offset, isLittle),
  i4: (view, offset, isLittle) => view.getInt32(offset, isLittle),
  i8: (view, offset, isLittle) => Number(view.getBigInt64(offset, isLittle)),
};

/**
 * The array in the bytes of a NumPy file (`numpy.save`), versions 1 to 3, of floats or integers in
 * either order of bytes. Nothing is scaled; what is stored in Fortran's order is put into C's.
 *
 * @param place  what the file is, for messages
 * @throws FormatError saying what is expected and what was found
 */
export function parseNpy(bytes: Uint8Array, place: string): NpyArray {
  const fail = (expected: string, found: string): never => {
    throw new FormatError(`${place}: expected ${expected}, found ${found}`);
  };
  if (bytes.length < 10 || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    fail("a NumPy file, which begins with \\x93NUMPY", `${bytes.length} bytes that do not`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) fail("version 1, 2 or 3 of the format", `version ${version}`);
  const prefix = version === 1 ? 10 : 12;
  if (bytes.length < prefix) fail(`a prefix of ${prefix} bytes`, `${bytes.length} bytes`);
  const start = prefix + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > bytes.length) fail(`a header of ${start} bytes`, `${bytes.length} bytes in all`);
  const { descr, isFortran, shape } = parseHeader(
    new TextDecoder().decode(bytes.subarray(prefix, start)),
    place,
  );
  const type = /^([<>|=])(\w\d+)$/.exec(descr);
  const read = type !== null && Object.hasOwn(READERS, type[2]) ? READERS[type[2]] : undefined;
  const size = Number(type?.[2].slice(1));
  // `=` is the order of the machine that wrote, which nobody knows; `|` is for single bytes.
  if (type === null || read === undefined || (size > 1 && !/[<>]/.test(type[1]))) {
    const advice = "array.astype('<f8') before numpy.save makes one";
    throw new FormatError(
      `${place}: expected floats (f4, f8) or integers, found elements of type ` +
        `${quoteName(descr)}; ${advice}`,
    );
  }
  const count = shape.reduce((product, length) => product * length, 1);
  if (start + count * size !== bytes.length) {
    fail(
      `${start + count * size} bytes for shape (${shape.join(", ")}) of ${descr}`,
      `${bytes.length}${bytes.length < start + count * size ? "; is it cut short?" : ""}`,
    );
  }
  const values = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    values[index] = read(view, start + index * size, type[1] !== ">");
  }
  const odd = values.findIndex((value) => /^[iu]8$/.test(type[2]) && !Number.isSafeInteger(value));
  if (odd >= 0) fail("integers below 2^53 in size", `about ${values[odd]} at place ${odd}`);
  return { shape, values: isFortran ? inOrderOfC(values, shape) : values };
}

interface Header {
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
}

/** The header is a Python dictionary of exactly these three, in any order. */
function parseHeader(text: string, place: string): Header {
  const entry = /\s*'(descr|fortran_order|shape)'\s*:\s*('[^'\\]*'|True|False|\([\d, ]*\))\s*/y;
  const refuse = (): never => {
    throw new FormatError(
      `${place}: expected a header {'descr': '<f8', 'fortran_order': False, 'shape': (…)}, found ` +
        `"${plainText(text.trim(), 120)}"`,
    );
  };
  const inside = /^\{(.*)\}\s*$/s.exec(text)?.[1] ?? refuse();
  const found = new Map<string, string>();
  while (entry.lastIndex < inside.length) {
    const at = entry.lastIndex;
    const match = entry.exec(inside);
    if (match === null) {
      if (found.size === 3 && inside.slice(at).trim() === "") break;
      return refuse();
    }
    if (found.has(match[1])) refuse();
    found.set(match[1], match[2]);
    if (inside[entry.lastIndex] === ",") entry.lastIndex++;
    else if (entry.lastIndex < inside.length) refuse();
  }
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((key) => found.get(key));
  const isShape = /^\(\s*(\d+\s*(,\s*\d+\s*)*,?)?\s*\)$/.test(shape ?? "");
  if (!descr?.startsWith("'") || !/^(True|False)$/.test(order ?? "") || !isShape) return refuse();
  const lengths = (shape ?? "").match(/\d+/g)?.map(Number) ?? [];
  return { descr: descr.slice(1, -1), isFortran: order === "True", shape: lengths };
}

/** Values with the first index fastest, put into the order with the last index fastest. */
function inOrderOfC(values: Readonly<Float64Array>, shape: readonly number[]): Float64Array {
  const ordered = new Float64Array(values.length);
  const index = shape.map(() => 0);
  for (const value of values) {
    ordered[index.reduce((place, at, axis) => place * shape[axis] + at, 0)] = value;
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) {
      index[axis] = 0;
    }
  }
  return ordered;
}
