import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { attributeDifference } from "../../../src/analyse/attribution/attribution";
import { attributeBound } from "../../../src/analyse/attribution/boundParts";
import { boundMethodOf } from "../../../src/analyse/bound/methods";
import { boundErrors } from "../../../src/analyse/errorBounds";
import { createPolytopeWorkspace } from "../../../src/analyse/polytope";
import { absoluteError, roundingError } from "../../../src/analyse/roundingError";
import type { ActivationSource } from "../../../src/analyse/source/activations";
import { evaluateApproximated } from "../../../src/analyse/source/evaluateApproximated";
import type { Grid } from "../../../src/analyse/source/grid";
import type { MultipliedLayer, MultiplierSource } from "../../../src/analyse/source/multiplier";
import { codeError, createErrorRange } from "../../../src/analyse/source/multiplierCodes";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { loadMultiplier } from "../../../src/approximate/loadMultiplier";
import { mapWeights } from "../../../src/approximate/mapWeights";
import { createMultiplier, type MultiplierTable } from "../../../src/approximate/multiplierTable";
import { ArgumentError } from "../../../src/errors";
import type { Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { packageRoot } from "../../../src/packageRoot";
import { residualNetwork } from "../../network/randomGraph";
import { randomDenseNetwork, randomPoint } from "../../network/randomNetwork";

const exact = createMultiplier("exact", false, (a, b) => a * b);
/** Both operands lose their two last bits. */
const truncating = createMultiplier("truncating", false, (a, b) => (a & ~3) * (b & ~3));
/** Not symmetric, and of both signs; 0 times anything is 0, as around images. */
const odd = createMultiplier(
  "odd",
  true,
  (a, b) => a * b + (a === 0 ? 0 : ((a * 7 + b * 13) % 41) - 9),
);

const WEIGHT_STEP = 2 ** -5;

/** Ñ multiplies in all dense and convolutional layers, on codes of what they read. */
function multiplied(
  network: Network,
  table: MultiplierTable,
  operands: MultipliedLayer["operands"],
) {
  const steps: Grid = table.signed
    ? { step: 2 ** -5, min: -4, max: 127 / 32 }
    : { step: 2 ** -6, min: 0, max: 255 / 64 };
  const multiplying = network.layers.flatMap(({ kind }, index) =>
    kind === "dense" || kind === "conv2d" ? [index] : [],
  );
  const read = multiplying.map((index) => network.from?.[index][0] ?? index);
  const rounded = [...new Set(read)].map((value) => ({ value, grid: steps }));
  const activations: ActivationSource = { kind: "activations", rounded };
  const layers = multiplying.map((index) => ({
    ...{ layer: index + 1, table, operands, grid: steps },
    weightStep: WEIGHT_STEP,
  }));
  const multiplier: MultiplierSource = { kind: "multiplier", layers };
  const most = 127 * WEIGHT_STEP;
  const approximated = mapWeights(network, (weight) =>
    Math.max(-most, Math.min(most, WEIGHT_STEP * Math.round(weight / WEIGHT_STEP))),
  );
  return { approximated, activations, multiplier };
}

function twinsOf(
  network: Network,
  table: MultiplierTable,
  operands: MultipliedLayer["operands"],
): Twins {
  const { approximated, activations, multiplier } = multiplied(network, table, operands);
  return createTwins(network, approximated, [activations, multiplier]);
}

const NETWORKS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([3, 5, 4, 2], random)],
  ["residual", residualNetwork],
];

const CASES = NETWORKS.flatMap(([name, build]) =>
  [exact, truncating, odd].flatMap((table) =>
    (["activation, weight", "weight, activation"] as const).map(
      (operands) => [name, table.name, operands, build, table] as const,
    ),
  ),
);

