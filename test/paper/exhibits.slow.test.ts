import { InvariantError } from "../../src/errors";
import { namedRun } from "../../src/experiment/namedRuns";
import type { AppMaxRow } from "../../src/experiment/variant/runAppMax";
import { loadNetwork } from "../../src/network/load";
import type { Network } from "../../src/network/network";
import { RECHECK_RELATIVE } from "../../src/numeric/tolerance";
import { createRandom } from "../../src/numeric/random";
import { judgeFigure1 } from "../../src/paper/figure1";
import { judgeFigure3, resampleRows } from "../../src/paper/figure3";
import { figure4, judgeFigure4 } from "../../src/paper/figure4";
import { compareWithStored } from "../../src/paper/recheck";
import {
  describeSample,
  describeTestImages,
  sixteenBitSample,
  type RowSource,
} from "../../src/paper/rowSource";
import { judgeTable1, runTable1 } from "../../src/paper/table1";
import { judgeTable2, loadTable2, table2 } from "../../src/paper/table2";
import { judgeTable3, loadTable3, table3 } from "../../src/paper/table3";
import {
  compareQuantisers,
  judgeTable4,
  loadTable4,
  quantiserFrame,
  table4,
} from "../../src/paper/table4";
import { randomDenseNetwork } from "../network/randomNetwork";

const named = (name: string): Network => ({
  ...randomDenseNetwork([4, 3, 2], createRandom(1)),
  name,
});

function row(point: number, maximum: number, more: Partial<AppMaxRow> = {}): AppMaxRow {
  return {
    point,
    label: 0,
    error: maximum / 2,
    maximum,
    upperBound: maximum,
    gap: 0,
    iterations: 1,
    milliseconds: 1,
    solver: "none",
    status: "certified",
    rowsGenerated: 0,
    violation: 0,
    ...more,
  };
}

/** Stored rows as a test wants them: run name → maxima. */
const sourceOf =
  (maxima: Readonly<Record<string, readonly number[]>>): RowSource =>
  (run) =>
    (maxima[run] ?? []).map((maximum, point) => row(point, maximum));

describe("sixteenBitSample", () => {
  test("takes the run with most rows", () => {
    const source = sourceOf({ "net1-half-mnist": [1, 2], "net1-half-mnist-test": [3, 4, 5] });
    expect(sixteenBitSample(named("net1"), source).run).toBe("net1-half-mnist-test");
    expect(sixteenBitSample(named("net1"), sourceOf({})).rows).toEqual([]);
  });
});

describe("describeSample", () => {
  test("says how many points of how many, how chosen and how far proved", () => {
    const rows = [row(1, 1), row(2, 1, { reason: "x" }), row(3, 1, { status: "uncertified" })];
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
    const result = await runTable1({ ...small, name: "net1" }, "mnist-embedded");
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
    const last = judgeTable1(result).at(-1);
    expect(last?.what).toMatch(/grow more than tenfold/);
  });

  test("prints nothing of the paper's for a network that the paper does not print", async () => {
    const small = randomDenseNetwork([784, 6, 10], createRandom(3));
    const result = await runTable1({ ...small, name: "net2" }, "mnist-embedded");
    const procedures = result.rows.map(({ procedure }) => procedure);
    expect(procedures).not.toContain("paper's, printed");
    expect(judgeTable1(result)).toEqual([]);
  });
});

