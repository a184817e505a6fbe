import { createLineSplitter } from "../../../kernel/protocol/lines";

describe("createLineSplitter", () => {
  test("cuts at newlines alone, wherever the chunks end", () => {
    const text = 'first\n{"a":"\u2028ü"}\r\n\nlast\nrest';
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const lines: string[] = [];
      const push = createLineSplitter((line) => lines.push(line));
      for (let start = 0; start < bytes.length; start += size)
        push(bytes.subarray(start, start + size));
      expect(lines).toEqual(["first", '{"a":"\u2028ü"}\r', "", "last"]);
    }
  });

  test("keeps nothing of a line beyond its limit, tells its size, and goes on behind it", () => {
    const lines: string[] = [];
    const sizes: number[] = [];
    const push = createLineSplitter((line) => lines.push(line), {
      size: 4,
      onTooLong: (size) => sizes.push(size),
    });
    for (const part of ["abcd\nab", "cde", "fgh\nno", "w\n"]) push(Buffer.from(part));
    expect([lines, sizes]).toEqual([["abcd", "now"], [8]]);
  });
});
