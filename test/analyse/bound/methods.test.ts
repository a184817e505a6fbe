import { intersectBounds } from "../../../src/analyse/bound/intersectBounds";
import { boundMethodOf } from "../../../src/analyse/bound/methods";
import type { BoundMethod } from "../../../src/analyse/bound/bound";
import { boundErrors } from "../../../src/analyse/errorBounds";
import type { Intervals } from "../../../src/analyse/intervals";
import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { InvariantError, ShapeError } from "../../../src/errors";
import { DISPLAY } from "../../../src/present/display";
import { bound } from "../../../src/lab/bound";
import { evaluateInto } from "../../../src/network/evaluate";
import { createFlows } from "../../../src/network/flows";
import { loadKernels } from "../../../src/numeric/loadKernels";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { GRAPHS } from "../../network/randomGraph";
import { perturbed, randomDenseNetwork } from "../../network/randomNetwork";

const kernels = loadKernels();

const NAMES = ["differential", "interval", "both", "symbolic", "tightest"] as const;

function boxOf(size: number, random: RandomSource): Intervals {
  const lower = Float64Array.from({ length: size }, () => random.next() - 0.7);
  return { lower, upper: lower.map((value) => value + random.next()) };
}

const outside = (values: Float64Array, { lower, upper }: Intervals): number =>
  values.filter((value, at) => !(value >= lower[at] && value <= upper[at])).length;

describe.each(GRAPHS)("of a %s network", (_, build) => {
  test.each(NAMES)("%s holds every value and difference that is tried", (name) => {
    for (let seed = 0; seed < 3; seed++) {
      const random = createRandom(20 + seed);
      const network = build(random);
      // The last twin has nothing to do with its network.
      const altered = seed === 2 ? build(random) : perturbed(network, 0.02, random);
      const twins = createTwins(network, altered);
      const box = boxOf(network.inputSize, random);
      const found = boundMethodOf(name)(twins, box, { kernels });
      const [ours, theirs] = [createFlows(network), createFlows(altered)];
      for (let trial = 0; trial < 40; trial++) {
        const x = box.lower.map((low, at) => low + random.next() * (box.upper[at] - low));
        evaluateInto(network, x, ours);
        evaluateInto(altered, x, theirs);
        ours.forEach((values, node) => {
          const moved = values.map((value, at) => theirs[node][at] - value);
          expect(outside(values, found.values[node])).toBe(0);
          expect(outside(moved, found.differences[node])).toBe(0);
        });
        expect(absoluteError(twins, x)).toBeLessThanOrEqual(found.total.upper);
      }
      const { lower, witness = new Float64Array(0) } = found.total;
      expect(lower).toBe(absoluteError(twins, witness));
    }
  });
});

const dense = (seed: number, size = 4): Twins => {
  const network = randomDenseNetwork([3, size, 2], createRandom(seed));
  return createTwins(network, perturbed(network, 0.1, createRandom(seed + 1)));
};
const unit = { lower: new Float64Array(3), upper: new Float64Array(3).fill(1) };

test("differential is what boundErrors proves, bit for bit", () => {
  const twins = dense(1);
  const { values, errors, total } = boundErrors(twins, unit);
  const found = boundMethodOf("differential")(twins, unit);
  expect(found.values).toEqual(values);
  expect(found.differences).toEqual(errors);
  expect(found.total.upper).toBe(total);
});

test("interval wins where a twin has nothing to do with its network, and both is never worse", () => {
  const network = randomDenseNetwork([3, 8, 8, 2], createRandom(5));
  const twins = createTwins(network, randomDenseNetwork([3, 8, 8, 2], createRandom(50)));
  const [differential, interval, both] = NAMES.map(
    (name) => boundMethodOf(name)(twins, unit).total.upper,
  );
  expect(interval).toBeLessThan(differential);
  expect(both).toBeLessThanOrEqual(interval);
});

test("every method knows that activations are rounded", () => {
  const { network } = dense(3);
  const rounded = [0, 2].map((value) => ({ value, grid: { step: 0.5, min: -1, max: 1 } }));
  const twins = createTwins(network, network, [{ kind: "activations", rounded }]);
  for (const name of NAMES) {
    const { total, differences } = boundMethodOf(name)(twins, unit);
    expect(total.upper).toBeGreaterThan(0);
    expect(differences[0].upper[0]).toBeGreaterThanOrEqual(0.25);
    const random = createRandom(6);
    for (let trial = 0; trial < 200; trial++) {
      const x = Float64Array.from({ length: 3 }, () => random.next());
      expect(absoluteError(twins, x)).toBeLessThanOrEqual(total.upper);
    }
  }
});

test("bounds that exclude each other are a fault of one of them", () => {
  const wrong: BoundMethod = (twins, box, options) => {
    const found = boundMethodOf("interval")(twins, box, options);
    const far = found.values.map(({ lower }) => ({
      lower: lower.map(() => 1e9),
      upper: lower.map(() => 1e9),
    }));
    return { ...found, values: far };
  };
  const both = intersectBounds(boundMethodOf("interval"), wrong);
  expect(() => both(dense(1), unit)).toThrow(InvariantError);
});

describe.each(["symbolic", "norm", "tightest"] as const)("%s", (name) => {
  test("ends within its work once its signal says so", () => {
    const ended = new AbortController();
    let asked = 0;
    jest.spyOn(ended.signal, "throwIfAborted").mockImplementation(() => {
      if (++asked === 3) throw new Error("enough");
    });
    const run = (): unknown =>
      boundMethodOf(name)(dense(4), unit, { kernels, signal: ended.signal });
    expect(run).toThrow("enough");
    expect(asked).toBe(3);
    // What it held is given back: it can be asked again.
    expect(boundMethodOf(name)(dense(4), unit, { kernels }).total.upper).toBeGreaterThan(0);
  });
});

test("layers of other sizes have no differences", () => {
  const twins = createTwins(dense(1, 4).network, dense(1, 5).network);
  expect(() => boundMethodOf("interval")(twins, unit)).toThrow(ShapeError);
});

describe("rl.bound", () => {
  test("takes a box by name, a method by name or one's own, and shows the outputs", async () => {
    const twins = dense(2);
    const named = bound(twins, "0:1", { method: "interval" });
    expect(named.total).toEqual(
      bound(twins, { lower: 0, upper: [1, 1, 1] }, { method: boundMethodOf("interval") }).total,
    );
    expect(bound(twins).method).toBe("tightest");
    expect(JSON.stringify(await named[DISPLAY]())).toMatch(
      /at each output \(interval\), for every/,
    );
  });

  test("says which methods there are", () => {
    expect(() => boundMethodOf("magic")).toThrow(
      /unknown method "magic" of bounds; there are tightest, symbolic, norm, differential, interval, both/,
    );
  });
});
