import { roundingError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { points as pointSet } from "../../src/dataset/pointSet";
import { ArgumentError, ShapeError } from "../../src/errors";
import { bound } from "../../src/lab/bound";
import type { BoundPartRow } from "../../src/lab/boundPartRows";
import { attribute } from "../../src/lab/attribute";
import { SAMPLED_SHARE_COLUMNS, SHARE_COLUMNS, type ShareRow } from "../../src/lab/shareRows";
import { createNetwork } from "../../src/network/shape";
import { isApproximable } from "../../src/network/layer/layer";
import type { Network } from "../../src/network/network";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { clippedNetwork, residualNetwork } from "../network/randomGraph";
import { perturbed, randomConvolutionalNetwork, randomPoint } from "../network/randomNetwork";
import { readTable } from "../../src/present/table/readTable";

const network = randomConvolutionalNetwork(createRandom(1));
const twins = createTwins(network, perturbed(network, 0.01, createRandom(2)));
const x = randomPoint(network.inputSize, createRandom(3));

/** The rows of a frame as objects. */
function rowsOf<Row>(frame: Parameters<typeof readTable>[0]): Row[] {
  const { columns, index, valueAt } = readTable(frame);
  return Array.from(index, (_, row) => {
    const cells = columns.map(({ name }, column) => [name, valueAt(row, column)]);
    // What the frame's type says, which nothing at run time does.
    return Object.fromEntries(cells) as Row;
  });
}

const total = (rows: readonly ShareRow[], output: number): number =>
  rows.reduce((sum, row) => sum + (row.output === output ? row.share : 0), 0);

describe("rl.attribute at a point", () => {
  test.each(["layer", "neuron", "weight"] as const)(
    "adds up by %s, what evaluation left over included, to each output's difference",
    async (by) => {
      const rows = rowsOf<ShareRow>(await attribute(twins, x, { by }));
      roundingError(twins, x).forEach((difference, output) => {
        expect(total(rows, output)).toBeCloseTo(difference, 15);
        const left = rows.filter((row) => row.output === output && row.source === "evaluation");
        expect(left).toHaveLength(1);
        expect(Math.abs(left[0].share)).toBeLessThan(1e-12);
      });
    },
  );

  test("has for each layer the sum of its neurons, and of its weights and biases", async () => {
    for (const pair of [twins, residualTwins()]) {
      const at = randomPoint(pair.network.inputSize, createRandom(4));
      const frames = await Promise.all(
        (["layer", "neuron", "weight"] as const).map((by) => attribute(pair, at, { by })),
      );
      const [layers, ...finer] = frames.map((frame) => rowsOf<ShareRow>(frame));
      for (const { output, layer, source, share } of layers) {
        if (source === "evaluation") continue;
        for (const rows of finer) {
          const own = rows.filter((row) => row.layer === layer && row.source === source);
          expect(total(own, output)).toBeCloseTo(share, 13);
        }
      }
    }
  });

  test("says what its numbers claim, and of which input", async () => {
    const { columns } = readTable(await attribute(twins, x));
    expect(columns.map(({ name }) => name)).toEqual(["output", "layer", "kind", "source", "share"]);
    expect(columns[4].note.kind).toBe("attained");
    expect(SHARE_COLUMNS.map(({ name }) => name)).toContain("neuron");
  });

  test("chooses outputs and layers, and refuses those that there are not", async () => {
    const rows = rowsOf<ShareRow>(await attribute(twins, x, { outputs: [2], layers: [2, 7] }));
    expect(rows.map(({ output, layer, kind }) => [output, layer, kind])).toEqual([
      [2, 2, "conv2d"],
      [2, 7, "dense"],
    ]);
    await expect(attribute(twins, x, { outputs: [3] })).rejects.toThrow(
      "no output 3; they are 0 to 2",
    );
    await expect(attribute(twins, x, { layers: [9] })).rejects.toThrow(ArgumentError);
    await expect(attribute(twins, [1, 2])).rejects.toThrow(ShapeError);
  });
});

describe("rl.attribute over points", () => {
  test("means add up to the mean difference, and the largest share is one of them", async () => {
    const random = createRandom(5);
    const inputs = Array.from({ length: 5 }, () => randomPoint(network.inputSize, random));
    const frame = await attribute(twins, pointSet(inputs), { points: "all" });
    const rows = rowsOf<ShareRow & { mean: number; largest: number; worstPoint: number }>(frame);
    const each = await Promise.all(inputs.map((one) => attribute(twins, one)));
    const single = each.map((one) => rowsOf<ShareRow>(one));
    rows.forEach(({ mean, largest, worstPoint }, at) => {
      const shares = single.map((own) => own[at].share);
      expect(mean).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / 5, 14);
      expect(largest).toBe(shares[worstPoint]);
      expect(Math.abs(largest)).toBe(Math.max(...shares.map(Math.abs)));
    });
    const kinds = SAMPLED_SHARE_COLUMNS.filter(({ kind }) => kind !== undefined);
    expect(kinds.map(({ name, kind }) => [name, kind])).toEqual([
      ["mean", "sample"],
      ["meanSize", "sample"],
      ["largest", "attained"],
    ]);
  });

  test("asks which points", async () => {
    const one = pointSet([x]);
    // What a cell without types may call.
    const call = attribute as (...given: readonly unknown[]) => Promise<unknown>;
    await expect(call(twins, one)).rejects.toThrow("needs to know which points");
  });
});

