import { boxProgram } from "../../src/analyse/appMax";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import {
  createPolytopeWorkspace,
  polytopeAt,
  type PolytopeWorkspace,
} from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { dualBound } from "../../src/lp/certificate";
import type { BoxProgram, Multiplier, RowsApart } from "../../src/lp/program";
import { createPlainKernels } from "../../src/numeric/kernels";
import type { Layer, Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";
import { exactSlacks, zeroForm } from "../reference/exactSlacks";
import {
  add,
  addForms,
  compare,
  largest,
  multiply,
  rational,
  type Rational,
  type RationalForm,
} from "../reference/rational";

const NORMALISE = { kind: "normalise", mean: 0.1307, deviation: 0.3081 } as const;

/** Two convolutions of other strides and paddings than Net2's, two channels in, pooled twice. */
function randomStridedNetwork(random: RandomSource): Network {
  const values = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.normal());
  const convolution = (
    shape: Pick<Layer & { kind: "conv2d" }, "inChannels" | "outChannels" | "height" | "width">,
    form: { readonly kernel: number; readonly stride: number; readonly padding: number },
  ): Layer => ({
    kind: "conv2d",
    ...shape,
    ...form,
    weights: values(shape.inChannels * shape.outChannels * form.kernel ** 2),
    bias: values(shape.outChannels),
  });
  return createNetwork("random strided", 50, [
    convolution(
      { inChannels: 2, outChannels: 3, height: 5, width: 5 },
      { kernel: 3, stride: 2, padding: 2 },
    ),
    { kind: "relu" },
    convolution(
      { inChannels: 3, outChannels: 2, height: 4, width: 4 },
      { kernel: 2, stride: 1, padding: 0 },
    ),
    { kind: "maxPool2d", channels: 2, height: 3, width: 3, window: 2 },
    { kind: "relu" },
    { kind: "dense", weights: createMatrix(3, 2, values(6)), bias: values(3) },
  ]);
}

const NETWORKS: readonly [string, (random: RandomSource) => Network][] = [
  ["dense", (random) => randomDenseNetwork([5, 7, 6, 3], random)],
  ["dense and normalised", (random) => randomDenseNetwork([5, 7, 6, 3], random, [NORMALISE])],
  ["convolutional", randomConvolutionalNetwork],
  ["strided, of two channels", randomStridedNetwork],
];

interface Case {
  readonly workspace: PolytopeWorkspace;
  readonly x: Float64Array;
  readonly program: BoxProgram;
  readonly multipliers: readonly Multiplier[];
}

/**
 * More multipliers than variables, of many sizes; some rows come twice. Of every fifth case they
 * are those of the outputs alone, of twins that are nearly equal: rows cancel, but not their
 * rounding.
 */
function caseOf(build: (random: RandomSource) => Network, seed: number): Case {
  const random = createRandom(seed);
  const network = build(random);
  const isNear = seed % 5 === 4;
  const twins = createTwins(network, perturbed(network, isNear ? 1e-9 : 10 ** -(seed % 7), random));
  const kernels = seed % 2 === 0 ? createPlainKernels() : undefined;
  const workspace = createPolytopeWorkspace(twins, kernels);
  const x = randomPoint(network.inputSize, random);
  const program = boxProgram(polytopeAt(workspace, x), x, boxOver(PIXEL_DOMAIN, x.length));
  const { rowCount } = program.rows;
  const count = network.inputSize + 1 + Math.floor(random.next() * rowCount);
  const multipliers = Array.from({ length: count }, () => ({
    row: isNear
      ? rowCount - 1 - Math.floor(random.next() * network.outputSize)
      : Math.floor(random.next() * rowCount),
    value: Math.abs(random.normal()) * 10 ** (2 * random.normal()),
  }));
  if (seed % 3 === 0)
    return { workspace, x, program: { ...program, feasible: undefined }, multipliers };
  return { workspace, x, program, multipliers };
}

/** constant + λ·b + Σ_j max(l_j r_j, u_j r_j) exactly, for slacks as given. */
function exactBound(
  { program, multipliers }: Case,
  slackOf: (row: number) => RationalForm,
): Rational {
  const { size, cost, constant, lower, upper } = program;
  let total: RationalForm = {
    ...zeroForm(size),
    weights: Array.from(cost, rational),
    constant: rational(constant),
  };
  for (const { row, value } of multipliers) {
    total = addForms(total, slackOf(row), rational(value));
  }
  return total.weights.reduce((sum, weight, input) => {
    const ends = [lower, upper].map((end) => multiply(weight, rational(end[input])));
    return add(sum, largest(ends[0], ends[1]));
  }, total.constant);
}

