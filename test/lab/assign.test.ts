import { parseApproximation } from "../../src/approximate/parseApproximation";
import { UnreachedError } from "../../src/errors";
import { assign } from "../../src/lab/assign";
import { appMax } from "../../src/lab/appMax";
import { bound } from "../../src/lab/bound";
import { twins } from "../../src/lab/twins";
import { createRandom } from "../../src/numeric/random";
import { points } from "../../src/dataset/pointSet";
import { DISPLAY } from "../../src/present/display";
import { randomDenseNetwork } from "../network/randomNetwork";

const network = randomDenseNetwork([4, 8, 8, 2], createRandom(11));
const random = createRandom(3);
const data = points(Array.from({ length: 3 }, () => Array.from({ length: 4 }, random.next)));

describe("rl.assign", () => {
  test("chooses bits for each layer, with a bound that rl.bound proves too", async () => {
    const method = "differential";
    const coarse = bound(await twins(network, "int8"), "0:1", { method }).total.upper;
    const found = await assign(network, { epsilon: 3 * coarse, domain: "0:1", method });
    expect(found.bits).toBeLessThan(
      found.tried.find((row) => row.assignment === "int8")?.bits ?? 0,
    );
    expect(parseApproximation(found.assignment).kind).toBe("layers");
    const again = bound(await twins(network, found.assignment), "0:1", { method }).total.upper;
    expect(again).toBe(found.error);
    expect(found.error).toBeLessThanOrEqual(3 * coarse);
    expect(found.leastBits).toBeLessThanOrEqual(found.bits);
    expect(found.frame.columns).not.toContain("appMax");
    const front = found.tried.filter((row) => row.front === "yes");
    const errors = front.map((row) => row.bound ?? 0);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
  });

  test("measures AppMax at points of a data set: attained, and said so", async () => {
    const epsilon = 0.5;
    const options = { epsilon, dataset: data, points: "all" } as const;
    const found = await assign(network, options);
    const pair = await twins(network, found.assignment);
    let most = 0;
    for (let row = 0; row < 3; row++) {
      const x = Array.from({ length: 4 }, (_, input) => data.values[4 * row + input]);
      most = Math.max(most, (await appMax(pair, x)).maximum);
    }
    expect(found.error).toBeCloseTo(most, 9);
    expect(found.measure).toBe("appMax");
    const shown = JSON.stringify(await found[DISPLAY]());
    expect(shown).toMatch(/attained on the polytopes of points/);
    expect(shown).not.toMatch(/bound:/);
  });

  test("says what it is: bits an estimate, both errors of their kinds, the box by name", async () => {
    const found = await assign(network, { epsilon: 5, domain: "0:1", time: 1 });
    const shown = JSON.stringify(await found[DISPLAY]());
    for (const words of [
      /estimate: what a model says/,
      /bound: proved for every input in/,
      /E ≤ 5/,
    ]) {
      expect(shown).toMatch(words);
    }
  });

  test("refuses an epsilon that no candidate reaches, with the least that one does", async () => {
    const run = assign(network, { epsilon: 1e-9, candidates: ["int4", "int8"], time: 0.5 });
    await expect(run).rejects.toThrow(UnreachedError);
    await expect(run).rejects.toThrow(/least error that was measured is .*, of int8/);
  });

  test.each([
    [{ epsilon: -1 }, /epsilon is -1/],
    [{ epsilon: 1, time: 0 }, /time is 0/],
    [{ epsilon: 1, candidates: [] }, /no candidate/],
    [{ epsilon: 1, dataset: data }, /needs to know which points/],
  ])("refuses %j", async (options, message) => {
    await expect(assign(network, options)).rejects.toThrow(message);
  });

  test("ends with the best so far when it is told to", async () => {
    const controller = new AbortController();
    const found = await assign(network, {
      epsilon: 50,
      signal: controller.signal,
      onProgress: ({ best }) => best !== undefined && controller.abort(),
    });
    expect(found.ended).toBe("interrupted");
    expect(found.error).toBeLessThanOrEqual(50);
  });
});
