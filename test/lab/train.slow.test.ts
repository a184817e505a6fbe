import { ArgumentError, ShapeError } from "../../src/errors";
import { points, type PointSet } from "../../src/dataset/pointSet";
import { appMax } from "../../src/lab/appMax";
import { compare } from "../../src/lab/compare";
import { train, type TrainOptions } from "../../src/lab/train";
import { twins } from "../../src/lab/twins";
import type { Network } from "../../src/network/network";
import { createRandom } from "../../src/numeric/random";
import { IMAGES } from "../train/tinyTraining";

/** Points around as many centres as there are classes, which a small net can tell apart. */
function clouds(seed: number, count: number, inputs: number, classes: number): PointSet {
  const centres = createRandom(1);
  const middle = Array.from({ length: classes * inputs }, () => 2 * centres.normal());
  const random = createRandom(seed);
  const labels = Array.from({ length: count }, (_, point) => point % classes);
  const rows = labels.map((label) =>
    Array.from(
      { length: inputs },
      (_, input) => middle[label * inputs + input] + random.normal() / 4,
    ),
  );
  return points(rows, { labels, name: `clouds-${seed}` });
}

const TRAINING = clouds(2, 90, 5, 3);
const TEST = clouds(3, 30, 5, 3);
const OPTIONS: TrainOptions = {
  hidden: [8],
  epochs: 15,
  batchSize: 10,
  learningRate: 0.01,
  seed: 4,
  test: TEST,
  backend: "wasm",
};

const weightsOf = ({ layers }: Network): number[] =>
  layers.flatMap((layer) => (layer.kind === "dense" ? [...layer.weights.data] : []));

describe("rl.train on points of one's own", () => {
  test("brings the loss down, and gets points right that it never saw", async () => {
    const { history, network, recipe } = await train(TRAINING, OPTIONS);
    expect(history).toHaveLength(15);
    expect(history[14].meanLoss).toBeLessThan(0.2 * history[0].meanLoss);
    expect(history[14].testAccuracy).toBeGreaterThan(0.9);
    expect([network.inputSize, network.outputSize]).toEqual([5, 3]);
    expect(recipe.layers.map((layer) => layer.kind === "dense" && layer.outputs)).toEqual([8, 3]);
  });

  test("gives the same bits from the same seed, and others from another", async () => {
    const [once, again, other] = [
      await train(TRAINING, OPTIONS),
      await train(TRAINING, OPTIONS),
      await train(TRAINING, { ...OPTIONS, seed: 5 }),
    ];
    expect(again.network).toEqual(once.network);
    expect(again.history).toEqual(once.history);
    expect(weightsOf(other.network)).not.toEqual(weightsOf(once.network));
  });

  test("makes a network that every other verb takes", async () => {
    const { network, history } = await train(TRAINING, OPTIONS);
    const pair = await twins(network, 4);
    expect((await compare(pair, TEST)).accuracy).toBe(history[14].testAccuracy);
    const found = await appMax(pair, TEST, { points: "0:2", domain: { lower: -9, upper: 9 } });
    expect(found.rows.map(({ status }) => status)).toEqual(["certified", "certified"]);
  });

  test.each([
    [1, 2],
    [40, 13],
  ])("takes %i inputs and %i classes", async (inputs, classes) => {
    const own = clouds(6, 3 * classes, inputs, classes);
    const options = { ...OPTIONS, test: undefined, epochs: 2 };
    const { network, history } = await train(own, options);
    expect([network.inputSize, network.outputSize]).toEqual([inputs, classes]);
    expect(history.map(({ testAccuracy }) => testAccuracy)).toEqual([null, null]);
    expect(history[1].meanLoss).toBeLessThan(history[0].meanLoss);
  });

  test("takes images as well, and convolutions on them", async () => {
    const layers = [
      { kind: "conv2d", channels: 2, kernel: 3 },
      { kind: "dense", outputs: 4, dropRate: 0 },
    ] as const;
    const options = { layers, epochs: 3, learningRate: 0.01, backend: "wasm" } as const;
    const { network, history } = await train(IMAGES, options);
    expect(network.layers.map(({ kind }) => kind)).toEqual([
      "normalise",
      "conv2d",
      "relu",
      "dense",
    ]);
    expect(history[2].meanLoss).toBeLessThan(history[0].meanLoss);
  });
});

describe("rl.train refuses", () => {
  const bare = points([[1, 2]], { name: "bare" });
  const own = points(
    [
      [1, 2],
      [3, 4],
    ],
    { labels: [0, 12], name: "mine" },
  );
  const conv = [
    { kind: "conv2d", channels: 2, kernel: 3 },
    { kind: "dense", outputs: 13, dropRate: 0 },
  ] as const;
  const pooled = [
    { kind: "maxPool2d", window: 9 },
    { kind: "dense", outputs: 4, dropRate: 0 },
  ] as const;

  test.each<[string, unknown, () => Promise<unknown>, RegExp]>([
    [
      "points without labels",
      ArgumentError,
      () => train(bare, { hidden: [2] }),
      /points bare have no labels, so that nothing can be learnt from them; give points\(rows, \{ labels \}\)/,
    ],
    [
      "test points without labels",
      ArgumentError,
      () => train(own, { hidden: [2], test: bare }),
      /points bare have no labels.*--test-labels/,
    ],
    [
      "a label that is no output",
      ArgumentError,
      () => train(own, { recipe: "net1" }),
      /training net1: point 1 of mine has the label 12, but the network has outputs 0 to 9; give its last layer 13 outputs/,
    ],
    [
      "a convolution over numbers in a row",
      ArgumentError,
      () => train(own, { layers: conv }),
      /a convolution takes rows and columns, but what comes before it are 2 numbers in a row.*train it on images/,
    ],
    [
      "a window larger than the image",
      ArgumentError,
      () => train(IMAGES, { layers: pooled }),
      /max pooling over 9 × 9 leaves nothing of 6 × 7 values; give it a smaller window/,
    ],
    [
      "a network that ends in no dense layer",
      ArgumentError,
      () => train(own, { layers: [{ kind: "maxPool2d", window: 2 }] }),
      /recipe own ends in a maxPool2d layer; expected a dense one, with an output for each class/,
    ],
    ["no network", ArgumentError, () => train(own, {}), /takes one network.*found 0/],
    ["two networks", ArgumentError, () => train(own, { hidden: [2], recipe: "net1" }), /found 2/],
    [
      "a recipe that there is not",
      ArgumentError,
      () => train(own, { recipe: "net3" }),
      /no recipe "net3"; there are net1, net2/,
    ],
    [
      "a width that is none",
      ArgumentError,
      () => train(own, { hidden: [2.5] }),
      /recipe own: outputs of layer 1 must be a whole number from 1 on, found 2.5/,
    ],
    [
      "a rate that is none",
      ArgumentError,
      () => train(own, { hidden: [2], learningRate: 0 }),
      /learningRate must be a number above 0, found 0/,
    ],
    [
      "test points of another size",
      ShapeError,
      () => train(own, { hidden: [2], test: points([[1]], { labels: [0], name: "t" }) }),
      /test points t have 1 values each, but those of the training points mine have 2/,
    ],
  ])("%s", async (_, kind, work, message) => {
    await expect(work()).rejects.toThrow(kind as typeof ArgumentError);
    await expect(work()).rejects.toThrow(message);
  });
});
