import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ArgumentError, ShapeError } from "../../../src/errors";
import { REAL_APPMAX, runAppMax, type AppMaxRow } from "../../../src/experiment/variant/runAppMax";
import { experimentKey } from "../../../src/experiment/appMaxExperiment";
import { rangeOf } from "../../../src/dataset/rangeOf";
import { readRows } from "../../../src/experiment/store/store";
import { summarise } from "../../../src/experiment/variant/summary";
import { createRandom } from "../../../src/numeric/random";
import { absoluteError } from "../../../src/analyse/roundingError";
import { pointOf } from "../../../src/dataset/dataset";
import { randomDenseNetwork } from "../../network/randomNetwork";
import { appMaxRow } from "../rows";
import { smallRun } from "../smallRun";

const numbersOf = (rows: readonly AppMaxRow[]): object[] =>
  rows.map(({ milliseconds, ...numbers }) => {
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    return numbers;
  });

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-run-"));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

describe("runAppMax", () => {
  test("gives the same rows whatever the number of workers, in the order of the points", async () => {
    const points = [7, 3, 11, 0, 25, 8];
    const one = await runAppMax(smallRun(points), { workers: 1 });
    const three = await runAppMax(smallRun(points), { workers: 3 });
    expect(one.kind).toBe("finished");
    expect(one.rows.map(({ point }) => point)).toEqual(points);
    expect(numbersOf(three.rows)).toEqual(numbersOf(one.rows));
    expect(one.rows.every(({ status }) => status === "certified")).toBe(true);
  });

  test("reports E(x) of the data point itself and hands over witnesses that attain the maximum", async () => {
    const run = smallRun([2, 5]);
    const witnesses = new Map<number, Float64Array>();
    const { rows } = await runAppMax(run, {
      workers: 1,
      onWitness: (point, witness) => witnesses.set(point, witness),
    });
    const twins = { network: run.network, approximated: run.approximated };
    for (const row of rows) {
      // Workers sum in the order of their kernels: equal up to rounding.
      expect(row.error).toBeCloseTo(absoluteError(twins, pointOf(run.dataset, row.point)), 13);
      const witness = witnesses.get(row.point);
      if (witness === undefined) throw new Error("every point has a witness");
      expect(absoluteError(twins, Float64Array.from(witness))).toBe(row.maximum);
    }
  });

  test("keeps witnesses when asked to, also of points that the store has rows of", async () => {
    const run = smallRun([2, 5, 7]);
    await runAppMax({ ...run, points: [2, 5] }, { workers: 1, store: root });
    const { rows, witnesses, folder } = await runAppMax(run, {
      workers: 1,
      store: root,
      keepWitnesses: true,
    });
    for (const { point, maximum } of rows) {
      const witness = Float64Array.from(witnesses?.get(point) ?? []);
      expect(absoluteError(run, witness)).toBe(maximum);
    }
    expect(rows.map(({ point }) => point)).toEqual([2, 5, 7]);
    // Solved again, not stored again.
    expect(readRows<AppMaxRow>(folder ?? "").map(({ point }) => point)).toEqual([2, 5, 7]);
  });

  test("keeps no witness of a stored row that another computation made", async () => {
    const run = smallRun([2]);
    const { folder = "" } = await runAppMax(run, { workers: 1, store: root });
    const [row] = readRows<AppMaxRow>(folder);
    const raised = { ...row, maximum: 1.001 * row.maximum, upperBound: 1.001 * row.upperBound };
    fs.writeFileSync(path.join(folder, "rows.jsonl"), `${JSON.stringify(raised)}\n`);
    await expect(runAppMax(run, { workers: 1, store: root, keepWitnesses: true })).rejects.toThrow(
      /point 2 of .*: solved again it attains .*, but .* is stored/,
    );
  });

  test("goes on where an interrupted run was ended, and ends with the rows of an unbroken one", async () => {
    const points = [0, 1, 2, 3, 4, 5, 6, 7];
    const controller = new AbortController();
    const broken = await runAppMax(smallRun(points), {
      workers: 2,
      store: root,
      signal: controller.signal,
      onRow: (_row, { done }) => {
        if (done === 3) controller.abort();
      },
    });
    expect(broken.kind).toBe("interrupted");
    expect(broken.rows.length).toBeGreaterThanOrEqual(3);
    expect(broken.rows.length).toBeLessThan(points.length);

    let resumed = 0;
    const whole = await runAppMax(smallRun(points), {
      workers: 2,
      store: root,
      onRow: (_row, progress) => (resumed = progress.resumed),
    });
    expect(whole.kind).toBe("finished");
    expect(resumed).toBe(broken.rows.length);
    const unbroken = await runAppMax(smallRun(points), { workers: 1 });
    expect(numbersOf(whole.rows)).toEqual(numbersOf(unbroken.rows));
  });

  test("notes beside the rows what the session computes with", async () => {
    const { folder } = await runAppMax(smallRun([1, 2]), {
      workers: 1,
      store: root,
      sessionFacts: { commit: "abc" },
    });
    const lines = fs.readFileSync(path.join(folder ?? "", "sessions.jsonl"), "utf8").trim();
    expect(JSON.parse(lines)).toEqual({ commit: "abc", rowsBefore: 0 });
  });

  test("refuses a point that the data set does not have", async () => {
    await expect(runAppMax(smallRun([40]))).rejects.toThrow(ArgumentError);
    await expect(runAppMax(smallRun([40]))).rejects.toThrow(/points 0 to 39, asked for 40/);
  });

  test("refuses a twin with another number of outputs, and images of another size", async () => {
    const run = smallRun([0]);
    const twin = randomDenseNetwork([16, 5, 4], createRandom(1));
    await expect(runAppMax({ ...run, approximated: twin })).rejects.toThrow(ShapeError);
    const wide = randomDenseNetwork([25, 5, 3], createRandom(1));
    await expect(runAppMax({ ...run, network: wide, approximated: wide })).rejects.toThrow(
      /takes 25 inputs, but images of small have 16 pixels/,
    );
  });

  test("names the domain in its experiment, whichever way it was given", async () => {
    const domains = await Promise.all(
      [undefined, "pixels", { lower: 0, upper: 1 }, "-1:2", { lower: -1, upper: 2 }].map(
        async (domain) => (await runAppMax({ ...smallRun([0]), domain })).experiment.domain,
      ),
    );
    expect(domains).toEqual(["pixels", "pixels", "pixels", "-1:2", "-1:2"]);
  });

  test("keeps the box of a domain with ends for each input in its experiment, and only then", async () => {
    const run = smallRun([0]);
    const plain = await runAppMax(run);
    expect(plain.experiment).not.toHaveProperty("box");
    const lower = new Float64Array(16).fill(-1);
    const upper = lower.map((_, input) => 1 + input);
    const { experiment, rows } = await runAppMax({ ...run, domain: { lower, upper } });
    expect(experiment.domain).toMatch(/^inputs-[0-9a-f]{16}$/);
    expect(experiment.box).toEqual({ lower: [...lower], upper: [...upper] });
    expect(rows[0].upperBound).toBeGreaterThanOrEqual(plain.rows[0].maximum);
    // What a store has kept is a domain again, the same one.
    const again = await runAppMax({ ...run, domain: experiment.box });
    expect(experimentKey(again.experiment)).toBe(experimentKey(experiment));
    expect(experimentKey(experiment)).not.toBe(experimentKey(plain.experiment));
  });

  test('computes over the range that is seen in the data set where the domain is "data"', async () => {
    const run = smallRun([0, 1]);
    const seen = rangeOf(run.dataset);
    const found = await runAppMax({ ...run, domain: "data" }, { keepWitnesses: true });
    expect(found.experiment.box).toEqual({ lower: [...seen.lower], upper: [...seen.upper] });
    for (const witness of found.witnesses?.values() ?? []) {
      witness.forEach((value, input) => {
        expect(value).toBeGreaterThanOrEqual(seen.lower[input]);
        expect(value).toBeLessThanOrEqual(seen.upper[input]);
      });
    }
    expect(found.witnesses?.size).toBe(2);
  });

  test("refuses a point outside its domain before any work, for no bound holds there", async () => {
    const run = { ...smallRun([0, 1]), domain: { lower: 0.3, upper: 1 } };
    await expect(runAppMax(run)).rejects.toThrow(
      /point 0 of small: value \d+ of the point is 0\.\d+, outside the domain \[0.3, 1\]/,
    );
  });

  test("refuses a domain, a solver and a proof that it does not know", async () => {
    // As JavaScript may call it.
    const proof = "rounded" as "real";
    await expect(runAppMax({ ...smallRun([0]), proof })).rejects.toThrow(
      /unknown proof "rounded"; there are rounding .* or real/,
    );
    await expect(runAppMax({ ...smallRun([0]), domain: "nowhere" })).rejects.toThrow(
      /unknown domain "nowhere"/,
    );
    await expect(runAppMax({ ...smallRun([0]), solver: "magic" })).rejects.toThrow(
      /unknown solver "magic"; there are auto/,
    );
  });
});

