import { DISPLAY } from "../../../src/present/display";
import { createFigure } from "../../../src/present/figure/figure";
import { openPlotlyWindow } from "../../../src/present/svg/plotlyWindow";
import { LIVE_ONLY, PLAIN_TWINS } from "../../../src/present/svg/staticTraces";
import { exampleTraces, TRACE_EXAMPLES } from "./traceExamples";

/** What Plotly's own schema says of its types of traces. */
const schema = openPlotlyWindow(() => undefined).Plotly.PlotSchema.get().traces as Readonly<
  Record<string, { readonly categories?: readonly string[] }>
>;
const types = Object.keys(schema);
/** Categories of which jsdom can draw none: WebGL, and maps from a server. */
const UNDRAWABLE = ["gl", "gl3d", "regl", "map", "geo"];

function isLiveOnly(type: string): boolean {
  return (schema[type]?.categories ?? []).some((category) => UNDRAWABLE.includes(category));
}

describe("the trace types that Plotly documents", () => {
  test("are all tried here, and those that only a browser draws are named", () => {
    expect(types.length).toBeGreaterThan(40);
    expect(Object.keys(TRACE_EXAMPLES).sort()).toEqual([...types].sort());
    const named = [...Object.keys(LIVE_ONLY), ...Object.keys(PLAIN_TWINS)];
    expect(named.sort()).toEqual(types.filter(isLiveOnly).sort());
  });

  test.each(types)(
    "%s shows itself live, and as a picture or a note that says why not",
    async (type) => {
      const layout = { title: { text: `A ${type}` }, width: 420, height: 320 };
      const bundle = await createFigure(exampleTraces(type), layout)[DISPLAY]();
      const live = bundle["application/vnd.plotly.v1+json"] as { data: { type: string }[] };
      expect(live.data.map((trace) => trace.type)).toContain(type);
      const svg = String(bundle["image/svg+xml"]);
      expect(svg).toMatch(/^<svg [^]*<\/svg>$/);
      expect(svg).toContain(`A ${type}`);
      expect(String(bundle["text/html"])).toContain(`A ${type}`);
      const reason = LIVE_ONLY[type];
      if (reason === undefined) {
        expect(bundle["text/plain"]).toBe(`A ${type}`);
        // Marks of the data, in a colour of the series or as an image.
        expect(svg).toMatch(
          /<path[^>]*(?:stroke|fill)="(?:#(?!444|eee|fff)|rgba)|<image|<text[^>]*>a</,
        );
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      } else {
        expect(String(bundle["text/plain"])).toContain(`a trace of type ${type} ${reason}`);
        expect(svg).toContain("has no static picture");
      }
    },
  );
});
