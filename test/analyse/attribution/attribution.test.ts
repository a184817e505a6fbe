import { attributeDifference, type Part } from "../../../src/analyse/attribution/attribution";
import { meanSlope } from "../../../src/analyse/attribution/passage";
import { roundingError } from "../../../src/analyse/roundingError";
import type { ActivationSource } from "../../../src/analyse/source/activations";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { ShapeError } from "../../../src/errors";
import { createRandom } from "../../../src/numeric/random";
import { perturbed, randomDenseNetwork, randomPoint } from "../../network/randomNetwork";
import { NETWORKS } from "./networks";
import { plainShares } from "../../reference/plainShares";

/** How far values are moved: patterns agree, and most of them do not. */
const SIZES = [1e-3, 0.5];

function shareOf({ value, local }: Part, gradients: readonly Float64Array[]): number {
  return local.reduce((sum, move, at) => sum + move * gradients[value][at], 0);
}

/** Shares by part and output, and how large what they are sums of is. */
function sharesOf(twins: Twins, x: Float64Array) {
  const { parts, gradients, difference } = attributeDifference(twins, x);
  const shares = Array.from(difference, (_, output) =>
    parts.map((part) => shareOf(part, gradients(output))),
  );
  return { parts, shares, difference };
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
const size = (values: readonly number[]): number => sum(values.map(Math.abs));

describe.each(NETWORKS)("attributeDifference of a %s network", (_, build) => {
  const cases = SIZES.flatMap((amount) => [0, 1, 2].map((seed) => [amount, seed] as const));

  test.each(cases)(
    "adds up to the difference to 1e-12 of its parts, moved by %d (%d)",
    (amount, seed) => {
      const network = build(createRandom(seed));
      const twins = createTwins(network, perturbed(network, amount, createRandom(50 + seed)));
      const x = randomPoint(network.inputSize, createRandom(70 + seed));
      const { shares, difference } = sharesOf(twins, x);
      expect(difference).toEqual(roundingError(twins, x));
      shares.forEach((ofOutput, output) => {
        const off = Math.abs(sum(ofOutput) - difference[output]);
        expect(off).toBeLessThanOrEqual(1e-12 * size(ofOutput));
      });
    },
  );

  test.each(cases)(
    "gives each layer what carrying it forwards gives, moved by %d (%d)",
    (...at) => {
      const [amount, seed] = at;
      const network = build(createRandom(seed));
      const twins = createTwins(network, perturbed(network, amount, createRandom(90 + seed)));
      const x = randomPoint(network.inputSize, createRandom(30 + seed));
      const expected = plainShares(twins, [...x]);
      const { parts, shares } = sharesOf(twins, x);
      shares.forEach((ofOutput, output) => {
        network.layers.forEach((_layer, layer) => {
          const found = sum(ofOutput.filter((_share, at_) => parts[at_].value === layer + 1));
          const off = Math.abs(found - expected[layer][output]);
          // The reference divides differences of values.
          expect(off).toBeLessThanOrEqual(1e-9 * Math.max(1, size(ofOutput)));
        });
      });
    },
  );

  test("gives everything to the one layer that differs", () => {
    const network = build(createRandom(8));
    const noisy = perturbed(network, 0.3, createRandom(9));
    const x = randomPoint(network.inputSize, createRandom(10));
    network.layers.forEach((layer, blamed) => {
      const layers = network.layers.map((one, at) => (at === blamed ? noisy.layers[at] : one));
      const { parts, shares, difference } = sharesOf(
        createTwins(network, { ...network, layers }),
        x,
      );
      shares.forEach((ofOutput, output) => {
        ofOutput.forEach((share, at) => {
          if (parts[at].value !== blamed + 1) expect(share).toBe(0);
        });
        const off = Math.abs(sum(ofOutput) - difference[output]);
        expect([layer.kind, off < 1e-12]).toEqual([layer.kind, true]);
      });
    });
  });

  test("splits what grids of activations do from what weights do", () => {
    const network = build(createRandom(18));
    const grid = { step: 2 ** -4, min: -2, max: 2 };
    const rounded = network.layers.map((_layer, layer) => ({ value: layer, grid }));
    const source: ActivationSource = { kind: "activations", rounded };
    const approximated = perturbed(network, 0.05, createRandom(19));
    const x = randomPoint(network.inputSize, createRandom(20));
    const { parts, shares, difference } = sharesOf(createTwins(network, approximated, [source]), x);
    expect(new Set(parts.map((part) => part.source))).toEqual(new Set(["weights", "activations"]));
    // What is not rounded has no part of rounding.
    const places = parts.filter((part) => part.source === "activations").map(({ value }) => value);
    expect(places).toEqual(rounded.map(({ value }) => value));
    shares.forEach((ofOutput, output) => {
      const off = Math.abs(sum(ofOutput) - difference[output]);
      expect(off).toBeLessThanOrEqual(1e-12 * size(ofOutput));
    });
    const alone = sharesOf(createTwins(network, network, [source]), x);
    alone.parts.forEach((part, at) => {
      if (part.source === "weights") alone.shares.forEach((own) => expect(own[at]).toBe(0));
    });
  });
});

describe("meanSlope", () => {
  const relu = { form: "pieces", size: 1, pixels: 1, knots: [0], slopes: [0, 1] } as const;
  const step = { ...relu, intercepts: [0, 0] };

  test("is the part of the way above the knot, in both directions", () => {
    expect(meanSlope(step, 0, -1, 3)).toBe(0.75);
    expect(meanSlope(step, 0, 3, -1)).toBe(0.75);
    expect([meanSlope(step, 0, 1, 3), meanSlope(step, 0, -3, -1)]).toEqual([1, 0]);
  });

  test("keeps its digits between neighbouring numbers", () => {
    expect(meanSlope(step, 0, -1e-300, 3e-300)).toBe(0.75);
    expect(meanSlope(step, 0, 2, 2)).toBe(1);
  });
});

test("attributeDifference refuses twins of two architectures", () => {
  const random = createRandom(3);
  const one = randomDenseNetwork([2, 3, 2], random);
  const other = randomDenseNetwork([2, 3, 3, 2], random);
  expect(() => attributeDifference(createTwins(one, other), Float64Array.of(0, 1))).toThrow(
    ShapeError,
  );
});
