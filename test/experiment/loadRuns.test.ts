import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { StoreError } from "../../src/errors";
import { experimentKey } from "../../src/experiment/appMaxExperiment";
import { loadAccuracy } from "../../src/experiment/variant/loadAccuracy";
import {
  findAgreement,
  loadRun,
  orderOfRun,
  resultsFolder,
  storedExperiments,
} from "../../src/experiment/loadRuns";
import { namedExperiment } from "../../src/experiment/namedExperiment";
import { ALL_RUNS, namedRun } from "../../src/experiment/namedRuns";
import { describeMakers, originOfRun } from "../../src/experiment/runOrigin";
import { runStatuses } from "../../src/experiment/runStatus";
import { samplePoints } from "../../src/experiment/points";
import { accuracyExperiment } from "../../src/experiment/variant/runAccuracy";
import { readableName } from "../../src/experiment/store/storeName";
import { storePath } from "../../src/experiment/store/storePlace";
import { openRunStore } from "../../src/experiment/store/store";
import { twinChecksum } from "../../src/experiment/twinChecksum";
import { loadNetwork } from "../../src/network/load";
import type { Network } from "../../src/network/network";
import { appMaxRow } from "./rows";

const RUN = "net1-half-mnist-test";
/** The first point of the run's order. */
const [POINT] = samplePoints(1, 2025, 10000);
let network: Network;
let root: string;

beforeAll(async () => {
  network = await loadNetwork("net1");
});

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-runs-"));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** What is stored of both sides of the largest error, and of walks, is found by its key alone. */
function isOfSides(experiment: object): boolean {
  return "kind" in experiment && ["bound", "worst", "walk"].includes(String(experiment.kind));
}

function store(experiment: object, row: object): void {
  const opened = openRunStore<object>(root, experiment);
  opened.append(row);
  opened.close();
}

/** Stores of other experiments, each of which differs in one input. */
function storeDecoys(experiment: object, changes: readonly object[], row: object): void {
  for (const change of changes) store({ ...experiment, ...change }, row);
}

describe("loadRun", () => {
  const DECOYS = [
    { method: 0 },
    { method: 2 },
    { approximatedChecksum: "0".repeat(64) },
    { datasetChecksum: "0".repeat(64) },
    { solver: "highs" },
    { domain: "paper" },
    { networkChecksum: "0".repeat(64) },
  ];

  test("finds the rows of its own experiment among others that differ in one input", () => {
    const experiment = namedExperiment(namedRun(RUN), network);
    storeDecoys(experiment, DECOYS, appMaxRow(POINT, { maximum: 9, upperBound: 9 }));
    store(experiment, appMaxRow(POINT));
    const { rows, folder } = loadRun(RUN, network, root);
    expect(rows).toEqual([appMaxRow(POINT)]);
    expect(path.relative(root, folder)).toBe(storePath(experiment));
  });

  test("says that nothing is stored where there are only such others", () => {
    const experiment = namedExperiment(namedRun(RUN), network);
    storeDecoys(experiment, DECOYS, appMaxRow(POINT));
    expect(() => loadRun(RUN, network, root)).toThrow(StoreError);
    expect(() => loadRun(RUN, network, root)).toThrow(/no stored rows of net1-half-mnist-test/);
  });

  test("counts the rows behind a gap, of which nothing is made, and by which versions the others", () => {
    const experiment = namedExperiment(namedRun(RUN), network);
    const [first, second, , fourth] = samplePoints(4, 2025, 10000);
    const session = (commit: string, points: readonly number[]): void => {
      const opened = openRunStore<object>(root, experiment, { sessionFacts: { commit } });
      for (const point of points) opened.append(appMaxRow(point));
      opened.close();
    };
    session("aaa", [first, fourth]);
    session("bbb", [second]);
    const found = loadRun(RUN, network, root);
    expect(found.rows.map(({ point }) => point)).toEqual([first, second]);
    expect(found.behindGap).toBe(1);
    const { makers, behindGap } = originOfRun(found);
    expect(behindGap).toBe(1);
    expect(describeMakers(makers)).toBe("2 versions: 1 by aaa, 1 by bbb");
  });

  test("reads rows again once there are more, and lets nobody change those that are shared", () => {
    const experiment = namedExperiment(namedRun(RUN), network);
    const [first, second] = samplePoints(2, 2025, 10000);
    store(experiment, appMaxRow(first));
    const { rows } = loadRun(RUN, network, root);
    expect(loadRun(RUN, network, root).rows[0]).toBe(rows[0]);
    expect(() => Object.assign(rows[0], { maximum: 9 })).toThrow(TypeError);
    store(experiment, appMaxRow(second));
    expect(loadRun(RUN, network, root).rows.map(({ point }) => point)).toEqual([first, second]);
  });

  test("does not take rows of agreement that were decided within other limits", () => {
    const name = "net1-classify-half";
    const experiment = namedExperiment(namedRun(name), network);
    const row = {
      ...{ point: POINT, label: 1, exactClass: 1, rivalClass: 2, verdict: "agrees" },
      ...{ marginAtPoint: -2, margin: -1, marginBound: -1, distance: null, distanceBound: null },
      ...{ rounded: { c: 0.9, g: 0.1 }, original: { c: 0.9, g: 0.1 }, iterations: 1 },
      ...{ milliseconds: 1, decided: 9, programs: 9, solver: "region" },
    };
    storeDecoys(experiment, [{ limits: { turn: 1 } }, { method: 1 }], row);
    expect(findAgreement(name, network, root)).toBeUndefined();
    store(experiment, row);
    expect(findAgreement(name, network, root)?.rows).toEqual([row]);
  });
});

