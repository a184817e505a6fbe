import { FormatError, messageOf } from "../../errors";
import { fromBfloat16 } from "../../numeric/bfloat16";
import { fromHalf } from "../../numeric/half";
import { plainText, quoteName } from "../../quoteName";
import { brief } from "./fields";
import type { TensorShape } from "./tensorNames";
import { isObject } from "../../unknownValue";

/** A named array of numbers with a shape, row-major; what a safetensors file holds. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** The content of a safetensors file. */
export interface TensorFile {
  /** In the order of their data. */
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Number formats that are written: binary32, or binary64 where that would lose something. */
export type TensorPrecision = "F32" | "F64";

interface ElementType {
  readonly size: number;
  readonly read: (view: DataView, offset: number) => number;
}

const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["F64", { size: 8, read: (view, offset) => view.getFloat64(offset, true) }],
  ["F32", { size: 4, read: (view, offset) => view.getFloat32(offset, true) }],
  ["F16", { size: 2, read: (view, offset) => fromHalf(view.getUint16(offset, true)) }],
  ["BF16", { size: 2, read: (view, offset) => fromBfloat16(view.getUint16(offset, true)) }],
]);

/** Number formats of safetensors that are no weights here: counters, masks, narrow floats. */
const OTHER_TYPES: ReadonlyMap<string, number> = new Map([
  ["I64", 8],
  ["U64", 8],
  ["I32", 4],
  ["U32", 4],
  ["I16", 2],
  ["U16", 2],
  ["I8", 1],
  ["U8", 1],
  ["BOOL", 1],
  ["F8_E4M3", 1],
  ["F8_E5M2", 1],
]);

/** Where one tensor's data lie, as its header entry says. */
export interface TensorEntry extends TensorShape {
  readonly begin: number;
  readonly end: number;
}

/** What stands before the data: all of it is known and checked before any value is read. */
export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly dataStart: number;
}

/** A longer header is no list of tensors; the format's own library draws the line here too. */
const LARGEST_HEADER = 1e8;

/**
 * The tensors in the bytes of a safetensors file: 8 bytes header size (little-endian), a JSON
 * header, data. The data must follow each other without gap or overlap up to the last byte, as the
 * format demands.
 *
 * @param source  the file as messages name it
 * @throws FormatError saying what is wrong, at which byte or tensor, expected against found
 */
export function parseSafetensors(bytes: Uint8Array, source: string): TensorFile {
  const headerSize = safetensorsHeaderSize(bytes, bytes.length, source);
  const header = parseSafetensorsHeader(bytes.subarray(0, 8 + headerSize), bytes.length, source);
  const tensors = header.entries.map((entry) => readTensor(bytes, header, entry, source));
  return { tensors, metadata: header.metadata };
}

/**
 * How many bytes of header follow the first 8.
 *
 * @param start  the file's first bytes, 8 or more
 * @throws FormatError if the file is not as long as that, or the header is absurdly large
 */
export function safetensorsHeaderSize(start: Uint8Array, fileSize: number, source: string): number {
  if (fileSize < 8) {
    throw new FormatError(
      `${source}: expected a safetensors file of at least 8 bytes, found ${fileSize}`,
    );
  }
  const size = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (size > BigInt(fileSize - 8)) {
    throw new FormatError(
      `${source}: the header is ${size} bytes long by its first 8 bytes, but only ` +
        `${fileSize - 8} follow; is this a whole safetensors file?`,
    );
  }
  if (size > BigInt(LARGEST_HEADER)) {
    throw new FormatError(
      `${source}: the header is ${size} bytes long, more than any list of tensors; ` +
        "is this a safetensors file?",
    );
  }
  return Number(size);
}

/**
 * The header of a safetensors file, checked against the size of the file.
 *
 * @param start  the first 8 bytes and the header
 * @throws FormatError saying what is wrong, at which byte or tensor, expected against found
 */
export function parseSafetensorsHeader(
  start: Uint8Array,
  fileSize: number,
  source: string,
): SafetensorsHeader {
  const dataSize = fileSize - start.length;
  let metadata: Record<string, string> = {};
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(readHeader(start, source))) {
    if (name === "__metadata__") metadata = readMetadata(value, source);
    else entries.push(readEntry(name, value, dataSize, source));
  }
  checkLayout(entries, dataSize, source);
  return { entries, metadata, dataStart: start.length };
}

/**
 * One tensor of a file, as binary64.
 *
 * @param bytes  the whole file
 * @throws FormatError if its number format is none of weights
 */
export function readTensor(
  bytes: Uint8Array,
  { dataStart }: SafetensorsHeader,
  { name, dtype, shape, begin, end }: TensorEntry,
  source: string,
): Tensor {
  const type = ELEMENT_TYPES.get(dtype);
  if (type === undefined) refuseType(`${source}: tensor ${quoteName(name)}`, dtype);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart);
  const values = new Float64Array((end - begin) / type.size);
  const { read, size } = type;
  for (let index = 0; index < values.length; index++) {
    values[index] = read(view, begin + index * size);
  }
  return { name, shape, values };
}

