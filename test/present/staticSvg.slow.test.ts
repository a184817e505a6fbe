import { barFigure } from "../../src/present/barFigure";
import { DISPLAY } from "../../src/present/display";
import { createFigure, type Figure } from "../../src/present/figure";
import { fitToPage } from "../../src/present/figureHtml";
import { histogramFigure } from "../../src/present/histogramFigure";
import { imageGridFigure } from "../../src/present/imageGridFigure";
import { renderSvg } from "../../src/present/staticSvg";
import { boxOf, boxOnPage } from "../../src/present/svgMetrics";
import type { SvgNode } from "../../src/present/svgNode";
import { textWidth, wrapText } from "../../src/present/textMetrics";
import { openPage, parseSvg } from "./openPage";

const histogram = histogramFigure(
  [
    {
      series: [
        { name: "E", kind: "sample", values: [1, 2, 2, 3] },
        { name: "F", values: [2, 5] },
      ],
    },
  ],
  { title: "Errors & <more>", label: "error", unit: "logits" },
);
const bars = barFigure(
  ["a", "b"],
  [
    { name: "one", values: [1, 2] },
    { name: "two", kind: "bound", values: [2, 4] },
  ],
);
const pictures = imageGridFigure([{ title: "data", pictures: [{ pixels: [0, 1, 0.5, 1] }] }]);

function all(svg: SvgNode, selector: string): SvgNode[] {
  return Array.from(svg.querySelectorAll(selector));
}

describe("renderSvg", () => {
  test("gives equal figures equal bytes, whatever was drawn between", async () => {
    const first = await renderSvg(histogram);
    const [, , again] = await Promise.all([
      renderSvg(bars),
      renderSvg(pictures),
      renderSvg(histogram),
    ]);
    expect(again).toBe(first);
  });

  test.each([
    ["histogram", histogram],
    ["bars", bars],
    ["pictures", pictures],
  ])("draws %s without scripts, classes or anything from elsewhere", async (_, figure: Figure) => {
    const svg = await renderSvg(figure);
    expect(svg).not.toMatch(/<script|<foreignObject|\bon\w+=|class=|TOBESTRIPPED|javascript:/i);
    const references = [...svg.matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)];
    expect(
      references.every(
        ([, link = "", id = ""]) => /^(data:image\/png|$)/.test(link) && /^(#|$)/.test(id),
      ),
    ).toBe(true);
    expect(svg.length).toBeLessThan(12000);
  });

  test("refers only to ids that it holds, and holds none that nobody refers to", async () => {
    const svg = await renderSvg(bars);
    const held = [...svg.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    const used = [...svg.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id);
    expect(held.length).toBeGreaterThan(0);
    expect(new Set(used)).toEqual(new Set(held));
    expect(new Set(held).size).toBe(held.length);
  });

  test("shows title, axis titles and legend, and no two texts over one another", async () => {
    const svg = parseSvg(await renderSvg(histogram));
    const texts = all(svg, "text");
    const shown = texts.map(({ textContent }) => textContent);
    expect(shown).toEqual(
      expect.arrayContaining(["Errors & <more>", "error (logits)", "count", "E (sample)", "F"]),
    );
    const boxes = texts.map((text) => ({ text: text.textContent, ...boxOnPage(text) }));
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const isApart =
          a.x + a.width <= b.x ||
          b.x + b.width <= a.x ||
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y;
        expect([a.text, b.text, isApart]).toEqual([a.text, b.text, true]);
      }
    }
    expect(Math.max(...boxes.map(({ x, width }) => x + width))).toBeLessThanOrEqual(760);
    expect(Math.min(...boxes.map(({ x }) => x))).toBeGreaterThanOrEqual(0);
  });

  test("draws on after a figure that Plotly cannot draw", async () => {
    const broken = createFigure(
      [{ type: "scatter", x: [1] }],
      null as unknown as Record<string, unknown>,
    );
    await expect(renderSvg(broken)).rejects.toThrow();
    await expect(renderSvg(bars)).resolves.toContain("<svg");
  });
});