describe.each(CASES)("a %s network with the %s multiplier (%s)", (...given) => {
  const [, , operands, build, table] = given;
  const network = build(createRandom(4));
  const isPadded = network.layers.some((layer) => layer.kind === "conv2d");
  const isZeroKept = table !== odd || operands === "activation, weight";
  if (isPadded && !isZeroKept) {
    test("is refused: what it makes of padding is not known", () => {
      expect(() => twinsOf(network, table, operands)).toThrow(/padded with zeros, and odd makes/);
    });
    return;
  }
  const twins = twinsOf(network, table, operands);

  test("moves outputs within every bound at every input that is tried", () => {
    const random = createRandom(5);
    for (let trial = 0; trial < 6; trial++) {
      const lower = randomPoint(network.inputSize, random);
      // From one input to wide boxes.
      const box = { lower, upper: lower.map((low) => low + trial * 0.1 * random.next()) };
      const bounds = ["differential", "interval", "both"].map((name) =>
        boundMethodOf(name)(twins, box),
      );
      for (let one = 0; one < 40; one++) {
        const x = lower.map((low, input) => low + random.next() * (box.upper[input] - low));
        const moved = roundingError(twins, x);
        for (const { differences, total } of bounds) {
          const ends = differences[differences.length - 1];
          moved.forEach((move, output) => {
            // Both networks are evaluated in binary64 here.
            expect(move).toBeGreaterThanOrEqual(ends.lower[output] - 1e-13);
            expect(move).toBeLessThanOrEqual(ends.upper[output] + 1e-13);
          });
          expect(absoluteError(twins, x)).toBeLessThanOrEqual(total.upper + 1e-13);
        }
      }
    }
  });

  test("is split exactly between weights, grids and products", () => {
    const x = randomPoint(network.inputSize, createRandom(6));
    const { parts, gradients, difference } = attributeDifference(twins, x);
    difference.forEach((expected, output) => {
      const shares = parts.map(({ value, local }) =>
        local.reduce((sum, move, at) => sum + move * gradients(output)[value][at], 0),
      );
      const size = shares.reduce((sum, share) => sum + Math.abs(share), 0);
      const total = shares.reduce((sum, share) => sum + share, 0);
      expect(Math.abs(total - expected)).toBeLessThanOrEqual(1e-12 * size);
      parts.forEach(({ source }, at) => {
        if (source === "multiplier" && table === exact) expect(Math.abs(shares[at])).toBe(0);
      });
    });
    const box = { lower: x, upper: x.map((value) => value + 0.1) };
    const { parts: ofBound } = attributeBound(twins, box);
    expect(ofBound.some(({ source }) => source === "multiplier")).toBe(true);
  });
});

test("an exact multiplier adds nothing to a bound", () => {
  const network = randomDenseNetwork([3, 5, 2], createRandom(7));
  const { approximated, activations, multiplier } = multiplied(
    network,
    exact,
    "activation, weight",
  );
  const box = { lower: new Float64Array(3), upper: new Float64Array(3).fill(1) };
  const bare = boundErrors(createTwins(network, approximated, [activations]), box);
  const both = boundErrors(createTwins(network, approximated, [activations, multiplier]), box);
  expect(both.total).toBeCloseTo(bare.total, 12);
});

