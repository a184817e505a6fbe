import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArgumentError, StoreError } from "../../../src/errors";
import { barFigure } from "../../../src/present/figure/barFigure";
import { createFigure } from "../../../src/present/figure/figure";
import { saveFigure } from "../../../src/present/figure/saveFigure";
import { renderSvg } from "../../../src/present/svg/staticSvg";

const figure = barFigure(["a", "b"], [{ name: "E_Ξ", values: [1, 2] }], { title: "Ξ ≤ 1" });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-figures-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function saved(name: string, options = {}): Promise<Buffer> {
  await saveFigure(figure, join(folder, name), options);
  return readFileSync(join(folder, name));
}

describe("saveFigure", () => {
  test("writes the static picture itself as SVG", async () => {
    expect((await saved("a.svg")).toString("utf8")).toBe(await renderSvg(figure));
  });

  test("writes a PNG of 300 dots an inch, as large on paper as the figure on a page", async () => {
    const png = await saved("a.png");
    // 760 × 460 pixels of 1/96 inch.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2375, 1438]);
    expect(png.subarray(37, 41).toString("latin1")).toBe("pHYs");
    expect(png.readUInt32BE(41)).toBe(11811);
    const small = await saved("small.png", { dotsPerInch: 96 });
    expect([small.readUInt32BE(16), small.readUInt32BE(20)]).toEqual([760, 460]);
  });

  test("writes a PDF of the figure's size whose letters are embedded, equal for equal figures", async () => {
    const pdf = await saved("a.PDF");
    const text = pdf.toString("latin1");
    expect(text).toMatch(/^%PDF-1\.\d/);
    expect(text).toContain("/MediaBox [0 0 570 345]");
    expect(text).toMatch(/\/FontName \/\w+\+Arimo-Regular/);
    expect(text).not.toMatch(/\/Subtype \/Image/);
    expect(await saved("b.pdf")).toEqual(pdf);
  });

  test("refuses another ending, impossible dots, and a figure that has no picture, and writes nothing", async () => {
    const before = readdirSync(folder);
    const path = (name: string): string => join(folder, name);
    await expect(saveFigure(figure, path("x.jpg"))).rejects.toThrow(ArgumentError);
    await expect(saveFigure(figure, path("x.jpg"))).rejects.toThrow("ends in .jpg");
    await expect(saveFigure(figure, path("x.png"), { dotsPerInch: NaN })).rejects.toThrow(
      "dotsPerInch is between 10 and 2400",
    );
    const surface = createFigure([{ type: "surface", z: [[1]] }], {});
    await expect(saveFigure(surface, path("x.pdf"))).rejects.toThrow("is drawn with WebGL");
    expect(readdirSync(folder)).toEqual(before);
  });

  test("says where it cannot write", async () => {
    const nowhere = join(folder, "none", "a.svg");
    await expect(saveFigure(figure, nowhere)).rejects.toThrow(StoreError);
    await expect(saveFigure(figure, nowhere)).rejects.toThrow(
      /cannot be written to .*none.*: ENOENT/,
    );
  });
});