describe("a second pass", () => {
  const FIRST = "net1-classify-half";
  const points = samplePoints(4, 2025, 10000);
  const settled = (point: number): object => ({
    ...{ point, label: 1, exactClass: 1, rivalClass: 2, verdict: "agrees" },
    ...{ marginAtPoint: -2, margin: -1, marginBound: -1, distance: null, distanceBound: null },
    ...{ rounded: { c: 0.9, g: 0.1 }, original: { c: 0.9, g: 0.1 }, iterations: 1 },
    ...{ milliseconds: 1, decided: 9, programs: 9, solver: "region" },
  });
  const open = (point: number): object => ({
    ...settled(point),
    ...{ verdict: "undecided", marginBound: 1, distanceBound: 3, decided: 8 },
  });

  test("has the open regions of its first run as points, and says how many rows it read", () => {
    const first = namedRun(FIRST);
    const second = namedRun(`${FIRST}-open`);
    expect(orderOfRun(second, network, root)).toEqual({
      points: [],
      takenFrom: { run: FIRST, rows: 0 },
    });
    const rows = [settled(points[0]), open(points[1]), settled(points[2]), open(points[3])];
    for (const row of rows) store(namedExperiment(first, network), row);
    expect(orderOfRun(second, network, root)).toEqual({
      points: [points[1], points[3]],
      takenFrom: { run: FIRST, rows: 4 },
    });
  });

  test("stands in a folder of its own, for its limits are part of its key", () => {
    const keys = [FIRST, `${FIRST}-open`].map((name) =>
      experimentKey(namedExperiment(namedRun(name), network)),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  test("gives the rows it has, each for itself, and none that its first run has settled", () => {
    const second = namedExperiment(namedRun(`${FIRST}-open`), network);
    const rows = [settled(points[0]), open(points[1]), open(points[2]), open(points[3])];
    for (const row of rows) store(namedExperiment(namedRun(FIRST), network), row);
    for (const point of [points[3], points[2], points[0]]) store(second, settled(point));
    const found = findAgreement(`${FIRST}-open`, network, root);
    expect(found?.rows).toEqual([settled(points[2]), settled(points[3])]);
    expect(found?.behindGap).toBe(1);
  });
});

describe("loadAccuracy", () => {
  test("finds the blocks of its own experiment among others that differ in one input", () => {
    const checksum = namedExperiment(namedRun(RUN), network).networkChecksum;
    const { dataset, datasetChecksum } = namedExperiment(namedRun(RUN), network);
    const experiment = accuracyExperiment({
      network: "net1",
      networkChecksum: checksum,
      approximation: "half",
      approximatedChecksum: twinChecksum(network, "half"),
      dataset,
      datasetChecksum,
    });
    const row = (correct: number): object => ({
      block: 0,
      classes: [1, 2, 3],
      correct,
      milliseconds: 1,
    });
    const decoys = [
      { approximatedChecksum: "0" },
      { datasetChecksum: "0" },
      { blockSize: 50 },
      { network: "other" },
    ];
    storeDecoys(experiment, decoys, row(1));
    expect(() => loadAccuracy(network, ["half"], root)).toThrow(/no stored accuracy of net1/);
    store(experiment, row(3));
    expect(loadAccuracy(network, ["half"], root)[0].rows).toEqual([row(3)]);
  });
});

describe("the stored experiments", () => {
  const folders = fs
    .readdirSync(resultsFolder(), { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "experiment.json")
    .map((name) => path.dirname(path.join(resultsFolder(), name)));

  test("stand in folders whose names end in the hash of what they say, under the run's name", () => {
    expect(folders.length).toBeGreaterThanOrEqual(37);
    for (const folder of folders) {
      const text = fs.readFileSync(path.join(folder, "experiment.json"), "utf8");
      const experiment = JSON.parse(text) as object;
      expect(folder.endsWith(`-${experimentKey(experiment)}`)).toBe(true);
      expect(folder.endsWith(path.join(path.sep, storePath(experiment)))).toBe(true);
    }
  });

  test("of first passes stand in folders of their run's name", () => {
    for (const run of ALL_RUNS.filter(
      ({ openOf, network }) => openOf === undefined && network === "net1",
    )) {
      expect(readableName(namedExperiment(run, network))).toBe(run.name);
    }
  });

  test("are each of one named run, by their keys, or of an accuracy, or of both sides", async () => {
    const networks = { net1: network, net2: await loadNetwork("net2") };
    const keys = ALL_RUNS.map((run) =>
      // Named runs are of these two.
      experimentKey(namedExperiment(run, networks[run.network as keyof typeof networks])),
    );
    expect(new Set(keys).size).toBe(ALL_RUNS.length);
    const named = storedExperiments().filter(({ experiment }) => !isOfSides(experiment));
    const runs = named.map(({ experiment }) => experimentKey(experiment));
    expect(runs.filter((key) => !keys.includes(key))).toEqual([]);
    expect(runs.length).toBeGreaterThanOrEqual(24);
  });

  test("need not be there: status says of every named run how far it is, begun or not", () => {
    const statuses = runStatuses([network], root);
    const own = ALL_RUNS.filter((run) => run.network === "net1");
    expect(statuses.map(({ run }) => run)).toEqual(own.map(({ name }) => name));
    expect(statuses.filter(({ points, folder }) => points > 0 || folder !== null)).toEqual([]);
    expect(runStatuses([network], resultsFolder()).some(({ points }) => points > 0)).toBe(true);
  });
});
