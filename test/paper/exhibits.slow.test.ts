import { InvariantError } from "../../src/errors";
import { namedRun } from "../../src/experiment/namedRuns";
import { loadNetwork } from "../../src/network/load";
import type { Network } from "../../src/network/network";
import { RECHECK_RELATIVE } from "../../src/numeric/tolerance";
import { createRandom } from "../../src/numeric/random";
import { resampleRows } from "../../src/paper/exhibit/figure3";
import { table3FromRows } from "../../src/paper/exhibit/table3";
import { table4FromRows } from "../../src/paper/exhibit/table4";
import { table2FromRows } from "../../src/paper/exhibit/table2";
import { paper } from "../../src/paper/exhibits";
import { compareQuantisers, quantiserFrame } from "../../src/paper/quantisers";
import { compareWithStored } from "../../src/paper/recheck";
import {
  describeSample,
  describeTestImages,
  sixteenBitSample,
  type RowSource,
} from "../../src/paper/rowSource";
import { randomDenseNetwork } from "../network/randomNetwork";
import { appMaxRow } from "./rows";

const named = (name: string): Network => ({
  ...randomDenseNetwork([4, 3, 2], createRandom(1)),
  name,
});

/** Stored rows as a test wants them: run name → maxima. */
const sourceOf =
  (maxima: Readonly<Record<string, readonly number[]>>): RowSource =>
  (run) =>
    (maxima[run] ?? []).map((maximum, point) => appMaxRow(point, maximum));

describe("sixteenBitSample", () => {
  test("takes the run with most rows", () => {
    const source = sourceOf({ "net1-half-mnist": [1, 2], "net1-half-mnist-test": [3, 4, 5] });
    expect(sixteenBitSample(named("net1"), source).run).toBe("net1-half-mnist-test");
    expect(sixteenBitSample(named("net1"), sourceOf({})).rows).toEqual([]);
  });
});

describe("describeSample", () => {
  test("says how many points of how many, how chosen and how far proved", () => {
    const rows = [
      appMaxRow(1, 1),
      appMaxRow(2, 1, { reason: "x" }),
      appMaxRow(3, 1, { status: "uncertified" }),
    ];
    expect(describeSample({ run: "net1-half-mnist", rows })).toBe(
      `net1: 3 of the 70\u202f000 points of mnist, chosen by seed ${namedRun("net1-half-mnist").seed}; ` +
        "2 certified (1 of them by the fallback solver), 1 uncertified",
    );
  });

  test("says so where the rows are all there are", () => {
    expect(describeTestImages(10000)).toBe("all 10\u202f000 test images, the same at every width");
    expect(describeTestImages(9999)).toMatch(
      /^9999 of the 10\u202f000 test images, chosen by seed/,
    );
  });

  test("names the command that computes rows where there are none", () => {
    expect(describeSample({ run: "net1-half-mnist", rows: [] })).toMatch(
      /no rows stored yet \(`roundlab run net1-half-mnist`\)/,
    );
  });
});

describe("runTable1", () => {
  test("puts the paper's procedure and the sound ones side by side for Net1", async () => {
    const small = randomDenseNetwork([784, 6, 5, 10], createRandom(3));
    const result = await paper.table1.load({
      networks: [{ ...small, name: "net1" }],
      data: "mnist-embedded",
    });
    const procedures = result.rows.filter(({ layer }) => layer === 2).map((one) => one.procedure);
    expect(procedures).toEqual([
      "paper's, printed",
      "paper's, ours computed",
      "sound, Eq. 12",
      "sound, exact",
    ]);
    const width = (procedure: string): number => {
      const { widest } = result.rows.filter((one) => one.procedure === procedure)[2];
      return widest[1] - widest[0];
    };
    // Both are widened by their own rounding error.
    expect(width("sound, exact") / width("sound, Eq. 12")).toBeLessThan(1 + RECHECK_RELATIVE);
    const last = paper.table1.judge(result).at(-1);
    expect(last?.what).toMatch(/grow more than tenfold/);
  });

  test("prints nothing of the paper's for a network that the paper does not print", async () => {
    const small = randomDenseNetwork([784, 6, 10], createRandom(3));
    const result = await paper.table1.load({
      networks: [{ ...small, name: "net2" }],
      data: "mnist-embedded",
    });
    const procedures = result.rows.map(({ procedure }) => procedure);
    expect(procedures).not.toContain("paper's, printed");
    expect(paper.table1.judge(result)).toEqual([]);
  });
});