describe("loadTable2", () => {
  test("has six precisions of both nets on all 10,000 test images", async () => {
    const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
    const result = loadTable2(networks);
    expect(result.rows.map(({ bits }) => bits)).toEqual([32, 16, 12, 8, 6, 4, 32, 16, 12, 8, 6, 4]);
    expect(new Set(result.rows.map(({ points }) => points))).toEqual(new Set([10000]));
    expect(table2(result).shape).toEqual([12, 6]);
    expect(judgeTable2(result)).toHaveLength(16);
  });

  test("says which command computes what is missing", async () => {
    const network = await loadNetwork("net1");
    expect(() => loadTable2([network], "/nowhere")).toThrow(/`roundlab accuracy --network net1/);
  });
});

describe("loadTable3", () => {
  test("leaves out a network without rows, and says so", () => {
    const result = loadTable3([named("net1"), named("net2")], sourceOf({ "net1-half-mnist": [2] }));
    expect(result.networks.map(({ name }) => name)).toEqual(["net1"]);
    expect(result.sample).toMatch(/net2: no rows stored yet/);
    expect(table3(result).shape[0]).toBe(2);
    expect(judgeTable3(result).map(({ what }) => what)).not.toContain("E_T of net2");
  });

  test("finds the growth over polytopes smaller for net2 only where it is", () => {
    const growth = (net1: number, net2: number) => {
      const source: RowSource = (run) =>
        run.endsWith("half-mnist") || run === "net2-half-mnist-test"
          ? [row(0, run.startsWith("net1") ? net1 : net2, { error: 1 })]
          : [];
      return judgeTable3(loadTable3([named("net1"), named("net2")], source)).at(-1)?.ours;
    };
    expect(growth(4, 1.1)).toBe("yes");
    expect(growth(4, 3)).toBe("no");
  });
});

describe("loadTable4", () => {
  const paper = {
    "net1-half-mnist-test": [1, 2, 3],
    "net1-paper-12-mnist-test": [10, 20],
    "net1-paper-4-mnist-test": [100, 200, 300],
  };

  test("takes the points that every stored width has, and says which widths have none", () => {
    const result = loadTable4(named("net1"), "paper", sourceOf(paper));
    expect(result.widths.map(({ bits, rows }) => [bits, rows.length])).toEqual([
      [16, 2],
      [12, 2],
      [4, 2],
    ]);
    expect(result.sample).toMatch(
      /^2 of the 10\u202f000 .* At 8, 6 bits too few rows are stored yet .*net1-paper-8-mnist/,
    );
    expect(table4(result).shape[0]).toBe(6);
    expect(judgeTable4(result).at(-1)?.ours).toBe("yes");
  });

  test("leaves out a width that has just begun while others have many rows", () => {
    const many = Array.from({ length: 30 }, (_, index) => 1 + index);
    const source = sourceOf({
      "net1-half-mnist-test": many,
      "net1-paper-12-mnist-test": many.map((value) => 10 * value),
      "net1-paper-8-mnist-test": [100],
    });
    const result = loadTable4(named("net1"), "paper", source);
    expect(result.widths.map(({ bits, rows }) => [bits, rows.length])).toEqual([
      [16, 30],
      [12, 30],
    ]);
  });

  test("finds out where errors do not grow as bits fall", () => {
    const source = sourceOf({ ...paper, "net1-paper-4-mnist-test": [5, 6, 7] });
    expect(judgeTable4(loadTable4(named("net1"), "paper", source)).at(-1)?.ours).toBe("no");
  });

  test("has both quantisers side by side on common points", () => {
    const source = sourceOf({ ...paper, "net1-corrected-12-mnist-test": [5] });
    const [ours, corrected] = (["paper", "corrected"] as const).map((behaviour) =>
      loadTable4(named("net1"), behaviour, source),
    );
    const rows = compareQuantisers(ours, corrected);
    expect(rows.map(({ bits, points }) => [bits, points])).toEqual([[12, 1]]);
    expect(rows[0].corrected.mean_E_Xi / rows[0].paper.mean_E_Xi).toBe(0.5);
    expect(quantiserFrame("net1", rows).shape[0]).toBe(1);
    expect(figure4(ours, corrected).data.length).toBeGreaterThan(figure4(ours).data.length);
  });

  test("says that nothing is stored instead of failing", () => {
    const result = loadTable4(named("net1"), "corrected", sourceOf({}));
    expect(result.widths).toEqual([]);
    expect(quantiserFrame("net1", []).column("note").values[0]).toMatch(/net1-corrected-12/);
  });
});

describe("judgeFigure1", () => {
  test("tells histograms that lie apart from those that do not", () => {
    const rows = [row(0, 3, { error: 1 }), row(1, 5, { error: 2 }), row(2, 4, { error: 1 })];
    const near = rows.map((one) => ({ ...one, error: 0.9 * one.maximum }));
    const networks = [
      { name: "net1", rows },
      { name: "net2", rows: near },
    ];
    const verdicts = judgeFigure1({ networks, sample: "" }).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(["agrees", "agrees"]);
  });
});

describe("judgeFigure4", () => {
  test("finds out where a part of the distribution does not rise", () => {
    const load = (twelve: readonly number[]) =>
      loadTable4(
        named("net1"),
        "paper",
        sourceOf({ "net1-half-mnist-test": [1, 2, 3], "net1-paper-12-mnist-test": twelve }),
      );
    expect(judgeFigure4(load([4, 5, 6]))[0].ours).toBe("yes");
    expect(judgeFigure4(load([0.5, 5, 6]))[0].ours).toBe("no");
  });
});

describe("judgeFigure3", () => {
  test("gives the share of the worst that a sample of 500 finds", () => {
    const rows = Array.from({ length: 600 }, (_, point) => row(point, 1 + point));
    const findings = judgeFigure3([resampleRows("small", rows)]);
    expect(findings.map(({ ours }) => ours)).toEqual(["100\u202f%", "100\u202f%"]);
    expect(judgeFigure3([resampleRows("small", rows.slice(0, 100))])).toEqual([]);
  });
});

describe("compareWithStored", () => {
  test("compares the points that are in both, certified ones only", () => {
    const stored = [row(1, 2), row(2, 3), row(3, 4, { status: "uncertified" })];
    const live = [row(2, 3 + 1e-10), row(3, 5), row(9, 1)];
    const found = compareWithStored("run", stored, live);
    expect(found.map(({ point }) => point)).toEqual([2]);
    expect(found[0].difference).toBeCloseTo(1e-10 / 3, 13);
  });

  test("refuses a maximum that has moved, naming the point", () => {
    expect(() => compareWithStored("run", [row(1, 2)], [row(1, 2.1)])).toThrow(InvariantError);
    expect(() => compareWithStored("run", [row(1, 2)], [row(1, 2.1)])).toThrow(
      /point 1 of run is stored as 2, but comes out as 2.1 now/,
    );
  });
});
