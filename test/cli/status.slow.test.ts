import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { storeFolder } from "../../src/experiment/store/storePlace";
import { loadRun } from "../../src/experiment/loadRuns";
import { ALL_RUNS } from "../../src/experiment/namedRuns";
import { runStatuses, type RunStatus } from "../../src/experiment/runStatus";
import { openRunStore } from "../../src/experiment/store/store";
import { summarise } from "../../src/experiment/variant/summary";
import type { Network } from "../../src/network/network";
import { loadNetwork } from "../../src/network/load";

const RUN = "net2-paper-4-mnist-test";

let folder: string;
let network: Network;

beforeAll(async () => {
  network = await loadNetwork("net2");
});

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-status-"));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function statusOf(name: string): RunStatus {
  const found = runStatuses([network], folder).find(({ run }) => run === name);
  if (found === undefined) throw new Error(`no status of ${name}`);
  return found;
}

describe("runStatuses", () => {
  test("has every run of the networks, also those that nothing is stored of", () => {
    const statuses = runStatuses([network], folder);
    const own = ALL_RUNS.filter((run) => run.network === "net2");
    expect(statuses.map(({ run }) => run)).toEqual(own.map(({ name }) => name));
    for (const { points, pointsPerSecond, process: running } of statuses) {
      expect([points, pointsPerSecond, running]).toEqual([0, null, null]);
    }
  });

  test("tells points, proofs, estimates, rate and session, and whether the run is under way", () => {
    const { rows, experiment } = loadRun(RUN, network);
    const store = openRunStore<object>(folder, experiment, {
      sessionFacts: { startedAt: "2026-01-02T03:04:05Z" },
    });
    for (const row of rows.slice(0, 20)) store.append(row);
    const under = statusOf(RUN);
    const { certified, uncertified, E_T, E_Xi } = summarise(rows.slice(0, 20));
    expect(under).toMatchObject({
      points: 20,
      fullSize: 10_000,
      certified,
      uncertified,
      E_T,
      E_Xi,
    });
    expect(under.process).toBe(process.pid);
    expect(under.lastSession).toMatchObject({ startedAt: "2026-01-02T03:04:05Z", rowsBefore: 0 });
    const seconds = rows.slice(0, 20).reduce((sum, row) => sum + row.milliseconds, 0) / 1000;
    expect(under.pointsPerSecond).toBeCloseTo(20 / seconds, 12);
    store.close();
    expect(statusOf(RUN).process).toBeNull();
  });

  test("takes the lock of a process that is gone for no run", () => {
    const { rows, experiment } = loadRun(RUN, network);
    const store = openRunStore<object>(folder, experiment);
    store.append(rows[0]);
    store.close();
    fs.writeFileSync(path.join(storeFolder(folder, experiment), "lock"), "99999999");
    expect(statusOf(RUN)).toMatchObject({ points: 1, process: null });
  });
});
