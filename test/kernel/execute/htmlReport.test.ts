import { JSDOM } from "jsdom";
import { renderHtmlReport } from "../../../kernel/execute/htmlReport";
import type { JsonObject } from "../../../kernel/protocol/message";
import type { NotebookCell } from "../../../kernel/execute/notebook";

const cell = (
  kind: NotebookCell["kind"],
  source: string,
  outputs: JsonObject[] = [],
): NotebookCell => ({
  id: "c",
  kind,
  source,
  metadata: {},
  attachments: undefined,
  executionCount: kind === "code" ? 2 : null,
  outputs,
});

function render(...cells: NotebookCell[]) {
  const html = renderHtmlReport([{ name: "n", notebook: { metadata: {}, cells } }]);
  return { html, page: new JSDOM(html).window.document };
}

const data = (bundle: JsonObject): JsonObject => ({
  output_type: "display_data",
  data: bundle,
  metadata: {},
});

describe("renderHtmlReport", () => {
  test("takes its title from the first heading and renders Markdown", () => {
    const { page } = render(cell("markdown", "# The *title*\n\n| a |\n|---|\n| 1 |"));
    expect(page.title).toBe("The *title*");
    expect(page.querySelector("h1 em")?.textContent).toBe("title");
    expect(page.querySelector("td")?.textContent).toBe("1");
  });

  test("keeps Markdown's hands off formulas", () => {
    const { page } = render(
      cell("markdown", "a $E_T * x_i * y$ b, costs $5 and $6\n\n$$a_1 < b_2$$"),
    );
    const formulas = [...page.querySelectorAll(".formula")].map((each) => each.textContent);
    expect(formulas).toEqual(["E_T * x_i * y", "a_1 < b_2"]);
    expect(page.body.textContent).toContain("costs $5 and $6");
  });

  test("escapes code", () => {
    const { page } = render(cell("code", "if (a < b && c) '</script>'"));
    expect(page.querySelector("code")?.textContent).toBe("if (a < b && c) '</script>'");
    expect(page.querySelector(".count")?.textContent).toBe("[2]");
  });

  test("prefers HTML to SVG to PNG to text", () => {
    const all = {
      "text/plain": "p",
      "image/png": "aGk=",
      "image/svg+xml": "<svg id='s'></svg>",
      "text/html": "<b>h</b>",
    };
    const without = (...types: string[]): JsonObject =>
      Object.fromEntries(Object.entries(all).filter(([type]) => !types.includes(type)));
    const outputOf = (bundle: JsonObject) =>
      render(cell("code", "x", [data(bundle)])).page.querySelector(".output");
    expect(outputOf(all)?.querySelector("b")?.textContent).toBe("h");
    expect(outputOf(without("text/html"))?.querySelector("#s")).not.toBeNull();
    expect(
      outputOf(without("text/html", "image/svg+xml"))?.querySelector("img")?.getAttribute("src"),
    ).toBe("data:image/png;base64,aGk=");
    expect(outputOf({ "text/plain": "<p>" })?.querySelector("pre")?.textContent).toBe("<p>");
  });

  test("colours errors and escapes them", () => {
    const error = {
      output_type: "error",
      ename: "E",
      evalue: "v",
      traceback: ["\u001b[31mE\u001b[39m: <v>"],
    };
    const { page } = render(cell("code", "x", [error]));
    expect(page.querySelector(".error .ansi-red")?.textContent).toBe("E");
    expect(page.querySelector(".error")?.textContent).toBe("E: <v>");
  });

  test("asks nothing of any server", () => {
    const { html } = render(cell("markdown", "# T"), cell("code", "x"));
    expect(html).not.toMatch(/(?:src|href)="(?!data:|#)|@import|url\(/);
  });
});