/**
 * The bytes of a safetensors file. Values are rounded to binary32 for `F32`.
 *
 * @throws FormatError if a value is not finite in that precision, or a shape does not fit its
 *   values
 */
export function serialiseSafetensors(file: TensorFile, precision: TensorPrecision): Uint8Array {
  const size = precision === "F32" ? 4 : 8;
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  let dataSize = 0;
  for (const { name, shape, values } of file.tensors) {
    if (countOf(shape) !== values.length) {
      throw new FormatError(
        `tensor ${name} of shape [${shape.join(", ")}] has ${values.length} values`,
      );
    }
    const end = dataSize + values.length * size;
    header[name] = { dtype: precision, shape, data_offsets: [dataSize, end] };
    dataSize = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces fill the header so that the data start at a multiple of 8.
  const headerSize = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerSize + dataSize).fill(0x20, 8, 8 + headerSize);
  bytes.set(text, 8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerSize), true);
  let offset = 8 + headerSize;
  for (const { name, values } of file.tensors) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (!Number.isFinite(precision === "F32" ? Math.fround(value) : value)) {
        throw new FormatError(
          `tensor ${name}, value ${index}: ${value} has no finite ${precision}`,
        );
      }
      if (precision === "F32") view.setFloat32(offset, value, true);
      else view.setFloat64(offset, value, true);
      offset += size;
    }
  }
  return bytes;
}

function readHeader(start: Uint8Array, source: string): Record<string, unknown> {
  let header: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    header = JSON.parse(decoder.decode(start.subarray(8)));
  } catch (cause) {
    const reason = plainText(messageOf(cause), 120);
    throw new FormatError(`${source}: bytes 8 to ${start.length} are no JSON header (${reason})`, {
      cause,
    });
  }
  if (!isObject(header)) {
    throw new FormatError(`${source}: the header must be a JSON object of tensors`);
  }
  return header;
}

function readMetadata(value: unknown, source: string): Record<string, string> {
  if (!isTexts(value)) throw new FormatError(`${source}: __metadata__ must hold texts only`);
  return value;
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function readEntry(name: string, value: unknown, dataSize: number, source: string): TensorEntry {
  const where = `${source}: tensor ${quoteName(name)}`;
  const fields = isObject(value) ? value : {};
  const { dtype } = fields;
  const size =
    typeof dtype === "string"
      ? (ELEMENT_TYPES.get(dtype)?.size ?? OTHER_TYPES.get(dtype))
      : undefined;
  if (typeof dtype !== "string" || size === undefined) return refuseType(where, dtype);
  if (!isSizes(fields.shape)) {
    throw new FormatError(`${where} has shape ${brief(fields.shape)}, expected whole sizes`);
  }
  const offsets = fields.data_offsets;
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new FormatError(`${where} has data_offsets ${brief(offsets)}, expected [begin, end]`);
  }
  const [begin, end] = offsets;
  if (begin > end || end > dataSize) {
    throw new FormatError(
      `${where} lies at data bytes ${begin} to ${end}, but there are ${dataSize}; is the file cut short?`,
    );
  }
  const expected = countOf(fields.shape) * size;
  if (end - begin !== expected) {
    throw new FormatError(
      `${where} of shape ${brief(fields.shape)} needs ${expected} bytes, found ${end - begin}`,
    );
  }
  return { name, dtype, shape: fields.shape, begin, end };
}

function refuseType(where: string, dtype: unknown): never {
  const known = [...ELEMENT_TYPES.keys()].join(", ");
  throw new FormatError(
    `${where} has dtype ${brief(dtype)}, expected one of ${known}; convert it first`,
  );
}

/** Sorts entries by their data and refuses overlaps, gaps and bytes after the last one. */
function checkLayout(entries: TensorEntry[], dataSize: number, source: string): void {
  entries.sort((one, other) => one.begin - other.begin || one.end - other.end);
  let end = 0;
  let last = "the header";
  for (const entry of entries) {
    if (entry.begin !== end) {
      const problem = entry.begin < end ? "overlaps" : "leaves a gap after";
      throw new FormatError(
        `${source}: tensor ${quoteName(entry.name)} ${problem} ${last}: expected to begin at data byte ${end}, ` +
          `found ${entry.begin}`,
      );
    }
    end = entry.end;
    last = `tensor ${quoteName(entry.name)}`;
  }
  if (end !== dataSize) {
    throw new FormatError(
      `${source}: ${dataSize - end} trailing bytes after ${last}, which ends at data byte ${end}`,
    );
  }
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
