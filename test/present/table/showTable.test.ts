import {
  displayTable,
  renderHtml,
  renderMarkdown,
  renderText,
} from "../../../src/present/table/showTable";
import { createTable } from "../../../src/present/table/table";

const table4 = createTable(
  { bits: [16, 4], E_T: [0.024727, 301.230476], name: ["half", "affine"] },
  { caption: "Table 4", notes: { E_T: { kind: "sample", unit: "logits" } } },
);

describe("renderText", () => {
  test("aligns columns, marks kinds and explains them", () => {
    expect(renderText(table4).split("\n")).toEqual(
      [
        "Table 4",
        "   bits             E_T  name",
        "         sample, logits",
        "─────────────────────────────",
        "0    16        0.024727  half",
        "1     4      301.230476  affine",
        "sample: seen on data",
      ].map((line) => (line.startsWith("─") ? "─".repeat(31) : line)),
    );
  });

  test("leaves out the middle of a long table and says how long it is", () => {
    const text = renderText(createTable({ x: Array.from({ length: 70000 }, (_, i) => i) }));
    const lines = text.split("\n");
    expect(lines).toHaveLength(2 + 20 + 1 + 1);
    expect(lines[12]).toMatch(/⋮ +⋮/);
    expect(lines.at(-1)).toBe("70\u202f000 rows × 1 columns");
  });

  test("leaves out middle columns until the lines fit a width", () => {
    const wide = createTable(
      Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`column${i}`, [i]])),
    );
    const lines = renderText(wide, { maxWidth: 60 }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines[0]).toContain("…");
    expect(lines[0]).toContain("column11");
  });

  test("shows control characters as escapes, so that no cell moves the cursor", () => {
    expect(renderText(createTable({ a: ["x\ny\u001b[2J"] }))).toContain("x\\ny\\u001b[2J");
  });

  test("counts wide characters as two columns", () => {
    const lines = renderText(createTable({ a: ["日本", "ab"], b: [1, 2] })).split("\n");
    expect(lines[2]).toBe("0  日本  1");
    expect(lines[3]).toBe("1  ab    2");
  });

  test("shows a table without rows", () => {
    expect(renderText(createTable([]))).toContain("0 rows × 0 columns");
  });
});

describe("renderHtml", () => {
  test("escapes every text that comes from data", () => {
    const evil = `<img src=x onerror="alert('1')">&`;
    const html = renderHtml(
      createTable(
        { [evil]: [evil], n: [1] },
        {
          caption: evil,
          index: [evil],
          indexName: evil,
          notes: { n: { unit: evil, label: evil } },
        },
      ),
    );
    expect(html).not.toContain("<img");
    expect(html).not.toContain(`"alert`);
    expect(
      html.split("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"),
    ).toHaveLength(8);
  });

  test("refers to nothing outside itself", () => {
    expect(renderHtml(table4)).not.toMatch(/https?:|src=|@import|url\(/);
  });

  test("aligns numbers to the right and texts to the left", () => {
    const html = renderHtml(table4);
    expect(html).toContain(`<td class="n">301.230476</td><td class="s">affine</td>`);
    expect(html).toContain(`E<sub>T</sub><small>sample, logits</small>`);
  });
});

describe("renderMarkdown", () => {
  test("escapes bars and marks, and leaves out an index that only counts", () => {
    expect(renderMarkdown(createTable({ "a|b": ["x*y\nz"] })).split("\n")).toEqual([
      "| a\\|b |",
      "| :-- |",
      "| x\\*y z |",
    ]);
  });

  test("keeps an index that names the rows", () => {
    expect(renderMarkdown(createTable({ a: [1] }, { index: ["mean"] }))).toContain("| mean | 1 |");
  });
});

describe("displayTable", () => {
  test("sends at most 60 rows in every format", () => {
    const long = createTable({ x: Array.from({ length: 70000 }, (_, i) => i) });
    const bundle = displayTable(long, { endRows: 1000 });
    const resource = bundle["application/vnd.dataresource+json"] as { data: unknown[] };
    expect(resource.data).toHaveLength(60);
    expect(String(bundle["text/html"]).match(/<th scope="row"/g)).toHaveLength(60);
  });

  test("gives explorers a schema with the row labels as key, and JSON without NaN", () => {
    const bundle = displayTable(
      createTable({
        index: [1.5, NaN],
        ok: [true, false],
        when: [new Date(0), null],
        big: [1n, 2n],
      }),
    );
    expect(JSON.parse(JSON.stringify(bundle["application/vnd.dataresource+json"]))).toEqual({
      schema: {
        fields: [
          { name: "index_", type: "integer" },
          { name: "index", type: "number" },
          { name: "ok", type: "boolean" },
          { name: "when", type: "datetime" },
          { name: "big", type: "string" },
        ],
        primaryKey: ["index_"],
      },
      data: [
        { index_: 0, index: 1.5, ok: true, when: "1970-01-01T00:00:00.000Z", big: "1" },
        { index_: 1, index: null, ok: false, when: null, big: "2" },
      ],
    });
  });
});
