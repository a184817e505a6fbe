import { createHash } from "node:crypto";
import { renderAnsi } from "../../../src/present/report/ansiHtml";
import { barFigure } from "../../../src/present/figure/barFigure";
import { DISPLAY } from "../../../src/present/display";
import { escapeMarkup, scriptJson } from "../../../src/present/escape";
import { renderHtmlReport, type Report } from "../../../src/present/report/htmlReport";
import { renderMarkdownText } from "../../../src/present/report/markdownHtml";
import { renderMath } from "../../../src/present/report/mathHtml";
import { notebookSection } from "../../../src/present/report/notebookSections";
import { displayTable } from "../../../src/present/table/showTable";
import { createTable } from "../../../src/present/table/table";
import { openPage } from "./openPage";

const figure = barFigure(["a"], [{ name: "one", values: [1] }], { title: "Bars </script>" });
const LIBRARY = `window.Plotly = {newPlot: function () { return Promise.resolve(); }}; var s = "</script><!--";`;

async function report(plotlyScript?: string): Promise<Report> {
  return {
    title: "Exhibits & <more>",
    summary: "On a sample.",
    sections: [
      {
        title: "Table <4>",
        blocks: [
          {
            kind: "markdown",
            text: "## How\n\nProse, see [the paper](https://doi.org/10.1007/x).",
          },
          { kind: "code", source: "const a = 1 < 2;" },
          { kind: "output", bundle: displayTable(createTable({ x: ["<i>"] })) },
          { kind: "printed", text: "\u001b[31mred\u001b[0m <b>", isError: true },
        ],
      },
      { title: "Figure", blocks: [{ kind: "output", bundle: await figure[DISPLAY]() }] },
    ],
    provenance: [["commit", "abc <dirty>"]],
    ...(plotlyScript === undefined ? {} : { plotlyScript }),
  };
}

