import {
  openSession,
  pause,
  resultOf,
  whenPrinted,
  type CellRun,
  type TestSession,
} from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
  await session.run("let kept = 1");
});
afterAll(() => session.close());

/** The formats of a cell's result or only display. */
function bundleOf({ published }: CellRun): Record<string, unknown> {
  const shown = published.find(({ header }) =>
    /^(execute_result|display_data)$/.test(header.msg_type),
  );
  return (shown?.content.data ?? {}) as Record<string, unknown>;
}

describe("a figure in a cell", () => {
  test("that only a browser can draw is live, with a note, and costs no variable", async () => {
    const surface = `rl.createFigure([{ type: "surface", z: [[1, 2], [3, 4]] }], {})`;
    const bundle = bundleOf(await session.run(surface));
    expect(bundle["application/vnd.plotly.v1+json"]).toMatchObject({ data: [{ type: "surface" }] });
    expect(bundle["text/plain"]).toContain("a trace of type surface is drawn with WebGL");
    expect(bundle["text/html"]).toContain("has no static picture");
    expect(resultOf(await session.run("kept"))).toBe("1");
  });

  test("holds a PDF, which converters to LaTeX take", async () => {
    const bundle = bundleOf(await session.run(`rl.createFigure([{ y: [1, 2] }], {})`));
    const pdf = Buffer.from(String(bundle["application/pdf"]), "base64");
    expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  });

  test("whose drawing does not end can be interrupted, and later figures are drawn", async () => {
    const bins = `{ type: "histogram", x: [0, 1e6], autobinx: false, xbins: { start: 0, end: 1e6, size: 1 } }`;
    const { finished } = session.start(
      `console.log("running");\nrl.createFigure(Array.from({ length: 100 }, () => (${bins})), {})`,
    );
    await whenPrinted(session, "running\n");
    await pause(200);
    await session.client.ask("control", "interrupt_request", {}).reply;
    expect((await finished).reply).toMatchObject({ ename: "KernelInterrupted" });
    expect(resultOf(await session.run("kept"))).toBe("1");
    const next = bundleOf(await session.run(`rl.createFigure([{ y: [1, 2] }], {})`));
    expect(String(next["image/svg+xml"])).toMatch(/<path[^>]*stroke="#1f77b4"/);
  });
});

describe("values of every kind", () => {
  test.each([
    ["rl", /^library with \d+ members/],
    ["new Promise(() => {})", /^Promise \{ <pending> \}: await shows its value$/],
    ["Buffer.alloc(1e7)", /^Buffer of 10\u202f000\u202f000 bytes\n<00 /],
    [
      "Array.from({ length: 1e7 }, (_, i) => i)",
      /^Array\(10\u202f000\u202f000\), 0 to 9999999, mean/,
    ],
    ["setInterval(() => {}, 1000).unref()", /^timer, every 1\u202fs/],
    ["({ toHTML: () => '<b>x</b>' })", /^Object shown as HTML$/],
  ])("show briefly: %s", async (code, text) => {
    const bundle = bundleOf(await session.run(code));
    expect(bundle["text/plain"]).toMatch(text);
    expect(String(bundle["text/plain"]).length).toBeLessThan(500);
  });

  test("keep the formats that can be written when one cannot", async () => {
    const own = `({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>h</b>", "application/json": 1n }) })`;
    const bundle = bundleOf(await session.run(own));
    expect(bundle["text/html"]).toBe("<b>h</b>");
    expect(bundle["application/json"]).toBeUndefined();
    expect(bundle["text/plain"]).toContain("(its application/json is left out: it is no JSON)");
  });

  test("name exceptions of a window without a screen by their words", async () => {
    const code = `const { JSDOM } = require("jsdom");
throw new new JSDOM("").window.DOMException("it may not be so", "NotAllowedError")`;
    const { reply } = await session.run(code.replace("const {", "const { "));
    expect(reply).toMatchObject({ ename: "NotAllowedError", evalue: "it may not be so" });
    expect((reply.traceback as string[]).join("\n")).toContain(": it may not be so");
  });

  test("escape what an image is told of itself", async () => {
    const png = `Buffer.from("89504e470d0a1a0a", "hex")`;
    const alt = JSON.stringify(`"><script>'&`);
    const bundle = bundleOf(await session.run(`displayImage(${png}, { alt: ${alt}, width: 9 })`));
    expect(bundle["text/html"]).toMatch(
      /^<img src="data:image\/png;base64,[^"<>]*" alt="&quot;&gt;&lt;script&gt;&#39;&amp;" width="9">$/,
    );
    const bad = await session.run(`displayImage(${png}, { width: '1" onload="x' as any })`);
    expect(bad.reply).toMatchObject({ ename: "ArgumentError" });
  });
});
