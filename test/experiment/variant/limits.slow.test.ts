import { Worker } from "node:worker_threads";
import { approximate } from "../../../src/approximate/approximate";
import { parseApproximation } from "../../../src/approximate/parseApproximation";
import { openDataset } from "../../../src/dataset/openDataset";
import { runAppMax, type AppMaxRun } from "../../../src/experiment/variant/runAppMax";
import { loadNetwork } from "../../../src/network/load";

/**
 * The network of the paper at points whose programs take a tenth of a second each, and more on a
 * busy machine.
 */
async function net1Run(points: readonly number[]): Promise<AppMaxRun> {
  const network = await loadNetwork("net1");
  return {
    network,
    approximated: approximate(network, parseApproximation("half")),
    approximation: "half",
    dataset: await openDataset("mnist-embedded"),
    points,
  };
}

describe("runAppMax", () => {
  test("yields a proved interval, not nothing, for a point that is out of time", async () => {
    const run = await net1Run([0, 1]);
    const { kind, rows } = await runAppMax(run, { workers: 1, timeLimitMilliseconds: 0 });
    expect(kind).toBe("finished");
    for (const { status, error, maximum, upperBound, reason } of rows) {
      expect(status).toBe("uncertified");
      expect(reason).toMatch(/stopped on request/);
      expect(maximum).toBeGreaterThanOrEqual(error);
      expect(upperBound).toBeGreaterThan(maximum);
      expect(upperBound).toBeLessThan(Infinity);
    }
    const solved = await runAppMax(run, { workers: 1 });
    solved.rows.forEach(({ maximum }, index) => {
      expect(maximum).toBeGreaterThan(rows[index].maximum);
      expect(maximum).toBeLessThan(rows[index].upperBound);
    });
  });

  test("ends on an abort with the points finished by then, and leaves no thread", async () => {
    const controller = new AbortController();
    const terminate = jest.spyOn(Worker.prototype, "terminate");
    const points = Array.from({ length: 400 }, (_, index) => index);
    const outcome = await runAppMax(await net1Run(points), {
      workers: 2,
      signal: controller.signal,
      onRow: (_row, { done }) => {
        if (done === 3) controller.abort();
      },
    });
    const threads = terminate.mock.contexts as Worker[];
    terminate.mockRestore();
    // Node calls a thread −1 once it has ended.
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(outcome.kind).toBe("interrupted");
    expect(outcome.rows.length).toBeGreaterThanOrEqual(3);
    expect(outcome.rows.length).toBeLessThan(10);
    expect(outcome.rows.every(({ status }) => status === "certified")).toBe(true);
  });
});
