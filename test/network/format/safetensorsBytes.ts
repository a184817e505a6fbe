/**
 * Bytes of a safetensors file from a header and data, written independently of the code under test.
 */
export function safetensorsBytes(
  header: unknown,
  data: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const encoded = Buffer.from(text, "utf8");
  const size = Buffer.alloc(8);
  size.writeUInt32LE(encoded.length, 0);
  return new Uint8Array(Buffer.concat([size, encoded, data]));
}

/** Binary32 values, little-endian. */
export function binary32(...values: readonly number[]): Uint8Array {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => buffer.writeFloatLE(value, 4 * index));
  return new Uint8Array(buffer);
}

/** A file of binary32 tensors one after the other. */
export function tensorsBytes(
  tensors: Readonly<Record<string, { shape: readonly number[]; values: readonly number[] }>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = metadata === undefined ? {} : { __metadata__: metadata };
  const values: number[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const begin = 4 * values.length;
    values.push(...tensor.values);
    header[name] = { dtype: "F32", shape: tensor.shape, data_offsets: [begin, 4 * values.length] };
  }
  return safetensorsBytes(header, binary32(...values));
}
