/** What a line splitter does with what is no line: see `createLineSplitter`. */
export interface LineLimit {
  /** The most bytes that a line may have. */
  readonly size: number;
  /** Told the size of a line that had more; its bytes were not kept. */
  readonly onTooLong: (size: number) => void;
}

/**
 * Cuts a stream of bytes into lines that end in "\n" alone.
 *
 * Node's readline also cuts at U+2028 and U+2029, which JSON text may hold as they are.
 */
export function createLineSplitter(
  onLine: (line: string) => void,
  limit?: LineLimit,
): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  let size = 0;
  const take = (part: Buffer): void => {
    size += part.length;
    if (limit === undefined || size <= limit.size) pending.push(part);
    else pending = [];
  };
  const endLine = (): void => {
    const [parts, total] = [pending, size];
    pending = [];
    size = 0;
    if (limit !== undefined && total > limit.size) limit.onTooLong(total);
    else onLine(Buffer.concat(parts).toString("utf8"));
  };
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
      endLine();
    }
    if (start < chunk.length) take(chunk.subarray(start));
  };
}
