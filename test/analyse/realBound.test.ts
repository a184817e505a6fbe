import { appMax, boxProgram } from "../../src/analyse/appMax";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { allowanceBetween } from "../../src/analyse/realBound";
import { createTwins, type Twins } from "../../src/analyse/twin";
import { dualBound } from "../../src/lp/certificate";
import type { Multiplier } from "../../src/lp/program";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { solveCertified } from "../../src/lp/solveCertified";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { CERTIFIED_RELATIVE_GAP } from "../../src/numeric/tolerance";
import { GRAPHS } from "../network/randomGraph";
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
  negate,
  rational,
  ZERO,
  type Rational,
} from "../reference/rational";

const NORMALISE = { kind: "normalise", mean: 0.1307, deviation: 0.3081 } as const;

/** Seeds from here on stand for graphs of all kinds of layers. */
const CHAINS = 28;

function twinsOf(seed: number): Twins {
  const random = createRandom(seed);
  const graph = GRAPHS[seed - CHAINS]?.[1];
  if (graph !== undefined) {
    const network = graph(random);
    return createTwins(network, perturbed(network, 1e-3, random));
  }
  const network =
    seed % 4 === 0
      ? randomConvolutionalNetwork(random)
      : randomDenseNetwork([5, 7, 6, 3], random, seed % 2 === 0 ? [NORMALISE] : []);
  return createTwins(network, perturbed(network, 10 ** -(seed % 7), random));
}

/** The weak duality bound of multipliers for the networks themselves, in rational numbers. */
function exactBound(
  twins: Twins,
  x: Float64Array,
  multipliers: readonly Multiplier[],
  box: { readonly lower: Float64Array; readonly upper: Float64Array },
): Rational {
  const { differences, slackOf } = exactSlacks(createPolytopeWorkspace(twins), x);
  const nothing = zeroForm(twins.network.inputSize);
  let total = differences.reduce((sum, each) => addForms(sum, each, rational(1)), nothing);
  for (const { row, value } of multipliers) {
    total = addForms(total, slackOf(row), rational(value));
  }
  return total.weights.reduce(
    (sum, weight, input) =>
      add(
        sum,
        largest(
          multiply(weight, rational(box.lower[input])),
          multiply(weight, rational(box.upper[input])),
        ),
      ),
    total.constant,
  );
}

function solved(seed: number) {
  const twins = twinsOf(seed);
  const x = randomPoint(twins.network.inputSize, createRandom(900 + seed));
  const polytope = polytopeAt(createPolytopeWorkspace(twins), x);
  const program = boxProgram(polytope, x, boxOver(PIXEL_DOMAIN, x.length));
  const { multipliers } = solveCertified([createDualSimplexEngine()], program);
  const box = { lower: program.lower.slice(), upper: program.upper.slice() };
  return { twins, x, polytope, program, multipliers, box };
}

const SEEDS = Array.from({ length: CHAINS + GRAPHS.length }, (_, seed) => seed);

describe("realBound", () => {
  test("is at or above the exact weak duality bound of the networks, and as near as binary64 can say", () => {
    for (const seed of SEEDS) {
      const { twins, x, polytope, multipliers, box } = solved(seed);
      const exact = exactBound(twins, x, multipliers, box);
      const found = polytope.realBound(multipliers, box);
      expect(compare(exact, rational(found))).toBeLessThanOrEqual(0);
      const nearby = rational(found - 16 * 2 ** -53 * Math.abs(found) - 2 ** -100);
      expect(compare(nearby, exact)).toBeLessThanOrEqual(0);
    }
  });

  test("holds for any multipliers and any box, not only for a solver's", () => {
    for (const seed of [...SEEDS.slice(0, 12), ...SEEDS.slice(CHAINS)]) {
      const { twins, x, polytope, program } = solved(seed);
      const random = createRandom(77 + seed);
      const multipliers = Array.from({ length: 6 }, () => ({
        row: Math.floor(random.next() * program.rows.rowCount),
        value: Math.abs(random.normal()) * 10 ** (3 * random.normal()),
      }));
      const lower = Float64Array.from(x, () => 4 * random.normal());
      const box = { lower, upper: lower.map((value) => value + random.next()) };
      const exact = exactBound(twins, x, multipliers, box);
      expect(compare(exact, rational(polytope.realBound(multipliers, box)))).toBeLessThanOrEqual(0);
    }
  });

  test("is above what the program in binary64 proves where rounding favoured it", () => {
    const tooLow = SEEDS.filter((seed) => {
      const { twins, x, program, multipliers, box } = solved(seed);
      const claimed = rational(dualBound(program, multipliers));
      return compare(claimed, exactBound(twins, x, multipliers, box)) < 0;
    });
    // What "proved" left out before: the program's own rounding may lower the bound.
    expect(tooLow.length).toBeGreaterThan(0);
  });

  test("is infinite, not wrong, where numbers leave the range of binary64", () => {
    const dense = (weight: number) =>
      ({
        kind: "dense",
        weights: createMatrix(1, 1, Float64Array.of(weight)),
        bias: new Float64Array(1),
      }) as const;
    const network = createNetwork("large", 1, [dense(2 ** 600), dense(2 ** 400)]);
    const other = createNetwork("larger", 1, [dense(2 ** 600), dense(2 ** 401)]);
    const polytope = polytopeAt(
      createPolytopeWorkspace(createTwins(network, other)),
      Float64Array.of(2 ** -600),
    );
    const box = { lower: Float64Array.of(0), upper: Float64Array.of(1) };
    expect(polytope.realBound([], box)).toBe(Infinity);
  });
});

describe("appMax with proof: real", () => {
  test("adds an allowance that covers the exact bound and is far below the certified gap", () => {
    for (const seed of SEEDS) {
      const { twins, x, multipliers, box } = solved(seed);
      const options = { proof: "real" } as const;
      const result = appMax(
        createPolytopeWorkspace(twins),
        x,
        [createDualSimplexEngine()],
        options,
      );
      const { upperBound, roundingAllowance = Infinity, maximum } = result;
      const sum = add(rational(upperBound), rational(roundingAllowance));
      expect(compare(exactBound(twins, x, multipliers, box), sum)).toBeLessThanOrEqual(0);
      expect(roundingAllowance).toBeLessThanOrEqual(
        CERTIFIED_RELATIVE_GAP * Math.max(maximum, 0.01),
      );
    }
  });

  test("changes nothing else in the result", () => {
    const { twins, x } = solved(3);
    const workspace = createPolytopeWorkspace(twins);
    const plain = appMax(workspace, x, [createDualSimplexEngine()]);
    const rigorous = appMax(workspace, x, [createDualSimplexEngine()], { proof: "real" });
    expect(rigorous).toEqual({ ...plain, roundingAllowance: expect.any(Number) as number });
  });
});

describe("allowanceBetween", () => {
  test("is what is missing, and nothing where nothing is", () => {
    expect(allowanceBetween(2, 1)).toBe(0);
    expect(allowanceBetween(1, 1)).toBe(0);
    expect(1 + allowanceBetween(1, 1 + 2 ** -52)).toBe(1 + 2 ** -52);
    const wide = add(rational(0.1), rational(allowanceBetween(0.1, 0.7)));
    expect(compare(add(wide, negate(rational(0.7))), ZERO)).toBeGreaterThanOrEqual(0);
  });
});
