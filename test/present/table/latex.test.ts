import { createDataFrame } from "../../../src/present/frame/dataFrame";
import { latexText } from "../../../src/present/table/latexText";
import { displayTable, toLatex } from "../../../src/present/table/showTable";
import { splitSymbols } from "../../../src/present/table/symbols";
import { createTable } from "../../../src/present/table/table";

describe("toLatex", () => {
  const table = createTable(
    { bits: [16, 8], E: [0.0247, 1.5], how: ["half & more", "50 %"] },
    { caption: "E_Xi of #1", notes: { E: { label: "E_Ξ", kind: "bound", unit: "logits_1" } } },
  );

  test("sets a table as booktabs has it: escaped, numbers right, kinds and units below headings", () => {
    const lines = toLatex(table).split("\n");
    expect(lines.slice(0, 11).join("\n")).toBe(
      [
        "\\begin{center}",
        "{$E_{\\Xi}$ of \\#1}\\par",
        "\\begin{tabular}{rrl}",
        "\\toprule",
        "bits & $E_{\\Xi}$ & how \\\\",
        " & {\\footnotesize bound, logits\\_1} &  \\\\",
        "\\midrule",
        "16 & 0.0247 & half \\& more \\\\",
        "8 & 1.5000 & 50 \\% \\\\",
        "\\bottomrule",
        "\\end{tabular}",
      ].join("\n"),
    );
    expect(lines.slice(11)).toEqual([
      expect.stringMatching(/^\\par\\smallskip\{\\footnotesize bound: proved for/),
      "\\end{center}",
    ]);
  });

  test("lets a table float once it has a label", () => {
    const lines = toLatex(table, { label: "tab:errors" }).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "\\begin{table}[htbp]",
      "\\centering",
      "\\caption{$E_{\\Xi}$ of \\#1}",
      "\\label{tab:errors}",
    ]);
    expect(lines.at(-1)).toBe("\\end{table}");
  });

  test("sets all rows, where the bundle of a cell shows the ends", () => {
    const long = createTable({ x: Array.from({ length: 500 }, (_, i) => i) });
    expect(toLatex(long).match(/\\\\$/gm)).toHaveLength(501);
    const bundle = String(displayTable(long)["text/latex"]);
    expect(bundle.match(/\\\\$/gm)?.length).toBeLessThan(30);
    expect(bundle).toContain("$\\vdots$");
  });

  test("keeps row labels that say something, and guards a row that begins with a bracket", () => {
    const frame = createDataFrame({ x: [1] }, { index: ["[a]"], indexName: "row" });
    expect(toLatex(frame)).toContain("{}[a] & 1 \\\\");
    expect(String(displayTable(frame)["text/latex"])).toContain("{}[a]");
  });
});

describe("latexText", () => {
  test.each([
    [
      "a\\b{c}$&#%_~^<>",
      "a\\textbackslash{}b\\{c\\}\\$\\&\\#\\%\\_\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}",
    ],
    ["1.2·10⁻⁴ ≤ ξ − Δ", "1.2$\\cdot$10$^{-4}$ $\\le$ $\\xi$ $-$ $\\Delta$"],
    ["αΑοΩ", "$\\alpha$Αο$\\Omega$"],
    ["E_Ξ(T), E_T; max_E x_12", "$E_{\\Xi}$(T), $E_{T}$; max\\_E $x_{12}$"],
    ["naïve\u0007 70\u202f000", "naïve  70\\,000"],
  ])("sets %j", (text, latex) => {
    expect(latexText(text)).toBe(latex);
  });
});

describe("symbols with an index", () => {
  test("are single letters on both sides, apart from other words", () => {
    expect(splitSymbols("mean E_Xi, snake_case, a_b_c, E_T")).toEqual([
      { kind: "words", text: "mean " },
      { kind: "symbol", base: "E", index: "Ξ" },
      { kind: "words", text: ", snake_case, a_b_c, " },
      { kind: "symbol", base: "E", index: "T" },
    ]);
  });

  test("are typeset in a table's words in HTML, and left alone in its cells", () => {
    const notes = { x: { label: "E_Ξ" } };
    const table = createTable({ x: ["E_Ξ"] }, { caption: "E_T <b>", notes });
    const html = String(displayTable(table)["text/html"]);
    expect(html).toContain("<caption>E<sub>T</sub> &lt;b&gt;</caption>");
    expect(html).toContain(`<th scope="col">E<sub>Ξ</sub></th>`);
    expect(html).toContain(">E_Ξ</td>");
  });
});
