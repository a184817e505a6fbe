import { createPolytopeWorkspace } from "../../src/analyse/polytope";
import { appMax as solveAt } from "../../src/analyse/appMax";
import { createTwins } from "../../src/analyse/twin";
import { inputAt, knownLabel, points } from "../../src/dataset/pointSet";
import { rangeOf } from "../../src/dataset/rangeOf";
import { ArgumentError, ShapeError } from "../../src/errors";
import { createEngines } from "../../src/experiment/backend/engines";
import { runAgreement } from "../../src/experiment/variant/runAgreement";
import { runAppMax } from "../../src/experiment/variant/runAppMax";
import { appMax } from "../../src/lab/appMax";
import { appMaxTable } from "../../src/lab/appMaxTables";
import { loadKernels } from "../../src/numeric/loadKernels";
import { renderText } from "../../src/present/table/showTable";
import { smallRun } from "../experiment/smallRun";

const ROWS = [0.25, 1 / 3].map((first) =>
  Float64Array.from({ length: 16 }, (_, i) => first + i / 64),
);

describe("points", () => {
  test("are the numbers they were made of, without labels", () => {
    const own = points(ROWS, { name: "two" });
    expect(own).toMatchObject({ name: "two", count: 2, inputs: 16, origin: "made by hand" });
    expect(inputAt(own, 1)).toEqual(ROWS[1]);
    expect(knownLabel(own, 1)).toBeNull();
    expect(rangeOf(own)).toEqual({ lower: ROWS[0], upper: ROWS[1] });
    const labelled = points(ROWS, { labels: [4, 7] });
    expect(rangeOf(labelled, { label: 7 })).toEqual({ lower: ROWS[1], upper: ROWS[1] });
    expect(() => rangeOf(labelled, { label: 5 })).toThrow(/no point of points is of class 5/);
    expect(points(ROWS).checksum).toBe(own.checksum);
    expect(points([...ROWS].reverse()).checksum).not.toBe(own.checksum);
  });

  test("are refused where they are none, of different lengths, or no numbers", () => {
    expect(() => points([])).toThrow(ShapeError);
    expect(() => points([[]])).toThrow(/there is no point with a value/);
    expect(() => points([[1, 2], [3]])).toThrow(/point 1 has 1 values, point 0 has 2/);
    expect(() =>
      points([
        [1, 2],
        [3, NaN],
      ]),
    ).toThrow(/value 1 of point 1 is NaN/);
    expect(() => inputAt(points(ROWS), 2)).toThrow(/are 0 to 1, asked for 2/);
  });
});

describe("runs on points of one's own", () => {
  const { network, approximated } = smallRun([]);
  const run = { network, approximated, approximation: "test", dataset: points(ROWS) };

  test("give the numbers of appMax at each of them, and say that they have no label", async () => {
    const { rows } = await runAppMax({ ...run, points: [0, 1] }, { workers: 1 });
    const workspace = createPolytopeWorkspace(createTwins(network, approximated), loadKernels());
    const engines = await createEngines("auto");
    rows.forEach((row, point) => {
      const { error, status } = solveAt(workspace, ROWS[point], engines);
      expect(row).toMatchObject({ point, label: null, error, status });
    });
    expect(renderText(appMaxTable(rows))).toMatch(/0 {2}–/);
    const agreement = await runAgreement({ ...run, points: [1] }, { workers: 1 });
    expect(agreement.rows[0]).toMatchObject({ point: 1, label: null });
  });

  test("are one call in a notebook, as those of a data set", async () => {
    const twins = createTwins(network, approximated);
    const { rows } = await appMax(twins, points(ROWS), { points: "all", approximation: "test" });
    expect(rows.map(({ point }) => point)).toEqual([0, 1]);
  });

  test("look at every point beforehand, for numbers may lie outside of any domain", async () => {
    const outside = points([ROWS[0], ROWS[1].map((value) => 2 * value)], { name: "far" });
    await expect(runAppMax({ ...run, dataset: outside, points: [0, 1] })).rejects.toThrow(
      /point 1 of far: value \d+ of the point is .*, outside the domain \[0, 1\]/,
    );
    const seen = await runAppMax({ ...run, dataset: outside, points: [1], domain: "data" });
    expect(seen.rows[0].status).toBe("certified");
  });

  test("are refused for a network that takes another number of values", async () => {
    const short = { ...run, dataset: points([[1, 2]], { name: "short" }), points: [0] };
    await expect(runAppMax(short)).rejects.toThrow(ArgumentError);
    await expect(runAppMax(short)).rejects.toThrow(
      /takes 16 inputs, but points of short have 2 values/,
    );
  });
});
