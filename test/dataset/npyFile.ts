import { formatNpy } from "../../src/numeric/npy";

/** Labels as `numpy.save` keeps them: a vector, (n,); a matrix would be (n, 1). */
export function npyOfLabels(values: readonly number[]): Uint8Array {
  const matrix = formatNpy([Float64Array.from(values)], values.length);
  const text = Buffer.from(matrix).toString("latin1");
  const shape = `(1, ${values.length})`;
  return Buffer.from(text.replace(shape, `(${values.length},)`.padEnd(shape.length)), "latin1");
}
