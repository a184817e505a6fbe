import { measureAccuracy } from "../../src/analyse/accuracy";
import { createDataset } from "../../src/dataset/createDataset";
import { checkDataset, pointOf, type Dataset } from "../../src/dataset/dataset";
import { checkPoints } from "../../src/dataset/pointSet";
import { ArgumentError, ShapeError } from "../../src/errors";
import { runAccuracy } from "../../src/experiment/variant/runAccuracy";
import { runAppMax } from "../../src/experiment/variant/runAppMax";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { smallDataset, smallRun } from "../experiment/smallRun";

const parts = {
  name: "own",
  rows: 1,
  columns: 2,
  pixels: [0, 255, 51, 102],
  labels: [1, 0],
};

/**
 * Gives image k, whose pixels are all k / 255, the logits 0 and 1e308 · 2 · k: a number for k = 0
 * alone.
 */
const overflowing = createNetwork("large", 2, [
  {
    kind: "dense",
    weights: createMatrix(2, 2, Float64Array.of(0, 0, 1.7e308, 1.7e308)),
    bias: new Float64Array(2),
  },
]);

describe("createDataset", () => {
  test("makes points of byte / 255 and counts classes", () => {
    const dataset = createDataset(parts);
    expect(dataset).toMatchObject({ name: "own", count: 2, classCount: 2 });
    expect(Array.from(pointOf(dataset, 1))).toEqual([0.2, 0.4]);
  });

  test.each([
    [
      "a share of 255",
      { pixels: [0, 255, 0.5, 1] },
      /pixel 0 of image 1 is 0.5, expected a whole number/,
    ],
    ["NaN", { pixels: [0, NaN, 1, 1] }, /pixel 1 of image 0 is NaN/],
    ["256", { pixels: [256, 1, 1, 1] }, /pixel 0 of image 0 is 256/],
    ["a label that is no class", { labels: [0, -1] }, /label 1 is -1/],
    ["a label beyond the classes", { classCount: 1 }, /label 0 is 1, but the classes are 0 to 0/],
  ])("refuses %s by image and place", (_, changed, message) => {
    expect(() => createDataset({ ...parts, ...changed })).toThrow(ArgumentError);
    expect(() => createDataset({ ...parts, ...changed })).toThrow(message);
  });

  test("refuses a data set of no images, and one that does not fit its sizes", () => {
    const empty = { ...parts, pixels: [], labels: [] };
    expect(() => createDataset(empty)).toThrow(/count must be a whole number >= 1, found 0/);
    expect(() => createDataset({ ...parts, columns: 3 })).toThrow(ShapeError);
  });
});

describe("pixels that are no bytes", () => {
  // JavaScript cells and casts get past the types.
  const floats = {
    ...smallDataset(4),
    pixels: Float64Array.from({ length: 64 }, () => 0.5) as unknown as Uint8Array,
  } satisfies Dataset;

  test("are refused at every door, never divided by 255", async () => {
    const message = /its pixels are a Float64Array, expected bytes/;
    expect(() => pointOf(floats, 0)).toThrow(message);
    expect(() => checkDataset(floats)).toThrow(message);
    const run = { ...smallRun([0]), dataset: floats };
    await expect(runAppMax(run)).rejects.toThrow(message);
    await expect(runAccuracy(run)).rejects.toThrow(message);
    await expect(measureAccuracy(run.network, floats, [0])).rejects.toThrow(message);
  });
});

describe("points of a statistic", () => {
  test.each([
    ["none", [], /no point of data set small was asked for/],
    ["one named twice", [3, 1, 3], /point 3 is named twice; every point counts once/],
    ["one beyond the data set", [0, 40], /has points 0 to 39, asked for 40/],
    ["half a one", [0.5], /asked for 0.5/],
  ])("are refused by runs and accuracies: %s", async (_, points, message) => {
    const run = smallRun(points);
    expect(() => checkPoints(run.dataset, points)).toThrow(ArgumentError);
    await expect(runAppMax(run)).rejects.toThrow(message);
    await expect(measureAccuracy(run.network, run.dataset, points)).rejects.toThrow(message);
  });

  test.each([
    ["none", [], /no block of data set small was asked for/],
    ["one named twice", [0, 0], /block 0 is named twice/],
  ])("are refused as blocks too: %s", async (_, blocks, message) => {
    await expect(runAccuracy({ ...smallRun([0]), blocks })).rejects.toThrow(message);
  });
});

describe("logits that are no numbers", () => {
  const dataset = createDataset({ ...parts, pixels: [0, 0, 200, 200], labels: [0, 0] });

  test("are refused with the image and the output, never counted as class 0", async () => {
    const message = /image 1.*output 1 \(dense\) of network large is Infinity/;
    await expect(measureAccuracy(overflowing, dataset, [0, 1])).rejects.toThrow(message);
    const run = { network: overflowing, approximated: overflowing, approximation: "none", dataset };
    await expect(runAccuracy(run, { workers: 1 })).rejects.toThrow(message);
    expect(await measureAccuracy(overflowing, dataset, [0])).toMatchObject({ correct: 1 });
  });

  test("are not asked for images that are no inputs of the network", async () => {
    const run = { ...smallRun([0]), dataset };
    await expect(runAccuracy(run)).rejects.toThrow(/takes 16 inputs, but images of own have 2/);
  });
});