describe("runAppMax with proof: real", () => {
  test("gives the rows of a run without it, each with a finite allowance, in a folder of its own", async () => {
    const run = smallRun([2, 5, 7]);
    const plain = await runAppMax(run, { workers: 1, store: root });
    const real = await runAppMax({ ...run, proof: "real" }, { workers: 1, store: root });
    const allowances = real.rows.map(({ roundingAllowance = NaN }) => roundingAllowance);
    expect(allowances.every((value) => value >= 0 && value < 1e-9)).toBe(true);
    expect(numbersOf(real.rows)).toEqual(
      numbersOf(plain.rows).map((row, index) => ({ ...row, roundingAllowance: allowances[index] })),
    );
    expect(real.experiment).toEqual({ ...plain.experiment, proof: "real" });
    expect(real.folder).not.toBe(plain.folder);
    expect(readRows<AppMaxRow>(real.folder ?? "")).toEqual(real.rows);
  });

  test("goes on from its store, and refuses rows there that lost their allowance", async () => {
    const run = { ...smallRun([2, 5]), proof: "real" } as const;
    const { rows, folder = "" } = await runAppMax(run, { workers: 1, store: root });
    expect((await runAppMax(run, { workers: 1, store: root })).rows).toEqual(rows);
    const stripped = JSON.stringify({ ...rows[0], roundingAllowance: undefined });
    fs.writeFileSync(path.join(folder, "rows.jsonl"), `${stripped}\n`);
    await expect(runAppMax(run, { workers: 1, store: root })).rejects.toThrow(
      /line 1 of .*: roundingAllowance is missing/,
    );
  });

  test("leaves the experiment of a run that asks for the default as it was without the word", async () => {
    const run = smallRun([2]);
    const asked = await runAppMax({ ...run, proof: "rounding" }, { workers: 1 });
    expect(Object.keys(asked.experiment)).not.toContain("proof");
    expect(asked.experiment).toEqual((await runAppMax(run, { workers: 1 })).experiment);
    expect(Object.keys(asked.rows[0])).not.toContain("roundingAllowance");
  });

  test("fails where nothing can be proved in real arithmetic, rather than claim it", () => {
    const { rowOf } = REAL_APPMAX;
    const answer = { ...appMaxRow(3), domain: "pixels", witness: new Float64Array(1), reason: "" };
    const place = { point: 3, label: 0 };
    expect(rowOf(place, { ...answer, roundingAllowance: 1e-15 })).toMatchObject({
      roundingAllowance: 1e-15,
    });
    expect(() => rowOf(place, { ...answer, roundingAllowance: Infinity })).toThrow(
      /^point 3: nothing is proved in real arithmetic/,
    );
  });
});

describe("summarise", () => {
  const row = (error: number, maximum: number, status: "certified" | "uncertified"): AppMaxRow => ({
    point: 0,
    label: 0,
    error,
    maximum,
    upperBound: maximum + 0.5,
    gap: 0,
    iterations: 1,
    milliseconds: 1,
    solver: "highs",
    status,
    rowsGenerated: 0,
    violation: 0,
  });

  test("takes the largest and the mean, and counts what is certified", () => {
    const rows = [row(1, 4, "certified"), row(3, 6, "uncertified")];
    expect(summarise(rows)).toEqual({
      points: 2,
      E_T: 3,
      mean_E_T: 2,
      E_Xi: 6,
      mean_E_Xi: 5,
      upperBound: 6.5,
      certified: 1,
      uncertified: 1,
      fallback: 0,
    });
  });

  test("refuses an empty sample", () => {
    expect(() => summarise([])).toThrow(ArgumentError);
  });
});
