import { PINNED_DATA } from "../../src/dataset/pinnedData";
import { summariseAgreement } from "../../src/experiment/variant/agreementSummary";
import { findRows, loadRun, orderOfRun, storedExperiments } from "../../src/experiment/loadRuns";
import { ALL_RUNS, namedRun } from "../../src/experiment/namedRuns";
import { samplePoints } from "../../src/experiment/points";
import type { AgreementRow } from "../../src/experiment/variant/runAgreement";
import type { PointRow } from "../../src/experiment/runPoints";
import { readRows } from "../../src/experiment/store/store";
import type { AppMaxRow } from "../../src/experiment/variant/runAppMax";
import { summarise } from "../../src/experiment/variant/summary";
import { loadNetwork } from "../../src/network/load";
import { CERTIFIED_RELATIVE_GAP, TIE } from "../../src/numeric/tolerance";
import { table4FromRows } from "../../src/paper/exhibit/table4";
import { table5FromRows } from "../../src/paper/exhibit/table5";
import { resampleRows } from "../../src/paper/exhibit/figure3";

const named = storedExperiments().map(({ folder, experiment }) => ({
  name: `${experiment.network}, ${experiment.approximation}, ${experiment.dataset}`,
  kind: experiment.kind,
  folder,
}));
const stored = named.filter(({ kind }) => kind === "appmax");
const classes = named.filter(({ kind }) => kind === "classification");

/**
 * Points that a run which was ended may leave open before the last one it finished: those of its
 * other threads.
 */
const IN_FLIGHT = 64;

describe("the stored rows", () => {
  test("are there", () => {
    expect(stored.length).toBeGreaterThanOrEqual(6);
  });

  test.each(stored)("of $name keep error ≤ maximum ≤ upperBound, each point once", ({ folder }) => {
    const rows = readRows<AppMaxRow>(folder);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ point }) => point)).size).toBe(rows.length);
    const broken = rows.filter(
      ({ error, maximum, upperBound, gap, status }) =>
        !(0 <= error && error <= maximum && maximum <= upperBound) ||
        (status === "certified" && !(gap <= CERTIFIED_RELATIVE_GAP)),
    );
    expect(broken).toEqual([]);
    const { E_T, E_Xi, mean_E_T, mean_E_Xi } = summarise(rows);
    expect(E_T).toBeLessThanOrEqual(E_Xi);
    expect(mean_E_T).toBeLessThanOrEqual(E_T);
    expect(mean_E_Xi).toBeLessThanOrEqual(E_Xi);
    expect(mean_E_T).toBeLessThanOrEqual(mean_E_Xi);
  });

  test.each(classes)(
    "of classes of $name keep margin ≤ marginBound and distanceBound ≤ distance",
    ({ folder }) => {
      const rows = readRows<AgreementRow>(folder);
      expect(new Set(rows.map(({ point }) => point)).size).toBe(rows.length);
      const broken = rows.filter((row) => {
        const { verdict, margin, marginBound, distance, distanceBound, decided, programs } = row;
        const isOrdered = margin <= marginBound && 0 <= (distanceBound ?? Infinity);
        const isNear = distance !== null && distanceBound !== null && distanceBound <= distance;
        switch (verdict) {
          case "disagrees":
            return !(isOrdered && margin >= -TIE && isNear);
          case "agrees":
            return !(isOrdered && marginBound <= 0 && distance === null && decided === programs);
          case "undecided":
            return !(isOrdered && margin < 0 && distance === null && decided < programs);
        }
      });
      expect(broken).toEqual([]);
      const { points, disagree, agree, undecided } = summariseAgreement(rows);
      expect(disagree + agree + undecided).toBe(points);
    },
  );

  test("of every named run are the first points of its order, none passed over", async () => {
    const networks = await Promise.all(["net1", "net2"].map((name) => loadNetwork(name)));
    let checked = 0;
    for (const run of ALL_RUNS) {
      const network = networks.find(({ name }) => name === run.network);
      const found = network === undefined ? undefined : findRows<PointRow>(run, network);
      if (found === undefined) continue;
      const points = readRows<PointRow>(found.folder).map(({ point }) => point);
      if (run.openOf !== undefined) continue;
      const order = samplePoints(run.points, run.seed, PINNED_DATA[run.data].count);
      const first = new Set(order.slice(0, points.length + IN_FLIGHT));
      expect(points.filter((point) => !first.has(point))).toEqual([]);
      expect(found.rows.length).toBeGreaterThan(points.length - IN_FLIGHT);
      checked++;
    }
    expect(checked).toBeGreaterThanOrEqual(6);
  });
});