describe("renderHtmlReport", () => {
  test("needs nothing from elsewhere, and forbids itself to ask", async () => {
    for (const plotlyScript of [undefined, LIBRARY]) {
      const html = renderHtmlReport(await report(plotlyScript));
      expect(html).toContain("default-src 'none'");
      expect(html).not.toMatch(/\bsrc="(?!data:)|<link|@import|url\((?!#)/);
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
      expect(links).toEqual(["#section-1", "#section-2", "https://doi.org/10.1007/x"]);
    }
  });

  test("has a script only when figures are to be live", async () => {
    expect(renderHtmlReport(await report())).not.toContain("<script");
    expect(renderHtmlReport(await report(LIBRARY)).match(/<script>/g)).toHaveLength(2);
  });

  test("allows no inline script but its own, each by its hash", async () => {
    const evil = {
      title: "t",
      blocks: [{ kind: "output" as const, bundle: { "text/html": "<script>alert(1)</script>" } }],
    };
    const whole = await report(LIBRARY);
    const html = renderHtmlReport({ ...whole, sections: [...whole.sections, evil] });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    const hashes = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(
      ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    );
    const [foreign, ...own] = hashes;
    expect(own).toHaveLength(2);
    expect(policy).toContain(`script-src ${own.join(" ")};`);
    expect(policy).not.toContain(foreign);
    expect(renderHtmlReport(await report())).not.toContain("script-src");
  });

  test("embeds the library once, so that nothing in it or in a figure ends its element", async () => {
    const html = renderHtmlReport(await report(LIBRARY));
    const window = openPage(html, "dangerously");
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(window.document.querySelectorAll("script")).toHaveLength(2);
    expect(window.document.querySelectorAll("[data-live]")).toHaveLength(1);
  });

  test("escapes titles, code, cells, printed text and provenance", async () => {
    const html = renderHtmlReport(await report());
    expect(html).toContain("<h1>Exhibits &amp; &lt;more&gt;</h1>");
    expect(html).toContain("<h2>Table &lt;4&gt;</h2>");
    expect(html).toContain("const a = 1 &lt; 2;");
    expect(html).toContain("&lt;i&gt;");
    expect(html).toContain("</span> &lt;b&gt;");
    expect(html).toContain("<dd>abc &lt;dirty&gt;</dd>");
  });

  test("sets prose's headings below the section's", async () => {
    expect(renderHtmlReport(await report())).toContain("<h4>How</h4>");
  });

  test("says the title once when its one section is the whole report", () => {
    const html = renderHtmlReport({
      title: "Tour",
      sections: [{ title: "Tour", blocks: [{ kind: "markdown", text: "## Part" }] }],
    });
    expect(html.match(/<h\d>[^]*?<\/h\d>/g)).toEqual(["<h1>Tour</h1>", "<h2>Part</h2>"]);
  });

  test("takes the richest format that a page shows offline", () => {
    const block = (bundle: Record<string, unknown>): string =>
      renderHtmlReport({
        title: "t",
        sections: [{ title: "s", blocks: [{ kind: "output", bundle }] }],
      });
    expect(block({ "text/plain": "p", "image/png": "AAAA\n" })).toContain(
      `src="data:image/png;base64,AAAA"`,
    );
    expect(block({ "text/plain": ["a<", "b"] })).toContain("<pre>a&lt;b</pre>");
    expect(block({ "text/markdown": "*x*" })).toContain("<em>x</em>");
    expect(block({ "application/json": { a: 1 } })).toContain("&quot;a&quot;: 1");
    expect(block({ "image/svg+xml": "<svg/>" })).toContain("data:image/svg+xml;base64,PHN2Zy8+");
  });
});

describe("notebookSection", () => {
  test("takes its title from the first heading and keeps outputs below their cells", () => {
    const section = notebookSection("table-4", {
      cells: [
        { kind: "markdown", source: "# Table 4\n\nProse.", outputs: [] },
        {
          kind: "code",
          source: "1 + 1\n",
          outputs: [
            { output_type: "stream", name: "stderr", text: ["a\n", "b\n"] },
            { output_type: "execute_result", data: { "text/plain": "2" } },
            { output_type: "error", ename: "Error", evalue: "bad", traceback: [] },
          ],
        },
        { kind: "code", source: " ", outputs: [] },
      ],
    });
    expect(section).toEqual({
      title: "Table 4",
      blocks: [
        { kind: "markdown", text: "\n\nProse." },
        { kind: "code", source: "1 + 1" },
        { kind: "printed", text: "a\nb", isError: true },
        { kind: "output", bundle: { "text/plain": "2" } },
        { kind: "printed", text: "Error: bad", isError: true },
      ],
    });
  });

  test("is named for its file where it has no heading", () => {
    expect(notebookSection("tour", { cells: [] }).title).toBe("tour");
  });
});

describe("renderMarkdownText", () => {
  const tight = (markdown: string): string => renderMarkdownText(markdown).replace(/>\n+</g, "><");

  test.each([
    ["# T #", "<h1>T</h1>"],
    ["**b** *i* _j_ `c<d`", "<p><strong>b</strong> <em>i</em> <em>j</em> <code>c&lt;d</code></p>"],
    ["- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"],
    [
      "|a|b|\n|-|-:|\n|1|2|",
      `<table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead>` +
        `<tbody><tr><td>1</td><td style="text-align:right">2</td></tr></tbody></table>`,
    ],
  ])("renders %j", (markdown, html) => {
    expect(tight(markdown).replace(/\n/g, "")).toBe(html);
  });

  test("lets no markup, no script and no picture from elsewhere through", () => {
    expect(
      renderMarkdownText("<script>x</script>\n\n[a](javascript:x) ![i*](http://x/y.png)"),
    ).toBe(
      "<p>&lt;script&gt;x&lt;/script&gt;</p>\n" +
        `<p>[a](javascript:x) <a href="http://x/y.png">i*</a></p>`,
    );
    expect(renderMarkdownText("![i](data:image/png;base64,AA==)")).toContain('<img src="data:');
  });

  /** A page's text with every formula as its TeX between marks. */
  const withTex = (markdown: string): string =>
    tight(markdown).replace(
      /<span class="katex">.*?<annotation[^>]*>(.*?)<\/annotation>.*?<\/math><\/span>/gs,
      "⟦$1⟧",
    );

  test.each([
    ["$x_1$", "<p>⟦x_1⟧</p>"],
    ["a $*x*$ b", "<p>a ⟦*x*⟧ b</p>"],
    ["$5 and $6", "<p>$5 and $6</p>"],
    ["costs US$5 or 6$", "<p>costs US$5 or 6$</p>"],
    ["`$x$`", "<p><code>$x$</code></p>"],
    ["\\$x$", "<p>$x$</p>"],
    ["text\n$$\na\n- b\n$$\nnext", `<p>text</p><p class="display-math">⟦a\n- b⟧</p><p>next</p>`],
  ])("reads the formulae of %j", (markdown, html) => {
    expect(withTex(markdown)).toBe(html);
  });
});

describe("renderMath", () => {
  test("typesets indices, powers, accents and fractions as MathML, with the TeX beside it", () => {
    const html = renderMath("\\tilde{\\xi}_k^2 \\le \\frac{a}{b}");
    expect(html).toMatch(/<math [^>]*MathML/);
    expect(html).toMatch(
      /<msubsup>.*<mover accent="true"><mi>ξ<\/mi>.*<mfrac><mi>a<\/mi><mi>b<\/mi>/s,
    );
    expect(html).not.toMatch(/<script|style=|href=/);
  });

  test("sets a formula of its own apart", () => {
    expect(renderMath("x", true)).toMatch(/display="block"/);
    expect(renderMath("x")).not.toMatch(/display="block"/);
  });

  test("leaves what is not TeX as text, escaped", () => {
    expect(renderMath("{<b>")).toMatch(/&lt;b&gt;/);
    expect(renderMath("{<b>")).not.toMatch(/<b>/);
  });
});

describe("renderAnsi", () => {
  test("keeps colours and bold face, drops all else that controls a terminal", () => {
    expect(renderAnsi("\u001b[1;31mE\u001b[0m<\u001b[2K>\u001b[94mb\u001b[39m")).toBe(
      `<span style="color:#cf222e;font-weight:600">E</span>&lt;&gt;<span style="color:#0969da;">b</span>`,
    );
  });
});

describe("escaping", () => {
  test("covers every character that ends a text or an attribute", () => {
    expect(escapeMarkup(`<a href="x" b='y'>&`)).toBe(
      "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;",
    );
  });

  test("lets no JSON end the script that it stands in", () => {
    const value = { a: "</script><!--\u2028" };
    expect(scriptJson(value)).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(scriptJson(value))).toEqual(value);
  });
});