/** A row as the program has it: its own binary64 numbers. */
function slackAsWritten({ program }: Case, row: number): RationalForm {
  const coefficients = new Float64Array(program.size);
  const bound = program.rows.row(row, coefficients);
  return {
    weights: Array.from(coefficients, (value) => rational(-value)),
    constant: rational(bound),
  };
}

/**
 * Σ λ_i (|b_i| + Σ_j |a_ij| + what cancels in a row of nearly equal twins, values of order 10): a
 * bound's rounding is a small multiple of its roundoff.
 */
function magnitudeOf({ program, multipliers }: Case): number {
  const coefficients = new Float64Array(program.size);
  return multipliers.reduce((sum, { row, value }) => {
    const bound = program.rows.row(row, coefficients);
    const size = coefficients.reduce((all, each) => all + Math.abs(each), Math.abs(bound) + 10);
    return sum + value * size;
  }, 1);
}

/** Any program's bound row by row: what is proved without the oracle's help. */
function rowByRow({ program, multipliers }: Case): number {
  return dualBound({ ...program, rows: { ...program.rows, combine: undefined } }, multipliers);
}

/** More multipliers than are taken one by one, and an oracle that takes some so from the first. */
function apart(each: Case, which: RowsApart): Case {
  const { rows } = each.program;
  const light = Array.from({ length: 1100 }, (_, index) => ({
    row: (index * 7) % rows.rowCount,
    value: 1e-9 * (1 + index),
  }));
  const combine: typeof rows.combine = (multipliers, x) => {
    const combined = rows.combine?.(multipliers, x, which);
    if (combined === undefined) throw new Error("rows cannot be combined");
    return combined;
  };
  const program = { ...each.program, rows: { ...rows, combine } };
  return { ...each, program, multipliers: [...each.multipliers, ...light] };
}

const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);

describe.each(NETWORKS)("rows combined by one pass, of a network that is %s,", (_, build) => {
  const cases = SEEDS.map((seed) => caseOf(build, seed));

  test("bound no less than exact rows of the networks do, in rational numbers", () => {
    for (const each of cases) {
      const { slackOf } = exactSlacks(each.workspace, each.x);
      const found = dualBound(each.program, each.multipliers);
      expect(compare(exactBound(each, slackOf), rational(found))).toBeLessThanOrEqual(0);
    }
  });

  test("bound no less than the rows as written do, and hardly more", () => {
    for (const each of cases) {
      const exact = exactBound(each, (row) => slackAsWritten(each, row));
      const slip = 1e-12 * magnitudeOf(each);
      const found = dualBound(each.program, each.multipliers);
      for (const bound of [found, rowByRow(each)]) {
        expect(compare(exact, rational(bound))).toBeLessThanOrEqual(0);
        expect(compare(rational(bound - slip), exact)).toBeLessThanOrEqual(0);
      }
    }
  });

  test.each([
    ["few", "rows of outputs"],
    ["many", "deep and heavy rows"],
  ] as const)("bound as closely where %s, the %s, are taken one by one", (which, _rows) => {
    for (const each of cases.slice(0, 5)) {
      const taken = apart(each, which);
      const exact = exactBound(taken, (row) => slackAsWritten(taken, row));
      const found = dualBound(taken.program, taken.multipliers);
      expect(compare(exact, rational(found))).toBeLessThanOrEqual(0);
      const slip = 1e-12 * magnitudeOf(taken);
      expect(compare(rational(found - slip), exact)).toBeLessThanOrEqual(0);
    }
  });

  test("are generated by nobody", () => {
    for (const { program, multipliers } of cases) {
      const row = (): never => {
        throw new Error("a row was generated");
      };
      const rows = { ...program.rows, row };
      expect(dualBound({ ...program, rows }, multipliers)).toBeLessThan(Infinity);
    }
  });

  test("pass over multipliers that are not positive and finite", () => {
    const { program, multipliers } = cases[1];
    const spoilt = [-1, 0, Number.NaN, Infinity].map((value) => ({ row: 2, value }));
    expect(dualBound(program, [...spoilt, ...multipliers])).toBe(dualBound(program, multipliers));
  });
});