describe("the stored second passes", () => {
  test("take up regions that were open, and contradict no interval of the first", async () => {
    const network = await loadNetwork("net1");
    for (const run of ALL_RUNS) {
      if (run.openOf === undefined || run.network !== "net1") continue;
      const again = findRows<AgreementRow>(run, network);
      if (again === undefined) continue;
      const first = findRows<AgreementRow>(namedRun(run.openOf), network)?.rows ?? [];
      expect(again.behindGap).toBe(0);
      const { points } = orderOfRun(run, network);
      for (const row of again.rows) {
        expect(points).toContain(row.point);
        const before = first.find(({ point }) => point === row.point);
        if (before === undefined) throw new Error(`no first row of ${row.point}`);
        expect(row.margin).toBeLessThanOrEqual(before.marginBound + TIE);
        expect(before.margin).toBeLessThanOrEqual(row.marginBound + TIE);
        expect(row.decided).toBeGreaterThanOrEqual(before.decided);
        if (before.verdict !== "undecided") expect(row.verdict).toBe(before.verdict);
      }
    }
  });
});

describe("table5FromRows", () => {
  test("has the same points at every width, and shares that are between their bounds", async () => {
    const { widths } = table5FromRows(await loadNetwork("net1"));
    for (const { rows, summary } of widths) {
      expect(rows.map(({ point }) => point)).toEqual(widths[0].rows.map(({ point }) => point));
      expect(summary.leastShare).toBeLessThanOrEqual(summary.largestShare);
      for (const { least, largest } of summary.beyond) expect(least).toBeLessThanOrEqual(largest);
    }
    expect(widths).toHaveLength(5);
    const margins = widths.map(({ summary }) => summary.margin);
    expect(margins).toEqual([...margins].sort((a, b) => a - b));
  });
});

describe("table4FromRows", () => {
  test("has the same points at every width, and errors that grow as bits fall", async () => {
    const { widths } = table4FromRows(await loadNetwork("net1"));
    const points = widths.map(({ rows }) => rows.map(({ point }) => point));
    for (const others of points) expect(others).toEqual(points[0]);
    const summaries = widths.map(({ rows }) => summarise(rows));
    for (const column of ["E_T", "E_Xi", "mean_E_T", "mean_E_Xi"] as const) {
      const values = summaries.map((summary) => summary[column]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });
});

describe("loadRun", () => {
  test("says which command computes rows that are missing", async () => {
    const network = await loadNetwork("net1");
    expect(() => loadRun("net1-half-mnist", network, "/nowhere")).toThrow(
      /`roundlab run net1-half-mnist` computes them/,
    );
    expect(() => loadRun("net9", network)).toThrow(/no run "net9"; there are net1-half-mnist/);
  });
});

describe("resampleRows", () => {
  const row = (maximum: number): AppMaxRow => ({
    point: maximum,
    label: 0,
    error: maximum / 2,
    maximum,
    upperBound: maximum,
    gap: 0,
    iterations: 0,
    milliseconds: 0,
    solver: "none",
    status: "certified",
    rowsGenerated: 0,
    violation: 0,
  });

  test("takes maxima over samples that grow, never beyond the rows there are", () => {
    const rows = Array.from({ length: 120 }, (_, index) => row(index));
    const { sizes, E_Xi, E_T } = resampleRows("small", rows);
    expect(sizes).toEqual([50, 100]);
    for (let repeat = 0; repeat < 100; repeat++) {
      expect(E_Xi[0][repeat]).toBeLessThanOrEqual(E_Xi[1][repeat]);
      expect(E_Xi[1][repeat]).toBeGreaterThanOrEqual(99);
      expect(E_T[0][repeat]).toBe(E_Xi[0][repeat] / 2);
    }
  });

  test("refuses fewer rows than its smallest sample", () => {
    expect(() => resampleRows("small", [row(1)])).toThrow(/at least 50 points, found 1/);
  });
});
