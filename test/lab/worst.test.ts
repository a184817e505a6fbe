import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { ArgumentError, ShapeError } from "../../src/errors";
import { worst } from "../../src/lab/worst";
import { createRandom } from "../../src/numeric/random";
import { DISPLAY } from "../../src/present/display";
import { perturbed, randomDenseNetwork } from "../network/randomNetwork";

const network = randomDenseNetwork([5, 8, 6, 3], createRandom(1));
const twins = createTwins(network, perturbed(network, 0.1, createRandom(2)));

describe("rl.worst(twins, box)", () => {
  test("returns what is attained at its witness, and shows that it is no bound", async () => {
    const found = await worst(twins, "-1:1", { starts: 4 });
    expect(absoluteError(twins, found.witness)).toBe(found.value);
    expect(found).toMatchObject({ domain: "-1:1", ended: "done" });
    expect(found.path[found.path.length - 1].value).toBe(found.value);
    const text = String((await found[DISPLAY]())["text/plain"]);
    expect(text).toMatch(/\[-1, 1\]: attained at its witness, no bound for other inputs/);
    expect(text).toMatch(/attained: reached at an input/);
  });

  test("takes Ñ that rounds activations too, and counts what that does", async () => {
    const rounded = [{ value: 2, grid: { step: 0.25, min: -4, max: 4 } }];
    const coarse = createTwins(network, network, [{ kind: "activations", rounded }]);
    const { value, witness } = await worst(coarse, "0:1", { starts: 4 });
    expect(value).toBeGreaterThan(0);
    expect(absoluteError(coarse, witness)).toBe(value);
  });

  test("tells every step, and ends with the best so far when its signal says so", async () => {
    const controller = new AbortController();
    const values: number[] = [];
    const found = await worst(twins, "0:1", {
      rounds: 1000,
      signal: controller.signal,
      onProgress: ({ value }) => {
        values.push(value);
        if (values.length === 5) controller.abort();
      },
    });
    expect(found.ended).toBe("interrupted");
    expect(values).toHaveLength(5);
    expect(found.value).toBe(values[4]);
  });

  test.each([
    [{ starts: 0 }, /starts is 0, expected a whole number from 1/],
    [{ rounds: 1.5 }, /rounds is 1.5/],
    [{ time: 0 }, /time is 0, expected seconds above 0/],
    [{ seed: 0.5 }, /seed is 0.5, expected a whole number/],
    [{ output: 1 }, /the goal is error; give the goal output/],
    [{ goal: "output" as const, output: 3 }, /no output 3; the networks have outputs 0 to 2/],
  ])("refuses %j", async (options, message) => {
    await expect(worst(twins, "0:1", options)).rejects.toThrow(ArgumentError);
    await expect(worst(twins, "0:1", options)).rejects.toThrow(message);
  });

  test("refuses a start of another number of inputs", async () => {
    await expect(worst(twins, "0:1", { from: [[1, 2]] })).rejects.toThrow(ShapeError);
  });
});
