import { ArgumentError } from "../../../src/errors";
import { parseNotebook, type Notebook } from "../../../kernel/execute/notebook";
import { declaredParameters, parseGiven, withParameters } from "../../../kernel/execute/parameters";

const code = (source: string, ...tags: string[]) => ({
  cell_type: "code",
  metadata: { tags },
  source,
});

function createNotebook(...cells: object[]): Notebook {
  return parseNotebook(JSON.stringify({ cells, metadata: {}, nbformat: 4 }), "book");
}

/** The lines of the injected cell. */
function injected(declarations: string, ...words: string[]): string[] {
  const notebook = createNotebook(code(declarations, "parameters"), code("use(bits)"));
  const filled = withParameters(notebook, parseGiven(words), "book.ipynb");
  expect(filled.cells.map(({ metadata }) => metadata.tags)).toEqual([
    ["parameters"],
    ["injected-parameters"],
    [],
  ]);
  return filled.cells[1].source.split("\n").slice(1);
}

describe("--param", () => {
  test.each([
    ["const bits = 16", "bits=8", "const bits = 8;"],
    ["let scale = -1.5", "scale=2e-3", "let scale = 0.002;"],
    ["const rate: number = someDefault()", "rate=0.5", "const rate: number = 0.5;"],
    ["const quick = false", "quick=true", "const quick = true;"],
    ['const network = "net1"', "network=123", 'const network = "123";'],
    ['const text = "x"', 'text=a = "b"\n', 'const text = "a = \\"b\\"\\n";'],
    ['const mode: "half" | "int8" = "half"', "mode=int8", 'const mode: "half" | "int8" = "int8";'],
    ["const points: number[] = []", "points=[1, 2]", "const points: number[] = [1,2];"],
    ["const limit: number | null = null", "limit=null", "const limit: number | null = null;"],
    ["const any = f()", "any=free text", 'const any = "free text";'],
  ])("fills %j with %j, read as what the default is", (declaration, word, expected) => {
    expect(injected(declaration, word)).toEqual([expected]);
  });

  test("may be given for several parameters, which stand in the order of the command line", () => {
    expect(injected("const a = 1, b = 2;\nlet c = 3;", "c=6", "a=4")).toEqual([
      "let c = 6;",
      "const a = 4;",
    ]);
  });

  test("takes the place of what an earlier run has filled in, and keeps all other cells", () => {
    const notebook = createNotebook(
      code("const bits = 16", "parameters"),
      code("const bits = 4", "injected-parameters"),
      code("bits"),
    );
    const { cells } = withParameters(notebook, parseGiven(["bits=8"]), "book");
    expect(cells.map(({ source }) => source)).toEqual([
      "const bits = 16",
      "// Parameters\nconst bits = 8;",
      "bits",
    ]);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(3);
    expect(withParameters(notebook, parseGiven([]), "book")).toBe(notebook);
  });

  test.each([
    ["bit=8", /book\.ipynb has no parameter bit; it has bits, quick$/],
    ["bits=many", /--param bits should be a number, as in notebook book\.ipynb, found many/],
    ["bits=", /--param bits should be a number/],
    ["bits=NaN", /--param bits should be a number/],
    ["quick=1", /--param quick should be true or false/],
    ["bits", /--param takes name=value, found bits/],
    ["2x=1", /--param takes name=value/],
  ])("refuses %j, saying what was expected", (word, message) => {
    const fill = () => injected("const bits = 16, quick = true;", word);
    expect(fill).toThrow(ArgumentError);
    expect(fill).toThrow(message);
  });

  test("refuses one name twice, and a notebook without a cell for it", () => {
    expect(() => parseGiven(["a=1", "a=2"])).toThrow(/gives a twice/);
    expect(() => withParameters(createNotebook(code("1")), parseGiven(["a=1"]), "b.ipynb")).toThrow(
      /b\.ipynb has no code cell tagged "parameters"/,
    );
  });
});

describe("declaredParameters", () => {
  test("finds top-level variables of simple names, and nothing else", () => {
    const source = "const a = 1; let { b } = f(); function c() { const d = 1; }\nvar e: string;";
    expect(declaredParameters(source)).toEqual([
      { name: "a", keyword: "const", type: undefined, kind: "number" },
      { name: "e", keyword: "var", type: "string", kind: "string" },
    ]);
  });
});
