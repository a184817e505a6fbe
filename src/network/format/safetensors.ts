import { FormatError } from "../../errors";
import { quoteName } from "../../quoteName";
import {
  parseSafetensorsHeader,
  safetensorsHeaderSize,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensorsHeader";
import { countOf, elementType, refuseType } from "./tensorTypes";

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
  const type = elementType(dtype);
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