describe("rl.attribute over a box", () => {
  test.each(["layer", "neuron", "weight"] as const)(
    "adds up by %s to the ends that rl.bound proves by differences, and claims nothing of a part",
    async (by) => {
      const frame = await attribute(twins, "0:1", { by });
      const rows = rowsOf<BoundPartRow>(frame);
      const { differences } = bound(twins, "0:1", { method: "differential" });
      const { lower, upper } = differences[differences.length - 1];
      for (let output = 0; output < network.outputSize; output++) {
        const own = rows.filter((row) => row.output === output);
        expect(own.reduce((sum, row) => sum + row.lower, 0)).toBeCloseTo(lower[output], 10);
        expect(own.reduce((sum, row) => sum + row.upper, 0)).toBeCloseTo(upper[output], 10);
      }
      expect(readTable(frame).columns.map(({ note }) => note.kind)).not.toContain("bound");
    },
  );

  test("has for each layer the sum of its weights and biases, and of a PReLU's slopes", async () => {
    for (const pair of [twins, residualTwins(), slopedTwins()]) {
      const [layers, neurons, weights] = await Promise.all(
        (["layer", "neuron", "weight"] as const).map(async (by) =>
          rowsOf<BoundPartRow>(await attribute(pair, "0:1", { by })),
        ),
      );
      const kinds = new Set(
        weights.flatMap(({ kind, parameter }) => (parameter === "weight" ? [kind] : [])),
      );
      const moved = pair.network.layers.filter(isApproximable).map(({ kind }) => kind);
      expect([...kinds].sort()).toEqual([...new Set(moved)].sort());
      for (const { output, layer, source, lower, upper } of layers) {
        for (const finer of [neurons, weights]) {
          const own = finer.filter(
            (row) => row.output === output && row.layer === layer && row.source === source,
          );
          expect(own.reduce((sum, row) => sum + row.lower, 0)).toBeCloseTo(lower, 12);
          expect(own.reduce((sum, row) => sum + row.upper, 0)).toBeCloseTo(upper, 12);
        }
      }
    }
  });

  test("gives a weight that alone is another the whole bound, and no more than it can do", async () => {
    const dense = (weight: number): Network =>
      createNetwork("one", 2, [
        {
          kind: "dense",
          weights: createMatrix(1, 2, Float64Array.of(weight, 2)),
          bias: new Float64Array(1),
        },
      ]);
    const pair = createTwins(dense(1), dense(1.5));
    const rows = rowsOf<BoundPartRow>(await attribute(pair, "-1:3", { by: "weight" }));
    const [own] = rows.filter(({ source }) => source === "weights");
    // 0.5 y for y from -1 to 3.
    expect(own).toMatchObject({ parameter: "weight", index: 0, lower: -0.5, upper: 1.5 });
  });

  test("chooses outputs and layers as at a point, and takes ends for each input", async () => {
    const box = { lower: x.map((value) => value - 0.1), upper: x.map((value) => value + 0.1) };
    const rows = rowsOf<BoundPartRow>(await attribute(twins, box, { outputs: [1], layers: [7] }));
    expect(rows.map(({ output, layer, source }) => [output, layer, source])).toEqual([
      [1, 7, "weights"],
      [1, 7, "rounding"],
    ]);
    await expect(attribute(twins, "0:1", { outputs: [3] })).rejects.toThrow("no output 3");
  });
});

function slopedTwins() {
  const clipped = clippedNetwork(createRandom(8));
  return createTwins(clipped, perturbed(clipped, 0.01, createRandom(9)));
}

function residualTwins() {
  const residual = residualNetwork(createRandom(6));
  return createTwins(residual, perturbed(residual, 0.01, createRandom(7)));
}
