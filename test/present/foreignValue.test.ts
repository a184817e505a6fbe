import { displayForeign } from "../../src/present/foreignValue";
import { encodePng } from "../../src/present/picture/png";
import { openPage } from "./report/openPage";

const png = encodePng([0, 255], 1, 2);

describe("a value of another library, told by its shape,", () => {
  test("is shown as markup if it is an element of a DOM", () => {
    const window = openPage("<main><b>bold</b></main><svg width='9'><path d='M0,0'/></svg>");
    const main = window.document.querySelector("main") as unknown as object;
    expect(displayForeign(main)).toEqual({
      "text/html": "<main><b>bold</b></main>",
      "text/plain": "<main> element of 24 characters",
    });
    const svg = window.document.querySelector("svg") as unknown as object;
    expect(displayForeign(svg)).toEqual({
      "text/html": `<svg width="9"><path d="M0,0"></path></svg>`,
      "text/plain": "<svg> element of 43 characters",
    });
  });

  test("is left to others if it is a DOM's prototype, whose members cannot be read", () => {
    const window = openPage("<p>x</p>");
    const element = window.document.querySelector("p") as unknown as object;
    const prototype = Object.getPrototypeOf(element) as object;
    expect(displayForeign(prototype)).toBeUndefined();
  });

  test("is shown as rows if it has columns by name, at the cost of the rows shown", () => {
    let asked = 0;
    const table = {
      columnNames: () => ["id", "name"],
      numRows: () => 1_000_000,
      get: (column: string, row: number) => {
        asked++;
        return column === "id" ? row : `n${row}`;
      },
      toHTML: () => "not asked",
    };
    const bundle = displayForeign(table) as Record<string, unknown>;
    expect(bundle["text/plain"]).toMatch(/\n999999 +999999 {2}n999999\n/);
    expect(bundle["text/html"]).toContain('<td class="n">999999</td>');
    expect(asked).toBeLessThan(5000);
  });

  test("is shown as it says in HTML, at once or later", async () => {
    class Report {
      toHTML(): string {
        return "<i>r</i>";
      }
    }
    const later = { toHTML: async () => Promise.resolve("<i>later</i>") };
    expect(displayForeign(new Report())).toEqual({
      "text/html": "<i>r</i>",
      "text/plain": "Report shown as HTML",
    });
    expect(await displayForeign(later)).toMatchObject({ "text/html": "<i>later</i>" });
  });

  test.each([
    ["vega", 5, "application/vnd.vega.v5+json"],
    ["vega-lite", 4, "application/vnd.vegalite.v4+json"],
    ["vega-lite", 5, "application/vnd.vegalite.v5+json"],
  ])("is sent under the type of its schema if it is of %s %i", (language, version, type) => {
    const $schema = `https://vega.github.io/schema/${language}/v${version}.json`;
    const spec = { $schema, mark: "bar" };
    expect(displayForeign(spec)).toMatchObject({ [type]: spec });
    expect(displayForeign({ toSpec: () => spec })).toMatchObject({ [type]: spec });
  });

  test("is a picture if it is a canvas, whichever way it gives its bytes", async () => {
    const canvas = { getContext: () => null, width: 2, height: 1 };
    const base64 = png.toString("base64");
    const shown = { "image/png": base64, "text/plain": "canvas of 2 × 1 pixels" };
    expect(displayForeign({ ...canvas, toBuffer: () => png })).toEqual(shown);
    expect(await displayForeign({ ...canvas, toBuffer: () => Promise.resolve(png) })).toEqual(
      shown,
    );
    const url = `data:image/png;base64,${base64}`;
    expect(displayForeign({ ...canvas, toDataURL: () => url })).toEqual(shown);
  });

  test("is left to others if nothing of the kind is known of it", () => {
    for (const value of [{}, [], { $schema: "https://json-schema.org/x" }, new Map(), () => 1]) {
      expect(displayForeign(value)).toBeUndefined();
    }
  });
});
