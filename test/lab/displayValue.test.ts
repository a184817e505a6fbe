import { agreementRow } from "../paper/rows";
import { createMatrix } from "../../src/numeric/matrix";
import type { MimeBundle } from "../../src/present/display";
import { abbreviateArray, displayValue } from "../../src/lab/displayValue";
import { syntheticImages } from "../../src/dataset/synthetic";
import { createNetwork } from "../../src/network/shape";
import { createTable } from "../../src/present/table/table";

/** The bundle of a value that is shown at once. */
function bundleOf(value: unknown): MimeBundle {
  const bundle = displayValue(value);
  if (bundle instanceof Promise) throw new Error("this value takes its time");
  return bundle ?? {};
}

function textOf(value: unknown): unknown {
  return bundleOf(value)["text/plain"];
}

describe("displayValue", () => {
  test("shows a matrix as a table whose middle is left out", () => {
    const text = String(textOf(createMatrix(1000, 784)));
    expect(text.split("\n")[0]).toBe("matrix of 1000 × 784");
    expect(text.split("\n").length).toBeLessThan(30);
    expect(text).toContain("…");
  });

  test("tells size, range and mean of a typed array, and its ends", () => {
    expect(textOf(Float64Array.from({ length: 784 }, (_, i) => i / 4))).toBe(
      "Float64Array(784), 0 to 195.75, mean 97.875\n" +
        "[0, 0.25, 0.5, 0.75, 1, 1.25, …, 194.5, 194.75, 195, 195.25, 195.5, 195.75]",
    );
    expect(textOf(Float64Array.of(1, NaN))).toBe(
      "Float64Array(2), 1 to 1, mean 1, 1 not finite\n[1, NaN]",
    );
    expect(textOf(new Uint8Array(0))).toBe("Uint8Array(0) []");
  });

  test("describes ten million numbers in one pass, typed or plain", () => {
    const many = new Float64Array(1e7);
    many[3] = 2;
    const list = new Array<number>(1e7).fill(0);
    expect(textOf(many)).toMatch(/^Float64Array\(10\u202f000\u202f000\), 0 to 2, mean 2e-7\n/);
    expect(textOf(list)).toMatch(/^Array\(10\u202f000\u202f000\), 0 to 0, mean 0\n\[0, 0, /);
    expect(textOf([...new Array<number>(100).fill(0), "x"])).toBeUndefined();
  });

  test("shows a run in a sentence, with the ends of its rows", () => {
    const rows = Array.from({ length: 50 }, (_, point) => ({ point, margin: point / 2 }));
    const text = String(
      textOf({ kind: "finished", rows, experiment: { kind: "agreement" }, folder: "results/x" }),
    );
    expect(text.split("\n")[0]).toBe("agreement, finished: 50 rows, stored in results/x");
    expect(text.split("\n").length).toBeLessThan(20);
    expect(textOf({ kind: "interrupted", rows: [] })).toContain("run, interrupted: 0 rows");
  });

  test("says what the numbers of an agreement run claim, and for which inputs its bounds hold", () => {
    const experiment = { kind: "classification", domain: "pixels" };
    const text = textOf({ kind: "finished", rows: [agreementRow(3)], experiment });
    expect(text).toMatch(/bound: proved for every input of the points' regions in \[0, 1\]/);
    expect(text).toMatch(/margin .*\n.*attained, logits/);
  });

  test("shows a figure that is plain JSON of Plotly", async () => {
    const bundle = await displayValue({
      data: [{ type: "bar", y: [1, 2] }],
      layout: { title: { text: "Bars" } },
    });
    expect(bundle?.["text/plain"]).toBe("Bars");
    expect(bundle?.["application/vnd.plotly.v1+json"]).toMatchObject({ data: [{ type: "bar" }] });
  });

  test("shows a table, and a frame of danfojs whose prototype was never mended", () => {
    expect(textOf(createTable({ a: [1] }))).toContain("0  1");
    const frame = {
      $isSeries: false,
      values: [[1.5]],
      columns: ["a"],
      index: [0],
      dtypes: ["float32"],
    };
    expect(bundleOf(frame)["text/html"]).toContain("1.5");
  });

  test("shows a network as its layers, with counts", () => {
    const weights = createMatrix(2, 3);
    const network = createNetwork("tiny", 3, [
      { kind: "dense", weights, bias: new Float64Array(2) },
      { kind: "relu" },
    ]);
    const lines = String(textOf(network)).split("\n");
    expect(lines[0]).toBe("network tiny: 3 inputs, 2 outputs, 8 parameters");
    expect(lines.slice(-2)).toEqual([
      "    1  dense        2           8",
      "    2  relu         2           0",
    ]);
  });

  test("shows a data set as a sentence and its first images with their labels", () => {
    const dataset = syntheticImages({ count: 12, seed: 1 });
    expect(textOf(dataset)).toMatch(/^\S+: 12 images of \d+ × \d+ pixels, \d+ classes \(/);
    const html = String(bundleOf(dataset)["text/html"]);
    expect(html.match(/<img/g)).toHaveLength(10);
    expect(html).toContain(`>9: ${dataset.labels[9]}<`);
  });

  test("leaves every other value to others", () => {
    for (const value of [
      undefined,
      null,
      1,
      "x",
      {},
      [1, 2],
      new DataView(new ArrayBuffer(1)),
      { rows: 1, columns: 2, data: new Float64Array(3) },
    ]) {
      expect(displayValue(value)).toBeUndefined();
    }
  });
});

describe("abbreviateArray", () => {
  test("keeps the ends of a long typed array, and leaves short ones and other values", () => {
    expect(abbreviateArray(Float64Array.from({ length: 784 }, (_, i) => i / 3))).toBe(
      "Float64Array(784) [ 0, 0.333333, 0.666667, …, 260.333, 260.667, 261 ]",
    );
    expect(abbreviateArray(new Float64Array(5))).toBeUndefined();
    expect(abbreviateArray([1, 2, 3])).toBeUndefined();
  });
});
