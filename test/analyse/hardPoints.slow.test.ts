import { decideAgreement } from "../../src/analyse/agreement";
import { appMax, boxProgram, type AppMaxResult } from "../../src/analyse/appMax";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins, type Twins } from "../../src/analyse/twin";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { createHighsEngine } from "../../src/lp/highs/engine";
import type { Engine, RowOracle } from "../../src/lp/program";
import type { DenseLayer, Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import { dense } from "../approximate/tinyNetworks";
import { perturbed, randomDenseNetwork, randomPoint } from "../network/randomNetwork";

/*
 * The points that are hard for the dual simplex engine, by both of its methods, against HiGHS.
 */

/** Two maxima of order one by different solvers. */
const CLOSE = 1e-8;

let highs: Engine;
beforeAll(async () => {
  highs = await createHighsEngine();
});

const ENGINES = ([1, 2] as const).map((method) =>
  createDualSimplexEngine(loadKernels(), { method }),
);

/** The certified answer of both methods, which HiGHS finds too. */
function solveEveryWay(twins: Twins, x: Float64Array): AppMaxResult {
  const workspace = createPolytopeWorkspace(twins, loadKernels());
  const expected = appMax(workspace, x, [highs]);
  const [first, second] = ENGINES.map((engine) => appMax(workspace, x, [engine]));
  for (const { status, reason, maximum, upperBound, error } of [first, second]) {
    expect([status, reason]).toEqual(["certified", ""]);
    expect(Math.abs(upperBound - expected.upperBound)).toBeLessThan(CLOSE);
    expect(maximum).toBeGreaterThanOrEqual(error);
  }
  return second;
}

const integer = (random: RandomSource): number => Math.round(6 * random.next()) - 3;

/** A dense layer of whole weights: sums over halves are exact. Some neurons are 0 at `values`. */
function tiedLayer(
  values: readonly number[],
  neurons: number,
  tied: number,
  random: RandomSource,
): { layer: DenseLayer; next: number[] } {
  const weights = Array.from({ length: neurons }, () => values.map(() => integer(random)));
  const sums = weights.map((row) => row.reduce((sum, w, input) => sum + w * values[input], 0));
  const bias = sums.map((sum, neuron) => (neuron < tied ? -sum : integer(random)));
  const next = sums.map((sum, neuron) => Math.max(0, sum + bias[neuron]));
  return { layer: dense(weights, bias), next };
}

const moved = (layer: DenseLayer, random: RandomSource): DenseLayer => ({
  ...layer,
  bias: layer.bias.map((value) => value + 0.01 * random.normal()),
});

/** The twin has another last layer alone, so that both networks are tied at the same neurons. */
function tiedTwins(x: readonly number[], tied: number, random: RandomSource): Twins {
  const one = tiedLayer(x, 24, tied, random);
  const two = tiedLayer(one.next, 16, tied, random);
  const last = tiedLayer(two.next, 3, 0, random).layer;
  const network = (name: string, end: DenseLayer): Network =>
    createNetwork(name, x.length, [one.layer, { kind: "relu" }, two.layer, { kind: "relu" }, end]);
  const changed = perturbed(network("twin", moved(last, random)), 0, random).layers[4];
  if (changed.kind !== "dense") throw new Error("the last layer is dense");
  const weights = { ...changed.weights, data: changed.weights.data.map((w) => w * 1.01 + 0.003) };
  return createTwins(network("tied", last), network("twin", { ...changed, weights }));
}

describe("the dual simplex engine, at hard points", () => {
  test.each([1, 6, 12, 16])("solves points with %i neurons of each layer exactly tied", (tied) => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(10 * tied + seed);
      const x = Array.from({ length: 10 }, () => Math.round(2 * random.next()) / 2);
      const twins = tiedTwins(x, tied, random);
      const { rows } = polytopeAt(createPolytopeWorkspace(twins), Float64Array.from(x));
      const slacks = new Float64Array(rows.rowCount);
      rows.slacks(Float64Array.from(x), slacks);
      expect(slacks.filter((slack) => slack === 0).length).toBeGreaterThanOrEqual(4 * tied);
      solveEveryWay(twins, Float64Array.from(x));
    }
  });

  test("finds the largest error where it is 0 at the point itself", () => {
    let found = 0;
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(500 + seed);
      const network = randomDenseNetwork([8, 14, 10, 1], random);
      const [first, ...others] = network.layers;
      if (first.kind !== "dense") throw new Error("the first layer is dense");
      // The twin reads more of input 0, which is 0 at the point.
      const data = first.weights.data.map((w, at) => (at % 8 === 0 ? w + 0.1 : w));
      const altered = { ...first, weights: { ...first.weights, data } };
      const twin = createNetwork("twin", 8, [altered, ...others]);
      const x = randomPoint(8, random);
      x[0] = 0;
      const result = solveEveryWay(createTwins(network, twin), x);
      expect(result.error).toBe(0);
      if (result.maximum > 0) found++;
    }
    // The difference keeps the sign of 0, which is +: in half of the cases it can only fall.
    expect(found).toBeGreaterThan(4);
  });

  test("solves programs whose rows are all there twice, and in the twin again", () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(700 + seed);
      const rows = Array.from({ length: 12 }, () =>
        Array.from({ length: 8 }, () => random.normal()),
      );
      const bias = rows.map(() => random.normal());
      const outputs = [0, 1, 2].map(() => [...rows, ...rows].map(() => random.normal()));
      const network = (shift: number): Network =>
        createNetwork("twice", 8, [
          dense([...rows, ...rows], [...bias, ...bias]),
          { kind: "relu" },
          dense(outputs, [0, shift, -shift]),
        ]);
      const changed = perturbed(network(0.1), 0, random);
      const last = changed.layers[2];
      if (last.kind !== "dense") throw new Error("the last layer is dense");
      const data = last.weights.data.map((w) => Math.fround(w * 1.001));
      const end = { ...last, weights: { ...last.weights, data } };
      const twin = createNetwork("twice too", 8, [...changed.layers.slice(0, 2), end]);
      const result = solveEveryWay(createTwins(network(0), twin), randomPoint(8, random));
      expect(result.maximum).toBeGreaterThan(result.error);
    }
  });

  test("finds nothing between a network and itself, tied or not, and agreement", () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(900 + seed);
      const x = Array.from({ length: 10 }, () => Math.round(2 * random.next()) / 2);
      for (const network of [
        randomDenseNetwork([10, 16, 12, 3], random),
        tiedTwins(x, 8, random).network,
      ]) {
        const twins = createTwins(network, network);
        const { error, maximum, upperBound } = solveEveryWay(twins, Float64Array.from(x));
        expect([error, maximum]).toEqual([0, 0]);
        expect(upperBound).toBeLessThan(1e-11);
        const workspace = createPolytopeWorkspace(twins, loadKernels());
        const { margin, marginBound } = decideAgreement(
          workspace,
          Float64Array.from(x),
          ENGINES[1],
        );
        // Where N itself is tied a margin is 0; nowhere is it more.
        expect(margin).toBeLessThan(1e-9);
        expect(marginBound).toBeLessThan(1e-7);
      }
    }
  });

  test("solves points at corners of the box", () => {
    for (let seed = 0; seed < 15; seed++) {
      const random = createRandom(1100 + seed);
      const network = randomDenseNetwork([10, 18, 12, 3], random);
      const twins = createTwins(network, perturbed(network, 0.02, random));
      const corners = [0, 1, undefined].map((end) =>
        Float64Array.from({ length: 10 }, () => end ?? Math.round(random.next())),
      );
      for (const corner of corners) {
        const { witness } = solveEveryWay(twins, corner);
        expect(witness.every((value) => value >= 0 && value <= 1)).toBe(true);
      }
    }
  });
});

