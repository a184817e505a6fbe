import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { toDomain } from "../../../src/analyse/domain";
import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins } from "../../../src/analyse/twin";
import { approximate } from "../../../src/approximate/approximate";
import { parseApproximation } from "../../../src/approximate/parseApproximation";
import { runWalk } from "../../../src/experiment/variant/runWalk";
import { runWorst, type WorstRound, type WorstRun } from "../../../src/experiment/variant/runWorst";
import { createRandom } from "../../../src/numeric/random";
import { randomDenseNetwork } from "../../network/randomNetwork";
import { smallDataset } from "../smallRun";

const network = randomDenseNetwork([16, 20, 12, 3], createRandom(43));
const twins = createTwins(network, approximate(network, parseApproximation("int6")));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-sides-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Rows in the order of their items, without what a clock says. */
function lasting<Row extends { readonly milliseconds: number }>(rows: readonly Row[]) {
  return rows.map(({ milliseconds: _, ...rest }) => JSON.stringify(rest)).sort();
}

describe("runWorst(run, options)", () => {
  const run: WorstRun = {
    twins,
    domain: toDomain("0:1"),
    box: { lower: new Float64Array(16), upper: new Float64Array(16).fill(1) },
    goal: { kind: "error" },
    ...{ method: "smooth", starts: 4, seed: 7, rounds: 3, polytopes: 4 },
  };
  const store = path.join(folder, "worst");
  let first: readonly WorstRound[];

  test("makes rounds of the same bits whatever the number of threads", async () => {
    const one = await runWorst(run, { workers: 1, store });
    const two = await runWorst(run, { workers: 2 });
    expect([one.kind, two.kind]).toEqual(["finished", "finished"]);
    expect(lasting(two.rows)).toEqual(lasting(one.rows));
    expect(one.rows).toHaveLength(3);
    for (const { value, witness } of one.rows) {
      expect(absoluteError(twins, Float64Array.from(witness))).toBe(value);
    }
    first = one.rows;
  });

  test("makes none again that is stored, and only those that are missing", async () => {
    const seen: number[] = [];
    const onRound = ({ round }: WorstRound): unknown => seen.push(round);
    const again = await runWorst({ ...run, rounds: 4 }, { workers: 1, store, onRound });
    expect(again.rows).toHaveLength(4);
    expect(again.rows.filter(({ round }) => round < 3)).toEqual(
      [...first].sort((a, b) => a.round - b.round),
    );
    expect([...seen].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("runWalk(run, options)", () => {
  test("never falls below AppMax, with the same bits whatever the number of threads", async () => {
    const { approximated } = twins;
    const walk = { network, approximated, dataset: smallDataset(6), points: [0, 3, 5] };
    const one = await runWalk({ ...walk, polytopes: 4 }, { workers: 1 });
    const two = await runWalk({ ...walk, polytopes: 4 }, { workers: 2 });
    expect(lasting(two.rows)).toEqual(lasting(one.rows));
    expect(one.rows).toHaveLength(3);
    for (const { error, maximum, walked, polytopes } of one.rows) {
      expect(maximum).toBeGreaterThanOrEqual(error);
      expect(walked).toBeGreaterThanOrEqual(maximum);
      expect(polytopes).toBeLessThanOrEqual(5);
    }
  });
});