describe("fitToPage", () => {
  test("takes the page's colour for the ink and leaves out the paper", async () => {
    const svg = fitToPage(await renderSvg(histogram));
    expect(svg).toContain(`fill="currentColor"`);
    expect(svg).not.toMatch(/#24292f|#57606a|#d8dee4|<rect[^>]*fill="#fff"[^>]*width="760"/);
    expect(svg).toContain("#0072b2");
  });
});

describe("a figure in a notebook", () => {
  test("shows itself live, as a picture and as text", async () => {
    const bundle = await bars[DISPLAY]();
    expect(Object.keys(bundle)).toEqual([
      "application/vnd.plotly.v1+json",
      "text/html",
      "image/svg+xml",
      "text/plain",
    ]);
    expect(bundle["application/vnd.plotly.v1+json"]).toEqual(JSON.parse(JSON.stringify(bars)));
  });

  test("becomes live once the page has Plotly, and asks no server for it", async () => {
    const html = String((await bars[DISPLAY]())["text/html"]);
    expect(html).not.toMatch(/(?:src|href)=|https?:\/\/(?!www\.w3\.org\/)/);
    const window = openPage();
    const calls: { width: unknown; data: unknown }[] = [];
    Object.assign(window, {
      Plotly: {
        newPlot: async (_: unknown, data: unknown, layout: { width: unknown }) =>
          calls.push({ width: layout.width, data }),
      },
    });
    const [place = "", script = ""] = html.split(/<script[^>]*>|<\/script>/);
    window.document.body.innerHTML = place;
    window.eval(script);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(calls).toHaveLength(1);
    expect(calls[0]?.width).toBe(760);
    const picture = window.document.querySelector(".roundlab-static");
    expect(picture?.getAttribute("style")).toBe("display: none;");
  });

  test("stays a picture where there is no Plotly", async () => {
    const html = String((await bars[DISPLAY]())["text/html"]);
    const window = openPage();
    const [place = "", script = ""] = html.split(/<script[^>]*>|<\/script>/);
    window.document.body.innerHTML = place;
    window.eval(script);
    expect(window.document.querySelector("[data-live]")).toBeNull();
    expect(window.document.querySelector(".roundlab-static svg")).not.toBeNull();
  });
});

describe("boxOf", () => {
  const box = (markup: string): ReturnType<typeof boxOf> =>
    boxOf(parseSvg(`<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`));

  test("measures shapes, transforms and paths as a browser does", () => {
    expect(box(`<rect x="1" y="2" width="3" height="4"/>`)).toEqual({
      x: 1,
      y: 2,
      width: 3,
      height: 4,
    });
    expect(box(`<g transform="translate(10,20)"><path d="M0,0h5v-3"/></g>`)).toEqual({
      x: 10,
      y: 17,
      width: 5,
      height: 3,
    });
    expect(box(`<circle cx="5" cy="5" r="2"/><line x1="0" y1="0" x2="1" y2="9"/>`)).toEqual({
      x: 0,
      y: 0,
      width: 7,
      height: 9,
    });
    const turned = box(`<rect transform="rotate(90)" x="0" y="0" width="4" height="2"/>`);
    expect(turned.width).toBeCloseTo(2, 12);
    expect(turned.height).toBeCloseTo(4, 12);
    expect(turned.x).toBeCloseTo(-2, 12);
  });

  test("sets a text where its anchor says", () => {
    const start = box(`<text x="100" y="50" font-size="10">abc</text>`);
    const end = box(`<text x="100" y="50" text-anchor="end" style="font-size: 10px">abc</text>`);
    expect(start.x).toBe(100);
    expect(end.x + end.width).toBeCloseTo(100, 12);
    expect(start.width).toBeCloseTo(textWidth("abc", 10), 12);
  });

  test("gives nothing a box of nothing", () => {
    expect(box("<g/>")).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });
});

describe("wrapText", () => {
  test("breaks between words, and leaves a long word whole", () => {
    const lines = wrapText("one two incomprehensibilities three", 60, 12);
    expect(lines).toEqual(["one two", "incomprehensibilities", "three"]);
    expect(wrapText("", 60, 12)).toEqual([]);
  });
});
