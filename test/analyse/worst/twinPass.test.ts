import { createPatternPasses } from "../../../src/analyse/choosePasses";
import { roundingError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { goalForm, goalOf, goalValue } from "../../../src/analyse/worst/goal";
import { createSeparatePass } from "../../../src/analyse/worst/separatePass";
import { createTwinPass, type TwinPass } from "../../../src/analyse/worst/twinPass";
import { evaluate } from "../../../src/network/evaluate";
import type { Network } from "../../../src/network/network";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { GRAPHS } from "../../network/randomGraph";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../../network/randomNetwork";

const NETWORKS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([5, 7, 6, 3], random)],
  ["convolutional", randomConvolutionalNetwork],
  ...GRAPHS,
];

function twinsOf(build: (random: RandomSource) => Network): Twins {
  const network = build(createRandom(3));
  return createTwins(network, perturbed(network, 0.05, createRandom(4)));
}

const pointsOf = ({ network }: Twins, count: number): Float64Array[] =>
  Array.from({ length: count }, (_, k) => randomPoint(network.inputSize, createRandom(10 + k)));

function distance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Math.max(...Array.from(one, (value, index) => Math.abs(value - other[index])));
}

/** Coefficients of a form by differences over a way so short that no switch lies on it. */
function slopes(valueAt: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const h = 1e-6;
  return x.map((_, input) => {
    const at = (move: number): number =>
      valueAt(x.map((value, k) => (k === input ? value + move : value)));
    return (at(h) - at(-h)) / (2 * h);
  });
}

const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, index) => sum + value * other[index], 0);

describe.each(NETWORKS)("a pass of %s twins", (_, build) => {
  const twins = twinsOf(build);
  const pass = createTwinPass(twins, createPlainKernels(), 3);
  pass.measureSpread(pointsOf(twins, 3));

  test.each([{ kind: "own" }, { kind: "smooth", width: 0.3 }] as const)(
    "yields both networks' logits at several inputs, whatever the switching (%j)",
    (switching) => {
      const inputs = pointsOf(twins, 3);
      pass.forward(inputs, switching).forEach(({ network, approximated }, k) => {
        expect(distance(network, evaluate(twins.network, inputs[k]))).toBeLessThan(1e-12);
        const error = roundingError(twins, inputs[k]);
        const found = approximated.map((value, output) => value - network[output]);
        expect(distance(found, error)).toBeLessThan(1e-12);
      });
    },
  );

  test("with its own switches has the difference itself, and its gradient", () => {
    const [x] = pointsOf(twins, 1);
    const [{ network, approximated, smoothed }] = pass.forward([x], { kind: "own" });
    const error = approximated.map((value, output) => value - network[output]);
    expect(distance(smoothed, error)).toBeLessThan(1e-12);
    const form = {
      network: network.map((__, o) => o - 1),
      difference: error.map((__, o) => 2 - o),
    };
    const [gradient] = pass.backward([form]);
    const expected = slopes(
      (y) =>
        dot(form.network, evaluate(twins.network, y)) +
        dot(form.difference, roundingError(twins, y)),
      x,
    );
    expect(distance(gradient, expected)).toBeLessThan(1e-6);
  });

  test("carries forms back along smooth switches as their values change", () => {
    const inputs = pointsOf(twins, 2);
    const switching = { kind: "smooth", width: 0.3 } as const;
    const forms = pass.forward(inputs, switching).map(({ network }, k) => ({
      network: network.map((__, o) => 1 + o - k),
      difference: network.map((__, o) => 1 - 2 * o),
    }));
    const gradients = pass.backward(forms);
    gradients.forEach((gradient, k) => {
      const expected = slopes((y) => {
        const [{ network, smoothed }] = pass.forward([y], switching);
        return dot(forms[k].network, network) + dot(forms[k].difference, smoothed);
      }, inputs[k]);
      expect(distance(gradient, expected)).toBeLessThan(1e-6);
    });
  });

  test("is in a batch what it is alone", () => {
    const inputs = pointsOf(twins, 3);
    const run = (batch: Float64Array[]): Float64Array[] => {
      const logits = pass.forward(batch, { kind: "smooth", width: 0.1 });
      return pass.backward(
        logits.map(({ network, approximated }) => ({
          network: new Float64Array(network.length),
          difference: goalForm({ kind: "error" }, network, approximated).approximated,
        })),
      );
    };
    const together = run(inputs);
    inputs.forEach((x, k) => expect(distance(run([x])[0], together[k])).toBeLessThan(1e-12));
  });
});

describe("a pass of twins of two architectures", () => {
  test("has the logits of both and the gradient of the goal", () => {
    const twins = createTwins(
      randomDenseNetwork([4, 6, 3], createRandom(5)),
      randomDenseNetwork([4, 3, 5, 3], createRandom(6)),
    );
    const pass: TwinPass = createSeparatePass(
      createPatternPasses([twins.network, twins.approximated], createPlainKernels()),
      2,
    );
    for (const name of ["error", "output", "class"]) {
      const goal = goalOf(name, 3);
      const valueAt = (x: Float64Array): number =>
        goalValue(goal, evaluate(twins.network, x), evaluate(twins.approximated, x));
      const inputs = pointsOf(twins, 2);
      const logits = pass.forward(inputs, { kind: "own" });
      const gradients = pass.backward(
        logits.map(({ network, approximated }) => {
          const form = goalForm(goal, network, approximated);
          const both = form.network.map((factor, o) => factor + form.approximated[o]);
          return { network: both, difference: form.approximated };
        }),
      );
      inputs.forEach((x, k) => {
        expect(distance(gradients[k], slopes(valueAt, x))).toBeLessThan(1e-6);
      });
    }
  });
});
