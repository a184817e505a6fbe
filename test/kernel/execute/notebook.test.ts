import { FormatError } from "../../../src/errors";
import { formatNotebook, parseNotebook } from "../../../kernel/execute/notebook";

const valid = {
  cells: [
    { cell_type: "markdown", id: "intro", metadata: {}, source: ["# Title\n", "text"] },
    {
      cell_type: "code",
      execution_count: 1,
      id: "c-1",
      metadata: { tags: ["x"] },
      outputs: [
        { name: "stdout", output_type: "stream", text: ["a\n", "b"] },
        {
          data: {
            "application/json": { k: [1] },
            "image/png": "iVBO\n",
            "text/html": ["<b>\n", "</b>"],
          },
          execution_count: 1,
          metadata: {},
          output_type: "execute_result",
        },
      ],
      source: ["1 +\n", "1"],
    },
  ],
  metadata: { kernelspec: { name: "roundlab" } },
  nbformat: 4,
  nbformat_minor: 5,
};

/** The valid notebook with one thing spoilt. */
const spoil = (change: (copy: typeof valid & Record<string, unknown>) => void): string => {
  const copy = JSON.parse(JSON.stringify(valid)) as typeof valid & Record<string, unknown>;
  change(copy);
  return JSON.stringify(copy);
};

describe("formatNotebook", () => {
  test("writes what parseNotebook read as Jupyter lays it out: keys in order, one blank deep", () => {
    const text = JSON.stringify(valid, null, 1) + "\n";
    expect(formatNotebook(parseNotebook(text, "n"))).toBe(text);
  });

  test("cuts texts into lines and leaves JSON and images as they are", () => {
    const text = spoil(({ cells }) => {
      Object.assign(cells[1], { source: "1 +\n1" });
    });
    expect(formatNotebook(parseNotebook(text, "n"))).toBe(JSON.stringify(valid, null, 1) + "\n");
  });

  test("gives cells ids that have none, and keeps them apart", () => {
    const text = spoil(({ cells }) => {
      delete (cells[0] as { id?: string }).id;
      cells[1].id = "cell-1";
    });
    const ids = parseNotebook(text, "n").cells.map(({ id }) => id);
    expect(ids[0]).toBe("cell-1");
    expect(new Set(ids).size).toBe(2);
  });
});

describe("parseNotebook", () => {
  test.each([
    ["text that is no JSON", "{", /notebook n is not JSON/],
    ["JSON that is no notebook", "{}", /no list of cells/],
    ["an old format", spoil((copy) => (copy.nbformat = 3)), /nbformat 3, expected 4/],
    [
      "an unknown kind of cell",
      spoil(({ cells }) => (cells[1].cell_type = "heading")),
      /cell 2: cell_type should be/,
    ],
    ["an impossible id", spoil(({ cells }) => (cells[0].id = "a b")), /cell 1: id should be/],
  ])("refuses %s", (_, text, message) => {
    expect(() => parseNotebook(text, "n")).toThrow(FormatError);
    expect(() => parseNotebook(text, "n")).toThrow(message);
  });
});
