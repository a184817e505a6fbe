// The memory of the module: whoever owns it hands out its parts (src/numeric/arena.ts).

/** Makes the memory at least so many bytes long. */
export function reserve(byteLength: u32): void {
  const wanted = <i32>((byteLength + 65535) >>> 16);
  const missing = wanted - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
}
