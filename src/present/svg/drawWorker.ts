import { parentPort } from "node:worker_threads";
import { assertNever, InvariantError, messageOf } from "../../errors";
import type { DrawReply, DrawRequest } from "./drawing";
import type { FigureData } from "../figure/figureData";
import { printPdf } from "./printPdf";
import { printPng } from "./printPng";
import { openPlotlyWindow, type PlotlyWindow } from "./plotlyWindow";
import { withoutRemoteImages } from "./remoteImages";
import { reasonAgainstPicture, withPlainTraces } from "./staticTraces";
import { cleanSvg } from "./svgClean";
import { FONT } from "../figure/theme";

/** The size of a figure that names none, as Plotly's own is without a page. */
const WIDTH = 760;
const HEIGHT = 460;

/** Ends the drawing at work with an error that nobody in its window has caught. */
let fail: (error: Error) => void = () => undefined;

/** The figure as a picture of its own; see `renderSvg`. */
async function draw(
  window: PlotlyWindow,
  known: ReadonlySet<string>,
  { figure, name }: Extract<DrawRequest, { kind: "draw" }>,
): Promise<string> {
  const { document, Plotly, DOMParser, XMLSerializer } = window;
  // The text is that of a figure (see figureJson), and Plotly writes into what it is given: it gets
  // a copy.
  const given = JSON.parse(figure) as FigureData;
  const reason = reasonAgainstPicture(given, known);
  if (reason !== undefined) throw new Error(reason);
  const { data, layout } = withoutRemoteImages(withPlainTraces(given));
  const { width = WIDTH, height = HEIGHT } = layout;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  try {
    const drawn = Plotly.toImage(
      { data, layout, config: { staticPlot: true } },
      { format: "svg", width, height, imageDataOnly: true },
    );
    const text = await Promise.race([drawn, failed]);
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    cleanSvg(svg, name);
    svg.setAttribute("font-family", FONT.family);
    svg.setAttribute("role", "img");
    return new XMLSerializer().serializeToString(svg);
  } finally {
    document.body.innerHTML = "";
  }
}

function print(request: Extract<DrawRequest, { kind: "print" }>): Promise<Buffer> {
  return request.format === "pdf"
    ? printPdf(request.svg)
    : printPng(request.svg, request.dotsPerInch);
}

function main(): void {
  const port = parentPort;
  if (port === null) throw new InvariantError("drawWorker runs as a thread only");
  const reply = (message: DrawReply): void => port.postMessage(message);
  const window = openPlotlyWindow((error) => fail(error));
  const known = new Set(Object.keys(window.Plotly.PlotSchema.get().traces));
  const answer = async (request: DrawRequest): Promise<DrawReply> => {
    switch (request.kind) {
      case "draw":
        return { kind: "drawn", svg: await draw(window, known, request) };
      case "print":
        return { kind: "printed", bytes: await print(request) };
      default:
        return assertNever(request);
    }
  };
  port.on("message", (request: DrawRequest) => {
    answer(request).then(reply, (error: unknown) =>
      reply({ kind: "failed", message: messageOf(error) }),
    );
  });
  reply({ kind: "ready" });
}

main();
