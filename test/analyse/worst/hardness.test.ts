import { createPolytopeWorkspace } from "../../../src/analyse/polytope";
import { createTwins } from "../../../src/analyse/twin";
import { searchWorst, type WorstState } from "../../../src/analyse/worst/search";
import { createDualSimplexEngine } from "../../../src/lp/dualSimplex/engine";
import { rulesOf } from "../../../src/network/layer/layer";
import type { Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, permutation } from "../../../src/numeric/random";

/*
 * The networks of the proof that the largest error is hard to find: an instance of 1-in-3-SAT with
 * three variables a clause, none negated. For each clause (a, b, c) there are three hidden neurons
 * R(x_a − x_b − x_c) and so on, which together come to 1 where exactly one of the three is 1, and
 * to less elsewhere. The output is their sum; Ñ has output weights of 0, so that E is that sum. It
 * is convex, so its maximum lies at a corner, and it is the number of clauses if and only if the
 * instance can be satisfied.                                                 (paper, Sect. 4)
 */

type Clause = readonly [number, number, number];

function networkOf(variables: number, clauses: readonly Clause[]): Network {
  const hidden = createMatrix(3 * clauses.length, variables);
  clauses.forEach((clause, index) => {
    clause.forEach((own, k) => {
      for (const variable of clause) {
        hidden.data[(3 * index + k) * variables + variable] = variable === own ? 1 : -1;
      }
    });
  });
  const sum = createMatrix(1, hidden.rows, new Float64Array(hidden.rows).fill(1));
  return createNetwork("1-in-3", variables, [
    { kind: "dense", weights: hidden, bias: new Float64Array(hidden.rows) },
    { kind: "relu" },
    { kind: "dense", weights: sum, bias: new Float64Array(1) },
  ]);
}

/** Ñ of the proof: all output weights rounded to 0. */
function silenced(network: Network): Network {
  const last = network.layers.length - 1;
  const layers = network.layers.map((layer, index) =>
    index < last
      ? layer
      : rulesOf(layer).withParameters(layer, ({ values }) => new Float64Array(values.length)),
  );
  return { ...network, layers };
}

/** The most clauses, by all corners: those with exactly one variable of 1 count. */
function mostClauses(variables: number, clauses: readonly Clause[]): number {
  let most = 0;
  for (let corner = 0; corner < 2 ** variables; corner++) {
    const met = clauses.filter(
      (clause) => clause.filter((variable) => (corner >> variable) & 1).length === 1,
    );
    most = Math.max(most, met.length);
  }
  return most;
}

function randomClauses(variables: number, count: number, seed: number): Clause[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (): Clause => {
    const [a, b, c] = permutation(variables, random);
    return [a, b, c];
  });
}

function found(network: Network): number {
  const twins = createTwins(network, silenced(network));
  const kernels = createPlainKernels();
  const workspace = createPolytopeWorkspace(twins, kernels);
  const box = {
    lower: new Float64Array(network.inputSize),
    upper: new Float64Array(network.inputSize).fill(1),
  };
  const search = { twins, box, goal: { kind: "error" }, method: "smooth", points: [] } as const;
  let last: WorstState | undefined;
  for (const state of searchWorst(
    { ...search, starts: 16, seed: 0, rounds: 2, polytopes: 10 },
    {
      kernels,
      sides: workspace.sides,
      programs: { workspace, engines: [createDualSimplexEngine()] },
      clock: () => 0,
    },
  )) {
    last = state;
  }
  return last?.value ?? NaN;
}

describe("on networks made of 1-in-3-SAT", () => {
  test("the search never finds more than the exact maximum, and finds it in most", () => {
    const variables = 9;
    const shares = Array.from({ length: 8 }, (_, seed) => {
      const clauses = randomClauses(variables, 5 + (seed % 4), seed);
      const most = mostClauses(variables, clauses);
      const value = found(networkOf(variables, clauses));
      expect(value).toBeLessThanOrEqual(most);
      return value / most;
    });
    expect(shares.filter((share) => share > 1 - 1e-9).length).toBeGreaterThanOrEqual(6);
  });

  test("an instance that nothing satisfies has a maximum below its number of clauses", () => {
    // One of each three of four variables: no two may be 1, and one 1 leaves a triple without.
    const clauses: Clause[] = [
      [0, 1, 2],
      [0, 1, 3],
      [0, 2, 3],
      [1, 2, 3],
    ];
    expect(mostClauses(4, clauses)).toBe(3);
    expect(found(networkOf(4, clauses))).toBe(3);
  });
});