describe("one product", () => {
  // y = W x with W = 5/32: code 5; inputs in [0, 1] have codes 0 to 64 of 1/64.
  const network = createNetwork("n", 1, [
    {
      kind: "dense",
      weights: createMatrix(1, 1, Float64Array.of(5 / 32)),
      bias: Float64Array.of(1),
    },
  ]);
  const grid = { step: 2 ** -6, min: 0, max: 1 };
  const activations: ActivationSource = { kind: "activations", rounded: [{ value: 0, grid }] };
  const layer: MultipliedLayer = {
    ...{ layer: 1, table: truncating, operands: "activation, weight", grid },
    weightStep: 1 / 32,
  };
  const make = (changed: Partial<MultipliedLayer>, first = activations) =>
    createTwins(network, network, [
      first,
      { kind: "multiplier", layers: [{ ...layer, ...changed }] },
    ]);

  test("is what the table says, and bounded by its extremes over the codes of the box", () => {
    // 45/64: 44 · 4 in place of 45 · 5 = 225, of 1/2048 each.
    expect(evaluateApproximated(make({}), Float64Array.of(45 / 64))[0]).toBe(1 + 176 / 2048);
    // Codes 40 to 43: (40 · 4 − 40 · 5) to (40 · 4 − 43 · 5), and half a step of the grid.
    const box = { lower: Float64Array.of(40 / 64), upper: Float64Array.of(43 / 64) };
    const { errors } = boundErrors(make({}), box);
    expect(errors[1].lower[0]).toBeCloseTo(-55 / 2048 - 5 / 32 / 128, 14);
    expect(errors[1].upper[0]).toBeCloseTo(-40 / 2048 + 5 / 32 / 128, 14);
  });

  test("of a negative weight has the sign that an unsigned table leaves out", () => {
    expect(codeError(truncating, "activation, weight", 45, -5)).toBe(225 - 176);
    expect(codeError(odd, "activation, weight", 3, -5)).toBe(((21 - 65) % 41) - 9);
    expect(codeError(odd, "weight, activation", 3, -5)).toBe(((-35 + 39) % 41) - 9);
  });

  test("has the extremes of each run of codes that trying all of them finds", () => {
    const range = createErrorRange(odd, "weight, activation");
    for (const [from, to] of [
      [-128, 127],
      [5, 5],
      [-3, 6],
      [100, 127],
      [-128, -120],
    ]) {
      const tried = Array.from({ length: to - from + 1 }, (_, index) =>
        codeError(odd, "weight, activation", from + index, 17),
      );
      expect(range(17, from, to)).toEqual({ least: Math.min(...tried), most: Math.max(...tried) });
    }
  });

  test.each([
    [{ layer: 2 }, /no layer 2 to multiply in; they are 1 to 1/],
    [{ grid: { ...grid, step: 2 ** -7 } }, /value 0, which no source of activations rounds to its/],
    [
      { weightStep: 1 / 16 },
      /weight 0.15625 of layer 1 \(dense\) of n is none of -255 to 255 times/,
    ],
    [{ weightStep: 0 }, /step of the weights of layer 1 .* is 0, expected one above 0/],
  ])("is refused of %j", (changed, message) => {
    expect(() => make(changed)).toThrow(ArgumentError);
    expect(() => make(changed)).toThrow(message);
  });

  test("is refused on codes that the table does not have", () => {
    const wide = { step: 2 ** -6, min: -1, max: 1 };
    const first: ActivationSource = { kind: "activations", rounded: [{ value: 0, grid: wide }] };
    expect(() => make({ grid: wide }, first)).toThrow(
      /codes -64 to 64, but truncating multiplies 0/,
    );
  });

  test("is refused by AppMax, which names the source", () => {
    const { approximated, multiplier } = { approximated: network, multiplier: make({}).sources };
    const twins = createTwins(network, approximated, multiplier?.slice().reverse());
    expect(() => createPolytopeWorkspace(twins)).toThrow(
      /needs twins that are affine piece by piece, but n has products of an approximate multiplier/,
    );
  });
});

const folder = join(packageRoot(), "..", "shared", "multipliers");
const withCircuits = existsSync(folder) ? test : test.skip;

withCircuits("circuits of EvoApproxLib have the errors that are published of them", async () => {
  // What the statistics' file holds of a circuit.
  const known = JSON.parse(readFileSync(join(folder, "stats.json"), "utf8")) as Record<
    string,
    { readonly signed: boolean; readonly recomputed: { readonly ME: number; readonly WCE: number } }
  >;
  for (const name of ["mul8u_2P7", "mul8u_17KS", "mul8u_17QU", "mul8s_1KV8", "mul8s_1KR3"]) {
    const table = await loadMultiplier(join(folder, `${name}.bin`));
    const { signed, recomputed } = known[name];
    expect([table.name, table.signed]).toEqual([name, signed]);
    const [first, last] = signed ? [-128, 127] : [0, 255];
    let [sum, worst] = [0, 0];
    for (let a = first; a <= last; a++) {
      for (let b = first; b <= last; b++) {
        const error = table.products[256 * (a & 255) + (b & 255)] - a * b;
        sum += error;
        worst = Math.max(worst, Math.abs(error));
      }
    }
    expect(sum / 65536).toBeCloseTo(recomputed.ME, 5);
    expect(worst).toBe(recomputed.WCE);
  }
});
