/**
 * Cuts a stream of bytes into lines that end in "\n" alone.
 *
 * Node's readline also cuts at U+2028 and U+2029, which JSON text may hold as they are.
 */
export function createLineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      pending.push(chunk.subarray(start, end));
      const line = Buffer.concat(pending).toString("utf8");
      pending = [];
      start = end + 1;
      onLine(line);
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  };
}
