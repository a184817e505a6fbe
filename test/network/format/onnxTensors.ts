/*
 * The stored tensors of an ONNX file (a protobuf message), for tests that take real weights and say
 * the architecture themselves. Written independently of the code under test.
 */

type Field = readonly [number, number | Uint8Array];

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const take = (size: number): Uint8Array => bytes.subarray(at, (at += size));
  while (at < bytes.length) {
    const key = varint();
    const kind = key % 8;
    const field = Math.floor(key / 8);
    if (kind === 0) yield [field, varint()];
    else yield [field, take(kind === 2 ? varint() : kind === 1 ? 8 : 4)];
  }
}

const parts = (message: Uint8Array, wanted: number): Uint8Array[] =>
  [...fieldsOf(message)].flatMap(([field, value]) =>
    field === wanted && typeof value !== "number" ? [value] : [],
  );

/** Binary32 initialisers by name, as `tensorsBytes` takes them. */
export function onnxTensors(
  file: Uint8Array,
): Record<string, { shape: number[]; values: number[] }> {
  const [graph] = parts(file, 7);
  const tensors = parts(graph, 5).map((tensor) => {
    const shape = [...fieldsOf(tensor)].flatMap(([field, value]) =>
      field === 1 && typeof value === "number" ? [value] : [],
    );
    const [name] = parts(tensor, 8);
    const [data] = parts(tensor, 9);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const values = Array.from({ length: data.length / 4 }, (_, k) => view.getFloat32(4 * k, true));
    return [Buffer.from(name).toString(), { shape, values }] as const;
  });
  return Object.fromEntries(tensors);
}
