import { gunzipSync, constants, type ZlibOptions } from "node:zlib";
import { FormatError, messageOf } from "../../errors";

/**
 * The content of an IDX file of unsigned bytes: `data` holds the product of `dims` values,
 * row-major.
 */
export interface IdxArray {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** What a caller knows about an IDX file before it is read. */
export interface IdxContext {
  /** What the file is for, as messages name it, such as `training labels`. */
  readonly role: string;
  /** The expected number of dimensions: 3 for images, 1 for labels. */
  readonly rank?: number;
  /** The expected dimensions. */
  readonly dims?: readonly number[];
  /** What to do when the file is not right; a default advice otherwise. */
  readonly advice?: string;
}

const UNSIGNED_BYTE = 0x08;
const ELEMENT_TYPES: Readonly<Record<number, string>> = {
  0x09: "signed byte",
  0x0b: "16-bit integer",
  0x0c: "32-bit integer",
  0x0d: "binary32",
  0x0e: "binary64",
};
/** No file of this kind unpacks to more; keeps a hostile archive from filling the memory. */
const LARGEST_CONTENT = 2 ** 30;

/**
 * The array in the bytes of an IDX file, plain or packed by gzip.
 * Layout: two zero bytes, the element type, the rank, one big-endian 32-bit size per dimension,
 * values.
 *
 * @throws FormatError naming the file's role, the byte offset, expected against found, and what to
 *   do
 */
export function parseIdx(bytes: Uint8Array, context: IdxContext): IdxArray {
  const content = isGzip(bytes) ? unpack(bytes, context) : bytes;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length < 4) {
    refuse(context, content.length, "a header of at least 4 bytes", `${content.length} bytes`);
  }
  if (content[0] !== 0 || content[1] !== 0) {
    const found = hexadecimal(content.subarray(0, 4));
    refuse(context, 0, "an IDX header that starts with bytes 00 00", `bytes ${found}`);
  }
  const type = content[2];
  if (type !== UNSIGNED_BYTE) {
    const found = ELEMENT_TYPES[type] ?? "no known type";
    refuse(context, 2, "element type 08 (unsigned byte)", `${hexadecimal([type])} (${found})`);
  }
  const rank = content[3];
  if (context.rank !== undefined && rank !== context.rank) {
    refuse(context, 3, describeRank(context.rank), describeRank(rank));
  }
  const start = 4 + 4 * rank;
  if (content.length < start) {
    refuse(context, content.length, `a header of ${start} bytes`, `only ${content.length} bytes`);
  }
  const dims = Array.from({ length: rank }, (_, index) => view.getUint32(4 + 4 * index));
  context.dims?.forEach((size, index) => {
    if (dims[index] !== size) {
      const all = (sizes: readonly number[]): string => sizes.join(" × ");
      refuse(
        context,
        4 + 4 * index,
        `sizes ${all(context.dims ?? [])}`,
        `${all(dims)} (another file under this name?)`,
      );
    }
  });
  const size = dims.reduce((product, next) => product * next, 1);
  const found = content.length - start;
  if (found < size) {
    refuse(context, content.length, `${size} values after the header`, `only ${found} (cut short)`);
  }
  if (found > size) {
    refuse(context, start + size, "the end of the file", `${found - size} more bytes`);
  }
  // A copy, and no Buffer: `slice` of a Buffer would share the memory of the file.
  return { dims, data: new Uint8Array(content.subarray(start)) };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpack(bytes: Uint8Array, context: IdxContext): Uint8Array {
  let result: { buffer: Uint8Array; engine: { bytesWritten: number } };
  try {
    const options: ZlibOptions = { info: true, maxOutputLength: LARGEST_CONTENT };
    // With `info` Node also tells how many packed bytes were used; its types do not know.
    result = gunzipSync(bytes, options) as unknown as typeof result;
  } catch (error) {
    const { offset, unpacked } = lastGoodPrefix(bytes);
    const where = offset === bytes.length ? offset : `about ${offset}`;
    const found = `${messageOf(error)} after ${unpacked} unpacked bytes`;
    return refuse(context, where, "an intact gzip stream", found, error, "packed byte");
  }
  const used = result.engine.bytesWritten;
  if (used !== bytes.length) {
    const found = `${bytes.length - used} more bytes`;
    refuse(context, used, "the end of the gzip stream", found, undefined, "packed byte");
  }
  return result.buffer;
}

/**
 * Where a damaged gzip stream stops making sense, to one part in 4,096, by bisection over its
 * prefixes.
 */
function lastGoodPrefix(bytes: Uint8Array): { offset: number; unpacked: number } {
  const options: ZlibOptions = {
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: LARGEST_CONTENT,
  };
  const unpackedSize = (length: number): number | undefined => {
    try {
      return gunzipSync(bytes.subarray(0, length), options).length;
    } catch {
      return undefined;
    }
  };
  let good = 0;
  let unpacked = 0;
  let bad = bytes.length + 1;
  const precision = Math.max(1, bytes.length / 4096);
  let probe = bytes.length;
  while (bad - good > precision) {
    const size = unpackedSize(probe);
    if (size === undefined) {
      bad = probe;
    } else {
      good = probe;
      unpacked = size;
    }
    probe = Math.floor((good + bad) / 2);
    if (probe === good) break;
  }
  return { offset: good, unpacked };
}

function describeRank(rank: number): string {
  const kind = rank === 1 ? " (labels)" : rank === 3 ? " (images)" : "";
  return `${rank} dimension${rank === 1 ? "" : "s"}${kind}`;
}

function hexadecimal(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function refuse(
  context: IdxContext,
  offset: number | string,
  expected: string,
  found: string,
  cause?: unknown,
  unit = "byte",
): never {
  const advice = context.advice ?? "fetch the file again, or check which file it is";
  throw new FormatError(
    `IDX file of ${context.role}, at ${unit} ${offset}: expected ${expected}, found ${found}; ${advice}`,
    cause === undefined ? undefined : { cause },
  );
}
