import { ArgumentError } from "../../src/errors";
import { boundIntervals } from "../../src/analyse/intervalBounds";
import { boxOver } from "../../src/analyse/box";
import { toDomain } from "../../src/analyse/domain";
import { simplify } from "../../src/lab/simplify";
import { evaluate } from "../../src/network/evaluate";
import type { DenseLayer, Layer } from "../../src/network/network";
import { createGraph, createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork, randomPoint } from "../network/randomNetwork";

const dense = (rows: readonly (readonly number[])[], bias: readonly number[]): DenseLayer => ({
  kind: "dense",
  weights: createMatrix(rows.length, rows[0].length, Float64Array.from(rows.flat())),
  bias: Float64Array.from(bias),
});
const relu: Layer = { kind: "relu" };

describe("rl.simplify", () => {
  test("leaves out a neuron that is never active, by hand: x − 2 on [0, 1]", async () => {
    const network = createNetwork("hand", 1, [
      dense([[1], [1], [-1]], [-2, -0.5, 2]),
      relu,
      dense([[5, 2, 3]], [1]),
    ]);
    const found = await simplify(network, "0:1");
    expect(found.layers).toEqual([{ layer: 2, neurons: 3, dead: 1, linear: 1, removed: 1 }]);
    expect(found.network.layers).toEqual([
      dense([[1], [-1]], [-0.5, 2]),
      relu,
      dense([[2, 3]], [1]),
    ]);
    expect(found.difference).toBe(0);
  });

  test("makes a layer that is always active part of the one behind, by hand", async () => {
    const network = createNetwork("hand", 1, [
      dense([[1], [-1], [-1]], [1, 2, -3]),
      relu,
      dense([[2, 3, 7]], [1]),
    ]);
    const found = await simplify(network, "0:1");
    expect(found.layers).toEqual([{ layer: 2, neurons: 3, dead: 1, linear: 2, removed: 3 }]);
    // 2 (x + 1) + 3 (2 − x) + 1 = 9 − x
    expect(found.network.layers).toEqual([dense([[-1]], [9])]);
    expect(found.difference).toBe(0);
  });

  test("keeps a neuron of a layer that is dead as a whole", async () => {
    const network = createNetwork("dead", 1, [
      dense([[1], [1]], [-2, -3]),
      relu,
      dense([[1, 1]], [4]),
    ]);
    const { network: smaller, layers } = await simplify(network, "0:1");
    expect(layers[0]).toMatchObject({ dead: 2, removed: 1 });
    expect(evaluate(smaller, Float64Array.of(0.7))).toEqual(Float64Array.of(4));
  });

  test("is the same function on the box, of random networks in small boxes", async () => {
    let removed = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const network = randomDenseNetwork([4, 12, 9, 3], createRandom(seed));
      const around = randomPoint(4, createRandom(seed + 100));
      const box = { around, radius: 0.05 };
      const found = await simplify(network, box);
      expect(found.difference).toBe(0);
      removed += found.layers.reduce((sum, layer) => sum + layer.removed, 0);
      const { lower, upper } = boxOver(toDomain(box), 4);
      const random = createRandom(seed + 200);
      for (let point = 0; point < 50; point++) {
        const x = lower.map((low, input) => low + (upper[input] - low) * random.next());
        const [ours, theirs] = [network, found.network].map((one) => evaluate(one, x));
        ours.forEach((value, output) => expect(theirs[output]).toBeCloseTo(value, 11));
      }
    }
    // Were nothing ever removed, nothing would have been tested.
    expect(removed).toBeGreaterThan(100);
  });

  test("counts no neuron as dead or linear that plain intervals find to be the other", async () => {
    const network = randomDenseNetwork([4, 12, 9, 3], createRandom(5));
    const { layers } = await simplify(network, "0:1");
    const { lower, upper } = boundIntervals(network, boxOver(toDomain("0:1"), 4))[1];
    const dead = upper.filter((end) => end <= 0).length;
    const linear = lower.filter((end) => end >= 0).length;
    expect(layers[0].dead).toBeGreaterThanOrEqual(dead);
    expect(layers[0].linear).toBeGreaterThanOrEqual(linear);
  });

  test("refuses a graph, in which a neuron may be read elsewhere", async () => {
    const graph = createGraph("skip", 2, [
      { layer: relu, from: [0] },
      { layer: { kind: "add" }, from: [0, 1] },
    ]);
    await expect(simplify(graph, "0:1")).rejects.toThrow(ArgumentError);
  });
});
