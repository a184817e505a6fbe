import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureAccuracy } from "../../src/analyse/accuracy";
import { createTwins } from "../../src/analyse/twin";
import { openPoints } from "../../src/dataset/openPoints";
import { inputAt, knownLabel, points } from "../../src/dataset/pointSet";
import { ArgumentError, ShapeError } from "../../src/errors";
import { runAccuracy } from "../../src/experiment/variant/runAccuracy";
import { compare } from "../../src/lab/compare";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { formatNpy } from "../../src/numeric/npy";
import { npyOfLabels } from "./npyFile";

// Takes the larger of two inputs for the class; its twin has the first halved.
const dense = (first: number) =>
  createNetwork("larger", 2, [
    {
      kind: "dense",
      weights: createMatrix(2, 2, Float64Array.of(first, 0, 0, 1)),
      bias: new Float64Array(2),
    },
  ]);
const network = dense(1);
const approximated = dense(0.5);
const ROWS = [Float64Array.of(3, 2), Float64Array.of(0.5, 1), Float64Array.of(5, -1)];

const folder = mkdtempSync(join(tmpdir(), "roundlab-points-"));
const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("openPoints", () => {
  test("reads points and labels of NumPy files", async () => {
    const path = file("own.npy", formatNpy(ROWS, 2));
    const set = await openPoints(path, { labels: file("labels.npy", npyOfLabels([0, 1, 1])) });
    expect(set).toMatchObject({ name: "own.npy", count: 3, inputs: 2, labels: [0, 1, 1] });
    expect(inputAt(set, 1)).toEqual(ROWS[1]);
    expect(knownLabel(set, 2)).toBe(1);
  });

  test("takes what one point has in the order of the file, whatever its axes", async () => {
    const flat = Buffer.from(formatNpy([Float64Array.of(1, 2, 3, 4)], 4)).toString("latin1");
    const image = Buffer.from(flat.replace("(1, 4), }      ", "(1,1,2,2), }   "), "latin1");
    const set = await openPoints(file("image.npy", image));
    expect([...inputAt(set, 0)]).toEqual([1, 2, 3, 4]);
  });

  test("refuses a vector, labels of a named data set, and a file that is not there", async () => {
    await expect(openPoints(file("flat.npy", npyOfLabels([1, 2])))).rejects.toThrow(ShapeError);
    const labels = file("labels.npy", npyOfLabels([0]));
    await expect(openPoints("mnist-embedded", { labels })).rejects.toThrow(/has its own/);
    await expect(openPoints(join(folder, "none.npy"))).rejects.toThrow(/there is no file/);
  });
});

describe("points with labels", () => {
  const own = points(ROWS, { labels: [0, 1, 1] });

  test("have another checksum, and are refused with labels that are no classes", () => {
    expect(own.checksum).not.toBe(points(ROWS).checksum);
    expect(own.checksum).not.toBe(points(ROWS, { labels: [0, 1, 0] }).checksum);
    expect(() => points(ROWS, { labels: [0, 1] })).toThrow(/3 points but 2 labels/);
    expect(() => points(ROWS, { labels: [0, 1, -1] })).toThrow(/label 2 is -1/);
  });

  test("give accuracies by measureAccuracy, runAccuracy and compare alike", async () => {
    expect(await measureAccuracy(network, own, [0, 1, 2])).toMatchObject({ correct: 2 });
    const run = { network, approximated, dataset: own };
    const { rows } = await runAccuracy({ ...run, approximation: "halved" }, { workers: 1 });
    expect(rows.map(({ classes, correct }) => [classes, correct])).toEqual([[[1, 1, 0], 1]]);
    const seen = await compare(createTwins(network, approximated), own);
    expect(seen).toMatchObject({ accuracy: 2 / 3, approximatedAccuracy: 1 / 3, disagreeing: [0] });
    expect([seen.largestError, seen.worstPoint]).toEqual([2.5, 2]);
  });

  test("are needed for accuracies, and compare does without", async () => {
    const bare = points(ROWS);
    await expect(measureAccuracy(network, bare, [0])).rejects.toThrow(ArgumentError);
    const run = { network, approximated, dataset: bare, approximation: "halved" };
    await expect(runAccuracy(run)).rejects.toThrow(/have no labels/);
    const seen = await compare(createTwins(network, approximated), bare);
    expect(seen).toMatchObject({ accuracy: null, approximatedAccuracy: null, disagreeing: [0] });
  });
});
