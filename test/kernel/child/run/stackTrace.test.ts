import { formatExcerpt } from "../../../../kernel/child/run/stackTrace";

describe("formatExcerpt", () => {
  test("shows the line between its neighbours, with a caret under the column", () => {
    expect(formatExcerpt(["one", "two", "three"], 2, 3)).toEqual([
      "  1 | one",
      "> 2 | two",
      "    |   ^",
      "  3 | three",
    ]);
  });

  test("keeps numbers of different widths and tabs in line", () => {
    const lines = Array.from({ length: 10 }, (_, index) => `\tline ${index + 1}`);
    expect(formatExcerpt(lines, 10, 2)).toEqual([
      "   9 | \tline 9",
      "> 10 | \tline 10",
      "     | \t^",
    ]);
  });
});