describe("the dual simplex engine, when it is stopped", () => {
  const random = createRandom(10);
  const network = randomDenseNetwork([100, 150, 120, 4], random);
  const twins = createTwins(network, perturbed(network, 0.02, random));
  const x = randomPoint(100, random);
  const workspace = createPolytopeWorkspace(twins, loadKernels());

  /** What the engine asks of its rows and of whoever may stop it, in order. */
  function eventsOf(engine: Engine, stopAt: number): string[] {
    const { rows, ...program } = boxProgram(
      polytopeAt(workspace, x),
      x,
      boxOver(PIXEL_DOMAIN, 100),
    );
    const events: string[] = [];
    const watched: RowOracle = {
      ...rows,
      slacks: (y, out) => {
        events.push("slacks");
        rows.slacks(y, out);
      },
      row: (index, out) => {
        events.push("row");
        return rows.row(index, out);
      },
    };
    let asked = 0;
    const shouldStop = (): boolean => {
      events.push("question");
      return asked++ === stopAt;
    };
    engine.solve({ ...program, rows: watched }, { shouldStop });
    return events;
  }

  test.each([1, 2])(
    "asks before every pricing, and does nothing after it is told, method %i",
    (method) => {
      const engine = ENGINES[method - 1];
      const all = eventsOf(engine, Infinity);
      const questions = all.filter((event) => event === "question").length;
      expect(questions).toBeGreaterThan(15);
      // The first slacks are those of the feasible point; rows come by the round.
      let [prices, rows] = [0, 0];
      for (const event of all.slice(1)) {
        if (event === "question") [prices, rows] = [0, 0];
        else if (event === "slacks") prices++;
        else rows++;
        expect(prices).toBeLessThanOrEqual(1);
        expect(rows).toBeLessThanOrEqual(120);
      }
      for (let stopAt = 0; stopAt < questions; stopAt += 3) {
        const events = eventsOf(engine, stopAt);
        expect(events[events.length - 1]).toBe("question");
        expect(events.filter((event) => event === "question")).toHaveLength(stopAt + 1);
      }
    },
  );

  test.each([1, 2])(
    "proves an interval around the maximum whenever that is, method %i",
    (method) => {
      const engine = ENGINES[method - 1];
      const whole = appMax(workspace, x, [engine]);
      let stops = 0;
      for (let answer = 0; ; answer++) {
        let asked = 0;
        const shouldStop = (): boolean => asked++ >= answer;
        const { status, maximum, upperBound, error } = appMax(workspace, x, [engine], {
          shouldStop,
        });
        if (status === "certified") break;
        stops++;
        expect(error).toBeLessThanOrEqual(maximum);
        expect(maximum).toBeLessThanOrEqual(whole.upperBound);
        expect(upperBound).toBeGreaterThanOrEqual(whole.maximum);
      }
      expect(stops).toBeGreaterThan(15);
    },
  );
});
