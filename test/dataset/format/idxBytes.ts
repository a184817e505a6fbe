/** The bytes of an IDX file of unsigned bytes, written independently of the code under test. */
export function idxBytes(dims: readonly number[], values: ArrayLike<number>): Uint8Array {
  const sizes = dims.flatMap((size) => [
    (size >>> 24) & 255,
    (size >>> 16) & 255,
    (size >>> 8) & 255,
    size & 255,
  ]);
  return Uint8Array.from([0, 0, 8, dims.length, ...sizes, ...Array.from(values)]);
}
