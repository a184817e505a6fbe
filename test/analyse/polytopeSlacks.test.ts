import { polytopeAt } from "../../src/analyse/polytope";
import { createPlainPasses } from "../../src/analyse/patternPasses";
import { createTwins } from "../../src/analyse/twin";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomConvolutionalNetwork, randomPoint } from "../network/randomNetwork";

describe("a region's slacks", () => {
  const random = createRandom(12);
  const network = randomConvolutionalNetwork(random);
  const twins = createTwins(network, perturbed(network, 0.05, random));
  const x = randomPoint(network.inputSize, random);
  const y = randomPoint(network.inputSize, random);
  let runs = 0;
  const sideOf = (each: typeof network) => {
    const passes = createPlainPasses(each);
    const forward: typeof passes.forward = (...given) => {
      runs++;
      passes.forward(...given);
    };
    return { ...passes, forward };
  };
  const sides = [sideOf(twins.network), sideOf(twins.approximated)] as const;
  const { rows } = polytopeAt({ twins, sides }, x);
  const slacksAt = (
    point: Float64Array,
  ): { readonly slacks: Float64Array; readonly ran: number } => {
    const before = runs;
    const slacks = new Float64Array(rows.rowCount);
    rows.slacks(point, slacks);
    return { slacks, ran: runs - before };
  };

  test("are known at the point itself without a run", () => {
    const before = slacksAt(y);
    const { slacks, ran } = slacksAt(x);
    expect(ran).toBe(0);
    const moved = x.slice();
    moved[0] += 1e-15;
    const beside = slacksAt(moved);
    expect(beside.ran).toBe(2);
    slacks.forEach((slack, row) => expect(slack).toBeCloseTo(beside.slacks[row], 12));
    expect(before.slacks).not.toEqual(slacks);
  });

  test("take one run of both networks for an input that is asked for twice in turn", () => {
    slacksAt(new Float64Array(x.length));
    const first = slacksAt(y);
    const second = slacksAt(y.slice());
    expect([first.ran, second.ran]).toEqual([2, 0]);
    expect(second.slacks).toEqual(first.slacks);
  });
});