describe("loadTable2", () => {
  test("has six precisions of both nets on all 10,000 test images", async () => {
    const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
    const result = table2FromRows(networks);
    expect(result.rows.map(({ bits }) => bits)).toEqual([32, 16, 12, 8, 6, 4, 32, 16, 12, 8, 6, 4]);
    expect(new Set(result.rows.map(({ points }) => points))).toEqual(new Set([10000]));
    expect(paper.table2.frame(result).shape).toEqual([12, 6]);
    expect(paper.table2.judge(result)).toHaveLength(16);
  });

  test("says which command computes what is missing", async () => {
    const network = await loadNetwork("net1");
    expect(() => table2FromRows([network], "/nowhere")).toThrow(
      /`roundlab accuracy --network net1/,
    );
  });
});

describe("loadTable3", () => {
  test("leaves out a network without rows, and says so", () => {
    const result = table3FromRows(
      [named("net1"), named("net2")],
      sourceOf({ "net1-half-mnist": [2] }),
    );
    expect(result.networks.map(({ name }) => name)).toEqual(["net1"]);
    expect(result.sample).toMatch(/net2: no rows stored yet/);
    expect(paper.table3.frame(result).shape[0]).toBe(1);
    expect(paper.table3.judge(result).map(({ what }) => what)).not.toContain("E_T of net2");
  });

  test("finds the growth over polytopes smaller for net2 only where it is", () => {
    const growth = (net1: number, net2: number) => {
      const source: RowSource = (run) =>
        run.endsWith("half-mnist") || run === "net2-half-mnist-test"
          ? [appMaxRow(0, run.startsWith("net1") ? net1 : net2, { error: 1 })]
          : [];
      return paper.table3.judge(table3FromRows([named("net1"), named("net2")], source)).at(-1)
        ?.ours;
    };
    expect(growth(4, 1.1)).toBe("yes");
    expect(growth(4, 3)).toBe("no");
  });
});

describe("loadTable4", () => {
  const stored = {
    "net1-half-mnist-test": [1, 2, 3],
    "net1-paper-12-mnist-test": [10, 20],
    "net1-paper-4-mnist-test": [100, 200, 300],
  };

  test("takes the points that every stored width has, and says which widths have none", () => {
    const result = table4FromRows(named("net1"), "paper", sourceOf(stored));
    expect(result.widths.map(({ bits, rows }) => [bits, rows.length])).toEqual([
      [16, 2],
      [12, 2],
      [4, 2],
    ]);
    expect(result.sample).toMatch(
      /^2 of the 10\u202f000 .* At 8, 6 bits too few rows are stored yet .*net1-paper-8-mnist/,
    );
    expect(paper.table4.frame(result).shape[0]).toBe(3);
    expect(paper.table4.judge(result).at(-1)?.ours).toBe("yes");
  });

  test("leaves out a width that has just begun while others have many rows", () => {
    const many = Array.from({ length: 30 }, (_, index) => 1 + index);
    const source = sourceOf({
      "net1-half-mnist-test": many,
      "net1-paper-12-mnist-test": many.map((value) => 10 * value),
      "net1-paper-8-mnist-test": [100],
    });
    const result = table4FromRows(named("net1"), "paper", source);
    expect(result.widths.map(({ bits, rows }) => [bits, rows.length])).toEqual([
      [16, 30],
      [12, 30],
    ]);
  });

  test("finds out where errors do not grow as bits fall", () => {
    const source = sourceOf({ ...stored, "net1-paper-4-mnist-test": [5, 6, 7] });
    expect(paper.table4.judge(table4FromRows(named("net1"), "paper", source)).at(-1)?.ours).toBe(
      "no",
    );
  });

  test("has both quantisers side by side on common points", () => {
    const source = sourceOf({ ...stored, "net1-corrected-12-mnist-test": [5] });
    const [ours, corrected] = (["paper", "corrected"] as const).map((behaviour) =>
      table4FromRows(named("net1"), behaviour, source),
    );
    const rows = compareQuantisers(ours, corrected);
    expect(rows.map(({ bits, points }) => [bits, points])).toEqual([[12, 1]]);
    expect(rows[0].corrected.mean_E_Xi / rows[0].paper.mean_E_Xi).toBe(0.5);
    expect(quantiserFrame("net1", rows).shape[0]).toBe(1);
    const bare = { ...corrected, widths: [] };
    const { figure } = paper.figure4;
    expect(figure({ paper: ours, corrected }).data.length).toBeGreaterThan(
      figure({ paper: ours, corrected: bare }).data.length,
    );
  });

  test("says that nothing is stored instead of failing", () => {
    const result = table4FromRows(named("net1"), "corrected", sourceOf({}));
    expect(result.widths).toEqual([]);
    expect(quantiserFrame("net1", []).column("note").values[0]).toMatch(/net1-corrected-12/);
  });
});

describe("judgeFigure1", () => {
  test("tells histograms that lie apart from those that do not", () => {
    const rows = [
      appMaxRow(0, 3, { error: 1 }),
      appMaxRow(1, 5, { error: 2 }),
      appMaxRow(2, 4, { error: 1 }),
    ];
    const near = rows.map((one) => ({ ...one, error: 0.9 * one.maximum }));
    const networks = [
      { name: "net1", rows },
      { name: "net2", rows: near },
    ];
    const found = paper.figure1.judge({ networks, sample: "" });
    expect(found.map(({ ours }) => ours)).toEqual(["yes", "no"]);
    // A picture prints no number that ours could agree with.
    expect(found.map(({ basis }) => basis)).toEqual(["none", "none"]);
  });
});

describe("judgeFigure4", () => {
  test("finds out where a part of the distribution does not rise", () => {
    const judge = (twelve: readonly number[]) => {
      const rows = { "net1-half-mnist-test": [1, 2, 3], "net1-paper-12-mnist-test": twelve };
      const result = table4FromRows(named("net1"), "paper", sourceOf(rows));
      const corrected = table4FromRows(named("net1"), "corrected", sourceOf({}));
      return paper.figure4.judge({ paper: result, corrected });
    };
    expect(judge([4, 5, 6])[0].ours).toBe("yes");
    expect(judge([0.5, 5, 6])[0].ours).toBe("no");
  });
});

describe("judgeFigure3", () => {
  test("gives the share of the worst that a sample of 500 finds", () => {
    const rows = Array.from({ length: 600 }, (_, point) => appMaxRow(point, 1 + point));
    const findings = paper.figure3.judge([resampleRows("small", rows)]);
    expect(findings.map(({ ours }) => ours)).toEqual(["100\u202f%", "100\u202f%"]);
    expect(paper.figure3.judge([resampleRows("small", rows.slice(0, 100))])).toEqual([]);
  });
});

describe("compareWithStored", () => {
  test("compares the points that are in both, certified ones only", () => {
    const stored = [appMaxRow(1, 2), appMaxRow(2, 3), appMaxRow(3, 4, { status: "uncertified" })];
    const live = [appMaxRow(2, 3 + 1e-10), appMaxRow(3, 5), appMaxRow(9, 1)];
    const found = compareWithStored("run", stored, live);
    expect(found.map(({ point }) => point)).toEqual([2]);
    expect(found[0].difference).toBeCloseTo(1e-10 / 3, 13);
  });

  test("refuses a maximum that has moved, naming the point", () => {
    expect(() => compareWithStored("run", [appMaxRow(1, 2)], [appMaxRow(1, 2.1)])).toThrow(
      InvariantError,
    );
    expect(() => compareWithStored("run", [appMaxRow(1, 2)], [appMaxRow(1, 2.1)])).toThrow(
      /point 1 of run is stored as 2, but comes out as 2.1 now/,
    );
  });
});
