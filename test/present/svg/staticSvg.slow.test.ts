import { ArgumentError } from "../../../src/errors";
import { barFigure } from "../../../src/present/figure/barFigure";
import { DISPLAY } from "../../../src/present/display";
import { createFigure, type Figure } from "../../../src/present/figure/figure";
import type { PlotlyObject } from "../../../src/present/figure/figureData";
import { fitToPage } from "../../../src/present/figure/figureHtml";
import { histogramFigure } from "../../../src/present/figure/histogramFigure";
import { imageGridFigure } from "../../../src/present/figure/imageGridFigure";
import { renderSvg } from "../../../src/present/svg/staticSvg";
import { boxOf, boxOnPage } from "../../../src/present/svg/svgMetrics";
import type { SvgNode } from "../../../src/present/svg/svgNode";
import { textWidth, wrapText } from "../../../src/present/svg/textMetrics";
import { decodePng } from "../picture/decodePng";
import { openPage, parseSvg } from "../report/openPage";

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

/** A picture of one pixel. */
const DOT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const MILLION_BINS: PlotlyObject = {
  type: "histogram",
  x: [0, 1e6],
  autobinx: false,
  xbins: { start: 0, end: 1e6, size: 1 },
};

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
    await expect(renderSvg(broken)).rejects.toThrow(ArgumentError);
    await expect(renderSvg(bars)).resolves.toContain("<svg");
  });

  test.each([
    // A picture whose size must be read waits for a browser's decoder without end.
    ["waits for ever", createFigure([{ type: "image", source: DOT }], { xaxis: { type: "log" } })],
    ["computes for ever", createFigure(Array<PlotlyObject>(60).fill(MILLION_BINS), {})],
  ])("gives up a drawing that %s at the limit, and draws on", async (_, figure: Figure) => {
    const svg = await renderSvg(bars);
    const limited = renderSvg(figure, { limitMilliseconds: 1000 });
    await expect(limited).rejects.toThrow(
      "this figure has no static picture: drawing it took more than 1 seconds",
    );
    await expect(renderSvg(bars)).resolves.toBe(svg);
  });

  test("asks no server for an image by address: a note stands in its place, and figures go on", async () => {
    const image = { source: "https://example.org/logo.png", x: 0, y: 1, sizex: 1, sizey: 1 };
    const own = { source: DOT, x: 0.5, y: 0.5, sizex: 0.1, sizey: 0.1 };
    const figure = createFigure([{ y: [1, 2] }], { images: [image, own] });
    const svg = await renderSvg(figure);
    expect(svg).toContain("image from example.org,");
    expect(svg).toContain("shown in the live figure only");
    expect(svg.match(/<image /g)).toHaveLength(1);
    expect(svg).not.toContain("logo.png");
    await expect(renderSvg(bars)).resolves.toContain("<svg");
  });

  test("draws an arrow from an annotation's text to its point", async () => {
    const arrow = { x: 1, y: 2, text: "here", ax: 40, ay: -30 };
    const svg = await renderSvg(createFigure([{ y: [1, 2] }], { annotations: [arrow] }));
    expect(svg).toContain(">here</text>");
    // The head is a small path, turned to where the arrow points.
    expect(svg).toMatch(/<path[^>]*transform="translate\([^)]*\)rotate\([^)]*\)scale\(2\)"/);
  });

  test("reads typed arrays as lists of numbers, drawn and live", async () => {
    const typed = createFigure([{ type: "bar", y: Float64Array.of(1, 2) }], {});
    const plain = createFigure([{ type: "bar", y: [1, 2] }], {});
    expect(await renderSvg(typed)).toBe(await renderSvg(plain));
    const bundle = await typed[DISPLAY]();
    expect(bundle["application/vnd.plotly.v1+json"]).toMatchObject({ data: [{ y: [1, 2] }] });
  });

  test("says in words when a figure contains itself", async () => {
    const trace: Record<string, unknown> = { y: [1] };
    trace.meta = trace;
    await expect(async () => createFigure([trace], {})[DISPLAY]()).rejects.toThrow(
      "a figure should be plain JSON, but a member of it cannot be written",
    );
  });
});

describe("a heat map", () => {
  test("is drawn with its colours, cell by cell", async () => {
    const colorscale = [
      [0, "rgb(255,0,0)"],
      [1, "rgb(0,0,255)"],
    ];
    const heat = { type: "heatmap", z: [[0, 1]], colorscale, showscale: false };
    const svg = await renderSvg(createFigure([heat], {}));
    const [, base64 = ""] = /href="data:image\/png;base64,([^"]*)"/.exec(svg) ?? [];
    const image = decodePng(Buffer.from(base64, "base64"));
    expect(image).toEqual({ rows: 1, columns: 2, pixels: [255, 0, 0, 255, 0, 0, 255, 255] });
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
      "application/pdf",
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
