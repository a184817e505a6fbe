import { appMax } from "../../src/analyse/appMax";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins, type Twins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { createHighsEngine } from "../../src/lp/highs/engine";
import { createInteriorPointEngine } from "../../src/lp/interiorPoint/engine";
import type { Engine } from "../../src/lp/program";
import { createPlainKernels } from "../../src/numeric/kernels";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import { brightPatch, syntheticConvolutions } from "../../bench/lp/syntheticConvolutions";
import {
  CONVOLUTIONAL_SHAPES,
  convolutionalNetwork,
  type ConvolutionalShape,
  type Stage,
} from "../network/convolutionalShapes";
import { perturbed, randomDenseNetwork, randomPoint } from "../network/randomNetwork";

/** Two certified maxima of one program. */
const AGREEMENT = 1e-8;

const interior = createInteriorPointEngine(loadKernels());
let highs: Engine;
beforeAll(async () => {
  highs = await createHighsEngine();
});

function twinsOf(shape: ConvolutionalShape, seed: number, noise: number): Twins {
  const random = createRandom(seed);
  const network = convolutionalNetwork(shape, random);
  return createTwins(network, perturbed(network, noise, random));
}

/** A random point, a third of whose values are at an end of the box. */
function cornered(size: number, random: RandomSource): Float64Array {
  return randomPoint(size, random).map((value) => {
    if (random.next() > 0.33) return value;
    return value < 0.7 ? 0 : 1;
  });
}

function expectAgreement(twins: Twins, x: Float64Array): void {
  const workspace = createPolytopeWorkspace(twins, loadKernels());
  const ours = appMax(workspace, x, [interior]);
  const theirs = appMax(workspace, x, [highs]);
  expect(ours).toMatchObject({ status: "certified", solver: "interior", reason: "" });
  expect(theirs.status).toBe("certified");
  const scale = Math.max(theirs.maximum, 1e-2);
  expect(Math.abs(ours.maximum - theirs.maximum)).toBeLessThan(AGREEMENT * scale);
  expect(ours.upperBound).toBeGreaterThanOrEqual(theirs.maximum - AGREEMENT * scale);
  expect(ours.maximum).toBeGreaterThanOrEqual(ours.error);
}

/** The shapes that the engine is said to take, beside those that rows are compared for. */
const LARGER: readonly ConvolutionalShape[] = [
  {
    name: "14 × 14, grey, kernel 5, stride 2",
    picture: [14, 14, 1],
    stages: [{ kind: "conv", channels: 6, kernel: 5, stride: 2, padding: 2 }, { kind: "relu" }],
  },
  {
    name: "10 × 10, colour, conv, pool, conv",
    picture: [10, 10, 3],
    stages: [
      { kind: "conv", channels: 6, kernel: 3, padding: 1 },
      { kind: "relu" },
      { kind: "pool", window: 2 },
      { kind: "conv", channels: 8, kernel: 3, padding: 1 },
      { kind: "relu" },
    ],
  },
];

describe("AppMax by the interior point engine", () => {
  test.each([...CONVOLUTIONAL_SHAPES, ...LARGER])("agrees with HiGHS: $name", (shape) => {
    for (const [seed, noise] of [
      [3, 0.05],
      [4, 1e-4],
    ]) {
      const twins = twinsOf(shape, seed, noise);
      expectAgreement(twins, cornered(twins.network.inputSize, createRandom(seed)));
    }
  });

  test("agrees with HiGHS on a zoo of random convolutional networks", () => {
    const random = createRandom(80);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random.next() * values.length)];
    for (let run = 0; run < 25; run++) {
      const stages: Stage[] = [];
      const depth = pick([1, 1, 2, 2, 3]);
      for (let layer = 0; layer < depth; layer++) {
        stages.push({
          kind: "conv",
          channels: pick([1, 2, 4]),
          kernel: pick([1, 2, 3]),
          stride: pick([1, 1, 2]),
          padding: pick([0, 1]),
        });
        if (pick([true, false]) && layer < 2) stages.push({ kind: "pool", window: pick([1, 2]) });
        stages.push({ kind: "relu" });
      }
      const picture = [pick([12, 15]), pick([12, 13, 17]), pick([1, 2, 3])] as const;
      const twins = twinsOf({ name: `zoo ${run}`, picture, stages }, run, pick([0.1, 0.01]));
      expectAgreement(twins, cornered(twins.network.inputSize, random));
    }
  });

  test("ends where the gap is below 0 and rows' residuals are still large", () => {
    const random = createRandom(20250922);
    const size = { side: 20, channels: 1 };
    const network = syntheticConvolutions(size, random);
    const twins = createTwins(network, approximate(network, { kind: "half" }));
    const pictures = [0, 1, 2].map(() => brightPatch(size, random));
    expectAgreement(twins, pictures[2]);
  });

  test("finds nothing between a network and itself", () => {
    const { network } = twinsOf(CONVOLUTIONAL_SHAPES[0], 3, 0);
    const workspace = createPolytopeWorkspace(createTwins(network, network));
    const x = cornered(network.inputSize, createRandom(1));
    expect(appMax(workspace, x, [interior])).toMatchObject({
      status: "certified",
      error: 0,
      maximum: 0,
      upperBound: 0,
    });
  });

  test("has the same bits with plain kernels, and with workspaces that share the engine's", () => {
    const twins = twinsOf(CONVOLUTIONAL_SHAPES[3], 5, 0.05);
    const x = cornered(twins.network.inputSize, createRandom(2));
    const shared = loadKernels();
    const results = [
      [createPolytopeWorkspace(twins, loadKernels()), interior] as const,
      [createPolytopeWorkspace(twins, shared), createInteriorPointEngine(shared)] as const,
      [createPolytopeWorkspace(twins, createPlainKernels()), createInteriorPointEngine()] as const,
    ].map(([workspace, engine]) => appMax(workspace, x, [engine]));
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("proves an interval when it is stopped at any question", () => {
    const twins = twinsOf(CONVOLUTIONAL_SHAPES[0], 6, 0.05);
    const workspace = createPolytopeWorkspace(twins, loadKernels());
    const x = cornered(twins.network.inputSize, createRandom(3));
    const { maximum } = appMax(workspace, x, [interior]);
    for (const last of [0, 1, 4, 9, 14]) {
      let asked = 0;
      const stopped = appMax(workspace, x, [interior], { shouldStop: () => asked++ >= last });
      expect(stopped.status).toBe("uncertified");
      expect(stopped.error).toBeLessThanOrEqual(stopped.maximum);
      expect(stopped.maximum).toBeLessThanOrEqual(maximum + AGREEMENT);
      expect(stopped.upperBound).toBeGreaterThanOrEqual(maximum - AGREEMENT);
    }
  });

  test("is not offered frames by networks that begin otherwise", () => {
    const random = createRandom(7);
    const dense = randomDenseNetwork([9, 5, 3], random);
    const twins = createTwins(dense, perturbed(dense, 0.1, random));
    const { rows } = polytopeAt(createPolytopeWorkspace(twins), randomPoint(9, random));
    expect(rows.frames).toBeUndefined();
  });
});
