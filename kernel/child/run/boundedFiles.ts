/** Something kept for a file, and how large that is. */
interface Entry<Value> {
  readonly value: Value;
  readonly size: number;
}

/** What is kept for files, the newest first to stay: a session of any length takes no more room. */
export interface BoundedFiles<Value> {
  /** Keeps a value, in the place of an older one of this file. */
  set(file: string, value: Value, size: number): void;
  get(file: string): Value | undefined;
  /** How many files have values. */
  count(): number;
}

/**
 * Room for values of this size altogether; the oldest go when it is full. The newest one stays,
 * whatever its size.
 */
export function createBoundedFiles<Value>(room: number): BoundedFiles<Value> {
  const entries = new Map<string, Entry<Value>>();
  let taken = 0;
  const drop = (file: string): void => {
    taken -= entries.get(file)?.size ?? 0;
    entries.delete(file);
  };
  return {
    set: (file, value, size) => {
      drop(file);
      entries.set(file, { value, size });
      taken += size;
      // A map is walked in the order of insertion: the first is the oldest.
      for (const oldest of entries.keys()) {
        if (taken <= room || oldest === file) break;
        drop(oldest);
      }
    },
    get: (file) => entries.get(file)?.value,
    count: () => entries.size,
  };
}
