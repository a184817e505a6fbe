import { boundMethodOf } from "../../../src/analyse/bound/methods";
import { absoluteError } from "../../../src/analyse/roundingError";
import type { ActivationSource } from "../../../src/analyse/source/activations";
import { evaluateApproximated } from "../../../src/analyse/source/evaluateApproximated";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import type { Network, Node } from "../../../src/network/network";
import { createGraph } from "../../../src/network/shape";
import { nodesOf } from "../../../src/network/walk";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { TINY_GRAPHS } from "../../network/randomGraph";
import { perturbed, randomDenseNetwork, randomPoint } from "../../network/randomNetwork";
import { largestErrorByEnumeration } from "../../reference/enumerateRegions";

/*
 * Where Ñ rounds its inputs first, it is constant on every cell of that grid, whatever it rounds
 * later. The largest E over a cell is then that of N against a constant, which enumeration of N's
 * patterns finds exactly.
 */

const STEP = 0.25;
const INPUT_GRID = { step: STEP, min: 0, max: 1 };

/** Of each input that [0, 1] is rounded to, what is rounded to it. */
const CELLS = [0, 1, 2, 3, 4].map((code) => ({
  centre: code * STEP,
  lower: Math.max(0, code * STEP - STEP / 2),
  upper: Math.min(1, code * STEP + STEP / 2),
}));

type Cell = (typeof CELLS)[number];

/** N on a cell, as a network on [0, 1]². */
function onCell(network: Network, cells: readonly Cell[]): Network {
  const weights = Float64Array.from(cells, ({ lower, upper }) => upper - lower);
  const bias = Float64Array.from(cells, ({ lower }) => lower);
  const scale = { kind: "scale", channels: 2, pixels: 1, role: "exact", weights, bias } as const;
  const shifted = nodesOf(network).map(({ layer, from }): Node => ({
    layer,
    from: from.map((value) => value + 1),
  }));
  return createGraph("cell", 2, [{ layer: scale, from: [0] }, ...shifted]);
}

/** A network that yields the same numbers everywhere. */
function constant(values: Float64Array): Network {
  const weights = createMatrix(values.length, 2, new Float64Array(2 * values.length));
  return createGraph("constant", 2, [
    { layer: { kind: "dense", weights, bias: values }, from: [0] },
  ]);
}

/** The supremum of E over [0, 1]², exact but for rounding. */
function largestError(twins: Twins): number {
  const errors = CELLS.flatMap((one) =>
    CELLS.map((other) => {
      const yielded = evaluateApproximated(twins, Float64Array.of(one.centre, other.centre));
      const pair = createTwins(onCell(twins.network, [one, other]), constant(yielded));
      return largestErrorByEnumeration(pair);
    }),
  );
  return Math.max(...errors);
}

const NETWORKS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["two layers", (random) => randomDenseNetwork([2, 3, 2], random)],
  ["three layers", (random) => randomDenseNetwork([2, 3, 2, 1], random)],
  ...TINY_GRAPHS,
];

const UNIT = { lower: new Float64Array(2), upper: new Float64Array(2).fill(1) };

describe.each(NETWORKS)("the bound of rounded activations, of %s", (_, build) => {
  test.each([0, 1, 2])("is never below the largest error that enumeration finds (%d)", (seed) => {
    const random = createRandom(200 + seed);
    const network = build(random);
    // With inputs alone, with all values, and with weights of its own too.
    const approximated = seed < 2 ? network : perturbed(network, 0.05, random);
    const later = seed === 0 ? [] : network.layers.map((_layer, layer) => layer + 1);
    const grid = { step: 2 ** -3, min: -0.5, max: 1 };
    const rounded = [{ value: 0, grid: INPUT_GRID }, ...later.map((value) => ({ value, grid }))];
    const source: ActivationSource = { kind: "activations", rounded };
    const twins = createTwins(network, approximated, [source]);
    const largest = largestError(twins);
    // The enumeration is right: no input has a larger error, and some come near.
    const sampled = Array.from({ length: 4000 }, () =>
      absoluteError(twins, randomPoint(2, random)),
    );
    expect(Math.max(...sampled)).toBeLessThanOrEqual(largest + 1e-12);
    expect(Math.max(...sampled)).toBeGreaterThan(0.8 * largest);
    for (const name of ["differential", "interval", "both"]) {
      expect(boundMethodOf(name)(twins, UNIT).total.upper).toBeGreaterThanOrEqual(largest);
    }
  });
});

test("the bound of rounded inputs of one affine layer is the largest error that enumeration finds", () => {
  const network = randomDenseNetwork([2, 1], createRandom(9));
  const source: ActivationSource = {
    kind: "activations",
    rounded: [{ value: 0, grid: INPUT_GRID }],
  };
  const twins = createTwins(network, network, [source]);
  const { total } = boundMethodOf("differential")(twins, UNIT);
  expect(total.upper).toBeCloseTo(largestError(twins), 12);
});
